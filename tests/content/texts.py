"""The words of a course: its modules, the titles in course.yml and the guide, line by line, without
what is markup. Lines of code stay in their place as empty ones, so that numbers of lines hold."""

import pathlib
import re

import yaml

CODE = "\N{WHITE SQUARE}"  # stands for what is no prose
TITLES = re.compile(r"\b(?:title|label|name|hint|note|alt|caption)=(?:\"([^\"]*)\"|([^\s}]+))")
GAP = re.compile(r"\{\{([^}|]*?)(?:\\?\|([^}]*))?\}\}")
LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]*)(?: \"[^\"]*\")?\)")


class Text:
    """One file. `lines` are as written; `words` are what a reader sees of them."""

    def __init__(self, path, source, is_guide=False):
        self.path, self.source, self.is_guide = path, source, is_guide
        self.lines = source.split("\n")
        self.front, self.first = {}, 0
        if source.startswith("---\n"):
            self.first = self.lines.index("---", 1) + 1
            self.front = yaml.safe_load("\n".join(self.lines[1:self.first - 1]))
        self.words = self._words()

    def _words(self):
        words, fenced, formula = [], False, False
        for number, line in enumerate(self.lines):
            formula = line.startswith(("::: {.calc", ":::: {.calc")) or (formula and line[:3] != ":::")
            if number < self.first:
                key, _, rest = line.partition(":")
                line = rest if key in ("title", "summary") else line if line[:4] == "  - " else ""
            elif line.lstrip().startswith("```"):
                fenced, line = not fenced, ""
            elif fenced or (self.is_guide and line.startswith("    ")):
                line = ""
            elif formula and line[:3] != ":::":
                line = line.split(" = ")[0]
            words.append(plain(line))
        return words

    def paragraphs(self):
        """(number of the first line, words) of what is read in one go: no table, heading or formula."""
        found, kept, began = [], [], 0
        for number in range(self.first, len(self.lines)):
            line, words = self.lines[number], self.words[number].strip()
            starts = re.match(r"\s*(?:[-*>]|\d+\.) ", line)
            apart = not words or line.startswith(("#", "|", ":::")) or starts
            if apart and kept:
                found.append((began, " ".join(kept)))
                kept = []
            if words and not line.startswith(("#", "|", ":::")):
                began = began if kept else number + 1
                kept.append(re.sub(r"^(?:[-*>]|\d+\.) (?:\[ \] )?", "", words))
        return found + ([(began, " ".join(kept))] if kept else [])

    def damaged(self, source):
        return Text(self.path, source, self.is_guide)


def plain(line):
    """A line without its markup: words of links, of gaps and of attributes that are printed stay."""
    line = re.sub(r"`[^`]*`", CODE, line)
    line = GAP.sub(lambda gap: gap.group(2) if gap.group(2) else "Name", line)
    line = LINK.sub(lambda link: link.group(1), line)
    line = re.sub(r"\[@[^\]]*\]|\[\^[^\]]*\]:?", "", line)
    line = re.sub(r"https?://[^\s)>]+", "", line)
    line = re.sub(r"\s?\{[^{}]*\}", lambda marks: "".join(
        f" {one or other}" for one, other in TITLES.findall(marks.group(0))), line)
    line = re.sub(r"^\s*:{3,}.*?(?= |$)", "", line)
    return re.sub(r"\*\*|\*|(?<!\w)_|_(?!\w)", "", line)


class Course:
    """A folder content/."""

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        self.folder = folder
        self.modules = {path.stem: Text(f"modules/{path.name}", path.read_text())
                        for path in sorted((folder / "modules").glob("*.md"))}
        self.plan = Text("course.yml", (folder / "course.yml").read_text())
        self.guide = Text("README.md", (folder / "README.md").read_text(), is_guide=True)
        self.plan.words = [title(line) for line in self.plan.lines]

    @property
    def data(self):
        return yaml.safe_load(self.plan.source)

    def texts(self):
        return [*self.modules.values(), self.plan, self.guide]


def title(line):
    """What of a line of course.yml is printed; questions of a web form are others' words."""
    line = re.sub(r"\s#.*|^#.*", "", line)
    found = re.findall(r"\b(?:title|label|name): *(?:\"([^\"]*)\"|([^,}\n]+))", line)
    points = re.findall(r"\[([A-Z][^\]]*)\]", line) if not line.lstrip().startswith('"') else []
    return " ".join([one or other for one, other in found] + points)
