package bleveindex

import (
	"slices"

	"github.com/open-community-pa/riuso/catalog"
)

// takeExclusions notes what the operator's catalogue keeps out from now on, and what it kept out until now.
func (p *publisher) takeExclusions(now *catalog.SourceState) error {
	if now.Source.ID != catalog.CatalogueSource {
		return nil
	}
	was, _, err := get[catalog.SourceState](p.bucket(bucketSources), []byte(catalog.CatalogueSource))
	now.Exclusions = catalog.Remembering(was.Exclusions, now.Exclusions)
	if err != nil || slices.EqualFunc(was.Exclusions, now.Exclusions, sameExclusion) {
		return err
	}
	p.keptOut, p.changed = nil, slices.Concat(p.changed, was.Exclusions, now.Exclusions)
	return nil
}

// sameExclusion compares what is published of two: their days may be of other clocks.
func sameExclusion(a, b catalog.Exclusion) bool {
	return a.URL == b.URL && a.Reason == b.Reason && a.First.Equal(b.First)
}

// addresses is the little of a record by which an exclusion names it: most of a kit need not be understood for that.
type addresses struct {
	Kind    catalog.Kind
	Key     catalog.Key
	URL     string
	Aliases []catalog.Key
	Kit     *struct{ URL, Folder string }
}

// touchKeptOut touches the kits that the exclusions of before and those of now name, or a file of. It looks at every kit of every source,
// which happens when the exclusions change and never else.
func (p *publisher) touchKeptOut() error {
	if len(p.changed) == 0 {
		return nil
	}
	out := catalog.KeepOut(p.changed)
	return each(p.bucket(bucketClaims), prefix(string(catalog.KindKit)), nil, func(claim []byte, a addresses) (bool, error) {
		r := catalog.Record{Kind: a.Kind, Key: a.Key, URL: a.URL, Aliases: a.Aliases}
		if a.Kit != nil {
			r.Kit = &catalog.Kit{URL: a.Kit.URL, Folder: a.Kit.Folder}
		}
		if out.Touches(&r) {
			p.touch(claim)
		}
		return true, nil
	})
}

// withdrawn gives the records of one key as they are published.
func (p *publisher) withdrawn(records []catalog.Record) ([]catalog.Record, error) {
	out, err := p.exclusions()
	if err != nil {
		return nil, err
	}
	return out.Withdraw(records), nil
}

// exclusions gives what the operator's catalogue keeps out, as of this commit.
func (p *publisher) exclusions() (*catalog.KeptOut, error) {
	if p.keptOut == nil {
		own, _, err := get[catalog.SourceState](p.bucket(bucketSources), []byte(catalog.CatalogueSource))
		if err != nil {
			return nil, err
		}
		p.keptOut = catalog.KeepOut(own.Exclusions)
	}
	return p.keptOut, nil
}

// learn notes what the files hold that exclusions name in these records of one kit, so that it stays out under other names.
func (p *publisher) learn(records []catalog.Record) error {
	out, err := p.exclusions()
	if err != nil {
		return err
	}
	list, news := out.Learn(records)
	if !news {
		return nil
	}
	own, _, err := get[catalog.SourceState](p.bucket(bucketSources), []byte(catalog.CatalogueSource))
	if err != nil {
		return err
	}
	own.Exclusions, p.keptOut = list, catalog.KeepOut(list)
	return put(p.bucket(bucketSources), []byte(catalog.CatalogueSource), own)
}
