#!/usr/bin/python3
"""Three evaluations that share no line of code, over many invented people: what tandem prints on pages,
what score.py makes of the same sources, and what LibreOffice recalculates in the trackers of some.

    agree.py TANDEM TEMPLATES FOLDER [PEOPLE [TRACKERS]]
    agree.py --can-fail TANDEM TEMPLATES FOLDER

The second misreads one answer in the reference, which has to be noticed on its page. Exit code 1 if
anything differs, or if nothing was compared."""
import concurrent.futures
import datetime
import pathlib
import re
import shutil
import subprocess
import sys
from fractions import Fraction

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "xlsx"), str(HERE.parent / "xlsx/generated")]

import course as sources  # noqa: E402  (before check, which has a course of its own)
import score  # noqa: E402
import check as spreadsheets  # noqa: E402
import reader  # noqa: E402

EPOCH = datetime.date(1899, 12, 30)


def build(tandem, templates, folder, people, material):
    sources.write(folder, people)
    (folder / "templates").symlink_to(pathlib.Path(templates).resolve())
    done = subprocess.run([tandem, "build", "--course", folder, "--only", material],
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"tandem build failed:\n{done.stderr[-2000:]}")
    return folder


def page_values(report):
    """{number of the row: what stands beside it}."""
    text = subprocess.run(["pdftotext", "-layout", report, "-"], stdout=subprocess.PIPE, text=True,
                          check=True).stdout
    return {int(row): value.strip() for row, value in re.findall(r"^ (\d\d)((?:  +\S.*)?)$", text, re.M)}


class Agreement:
    def __init__(self):
        self.names, self.wrong, self.given, self.compared = sources.shown(), 0, 0, 0

    def open(self, folder):
        self.course, self.out = score.Course(folder), folder / "out"
        return sorted(self.course.people)

    def differ(self, message):
        self.wrong += 1
        if self.wrong <= 20:
            print(message)

    def compare_page(self, identity, person, values):
        for row, name in enumerate(self.names):
            expected = score.page(self.course, person, name)
            self.compared += 1
            self.given += bool(expected)
            if values.get(row) != expected:
                self.differ(f"{identity}: {name} is {values.get(row)!r} on the page, {expected!r} by the reference")

    def pages(self, people):
        reports = [self.out / identity / "report.pdf" for identity in people]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for identity, values in zip(people, pool.map(page_values, reports)):
                self.compare_page(identity, score.Person(self.course, self.course.people[identity]), values)

    # --- trackers

    def trackers(self, people, out):
        for identity in people:
            values, _, names = reader.read(out / f"{identity}.xlsx")
            person = score.Person(self.course, self.course.people[identity])
            for name, _, _ in sources.CALCS:
                cell = values.get(reader.cells_of(names["t_" + name.replace("-", "_")])[0])
                self.compare_cell(identity, name, person.name(name), cell)
            self.compare_scores(identity, person, {
                name: [values[place] for place in reader.cells_of(where) if values.get(place) not in (None, "")]
                for name, where in names.items() if name.startswith("t_")})

    def compare_scores(self, identity, person, cells):
        """Every sitting of every score, whoever's: its value, or how many answers there are."""
        for name, rule in self.course.yml["scores"].items():
            for who in [rule["respondent"]] if "respondent" in rule else self.course.respondents:
                for dimension in sources.DIMENSIONS if "by" in rule else [None]:
                    defined = "__".join(part for part in (f"t_{name}", dimension, who) if part)
                    wanted = [f"{answered} of {total} answered" if value is None else value
                              for _, (value, answered, total) in person.results(name, dimension, who)]
                    shown = cells.get(defined, [])
                    self.compare_cell(identity, f"the sittings of {defined}", len(wanted), float(len(shown)))
                    for value, cell in zip(wanted, shown):
                        self.compare_cell(identity, defined, value, cell)

    def compare_cell(self, identity, name, expected, cell):
        self.compared += 1
        self.given += expected is not None
        if isinstance(expected, datetime.date):
            expected = (expected - EPOCH).days
        if expected is None:
            same = cell in (None, "")
        elif isinstance(expected, str):
            same = cell == expected
        else:
            same = isinstance(cell, float) and abs(Fraction(cell) - expected) <= abs(expected) * Fraction(1, 10**12)
        if not same:
            self.differ(f"{identity}: {name} is {cell!r} in LibreOffice, "
                        f"{float(expected) if isinstance(expected, Fraction) else expected!r} by the reference")


def recalculate(course, folder):
    """Trackers worked out anew by LibreOffice, on the course's day; gives the folder they are in."""
    spreadsheets.AS_OF = (score.Course(course).as_of - EPOCH).days
    frozen, out = folder / "frozen", folder / "recalculated"
    frozen.mkdir()
    copies = []
    for tracker in sorted(course.glob("out/*/tracker.xlsx")):
        if tracker.parent.name != "blank":
            copies.append(frozen / f"{tracker.parent.name}.xlsx")
            spreadsheets.freeze(tracker, copies[-1])
    size = spreadsheets.BATCH  # LibreOffice gives up on hundreds at once
    batches = [copies[start:start + size] for start in range(0, len(copies), size)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(spreadsheets.convert, batches, [out] * len(batches), range(len(batches))))
    return out


def can_fail(tandem, templates, folder):
    agreement = Agreement()
    identity = agreement.open(build(tandem, templates, folder, 3, "report"))[0]
    agreement.pages([identity])
    before = agreement.wrong
    row = next(row for row in agreement.course.people[identity] if row["week.s0"])
    row["week.s0"] = "1" if row["week.s0"] not in ("1", "Never") else "5"
    agreement.pages([identity])
    return int(before != 0 or agreement.wrong == 0)


def main(words):
    failing = words[0] == "--can-fail" and bool(words.pop(0))
    folder = pathlib.Path(words[2])
    shutil.rmtree(folder, ignore_errors=True)
    if failing:
        return can_fail(words[0], words[1], folder)
    people, trackers = [int(word) for word in [*words[3:], "1000", "25"][:2]]
    agreement = Agreement()
    with concurrent.futures.ThreadPoolExecutor(1) as beside:
        course = build(words[0], words[1], folder / "trackers", trackers, "tracker")
        recalculated = beside.submit(recalculate, course, folder)
        everybody = agreement.open(build(words[0], words[1], folder / "pages", people, "report"))
        agreement.pages(everybody)
        said = f"{len(everybody)} people: {agreement.compared} results on pages, {agreement.given} of them given"
        few = agreement.open(course)
        agreement.trackers(few, recalculated.result())
    print(f"{said}; {len(few)} trackers recalculated, {agreement.compared} compared in all, "
          f"{agreement.wrong} differ")
    return int(agreement.wrong > 0 or not agreement.given)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
