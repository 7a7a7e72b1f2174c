package privacy

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/schema"
)

// The persons, bodies, numbers and secrets of these tests are made up.
var lintBad = []struct{ text, code, place string }{ // place: the part of the text where the finding stands
	{"Scrivi a g.paperone@comune.paperopoli.it", "W04", "g.paperone"},
	{"Referente: Gedeone <gedeone.paperone@pec.it>", "W04", "gedeone.p"},
	{"g.paperone [at] comune.paperopoli.it", "W04", "g.paperone"},
	{"cell. +39 347 8812904", "W04", "+39"},
	{"Contatti: Zaccaria Quacchi <quacchi@comune.paperopoli.it>", "", ""}, // neither name is a common one
	{"Zaccaria Quacchi <zaccaria.quacchi@comune.paperopoli.it>", "W04", "zaccaria."},
	{"Contatti: Anna Quacchi <quacchi@comune.paperopoli.it>", "W04", "quacchi@"},
	{"quaqua97@gmail.com", "W04", "quaqua"},
	{"Telefono: 347.8812904", "W04", "347"},
	// Made up; the last letters were worked out by hand from the tables of the decree of 23 December 1976.
	{"C.F. PPRGDN80A01H501O", "W04", "PPRGDN"},
	{"C.F. PPRGDN80A01H5LMR", "W04", "PPRGDN"}, // letters in place of figures (omocodia)
	{"C.F. qcczcr75e04d969v", "W04", "qcczcr"},
	// Real persons have the names of examples: once all of these passed.
	{"C.F. RSSMRA72C15Z404J", "W04", "RSSMRA"},
	{"C.F. VRDLGU83D12L219X", "W04", "VRDLGU"},
	{"C.F. BNCLGU64M05F205H", "W04", "BNCLGU"},
	{"m.rossi@comune.paperopoli.it", "W04", "m.rossi"},
	{"mario.rossi@comune.paperopoli.it", "W04", "mario"},
	{"mario.rossi70@email.it", "W04", "mario"},
	{"anna.quacchi@mail.it", "W04", "anna"},
	{"pippo97@gmail.com", "W04", "pippo"},
	{"alice@comune.paperopoli.it", "W04", "alice"},
	{"http://10.20.30.40:8080/app", "W05", "10.20"},
	{"server 172.20.1.9, poi", "W05", "172"},
	{"ssh 192.168.20.7.", "W05", "192"},
	{"interfaccia 10.20.30.40/24", "W05", "10.20"},
	{"ping fd12:3456:789a:1::1", "W05", "fd12"},
	{"ping fe80::1ff:fe23:4567:890a%eth0", "W05", "fe80"},
	{"password: Gab8bian0!", "W05", "Gab8"},
	{"Password : sigla2019", "W05", "sigla"},
	{"- **Password**: `gabbiano`", "W05", "gabbiano"},
	{"pwd=gabbiano", "W05", "gabbiano"},
	{"db.password=gabbiano7", "W05", "gabbiano"},
	{"La password di accesso è: gabbiano7", "", ""}, // a sentence between the word and the value
	{"la password è gabbiano7.", "W05", "gabbiano"},
	{"The password is \"gabbiano\"", "W05", "gabbiano"},
	{"    POSTGRES_PASSWORD: gabbiano", "W05", "gabbiano"},
	{"dbPassword = \"gabbiano\"", "W05", "gabbiano"},
	{"'password' => 'gabbiano',", "W05", "gabbiano"},
	{"password: changeme", "W05", "changeme"},
	{"ADMIN_PASSWORD = os.environ.get(\"ADMIN_PASSWORD\", \"changeme\")", "W05", "changeme"},
	{"accesso con admin/admin", "W05", "admin/"},
	{"- **Password di default:** `G4BB1AN0`", "W05", "G4BB"},
	{"  * la password di default è '*admin*' e verrà chiesto di cambiarla", "W05", "admin"},
	{"driver.get(\"http://10.20.30.40:9090/#/login\")", "W05", "10.20"},
	{"utente con password \"gabbiano\"", "W05", "gabbiano"},
	{"(username: utente / password secret1!)", "W05", "secret1"},
	{"curl -u admin:admin http://localhost", "W05", "admin:"},
	{"utente `admin` / `password`", "W05", "admin`"},
	{"postgres://kit:gabbiano@db.paperopoli.it/kit", "W05", "gabbiano"},
	{"postgres://kit:changeme@localhost/kit", "W05", "changeme"},
	{"client_secret: 9f8e7d6c5b4a39281706f5e4", "W05", "9f8e"},
	{"API_KEY=Zk3vQ9tLw2Xr7Bn5Yc8D", "W05", "Zk3v"},
	{"export T=ghp_" + strings.Repeat("a1B2c3", 6), "W05", "ghp_"},
	{"github_pat_" + strings.Repeat("a1B2c3", 6), "W05", "github"},
	{"glpat-a1B2c3d4E5f6g7H8i9J0", "W05", "glpat"},
	{"xoxb-123456789012-abcdefABCDEF", "W05", "xoxb"},
	{"aws AKIA" + "QWERTYUIOPASDFGH", "W05", "AKIA"},
	{"Bearer eyJhbGciOiJIUzI1NiJ9.eyJrIjoiZ2FiYmlhbm8ifQ.c2lnbmF0dXJlLW9mLW5vYm9keS1hdC1hbGw", "W05", "eyJ"},
	{"-----BEGIN RSA PRIVATE " + "KEY-----\n" + strings.Repeat("MIIabc123", 9), "W05", "-----"},
}

