#!/usr/bin/python3
"""Formulas of calc/ in a real spreadsheet: their values against those of the evaluator.

    test_calc_print write DIR 200 && calc_formulas.py DIR [--poison]

Three workbooks hold the same formulas: over the participant's cells, over blank ones, and over cells
that hold an empty text. LibreOffice works them out; no value is cached, so nothing can be trusted
unseen. --poison spoils one expected value of each: then the comparison must fail.
"""
import datetime
import math
import pathlib
import subprocess
import sys

import openpyxl
from openpyxl.workbook.defined_name import DefinedName

AS_OF = datetime.date(2026, 12, 15)


def value(data):
    kind, text = data[0], data[1:]
    if kind == "n":
        return float(text)
    if kind == "b":
        return text == "TRUE"
    return text if kind == "t" else None


def lines(path):
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()]


def fill(sheet, cells, variant):
    for address, _, kind, *data in cells:
        first = address.replace("$", "").removeprefix("In!").split(":")[0]
        cell = sheet[first]
        values = [value(item) for item in data[::2]]
        if kind == "list":
            values += [None] * (8 - len(values))
        for row, item in enumerate(values):
            at = sheet.cell(cell.row + row, cell.column)
            if variant == "filled" and item is not None:
                at.value = item
                if isinstance(item, str):
                    at.data_type = "s"  # "=1+1" is what somebody wrote
            elif variant == "empty":
                at.value = '=""'


def workbook(path, rows, cells, variant):
    book = openpyxl.Workbook()
    inputs = book.active
    inputs.title = "In"
    inputs["A1"] = (AS_OF - datetime.date(1899, 12, 30)).days
    fill(inputs, cells, variant)
    name = DefinedName("as_of", attr_text="In!$A$1")
    try:
        book.defined_names["as_of"] = name
    except (AttributeError, TypeError):  # before openpyxl 3.1
        book.defined_names.append(name)
    sheet = book.create_sheet("Out")
    for number, row in enumerate(rows, 1):
        sheet.cell(number, 1, "=" + row[1])
    book.save(path)


def alike(given, expected):
    if isinstance(given, datetime.datetime):
        given = (given - datetime.datetime(1899, 12, 30)).total_seconds() / 86400
    if expected is None:
        return given in (None, "")
    if isinstance(expected, bool) or isinstance(given, bool):
        return given is expected
    if isinstance(expected, float):
        return isinstance(given, (int, float)) and math.isclose(
            given, expected, rel_tol=1e-12, abs_tol=1e-300)
    return given == expected


def main():
    folder = pathlib.Path(sys.argv[1])
    poison = "--poison" in sys.argv
    rows, cells = lines(folder / "formulas.tsv"), lines(folder / "cells.tsv")
    variants = ["filled", "blank", "empty"]
    books = [folder / f"{variant}.xlsx" for variant in variants]
    for variant, path in zip(variants, books):
        workbook(path, rows, cells, variant)
    done = folder / "recalculated"
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder.resolve()}/profile",
                    "--headless", "--convert-to", "xlsx", "--outdir", str(done), *map(str, books)],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
    wrong = compared = 0
    for variant in variants:
        sheet = openpyxl.load_workbook(done / f"{variant}.xlsx", data_only=True)["Out"]
        for number, (text, formula, _, filled, blank) in enumerate(rows, 1):
            given = sheet.cell(number, 1).value
            expected = value(filled if variant == "filled" else blank)
            if poison and number == 1:
                expected = 8.0
            compared += 1
            if not alike(given, expected):
                wrong += 1
                if wrong <= 20:
                    print(f"{variant}: {text}\n  ={formula}\n  gives {given!r}, not {expected!r}")
    print(f"{compared} values compared, {wrong} differ")
    return wrong > 0


sys.exit(main())
