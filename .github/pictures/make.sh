#!/bin/sh
# Makes the README's pictures again from a build: six pages of the workbook and two sheets of the
# tracker. Needs poppler-utils, libreoffice-calc-nogui and imagemagick. Usage: make.sh [OUT]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$(realpath "${1:-$here/../../out}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The page of a document on which some words first stand.
page_with() { # FILE WORDS
    count=$(pdfinfo "$1" | awk '/^Pages/ { print $2 }')
    for page in $(seq 5 "$count"); do
        if pdftotext -f "$page" -l "$page" "$1" - | tr '\n' ' ' | grep -q "$2"; then
            echo "$page"
            return
        fi
    done
    echo "no page of $1 says '$2'" >&2
    exit 1
}

picture() { # FILE PAGE NAME
    pdftoppm -r 72 -f "$2" -l "$2" -png -singlefile "$1" "$work/$3"
    convert "$work/$3.png" -bordercolor '#c5cdd1' -border 1 -colors 64 -strip -define png:exclude-chunks=date,time \
        "$here/$3.png"
}

blank=$out/blank/partnership-workbook.pdf
filled=$out/okafor-lind/partnership-workbook.assistant.pdf
picture "$blank" 1 cover
picture "$blank" "$(page_with "$blank" 'Two answers to one question')" chapter
picture "$blank" "$(page_with "$blank" 'How often was this true')" rating
picture "$filled" "$(page_with "$filled" 'Partnership stage')" result
picture "$filled" "$(page_with "$filled" 'Value that already shows')" charts
picture "$blank" "$(page_with "$blank" 'Use round figures')" money

soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to pdf --outdir "$work" \
    "$out/okafor-lind/partnership-tracker.xlsx" >/dev/null 2>&1
tracker=$work/partnership-tracker.pdf
sheet() { # NAME PICTURE: its first page; the first of all is the guide, which names every sheet
    page=2
    until pdftotext -f "$page" -l "$page" "$tracker" - | head -n 6 | grep -q "^$1"; do
        page=$((page + 1))
    done
    picture "$tracker" "$page" "$2"
}
sheet Dashboard dashboard
sheet 'Relationship assessment' tracker
