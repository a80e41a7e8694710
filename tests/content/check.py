#!/usr/bin/python3
"""Reads a course as an editor does who looks at one thing at a time: spelling, wording, headings,
links, repeats, figures. Usage: check.py [--self-test] CONTENT_FOLDER

Every check is a function that yields what is wrong. With --self-test each gets a damaged copy of the
course, in memory, and has to say more about it than about the course."""

import collections
import copy
import re
import subprocess
import sys
import pathlib

from texts import LINK, Course

HERE = pathlib.Path(__file__).resolve().parent

# What is meant -> what it must not be called. Small letters; as whole words.
PREFERRED = {
    "one-to-one": r"1:1|one[- ]on[- ]one|one to one",
    "check-up": r"checkups?|check ups?",
    "per cent (in words), % (in figures)": r"percent",
    "e-mail": r"emails?",
    "spreadsheet": r"spread[- ]sheets?",
    "workbook": r"work[- ]books?",
    "while, among": r"whilst|amongst",
    "towards, afterwards": r"toward|afterward",
    "learned": r"learnt",
    "nobody": r"no[- ]one",
    "telephone": r"phones?",
    "for example, that is": r"e\.?g\.|i\.e\.|etc\.",
    "judgement": r"judgments?",
    "focused": r"focuss(?:ed|es|ing)",
    "all right": r"ok|okay|alright",
    "website": r"web[- ]sites?",
    "follow-up (noun), follow up (verb)": r"followups?",
    "log in (verb), login (noun)": r"log-ins?",
}
# Words that a British dictionary also takes, or takes in another sense.
AMERICAN = re.compile(
    r"\b(?:\w{2,}(?:i|y)z(?:e|es|ed|ing|er|ers|ation|ations|able)"
    r"|gotten|math|license(?= (?:is|of|for|plate))|practic(?:ed|es|ing)|practise(?= (?:is|of|makes))"
    r"|vacations?|zip codes?|inquir\w+|cell phones?|off of|different than|write me)\b", re.I)
IZE = {"size", "sizes", "sized", "sizing", "prize", "prizes", "prized", "seize", "seized", "seizes",
       "resize", "resized", "capsize", "oversized", "citizen", "horizon"}
LEFT_OVER = re.compile(r"\b(?:TODO|FIXME|XXX|TBD|TBC|TK)\b|lorem ipsum", re.I)
DOUBLE_ALLOWED = {"that that", "had had"}
SHINGLE, EASE = 12, 55


def place(text, number):
    return f"{text.path}:{number}"


def spelling(course):
    words = (HERE / "words.txt").read_text().splitlines()
    if words != sorted(set(words)):
        yield "words.txt: not sorted, or a word stands twice"
    places = [(place(text, number), line.replace("’", "'"))
              for text in course.texts() for number, line in enumerate(text.words, 1)]
    for word in words:
        if not any(re.search(rf"\b{word}\b", line) for _, line in places):
            yield f"words.txt: {word!r} is not in the course"
    taken = "".join(f"@{word}\n@{word}'s\n" for word in words)
    said = subprocess.run(["hunspell", "-d", "en_GB", "-a", "-i", "utf-8"], text=True,
                          input="!\n" + taken + "".join(f"^{line}\n" for _, line in places),
                          stdout=subprocess.PIPE, check=True).stdout.split("\n")[1:]
    lines = iter(places)
    where = next(lines)[0]
    for line in said:  # what is unknown in a line, then an empty one
        if not line:
            where = next(lines, [""])[0]
        elif line[0] in "&#":
            yield f"{where}: {line.split()[1]!r} is in no dictionary"


def american(course):
    for text in course.texts():
        for number, words in enumerate(text.words, 1):
            for found in AMERICAN.finditer(words):
                if found.group().lower() not in IZE:
                    yield f"{place(text, number)}: {found.group()!r} is American"


def wording(course):
    for text in course.texts():
        for number, words in enumerate(text.words, 1):
            for right, wrong in PREFERRED.items():
                for found in re.finditer(rf"(?<![\w.-])(?:{wrong})(?![\w-])", words, re.I):
                    yield f"{place(text, number)}: {found.group()!r}: say {right}"


def doubled(course):
    for text in course.texts():
        for number, words in enumerate(text.words, 1):
            for found in re.finditer(r"(?<![\w'’-])([^\W\d]+) \1(?![\w'’-])", words, re.I):
                if found.group().lower() not in DOUBLE_ALLOWED:
                    yield f"{place(text, number)}: {found.group()!r}"


def spaces(course):
    for text in course.texts():
        fenced = False
        for number, line in enumerate(text.lines, 1):
            fenced ^= line.lstrip().startswith("```")
            if line != line.rstrip() or "\t" in line:
                yield f"{place(text, number)}: a space at the end, or a tab"
            if text is not course.plan and not fenced and not line.startswith("    ") \
                    and re.search(r"\S  ", line):
                yield f"{place(text, number)}: two spaces"


