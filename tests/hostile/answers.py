#!/usr/bin/python3
"""Answers that mean harm, or were exported by a program that had a bad day: CSV and YAML.

    answers.py TANDEM TEMPLATES WORK [NAME…]

Each case is a course of its own with one hostile file. tandem has to say what is wrong (or, where nothing
is, to build), within CPU time and memory, measured at the child, and to write nothing beside out/."""
import os
import pathlib
import resource
import shutil
import sys
import zipfile

SECONDS, MEBIBYTES = 10, 448
HEAD = "participant,date,respondent,name,week.a,week.b,wish\n"
ROW = "ann,2026-03-02,person,Ann,1,2,"

COURSE = """\
title: Hostile
version: "1.0"
language: en-GB
start: 2026-03-01
as-of: 2026-03-31
template: classic
profile: {name: {type: text, required: false}}
respondents:
  person: {label: Person}
scales:
  frequency: [Never, Sometimes, Always]
scores:
  calm: {title: Calm, mean: week}
materials:
  - {pdf: report, modules: [all], blank: false}
  - {xlsx: tracker, sheets: [week, wishes]}
"""

MODULE = """\
---
id: all
title: All
---

# All

This is {{name|your name}}.

::: {.rating #week scale=frequency}
- First {#a}
- Second {#b reverse}
:::

:::: {.group #wishes title="Wishes"}
::: {.write #wish lines=2}
Your wish?
:::
::::
"""

MANY = 10**6
BOMB = "".join(f"k{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" if n else "k0: &a0 [x]\n" for n in range(30))

