package privacy

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	namesBefore = 100 // bytes before a mailbox in which its owner may be named
	namesAfter  = 60  // and after it
	minSurname  = 3   // letters behind an initial
	minNamed    = 4   // letters of a name that is found in a mailbox
	minCut      = 6   // letters of a mailbox that is the beginning of a surname
	longGiven   = 7   // letters of a given name that counts at the edge of a word
)

// freeMail are providers where persons, and hardly any office, have their mailboxes; those with many national endings
// stand without one.
var freeMail = words(`gmail.com googlemail.com icloud.com me.com hotmail live outlook msn.com yahoo ymail.com protonmail.com protonmail.ch proton.me gmx web.de t-online.de
	libero.it alice.it tin.it virgilio.it tiscali.it fastwebnet.it inwind.it iol.it email.it pec.it aruba.it free.fr orange.fr laposte.net wanadoo.fr posteo.de posteo.net
	fastmail.com fastmail.fm tutamail.com tutanota.com yandex.ru mail.ru bk.ru qq.com 163.com 126.com foxmail.com ya.ru seznam.cz wp.pl ukr.net`)

// givenNames are common ones of Italy and its neighbours, as mailboxes write them.
var givenNames = words(`ada adam adele adrian adriana adriano agata agnese agostino alba albert alberto alda aldo alejandro alessandra alessandro alessia alessio alex alexander alexandra
	alexandre alfonso alfredo alice alina alvise amalia ambrogio amedeo anders andrea andreas andrew angela angelo anita anja anna annalisa annamaria anne annika anthony
	antoine anton antonella antonia antonio arianna armando arnaud arthur astrid attilio augusto barbara bastien beatrice benedetta benjamin bernard bernd bianca birgit
	bjorn brian bruno camilla camille candida carl carla carlo carlos carlotta carmela carmine carolina caroline caterina catherine cecilia cesare charles charlotte
	chiara chris christian christina christine christophe christopher cinzia ciro claire clara claudia claudio clelia concetta cornelia corrado cosimo costanza craig
	cristian cristiano cristina damiano daniel daniela daniele danilo dario david davide debora delia demetrio denis dennis diana didier diego dieter dina dirk domenico
	dominique donald donatella donato doriana duilio edoardo edward elena eleonora elia elio elisa elisabetta elizabeth elvira emanuela emanuele emilio emily emma enrica
	enrico enzo eric erica erik ermanno ernesto ernst ester esther etienne ettore eugenio ezio fabio fabiola fabrizio fausta fausto fedele federica federico felix
	ferdinando fernanda fernando filippo fiorella fiorenzo flavia flavio florian franca francesca francesco francisco franco francois frank franz frederic fulvia fulvio
	gabriel gabriele gabriella gaetano gedeone gennaro georg george gerard gerardo gerhard germana giacomo giada gian giancarlo gianfranco gianluca gianmarco gianni
	gianpaolo gilberto gilles ginevra gino gioele giordano giorgia giorgio giovanna giovanni giulia giuliana giuliano giulio giuseppe giuseppina gonzalo grazia graziano
	gregor greta guido guillaume gunter gustav hans harald heike heinz helen helena henri henrik henry herbert hugo ignazio igor ilaria ilario immacolata ines ingrid
	iolanda irene isabel isabella ivan ivano jack jacob jacopo jacques jakob james jason javier jeff jennifer jens jeremy jerome jesus jimmy joachim jochen johan
	johannes jonas jonathan jordi jorge jose josef joseph josephine juan julia julian julie julien jurgen karen karin karl katharina kathy katia katrin kevin klaus
	kristina lamberto lara larry lars laura laurent laurenz lelio leonardo leonie letizia licia lidia liliana linda lino lisa livia livio loredana lorella lorenza
	lorenzo loris louis louise luana luca lucas lucia luciana luciano lucio ludovica luigi luigia luis luisa lukas maddalena magnus manfred manlio manuel manuela manuele
	mara marcel marcella marcello marco marcus margherita maria mariangela marianna mariano marie marilena mario marion marisa mark markus marta martin martina mary
	marzia massimiliano massimo mateo mathias mathieu matilde matteo matthew matthias mattia maura maurice maurizio mauro maxime melanie melissa michael michel michela
	michele michelle miguel mikael mike milena mirco mirella miriam mirko moira monica monika morena moreno nadia nathalie nazareno nello nicola nicolas nicole nicoletta
	nicolo niels nils nina nives noemi nunzia nunzio olaf olga oliver olivier omar ombretta orazio oriana orietta orlando ornella oscar osvaldo ottavio pablo pamela
	paola paolo pascal pasquale patricia patrick patrizia patrizio paul paula pedro peter petra philipp philippe piera pierangelo pierluigi piero pierre pietro rachele
	rafael raffaele raffaella raimondo rainer ralf ramon raphael raul rebecca reinhard remo renata renate renato rene renzo riccardo richard rita robert roberta roberto
	rocco rodolfo roger roland rolf romain romeo romina rosalba rosanna rosaria rosario rosella rossana rossano rossella ruben rudolf ruggero sabina sabine sabrina
	salvatore samuel samuele sandra sandro sara sarah sascha saverio savino sebastian sebastiano sebastien serafino serena sergio settimio silvana silvano silvia silvio
	simon simona simone simonetta sofia sonia sophia sophie stefan stefania stefanie stefano stephan stephen steven susan susanna susanne sven sylvie tamara tania
	tatiana teresa thierry thomas tina tito tiziana tiziano tobias tomas tommaso tullio ubaldo ugo ulrich umberto uwe valentina valentino valeria valerie valerio valter
	vanessa vasco veronica veronique victor ville vilma vincent vincenza vincenzo vito vittorio viviana volker walter wanda werner wilhelm wolfgang xavier yann ylenia
	yuri yves`)

