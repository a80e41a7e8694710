#!/usr/bin/python3
"""The pictures of the authors' guide, made from its own examples.

    make.py TANDEM                 makes all of them again
    make.py TANDEM NAME…           only these
    make.py TANDEM --check         makes none: every example must build without a word from tandem, and
                                   must be the one its picture was made from

A picture belongs to the nearest example (a ```markdown fence) above it. Its name says how it is shown:
NAME-filled.png with somebody's answers, NAME-cohort.png for a group, NAME-sheet.png in the tracker, else
blank. What an example refers to (a rating, a log) is taken from the other examples of the guide, and
what none of them defines from DEFINITIONS below. Needs poppler-utils and imagemagick, and for sheets
libreoffice-calc-nogui."""
import hashlib
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CONTENT = HERE.parent.parent
GUIDE = CONTENT / "README.md"
RECORD = HERE / "sources.txt"
DPI, SHOWN_DPI = 120, 170
TOP_MM, BOTTOM_MM = 19, 25  # running head, page number and code

COURSE = """\
title: A course
version: "1.0"
language: en-GB
currency: GBP
start: 2026-09-01
as-of: 2026-12-15
template: classic
values: {weeks: 46}
profile: {assistant.name: text, executive.name: text}
respondents:
  assistant: {label: Assistant}
  executive: {label: Executive}
sittings:
  - {id: start, title: Start, from: 2026-09-01, to: 2026-09-30}
  - {id: middle, title: Middle, from: 2026-10-01, to: 2026-11-15}
  - {id: end, title: End, from: 2026-11-16, to: 2026-12-31}
scales:
  frequency: [Never, Rarely, Sometimes, Often, Always]
  level: [Very low, Low, Medium, High, Very high]
scores:
  stage:
    title: Partnership stage
    mean: relationship
    respondent: assistant
    decimals: 1
    bands: [{to: 2.0, name: Tell}, {to: 3.0, name: Explain}, {to: 4.0, name: Consult}, {to: 5.0, name: Empower}]
  reasons: {title: Reasons and voice, mean: relationship, by: dimension, decimals: 1}
materials:
"""

DEFINITIONS = ["""\
::: {.rating #relationship scale=frequency by="assistant executive" title="Relationship assessment"}
How often is this true?

- I hear the reasoning behind a decision. {#reasoning dimension=reasons}
- I wait days for an answer. {#waiting dimension=reasons reverse}
- I am asked before it is decided. {#asked dimension=voice}
- My view is taken seriously. {#view dimension=voice}
:::
""", """\
::: {.field #assistant-pay type=money}
What the assistant costs a year
:::
""", """\
::: {.log #plan-week rows=4 title="This week"}
| By {#due type=date due=done width=2} | What {#task width=5} | Done {#done type=check} |
|---|---|---|
:::
""", """\
::: {.write #hope}
What should be different in December?
:::
"""]

ANSWERS = {
    "2026-09-07.assistant": {
        "relationship": {"reasoning": 2, "waiting": 4, "asked": 2, "view": 3},
    },
    "2026-10-19.assistant": {
        "relationship": {"reasoning": 3, "waiting": 3, "asked": 2, "view": 4},
    },
    "2026-12-09.assistant": {
        "relationship": {"reasoning": 4, "waiting": 3, "asked": 3, "view": 4},
        "expectations": {"honesty": {"importance": 5, "now": 4}, "boundaries": {"importance": 4, "now": 4},
                         "decisions": {"importance": 5, "now": 2}},
        "exec-pay": 1000000, "assistant-pay": 80000,
        "hope": "That we talk before things are urgent.",
        "plan-week": [
            {"due": "2026-12-16", "task": "The board pack to the printer", "done": "false"},
            {"due": "2026-12-14", "task": "Ask Meera about the January travel", "done": "true"},
            {"due": "2026-12-18", "task": "Agree on the days between the years", "done": "false"}],
    },
    "2026-12-09.executive": {
        "relationship": {"reasoning": 5, "waiting": 2, "asked": 4, "view": 4},
        "expectations": {"honesty": {"importance": 5, "now": 5}, "boundaries": {"importance": 3, "now": 4},
                         "decisions": {"importance": 4, "now": 4}},
    },
}
PAIRS = {"distribution-cohort": 16, "movement-cohort": 16, "roster-cohort": 5}
LOW = {"write", "use-filled", "repeat"}  # lines to write on fill a page: a lower one
PEOPLE = "Ada Okonjo", "Ben Lindqvist"  # invented


