"""Font programs and CMaps, through fontTools: which glyph a code shows, how wide it is, whether
there is anything in it."""
import io
import re

from fontTools.agl import AGL2UV
from fontTools.cffLib import CFFFontSet
from fontTools.encodings.MacRoman import MacRoman
from fontTools.ttLib import TTFont

BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufe00-\ufe0f]*")

PREDEFINED = set("""
GB-EUC-H GB-EUC-V GBpc-EUC-H GBpc-EUC-V GBK-EUC-H GBK-EUC-V GBKp-EUC-H GBKp-EUC-V GBK2K-H GBK2K-V
UniGB-UCS2-H UniGB-UCS2-V UniGB-UTF16-H UniGB-UTF16-V B5pc-H B5pc-V HKscs-B5-H HKscs-B5-V ETen-B5-H
ETen-B5-V ETenms-B5-H ETenms-B5-V CNS-EUC-H CNS-EUC-V UniCNS-UCS2-H UniCNS-UCS2-V UniCNS-UTF16-H
UniCNS-UTF16-V 83pv-RKSJ-H 90ms-RKSJ-H 90ms-RKSJ-V 90msp-RKSJ-H 90msp-RKSJ-V 90pv-RKSJ-H Add-RKSJ-H
Add-RKSJ-V EUC-H EUC-V Ext-RKSJ-H Ext-RKSJ-V H V UniJIS-UCS2-H UniJIS-UCS2-V UniJIS-UCS2-HW-H
UniJIS-UCS2-HW-V UniJIS-UTF16-H UniJIS-UTF16-V KSC-EUC-H KSC-EUC-V KSCms-UHC-H KSCms-UHC-V
KSCms-UHC-HW-H KSCms-UHC-HW-V KSCpc-EUC-H UniKS-UCS2-H UniKS-UCS2-V UniKS-UTF16-H UniKS-UTF16-V
Identity-H Identity-V""".split())


class TrueType:
    """A TrueType program; glyphs by their number."""

    def __init__(self, data):
        self.font = TTFont(io.BytesIO(data), lazy=True)
        self.count = self.font["maxp"].numGlyphs
        self.units = self.font["head"].unitsPerEm
        metrics = self.font["hmtx"].metrics
        self.order = self.font.getGlyphOrder()
        self.advances = [metrics[glyph][0] for glyph in self.order]
        self.places = self.font["loca"].locations if "loca" in self.font else None
        self.cmaps = {}
        if "cmap" in self.font:
            for table in self.font["cmap"].tables:
                self.cmaps[table.platformID, table.platEncID] = table.cmap

    def has(self, glyph):
        return glyph < self.count

    def is_empty(self, glyph):
        return self.places is not None and self.places[glyph] == self.places[glyph + 1]

    def width(self, glyph):
        return self.advances[glyph] * 1000 / self.units

    def all_cids(self):
        """Numbers of the glyphs that show something, and .notdef."""
        return {0} | {glyph for glyph in range(self.count) if not self.is_empty(glyph)}

    def number(self, glyph_name):
        return self.order.index(glyph_name)


class CompactFont:
    """A bare CFF program; glyphs by their CID, or by their number where it has none."""

    def __init__(self, data):
        fonts = CFFFontSet()
        fonts.decompile(io.BytesIO(data), None)
        self.top = fonts[fonts.fontNames[0]]
        self.strings = self.top.CharStrings
        names = self.top.charset
        keyed = hasattr(self.top, "ROS")
        self.glyphs = {int(glyph[3:]) if keyed and glyph != ".notdef" else at: glyph
                       for at, glyph in enumerate(names)}
        self.units = round(1 / self.top.FontMatrix[0]) if hasattr(self.top, "FontMatrix") else 1000
        self.pens = {}

    def has(self, cid):
        return cid in self.glyphs

    def drawn(self, cid):
        from fontTools.pens.recordingPen import RecordingPen
        if cid not in self.pens:
            pen, string = RecordingPen(), self.strings[self.glyphs[cid]]
            string.draw(pen)
            self.pens[cid] = (bool(pen.value), string.width)
        return self.pens[cid]

    def is_empty(self, cid):
        return not self.drawn(cid)[0]

    def width(self, cid):
        return self.drawn(cid)[1] * 1000 / self.units

    def all_cids(self):
        return set(self.glyphs)


def simple_characters(base, differences):
    """What each code of a simple font is called: Unicode by code, or a glyph's name."""
    codec = "cp1252" if base == "WinAnsiEncoding" else "mac_roman"
    characters = {}
    for code in range(32, 256):
        try:
            characters[code] = bytes([code]).decode(codec)
        except UnicodeDecodeError:
            continue
    if base not in ("WinAnsiEncoding", "MacRomanEncoding"):
        characters = {}
    code = 0
    for part in differences:
        if isinstance(part, int):
            code = part
        else:
            characters[code] = part
            code += 1
    return characters


def unicode_of(character):
    """A character itself, or that of a glyph's name with its stroke; None if it is not in the
    Adobe Glyph List."""
    if len(character) == 1:
        return character
    value = AGL2UV.get(character[1:])
    return chr(value) if value is not None else None


def look_up(program, character):
    """A glyph's number by the non-symbolic cmaps (ISO 32000-1, 9.6.6.4); None."""
    value = unicode_of(character)
    if value is None:
        return None
    if (3, 1) in program.cmaps:
        glyph = program.cmaps[3, 1].get(ord(value))
    elif (1, 0) in program.cmaps and len(character) > 1:
        glyph = program.cmaps[1, 0].get(MacRoman.index(character[1:])
                                        if character[1:] in MacRoman else -1)
    elif (1, 0) in program.cmaps:
        try:
            glyph = program.cmaps[1, 0].get(value.encode("mac_roman")[0])
        except UnicodeEncodeError:
            glyph = None
    else:
        glyph = None
    return program.number(glyph) if glyph else None


def parse_to_unicode(data):
    """Unicode text by code; codes are whole numbers."""
    mapped = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.S):
        for code, value in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            mapped[int(code, 16)] = _utf16(value)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", data, re.S):
        for first, last, value, values in re.findall(
                rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]*)>|\[(.*?)\])", block,
                re.S):
            if values:
                listed = re.findall(rb"<([0-9A-Fa-f]*)>", values)
                for at, one in enumerate(listed):
                    mapped[int(first, 16) + at] = _utf16(one)
                continue
            start = _utf16(value)
            for at in range(int(last, 16) - int(first, 16) + 1):
                mapped[int(first, 16) + at] = start[:-1] + chr(ord(start[-1]) + at)
    return mapped


def _utf16(digits):
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")


def parse_widths(array):
    """The W array of a CIDFont (ISO 32000-1, 9.7.4.3)."""
    widths, parts, at = {}, list(array), 0
    while at < len(parts):
        first, second = int(parts[at]), parts[at + 1]
        if isinstance(second, (int, float)) or not hasattr(second, "__len__"):
            for cid in range(first, int(second) + 1):
                widths[cid] = float(parts[at + 2])
            at += 3
        else:
            for step, width in enumerate(second):
                widths[first + step] = float(width)
            at += 2
    return widths
