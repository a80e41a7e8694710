#!/bin/sh
# Benchmarks of the whole program beside its peers. See README.md here.
# Usage: bench.sh [TANDEM] [--no-peers]   (default: build/tandem)
set -eu
here=$(realpath "$(dirname "$0")")
tandem=$here/../../build/tandem
peers=--peers
for word in "$@"; do
    case $word in
    --no-peers) peers= ;;
    *) tandem=$word ;;
    esac
done
tandem=$(realpath "$tandem")
work=$(mktemp -d -p "${TMPDIR:-/tmp}")
trap 'rm -rf "$work"' EXIT
cd "$work"
if [ -n "$peers" ]; then
    npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error \
        @myriaddreamin/typst-ts-node-compiler@0.7.0 exceljs@4.4.0 >/dev/null || {
        echo "bench.sh: the peers cannot be had from npm; measuring without them" >&2
        peers=
    }
fi
# shellcheck disable=SC2086 # empty, or one word
/usr/bin/python3 "$here/bench.py" "$tandem" "$work/courses" $peers
