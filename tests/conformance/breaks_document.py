"""Breakages of the catalogue, metadata, files, encryption, XObjects, annotations, and of what
PDF/A asks."""
import re

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from breaking import breaks


@breaks("01-007")
def suspects(victim):
    victim.pdf.Root.MarkInfo.Suspects = True


@breaks("06-001")
def no_metadata(victim):
    del victim.pdf.Root.Metadata


@breaks("06-002")
def no_claim(victim):
    victim.edit_metadata(b"<pdfuaid:part>1</pdfuaid:part>", b"")


@breaks("06-003")
def no_title(victim):
    victim.edit_metadata(b"dc:title>", b"dc:source>")


@breaks("07-001")
def no_display_title(victim):
    del victim.pdf.Root.ViewerPreferences.DisplayDocTitle


@breaks("07-002")
def display_title_false(victim):
    victim.pdf.Root.ViewerPreferences.DisplayDocTitle = False


def optional(victim, usual=None, other=None):
    victim.pdf.Root.OCProperties = Dictionary(
        OCGs=Array(), D=usual or Dictionary(Name=String("Usual")),
        Configs=Array([other or Dictionary(Name=String("Other"))]))


@breaks("20-001")
def other_without_name(victim):
    optional(victim, other=Dictionary(Name=String("")))


@breaks("20-002")
def usual_without_name(victim):
    optional(victim, usual=Dictionary(BaseState=Name.ON))


@breaks("20-003")
def automatic_states(victim):
    optional(victim, usual=Dictionary(Name=String("Usual"), AS=Array()))


def specification(victim, **entries):
    return victim.pdf.make_indirect(Dictionary(
        Type=Name.Filespec, EF=Dictionary(F=victim.pdf.make_stream(b"x")), F=String("x.txt"),
        **entries))


@breaks("21-001")
def file_without_name(victim):
    victim.pdf.Root.AF = Array([specification(victim)])


@breaks("25-001")
def dynamic_xfa(victim):
    config = victim.pdf.make_stream(b"<config><dynamicRender>required</dynamicRender></config>")
    victim.pdf.Root.AcroForm.XFA = Array([String("config"), config])


def encrypt(victim):
    victim.options = {"encryption": pikepdf.Encryption(
        owner="owner", user="", R=3, aes=False, metadata=False,
        allow=pikepdf.Permissions(accessibility=False))}


@breaks("26-001")
def no_permissions(victim):
    encrypt(victim)
    victim.after = lambda saved: re.sub(rb"/P (-?\d+)", lambda found: b"/Z " + found[1], saved)


@breaks("26-002", "a-encrypted")
def no_assistance(victim):
    encrypt(victim)


@breaks("28-002")
def not_in_annot(victim):
    victim.add_annotation("Text", "P", Contents=String("A remark"))


@breaks("28-004")
def annotation_without_words(victim):
    victim.add_annotation("Text")


@breaks("28-005")
def field_without_words(victim):
    victim.add_annotation("Widget", "Form", T=String("extra"), FT=Name.Tx)


@breaks("28-006")
def unknown_annotation(victim):
    victim.add_annotation("Sparkle", "P")


@breaks("28-007")
def trap_net(victim):
    victim.add_annotation("TrapNet", None)


def page_with_annotations(victim):
    return next(page for page in victim.pdf.pages if "/Annots" in page.obj)


@breaks("28-008")
def no_tabs(victim):
    del page_with_annotations(victim).obj.Tabs


@breaks("28-009")
def tabs_by_row(victim):
    page_with_annotations(victim).obj.Tabs = Name.R


@breaks("28-010")
def widget_in_div(victim):
    victim.rename(victim.first("Form"), "Div")


@breaks("28-011")
def link_in_span(victim):
    victim.rename(victim.first("Link"), "Span")


@breaks("28-012")
def link_without_words(victim):
    del victim.annotation("Link").Contents


@breaks("28-014")
def clip_without_type(victim):
    victim.pdf.Root.Clip = Dictionary(S=Name.MCD, Alt=Array([String(""), String("A clip")]))
    victim.pdf.Root.Clip = victim.pdf.make_indirect(victim.pdf.Root.Clip)


@breaks("28-015")
def clip_without_words(victim):
    victim.pdf.Root.Clip = victim.pdf.make_indirect(
        Dictionary(S=Name.MCD, CT=String("video/mp4")))