# name: (makes the file's bytes or text, exit code, what has to be said), with "yml:" before a YAML file's.
CASES = {
    "a million columns": (lambda: HEAD.rstrip() + ",x" * MANY + "\n" + ROW + "x\n", 1, "more than 4000 cells"),
    "a million cells in a row": (lambda: HEAD + ROW + "," * MANY + "\n", 1, "more than 4000 cells"),
    "a header of 4,000 columns": (lambda: HEAD.rstrip() + "".join(f",x{n}" for n in range(3993)) + "\n" + ROW + "x\n", 0,
                                  "nothing is known of the column 'x1'"),
    "4,000 times the same column": (lambda: HEAD.rstrip() + ",wish" * 3993 + "\n" + ROW + "x\n", 1, "is the same answer as"),
    "a quote that is never closed": (lambda: HEAD + ROW + '"' + "x,\n" * (8 << 20), 1, "never closed"),
    "a quote that is never closed, in the header": (lambda: '"' + "x,\n" * (8 << 20), 1, "never closed"),
    "doubled quotes without end": (lambda: HEAD + ROW + '"' + '""' * (12 << 20) + '"\n', 1, "more than 32767"),
    "something behind every quote": (lambda: HEAD + (ROW + '"x"y\n') * 20000, 1, "follows the end of a quoted cell"),
    "NUL": (lambda: HEAD + ROW + "a\0b\n", 1, "not UTF-8"),
    "a terminal's commands": (lambda: HEAD + ROW + "\x1b[2J\n", 1, "U+001B"),
    "invalid UTF-8": (lambda: HEAD.encode() + ROW.encode() + b"\xc3\x28\n", 1, "UTF-8"),
    "Windows-1252": (lambda: (HEAD + ROW + "schön\n").encode("cp1252"), 1, "UTF-8"),
    "UTF-16":
        (lambda: ("\ufeff" + HEAD + ROW + "x\n").encode("utf-16-le"), 1, "UTF-8"),
    "UTF-16 without a mark": (lambda: (HEAD + ROW + "x\n").encode("utf-16-be"), 1, "not UTF-8"),
    "formulas": (lambda: HEAD + "ann,2026-03-02,person,=1+1,1,2,\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\n"
                 "bob,2026-03-02,person,@SUM(A1),1,2,=cmd|' /C calc'!A0\n", 0, "files in"),
    "markup": (lambda: HEAD + ROW + "**x** {{name}} <b> ![](/etc/passwd) ::: {.rating}\n", 0, "files in"),
    "a path for a participant": (lambda: HEAD + "../../gone,2026-03-02,person,Ann,1,2,x\n", 1, "not a participant's id"),
    "an absolute path": (lambda: HEAD + "/tmp/gone,2026-03-02,person,Ann,1,2,x\n", 1, "not a participant's id"),
    "a path of another system": (lambda: HEAD + "..\\gone,2026-03-02,person,Ann,1,2,x\n", 1, "not a participant's id"),
    "two dots": (lambda: HEAD + "..,2026-03-02,person,Ann,1,2,x\n", 1, "not a participant's id"),
    "a reserved participant": (lambda: HEAD + "blank,2026-03-02,person,Ann,1,2,x\n", 1, "blank"),
    "a path for a cohort": (lambda: HEAD.replace("name", "name,cohort") +
                            "ann,2026-03-02,person,Ann,../../gone,1,2,x\n", 1, "not an id"),
    "a path for a name": (lambda: HEAD + "ann,2026-03-02,person,../../gone,1,2,x\n", 0, "files in"),
    "a participant of 8 MiB": (lambda: HEAD + "a" * (8 << 20) + ",2026-03-02,person,Ann,1,2,x\n", 1, "more than 32767"),
    "a participant of 30,000 letters": (lambda: HEAD + "a" * 30000 + ",2026-03-02,person,Ann,1,2,x\n", 1, "is not"),
    "a header of 64 MiB": (lambda: "x" * ((64 << 20) - 2) + "\n", 1, "more than 32767"),
    "a cell of 64 MiB": (lambda: HEAD + ROW + "x" * ((64 << 20) - 2000) + "\n", 1, "more than 32767"),
    "more than 64 MiB": (lambda: HEAD + ROW + "x" * (64 << 20), 1, "64 MiB"),
    "a million empty lines": (lambda: HEAD + "\n" * MANY, 0, "no rows of answers"),
    "a million rows of commas": (lambda: HEAD + ",,,,,,\n" * MANY, 0, "no rows of answers"),
    "empty rows among others": (lambda: HEAD + ",,,,,,\n" * 1000 + ROW + "x\n" + ",,,,,,\n" * 1000, 0, "files in"),
    "a million wrong rows": (lambda: HEAD + "Ann!,x,y\n" * MANY, 1, "not a participant's id"),
    "a million rows of one participant": (lambda: HEAD + (ROW + "x\n") * MANY, 1, "more than 1000"),
    "no line break at all": (lambda: "x" * (1 << 20), 1, "more than 32767"),
    "nothing but delimiters": (lambda: ";" * (1 << 20), 1, "more than 4000 cells"),
    "yml: a bomb of anchors": (lambda: BOMB, 1, "anchor"),
    "yml: an alias to itself": (lambda: "week: &w {a: *w}\n", 1, "anchor"),
    "yml: nested without end": (lambda: "week: " + "[" * MANY, 1, "more than 64 levels"),
    "yml: maps nested without end": (lambda: "week: " + "{a: " * MANY, 1, "more than 64 levels"),
    "yml: indented without end": (lambda: "".join(" " * n + "a:\n" for n in range(2000)), 1, "more than 64 levels"),
    "yml: 100,000 unknown keys": (lambda: "".join(f"k{n}: 1\n" for n in range(100000)), 1, "nothing asks for 'k1'"),
    "yml: 100,000 times the same key": (lambda: "week: {}\n" * 100000, 1, "is given twice"),
    "yml: a quote never closed": (lambda: 'wish: "' + "x\n" * MANY, 1, "not closed"),
    "yml: a key of 3 MiB": (lambda: "x" * (3 << 20) + ": 1\n", 1, "error"),
    "yml: a tag": (lambda: "wish: !!python/object/apply:os.system [touch gone]\n", 1, "tag"),
    "yml: NUL": (lambda: 'wish: "a\\0b"\n', 1, "U+0000"),
    "yml: NUL as it is": (lambda: "wish: a\0b\n", 1, "not UTF-8"),
    "yml: invalid UTF-8": (lambda: b"wish: \xff\xfe\xfd\n", 1, "UTF-8"),
    "yml: UTF-16": (lambda: "\ufeffwish: x\n".encode("utf-16-le"), 1, "UTF-8"),
    "yml: more than 4 MiB": (lambda: "wish: " + "x" * (4 << 20), 1, "4 MiB"),
    "yml: another's folder": (lambda: "participant: ../../gone\nwish: x\n", 1, "is not the participant"),
}


