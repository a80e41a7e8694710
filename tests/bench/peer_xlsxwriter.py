#!/usr/bin/python3
"""The tracker against XlsxWriter (Debian's python3-xlsxwriter): nine sheets, 60 items answered in 12
sittings by one respondent, two charts. Both write the same cells, formulas with their values, looks,
merges, widths, validations, conditional formats, names, links, tables, charts, lines in cells, headers
and footers; ours also works them out.

    peer_xlsxwriter.py TANDEM BENCH_COMMAND_TRACK [RUNS]

Warm, one core, time of the processor, best of the runs, ours and theirs in turn."""

import datetime
import html
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
import zipfile

import openpyxl
import xlsxwriter

HERE = pathlib.Path(__file__).resolve().parent
ITEMS, SITTINGS, RATINGS = 15, 12, 4
DIMENSIONS = ("trust", "voice", "time")
warnings.filterwarnings("ignore", module="openpyxl")


# --- the course

def course(folder):
    shutil.copytree(HERE.parent.parent / "templates", folder / "templates")
    (folder / "content/modules").mkdir(parents=True)
    person = folder / "content/answers/someone"
    person.mkdir(parents=True)
    ratings = [f"r{n}" for n in range(RATINGS)]
    (folder / "content/course.yml").write_text(f"""\
title: Bench
version: "1.0"
language: en-GB
currency: GBP
start: 2025-01-06
as-of: 2026-02-20
template: classic
profile: {{name: text}}
respondents: {{assistant: {{label: Assistant}}}}
scales: {{frequency: [Never, Rarely, Sometimes, Often, Always]}}
scores:
  stage: {{title: Stage, mean: r0, decimals: 1, bands: [{{to: 2, name: Tell}}, {{to: 3, name: Explain}}, {{to: 5, name: Consult}}]}}
  parts: {{title: Parts, mean: r1, by: dimension, decimals: 1}}
materials:
  - xlsx: tracker
    title: Tracker
    sheets: [guide, dashboard, {", ".join(ratings)}, actions, figures, notes]
""")
    text = ["---\nid: all\ntitle: All\n---\n\n# All\n"]
    for name in ratings:
        text.append(f'::: {{.rating #{name} scale=frequency by=assistant title="Rating {name}"}}')
        text += [f"- This is statement {i + 1} of the rating, as long as one is. "
                 f"{{#s{i} dimension={DIMENSIONS[i % 3]}{' reverse' if i % 5 == 4 else ''}}}" for i in range(ITEMS)]
        text.append(":::\n")
    text.append("""\
::: {.log #actions rows=20 title="Actions"}
| Due {#due type=date due=done} | What {#what} | Hours {#hours type=number total=sum} | Rate {#rate type=money} | Cost {#cost type=money calc="hours * rate" total=sum} | Done {#done type=check} |
|---|---|---|---|---|---|
:::

:::: {.group #figures title="Figures"}
::: {.field #pay type=money}
Pay
:::

::: {.calc #part format=money}
A part = pay / 12
:::
::::

:::: {.group #notes title="Notes"}
::: {.write #thoughts lines=3}
What do you think?
:::
::::
""")
    (folder / "content/modules/all.md").write_text("\n".join(text))
    (person / "profile.yml").write_text("name: Someone\n")
    dice = random.Random(1)
    for sitting in range(SITTINGS):
        lines = [f"{name}: {{{', '.join(f's{i}: {dice.randint(1, 5)}' for i in range(ITEMS))}}}" for name in ratings]
        if not sitting:
            lines += ["pay: 60000", "actions:"]
            lines += [f"  - {{due: 2026-0{1 + k % 9}-1{k % 9}, what: Action {k}, hours: {k}, rate: 25, done: true}}"
                      for k in range(10)]
        (person / f"2025-{sitting + 1:02}-10.assistant.yml").write_text("\n".join(lines) + "\n")


# --- what our file holds

def colour(value):
    return "#" + value.rgb[-6:] if value is not None and isinstance(value.rgb, str) else None


