#!/usr/bin/env bash
# Installs riuso into the runner's temporary folder and puts it on the path of the steps that follow.
#   RIUSO_SOURCE   a checkout of the program's repository: the one that this action comes from
#   RIUSO_VERSION  a released version to install instead, or empty
set -euo pipefail

bin="${RUNNER_TEMP:?}/riuso-bin"
mkdir -p "$bin"
export GOBIN="$bin" CGO_ENABLED=0
if [[ -z "${RIUSO_VERSION:-}" ]]; then
  cd "${RIUSO_SOURCE:?}"
  go install ./cmd/riuso
elif [[ "$RIUSO_VERSION" =~ ^[A-Za-z0-9][A-Za-z0-9._/-]*$ ]]; then
  go install "github.com/open-community-pa/riuso/cmd/riuso@$RIUSO_VERSION"
else
  echo "riuso-version is not the name of a version" >&2
  exit 2
fi
printf '%s\n' "$bin" >>"${GITHUB_PATH:?}"
