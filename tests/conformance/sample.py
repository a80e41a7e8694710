"""A small course with something of everything: built by the tests, broken by one of them."""
import pathlib
import subprocess

COURSE = """\
title: Sample
version: "1.0"
publisher: Nobody
language: en-GB
currency: GBP
start: 2026-01-05
as-of: 2026-03-02
template: classic
profile: {name: text}
respondents:
  person: {label: Participant}
scales:
  frequency: [Never, Rarely, Sometimes, Often, Always]
scores:
  calm: {title: Calm mornings, mean: mornings, decimals: 1}
materials:
  - {pdf: sample, title: Sample, modules: [sample], cover: true, contents: true, index: true}
"""

MODULE = """\
---
id: sample
title: Mornings
---

# Mornings

Good morning, {{name|your name}}, and *welcome*. See [the place](https://example.org/) and [the
table](#sizes).[^one]

[^one]: The first note.

## What there is

- One thing
- Another, with [delegation]{.term} and [esprit]{lang=fr}[^two]

[^two]: The second note, about [HR]{title="human resources"}.

> Somebody said so.

: How large they are {#sizes}

| Name | Size |
|---|---|
| Pot | 3 |
| Pan | 5 |

### A picture

![A green square on a white one](../images/square.svg "A square"){width=30%}

## What is asked

::: {.rating #mornings scale=frequency}
Think of last week.
- I knew what the day was about. {#knew}
- I looked for something. {#looked reverse}
:::

::: {.field #goal type=text}
What you want to reach
:::

::: {.write #plan lines=3}
How you will reach it
:::

::: {.choice #when}
When do you begin?
- Today {#today}
- Tomorrow {#tomorrow}
:::

::: {.checklist #done}
- [ ] Written down {#written}
:::

::: {.log #wins rows=2}
| Day {#day type=date} | What went well {#what} |
|---|---|
:::

::: {.score score=calm chart=gauge}
:::
"""

PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">
<rect width="40" height="40" fill="#eee"/><rect x="9" y="9" width="22" height="22" fill="#063"/>
</svg>
"""

ANSWERS = """\
mornings: {knew: 4, looked: Rarely}
goal: Eat breakfast
plan: Rise at six, without a clock
when: today
done: {written: true}
"""


def build(tandem, project, folder, template="classic", language="en-GB"):
    """Builds the sample in a folder; returns the filled edition's bytes."""
    folder = pathlib.Path(folder)
    course = COURSE.replace("classic", template).replace("en-GB", language)
    for path, words in {"content/course.yml": course, "content/modules/sample.md": MODULE,
                        "content/images/square.svg": PICTURE,
                        "content/answers/anna/profile.yml": "name: Anna Berg\n",
                        "content/answers/anna/2026-01-06.person.yml": ANSWERS}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(words)
    (folder / "templates").symlink_to(pathlib.Path(project, "templates").resolve())
    subprocess.run([tandem, "build", "--course", folder, "--out", folder / "out"], check=True,
                   stdout=subprocess.DEVNULL)
    return (folder / "out/anna/sample.pdf").read_bytes()
