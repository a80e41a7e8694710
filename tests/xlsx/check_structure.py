"""What every tracker must be, seen by a reader that is not ours (openpyxl) and in its parts.

    check_structure.py FILE.xlsx …

Prints what is wrong; exit code 1 if anything is."""

import re
import sys
import zipfile
from xml.etree import ElementTree

import openpyxl
from openpyxl.utils import range_boundaries

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
ADDRESS = re.compile(r"^(?:[A-Za-z]{1,3}[0-9]+|[rR][0-9]*(?:[cC][0-9]*)?|[cC][0-9]*)$")
HIDDEN = ("_meta", "_lists", "_work")


class Check:
    def __init__(self, file):
        self.file = file
        self.wrong = 0
        self.is_cohort = "/cohort/" in str(file)  # read only: nobody fills it in
        self.book = openpyxl.load_workbook(file)
        self.values = openpyxl.load_workbook(file, data_only=True)
        self.archive = zipfile.ZipFile(file)

    def expect(self, holds, message):
        if not holds:
            self.wrong += 1
            print(f"{self.file}: {message}")

    # --- names

    def sheets(self):
        names = self.book.sheetnames
        self.expect(len({n.casefold() for n in names}) == len(names), f"sheet names collide: {names}")
        for name in names:
            units = len(name.encode("utf-16-le")) // 2
            self.expect(0 < units <= 31, f"sheet name of {units} units: {name!r}")
            self.expect(not re.search(r"[\[\]:*?/\\\x00-\x1f]", name), f"sheet name {name!r}")
            self.expect(name.strip("'") == name, f"apostrophe at an end of {name!r}")
            self.expect(name.casefold() != "history", "a sheet is called History")
        for name in HIDDEN if not self.is_cohort else ():
            self.expect(self.book[name].sheet_state == "hidden", f"{name} is not hidden")

    def defined_names(self):
        seen = {}
        for name in self.book.defined_names.definedName:
            if name.name.startswith("_xlnm"):
                continue
            folded = name.name.casefold()
            self.expect(folded not in seen, f"name {name.name} twice")
            seen[folded] = name
            self.expect(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*", name.name)
                        and not ADDRESS.match(name.name), f"illegal name {name.name}")
            for sheet, cells in targets(name):
                self.expect(sheet in self.book.sheetnames, f"name {name.name} points to {sheet!r}")
        for sheet in self.book:
            for table in sheet.tables.values():
                folded = table.name.casefold()
                self.expect(folded not in seen, f"table {table.name} has a name that is taken")
                self.expect(not ADDRESS.match(table.name), f"illegal table name {table.name}")
                seen[folded] = table
        self.expect("as_of" in seen or self.is_cohort, "no name as_of")
        return seen

    def today(self):
        cells = [(s.title, c.coordinate) for s in self.book for row in s.iter_rows() for c in row
                 if c.data_type == "f" and "TODAY(" in formula_of(c).upper()]
        self.expect(len(cells) == 1, f"TODAY() in {cells}")

    # --- sheets

    def protection(self):
        for sheet in self.book:
            self.expect(sheet.protection.sheet, f"{sheet.title} is not protected")
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        self.expect(cell.protection.locked, f"{sheet.title}!{cell.coordinate} is a "
                                                            "formula and open")
        open_cells = sum(not c.protection.locked for s in self.book for row in s.iter_rows()
                         for c in row)
        self.expect(open_cells > 0, "no cell is open")

    def printing(self):
        for sheet in self.book:
            if sheet.sheet_state == "hidden":
                continue
            self.expect(sheet.sheet_properties.pageSetUpPr.fitToPage, f"{sheet.title}: not fitted")
            self.expect(sheet.freeze_panes or self.is_cohort, f"{sheet.title}: no frozen panes")
            self.expect(sheet.oddFooter.right.text, f"{sheet.title}: no page number")
            self.expect(sheet.oddHeader.left.text, f"{sheet.title}: no header")

    def tables(self):
        for sheet in self.book:
            for table in sheet.tables.values():
                first_col, first_row, last_col, last_row = range_boundaries(table.ref)
                heads = [c.name for c in table.tableColumns]
                shown = [sheet.cell(first_row, col).value for col in range(first_col, last_col + 1)]
                self.expect(heads == shown, f"table {table.name}: heads {heads}, cells {shown}")
                self.expect(len({h.casefold() for h in heads}) == len(heads),
                            f"table {table.name}: heads {heads}")
                self.expect(last_row > first_row, f"table {table.name} has no rows")
                for column, col in zip(table.tableColumns, range(first_col, last_col + 1)):
                    if column.totalsRowFunction in (None, "none"):
                        continue
                    total = formula_of(sheet.cell(last_row, col))
                    self.expect(f"{table.name}[" in total, f"table {table.name}: total {total!r}")

    def validations(self):
        count = 0
        for sheet in self.book:
            for rule in sheet.data_validations.dataValidation:
                count += 1
                self.expect(len(rule.prompt or "") <= 255 and len(rule.error or "") <= 255,
                            f"{sheet.title}: long message at {rule.sqref}")
                self.expect(rule.error or rule.type in (None, "none"),
                            f"{sheet.title}: no words for a wrong entry at {rule.sqref}")
                if rule.type == "list":
                    self.expect(len(rule.formula1) <= 257, f"{sheet.title}: long list")
        self.expect(count > 0, "no validations")

    def charts(self):
        for name in self.archive.namelist():
            if name.startswith("xl/drawings/drawing"):
                for frame in ElementTree.fromstring(self.archive.read(name)).iter(
                        DRAWING + "cNvPr"):
                    self.expect(frame.get("descr"), f"{name}: a chart without words")
            if name.startswith("xl/charts/chart"):
                for series in ElementTree.fromstring(self.archive.read(name)).iter(CHART + "ser"):
                    points = series.find(f"{CHART}val/{CHART}numRef/{CHART}numCache")
                    self.expect(points is not None, f"{name}: no cached values")

    def errors(self):
        for sheet in self.values:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.data_type == "e":
                        self.expect(sheet.title == "_work" and cell.value == "#N/A",
                                    f"{sheet.title}!{cell.coordinate} holds {cell.value}")
                    if isinstance(cell.value, str):
                        self.expect(len(cell.value.encode("utf-16-le")) // 2 <= 32767,
                                    f"{sheet.title}!{cell.coordinate} is too long")

    def meta(self, names):
        """Every line of _meta points to cells that are there, open, and called as it says."""
        rows = [[c.value for c in row] for row in self.book["_meta"].iter_rows()]
        heads = next((r for r in rows if r[0] == "slot"), None)
        self.expect(heads is not None, "_meta has no heads")
        if heads is None:
            return
        identity = {r[0]: r[1] for r in rows[:rows.index(heads)]}
        for key in ("format", "course", "version", "material", "as-of"):
            self.expect(identity.get(key), f"_meta does not tell the {key}")
        at = {head: i for i, head in enumerate(heads)}
        lines = [r for r in rows[rows.index(heads) + 1:] if r[at["sheet"]]]
        self.expect(lines, "_meta lists no answers")
        for line in lines:
            name, sheet, cells = name_of(line, at), line[at["sheet"]], line[at["cells"]]
            self.expect(sheet in self.book.sheetnames, f"_meta: no sheet {sheet!r}")
            self.expect(line[at["name"]] is None and name.casefold() in names, f"_meta: {line[0]} has no name")
            if name.casefold() in names:
                target = targets(names[name.casefold()])[0]
                self.expect((target[0], target[1].replace("$", "")) == (sheet, cells),
                            f"_meta: {name} is {target}, not {sheet}!{cells}")
            block = self.book[sheet][cells]
            first = block[0][0] if isinstance(block, tuple) and isinstance(block[0], tuple) else block
            first = first[0] if isinstance(first, tuple) else first
            self.expect(not first.protection.locked or first.data_type == "f",
                        f"_meta: {sheet}!{cells} of {line[0]} is locked")

    def all(self):
        self.sheets()
        names = self.defined_names()
        if not self.is_cohort:
            self.today()
            self.protection()
            self.validations()
            self.meta(names)
        self.printing()
        self.tables()
        self.charts()
        self.errors()
        return self.wrong


def name_of(line, at):
    """The defined name of a line of _meta."""
    parts = [line[at["slot"]], line[at["option"]], line[at["respondent"]]]
    parts.append("done-on" if line[at["type"]] == "done-on" else None)
    return "t_" + ".".join(p for p in parts if p).replace("-", "_").replace(".", "__")


def targets(name):
    """Sheets and cells; the reader leaves doubled apostrophes as they are."""
    return [(sheet.replace("''", "'"), cells) for sheet, cells in name.destinations]


def formula_of(cell):
    value = cell.value
    return value if isinstance(value, str) else getattr(value, "text", "") or ""


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("no files")
    sys.exit(1 if sum(Check(name).all() for name in sys.argv[1:]) else 0)
