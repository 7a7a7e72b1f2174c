package privacy

import "strings"

// usualTLDs are the endings of domains that are believed where something speaks against a mail address: that it goes on
// with the next line, or that the ending of a file follows. Mailboxes of Italian bodies hardly have others.
var usualTLDs = words(`it eu com org net gov edu info biz name fr de es at ch uk sm va`)

// fileEndings are those endings that a file may have whose name is a mail address.
var fileEndings = words(`png jpg jpeg gif tif tiff pdf p7m doc docx odt rtf xls xlsx ods ppt pptx odp eml msg vcf json xml html htm txt md csv zip 7z rar tar gz tgz log bak mp3 mp4`)

func fileEnding(tld string) bool { return fileEndings[tld] }

// domainOfFile gives the domain with which the name of a file begins, behind the @ of "nome.cognome@ente.it.txt"; "" where
// there is none: "icon@2x.png" is a file and no address.
func domainOfFile(name string) string {
	for {
		dot := strings.LastIndexByte(name, '.')
		if dot <= 0 {
			return ""
		}
		last := strings.ToLower(name[dot+1:])
		if usualTLDs[last] {
			return name
		}
		if !fileEnding(last) {
			return ""
		}
		name = name[:dot]
	}
}

// wrappedDomain gives the domain that begins at start and goes on with the next line, as a narrow column breaks it: behind
// the @, a dot or a hyphen, or before a dot. end is where it ends in the text. What follows must be in lower case and end
// as domains usually do, so that the end of a sentence is none.
func wrappedDomain(s string, start int) (domain string, end int) {
	i := start
	for i < len(s) && i-start < maxDomain && domainByte(s[i]) {
		i++
	}
	j := skipBlanks(s, i)
	if j < len(s) && s[j] == '\r' {
		j++
	}
	if j >= len(s) || s[j] != '\n' {
		return "", start
	}
	j = skipBlanks(s, j+1)
	k := j
	for k < len(s) && k-j < maxDomain && domainByte(s[k]) && (s[k] < 'A' || s[k] > 'Z') {
		k++
	}
	if k < len(s) && alnum(s[k]) {
		return "", start
	}
	for k > j && (s[k-1] == '.' || s[k-1] == '-') {
		k--
	}
	head, rest := s[start:i], s[j:k]
	broken := head == "" || strings.HasSuffix(head, ".") || strings.HasSuffix(head, "-") || strings.HasPrefix(rest, ".")
	if !broken || rest == "" || strings.HasPrefix(rest, "www.") || strings.HasSuffix(head, ".") && strings.HasPrefix(rest, ".") {
		return "", start
	}
	domain = head + rest
	if domainEnd(domain, 0) != len(domain) || !usualTLDs[strings.ToLower(domain[strings.LastIndexByte(domain, '.')+1:])] {
		return "", start
	}
	return domain, k
}

func domainByte(c byte) bool { return alnum(c) || c == '.' || c == '-' }

func skipBlanks(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t') {
		i++
	}
	return i
}
