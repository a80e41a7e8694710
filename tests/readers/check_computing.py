#!/usr/bin/python3
"""Forms compute: blank forms filled at random in pdf.js, its scripts running, come to what tandem
prints for a participant who gave these answers; and a filled form, worked out anew, stays as it is.
Usage: check_computing.py TANDEM PROJECT PDFJS_FOLDER [--self-test]"""
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

from readers import Report

RUNS = {"en-GB": ("GBP", 20), "en-US": ("USD", 8), "de": ("EUR", 12), "fr": ("EUR", 12)}
ROWS = 6
AGAIN = ("workbook.assistant", "summary.assistant", "pair")  # the first as the blank form

COURSE = """\
title: Computing
version: "1.0"
publisher: Nobody
language: {language}
currency: {currency}
start: 2026-01-05
as-of: 2026-03-02
template: classic
values: {{weeks: 46}}
respondents:
  assistant: {{label: Assistant}}
  executive: {{label: Executive}}
scales:
  frequency: [Never, Rarely, Sometimes, Often, Always]
  grade: {{from: 0, points: [None, Some, All]}}
scores:
  stage: {{title: Stage, mean: pace, respondent: assistant, answered: 0.6, decimals: 1, bands: [{{to: 2.0, name: Tell}}, {{to: 3.5, name: "Größe & <“Explain”>"}}, {{to: 5.0, name: Empower}}]}}
  own: {{title: Own, sum: pace, answered: 0.5, decimals: 0}}
  share: {{title: Share, percent: [grades.now, grades.then], decimals: 1, answered: 0.3, bands: [{{to: 0.5, name: Low}}, {{name: High}}]}}
  then: {{title: Then, mean: grades.then, decimals: 2}}
materials:
  - {{pdf: workbook, title: Workbook, modules: [asked, worked-out], each: respondent}}
  - {{pdf: pair, title: Pair, modules: [asked, worked-out]}}
  - {{pdf: summary, title: Summary, modules: [worked-out], each: respondent, blank: false}}
"""
ASKED = """\
---
id: asked
title: Asked
---

# Asked

::: {.rating #pace scale=frequency by="assistant executive"}
How often?
- One {#one dimension=trust}
- Two {#two dimension=trust reverse}
- Three {#three weight=2.5}
- Four {#four reverse weight=0.3}
- Five {#five}
:::

::: {.rating #grades scale=grade ask="now: Now; then: Then"}
How much?
- One {#one}
- Two {#two reverse}
- Three {#three weight=3}
:::

::: {.gap rating=grades between="now then"}
:::

::: {.choice #size}
Which?
- Small {#small}
- Large {#large}
:::

::: {.choice .many #rules}
Which of these?
- Phones off {#phones}
- On time {#time}
- Notes {#notes}
:::

::: {.checklist #done}
- [ ] First {#first}
- [ ] Second {#second}
- [ ] Third {#third}
:::

::: {.field #pay type=money}
Pay
:::

::: {.field #hours type=number}
Hours
:::

::: {.field #rise type=percent}
Rise
:::

::: {.field #began type=date}
Began
:::

::: {.field #ended type=date}
Ended
:::

::: {.field #remark type=text}
Remark
:::

::: {.log #work rows=6}
What was done.

| Day {#day type=date} | What {#what} | Kind {#kind options="Focus; Calm"} | Minutes {#minutes type=number total=sum} | Rate {#rate type=money total=mean} | Kept {#kept type=check total=count} | Worth {#worth type=money calc="minutes / 60 * rate" total=sum} |
|---|---|---|---|---|---|---|
:::
"""
CALCS = {
    "cost": ("format=money decimals=2", "pay / (course.weeks * hours)"),
    "plain": ("", "pay * (1 + rise)"),
    "third": ("format=number decimals=3", "cost / 3 - 0.0005"),
    "chain": ("format=money", "third * 3 + plain"),
    "share-of": ("format=percent decimals=1", "hours / (hours + sum(work.minutes))"),
    "long": ("format=days", "ended - began"),
    "later": ("", "began + 30"),
    "which": ("", "if(size@assistant == 'large', 10, 20) + count(rules@assistant)"),
    "least": ("", "min(hours, 7.25, count(work.what) + 3)"),
    "average": ("decimals=2", "mean(work.minutes)"),
    "ticked": ("decimals=0", "count(done)"),
    "row": ("decimals=0", "streak(work.kept)"),
    "worth": ("format=money decimals=2", "sum(work.worth) - abs(pay - 1000)"),
    "rounded": ("decimals=1", "round(hours * 1.15, 1) ^ 2"),
    "known": ("decimals=0", "if(has(remark) and not missing(hours), 1, 0)"),
    "points": ("decimals=1", "score.stage.value * 10 - score.share.value@assistant"),
    "lacking": ("decimals=0", "score.stage.missing"),
    "pace-mean": ("decimals=2", "mean(pace@assistant) + 0 * grades.one.now@assistant"),
    "mixed": ("format=money decimals=2", "bonus * 2.5 + pay"),
    "later-than": ("", "began > 2026-02-01 or hours >= 8"),
}


