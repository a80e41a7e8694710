#!/usr/bin/python3
"""What people type is printed as they typed it, all of it, and a private answer reaches nobody
else. Builds a small course with hostile answers.
Usage: check_typed.py TANDEM PROJECT PDFJS_FOLDER"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

import readers
from check_clean import check_glyphs
from check_form import fields_of
from markdown_words import normal

LONG = " ".join(f"Sentence {i} of an answer that goes on and on, because somebody had a lot to say."
                for i in range(1, 40))  # over 3,000 characters
TYPED = {
    "markup": "**x** _y_ ~~z~~ `c` # not a heading [a](https://example.org) ![b](c.png)",
    "variable": "{{y}} {{assistant.name}} \\{{z}} {#id .class}",
    "formula": "=1+1 and =HYPERLINK(\"https://example.org\") @SUM(1) +1 -1",
    "tags": "<b>bold</b> <script>alert(1)</script> &amp; &#65; <!-- gone? -->",
    "operators": "(a) Tj ET Q ] >> endstream endobj %%EOF \\( \\n \\101",
    "block": "::: {.page-break} :::",
    "straight": "it's \"straight\" -- and --- dashes... stay as they are",
    "spaces": "tab\there,  two  spaces, a\u00a0no-break one, a soft\u00adhyphen",
    "polish": "Zażółć gęślą jaźń, ŁÓDŹ",
    "combining": "e\u0301tude, o\u0308l, n\u0303, a\u0328\u0301 z\u0335",
    "greek": "Ωμέγα καὶ ὄφις; Жук и ёж",
    "emoji": "Well done 😀 👍🏽 👩‍💻 ✓ ☂ ★",
    "arabic": "مرحبا بالعالم",
    "hebrew": "שלום עולם",
    "mixed": "I said שלום and (left) at 10:30",
    "hindi": "नमस्ते दुनिया",
    "thai": "สวัสดีชาวโลก",
    "chinese": "你好，世界",
    "ligatures": "office shuffle fjord waffle affiliate",
    "endless": "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle" * 3,
}
SECRETS = {"assistant": "Quokka Zephyr Assistantonly", "executive": "Narwhal Vortex Executiveonly"}
NAME = "Ada <b>{{x}}</b> (O'Neil) \\ & Co"
RIGHT_TO_LEFT = {"arabic", "hebrew", "mixed"}


def write_course(folder):
    modules = folder / "content" / "modules"
    answers = folder / "content" / "answers" / "ada-ben"
    modules.mkdir(parents=True)
    answers.mkdir(parents=True)
    (folder / "content" / "course.yml").write_text("""\
title: Typed
version: "1.0"
publisher: Nobody
language: en-GB
currency: GBP
start: 2026-01-05
as-of: 2026-03-02
template: classic
profile: {assistant.name: text}
respondents:
  assistant: {label: Assistant}
  executive: {label: Executive}
materials:
  - {pdf: workbook, title: Workbook, modules: [typed], each: respondent, cover: true}
  - {pdf: pair, title: Pair, modules: [typed], blank: false}
""")
    blocks = "".join(f"::: {{.write #{key} lines=2}}\nPrompt of {key}\n:::\n\n" for key in TYPED)
    (modules / "typed.md").write_text(f"""\
---
id: typed
title: Typed
---

# Typed

Said by {{{{assistant.name|the assistant}}}}: {{{{markup@assistant|what was said}}}}

