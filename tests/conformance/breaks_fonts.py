"""Breakages of fonts: of a composite one of the pages, and of the one that is typed in."""
import re

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from breaking import breaks

CMAP = b"/CMapName /Sample def /CMapType 1 def %s begincmap 1 begincodespacerange <0000> <FFFF> " \
    b"endcodespacerange 1 begincidrange <0000> <FFFF> 0 endcidrange endcmap"
FAR = 0xFFF0  # beyond the last glyph


def used_code(victim):
    """A code that the composite font shows on the last page."""
    data = b"".join(string for string in shown_strings(victim))
    return next(data[at:at + 2] for at in range(0, len(data), 2) if data[at:at + 2] > b"\0\x03")


def shown_strings(victim):
    key, _ = victim.composite()
    current = None
    for one in pikepdf.parse_content_stream(victim.pdf.pages[-1]):
        if str(one.operator) == "Tf":
            current = str(one.operands[0])
        elif str(one.operator) == "TJ" and current == key:
            yield from (bytes(part) for part in one.operands[0] if isinstance(part, String))


def replace_mapping(victim, text):
    """Maps a code that is shown to another text; to none, if it is None."""
    code = used_code(victim).hex().upper().encode()

    def change(data):
        new = b"" if text is None else b"<%s><%s>" % (code, text)
        changed = re.sub(rb"<%s>\s*<[0-9A-Fa-f]*>" % code, new, data, count=1)
        assert changed != data
        return changed
    victim.edit_to_unicode(change)


def show(victim, code, text):
    """Shows a code that the font does not use yet."""
    key, _ = victim.composite()
    mapping = b"1 beginbfchar <%04X> <%s> endbfchar endcmap" % (code, text)
    victim.edit_to_unicode(lambda data: data.replace(b"endcmap", mapping, 1))
    victim.paint(b"/Artifact BMC BT %s 9 Tf <%04X> Tj ET EMC" % (key.encode(), code))


@breaks("10-001")
def no_unicode(victim):
    replace_mapping(victim, None)


@breaks("17-003")
def no_unicode_in_formula(victim):
    """The heading of the last page becomes a Formula: all that its font shows there is in it."""
    code = next(iter(shown_strings(victim)))[:2]
    first = next(element for element in victim.tree.elements
                 if any(getattr(kid, "mcid", None) == 0
                        and kid.stream.objgen == victim.pdf.pages[-1].obj.objgen
                        for kid in element.kids))
    victim.rename(first, "Formula")
    first.node.Alt = String("A formula")
    digits = code.hex().upper().encode()
    victim.edit_to_unicode(lambda data: re.sub(rb"<%s>\s*<[0-9A-Fa-f]*>" % digits, b"", data,
                                               count=1))


def embed_cmap(victim, mode=0, head=b"", **entries):
    """The same codes, by a CMap of the file's own."""
    stream = victim.pdf.make_stream(CMAP % (b"/WMode %d def %s" % (mode, head)))
    system = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
    stream.Type, stream.CMapName, stream.CIDSystemInfo = Name.CMap, Name.Sample, system
    for key, value in entries.items():
        (stream if key in ("WMode", "UseCMap") else system)[f"/{key}"] = value
    victim.composite()[1].Encoding = stream


@breaks("31-001")
def other_registry(victim):
    embed_cmap(victim, Registry=String("Elsewhere"))


@breaks("31-002")
def other_ordering(victim):
    embed_cmap(victim, Ordering=String("Japan1"))


@breaks("31-003")
def other_supplement(victim):
    embed_cmap(victim, Supplement=3)


@breaks("31-004")
def odd_gid_map(victim):
    victim.descendant().CIDToGIDMap = Name.Odd


@breaks("31-005")
def no_gid_map(victim):
    del victim.descendant().CIDToGIDMap


@breaks("31-006")
def unknown_cmap(victim):
    victim.composite()[1].Encoding = Name.Odd


@breaks("31-007")
def other_mode(victim):
    embed_cmap(victim, mode=1, WMode=0)


@breaks("31-008")
def uses_unknown_cmap(victim):
    embed_cmap(victim, head=b"/Odd usecmap")


@breaks("31-009")
def not_embedded(victim):
    del victim.descendant().FontDescriptor.FontFile2


@breaks("31-011")
def no_glyph(victim):
    show(victim, FAR, b"0041")


@breaks("31-012", "31-013")
def type_1(victim):
    extra = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    victim.pdf.pages[-1].obj.Resources.Font.Extra = victim.pdf.make_indirect(extra)
    victim.paint(b"/Artifact BMC BT /Extra 9 Tf (a) Tj ET EMC")


@breaks("31-013", "31-012")
def type_1_too(victim):
    type_1(victim)


@breaks("31-014")
def short_cid_set(victim):
    victim.descendant().FontDescriptor.CIDSet = victim.pdf.make_stream(b"\x80")


@breaks("31-015")
def long_cid_set(victim):
    victim.descendant().FontDescriptor.CIDSet = victim.pdf.make_stream(b"\xff" * 8192)


@breaks("31-016")
def other_width(victim):
    victim.descendant().W = Array([*victim.descendant().W])
    code = int.from_bytes(used_code(victim), "big")
    victim.descendant().W.append(code)
    victim.descendant().W.append(Array([1234]))


@breaks("31-017")
def no_usable_cmap(victim):
    victim.set_cmaps((3, 0))


@breaks("31-018")
def missing_character(victim):
    def change(font):
        for table in font["cmap"].tables:
            table.cmap.pop(ord("t"), None)
    victim.edit_program(change)


@breaks("31-019")
def no_encoding(victim):
    font = victim.typed_font()
    del font.Encoding


@breaks("31-020")
def no_base(victim):
    victim.typed_font().Encoding = Dictionary(Type=Name.Encoding)


@breaks("31-021")
def standard_encoding(victim):
    victim.typed_font().Encoding = Name.StandardEncoding


def differ(victim, glyph):
    victim.typed_font().Encoding = Dictionary(
        Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Differences=Array([65, Name(glyph)]))


@breaks("31-022")
def unknown_name(victim):
    differ(victim, "/g65")


@breaks("31-023")
def differences_without_unicode(victim):
    differ(victim, "/A")
    victim.set_cmaps((1, 0))


@breaks("31-024")
def symbolic_with_encoding(victim):
    victim.make_symbolic()
    victim.set_cmaps((3, 0))


@breaks("31-025")
def symbolic_without_cmap(victim):
    victim.make_symbolic()
    no_encoding(victim)
    victim.set_cmaps()


@breaks("31-026")
def symbolic_with_two(victim):
    victim.make_symbolic()
    no_encoding(victim)
    victim.set_cmaps((1, 0), (3, 1))


@breaks("31-027")
def no_to_unicode(victim):
    del victim.composite()[1].ToUnicode


@breaks("31-028")
def maps_to_zero(victim):
    replace_mapping(victim, b"0000")


@breaks("31-029")
def maps_to_mark(victim):
    replace_mapping(victim, b"FEFF")


@breaks("31-030")
def shows_notdef(victim):
    show(victim, 0, b"0041")
