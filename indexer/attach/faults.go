package attach

import (
	"errors"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// What stops a reader. A [PDFReader] wraps one of them.
var (
	ErrEncrypted = errors.New("attach: the file asks for a password")
	ErrDamaged   = errors.New("attach: the file is damaged")
	ErrLimit     = errors.New("attach: the file is over a limit")
	ErrTime      = errors.New("attach: reading the file took too long")
	// ErrStart is this machine's fault and not the file's: nothing is known of the file, and another time it may be read.
	ErrStart = errors.New("attach: what reads the file could not be started")
)

// overError is an [ErrLimit] that says which limit it is.
type overError struct{ limit schema.Text }

func (e overError) Error() string        { return "attach: the file is over a limit: " + e.limit.En }
func (e overError) Is(target error) bool { return target == ErrLimit }

func over(it, en string, args ...any) error { return overError{schema.Tf(it, en, args...)} }

func fault(code string, message, hint schema.Text) catalog.TextFault {
	return catalog.TextFault{Code: code, Severity: schema.Warning, Message: message, Hint: hint}
}

// oldFormat says that nobody but the program that wrote the file reads it well.
func oldFormat(f format, signed bool) catalog.TextFault {
	n := f.name()
	message := schema.T("il file è "+n.It+": il suo testo non si può leggere", "the file is "+n.En+": its text cannot be read")
	if signed {
		message = schema.T("il file è firmato, e dentro c'è "+n.It+": il suo testo non si può leggere",
			"the file is signed, and inside there is "+n.En+": its text cannot be read")
	}
	if f.readable() {
		message = schema.T("il file è "+n.It+", un formato superato", "the file is "+n.En+", an outdated format")
	}
	hint := schema.T("aprilo con LibreOffice e salvalo come ODT (se si deve compilare) o come PDF/A (se si deve solo leggere); pubblica quello accanto all'originale",
		"open it with LibreOffice and save it as ODT (when it is to be filled in) or as PDF/A (when it is only to be read); publish that beside the original")
	switch f {
	case fXLS, fWK:
		hint = schema.T("aprilo con LibreOffice e salvalo come ODS, o come PDF/A se si deve solo leggere; pubblica quello accanto all'originale",
			"open it with LibreOffice and save it as ODS, or as PDF/A when it is only to be read; publish that beside the original")
	case fPPT:
		hint = schema.T("aprilo con LibreOffice e salvalo come ODP, o come PDF/A se si deve solo leggere; pubblica quello accanto all'originale",
			"open it with LibreOffice and save it as ODP, or as PDF/A when it is only to be read; publish that beside the original")
	}
	return fault("T01", message, hint)
}

// scanned says that pages are images.
func scanned() catalog.TextFault {
	return fault("T02", schema.T("nelle pagine non c'è testo: sembra una scansione", "there is no text on the pages: it looks like a scan"),
		schema.T("chiedi a chi l'ha scritto l'originale ed esportalo in PDF; se non c'è più, passa la scansione in un programma di riconoscimento del testo (OCR)",
			"ask whoever wrote it for the original and export it to PDF; if it is gone put the scan through a program that recognises text (OCR)"))
}

// encrypted says that the file asks for a password.
func encrypted() catalog.TextFault {
	return fault("T03", schema.T("il file è protetto da una password, o cifrato", "the file is protected by a password, or encrypted"),
		schema.T("salvalo di nuovo senza password; se contiene qualcosa che non può essere pubblico toglilo dal kit",
			"save it again without a password; if it holds something that cannot be public take it out of the kit"))
}

// damaged says that the file cannot be read, or not to its end.
func damaged(f format, some bool) catalog.TextFault {
	n := f.name()
	message := schema.T("il file comincia come "+n.It+", ma è rovinato e non si legge", "the file begins as "+n.En+", but it is damaged and cannot be read")
	if some {
		message = schema.T("il file è "+n.It+" rovinato: si è letto solo in parte", "the file is "+n.En+" that is damaged: it was read only in part")
	}
	return fault("T04", message, schema.T("prova ad aprirlo: se non si apre caricalo di nuovo dall'originale", "try to open it: if it does not open upload it again from the original"))
}

// misnamed says that a file is not what its name says; ext is without its dot.
func misnamed(ext string, f format) catalog.TextFault {
	n := f.name()
	message := schema.T("il nome finisce in «."+ext+"», ma dentro c'è "+n.It, "the name ends in \"."+ext+"\", but inside there is "+n.En)
	hint := schema.T("dagli l'estensione «."+f.ext()+"», o salvalo davvero nel formato che il nome promette",
		"give it the extension \"."+f.ext()+"\", or save it indeed in the format that its name promises")
	if f == fUnknown {
		hint = schema.T("prova ad aprirlo: se non si apre caricalo di nuovo dall'originale", "try to open it: if it does not open upload it again from the original")
	}
	return fault("T04", message, hint)
}

// detached says that the file is a signature without the document.
func detached() catalog.TextFault {
	return fault("T04", schema.T("il file è una firma separata: il documento firmato non è qui dentro, sta in un altro file", "the file is a detached signature: the document that is signed is not in it, it is in another file"),
		schema.T("pubblica accanto anche il documento firmato, o al suo posto il .p7m che contiene documento e firma", "publish the signed document beside it too, or instead of it the .p7m that holds both document and signature"))
}

// overLimit says which limit was reached; some tells whether there is text nevertheless.
func overLimit(limit schema.Text, some bool) catalog.TextFault {
	message := schema.T("il file supera un limite ("+limit.It+"): il suo testo non si è letto", "the file is over a limit ("+limit.En+"): its text was not read")
	if some {
		message = schema.T("il file supera un limite ("+limit.It+"): si è letto fin lì", "the file is over a limit ("+limit.En+"): it was read up to there")
	}
	return fault("T05", message, schema.T("dividi il documento in parti o riduci le immagini; se va bene così non c'è nulla da fare",
		"divide the document into parts or make its images smaller; if it is fine as it is there is nothing to do"))
}

// incomplete says that words may be missing.
func incomplete() catalog.TextFault {
	return fault("T06", schema.T("il testo estratto potrebbe non essere completo", "the text that was drawn out may not be complete"),
		schema.T("confrontalo con l'originale; se manca molto, esporta di nuovo il documento dal programma che l'ha scritto",
			"compare it with the original; if much is missing export the document again from the program that wrote it"))
}

// noReader says that nothing here reads PDF: no fault of who wrote the file.
func noReader() catalog.TextFault {
	return fault("T06", schema.T("questo catalogo non ha un lettore per i PDF: il testo manca", "this catalogue has no reader for PDF: the text is missing"),
		schema.T("chi gestisce il catalogo può installare pdftotext; nel file non c'è nulla da correggere",
			"who runs the catalogue can install pdftotext; there is nothing to mend in the file"))
}

// macros says that the file holds a program.
func macros() catalog.TextFault {
	return fault("T07", schema.T("il file contiene macro", "the file holds macros"),
		schema.T("se la macro non serve salvalo senza, come DOCX, XLSX, ODT od ODS; se serve, pubblica accanto una versione senza",
			"if the macro is not needed save it without, as DOCX, XLSX, ODT or ODS; if it is publish a version without it beside"))
}

// notHad says that the bytes are elsewhere.
func notHad() catalog.TextFault {
	return fault("T08", schema.T("nel repository c'è solo un rimando (Git LFS): il contenuto del file sta altrove", "the repository holds only a pointer (Git LFS): the content of the file lies elsewhere"),
		schema.T("metti nel repository il file vero, o indica in sourceUrl l'indirizzo da cui si scarica",
			"put the file itself in the repository, or give in sourceUrl the address from which it can be downloaded"))
}
