"""Fonts: each against its program, and against the characters it shows."""
import re

import pikepdf

import fontprogram
from rules_annotations import fields
from tree import name, text

SYMBOLIC, NONSYMBOLIC = 4, 32
COLLECTIONS = {"Adobe-GB1", "Adobe-CNS1", "Adobe-Japan1", "Adobe-Korea1"}
PROGRAMS = {"/FontFile2": fontprogram.TrueType, "/FontFile3": fontprogram.CompactFont}


def check(file, report):
    add_typing(file)
    for use in file.walk.fonts.values():
        kind = name(use.font.get("/Subtype"))
        say = Teller(report, f"font {name(use.font.get('/BaseFont'))}")
        if kind == "Type0":
            check_composite(file, use, say)
        elif kind == "TrueType":
            check_truetype(file, use, say)
        elif kind in ("Type1", "MMType1"):
            say("31-012", "a Type 1 font")
            say("31-013", "a Type 1 font")
        else:
            say("31-027", f"a font of kind {kind}")


class Teller:
    """Says each thing once for a font, with the first code that shows it."""

    def __init__(self, report, where):
        self.report, self.where, self.said = report, where, set()

    def __call__(self, number, detail):
        if number not in self.said:
            self.said.add(number)
            self.report(number, f"{self.where}: {detail}")


def add_typing(file):
    """A form's own fonts show what is typed: here, the values that are there."""
    form = file.pdf.Root.get("/AcroForm")
    if form is None:
        return
    fonts = form.get("/DR", pikepdf.Dictionary()).get("/Font", pikepdf.Dictionary())
    for key, font in fonts.items():
        use = file.walk.use_font(font, ("DR", key))
        if name(font.get("/Subtype")) != "TrueType":
            continue
        for field in fields(file.pdf.Root):
            typed = text(field.get("/V")).encode("cp1252", "ignore")
            shown = bytes(byte for byte in typed if byte >= 32)
            if shown:
                use.strings.add(shown)
                use.rendered.add(shown)


def program_of(file, descriptor):
    """The font's program, parsed once a file; None if it is not embedded."""
    if descriptor is None:
        return None
    for key, parser in PROGRAMS.items():
        stream = descriptor.get(key)
        if stream is None:
            continue
        if stream.objgen not in file.programs:
            file.programs[stream.objgen] = parser(stream.read_bytes())
        return file.programs[stream.objgen]
    return None


def to_unicode(file, use, say):
    """Text by code, or None without ToUnicode."""
    stream = use.font.get("/ToUnicode")
    if not isinstance(stream, pikepdf.Stream):
        return None
    if stream.objgen not in file.cmaps:
        file.cmaps[stream.objgen] = fontprogram.parse_to_unicode(stream.read_bytes())
    mapped = file.cmaps[stream.objgen]
    for code, value in mapped.items():
        if "\0" in value:
            say("31-028", f"code {code}")
        if "\ufeff" in value or "\ufffe" in value:
            say("31-029", f"code {code}")
    return mapped


def pairs(strings):
    return {string[at] << 8 | string[at + 1] for string in strings
            for at in range(0, len(string) - 1, 2)}


def check_unicode(codes, formula, mapped, say):
    for code in codes:
        if not mapped.get(code):
            say("17-003" if code in formula else "10-001", f"code {code}")


# ---- composite fonts ----


def check_composite(file, use, say):
    descendant = use.font.DescendantFonts[0]
    system = descendant.get("/CIDSystemInfo", pikepdf.Dictionary())
    check_cmap(use.font.get("/Encoding"), system, say)
    codes, rendered = pairs(use.strings), pairs(use.rendered)
    mapped = to_unicode(file, use, say)
    if mapped is None:
        if f"{text(system.get('/Registry'))}-{text(system.get('/Ordering'))}" not in COLLECTIONS:
            say("31-027", "no ToUnicode")
    else:
        check_unicode(codes, pairs(use.formula), mapped, say)
    descriptor = descendant.get("/FontDescriptor")
    program = program_of(file, descriptor)
    if program is None:
        if rendered:
            say("31-009", "not embedded")
        return
    glyph_of = check_gid_map(descendant, say)
    if glyph_of is None:
        return
    check_glyphs(codes, rendered, mapped or {}, program, glyph_of, say)
    check_widths(rendered, descendant, program, glyph_of, say)
    check_cid_set(descriptor, program, say)


def check_gid_map(descendant, say):
    """A function from a CID to a glyph; None if there is no telling."""
    if name(descendant.get("/Subtype")) != "CIDFontType2":
        return lambda cid: cid
    if "/CIDToGIDMap" not in descendant:
        say("31-005", "none")
        return None
    gids = descendant.CIDToGIDMap
    if isinstance(gids, pikepdf.Stream):
        table = gids.read_bytes()
        return lambda cid: int.from_bytes(table[2 * cid:2 * cid + 2], "big")
    if name(gids) != "Identity":
        say("31-004", str(gids))
        return None
    return lambda cid: cid


def check_glyphs(codes, rendered, mapped, program, glyph_of, say):
    for code in codes:
        glyph = glyph_of(code)
        if glyph == 0:
            say("31-030", f"code {code}")
        elif code not in rendered:
            continue
        elif not program.has(glyph):
            say("31-011", f"code {code}")
        elif program.is_empty(glyph) and not fontprogram.BLANK.fullmatch(mapped.get(code, "")):
            say("31-011", f"code {code} shows nothing, for {mapped[code]!r}")


