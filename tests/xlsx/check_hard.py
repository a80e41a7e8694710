"""Facts about the trackers of tests/xlsx/course: what a person would look for in the built files.

    check_hard.py FOLDER"""

import datetime
import pathlib
import sys
import zipfile

import openpyxl
from openpyxl.utils import range_boundaries

folder = pathlib.Path(sys.argv[1])
wrong = 0


def expect(holds, message):
    global wrong
    if not holds:
        wrong += 1
        print(message)


def load(name, values=True):
    return openpyxl.load_workbook(folder / name, data_only=values)


def named(book, name):
    sheet, cells = next(iter(book.defined_names[name].destinations))
    found = book[sheet.replace("''", "'")][cells.replace("$", "")]
    return [c.value for c in found[0]] if isinstance(found, tuple) else found.value


def named_first(book, name):
    """The column in which a name begins."""
    _, cells = next(iter(book.defined_names[name].destinations))
    return range_boundaries(cells)[0]


def find(sheet, text):
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == text:
                return cell
    expect(False, f"{sheet.title}: no cell {text!r}")
    return sheet["A1"]


def texts(book):
    return {c.value for s in book for row in s.iter_rows() for c in row if isinstance(c.value, str)}


full, formulas = load("full-pair/tracker.xlsx"), load("full-pair/tracker.xlsx", values=False)

# Sittings: as many as there were and spare ones, dated by the answers.
expect(named(full, "t_week__reasoning__assistant") == [2, 3, 4, 5] + [None] * 12, "week.reasoning")
expect(named(full, "t__date__week__assistant")[0] == datetime.datetime(2026, 2, 1), "first date")
# A reversed item stays as given where it was given, and is turned round below.
expect(named(full, "t_week__waiting__assistant")[:4] == [4, 3, 2, 1], "raw answers")
week = full["Week- by - week 1"]
scored = find(week, "As scored").row
row = next(r for r in range(scored, scored + 8) if week.cell(r, 1).value == "I wait days for an answer.")
expect(week.cell(row, 4).value is not None and week.cell(row, 3).value == 2, "weight and reverse shown")
first = named_first(full, "t_week__waiting__assistant")
expect([week.cell(row, first + k).value for k in range(4)] == [2, 3, 4, 5], "scored answers")
# Too few answers: words, not a number.
half = load("half-pair/tracker.xlsx")
expect("3 of 5 answered" in texts(half), "three of five")
# What people type is text, whatever it looks like, and names are not formulas either.
for text in ("=SUM(A1:A9)", "=cmd|'/c calc'!A1", "=1+1"):
    cells = [c for s in formulas for r in s.iter_rows() for c in r if c.value == text]
    expect(cells and all(c.data_type == "s" for c in cells), f"{text} is not text")
strings = zipfile.ZipFile(folder / "full-pair/tracker.xlsx").read("xl/sharedStrings.xml").decode()
expect("_x005F_x0041_" in strings, "_x0041_ is not escaped")
# Choices by label, ticks as yes and no, with the day.
expect(named(full, "t_pick__assistant")[0] == "Tea, with milk", "choice")
expect(named(full, "t_picks__p_one__assistant")[:2] == [True, True], "choice of several")
expect(named(full, "t_shared_list__talk") is True, "tick")
expect(named(full, "t_shared_list__talk__done_on") == datetime.datetime(2026, 2, 1), "done on")
expect(named(full, "t_shared_list__open") is None, "what is not answered is blank")
# The log: a table with a column computed row by row, and totals.
sheet = full["History 1"]
table = formulas["History 1"].tables["tbl_actions"]
heads = [c.name for c in table.tableColumns]
expect(heads[0] == "Due" and "Action [#1]" in heads and "Rate 2" in heads, f"heads {heads}")
first = range_boundaries(table.ref)[1] + 1
cost = heads.index("Cost") + 1
expect("tbl_actions[[#This Row],[Rate]]" in formulas["History 1"].cell(first, cost).value, "own row")
expect([sheet.cell(first + k, cost).value for k in range(2)] == [90, 0.1 * 33.33], "hours * rate")
# One rating's score under another's columns: the pooled score needs both.
expect(any("SUMPRODUCT" in str(c.value) and "Expectations" in str(c.value)
           for r in formulas["Week- by - week 1"].iter_rows() for c in r), "pooled score")
# Private answers: not in the workbook for both, in the own one of who gave them.
expect("t_secrets__only__executive" not in full.defined_names, "private answers in a shared file")
own = load("full-pair/own-tracker.executive.xlsx")
expect(named(own, "t_secrets__only__executive")[0] == 5, "own private answer")
expect(named(own, "t_secrets__only__assistant")[:4] == [None] * 4, "somebody else's private answer")
# Dates that a spreadsheet does not know are texts; an overlong text ends at the cell's end.
odd = load("odd-words/tracker.xlsx")
expect(named(odd, "t_review") == "1899-12-31", "a date of 1899")
expect(named(odd, "t_word__assistant") == "+1", "a text like a formula")
written = [v for v in texts(odd) if "far longer than a cell" in v]
expect(sum(v.count("Line ") for v in written) == 600, "an overlong text is all there")
# A blank one asks who is who.
blank = load("blank/tracker.xlsx")
expect(named(blank, "t_profile__assistant__name") is None, "blank profile")
expect(named(blank, "t_week__reasoning__assistant") == [None] * 12, "blank answers")
# Without a guide the date stands on the hidden sheet.
bare = load("half-pair/bare.xlsx")
expect(named(bare, "as_of") == datetime.datetime(2026, 8, 20), "as_of without a guide")
sys.exit(1 if wrong else 0)