def examples():
    """(name of the picture, source of its example), in the guide's order."""
    source = None
    for fence, text, name in re.findall(r"^(```)markdown\n(.*?)^```$|^!\[[^\n]*\]\(images/guide/([a-z-]+)\.png\)$",
                                        GUIDE.read_text(), re.MULTILINE | re.DOTALL):
        if fence:
            source = text
        else:
            yield name, source


def ids_of(source):
    return set(re.findall(r"^:::+ \{[^}\n]*#([a-z0-9-]+)", source, re.MULTILINE))


def wanted_by(source):
    """Words that may be ids of other blocks."""
    return set(re.findall(r"[a-z][a-z0-9-]*", source)) | {"relationship"}


def definitions_for(source, pool):
    """What the example refers to, and what that refers to."""
    have, found, asked = ids_of(source), [], wanted_by(source)
    more = True
    while more:
        more = False
        for text in pool:
            ids = ids_of(text)
            if ids and ids & asked and not ids & have:
                found.append(text)
                have |= ids
                asked |= wanted_by(text)
                more = True
    return found, have


def as_yaml(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {as_yaml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(as_yaml(item) for item in value) + "]"
    if isinstance(value, str) and value not in ("true", "false") and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return '"' + value + '"'
    return str(value)


def items_of(texts):
    return set(re.findall(r"\{#([a-z0-9-]+)", "\n".join(texts)))


def answers_for(answers, have, items):
    """Those that the course asks for."""
    for block, value in answers.items():
        if block not in have:
            continue
        if isinstance(value, dict):
            value = {item: answer for item, answer in value.items() if item in items}
        if value:
            yield f"{block}: {as_yaml(value)}\n"


def write_course(folder, name, source, pool):
    found, have = definitions_for(source, pool)
    content = folder / "content"
    (content / "modules").mkdir(parents=True)
    (folder / "templates").symlink_to(CONTENT.parent / "templates")
    cohort = name.endswith("-cohort")
    kind = "each: cohort, " if cohort else ""
    paper = "a5-landscape" if name in LOW else "a4"
    rows = f"  - {{pdf: sample, title: Sample, modules: [sample], {kind}paper: [{paper}], cover: true}}\n"
    sheets = sorted(ids_of(source)) if name.endswith("-sheet") else []
    if sheets:
        rows += f"  - {{xlsx: sheets, title: Sheets, sheets: [{', '.join(sheets)}]}}\n"
    (content / "course.yml").write_text(COURSE + rows)
    split = "\n::: {.page-break}\n:::\n\n"
    marked = source if name.endswith("facilitator") else source.replace("{.facilitator}", "{.note}")
    (content / "modules" / "sample.md").write_text(
        f"---\nid: sample\ntitle: Sample\n---\n\n# Sample\n\nBefore.\n{split}{marked}")
    (content / "modules" / "definitions.md").write_text(
        "---\nid: definitions\ntitle: Definitions\n---\n\n# Definitions\n\n" + "\n".join(found))
    if name.endswith(("-filled", "-cohort", "-sheet")):
        write_answers(content / "answers", have, items_of([source, *found]), PAIRS.get(name, 1))


def write_answers(folder, have, items, count):
    for number in range(count):
        person = folder / (f"pair-{number + 1:02}" if count > 1 else "okonjo-lindqvist")
        person.mkdir(parents=True)
        (person / "profile.yml").write_text(
            f"assistant.name: {PEOPLE[0]}\nexecutive.name: {PEOPLE[1]}\n" + ("cohort: autumn\n" if count > 1 else ""))
        for day, answers in ANSWERS.items():
            if count > 1:  # spread over the scale, the same every time
                moved = number % 3 * list(ANSWERS).index(day) // 2 if number % 5 else -1
                answers = {"relationship": {item: min(5, max(1, 1 + (number * 7 + place * 3) % 4 + moved))
                                            for place, item in enumerate(ANSWERS["2026-09-07.assistant"]["relationship"])}}
            lines = "".join(answers_for(answers, have, items))
            if lines:
                (person / f"{day}.yml").write_text(lines)


def build(tandem, folder):
    done = subprocess.run([tandem, "build", "--course", folder], capture_output=True, text=True, check=False)
    words = [line for line in done.stderr.splitlines() if line]
    return done.returncode == 0 and not words, done.stderr


def page_of(folder, name):
    """The page with the example, the last of the file that shows it; how much of its foot is not of it."""
    if name.endswith("-sheet"):
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
                        "--outdir", folder, *(folder / "out").glob("okonjo-lindqvist/sheets.xlsx")],
                       check=True, capture_output=True)
        return folder / "sheets.pdf", 1, 0
    where = {"filled": "okonjo-lindqvist", "cohort": "cohort/autumn"}.get(name.rsplit("-", 1)[-1], "blank")
    pdf = folder / "out" / where / "sample.pdf"
    said = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    return pdf, int(re.search(r"^Pages: +(\d+)$", said, re.MULTILINE).group(1)), BOTTOM_MM


