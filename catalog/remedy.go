package catalog

import (
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// Turn says whose turn it is after a visit that went wrong.
type Turn string

// The turns.
const (
	TurnPublisher Turn = "publisher" // whoever keeps what is at the address
	TurnKeeper    Turn = "keeper"    // whoever runs the server, the forge or the other catalogue
	TurnList      Turn = "list"      // whoever keeps the list that names the address
	TurnOperator  Turn = "operator"  // whoever runs this catalogue
	TurnWait      Turn = "wait"      // nobody: the next visit tries again
)

// Fault is what kind of thing went wrong with a visit, as far as it decides who mends it and how; the reason of the visit
// is the sentence with the particulars. "" where nothing went wrong or nobody said.
type Fault string

// The faults.
const (
	FaultWait     Fault = "wait"     // busy, slow, out of reach: it may well go by itself
	FaultGone     Fault = "gone"     // the place answers that there is nothing
	FaultPrivate  Fault = "private"  // the place asks for credentials
	FaultToken    Fault = "token"    // a forge or a catalogue wants a token of ours, or another one
	FaultContents Fault = "contents" // empty, damaged, too large, of another kind: what is there cannot be read
	FaultServer   Fault = "server"   // the server, its certificate, or what it answers is not in order
	FaultAddress  Fault = "address"  // the address leads nowhere, or to something else
	FaultSource   Fault = "source"   // what the source says of itself does not fit what is there: branch, folder, kind, size
	FaultNetwork  Fault = "network"  // the address leads to a network that is not visited
	FaultSetting  Fault = "setting"  // the proxy or the keys of this catalogue
	FaultSelf     Fault = "self"     // it is this very catalogue; nobody was asked
	FaultKind     Fault = "kind"     // this version asks nobody for such a source
	FaultOurs     Fault = "ours"     // the program could not deal with it
)

// Unasked says that the visit ended before anybody was asked.
func (f Fault) Unasked() bool { return f == FaultSelf || f == FaultKind }

// Remedy is whose turn it is and what to do, in sentences for everybody who reads the page.
type Remedy struct {
	Turn Turn
	Do   schema.Text
}

// Who says whose turn it is in a sentence.
func (r Remedy) Who() schema.Text {
	switch r.Turn {
	case TurnPublisher:
		return schema.T("Tocca a chi pubblica il repository.", "It is up to whoever publishes the repository.")
	case TurnKeeper:
		return schema.T("Tocca a chi gestisce il server a quell'indirizzo.", "It is up to whoever runs the server at that address.")
	case TurnList:
		return schema.T("Tocca a chi tiene l'elenco che la nomina.", "It is up to whoever keeps the list that names it.")
	case TurnOperator:
		return schema.T("Questo lo corregge chi gestisce il catalogo.", "Whoever runs the catalogue corrects this.")
	}
	return schema.T("Per ora non tocca a nessuno: riproviamo da soli.", "For now it is nobody's turn: we try again by ourselves.")
}

// Remedy says who mends what went wrong with the last visit, and how; ok is false when it went well, or waits to be
// confirmed. A visit that an older version noted, without its fault, is judged by its outcome.
func (s *SourceState) Remedy() (r Remedy, ok bool) {
	last := s.Last()
	f := last.Fault
	if f == "" {
		switch last.Outcome {
		case Failed:
			f = FaultWait
		case Absent:
			f = FaultGone
		default:
			if !s.WrongFolder() {
				return r, false
			}
			f = FaultSource
		}
	}
	if f != FaultWait && f != FaultNetwork && strings.HasSuffix(strings.ToLower(s.Source.URL), ".zip") {
		return Remedy{TurnOperator, schema.T("l'indirizzo è di un archivio ZIP, e il catalogo visita repository Git: va aperto, e il contenuto pubblicato in un repository. Anche riuso import prende lo ZIP, e prepara le schede da pubblicare insieme ai file",
			"the address is that of a ZIP archive, and the catalogue visits Git repositories: unpack the archive into a repository; riuso import also takes the ZIP, and prepares the records to be published in a repository")}, true
	}
	return f.remedy(s.Source.Parent != ""), true
}

// WrongFolder says that the folder which the source names is not in the repository: the visit read it well, and what has to
// be mended is the source.
func (s *SourceState) WrongFolder() bool {
	return s.Source.Folder != "" && s.Last().Read() && slices.ContainsFunc(s.Findings, OfFolder)
}

// OfFolder says whether a finding is that the folder of a source is not there.
func OfFolder(f schema.Finding) bool { return f.Code == "V02" && f.File == "" }

// remedy is that of a fault; listed says that a list names the source, so that its address is not written here.
func (f Fault) remedy(listed bool) Remedy {
	switch f {
	case FaultGone:
		if listed {
			return Remedy{TurnList, schema.T("Se il repository è stato spostato, chi tiene l'elenco corregga l'indirizzo; se non c'è più, lo tolga dall'elenco.",
				"If the repository was moved, whoever keeps the list should mend the address; if it is gone, take it off the list.")}
		}
		return Remedy{TurnPublisher, schema.T("Se il repository è stato spostato, o reso privato, chi lo pubblica lo dica a chi gestisce il catalogo, che corregge l'indirizzo. Se deve uscire dal catalogo non occorre fare nulla.",
			"If the repository was moved, or made private, whoever publishes it should tell whoever runs the catalogue, who mends the address. If it is to leave the catalogue, nothing has to be done.")}
	case FaultPrivate:
		do := schema.T("Chi lo pubblica renda pubblico il repository, nelle sue impostazioni.", "Whoever publishes it should make the repository public, in its settings.")
		if !listed {
			do = schema.T(do.It+" Se deve restare riservato, chi gestisce il catalogo può leggerlo con un token (--tokens).", do.En+" If it is to stay private, whoever runs the catalogue can read it with a token (--tokens).")
		}
		return Remedy{TurnPublisher, do}
	case FaultToken:
		if listed {
			return Remedy{TurnKeeper, schema.T("L'indirizzo che l'elenco propone non risponde a tutti: chi lo gestisce lo apra alla lettura, o chi gestisce il catalogo ne faccia una fonte sua, con un token.",
				"The address that the list names does not answer everybody: whoever runs it should open it for reading, or whoever runs the catalogue make it a source of its own, with a token.")}
		}
		return Remedy{TurnOperator, schema.T("Serve un token valido per quell'indirizzo, nel file di --tokens.", "A valid token for that address is needed, in the file of --tokens.")}
	case FaultContents:
		return Remedy{TurnPublisher, schema.T("L'indirizzo risponde: va sistemato ciò che contiene, come dice il motivo. La visita successiva lo rilegge.",
			"The address answers: what is there has to be put right, as the reason says. The next visit reads it again.")}
	case FaultServer:
		return Remedy{TurnKeeper, schema.T("Chi gestisce quel server ne controlli il funzionamento, come dice il motivo: intanto riproviamo a ogni visita.",
			"Whoever runs that server should see to it, as the reason says: meanwhile each visit tries again.")}
	case FaultAddress, FaultSource:
		if listed {
			return Remedy{TurnList, schema.T("Chi tiene l'elenco corregga l'indirizzo che vi ha scritto, o lo tolga.", "Whoever keeps the list should mend the address in it, or take it off.")}
		}
		if f == FaultAddress {
			return Remedy{TurnOperator, schema.T("Va controllato url nel file della fonte: se il posto ha cambiato indirizzo, chi lo pubblica sa qual è quello nuovo.",
				"The url in the file of the source has to be checked: if the place has another address now, whoever publishes it knows which.")}
		}
		return Remedy{TurnOperator, schema.T("Va corretto il file della fonte, nella cartella sources del catalogo, come dice il motivo.",
			"The file of the source has to be mended, in the folder sources of the catalogue, as the reason says.")}
	case FaultNetwork:
		if listed {
			return Remedy{TurnList, schema.T("Chi tiene l'elenco scriva un indirizzo pubblico: quelli di una rete privata proposti da altri non si visitano.",
				"Whoever keeps the list should write a public address: those of a private network that others name are not visited.")}
		}
		return Remedy{TurnOperator, schema.T("Nella fonte va scritto un indirizzo pubblico; se invece quella rete è la sua, il programma si avvia con --allow-net e la rete, per esempio --allow-net 10.1.0.0/16.",
			"A public address has to be written into the source; if that network is the operator's own, the program is started with --allow-net and the network, as in --allow-net 10.1.0.0/16.")}
	case FaultSetting:
		return Remedy{TurnOperator, schema.T("Vanno controllate le opzioni con cui è avviato il programma, come dice il motivo.", "The options with which the program is started have to be checked, as the reason says.")}
	case FaultSelf:
		if listed {
			return Remedy{TurnWait, schema.T("È normale: un altro elenco nomina questo catalogo. Non occorre fare nulla.", "That is as it should be: another list names this catalogue. Nothing has to be done.")}
		}
		return Remedy{TurnOperator, schema.T("Va cancellato il file di questa fonte: ciò che il catalogo contiene si legge già senza.", "The file of this source has to be deleted: what the catalogue holds is read without it.")}
	case FaultKind:
		return Remedy{TurnOperator, schema.T("Va corretto kind nel file della fonte, o serve una versione del programma che conosca quel tipo.", "The kind in the file of the source has to be mended, or a version of the program is needed that knows that kind.")}
	case FaultOurs:
		return Remedy{TurnOperator, schema.T("La causa è nel registro del programma: se è un difetto, va detto a chi lo mantiene.", "The cause is in the log of the program: if it is a fault of it, tell those who maintain it.")}
	}
	return Remedy{TurnWait, schema.T("La visita successiva prova di nuovo. Se dura da giorni, chi pubblica il repository controlli che l'indirizzo risponda a chiunque.",
		"The next visit tries again. If it lasts for days, whoever publishes the repository should check that the address answers anybody.")}
}
