#!/usr/bin/python3
"""Checks a built out/ against its manifest: every file is there with its size and hash, no other
is, and what the course promises exists. Usage: manifest.py OUT"""
import hashlib
import json
import pathlib
import sys

EXPECTED = [
    "blank/partnership-workbook.pdf",
    "blank/partnership-workbook.letter.pdf",
    "blank/partnership-tracker.xlsx",
]
FILLED = ["partnership-workbook.assistant.pdf", "partnership-workbook.executive.pdf",
          "partnership-workbook.assistant.letter.pdf", "partnership-tracker.xlsx"]


def main() -> int:
    out = pathlib.Path(sys.argv[1])
    manifest = json.loads((out / "manifest.json").read_text())
    listed = {entry["path"]: entry for entry in manifest["files"]}
    assert list(listed) == sorted(listed), "the manifest is not sorted"
    present = {str(p.relative_to(out)) for p in out.rglob("*") if p.is_file()}
    present -= {"manifest.json", ".gitkeep"}
    assert present == set(listed), present ^ set(listed)
    for path, entry in listed.items():
        data = (out / path).read_bytes()
        assert len(data) == entry["size"], path
        assert hashlib.sha256(data).hexdigest() == entry["sha256"], path
        kind = pathlib.Path(path).suffix
        assert kind in (".csv", ".json") or entry.get("pages", 0) or entry.get("sheets", 0), path
        magic = {".pdf": b"%PDF-", ".xlsx": b"PK", ".csv": b"\xef\xbb\xbf", ".json": b"["}[kind]
        assert data.startswith(magic), (path, data[:8])
    for path in EXPECTED + [f"{pair}/{name}" for pair in ("okafor-lind", "brandt-osei") for name in FILLED]:
        assert path in listed, path
    pages = listed["blank/partnership-workbook.pdf"]["pages"]
    assert pages >= 35, f"the workbook has {pages} pages"
    print(f"{len(listed)} files are as the manifest says; the workbook has {pages} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
