package site

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
)

// movedError says that a thing is now known by another public id: its pages are there.
type movedError struct{ from, to string }

func (e *movedError) Error() string { return fmt.Sprintf("%s is now %s", e.from, e.to) }

// forward answers with the way to the page under the new id, for good, and says whether it did.
func forward(c *gin.Context, err error) bool {
	var m *movedError
	if !errors.As(err, &m) {
		return false
	}
	u := *c.Request.URL
	pieces := strings.Split(u.Path, "/")
	at := slices.Index(pieces, m.from)
	if at < 0 {
		return false
	}
	pieces[at] = m.to
	u.Scheme, u.Host, u.Path, u.RawPath = "", "", strings.Join(pieces, "/"), ""
	c.Redirect(http.StatusMovedPermanently, u.String())
	return true
}
