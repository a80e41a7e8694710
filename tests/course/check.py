#!/usr/bin/python3
"""Published questionnaires as courses: their keys give the published scores of worked examples, and those
that were worked out by hand.

    check.py TANDEM TEMPLATES WORK

For each folder beside this file: what the pages print, and what the reference (../reference/score.py)
makes of the same sources, against expected.tsv."""
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "reference"))

import agree  # noqa: E402
import score  # noqa: E402


def expected(folder):
    for line in (folder / "expected.tsv").read_text().splitlines():
        if not line.startswith("#"):
            identity, *values = line.split("\t")
            yield identity, values


def check(tandem, templates, folder, work):
    target = work / folder.name
    shutil.copytree(folder, target)
    (target / "templates").symlink_to(pathlib.Path(templates).resolve())
    done = subprocess.run([tandem, "build", "--course", target], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          text=True, check=False)
    if done.returncode:
        sys.exit(f"tandem build failed:\n{done.stderr[-2000:]}")
    course, names, wrong, compared = score.Course(target), score.names_of(target), 0, 0
    for identity, values in expected(folder):
        page = agree.page_values(target / "out" / identity / "report.pdf")
        person = score.Person(course, course.people[identity])
        for row, (name, value) in enumerate(zip(names, values, strict=True)):
            compared += 1
            for where, got in (("on the page", page.get(row)), ("by the reference", score.page(course, person, name))):
                if got != value:
                    wrong += 1
                    print(f"{folder.name}, {identity}: {name} is {got!r} {where}, {value!r} by hand")
    print(f"{folder.name}: {compared} results, {wrong} differ")
    return wrong or not compared


def main(words):
    work = pathlib.Path(words[2])
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    folders = sorted(path.parent for path in HERE.glob("*/expected.tsv"))
    return int(any([check(words[0], words[1], folder, work) for folder in folders]) or not folders)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
