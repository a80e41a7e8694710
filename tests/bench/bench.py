#!/usr/bin/python3
"""Benchmarks of the whole program: bench.py TANDEM WORK [--runs N] [--peers FOLDER]
WORK is an empty folder for courses and files; FOLDER has the peers' node_modules (see bench.sh).
Not a test: nothing passes or fails. Figures are medians of N runs (15) after one that does not count."""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys

from courses import NINE_SHEETS, TRACKER, WORKBOOK, Course, forty_pages
from measure import Command, measure
from peer_typst import typst_source

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
COPIES, TRACKERS = (50, 200, 400), 50


class Bench:
    def __init__(self, options):
        self.tandem, self.runs = pathlib.Path(options.tandem).resolve(), options.runs
        self.work, self.peers = pathlib.Path(options.work).resolve(), options.peers

    def build(self, course, material, *options):
        return Command(self.tandem, "build", "--course", course.folder, "--only", material, *options)

    def pages_of(self, course):
        command = self.build(course, WORKBOOK)
        command.run()
        manifest = json.loads((course.folder / "out/manifest.json").read_text())
        return manifest["files"][0]["pages"]

    def course(self, name, sheets=None):
        course = Course(PROJECT, self.work / name)
        if sheets:
            course.keep(TRACKER, "sheets", sheets)
        return course

    # ---- one of each ----

    def cold(self):
        forty = forty_pages(PROJECT, self.work / "forty", self.pages_of)
        whole, nine = self.course("whole"), self.course("nine", NINE_SHEETS)
        rows = {
            f"workbook, {self.pages_of(forty)} pages": self.build(forty, WORKBOOK),
            "  on one core": self.build(forty, WORKBOOK, "--jobs", "1"),
            f"workbook, {self.pages_of(whole)} pages": self.build(whole, WORKBOOK),
            "tracker, nine sheets": self.build(nine, TRACKER, "--jobs", "1"),
            "tracker, all sheets": self.build(whole, TRACKER, "--jobs", "1"),
            "reading and checking the course": Command(self.tandem, "check", "--course", whole.folder),
            "starting the program": Command(self.tandem, "--version"),
        }
        measure(rows.values(), self.runs)
        print("One blank edition, cold: a process from start to end")
        for name, command in rows.items():
            print(f"  {name:<34}{command.median * 1e3:8.1f} ms, least {min(command.wall) * 1e3:6.1f}, "
                  f"CPU {statistics.median(command.cpu) * 1e3:5.0f}, peak {command.peak / 1e6:4.0f} MB")
        for course, material in ((forty, f"{WORKBOOK}.pdf"), (whole, f"{WORKBOOK}.pdf"),
                                 (nine, f"{TRACKER}.xlsx"), (whole, f"{TRACKER}.xlsx")):
            file = course.folder / "out/blank" / material
            print(f"  {course.folder.name + '/' + material:<34}{file.stat().st_size / 1e3:8.1f} kB")
        return rows, whole

    # ---- many ----

    def many(self):
        print("Personalised copies of the workbook of 40 pages")
        for count in COPIES:
            course = forty_pages(PROJECT, self.work / f"copies-{count}", self.pages_of,
                                 "participant")
            course.add_people(count)
            one = self.build(course, WORKBOOK, "--jobs", "1")
            two = self.build(course, WORKBOOK, "--jobs", "2")
            measure([one, two] if count == 200 else [one], 5)
            more = f", on two {two.median:.2f} s: {one.median / two.median:.2f} times as fast" if two.wall else ""
            print(f"  {count:4} copies on one core{one.median:17.2f} s, peak {one.peak / 1e6:4.0f} MB{more}")
        print("Personalised trackers: what one more takes, answers read and scored")
        for name, sheets in (("nine sheets", NINE_SHEETS), ("all sheets", None)):
            few = self.course(f"few-{len(name)}", sheets).add_people(1)
            many = self.course(f"many-{len(name)}", sheets).add_people(1 + TRACKERS)
            commands = [self.build(course, TRACKER, "--jobs", "1") for course in (few, many)]
            measure(commands, 5)
            each = (commands[1].median - commands[0].median) / TRACKERS
            print(f"  {name:<34}{each * 1e3:8.1f} ms, peak {commands[1].peak / 1e6:4.0f} MB")

    # ---- peers, in turn with ours ----

    def typst(self, ours, whole):
        source, out = self.work / "peer.typ", self.work / "peer-typst.pdf"
        source.write_text(typst_source(whole.folder, whole.list_of(WORKBOOK, "modules")[1]))
        command = Command("node", HERE / "peer_typst.mjs", source, out)
        again = Command(*ours.words)
        measure([command, again], self.runs)
        times = json.loads(self.output(command.words + ["10"]))
        found = subprocess.run(["pdfinfo", out], capture_output=True, text=True, check=False).stdout
        pages = next((line.split()[1] for line in found.splitlines() if line.startswith("Pages")), "?")
        print(f"  Typst, {pages} pages, {out.stat().st_size / 1e3:.0f} kB: process {command.median * 1e3:.0f} ms, "
              f"{command.median / again.median:.1f} times ours of {again.median * 1e3:.1f} ms; in one process "
              f"the first {times[0]:.0f} ms, each copy after it {statistics.median(times[1:]):.0f} ms")

    def workbooks(self, ours, whole):
        book = self.work / "peer.json"
        openpyxl = ["/usr/bin/python3", HERE / "peer_openpyxl.py"]
        ours.run()
        subprocess.run([*openpyxl, "describe", whole.folder / "out/blank" / f"{TRACKER}.xlsx", book], check=True)
        for name, words in (("openpyxl", [*openpyxl, "write"]), ("exceljs", ["node", HERE / "peer_exceljs.mjs"])):
            out = self.work / f"peer-{name}.xlsx"
            command, again = Command(*words, book, out), Command(*ours.words)
            measure([command, again], 5)
            times = json.loads(self.output(command.words + ["10"]))
            print(f"  {name}, {out.stat().st_size / 1e3:.0f} kB: process {command.median * 1e3:.0f} ms, "
                  f"{command.median / again.median:.1f} times ours of {again.median * 1e3:.1f} ms; in one process "
                  f"the first {times[0]:.0f} ms, each copy after it {statistics.median(times[1:]):.0f} ms")

    def output(self, words):
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout

    def run(self):
        rows, whole = self.cold()
        self.many()
        if self.peers:
            print("Others, with the same prose or the same cells")
            self.typst(next(iter(rows.values())), whole)
            self.workbooks(rows["tracker, all sheets"], whole)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tandem")
    parser.add_argument("work")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--peers", action="store_true", help="run in a folder that has the peers' node_modules")
    Bench(parser.parse_args()).run()


if __name__ == "__main__":
    sys.exit(main())
