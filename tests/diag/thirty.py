"""The thirty mistakes of thirty.case, as the program itself tells them.

thirty.expected was written by hand: a place and some words a line, in order. The check does not
look at the golden, so that a blessed error cannot hide here.

    thirty.py TANDEM TEMPLATES
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).parent
tandem, templates = sys.argv[1:]


def unpack(folder):
    for part in re.split(r"^=== ", (here / "thirty.case").read_text(), flags=re.M)[1:]:
        name, text = part.split("\n", 1)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    shutil.copytree(templates, folder / "templates")
    unpack(folder)
    run = subprocess.run([tandem, "check", "--course", name], capture_output=True, text=True)
    said = re.findall(r"^([^\s:]+:\d+:\d+): (error|warning): (.*)", run.stderr, flags=re.M)

expected = [line.split(" ", 1) for line in (here / "thirty.expected").read_text().splitlines()]
wrong = []
if run.returncode != 1 or run.stdout:
    wrong.append(f"exit code {run.returncode}, and on stdout {run.stdout!r}")
if len(expected) != 30 or len(said) != 30:
    wrong.append(f"{len(expected)} expected, {len(said)} told")
if len(re.findall(r"error:|warning:", run.stderr)) != len(said):
    wrong.append("a message without a place")
for (place, words), (at, level, text) in zip(expected, said):
    if (place, "error") != (at, level) or words not in text:
        wrong.append(f"expected {place} {words}\n    told {at} {level}: {text}")
# Different mistakes: no two messages are alike but for the names in quotes.
kinds = [re.sub(r"'[^']*'|\d+", "", text) for _, _, text in said]
wrong += [f"told twice: {kind}" for kind in sorted(set(kinds)) if kinds.count(kind) > 1]
print("\n".join(wrong) or "thirty mistakes, each in its place")
sys.exit(bool(wrong))
