#!/usr/bin/python3
"""Nothing that a person wrote is cut: every word of answers far longer than their boxes is read once
by poppler and MuPDF, the field keeps all of it, and box and appendix name each other's pages.
Usage: check_appendix.py TANDEM PROJECT"""
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import readers
from pdf_file import Pdf, text_string

ANSWERS = {"prose": 5000, "narrow": 900, "line": 400, "twice": 120, "fits": 30}
CHINESE = "".join(chr(0x4E00 + i) for i in range(500))
LINES = "\n".join(f"entry {i} of a list" for i in range(40))
PHRASES = {"en-GB": ("Continued answers", "continues on page", "continued from page"),
           "de": ("Fortgesetzte Antworten", "weiter auf Seite", "Fortsetzung von Seite")}


def words(name):
    return [f"{name}{i}x" for i in range(ANSWERS[name])]


def write_course(folder, language):
    modules, answers = folder / "content" / "modules", folder / "content" / "answers" / "ada"
    modules.mkdir(parents=True)
    answers.mkdir(parents=True)
    (folder / "content" / "course.yml").write_text(f"""\
title: Appendix
version: "1.0"
language: {language}
start: 2026-01-05
as-of: 2026-03-02
template: classic
respondents:
  me: {{label: Me}}
  you: {{label: You}}
materials:
  - {{pdf: form, title: Form, modules: [form], each: respondent, contents: true}}
""")
    (modules / "form.md").write_text("""\
---
id: form
title: Form
---

# Form

::: {.write #prose lines=3}
A long answer
:::

:::: {.columns}
::: {.column}
::: {.write #narrow lines=6}
A narrow one
:::
:::
::: {.column}
Beside it.
:::
::::

::: {.field #line type=text}
One line
:::

::: {.write #twice lines=2}
Asked twice
:::

::: {.use block=twice}
:::

::: {.write #fits lines=2}
This fits, if the box grows
:::

::: {.write #chinese lines=2}
Without spaces
:::

::: {.write #lines lines=2}
Line by line
:::
""")
    said = {name: " ".join(words(name)) for name in ANSWERS}
    said.update(chinese=CHINESE, lines=LINES)
    (answers / "2026-02-01.me.yml").write_text(json.dumps(said, ensure_ascii=False))


def read(command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          check=True).stdout.decode()


def check_words(reader, text, report):
    seen = collections.Counter(re.findall(r"[a-z]+\d+x", text))
    for name in ANSWERS:
        wanted = 2 if name == "twice" else 1  # its boxes show its beginning, each of them
        odd = [(word, seen[word]) for word in words(name)
               if not 1 <= seen[word] <= wanted]
        report(not odd, f"{reader}: {len(odd)} words of {name} are not there once: {odd[:5]}")
    signs = collections.Counter(text)
    odd = [sign for sign in CHINESE if signs[sign] != 1]
    report(not odd, f"{reader}: {len(odd)} Chinese signs are not there once")
    for line in LINES.split("\n"):
        report(text.count(line) == 1, f"{reader}: {line!r} is there {text.count(line)} times")


def check_pages(pages, language, report):
    """The page that a box names has the rest of its answer, and the other way round."""
    title, on, back = PHRASES[language]
    named = [(number, int(match)) for number, page in enumerate(pages, 1)
             for match in re.findall(on + r"\s(\d+)", page)]
    returned = [(number, int(match)) for number, page in enumerate(pages, 1)
                for match in re.findall(back + r"\s(\d+)", page)]
    first = next(number for number, page in enumerate(pages, 1)
                 if re.search("^" + title + "$", page, re.M) and back in page)
    shift = named[0][0] - returned[0][1]  # pages before the one that is called 1
    entries = sorted({(box, rest + shift) for box, rest in named})
    report(len(named) == 6 + 1, f"{len(named)} boxes name a page")  # one is asked twice
    report(min(rest for _, rest in entries) == first, f"{title} does not begin where it is said to")
    for box, rest in entries:
        report((rest, box - shift) in returned, f"page {box} leads to {rest}, which does not lead "
               "back")


def check_file(file, language, report):
    pdf = Pdf(file)
    for reader, command in (("pdftotext", ["pdftotext", file, "-"]),
                            ("mutool", ["mutool", "draw", "-q", "-F", "txt", file])):
        check_words(reader, read(command), report)
    check_pages(read(["pdftotext", file, "-"]).split("\f"), language, report)
    values = {field["fullname"]: text_string(field["value"] or "")
              for field in pdf.json["acroform"]["fields"] if field["fieldtype"] == "/Tx"}
    for name in ANSWERS:
        report(values[name] == " ".join(words(name)), f"the field {name} has not all of its answer")
    report(values["lines"].splitlines() == LINES.split("\n"), "a list in a field has other lines")
    outline = read(["mutool", "show", file, "outline"])
    report(PHRASES[language][0] in outline, "the outline leaves the appendix out")


def main():
    tandem, project = sys.argv[1:3]
    report = readers.Report()
    for language in PHRASES:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            write_course(folder, language)
            (folder / "templates").symlink_to(pathlib.Path(project, "templates").resolve())
            subprocess.run([tandem, "build", "--course", folder, "--out", folder / "out"],
                           check=True, stdout=subprocess.DEVNULL)
            check_file(folder / "out" / "ada" / "form.me.pdf", language, report)
            blank = read(["pdftotext", folder / "out" / "blank" / "form.pdf", "-"])
            report(PHRASES[language][0] not in blank, "a blank edition has an appendix")
            noticed = readers.Report()
            check_words("nobody", blank, noticed)
            report(len(noticed.problems) > len(ANSWERS), "missing words go unnoticed")
    return report.finish(f"{sum(ANSWERS.values())} words in two languages")


if __name__ == "__main__":
    sys.exit(main())
