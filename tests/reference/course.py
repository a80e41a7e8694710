"""A course of everything that is worked out, and a CSV of invented people: missing items, reversed and
weighted ones, two respondents, up to three sittings, dates, days after the build. Same seed, same course."""
import random

ITEMS, DIMENSIONS = 9, ("trust", "voice", "time")
SITTINGS = (("start", 2), ("middle", 4), ("end", 6))

COURSE = """\
title: Reference
version: "1.0"
language: en-GB
currency: GBP
start: 2026-01-05
as-of: 2026-06-14
template: classic
values: {weeks: 46}
profile: {name: text}
respondents:
  assistant: {label: Assistant}
  executive: {label: Executive}
sittings:
  - {id: start, from: 2026-02-01, to: 2026-02-28}
  - {id: middle, from: 2026-04-01, to: 2026-04-30}
  - {id: end, from: 2026-06-01, to: 2026-06-30}
columns: {name: profile.name}
scales:
  frequency: [Never, Rarely, Sometimes, Often, Always]
  balance: {from: -2, points: [Far less, Less, The same, More, Far more]}
scores:
  stage:
    title: Stage
    mean: week
    respondent: assistant
    decimals: 1
    bands: [{to: 2.0, name: Tell}, {to: 3.0, name: Explain}, {to: 4.0, name: Consult}, {to: 5.0, name: Empower}]
  views: {title: Both views, mean: week, answered: 0.5, decimals: 2}
  parts: {title: Parts, percent: week, by: dimension, answered: 0.6, decimals: 0, bands: [{to: 25, name: Low}, {to: 50, name: Middle}, {name: High}]}
  shift: {title: Shift, mean: change, answered: 0, decimals: 1, bands: [{to: -0.5, name: Down}, {to: 0.5, name: Level}, {name: Up}]}
  ready: {title: Ready, sum: change, respondent: executive, answered: 1, decimals: 0}
  pooled: {title: Pooled, mean: [week, wish.now], decimals: 3}
  wishes: {title: Wishes, percent: wish, answered: 0.75, decimals: 1}
materials:
  - xlsx: tracker
    title: Tracker
    sheets: [dashboard, week, change, wish, figures, stage, views, parts, shift, ready, pooled, wishes]
  - {pdf: report, title: Report, modules: [report], blank: false}
"""

FIELDS = (("pay", "money"), ("hours", "number"), ("share", "percent"), ("begun", "date"), ("review-on", "date"))

CALCS = (
    ("gap", "format=number decimals=2", "score.views.value@assistant - score.views.value@executive"),
    ("gap-of-trust", "format=percent decimals=0",
     "score.parts.trust.value@assistant - score.parts.trust.value@executive"),
    ("hour-cost", "format=money decimals=2", "pay / (hours * course.weeks)"),
    ("worth", "format=money decimals=0", "hour-cost * hours * share + 8% * pay"),
    ("level", "format=number decimals=2", "mean(week@assistant)"),
    ("spread", "format=number decimals=0", "max(week@executive) - min(week@executive)"),
    ("filled", "format=number decimals=0", "count(week@assistant, wish@executive)"),
    ("lasted", "format=days decimals=0", "review-on - begun"),
    ("since", "format=days decimals=0", "today() - begun"),
    ("bonus", "format=money decimals=2", "if(score.stage.value >= 3 and hours > 20, pay * share, 0)"),
    ("month", "format=money decimals=2", "round(pay / 12, 2) - 100"),
    ("square", "format=number decimals=3", "-(hours - 20)^2 / 7"),
    ("least", "format=number decimals=2", "min(score.views.value@assistant, score.views.value@executive, 3)"),
    ("both", "format=number decimals=0", "if(has(pay) or missing(hours), 1, 2)"),
    ("early", "format=number decimals=0", "if(review-on <= 2026-03-15 and begun < review-on, 1, 0)"),
)


def items(count, dimensions):
    return [f"- Statement {i + 1} {{#s{i} dimension={dimensions[i % len(dimensions)]}"
            f"{' reverse' if i % 3 == 1 else ''}{' weight=2' if i % 4 == 2 else ''}"
            f"{' weight=0.5' if i % 5 == 3 else ''}}}" for i in range(count)]


