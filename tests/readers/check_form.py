#!/usr/bin/python3
"""The forms: every question of the sources is a field of its kind with a tooltip, buttons have
states, filled editions hold the answers, each widget has a Form of its own in the structure, and
what is filled in with pdf.js is found again by qpdf.
Usage: check_form.py COURSE OUT CACHE PDFJS_FOLDER [--self-test]"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

from markdown_words import module_path, normal
from pdf_file import Element, Pdf, text_string
from readers import Report, editions, load_course

READ_ONLY, REQUIRED, MULTILINE, NO_TOGGLE, RADIO = 1, 2, 1 << 12, 1 << 14, 1 << 15
NO_CANVAS = "OffscreenCanvas is not supported"  # node has none, whatever the file
OPENING = re.compile(r"^\s*(:{3,})\s*\{([^}]*)\}\s*$")
CLOSING = re.compile(r"^\s*(:{3,})\s*$")


class Question:
    """A block of the sources that is answered in one place or in many."""

    def __init__(self, attributes):
        self.kind = re.search(r"\.([\w-]+)", attributes)[1]
        found = re.search(r"#([\w-]+)", attributes)
        self.id = found and found[1]
        self.many = ".many" in attributes or " many" in attributes
        self.only = re.search(r"(?<!\S)for=(\S+)", attributes)
        asks = re.search(r'ask="([^"]*)"', attributes)
        self.asks = re.findall(r"([\w-]+):", asks[1]) if asks else []
        self.items = []
        self.repeated = False

    def names(self):
        """In dated pages a name ends in its period: the first stands for all."""
        return [f"{name}.r1" for name in self.places()] if self.repeated else self.places()

    def places(self):
        if self.kind in ("write", "field") or (self.kind == "choice" and not self.many):
            return [self.id]
        if self.asks:
            return [f"{self.id}.{item}.{ask}" for item in self.items for ask in self.asks]
        return [f"{self.id}.{item}" for item in self.items]


def questions(folder, edition):
    """Those that are asked in an edition whatever was answered."""
    for module in edition.modules:
        open_blocks = []
        text = module_path(pathlib.Path(folder), module).read_text()
        for line in re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S).splitlines():
            opening, closing = OPENING.match(line), CLOSING.match(line)
            item = re.match(r"\s*- .*\{[^{}]*#([\w-]+)[^{}]*\}\s*$", line)
            if opening:
                open_blocks.append((len(opening[1]), Question(opening[2])))
            elif closing and open_blocks:
                _, block = open_blocks.pop()
                outer = {question.kind for _, question in open_blocks}
                hidden = outer & {"when", "otherwise"} or \
                    ("facilitator" in outer and not edition.facilitator) or \
                    (block.only and block.only[1] not in edition.readers)
                if block.id and block.kind in ("write", "field", "choice", "rating",
                                               "checklist") and not hidden:
                    block.repeated = "repeat" in outer
                    yield block
            elif item and open_blocks:
                open_blocks[-1][1].items.append(item[1])


class Field:
    def __init__(self, pdf, source, name, inherited):
        self.name, self.kind = name, inherited.get("/FT")
        self.flags = int(inherited.get("/Ff", 0))
        self.value, self.tooltip = inherited.get("/V"), source.get("/TU")
        kids = [pdf.resolve(kid) for kid in pdf.resolve(source.get("/Kids", []))]
        self.widgets = kids or [source]

    def text(self):
        return text_string(self.value) if self.value is not None else ""


def fields_of(pdf, report, path):
    """Full name → field, by the tree; a name occurs once."""
    found = {}

    def walk(reference, above, parent, inherited):
        source = pdf.resolve(reference)
        report(source.get("/Parent") == parent, f"{path}: a field's Parent is not what holds it")
        part = text_string(source["/T"])
        report(part and "." not in part, f"{path}: a part of a name is {part!r}")
        name = f"{above}.{part}" if above else part
        entries = dict(inherited, **{key: source[key] for key in ("/FT", "/Ff", "/V")
                                     if key in source})
        kids = pdf.resolve(source.get("/Kids", []))
        if kids and "/T" in pdf.resolve(kids[0]):
            for kid in kids:
                walk(kid, name, reference, entries)
            return
        report(name not in found, f"{path}: two fields are called {name}")
        found[name] = Field(pdf, source, name, entries)
        for kid in kids:
            report(pdf.resolve(kid).get("/Parent") == reference, f"{path}: {name} has odd kids")
    form = pdf.resolve(pdf.root.get("/AcroForm", {}))
    report(not form.get("/NeedAppearances"), f"{path}: readers are to draw the fields")
    for reference in pdf.resolve(form.get("/Fields", [])):
        walk(reference, "", None, {})
    return found


def states(pdf, widget):
    normal_look = pdf.resolve(pdf.resolve(widget["/AP"])["/N"])
    return set(normal_look) - {"/Off"}


def check_field(pdf, path, field, report):
    where = f"{path}: {field.name}"
    report(field.kind in ("/Btn", "/Tx", "/Ch"), f"{where} is of the kind {field.kind}")
    report(field.tooltip and text_string(field.tooltip).strip(), f"{where} has no tooltip")
    for widget in field.widgets:
        report(widget.get("/Subtype") == "/Widget" and int(widget.get("/F", 0)) == 4,
               f"{where} has no widget that is printed")
        report("/AP" in widget, f"{where} has no appearance")
        box = widget["/Rect"]
        report(box[0] < box[2] and box[1] < box[3], f"{where} has the box {box}")
        if field.kind != "/Btn":
            report("/Answer" in text_string(widget.get("/DA", "")), f"{where} has no font")
            continue
        own = states(pdf, widget)
        report(len(own) == 1, f"{where} has the states {own}")
        report(widget.get("/AS") in own | {"/Off"}, f"{where} shows {widget.get('/AS')}")
        report(widget.get("/AS") == "/Off" or widget["/AS"] == field.value,
               f"{where} is {field.value} and shows {widget.get('/AS')}")


def check_structure(pdf, path, report):
    """Each widget is alone in a Form, and its StructParent leads there."""
    widgets = {}
    for number, page in enumerate(pdf.pages):
        report(page.get("/Tabs") == "/S", f"{path}: page {number + 1}: no order of tabs")
        for reference in pdf.resolve(page.get("/Annots", [])):
            if pdf.resolve(reference).get("/Subtype") == "/Widget":
                report(reference not in widgets, f"{path}: a widget is on a page twice")
                widgets[reference] = pdf.resolve(reference)
    parents = {}
    tree = pdf.resolve(pdf.resolve(pdf.root["/StructTreeRoot"])["/ParentTree"])
    for leaf in pdf.resolve(tree["/Kids"]):
        numbers = pdf.resolve(leaf)["/Nums"]
        parents.update(zip(numbers[::2], numbers[1::2]))
    held = {}
    for element in pdf.structure().walk():
        for kid in element.kids:
            if isinstance(kid, str) and kid in widgets:
                report(element.role == "Form" and len(element.kids) == 1,
                       f"{path}: a widget in {element.role} of {len(element.kids)} parts")
                held[kid] = element.source
    for reference, widget in widgets.items():
        report(reference in held, f"{path}: a widget outside the structure")
        leads_to = pdf.resolve(parents.get(widget.get("/StructParent")))
        report(leads_to == held.get(reference), f"{path}: a widget's StructParent is wrong")
    return widgets


def answers_of(folder, edition, respondent):
    """id → the latest answer of a respondent."""
    latest = {}
    place = pathlib.Path(folder, "content", "answers", edition.participant)
    for file in sorted(place.glob(f"*.{respondent}.yml")):
        latest.update(yaml.safe_load(file.read_text()) or {})
    return latest


def check_answers(folder, edition, fields, report):
    """Texts, choices and points as their respondent gave them."""
    given, count = answers_of(folder, edition, edition.respondent), 0
    for question in questions(folder, edition):
        answer = given.get(question.id)
        if answer is None:
            continue
        where = f"{edition.path}: {question.id}"
        count += 1
        if question.kind == "write":
            value = fields[question.id].text() if question.id in fields else None
            report(value is not None and normal(value) == normal(str(answer)),
                   f"{where} is {value!r}, not {answer!r}")
        elif question.kind == "choice" and not question.many:
            report(fields[question.id].value == f"/{answer}", f"{where} is not {answer}")
        elif question.kind == "choice":
            for item in question.items:
                expected = f"/{item}" if item in answer else "/Off"
                report(fields[f"{question.id}.{item}"].value == expected,
                       f"{where}.{item} is not {expected}")
        elif question.kind == "rating":
            for item, points in answer.items():
                for ask, point in points.items() if isinstance(points, dict) else [(None, points)]:
                    name = f"{question.id}.{item}" + (f".{ask}" if ask else "")
                    if isinstance(point, (int, float)) and name in fields:
                        report(fields[name].value == f"/{point}",
                               f"{edition.path}: {name} is {fields[name].value}, not {point}")
    return count


def check_kinds(folder, edition, pdf, fields, report):
    for question in questions(folder, edition):
        for name in question.names():
            field = fields.get(name)
            if not report(field, f"{edition.path}: no field {name}"):
                continue
            where = f"{edition.path}: {name}"
            radio = question.kind == "rating" or (question.kind == "choice" and not question.many)
            text = question.kind in ("write", "field")
            report(field.kind == ("/Tx" if text else "/Btn"), f"{where} is a {field.kind}")
            wanted = MULTILINE if question.kind == "write" else RADIO | NO_TOGGLE if radio else 0
            report(field.flags & (MULTILINE | RADIO | NO_TOGGLE) == wanted or
                   (question.kind == "field" and field.flags & MULTILINE),
                   f"{where} has the flags {field.flags}")
            if question.kind == "choice" and radio:
                own = {state for widget in field.widgets for state in states(pdf, widget)}
                report(own == {f"/{item}" for item in question.items}, f"{where} offers {own}")


def check(folder, edition, report, pdf=None):
    pdf = pdf or edition.pdf()
    fields = fields_of(pdf, report, edition.path)
    for field in fields.values():
        check_field(pdf, edition.path, field, report)
    widgets = check_structure(pdf, edition.path, report)
    listed = sum(len(field.widgets) for field in fields.values())
    report(listed == len(widgets),
           f"{edition.path}: {listed} widgets in the form, {len(widgets)} on pages")
    count = 0
    if edition.blank:
        check_kinds(folder, edition, pdf, fields, report)
        for field in fields.values():
            report(field.value in (None, "/Off"), f"{edition.path}: {field.name} is filled in")
    elif edition.respondent:
        count = check_answers(folder, edition, fields, report)
        report(count > 10 or not answers_of(folder, edition, edition.respondent), f"{edition.path}: only {count} answers to compare")
    return len(fields), count


def check_filling(edition, pdfjs_folder, report):
    """A text of each kind, a box and a button, filled in and saved by pdf.js."""
    pdf = edition.pdf()
    fields = fields_of(pdf, report, edition.path)
    prose = next(f for f in fields.values() if f.kind == "/Tx" and f.flags & MULTILINE)
    line = next(f for f in fields.values() if f.kind == "/Tx" and not f.flags & MULTILINE)
    box = next(f for f in fields.values()
               if f.kind == "/Btn" and not f.flags & RADIO and f.value == "/Off")
    radio = next(f for f in fields.values() if f.flags & RADIO and "." in f.name)
    state = next(state for widget in radio.widgets for state in states(pdf, widget)
                 if state != radio.value)
    values = {prose.name: "Größe “typed” – £5\nand a second line", line.name: "typed in a line",
              box.name: True, radio.name: state[1:]}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "values.json").write_text(json.dumps(values))
        script = pathlib.Path(__file__).with_name("pdfjs_fill.mjs")
        filled = subprocess.run(["node", script, pdfjs_folder, edition.file,
                                 folder / "values.json", folder / "saved.pdf"],
                                capture_output=True, text=True)
        said = [line for line in (filled.stdout + filled.stderr).splitlines()
                if line.strip() and NO_CANVAS not in line]
        report(filled.returncode == 0 and not said, f"{edition.path}: pdf.js: {said}")
        data = subprocess.run(["qpdf", "--json=2", "--json-stream-data=inline",
                               "--decode-level=generalized", folder / "saved.pdf"],
                              capture_output=True).stdout
        saved = fields_of(Pdf(folder / "saved.pdf", json.loads(data)), report, "saved")
        shown = subprocess.run(["pdftotext", "-raw", folder / "saved.pdf", "-"],
                               capture_output=True, text=True).stdout
    report(saved[prose.name].text().replace("\r", "\n") == values[prose.name],
           f"{prose.name} is {saved[prose.name].text()!r} when saved")
    report(saved[line.name].text() == values[line.name],
           f"{line.name} is {saved[line.name].text()!r} when saved")
    report(saved[box.name].value in states(pdf, box.widgets[0]),
           f"{box.name} is {saved[box.name].value} when saved")
    report(saved[radio.name].value == state,
           f"{radio.name} is {saved[radio.name].value}, not {state}, when saved")
    for words in ("Größe “typed” – £5", "and a second line", "typed in a line"):
        report(words in shown, f"{edition.path}: “{words}” is not to be seen once it is typed")
    changed = {name for name in fields if saved[name].value != fields[name].value}
    report(changed == set(values), f"{edition.path}: filling in has changed {changed}")


def self_test(folder, found):
    """A field renamed, one without a tooltip, one outside the structure: each must be noticed."""
    blank = next(edition for edition in found if edition.blank and "workbook" in edition.path)

    def first(pdf, holds):
        return next(value["value"] for value in pdf.objects.values()
                    if isinstance(value.get("value"), dict) and holds(value["value"]))

    asked = {name.rsplit(".", 1)[-1] for question in questions(folder, blank)
             for name in question.names()}

    def rename(pdf):
        first(pdf, lambda value: text_string(value.get("/T", "u:")) in asked)["/T"] = "u:nobody"

    def silence(pdf):
        del first(pdf, lambda value: value.get("/FT") == "/Tx")["/TU"]

    def loosen(pdf):
        first(pdf, lambda value: value.get("/S") == "/Form" and "/Alt" not in value)["/S"] = "/Span"

    def turn_on(pdf):
        first(pdf, lambda value: value.get("/FT") == "/Btn")["/V"] = "/Maybe"
    for damage in (rename, silence, loosen, turn_on):
        pdf, report = blank.pdf(), Report()
        damage(pdf)
        check(folder, blank, report, pdf)
        assert report.problems, f"{damage} went unnoticed"
    return 0


def main():
    folder, out, cache, pdfjs_folder = sys.argv[1:5]
    found = editions(out, cache, load_course(folder))
    if "--self-test" in sys.argv:
        return self_test(folder, found)
    report, fields, answers = Report(), 0, 0
    for edition in found:
        counted, compared = check(folder, edition, report)
        fields += counted
        answers += compared
    check_filling(next(edition for edition in found
                       if edition.blank and "workbook" in edition.path), pdfjs_folder, report)
    check_filling(next(edition for edition in found if edition.respondent), pdfjs_folder, report)
    return report.finish(f"{fields} fields in {len(found)} PDFs, {answers} answers compared")


if __name__ == "__main__":
    sys.exit(main())
