#!/usr/bin/python3
"""The blank workbook, filled in by clicks and key strokes in Chromium with pdf.js's viewer: a whole
rating, boxes, texts and numbers. It shows them and what it works out of them, saves them, shows them
again, and qpdf reads the same. Usage: check_filling.py OUT NODE_MODULES [--self-test]"""
import json
import pathlib
import subprocess
import sys
import tempfile

FILE = "blank/partnership-workbook.pdf"
RATING = """independence credit-private credit-public standing-in leading reasoning asked-in delegated
authority comfort taken-seriously priorities redone second-hand""".split()
FILL = {f"relationship.{item}": str(2 + at % 4) for at, item in enumerate(RATING)}
FILL |= {
    "exec-pay": "250000", "assistant-pay": "61000", "exec-hours": "50", "hours-saved": "12.5",
    "hour-worth": "150", "share-used": "75", "weeks-worked": "46",
    "surprise": "Größe und Maß – „Ω“, Łódź, 你好",
    "_participant": "Zoë Ångström",
    "first-hour.sessions-booked": True,
}
# How numbers are shown once they are typed.
SHOWN = {"exec-pay": "£250,000", "assistant-pay": "£61,000", "hour-worth": "£150", "share-used": "75%"}
# By hand: answers 2 3 4 5 2 3 4 5 2 3 4 5 2 3, the last two turned round, reasoning, asked-in and
# authority counted twice: 58 / 17; freedom 22 / 7. 61,000 / 250,000; that of 50 hours;
# 12.5 × 46 × 150 × 75%; less 61,000; by 61,000; 250,000 / (46 × 50).
WORKED_OUT = {
    "_score.stage": "3.4 Consult", "_score.themes.freedom": "3.1", "break-even": "24.4%",
    "break-even-hours": "12.2", "value-created": "£64,688", "net-value": "£3,688",
    "return-multiple": "1.1", "hour-cost": "£108.70",
}
UNTOUCHED = ["first-hour.habits-read", "readiness.promises", "_score.ready"]


def fill(file, modules, folder):
    plan, saved = folder / "plan.json", folder / "saved.pdf"
    plan.write_text(json.dumps({"fill": FILL, "read": [*WORKED_OUT, *UNTOUCHED]}))
    script = pathlib.Path(__file__).with_name("fill.mjs")
    run = subprocess.run(["node", script, modules, file, plan, saved], capture_output=True,
                         text=True)
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
        expect(not report["again"][name], f"{name} has changed")
    for name in [*WORKED_OUT, *UNTOUCHED]:
        expect(not report["before"][name], f"{name} is filled in from the start")
    for name, value in (FILL | WORKED_OUT).items():
        shown = SHOWN.get(name, value)
        expect(report["after"][name] == shown, f"{name} is {report['after'][name]!r}, not {shown!r}")
        expect(report["again"][name] in (value, shown),
               f"{name} is {report['again'][name]!r}, not {value!r}, once it is saved")
        stored, wanted = fields.value(name), "/Yes" if value is True else value
        expect(stored in (wanted, f"/{wanted}"), f"{name} is {stored!r} for qpdf")
    return problems


def main():
    file, modules = pathlib.Path(sys.argv[1], FILE), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        report, saved = fill(file, modules, pathlib.Path(folder))
        if "--self-test" in sys.argv:  # what was not saved must be missed
            problems = compare(report, Fields(file))
            wanted = len(FILL) + len(WORKED_OUT)
            print(f"{len(problems)} of {wanted} values missed in the blank file")
            return 0 if len(problems) == wanted else 1
        problems = compare(report, Fields(saved))
    for problem in problems:
        print(problem)
    print(f"{len(FILL)} fields filled in, {len(WORKED_OUT)} results")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