def look_of(cell):
    look = {"font_name": cell.font.name, "font_size": cell.font.sz, "valign": "vcenter"}
    if cell.font.b:
        look["bold"] = True
    if colour(cell.font.color):
        look["font_color"] = colour(cell.font.color)
    if cell.fill.fill_type:
        look["bg_color"] = colour(cell.fill.fgColor)
    if cell.border.left.style:
        look.update(border=1, border_color=colour(cell.border.left.color) or "#BFC5CC")
    if cell.alignment.wrap_text:
        look["text_wrap"] = True
    if cell.alignment.horizontal:
        look["align"] = cell.alignment.horizontal
    if cell.number_format != "General":
        look["num_format"] = cell.number_format
    if not cell.protection.locked:
        look["locked"] = False
    return look


def plain(value):
    return value if isinstance(value, (str, int, float, bool, type(None))) else \
        (value - datetime.datetime(1899, 12, 30)).days


def lines_of(path, number):
    """Cells with a line and what it shows; openpyxl drops them."""
    with zipfile.ZipFile(path) as archive:
        part = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
    return [(cell, html.unescape(area)) for area, cell in
            re.findall(r"<xm:f>(.*?)</xm:f><xm:sqref>(.*?)</xm:sqref>", part)]


def describe(path):
    book, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    looks, sheets = {}, []
    for page in book:
        cells = []
        for row in page.iter_rows():
            for cell in row:
                if not cell.has_style and cell.value is None:
                    continue
                look = looks.setdefault(json.dumps(look_of(cell)), len(looks))
                text = getattr(cell.value, "text", cell.value)
                formula = text if cell.data_type == "f" else None
                value = plain(values[page.title][cell.coordinate].value)
                cells.append((cell.row - 1, cell.column - 1, formula, "" if formula and value is None else value, look))
        rules = [(area.sqref, [r.formula[0] if r.formula else None for r in area.rules])
                 for area in page.conditional_formatting]
        sheets.append({
            "name": page.title, "hidden": page.sheet_state != "visible", "cells": cells,
            "merges": [str(area) for area in page.merged_cells.ranges],
            "widths": [(name, size.width) for name, size in page.column_dimensions.items()],
            "heights": [(at - 1, size.height) for at, size in page.row_dimensions.items() if size.height],
            "rules": [(str(r.sqref), r.type, r.formula1, r.formula2, r.promptTitle, r.prompt, r.error)
                      for r in page.data_validations.dataValidation],
            "links": [(c.row - 1, c.column - 1, c.hyperlink.location, c.value) for row in page.iter_rows()
                      for c in row if c.hyperlink],
            "lines": lines_of(path, len(sheets) + 1),
            "edges": (page.oddHeader.left.text, page.oddHeader.right.text, page.oddFooter.left.text),
            "paints": [(str(sqref), formula) for sqref, formulas in rules for formula in formulas],
            "tables": [(t.ref, t.name, [c.name for c in t.tableColumns], bool(t.totalsRowCount))
                       for t in page.tables.values()],
            "charts": [(type(c).__name__, [(s.cat.strRef.f, s.val.numRef.f) for s in c.series])
                       for c in page._charts]})
    names = [(n.name, n.attr_text) for n in book.defined_names.definedName if not n.name.startswith("_xlnm")]
    return {"looks": [json.loads(look) for look in looks], "sheets": sheets, "names": names}


# --- the same, by XlsxWriter

KINDS = {"LineChart": "line", "RadarChart": "radar", "BarChart": "bar"}


def write_cells(page, sheet, looks):
    for row, col, formula, value, look in sheet["cells"]:
        if formula is not None:
            page.write_formula(row, col, formula, looks[look], value)
        elif value is None:
            page.write_blank(row, col, None, looks[look])
        elif isinstance(value, bool):
            page.write_boolean(row, col, value, looks[look])
        elif isinstance(value, str):
            page.write_string(row, col, value, looks[look])
        else:
            page.write_number(row, col, value, looks[look])


def write_rules(page, sheet, marked):
    for areas, kind, first, second, title, prompt, error in sheet["rules"]:
        options = {"validate": kind or "any", "input_title": title, "input_message": prompt,
                   "error_message": error}
        if kind == "textLength":
            options["validate"] = "length"
        if kind in ("list", "custom"):
            listed = kind == "list" and first.startswith('"')
            options["value"] = first[1:-1].split(",") if listed else "=" + first
        elif kind:
            options.update(criteria="between", minimum=float(first), maximum=float(second))
        for area in areas.split():
            page.data_validation(area, options)
    for areas, formula in sheet["paints"]:
        for area in areas.split():
            page.conditional_format(area, {"type": "formula", "criteria": "=" + formula, "format": marked}
                                    if formula else {"type": "3_color_scale"})


