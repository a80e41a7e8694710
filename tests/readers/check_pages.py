#!/usr/bin/python3
"""The pages as a typesetter judges them, from where the text stands: no single lines, nothing that
announces at a page's end, nothing outside the text area, no line upon another, running text on the
template's grid.
Usage: check_pages.py COURSE OUT CACHE [--self-test | --list]   (--list: white left at the foot)"""
import collections
import pathlib
import re
import sys

import yaml

from pdf_file import Element
from readers import Report, editions, load_course

MM = 72 / 25.4
HANG = 6  # points by which punctuation may hang in a margin
HEADING = re.compile(r"H[1-6]")


class Page:
    """The text area of the template, by whether the page is a left or a right one."""

    def __init__(self, course, template):
        folder = pathlib.Path(course) / "templates" / template
        self.theme = yaml.safe_load((folder / "template.yml").read_text())
        self.margins = {}
        for side in ("top", "bottom", "inner", "outer"):
            self.margins[side] = float(self.theme["page"][f"margin-{side}"].removesuffix("mm")) * MM
        style = self.theme["styles"]["prompt"]
        family = self.theme["fonts"][style["family"]]["name"].replace(" ", "")
        self.prompt = (f"{family}-{style.get('face', 'regular').capitalize()}", style["size"])
        body = self.theme["styles"]["body"]
        family = self.theme["fonts"][body["family"]]["name"].replace(" ", "")
        self.body = (re.compile(rf"{family}(-Regular|-Bold)?"), body["size"])
        self.leading = float(body["leading"].removesuffix("pt"))
        grid = str(self.theme["page"].get("grid", ""))
        self.grid = float(grid.removesuffix("pt")) if grid else None

    def area(self, number, width, height):
        right = number % 2 == 0 or not self.theme["page"].get("facing")  # counted from 0
        left = self.margins["inner" if right else "outer"]
        return (left, self.margins["bottom"],
                width - self.margins["outer" if right else "inner"],
                height - self.margins["top"])


def box(shown):
    """What surely is ink: from a little below the line to the height of an x."""
    text = shown.text
    spaces = (len(text) - len(text.strip(" "))) * 0.22 * shown.size
    return (shown.x, shown.y - 0.1 * shown.size,
            shown.x + max(shown.width - spaces, 0), shown.y + 0.55 * shown.size)


def check_places(edition, pdf, page, report):
    """Inside the text area, and no two strings on one another."""
    by_page = collections.defaultdict(list)
    for shown in pdf.shown:
        if shown.text.strip():
            by_page[shown.page].append(shown)
    for number, all_shown in by_page.items():
        _, _, width, height = pdf.pages[number]["/MediaBox"]
        left, low, right, high = page.area(number, width, height)
        cover = edition.cover and number == 0
        for shown in all_shown:
            x0, y0, x1, y1 = box(shown)
            inside = x0 >= left - HANG and x1 <= right + HANG and y0 >= low - 2 and y1 <= high + 2
            on_page = x0 >= 0 and y0 >= 0 and x1 <= width and y1 <= height
            report(on_page if shown.artifact or cover else inside,
                   f"{edition.path}: page {number + 1}: outside the text area: “{shown.text[:50]}”",
                   f"at {x0:.0f}…{x1:.0f}, {y0:.0f}")
        boxes = sorted((box(shown), shown.text) for shown in all_shown)
        for i, (one, text) in enumerate(boxes):
            for other, words in boxes[i + 1:]:
                if other[0] >= one[2] - 1:
                    break
                over = min(one[3], other[3]) - max(one[1], other[1])
                report(over < 0.6 or min(one[2], other[2]) - other[0] < 1,
                       f"{edition.path}: page {number + 1}: “{text[:40]}” and “{words[:40]}”",
                       f"overlap by {over:.1f} pt")


CELLS = {"LBody", "TH", "TD"}  # a paragraph that is all there is in one is its own text


class Block:
    """A paragraph or heading: its lines by page."""

    def __init__(self, element, pdf, lines, fonts):
        self.element, self.pages = element, collections.OrderedDict()
        keys = list(element.marked())
        self.fonts = {fonts.get(key) for key in keys}
        for key in keys:
            self.pages.setdefault(key[0], set()).update(lines.get(key, ()))
        for kid in element.kids:  # a field of a form may have no text of its own
            if isinstance(kid, str) and not self.pages:
                self.pages[pdf.page_numbers[pdf.resolve(kid)["/P"]]] = set()
        # an empty field of a printed edition has neither text nor a place in the tree
        self.first = next(iter(self.pages), None)
        self.last = next(reversed(self.pages), None)


