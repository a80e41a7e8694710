"""Courses to measure with, made from the sample course: fewer modules, sheets or papers, more people."""
import pathlib
import re
import shutil

FIRST = ["Amara", "Björn", "Chloé", "Dmitri", "Elif", "Fiona", "Grzegorz", "Hana", "Ivo", "Jūratė"]
LAST = ["Achebe", "Brandt", "Çelik", "Dvořák", "Evans", "Fischer", "García", "Hughes", "Ionescu", "Jansen"]
WORKBOOK, TRACKER, PAIR = "partnership-workbook", "partnership-tracker", "okafor-lind"
NINE_SHEETS = ["guide", "roi", "relationship", "stage", "decisions", "contributions", "wins",
               "expectations", "check-up"]


class Course:
    """A copy of the project's course in a folder of its own, with nobody's answers."""

    def __init__(self, project, folder):
        self.folder, self.answers = pathlib.Path(folder), pathlib.Path(project) / "content/answers" / PAIR
        for part in ("content", "templates"):
            shutil.copytree(pathlib.Path(project) / part, self.folder / part)
        shutil.rmtree(self.folder / "content/answers")
        self.settings = self.folder / "content/course.yml"
        self.change(r"paper: \[a4, letter\]", "paper: [a4]")

    def change(self, pattern, replacement):
        self.settings.write_text(re.sub(pattern, replacement, self.settings.read_text()))

    def list_of(self, material, key):
        """Where a material's list of modules or sheets stands in course.yml, and its items."""
        text = self.settings.read_text()
        found = re.search(rf"{material}\n(?:.*\n)*?    {key}:\n((?:      - .*\n)+)", text)
        return found.span(1), re.findall(r"- (.*)", found.group(1))

    def keep(self, material, key, items):
        (start, end), _ = self.list_of(material, key)
        text = self.settings.read_text()
        self.settings.write_text(
            text[:start] + "".join(f"      - {item}\n" for item in items) + text[end:])

    def add_people(self, count):
        """The complete sample pair, many times; every copy with a name of its own, so that no two
        documents are alike."""
        files = {file.name: file.read_text() for file in self.answers.iterdir()}
        for number in range(count):
            pair = self.folder / f"content/answers/pair-{number:04d}"
            pair.mkdir(parents=True)
            who = f"assistant.name: {FIRST[number % 10]} {LAST[number // 10 % 10]} {number}"
            for name, text in files.items():
                if name == "profile.yml":
                    text = re.sub(r"assistant\.name:.*", who, text)
                (pair / name).write_text(text)
        return self


def forty_pages(project, folder, pages_of, each="respondent"):
    """A workbook of as many of the first modules as make 38 to 42 pages; pages_of(course) counts
    the pages of its blank edition."""
    course = Course(project, folder)
    course.change("each: respondent", f"each: {each}")
    _, modules = course.list_of(WORKBOOK, "modules")
    for count in range(len(modules), 0, -1):
        course.keep(WORKBOOK, "modules", modules[:count])
        pages = pages_of(course)
        if pages <= 42:
            break
    if not 38 <= pages <= 42:
        raise SystemExit(f"no beginning of the workbook has 38 to 42 pages: {count} modules have {pages}")
    return course
