#!/usr/bin/python3
"""A fillable, tagged workbook of 40 pages, cold, beside Typst (tagged, no fields) and pdfLaTeX with
hyperref (fields, no tags): forms.py TANDEM WORK [--runs N]
WORK is a folder whose node_modules holds @myriaddreamin/typst-ts-node-compiler; pdflatex is Debian's
texlive-latex-recommended. Not a test. Prints the table of README.md."""
import argparse
import pathlib
import statistics
import subprocess

import pikepdf

from bench import PROJECT, Bench
from courses import WORKBOOK, forty_pages
from measure import Command, measure
from peer_latex import latex_source
from peer_typst import typst_source

HERE = pathlib.Path(__file__).resolve().parent


def about(file):
    """Pages, widgets, elements of structure, kilobytes."""
    with pikepdf.open(file) as pdf:
        widgets = sum(note.Subtype == "/Widget" for page in pdf.pages for note in page.obj.get("/Annots", []))
        elements = sum(isinstance(thing, pikepdf.Dictionary) and "/S" in thing and "/P" in thing
                       for thing in pdf.objects)
        return len(pdf.pages), widgets, elements, file.stat().st_size / 1000


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tandem")
    parser.add_argument("work")
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    options.peers = True
    work, bench = pathlib.Path(options.work).resolve(), Bench(options)
    course = forty_pages(PROJECT, work / "forms-course", bench.pages_of)
    modules = course.list_of(WORKBOOK, "modules")[1]
    (work / "forms.typ").write_text(typst_source(course.folder, modules))
    (work / "forms.tex").write_text(latex_source(course.folder, modules))
    latex = ["pdflatex", "-interaction=batchmode", "-output-directory", work, work / "forms.tex"]
    twice = work / "latex.sh"  # the contents are there with the second run
    twice.write_text("#!/bin/sh\nrm -f \"$1\"/forms.aux \"$1\"/forms.toc \"$1\"/forms.out\nshift\n"
                     "\"$@\" >/dev/null && \"$@\" >/dev/null\n")
    rows = {
        "tandem, tagged, with a form": (bench.build(course, WORKBOOK),
                                        course.folder / f"out/blank/{WORKBOOK}.pdf"),
        "Typst, tagged": (Command("node", HERE / "peer_typst.mjs", work / "forms.typ", work / "typst.pdf"),
                          work / "typst.pdf"),
        "pdfLaTeX with hyperref, a form": (Command("sh", twice, work, *latex), work / "forms.pdf"),
    }
    measure([command for command, _ in rows.values()], options.runs)
    ours = statistics.median(next(iter(rows.values()))[0].cpu)
    print("| | pages | widgets | elements of structure | file | cold, median | least | CPU | times ours |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name, (command, file) in rows.items():
        pages, widgets, elements, size = about(file)
        cpu = statistics.median(command.cpu)
        print(f"| {name} | {pages} | {widgets:,} | {elements:,} | {size:.0f} kB | "
              f"{command.median * 1e3:.0f} ms | {min(command.wall) * 1e3:.0f} ms | {cpu * 1e3:.0f} ms | "
              f"{cpu / ours:.1f} |")


if __name__ == "__main__":
    subprocess.run(["pdflatex", "--version"], check=True, stdout=subprocess.DEVNULL)
    main()