def read_blocks(pdf):
    """What stands one below another, in the order of reading: paragraphs, headings, fields."""
    lines, fonts, names = {}, {}, {}
    for reference, font in pdf.fonts.items():
        names[id(font)] = pdf.resolve(reference)["/BaseFont"].split("+")[-1]
    for shown in pdf.shown:
        if shown.mcid is not None and not shown.artifact and shown.text.strip():
            key = (shown.page, shown.mcid)
            # a raised figure is of the line that it stands in
            lines.setdefault(key, set()).add(round(shown.y / 6) * 6)
            fonts.setdefault(key, (names[id(shown.font)], round(shown.size, 1)))
    blocks = []
    leaves = {"P", "Form", "Figure", "Code", "H1", "H2", "H3", "H4", "H5", "H6", "TOCI", "Caption"}

    def walk(element):
        alone = element.role in CELLS and any(not isinstance(kid, Element) for kid in element.kids)
        if element.role in leaves or alone:
            blocks.append(Block(element, pdf, lines, fonts))
            return
        for kid in element.kids:
            if isinstance(kid, Element):
                walk(kid)
    walk(pdf.structure())
    return blocks


def ancestors(element):
    while element:
        yield element.role
        element = element.parent


def follows(block, after, low):
    """What comes after begins on the block's last page; an empty field has room there."""
    if after.first is None:
        return min(block.pages[block.last], default=low + 40) > low + 20
    return after.first == block.last


def check_keeps(edition, blocks, texts, page, report, counts):
    low = page.margins["bottom"]
    for block, after in zip(blocks, blocks[1:] + [None]):
        if block.first is None:
            continue
        roles = set(ancestors(block.element))
        words = block.element.text(texts).strip()
        where = f"{edition.path}: page {block.last + 1}: “{words[:60]}”"
        if len(block.pages) > 1 and block.element.role in CELLS | {"P"}:
            counts["split over pages"] += 1
            report(not roles & {"TD", "TH"}, f"{where}: a cell is split")
            report(len(block.pages[block.first]) > 1, f"{where} leaves a single line behind")
            report(len(block.pages[block.last]) > 1, f"{where} brings a single line to the page")
        if not after or "TOC" in roles or "Note" in set(ancestors(after.element)):
            continue
        if HEADING.fullmatch(block.element.role):
            counts["headings"] += 1
            report(follows(block, after, low), f"{where}: a heading at the page's end")
        elif page.prompt in block.fonts and len(block.fonts) == 1 and not roles & {"TD", "TH"}:
            counts["prompts"] += 1
            report(follows(block, after, low), f"{where}: a prompt at the page's end")
        elif words.endswith(":") and block.element.role == "P" and not roles & {"TD", "TH", "LI"}:
            counts["announcements"] += 1
            report(follows(block, after, low), f"{where}: announces at the page's end")


def check_items(edition, tree, report):
    """A bullet stands on the page on which its words begin."""
    for element in tree.walk():
        if element.role == "LI":
            places = [next(iter(kid.marked()), None) for kid in element.kids
                      if isinstance(kid, Element)]
            pages = {place[0] for place in places if place}
            report(len(pages) == 1, f"{edition.path}: a bullet without its words: pages {pages}")


def check_notes(edition, blocks, tree, report, counts):
    """A footnote stands on the page that calls it."""
    elements = list(tree.walk())
    calls = [next(iter(e.marked()))[0] for e in elements
             if e.role == "Reference" and "TOCI" not in set(ancestors(e))]
    notes = [next(iter(e.marked()))[0] for e in elements if e.role == "Note"]
    counts["footnotes"] += len(notes)
    report(sorted(calls) == sorted(notes),
           f"{edition.path}: footnotes called on pages {calls}, standing on {notes}")


def body_lines(pdf, page, number):
    """Baselines of running text that begins at the column's edge, of the page's top downwards."""
    _, _, width, height = pdf.pages[number]["/MediaBox"]
    left, _, _, _ = page.area(number, width, height)
    name, size = page.body
    found = set()
    names = {id(font): pdf.resolve(reference)["/BaseFont"].split("+")[-1]
             for reference, font in pdf.fonts.items()}
    for shown in pdf.shown:
        if (shown.page == number and not shown.artifact and abs(shown.x - left) < HANG
                and abs(shown.size - size) < 0.01 and len(shown.text.strip()) > 1
                and name.fullmatch(names[id(shown.font)])):
            found.add(round(height - shown.y, 2))
    return sorted(found)


