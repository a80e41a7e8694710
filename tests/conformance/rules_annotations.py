"""Annotations, fields, and what holds them in the structure tree."""
import pikepdf

from tree import ObjectReference, Sequence, items, key_of, name, says_language, text

KNOWN = set("""Text Link FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly
StrikeOut Stamp Caret Ink Popup FileAttachment Sound Movie Widget Screen PrinterMark TrapNet
Watermark 3D Redact""".split())
HIDDEN = 2


def inherited(annotation, key):
    at = annotation
    while at is not None:
        if key in at:
            return at[key]
        at = at.get("/Parent")
    return None


def is_outside(page, annotation):
    box = page.obj.get("/CropBox", page.obj.get("/MediaBox"))
    left, bottom, right, top = (float(part) for part in annotation.Rect)
    return right < float(box[0]) or left > float(box[2]) or top < float(box[1]) \
        or bottom > float(box[3])


def check(file, report):
    tree = file.tree
    for page, annotation in file.annotations():
        if int(annotation.get("/F", 0)) & HIDDEN or is_outside(page, annotation):
            continue
        kind = name(annotation.get("/Subtype"))
        where = f"page {page.index + 1}, {kind} {annotation.objgen[0]}"
        element = tree.of_annotation(annotation)
        if kind == "TrapNet":
            report("28-007", where)
        elif kind == "Widget":
            check_widget(annotation, element, tree, report, where)
        elif kind == "Link":
            check_link(annotation, element, report, where)
        elif kind == "PrinterMark":
            check_printer_mark(annotation, element, report, where)
        else:
            check_other(annotation, element, kind, report, where)
        check_consistent(annotation, element, report, where)
        contents = annotation.get("/Contents")
        if contents is not None and not (tree.lang or annotation.get("/Lang")
                                         or element and element.lang or says_language(contents)):
            report("11-004", where)
    for page in file.pdf.pages:
        if "/Annots" not in page.obj or not len(page.obj.Annots):
            continue
        if "/Tabs" not in page.obj:
            report("28-008", f"page {page.index + 1}")
        elif name(page.obj.Tabs) != "S":
            report("28-009", f"page {page.index + 1}")
    check_sequences(file, report)


def check_widget(annotation, element, tree, report, where):
    if not element or element.standard != "Form":
        report("28-010", where)
    tip = inherited(annotation, "/TU")
    if not text(tip) and not (element and text(element.node.get("/Alt"))):
        report("28-005", where)
    if tip is not None and not (tree.lang or element and element.lang or says_language(tip)):
        report("11-005", where)


def check_link(annotation, element, report, where):
    if not element or not element.above("Link"):
        report("28-011", where)
    if not text(annotation.get("/Contents")):
        if element and text(element.node.get("/Alt")):
            report("28-012", where)
        else:
            report("28-012", f"{where}, nor an Alt")


def check_printer_mark(annotation, element, report, where):
    if element:
        report("28-017", where)
    shown = annotation.get("/AP", pikepdf.Dictionary()).get("/N")
    if not isinstance(shown, pikepdf.Stream):
        return
    first = next(iter(pikepdf.parse_content_stream(shown)), None)
    if first is None or str(first.operator) not in ("BMC", "BDC") \
            or name(first.operands[0]) != "Artifact":
        report("28-018", where)


def check_other(annotation, element, kind, report, where):
    stands = element and element.standard == "Annot"
    told = text(annotation.get("/Contents")) or element and text(element.node.get("/Alt"))
    if kind not in KNOWN:
        if not stands or not told:
            report("28-006", where)
        return
    if kind == "Popup":
        return
    if not stands:
        report("28-002", where)
    if not told:
        report("28-004", where)


def check_consistent(annotation, element, report, where):
    """The element that the parent tree names has the annotation among its kids."""
    if element and not any(isinstance(kid, ObjectReference) and kid.object is not None
                           and kid.object.objgen == annotation.objgen for kid in element.kids):
        report("parent-tree", f"{where} is not in {element.where()}")


def check_sequences(file, report):
    """Each MCID is named once by the tree, and is on its page once; annotations likewise."""
    named, objects = {}, {}
    annotations = {annotation.objgen for _, annotation in file.annotations()}
    for element in file.tree.elements:
        for kid in element.kids:
            if isinstance(kid, Sequence):
                key = (key_of(kid.stream), kid.mcid)
                named[key] = named.get(key, 0) + 1
                if kid.stream is None or \
                        file.tree.of_sequence(kid.stream, kid.mcid) is not element:
                    report("parent-tree", f"MCID {kid.mcid} of {element.where()}")
            elif isinstance(kid, ObjectReference):
                key = key_of(kid.object)
                objects[key] = objects.get(key, 0) + 1
                if key not in annotations or objects[key] > 1:
                    report("parent-tree", f"{element.where()}: an annotation of no page, or twice")
    seen = {(stream, mcid): count for stream, mcids in file.walk.seen_mcids.items()
            for mcid, count in mcids.items()}
    for (stream, mcid), count in seen.items():
        if count > 1 and stream not in file.walk.forms_with_mcids:
            report("mcid", f"{mcid} is on stream {stream} {count} times")
    for (stream, mcid), count in named.items():
        if count > 1 or (stream, mcid) not in seen:
            report("mcid", f"{mcid} of stream {stream} is named {count} times")


def fields(root):
    """All fields of the form that have a value of their own."""
    waiting = items(root.get("/AcroForm", pikepdf.Dictionary()).get("/Fields"))
    while waiting:
        field = waiting.pop()
        yield field
        waiting += [kid for kid in items(field.get("/Kids")) if "/T" in kid]
