"""A compact course with a tracker and a report of the same figures, and answers of invented people:
gaps, reversed and weighted items, several sittings, two respondents. Same seed, same course."""

import random

ITEMS = 8
DIMENSIONS = ("trust", "voice", "time")

COURSE = """\
title: Generated
version: "1.0"
language: en-GB
currency: GBP
start: 2026-01-05
as-of: 2026-08-20
template: classic
values: {weeks: 46}
profile: {name: text}
respondents:
  assistant: {label: Assistant}
  executive: {label: Executive}
scales:
  frequency: [Never, Rarely, Sometimes, Often, Always]
  readiness: {from: 0, points: [Not yet, Partly, Yes]}
scores:
  stage:
    title: Stage
    mean: week
    respondent: assistant
    decimals: 1
    bands: [{to: 2.0, name: Tell}, {to: 3.0, name: Explain}, {to: 4.0, name: Consult}, {to: 5.0, name: Empower}]
  views: {title: Both views, mean: week, answered: 0.5, decimals: 2}
  parts: {title: Parts, percent: week, by: dimension, answered: 0.6, decimals: 0}
  ready: {title: Ready, sum: ready-list, respondent: assistant, answered: 1, decimals: 0, bands: [{to: 3, name: Wait}, {to: 6, name: Go}]}
  pooled: {title: Pooled, mean: [week, wish.now], decimals: 3}
materials:
  - xlsx: tracker
    title: Tracker
    sheets: [dashboard, week, ready-list, wish, figures, actions, talks]
  - {pdf: report, title: Report, modules: [report], blank: false}
"""

LOGS = """\
::: {.log #actions rows=3 title="Actions"}
| Due {#due type=date due=done} | What {#what} | Hours {#hours type=number total=sum} | Rate {#rate type=money total=mean} | Cost {#cost type=money calc="hours * rate" total=sum} | Done {#done type=check total=count} |
|---|---|---|---|---|---|
:::

::: {.log #talks every=week from=start rows=4 title="Talks"}
| Week {#of type=date} | Held {#held type=check} | Said {#said} |
|---|---|---|
:::
"""

FIGURES = """\
:::: {.group #figures title="Figures"}
::: {.field #pay type=money}
Pay
:::

::: {.field #hours type=number}
Hours
:::

::: {.field #share type=percent}
Share
:::

::: {.calc #hour-cost format=money decimals=2}
An hour = pay / (hours * course.weeks)
:::

::: {.calc #worth format=money decimals=0}
Worth = hour-cost * hours * share
:::

::: {.calc #quarter-hours format=number decimals=1}
Hours written = sum(actions.hours)
:::

::: {.calc #level format=number decimals=2}
Level = mean(week@assistant)
:::
::::
"""


def modules():
    items = []
    for i in range(ITEMS):
        more = (" reverse" if i % 3 == 1 else "") + (" weight=2" if i % 4 == 2 else "")
        items.append(f"- Statement {i + 1} {{#s{i} dimension={DIMENSIONS[i % 3]}{more}}}")
    tracker = ["---\nid: all\ntitle: All\n---\n\n# All\n",
               '::: {.rating #week scale=frequency by="assistant executive" title="Week"}', *items, ":::\n",
               "::: {.rating #ready-list scale=readiness by=assistant title=Readiness}",
               "- One {#one}", "- Two {#two reverse}", "- Three {#three}", ":::\n",
               '::: {.rating #wish scale=frequency ask="importance: How important; now: How it is now" '
               'by="assistant executive" title="Wishes"}',
               "- Honesty {#honesty}", "- Growth {#growth weight=3}", "- Limits {#limits reverse}", ":::\n",
               FIGURES, LOGS]
    lines = [f"| {name} | {{{{{name}}}}} |" for name in shown()]
    report = ["---\nid: report\ntitle: Report\n---\n\n# Report\n", "| Name | Value |", "|---|---|", *lines]
    return {"all.md": "\n".join(tracker) + "\n", "report.md": "\n".join(report) + "\n"}


def shown():
    """What the report prints, and the tracker computes."""
    names = ["score.stage.value@assistant"]
    names += [f"score.views.value@{who}" for who in ("assistant", "executive")]
    names += [f"score.pooled.value@{who}" for who in ("assistant", "executive")]
    names += [f"score.parts.{part}.value@assistant" for part in DIMENSIONS]
    return names + ["score.ready.value@assistant", "hour-cost", "worth", "quarter-hours"]


def person(seed):
    """Files of one person: name of the file -> answers by block."""
    dice = random.Random(seed)

    def some(low, high, chance=0.85):
        return dice.randint(low, high) if dice.random() < chance else None

    files = {}
    for sitting in range(dice.randint(1, 3)):
        for who in ("assistant", "executive"):
            if dice.random() < (0.05 if who == "assistant" else 0.35):
                continue
            answers = {"week": {f"s{i}": some(1, 5) for i in range(ITEMS)},
                       "wish": {i: {"importance": some(1, 5), "now": some(1, 5)}
                                for i in ("honesty", "growth", "limits")}}
            if who == "assistant":
                answers["ready-list"] = {i: some(0, 2) for i in ("one", "two", "three")}
                answers["pay"] = some(20000, 90000)
                answers["hours"] = some(1, 60)
                answers["share"] = some(1, 100)
            files[f"2026-0{sitting + 2}-1{0 if who == 'assistant' else 5}.{who}"] = answers
    logs = {"actions": [{"due": f"2026-0{dice.randint(6, 9)}-{dice.randint(10, 28)}",
                         "what": f"Action {k}", "hours": some(1, 40), "rate": some(10, 99),
                         "done": dice.random() < 0.5} for k in range(dice.randint(0, 4))],
            "talks": [{"of": f"2026-01-{5 + 7 * k:02}", "held": dice.random() < 0.7,
                       "said": dice.choice(["Well", None])} for k in range(dice.randint(0, 3))]}
    name = sorted(files)[0] if files else "2026-02-10.assistant"
    files.setdefault(name, {}).update({key: rows for key, rows in logs.items() if rows})
    return files


def without_gaps(value):
    if isinstance(value, dict):
        kept = {key: without_gaps(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one not in (None, {})} or None
    if isinstance(value, list):
        return [without_gaps(one) for one in value]
    return value


def write_yaml(value, indent=0):
    pad = "  " * indent
    lines = []
    for key, one in value.items():
        if isinstance(one, dict):
            lines += [f"{pad}{key}:", *write_yaml(one, indent + 1)]
        elif isinstance(one, list):
            lines.append(f"{pad}{key}:")
            for row in one:
                inner = ", ".join(f"{k}: {scalar(v)}" for k, v in row.items())
                lines.append(f"{pad}  - {{{inner}}}")
        else:
            lines.append(f"{pad}{key}: {scalar(one)}")
    return lines


def scalar(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def write_person(folder, identity, files):
    folder = folder / "content" / "answers" / identity
    folder.mkdir(parents=True)
    (folder / "profile.yml").write_text(f"name: {identity}\n")
    for name, answers in files.items():
        kept = without_gaps(answers) or {}
        (folder / f"{name}.yml").write_text("\n".join(write_yaml(kept)) + "\n" if kept else "{}\n")


def write_course(folder):
    (folder / "content" / "modules").mkdir(parents=True)
    (folder / "content" / "course.yml").write_text(COURSE)
    for name, text in modules().items():
        (folder / "content" / "modules" / name).write_text(text)
