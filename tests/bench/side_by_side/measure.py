#!/usr/bin/python3
"""How well lines are set: measure.py PROSE MEASURE NAME=PDF… prints a Markdown table, a
column a PDF. MEASURE is in millimetres.

All PDFs are read by one extractor, mutool's structured text: the place and advance of every glyph.
Its letters are walked along the text of PROSE (a paragraph a line), so words, paragraphs and
hyphens that a program put in are known rather than guessed."""
import re
import statistics
import subprocess
import sys
import xml.etree.ElementTree as tree
from dataclasses import dataclass, field

from fontTools.ttLib import TTFont

FONT = "/usr/share/fonts/truetype/gentiumplus/GentiumBookPlus-Regular.ttf"
SIZE, WIDTH = 10.5, 210 / 25.4 * 72
EM, RIVER = SIZE, 1.5 / 25.4 * 72
WIDE = 1.25  # of the font's own space
LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}


@dataclass
class Line:
    page: int
    paragraph: int = 0
    words: list = field(default_factory=list)  # [left, right] of each
    hyphen: bool = False      # one that the program put in
    end: str = ""             # the last character of the text on it
    last: bool = False
    broken: bool = False      # begins with the rest of a word

    @property
    def spaces(self):
        return [b[0] - a[1] for a, b in zip(self.words, self.words[1:])]


def glyph_lines(pdf: str) -> list[tuple[int, list]]:
    """Lines of a PDF's text as (page, [(left, right, character)…]), those in size SIZE only."""
    out = subprocess.run(["mutool", "draw", "-q", "-F", "stext", "-o", "-", pdf], check=True,
                         capture_output=True).stdout
    lines = []
    for number, page in enumerate(tree.fromstring(out).iter("page")):
        rows: dict[int, list] = {}
        for font in page.iter("font"):
            if abs(float(font.get("size")) - SIZE) > 0.3:
                continue
            for char in font.iter("char"):
                quad = list(map(float, char.get("quad").split()))
                if char.get("c").strip():
                    rows.setdefault(round(float(char.get("y"))), []).append(
                        (quad[0], quad[2], LIGATURES.get(char.get("c"), char.get("c"))))
        for y in sorted(rows):
            lines.append((number, rows[y]))
    return lines


def letters(paragraphs: list[str]):
    for number, paragraph in enumerate(paragraphs):
        words = paragraph.split()
        for w, word in enumerate(words):
            for c, char in enumerate(word):
                yield (number, w, c, char, w + 1 == len(words) and c + 1 == len(word))


def read(pdf: str, paragraphs: list[str]) -> list[Line]:
    text, lines = list(letters(paragraphs)), []
    at = 0
    for page, glyphs in glyph_lines(pdf):
        line = Line(page, text[at][0] if at < len(text) else -1)
        word = None
        for number, (left, right, chars) in enumerate(glyphs):
            for char in chars:
                char = "-" if char in "‐\xad" else char
                if at < len(text) and char == text[at][3]:
                    if word is None:
                        line.broken = text[at][2] > 0
                    if text[at][1] != word:
                        line.words.append([left, right])
                    word = text[at][1]
                    line.words[-1][1] = max(line.words[-1][1], right)
                    line.end, line.last = char, text[at][4]
                    at += 1
                elif char == "-" and number + 1 == len(glyphs):
                    line.hyphen = True
                    line.words[-1][1] = right
                else:
                    sys.exit(f"{pdf}, page {page + 1}: {char!r} where the text has "
                             f"{text[at - 20:at + 5]}")
        if line.words:
            lines.append(line)
    if at < len(text):
        sys.exit(f"{pdf}: the text ends at letter {at} of {len(text)}")
    return lines


def runs(flags: list[bool], least: int) -> int:
    found = length = 0
    for flag in [*flags, False]:
        if flag:
            length += 1
            continue
        found += length >= least
        length = 0
    return found


