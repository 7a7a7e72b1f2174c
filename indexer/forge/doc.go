// Package forge lists the repositories of an organisation, a group or a user on GitHub, GitLab, Gitea and Forgejo, or of
// a whole GitLab or Gitea of one's own, from the URL that a person would open. It only lists: no repository is visited.
//
// A listing decides what a catalogue goes on to visit, and what it takes for gone, so a short one is never passed off as
// whole. Whatever ends the reading early (a limit, a rate limit, a page that fails after others came, a list that moved
// meanwhile) gives [Listing.Partial] with its reason; an answer that is not a list at all (nothing, null, a web page)
// is [ErrBadAnswer] and never an owner with no repositories.
//
// # How nothing changed is known
//
// [Listing.Mark] holds a digest of what was listed and, where the server gave one with each page, every page's ETag.
// The next listing asks each page on its condition, the last page first: new repositories come there, and what was made
// last changes most. Only when all pages answer 304 is the listing unchanged. One page would not be enough: the
// first page of those pushed last proves that nothing was pushed, but not that nothing was deleted, archived or renamed
// further down. Pages are cut in the order of creation, so a push moves no repository from one page to another, and a
// page that is full is always followed by one more, even empty, whose ETag is kept as well: a repository that comes
// after the last one cannot hide behind a page that stays as it is. On GitHub a 304 costs nothing of the rate limit to
// those who ask with a token. Where pages have no ETag (Gitea, a whole GitLab) the digest tells, once all was read.
//
// A repository deleted while the pages are read makes those after it move up by one, and one may be missed. Where the
// server says how many there are (GitLab, Gitea) that gives a partial listing; on GitHub the ETags of pages read before
// and after do not match the next time, and that listing is made anew.
//
// # What is not trusted
//
// Every answer is bounded in bytes and every listing in pages and repositories; the address of the next page is made
// here and never taken from a Link header; the address of a repository is made from the server that was asked and the
// repository's full name, so a listing cannot name other people's servers. Tokens go to the server they are for, over
// https or to loopback, never after a redirect elsewhere, and no text of a server enters an error.
package forge
