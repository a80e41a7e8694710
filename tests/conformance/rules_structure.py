"""Role map, nesting of structure types, headings, tables, words of pictures, notes, languages."""
import re

import pikepdf

from tree import STANDARD, Element, ObjectReference, Sequence, says_language, text

LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
NUMBERED = re.compile(r"H([1-9][0-9]*)")
CELLS, ROWS = ("TH", "TD"), ("THead", "TBody", "TFoot")


class Nesting:
    """What may be in a type, and what it may be in; None: anything."""

    def __init__(self, number, within, holds):
        self.number, self.within, self.holds = number, within, holds


NESTING = {
    "Table": Nesting("09-004", None, ("TR", "THead", "TBody", "TFoot", "Caption")),
    "THead": Nesting("09-004", ("Table",), ("TR",)),
    "TBody": Nesting("09-004", ("Table",), ("TR",)),
    "TFoot": Nesting("09-004", ("Table",), ("TR",)),
    "TR": Nesting("09-004", ("Table", *ROWS), CELLS),
    "TH": Nesting("09-004", ("TR",), None),
    "TD": Nesting("09-004", ("TR",), None),
    "L": Nesting("09-005", None, ("L", "LI", "Caption")),
    "LI": Nesting("09-005", ("L",), ("Lbl", "LBody")),
    "LBody": Nesting("09-005", ("LI",), None),
    "TOC": Nesting("09-006", None, ("TOC", "TOCI", "Caption")),
    "TOCI": Nesting("09-006", ("TOC",), ("Lbl", "Reference", "NonStruct", "P", "TOC")),
    "Ruby": Nesting("09-007", None, ("RB", "RT", "RP")),
    "RB": Nesting("09-007", ("Ruby",), None),
    "RT": Nesting("09-007", ("Ruby",), None),
    "RP": Nesting("09-007", ("Ruby",), None),
    "Warichu": Nesting("09-008", None, ("WP", "WT")),
    "WT": Nesting("09-008", ("Warichu",), None),
    "WP": Nesting("09-008", ("Warichu",), None),
}
FULL = {"Ruby": ({"RB", "RT"}, {"RB", "RP", "RT"}), "Warichu": ({"WP", "WT"},)}


def check(file, report):
    tree = file.tree
    if not tree.elements:
        report("tree", "nothing in it")
        return
    for element in tree.loops:
        report("parent", f"{element.where()} is there twice")
    check_roles(tree, report)
    for element in tree.elements:
        check_nesting(element, report)
        check_words(element, tree, report)
        check_parent(element, tree, report)
    check_headings(tree, report)
    check_notes(tree, report)
    for element in tree.elements:
        if element.standard == "Table":
            check_table(element, report)
    check_languages(tree, report)


def check_roles(tree, report):
    roles = tree.role_map
    for role in roles.entries:
        if roles.is_circular(role):
            report("02-003", role)
        elif role in STANDARD:
            report("02-004", role)
    for role in sorted({element.type for element in tree.elements}):
        if not roles.standard(role) and not roles.is_circular(role):
            report("02-001", role or "an element without a type")


def check_nesting(element, report):
    rule = NESTING.get(element.standard)
    if not rule:
        return
    around = element.parent.standard if element.parent else ""
    inside = [kid.standard for kid in element.elements()]
    if rule.within and around not in rule.within:
        report(rule.number, f"{element.where()} in {around or 'nothing'}")
    if rule.holds is None:
        return
    for kind in inside:
        if kind not in rule.holds:
            report(rule.number, f"{kind} in {element.where()}")
    if any(isinstance(kid, Sequence) for kid in element.kids) and element.standard != "TOCI":
        report(rule.number, f"{element.where()} has content of its own")
    captions = [at for at, kind in enumerate(inside) if kind == "Caption"]
    ends = (0, len(inside) - 1) if element.standard == "Table" else (0,)
    if len(captions) > 1 or any(at not in ends for at in captions):
        report(rule.number, f"Caption amid {element.where()}")
    if element.standard == "Table":
        parts = [kind for kind in inside if kind in ROWS]
        if parts.count("THead") > 1 or parts.count("TFoot") > 1 or parts and "TBody" not in parts:
            report(rule.number, f"{element.where()} holds {' '.join(parts)}")
    if element.standard in FULL and set(inside) not in FULL[element.standard]:
        report(rule.number, f"{element.where()} holds {' '.join(inside)}")