// looksPersonal says that something speaks for the owner of a mailbox being a person, where [PersonalMail] only says that nothing
// speaks for an office: a given name in it, an initial and a surname, a provider of private mail, or a name beside it
// that is also in it. Of the mailboxes of public bodies two in five are short names of offices that no list can know: a mask may
// hide them, a warning would be wrong.
func looksPersonal(addr, before, after string) bool {
	local, domain, _ := strings.Cut(strings.ToLower(addr), "@")
	local, _, _ = strings.Cut(local, "+")
	if label, _, _ := strings.Cut(domain, "."); freeMail[domain] || freeMail[label] {
		return true
	}
	tokens := strings.FieldsFunc(local, func(r rune) bool { return !unicode.IsLetter(r) })
	if personTokens(tokens) || slices.ContainsFunc(tokens, givenEdge) {
		return true
	}
	return named(local, tokens, before) || named(local, tokens, after)
}

// personTokens says that the parts of a name are a person's: one is a given name, or they are an initial and a surname.
// Some words of roles are surnames too.
func personTokens(tokens []string) bool {
	if slices.ContainsFunc(tokens, func(t string) bool { return givenNames[t] }) {
		return true
	}
	return len(tokens) == 2 && (isInitial(tokens[0]) && letters(tokens[1]) >= minSurname || isInitial(tokens[1]) && letters(tokens[0]) >= minSurname)
}

func isInitial(t string) bool { return utf8.RuneCountInString(t) == 1 && !digit(t[0]) }

func letters(t string) int { return utf8.RuneCountInString(strings.Trim(t, "0123456789")) }

// givenEdge says that a long word begins or ends with a given name ("quacchilorenzo").
func givenEdge(t string) bool {
	for n := longGiven; n+minSurname <= len(t); n++ {
		if givenNames[t[:n]] || givenNames[t[len(t)-n:]] {
			return true
		}
	}
	return false
}

// named says that two words with capitals stand side by side in a text, neither of them an office's, that are a name and a
// surname: together they are the mailbox, or one is a given name and either is in it.
func named(local string, tokens []string, text string) bool {
	text = strings.ToValidUTF8(text, " ")
	fields := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("<>()[]*_\"'`:;|,/", r) })
	for i := 0; i+1 < len(fields); i++ {
		if !isCapital(fields[i]) || !isCapital(fields[i+1]) {
			continue
		}
		pair := [...]string{strings.ToLower(fields[i]), strings.ToLower(fields[i+1])}
		if slices.ContainsFunc(pair[:], func(w string) bool { return officeToken(w) || weakWords[w] || organisationWords[w] }) {
			continue
		}
		if len(tokens) == 2 && (tokens[0] == pair[0] && tokens[1] == pair[1] || tokens[0] == pair[1] && tokens[1] == pair[0]) {
			return true
		}
		if !givenNames[pair[0]] && !givenNames[pair[1]] {
			continue
		}
		for _, w := range pair {
			if len(w) >= minNamed && strings.Contains(local, w) || len(local) >= minCut && strings.HasPrefix(w, local) {
				return true
			}
		}
	}
	return false
}

func isCapital(w string) bool {
	r, n := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r) && len(w) > n && !strings.ContainsFunc(w, unicode.IsDigit)
}
