#!/usr/bin/python3
"""Opens every PDF of a built out/ once with readers that are not ours, and keeps what they say, for
the checks beside this file. Usage: readers.py COURSE OUT CACHE PDFJS_FOLDER
or, for the files of other kinds that a test should look at: readers.py --sample COURSE OUT .xlsx

Participants who come from a web form get the same files as each other, made by the same code from
answers to the same questions. Of them, readers look at two: the one whose files are the longest and
the one whose are the shortest (see sample()). What has a folder of its own, and what is blank, is
always looked at. conformance/ and end/manifest.py open every file."""
import concurrent.futures
import json
import pathlib
import shutil
import subprocess
import sys

import yaml

from pdf_file import Pdf

TOOLS = {
    "check": ["qpdf", "--check", "FILE"],
    "json": ["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", "FILE"],
    "info": ["pdfinfo", "FILE"],
    "fonts": ["pdffonts", "FILE"],
    "text": ["pdftotext", "FILE", "-"],
    "raw": ["pdftotext", "-raw", "FILE", "-"],
    "boxes": ["pdftotext", "-bbox-layout", "FILE", "-"],
    "mutool-info": ["mutool", "info", "FILE"],
    "mutool": ["mutool", "draw", "-q", "-F", "txt", "FILE"],
    "render": ["pdftoppm", "-gray", "-r", "40", "FILE"],
}
# Slow in poppler: of each material's files, one blank and one filled is read.
STRUCTURE = ["pdfinfo", "-struct-text", "FILE"]
HARMLESS = {"warning: ICC support is not available"}  # of Debian's mutool, whatever the file


class Edition:
    """One PDF of out/, with what it was made from and what the readers found."""

    def __init__(self, out, cache, entry, course):
        self.path, self.file = entry["path"], pathlib.Path(out, entry["path"])
        self.cache = pathlib.Path(cache, entry["path"].replace("/", "__"))
        self.blank = entry["path"].startswith("blank/")
        self.respondent, self.participant = entry.get("respondent"), entry.get("participant")
        self.page_count, self.material = entry["pages"], entry["source"]
        plan = next(m for m in course["materials"] if m.get("pdf") == self.material)
        self.modules, self.facilitator = plan["modules"], plan.get("facilitator", False)
        self.contents, self.cover = plan.get("contents", False), plan.get("cover", False)
        self.template = plan.get("template", course["template"])
        self.readers = [plan["for"]] if "for" in plan else sorted(course["respondents"])
        if self.respondent:
            self.readers = [self.respondent]
        self.sampled = False

    def shows(self, unit):
        """Whether this edition prints a unit of the sources, whatever was answered."""
        if not self.blank and (unit.conditional or unit.blank_only):
            return False
        return all(respondent in self.readers for respondent in unit.respondents)

    def said(self, tool):
        return (self.cache / f"{tool}.out").read_bytes()

    def text(self, tool):
        return self.said(tool).decode()

    def complaints(self, tool):
        lines = (self.cache / f"{tool}.err").read_text(errors="replace").splitlines()
        return [line for line in lines if line not in HARMLESS]

    def pdfjs(self):
        return json.loads((self.cache / "pdfjs.json").read_text())

    def pdf(self):
        return Pdf(self.file, json.loads(self.said("json")))


def load_course(folder):
    """course.yml, and who has a folder of answers of their own."""
    content = pathlib.Path(folder) / "content"
    course = yaml.safe_load((content / "course.yml").read_text())
    course["folders"] = {path.name for path in content.glob("answers/*") if path.is_dir()}
    return course


def sample(out, course):
    """The entries of the manifest that readers look at, and the participants they pass over."""
    entries = json.loads(pathlib.Path(out, "manifest.json").read_text())["files"]
    pages = {}
    for entry in entries:
        who = entry.get("participant")
        if who and who not in course["folders"]:
            pages[who] = pages.get(who, 0) + entry.get("pages", 0)
    alike = sorted(pages, key=lambda who: (pages[who], who))
    passed_over = set(alike[1:-1])
    return [one for one in entries if one.get("participant") not in passed_over], sorted(passed_over)


def editions(out, cache, course):
    entries, _ = sample(out, course)
    found = [Edition(out, cache, entry, course) for entry in entries
             if entry["path"].endswith(".pdf") and "imposed" not in entry]
    seen = set()
    for edition in found:
        key = (edition.material, edition.blank)
        edition.sampled = key not in seen
        seen.add(key)
    return found


def run(edition, tool, command):
    command = [str(edition.file) if word == "FILE" else word for word in command]
    with open(edition.cache / f"{tool}.out", "wb") as out, \
            open(edition.cache / f"{tool}.err", "wb") as err:
        code = subprocess.run(command, stdout=out, stderr=err).returncode
    if code:
        with open(edition.cache / f"{tool}.err", "a") as err:
            err.write(f"{command[0]} ends with {code}\n")


def read_all(found, pdfjs_folder):
    jobs = []
    script = pathlib.Path(__file__).with_name("pdfjs.mjs")
    for edition in found:
        edition.cache.mkdir(parents=True, exist_ok=True)
        tools = dict(TOOLS)
        if edition.sampled:
            tools["structure"] = STRUCTURE
        tools["pdfjs"] = ["node", str(script), pdfjs_folder, "FILE",
                          str(edition.cache / "pdfjs.json")]
        jobs += [(edition, tool, command) for tool, command in tools.items()]
    jobs.sort(key=lambda job: job[1] != "structure")  # the long ones first
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda job: run(*job), jobs))


class Report:
    """Collects what is wrong; a check prints it all and fails once."""

    def __init__(self, limit=60):
        self.problems, self.limit = [], limit

    def __call__(self, holds, *words):
        if not holds:
            self.problems.append(" ".join(str(word) for word in words))
        return holds

    def finish(self, summary):
        for problem in self.problems[:self.limit]:
            print(problem)
        if len(self.problems) > self.limit:
            print(f"… and {len(self.problems) - self.limit} more")
        print(summary)
        return 1 if self.problems else 0


def main():
    if sys.argv[1] == "--sample":
        folder, out, kind = sys.argv[2:5]
        entries, _ = sample(out, load_course(folder))
        print("\n".join(str(pathlib.Path(out, entry["path"])) for entry in entries
                        if entry["path"].endswith(kind)))
        return 0
    folder, out, cache, pdfjs_folder = sys.argv[1:5]
    shutil.rmtree(cache, ignore_errors=True)
    course = load_course(folder)
    found = editions(out, cache, course)
    read_all(found, pdfjs_folder)
    _, passed_over = sample(out, course)
    print(f"{len(found)} PDFs read; not those of {', '.join(passed_over) or 'nobody'}, who answered "
          "in a web form like two others that were read")
    return 0


if __name__ == "__main__":
    sys.exit(main())
