#!/usr/bin/python3
"""The structure tree: every mark on a page lies in it or is an artifact, headings follow the
sources, lists and tables are whole, the order of reading is the sources' order, what is not text
has words. Read by our own reader, and by poppler's for one blank and one filled file.
Usage: check_structure.py COURSE OUT CACHE [--self-test]"""
import re
import sys

from check_words import expected
from markdown_words import normal
from pdf_file import Element
from readers import Report, editions, load_course

# What may stand directly in what (ISO 32000-1, 14.8.4), as far as our roles go.
INSIDE = {"LI": {"L"}, "LBody": {"LI"}, "TR": {"Table", "THead", "TBody", "TFoot"},
          "TH": {"TR"}, "TD": {"TR"}, "THead": {"Table"}, "TBody": {"Table"}, "TOCI": {"TOC"}}
MUST_HOLD = {"L": {"LI", "L", "Caption"}, "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
             "TR": {"TH", "TD"}, "TOC": {"TOCI", "TOC", "Caption"}}


def read_tree(pdf):
    tree = pdf.structure()
    return tree, list(tree.walk()), pdf.texts()


def check_marked(edition, pdf, tree, report):
    """Content and tree refer to one another, each once."""
    for page, operator in pdf.loose[:5]:
        report(False, f"{edition.path}: page {page + 1}: {operator.decode()} outside the structure")
    seen = set()
    for key in tree.marked():
        report(key not in seen,
               f"{edition.path}: page {key[0] + 1}: MCID {key[1]} twice in the tree")
        seen.add(key)
    painted = set(pdf.painted)
    for page, mcid in sorted(painted - seen)[:5]:
        report(False, f"{edition.path}: page {page + 1}: MCID {mcid} is not in the tree")
    for page, mcid in sorted(seen - painted)[:5]:
        report(False, f"{edition.path}: page {page + 1}: MCID {mcid} of the tree paints nothing")
    annotations = {kid for element in tree.walk() for kid in element.kids if isinstance(kid, str)}
    for number, page in enumerate(pdf.pages):
        for reference in pdf.resolve(page.get("/Annots", [])):
            note = pdf.resolve(reference)
            report(reference in annotations or int(note.get("/F", 0)) & 2,
                   f"{edition.path}: page {number + 1}: an annotation outside the structure")


def check_roles(edition, elements, texts, report):
    for element in elements:
        where = f"{edition.path}: {element.role} “{element.text(texts)[:40]}”"
        parent = element.parent.role if element.parent else None
        report(element.role not in INSIDE or parent in INSIDE[element.role],
               f"{where} stands in {parent}")
        kids = [kid.role for kid in element.kids if isinstance(kid, Element)]
        if element.role in MUST_HOLD:
            report(kids and set(kids) <= MUST_HOLD[element.role], f"{where} holds {set(kids)}")
        if element.role == "LI":
            report("LBody" in kids, f"{where} has no body")
        if element.role == "Figure":
            report(element.alt, f"{where} has no alternative text")
            report("/BBox" in element.attributes, f"{where} has no box")
        if element.role == "Form":
            report(element.alt or element.text(texts).strip() or
                   any(isinstance(kid, str) for kid in element.kids), f"{where} says nothing")
            report(not element.alt or not element.text(texts).strip(),
                   f"{where}: an answer is hidden behind “{element.alt}”")
        if element.role == "Link":
            report(any(isinstance(kid, str) for kid in element.kids), f"{where} has no annotation")
            report(element.text(texts).strip() or element.alt, f"{where} has no words")
        if element.role == "TH":
            report("/Scope" in element.attributes, f"{where} has no scope")


def check_tables(edition, elements, report):
    """All rows of a table are as wide as its first."""
    for table in elements:
        if table.role != "Table":
            continue
        rows = [row for row in table.walk() if row.role == "TR"]
        widths = {sum(int(kid.attributes.get("/ColSpan", 1)) for kid in row.kids
                      if isinstance(kid, Element)) for row in rows}
        report(len(widths) == 1, f"{edition.path}: a table's rows are {sorted(widths)} cells wide")
        report(any(kid.role == "TH" for row in rows for kid in row.kids
                   if isinstance(kid, Element)), f"{edition.path}: a table without a head cell")


def check_headings(edition, elements, texts, units, report):
    level, found = 0, []
    for element in elements:
        if not re.fullmatch(r"H[1-6]", element.role):
            continue
        now, text = int(element.role[1]), normal(element.text(texts))
        report(now <= level + 1, f"{edition.path}: {element.role} “{text}” after H{level}")
        level = now
        found.append((now, text))
    # a heading with a gap has words put in: the sources' pieces are compared
    for unit in units:
        if not re.fullmatch(r"h[1-6]", unit.kind):
            continue
        match = next((i for i, (now, text) in enumerate(found)
                      if now == int(unit.kind[1]) and unit.pieces[0] in text), None)
        if report(match is not None, f"{edition.path}: no heading {unit} in its order"):
            found = found[match + 1:]


