"""A small reader of our own for PDF files: objects from qpdf's JSON, page content operator by
operator. It shares no code with the writer; what poppler, mutool and pdf.js see is checked
elsewhere."""
import base64
import json
import re
import subprocess

TOKEN = re.compile(
    rb"\s*(?:%[^\r\n]*\s*)*(?:"
    rb"(?P<hex><[0-9A-Fa-f\s]*>)|(?P<mark><<|>>|\[|\])|(?P<name>/[^\s<>\[\]()/%{}]*)"
    rb"|(?P<string>\()|(?P<word>[^\s<>\[\]()/%{}]+))")
NUMBER = re.compile(rb"[+-]?(\d+\.?\d*|\.\d+)$")
PAINT = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh", b"Do", b"BI"}
SHOW = {b"Tj", b"TJ", b"'", b'"'}
PATH = {b"m", b"l", b"c", b"v", b"y", b"h", b"re"}


class Operator(bytes):
    """A word of a content stream that is neither a number nor a name."""


def literal_string(data, start):
    """The bytes of (…) from after its opening bracket, and the offset after it."""
    depth, out, i = 1, bytearray(), start
    while i < len(data):
        c = data[i]
        if c == 0x5C:
            escape = data[i + 1:i + 2]
            octal = re.match(rb"[0-7]{1,3}", data[i + 1:i + 4])
            if octal:
                out.append(int(octal[0], 8) & 255)
                i += len(octal[0])
            elif escape not in (b"\n", b"\r"):
                out += {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b",
                        b"f": b"\f"}.get(escape, escape)
                i += 1
            i += 1
            continue
        depth += (c == 0x28) - (c == 0x29)
        i += 1
        if depth == 0:
            return bytes(out), i
        out.append(c)
    raise ValueError("a string without an end")


def tokens(data):
    position = 0
    while True:
        match = TOKEN.match(data, position)
        if not match or match.end() == position:
            return
        position = match.end()
        if match["string"]:
            text, position = literal_string(data, position)
            yield text
        elif match["hex"]:
            yield bytes.fromhex(re.sub(rb"\s", b"", match["hex"][1:-1]).decode())
        elif match["name"]:
            yield match["name"].decode("latin-1")
        elif match["mark"]:
            yield Operator(match["mark"])
        elif NUMBER.match(match["word"]):
            yield float(match["word"])
        else:
            yield Operator(match["word"])


def read_value(token, source):
    if token == b"[" and isinstance(token, Operator):
        items = []
        for inner in source:
            if isinstance(inner, Operator) and inner == b"]":
                return items
            items.append(read_value(inner, source))
    if token == b"<<" and isinstance(token, Operator):
        entries = {}
        for key in source:
            if isinstance(key, Operator) and key == b">>":
                return entries
            entries[key] = read_value(next(source), source)
    return token


def operations(data):
    """(operator, operands) of a content stream."""
    operands, source = [], tokens(data)
    for token in source:
        if isinstance(token, Operator) and token not in (b"[", b"<<", b"true", b"false", b"null"):
            yield bytes(token), operands
            operands = []
        else:
            operands.append(read_value(token, source))


def multiply(m, n):
    return (m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3],
            m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
            m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5])


class Font:
    """What the codes of a font mean and how wide they are."""

    def __init__(self, pdf, font):
        self.two_bytes = font.get("/Subtype") == "/Type0"
        self.unicode, self.widths, self.default_width = {}, {}, 1000
        if "/ToUnicode" in font:
            self.read_map(pdf.stream(font["/ToUnicode"]))
        if self.two_bytes:
            self.read_widths(pdf, pdf.resolve(pdf.resolve(font["/DescendantFonts"])[0]))

    def read_map(self, data):
        def text(code):
            return bytes.fromhex(code.decode()).decode("utf-16-be", "replace")
        for section in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.S):
            for code, target in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", section):
                self.unicode[int(code, 16)] = text(target)
        for section in re.findall(rb"beginbfrange(.*?)endbfrange", data, re.S):
            for low, high, one, many in re.findall(
                    rb"<(\w+)>\s*<(\w+)>\s*(?:<(\w+)>|\[([^\]]*)\])", section):
                listed = re.findall(rb"<(\w+)>", many)
                for i, code in enumerate(range(int(low, 16), int(high, 16) + 1)):
                    if listed:
                        self.unicode[code] = text(listed[i])
                    else:
                        start = text(one)
                        self.unicode[code] = start[:-1] + chr(ord(start[-1]) + i)

    def read_widths(self, pdf, descendant):
        self.default_width = descendant.get("/DW", 1000)
        items, i = pdf.resolve(descendant.get("/W", [])), 0
        while i < len(items):
            following = pdf.resolve(items[i + 1])
            if isinstance(following, list):
                for k, width in enumerate(following):
                    self.widths[items[i] + k] = width
                i += 2
            else:
                for code in range(items[i], following + 1):
                    self.widths[code] = items[i + 2]
                i += 3

    def codes(self, data):
        if self.two_bytes:
            return [data[i] << 8 | data[i + 1] for i in range(0, len(data) - 1, 2)]
        return list(data)


