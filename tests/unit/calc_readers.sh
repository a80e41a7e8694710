#!/bin/sh
# Expressions, by hand and at random: the evaluator against LibreOffice, node and MuPDF. The comparison must
# also find one wrong value when it is told one.
# Usage: calc_readers.sh TEST_CALC_PRINT
set -eu
here=$(dirname "$0")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$1" write "$folder" 1000
node "$here/calc_scripts.js" "$folder"
mutool run "$folder/flat.js" | tee "$folder/mujs.log"
grep -q ' 0 differ' "$folder/mujs.log"
/usr/bin/python3 "$here/calc_formulas.py" "$folder"
if /usr/bin/python3 "$here/calc_formulas.py" "$folder" --poison >/dev/null; then
    echo "a wrong value was not found" >&2
    exit 1
fi
