package site

import (
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// langPrefix is what stands before the paths of a language: nothing for Italian, "/en" for English.
func langPrefix(lang schema.Lang) string {
	if lang == schema.En {
		return "/en"
	}
	return ""
}

// langOfPath says in which language a path asks, also when it leads nowhere.
func langOfPath(path string) schema.Lang {
	if path == "/en" || strings.HasPrefix(path, "/en/") {
		return schema.En
	}
	return schema.It
}

// localPath gives the path of a page in a language; path is that of the Italian page.
func localPath(lang schema.Lang, path string) string {
	if lang == schema.It {
		return path
	}
	if path == "/" {
		return langPrefix(lang)
	}
	return langPrefix(lang) + path
}

// plainPath takes the prefix of the language away.
func plainPath(path string) string {
	if langOfPath(path) == schema.En {
		path = strings.TrimPrefix(path, "/en")
	}
	if path == "" {
		return "/"
	}
	return path
}
