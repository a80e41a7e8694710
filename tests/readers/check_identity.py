#!/usr/bin/python3
"""Every PDF says what it is: in XMP, in its document information, in the QR codes beside its page
numbers, as zbar reads them from pages of 150 dots an inch, and in its fields.
Usage: check_identity.py COURSE OUT CACHE [--self-test]"""
import datetime
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

import readers

SPACES = {"rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
          "dc": "http://purl.org/dc/elements/1.1/",
          "pdf": "http://ns.adobe.com/pdf/1.3/", "xmp": "http://ns.adobe.com/xap/1.0/",
          "pdfuaid": "http://www.aiim.org/pdfua/ns/id/", "tandem": "urn:tandem:identity:1",
          "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
          "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#"}
OWN = ("course", "version", "material", "participant", "respondent", "sitting", "hash")


def read_xmp(data):
    """Property → text; containers as lists."""
    root = xml.fromstring(data)
    found = {}
    for prefix, space in SPACES.items():
        for element in root.iter():
            if element.tag.startswith("{" + space + "}"):
                items = [item.text for item in element.iter("{%(rdf)s}li" % SPACES)]
                found[f"{prefix}:{element.tag.split('}')[1]}"] = items or element.text
    found["described"] = [(element.find("pdfaProperty:name", SPACES).text,
                           element.find("pdfaProperty:valueType", SPACES).text)
                          for element in root.iter("{%(rdf)s}li" % SPACES)
                          if element.find("pdfaProperty:name", SPACES) is not None]
    return found


def check_xmp(edition, course, entry, xmp, report):
    def is_(key, value):
        report(xmp.get(key) == value, f"{edition.path}: {key} is {xmp.get(key)!r}, not {value!r}")
    plan = next(m for m in course["materials"] if m.get("pdf") == edition.material)
    is_("dc:title", [plan["title"]])
    is_("dc:description", [course["title"]])
    is_("dc:creator", [course["publisher"]])
    is_("dc:publisher", [course["publisher"]])
    is_("dc:language", [course["language"]])
    is_("dc:rights", [course["licence"]] if "licence" in course else None)
    is_("dc:format", "application/pdf")
    is_("pdfuaid:part", "1")
    is_("tandem:course", course["title"])
    is_("tandem:version", str(course["version"]))
    is_("tandem:material", edition.material)
    is_("tandem:participant", entry.get("participant"))
    is_("tandem:respondent", entry.get("respondent") or
        (plan.get("for") if entry.get("participant") else None))
    nobody = edition.blank or edition.path.startswith("cohort/")
    report(nobody == ("tandem:sitting" not in xmp),
           f"{edition.path}: the sitting is {xmp.get('tandem:sitting')}")
    report(re.fullmatch("[0-9a-f]{64}", xmp.get("tandem:hash") or ""),
           f"{edition.path}: no hash of the sources")
    is_("described", [(name, "Text") for name in OWN])


def check_info(edition, pdf, xmp, report):
    """Document information says the same as XMP (ISO 19005-1, 6.7.3)."""
    info = pdf.resolve(pdf.objects["trailer"]["value"]["/Info"])
    for key, other in (("/Title", xmp["dc:title"][0]), ("/Author", xmp["dc:creator"][0]),
                       ("/Subject", xmp["dc:description"][0]), ("/Producer", xmp["pdf:Producer"])):
        said = info.get(key, "")
        report(said.removeprefix("u:") == other, f"{edition.path}: {key} is {said}, not {other}")
    for key, name in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        other = datetime.datetime.fromisoformat(xmp[name].replace("Z", "+00:00"))
        said = info.get(key, "").removeprefix("u:")
        report(said == other.strftime("D:%Y%m%d%H%M%SZ"), f"{edition.path}: {key} is {said}")


def code_of(xmp):
    """What the QR code should say."""
    def plain(text):
        return "".join(c if re.match("[A-Z0-9.-]", c) else "%%%02X" % ord(c)
                       for c in text.upper())
    course = re.sub("[^A-Z0-9]+", "-", xmp["tandem:course"].upper())[:40].strip("-")
    parts = [("C", course), ("V", xmp["tandem:version"]), ("M", xmp["tandem:material"]),
             ("P", xmp.get("tandem:participant")), ("R", xmp.get("tandem:respondent")),
             ("S", xmp.get("tandem:sitting")), ("H", xmp["tandem:hash"][:8])]
    return "TANDEM:1" + "".join(f"/{key}:{plain(text)}" for key, text in parts if text)


