#!/bin/sh
# The same ten thousand words set by tandem, Typst and pdfLaTeX with the same font file, size and
# measure; how well the lines are set, and how long each takes, as Markdown tables. No test: nothing
# passes or fails. Usage: side_by_side.sh [TANDEM [MEASURE]]   (default: build/tandem, 120 mm)
#
# Needs, beside what tandem needs: node and npm with the network (or, in PEER, a folder whose
# node_modules holds @myriaddreamin/typst-ts-node-compiler); Debian's texlive-latex-recommended,
# mupdf-tools, libharfbuzz-bin and python3-fonttools. TeX gets its British patterns from tandem's
# dictionary, in a format of its own.
set -eu
here=$(realpath "$(dirname "$0")")
project=$(realpath "$here/../../..")
tandem=$(realpath "${1:-$project/build/tandem}")
measure=${2:-120}
work=$(mktemp -d -p "${TMPDIR:-/tmp}")
trap 'rm -rf "$work"' EXIT

/usr/bin/python3 "$here/sources.py" "$project" "$work" "$measure"
cp "$here/typst.mjs" "$work"
cd "$work"
if [ -n "${PEER:-}" ]; then
    ln -s "$(realpath "$PEER")/node_modules" node_modules
else
    npm install --silent --no-save --no-audit --no-fund @myriaddreamin/typst-ts-node-compiler@0.7.0
fi
pdftex -ini -etex -interaction=batchmode -jobname=sidelatex pdflatex.ini >/dev/null

set_tandem() { "$tandem" build --course tandem --jobs 1 >/dev/null; }
set_typst() { node typst.mjs >>typst.ms; }
set_latex() { pdflatex -fmt=sidelatex -interaction=batchmode -jobname=latex prose.tex >/dev/null; }
set_microtype() {
    pdflatex -fmt=sidelatex -interaction=batchmode -jobname=microtype \
        '\def\withmicrotype{}\input prose.tex' >/dev/null
}
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
# Wall milliseconds of one way, median of ten; the first run, which warms the disk, is left out.
wall() {
    "$@"
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        start=$(date +%s%N)
        "$@"
        end=$(date +%s%N)
        echo $(((end - start) / 100000)) | awk '{ printf "%.1f\n", $1 / 10 }'
    done | median
}

tandem_ms=$(wall set_tandem)
typst_ms=$(wall set_typst)
latex_ms=$(wall set_latex)
microtype_ms=$(wall set_microtype)
typst_own_ms=$(tail -n 10 typst.ms | median)

/usr/bin/python3 "$here/measure.py" prose.txt "$measure" tandem=tandem/out/blank/prose.pdf Typst=typst.pdf \
    pdfLaTeX=latex.pdf "pdfLaTeX, microtype=microtype.pdf"
echo
echo "| ms, median of 10 | tandem | Typst, with Node's start | Typst alone | pdfLaTeX | pdfLaTeX, microtype |"
echo "|---|--:|--:|--:|--:|--:|"
echo "| wall time | $tandem_ms | $typst_ms | $typst_own_ms | $latex_ms | $microtype_ms |"
echo "$tandem_ms $typst_ms $typst_own_ms $latex_ms $microtype_ms" |
    awk '{ printf "| times tandem | 1 | %.1f | %.1f | %.1f | %.1f |\n", $2/$1, $3/$1, $4/$1, $5/$1 }'