def rivers(lines: list[Line], least: int, wide: float = 0) -> int:
    """Chains of spaces in `least` or more lines in a row, each within RIVER of the one above, and
    all `wide` or wider."""
    found, ends = 0, []
    before = None
    for line in [*lines, None]:
        places = [(a[1] + b[0]) / 2 for a, b in zip(line.words, line.words[1:])
                  if b[0] - a[1] >= wide] if line else []
        if not line or (before and line.paragraph != before.paragraph):
            found += sum(length >= least for _, length in ends)
            ends = []
        grown, used = [], set()
        for place in places:
            near = [(abs(place - p), i) for i, (p, _) in enumerate(ends)
                    if i not in used and abs(place - p) <= RIVER]
            if near:
                i = min(near)[1]
                used.add(i)
                grown.append((place, ends[i][1] + 1))
            else:
                grown.append((place, 1))
        found += sum(length >= least for i, (_, length) in enumerate(ends) if i not in used)
        ends, before = grown, line
    return found


def widows_orphans(lines: list[Line]) -> tuple[int, int]:
    widows = orphans = 0
    for before, line, after in zip([None, *lines], lines, [*lines[1:], None]):
        starts = not before or before.paragraph != line.paragraph
        if line.last and not starts and before.page != line.page:
            widows += 1
        if starts and not line.last and after and after.page != line.page:
            orphans += 1
    return widows, orphans


def measure(lines: list[Line], across: float) -> dict[str, str]:
    font = TTFont(FONT)
    natural = font["hmtx"][font.getBestCmap()[0x20]][0] / font["head"].unitsPerEm
    full = [line for line in lines if not line.last and line.spaces]
    spaces = [statistics.mean(line.spaces) / EM / natural for line in full]
    pairs = [abs(a - b) for (la, a), (lb, b) in
             zip(zip(full, spaces), list(zip(full, spaces))[1:]) if la.paragraph == lb.paragraph]
    ends = [line.hyphen or (line.end in "-–" and not line.last) for line in lines]
    ends = [flag for line, flag in zip(lines, ends)]
    last = [line for b, line in zip([None, *lines], lines)
            if line.last and b and b.paragraph == line.paragraph]
    widows, orphans = widows_orphans(lines)
    left, right = (WIDTH - across) / 2, (WIDTH + across) / 2
    gaps = sum(len(line.spaces) for line in lines)
    return {
        "lines": str(len(lines)),
        "word space, mean (1 = the font's own)": f"{statistics.mean(spaces):.3f}",
        "— standard deviation": f"{statistics.pstdev(spaces):.3f}",
        "— root mean square from the font's own":
            f"{statistics.mean((s - 1) ** 2 for s in spaces) ** 0.5:.3f}",
        "— widest": f"{max(spaces):.2f}",
        "— narrowest": f"{min(spaces):.2f}",
        "— lines wider than 1.5": str(sum(s > 1.5 for s in spaces)),
        "— from one line to the next, mean": f"{statistics.mean(pairs):.3f}",
        "lines that end with a hyphen put in": str(sum(line.hyphen for line in lines)),
        "— or with any hyphen": str(sum(ends)),
        "— two such lines in a row": str(runs(ends, 2)),
        "— three or more": str(runs(ends, 3)),
        "rivers of three lines or more": str(rivers(lines, 3)),
        "— of five or more": str(rivers(lines, 5)),
        "— of three or more, for 1,000 word spaces": f"{rivers(lines, 3) / gaps * 1000:.1f}",
        "— that can be seen: three or more wide spaces": str(rivers(lines, 3, WIDE * natural * EM)),
        "widows": str(widows),
        "orphans": str(orphans),
        "last lines shorter than 2 em":
            str(sum(line.words[-1][1] - line.words[0][0] < 2 * EM for line in last)),
        "last lines that begin with half a word": str(sum(line.broken for line in last)),
        "lines that stick out": str(sum(
            line.words[-1][1] > right + 0.25 * EM or line.words[0][0] < left - 0.35 * EM
            for line in lines)),
    }


def main() -> None:
    paragraphs = [line for line in open(sys.argv[1], encoding="utf-8").read().splitlines() if line]
    columns = []
    across = float(sys.argv[2]) / 25.4 * 72
    for argument in sys.argv[3:]:
        name, pdf = argument.split("=", 1)
        columns.append((name, measure(read(pdf, paragraphs), across)))
    print("| |" + "|".join(f" {name} " for name, _ in columns) + "|")
    print("|---|" + "--:|" * len(columns))
    for row in columns[0][1]:
        print(f"| {row} |" + "|".join(f" {values[row]} " for _, values in columns) + "|")


if __name__ == "__main__":
    main()
