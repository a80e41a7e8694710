#!/usr/bin/python3
"""README.md's tables say what conditions.py says. Usage: check_table.py [--write]"""
import pathlib
import sys

from conditions import ARCHIVE, BESIDE, CHECKED, MATTERHORN

README = pathlib.Path(__file__).with_name("README.md")
BEGIN, END = "<!-- from conditions.py -->\n", "<!-- to here -->\n"


def table(title, rows):
    lines = [f"### {title}", "", "| | clause | fails if | |", "|---|---|---|---|"]
    lines += [f"| {row.number} | {row.clause} | {row.says} | "
              f"{'checked' if row.status == CHECKED else 'not applicable: ' + row.status} |"
              for row in rows]
    return lines + [""]


def tables():
    checked = sum(row.status == CHECKED for row in MATTERHORN)
    lines = [f"Of the protocol's conditions for programs {len(MATTERHORN)} name something to see: "
             f"{checked} are checked, {len(MATTERHORN) - checked} are not applicable.", ""]
    lines += table("Matterhorn Protocol 1.1", MATTERHORN)
    lines += table("Beside the protocol", BESIDE)
    lines += table("PDF/A-2, as far as forms can keep it", ARCHIVE)
    return "\n".join(lines)


def main():
    before, rest = README.read_text().split(BEGIN)
    after = rest.split(END)[1]
    meant = before + BEGIN + tables() + END + after
    if "--write" in sys.argv:
        README.write_text(meant)
    elif meant != README.read_text():
        print("README.md is not what check_table.py --write makes")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
