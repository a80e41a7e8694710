"""The conditions of the Matterhorn Protocol 1.1 (PDF/UA-1, ISO 14289-1) that a program can decide,
in our words, and what stands with each; then what the standards ask beside them. README.md's tables
are written from here (check_table.py)."""

CHECKED = "checked"


class Condition:
    def __init__(self, number, clause, says, status=CHECKED):
        self.number, self.clause, self.says, self.status = number, clause, says, status


def _rows(text):
    for line in text.strip().splitlines():
        number, clause, says, *status = (part.strip() for part in line.split("|"))
        yield Condition(number, clause, says, *status)


# number | clause of ISO 14289-1 | what fails | why it cannot arise, where it is only guarded
MATTERHORN = list(_rows("""
01-003 | 7.1 | an artifact lies inside of tagged content
01-004 | 7.1 | tagged content lies inside of an artifact
01-005 | 7.1 | something is painted that is neither an artifact nor in the structure tree
01-007 | 7.1 | MarkInfo has Suspects true
02-001 | 7.1 | a structure type is not standard and not mapped to a standard one
02-003 | 7.1 | the role map runs in a circle
02-004 | 7.1 | the role map maps a standard type
06-001 | 7.1 | the catalogue has no XMP metadata
06-002 | 5 | the metadata does not say pdfuaid:part 1
06-003 | 7.1 | the metadata has no dc:title
07-001 | 7.1 | ViewerPreferences has no DisplayDocTitle
07-002 | 7.1 | DisplayDocTitle is false
09-004 | 7.2 | parts of a table are nested otherwise than Table 337 of ISO 32000-1 says
09-005 | 7.2 | parts of a list are nested otherwise than Table 336 says
09-006 | 7.2 | parts of a table of contents are nested otherwise than Table 333 says
09-007 | 7.2 | parts of a Ruby are nested otherwise than Table 338 says
09-008 | 7.2 | parts of a Warichu are nested otherwise than Table 338 says
10-001 | 7.2 | a character that is shown has no Unicode value
11-001 | 7.2 | the language of text on a page cannot be known
11-002 | 7.2 | that of an Alt, ActualText or E cannot
11-003 | 7.2 | that of an outline's entries cannot
11-004 | 7.2 | that of an annotation's Contents cannot
11-005 | 7.2 | that of a field's TU cannot
11-006 | 7.2 | that of the metadata's texts cannot
13-004 | 7.3 | a Figure has neither Alt nor ActualText
14-002 | 7.4.2 | the first numbered heading is no H1
14-003 | 7.4.2 | headings skip a level on the way down
14-006 | 7.4.4 | an element has two H among its children
14-007 | 7.4.4 | both H and numbered headings are used
15-003 | 7.5 | a TH has no Scope in a table without Headers
17-002 | 7.7 | a Formula has neither Alt nor ActualText
17-003 | 7.7 | a character inside of a Formula has no Unicode value
19-003 | 7.9 | a Note has no ID
19-004 | 7.9 | two Notes have the same ID
20-001 | 7.10 | a configuration of optional content in Configs has no Name
20-002 | 7.10 | the configuration of optional content in D has no Name
20-003 | 7.10 | a configuration of optional content has AS
21-001 | 7.11 | the specification of an embedded file lacks F or UF
25-001 | 7.15 | an XFA form asks for dynamic rendering
26-001 | 7.16 | the encryption dictionary has no P
26-002 | 7.16 | its P forbids reading by assistive technology (bit 10)
28-002 | 7.18.1 | an annotation other than Widget, Link, PrinterMark is no child of an Annot
28-004 | 7.18.1 | an annotation other than Widget has neither Contents nor an element with Alt
28-005 | 7.18.1 | a field has neither TU nor an element with Alt
28-006 | 7.18.2 | an annotation of a kind that ISO 32000-1 does not know fails one of these two
28-007 | 7.18.2 | there is a TrapNet annotation
28-008 | 7.18.3 | a page with annotations has no Tabs
28-009 | 7.18.3 | a page with annotations has Tabs other than S
28-010 | 7.18.4 | a widget stands in no Form
28-011 | 7.18.5 | a link annotation stands in no Link
28-012 | 7.18.5 | a link annotation has no Contents
28-014 | 7.18.6.2 | a media clip has no CT
28-015 | 7.18.6.2 | a media clip has no Alt
28-016 | 7.18.7 | an attached file's specification lacks F or UF
28-017 | 7.18.8 | a PrinterMark annotation is in the structure tree
28-018 | 7.18.8 | what a PrinterMark annotation shows is no artifact
30-001 | 7.20 | a form XObject is a reference to another file
30-002 | 7.20 | a form XObject with MCIDs is shown more than once
31-001 | 7.21.3.1 | Registry differs between a CIDFont and its CMap
31-002 | 7.21.3.1 | Ordering differs between a CIDFont and its CMap
31-003 | 7.21.3.1 | a CIDFont's Supplement is less than its CMap's
31-004 | 7.21.3.2 | CIDToGIDMap is neither a stream nor Identity
31-005 | 7.21.3.2 | a CIDFontType2 has no CIDToGIDMap
31-006 | 7.21.3.3 | a CMap is neither a predefined one nor embedded
31-007 | 7.21.3.3 | WMode differs between a CMap's dictionary and its program
31-008 | 7.21.3.3 | a CMap uses another that is not predefined
31-009 | 7.21.4.1 | a font that shows text is not embedded
31-011 | 7.21.4.1 | an embedded font lacks a glyph that is shown
31-012 | 7.21.4.2 | CharSet does not list all glyphs of a Type 1 font | fonts are Type 0 and TrueType; a Type 1 font is a failure
31-013 | 7.21.4.2 | CharSet lists a glyph that a Type 1 font lacks | fonts are Type 0 and TrueType; a Type 1 font is a failure
31-014 | 7.21.4.2 | CIDSet does not list all glyphs of a CID font
31-015 | 7.21.4.2 | CIDSet lists a glyph that a CID font lacks
31-016 | 7.21.5 | a width in the font's dictionary is not the glyph's, by more than 1/1000 em
31-017 | 7.21.6 | a non-symbolic TrueType program has no non-symbolic cmap
31-018 | 7.21.6 | it has one, but a character that is shown is not in it
31-019 | 7.21.6 | a non-symbolic TrueType font has no Encoding
31-020 | 7.21.6 | its Encoding dictionary has no BaseEncoding
31-021 | 7.21.6 | its encoding is neither MacRoman nor WinAnsi
31-022 | 7.21.6 | its Differences name glyphs that the Adobe Glyph List does not
31-023 | 7.21.6 | it has Differences, but no (3,1) cmap
31-024 | 7.21.6 | a symbolic TrueType font has an Encoding
31-025 | 7.21.6 | a symbolic TrueType program has no cmap
31-026 | 7.21.6 | it has several, but no (3,0)
31-027 | 7.21.7 | a font has no ToUnicode, and nothing else says what its codes stand for
31-028 | 7.21.7 | a ToUnicode maps to U+0000
31-029 | 7.21.7 | a ToUnicode maps to U+FEFF or U+FFFE
31-030 | 7.21.8 | text shows .notdef
"""))