# The part of a printed sheet below its running head with the first sittings: the rest is room.
SHEET_CUT = ["-gravity", "northwest", "-crop", "58%x48%+0+70", "+repage"]


def draw(folder, name):
    pdf, page, bottom = page_of(folder, name)
    picture = folder / "page"
    subprocess.run(["pdftoppm", "-r", str(DPI), "-f", str(page), "-l", str(page), "-singlefile", "-png", pdf, picture],
                   check=True)
    cut = ["-gravity", "north", "-chop", f"0x{round(TOP_MM / 25.4 * DPI)}",
           "-gravity", "south", "-chop", f"0x{round(bottom / 25.4 * DPI)}"] if bottom else SHEET_CUT
    subprocess.run(["convert", f"{picture}.png", *cut, "-trim", "+repage",
                    "-bordercolor", "white", "-border", "14", "-bordercolor", "#c5cdd1", "-border", "1",
                    "+dither", "-colors", "32", "-units", "PixelsPerInch", "-density", str(SHOWN_DPI), "-strip",
                    "-define", "png:exclude-chunks=date,time", HERE / f"{name}.png"], check=True)


def main(words):
    tandem, check = pathlib.Path(words[0]).resolve(), "--check" in words
    only = [word for word in words[1:] if not word.startswith("--")]
    pairs = list(examples())
    pool = [source for _, source in dict.fromkeys(pairs)] + DEFINITIONS
    record, wrong = {}, 0
    known = dict(line.split() for line in RECORD.read_text().splitlines()) if RECORD.exists() else {}
    for name, source in pairs:
        record[name] = hashlib.sha256(source.encode()).hexdigest()
        if only and name not in only:
            continue
        with tempfile.TemporaryDirectory() as work:
            folder = pathlib.Path(work)
            write_course(folder, name, source, pool)
            clean, said = build(tandem, folder)
            if not clean:
                wrong += 1
                print(f"{name}: the example does not build:\n{said}")
            elif not check:
                draw(folder, name)
        if check and (known.get(name) != record[name] or not (HERE / f"{name}.png").exists()):
            wrong += 1
            print(f"{name}.png was made from another example: run content/images/guide/make.py")
    if check:
        spare = {path.stem for path in HERE.glob("*.png")} - set(record)
        wrong += len(spare)
        print(*(f"{name}.png is in no example" for name in sorted(spare)), f"{len(pairs)} examples, {wrong} wrong", sep="\n")
    else:
        RECORD.write_text("".join(f"{name} {record[name]}\n" for name in sorted(record)))
    return int(bool(wrong) or not pairs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
