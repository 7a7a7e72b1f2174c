package peer

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// The bounds of one look at a place, where [Limits] says nothing.
const (
	DefaultEntries     = 50_000
	DefaultRequests    = 3_000
	DefaultAnswerBytes = 32 << 20  // of one answer, unpacked
	DefaultTotalBytes  = 512 << 20 // of all answers of one look
	DefaultTextBytes   = 256 << 10 // of one publiccode.yml
	DefaultFileBytes   = 4 << 20   // of a publishers.yml
	DefaultPublishers  = 20_000
	DefaultPlaces      = 100_000 // addresses that publishers name, all together
	DefaultCatalogues  = 200
	DefaultDepth       = 64 // levels of JSON or YAML
)

const (
	pageSize       = 100            // entries asked for in one request; the most that both APIs give
	emptyPages     = 3              // pages in a row that bring nothing new
	maxFindings    = 500            // of one look
	maxAliases     = 100            // of one entry
	maxRetry       = 24 * time.Hour // the longest wait that a server may ask for
	defaultRetry   = time.Minute    // when it is busy and does not say until when
	maxAddress     = 2_000          // characters of an address
	maxName        = 300            // characters of a name or title
	maxCode        = 200            // characters of an id
	maxChain       = 16             // catalogues in a chain
	excerptBytes   = 512            // of an answer that is not what it should be, looked at to say what it is
	MaxMarkedPages = 40             // pages whose marks are kept to ask for them conditionally
	maxMark        = 16 << 10       // bytes of a mark; a longer one is kept without its pages
	accept         = "application/json, application/problem+json;q=0.9"
	acceptYAML     = "application/yaml, text/yaml, text/plain;q=0.9, */*;q=0.5"
)

// Limits bound one look at a place. Zero means the default of that name.
type Limits struct {
	Entries, Requests       int
	AnswerBytes, TotalBytes int64
	TextBytes, FileBytes    int
	Publishers, Places      int
	Catalogues, Depth       int
}

// Config is what [New] needs. Client must be there, and is the only way out (see indexer/outbound).
type Config struct {
	Client *http.Client
	// Token gives the secret for a host, as "Authorization: Bearer" wants it, or "". It is sent to that host alone.
	Token func(host string) string
	Limits
	Now func() time.Time // time.Now when nil
}

// Reader looks at other catalogues. It keeps nothing between two looks and is safe for use by many at once.
type Reader struct {
	cfg Config
}

// New checks the configuration and fills in the defaults.
func New(cfg Config) (*Reader, error) {
	if cfg.Client == nil {
		return nil, errors.New("peer: a client is needed")
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Token == nil {
		cfg.Token = func(string) string { return "" }
	}
	l := &cfg.Limits
	for _, n := range []struct {
		name string
		v    *int
		def  int
	}{
		{"Entries", &l.Entries, DefaultEntries}, {"Requests", &l.Requests, DefaultRequests}, {"TextBytes", &l.TextBytes, DefaultTextBytes},
		{"FileBytes", &l.FileBytes, DefaultFileBytes}, {"Publishers", &l.Publishers, DefaultPublishers}, {"Places", &l.Places, DefaultPlaces},
		{"Catalogues", &l.Catalogues, DefaultCatalogues}, {"Depth", &l.Depth, DefaultDepth},
	} {
		if *n.v < 0 {
			return nil, fmt.Errorf("peer: negative limit %s", n.name)
		}
		if *n.v == 0 {
			*n.v = n.def
		}
	}
	if l.AnswerBytes < 0 || l.TotalBytes < 0 {
		return nil, errors.New("peer: negative limit of bytes")
	}
	if l.AnswerBytes == 0 {
		l.AnswerBytes = DefaultAnswerBytes
	}
	if l.TotalBytes == 0 {
		l.TotalBytes = DefaultTotalBytes
	}
	return &Reader{cfg}, nil
}
