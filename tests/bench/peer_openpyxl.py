#!/usr/bin/python3
"""A tracker of ours written by openpyxl: peer_openpyxl.py describe XLSX JSON | write JSON OUT [COPIES].
`describe` notes sheets, cells, looks, merges, widths and validations; `write` (and peer_exceljs.mjs)
makes a workbook of them and prints the milliseconds of each copy as JSON."""
import json
import sys
import time

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation


def colour(value, otherwise):
    return value.rgb[-6:] if value is not None and isinstance(value.rgb, str) else otherwise


def look_of(cell):
    return [cell.font.name, cell.font.sz, bool(cell.font.b), colour(cell.font.color, "000000"),
            colour(cell.fill.fgColor, None) if cell.fill.fill_type else None,
            cell.border.left.style is not None, bool(cell.alignment.wrap_text), cell.number_format]


def describe(path):
    looks, sheets = {}, []
    for page in load_workbook(path):
        cells = []
        for row in page.iter_rows():
            for cell in row:
                if cell.has_style or cell.value is not None:
                    look = looks.setdefault(json.dumps(look_of(cell)), len(looks))
                    value = cell.value
                    if not isinstance(value, (str, int, float, bool, type(None))):
                        value = str(getattr(value, "text", value))
                    cells.append([cell.row, cell.column, value, look])
        sheets.append({
            "name": page.title, "hidden": page.sheet_state != "visible", "cells": cells,
            "merges": [str(area) for area in page.merged_cells.ranges],
            "widths": [[name, size.width] for name, size in page.column_dimensions.items()],
            "lists": [[str(rule.sqref), rule.formula1] for rule in page.data_validations.dataValidation
                      if rule.type == "list"]})
    return {"looks": [json.loads(look) for look in looks], "sheets": sheets}


def write(book, path):
    file = Workbook()
    file.remove(file.active)
    side = Side(style="thin", color="BFC5CC")
    looks = [(Font(name=name, sz=size, b=bold, color=ink),
              PatternFill("solid", fgColor=ground) if ground else PatternFill(),
              Border(side, side, side, side) if box else Border(),
              Alignment(wrap_text=wrap, vertical="center"), number)
             for name, size, bold, ink, ground, box, wrap, number in book["looks"]]
    for sheet in book["sheets"]:
        page = file.create_sheet(sheet["name"])
        page.sheet_state = "hidden" if sheet["hidden"] else "visible"
        for name, width in sheet["widths"]:
            page.column_dimensions[name].width = width
        for row, column, value, look in sheet["cells"]:
            cell = page.cell(row, column, value)
            cell.font, cell.fill, cell.border, cell.alignment, cell.number_format = looks[look]
        for area in sheet["merges"]:
            page.merge_cells(area)
        for area, formula in sheet["lists"]:
            rule = DataValidation(type="list", formula1=formula)
            rule.add(area)
            page.add_data_validation(rule)
    file.save(path)


def main():
    if sys.argv[1] == "describe":
        with open(sys.argv[3], "w") as out:
            json.dump(describe(sys.argv[2]), out)
        return
    with open(sys.argv[2]) as source:
        book = json.load(source)
    times = []
    for _ in range(1 + int(sys.argv[4] if len(sys.argv) > 4 else 0)):
        start = time.perf_counter()
        write(book, sys.argv[3])
        times.append((time.perf_counter() - start) * 1e3)
    print(json.dumps(times))


if __name__ == "__main__":
    main()
