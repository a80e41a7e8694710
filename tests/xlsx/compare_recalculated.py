"""Cached values against a real spreadsheet's: every formula of every workbook is recalculated by
LibreOffice, cell by cell, and must give what the file already holds.

    compare_recalculated.py [--expect-difference] FILE.xlsx …

LibreOffice trusts cached values unless its profile says otherwise, so a profile of our own sets
OOXMLRecalcMode to "always". Numbers agree to 1e-12, all else exactly. Exit code 0 if all agree; with
--expect-difference, 0 if some do not: the test of the test.
The cell named as_of holds TODAY(): where the machine's date is not the file's, that cell is given the
file's date first, so that what depends on it can be compared."""

import datetime
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import openpyxl
from xml.etree import ElementTree

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
EPOCH = datetime.datetime(1899, 12, 30)


def make_profile(folder):
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(SETTINGS)
    return folder / "profile"


def recalculate(files, folder):
    """Converts all files in one run; gives them back in a folder of their own."""
    out = folder / "recalculated"
    out.mkdir()
    command = [
        "soffice", f"-env:UserInstallation=file://{make_profile(folder)}", "--headless",
        "--convert-to", "xlsx", "--outdir", str(out)] + [str(f) for f in files]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=600)
    return out


def check_parts(file):
    """soffice opens malformed parts without complaint; nobody else does."""
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels", ".vml")):
                ElementTree.fromstring(archive.read(name))


def freeze_today(file, folder):
    """A copy whose TODAY() is the date that it holds."""
    book = openpyxl.load_workbook(file, data_only=True)
    name = book.defined_names.get("as_of")
    if name is None:
        return file
    sheet, cell = next(iter(name.destinations))
    serial = as_number(book[sheet][cell.replace("$", "")].value)
    copy = folder / "frozen" / file.name
    copy.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry.filename)
            if entry.filename.startswith("xl/worksheets/"):
                data = data.replace(b"<f>TODAY()</f>", b"<f>%d+0</f>" % serial)
            target.writestr(entry, data)
    return copy


def as_number(value):
    if isinstance(value, datetime.datetime):
        return (value - EPOCH).total_seconds() / 86400
    return value


def alike(ours, theirs):
    ours, theirs = as_number(ours), as_number(theirs)
    if ours in (None, "") and theirs in (None, ""):
        return True
    numbers = (int, float)
    if isinstance(ours, numbers) and isinstance(theirs, numbers) \
            and not isinstance(ours, bool) and not isinstance(theirs, bool):
        return abs(ours - theirs) <= 1e-12 * max(1.0, abs(ours))
    return type(ours) is type(theirs) and ours == theirs


def compare(file, recalculated):
    formulas = openpyxl.load_workbook(file)
    ours = openpyxl.load_workbook(file, data_only=True)
    theirs = openpyxl.load_workbook(recalculated, data_only=True)
    count = wrong = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                count += 1
                here = ours[sheet.title][cell.coordinate].value
                there = theirs[sheet.title][cell.coordinate].value
                if alike(here, there):
                    continue
                wrong += 1
                if wrong <= 10:
                    print(f"{file.name}: {sheet.title}!{cell.coordinate}: holds {here!r}, "
                          f"recalculated {there!r}: {str(cell.value)[:200]}")
    print(f"{file.name}: {count} formulas, {wrong} differ")
    return count, wrong


def main(arguments):
    expect_difference = "--expect-difference" in arguments
    files = [pathlib.Path(a) for a in arguments if not a.startswith("--")]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        named = []
        for number, file in enumerate(files):  # trackers of a course are all called alike
            check_parts(file)
            copy = folder / f"{number:03}-{re.sub('[^a-z0-9.]', '-', file.parent.name)}-{file.name}"
            shutil.copy(file, copy)
            named.append(freeze_today(copy, folder))
        out = recalculate(named, folder)
        results = [compare(file, out / file.name) for file in named]
    formulas = sum(count for count, _ in results)
    wrong = sum(bad for _, bad in results)
    if formulas == 0:
        print("no formulas were compared")
        return 1
    return int((wrong == 0) if expect_difference else (wrong != 0))


if __name__ == "__main__":
    os.environ.setdefault("HOME", tempfile.gettempdir())
    sys.exit(main(sys.argv[1:]))
