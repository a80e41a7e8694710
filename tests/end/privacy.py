"""Nobody's answers are in a file that is not theirs. Usage: privacy.py TANDEM PROJECT

Every answer of several pairs holds a word or figure that stands nowhere else. All files are opened
up (streams, strings, parts of workbooks) and searched for the words of everybody who must not be
read there; the words of their own must be found, or the search would be blind. Then the executives
change what they marked as private, and every file but their own stays the same.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

COURSE = """
title: Privacy
version: "1.0"
language: en-GB
currency: GBP
start: 2026-09-01
as-of: 2026-12-15
template: plain
profile: {assistant.name: text, executive.name: text, assistant.email: email}
respondents:
  assistant: {label: Assistant}
  executive: {label: Executive}
scales:
  frequency: [Never, Rarely, Sometimes, Often, Always]
scores:
  opened: {title: Open score, mean: open}
  shut: {title: Closed score, mean: closed, bands: [{to: 3, name: Low}, {to: 5, name: High}]}
  shut-of-one: {title: Closed score of one, mean: closed, respondent: executive, bands: [{to: 3, name: Low}, {to: 5, name: High}]}
  shut-by: {title: Closed by part, mean: closed, by: dimension}
  pooled: {title: Pooled, mean: [open, closed]}
materials:
  - {pdf: workbook, modules: [ask, show], each: respondent, cover: true, paper: a4}
  - {pdf: shared, modules: [ask, show], paper: a4}
  - {pdf: report, modules: [show], blank: false, paper: a4}
  - {pdf: for-executive, modules: [ask], for: executive, paper: a4}
  - {pdf: cohort, modules: [cohort], each: cohort, paper: a4}
  - {xlsx: tracker, sheets: [guide, dashboard, open, closed, opened, shut, shut-of-one, shut-by, pooled, log, rest]}
"""
ASK = """---
id: ask
title: Questions
---

# Questions of {{assistant.name|name}} and {{executive.name|name}}