def enlarge(rows):
    """Twice as wide and high, new pixels the means of their neighbours, as scanners do."""
    def between(a, b):
        return bytes((x + y) // 2 for x, y in zip(a, b))
    wide = []
    for row in rows:
        line = bytearray(2 * len(row))
        line[0::2], line[1::2] = row, between(row, row[1:] + row[-1:])
        wide.append(bytes(line))
    return [line for above, below in zip(wide, wide[1:] + wide[-1:])
            for line in (above, between(above, below))]


def read_page(edition, number):
    """What zbar reads at the foot of a page; if nothing, once more from the picture enlarged."""
    page = subprocess.run(["pdftoppm", "-gray", "-r", "150", "-f", str(number), "-l", str(number),
                           edition.file], stdout=subprocess.PIPE, check=True).stdout
    _, width, height, _ = page[:40].split()[:4]
    width, height = int(width), int(height)
    data = page[-width * height:]
    rows = [data[y * width:(y + 1) * width] for y in range(height - 200, height)]
    for picture in (rows, enlarge(rows)):
        with tempfile.NamedTemporaryFile(suffix=".pgm") as file:
            file.write(b"P5 %d %d 255\n" % (len(picture[0]), len(picture)) + b"".join(picture))
            file.flush()
            said = subprocess.run(["zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable",
                                   file.name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                  text=True).stdout
        if said.strip():
            return said.split()
    return []


def check_codes(edition, pdf, xmp, report):
    """Each page shows the one code by name, and zbar reads it; a cover has none, nor has a file
    that nothing can be filled in."""
    pages = pdf.pages
    shown = [number for number, page in enumerate(pages, 1)
             if b"/Q0 Do" in b"".join(pdf.stream(part) for part in pdf.resolve(page["/Contents"]))]
    if not pdf.json["acroform"]["fields"]:
        report(not shown, f"{edition.path}: a code, though no sheet will come back")
        return
    want = code_of(xmp)
    report(len(shown) >= len(pages) - 4, f"{edition.path}: a code on {len(shown)} pages alone")
    for number in {shown[0], shown[len(shown) // 2], shown[-1]}:
        said = read_page(edition, number)
        report(said == [want], f"{edition.path}: page {number} says {said}, not {want}")
    if edition.cover:
        report(1 not in shown, f"{edition.path}: a code on the cover")


def check_fields(edition, course, pdf, xmp, report):
    """Who, whose copy (if there is one for each respondent) and when: on the first page after a
    cover, filled in where known, and still to be changed."""
    fields = {}
    for field in pdf.json["acroform"]["fields"]:
        if field["fullname"] in ("_participant", "_respondent", "_date"):
            fields.setdefault(field["fullname"], []).append(field)
    if edition.facilitator:
        report(not fields, f"{edition.path}: {list(fields)} in a facilitator's edition")
    if edition.facilitator or not pdf.json["acroform"]["fields"]:
        return
    wanted = {"_participant": xmp.get("tandem:participant"), "_date": None,
              "_respondent": xmp.get("tandem:respondent")}
    plan = next(m for m in course["materials"] if m.get("pdf") == edition.material)
    if plan.get("each") != "respondent":
        report("_respondent" not in fields, f"{edition.path}: asks whose copy a shared one is")
        del wanted["_respondent"]
    for name, value in wanted.items():
        found = fields.get(name, [])
        if not report(found, f"{edition.path}: no field {name}"):
            continue
        for field in found:
            said = (field["value"] or "").removeprefix("u:").removeprefix("/").replace("Off", "")
            report(field["fieldflags"] & 1 == 0, f"{edition.path}: {name} cannot be changed")
            report(field["pageposfrom1"] <= 2, f"{edition.path}: {name} is on a later page")
            if name == "_date":
                report(bool(said) != edition.blank, f"{edition.path}: the date is {said!r}")
            else:
                report(said == (value or ""), f"{edition.path}: {name} is {said!r}, not {value}")


def check(edition, course, entry, report, damage=lambda xmp: None):
    pdf = edition.pdf()
    xmp = read_xmp(pdf.stream(pdf.root["/Metadata"]))
    damage(xmp)
    check_xmp(edition, course, entry, xmp, report)
    check_info(edition, pdf, xmp, report)
    check_fields(edition, course, pdf, xmp, report)
    if edition.sampled:
        check_codes(edition, pdf, xmp, report)


def damages():
    """Each must be noticed."""
    for key in ("dc:title", "dc:creator", "xmp:CreateDate"):
        def damage(xmp, key=key):
            xmp[key] = ["else"] if isinstance(xmp[key], list) else "1999-01-01T00:00:00Z"
        yield key, damage
    yield "hash", lambda xmp: xmp.update({"tandem:hash": "0" * 64})
    yield "schema", lambda xmp: xmp.update(described=[])


def main():
    folder, out, cache = sys.argv[1:4]
    course = readers.load_course(folder)
    entries = {entry["path"]: entry for entry in json.loads(
        pathlib.Path(out, "manifest.json").read_text())["files"]}
    report = readers.Report()
    found = readers.editions(out, cache, course)
    if "--self-test" in sys.argv:
        edition = next(edition for edition in found
                       if edition.sampled and "workbook" in edition.path)
        for what, damage in damages():
            noticed = readers.Report()
            check(edition, course, entries[edition.path], noticed, damage)
            report(noticed.problems, f"a changed {what} goes unnoticed")
        return report.finish("damage is noticed")
    for edition in found:
        check(edition, course, entries[edition.path], report)
    return report.finish(f"{len(found)} PDFs say what they are")


if __name__ == "__main__":
    sys.exit(main())