def check_order(edition, flat, units, report):
    """Every unit stands in the tree's text after the one before it. Footnotes stand at the foot of
    wherever they are called."""
    position = 0
    for unit in units:
        if unit.kind in ("footnote", "source", "title", "block title"):
            report(flat.find(unit.pieces[0]) >= 0, f"{edition.path}: not in the structure: {unit}")
            continue
        for piece in unit.pieces:
            place = flat.find(piece, position)
            if not report(place >= 0, f"{edition.path}: out of its order: {unit}"):
                break
            position = place + len(piece)


def check_items(edition, elements, texts, units, report):
    """List items are items of the tree, table cells cells."""
    kinds = {"item": ("LBody", "TH", "TD", "P"), "cell": ("TH", "TD", "P")}
    held = {role: [] for roles in kinds.values() for role in roles}
    for element in elements:
        if element.role in held:
            held[element.role].append(normal(element.text(texts)))
    for kind, roles in kinds.items():
        joined = {role: "\n".join(held[role]) for role in roles}
        for unit in units:
            if unit.kind == kind:
                report(any(all(piece in joined[role] for piece in unit.pieces)
                           for role in roles[:-1]), f"{edition.path}: no {roles[0]} holds {unit}")


def check_poppler(edition, units, report):
    """The same order, as poppler sees it: the strings of its listing put together."""
    parts, block_depth = [], 0
    for line in edition.text("structure").splitlines():
        depth = len(line) - len(line.lstrip())
        if line.strip().startswith('"'):
            parts.append(line.strip()[1:-1])
        elif not line.strip().startswith("Object ") and \
                ("(inline)" not in line or depth <= block_depth):
            parts.append("\n")
            block_depth = depth
    check_order(edition, normal("".join(parts)), units, report)


def flat_text(tree, texts):
    """All the tree's text: words that go on in the next element of a line are not torn apart."""
    parts = []
    block = {"P", "LI", "Lbl", "TD", "TH", "H1", "H2", "H3", "H4", "H5", "H6", "Note", "Form"}

    def put(element):
        if element.role in block:
            parts.append("\n")
        for kid in element.kids:
            if isinstance(kid, Element):
                put(kid)
            elif isinstance(kid, tuple):
                parts.append(texts.get(kid, ""))
        if element.role in block:
            parts.append("\n")
    put(tree)
    return normal("".join(parts))


def check(edition, units, report, pdf=None):
    pdf = pdf or edition.pdf()
    tree, elements, texts = read_tree(pdf)
    report(pdf.resolve(pdf.root["/MarkInfo"]).get("/Marked") is True, f"{edition.path}: not marked")
    report(pdf.root.get("/Lang"), f"{edition.path}: no language")
    check_marked(edition, pdf, tree, report)
    check_roles(edition, elements, texts, report)
    check_tables(edition, elements, report)
    check_headings(edition, elements, texts, units, report)
    check_items(edition, elements, texts, units, report)
    check_order(edition, flat_text(tree, texts), units, report)
    if edition.sampled:
        check_poppler(edition, units, report)
    return len(elements)


def self_test(edition, units):
    """Units exchanged, text outside the tree, a figure without words: each must be noticed."""
    swapped = list(units)
    swapped[30], swapped[40] = swapped[40], swapped[30]

    def loosen(pdf):
        pdf.loose.append((0, b"Tj"))

    def silence(pdf):
        figure = next(value for value in pdf.objects.values()
                      if isinstance(value.get("value"), dict) and
                      value["value"].get("/S") == "/Figure")
        del figure["value"]["/Alt"]

    def skip(pdf):
        for value in pdf.objects.values():
            if isinstance(value.get("value"), dict) and value["value"].get("/S") == "/H2":
                value["value"]["/S"] = "/H3"

    def lose(pdf):
        pdf.painted.pop(next(iter(pdf.painted)))
    edition.sampled = False
    for damage, order in ((None, swapped), (loosen, units), (silence, units), (skip, units),
                          (lose, units)):
        pdf, report = edition.pdf(), Report()
        if damage:
            damage(pdf)
        check(edition, order, report, pdf)
        assert report.problems, f"{damage} went unnoticed"
    return 0


def main():
    course, out, cache = sys.argv[1:4]
    found = editions(out, cache, load_course(course))
    if "--self-test" in sys.argv:
        workbook = next(e for e in found if "workbook" in e.path)
        return self_test(workbook, expected(workbook, course))
    report = Report()
    count = sum(check(edition, expected(edition, course), report) for edition in found)
    return report.finish(f"{count} structure elements in {len(found)} PDFs")


if __name__ == "__main__":
    sys.exit(main())
