"""The parts of trackers against the rules of ECMA-376 part 1 that programs insist on: what makes Excel
offer to repair a file, and what no reader of ours would tell.

    check_parts.py FILE.xlsx …             prints what is wrong; exit code 1 if anything is
    check_parts.py --can-fail FILE.xlsx    damages a copy in every way listed, and each must be noticed"""

import io
import pathlib
import posixpath
import re
import sys
import zipfile
from xml.etree import ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "generated"))
import reader  # noqa: E402

MAIN = reader.MAIN
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
# CT_Worksheet, 18.3.1.99: a sequence.
ORDER = """sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection
protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr
conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks
colBreaks customProperties cellWatches ignoredErrors smartTags drawing drawingHF legacyDrawing
legacyDrawingHF picture oleObjects controls webPublishItems tableParts extLst""".split()
# CT_Workbook, 18.2.27.
BOOK_ORDER = """fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups
externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches""".split()


class Parts:
    def __init__(self, file):
        self.wrong = []
        self.archive = zipfile.ZipFile(file)
        self.names = self.archive.namelist()
        self.roots = {n: ElementTree.fromstring(self.archive.read(n)) for n in self.names
                      if n.endswith((".xml", ".rels", ".vml"))}

    def expect(self, holds, message):
        if not holds:
            self.wrong.append(message)

    # --- the package

    def package(self):
        self.expect(len(set(self.names)) == len(self.names), "two parts of one name")
        types = self.roots["[Content_Types].xml"]
        overrides = {t.get("PartName").lstrip("/") for t in types if t.tag.endswith("Override")}
        defaults = {t.get("Extension") for t in types if t.tag.endswith("Default")}
        for name in overrides:
            self.expect(name in self.names, f"[Content_Types].xml names {name}, which is not there")
        for name in self.names:
            self.expect(name in overrides or not re.fullmatch(r"xl/.*\.xml", name), f"{name} has no type of its own")
            self.expect(name in overrides or name.rpartition(".")[2] in defaults, f"{name} has no content type")
        for name, root in self.roots.items():
            if not name.endswith(".rels"):
                continue
            folder = posixpath.dirname(posixpath.dirname(name))
            ids = [one.get("Id") for one in root]
            self.expect(len(set(ids)) == len(ids), f"{name}: an Id twice")
            for one in root:
                target = posixpath.normpath(posixpath.join("/" + folder, one.get("Target"))).lstrip("/")
                self.expect(one.get("TargetMode") == "External" or target in self.names,
                            f"{name}: no part {target}")

    def order(self, where, root, sequence):
        tags = [child.tag.rpartition("}")[2] for child in root]
        places = [sequence.index(tag) if tag in sequence else -1 for tag in tags]
        self.expect(-1 not in places and places == sorted(places), f"{where}: {tags} are out of order")

    # --- a sheet

    def cells(self, where, root, formats, strings):
        last_row = 0
        for row in root.find(MAIN + "sheetData"):
            number, last_col = int(row.get("r")), 0
            self.expect(number > last_row, f"{where}: row {number} after row {last_row}")
            last_row = number
            for cell in row:
                col, at = reader.split(cell.get("r"))
                self.expect(at == number and col > last_col, f"{where}: {cell.get('r')} is out of order")
                last_col = col
                self.expect(int(cell.get("s", 0)) < formats, f"{where}: {cell.get('r')} has no such format")
                text = cell.findtext(MAIN + "v")
                if cell.get("t") == "s":
                    self.expect(int(text) < strings, f"{where}: {cell.get('r')} has no such string")
                if cell.get("t", "n") == "n" and text is not None:
                    self.expect(re.fullmatch(r"-?[0-9.]+(?:[eE][-+]?[0-9]+)?", text),
                                f"{where}: {cell.get('r')} holds {text!r}")
                formula = cell.findtext(MAIN + "f")
                self.expect(formula is None or len(formula) <= 8192, f"{where}: {cell.get('r')}: long formula")

    def areas(self, where, root):
        taken = {}
        for merge in root.iter(MAIN + "mergeCell"):
            for place in reader.cells_of("x!" + merge.get("ref")):
                self.expect(place not in taken, f"{where}: {merge.get('ref')} overlaps another merged area")
                taken[place] = merge
        for name in self.tables_of(where):
            for place in reader.cells_of("x!" + self.roots[name].get("ref")):
                self.expect(place not in taken, f"{where}: a table over merged cells at {place[1]}")
        for kind in ("mergeCells", "dataValidations", "hyperlinks", "tableParts"):
            found = root.find(MAIN + kind)
            if found is not None:
                self.expect(len(found), f"{where}: {kind} is empty")
                self.expect(found.get("count") in (None, str(len(found))), f"{where}: {kind} is miscounted")

    def tables_of(self, where):
        rels = self.roots.get(f"xl/worksheets/_rels/{posixpath.basename(where)}.rels")
        return [posixpath.normpath(posixpath.join("xl/worksheets", one.get("Target")))
                for one in (rels if rels is not None else []) if one.get("Type").endswith("/table")]

    def extensions(self, where, root):
        uris = [one.get("uri") for one in root.iter(MAIN + "ext")]
        self.expect(len(set(uris)) == len(uris), f"{where}: an extension twice")
        for line in root.iter(XM + "sqref"):
            self.expect(re.fullmatch(r"[A-Z]+[0-9]+", line.text), f"{where}: a line in {line.text!r}")

    def rules(self, where, root, paints):
        for rule in root.iter(MAIN + "cfRule"):
            self.expect(rule.get("dxfId") is None or int(rule.get("dxfId")) < paints,
                        f"{where}: a rule's format is not there")
        for rule in root.iter(MAIN + "dataValidation"):
            self.expect(rule.get("type") in (None, "none") or rule.find(MAIN + "formula1") is not None,
                        f"{where}: a validation without a formula at {rule.get('sqref')}")

    # --- tables, names, charts

    def tables(self):
        ids, names = [], []
        for name, root in self.roots.items():
            if not name.startswith("xl/tables/"):
                continue
            ids.append(root.get("id"))
            names.append(root.get("displayName").casefold())
            columns = root.find(MAIN + "tableColumns")
            left, right = (reader.split(c)[0] for c in root.get("ref").split(":"))
            self.expect(len(columns) == int(columns.get("count")) == right - left + 1, f"{name}: columns")
        self.expect(len(set(ids)) == len(ids) and len(set(names)) == len(names), "tables of one id or name")

    def names_defined(self):
        book = self.roots["xl/workbook.xml"]
        self.order("xl/workbook.xml", book, BOOK_ORDER)
        sheets = [s.get("name") for s in book.find(MAIN + "sheets")]
        for link in (h for n, r in self.roots.items() if n.startswith("xl/worksheets/sheet")
                     for h in r.iter(MAIN + "hyperlink")):
            place = link.get("location")
            sheet = reader.cells_of(place)[0][0] if place else None
            self.expect(sheet is None or sheet in sheets, f"a link to {place}")
        for name in book.iter(MAIN + "definedName"):
            if "," not in name.text:  # titles to print are of two areas
                sheet = re.fullmatch(r"'?(.*?)'?!.*", name.text).group(1).replace("''", "'")
                self.expect(sheet in sheets, f"{name.get('name')} points to {name.text}")

    def charts(self, values):
        """What previewers show is what the cells hold."""
        for name, root in self.roots.items():
            if not name.startswith("xl/charts/chart"):
                continue
            for series in root.iter(CHART + "ser"):
                for kind, tag in (("cat", "strRef"), ("val", "numRef")):
                    reference = series.find(f"{CHART}{kind}/{CHART}{tag}")
                    if reference is None:
                        self.expect(False, f"{name}: no {kind}")
                        continue
                    places = reader.cells_of(reference.findtext(CHART + "f"))
                    cache = reference.find(CHART + ("strCache" if kind == "cat" else "numCache"))
                    points = {int(p.get("idx")): p.findtext(CHART + "v") for p in cache.iter(CHART + "pt")}
                    for i, place in enumerate(places):
                        held = values.get(place)
                        if kind == "cat":
                            same = (held or "") == (points.get(i) or "")
                        elif isinstance(held, float):
                            same = i in points and abs(float(points[i]) - held) <= 1e-12 * max(1, abs(held))
                        else:
                            same = i not in points
                        self.expect(same, f"{name}: {place} holds {held!r}, the chart {points.get(i)!r}")

    def all(self, values):
        styles = self.roots["xl/styles.xml"]
        formats = len(styles.find(MAIN + "cellXfs"))
        paints = len(styles.find(MAIN + "dxfs"))
        strings = len(self.roots["xl/sharedStrings.xml"]) if "xl/sharedStrings.xml" in self.roots else 0
        self.package()
        for name, root in self.roots.items():
            if name.startswith("xl/worksheets/sheet"):
                self.order(name, root, ORDER)
                self.cells(name, root, formats, strings)
                self.areas(name, root)
                self.rules(name, root, paints)
                self.extensions(name, root)
        self.tables()
        self.names_defined()
        self.charts(values)
        return self.wrong


