#!/usr/bin/python3
"""Filled-in fields look alike in poppler, mutool and pdf.js (in Chromium): grey pictures of three
pages, compared inside of each field, coarsened so that smoothing does not count.
Usage: check_pictures.py OUT NODE_MODULES [--self-test]"""
import pathlib
import subprocess
import sys
import tempfile

import pikepdf

FILLED = "okafor-lind/partnership-workbook.assistant.pdf"
DPI, CELL, PAGES = 70, 5, 3
MEAN_LIMIT, CELL_LIMIT = 16, 40  # of 255: of a field's cells on average, and of one of them
SLIVER = 2  # pixels
EDGE = 1                        # points around a field that count with it


class Picture:
    """A PGM."""

    def __init__(self, file):
        content = file.read_bytes()
        parts = content.split(None, 4)[:4]
        self.width, self.height = int(parts[1]), int(parts[2])
        self.grey = content[-self.width * self.height:]

    def cells(self, box):
        """The means of squares of CELL by CELL inside of a box (left, top, right, bottom). What is left at
        its edges counts if it is more than a sliver, which a single grey pixel of a line fills."""
        left, top, right, bottom = (round(side) for side in box)
        for y in range(max(top, 0), min(bottom, self.height) - SLIVER, CELL):
            for x in range(max(left, 0), min(right, self.width) - SLIVER, CELL):
                part = [self.grey[at * self.width + x:at * self.width + min(x + CELL, right)]
                        for at in range(y, min(y + CELL, bottom, self.height))]
                yield sum(map(sum, part)) / sum(map(len, part))


def filled_fields(file):
    """By page (from 1): name and box, in points of the picture, of each field that is filled in."""
    found = {}
    with pikepdf.open(file) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            height = float(page.mediabox[3])
            for annotation in page.obj.get("/Annots", []):
                is_text = "/AS" not in annotation
                empty = not str(annotation.get("/V", "")) if is_text else annotation.AS == "/Off"
                if annotation.Subtype != "/Widget" or empty:
                    continue
                left, bottom, right, top = (float(side) for side in annotation.Rect)
                box = [side * DPI / 72 for side in (left, height - top, right, height - bottom)]
                name = str(annotation.get("/T", annotation.get("/Parent", {}).get("/T", "")))
                found.setdefault(number, []).append(
                    (name, [box[0] - EDGE, box[1] - EDGE, box[2] + EDGE, box[3] + EDGE], is_text))
    return found


def choose(found):
    """Those with the most texts, and one with the most buttons."""
    def count(number, texts):
        return sum(is_text == texts for _, _, is_text in found[number])
    by_texts = sorted(found, key=lambda number: -count(number, True))[:PAGES - 1]
    rest = [number for number in found if number not in by_texts]
    return sorted(by_texts + [max(rest, key=lambda number: count(number, False))])


def draw(file, modules, folder, numbers):
    """By reader and page: its picture."""
    script = pathlib.Path(__file__).with_name("render.mjs")
    folders = {reader: folder / reader for reader in ("poppler", "mutool", "pdfjs")}
    for each in folders.values():
        each.mkdir(parents=True)
    for number in numbers:
        subprocess.run(["pdftoppm", "-gray", "-r", str(DPI), "-f", str(number), "-l", str(number),
                        "-singlefile", file, folders["poppler"] / str(number)], check=True)
    subprocess.run(["mutool", "draw", "-q", "-r", str(DPI), "-c", "gray", "-F", "pgm", "-o",
                    folders["mutool"] / "%d.pgm", file, ",".join(map(str, numbers))], check=True,
                   stderr=subprocess.DEVNULL)
    subprocess.run(["node", script, modules, file, str(DPI), folders["pdfjs"],
                    *map(str, numbers)], check=True)
    return {reader: {number: Picture(each / f"{number}.pgm") for number in numbers}
            for reader, each in folders.items()}


def differ(first, second, box):
    """What is wrong with a box in two pictures; None if they are alike."""
    gaps = [abs(one - other) for one, other in zip(first.cells(box), second.cells(box))]
    mean, most = sum(gaps) / len(gaps), max(gaps)
    return (mean, most) if mean > MEAN_LIMIT or most > CELL_LIMIT else None


def erase(file, erased):
    """The same file with nothing in its fields."""
    with pikepdf.open(file) as pdf:
        for page in pdf.pages:
            for annotation in page.obj.get("/Annots", []):
                if annotation.Subtype == "/Widget" and "/AS" in annotation:
                    annotation.AS = pikepdf.Name.Off
                elif annotation.Subtype == "/Widget":
                    annotation.AP.N = pdf.make_stream(b"", Type=pikepdf.Name.XObject,
                                                      Subtype=pikepdf.Name.Form,
                                                      BBox=[0, 0, 1, 1])
        pdf.save(erased)


def main():
    file, modules = pathlib.Path(sys.argv[1], FILLED), sys.argv[2]
    found = filled_fields(file)
    numbers, different, count = choose(found), [], 0
    pairs = [("poppler", "mutool"), ("poppler", "pdfjs"), ("mutool", "pdfjs")]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        pictures = draw(file, modules, folder / "filled", numbers)
        if "--self-test" in sys.argv:  # nothing in the fields is to be seen as different
            erase(file, folder / "erased.pdf")
            erased = draw(folder / "erased.pdf", modules, folder / "erased", numbers)
            pictures |= {f"{reader}, erased": shown for reader, shown in erased.items()}
            pairs = [(reader, f"{reader}, erased") for reader in erased]
    for number in numbers:
        for field, box, _ in found[number]:
            for one, other in pairs:
                count += 1
                gap = differ(pictures[one][number], pictures[other][number], box)
                if gap:
                    different.append(f"page {number}, {field}: {one} and {other} differ by "
                                     f"{gap[0]:.1f}, at most {gap[1]:.0f}")
    print(f"{len(different)} of {count} pairs differ, on pages {numbers}")
    if "--self-test" in sys.argv:
        return 0 if len(different) == count else 1
    for line in different:
        print(line)
    return 1 if different or not count else 0


if __name__ == "__main__":
    sys.exit(main())
