#!/bin/sh
# From an empty folder to a workbook and a tracker. Usage: new_course.sh TANDEM
set -eu
tandem=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$tandem" new "my course" >said
grep -q 'tandem build' said
cd "my course"
"$tandem" check 2>messages
if [ -s messages ]; then
    cat messages >&2
    exit 1
fi
"$tandem" build >/dev/null
for file in blank/workbook.pdf blank/workbook.letter.pdf blank/tracker.xlsx \
    sample-person/workbook.pdf sample-person/tracker.xlsx manifest.json; do
    [ -s "out/$file" ]
done
# A folder that is in use is left alone.
before=$(find . -type f | sort | xargs -d '\n' sha256sum | sha256sum)
code=0
"$tandem" new . 2>/dev/null || code=$?
[ "$code" = 2 ]
[ "$before" = "$(find . -type f | sort | xargs -d '\n' sha256sum | sha256sum)" ]
echo "a new course builds without a message"
