#!/bin/sh
# The test of the test: a tracker with one wrong value must be noticed.
# Usage: poisoned.sh FOLDER
set -eu
here=$(dirname "$0")
/usr/bin/python3 "$here/poison.py" "$1/full-pair/tracker.xlsx" "$1/poisoned.xlsx"
exec /usr/bin/python3 "$here/compare_recalculated.py" --expect-difference "$1/poisoned.xlsx"
