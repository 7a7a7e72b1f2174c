package api

import (
	"context"
	"path"
	"slices"

	"github.com/open-community-pa/riuso/catalog"
)

// bareFiles takes out of the files of a kit what this catalogue alone has, which is what it read of them, and puts in its
// place where each lies at the commit that was read: another catalogue has the texts when it reads the files itself, and can
// lead to them until then. What the operator took down is not passed on. Nothing that k shares with others is changed.
func (a *API) bareFiles(ctx context.Context, k *catalog.Kit, e *catalog.Entry, repository string) error {
	out, err := a.keptOut(ctx)
	if err != nil {
		return err
	}
	keptOut := out.In(&e.Record)
	bare := func(list []catalog.Attachment) []catalog.Attachment {
		list = slices.DeleteFunc(slices.Clone(list), func(f catalog.Attachment) bool {
			_, kept := keptOut(f.Path)
			return kept
		})
		for i := range list {
			f := &list[i]
			f.Text = nil
			if f.SourceURL == "" && f.Path != "" && a.cfg.Links.File != nil {
				f.SourceURL = a.cfg.Links.File(repository, e.Commit, path.Join(k.Folder, f.Path))
			}
		}
		return list
	}
	k.Attachments = bare(k.Attachments)
	k.Documents, k.Templates, k.Services = slices.Clone(k.Documents), slices.Clone(k.Templates), slices.Clone(k.Services)
	for i := range k.Documents {
		k.Documents[i].Attachments = bare(k.Documents[i].Attachments)
	}
	for i := range k.Templates {
		k.Templates[i].Attachments = bare(k.Templates[i].Attachments)
	}
	for i := range k.Services {
		k.Services[i].Attachments = bare(k.Services[i].Attachments)
	}
	return nil
}
