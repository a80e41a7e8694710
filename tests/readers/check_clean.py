#!/usr/bin/python3
"""No reader complains, every page shows something, every font is embedded, subset and mapped to
Unicode, and every glyph shown is one that the font has.
Usage: check_clean.py COURSE OUT CACHE [--self-test]"""
import copy
import re
import sys
import tempfile

from pdf_file import Pdf
from readers import Report, TOOLS, editions, load_course, run

DARK = bytes(range(200, 256))


def page_images(data):
    """The grey pixels of each page in a row of PGM files."""
    position = 0
    while position < len(data):
        header = re.match(rb"P5\n(\d+) (\d+)\n255\n", data[position:position + 40])
        start = position + header.end()
        size = int(header[1]) * int(header[2])
        yield data[start:start + size]
        position = start + size


def check_rendering(edition, pdf, report):
    """A page may be blank by intention: a left one, before a chapter that begins on the right."""
    filled = {shown.page for shown in pdf.shown}
    count = 0
    for number, pixels in enumerate(page_images(edition.said("render")), 1):
        ink = len(pixels.translate(None, delete=DARK))
        left_blank = number % 2 == 0 and number - 1 not in filled and number in filled
        report(ink > 20 or left_blank, f"{edition.path}: page {number} is blank")
        count += 1
    report(count == edition.page_count,
           f"{edition.path}: {count} pages rendered, {edition.page_count} in the manifest")
    return count


def check_fonts(edition, report):
    lines = edition.text("fonts").splitlines()[2:]
    report(lines, f"{edition.path}: no fonts")
    for line in lines:
        font = re.match(r"(\S+)\s+(.*?)\s+\S+\s+(yes|no) (yes|no) (yes|no)\s", line)
        report(font and font.groups()[2:] == ("yes", "yes", "yes"),
               f"{edition.path}: not embedded, subset and mapped: {line}")
        report(font and "Type 3" not in font[2], f"{edition.path}: a Type 3 font: {line}")
        report(font and re.match(r"[A-Z]{6}\+", font[1]), f"{edition.path}: no subset tag: {line}")


def check_glyphs(edition, pdf, report):
    """No .notdef, no text without a meaning, no replacement character."""
    for shown in pdf.shown:
        where = f"{edition.path}: page {shown.page + 1}: {shown.text!r}"
        report(0 not in shown.codes, f"{where}: .notdef is shown")
        unknown = [code for code in shown.codes if code not in shown.font.unicode]
        report(not unknown or shown.actual is not None or shown.artifact,
               f"{where}: codes {unknown} have no text")
        report("\ufffd" not in shown.text or shown.actual is not None,
               f"{where}: a replacement character")
        report(shown.size > 4, f"{where}: set at {shown.size:.1f} pt")


def check(edition, report):
    for tool in [*TOOLS, "pdfjs"] + (["structure"] if edition.sampled else []):
        for line in edition.complaints(tool):
            report(False, f"{edition.path}: {tool}: {line}")
    report(b"No syntax or stream encoding errors found" in edition.said("check"),
           f"{edition.path}: qpdf is not content")
    for name in ("text", "raw", "mutool"):
        report("\ufffd" not in edition.text(name), f"{edition.path}: {name} has U+FFFD")
    pdf = edition.pdf()
    pages = check_rendering(edition, pdf, report)
    check_fonts(edition, report)
    check_glyphs(edition, pdf, report)
    return pages


def self_test(edition):
    """A file with a byte changed here and there, and a white page: both must be noticed."""
    with tempfile.TemporaryDirectory() as folder:
        broken = copy.copy(edition)
        data = bytearray(edition.file.read_bytes())
        for place in range(2000, len(data), len(data) // 7):
            data[place] ^= 0x55
        broken.file = type(edition.file)(folder, "broken.pdf")
        broken.file.write_bytes(data)
        broken.cache = type(edition.file)(folder)
        for tool, command in TOOLS.items():
            if tool in ("check", "info", "mutool", "render"):
                run(broken, tool, command)
        silent = [tool for tool in ("check", "mutool", "render") if not broken.complaints(tool)]
        assert not silent, f"a broken file went unnoticed by {silent}"
        white = copy.copy(broken)
        (white.cache / "render.out").write_bytes(b"P5\n10 10\n255\n" + b"\xff" * 100)
        pdf, report = Pdf(edition.file), Report()
        check_rendering(white, pdf, report)
        assert any("blank" in problem for problem in report.problems)
        pdf.shown[0].codes[0] = 0
        report = Report()
        check_glyphs(edition, pdf, report)
        assert any(".notdef" in problem for problem in report.problems)
    return 0


def main():
    course, out, cache = sys.argv[1:4]
    found = editions(out, cache, load_course(course))
    if "--self-test" in sys.argv:
        return self_test(found[0])
    report = Report()
    pages = sum(check(edition, report) for edition in found)
    return report.finish(f"{len(found)} PDFs, {pages} pages, read by qpdf, poppler, mutool, pdf.js")


if __name__ == "__main__":
    sys.exit(main())
