package catalog

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

func TestEveryStorageFaultIsOneSentence(t *testing.T) {
	seen := map[string]StorageFault{}
	for _, f := range []StorageFault{NoRoom, NoQuota, ReadOnly, TooLarge, BadDisk} {
		err := fmt.Errorf("commit: %w", &StorageError{Folder: "/srv/dati", Fault: f, Err: fs.ErrInvalid})
		var e *StorageError
		if !errors.As(err, &e) || !errors.Is(err, fs.ErrInvalid) {
			t.Fatalf("%s is not found behind %v", f, err)
		}
		for _, lang := range []schema.Lang{schema.It, schema.En} {
			s := e.Text().In(lang)
			if !strings.Contains(s, "/srv/dati") || strings.Contains(s, "\n") || len(s) > 250 {
				t.Errorf("%s: %q", f, s)
			}
			if other, ok := seen[s]; ok {
				t.Errorf("%s says what %s says", f, other)
			}
			seen[s] = f
		}
	}
}
