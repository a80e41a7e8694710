"""What breakages are made with: elements found, annotations added, content and fonts changed."""
import io

import pikepdf
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from pikepdf import Array, Dictionary, Name, String

from tree import Element, Sequence, Tree

ANYTHING = object()
BREAKS = {}


def breaks(number, *also):
    """Marks a function that breaks a file in one way: `number` must be found, and nothing but it
    and `also` (conditions that are about the same thing)."""
    def register(function):
        assert number not in BREAKS, number
        BREAKS[number] = (function, {number, *also})
        return function
    return register


class Victim:
    """The sample, opened to be broken."""

    def __init__(self, content):
        self.pdf = pikepdf.open(io.BytesIO(content))
        self.tree = Tree(self.pdf.Root)
        self.options = {}
        self.after = lambda saved: saved

    def saved(self):
        out = io.BytesIO()
        self.pdf.save(out, **self.options)
        return self.after(out.getvalue())

    # -- elements --

    def elements(self, kind):
        return [element for element in self.tree.elements if element.standard == kind]

    def first(self, kind, fits=lambda element: True):
        return next(element for element in self.elements(kind) if fits(element))

    def plain(self, kind="P"):
        """An element with content and nothing else, among the top ones of a Sect."""
        return self.first(kind, lambda element: element.parent.standard == "Sect" and element.kids
                          and all(isinstance(kid, Sequence) for kid in element.kids))

    def rename(self, element, kind):
        element.node.S = Name("/" + kind)

    def add_element(self, parent, kind, **entries):
        node = self.pdf.make_indirect(Dictionary(S=Name("/" + kind), P=parent.node))
        for key, value in entries.items():
            node[f"/{key}"] = value
        self.add_kid(parent, node)
        return node

    def add_kid(self, parent, node):
        kids = parent.node.get("/K", Array())
        if not isinstance(kids, Array):
            kids = Array([kids])
        kids.append(node)
        parent.node.K = kids

    def drop(self, element):
        """Takes an element out of its parent."""
        parent = element.parent.node
        parent.K = Array([kid for kid in parent.K
                          if not isinstance(kid, Dictionary)
                          or kid.objgen != element.node.objgen])

    def bind(self, target):
        """A new entry of the parent tree; its key."""
        key = int(self.pdf.Root.StructTreeRoot.ParentTreeNextKey)
        self.pdf.Root.StructTreeRoot.ParentTreeNextKey = key + 1
        leaf = Dictionary(Limits=Array([key, key]), Nums=Array([key, target]))
        self.pdf.Root.StructTreeRoot.ParentTree.Kids.append(self.pdf.make_indirect(leaf))
        return key

    # -- pages and annotations --

    def annotation(self, kind):
        return next(annotation for page in self.pdf.pages
                    for annotation in page.obj.get("/Annots", [])
                    if annotation.Subtype == "/" + kind)

    def empty_form(self, content=b"", **entries):
        form = self.pdf.make_stream(content)
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        for key, value in entries.items():
            form[f"/{key}"] = value
        return form

    def add_annotation(self, kind, element_kind="Annot", **entries):
        """On the page of the first link; in an element of its own, if one is asked for."""
        page = next(page for page in self.pdf.pages if "/Annots" in page.obj)
        annotation = self.pdf.make_indirect(Dictionary(
            Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array([9, 9, 18, 18]), F=4,
            AP=Dictionary(N=self.empty_form())))
        for key, value in entries.items():
            annotation[f"/{key}"] = value
        page.obj.Annots.append(annotation)
        if element_kind:
            reference = Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page.obj)
            node = self.add_element(self.first("Document"), element_kind, K=reference)
            annotation.StructParent = self.bind(node)
        return annotation

    def paint(self, content, page=None):
        page = page or self.pdf.pages[-1]
        page.contents_add(self.pdf.make_stream(content), prepend=False)

    def rewrite(self, page, change):
        """Puts what `change` makes of a page's instructions in their place."""
        instructions = change(list(pikepdf.parse_content_stream(page)))
        page.obj.Contents = self.pdf.make_stream(pikepdf.unparse_content_stream(instructions))

    # -- languages --

    def forget_languages(self, but=None):
        """No language of the document; each part has its own, except for one."""
        del self.pdf.Root.Lang
        document = self.first("Document")
        del document.node.Lang
        del self.pdf.Root.Outlines
        self.edit_metadata(b'xml:lang="x-default"', b'xml:lang="en"')
        for element in self.tree.elements:
            around = element
            while around and around is not but:
                around = around.parent
            shows = any(not isinstance(kid, Element) for kid in element.kids)
            if not around and (shows or element.has_words()):
                element.node.Lang = String("en-GB")

    def edit_metadata(self, old, new):
        stream = self.pdf.Root.Metadata
        before = stream.read_bytes()
        assert old in before, old
        stream.write(before.replace(old, new))

    # -- fonts --

    def composite(self):
        """A composite font that shows text on the last page, with its name."""
        page = self.pdf.pages[-1]
        key = next(str(one.operands[0]) for one in pikepdf.parse_content_stream(page)
                   if str(one.operator) == "Tf")
        return key, page.obj.Resources.Font[key]

    def descendant(self):
        return self.composite()[1].DescendantFonts[0]

    def edit_to_unicode(self, change):
        stream = self.composite()[1].ToUnicode
        stream.write(change(stream.read_bytes()))

    def typed_font(self):
        return next(font for _, font in self.pdf.Root.AcroForm.DR.Font.items()
                    if font.Subtype == "/TrueType")

    def edit_program(self, change):
        """The program of the font to type in, through fontTools."""
        stream = self.typed_font().FontDescriptor.FontFile2
        font = TTFont(io.BytesIO(stream.read_bytes()))
        change(font)
        out = io.BytesIO()
        font.save(out)
        stream.write(out.getvalue())

    def set_cmaps(self, *kinds):
        """Gives that font these (platform, encoding), with the characters it had."""
        def change(font):
            mapped = font["cmap"].tables[0].cmap
            table = newTable("cmap")
            table.tableVersion, table.tables = 0, []
            for platform, encoding in kinds:
                sub = CmapSubtable.newSubtable(4 if platform == 3 else 0)
                sub.platformID, sub.platEncID, sub.language = platform, encoding, 0
                sub.cmap = {code: glyph for code, glyph in mapped.items() if code < 127}
                table.tables.append(sub)
            if kinds:
                font["cmap"] = table
            else:
                del font["cmap"]
        self.edit_program(change)

    def make_symbolic(self):
        self.typed_font().FontDescriptor.Flags = 4
