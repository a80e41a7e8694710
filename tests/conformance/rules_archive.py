"""What of ISO 19005-2 (PDF/A-2) tandem keeps although its files are forms: see gen/README.md."""
import re

import pikepdf

from tree import items, name

PRINT, UNSEEN = 4, 1 | 2 | 32  # flags of annotations: Print; Invisible, Hidden, NoView
BLENDS = set("""Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn
HardLight SoftLight Difference Exclusion Hue Saturation Color Luminosity""".split())
FORBIDDEN_KINDS = {"Sound", "Movie", "Screen", "3D", "FileAttachment"}
FORBIDDEN_ACTIONS = {"Launch", "Sound", "Movie", "ResetForm", "ImportData", "Hide", "SetOCGState",
                     "Rendition", "Trans", "GoTo3DView"}
LONGEST_STRING, LONGEST_NAME, DEEPEST_Q = 32767, 127, 28


def check(file, report):
    if "/ID" not in file.pdf.trailer:
        report("a-id", "")
    if not re.match(rb"%PDF-\d\.\d[\r\n]+%[\x80-\xff]{4}", file.bytes):
        report("a-binary", "")
    if "/Encrypt" in file.pdf.trailer:
        report("a-encrypted", "")
    if file.walk.deepest_q > DEEPEST_Q:
        report("a-limits", f"q nests {file.walk.deepest_q} deep")
    check_intent(file, report)
    for thing in file.pdf.objects:
        if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            check_dictionary(thing, f"object {thing.objgen[0]}", report)
    for page, annotation in file.annotations():
        where = f"page {page.index + 1}, object {annotation.objgen[0]}"
        check_annotation(annotation, where, report)
    if file.pdf.Root.get("/AcroForm", pikepdf.Dictionary()).get("/NeedAppearances") is True:
        report("a-need", "")


def check_intent(file, report):
    if "k" in file.walk.colours:
        report("a-colour", "")
    profiles = [intent.get("/DestOutputProfile") for intent in
                items(file.pdf.Root.get("/OutputIntents")) if name(intent.get("/S")) == "GTS_PDFA1"]
    if not profiles or profiles[0] is None:
        report("a-intent", "none")
        return
    profile = profiles[0].read_bytes()
    if int.from_bytes(profile[:4], "big") != len(profile) or profile[16:20] != b"RGB " \
            or profile[36:40] != b"acsp" or int(profiles[0].get("/N", 0)) != 3:
        report("a-intent-profile", repr(profile[:40]))


def check_dictionary(thing, where, report):
    for key, value in thing.items():
        if len(key) - 1 > LONGEST_NAME or isinstance(value, pikepdf.Name) and \
                len(str(value)) - 1 > LONGEST_NAME:
            report("a-limits", f"{where}: a name")
        if isinstance(value, pikepdf.String) and len(bytes(value)) > LONGEST_STRING:
            report("a-limits", f"{where}: a string")
    if name(thing.get("/S")) in FORBIDDEN_ACTIONS:
        report("a-launch", f"{where}: {name(thing.S)}")
    if name(thing.get("/Type")) == "ExtGState":
        check_state(thing, where, report)
    if not isinstance(thing, pikepdf.Stream):
        return
    if "/F" in thing or any("LZW" in name(one) for one in items(thing.get("/Filter"))):
        report("a-filter", where)
    if name(thing.get("/Subtype")) == "Image" and (
            thing.get("/Interpolate") is True or "/Alternates" in thing or "/OPI" in thing):
        report("a-image", where)
    if name(thing.get("/ColorSpace")) == "DeviceCMYK":
        report("a-colour", where)


def check_state(state, where, report):
    if "/TR" in state or name(state.get("/TR2", pikepdf.Name("/Default"))) != "Default" \
            or "/HTP" in state:
        report("a-graphics", where)
    if any(name(mode) not in BLENDS for mode in items(state.get("/BM"))):
        report("a-blend", where)


def check_annotation(annotation, where, report):
    kind, flags = name(annotation.get("/Subtype")), int(annotation.get("/F", 0))
    if kind in FORBIDDEN_KINDS:
        report("a-multimedia", f"{where}: {kind}")
    if kind == "Popup":
        return
    looks = annotation.get("/AP")
    if not flags & PRINT or flags & UNSEEN or looks is None and kind != "Link":
        report("a-annotation", f"{where}: flags {flags}")
    if looks is not None and set(looks.keys()) != {"/N"}:
        report("a-appearance", f"{where}: {sorted(looks.keys())}")