# Asked where the rest is worked out: a report without the questions has this one alone.
BONUS = "::: {.field #bonus type=number}\nBonus\n:::\n\n"


def worked_out():
    calcs = "".join(f"::: {{.calc #{name} {look}}}\nThe {name} = {text}\n:::\n\n"
                    for name, (look, text) in CALCS.items())
    scores = "".join(f"::: {{.score score={name} chart=none}}\n:::\n\n"
                     for name in ("stage", "own", "share", "then"))
    return f"---\nid: worked-out\ntitle: Worked out\n---\n\n# Worked out\n\n{BONUS}{calcs}{scores}"


class Language:
    """How people of a language type."""

    def __init__(self, name):
        self.group, self.point = {"en": (",", "."), "de": (".", ","), "fr": ("\u202f", ",")}[name[:2]]
        self.us = name == "en-US"

    def number(self, value, dice):
        whole, _, decimals = f"{value:.15g}".partition(".")
        if dice.random() < 0.5:
            whole = re.sub(r"(?<=\d)(?=(\d{3})+$)", self.group, whole)
        return whole + (self.point + decimals if decimals else "")

    def date(self, iso, dice):
        year, month, day = iso.split("-")
        first, second = (month, day) if self.us else (day, month)
        return dice.choice([iso, f"{int(first)}/{int(second)}/{year}", f"{first}.{second}.{year}"])


def answers(language, dice):
    """Random answers: (as a file of answers, as [field, what is typed])."""
    given, typed = {}, []

    def maybe():
        return dice.random() < 0.8

    def put(name, value, field=None, text=None):
        given[name] = value
        typed.append([field or name, text or str(value)])
    pace = {item: dice.randint(1, 5) for item in ("one", "two", "three", "four", "five") if maybe()}
    grades = {item: {ask: dice.randint(0, 2) for ask in ("now", "then") if maybe()}
              for item in ("one", "two", "three")}
    if pace:
        given["pace"] = pace
        typed += [[f"pace.{item}", str(point)] for item, point in pace.items()]
    grades = {item: asks for item, asks in grades.items() if asks}
    if grades:
        given["grades"] = grades
        typed += [[f"grades.{item}.{ask}", str(point)]
                  for item, asks in grades.items() for ask, point in asks.items()]
    if maybe():
        put("size", dice.choice(["small", "large"]))
    rules = [rule for rule in ("phones", "time", "notes") if dice.random() < 0.5]
    if rules:
        given["rules"] = rules
        typed += [[f"rules.{rule}", rule] for rule in rules]
    done = {item: True for item in ("first", "second", "third") if dice.random() < 0.5}
    if done:
        given["done"] = done
        typed += [[f"done.{item}", "Yes"] for item in done]
    for name, most, decimals in (("bonus", 9000, 2), ("pay", 2000000, 2), ("hours", 60, 1), ("rise", 20, 1)):
        if maybe():
            value = round(dice.uniform(0.5, most), dice.choice([0, decimals])) or 1
            put(name, int(value) if value == int(value) else value,
                text=language.number(value, dice) + (" %" if name == "rise" and maybe() else ""))
    for name, year in (("began", 2025), ("ended", 2026)):
        if maybe():
            day = f"{year}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
            put(name, day, text=language.date(day, dice))
    if maybe():
        put("remark", dice.choice(["fine", "–", "3"]))
    rows = []
    for row in range(1, dice.randint(0, ROWS - 1) + 1):
        cells = {"what": f"Row {row}", "minutes": dice.randint(1, 5000)}
        texts = {"what": cells["what"], "minutes": language.number(cells["minutes"], dice)}
        if maybe():
            cells["kind"] = texts["kind"] = dice.choice(["focus", "calm"])
        if maybe():
            cells["rate"] = dice.randint(100, 99999) / 100
            texts["rate"] = language.number(cells["rate"], dice)
        if dice.random() < 0.6:
            cells["kept"], texts["kept"] = True, "Yes"
        rows.append(cells)
        typed += [[f"work.{name}.r{row}", text] for name, text in texts.items()]
    if rows:
        given["work"] = rows
    typed.append(["_respondent", "assistant"])
    dice.shuffle(typed)
    return given, typed