def check_grid(edition, pdf, page, report, counts):
    """Lines of running text stand on one grid on all pages, and pages that they fill end level."""
    if not page.grid:
        return
    lines = [(number, y) for number in range(len(pdf.pages)) for y in body_lines(pdf, page, number)]
    counts["lines on a grid"] += len(lines)
    if not lines:
        return
    rests = sorted(y % page.grid for _, y in lines)
    usual = rests[len(rests) // 2]
    for number, y in lines:
        off = (y - usual + page.grid / 2) % page.grid - page.grid / 2
        report(abs(off) < 0.1 * MM, f"{edition.path}: page {number + 1}: a line at {y:.1f} pt",
               f"is {off:.2f} pt off the grid")
    _, low, _, _ = page.area(0, *pdf.pages[0]["/MediaBox"][2:])
    height = pdf.pages[0]["/MediaBox"][3]
    chapters = {key[0] for e in pdf.structure().walk() if e.role == "H1"
                for key in list(e.marked())[:1]}
    feet = {number: y for number, y in sorted(lines)
            if y > height - low - page.leading and number + 1 not in chapters}
    level = collections.Counter(round(y) for y in feet.values()).most_common(1)
    for number, y in feet.items():
        report(round(y) == level[0][0], f"{edition.path}: page {number + 1}",
               f"ends at {y:.1f} pt and others at {level[0][0]}")


def list_pities(edition, blocks, pdf, page):
    """Pages that end early though their chapter goes on, and short last lines of paragraphs."""
    lowest = {}
    for shown in pdf.shown:
        if not shown.artifact and shown.text.strip():
            lowest[shown.page] = min(lowest.get(shown.page, 10000), shown.y)
    starts = {block.first for block in blocks if block.element.role == "H1"}
    for number, y in sorted(lowest.items()):
        _, _, width, height = pdf.pages[number]["/MediaBox"]
        _, low, _, high = page.area(number, width, height)
        white = (y - low) / (high - low)
        if white > 0.12 and number + 1 not in starts and number + 1 < len(pdf.pages):
            print(f"{edition.path}: page {number + 1}: {white:.0%} white at the foot")


def check(edition, course, report, counts, pdf=None, show=False):
    page = Page(course, edition.template)
    pdf = pdf or edition.pdf()
    tree, texts, blocks = pdf.structure(), pdf.texts(), read_blocks(pdf)
    check_places(edition, pdf, page, report)
    check_keeps(edition, blocks, texts, page, report, counts)
    check_items(edition, tree, report)
    check_notes(edition, blocks, tree, report, counts)
    check_grid(edition, pdf, page, report, counts)
    if show:
        list_pities(edition, blocks, pdf, page)


def self_test(edition, course):
    """Text moved by a column, by a line, by a page: each must be noticed."""
    def two_of(pdf):
        return [s for s in pdf.shown if s.page == 8 and not s.artifact and len(s.text) > 30][:2]

    def aside(pdf):
        two_of(pdf)[0].x += 400

    def onto(pdf):
        one, other = two_of(pdf)
        other.x, other.y = one.x, one.y + 2

    def alone(pdf):
        heading = next(e for e in pdf.structure().walk() if e.role == "H2")
        for key in heading.marked():
            heading.source["/Pg"] = pdf.json["pages"][key[0] - 1]["object"]

    def off_grid(pdf):
        page = Page(course, edition.template)
        y = body_lines(pdf, page, 8)[-1]
        height = pdf.pages[8]["/MediaBox"][3]
        for shown in pdf.shown:
            if shown.page == 8 and abs(height - shown.y - y) < 0.1:
                shown.y -= 1
    clean = Report()
    check(edition, course, clean, collections.Counter())
    for damage in (aside, onto, alone, off_grid):
        pdf, report = edition.pdf(), Report()
        damage(pdf)
        check(edition, course, report, collections.Counter(), pdf)
        assert len(report.problems) > len(clean.problems), f"{damage.__name__} went unnoticed"
    return 0


def main():
    course, out, cache = sys.argv[1:4]
    found = editions(out, cache, load_course(course))
    if "--self-test" in sys.argv:
        workbook = next(e for e in found if "workbook" in e.path)
        return self_test(workbook, course)
    report, counts = Report(), collections.Counter()
    for edition in found:
        check(edition, course, report, counts, show="--list" in sys.argv)
    looked_at = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
    return report.finish(f"{len(found)} PDFs: {looked_at}")


if __name__ == "__main__":
    sys.exit(main())
