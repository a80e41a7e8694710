#!/usr/bin/python3
"""Many participants out of one CSV: 48 items, two respondents, a report and a tracker each.

    crowd.py make FOLDER COUNT            a course with COUNT invented participants (no templates)
    crowd.py TANDEM WORK [COUNT…]         builds courses of 1,000 and 10,000, or of COUNTs, in WORK

Not a test: nothing passes or fails. Files are deleted again once a build is measured."""
import os
import pathlib
import random
import shutil
import sys
import time

PROJECT = pathlib.Path(__file__).resolve().parent.parent.parent
ITEMS, DIMENSIONS = 48, ("trust", "voice", "time", "aim")

COURSE = """\
title: A Crowd
version: "1.0"
language: en-GB
start: 2026-01-05
as-of: 2026-08-20
template: classic
profile: {name: text}
respondents:
  assistant: {label: Assistant}
  executive: {label: Executive}
columns: {Timestamp: date, Code: participant, Who: respondent, Your name: profile.name}
scales:
  frequency: [Never, Rarely, Sometimes, Often, Always]
scores:
  stage:
    title: Stage
    mean: week
    decimals: 1
    bands: [{to: 2.0, name: Tell}, {to: 3.0, name: Explain}, {to: 4.0, name: Consult}, {to: 5.0, name: Empower}]
  parts: {title: Parts, percent: week, by: dimension, decimals: 0}
materials:
  - {pdf: report, title: Report, modules: [report], blank: false}
  - {xlsx: tracker, title: Tracker, sheets: [dashboard, week, stage, parts]}
"""

REPORT = """\
---
id: report
title: Report
---

# Report

This is for {{name}}.

::: {.score score=stage chart=gauge}
:::

::: {.score score=parts chart=bars}
:::

::: {.gap rating=week between=respondents top=3}
:::
"""


def module():
    items = "".join(f"- Statement number {i + 1} of the week {{#s{i} dimension={DIMENSIONS[i % 4]}"
                    f"{' reverse' if i % 5 == 1 else ''}{' weight=2' if i % 7 == 2 else ''}}}\n"
                    for i in range(ITEMS))
    return ('---\nid: all\ntitle: All\n---\n\n# All\n\n::: {.rating #week scale=frequency '
            f'by="assistant executive" title="Week"}}\n{items}:::\n')


def make(folder, count):
    """Rows lie as a form has them: in the order in which people answered, not by participant."""
    content = pathlib.Path(folder) / "content"
    (content / "modules").mkdir(parents=True)
    (content / "answers").mkdir()
    (content / "course.yml").write_text(COURSE)
    (content / "modules/report.md").write_text(REPORT)
    (content / "modules/all.md").write_text(module())
    dice = random.Random(count)
    rows = [(n, who) for n in range(count) for who in ("Assistant", "Executive")]
    dice.shuffle(rows)
    with open(content / "answers/cohort-crowd.csv", "w", encoding="utf-8") as out:
        out.write("Timestamp,Code,Who,Your name," + ",".join(f"week.s{i}" for i in range(ITEMS)) + "\n")
        for n, who in rows:
            answers = ",".join(str(dice.randint(1, 5)) if dice.random() < 0.95 else "" for _ in range(ITEMS))
            out.write(f"2026-03-{1 + n % 28:02} 10:00,p-{n:05},{who},Person {n},{answers}\n")


def build(tandem, course, out, *options):
    words = [tandem, "build", "--course", str(course), "--out", str(out), *options]
    start = time.perf_counter()
    process = os.posix_spawnp(words[0], words, os.environ,
                              file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    _, status, usage = os.wait4(process, 0)
    if status:
        raise SystemExit("the build failed")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main(words):
    if words[0] == "make":
        return make(words[1], int(words[2]))
    work = pathlib.Path(words[1]).resolve()
    for count in [int(word) for word in words[2:]] or [1000, 10000]:
        course, out = work / f"crowd-{count}", work / f"crowd-{count}.out"
        shutil.rmtree(course, ignore_errors=True)
        make(course, count)
        (course / "templates").symlink_to(PROJECT / "templates")
        wall, cpu, peak = build(str(pathlib.Path(words[0]).resolve()), course, out)
        size = sum(file.stat().st_size for file in out.rglob("*.*"))
        print(f"{count:6} participants, {2 * count} files, {size / 1e6:.0f} MB: {wall:.1f} s, CPU {cpu:.1f} s, "
              f"{2 * count / cpu:.0f} files a second and core, {cpu / count * 1e3:.2f} ms a participant, "
              f"peak {peak:.1f} MiB", flush=True)
        shutil.rmtree(course)
        shutil.rmtree(out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
