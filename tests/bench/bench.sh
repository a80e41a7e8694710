#!/bin/sh
# Benchmarks of the whole program: wall time, memory, sizes. Not a test: nothing passes or fails.
# Usage: bench.sh [TANDEM]   (default: build/tandem). Each figure is the median of several runs.
set -eu
cd "$(dirname "$0")/../.."
tandem=$(realpath "${1:-build/tandem}")
work=$(mktemp -d -p "${TMPDIR:-/tmp}")
trap 'rm -rf "$work"' EXIT

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
# Wall seconds of a command, median of N runs.
wall() { # N COMMAND…
    n=$1
    shift
    for _ in $(seq "$n"); do
        start=$(date +%s.%N)
        "$@" >/dev/null
        end=$(date +%s.%N)
        echo "$start $end" | awk '{ printf "%.4f\n", $2 - $1 }'
    done | median
}
memory() { /usr/bin/python3 -c '
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)' "$@"; }

/usr/bin/python3 tests/bench/many.py . "$work/one" 1
sed -i 's/paper: \[a4, letter\]/paper: [a4]/' "$work/one/content/course.yml"
rm -r "$work/one/content/answers"
echo "one cold workbook (A4, blank):      $(wall 15 "$tandem" build --course "$work/one" --only partnership-workbook --jobs 1) s"
echo "one cold tracker (blank):           $(wall 15 "$tandem" build --course "$work/one" --only partnership-tracker --jobs 1) s"
echo "loading and checking alone:         $(wall 15 "$tandem" check --course "$work/one") s"
ls -l "$work/one/out/blank" | awk 'NR > 1 { print "size of " $9 ": " $5 " bytes" }'
for count in 50 200 400; do
    /usr/bin/python3 tests/bench/many.py . "$work/$count" $count
    # One copy a participant, as in the aim: each for one respondent, on one paper.
    sed -i 's/paper: \[a4, letter\]/paper: [a4]/; s/each: respondent/each: participant/' \
        "$work/$count/content/course.yml"
    run="$tandem build --course $work/$count --only partnership-workbook --jobs 1"
    # shellcheck disable=SC2086 # words without spaces
    echo "$count copies on one core:            $(wall 3 $run) s, peak memory $(memory $run) MB"
done
run="$tandem build --course $work/200 --only partnership-tracker --jobs 1"
# shellcheck disable=SC2086
echo "200 trackers on one core:           $(wall 3 $run) s"
