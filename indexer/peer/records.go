package peer

import (
	"encoding/json"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// recordItem is one record of another catalogue as it comes. What each kind holds is read only when the rest makes sense.
type recordItem struct {
	Kind       catalog.Kind  `json:"kind"`
	ID         string        `json:"id"`
	Key        catalog.Key   `json:"key"`
	State      catalog.State `json:"state"`
	Title      string        `json:"title"`
	Repository string        `json:"repository"`
	Aliases    []string      `json:"aliases"`
	Via        []string      `json:"via"`
	Hosted     bool          `json:"hosted"`
	Truncated  bool          `json:"truncated"`
	Commit     string        `json:"commit"`
	Changed    string        `json:"changed"`
	FirstSeen  string        `json:"firstSeen"`
	LastRead   string        `json:"lastRead"`
	MissedAt   string        `json:"missedAt"`
	Withdrawn  bool          `json:"withdrawn"`
	Reason     schema.Text   `json:"reason"`
	MovedTo    catalog.Key   `json:"movedTo"`

	PublicCode string          `json:"publiccode"`
	Kit        json.RawMessage `json:"kit"`
	Entity     json.RawMessage `json:"entity"`
	Community  json.RawMessage `json:"community"`
	Event      json.RawMessage `json:"event"`
	Adoption   json.RawMessage `json:"adoption"`
	Evaluation json.RawMessage `json:"evaluation"`
}

// record takes one record; fresh says that it was not there yet. A kind that is not known is one of a later version: it
// is passed over in silence.
func (t *telling) record(raw json.RawMessage) (fresh bool, err error) {
	var it recordItem
	if err := json.Unmarshal(raw, &it); err != nil {
		t.skip("federation", schema.T("una voce non ha la forma attesa", "an entry is not of the form that is expected"))
		return false, nil
	}
	file := "federation/" + line(string(it.Kind)+"/"+it.ID, maxCode)
	key := catalog.Key(line(string(it.Key), maxAddress))
	if key == "" || key != it.Key || len(it.Via) > maxChain {
		t.skip(file, schema.T("la voce ha una chiave o una catena che non si può usare", "the entry has a key or a chain that cannot be used"))
		return false, nil
	}
	for _, id := range it.Via {
		if code(id) == "" {
			t.skip(file, schema.T("la catena dei cataloghi della voce non si può usare", "the chain of catalogues of the entry cannot be used"))
			return false, nil
		}
	}
	rk := catalog.RecordKey{Kind: it.Kind, Key: key}
	if t.keys[rk] {
		return false, nil
	}
	if len(t.keys) >= t.r.cfg.Entries {
		return false, spent(schema.Tf("il catalogo ha più di %d voci: le altre non sono lette", "the catalogue has more than %d entries: the others are not read", t.r.cfg.Entries))
	}
	t.keys[rk] = true
	if it.State == catalog.Gone {
		t.out.Gone = append(t.out.Gone, Tombstone{Kind: it.Kind, Key: key, Title: line(it.Title, maxName), At: moment(it.MissedAt), Withdrawn: it.Withdrawn,
			Reason: schema.T(line(it.Reason.It, maxAddress), line(it.Reason.En, maxAddress)), MovedTo: catalog.Key(line(string(it.MovedTo), maxAddress)), Via: it.Via})
		return true, nil
	}
	if it.Kind == catalog.KindKit {
		t.kit(file, &it)
		return true, nil
	}
	if it.Truncated {
		t.skip(file, schema.T("la voce è troppo grande e il catalogo non la dà", "the entry is too large and the catalogue does not give it"))
		t.out.Partial, t.out.Why = true, schema.T("qualche voce è troppo grande per essere data", "some entry is too large to be given")
		return true, nil
	}
	t.thing(file, &it)
	return true, nil
}

// thing takes an entity, a community, an event, an adoption or an evaluation.
func (t *telling) thing(file string, it *recordItem) {
	good := true
	switch it.Kind {
	case catalog.KindEntity:
		e, ok := read[catalog.Entity](it.Entity)
		if good = ok && catalog.Key(e.Ref()) == it.Key; good {
			tree := t.carry(it.Via, "")
			tree.Entities = append(tree.Entities, e)
		}
	case catalog.KindAdoption:
		a, ok := read[catalog.Adoption](it.Adoption)
		a.Kit, a.Places = publiccode.NormalizeURL(a.Kit), nil
		if good = ok && catalog.AdoptionKey(catalog.Key(a.Kit), a.Entity) == it.Key; good {
			tree := t.carry(it.Via, "")
			tree.Adoptions = append(tree.Adoptions, a)
		}
	case catalog.KindEvaluation:
		e, ok := read[catalog.Evaluation](it.Evaluation)
		e.Kit, e.Places = publiccode.NormalizeURL(e.Kit), nil
		if good = ok && e.Kit != "" && strings.HasPrefix(string(it.Key), e.Kit+"#"); good {
			tree := t.carry(it.Via, "")
			tree.Evaluations = append(tree.Evaluations, e)
		}
	case catalog.KindCommunity:
		repository, id, keyed := cutLast(string(it.Key), "#")
		c, ok := read[catalog.Community](it.Community)
		if good = keyed && ok && c.ID == id; good {
			tree := t.carry(it.Via, repository)
			tree.Communities = append(tree.Communities, c)
		}
	case catalog.KindEvent:
		repository, id, keyed := cutLast(string(it.Key), "#")
		e, ok := read[catalog.Event](it.Event)
		if good = keyed && ok && e.ID == id; good {
			tree := t.carry(it.Via, repository)
			tree.Events = append(tree.Events, e)
		}
	}
	if !good {
		t.skip(file, schema.T("il contenuto della voce non è quello che la sua chiave dice", "what the entry holds is not what its key says"))
	}
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i <= 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// kit takes a kit: into the tree when it lives in the repository of the catalogue itself, else among the entries.
func (t *telling) kit(file string, it *recordItem) {
	canonical := string(it.Key)
	repository, folder, ok := kitAddress(canonical)
	if !ok {
		t.skip(file, schema.T("la chiave del kit non è l'indirizzo di un repository", "the key of the kit is not the address of a repository"))
		return
	}
	e := Entry{ID: line(it.ID, maxCode), URL: canonical, Route: repository, Folder: folder, File: file + "/publiccode.yml", Active: true, Via: it.Via, State: it.State, Commit: code(it.Commit),
		Created: moment(it.FirstSeen), Updated: moment(it.LastRead), Changed: moment(it.Changed), PublicCode: t.text(file, it.PublicCode)}
	for _, a := range it.Aliases[:min(len(it.Aliases), maxAliases)] {
		if _, c := address(a); c != "" && c != canonical {
			e.Aliases = append(e.Aliases, c)
		}
	}
	if k, ok := read[catalog.Kit](it.Kit); ok && sameKit(&k, canonical) {
		for i := range k.Adoptions {
			k.Adoptions[i].Places = nil
		}
		if k.Form == catalog.FormLegacy { // what would describe it nobody wrote yet
			k.PublicCode, e.PublicCode = nil, nil
		}
		e.Kit = &k
	} else if len(it.Kit) > 0 {
		t.skip(file, schema.T("il contenuto del kit non è quello che la sua chiave dice", "what the kit holds is not what its key says"))
	}
	ours := it.Hosted && len(it.Via) == 0 && (t.out.URL == "" || strings.HasPrefix(canonical, t.out.URL+"//"))
	if ours && e.Kit != nil {
		t.out.Tree.Kits = append(t.out.Tree.Kits, *e.Kit)
		return
	}
	if ours && it.Truncated {
		t.out.Partial, t.out.Why = true, schema.T("qualche voce è troppo grande per essere data", "some entry is too large to be given")
	}
	t.out.Entries = append(t.out.Entries, e)
}

// sameKit says whether a kit is the one of that key: nobody may bring a kit under the name of another.
func sameKit(k *catalog.Kit, key string) bool {
	if string(k.Key) != key {
		return false
	}
	own := publiccode.NormalizeURL(k.URL)
	if own == "" { // its repository is not public there
		k.URL, _, _ = strings.Cut(strings.TrimPrefix(key, "https://"), "//")
		k.URL = "https://" + k.URL
		return true
	}
	k.URL = own
	return key == own || k.Folder != "" && strings.HasPrefix(key, own+"//")
}

// read decodes what a record holds, and cleans its texts.
func read[T any](raw json.RawMessage) (T, bool) {
	var v T
	if len(raw) == 0 || json.Unmarshal(raw, &v) != nil {
		return v, false
	}
	scrub(&v)
	return v, true
}