def build(tandem, project, folder, language):
    currency, runs = RUNS[language]
    shutil.copytree(project / "templates", folder / "templates")
    modules = folder / "content" / "modules"
    modules.mkdir(parents=True)
    (folder / "content" / "course.yml").write_text(
        COURSE.format(language=language, currency=currency))
    (modules / "asked.md").write_text(ASKED)
    (modules / "worked-out.md").write_text(worked_out())
    dice, people = random.Random(language), {}
    for run in range(runs):
        given, typed = answers(Language(language), dice)
        place = folder / "content" / "answers" / f"run-{run}"
        place.mkdir(parents=True)
        (place / "profile.yml").write_text("{}\n")
        (place / "2026-02-01.assistant.yml").write_text(
            json.dumps(given or {"remark": "fine"}, ensure_ascii=False))
        people[f"run-{run}"] = typed if given else [["remark", "fine"]]
    made = subprocess.run([tandem, "build", "--course", folder], capture_output=True, text=True)
    if made.returncode:
        sys.exit(f"{language}: {made.stderr}")
    return people


def run(pdfjs_folder, folder, jobs):
    (folder / "jobs.json").write_text(json.dumps(jobs))
    script = pathlib.Path(__file__).with_name("pdfjs_run.mjs")
    done = subprocess.run(["node", script, pdfjs_folder, folder / "jobs.json"],
                          capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    return json.loads(done.stdout)


def computed(result):
    """What was worked out, by name: an edition for the answers says apart what it lacks."""
    fields = {name: result["fields"].get(name) or "" for name in result["order"]}
    for name in list(fields):
        if not name.startswith("_answered."):
            continue
        lacks, value = fields.pop(name), "_score." + name[len("_answered."):]
        figure = "" if fields.get(value) in ("", "—", None) else fields[value]
        fields[value] = " · ".join(part for part in (figure, lacks) if part)
    return {name: "" if value == "—" else value for name, value in fields.items()}


def compare(language, person, given, typed, filled, report):
    blank, own = computed(typed), computed(filled)
    where = f"{language}: {person}"
    report(not typed["errors"] and not filled["errors"],
           f"{where}: {typed['errors'] + filled['errors']}")
    report(not typed["said"], f"{where}: the form asks {typed['said']}")
    count = compare_gaps(where, blank, dict(given), report)
    names = set(blank) & set(own)
    report(len([name for name in CALCS if name in names]) == len(CALCS),
           f"{where}: not worked out: {set(CALCS) - names}")
    for name in sorted(names):
        report(blank[name] == own[name], f"{where}: {name} is {blank[name]!r}, printed {own[name]!r}")
    return len(names) + count


def compare_gaps(where, blank, given, report):
    """The table of two views is there before anybody has worked it out: both numbers, and what is
    between them. Widest gaps stand first on a printed page only."""
    count = 0
    for name, value in blank.items():
        if not name.startswith("_gap"):
            continue
        _, _, item, part = name.split(".")
        now, then = (given.get(f"grades.{item}.{ask}") for ask in ("now", "then"))
        gap = "" if None in (now, then) else str(int(now) - int(then)).replace("-", "\u2212")
        expected = {"first": now or "", "second": then or "", "gap": gap}[part]
        count += report(value == expected, f"{where}: {name} is {value!r}, not {expected!r}")
    report(len([name for name in blank if name.startswith("_gap")]) == 9,
           f"{where}: gaps are not worked out")
    return count


def check(tandem, project, pdfjs_folder, report, change=None, languages=RUNS):
    count = 0
    for language in languages:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            people = build(tandem, project, folder, language)
            if change:
                change(people)
            out = folder / "out"
            jobs = [{"file": str(out / "blank" / "workbook.pdf"), "values": typed}
                    for typed in people.values()]
            again = [{"file": str(out / person / f"{material}.pdf"), "values": []}
                     for person in people for material in AGAIN]
            results = run(pdfjs_folder, folder, jobs)
            fresh = run(pdfjs_folder, folder, again)
        for i, ((person, given), typed) in enumerate(zip(people.items(), results)):
            count += compare(language, person, given, typed, before(fresh[len(AGAIN) * i]), report)
        for i, result in enumerate(fresh):
            for name in result["order"]:
                was, now = result["held"].get(name) or "", result["fields"].get(name) or ""
                count += 1
                report(was == now, f"{language}: {again[i]['file'][-40:]}: {name} was printed as "
                                   f"{was!r} and becomes {now!r}")
    return count


def before(result):
    return dict(result, fields=result["held"])


def self_test(tandem, project, pdfjs_folder):
    """Another answer than the printed one must be noticed."""
    def change(people):
        for typed in people.values():
            typed.append(["hours", "61"])
    report = Report()
    check(tandem, project, pdfjs_folder, report, change, ["de"])
    assert report.problems, "another answer went unnoticed"
    return 0


def main():
    tandem, project, pdfjs_folder = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
    if "--self-test" in sys.argv:
        return self_test(tandem, project, pdfjs_folder)
    report = Report()
    count = check(tandem, project, pdfjs_folder, report)
    return report.finish(f"{count} values worked out in {sum(n for _, n in RUNS.values())} forms")


if __name__ == "__main__":
    sys.exit(main())