def write_book(book, path):
    file = xlsxwriter.Workbook(path)
    for key in ("format", "course", "version", "material", "participant", "as-of", "language", "source"):
        file.set_custom_property(key, "as ours")
    looks = [file.add_format(look) for look in book["looks"]]
    marked = file.add_format({"bold": True, "bg_color": "#E8C7B5"})
    for sheet in book["sheets"]:
        page = file.add_worksheet(sheet["name"])
        if sheet["hidden"]:
            page.hide()
        for name, width in sheet["widths"]:
            page.set_column(f"{name}:{name}", width)
        for row, height in sheet["heights"]:
            page.set_row(row, height)
        for area, name, heads, totals in sheet["tables"]:
            page.add_table(area, {"name": name, "total_row": totals, "columns": [{"header": h} for h in heads]})
        for area in sheet["merges"]:
            page.merge_range(area, "")
        write_cells(page, sheet, looks)
        for row, col, place, text in sheet["links"]:
            page.write_url(row, col, f"internal:{place}", None, text)
        write_rules(page, sheet, marked)
        for cell, area in sheet["lines"]:
            page.add_sparkline(cell, {"range": area, "type": "column", "min": 0, "max": 5})
        for number, (kind, series) in enumerate(sheet["charts"]):
            chart = file.add_chart({"type": KINDS[kind]})
            for categories, values in series:
                chart.add_series({"categories": "=" + categories, "values": "=" + values, "name": "Assistant",
                                  "line": {"color": "#24476B", "width": 2.25},
                                  "marker": {"type": "circle", "size": 6, "fill": {"color": "#24476B"},
                                             "border": {"color": "#24476B"}}})
            chart.set_y_axis({"min": 1, "max": 5, "major_unit": 1,
                              "major_gridlines": {"visible": True, "line": {"color": "#BFC5CC", "width": 0.5}}})
            chart.set_legend({"none": True})
            chart.set_title({"name": "Title", "name_font": {"name": "Lato", "size": 12}})
            page.insert_chart(20 * number, 1, chart, {"description": "Chart of what it shows, in words."})
        left, right, name = sheet["edges"]
        page.set_header(f"&L{left or ''}&R{right or ''}")
        page.set_footer(f"&L{name or ''}&RPage &P / &N")
        page.repeat_rows(0)
        page.protect()
        page.freeze_panes(1, 1)
        page.fit_to_pages(1, 0)
    for name, target in book["names"]:
        file.define_name(name, "=" + target)
    file.close()


def main(tandem, bench, runs=25):
    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:
        folder = pathlib.Path(name)
        course(folder)
        subprocess.run([tandem, "build", "--course", folder, "--out", folder / "out"], check=True,
                       stderr=subprocess.DEVNULL)
        file = folder / "out/someone/tracker.xlsx"
        book = describe(file)
        visible = sum(not s["hidden"] for s in book["sheets"])
        charts = sum(len(s["charts"]) for s in book["sheets"])
        theirs = []
        ours = []
        for _ in range(3):  # in turn, so that a busy moment meets both
            said = subprocess.run([bench, folder, "someone", str(runs)], check=True, stdout=subprocess.PIPE,
                                  text=True).stdout
            ours.append(float(said.split(": ")[1].split(" ms")[0]) + float(said.split(", ")[2].split(" ms")[0]))
            for _ in range(max(2, runs // 8)):
                start = time.process_time()
                write_book(book, folder / "peer.xlsx")
                theirs.append((time.process_time() - start) * 1e3)
        print(f"{visible} sheets, {charts} charts, {sum(len(s['cells']) for s in book['sheets'])} cells")
        print(f"tandem      {min(ours):7.1f} ms  {file.stat().st_size:7} bytes   ({said.strip()})")
        print(f"XlsxWriter  {min(theirs):7.1f} ms  {(folder / 'peer.xlsx').stat().st_size:7} bytes   "
              f"{min(theirs) / min(ours):.1f} times as long")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *(int(a) for a in sys.argv[3:4]))