def set_up(folder, name, data):
    for path in ("content/modules", "content/answers/eve"):
        (folder / path).mkdir(parents=True)
    (folder / "content/course.yml").write_text(COURSE)
    (folder / "content/modules/all.md").write_text(MODULE)
    target = "eve/2026-03-02.person.yml" if name.startswith("yml:") else "form.csv"
    if not name.startswith("yml:"):
        (folder / "content/answers/eve").rmdir()
    (folder / "content/answers" / target).write_bytes(data if isinstance(data, bytes) else data.encode())


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (4 * SECONDS, 4 * SECONDS))


def run(words, said):
    """Exit code, CPU seconds, peak memory in MiB."""
    child = os.fork()
    if child == 0:
        limit()
        out = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(out, 1)
        os.dup2(out, 2)
        os.execv(words[0], words)
    _, status, usage = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


# What a build remembers for the next one: these three and no more.
STATE = {f"course/.tandem{name}" for name in ("", "/.gitignore", "/out.state")}


def listing(folder):
    return {(path.relative_to(folder), path.lstat().st_size) for path in folder.rglob("*")
            if not path.relative_to(folder).parts[:2] == ("course", "out")
            and str(path.relative_to(folder)) not in STATE}


def formulas_in(out):
    """Trackers in which a participant's text became a formula."""
    wrong = []
    for path in out.rglob("*.xlsx"):
        with zipfile.ZipFile(path) as book:
            for part in book.namelist():
                text = book.read(part)
                if any(bad in text for bad in (b"<f>HYPERLINK", b"<f>1+1", b"<f>cmd", b"<f>SUM(A1)", b"externalLink")):
                    wrong.append(f"{path.parent.name}/{path.name}: {part}")
    return wrong


def check(tandem, templates, work, name, case):
    make, code, words = case
    shutil.rmtree(work, ignore_errors=True)
    course, said = work / "course", work / "said"
    set_up(course, name, make())
    (course / "templates").symlink_to(pathlib.Path(templates).resolve())
    said.write_bytes(b"")
    before = {one for one in listing(work) if one[0].name != "said"}
    got, seconds, memory = run([tandem, "build", "--course", str(course)], said)
    text = said.read_bytes().decode("utf-8", "replace")
    after = {one for one in listing(work) if one[0].name != "said"}
    wrong = []
    if got != code:
        wrong.append(f"exit code {got}, not {code}")
    if words not in text:
        wrong.append(f"'{words}' is not said")
    if seconds > SECONDS:
        wrong.append("too slow")
    if memory > MEBIBYTES:
        wrong.append("too much memory")
    if len(text) > 4 << 20:
        wrong.append(f"{len(text)} characters of messages")
    if any(ord(c) < 32 and c not in "\n\t" for c in text):
        wrong.append("controls in the messages")
    if before != after:
        wrong.append(f"written beside out/: {sorted(str(one[0]) for one in after - before)}")
    wrong += formulas_in(course / "out")
    print(f"{'wrong' if wrong else 'right'}  {seconds:6.2f} s {memory:6.0f} MiB  {name}"
          f"{': ' + '; '.join(wrong) if wrong else ''}", flush=True)
    if wrong:
        print("      " + text[:600].replace("\n", "\n      "))
    return bool(wrong)


def main(words):
    work = pathlib.Path(words[2]).resolve()
    wanted = words[3:] or list(CASES)
    wrong = sum(check(str(pathlib.Path(words[0]).resolve()), words[1], work, name, CASES[name]) for name in wanted)
    shutil.rmtree(work, ignore_errors=True)
    print(f"{len(wanted)} cases, {wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
