#!/usr/bin/python3
"""Copied text gives the words of the sources back, whichever reader copies it.
Usage: check_words.py COURSE OUT CACHE [--self-test]"""
import functools
import pathlib
import re
import sys

from markdown_words import normal, read_module
from readers import Report, editions, load_course

# Least share of units found. In the two with a floor of one, each must be whole; the others order
# text by where it stands, and may interleave the cells of a row, most of all of cells in two fonts.
FLOORS = {"raw": 1.0, "pdfjs": 1.0, "text": 0.99, "mutool": 0.99}
WITH_CODE = FLOORS | {"text": 0.95}
BREAK = r"(?: |[^\f]{0,600}?\f[^\f]{0,160}? )"  # a space, or the foot and head of two pages
BREAK_SQUEEZED = r"(?:[^\f]{0,600}?\f[^\f]{0,160}?)?"  # the same where spaces are taken out
LINE_END = "\x03"
BREAK_MARKED = rf"(?:{LINE_END}? |[^\f]{{0,600}}?\f[^\f]{{0,160}}? )"
PUT_IN = r".{0,240}?"  # what the page adds in a gap, or a footnote's number


def expected(edition, folder):
    """The units that this edition must hold, in the order of the sources."""
    return [unit for name in edition.modules
            for unit in read_module(pathlib.Path(folder), name, edition.facilitator).units
            if edition.shows(unit)]


def find(unit, text, marked):
    """Where the unit's words stand in the text, -1 if they do not. `marked`: the same text with a
    sign at line ends, where a word may go on; or None."""
    place = text.find(unit.pieces[0]) if len(unit.pieces) == 1 else -1
    if place >= 0:
        return place
    for source, seam, gap in ((text, "", BREAK), (marked, f"(?:{LINE_END} )?", BREAK_MARKED)):
        pieces = [gap.join(seam.join(map(re.escape, word)) for word in piece.split(" "))
                  for piece in unit.pieces]
        match = source and re.search(PUT_IN.join(pieces), source, re.S)
        if match:
            return match.start()
    return find_code(unit, text) if unit.has_code else -1


@functools.lru_cache(maxsize=8)
def squeezed(text):
    return re.sub("-+", "-", re.sub(r"[^\S\f]+", "", text))


def find_code(unit, text):
    """Code goes on in the next line after any sign of its own: spaces do not count then."""
    pieces = [BREAK_SQUEEZED.join(map(re.escape, squeezed(piece.replace(" ", "\f")).split("\f")))
              for piece in unit.pieces]
    match = re.search(PUT_IN.join(pieces), squeezed(text), re.S)
    return match.start() if match else -1


def texts(edition):
    pages = [page["text"] for page in edition.pdfjs()["pages"]]
    return {"raw": edition.text("raw"), "text": edition.text("text"),
            "mutool": edition.text("mutool"), "pdfjs": "\f".join(pages)}


def check(edition, units, copies, report, shares):
    has_code = any(unit.has_code for unit in units)
    floors = WITH_CODE if has_code else FLOORS
    for reader, text in copies.items():
        # pdf.js drops soft hyphens, so a word that goes on in the next line looks like two
        marked = normal(text.replace("\n", f"{LINE_END} ")) if reader == "pdfjs" else None
        text = normal(text)
        lost = [unit for unit in units if find(unit, text, marked) < 0]
        share = 1 - len(lost) / len(units)
        shares.setdefault(reader, []).append(share)
        if not report(share >= floors[reader], f"{edition.path}: {reader} gives back {share:.2%}"):
            for unit in lost[:8]:
                report(False, f"    lost: {unit}")
        # code has them by right
        straight = re.search(r".*['\"].*", copies[reader]) if edition.blank and not has_code else None
        report(not straight,
               f"{edition.path}: {reader} has straight quotes: {straight and straight[0]}")
        for letter in "ﬀﬁﬂﬃﬄ":
            report(letter not in text,
                   f"{edition.path}: {reader} has the ligature {letter}")


def self_test(edition, units):
    """A word taken out, two letters exchanged, a ligature left in: each must be noticed."""
    text = edition.text("raw")
    for damage in (lambda t: t.replace("Hartwell", "Hartwel"),
                   lambda t: t.replace("which", ""),
                   lambda t: t.replace("fi", "ﬁ")):
        report = Report()
        check(edition, units, {"raw": damage(text)}, report, {})
        assert report.problems, "damaged text went unnoticed"
    return 0


def main():
    course, out, cache = sys.argv[1:4]
    found = editions(out, cache, load_course(course))
    if "--self-test" in sys.argv:
        workbook = next(e for e in found if "workbook" in e.path)
        return self_test(workbook, expected(workbook, course))
    report, shares, count = Report(), {}, 0
    for edition in found:
        units = expected(edition, course)
        report(len(units) > 3, f"{edition.path}: hardly any words in the sources")
        check(edition, units, texts(edition), report, shares)
        count += len(units)
    least = ", ".join(f"{reader} {min(values):.2%}" for reader, values in shares.items())
    return report.finish(f"{count} paragraphs, headings, items, cells; least share found: {least}")


if __name__ == "__main__":
    sys.exit(main())
