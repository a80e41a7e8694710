#!/bin/sh
# Opens the sample PDFs with qpdf, poppler and mutool: no complaint from any, the text comes back,
# the structure is what the layout says. Usage: check_pdf.sh PDF_SAMPLES
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$1" "$folder"
status=0
fail() {
    echo "$1"
    status=1
}

# The text with soft hyphens at line ends undone, white space as one space.
plain() {
    sed 's/^/ /' "$1" | tr '\n\f' '  ' | sed 's/\xc2\xad *//g; s/  */ /g'
}

for file in "$folder"/*.pdf; do
    name=$(basename "$file")
    qpdf --check "$file" > "$folder/out" 2>&1 || fail "$name: qpdf: $(cat "$folder/out")"
    for tool in "pdfinfo" "pdfinfo -struct-text" "pdffonts" "pdftoppm -r 20 -png"; do
        if [ "$tool" = "pdftoppm -r 20 -png" ]; then
            $tool "$file" "$folder/page" 2> "$folder/err" || fail "$name: $tool failed"
        else
            $tool "$file" > "$folder/${tool#pdfinfo }.out" 2> "$folder/err" || fail "$name: $tool failed"
        fi
        [ -s "$folder/err" ] && fail "$name: $tool says $(cat "$folder/err")"
    done
    mutool draw -q -r 20 -o "$folder/page%d.png" "$file" > "$folder/err" 2>&1 || fail "$name: mutool failed"
    grep -v 'ICC support' "$folder/err" && fail "$name: mutool says so"
    pdftotext "$file" "$folder/poppler.txt"
    mutool draw -q -F txt -o "$folder/mutool.txt" "$file" 2> /dev/null
    for reader in poppler mutool; do
        plain "$folder/$reader.txt" > "$folder/$reader.plain"
        for words in 'Difficult affinities' 'The efficient office shuffled its waffles; then the example' \
                     'well-known, AVATAR (To) [Wave] \ and 50% of Größe, naïve café. Last line of the paragraph' \
                     'Capital Letters' 'Smallcaps' "Auflage (zweite) e$(printf '\314\201')tude" \
                     'The end: Ωμέγα, Жук, ẅ.' 'Page 2'; do
            grep -qF -- "$words" "$folder/$reader.plain" || fail "$name: $reader lost '$words'"
        done
    done
    grep -qF 'שלום' "$folder/poppler.plain" || fail "$name: poppler lost the Hebrew word"
    structure="$folder/-struct-text.out"
    for words in '"Difficult affinities"' 'then the example was' 'Span (inline)' '/Scope /Row' \
                 '/BBox' 'Link (inline)' 'Object'; do
        grep -qF -- "$words" "$structure" || fail "$name: the structure lacks $words"
    done
    grep -q 'Page [12]' "$structure" && fail "$name: a running foot is in the structure"
    pdffonts "$file" | tail -n +3 | awk '{ if ($(NF-4) != "yes" || $(NF-3) != "yes" || $(NF-2) != "yes") exit 1 }' ||
        fail "$name: a font is not embedded, subset and mapped to Unicode"
    pdfinfo -meta "$file" | grep -q '<dc:title>.*Größe &amp; Übung – a sample' || fail "$name: no title in XMP"
    pdfinfo -url "$file" | grep -qF 'https://example.org/a(b)?c=%C3%BC' || fail "$name: no link"
    pdfinfo -dests "$file" | grep -q '"start"' || fail "$name: no destination"
done

# The colours of the JPEGs: red, and CMYK's cyan, which a wrong Decode would turn to red.
pdftoppm -r 25.4 -f 1 -l 1 "$folder/truetype.pdf" "$folder/colours"
/usr/bin/python3 - "$folder"/colours*.ppm << 'END' || fail "a JPEG has the wrong colours"
import sys
data = open(sys.argv[1], "rb").read()
width = int(data.split(None, 3)[1])
pixels = data[-width * 297 * 3:]
red, cyan = (pixels[(220 * width + x) * 3:][:3] for x in (30, 60))
sys.exit(not (red[0] > 200 and red[1] < 60 and cyan[0] < 60 and cyan[1] > 120))
END

# The same page whichever font subsets and file structure it is written with.
for kind in truetype cff; do
    pdftoppm -r 60 -png "$folder/$kind.pdf" "$folder/$kind"
    for other in classic base; do
        pdftoppm -r 60 -png "$folder/$kind-$other.pdf" "$folder/$kind-$other"
        for page in 1 2; do
            cmp -s "$folder/$kind-$page.png" "$folder/$kind-$other-$page.png" ||
                fail "$kind-$other.pdf: page $page looks different"
        done
    done
done
exit $status