def shown():
    names = [f"score.stage.{part}" for part in ("value", "name", "answered", "missing", "change")]
    names += ["score.stage.value@first", "score.stage.name@previous", "score.stage.value@middle",
              "score.stage.value@executive", "score.stage.change@end"]
    for who in ("assistant", "executive"):
        names += [f"score.views.value@{who}", f"score.views.change@{who}", f"score.pooled.value@{who}",
                  f"score.shift.value@{who}", f"score.shift.name@{who}", f"score.wishes.value@{who}",
                  f"score.wishes.missing@{who}@start"]
        names += [f"score.parts.{part}.value@{who}" for part in DIMENSIONS]
        names += [f"score.parts.{part}.name@{who}" for part in DIMENSIONS]
    return names + ["score.ready.value", "score.ready.answered", "week.s2@executive", "review-on", "pay", "share"] + \
        [name for name, _, _ in CALCS]


def modules():
    lines = ["---\nid: all\ntitle: All\n---\n\n# All\n",
             '::: {.rating #week scale=frequency by="assistant executive" title="Week"}', *items(ITEMS, DIMENSIONS),
             ":::\n", '::: {.rating #change scale=balance by="assistant executive" title="Change"}',
             *items(4, ("all",)), ":::\n",
             '::: {.rating #wish scale=frequency ask="importance: How important; now: How it is now" '
             'by="assistant executive" title="Wishes"}',
             "- Honesty {#honesty}", "- Growth {#growth weight=3}", "- Limits {#limits reverse}", ":::\n",
             ':::: {.group #figures title="Figures"}\n']
    for name, kind in FIELDS:
        lines += [f"::: {{.field #{name} type={kind}}}", name.capitalize(), ":::\n"]
    for name, options, expression in CALCS:
        lines += [f"::: {{.calc #{name} {options}}}", f"{name.capitalize()} = {expression}", ":::\n"]
    lines.append("::::\n")
    report = ["---\nid: report\ntitle: Report\n---\n\n# Report\n", "| Name | Value |", "|---|---|",
              *[f"| {n:02} | {{{{{name}}}}} |" for n, name in enumerate(shown())]]
    return {"all.md": "\n".join(lines) + "\n", "report.md": "\n".join(report) + "\n"}


def columns():
    names = [f"week.s{i}" for i in range(ITEMS)] + [f"change.s{i}" for i in range(4)]
    names += [f"wish.{item}.{ask}" for item in ("honesty", "growth", "limits") for ask in ("importance", "now")]
    return ["participant", "date", "respondent", "name"] + names + [name for name, _ in FIELDS]


def rows(seed):
    """The rows of one participant; the last sitting may be answered after the build's day."""
    dice = random.Random(seed)
    chance = dice.choice((0.6, 0.85, 1))

    def some(low, high):
        return dice.randint(low, high) if dice.random() < chance else ""

    points = ("Never", "Rarely", "Sometimes", "Often", "Always")
    for _, month in SITTINGS[:dice.randint(1, 3)]:
        for who in ("assistant", "executive"):
            if dice.random() < (0.1 if who == "assistant" else 0.3):
                continue
            week = [dice.choice((value, points[value - 1])) if value else "" for value in
                    (some(1, 5) for _ in range(ITEMS))]
            day = dice.randint(1, 20)
            yield [f"p{seed:04}", f"2026-{month:02}-{day:02}", who, f"Person {seed}", *week,
                   *[some(-2, 2) for _ in range(4)], *[some(1, 5) for _ in range(6)],
                   some(20000, 90000), some(1, 60), some(1, 100),
                   f"2026-01-{dice.randint(10, 28)}" if dice.random() < chance else "",
                   f"2026-03-{dice.randint(10, 28)}" if dice.random() < chance else ""]


def write(folder, people):
    (folder / "content/modules").mkdir(parents=True)
    (folder / "content/answers").mkdir()
    (folder / "content/course.yml").write_text(COURSE)
    for name, text in modules().items():
        (folder / "content/modules" / name).write_text(text)
    lines = [",".join(columns())]
    for seed in range(people):
        lines += [",".join(str(cell) for cell in row) for row in rows(seed)]
    (folder / "content/answers/cohort-reference.csv").write_text("\n".join(lines) + "\n")
