"""The words of a course's Markdown, read without the program's own parser: enough of CommonMark
and of the block syntax to know which paragraphs, headings, items and cells a page must hold.

A unit is one of them: its text is a list of pieces, between which the page may put something of
its own (a filled-in gap, the number of a footnote)."""
import re

FENCE = re.compile(r"^\s*(:{3,})\s*(?:\{(.*)\})?\s*$")
ATTRIBUTES = re.compile(r"\s*(?<!\{)\{[^{}]*\}(?!\})\s*$")
ITEM = re.compile(r"^(\s*)([-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?(.*)$")
FOOTNOTE = re.compile(r"^\[\^[^\]]+\]:\s*(.*)$")
DELIMITER = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.S)
CONDITIONAL = {"when", "otherwise", "advice"}


class Unit:
    def __init__(self, kind, text, place, blocks):
        self.kind, self.place = kind, place
        self.source, self.has_code = text, CODE.search(text) is not None
        self.pieces = plain_pieces(text)
        self.conditional = any(b.kinds & CONDITIONAL for b in blocks)
        self.respondents = [b.values["for"] for b in blocks if "for" in b.values]
        self.blank_only = False

    def __repr__(self):
        return f"{self.place}: {self.kind}: {' … '.join(self.pieces)}"


class Block:
    def __init__(self, colons, attributes):
        self.colons = colons
        self.kinds = set(re.findall(r"(?<!\S)\.([\w-]+)", attributes))
        self.values = {key: quoted or bare for key, quoted, bare in
                       re.findall(r'(?<!\S)([\w-]+)=(?:"([^"]*)"|(\S+))', attributes)}


def normal(text):
    """Undoes typography, so that words compare: quotes, dashes, ellipses, spaces, hyphenation."""
    text = re.sub("\u00ad[ \n]*", "", text)
    text = re.sub(r"(?<=\w[-\u2010/])\n(?=\w)", "", text)  # a break after a hyphen of the text
    text = re.sub(r"(://\S*[./])\n(?=\w)", r"\1", text)  # or inside an address
    text = text.translate({0x2018: "'", 0x2019: "'", 0x201c: '"', 0x201d: '"', 0x2010: "-",
                           0x2011: "-", 0x2013: "-", 0x2014: "-", 0x2026: "...", 0x200b: None,
                           0x2060: None})
    text = re.sub("-{2,3}", "-", text)
    text = re.sub("(?<!^)\\s*\f\\s*", " \f ", text)
    return re.sub("[^\\S\f]+", " ", text).strip(" ")


def plain_pieces(text):
    """Markup taken off; split where the page puts something in."""
    code = []

    def keep(match):
        code.append(match[match.lastindex])
        return f"\x02{len(code) - 1}\x02"
    text = CODE.sub(keep, text)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    text = re.sub(r"\\([!-/:-@\[-`{-~])", keep, text)
    text = re.sub(r"\[\^[^\]]+\]", "\x01", text)
    text = re.sub(r"\{\{.*?\}\}", "\x01", text)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)(\{[^}]*\})?", "\x01", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\[([^\]]+)\]\{[^}]*\}", r"\1", text)
    text = re.sub(r"<((?:https?:|mailto:)?[^<>\s]+)>", r"\1", text)
    for mark in (r"\*\*", r"\*", "~~"):
        text = re.sub(mark + r"(\S|\S.*?\S)" + mark, r"\1", text, flags=re.S)
    text = re.sub(r"\x02(\d+)\x02", lambda m: re.sub(r"^ (.*) $", r"\1", code[int(m[1])]), text)
    pieces = [normal(piece) for piece in text.split("\x01")]
    return [piece for piece in pieces if re.search(r"\w", piece)]


def split_row(line):
    line = re.sub(r"^\s*\||\|\s*$", "", line.strip())
    return [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)]