{blocks}
::: {{.write #long lines=3}}
A long answer
:::

::: {{.field #line type=text}}
One line
:::

::: {{.write #secret lines=3 private}}
Only for yourself
:::

::: {{.field #secret-line type=text private}}
Only for yourself, in a line
:::

::: {{.log #lines rows=3}}
A line each.

| What {{#what}} | Why {{#why}} |
|---|---|
:::
""")

    def put(name, value):
        (answers / name).write_text(json.dumps(value, ensure_ascii=False, indent=1))
    put("profile.yml", {"assistant.name": NAME})
    mine = dict(TYPED, long=LONG, line="=2+2 <i>{{z}}</i> **w** " + TYPED["polish"],
                lines=[{"what": TYPED["markup"], "why": TYPED["tags"]}])
    for respondent, secret in SECRETS.items():
        both = {"secret": secret, "secret-line": secret[::-1]}
        put(f"2026-02-0{len(respondent) - 7}.{respondent}.yml",
            dict(mine, **both) if respondent == "assistant" else both)


def same(text):
    """Without what a copy may differ in: white space, signs that are not seen (of direction, of
    joining, soft hyphens), how a letter with an accent is spelt."""
    text = re.sub("[\u034f\u200d-\u200f\u202a-\u202e\u2066-\u2069\ufe0f]", "", text)
    text = re.sub("\u00ad[ \n]*", "", text)
    return unicodedata.normalize("NFC", re.sub(r"\s+", "", text))


def check_whole(edition, copies, report):
    typed = dict(TYPED, long=LONG, name=NAME, line="=2+2 <i>{{z}}</i> **w** " + TYPED["polish"])
    for reader, text in copies.items():
        text = same(text)
        for key, words in typed.items():
            if key in RIGHT_TO_LEFT:  # in this order or that, as readers will have it
                found = all(same(word) in text or same(word)[::-1] in text
                            for word in words.split())
            elif key == "long" and reader != "own":  # the end of a page may tear one sentence
                torn = [part for part in LONG.split(".") if same(part) not in text]
                found = len(torn) <= 1
            else:
                found = same(words) in text
            report(found, f"{edition.path}: {reader}: {key} is not as it was typed: {words[:60]!r}")


def check_private(edition, copies, pdf, report):
    """Not in any text, string or stream, however it is coded."""
    others = [secret for who, secret in SECRETS.items() if who != edition.respondent]
    streams = b"".join(pdf.stream(key[4:]) for key, value in pdf.objects.items()
                       if "stream" in value)
    strings = json.dumps(pdf.objects, ensure_ascii=False)
    for secret in others:
        for word in secret.split():
            for each in (word, word[::-1]):
                kept = [reader for reader, text in copies.items() if each in text]
                report(not kept, f"{edition.path}: {each} of somebody else in {kept}")
                for encoding in ("utf-8", "utf-16-be"):
                    report(each.encode(encoding) not in streams and
                           each.encode(encoding).hex() not in strings,
                           f"{edition.path}: {each} of somebody else in a stream or string")
                report(each not in strings and each.encode() not in edition.file.read_bytes(),
                       f"{edition.path}: {each} of somebody else in the file")
    own = SECRETS.get(edition.respondent)
    if own and not edition.blank:
        for reader, text in copies.items():
            report(same(own) in same(text) and same(own[::-1]) in same(text),
                   f"{edition.path}: {reader}: one's own private answer is missing")


def check_can_fail(edition, copies, pdf):
    """A changed answer and a private one in the wrong hands are noticed."""
    for damage in (lambda text: text.replace("{{y}}", "y"),
                   lambda text: text.replace("<b>", ""),
                   lambda text: text.replace("Sentence 20", "")):
        noticed = readers.Report()
        check_whole(edition, {name: damage(text) for name, text in copies.items()}, noticed)
        assert noticed.problems, "a changed answer went unnoticed"
    noticed = readers.Report()
    check_private(edition, {"raw": copies["raw"] + SECRETS["executive"]}, pdf, noticed)
    assert noticed.problems, "a private answer in the wrong hands went unnoticed"


def values_of(page):
    """What pdf.js finds in a page's fields."""
    return [field["value"] for field in page["fields"] if isinstance(field["value"], str)]


def main():
    tandem, project, pdfjs_folder = sys.argv[1:4]
    report = readers.Report()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_course(folder)
        (folder / "templates").symlink_to(pathlib.Path(project, "templates").resolve())
        built = subprocess.run([tandem, "build", "--course", folder, "--out", folder / "out"],
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if built.returncode:
            print(built.stdout)
            return 1
        found = readers.editions(folder / "out", folder / "cache", readers.load_course(folder))
        readers.read_all(found, pdfjs_folder)
        for edition in found:
            pdf = edition.pdf()
            texts = pdf.texts()
            fields = fields_of(pdf, report, edition.path).values()
            copies = {"raw": edition.text("raw"), "mutool": edition.text("mutool"),
                      "pdfjs": "\n".join(text for page in edition.pdfjs()["pages"]
                                         for text in [page["text"], *values_of(page)]),
                      "own": "\n".join([*(texts[key] for key in pdf.structure().marked()
                                          if key in texts), *(f.text() for f in fields if f.kind == "/Tx")])}
            for tool in ("check", "info", "mutool", "pdfjs", "render"):
                for line in edition.complaints(tool):
                    report(False, f"{edition.path}: {tool}: {line}")
            if edition.respondent == "assistant":
                check_whole(edition, copies, report)
                check_can_fail(edition, copies, pdf)
            check_private(edition, copies, pdf, report)
            check_glyphs(edition, pdf, report)
            if edition.blank:
                for reader, text in copies.items():
                    report("Sentence 1 " not in normal(text),
                           f"{edition.path}: {reader}: an answer in the blank edition")
    return report.finish(f"{len(found)} PDFs of a course with {len(TYPED) + 2} hostile answers")


if __name__ == "__main__":
    sys.exit(main())
