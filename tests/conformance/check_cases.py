#!/usr/bin/python3
"""The PDFs of every golden case of blocks and languages conform: each block in each of its states.
Usage: check_cases.py TANDEM PROJECT"""
import base64
import multiprocessing
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import check_ua

TANDEM, PROJECT = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()


def lay_out(case, folder):
    """A case's course in a folder (golden/golden.c says how cases are written)."""
    shutil.copytree(PROJECT / "tests/base", folder, dirs_exist_ok=True)
    shutil.copytree(PROJECT / "templates", folder / "templates")
    (folder / "content/modules").mkdir(exist_ok=True)
    if case.suffix == ".md":
        shutil.copy(case, folder / "content/modules/case.md")
        answers = case.with_name(case.stem + ".answers.yml")
        if answers.exists():
            shutil.copy(answers, folder / "content/answers/ada-ben/2026-01-12.assistant.yml")
        return
    parts = re.split(r"^=== (.*)\n", case.read_text(), flags=re.M)[1:]
    for head, text in zip(parts[::2], parts[1::2]):
        put(folder, head.split(), text)


def put(folder, head, text):
    path = folder / head[0]
    path.parent.mkdir(parents=True, exist_ok=True)
    if head[1:2] == ["->"]:
        path.symlink_to(head[2])
    elif head[1:] == ["base64"]:
        path.write_bytes(base64.b64decode(text))
    elif head[1:] == ["append"]:
        path.write_text(path.read_text() + text)
    elif head[1:2] == ["repeat"]:
        path.write_text(text * int(head[2]))
    elif text.strip():
        path.write_text(text)
    else:
        path.unlink(missing_ok=True)


def check_case(case):
    """How many PDFs it makes, and what is wrong with them."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        lay_out(case, folder)
        subprocess.run([TANDEM, "build", "--course", folder, "--out", folder / "out"],
                       check=False, capture_output=True)
        files = sorted(folder.glob("out/*/*.pdf"))
        wrong = [f"{case.relative_to(PROJECT)}: {file.parent.name}/{file.name}: {number}: {details[0]}"
                 for file in files
                 for number, details in check_ua.check_bytes(file.read_bytes()).items()]
    return len(files), wrong


def main():
    cases = sorted(path for pattern in ("block/*/*.md", "block/*/*.case", "lang/*.case")
                   for path in (PROJECT / "tests").glob(pattern))
    with multiprocessing.Pool(2) as pool:
        results = pool.map(check_case, cases, chunksize=1)
    wrong = [line for _, lines in results for line in lines]
    empty = sum(count == 0 for count, _ in results)
    print("\n".join(wrong))
    print(f"{sum(count for count, _ in results)} PDFs of {len(cases)} cases, {empty} without any")
    return 1 if wrong or empty > len(cases) // 4 else 0


if __name__ == "__main__":
    sys.exit(main())
