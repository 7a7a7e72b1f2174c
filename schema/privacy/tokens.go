package privacy

import (
	"encoding/base64"
	"encoding/json"
	"strings"
)

const (
	maxToken   = 4_096 // bytes of a token
	minKeyBody = 64    // base64 characters that make of a header a private key
	keyWindow  = 160   // bytes after the header in which they stand
	maxUser    = 128   // bytes of user:password in a URL
)

// tokenShapes are the keys that services mark with a prefix of their own, so that they are known wherever they turn up.
var tokenShapes = [...]struct {
	prefix   string
	min, max int // characters after the prefix
	upper    bool
}{
	{"AKIA", 16, 16, true}, {"ASIA", 16, 16, true}, // Amazon
	{"ghp_", 36, 255, false}, {"gho_", 36, 255, false}, {"ghu_", 36, 255, false}, {"ghs_", 36, 255, false}, {"ghr_", 36, 255, false}, // GitHub
	{"github_pat_", 22, 255, false},
	{"glpat-", 20, 255, false}, {"gldt-", 20, 255, false}, {"glrt-", 20, 255, false}, // GitLab
	{"xoxb-", 20, 255, false}, {"xoxp-", 20, 255, false}, {"xoxa-", 20, 255, false}, {"xoxr-", 20, 255, false}, {"xoxs-", 20, 255, false}, // Slack
	{"AIza", 35, 35, false},                                    // Google
	{"sk_live_", 24, 255, false}, {"rk_live_", 24, 255, false}, // Stripe
	{"npm_", 36, 36, false},
}

// findTokens gives the places of keys of known shapes, of signed tokens (JWT), of private keys, and of passwords in URLs.
func findTokens(text string, found func(from, to int, kind Kind) bool) {
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case strings.HasPrefix(text[i:], "-----BEGIN "):
			if to := privateKey(text, i); to > i && !found(i, to, leakKey) {
				return
			}
			i += len("-----BEGIN ")
		case strings.HasPrefix(text[i:], "://"):
			if from, to := urlPassword(text, i+3); to > 0 && !found(from, to, kindOfPassword(text[from:to])) {
				return
			}
			i += 3
		case alnum(c):
			end := i + 1
			for end < len(text) && (alnum(text[end]) || text[end] == '_' || text[end] == '-' || text[end] == '.') {
				end++
			}
			if isToken(strings.TrimRight(text[i:end], ".-_")) && !found(i, end, leakToken) {
				return
			}
			i = end
		default:
			i++
		}
	}
}

// isToken knows the shapes of [tokenShapes] and of signed tokens.
func isToken(word string) bool {
	if len(word) < 20 || len(word) > maxToken {
		return false
	}
	for _, s := range tokenShapes {
		rest, ok := strings.CutPrefix(word, s.prefix)
		if !ok || len(rest) < s.min || len(rest) > s.max || strings.HasSuffix(rest, "EXAMPLE") {
			continue
		}
		return distinct(rest) >= 6 && (!s.upper || rest == strings.ToUpper(rest))
	}
	return signedToken(word)
}

// signedToken says whether a word is a JWT: a header that names an algorithm, a body, a signature (RFC 7519). The one
// with which the format is explained everywhere is not meant.
func signedToken(word string) bool {
	if !strings.HasPrefix(word, "eyJ") {
		return false
	}
	part := strings.Split(word, ".")
	if len(part) != 3 || len(part[2]) < 20 || strings.Contains(part[1], "c3ViIjoiMTIzNDU2Nzg5MCI") {
		return false
	}
	data, err := base64.RawURLEncoding.DecodeString(part[0])
	var head struct {
		Alg string `json:"alg"`
	}
	return err == nil && json.Unmarshal(data, &head) == nil && head.Alg != ""
}

// distinct counts the different bytes of a word: "xxxxxxxx" is no key.
func distinct(s string) int {
	var seen [256]bool
	n := 0
	for i := range len(s) {
		if !seen[s[i]] {
			seen[s[i]] = true
			n++
		}
	}
	return n
}

// privateKey gives the end of the header of a private key that begins at i and has a body, or i.
func privateKey(text string, i int) int {
	line := text[i:min(len(text), i+keyWindow)]
	end := strings.Index(line, "PRIVATE KEY-----")
	if end < 0 || strings.ContainsAny(line[:end], "\n\"") {
		return i
	}
	end += i + len("PRIVATE KEY-----")
	body := 0
	for _, c := range []byte(text[end:min(len(text), end+keyWindow)]) {
		switch {
		case alnum(c) || c == '+' || c == '/':
			body++
		case c == '.' || c == '<':
			return i // left out
		}
	}
	if body < minKeyBody {
		return i
	}
	return end
}

// urlPassword finds the password of user:password@host after "://"; to is 0 when there is none that is one.
func urlPassword(text string, at int) (from, to int) {
	colon := -1
	for i := at; i < len(text) && i-at < maxUser; i++ {
		switch c := text[i]; {
		case c == ':' && colon < 0:
			colon = i
		case c == '@':
			if colon <= at || i == colon+1 || i+1 >= len(text) || !alnum(text[i+1]) {
				return 0, 0
			}
			user, password := text[at:colon], text[colon+1:i]
			if isPlaceholder(password) || isPlaceholder(user) && !wellKnown(password) {
				return 0, 0
			}
			return colon + 1, i
		case c <= ' ' || strings.IndexByte("/?#\"'`<>(){}[]|\\$,;", c) >= 0:
			return 0, 0
		}
	}
	return 0, 0
}
