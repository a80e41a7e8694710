"""Catalogue, metadata, outline, optional content, files, XFA, encryption, XObjects."""
import re
import xml.etree.ElementTree as xml

import pikepdf

from tree import items, name, says_language, text

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
UA = "{http://www.aiim.org/pdfua/ns/id/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def check(file, report):
    root = file.pdf.Root
    if not re.match(rb"%PDF-1\.[0-7][\r\n]", file.bytes):
        report("header", repr(file.bytes[:10]))
    marks = root.get("/MarkInfo", pikepdf.Dictionary())
    if marks.get("/Marked") is not True:
        report("marked", "")
    if marks.get("/Suspects") is True:
        report("01-007", "")
    if root.get("/StructTreeRoot") is None:
        report("tree", "none")
    preferences = root.get("/ViewerPreferences", pikepdf.Dictionary())
    if "/DisplayDocTitle" not in preferences:
        report("07-001", "")
    elif preferences.DisplayDocTitle is not True:
        report("07-002", "")
    check_metadata(file, report)
    check_outline(file, report)
    check_optional(root, report)
    check_objects(file, report)
    check_xfa(root, report)


def check_metadata(file, report):
    stream = file.pdf.Root.get("/Metadata")
    if stream is None:
        report("06-001", "")
        return
    try:
        tree = xml.fromstring(stream.read_bytes().decode())
    except (xml.ParseError, UnicodeDecodeError) as error:
        report("06-001", str(error))
        return
    parts = [node.text for node in tree.iter(UA + "part")]
    parts += [node.get(UA + "part") for node in tree.iter(RDF + "Description")
              if node.get(UA + "part")]
    if parts != ["1"]:
        report("06-002", str(parts))
    titles = [item.text for title in tree.iter(DC + "title") for item in title.iter(RDF + "li")]
    if not any(title and title.strip() for title in titles):
        report("06-003", "")
    if not file.tree.lang and any(item.get(XML_LANG) == "x-default"
                                  for item in tree.iter(RDF + "li")):
        report("11-006", "")


def check_outline(file, report):
    outlines = file.pdf.Root.get("/Outlines")
    if outlines is None or file.tree.lang:
        return
    waiting = [outlines.get("/First")]
    while waiting:
        entry = waiting.pop()
        if entry is None:
            continue
        if not says_language(entry.get("/Title")):
            report("11-003", text(entry.get("/Title")))
        waiting += [entry.get("/Next"), entry.get("/First")]


def check_optional(root, report):
    properties = root.get("/OCProperties")
    if properties is None:
        return
    usual = properties.get("/D")
    others = items(properties.get("/Configs"))
    for number, configurations in (("20-001", others), ("20-002", [usual])):
        for configuration in configurations:
            if configuration is None or not text(configuration.get("/Name")):
                report(number, "")
    for configuration in [usual, *others]:
        if configuration is not None and "/AS" in configuration:
            report("20-003", "")


def lacks_names(specification):
    return not (text(specification.get("/F")) and text(specification.get("/UF")))


def check_objects(file, report):
    """What may stand anywhere in the file."""
    attached = {annotation.get("/FS").objgen for _, annotation in file.annotations()
                if name(annotation.get("/Subtype")) == "FileAttachment" and "/FS" in annotation}
    for thing in file.pdf.objects:
        if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            continue
        where = f"object {thing.objgen[0]}"
        if "/EF" in thing and lacks_names(thing):
            report("28-016" if thing.objgen in attached else "21-001", where)
        if name(thing.get("/S")) == "MCD":
            if "/CT" not in thing:
                report("28-014", where)
            if "/Alt" not in thing:
                report("28-015", where)
        if isinstance(thing, pikepdf.Stream) and name(thing.get("/Subtype")) == "Form":
            if "/Ref" in thing:
                report("30-001", where)
    for form in file.walk.forms_with_mcids:
        if file.walk.form_uses[form] > 1:
            report("30-002", f"object {form[0]}")


def check_xfa(root, report):
    packets = items(root.get("/AcroForm", pikepdf.Dictionary()).get("/XFA"))
    for packet in packets:
        if isinstance(packet, pikepdf.Stream):
            if re.search(rb"<dynamicRender>\s*required\s*<", packet.read_bytes()):
                report("25-001", "")


def check_encryption(content, report):
    """On the file's bytes, since a file whose encryption dictionary is wrong may not open."""
    for found in re.finditer(rb"/Encrypt\s+(\d+)\s+(\d+)\s+R", content):
        entry = re.search(rb"[\r\n]%s\s+%s\s+obj(.*?)endobj" % found.groups(), content, re.S)
        permissions = entry and re.search(rb"/P\s+(-?\d+)", entry[1])
        if not permissions:
            report("26-001", "")
        elif not int(permissions[1]) >> 9 & 1:
            report("26-002", "")
        return