func TestLint(t *testing.T) {
	for _, tc := range lintBad {
		text := "# Prova\n\nàèì " + tc.text + "\n"
		fs := Lint("README.md", text)
		if tc.code == "" {
			if len(fs) != 0 {
				t.Errorf("%q: %v", tc.text, fs)
			}
			continue
		}
		want := utf8.RuneCountInString("àèì "+tc.text[:max(0, strings.Index(tc.text, tc.place))]) + 1
		if len(fs) != 1 || fs[0].Code != tc.code || fs[0].Line != 3 || fs[0].Column != want || fs[0].Severity != schema.Warning || fs[0].File != "README.md" {
			t.Errorf("%q: %v, want %s at 3:%d", tc.text, fs, tc.code, want)
		}
		checkLint(t, text)
	}
}

// Each of these was found in a real file, or is near to one, and says nothing that anybody could use.
func TestLintLeavesTheRest(t *testing.T) {
	for _, text := range []string{
		// prose about passwords
		"Se hai la password dimenticata clicca qui", "password: obbligatoria", "password: la password dell'utente", "Password: minimo otto caratteri", "La password è obbligatoria e scade",
		"Cambiare la password: andare in Profilo", "| `REDIS_PASSWORD` | Redis-Passwort |", "password - secret - token", "Di seguito le istruzioni per modificare la password:",
		"the password is required", "campo password \"obbligatorio\"", "con password dimenticata", "chown root:root /var/log", "utente / password", "login con password `secure`", "la password è cifrata con SHA256 nel database", "SMTP_PASSWORD: the smtp password to use", "password reset token: see docs",
		// placeholders
		"password: <password>", "password=${DB_PASSWORD}", "password: $PASSWORD", "PASSWORD={{ password }}", "password=%PASSWORD%", "pwd: xxxxxxxx", "password: ********", "password: '...'", "DB_PASSWORD=sua_senha", "DB_PASSWORD=你的MySQL密码", "non deve tornare alla password di default.", "la password di default: http://paperopoli.it",
		"password: your_password", "DB_PASS=YOUR_PASSWORD_HERE", "'password' => 'DB_PASSWORD_HERE',", "pwd: \"thatpassword\"", "password: [la tua password]", "password: \"\"", "SMTP_PASS=", "smtp_password=password",
		"secret = \"yoursecret\"", "client_secret: 'your_client_secret'", "API_KEY=...", "token: abc", "clientSecret: 5a5d50-example-c867b6efcf969bdcc6a2", "DB_PASS=$(openssl rand -base64 16)",
		"postgres://user:password@host:5432/db", "postgres://<user>:<password>@host/db", "https://proxy:${POSTGRES_PASSWORD}@postgres/db", "AKIAIOSFODNN7EXAMPLE", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
		"-----BEGIN PRIVATE " + "KEY-----\n...\n-----END PRIVATE KEY-----", "-----BEGIN CERTIFICATE-----\n" + strings.Repeat("MIIabc123", 9), "eyJhbGciOiJFUzI1NiJ9.stub.sig",
		// code
		"password = Input::post('password')", "if password == ADMIN_PASSWORD:", "async def login(username: str, password: str):", "password: string;", "password: Optional[str] = None", "secret_key=SESSION_SECRET",
		"$databasePassword = $_ENV['DB_PASSWORD'];", "password_hash: gabbiano99", "password = form.password", "tokenizer: unicode61mixed77x99", "?token=${token}", "https://x.paperopoli.it/admin/admin/logentry/",
		// addresses of nobody's network
		"10.0.0.0/8", "allow 192.168.0.0/16;", "172.16.0.0/12", "10.20.30.0", "127.0.0.1", "0.0.0.0", "8.8.8.8", "192.168.1.10", "192.168.0.254", "10.0.2.2", "172.17.0.1", "169.254.169.254", "fd00::/8", "fe80::1", "versione 10.2.0.4",
		"Oracle 10.2.0.4", "1.10.20.30.40", "10.20.30", "10.20.30.400", "v10.20.30.40", "00:1a:fd:12:34:56", "std::fd",
		// offices, examples, accounts
		"protocollo@comune.paperopoli.it", "oracop@regione.paperopoli.it", "Per informazioni Portale Paperonda: paperonda@arpa.paperopoli.it", "tutela.acque@regione.paperopoli.it", "sita@regione.paperopoli.it", "m.rossi@comune.example.it", "mario.rossi@esempio.it", "mario.rossi@test", "giuseppe.verdi@localhost", "mario.rossi@email.it", "john.doe@email.com", "pippo@gmail.com", "john.doe@gmail.com", "termine@musterstadt.de", "git clone ssh://gedeone@git.paperopoli.it/kit", "gedeone@git.paperopoli.it:/srv/kit",
		"333 1234567", "+39 340 1111111", "cell. 3470000000", "CF RSSMRA80A01H501U", "cf rssmra85t10a562s", "PPRGDN80A01H501P", "030 1234567", "partita IVA 03478812904",
	} {
		if fs := Lint("README.md", "# Prova\n\n"+text+"\n"); len(fs) != 0 {
			t.Errorf("%q: %v", text, fs)
		}
	}
	if fs := Lint("README.md", "# Paperonda: le onde del lago\n\npaperonda@arpa.paperopoli.it"); len(fs) != 0 {
		t.Errorf("the mailbox of the product is taken for a person's: %v", fs)
	}
}