def text_string(value):
    """A text string of content (bytes) or of qpdf's JSON ("u:…", "b:…")."""
    if isinstance(value, str):
        if value.startswith("u:"):
            return value[2:]
        value = bytes.fromhex(value[2:])
    if value.startswith(b"\xfe\xff"):
        return value[2:].decode("utf-16-be")
    return value.decode("latin-1")


class Shown:
    """One string shown: where, by which font, inside which marked content."""
    __slots__ = ("page", "mcid", "artifact", "x", "y", "width", "size", "font", "codes",
                 "actual", "text")


class Pdf:
    def __init__(self, path, loaded=None):
        self.path = path
        self.json = loaded or json.loads(subprocess.run(
            ["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized",
             str(path)], stdout=subprocess.PIPE, check=True).stdout)
        self.objects = self.json["qpdf"][1]
        trailer = self.objects["trailer"]["value"]
        self.root = self.resolve(trailer["/Root"])
        self.pages = [self.resolve(page["object"]) for page in self.json["pages"]]
        self.page_numbers = {page["object"]: i for i, page in enumerate(self.json["pages"])}
        self.fonts = {}
        self.loose = []  # (page, operator): painted outside marked content
        self.shown = []
        self.painted = {}  # (page, mcid) of graphics
        for number in range(len(self.pages)):
            self.read_page(number)

    def resolve(self, value):
        while isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            found = self.objects.get("obj:" + value, {"value": None})
            value = found["value"] if "value" in found else found["stream"]["dict"]
        return value

    def stream(self, reference):
        return base64.b64decode(self.objects["obj:" + reference]["stream"]["data"])

    def font(self, reference):
        if reference not in self.fonts:
            self.fonts[reference] = Font(self, self.resolve(reference))
        return self.fonts[reference]

    def read_page(self, number):
        page = self.pages[number]
        contents = self.resolve(page["/Contents"])
        parts = contents if isinstance(contents, list) else [page["/Contents"]]
        data = b"\n".join(self.stream(part) for part in parts)
        self.read_content(number, data, self.resolve(page["/Resources"]), [], (1, 0, 0, 1, 0, 0))

    def read_content(self, number, data, resources, outer, matrix):
        """Follows marks, matrices and text; an XObject of Form type is read in its place."""
        fonts = self.resolve(resources.get("/Font", {}))
        objects = self.resolve(resources.get("/XObject", {}))
        marks, saved = list(outer), []
        font, size, spacing, word, leading, scale = None, 0, 0, 0, 0, 1
        text = line = (1, 0, 0, 1, 0, 0)
        for operator, operands in operations(data):
            if operator in (b"BDC", b"BMC"):
                properties = operands[1] if operator == b"BDC" else {}
                if isinstance(properties, str):
                    properties = self.resolve(self.resolve(resources["/Properties"])[properties])
                marks.append((operands[0], properties))
            elif operator == b"EMC":
                marks.pop()
            elif operator == b"q":
                saved.append((matrix, font, size, spacing, word, leading, scale))
            elif operator == b"Q":
                matrix, font, size, spacing, word, leading, scale = saved.pop()
            elif operator == b"cm":
                matrix = multiply(operands, matrix)
            elif operator == b"BT":
                text = line = (1, 0, 0, 1, 0, 0)
            elif operator == b"Tf":
                font, size = self.font(fonts[operands[0]]), operands[1]
            elif operator == b"Tc":
                spacing = operands[0]
            elif operator == b"Tz":
                scale = operands[0] / 100
            elif operator == b"Tw":
                word = operands[0]
            elif operator == b"TL":
                leading = operands[0]
            elif operator in (b"Td", b"TD"):
                if operator == b"TD":
                    leading = -operands[1]
                text = line = multiply((1, 0, 0, 1, *operands), line)
            elif operator == b"T*":
                text = line = multiply((1, 0, 0, 1, 0, -leading), line)
            elif operator == b"Tm":
                text = line = tuple(operands)
            elif operator in SHOW:
                items = operands[-1] if operator == b"TJ" else [operands[-1]]
                width = self.show(number, marks, items, font, size, spacing, word,
                                  multiply((scale, 0, 0, 1, 0, 0), multiply(text, matrix)))
                text = multiply((1, 0, 0, 1, width * scale, 0), text)
            elif operator in PAINT:
                form = None
                if operator == b"Do":
                    reference = objects[operands[0]]
                    form = self.resolve(reference)
                if form and form.get("/Subtype") == "/Form":
                    self.read_content(number, self.stream(reference),
                                      self.resolve(form.get("/Resources", {})), marks,
                                      multiply(form.get("/Matrix", (1, 0, 0, 1, 0, 0)), matrix))
                    continue
                self.note(number, marks, operator)
        if len(marks) != len(outer) or saved:
            self.loose.append((number, b"EMC or Q missing"))

    def note(self, number, marks, operator):
        mcid = next((p["/MCID"] for _, p in reversed(marks) if "/MCID" in p), None)
        artifact = any(tag == "/Artifact" for tag, _ in marks)
        if mcid is None and not artifact:
            self.loose.append((number, operator))
        if mcid is not None:
            mcid = int(mcid)
            self.painted.setdefault((number, mcid), 0)
        return mcid, artifact

    def show(self, number, marks, items, font, size, spacing, word, matrix):
        shown = Shown()
        shown.mcid, shown.artifact = self.note(number, marks, b"Tj")
        shown.page, shown.font, shown.size = number, font, size * abs(matrix[3])
        shown.x, shown.y = matrix[4], matrix[5]
        shown.codes, width, text = [], 0, []
        for item in items:
            if isinstance(item, float):
                width -= item / 1000 * size
                continue
            codes = font.codes(item)
            shown.codes += codes
            for code in codes:
                width += font.widths.get(code, font.default_width) / 1000 * size + spacing
                text.append(font.unicode.get(code, "\ufffd"))
        shown.actual = next((p for _, p in reversed(marks) if "/ActualText" in p), None)
        shown.text, shown.width = "".join(text), width * abs(matrix[0])
        self.shown.append(shown)
        return width

    def texts(self):
        """(page, mcid) → text, in the order in which it is shown."""
        out, last = {}, None
        for shown in self.shown:
            if shown.mcid is None or shown.artifact:
                continue
            text = shown.text
            if shown.actual is not None:
                text = "" if shown.actual is last else text_string(shown.actual["/ActualText"])
            last = shown.actual
            key = (shown.page, shown.mcid)
            out[key] = out.get(key, "") + text
        return out

    def structure(self):
        """The document element, its kids read in order."""
        tree = self.resolve(self.root["/StructTreeRoot"])
        top = tree["/K"] if not isinstance(tree["/K"], list) else tree["/K"][0]
        return Element(self, top, None, None)


