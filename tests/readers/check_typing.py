#!/usr/bin/python3
"""What a person types into a form is seen by everybody they send it to: text of many languages is
typed in pdf.js, poppler and MuPDF, saved there, and read and drawn by poppler and MuPDF.
Usage: check_typing.py TANDEM PROJECT PDFJS_FOLDER"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unicodedata

import readers
from pdf_file import Pdf

HERE = pathlib.Path(__file__).parent
LABELS = {"line": "One line", "prose": "Some lines"}
# MuPDF types in a font of its own, which has no Latin letters beyond Western Europe's.
WESTERN = "„Größe” “curly” ‘single’ €5 — 3 … Ωμέγα Жук ёж naïve œuvre"
TYPED = {"line": "“Zażółć” Ğışık €5 Ωμ Жё",
         "prose": "Zażółć gęślą jaźń, ŁÓDŹ\nĞümüş ışıklı İzmir\nȘtiința țărilor, Příliš žluťoučký\n"
                  "e\u0301tude, n\u0303\nУкраїнська Ґанок ї є, Ελληνικά ώρα\n"
                  + WESTERN}


def write_course(folder, template):
    (folder / "content" / "modules").mkdir(parents=True)
    (folder / "content" / "course.yml").write_text(f"""\
title: Typing
version: "1.0"
language: en-GB
start: 2026-01-05
as-of: 2026-03-02
template: {template}
respondents:
  me: {{label: Me}}
materials:
  - {{pdf: form, title: Form, modules: [form]}}
""")
    (folder / "content" / "modules" / "form.md").write_text("""\
---
id: form
title: Form
---

# Form

::: {.field #line type=text}
%(line)s
:::

::: {.write #prose lines=9}
%(prose)s
:::
""" % LABELS)


def run(report, command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    report(done.returncode == 0, f"{command[0]}: {done.stderr.decode(errors='replace')[:300]}")
    return done.stdout


def fill(program, blank, saved, pdfjs_folder, report):
    values = saved.with_suffix(".json")
    values.write_text(json.dumps(TYPED))
    if program == "pdf.js":
        run(report, ["node", HERE / "pdfjs_fill.mjs", pdfjs_folder, blank, values, saved])
    elif program == "poppler":
        run(report, ["/usr/bin/python3", HERE / "poppler_fill.py", blank, values, saved])
    else:
        typed = {LABELS[name]: text for name, text in TYPED.items()}
        run(report, ["mutool", "run", HERE / "mutool_fill.js", blank, json.dumps(typed), saved])


def check_saved(program, saved, typed, report):
    """Every word is seen by both readers."""
    for reader, command in (("pdftotext", ["pdftotext", saved, "-"]),
                            ("mutool", ["mutool", "draw", "-q", "-F", "txt", saved])):
        seen = unicodedata.normalize("NFC", "".join(run(report, command).decode().split(" ")))
        for word in set(unicodedata.normalize("NFC", typed).split()):
            report(word in seen, f"typed in {program}: {reader} does not see {word}")


def check_font(program, saved, report):
    """The program has set the words in the file's own font, which any reader can draw."""
    pdf = Pdf(saved)
    report(pdf.resolve(pdf.root["/AcroForm"]).get("/NeedAppearances") is not True,
           f"{program} leaves it to other readers to show what was typed")
    shown = 0
    for key, value in pdf.objects.items():
        entries = value.get("value")
        if not isinstance(entries, dict) or entries.get("/FT") != "/Tx" or not entries.get("/V"):
            continue
        look = pdf.resolve(entries.get("/AP", {})).get("/N")
        report(look and b"/Answer" in pdf.stream(look), f"{program} shows {entries['/T']} in another font")
        shown += 1
    report(shown == len(TYPED), f"typed in {program}: {shown} fields")


def main():
    tandem, project, pdfjs_folder = sys.argv[1:4]
    report = readers.Report()
    for template in ("classic", "handout", "studio"):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            write_course(folder, template)
            (folder / "templates").symlink_to(pathlib.Path(project, "templates").resolve())
            run(report, [tandem, "build", "--course", folder, "--out", folder / "out"])
            blank = folder / "out" / "blank" / "form.pdf"
            for program in ("pdf.js", "poppler", "mupdf"):
                saved = folder / f"{program}.pdf"
                fill(program, blank, saved, pdfjs_folder, report)
                mine = program != "mupdf"
                check_saved(program, saved, "\n".join(TYPED.values()) if mine else WESTERN, report)
                if mine:
                    check_font(program, saved, report)
    noticed = readers.Report()
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        subprocess.run(["qpdf", "--empty", file.name], check=True)
        check_saved("nothing", file.name, "word", noticed)
    report(sum("does not see" in problem for problem in noticed.problems) == 2,
           "a word that nobody sees goes unnoticed")
    return report.finish("forms of three templates, typed into with three programs")


if __name__ == "__main__":
    sys.exit(main())
