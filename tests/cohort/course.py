"""A course with cohorts of given sizes and invented answers, the same every time."""
import pathlib
import random
import shutil

COURSE = """title: Cohorts
version: "1.0"
language: en-GB
start: 2026-01-05
as-of: 2026-06-30
template: classic
profile: {assistant.name: text}
respondents:
  assistant: {label: Assistant}
  executive: {label: Executive}
sittings:
  - {id: start, title: Start, from: 2026-01-01, to: 2026-02-28}
  - {id: end, title: End, from: 2026-05-01, to: 2026-06-30}
scales:
  frequency: [Never, Rarely, Sometimes, Often, Always]
scores:
  stage:
    title: Stage
    mean: week
    respondent: assistant
    decimals: 1
    bands:
      - {to: 2.0, name: Tell}
      - {to: 3.0, name: Explain}
      - {to: 4.0, name: Consult}
      - {to: 5.0, name: Empower}
  parts: {title: Parts, mean: week, by: dimension}
materials:
%s"""

REPORT = """---
id: report
title: The cohort
---

# The cohort

{{cohort.name}}: {{cohort.answered}} of {{cohort.count}} have answered.

::: {.when if="cohort.count < 5"}
This is a small one.
:::

::: {.otherwise}
There are enough of them.
:::

::: {.distribution score=stage}
:::

::: {.distribution score=parts respondent=executive}
:::

::: {.gap rating=week between=respondents}
:::
"""

MOVED = """---
id: moved
title: How it moved
---

# How it moved

::: {.distribution score=stage movement}
:::
"""

ROSTER = """---
id: roster
title: Roster
---

# Roster

::: {.roster}
:::
"""

ASK = """---
id: ask
title: Questions
---

# Questions

::: {.rating #week scale=frequency by="assistant executive"}
- I knew what the day was about. {#knew dimension=calm}
- I began with what mattered. {#began dimension=calm}
- I was asked before it was decided. {#asked dimension=trust}
:::

::: {.write #hope lines=3}
What do you hope for?
:::

::: {.write #secret lines=3 private}
What do you tell nobody?
:::

::: {.log #wins rows=3}
| What {#what} | Minutes {#minutes type=number} |
|---|---|
:::
"""

MATERIALS = """  - {pdf: cohort-report, title: Cohort report, modules: [report], each: cohort, anonymous: true}
  - {pdf: moved, title: Moved, modules: [moved], each: cohort}
  - {pdf: roster, title: Roster, modules: [roster], each: cohort}
"""


def make(folder, templates, cohorts, materials=MATERIALS, seed=1, sittings=2, absent=0.0, wishes=None):
    """Cohorts: {name: how many}; None for people without one. Returns {id: (cohort, answers)} with
    answers {(sitting, respondent): [three points]}."""
    folder, chance = pathlib.Path(folder), random.Random(seed)
    modules = folder / "content/modules"
    modules.mkdir(parents=True)
    if not (folder / "templates").exists():
        shutil.copytree(templates, folder / "templates")
    (folder / "content/course.yml").write_text(COURSE % materials)
    for name, text in {"report": REPORT, "moved": MOVED, "roster": ROSTER, "ask": ASK}.items():
        (modules / f"{name}.md").write_text(text)
    people, number = {}, 0
    for cohort, size in cohorts.items():
        for _ in range(size):
            number += 1
            who = f"p{number:05d}"
            answers = folder / "content/answers" / who
            answers.mkdir(parents=True)
            profile = f"assistant.name: Person {number}\n"
            (answers / "profile.yml").write_text(profile + (f"cohort: {cohort}\n" if cohort else ""))
            given = {}
            for sitting in range(sittings):
                level = chance.choice([1, 2, 3, 4]) + 0.5 * sitting
                for respondent in ("assistant", "executive"):
                    if chance.random() < absent:
                        continue
                    points = [min(5, max(1, round(chance.gauss(level + 0.5, 0.7)))) for _ in range(3)]
                    date = ("2026-01-10", "2026-05-10")[sitting]
                    text = "week: {knew: %d, began: %d, asked: %d}\n" % tuple(points)
                    if wishes and respondent == "assistant":
                        text += wishes[number % len(wishes)]
                    (answers / f"{date}.{respondent}.yml").write_text(text)
                    given[sitting, respondent] = points
            people[who] = (cohort, given)
    return people
