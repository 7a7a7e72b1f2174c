package privacy

import (
	"net/netip"
	"strings"
)

const maxIPText = 45 // bytes of an address in its longest form

var (
	// usualRanges are addresses that tell nothing of anybody's network: machines give them to themselves (containers,
	// virtual machines, the metadata service of clouds), or they are what a router has when it leaves the box, and so what manuals use
	// as example.
	usualRanges = prefixes("172.17.0.0/16", "172.18.0.0/16", "10.0.2.0/24", "10.0.0.0/24", "10.10.10.0/24", "10.1.1.0/24", "192.168.0.0/23", "192.168.33.0/24", "192.168.56.0/24",
		"192.168.99.0/24", "192.168.122.0/24", "169.254.169.254/32", "10.96.0.0/16", "10.244.0.0/16")
	uniqueLocal = netip.MustParsePrefix("fc00::/7")
)

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// findPrivateAddresses gives the places of addresses of machines in internal networks: RFC 1918, link-local, and unique
// local ones of IPv6 (RFC 4193). The address of a network, its gateway (.1), one of a usual range, or what is a version
// number is none.
func findPrivateAddresses(text string, found func(from, to int, kind Kind) bool) {
	for i := 0; i < len(text); {
		if !hexOrColon(text[i]) {
			i++
			continue
		}
		end := i + 1
		for end < len(text) && (hexOrColon(text[end]) || text[end] == '.') {
			end++
		}
		from, to := i, end
		i = end
		if from > 0 && (alnum(text[from-1]) || strings.IndexByte("._-", text[from-1]) >= 0) || end < len(text) && (letterAt(text, end) || text[end] == '_') {
			continue
		}
		word := strings.TrimRight(text[from:to], ".:")
		if strings.Count(word, ".") == 3 { // a port may follow
			word, _, _ = strings.Cut(word, ":")
		}
		if len(word) < 7 || len(word) > maxIPText {
			continue
		}
		to = from + len(word)
		if isPrivate(word) && !isNetwork(word, text[to:]) && !versionNear(text, from) && !found(from, to, leakAddress) {
			return
		}
	}
}

func hexOrColon(c byte) bool { return digit(c) || c == ':' || c|0x20 >= 'a' && c|0x20 <= 'f' }

func isPrivate(word string) bool {
	a, err := netip.ParseAddr(word)
	if err != nil {
		return false
	}
	for _, p := range usualRanges {
		if p.Contains(a) {
			return false
		}
	}
	if a.Is4() {
		last := a.As4()[3]
		return (a.IsPrivate() || a.IsLinkLocalUnicast()) && last != 0 && last != 1 && last != 255
	}
	return uniqueLocal.Contains(a) || a.IsLinkLocalUnicast() && strings.Count(word, ":") >= 4
}

// isNetwork says that an address is followed by the length of a network's prefix and has nothing beyond it.
func isNetwork(word, after string) bool {
	if !strings.HasPrefix(after, "/") {
		return false
	}
	n := 1
	for n < len(after) && n < 4 && digit(after[n]) {
		n++
	}
	p, err := netip.ParsePrefix(word + after[:n])
	return err == nil && p.Masked().Addr() == p.Addr() && !p.IsSingleIP()
}

// versionNear says that a word before a number makes it the version of a program.
func versionNear(text string, from int) bool {
	before := strings.ToLower(text[max(0, from-nearBytes):from])
	for _, w := range [...]string{"version", " ver.", " rel.", "release", "oracle", " v. "} {
		if strings.Contains(before, w) {
			return true
		}
	}
	return false
}
