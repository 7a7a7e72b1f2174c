#!/usr/bin/env bash
# Checks what a pull request changes in a catalogue or kit: annotations on the standard output, one summary for people.
#   CHECK_PATH       folder of the catalogue or kit, inside a Git checkout that has its history
#   CHECK_BASE       commit that the request starts from; CHECK_HEAD, its last commit. Without them, or without a common
#                    ancestor, everything is checked
#   CHECK_FAIL_ON    error or warning; CHECK_LANG, it or en; CHECK_IPA_CODES, a file of the repository, or empty
#   GITHUB_STEP_SUMMARY  where the summary goes; without it, nowhere
# Exit code: that of "riuso check". Names of files and branches come from strangers: they are passed as words, parted by NUL,
# and never written into a command or into the log.
set -euo pipefail
export LC_ALL=C

readonly max_folders=200      # more changed kits than this, and everything is checked: a command line has its bounds
readonly max_summary=900000   # bytes; the forge refuses a summary of more than a mebibyte

say() { if [[ "${CHECK_LANG:-it}" == en ]]; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi; }

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

cd -- "${CHECK_PATH:-.}"
below="$(git rev-parse --show-prefix)" # "" at the root of the repository, else the folder with a slash behind it
below="${below%/}"
cd -- "$(git rev-parse --show-toplevel)" # annotations carry paths from here
root="${below:-.}"

# is_commit says whether a name is a whole commit id that this checkout has.
is_commit() { [[ "$1" =~ ^[0-9a-f]{40,64}$ ]] && git cat-file -e "$1^{commit}" 2>/dev/null; }

# home gives in $found the outermost folder on the way to a file that holds a kit, or "" when that is the whole catalogue:
# what lies deeper is part of that kit. A link is not followed.
home() {
  local rest="$1" name
  found="$below"
  if [[ -n "$below" ]]; then rest="${rest#"$below"/}"; fi
  while [[ "$rest" == */* ]]; do
    found="${found:+$found/}${rest%%/*}"
    rest="${rest#*/}"
    if [[ -L "$found" ]]; then break; fi
    for name in kit.md publiccode.yml publiccode.yaml; do
      if [[ -f "$found/$name" ]]; then return; fi
    done
  done
  found=""
}

everything=yes
folders=()
base="${CHECK_BASE:-}" head="${CHECK_HEAD:-}"
if is_commit "$base" && is_commit "$head" &&
  git --literal-pathspecs diff -z --name-only --no-renames --no-ext-diff "$base...$head" -- "$root" >"$work/changed" 2>/dev/null; then
  everything=no
  declare -A seen=()
  while IFS= read -r -d '' file; do
    home "$file"
    if [[ -z "$found" ]]; then
      everything=yes # a file of the catalogue itself, or of a kit that is there no longer: others may point at it
      break
    fi
    if [[ -z "${seen[$found]:-}" ]]; then
      seen[$found]=1
      folders+=("$found")
    fi
  done <"$work/changed"
  if ((${#folders[@]} > max_folders)); then everything=yes; fi
fi
if [[ "$everything" == yes ]]; then folders=("$root"); fi

if ((${#folders[@]} == 0)); then
  say 'Nessun kit e nessun file del catalogo è cambiato.' 'No kit and no file of the catalogue changed.' | tee -a "${GITHUB_STEP_SUMMARY:-/dev/null}"
  exit 0
fi

options=(--lang "${CHECK_LANG:-it}" --fail-on "${CHECK_FAIL_ON:-error}")
if [[ -n "${CHECK_IPA_CODES:-}" ]]; then options+=(--ipa-codes "$CHECK_IPA_CODES"); fi

status=0
riuso check --format github "${options[@]}" -- "${folders[@]}" || status=$?
if ((status > 1)); then exit "$status"; fi # badly called: there is nothing to sum up

# The second reading is the same as the first, written for people; its exit code says nothing new.
riuso check --format summary "${options[@]}" -- "${folders[@]}" >"$work/summary" || (($? == 1))
if [[ "$(wc -c <"$work/summary")" -gt $max_summary ]]; then
  head -c "$max_summary" "$work/summary" >"$work/short"
  { cat "$work/short"; echo; say '… il resto è nelle annotazioni.' '… the rest is in the annotations.'; } >"$work/summary"
fi
# What files say of themselves must not become links, images or tags on the page of the forge.
sed -e 's/[][\\`*_<>()!|~$&@#]/\\&/g' "$work/summary" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
exit "$status"
