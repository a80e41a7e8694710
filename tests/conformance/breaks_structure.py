"""Breakages of content, roles, nesting, headings, tables, words, notes, languages."""
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, String

from breaking import ANYTHING, breaks
from tree import Sequence

RECTANGLE = b"0 0 1 1 re f "


def instruction(operator, *operands):
    return ContentStreamInstruction(list(operands), Operator(operator))


def is_opening(one):
    return str(one.operator) == "BDC" and "/MCID" in one.operands[1]


@breaks("01-003")
def artifact_in_content(victim):
    def change(instructions):
        at = next(at for at, one in enumerate(instructions) if is_opening(one))
        inside = [instruction("BMC", Name.Artifact), instruction("re", 0, 0, 1, 1),
                  instruction("f"), instruction("EMC")]
        return instructions[:at + 1] + inside + instructions[at + 1:]
    victim.rewrite(victim.pdf.pages[-1], change)


@breaks("01-004")
def content_in_artifact(victim):
    def change(instructions):
        at = next(at for at, one in enumerate(instructions) if is_opening(one))
        return [*instructions[:at], instruction("BMC", Name.Artifact), *instructions[at:],
                instruction("EMC")]

    def only_first(instructions):
        first = next(at for at, one in enumerate(instructions) if is_opening(one))
        end = next(at for at in range(first, len(instructions))
                   if str(instructions[at].operator) == "EMC")
        return change(instructions[:end + 1]) + instructions[end + 1:]
    victim.rewrite(victim.pdf.pages[-1], only_first)


@breaks("01-005")
def untagged(victim):
    victim.paint(RECTANGLE)


@breaks("02-001")
def unknown_type(victim):
    victim.rename(victim.plain(), "Remark")


@breaks("02-003")
def circular(victim):
    roles = victim.pdf.Root.StructTreeRoot.RoleMap
    roles.Remark, roles.Aside = Name.Aside, Name.Remark


@breaks("02-004")
def remapped(victim):
    victim.pdf.Root.StructTreeRoot.RoleMap.P = Name.Span


@breaks("09-004")
def table_part(victim):
    victim.rename(victim.first("TBody"), "Div")


@breaks("09-005")
def list_part(victim):
    victim.rename(victim.first("LI"), "Div")


@breaks("09-006")
def contents_part(victim):
    victim.rename(victim.first("TOCI"), "Div")


@breaks("09-007")
def ruby(victim):
    victim.rename(victim.plain(), "Ruby")


@breaks("09-008")
def warichu(victim):
    victim.rename(victim.plain(), "Warichu")


@breaks("11-001")
def text_language(victim):
    victim.forget_languages(but=victim.plain("H1"))


@breaks("11-002")
def alternative_language(victim):
    victim.forget_languages()
    moved = victim.plain()
    formula = victim.add_element(victim.first("Document"), "Formula", Alt=String("One plus one"))
    victim.drop(moved)
    moved.node.P, formula.K = formula, moved.node


@breaks("11-003")
def outline_language(victim):
    outlines = victim.pdf.Root.Outlines
    victim.forget_languages()
    victim.pdf.Root.Outlines = outlines


@breaks("11-004")
def contents_language(victim):
    victim.forget_languages()
    victim.add_annotation("Text", Contents=String("A remark"))


@breaks("11-005")
def tip_language(victim):
    victim.forget_languages()
    victim.add_annotation("Widget", "Form", TU=String("A name"), T=String("extra"), FT=Name.Tx)


@breaks("11-006")
def metadata_language(victim):
    victim.forget_languages()
    victim.edit_metadata(b'xml:lang="en"', b'xml:lang="x-default"')


@breaks("13-004")
def figure_words(victim):
    del victim.first("Figure").node.Alt


@breaks("14-002")
def first_heading(victim):
    victim.rename(victim.first("H1"), "H2")


@breaks("14-003")
def skipped(victim):
    victim.rename(victim.first("H2"), "H3")


@breaks("14-006")
def two_plain_headings(victim):
    for level in "123":
        for element in victim.elements("H" + level):
            victim.rename(element, "H")


@breaks("14-007")
def both_headings(victim):
    victim.rename(victim.elements("H2")[-1], "H")


@breaks("15-003")
def no_scope(victim):
    del victim.first("TH").node.A


@breaks("17-002")
def formula_words(victim):
    victim.rename(victim.plain(), "Formula")


@breaks("19-003")
def no_note_id(victim):
    del victim.first("Note").node.ID


@breaks("19-004")
def same_note_id(victim):
    first, second = victim.elements("Note")[:2]
    second.node.ID = first.node.ID


@breaks("tree", ANYTHING)
def no_tree(victim):
    del victim.pdf.Root.StructTreeRoot


@breaks("parent")
def wrong_parent(victim):
    victim.plain().node.P = victim.pdf.Root.StructTreeRoot


@breaks("parent-tree")
def swapped(victim):
    for leaf in victim.pdf.Root.StructTreeRoot.ParentTree.Kids:
        owners = leaf.Nums[1]
        if isinstance(owners, Array) and len(owners) > 1 and owners[0].objgen != owners[1].objgen:
            owners[0], owners[1] = owners[1], owners[0]
            return


@breaks("mcid", "parent-tree")
def named_twice(victim):
    element = victim.plain()
    kids = element.node.K
    element.node.K = Array([*(kids if isinstance(kids, Array) else [kids]), element.kids[0].mcid])


@breaks("language-tag")
def no_tag(victim):
    victim.plain().node.Lang = String("British English")


@breaks("table-regular")
def irregular(victim):
    victim.first("TD").node.A = Dictionary(O=Name.Table, ColSpan=2)


@breaks("form-child")
def form_with_text(victim):
    form, moved = victim.first("Form"), victim.plain()
    victim.drop(moved)
    victim.add_kid(form, moved.node)
    moved.node.P = form.node


@breaks("link-object")
def link_without_annotation(victim):
    link = victim.first("Link")
    annotation = next(kid for kid in link.kids if not isinstance(kid, Sequence)).object
    link.node.K = Array([kid for kid in link.node.K
                         if not (isinstance(kid, Dictionary) and "/Obj" in kid)])
    for page in victim.pdf.pages:
        if "/Annots" in page.obj:
            page.obj.Annots = Array([one for one in page.obj.Annots
                                     if one.objgen != annotation.objgen])


@breaks("bbox")
def no_box(victim):
    del victim.first("Figure").node.A


@breaks("empty")
def nothing_in_it(victim):
    victim.add_element(victim.first("Document"), "P")
