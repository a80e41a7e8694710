#!/usr/bin/python3
"""What templates and materials ask for is in the PDFs, by readers that are not ours: papers, logo,
opening strip, and no colour at all in greyscale. Usage: check_materials.py TANDEM PROJECT"""
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

MATERIALS = """materials:
  - {pdf: colour, modules: [case], cover: true, contents: true, paper: [a4, a5, a4-landscape]}
  - {pdf: grey, modules: [case], cover: true, print: greyscale, paper: [a4, letter-landscape]}
  - {pdf: hand, title: A handout, modules: [case], template: handout}
  - {pdf: greyhand, modules: [case], template: pale}
"""
MODULE = """# Case

![A square](../images/square.png)

![A page](../images/page.jpg)

![A drawing](../images/drawing.svg)

A [link](https://example.org) and an answer:

::: {.write #thoughts lines=4}
What do you think?
:::

::: {.tip}
Take your time.
:::

::: {.page-break}
:::

The second page.
"""
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">
<defs><linearGradient id="fade"><stop offset="0" stop-color="#c00"/><stop offset="1" stop-color="#0a0"/></linearGradient></defs>
<rect width="20" height="20" fill="url(#fade)"/><g opacity="0.5"><circle cx="30" cy="10" r="8" fill="#36c" stroke="#f80"/></g>
<text x="2" y="12" font-size="6" fill="#808">Red</text></svg>
"""
SIZES = {
    "colour": (595, 842), "colour.a5": (420, 595), "colour.a4-landscape": (842, 595),
    "grey": (595, 842), "grey.letter-landscape": (792, 612),
    "hand": (595, 842), "hand.letter": (612, 792), "greyhand": (595, 842), "greyhand.letter": (612, 792),
}


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + b"".join(bytes((x % 256, 40, y % 256)) for x in range(width)) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def run(*words) -> str:
    done = subprocess.run([str(w) for w in words], capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"{words[0]} failed: {done.stderr.decode()}{done.stdout.decode()}")
    return done.stdout.decode("utf-8", "replace")


def set_up(project: pathlib.Path, work: pathlib.Path) -> None:
    shutil.copytree(project / "tests/base/content", work / "content")
    shutil.copytree(project / "templates", work / "templates")
    shutil.rmtree(work / "content/answers")
    course = (work / "content/course.yml").read_text()
    course = re.sub(r"^materials:.*", MATERIALS, course, flags=re.M | re.S)
    course = re.sub(r"^template:.*\n", "", course, flags=re.M) + "template: acme\n"
    (work / "content/course.yml").write_text(course)
    (work / "content/modules").mkdir(exist_ok=True)
    (work / "content/modules/case.md").write_text(MODULE)
    studio = (work / "templates/studio/template.yml").read_text()
    handout = (work / "templates/handout/template.yml").read_text()
    for name, text in (("acme", studio + "logo: {file: logo.png, alt: Acme, cover: 18mm, head: 5mm}\n"),
                       ("pale", handout + "print: greyscale\nlogo: logo.png\n")):
        folder = work / "templates" / name
        folder.mkdir()
        (folder / "template.yml").write_text(text)
        (folder / "logo.png").write_bytes(png(60, 20))
    images = work / "content/images"
    images.mkdir()
    (images / "square.png").write_bytes(png(64, 64))
    (images / "drawing.svg").write_text(DRAWING)


def make_jpeg(tandem: str, work: pathlib.Path) -> None:
    """A picture in colour, from a page of our own."""
    case = work / "content/modules/case.md"
    case.write_text("# Case\n\nText.\n")
    run(tandem, "build", "--course", work, "--only", "colour")
    run("pdftoppm", "-jpeg", "-r", "20", "-f", "1", "-l", "1", "-singlefile", work / "out/blank/colour.pdf",
        work / "content/images/page")
    case.write_text(MODULE)


def colours(path: pathlib.Path) -> tuple[int, list[str]]:
    """How many colours are set, and those that are no grey."""
    plain = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", path, "-"], capture_output=True,
                           check=True).stdout.decode("latin-1")
    plain = re.sub(r"/DCTDecode.*?endstream", "", plain, flags=re.S)
    number = r"(-?[\d.]+)"
    found = re.findall(rf"(?<![\w.]){number} {number} {number} (?:rg|RG|sc|SC|scn|SCN)\b", plain)
    odd = [" ".join(parts) for parts in found if len(set(parts)) > 1]
    odd += re.findall(rf"{number} {number} {number} {number} [kK]\b", plain)
    odd += re.findall(r"/Device(?:RGB|CMYK)\b|/ICCBased\b|/Separation\b", plain)
    odd += [" ".join(c) for c in re.findall(rf"/C[01] \[\s*{number}\s+{number}\s+{number}\s*\]", plain) if len(set(c)) > 1]
    greys = re.findall(rf"(?<![\w.]){number} [gG]\b", plain)
    return len(found) + len(greys), odd


def pictures(path: pathlib.Path) -> list[tuple[int, str]]:
    rows = run("pdfimages", "-list", path).splitlines()[2:]
    return [(int(row.split()[0]), row.split()[5]) for row in rows if row.split()[2] == "image"]


def main() -> int:
    tandem, project = sys.argv[1], pathlib.Path(sys.argv[2])
    wrong = []

    def expect(holds: bool, what: str) -> None:
        if not holds:
            wrong.append(what)

    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        set_up(project, work)
        make_jpeg(tandem, work)
        run(tandem, "build", "--course", work)
        blank = work / "out/blank"
        for name, size in SIZES.items():
            path = blank / f"{name}.pdf"
            if not path.exists():
                wrong.append(f"{name}.pdf was not made")
                continue
            found = re.search(r"Page size: +([\d.]+) x ([\d.]+)", run("pdfinfo", path))
            expect((round(float(found[1])), round(float(found[2]))) == size, f"{name}: the paper is {found[0]}")
            count, odd = colours(path)
            expect(count > 5, f"{name}: hardly any colour is set at all")
            if name.startswith("grey"):
                expect(not odd, f"{name}: not grey: {sorted(set(odd))[:6]}")
                expect({kind for _, kind in pictures(path)} == {"gray"}, f"{name}: a picture is not grey")
            else:
                expect(len(odd) > 5, f"{name}: no colour was found: this test could not fail")
        on_pages = [page for page, _ in pictures(blank / "colour.pdf")]
        expect(on_pages.count(1) == 1, "the cover has no logo")
        expect(on_pages.count(2) == 0, "the back of the cover has a logo")
        expect(max(on_pages) >= 5, "the running heads have no logo")
        expect([page for page, _ in pictures(blank / "greyhand.pdf")].count(1) >= 1, "the strip has no logo")
        words = run("pdftotext", "-f", 1, "-l", 1, blank / "hand.pdf", "-")
        expect("Base course" in words and "A handout" in words, "the strip does not say what this is")
        expect("Contents" not in words and re.search(r"\b1 ?/ ?3\b", words), "the handout does not begin on its first page")
    for line in wrong:
        print(line)
    print(f"{len(SIZES)} files, {len(wrong)} wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
