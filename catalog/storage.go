package catalog

import (
	"fmt"

	"github.com/open-community-pa/riuso/schema"
)

// StorageFault is why a disk takes nothing more: what the operator has to mend.
type StorageFault string

// The faults of a disk that are told apart, each with what to do about it.
const (
	NoRoom   StorageFault = "no-room"   // the file system is full
	NoQuota  StorageFault = "no-quota"  // the user may not use more of it
	ReadOnly StorageFault = "read-only" // nothing may be written
	TooLarge StorageFault = "too-large" // a file may not grow any more
	BadDisk  StorageFault = "bad-disk"  // the disk gives errors
)

// StorageError says that the data folder took nothing of what it was given, because of the disk under it. It concerns no
// single source: whoever meets it stops, and goes on when there is room. Nothing that was stored before is lost.
type StorageError struct {
	Folder string
	Fault  StorageFault
	Err    error // what the system said
}

// Error gives the fault in short, for a log.
func (e *StorageError) Error() string {
	return fmt.Sprintf("data folder %s: %s: %v", e.Folder, e.Fault, e.Err)
}

// Unwrap gives what the system said.
func (e *StorageError) Unwrap() error { return e.Err }

// Text says it in one sentence: where, what is wrong, what to do.
func (e *StorageError) Text() schema.Text {
	switch e.Fault {
	case NoQuota:
		return schema.Tf("la cartella dei dati %s ha raggiunto la quota del suo utente: alza la quota o libera spazio, poi il lavoro riprende da dov'era", "the data folder %s has used up the quota of its user: raise the quota or make room, and the work goes on where it was", e.Folder)
	case ReadOnly:
		return schema.Tf("la cartella dei dati %s sta su un disco in sola lettura: rendilo scrivibile, poi il lavoro riprende da dov'era", "the data folder %s lies on a disk that is read-only: make it writable, and the work goes on where it was", e.Folder)
	case TooLarge:
		return schema.Tf("un file della cartella dei dati %s ha raggiunto la grandezza massima permessa: alza il limite (ulimit -f), poi il lavoro riprende da dov'era", "a file of the data folder %s is as large as it may be: raise the limit (ulimit -f), and the work goes on where it was", e.Folder)
	case BadDisk:
		return schema.Tf("il disco della cartella dei dati %s dà errori: controllalo, e se è guasto ripristina la copia di sicurezza altrove con «riuso restore»", "the disk of the data folder %s gives errors: check it, and if it is broken restore the backup elsewhere with \"riuso restore\"", e.Folder)
	}
	return schema.Tf("il disco della cartella dei dati %s è pieno: libera spazio, poi il lavoro riprende da dov'era", "the disk of the data folder %s is full: make room, and the work goes on where it was", e.Folder)
}
