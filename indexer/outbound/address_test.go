package outbound

import (
	"net/netip"
	"testing"
)

func TestAllowedAddresses(t *testing.T) {
	for _, c := range []struct {
		addr string
		want bool
	}{
		{"93.184.216.34", true}, {"2606:2800:220:1::1", true}, {"::ffff:93.184.216.34", true},
		{"127.0.0.1", false}, {"127.255.255.254", false}, {"::1", false}, {"::", false}, {"0.0.0.0", false}, {"0.1.2.3", false},
		{"10.1.2.3", false}, {"172.16.0.1", false}, {"172.31.255.255", false}, {"192.168.1.1", false}, {"fd00::1", false},
		{"169.254.169.254", false}, {"fe80::1", false}, {"fe80::1%eth0", false}, {"2606:2800:220:1::1%eth0", false},
		{"100.64.0.1", false}, {"100.127.255.255", false}, {"100.128.0.1", true},
		{"224.0.0.1", false}, {"ff02::1", false}, {"255.255.255.255", false}, {"240.0.0.1", false}, {"198.18.0.1", false},
		{"::ffff:127.0.0.1", false}, {"::ffff:10.0.0.1", false}, {"::ffff:169.254.169.254", false}, {"::127.0.0.1", false},
		{"64:ff9b::7f00:1", false}, {"2002:7f00:1::1", false}, {"2001:db8::1", false}, {"fec0::1", false},
	} {
		if got := allowed(netip.MustParseAddr(c.addr), nil); got != c.want {
			t.Errorf("allowed(%s) = %v, want %v", c.addr, got, c.want)
		}
	}
	allow := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for addr, want := range map[string]bool{"10.9.8.7": true, "::ffff:10.9.8.7": true, "fd00::7": true, "192.168.0.1": false, "127.0.0.1": false} {
		if got := allowed(netip.MustParseAddr(addr), allow); got != want {
			t.Errorf("with AllowNet, allowed(%s) = %v, want %v", addr, got, want)
		}
	}
	if allowed(netip.Addr{}, allow) {
		t.Error("no address at all is allowed")
	}
}

func FuzzAllowedMappedIsTheSame(f *testing.F) {
	f.Add(byte(127), byte(0), byte(0), byte(1))
	f.Add(byte(8), byte(8), byte(8), byte(8))
	f.Fuzz(func(t *testing.T, a, b, c, d byte) {
		four := netip.AddrFrom4([4]byte{a, b, c, d})
		six := netip.AddrFrom16(four.As16())
		if allowed(four, nil) != allowed(six, nil) {
			t.Errorf("%s and %s are judged differently", four, six)
		}
	})
}
