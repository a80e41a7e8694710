#!/usr/bin/python3
"""The blank workbook, filled in by clicks and key strokes in Chromium with pdf.js's viewer: a whole
rating, boxes, a choice, texts and numbers. It shows them, saves them, shows them again, and qpdf
reads the same. Usage: check_filling.py OUT NODE_MODULES [--self-test]"""
import json
import pathlib
import subprocess
import sys
import tempfile

FILE = "blank/partnership-workbook.pdf"
RATING = "independence credit-private credit-public standing-in leading reasoning asked-in delegated " \
    "authority comfort taken-seriously priorities redone second-hand"
FILL = {f"relationship.{item}": str(2 + at % 4) for at, item in enumerate(RATING.split())}
FILL |= {
    "exec-pay": "250000", "assistant-pay": "61000",
    "surprise": "Größe und Maß – „Ω“, Łódź, 你好",
    "_participant": "Zoë Ångström",
    "first-hour.sessions-booked": True,
}
UNTOUCHED = ["first-hour.habits-read", "readiness.promises"]


def fill(file, modules, folder):
    plan, saved = folder / "plan.json", folder / "saved.pdf"
    plan.write_text(json.dumps({"fill": FILL, "read": UNTOUCHED}))
    script = pathlib.Path(__file__).with_name("fill.mjs")
    run = subprocess.run(["node", script, modules, file, plan, saved], capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(run.stdout + run.stderr)
    return json.loads(run.stdout), saved


class Fields:
    """Values by full name, as qpdf's JSON has them."""

    def __init__(self, file):
        said = subprocess.run(["qpdf", "--json=2", "--json-key=acroform", file], check=True,
                              capture_output=True).stdout
        self.values = {field["fullname"]: field["value"] for field in
                       json.loads(said)["acroform"]["fields"]}

    def value(self, name):
        said = self.values[name]
        return said[2:] if isinstance(said, str) and said.startswith("u:") else said


def compare(report, fields):
    problems = []

    def expect(holds, words):
        if not holds:
            problems.append(words)
    for name in UNTOUCHED:
        expect(not report["before"][name], f"{name} is filled in from the start")
        expect(not report["again"][name], f"{name} has changed")
    for name, value in FILL.items():
        for moment in ("after", "again"):
            expect(report[moment][name] == value,
                   f"{name} is {report[moment][name]!r}, not {value!r} ({moment})")
        stored = fields.value(name)
        wanted = "/Yes" if value is True else value
        expect(stored in (wanted, f"/{wanted}"), f"{name} is {stored!r} for qpdf")
    return problems


def main():
    file, modules = pathlib.Path(sys.argv[1], FILE), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        report, saved = fill(file, modules, pathlib.Path(folder))
        if "--self-test" in sys.argv:  # what was not saved must be missed
            problems = compare(report, Fields(file))
            print(f"{len(problems)} of {len(FILL)} values missed in the blank file")
            return 0 if len(problems) == len(FILL) else 1
        problems = compare(report, Fields(saved))
    for problem in problems:
        print(problem)
    print(f"{len(FILL)} fields filled in")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