class Element:
    """A structure element: kids are elements, (page, mcid) pairs, or references to annotations."""

    def __init__(self, pdf, reference, parent, page):
        self.source = pdf.resolve(reference)
        self.role, self.parent = self.source["/S"][1:], parent
        self.alt = self.source.get("/Alt") and text_string(self.source["/Alt"])
        page = pdf.page_numbers.get(self.source.get("/Pg"), page)
        self.kids = []
        attributes = pdf.resolve(self.source.get("/A", []))
        self.attributes = {}
        for entry in attributes if isinstance(attributes, list) else [attributes]:
            self.attributes.update(pdf.resolve(entry))
        kids = pdf.resolve(self.source.get("/K", []))
        # an array of kids may itself be the value, or one kid alone
        for kid in kids if isinstance(kids, list) else [self.source["/K"]]:
            target = pdf.resolve(kid)
            if isinstance(target, int):
                self.kids.append((page, target))
            elif target.get("/Type") == "/MCR":
                self.kids.append((pdf.page_numbers[target["/Pg"]], target["/MCID"]))
            elif target.get("/Type") == "/OBJR":
                self.kids.append(target["/Obj"])
            else:
                self.kids.append(Element(pdf, kid, self, page))

    def walk(self):
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def marked(self):
        """Every (page, mcid) below, in order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.marked()
            elif isinstance(kid, tuple):
                yield kid

    def text(self, texts):
        return "".join(texts.get(key, "") for key in self.marked())