def left_over(course):
    for text in course.texts():
        for number, line in enumerate(text.lines, 1):
            for found in LEFT_OVER.finditer(line):
                yield f"{place(text, number)}: {found.group()}"


def links(course):
    blocks = set(blocks_of(course)) | set(course.modules)
    anchors = {slug(line.lstrip("# ")) for line in course.guide.lines if line.startswith("#")}
    for text in course.texts():
        fenced = False
        for number, line in enumerate(text.lines, 1):
            fenced ^= line.lstrip().startswith("```")
            if fenced or (text.is_guide and line.startswith("    ")):
                continue
            line = re.sub(r"`[^`]*`", "", line)
            for words, target in LINK.findall(line):
                if target.startswith("#"):
                    if target[1:] not in (anchors if text.is_guide else blocks):
                        yield f"{place(text, number)}: nothing is called {target}"
                elif not words.strip() and f"![]({target}" not in line:
                    yield f"{place(text, number)}: a link without words"
            for target in re.findall(r"\bhttps?:[^\s)>|\"]*", line):
                if not re.fullmatch(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#][\w\-./~%?=&#:+]*[\w/=-])?/?",
                                    target.rstrip(".,;")):
                    yield f"{place(text, number)}: {target} is no address"


def slug(heading):
    return re.sub(r"[^\w\- ]", "", re.sub(r"\{.*\}", "", heading).strip().lower()).replace(" ", "-")


def blocks_of(course):
    """Every id of the course, with its module."""
    found = {}
    for name, module in course.modules.items():
        for line in module.lines[module.first:]:
            for marks in re.findall(r"\{[^{}]*\}", line):
                for one in re.findall(r"(?:^\{|\s)#([\w-]+)", marks):
                    found.setdefault(one, name)
    return found


def used(course):
    """Modules that no material holds, and sheets, scores and figures that nobody is told of."""
    data = course.data
    printed = {name for material in data["materials"] for name in material.get("modules", [])}
    sheets = {name for material in data["materials"] for name in material.get("sheets", [])}
    for name, module in course.modules.items():
        if name not in printed:
            yield f"{module.path}: in no material, and so are its blocks"
    all_sources = "\n".join(module.source for module in course.modules.values())
    for score in data["scores"]:
        shown = re.search(rf"score={re.escape(score)}\b(?!-)|score\.{re.escape(score)}\b(?!-)", all_sources)
        if not shown:
            yield f"course.yml: the score {score!r} is in no chapter or report"
    for module in course.modules.values():
        for number, kind, groups in questions(module):
            if kind in ("rating", "log") and not sheets & set(groups):
                yield f"{place(module, number)}: {groups[-1]!r} is on no sheet of the tracker"


def questions(module):
    """(line, kind, ids of the blocks around it and its own) of every block with an id."""
    around = []
    for number, line in enumerate(module.lines, 1):
        opened = re.match(r":{3,} \{\.([\w-]+)(.*)", line)
        if opened:
            own = re.search(r" #([\w-]+)", opened.group(2))
            around.append(own.group(1) if own else "")
            if own:
                yield number, opened.group(1), list(around)
        elif re.fullmatch(r":{3,}", line) and around:
            around.pop()


def headings(course):
    for text in [*course.modules.values(), course.guide]:
        last, fenced = None, False
        for number, line in enumerate(text.lines, 1):
            fenced ^= line.lstrip().startswith("```")
            if fenced or number <= text.first or not line.strip() or re.match(r":{3,}\s*$", line):
                continue
            heading = re.match(r"(#+) ", line)
            if last and heading and len(heading.group(1)) <= last[0]:
                yield f"{place(text, last[1])}: nothing below this heading"
            last = (len(heading.group(1)), number) if heading else None
        if last:
            yield f"{place(text, last[1])}: nothing below this heading"


def repeats(course):
    allowed = {line.strip() for line in (HERE / "repeats.txt").read_text().splitlines()
               if line.strip() and line[0] != "#"}
    seen, met = {}, set()
    for text in course.modules.values():
        for number, words in text.paragraphs():
            words = re.findall(r"[\w’'-]+", words.lower())
            told = False
            for start in range(len(words) - SHINGLE + 1):
                shingle = " ".join(words[start:start + SHINGLE])
                other = seen.setdefault(shingle, (text.path, number))
                if other[0] == text.path or told:
                    continue
                if shingle in allowed:
                    met.add(shingle)
                else:
                    yield f"{place(text, number)}: as in {other[0]}:{other[1]}: {shingle!r}"
                told = True
    for shingle in sorted(allowed - met):
        yield f"repeats.txt: {shingle!r} is not repeated"


