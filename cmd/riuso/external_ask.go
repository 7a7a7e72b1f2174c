package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"

	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/indexer/gitrepo"
	"github.com/open-community-pa/riuso/indexer/outbound"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// askAll asks for every reference, some at once, and gives the findings of each in its place. What two references of a
// kind have in common is asked once.
func (e *external) askAll(ctx context.Context, refs []publiccode.Reference) [][]schema.Finding {
	type question struct{ how, target string }
	first := map[question]int{}
	same := make([]int, len(refs))
	for i, ref := range refs {
		q := question{string(ref.Kind), ref.Target}
		if ref.Kind == publiccode.KindVideo {
			q.how = string(publiccode.KindPage)
		}
		if _, known := first[q]; !known {
			first[q] = i
		}
		same[i] = first[q]
	}
	answers := make([]func(publiccode.Reference) []schema.Finding, len(refs))
	slots := make(chan struct{}, askAtOnce)
	var all sync.WaitGroup
	for i, ref := range refs {
		if same[i] != i {
			continue
		}
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			answers[i] = e.ask(ctx, ref)
		})
	}
	all.Wait()
	out := make([][]schema.Finding, len(refs))
	for i, ref := range refs {
		out[i] = answers[same[i]](ref)
	}
	return out
}

// answer is what was learnt of an address, to be said of each reference to it.
type answer = func(publiccode.Reference) []schema.Finding

func noFinding(publiccode.Reference) []schema.Finding { return nil }

func one(f func(publiccode.Reference, schema.Text) schema.Finding, why schema.Text) answer {
	return func(r publiccode.Reference) []schema.Finding { return []schema.Finding{f(r, why)} }
}

// ask looks at one address in the way of its kind.
func (e *external) ask(ctx context.Context, ref publiccode.Reference) answer {
	ctx, cancel := context.WithTimeoutCause(ctx, e.timeout, outbound.ErrTimeout)
	defer cancel()
	switch ref.Kind {
	case publiccode.KindRepository:
		return e.askGit(ctx, ref.Target)
	case publiccode.KindLogo, publiccode.KindScreenshot:
		return e.askImage(ctx, ref.Target)
	}
	return e.askPage(ctx, ref.Target)
}

// askPage asks for the head of a page and, of a server that does not like that, for its first byte.
func (e *external) askPage(ctx context.Context, target string) answer {
	status, _, err := e.request(ctx, http.MethodHead, target, 0)
	if err == nil && status >= http.StatusBadRequest && status != http.StatusGone && status != http.StatusTooManyRequests {
		status, _, err = e.request(ctx, http.MethodGet, target, 0)
	}
	if errors.Is(err, outbound.ErrTooLarge) || status == http.StatusRequestedRangeNotSatisfiable {
		return noFinding // it is there
	}
	return judge(status, err)
}

// askImage takes the whole image and looks into it.
func (e *external) askImage(ctx context.Context, target string) answer {
	status, data, err := e.request(ctx, http.MethodGet, target, publiccode.MaxImageBytes+1)
	if err != nil || status < 200 || status > 299 {
		return judge(status, err)
	}
	return func(r publiccode.Reference) []schema.Finding { return r.CheckImage(data) }
}

// askGit asks for the list of references, which only a repository gives.
func (e *external) askGit(ctx context.Context, target string) answer {
	_, err := e.reader.List(ctx, target)
	var t *indexer.Trouble
	switch {
	case err == nil, errors.Is(err, gitrepo.ErrNoBranch):
		return noFinding
	case errors.Is(err, gitrepo.ErrBusy):
		return judge(http.StatusTooManyRequests, nil)
	case errors.Is(err, gitrepo.ErrUnreachable), errors.Is(err, outbound.ErrBlockedAddress), errors.Is(err, outbound.ErrRedirect):
		var status *gitrepo.StatusError
		if errors.As(err, &status) {
			return judge(status.Status, nil)
		}
		return judge(0, cause(ctx, err))
	case errors.As(trouble(err), &t):
		return one(publiccode.Reference.NotGit, t.Reason)
	}
	return judge(0, err)
}

// request makes one request and reads most bytes of its answer; zero asks for the first byte and reads none.
func (e *external) request(ctx context.Context, method, target string, most int64) (status int, data []byte, err error) {
	req, err := http.NewRequestWithContext(ctx, method, target, nil)
	if err != nil {
		return 0, nil, err
	}
	if method == http.MethodGet && most == 0 {
		req.Header.Set("Range", "bytes=0-0")
	}
	res, err := e.client.Do(req)
	if err != nil {
		return 0, nil, cause(ctx, err)
	}
	data, err = io.ReadAll(io.LimitReader(res.Body, most))
	return res.StatusCode, data, cause(ctx, errors.Join(err, res.Body.Close()))
}

// cause puts our own time-out before what the client saw of it ("context deadline exceeded").
func cause(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return errors.Join(context.Cause(ctx), err)
	}
	return err
}
