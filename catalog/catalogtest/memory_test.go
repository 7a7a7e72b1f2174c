package catalogtest_test

import (
	"testing"

	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

func TestMemory(t *testing.T) {
	catalogtest.TestStore(t, func(*testing.T) catalogtest.Store { return catalogtest.NewMemory() })
}