# What the standard asks that has no number there, and what readers trip over.
BESIDE = list(_rows("""
header | 6.1 | the file is not "%PDF-1.0" to "%PDF-1.7"
marked | 6.2 | MarkInfo does not say Marked
tree | 7.1 | there is no structure tree, or no element in it
parent | 7.1 | an element's P is not what it is a child of
parent-tree | 7.1 | an MCID or annotation and the parent tree say different things
mcid | 7.1 | an MCID is there twice on a page, or named by the tree and not on the page
language-tag | 7.2 | a Lang is no language tag
table-regular | 7.2 | rows of a table do not fill the same columns, or cells lie over each other
form-child | 7.18.4 | a Form holds anything but its one widget
link-object | 7.18.5 | a Link holds no annotation
bbox | 14.8.5.4.3 of ISO 32000-1 | a Figure that paints something has no BBox
empty | 14.8 of ISO 32000-1 | an element other than a cell has nothing in it
"""))

# ISO 19005-2 (PDF/A-2), as far as a form with scripts can keep it: gen/README.md says why no more.
ARCHIVE = list(_rows("""
a-id | 6.1.3 | the trailer has no ID
a-binary | 6.1.2 | no comment of bytes above 127 follows the header
a-encrypted | 6.1.3 | the file is encrypted
a-limits | 6.1.13 | a string, name, or nesting of q is longer than allowed
a-filter | 6.1.7 | a stream uses LZW or an external file
a-intent | 6.2.3 | device colours are used without an output intent that has an ICC profile
a-intent-profile | 6.2.3 | the output intent's profile is no RGB profile of the size its head says
a-colour | 6.2.4 | CMYK is used, which the output intent does not cover
a-graphics | 6.2.5 | an ExtGState has TR, TR2 other than Default, or HTP
a-blend | 6.2.10 | a blend mode that PDF 1.7 does not name
a-image | 6.2.8 | an image is interpolated, or has Alternates or OPI
a-annotation | 6.3 | an annotation is hidden, or not printed, or has no appearance
a-appearance | 6.3.3 | an appearance has more than N
a-need | 6.4.1 | NeedAppearances is true
a-multimedia | 6.3.1 | there is a sound, movie, screen, 3D or file attachment annotation
a-launch | 6.5.1 | there is a Launch, Sound, Movie, ResetForm, ImportData, Hide or SetOCGState action
"""))

ALL = {row.number: row for row in MATTERHORN + BESIDE + ARCHIVE}
