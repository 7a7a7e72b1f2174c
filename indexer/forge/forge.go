package forge

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/open-community-pa/riuso/schema"
)

// The limits that hold where [Limits] says nothing.
const (
	DefaultRepositories = 20_000
	DefaultPages        = 1_000
	DefaultAnswer       = 16 << 20  // bytes; a page of a hundred repositories of GitHub has some 600 kB
	DefaultTotal        = 512 << 20 // bytes

	maxHosts = 4096 // forges whose kind or rate limit is remembered
	maxToken = 4096 // bytes
)

// Limits bound a listing. Zero means the default.
type Limits struct {
	Repositories int   // what is beyond is not listed, and the listing partial
	Pages        int   // likewise
	Answer       int64 // bytes of one answer after decompression; a longer one is ErrTooLarge
	Total        int64 // bytes of all answers of one listing; beyond it the listing is partial
}

// Config says how to ask.
type Config struct {
	// Client makes the requests; its guard and its rules about redirects hold.
	Client *http.Client
	// Token gives the token for a host, "" for none; nil means none at all. The host is that of the source's URL in lower
	// case, with its port when it is not the usual one ("github.com", "git.comune.example.it:8443"). The token is sent only
	// to that host (for github.com: to api.github.com) over https or to loopback, and never after a redirect elsewhere.
	Token func(host string) string
	// Public lists what a stranger would be told, whatever the token can see: private repositories are not even counted, and
	// no token goes to a forge that lets nobody in who is not signed in. It is for owners whom somebody else has named. A
	// host of Kinds is taken to be open to everybody.
	Public bool
	Limits Limits
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Kinds says what the operator knows of hosts of their own: the host in lower case, with its port when it is not the
	// usual one, and with the folder when the forge does not live at the top ("www.provincia.example.it/git"). Other hosts
	// are asked what they are.
	Kinds map[string]Kind
}

// Lister lists the repositories of owners. It may be used by many at the same time.
type Lister struct {
	c Config

	mu     sync.Mutex
	kinds  map[string]Kind      // what hosts were found to be
	closed map[string]bool      // those of them that want everybody to sign in
	paused map[string]time.Time // hosts that want no request before then
}

// Listing is what an owner has, or that it has not changed.
type Listing struct {
	Kind         Kind
	Owner        string       // as the forge writes it when it told, else as the URL does; "" for a whole server
	Repositories []Repository // sorted by URL; nil when Unchanged
	Unchanged    bool         // the same as when the given mark was made
	Mark         string       // for the next listing, at most MaxMark bytes; "" when Partial: then keep the one you have
	Partial      bool         // the reading ended early: what is not there may still exist
	Why          schema.Text  // why Partial, for people
	Reset        time.Time    // when a rate limit made it Partial: not to be asked before
	Requests     int          // made, redirects and questions about the kind included
	Bytes        int64        // received in answers, after decompression
	Exact        bool         // Pushed may be taken as proof that nothing was pushed since: on GitHub only
}

// New checks the configuration: a client, limits that are not negative, kinds that exist.
func New(c Config) (*Lister, error) {
	if c.Client == nil {
		return nil, errors.New("forge: no client")
	}
	l := &c.Limits
	if l.Repositories < 0 || l.Pages < 0 || l.Answer < 0 || l.Total < 0 {
		return nil, errors.New("forge: a limit is negative")
	}
	l.Repositories, l.Pages = or(l.Repositories, DefaultRepositories), or(l.Pages, DefaultPages)
	l.Answer, l.Total = or(l.Answer, DefaultAnswer), or(l.Total, DefaultTotal)
	kinds := make(map[string]Kind, len(c.Kinds))
	for host, kind := range c.Kinds {
		if kind != GitHub && kind != GitLab && kind != Gitea {
			return nil, fmt.Errorf("forge: the kind of %s is %q: it can be %s, %s or %s", host, kind, GitHub, GitLab, Gitea)
		}
		name, folder, _ := strings.Cut(strings.Trim(host, "/"), "/")
		if folder != "" {
			folder = "/" + folder
		}
		kinds[strings.ToLower(name)+folder] = kind
	}
	c.Kinds = kinds
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Lister{c: c, kinds: map[string]Kind{}, closed: map[string]bool{}, paused: map[string]time.Time{}}, nil
}

