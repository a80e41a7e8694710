#!/usr/bin/python3
"""One chapter of the workbook as it is heard: what poppler's pdfinfo says of the structure tree,
with what fields are called and pictures show, is aloud.txt beside this file. A person reads the difference.
Usage: check_aloud.py COURSE OUT CACHE [--self-test | --bless]"""
import difflib
import pathlib
import re
import sys

import pikepdf

from readers import editions, load_course

MATERIAL, CHAPTER = "partnership-workbook", "Where the two of you are"
GOLDEN = pathlib.Path(__file__).with_name("aloud.txt")
KINDS = {"/Tx": "field", "/Btn": "button", "/Ch": "list"}
SPOKEN = {"P": "", "LBody": "", "TD": "cell: ", "TH": "head: ", "Lbl": "label: ",
          "Caption": "caption: ", "Reference": "reference: ", "Note": "note", "L": "list",
          "LI": "item", "Table": "table", "TR": "row", "Figure": "figure: ", "BlockQuote": "quote"}
SILENT = {"Document", "Sect", "Div", "THead", "TBody", "Form", "Span", "Link", "Em", "Strong"}


class Heard:
    """An element, or a piece of text, with those inside of it."""

    def __init__(self, kind, words=""):
        self.kind, self.words, self.kids = kind, words, []

    def text(self):
        """What is said of it in one go: its own words and those of what is inline."""
        return self.words + "".join(kid.text() for kid in self.kids)

    def is_inline(self):
        return self.kind in ("text", "Span", "Link", "Reference", "Form", "object", "Em", "Strong")


def parse(said, name_object):
    """The tree by its indentation. Attributes stand deeper, and begin with a stroke."""
    top = Heard("top")
    open_ones = [(-1, top)]
    for line in said.splitlines():
        depth, words = len(line) - len(line.lstrip()), line.strip()
        if not words or words.startswith("/"):
            continue
        found = re.match(r"Object (\d+) (\d+)", words)
        if words.startswith('"'):
            one = Heard("text", words[1:-1])
        elif found:
            one = Heard("object", name_object(int(found[1]), int(found[2])))
        else:
            one = Heard(re.match(r"[A-Za-z0-9]+", words)[0])
        while open_ones[-1][0] >= depth:
            open_ones.pop()
        open_ones[-1][1].kids.append(one)
        open_ones.append((depth, one))
    return top


def alternatives(root):
    """What is said in place of each Figure, in the order they are read in."""
    waiting, found = [root.StructTreeRoot.K], []
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting.extend(reversed(list(node)))
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            if node.S == "/Figure":
                found.append(str(node.Alt))
            if "/K" in node:
                waiting.append(node.K)
    return found


def name_figures(heard, alternatives_left):
    for kid in heard.kids:
        if kid.kind == "Figure":
            kid.kids = [Heard("text", alternatives_left.pop(0))]
        name_figures(kid, alternatives_left)


def namer(pdf):

    def name_object(number, generation):
        thing = pdf.get_object(number, generation)
        if thing.Subtype == "/Link":
            return ""  # its words are its content
        kind = thing.FT if "/FT" in thing else thing.Parent.FT
        return f"[{KINDS[str(kind)]}: {thing.TU}]"
    return name_object


def lines_of(heard, depth=0):
    """A line for each thing that is said, indented by what it is in."""
    if heard.kind in SILENT or heard.kind == "top":
        if heard.is_inline():
            yield "  " * depth + heard.text().strip()
            return
        for kid in heard.kids:
            yield from lines_of(kid, depth)
        return
    if heard.kind in ("text", "object"):
        if heard.words.strip():
            yield "  " * depth + heard.words.strip()
        return
    level = re.fullmatch(r"H([1-6])", heard.kind)
    said = f"heading {level[1]}: " if level else SPOKEN[heard.kind]
    if all(kid.is_inline() for kid in heard.kids):
        yield "  " * depth + (said + heard.text().strip()).strip()
        return
    if said:
        yield "  " * depth + said.strip().rstrip(":")
    for kid in heard.kids:
        yield from lines_of(kid, depth + bool(said))


def tidy(line):
    """One space between words: lines end elsewhere on another paper."""
    inside = len(line) - len(line.lstrip())
    return line[:inside] + " ".join(line.split())


def chapter_of(heard, title):
    for kid in heard.kids:
        if any(part.kind == "H1" and part.text() == title for part in kid.kids):
            return kid
        found = chapter_of(kid, title)
        if found:
            return found
    return None


def main():
    course, out, cache = sys.argv[1:4]
    edition = next(one for one in editions(out, cache, load_course(course))
                   if one.blank and one.sampled and one.material == MATERIAL)
    with pikepdf.open(edition.file) as pdf:
        heard = parse(edition.text("structure"), namer(pdf))
        name_figures(heard, alternatives(pdf.Root))
    now = [tidy(line) for line in lines_of(chapter_of(heard, CHAPTER))]
    if "--bless" in sys.argv:
        GOLDEN.write_text("\n".join(now) + "\n")
        return 0
    before = GOLDEN.read_text().splitlines()
    if "--self-test" in sys.argv:  # two lines in the wrong order are a difference
        now[5], now[6] = now[6], now[5]
        return 0 if now != before else 1
    changes = list(difflib.unified_diff(before, now, "aloud.txt", "now", lineterm="", n=2))
    print("\n".join(changes))
    print(f"{len(now)} things said")
    return 1 if changes else 0


if __name__ == "__main__":
    sys.exit(main())