@breaks("28-016", "a-multimedia")
def attached_without_name(victim):
    victim.add_annotation("FileAttachment", Contents=String("A file"), FS=specification(victim))


@breaks("28-017")
def mark_in_tree(victim):
    artifact = victim.empty_form(b"/Artifact BMC EMC")
    victim.add_annotation("PrinterMark", "Annot", AP=Dictionary(N=artifact))


@breaks("28-018")
def mark_no_artifact(victim):
    victim.add_annotation("PrinterMark", None,
                          AP=Dictionary(N=victim.empty_form(b"0 0 1 1 re f")))


@breaks("30-001")
def reference_xobject(victim):
    victim.pdf.Root.Extra = victim.empty_form(Ref=Dictionary(F=String("other.pdf"), Page=0))


@breaks("30-002")
def form_shown_twice(victim):
    form = victim.empty_form(b"/P <</MCID 0>> BDC 0 0 1 1 re f EMC")
    page = victim.pdf.pages[-1]
    node = victim.add_element(victim.first("Document"), "P", Pg=page.obj,
                              K=Dictionary(Type=Name.MCR, Pg=page.obj, Stm=form, MCID=0))
    form.StructParents = victim.bind(Array([node]))
    page.obj.Resources.XObject.Twice = form
    victim.paint(b"/Twice Do /Twice Do")


@breaks("header")
def other_version(victim):
    victim.after = lambda saved: saved.replace(b"%PDF-1.", b"%PDF-3.", 1)


@breaks("marked")
def not_marked(victim):
    victim.pdf.Root.MarkInfo.Marked = False


# ---- PDF/A ----


@breaks("a-id")
def no_id(victim):
    victim.options = {"object_stream_mode": pikepdf.ObjectStreamMode.disable}
    victim.after = lambda saved: re.sub(rb"/ID \[", b"/IX [", saved)


@breaks("a-binary")
def no_binary(victim):
    victim.after = lambda saved: re.sub(rb"\n%[\x80-\xff]{4}", b"\n%abcd", saved, count=1)


@breaks("a-encrypted")
def encrypted(victim):
    victim.options = {"encryption": pikepdf.Encryption(owner="owner", user="", R=4, aes=True)}


@breaks("a-limits")
def long_string(victim):
    victim.pdf.docinfo.Keywords = String("x" * 40000)


@breaks("a-filter")
def outside(victim):
    victim.pdf.Root.Extra = pikepdf.Stream(victim.pdf, b"", F=String("elsewhere.bin"))


@breaks("a-intent")
def no_intent(victim):
    del victim.pdf.Root.OutputIntents


@breaks("a-intent-profile")
def half_a_profile(victim):
    profile = victim.pdf.Root.OutputIntents[0].DestOutputProfile
    profile.write(profile.read_bytes()[:-100])


@breaks("a-colour")
def ink(victim):
    victim.paint(b"/Artifact BMC 0 0 0 1 k 0 0 1 1 re f EMC")


@breaks("a-graphics")
def transfer(victim):
    victim.pdf.Root.Extra = victim.pdf.make_indirect(
        Dictionary(Type=Name.ExtGState, TR2=Name.Identity))


@breaks("a-blend")
def odd_blend(victim):
    victim.pdf.Root.Extra = victim.pdf.make_indirect(Dictionary(Type=Name.ExtGState, BM=Name.Odd))


@breaks("a-image")
def interpolated(victim):
    victim.pdf.Root.Extra = pikepdf.Stream(victim.pdf, b"\0", Subtype=Name.Image, Width=1, Height=1,
                                           ColorSpace=Name.DeviceGray, BitsPerComponent=8,
                                           Interpolate=True)


@breaks("a-annotation")
def not_printed(victim):
    victim.annotation("Widget").F = 0


@breaks("a-appearance")
def pressed(victim):
    victim.annotation("Widget").AP.D = victim.empty_form()


@breaks("a-need")
def need_appearances(victim):
    victim.pdf.Root.AcroForm.NeedAppearances = True


@breaks("a-multimedia")
def sound(victim):
    victim.add_annotation("Sound", Contents=String("A sound"))


@breaks("a-launch")
def launch(victim):
    victim.pdf.Root.OpenAction = victim.pdf.make_indirect(
        Dictionary(S=Name.Launch, F=String("program")))
