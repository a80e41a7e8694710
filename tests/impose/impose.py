#!/usr/bin/python3
"""Files for printing, as readers that are not ours see them: each page of a course of ten where it
belongs and at its scale, the sheets' boxes, the bleed, the same bytes, wrong usage.
Usage: impose.py TANDEM"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

PT = 72 / 25.4  # points a millimetre
A4, A3 = (210, 297), (297, 420)
# Left and right page of each side, from 1; 0 is blank.
BOOKLET = [(0, 1), (2, 0), (10, 3), (4, 9), (8, 5), (6, 7)]
TWO_UP = [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10)]
SINGLE = [(page, 0) for page in range(1, 11)]

COURSE = """title: Imposed
version: "1.0"
language: en-GB
template: classic
respondents:
  person: {label: Participant}
materials:
  - {pdf: ten, modules: [%s]}
  - {pdf: covered, modules: [m1], cover: true}
  - {xlsx: tracker, sheets: [guide, %s]}
"""
MODULE = """---
id: m{n}
title: Chapter {n}
---

# Chapter {n}

The first word of page {n} is Marker{n}x, see [elsewhere](#m1-box) or <https://example.org>.

::: {{.checklist #m{n}-box}}
- [ ] A box to tick {{#a}}
:::
"""


def make_course(folder: pathlib.Path, tandem: str) -> None:
    subprocess.run([tandem, "new", folder], check=True, stdout=subprocess.DEVNULL)
    for path in folder.glob("content/modules/*"):
        path.unlink()
    for path in folder.glob("content/answers/*/*"):
        path.unlink()
    for n in range(1, 11):
        (folder / f"content/modules/m{n}.md").write_text(MODULE.format(n=n))
    (folder / "content/course.yml").write_text(
        COURSE % (", ".join(f"m{n}" for n in range(1, 11)),
                  ", ".join(f"m{n}-box" for n in range(1, 11))))


def said(*command) -> str:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


def words_of(path: pathlib.Path) -> list:
    """A page: word, left, top, in points from the page's top left corner."""
    pages = said("pdftotext", "-bbox", path, "-").split("<page ")[1:]
    row = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)"[^>]*>([^<]*)</word>')
    return [[(word, float(x), float(y)) for x, y, word in row.findall(page)] for page in pages]


def boxes_of(path: pathlib.Path) -> dict:
    row = re.compile(r"^(\w+Box):\s+([\d.-]+)\s+([\d.-]+)\s+([\d.-]+)\s+([\d.-]+)", re.M)
    return {m[0]: [float(n) for n in m[1:]] for m in row.findall(said("pdfinfo", "-box", path))}


def near(a: float, b: float, slack: float = 0.03) -> bool:
    return abs(a - b) < slack


def check_pages(out: pathlib.Path, name: str, order: list, scale: float, left: float, top: float,
                page=A4) -> None:
    """Every word of every page stands where the sheet's geometry puts it; left, top: of the trim,
    in millimetres."""
    plain, imposed = words_of(out / "blank/ten.pdf"), words_of(out / f"blank/ten.{name}.pdf")
    assert len(plain) == 10, len(plain)
    assert len(imposed) == len(order), (name, len(imposed))
    for side, pages in enumerate(order):
        expected = []
        for place, number in enumerate(pages):
            if number:
                assert f"Marker{number}x," in [word for word, _, _ in plain[number - 1]]
                expected += [(word, (left + place * page[0] * scale) * PT + x * scale,
                              top * PT + y * scale) for word, x, y in plain[number - 1]]
        assert len(expected) == len(imposed[side]), (name, side)
        missing = list(imposed[side])
        for word, x, y in expected:
            found = [m for m in missing if m[0] == word and near(m[1], x) and near(m[2], y, 0.1)]
            assert found, (name, side + 1, word, x, y, [m for m in missing if m[0] == word])
            missing.remove(found[0])


def check_boxes(path: pathlib.Path, media: tuple, bleed: tuple, trim: tuple) -> None:
    """Sizes in millimetres; the boxes lie in each other's middle."""
    boxes = boxes_of(path)
    for key, (width, height) in {"MediaBox": media, "BleedBox": bleed, "TrimBox": trim}.items():
        x0, y0, x1, y1 = boxes[key]
        assert near(x1 - x0, width * PT) and near(y1 - y0, height * PT), (path, key, boxes)
        assert near(x0 + x1, boxes["MediaBox"][2]) and near(y0 + y1, boxes["MediaBox"][3]), boxes
        assert x0 >= 0 and y0 >= 0


def check_file(path: pathlib.Path) -> None:
    said("qpdf", "--check", path)
    information = said("pdfinfo", path)
    assert re.search(r"Tagged: +no", information) and re.search(r"Form: +none", information)
    assert len(said("pdfinfo", "-url", path).splitlines()) <= 1, "there are links"
    objects = subprocess.run(["qpdf", "--json", path], capture_output=True, text=True,
                             check=True).stdout
    for key in ("/Annots", "/Outlines", "/StructTreeRoot", "/AcroForm", "/MarkInfo"):
        assert key not in objects, (path, key)
    fonts = said("pdffonts", path).splitlines()[2:]
    assert fonts and all(re.search(r"yes yes yes +\d+ +0$", font) for font in fonts), fonts


def pixel(path: pathlib.Path, x_mm: float, y_mm: float) -> tuple:
    """The colour at a place of the first page, at ten pixels a millimetre."""
    data = subprocess.run(["pdftoppm", "-r", "254", "-f", "1", "-l", "1", path], check=True,
                          capture_output=True).stdout
    _, width, height, _ = data.split(None, 4)[:4]
    at = (round(y_mm * 10) * int(width) + round(x_mm * 10)) * 3
    return tuple(data[len(data) - int(width) * int(height) * 3:][at:at + 3])


def check_bleed(path: pathlib.Path, right: float, fold: float = 0) -> None:
    """The cover's ground goes on for 3 mm past the trim, whose top is 8 mm down; `right`: the
    trim's right edge; `fold`: no ground left of it."""
    ground = pixel(path, right - 1, 20)
    white = (255, 255, 255)
    assert ground != white
    assert pixel(path, right + 2.8, 20) == ground and pixel(path, right + 3.3, 20) == white
    assert pixel(path, right - 20, 5.3) == ground and pixel(path, right - 20, 4.6) == white
    if fold:
        assert pixel(path, fold + 0.5, 20) == ground and pixel(path, fold - 0.5, 20) == white
        assert pixel(path, fold, 2) != white, "no mark at the fold"
    assert pixel(path, right, 2) != white and pixel(path, 2, 8) != white, "no crop marks"


def check_clips(path: pathlib.Path, expected: list) -> None:
    """What is seen of pages, by kind of place: how far past their left, bottom, right, top edge."""
    objects = subprocess.run(["qpdf", "--json", path], capture_output=True, text=True,
                             check=True).stdout
    clips = set()
    for found in re.findall(r'"/BBox": \[([^]]*)\]', objects):
        x0, y0, x1, y1 = (float(number) / PT for number in found.split(","))
        if x1 > 100:  # not a check box
            clips.add(tuple(round(n, 1) + 0.0 for n in (-x0, -y0, x1 - A4[0], y1 - A4[1])))
    assert clips == set(expected), (path, clips)


def check_usage(tandem: str, course: pathlib.Path) -> None:
    for words, message in [
            (["--booklet", "--n-up", "2"], "--booklet and --n-up exclude each other"),
            (["--n-up", "4"], "--n-up takes 2, not '4'"),
            (["--sheet", "a3"], "--sheet is the paper of --booklet or --n-up 2"),
            (["--sheet", "a3", "--crop-marks"], "--sheet is the paper of --booklet or --n-up 2"),
            (["--booklet", "--sheet", "a9"], "--sheet takes a3"),
            (["--bleed", "3"], "--bleed takes a length"), (["--bleed", "mm"], "--bleed takes"),
            (["--bleed", "0mm"], "--bleed takes"), (["--bleed", "11mm"], "--bleed takes"),
            (["--bleed", "-3mm"], "--bleed takes"), (["--bleed", "1.2.3mm"], "--bleed takes"),
            (["--bleed", "99999999999mm"], "--bleed takes"),
            (["--bleed", "3.00001mm"], "--bleed takes"),
            (["--only", "tracker", "--booklet"], "--booklet: there is no PDF"),
            (["--only", "tracker", "--bleed", "3mm"], "--bleed: there is no PDF")]:
        done = subprocess.run([tandem, "build", "--course", course, "--out", course / "no", *words],
                              capture_output=True, text=True)
        assert done.returncode == 2 and message in done.stderr, (words, done.stderr)
        assert "hint:" in done.stderr and not (course / "no").exists(), words
    done = subprocess.run([tandem, "check", "--course", course, "--booklet"], capture_output=True,
                          text=True)
    assert done.returncode == 2 and "--booklet is not an option of check" in done.stderr


def check_material(course: pathlib.Path, build) -> None:
    """A material that asks for crop marks itself has them without an option, and the others not."""
    file = course / "content/course.yml"
    card = "  - {pdf: card, modules: [m1], paper: card-landscape, crop-marks: true, filled: false}\n"
    file.write_text(re.sub(r"^materials:\n", f"materials:\n{card}", file.read_text(), flags=re.M))
    own = build("own")
    assert [str(path.relative_to(own)) for path in own.rglob("*.print.pdf")] == ["blank/card.print.pdf"]
    check_boxes(own / "blank/card.print.pdf", (99, 69), (85, 55), (85, 55))
    check_file(own / "blank/card.print.pdf")
    files = json.loads((own / "manifest.json").read_text())["files"]
    assert [f["imposed"] for f in files if f["path"] == "blank/card.print.pdf"] == ["print"]


def main() -> int:
    tandem = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as name:
        course = pathlib.Path(name) / "course"
        make_course(course, tandem)

        def build(out: str, *options) -> pathlib.Path:
            said(tandem, "build", "--course", course, "--out", course / out, *options)
            return course / out

        plain = build("plain")
        booklet = build("booklet", "--booklet", "--jobs", "1")
        again = build("again", "--booklet", "--jobs", "3")
        large = build("large", "--booklet", "--sheet", "a3", "--crop-marks", "--bleed", "3mm")
        two = build("two", "--n-up", "2", "--crop-marks")
        wide = build("wide", "--n-up", "2", "--bleed", "3mm")
        single = build("single", "--crop-marks", "--bleed", "3mm")
        bare = build("bare", "--bleed", "2.5mm")

        scale = 210 / 297
        flat = (2 * 210 * scale, 210)
        check_pages(booklet, "booklet", BOOKLET, scale, (297 - flat[0]) / 2, 0)
        check_boxes(booklet / "blank/ten.booklet.pdf", (297, 210), (297, 210), (297, 210))
        check_pages(large, "booklet", BOOKLET, 1, 8, 8)
        check_boxes(large / "blank/ten.booklet.pdf", (436, 313), (426, 303), (420, 297))
        check_pages(two, "2up", TWO_UP, scale, 7, 7)
        check_boxes(two / "blank/ten.2up.pdf", (flat[0] + 14, 224), flat, flat)
        check_pages(wide, "2up", TWO_UP, scale, 3, 3)
        check_boxes(wide / "blank/ten.2up.pdf", (flat[0] + 6, 216), (flat[0] + 6, 216), flat)
        check_pages(single, "print", SINGLE, 1, 8, 8)
        check_boxes(single / "blank/ten.print.pdf", (226, 313), (216, 303), A4)
        check_pages(bare, "print", SINGLE, 1, 2.5, 2.5)
        check_boxes(bare / "blank/ten.print.pdf", (215, 302), (215, 302), A4)
        check_clips(single / "blank/ten.print.pdf", [(3, 3, 3, 3)])
        check_clips(large / "blank/ten.booklet.pdf", [(3, 3, 0, 3), (0, 3, 3, 3)])
        check_clips(two / "blank/ten.2up.pdf", [(0, 0, 0, 0)])
        check_clips(wide / "blank/ten.2up.pdf", [(4.2, 4.2, 0, 4.2), (0, 4.2, 4.2, 4.2)])
        check_bleed(single / "blank/covered.print.pdf", 218)
        check_bleed(large / "blank/covered.booklet.pdf", 428, 218)

        for out in (booklet, large, two, single, bare):
            manifest = json.loads((out / "manifest.json").read_text())
            listed = {entry["path"]: entry for entry in manifest["files"]}
            assert set(listed) == {str(path.relative_to(out)) for path in out.rglob("*.*")
                                   if path.name != "manifest.json"}
            imposed = [entry for entry in listed.values() if "imposed" in entry]
            assert len(imposed) == 4, listed  # two materials, blank and filled
            for entry in imposed:
                assert entry["path"].endswith(f".{entry['imposed']}.pdf")
                assert re.search(rf"Pages: +{entry['pages']}\n", said("pdfinfo", out / entry["path"]))
                check_file(out / entry["path"])
            for path in plain.rglob("*.*"):  # the usual files are as they were
                if path.name != "manifest.json":
                    assert path.read_bytes() == (out / path.relative_to(plain)).read_bytes(), path
        said("diff", "-r", booklet, again)
        assert "imposed" not in (plain / "manifest.json").read_text()
        check_usage(tandem, course)
        check_material(course, build)
    print("pages stand where they should, on sheets with the right boxes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
