#!/bin/sh
# Expressions, by hand and at random: the evaluator against LibreOffice and node. The comparison must
# also find one wrong value when it is told one.
# Usage: calc_readers.sh TEST_CALC_PRINT
set -eu
here=$(dirname "$0")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$1" write "$folder" 1000
node "$here/calc_scripts.js" "$folder"
/usr/bin/python3 "$here/calc_formulas.py" "$folder"
if /usr/bin/python3 "$here/calc_formulas.py" "$folder" --poison >/dev/null; then
    echo "a wrong value was not found" >&2
    exit 1
fi