// About one in five of the mailboxes found in real files was once the role's of somebody abroad.
func TestRolesInOtherLanguages(t *testing.T) {
	for role := range strings.FieldsSeq(`info kontakt datenschutz informatik verwaltung poststelle rathaus buergerbuero pressestelle bauamt stadtverwaltung beratung termine
		mairie accueil contact secretariat informatique communication mediatheque soporte informacion secretaria ayuntamiento atencion contacto desarrollo
		suporte ouvidoria prefeitura contato gemeente servicedesk klantenservice informatie registrator kundservice postmottak kirjaamo biuro podatelna ajuntament
		office support helpdesk security press events training careers enquiries hello dpo rup areasviluppo protocollogenerale urpsim help.cse info-kit kit_support ufficio.tecnico`) {
		if PersonalMail(role + "@paperopoli.eu") {
			t.Errorf("%s is a role", role)
		}
	}
	for name := range strings.FieldsSeq(`gedeone.paperone g.paperone paperone villella.anna postiglione.m geraldine.duck hallstadter barbara.camarda morettini.rita boardman.k orderson.j gedeone.consiglio g.giunta bandi.mario mario.pesca ville.virtanen`) {
		if !PersonalMail(name + "@paperopoli.eu") {
			t.Errorf("%s is a person's name", name)
		}
	}
}

// What was found must not stand in what is told of it.
func TestLintTellsNoSecret(t *testing.T) {
	for _, tc := range lintBad {
		value := tc.text
		for _, l := range Find(value) {
			secret := value[l.From:l.To]
			shown := string([]rune(secret)[:2])
			for _, f := range Lint("x", value) {
				for _, s := range []string{f.Message.It, f.Message.En, f.Hint.It, f.Hint.En} {
					if strings.Contains(s, string([]rune(secret)[:min(len([]rune(secret)), 7)])) {
						t.Errorf("%q tells %q", s, secret)
					}
				}
				if l.Kind != leakKey && len(secret) >= 6 && !strings.HasSuffix(f.Message.It, "«"+shown+"…»") {
					t.Errorf("%q does not help to find it", f.Message.It)
				}
			}
		}
	}
}

