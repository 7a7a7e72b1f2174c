package hooks

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
)

// Config is what [New] needs. Secrets and Pushed must be there.
type Config struct {
	// Secrets gives the secrets that messages of a forge ([GitHub], [GitLab], [Gitea]) may be signed with: more than one
	// while they are being replaced. None: the forge is not listened to. It is asked for every message.
	Secrets func(forge string) []string
	// Pushed is told what changed. It must not wait for the visit: forges hang up after some seconds (GitHub after ten).
	// [catalog.ErrNotFound] says that the catalogue names none of the addresses, [catalog.ErrBusy] that there is too much
	// to do; any other error is ours and logged.
	Pushed func(ctx context.Context, p Push) error
	Logger *slog.Logger
	Now    func() time.Time
}

// Hooks answers the requests below /hooks/. It is an [http.Handler] and safe for use by many requests at once.
type Hooks struct {
	cfg   Config
	seen  seen
	large chan struct{} // a place for each large body

	mu         sync.Mutex
	complained map[string]time.Time // by forge
}

// New checks the configuration.
func New(cfg Config) (*Hooks, error) {
	if cfg.Secrets == nil || cfg.Pushed == nil {
		return nil, fmt.Errorf("hooks: secrets and what is to be done are needed: %w", catalog.ErrInvalid)
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Hooks{cfg: cfg, large: make(chan struct{}, MaxLarge), complained: map[string]time.Time{}}, nil
}

// Mount adds the addresses to the engine of the site.
func (h *Hooks) Mount(e *gin.Engine) { e.Any("/hooks/*forge", gin.WrapH(h)) }

// ServeHTTP answers one message.
func (h *Hooks) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	forge := strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, "/hooks/"), "/")
	a := h.answer(w, r, forge)
	if err := a.write(w, forge); err != nil {
		h.cfg.Logger.DebugContext(r.Context(), "webhook answer not sent", "err", err)
	}
}

// answer does what a message asks for.
func (h *Hooks) answer(w http.ResponseWriter, r *http.Request, forge string) answer {
	if forge != GitHub && forge != GitLab && forge != Gitea {
		return unknownForge()
	}
	if r.Method != http.MethodPost {
		return wrongMethod()
	}
	secrets := slices.DeleteFunc(slices.Clone(h.cfg.Secrets(forge)), func(s string) bool { return s == "" })
	if len(secrets) == 0 {
		return notConfigured(forge)
	}
	typ, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	form := typ == "application/x-www-form-urlencoded" && forge == GitHub // Gitea signs what is in the form, not what is sent
	if err != nil || typ != "application/json" && !form {
		return wrongType(forge)
	}
	if r.ContentLength > MaxBody {
		return tooLarge()
	}
	sum := signature(forge, r.Header)
	if forge == GitLab && !tokenGiven(r.Header, secrets) || forge != GitLab && sum == nil {
		return h.refuse(r.Context(), forge)
	}
	if r.ContentLength < 0 || r.ContentLength > SmallBody {
		select {
		case h.large <- struct{}{}:
			defer func() { <-h.large }()
		default:
			return busy("")
		}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	var tooBig *http.MaxBytesError
	switch {
	case errors.As(err, &tooBig):
		return tooLarge()
	case err != nil:
		return unreadable()
	}
	if forge != GitLab && !signed(sum, body, secrets) {
		return h.refuse(r.Context(), forge)
	}
	return h.act(r, forge, body, form)
}

// act does what a message asks for that comes from where it says.
func (h *Hooks) act(r *http.Request, forge string, body []byte, form bool) answer {
	ctx, log := r.Context(), h.cfg.Logger.With("forge", forge)
	name := delivery(forge, r.Header, body)
	if !h.seen.first(name, h.cfg.Now()) {
		log.InfoContext(ctx, "webhook repeated")
		return repeated()
	}
	done := false
	defer func() {
		if !done {
			h.seen.forget(name)
		}
	}()
	if form {
		values, err := url.ParseQuery(string(body))
		if err != nil {
			log.WarnContext(ctx, "webhook not understood")
			return unreadable()
		}
		body = []byte(values.Get("payload"))
	}
	p, ping, err := read(forge, r.Header, body)
	switch {
	case err != nil:
		log.WarnContext(ctx, "webhook not understood") // the error may quote the body
		return unreadable()
	case ping:
		log.InfoContext(ctx, "webhook tried")
		return pong() // not remembered: it may be tried again and again
	case p == nil:
		done = true
		return nothing("")
	}
	log = log.With("event", p.Event)
	switch err := h.cfg.Pushed(ctx, *p); {
	case err == nil:
		done = true
		log.InfoContext(ctx, "webhook")
		return accepted(p.Event)
	case errors.Is(err, catalog.ErrNotFound):
		done = true
		log.InfoContext(ctx, "webhook of something that is not a source")
		return nothing(p.Event)
	case errors.Is(err, catalog.ErrBusy):
		log.WarnContext(ctx, "webhook while there is too much to do")
		return busy(p.Event)
	default:
		log.ErrorContext(ctx, "webhook failed", "err", err)
		return failed(p.Event)
	}
}

// read understands a message. A nil Push without error means that nothing needs to be done; ping that somebody tries
// whether the webhook works.
func read(forge string, h http.Header, body []byte) (p *Push, ping bool, err error) {
	switch forge {
	case GitHub:
		event := h.Get("X-Github-Event")
		if event == "ping" {
			return nil, true, nil
		}
		p, err = readHub(event, body)
	case Gitea:
		event := h.Get("X-Forgejo-Event")
		if event == "" {
			event = h.Get("X-Gitea-Event")
		}
		p, err = readHub(event, body)
	case GitLab:
		p, err = readLab(h.Get("X-Gitlab-Instance"), body)
	}
	return p, false, err
}

// refuse answers to a wrong signature, and logs from time to time that there are some.
func (h *Hooks) refuse(ctx context.Context, forge string) answer {
	now := h.cfg.Now()
	h.mu.Lock()
	last, ever := h.complained[forge]
	due := !ever || now.Sub(last) >= complainEvery
	if due {
		h.complained[forge] = now
	}
	h.mu.Unlock()
	if due {
		h.cfg.Logger.WarnContext(ctx, "webhooks with a missing or wrong signature: is the secret the same on both sides?", "forge", forge)
	}
	return unauthorized()
}
