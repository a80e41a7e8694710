#!/bin/sh
# Builds the course of hard cases into a folder, twice: the same bytes must come out.
# Usage: build_hard.sh TANDEM SOURCE_FOLDER OUT
set -eu
tandem=$1 source=$2 out=$3
rm -rf "$out" "$out.course" "$out.again"
mkdir -p "$out.course"
cp -R "$source/tests/xlsx/course/content" "$out.course/content"
cp -R "$source/templates" "$out.course/templates"
"$tandem" build --course "$out.course" --out "$out" 2>"$out.course/messages" || {
    cat "$out.course/messages" >&2
    exit 1
}
"$tandem" build --course "$out.course" --out "$out.again" --jobs 1 2>/dev/null
diff -r "$out" "$out.again"
test "$(find "$out" -name '*.xlsx' | wc -l)" -ge 15