class Reader:
    def __init__(self, name, text, facilitator):
        self.name, self.units, self.blocks = name, [], []
        self.skipped = set() if facilitator else {"facilitator"}
        self.urls, self.targets = set(), set()
        lines = text.split("\n")
        start = 0
        if lines[0] == "---":
            start = lines.index("---", 1) + 1
            self.front(lines[1:start - 1])
        self.body(lines, start)

    def put(self, kind, text, line):
        if any(b.kinds & self.skipped for b in self.blocks):
            return
        unit = Unit(kind, text, f"{self.name}:{line}", self.blocks)
        if unit.pieces:
            self.units.append(unit)

    def front(self, lines):
        key = None
        for number, line in enumerate(lines, 2):
            match = re.match(r"(\w+):\s*(.*)$", line)
            if match:
                key, value = match[1], match[2]
                if key == "title":
                    self.put("title", value, number)
                elif key == "summary":
                    self.put("summary", value, number)
            elif re.match(r"\s+- ", line) and key in ("objectives", "sources"):
                self.put("item" if key == "objectives" else "source", line.strip()[2:], number)

    def open_block(self, block, line):
        self.blocks.append(block)
        if "title" in block.values:
            self.put("block title", block.values["title"], line)
        if "label" in block.values and block.kinds & CONDITIONAL:
            self.put("label", block.values["label"], line)
            if self.units:
                self.units[-1].blank_only = True

    def body(self, lines, start):
        paragraph, kind, first = [], "paragraph", 0
        i = start

        def flush():
            nonlocal paragraph, kind
            if paragraph:
                self.finish(kind, paragraph, first)
            paragraph, kind = [], "paragraph"

        while i < len(lines):
            line = re.sub(r"^\s{0,3}>\s?", "", lines[i])
            fence = FENCE.match(line)
            item, note = ITEM.match(line), FOOTNOTE.match(line)
            if re.match(r"^\s*(```|~~~)", line):
                flush()
                i += 1
                while i < len(lines) and not re.match(r"^\s*(```|~~~)\s*$", lines[i]):
                    i += 1
            elif lines[i].startswith("    ") and not paragraph and not item and kind == "paragraph":
                pass  # code
            elif fence:
                flush()
                if fence[2] is None:
                    self.blocks.pop()
                else:
                    self.open_block(Block(len(fence[1]), fence[2]), i + 1)
            elif not line.strip():
                flush()
            elif re.match(r"^#{1,6}\s", line):
                flush()
                level = len(line) - len(line.lstrip("#"))
                self.put(f"h{level}", ATTRIBUTES.sub("", line[level:]).strip(), i + 1)
            elif "|" in line and i + 1 < len(lines) and DELIMITER.match(lines[i + 1]) \
                    and not paragraph:
                i = self.table(lines, i)
                continue
            elif item or note:
                flush()
                kind, first = "item" if item else "footnote", i + 1
                paragraph = [item[3] if item else note[1]]
            else:
                if not paragraph:
                    first = i + 1
                paragraph.append(line.strip())
            i += 1
        flush()

    def table(self, lines, i):
        """A table from its header; returns the line after it."""
        for cell in split_row(lines[i]):
            self.put("cell", ATTRIBUTES.sub("", cell), i + 1)
        i += 2
        while i < len(lines) and "|" in lines[i]:
            for cell in split_row(lines[i]):
                self.put("cell", cell, i + 1)
                self.find_links(cell)
            i += 1
        return i

    def find_links(self, text):
        text = CODE.sub("", text)
        text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)  # a picture leads nowhere
        for target in re.findall(r"\]\(([^)\s]+)[^)]*\)|<((?:https?|mailto):[^>]+)>", text):
            target = target[0] or target[1]
            (self.targets if target.startswith("#") else self.urls).add(target)

    def finish(self, kind, lines, first):
        block = self.blocks[-1].kinds if self.blocks else set()
        text = "\n".join(re.sub(r"(\\|  +)$", "", line) for line in lines)
        if not any(b.kinds & self.skipped for b in self.blocks):
            self.find_links(text)
        if block & {"calc"}:
            for offset, line in enumerate(lines):
                self.put("calc label", line.rsplit(" = ", 1)[0], first + offset)
            return
        text = ATTRIBUTES.sub("", text)
        self.put(kind, text, first)


def module_path(folder, name):
    """Of a module by its id, or of another file in content/."""
    return folder / "content" / (name if name.endswith(".md") else f"modules/{name}.md")


def read_module(folder, name, facilitator=False):
    path = module_path(folder, name)
    reader = Reader(path.name, path.read_text(), facilitator)
    heading = next((u for u in reader.units if u.kind == "h1"), None)
    title = next((u for u in reader.units if u.kind == "title"), None)
    if heading and title and heading.pieces == title.pieces:
        reader.units.remove(title)  # printed once, above what the front matter says
        reader.units.remove(heading)
        reader.units.insert(0, heading)
    return reader
