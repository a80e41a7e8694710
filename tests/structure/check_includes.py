#!/usr/bin/python3
"""Fails if a folder of gen/ includes one that the architecture does not let it, or if a block type
has no golden cases. Usage: check_includes.py PROJECT"""
import pathlib
import re
import sys

MAY = {
    "base": set(),
    "model": {"base"},
    "calc": {"base", "model"},
    "load": {"base", "model", "calc"},
    "type": {"base", "model"},
    "block": {"base", "model", "calc"},
    "stage": {"base", "model", "calc", "type", "block"},
    "write": {"base", "model", "calc", "type"},
    "collect": {"base", "model", "load"},
    "command": {"base", "model", "calc", "load", "type", "block", "stage", "write", "collect"},
}


def main() -> int:
    root = pathlib.Path(sys.argv[1])
    wrong = []
    for path in sorted((root / "gen").rglob("*.[ch]")):
        floor = path.relative_to(root / "gen").parts[0]
        if floor not in MAY:
            continue  # main.c
        text = path.read_text()
        for name in re.findall(r'^\s*#\s*include\s+"([^"]+)"', text, re.M):
            target = name.split("/")[0]
            if target != floor and target not in MAY[floor]:
                wrong.append(f"{path.relative_to(root)} includes {name}")
            if floor == "write" and target == "type" and name != "type/font.h":
                wrong.append(f"{path.relative_to(root)} includes {name}: write/ may use fonts only")
        if re.search(r"#\s*include\s+<hpdf", text) and path.name != "pdf_object.c":
            wrong.append(f"{path.relative_to(root)} includes libharu: only write/pdf_object.c may")
    table = (root / "gen/block/block.c").read_text()
    listed = re.search(r"names\[\] = \{(.*?)\};", table, re.S)
    names = re.findall(r'"([a-z-]+)"', listed.group(1)) if listed else []
    if len(names) < 20:
        wrong.append("the block table could not be read")
    for name in names:
        folder = root / "tests/block" / name
        if not any(folder.glob("*.md")) and not any(folder.glob("*.case")):
            wrong.append(f"no golden case for .{name} in tests/block/{name}/")
    print("\n".join(wrong) or f"includes keep to the table; {len(names)} blocks have cases")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