// or gives the default for zero.
func or[T int | int64](v, def T) T {
	if v == 0 {
		return def
	}
	return v
}

// List lists the repositories of the owner whose page is at url. mark is what the last listing gave, or "": when all is
// as it was then, the listing is Unchanged and holds no repositories. With an error the listing holds what it has cost.
func (l *Lister) List(ctx context.Context, url, mark string) (Listing, error) {
	at, kind, err := find(url, l.c.Kinds)
	if err != nil {
		return Listing{}, err
	}
	if until, ok := l.pause(at.host); ok {
		return Listing{}, limited(at.host, until)
	}
	token := ""
	if l.c.Token != nil {
		token = l.c.Token(at.host)
	}
	if len(token) > maxToken || strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return Listing{}, fault(ErrForbidden, schema.Tf("il token per %s ha caratteri che un token non può avere: ricopiatelo", "the token for %s has characters that a token cannot have: copy it again", at.host), nil)
	}
	s := newSession(l.c, at)
	known, remembered := kind != "", false
	if !known {
		if kind, remembered = l.kind(at.key()); !remembered {
			kind, err = l.learn(ctx, s)
		}
	}
	var out Listing
	if err == nil {
		out, err = l.tell(ctx, s, kind, token, mark)
	}
	if remembered && errors.Is(err, ErrAbsent) {
		// The host may have become another kind of forge: only what it is now can say that the owner is not there.
		var now Kind
		if now, err = l.learn(ctx, s); err == nil {
			out, err = l.tell(ctx, s, now, token, mark)
		}
	}
	out.Requests, out.Bytes = s.meter.cost()
	var limit *RateLimit
	if errors.As(err, &limit) {
		l.hold(at.host, limit.Reset)
	} else if !out.Reset.IsZero() {
		l.hold(at.host, out.Reset)
	}
	return out, err
}

// tell lists what a forge of a kind tells to those who may be told.
func (l *Lister) tell(ctx context.Context, s *session, kind Kind, token, mark string) (Listing, error) {
	if l.c.Public {
		l.mu.Lock()
		closed := l.closed[s.at.key()]
		l.mu.Unlock()
		if closed {
			token = ""
		}
	}
	out, err := s.list(ctx, kind, token, mark)
	if l.c.Public {
		out.Repositories = slices.DeleteFunc(out.Repositories, func(r Repository) bool { return r.State == Private })
	}
	return out, err
}

// learn asks a host what it is and remembers it.
func (l *Lister) learn(ctx context.Context, s *session) (Kind, error) {
	kind, closed, err := s.detect(ctx)
	if err != nil {
		return "", err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.kinds) >= maxHosts {
		clear(l.kinds) // they are asked again
		clear(l.closed)
	}
	l.kinds[s.at.key()], l.closed[s.at.key()] = kind, closed
	return kind, nil
}

// kind gives what a host was found to be.
func (l *Lister) kind(key string) (Kind, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	k, ok := l.kinds[key]
	return k, ok
}

// pause says whether a host wants no request now.
func (l *Lister) pause(host string) (time.Time, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	until, ok := l.paused[host]
	return until, ok && l.c.Now().Before(until)
}

// hold remembers until when a host wants no request.
func (l *Lister) hold(host string, until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.c.Now()
	if len(l.paused) >= maxHosts {
		maps.DeleteFunc(l.paused, func(_ string, t time.Time) bool { return !t.After(now) })
	}
	if len(l.paused) < maxHosts {
		l.paused[host] = until
	}
}
