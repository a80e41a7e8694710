#!/bin/sh
# The same sources give the same bytes: another folder, another time zone and language, another
# number of threads, only some of the participants. Usage: same_bytes.sh TANDEM PROJECT
set -eu
tandem=$1
project=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/one" "$work/another place/deeper"
cp -r "$project/content" "$project/templates" "$work/one"
cp -r "$project/content" "$project/templates" "$work/another place/deeper"
TZ=UTC LC_ALL=C "$tandem" build --course "$work/one" --jobs 1 >/dev/null
sleep 1.1 # a clock's second in a file would show
TZ=Asia/Tokyo LC_ALL=de_DE.UTF-8 LANGUAGE=de "$tandem" build --course "$work/another place/deeper" \
    --out "$work/out here" --jobs 4 >/dev/null
diff -r "$work/one/out" "$work/another place/deeper/../../out here"
count=$(find "$work/one/out" -type f | wc -l)
[ "$count" -gt 5 ]
# One participant alone gets the same files as among the others.
"$tandem" build --course "$work/one" --out "$work/single" --participant okafor-lind --jobs 2 >/dev/null
diff -r "$work/one/out/okafor-lind" "$work/single/okafor-lind"
# One material alone, on more threads than it has files.
"$tandem" build --course "$work/one" --out "$work/few" --participant okafor-lind \
    --only partnership-workbook --jobs 9 >/dev/null
for file in "$work/few/okafor-lind"/*; do
    cmp "$file" "$work/one/out/okafor-lind/${file##*/}"
done
# The build leaves nothing half-made and nothing beside out/.
[ -z "$(find "$work" -name '*.tmp')" ]
[ "$(ls "$work/one")" = "content
out
templates" ]
# The test of the test: another clock does change the bytes.
SOURCE_DATE_EPOCH=1700000000 "$tandem" build --course "$work/one" --out "$work/clock" >/dev/null
if diff -rq "$work/one/out" "$work/clock" >/dev/null; then
    echo "SOURCE_DATE_EPOCH changed nothing" >&2
    exit 1
fi
echo "$count files are the same"
