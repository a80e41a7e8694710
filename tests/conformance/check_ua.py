#!/usr/bin/python3
"""Checks PDFs against every condition of the Matterhorn Protocol 1.1 that a program can decide, and
what stands beside it in conditions.py. Usage: check_ua.py [--list] FOLDER_OR_FILE…"""
import logging
import multiprocessing
import pathlib
import sys
import time

import pikepdf

import rules_annotations
import rules_archive
import rules_document
import rules_fonts
import rules_structure
from conditions import ALL
from content import Walk
from tree import Tree, items

SHOWN = 6  # findings of one condition in one file
logging.getLogger("fontTools").setLevel(logging.ERROR)  # it wonders about dates of 1904


class Report:
    """Findings by number of the condition."""

    def __init__(self):
        self.found = {}

    def __call__(self, number, detail):
        assert number in ALL, number
        self.found.setdefault(number, []).append(detail)


class File:
    """One PDF with its tree, the walk through its content, and parsed fonts."""

    def __init__(self, content, pdf, report):
        self.bytes, self.pdf = content, pdf
        self.programs, self.cmaps = {}, {}
        self.tree = Tree(pdf.Root)
        self.walk = Walk(self.tree, report)
        self._annotations = [(page, annotation) for page in pdf.pages
                             for annotation in items(page.obj.get("/Annots"))]
        for page in pdf.pages:
            self.walk.page(page, f"page {page.index + 1}")
        for page, annotation in self._annotations:
            for stream in appearances(annotation):
                self.walk.appearance(stream, f"page {page.index + 1}, an appearance")

    def annotations(self):
        return self._annotations


def appearances(annotation):
    shown = annotation.get("/AP", pikepdf.Dictionary()).get("/N")
    if isinstance(shown, pikepdf.Stream):
        return [shown]
    return [state for _, state in shown.items()] if isinstance(shown, pikepdf.Dictionary) else []


def check_bytes(content):
    """Findings of one file, given as bytes."""
    import io
    report = Report()
    rules_document.check_encryption(content, report)
    try:
        pdf = pikepdf.open(io.BytesIO(content))
    except pikepdf.PdfError as error:
        if not report.found:
            raise
        return report.found
    with pdf:
        file = File(content, pdf, report)
        for rules in (rules_document, rules_structure, rules_annotations, rules_fonts,
                      rules_archive):
            rules.check(file, report)
    return report.found


def check_path(path):
    return path, check_bytes(path.read_bytes())


def check_all(paths):
    with multiprocessing.Pool(2) as pool:
        yield from pool.imap(check_path, paths)


def is_for_paper(path):
    """Sheets for a printer have no structure, and say so in their name."""
    return path.suffixes[-2:-1] in ([".print"], [".booklet"], [".2up"])


def main():
    names = [name for name in sys.argv[1:] if name != "--list"]
    paths = sorted(path for name in names for path in
                   (pathlib.Path(name).rglob("*.pdf") if pathlib.Path(name).is_dir()
                    else [pathlib.Path(name)]) if not is_for_paper(path))
    began, bad = time.monotonic(), 0
    for path, found in check_all(paths):
        bad += bool(found)
        for number, details in sorted(found.items()):
            print(f"{path}: {number} ({len(details)}): {ALL[number].says}")
            for detail in details[:SHOWN]:
                print(f"    {detail}")
    print(f"{len(paths)} PDFs, {bad} with failures, {time.monotonic() - began:.1f} s")
    return 1 if bad or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
