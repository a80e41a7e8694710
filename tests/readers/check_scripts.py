#!/usr/bin/python3
"""Answers in many scripts stand filled in alike in poppler and MuPDF: shaped, beginning at the side
that they are read from, and inside their boxes. Usage: check_scripts.py TANDEM PROJECT"""
import json
import pathlib
import subprocess
import sys
import tempfile

import readers
from pdf_file import Pdf

DPI = 100
LEFT = {
    "chinese": "你好，世界。这是一个测试",
    "japanese": "日本語のテキストです。",
    "hindi": "नमस्ते क्षत्रिय श्री",
    "thai": "สวัสดีชาวโลก ที่นี่",
    "combining": "e\u0301tude, n\u0303, a\u0328\u0301, o\u0308\u0300",
    "mixed": "I said שלום and left",
    "polish": "Zażółć gęślą jaźń",
    "greek": "Ελληνικά, Українська",
}
RIGHT = {
    "arabic": "مرحبا بالعالم، كيف حالك",
    "persian": "می\u200cخواهم کتاب بخوانم",
    "hebrew": "שלום עולם (10:30)",
    "points": "שָׁלוֹם עֲלֵיכֶם",
    "turned": "שלום said the letter",
}
ALL = {**LEFT, **RIGHT}


def write_course(folder):
    modules, answers = folder / "content" / "modules", folder / "content" / "answers" / "ada"
    modules.mkdir(parents=True)
    answers.mkdir(parents=True)
    (folder / "content" / "course.yml").write_text("""\
title: Scripts
version: "1.0"
language: en-GB
start: 2026-01-05
as-of: 2026-03-02
template: classic
respondents:
  me: {label: Me}
materials:
  - {pdf: form, title: Form, modules: [form]}
""")
    blocks = "".join(f"::: {{.field #l-{key} type=text}}\nLine of {key}\n:::\n\n"
                     f"::: {{.write #w-{key} lines=2}}\nLines of {key}\n:::\n\n" for key in ALL)
    (modules / "form.md").write_text(f"---\nid: form\ntitle: Form\n---\n\n# Form\n\n{blocks}")
    said = {f"l-{key}": text for key, text in ALL.items()}
    said.update({f"w-{key}": text for key, text in ALL.items()})
    (answers / "2026-02-01.me.yml").write_text(json.dumps(said, ensure_ascii=False))


class Picture:
    """A page in grey."""

    def __init__(self, data):
        _, width, height, _ = data[:40].split()[:4]
        self.width, self.height = int(width), int(height)
        data = data[-self.width * self.height:]
        self.rows = [data[y * self.width:(y + 1) * self.width] for y in range(self.height)]

    def blocks(self, size):
        """Means of squares, which blur what two programs smooth differently."""
        for y in range(0, self.height - size, size):
            for x in range(0, self.width - size, size):
                yield sum(sum(row[x:x + size]) for row in self.rows[y:y + size]) / size ** 2

    def ink(self, left, top, right, bottom):
        """From where to where it is dark, as shares of the box's width."""
        dark = [x for row in self.rows[top:bottom] for x in range(left, right) if row[x] < 160]
        return (min(dark) - left, right - 1 - max(dark)) if dark else None


def render(command):
    return Picture(subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                  check=True).stdout)


def check_alike(number, pages, report):
    one, other = pages
    worst = max(abs(a - b) for a, b in zip(one.blocks(12), other.blocks(12)))
    report(worst < 60, f"page {number}: poppler and MuPDF differ by {worst:.0f} of 255")


def check_sides(pdf, number, pages, report):
    """An answer begins within two millimetres of the side it is read from."""
    seen = 0
    for reference in pdf.resolve(pdf.pages[number - 1].get("/Annots", [])):
        widget = pdf.resolve(reference)
        name = str(widget.get("/T", "")).removeprefix("u:")
        if name[2:] not in ALL:
            continue
        seen += 1
        scale = DPI / 72
        left, low, right, high = (value * scale for value in widget["/Rect"])
        for program, page in zip(("poppler", "MuPDF"), pages):
            line = (high - low) / (2 if name.startswith("w-") else 1)
            found = page.ink(int(left) + 1, int(page.height - high) + 1, int(right) - 1,
                             int(page.height - high + line * 0.9))
            if not report(found, f"{name}: {program} shows nothing"):
                continue
            near, far = found if name[2:] in LEFT else found[::-1]
            report(near < 2 / 25.4 * DPI < far, f"{name}: {program} shows it {near} dots from the "
                   f"side where it begins, and {far} from the other")
    return seen


def main():
    tandem, project = sys.argv[1:3]
    report, seen = readers.Report(), 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_course(folder)
        (folder / "templates").symlink_to(pathlib.Path(project, "templates").resolve())
        subprocess.run([tandem, "build", "--course", folder, "--out", folder / "out"], check=True,
                       stdout=subprocess.DEVNULL)
        file = folder / "out" / "ada" / "form.pdf"
        pdf = Pdf(file)
        for number in range(1, len(pdf.pages) + 1):
            pages = [render(["pdftoppm", "-gray", "-r", str(DPI), "-f", str(number), "-l",
                             str(number), file]),
                     render(["mutool", "draw", "-q", "-F", "pgm", "-o", "-", "-r", str(DPI), file,
                             str(number)])]
            check_alike(number, pages, report)
            seen += check_sides(pdf, number, pages, report)
        noticed = readers.Report()
        blank = render(["pdftoppm", "-gray", "-r", str(DPI), "-f", "1", "-l", "1",
                        folder / "out" / "blank" / "form.pdf"])
        check_alike(1, [blank, pages[0]], noticed)
        check_sides(pdf, 1, [blank], noticed)
        report(len(noticed.problems) > 2, "an empty page goes unnoticed")
    report(seen == 2 * len(ALL), f"{seen} answers were seen")
    return report.finish(f"{seen} answers in two readers")


if __name__ == "__main__":
    sys.exit(main())
