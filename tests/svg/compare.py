#!/usr/bin/python3
"""Each SVG beside this file, as our PDF shows it (by poppler), is held against librsvg's picture of
it. Usage: compare.py TANDEM PROJECT"""
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

WIDTH = 400  # pixels
MEAN_LIMIT, FAR, FAR_LIMIT = 2.5, 64, 0.02  # of 255; share of pixels that are further off than FAR


def run(*words: str) -> bytes:
    return subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout


def read_png(data: bytes) -> tuple[int, int, list[bytes]]:
    """Rows of RGB on white from 8-bit RGB or RGBA."""
    at, packed = 8, b""
    width = height = kind = 0
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + size]
        if name == b"IHDR":
            width, height, _, kind = struct.unpack(">IIBB", body[:10])
        if name == b"IDAT":
            packed += body
        at += size + 12
    step = 4 if kind == 6 else 3
    raw, rows, above = zlib.decompress(packed), [], bytearray(width * step)
    for y in range(height):
        how = raw[y * (width * step + 1)]
        row = bytearray(raw[y * (width * step + 1) + 1 : (y + 1) * (width * step + 1)])
        for i in range(len(row)):
            a, b = (row[i - step] if i >= step else 0), above[i]
            c = above[i - step] if i >= step else 0
            if how == 4:
                p = a + b - c
                near = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            else:
                near = (0, a, b, (a + b) // 2)[how]
            row[i] = (row[i] + near) & 255
        above = row
        if step == 4:
            out = bytearray()
            for i in range(0, len(row), 4):
                alpha = row[i + 3]
                out += bytes((row[i + k] * alpha + 255 * (255 - alpha)) // 255 for k in range(3))
            row = out
        rows.append(bytes(row))
    return width, height, rows


def read_ppm(data: bytes) -> list[bytes]:
    head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
    width, height = int(head[1]), int(head[2])
    pixels = data[head.end() :]
    return [pixels[y * width * 3 : (y + 1) * width * 3] for y in range(height)]


def our_picture(tandem: str, project: pathlib.Path, svg: pathlib.Path, height: int) -> list[bytes]:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        shutil.copytree(project / "tests/base/content", folder / "content")
        shutil.copytree(project / "templates", folder / "templates")
        (folder / "content/images").mkdir(exist_ok=True)
        shutil.copy(svg, folder / "content/images")
        (folder / "content/modules").mkdir(exist_ok=True)
        (folder / "content/modules/case.md").write_text(
            f"# Picture\n\n![Picture](images/{svg.name}){{width=80%}}\n")
        run(tandem, "build", "--course", name, "--out", f"{name}/out")
        pdf = f"{name}/out/blank/workbook.pdf"
        page = run("qpdf", pdf, "--pages", ".", "1", "--", "--qdf", "--object-streams=disable", "-")
        found = re.search(rb"q ([\d.]+) 0 0 -([\d.]+) ([\d.]+) ([\d.]+) cm/I0 Do", page)
        box = re.search(rb"/MediaBox \[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", page)
        scale, left, top = float(found[1]), float(found[3]), float(box[2]) - float(found[4])
        wide = 1000 if WIDTH >= height else 1000 * WIDTH / height
        dots = WIDTH * 72 / (scale * wide)
        return read_ppm(run("pdftoppm", "-r", f"{dots}", "-x", str(round(left * dots / 72)),
                            "-y", str(round(top * dots / 72)), "-W", str(WIDTH), "-H", str(height),
                            "-f", "1", "-l", "1", pdf))


def difference(a: list[bytes], b: list[bytes]) -> tuple[float, float]:
    """The mean over all, and how many pixels differ much from all of their neighbours' places."""
    total = far = count = 0
    for y in range(1, min(len(a), len(b)) - 1):
        for x in range(3, min(len(a[y]), len(b[y])) - 3, 3):
            off = max(abs(a[y][x + k] - b[y][x + k]) for k in range(3))
            if off > 8:  # an edge may lie a pixel off
                off = min(max(abs(a[y][x + k] - b[y + v][x + h + k]) for k in range(3))
                          for v in (-1, 0, 1) for h in (-3, 0, 3))
            total += off
            far += off > FAR
            count += 1
    return total / count, far / count


def main() -> int:
    tandem, project = sys.argv[1], pathlib.Path(sys.argv[2])
    failed, before = 0, None
    files = sorted((project / "tests/svg").glob("*.svg"))
    for svg in files:
        _, height, theirs = read_png(run("rsvg-convert", "-w", str(WIDTH), str(svg)))
        ours = our_picture(tandem, project, svg, height)
        mean, far = difference(ours, theirs)
        good = mean <= MEAN_LIMIT and far <= FAR_LIMIT
        print(f"{svg.name}: {mean:.2f} off on average, {100 * far:.2f} % far off",
              "" if good else "TOO MUCH")
        failed += not good
        if before:  # the test of the test: two different pictures are not alike
            mean, far = difference(before, theirs)
            if mean <= MEAN_LIMIT and far <= FAR_LIMIT:
                print(f"{svg.name} is not told from the one before")
                failed += 1
        before = ours
    print(f"{len(files)} pictures, {failed} failed")
    return failed or len(files) < 6


sys.exit(1 if main() else 0)