def minutes(course):
    """welcome.md adds up what the chapters of the workbook say about themselves."""
    workbook = course.data["materials"][0]["modules"]
    stated = [course.modules[name].front.get("minutes") for name in workbook]
    sums = re.findall(r"^Hours for .* = \(([\d +]+)\) / 60$", course.modules["welcome"].source, re.M)
    if [[int(n) for n in one.split("+")] for one in sums] != [stated]:
        yield f"modules/welcome.md: adds up {sums}, the chapters say {stated}"
    asking = {"rating", "choice", "checklist", "write", "field", "log"}
    for module in course.modules.values():
        if "minutes" not in module.front and asking & {kind for _, kind, _ in questions(module)}:
            yield f"{module.path}: asks something and states no minutes"


def syllables(word):
    word = re.sub(r"(?<=[^aeiouyl])e$|(?<=[^aeioutdy])e[ds]$", "", re.sub(r"'s$", "", word))
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def ease(text):
    """Flesch's reading ease: higher is easier; 60 to 70 is plain English."""
    prose = " ".join(words if words.endswith((".", "?", "!")) else words + "."
                     for _, words in text.paragraphs() if len(words.split()) > 4)
    prose = prose.lower().replace("’", "'")
    sentences = [s for s in re.split(r"[.?!]+[\"”'’)]*\s+", prose) if re.search("[a-z]{2}", s)]
    words = re.findall(r"[a-z][a-z']*", prose)
    if len(words) < 60:
        return None
    return 206.835 - 1.015 * len(words) / len(sentences) \
        - 84.6 * sum(map(syllables, words)) / len(words)


def readable(course):
    for module in [*course.modules.values(), course.guide]:
        found = ease(module)
        if found is not None and found < EASE:
            yield f"{module.path}: reading ease {found:.0f}, below {EASE}"


CHECKS = (spelling, american, wording, doubled, spaces, left_over, links, used, headings, repeats,
          minutes, readable)

# What each check has to notice: text that is added to a module, or a change of course.yml.
DULL = "Organisational accountability considerations necessitate comprehensive interdepartmental " \
       "communication methodologies notwithstanding institutional heterogeneity. "
DAMAGES = {
    spelling: ["A neigbour.", "The color."],
    american: ["We organize it.", "She has gotten there."],
    wording: ["Send an email.", "A 1:1 is due.", "Ten percent.", "No one, okay?"],
    doubled: ["It is is so.", "The the end."],
    spaces: ["Two  spaces.", "One after. "],
    left_over: ["TODO: more.", "Lorem ipsum."],
    links: ["See [](#nowhere).", "See [](a.html).", "See [it](https://nowhere).", "See [it](http://a.example/x y)."],
    used: [("  anatomy:\n", "  unheard: {mean: check-up}\n  anatomy:\n"), ("modules: [executive]", "modules: [one-to-one]"), ("      - ahead\n", "      - ahaed\n")],
    headings: ["## Empty\n\n## Full\n\nText.", "## Last"],
    repeats: ["In one diary it says: 8.30, board call; 9.30, Hartwell; 11.00, keep free. In the other"],
    minutes: [("      - small-wins\n", "")],
    readable: [DULL * 60],
}


def self_test(course):
    unnoticed = []
    for check, damages in DAMAGES.items():
        before = collections.Counter(check(course))
        for damage in damages:
            broken = copy.copy(course)
            if isinstance(damage, tuple):
                assert damage[0] in course.plan.source, damage
                broken.plan = course.plan.damaged(course.plan.source.replace(*damage, 1))
            else:
                module = course.modules["moving-up"]
                broken.modules = {**course.modules,
                                  "moving-up": module.damaged(f"{module.source}\n{damage}\n")}
            if not collections.Counter(check(broken)) - before:
                unnoticed.append(f"{check.__name__} does not notice {damage!r}"[:150])
    missing = [check.__name__ for check in CHECKS if check not in DAMAGES]
    print("\n".join(unnoticed + missing) or f"{len(CHECKS)} checks notice {sum(map(len, DAMAGES.values()))} damages")
    return int(bool(unnoticed or missing))


def main(words):
    course = Course(words[-1])
    if words[0] == "--self-test":
        return self_test(course)
    wrong = [f"{check.__name__}: {one}" for check in CHECKS for one in check(course)]
    for one in wrong:
        print(one)
    for module in course.modules.values():
        found = ease(module)
        count = sum(len(words.split()) for words in module.words[module.first:])
        print(f"{module.path:36} {count:5} words, reading ease "
              f"{'too short' if found is None else f'{found:.0f}'}")
    print(f"{len(CHECKS)} checks of {len(course.texts())} texts, {len(wrong)} faults")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