def paints(element):
    """Whether there is content, not only annotations, in an element."""
    return any(isinstance(kid, Sequence) or isinstance(kid, Element) and paints(kid)
               for kid in element.kids)


def check_words(element, tree, report):
    if element.standard in ("Figure", "Formula") and not element.has_words():
        report("13-004" if element.standard == "Figure" else "17-002", element.where())
    if element.standard == "Figure" and paints(element) and element.attribute("/BBox") is None:
        report("bbox", element.where())
    for key in ("/Alt", "/ActualText", "/E"):
        words = element.node.get(key)
        if words is not None and not (element.lang or tree.lang or says_language(words)):
            report("11-002", f"{element.where()} {key}")
    if not element.kids and element.standard not in (*CELLS, "LBody"):
        report("empty", element.where())
    objects = [kid for kid in element.kids if isinstance(kid, ObjectReference)]
    if element.standard == "Form" and (objects or not element.attribute("/Role")):
        printed = not objects and element.has_words()  # a field that is only drawn says what it is
        if not printed and (len(objects) != 1 or len(element.kids) != 1):
            report("form-child", f"{element.where()} holds {len(element.kids)}")
    if element.standard == "Link" and not objects:
        report("link-object", element.where())


def check_parent(element, tree, report):
    above = element.node.get("/P")
    expected = element.parent.node if element.parent else tree.root
    if not isinstance(above, pikepdf.Dictionary) or above.objgen != expected.objgen:
        report("parent", element.where())


def check_headings(tree, report):
    level, any_plain, any_numbered = 0, False, False
    for element in tree.elements:
        if sum(kid.standard == "H" for kid in element.elements()) > 1:
            report("14-006", element.where())
        any_plain |= element.standard == "H"
        found = NUMBERED.fullmatch(element.standard)
        if not found:
            continue
        own = int(found[1])
        if not any_numbered and own != 1:
            report("14-002", element.where())
        elif own > level + 1:
            report("14-003", f"{element.where()} after H{level}")
        any_numbered, level = True, own
    if any_plain and any_numbered:
        report("14-007", "")


def check_notes(tree, report):
    seen = set()
    for element in tree.elements:
        if element.standard != "Note":
            continue
        identity = text(element.node.get("/ID"))
        if not identity:
            report("19-003", element.where())
        elif identity in seen:
            report("19-004", element.where())
        seen.add(identity)


def rows_of(table):
    for kid in table.elements():
        if kid.standard == "TR":
            yield kid
        elif kid.standard in ROWS:
            yield from (row for row in kid.elements() if row.standard == "TR")


def check_table(table, report):
    rows = [[cell for cell in row.elements() if cell.standard in CELLS] for row in rows_of(table)]
    cells = [cell for row in rows for cell in row]
    if not any(cell.attribute("/Headers") is not None for cell in cells):
        for cell in cells:
            if cell.standard == "TH" and cell.attribute("/Scope") is None:
                report("15-003", cell.where())
    filled, widths = set(), []
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (x, y) in filled:
                x += 1
            wide, high = (int(cell.attribute(key) or 1) for key in ("/ColSpan", "/RowSpan"))
            places = {(x + dx, y + dy) for dx in range(wide) for dy in range(high)}
            if places & filled:
                report("table-regular", f"{cell.where()} lies over another")
            filled |= places
        widths.append(sum(place[1] == y for place in filled))
    if len(set(widths)) > 1 or any(place[1] >= len(rows) for place in filled):
        report("table-regular", f"{table.where()}: rows of {sorted(set(widths))}")


def check_languages(tree, report):
    tags = [(tree.lang, "the catalogue")]
    tags += [(element.own_lang, element.where()) for element in tree.elements]
    for tag, where in tags:
        if tag and not LANGUAGE.fullmatch(tag):
            report("language-tag", f"{where}: {tag}")
