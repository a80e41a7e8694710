#!/bin/sh
# What the system can do to a build: no room, no folder, a folder in the way. Exit code 3, a message,
# and nothing half-written. Usage: system.sh TANDEM PROJECT
set -eu
tandem=$1
project=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

expect() { # CODE WORDS COMMAND…
    want=$1
    words=$2
    shift 2
    code=0
    "$@" >"$work/said" 2>&1 || code=$?
    if [ "$code" != "$want" ] || ! grep -q -- "$words" "$work/said"; then
        echo "expected $want and '$words', got $code:" >&2
        cat "$work/said" >&2
        exit 1
    fi
}

# A limit on the size of files stands in for a full disk.
expect 3 'cannot write' sh -c "ulimit -f 8; exec '$tandem' build --course '$project' --out '$work/full'"
[ -z "$(find "$work/full" -name '*.tmp')" ]
[ -z "$(find "$work/full" -type f -size -2c)" ]
[ ! -e "$work/full/manifest.json" ]
# A file where a folder should be.
mkdir "$work/way"
: >"$work/way/blank"
expect 3 'cannot write' "$tandem" build --course "$project" --out "$work/way"
# A folder where a file should be.
mkdir -p "$work/dir/blank/partnership-workbook.pdf"
expect 3 'cannot write' "$tandem" build --course "$project" --out "$work/dir"
[ -z "$(find "$work/dir" -name '*.tmp')" ]
# An out/ that cannot be made.
expect 3 'cannot write' "$tandem" build --course "$project" --out /proc/nowhere
# Wrong usage.
expect 2 "there is no 'workbok'" "$tandem" build --course "$project" --only workbok
expect 2 "there is no 'nobody'" "$tandem" build --course "$project" --participant nobody
expect 2 'unknown command' "$tandem" bild
expect 2 'no command' "$tandem"
expect 2 '--jobs takes' "$tandem" build --jobs 0
expect 2 'hint' "$tandem" build --colour
expect 1 'there is no course in' "$tandem" build --course "$work/nothing"
expect 0 'Usage' "$tandem" --help
# Mistakes in the sources: exit code 1, and out/ stays as it was.
cp -r "$project/content" "$project/templates" "$work"
printf '\n::: {.ratng}\n:::\n' >>"$work/content/modules/welcome.md"
expect 1 "did you mean '.rating'" "$tandem" build --course "$work"
[ ! -e "$work/out" ]
# A wrong answer stops the build, unless --keep-going builds the others.
cp -r "$project/content/modules/welcome.md" "$work/content/modules/welcome.md"
printf 'no-such-id: 1\n' >>"$(ls "$work"/content/answers/brandt-osei/2026-*.yml | head -1)"
expect 1 'no-such-id' "$tandem" build --course "$work"
[ ! -e "$work/out" ]
expect 1 'no-such-id' "$tandem" build --course "$work" --keep-going
[ -s "$work/out/okafor-lind/partnership-tracker.xlsx" ]
[ ! -e "$work/out/brandt-osei" ]
echo "the system's failures are told as such"
