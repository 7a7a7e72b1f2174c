package site

import (
	"net/url"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// KitPath is the path of the page of a kit.
func KitPath(lang schema.Lang, kit string) string {
	return localPath(lang, "/kit/"+url.PathEscape(kit))
}

// PartPath is the path of the page of a part of a kit.
func PartPath(lang schema.Lang, kit string, typ catalog.PartType, id string) string {
	return localPath(lang, partPath(kit, typ, id))
}

// AttachmentPath is the path of the page of an attachment, at one of its own pages unless that is 0.
func AttachmentPath(lang schema.Lang, kit, attachment string, page int) string {
	return PartPath(lang, kit, catalog.PartAttachment, attachment) + pageQuery(page, "")
}

// FileURL is the address of a file of a repository at a commit, "" where it is not known how its forge addresses files.
func FileURL(repository, commit, file string) string { return forgeOf(repository).File(commit, file) }

// EntityPath is the path of the page of a public body; id is its public id.
func EntityPath(lang schema.Lang, id string) string {
	return localPath(lang, "/enti/"+url.PathEscape(id))
}

// SourcePath is the path of the page of a source.
func SourcePath(lang schema.Lang, id catalog.SourceID) string {
	return localPath(lang, "/fonti/"+url.PathEscape(string(id)))
}
