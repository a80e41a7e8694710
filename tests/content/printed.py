#!/usr/bin/python3
"""Marks that belong to typing and not to print, in the text of the built PDFs: straight quotes, and
markup that was not understood. Usage: printed.py COURSE OUT CACHE [--self-test]

Answers keep the marks that their writers typed; they are taken out of the text first."""
import pathlib
import re
import sys

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "readers"))
from readers import Report, editions, load_course  # noqa: E402

MARKS = re.compile(r"[\"'`]|\{\{|\}\}|:::|\*\*|\]\(|\\\||--|\.\.\.|\bTODO\b")


def strings(value):
    if isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)
    elif isinstance(value, str):
        yield value


def typed(folder, participant):
    """Everything that a participant has typed, or all who came from a form, without spaces."""
    answers = pathlib.Path(folder, "content", "answers")
    texts = [text for file in sorted((answers / (participant or "-")).glob("*.yml"))
             for text in strings(yaml.safe_load(file.read_text()))]
    texts += [file.read_text() for file in sorted(answers.glob("*.csv"))]
    return "".join("".join(text.split()) for text in texts)


def check(text, answers, report, path):
    for line in text.split("\n"):
        for mark in MARKS.finditer(line):
            around = "".join(line[max(0, mark.start() - 8):mark.end() + 8].split())
            report(around in answers, f"{path}: {mark.group()} in {line.strip()[:90]!r}")


def main(words):
    folder, out, cache = words[:3]
    found = editions(out, cache, load_course(folder))
    if "--self-test" in words:
        for damage in ('He said "no".', "It's so.", "{{name}}", "::: {.note}", "**Bold**"):
            report = Report()
            check(f"{found[0].text('text')}\n{damage}\n", "", report, found[0].path)
            assert report.problems, f"{damage} went unnoticed"
        return 0
    report = Report()
    for edition in found:
        if "authors-guide" in edition.path:
            continue  # it shows the sources' own marks
        check(edition.text("text"), typed(folder, edition.participant), report, edition.path)
    return report.finish(f"the words of {len(found)} PDFs")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
