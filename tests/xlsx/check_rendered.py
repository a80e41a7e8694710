"""Every sheet of trackers as LibreOffice prints it: each has a page that says its name, no column is too
narrow for its figures (###), no formula shows an error, and what the cells say is on the pages.

    check_rendered.py FILE.xlsx …     [--can-fail: the first file's columns are made too narrow]"""

import pathlib
import re
import subprocess
import sys
import tempfile
import warnings

import openpyxl

warnings.filterwarnings("ignore", module="openpyxl")
ERRORS = re.compile(r"###|#N/A|#VALUE!|#REF!|#NAME\?|#DIV/0!|#NUM!|Err:\d+")


def words_of(text):
    return set(re.findall(r"\w{4,}", text))


def check(file, pages):
    text = subprocess.run(["pdftotext", pages, "-"], stdout=subprocess.PIPE, text=True, check=True).stdout
    wrong = [f"{found} on a page" for found in sorted(set(ERRORS.findall(text)))]
    plain = re.sub(r"\s+", " ", text)
    printed = words_of(plain)
    for sheet in openpyxl.load_workbook(file, data_only=True):
        if sheet.sheet_state != "visible":
            continue
        if sheet.title not in plain:
            wrong.append(f"no page says {sheet.title!r}")
        missing = set()
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and len(cell.value) < 200:
                    missing |= {w for w in words_of(cell.value) if w not in printed}
        # A word at the end of a line may be broken, and a link is sometimes set letter by letter.
        missing = {w for w in missing if w not in plain.replace(" ", "").replace("-", "")}
        if len(missing) > 3:
            wrong.append(f"{sheet.title}: not on any page: {sorted(missing)[:8]}")
    return wrong


def main(arguments):
    can_fail = "--can-fail" in arguments
    files = [pathlib.Path(a) for a in arguments if not a.startswith("--")]
    faults = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        copies = []
        for number, file in enumerate(files):
            copies.append(folder / f"{number:03}.xlsx")
            copies[-1].write_bytes(file.read_bytes())
            if can_fail:
                book = openpyxl.load_workbook(file)
                for sheet in book:
                    for column in sheet.column_dimensions.values():
                        column.width = 2
                book.save(copies[-1])
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
                        "--convert-to", "pdf", "--outdir", folder, *copies], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)
        for file, copy in zip(files, copies):
            wrong = check(file, copy.with_suffix(".pdf"))
            faults += len(wrong)
            if not can_fail:
                for message in wrong:
                    print(f"{file}: {message}")
    return int(faults == 0) if can_fail else int(faults != 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if len(sys.argv) > 1 else "no files")
