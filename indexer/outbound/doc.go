// Package outbound is the one door through which riuso speaks to other people's servers.
//
// Addresses come from sources that anybody may propose, so whatever is asked of the network is hostile until shown
// otherwise: a name may resolve to a private address, a server may answer one byte a second, redirect for ever, or send
// without end. [New] gives an ordinary *http.Client on which none of that can be forgotten:
//
//   - only http and https, with no name or password inside the URL;
//   - the address is checked after the name is resolved, and the connection goes to the address that was checked, so
//     that a second answer of the DNS cannot differ ([ErrBlockedAddress]);
//   - redirects are counted, checked hop by hop like a first request, never go from https to http, and carry no
//     credential to another origin ([ErrRedirect]);
//   - every response is bounded in bytes ([ErrTooLarge]), in time ([ErrTimeout]) and by a least speed ([ErrTooSlow]);
//   - one host gets few requests at once and, if wished, none closer than an interval to the one before;
//   - the User-Agent says who we are and where to complain;
//   - an answer 429 or 503 has a Retry-After, the server's or one of ours that grows;
//   - the operator's tokens go to their own hosts only, and are never printed ([Tokens]).
//
// A proxy is used only where the operator names one ([NewProxy]): it resolves names where the check cannot see them, and
// [Config] says what is no longer sure then.
package outbound