::: {.rating #open scale=frequency by="assistant executive"}
- First {#first dimension=a}
- Second {#second dimension=b}
:::

::: {.rating #closed scale=frequency by="assistant executive" private}
- Third {#third dimension=a}
- Fourth {#fourth dimension=b}
:::

::: {.log #log rows=4}
| What {#what} | Worth {#worth type=money} | By {#by type=email} |
|---|---|---|
:::

::::: {.group #rest title="The rest"}
::: {.write #told lines=2}
What both may read.
:::

::: {.write #long lines=2}
What has no room in its box.
:::

::: {.write #secret lines=2 private}
What nobody else may read.
:::

::: {.field #line type=text by="assistant executive" private}
A line for oneself
:::

::: {.field #pay type=money}
What it costs
:::

::: {.field #mail type=email}
Where to write
:::

::: {.choice #pick private}
- One {#one}
- Two {#two}
:::

::: {.checklist #ticks by="assistant executive" private}
- [ ] Done {#done}
:::
:::::

::::: {.repeat every=week from=start count=2}
::: {.write #week lines=1}
This week
:::
:::::
"""
SHOW = """---
id: show
title: What is shown
---

# What is shown

{{told@assistant|gap}} {{told@executive|gap}} {{secret@assistant|gap}} {{secret@executive|gap}}
{{line@executive|gap}} {{pay|gap}} {{mail|gap}} {{assistant.email|gap}} {{pick@executive|gap}}
{{closed.third@executive|gap}} {{score.shut@executive|gap}} {{score.shut.name@executive|gap}}
{{score.shut.answered@executive|gap}} {{score.shut-by.a@executive|gap}} {{score.pooled@executive|gap}}

::: {.when if="has(score.shut@executive) and score.shut@executive > 3"}
The executive is high.
:::

::: {.when score=shut-of-one is=High}
It is high.
:::

::: {.score #s1 score=opened chart=bars}
:::

::: {.score #s2 score=shut chart=gauge}
:::

::: {.score #s3 score=shut-of-one chart=trend}
:::

::: {.score #s4 score=shut-by chart=radar}
:::

::: {.score #s5 score=pooled chart=bars}
:::

::: {.gap rating=closed between=respondents}
:::

::: {.advice rating=closed between=respondents}
- Advice on the third. {for-item=third}
- Advice on the fourth. {for-item=fourth}
:::

::: {.rows log=log sort=what}
:::

::: {.use block=secret}
:::
"""
COHORT = """---
id: cohort
title: The cohort
---

# The cohort

::: {.roster}
:::

::: {.distribution score=opened}
:::
"""
PAIRS = ["ada-ben", "cora-dan", "eve-fay", "gus-hal", "kim-lee"]  # as many as a cohort needs
PRIVATE = {"secret", "line"}  # whose answers carry a word


class Marks:
    """Words and figures, each given once, with who may read them."""

    def __init__(self):
        self.at = []  # (word, pair, respondent or None, kind)

    def word(self, pair, who, kind):
        word = f"Q{len(self.at):03}{pair[0]}{who[0] if who else 'p'}zx"
        self.at.append((word, pair, who, kind))
        return word

    def figure(self, pair, who, kind):
        figure = str(7310001 + 37 * len(self.at))
        self.at.append((figure, pair, who, kind))
        return figure


def pair_answers(marks, pair, who, changed):
    """One respondent's file; `changed`: what they marked as private is different."""
    def say(kind):
        return marks.word(pair, who, kind)
    secret = say("secret")
    line = say("line")
    flip = changed and who == "executive"
    if flip:
        secret, line = secret + "-and-more", line + "-and-more"
    long = " ".join([say("long")] + ["and so on, and so forth"] * 150 + [say("long")])
    return f"""\
open: {{first: 4, second: 2}}
closed: {{third: {1 if flip else 5}, fourth: {2 if flip else 4}}}
told: {say('told')}
long: {long}
secret: {secret}
line: {line}
pick: {'two' if flip else 'one'}
ticks: {{done: {'false' if flip else '2026-09-08'}}}
pay: {marks.figure(pair, who, 'pay')}
mail: {say('mail')}@example.org
week: {{2026-09-01: {say('week')}}}
log:
  - {{what: {say('what')}, worth: {marks.figure(pair, who, 'worth')}, by: {say('by')}@example.org}}
"""


def make_course(folder, project, changed):
    content = folder / "content"
    (content / "modules").mkdir(parents=True)
    (content / "course.yml").write_text(COURSE)
    for name, text in (("ask", ASK), ("show", SHOW), ("cohort", COHORT)):
        (content / f"modules/{name}.md").write_text(text)
    shutil.copytree(project / "templates", folder / "templates")
    plain = folder / "templates/plain"
    shutil.copytree(folder / "templates/handout", plain)
    text = (plain / "template.yml").read_text()
    text, count = re.subn(r"(?m)^footer: \{", "footer: {qr: false, ", text)
    assert count == 1, "the template's footer is written in another way"
    (plain / "template.yml").write_text(text)  # no code: it holds a hash of all answers
    marks = Marks()
    for pair in PAIRS[:-1]:
        answers = content / "answers" / pair
        answers.mkdir(parents=True)
        (answers / "profile.yml").write_text(
            f"cohort: one\nassistant.name: {marks.word(pair, None, 'name')}\n"
            f"executive.name: {marks.word(pair, None, 'name')}\n"
            f"assistant.email: {marks.word(pair, None, 'address')}@example.org\n")
        for who, day in (("assistant", "07"), ("executive", "08")):
            (answers / f"2026-09-{day}.{who}.yml").write_text(
                pair_answers(marks, pair, who, changed))
    pair = PAIRS[-1]  # a form's
    head = "participant,date,respondent,assistant.name,executive.name,assistant.email,told,secret,open.first,closed.third,pay"
    names = [marks.word(pair, None, kind) for kind in ("name", "name", "address")]
    rows = [head]
    for who in ("assistant", "executive"):
        secret = marks.word(pair, who, "secret")
        flip = changed and who == "executive"
        rows.append(f"{pair},2026-09-09,{who},{names[0]},{names[1]},{names[2]}@example.org,"
                    f"{marks.word(pair, who, 'told')},{secret}{'-and-more' if flip else ''},4,"
                    f"{1 if flip else 5},{marks.figure(pair, who, 'pay')}")
    (content / "answers/cohort-one.csv").write_text("\n".join(rows) + "\n")
    return marks.at


def open_strings(data):
    """Text in UTF-16, escaped and in hexadecimal beside what stands there plainly."""
    hexes = b" ".join(bytes.fromhex(one.decode()) for one in
                      re.findall(rb"<((?:[0-9a-fA-F]{2})+)>", data))
    both = data + b"\n" + hexes
    both = re.sub(rb"\\\r?\n", b"", both)
    return re.sub(rb"\\000|\x00", b"", both).decode("latin-1")


def read_pdf(path, work):
    flat = work / "flat.pdf"
    subprocess.run(["qpdf", "--qdf", "--object-streams=disable", "--no-original-object-ids", path,
                    flat], check=True)
    seen = subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True)
    data = flat.read_bytes()
    return data, open_strings(data) + seen.stdout.decode()


def read_xlsx(path):
    with zipfile.ZipFile(path) as parts:
        data = b"\n".join(name.encode() + b"\n" + parts.read(name)
                          for name in sorted(parts.namelist()))
    return data, data.decode() + re.sub(r"<[^>]*>", "", data.decode())


def read_all(out, work):
    """path → (bytes opened up, text to search, figures without their grouping)"""
    files = {}
    for path in sorted(out.rglob("*")):
        if path.is_dir():
            continue
        name = str(path.relative_to(out))
        if path.suffix == ".pdf":
            data, text = read_pdf(path, work)
        elif path.suffix == ".xlsx":
            data, text = read_xlsx(path)
        else:
            data = path.read_bytes()
            text = data.decode()
        files[name] = (data, text, re.sub(r"(?<=\d)[,\u00a0\u202f ](?=\d{3})", "", text))
    return files


def reader_of(name):
    """Whose file it is, and for which of the two it was made."""
    pair = name.split("/")[0]
    who = re.search(r"\.(assistant|executive)\.", name)
    if name.split("/")[-1].startswith("for-executive"):
        return pair, "executive"
    return pair, who[1] if who else None


def may_stand(name, mark):
    word, pair, who, kind = mark
    owner, reader = reader_of(name)
    if owner == "cohort":
        return kind == "name"  # in the roster
    if owner != pair:
        return False
    return kind not in PRIVATE or who == reader


def check_marks(files, marks):
    wrong = []
    found = {mark: False for mark in marks}
    for name, (_, text, figures) in files.items():
        for mark in marks:
            if mark[0] in text or mark[0] in figures:
                found[mark] = True
                if not may_stand(name, mark):
                    wrong.append(f"{name}: has {mark[3]} of {mark[1]}, {mark[2]}")
    wrong += [f"{mark}: found nowhere" for mark, seen in found.items() if not seen]
    return wrong


def neutral(data):
    """Without hashes of what the file was made from, which change with every answer."""
    data = re.sub(rb"[0-9a-f]{64}", b"", data)
    data = re.sub(rb"/H:[0-9A-F]{8}", b"", data)
    data = re.sub(rb"(?s)/ID \[.*?\]", b"", data)
    return re.sub(rb"\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F-]{18,}", b"", data)


def check_same(before, after):
    wrong = []
    if set(before) != set(after):
        wrong.append("other files")
    changed = 0
    for name in sorted(set(before) & set(after)):
        if name == "manifest.json" or name == "index.html":
            continue
        same = neutral(before[name][0]) == neutral(after[name][0])
        if reader_of(name)[1] == "executive":
            changed += not same
        elif not same:
            wrong.append(f"{name}: changes with the executives' private answers")
    if not changed:
        wrong.append("the executives' own files do not change: nothing was compared")
    return wrong


def build(tandem, project, work, name, changed):
    folder = work / name
    folder.mkdir()
    marks = make_course(folder, project, changed)
    subprocess.run([tandem, "build", "--course", folder, "--booklet", "--jobs", "3"], check=True,
                   stdout=subprocess.DEVNULL)
    return marks, read_all(folder / "out", work)


def main():
    tandem = os.path.abspath(sys.argv[1])
    project = pathlib.Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        marks, files = build(tandem, project, work, "first", False)
        _, others = build(tandem, project, work, "second", True)
        wrong = check_marks(files, marks) + check_same(files, others)
        blind = dict(files)  # a leak that must be seen
        leaked = next(one for one in files if one.startswith("ada-ben/report"))
        other = next(mark for mark in marks if mark[1] == "cora-dan")
        blind[leaked] = (b"", files[leaked][1] + other[0], files[leaked][2])
        if len(check_marks(blind, marks)) != len(check_marks(files, marks)) + 1:
            wrong.append("a word of somebody else's is not noticed")
    for line in wrong:
        print(line)
    print(f"{len(files)} files, {len(marks)} words and figures, {len(wrong)} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
