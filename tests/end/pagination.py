#!/usr/bin/python3
"""`pagination: stable`: every chapter of a filled edition has the page label that it has in the
blank one, though long answers make chapters longer, by as much as their boxes grow; pages beyond are 8a, 8b. Without it
labels differ. Usage: pagination.py TANDEM COURSE"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

LONG = "It was a long week, and I wrote down all of it, one day after the other. " * 90


def labels(path):
    """The label of each page."""
    seen = json.loads(subprocess.run(["qpdf", "--json", "--json-key=pages", str(path)],
                                     stdout=subprocess.PIPE, check=True).stdout)["pages"]
    out = []
    for page in seen:
        label = page["label"] or {}
        start = label.get("/St", 1)
        style = {"/D": str(start), "/r": "r" + str(start)}.get(label.get("/S"), "")
        out.append(label.get("/P", "").removeprefix("u:") + style)
    return out


def chapters(path):
    outlines = json.loads(subprocess.run(["qpdf", "--json", "--json-key=outlines", str(path)],
                                         stdout=subprocess.PIPE, check=True).stdout)["outlines"]
    by_page = labels(path)
    return {entry["title"]: by_page[entry["destpageposfrom1"] - 1] for entry in outlines}


def build(tandem, course, folder, stable):
    shutil.copytree(pathlib.Path(course, "content"), folder / "content")
    shutil.copytree(pathlib.Path(course, "templates"), folder / "templates")
    template = folder / "templates/classic/template.yml"
    if stable:
        template.write_text(template.read_text() + "\npagination: stable\n")
    answers = sorted((folder / "content/answers/okafor-lind").glob("*assistant*.yml"))[-1]
    text = re.sub(r"(?m)^([a-z-]+): [>|]\n(?:  .*\n)*", rf"\1: {LONG}\n", answers.read_text())
    answers.write_text(text)
    subprocess.run([tandem, "build", "--course", str(folder), "--out", str(folder / "out")],
                   check=True, stdout=subprocess.DEVNULL)
    return folder / "out"


def main():
    tandem, course = sys.argv[1:3]
    for stable in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            out = build(tandem, course, pathlib.Path(folder), stable)
            for name in ("partnership-workbook{}.pdf", "partnership-workbook{}.letter.pdf"):
                blank = chapters(out / "blank" / name.format(""))
                path = out / "okafor-lind" / name.format(".assistant")
                filled = chapters(path)
                assert filled.pop("Continued answers") not in blank.values()
                assert len(blank) > 10 and blank.keys() == filled.keys()
                assert (blank == filled) == stable, (name, stable, blank, filled)
                beyond = [label for label in labels(path) if re.fullmatch(r"[0-9]+[a-z]", label)]
                assert bool(beyond) == stable, beyond
                assert len(set(labels(path))) == len(labels(path)), "a label stands twice"
    return 0


if __name__ == "__main__":
    sys.exit(main())
