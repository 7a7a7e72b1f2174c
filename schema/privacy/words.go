package privacy

import "strings"

// strongWords make an office of a mailbox wherever they stand in its local part, as a whole token or, when they have
// at least [longWord] letters, at the beginning or end of one: "ufficio.rossi", "segreteriagenerale", "infobandi".
var strongWords = words(`info protocollo segreteria ufficio uffici urp comune comuni provincia regione unione pec posta postacert
	direzione servizio servizi settore assistenza supporto support helpdesk help contatti contatto contact contacts redazione
	webmaster postmaster hostmaster mailer noreply reply donotreply privacy dpo rpd rtd responsabile trasparenza anticorruzione
	gare appalti contratti suap suape anagrafe tributi ragioneria personale amministrazione admin administrator comunicazione
	progetti progetto riuso opensource sviluppo software sistemi sistema informativi informatica innovazione digitale digital
	transizione security sicurezza developers developer office community agenzia dipartimento istituto biblioteca scuola
	newsletter feedback bugs team staff gestione polizia elettorale demografici cultura turismo ambiente urbanistica edilizia
	sportello centro consorzio coc partecipa maintainer amministratore kontakt ticket tickets mobilita sito sviluppatori
	preside presidenza presidente dirigente dirigenza referenti azienda fondazione associazione camera cittadino cittadini qualita formazione archivio
	registro accesso notifiche notifica notification notifications opendata licensing sales marketing general generale
	accessibilita accessibility enquiries service services project projects press media conduct maintainers governance`)

// inWords make an office of a mailbox wherever they stand, in the middle of a token too ("areasviluppoparer").
var inWords = strings.Fields("protocoll segreteri direzion assistenza sviluppo informatic innovazion amministrazion comunicazion ragioneri biblioteca anagrafe support security opensource verwaltung community")

// shortEdges make an office of a token that begins with them and goes on.
var shortEdges = strings.Fields("urp suap")

// roleWords are more of them, in the languages of Europe: whole tokens, or at the edge of one when they have at least
// [longRole] letters, because shorter ones begin or end names.
var roleWords = words(`commissione direttore direzionale gestionale laboratorio osservatorio segnalazioni segnalazione manutenzione protezione civile vigili municipio municipale
	richieste reclami prenotazioni iscrizioni amministrativo tecnico lavori sociali pubblica relazioni pubbliche sanita farmacia medicina ricerca consulenza concorsi
	energia pesca agricoltura allerta meteo operatore operatori dipendente dipendenti funzionario finanze bilancio patrimonio trasporti viabilita commercio sportelli
	autenticazione portale piattaforma osservatori statistica statistiche cartografia geoportale catasto bandi appalto avvocatura controllo consiglio giunta harassment safespace tutela difesa
	datenschutz informatik verwaltung rathaus termine poststelle pressestelle presse beratung bibliothek gemeinde stadtverwaltung gemeindeverwaltung bauamt buergeramt
	buergerbuero entwicklung entwickler anfragen anfrage sicherheit kundenservice kanzlei buchhaltung hilfe datenstelle datenerfassung kundendienst
	mairie accueil informatique secretariat bureau equipe communication donnees numerique commune prefecture mediatheque
	soporte informacion secretaria ayuntamiento atencion contacto administracion desarrollo gestion alcaldia registro transparencia comunicacion
	suporte ouvidoria prefeitura atendimento informacoes contato
	gemeente servicedesk informatie klantenservice samenwerken beheer beveiliging kommun kommune registrator registratur kundservice kontoret postmottak
	kirjaamo biuro sekretariat podatelna ajuntament informacio urzad obcina uprava
	reception secretary inquiries everyone careers recruiting billing accounting accounts orders partners partnership research library publications
	operations engineering engineers product products platform infrastructure compliance copyright dmca foundation council committee organizers
	organisers events training education customercare customerservice vulnerability vulnerabilities disclosure secalert psirt`)

// longRole is from how many letters a role word counts at the edge of a token.
const longRole = 7

// weakWords make an office of a mailbox only when every other token is one too, a number or a label of its domain: they
// are short, or names as well.
var weakWords = words(`ente sindaco ced sit it ict web sue cert area stampa europa italia open source api data dati gis pa dev devel
	devs cit cst root git svn hg ci bot system test user users utente nobody abuse legal hello ciao mail email list lists discuss
	announce forum oss foss code docs doc reuse hr crm erp edi noc soc csirt cert lab labs app apps cloud smart city forms moduli
	github gitlab no me you your name nome cognome surname first last firstname lastname username password pass example esempio
	foo bar baz xxx tech ai ml bi pm tos ville stadt post rete camara geral board chair amt termin civic rup ufs urps uo qa pr hq eng ops sre ux rh edv bdi jira moderator moderators bugzilla trac irc sia sii report maintainer someone qualcuno somebody mailbox casella indirizzo address core hi bug issue issues build jenkins docker`)

// longWord is from how many letters a strong word counts at the edge of a token.
const longWord = 4

// exampleLabels and exampleStarts make of a domain one that stands for another, besides those that the standards keep
// free for it (RFC 2606).
var (
	exampleLabels = words(`example esempio ejemplo exemple exemplo beispiel voorbeeld test localhost ente dominio tuodominio miodominio vostrodominio nomedominio tuoente
		nomeente tuocomune domain yourdomain mydomain company yourcompany mycompany acme foo bar dummy nomail`)
	exampleStarts = strings.Fields("example esempio muster beispiel ihre- your- tuo- mio-")
)

// organisationWords are those by which a name is a body's or a firm's.
var organisationWords = words(`comune comuni provincia regione regionale città citta metropolitana unione unioni agenzia università universita
	politecnico srl s.r.l spa s.p.a scarl snc sas srls consorzio azienda ufficio uffici team gruppo ministero dipartimento istituto
	ente enti fondazione associazione cooperativa coop società societa soc centro comunità comunita asl ausl asst ats arpa arpae camera
	servizio servizi settore area direzione laboratorio lab scuola segreteria staff redazione osservatorio autorità autorita presidenza
	anci upi uncem ifel agid formez cnr csi invitalia sogei pagopa lepida insiel liguria lombardia partenariato rete comitato community
	gmbh inc ltd llc foundation university agency department municipality city region office group institute council consortium
	association company committee working società italia s.c.a.r.l s.c innovation innovazione digitale`)

// IsOrganisationWord says that a lower-case word in a name makes a body or a firm of it.
func IsOrganisationWord(w string) bool { return organisationWords[w] }
