"""`tandem answers`: counts of a small course, told by hand. Usage: answers.py TANDEM PROJECT"""

import json
import pathlib
import subprocess
import sys
import tempfile

COURSE = """
title: Small
version: "1.0"
language: en-GB
start: 2026-09-01
as-of: 2026-11-01
template: classic
profile: {name: {type: text, required: false}}
respondents:
  assistant: {label: Assistantin Ä}
  executive: {label: Executive}
sittings:
  - {id: start, title: Début, from: 2026-09-01, to: 2026-09-30}
  - {id: middle, from: 2026-10-01, to: 2026-10-31}
  - {id: end, from: 2026-12-01, to: 2026-12-31}
scales:
  frequency: [Never, Rarely, Sometimes, Often, Always]
scores:
  stage: {title: Stage, mean: week, respondent: assistant, answered: 0.5}
  views: {title: Views, mean: week}
  importance: {title: Importance, mean: expect.importance}
  pooled: {title: Pooled, mean: [week, expect.importance]}
materials:
  - {pdf: workbook, modules: [one]}
"""
MODULE = """---
id: one
title: One
---

# One

::: {.rating #week scale=frequency by="assistant executive"}
- First {#first}
- Second {#second}
- Third {#third}
:::

::: {.rating #expect scale=frequency ask="importance: How important; now: Now" by="assistant"}
- Honesty {#honesty}
:::

::: {.choice #pick}
- One {#one}
- Two {#two}
:::

::: {.write #secret private}
What nobody is to see.
:::

::: {.log #log}
| What {#what} |
|---|
:::
"""
FILES = {
    "ada/2026-09-02.assistant.yml": "week: {first: 3, second: 4}\npick: one\nsecret: HUSH\nlog: [{what: HUSH}]\n",
    "ada/2026-09-05.assistant.yml": "expect: {honesty: {importance: 4, now: 1}}\n",
    "ada/2026-10-03.executive.yml": "week: {first: 1, second: 1, third: 1}\npick: two\n",
    "ada/profile.yml": "cohort: spring\n",
    "cohort-autumn.csv": "date,participant,respondent,week.first\n2026-10-09,bea,Executive,Often\n",
}
# participant, respondent, sitting, date, answered, asked, scores
WANTED = [
    ("ada", "assistant", "start", "2026-09-05", 5, 6, {"stage": (2, 3), "importance": (1, 1)}),
    ("ada", "assistant", "middle", None, 0, 6, {"stage": (0, 3), "importance": (0, 1)}),
    ("ada", "executive", "start", None, 0, 4, {"views": (0, 3)}),
    ("ada", "executive", "middle", "2026-10-03", 4, 4, {"views": (3, 3)}),
    ("bea", "assistant", "start", None, 0, 6, {"stage": (0, 3), "importance": (0, 1)}),
    ("bea", "assistant", "middle", None, 0, 6, {"stage": (0, 3), "importance": (0, 1)}),
    ("bea", "executive", "start", None, 0, 4, {"views": (0, 3)}),
    ("bea", "executive", "middle", "2026-10-09", 1, 4, {"views": (1, 3)}),
]
TABLE = """\
PARTICIPANT  RESPONDENT     SITTING  DATE        ANSWERED  MISSING
ada          Assistantin Ä  Début    2026-09-05    5/6     stage 1
                            middle   -             0/6     everything
             Executive      Début    -             0/4     everything
                            middle   2026-10-03    4/4     nothing
2 of 2 respondents have answered
"""


def run(tandem, code, *words):
    done = subprocess.run([tandem, "answers", *words], capture_output=True, text=True)
    assert done.returncode == code, (words, done)
    assert "HUSH" not in done.stdout + done.stderr, "an answer's text is shown"
    return done


def shape(row):
    scores = {name: (one["answered"], one["asked"]) for name, one in row["scores"].items()}
    return (row["participant"], row["respondent"], row["sitting"], row["date"], row["answered"],
            row["asked"], scores)


def main():
    tandem, project = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        content = pathlib.Path(folder, "content")
        (content / "modules").mkdir(parents=True)
        (content / "course.yml").write_text(COURSE)
        (content / "modules/one.md").write_text(MODULE)
        for name, text in FILES.items():
            path = content / "answers" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        pathlib.Path(folder, "templates").symlink_to(pathlib.Path(project, "templates").resolve())
        here = ("--course", folder)

        rows = json.loads(run(tandem, 0, *here, "--json").stdout)["answers"]
        assert [shape(row) for row in rows] == WANTED, rows
        assert [row["cohort"] for row in rows] == ["spring"] * 4 + ["autumn"] * 4, rows
        table = run(tandem, 0, *here, "--participant", "ada").stdout
        assert table == TABLE, table
        assert run(tandem, 0, *here, "--cohort", "spring").stdout == TABLE
        rows = json.loads(run(tandem, 0, *here, "--cohort", "autumn", "--json").stdout)["answers"]
        assert {row["participant"] for row in rows} == {"bea"}, rows
        said = run(tandem, 2, *here, "--cohort", "sprign").stderr
        assert "there is no 'sprign'" in said and "'spring'" in said, said
        assert "there is no 'adda'" in run(tandem, 2, *here, "--participant", "adda").stderr
        wrong = subprocess.run([tandem, "check", *here, "--cohort", "spring"], capture_output=True)
        assert wrong.returncode == 2, wrong

        (content / "answers/ada/2026-10-04.assistant.yml").write_text("week: {first: 9}\n")
        assert run(tandem, 1, *here).stdout == "", "a table although answers are wrong"
        done = run(tandem, 1, *here, "--keep-going", "--json")
        rows = json.loads(done.stdout)["answers"]
        assert {row["participant"] for row in rows} == {"bea"}, rows


if __name__ == "__main__":
    main()
