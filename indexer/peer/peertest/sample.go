package peertest

import (
	"fmt"
	"time"
)

// Sample makes n entries with a publiccode.yml each, all of them different and always the same.
func Sample(n int) []Software {
	start := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	out := make([]Software, n)
	for i := range out {
		at := start.Add(time.Duration(i) * time.Hour)
		url := fmt.Sprintf("https://git.example.it/ente-%d/servizio-%d", i%97, i)
		out[i] = Software{ID: fmt.Sprintf("00000000-0000-4000-8000-%012d", i), URL: url, Aliases: []string{url + ".git"}, Active: i%10 != 9,
			PublicCode: fmt.Sprintf("publiccodeYmlVersion: \"0.4\"\nname: Servizio %d\nurl: %s\ndescription:\n  it:\n    shortDescription: Uno di tanti servizi\n", i, url),
			CreatedAt:  at, UpdatedAt: at}
	}
	return out
}