def check(file):
    wrong = Parts(file).all(reader.read(file)[0])
    for message in wrong[:20]:
        print(f"{file}: {message}")
    return len(wrong)


DAMAGES = [  # a part, what stands in it, what is put there
    ("xl/worksheets/sheet2.xml", rb"(<mergeCells.*?</mergeCells>)(.*?)(<pageMargins[^>]*>)", rb"\3\2\1"),
    ("xl/worksheets/sheet2.xml", rb'<c r="A3" s="\d+"', b'<c r="A3" s="999"'),
    ("xl/worksheets/sheet2.xml", rb"<mergeCell ", b'<mergeCell ref="A1:C9"/><mergeCell '),
    ("xl/worksheets/sheet2.xml", rb"<v>\d+</v>", b"<v>NAN</v>"),
    ("xl/charts/chart1.xml", rb"(<c:numCache>.*?<c:v>)[^<]*", rb"\g<1>0"),
    ("xl/workbook.xml", rb"(<definedName [^>]*>)[^<!]*!", rb"\g<1>'No such sheet'!"),
    ("[Content_Types].xml", rb"<Override [^>]*sheet2[^>]*/>", b""),
    ("xl/tables/table1.xml", rb'<tableColumns count="\d+"', b'<tableColumns count="99"'),
]


def can_fail(file):
    missed = 0
    for part, pattern, words in DAMAGES:
        copy = io.BytesIO()
        with zipfile.ZipFile(file) as source, zipfile.ZipFile(copy, "w") as target:
            for name in source.namelist():
                data = source.read(name)
                if name == part:
                    data, count = re.subn(pattern, words, data, count=1, flags=re.S)
                    if not count:
                        print(f"nothing to damage in {part}: {pattern}")
                        missed += 1
                target.writestr(name, data)
        parts = Parts(copy)
        try:
            parts.all(reader.read(file)[0])
        except (ValueError, KeyError, AttributeError):
            continue
        if not parts.wrong:
            print(f"not noticed: {pattern} in {part}")
            missed += 1
    return missed


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == ["--can-fail"]:
        sys.exit(1 if can_fail(words[1]) else 0)
    if not words:
        sys.exit("no files")
    sys.exit(1 if sum(check(name) for name in words) else 0)
