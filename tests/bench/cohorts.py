"""Cohorts of many participants: time and memory of checking, of reports, workbooks and data.

    python3 cohorts.py TANDEM PROJECT [PEOPLE [COHORTS]]

The sample pair is multiplied, every copy with its own answers to ratings, into cohorts of one size."""
import pathlib
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

import courses

MATERIALS = """materials:
  - {pdf: cohort-report, modules: [cohort-bench], each: cohort, anonymous: true}
  - {xlsx: cohort-book, sheets: [roster, distribution, movement, gaps, participants], each: cohort}
  - {data: answers, each: cohort}
"""
REPORT = """---
id: cohort-bench
title: The cohort
---

# The cohort

{{cohort.name}}: {{cohort.count}} pairs.

::: {.distribution score=stage}
:::

::: {.gap rating=relationship between=respondents}
:::
"""


def make(project, folder, people, cohorts):
    course = courses.Course(project, folder).add_people(people)
    text = course.settings.read_text()
    course.settings.write_text(re.sub(r"^materials:\n(?:[ #].*\n|\n)*", MATERIALS, text, flags=re.M))
    (course.folder / "content/modules/cohort-bench.md").write_text(REPORT)
    chance = random.Random(1)
    for number, pair in enumerate(sorted((course.folder / "content/answers").iterdir())):
        profile = pair / "profile.yml"
        text = re.sub(r"^cohort:.*\n", "", profile.read_text(), flags=re.M)
        profile.write_text(f"cohort: c{number % cohorts:03d}\n{text}")
        for file in pair.glob("2*.yml"):
            level = chance.choice([-1, 0, 0, 1])
            file.write_text(re.sub(r"^(relationship: \{.*\}|  +[a-z-]+: [1-5])$",
                                   lambda found: re.sub(r": ([1-5])\b", lambda n: f": {min(5, max(1, int(n[1]) + level))}",
                                                        found[0]), file.read_text(), flags=re.M))
    return course.folder


def measure(what, *command):
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(["/usr/bin/time", "-f", "%M", *command], capture_output=True, text=True)
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    lines = done.stderr.strip().splitlines()
    if done.returncode:
        sys.exit("\n".join(lines[:20]))
    print(f"| {what} | {wall:.1f} s | {cpu:.1f} s | {int(lines[-1]) / 1024:.0f} MB | {done.stdout.strip()} |", flush=True)


def main():
    tandem, project = sys.argv[1], sys.argv[2]
    people = int(sys.argv[3]) if len(sys.argv) > 3 else 10000
    cohorts = int(sys.argv[4]) if len(sys.argv) > 4 else 40
    folder = pathlib.Path(tempfile.mkdtemp(prefix="tandem-cohorts-"))
    try:
        make(project, folder / "course", people, cohorts)
        where = ["--course", folder / "course"]
        out = ["--out", folder / "out"]
        print(f"{people} participants in {cohorts} cohorts\n\n| what | time | CPU | peak memory | |\n|---|---|---|---|---|")
        measure("check", tandem, "check", *where)
        for material in ("cohort-report", "cohort-book", "answers")[:2 if people > 2000 else 3]:
            measure(material, tandem, "build", *where, *out, "--only", material)
            shutil.rmtree(folder / "out")
    finally:
        shutil.rmtree(folder)


main()