def check_widths(rendered, descendant, program, glyph_of, say):
    widths = fontprogram.parse_widths(descendant.get("/W", []))
    usual = float(descendant.get("/DW", 1000))
    for code in rendered:
        glyph = glyph_of(code)
        if glyph and program.has(glyph) and abs(widths.get(code, usual) - program.width(glyph)) > 1:
            say("31-016", f"code {code}: {widths.get(code, usual)}, not {program.width(glyph)}")


def check_cid_set(descriptor, program, say):
    stream = descriptor.get("/CIDSet")
    if stream is None:
        return
    listed = {8 * at + bit for at, byte in enumerate(stream.read_bytes()) for bit in range(8)
              if byte >> (7 - bit) & 1}
    there = program.all_cids()
    if there - listed:
        say("31-014", f"CID {min(there - listed)}")
    if any(not program.has(cid) for cid in listed):
        say("31-015", f"CID {max(listed)}")


def check_cmap(encoding, system, say):
    if isinstance(encoding, pikepdf.Name):
        if name(encoding) not in fontprogram.PREDEFINED:
            say("31-006", name(encoding))
        return
    if not isinstance(encoding, pikepdf.Stream):
        say("31-006", "no CMap")
        return
    own = encoding.get("/CIDSystemInfo", pikepdf.Dictionary())
    if text(own.get("/Registry")) != text(system.get("/Registry")):
        say("31-001", "")
    if text(own.get("/Ordering")) != text(system.get("/Ordering")):
        say("31-002", "")
    if int(system.get("/Supplement", 0)) < int(own.get("/Supplement", 0)):
        say("31-003", "")
    program = encoding.read_bytes()
    mode = re.search(rb"/WMode\s+(\d+)\s+def", program)
    if int(encoding.get("/WMode", 0)) != int(mode[1] if mode else 0):
        say("31-007", "")
    used = [name(encoding.get("/UseCMap"))] if isinstance(encoding.get("/UseCMap"), pikepdf.Name) \
        else []
    used += [found.decode() for found in re.findall(rb"/([^\s/]+)\s+usecmap", program)]
    if any(one not in fontprogram.PREDEFINED for one in used):
        say("31-008", ", ".join(used))


# ---- simple TrueType fonts ----


def check_truetype(file, use, say):
    descriptor = use.font.get("/FontDescriptor")
    program = program_of(file, descriptor)
    if program is None:
        if use.rendered:
            say("31-009", "not embedded")
        return
    flags = int(descriptor.get("/Flags", 0))
    codes = {byte for string in use.strings for byte in string}
    mapped = to_unicode(file, use, say)
    if flags & SYMBOLIC and not flags & NONSYMBOLIC:
        check_symbolic(use.font, program, say)
        if mapped is None:
            say("31-027", "no ToUnicode")
            return
    else:
        characters = check_nonsymbolic(use, program, say)
        if mapped is None:
            mapped = {code: unicode_of_code(characters, code) for code in codes}
    check_unicode(codes, {byte for string in use.formula for byte in string}, mapped, say)


def unicode_of_code(characters, code):
    return fontprogram.unicode_of(characters[code]) if code in characters else None


def check_symbolic(font, program, say):
    if "/Encoding" in font:
        say("31-024", str(font.Encoding))
    if not program.cmaps:
        say("31-025", "")
    elif len(program.cmaps) > 1 and (3, 0) not in program.cmaps:
        say("31-026", str(sorted(program.cmaps)))


def check_nonsymbolic(use, program, say):
    encoding = use.font.get("/Encoding")
    base, differences = name(encoding), []
    if encoding is None:
        say("31-019", "none")
        return {}
    if isinstance(encoding, pikepdf.Dictionary):
        base = name(encoding.get("/BaseEncoding"))
        differences = [part if isinstance(part, int) else str(part)
                       for part in encoding.get("/Differences", [])]
        if not base:
            say("31-020", "none")
            return {}
    if base not in ("WinAnsiEncoding", "MacRomanEncoding"):
        say("31-021", base)
        return {}
    characters = fontprogram.simple_characters(base, differences)
    if any(isinstance(part, str) and fontprogram.unicode_of(part) is None for part in differences):
        say("31-022", str(differences))
        return characters
    usable = set(program.cmaps) & {(3, 1), (1, 0)}
    if not usable:
        say("31-017", str(sorted(program.cmaps)))
        return characters
    if differences and (3, 1) not in usable:
        say("31-023", str(sorted(usable)))
        return characters
    check_simple_glyphs(use, program, characters, say)
    return characters


def check_simple_glyphs(use, program, characters, say):
    first = int(use.font.get("/FirstChar", 0))
    widths = [float(width) for width in use.font.get("/Widths", [])]
    rendered = {byte for string in use.rendered for byte in string}
    for code, character in sorted(characters.items()):
        glyph = fontprogram.look_up(program, character)
        if glyph is None:
            if code in rendered:
                say("31-018", f"code {code}")
        elif glyph == 0:
            if code in rendered:
                say("31-030", f"code {code}")
        elif 0 <= code - first < len(widths):
            if abs(widths[code - first] - program.width(glyph)) > 1:
                say("31-016", f"code {code}: {widths[code - first]}, not {program.width(glyph)}")
            if code in rendered and program.is_empty(glyph) and \
                    not fontprogram.BLANK.fullmatch(fontprogram.unicode_of(character) or ""):
                say("31-011", f"code {code} shows nothing")