func TestLintTellsAValueOnce(t *testing.T) {
	fs := Lint("x", strings.Repeat("g.paperone@paperopoli.it, G.Paperone@paperopoli.it\n", 3)+"password: gabbiano7\n")
	if len(fs) != 2 || fs[0].Line != 1 || !strings.Contains(fs[0].Message.It, "altre 5 volte") || !strings.Contains(fs[0].Message.En, "5 more times") || fs[1].Line != 4 {
		t.Errorf("%v", fs)
	}
	if fs := Lint("x", "g.paperone@paperopoli.it g.paperone@paperopoli.it"); len(fs) != 1 || !strings.Contains(fs[0].Message.It, "un'altra volta") {
		t.Errorf("%v", fs)
	}
	var many strings.Builder
	for i := range 50 {
		many.WriteString("g.pap" + strings.Repeat("n", i) + "@paperopoli.it\n")
	}
	fs = Lint("x", many.String())
	if last := fs[len(fs)-1]; len(fs) != MaxLintValues+1 || last.Line != MaxLintValues+1 || !strings.Contains(last.Message.It, "altri 30 valori") {
		t.Errorf("%d findings, %v", len(fs), fs[len(fs)-1])
	}
}

// checkLint asks what must be true of the findings of any text.
func checkLint(t *testing.T, text string) {
	t.Helper()
	text = text[:min(len(text), MaxLintText)]
	lines := strings.Split(text, "\n")
	end := 0
	for _, l := range Find(text) {
		if l.From < end || l.To <= l.From || l.To > len(text) {
			t.Fatalf("a Leak from %d to %d after %d in %d bytes", l.From, l.To, end, len(text))
		}
		end = l.To
	}
	fs := Lint("x.md", text)
	if len(fs) > 2*(MaxLintValues+1) {
		t.Errorf("%d findings", len(fs))
	}
	for _, f := range fs {
		if f.Line < 1 || f.Line > len(lines) || f.Column < 1 || f.Column > utf8.RuneCountInString(lines[f.Line-1]) {
			t.Errorf("%v is outside of the text", f)
		}
		if f.Message.It == "" || f.Message.En == "" || f.Hint.It == "" || f.Hint.En == "" || f.Code != "W04" && f.Code != "W05" {
			t.Errorf("%+v", f)
		}
	}
}

func FuzzLint(f *testing.F) {
	for _, tc := range lintBad {
		f.Add(tc.text)
	}
	for _, s := range []string{"password:password:password:", "è password è è", "://a:b@c ://a:@b", "-----BEGIN -----BEGIN PRIVATE KEY-----", "10.1.1.1.10.1.1.1", "fe80::::", "admin/admin/admin:admin", "\xffpassword=\xff", "eyJ.eyJ.eyJ", "a@b.it:pw@c.it"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkLint(t, s) })
}

// hostileLint are units of texts of which every byte may begin something.
var hostileLint = map[string]string{
	"prose": "Il Comune mette a disposizione degli enti il kit (versione 2.1 del 2021), vedi https://www.paperopoli.it/kit per i documenti. ", "mail": "gedeone.paperone@gmail.com ",
	"password": "password", "assigned": "password: gabbiano7\n", "blanks": "password" + strings.Repeat(" ", 100), "users": "://a:", "keys": "-----BEGIN ", "admin": "admin/", "tokens": "eyJhbGciOiJIUzI1NiJ9.",
	"hex": "fd:", "addresses": "10.20.30.40 ", "word": "a", "names": "Anna Quacchi q@paperopoli.it ", "headings": "# [", "line": "\nname:",
}

// A text that is hostile in any of these ways takes its length in time. If it were the square of it, this would be hours, which
// the time limit of go test ends; how fast it is, the benchmark says.
func TestLintIsLinear(t *testing.T) {
	for name, unit := range hostileLint {
		text := strings.Repeat(unit, (512<<10)/len(unit))
		t.Log(name)
		Lint("x", text)
	}
}

func BenchmarkLint(b *testing.B) {
	for name, unit := range hostileLint {
		text := strings.Repeat(unit, (256<<10)/len(unit))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Lint("x", text)
			}
		})
	}
}
