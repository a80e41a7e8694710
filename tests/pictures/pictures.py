#!/usr/bin/python3
"""Pictures of every kind, as poppler and mutool find them in our PDF: each point of every kind of
PNG, colours of JPEG files and how they are turned; then pictures that mean harm, which end in a
message soon and without much memory; then an edition in grey, which has no colour anywhere.
Usage: pictures.py TANDEM JPEGS PROJECT"""
import os
import pathlib
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zlib

COURSE = """title: Pictures
version: "1.0"
language: en-GB
template: classic
respondents: {person: {label: Participant}}
materials:
  - {pdf: workbook, modules: [m]}
"""
SECONDS, MEGABYTES = 1.0, 400  # of a picture that means harm


# ---- writing PNG ----

def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def pack_row(values: list, depth: int) -> bytes:
    if depth == 16:
        return b"".join(struct.pack(">H", value) for value in values)
    if depth == 8:
        return bytes(values)
    out, bits, room = bytearray(), 0, 8
    for value in values:
        room -= depth
        bits |= value << room
        if room == 0:
            out.append(bits)
            bits, room = 0, 8
    return bytes(out) + (bytes([bits]) if room < 8 else b"")


ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
         (0, 1, 1, 2)]


def write_png(kind: int, depth: int, rows: list, interlaced=False, extra=b"") -> bytes:
    """rows: of points, each a tuple of samples."""
    width, height, data = len(rows[0]), len(rows), b""
    for x0, y0, dx, dy in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        for row in rows[y0::dy]:
            points = row[x0::dx]
            if points:
                data += b"\0" + pack_row([sample for point in points for sample in point], depth)
    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlaced)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra
            + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b""))


def eight_bits(value: int, depth: int) -> int:
    return (value * 255 + 32895) >> 16 if depth == 16 else value * 255 // ((1 << depth) - 1)


def make_pngs() -> dict:
    """name → (bytes, rows of RGB as they are to be seen, rows of alpha or None)"""
    rng, made = random.Random(7), {}
    samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
    depths = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
    for kind, count in samples.items():
        for depth in depths[kind]:
            for interlaced in (False, True):
                for clear in (False, True) if kind in (0, 2, 3) else (False,):
                    top = (1 << depth) - 1
                    palette = [tuple(rng.randrange(256) for _ in range(3)) for _ in range(top + 1)]
                    rows = [[tuple(rng.randrange(top + 1) for _ in range(count))
                             for _ in range(13)] for _ in range(11)]
                    rows[0][0] = (0,) * (count - 1) + (top,) if kind in (4, 6) else rows[0][0]
                    rows[5][5] = (1,) * count  # never whole: an alpha that hides nothing is left out
                    extra, hidden, alphas = b"", rows[3][3], [rng.randrange(256) for _ in palette]
                    if kind == 3:
                        extra += chunk(b"PLTE", b"".join(map(bytes, palette)))
                    if clear:
                        alphas[rows[3][3][0]] = 7
                        extra += chunk(b"tRNS", bytes(alphas) if kind == 3 else
                                       b"".join(struct.pack(">H", value) for value in hidden))

                    def colour(point):
                        if kind == 3:
                            return palette[point[0]]
                        bytes_ = [eight_bits(value, depth) for value in point]
                        return tuple(bytes_[:1] * 3 if kind in (0, 4) else bytes_[:3])

                    def alpha(point):
                        if kind in (4, 6):
                            return eight_bits(point[-1], depth)
                        return alphas[point[0]] if kind == 3 else 0 if point == hidden else 255

                    has_alpha = clear or kind in (4, 6)
                    name = f"k{kind}d{depth}{'i' * interlaced}{'t' * clear}"
                    made[name] = (write_png(kind, depth, rows, interlaced, extra),
                                  [[colour(p) for p in row] for row in rows],
                                  [[alpha(p) for p in row] for row in rows] if has_alpha else None)
    plain = [[(x * 20, y * 20, 90) for x in range(13)] for y in range(11)]
    for name, extra in {"gamma": chunk(b"gAMA", struct.pack(">I", 45455)),
                        "srgb": chunk(b"sRGB", b"\0"),
                        "profile": chunk(b"iCCP", b"broken\0\0" + zlib.compress(b"no profile")),
                        "size": chunk(b"pHYs", struct.pack(">IIB", 11811, 11811, 1))}.items():
        made[name] = (write_png(2, 8, plain, extra=extra), plain, None)
    return made


# ---- courses and what readers see ----

def make_course(folder: pathlib.Path, project: pathlib.Path, pictures: dict) -> pathlib.Path:
    shutil.copytree(project / "templates", folder / "templates", dirs_exist_ok=True)
    for part in ("modules", "images"):
        (folder / "content" / part).mkdir(parents=True)
    (folder / "content/course.yml").write_text(COURSE)
    text = "---\nid: m\ntitle: Pictures\n---\n\n# Pictures\n"
    for name, data in pictures.items():
        (folder / "content/images" / name).write_bytes(data)
        text += f"\n![A picture](images/{name}){{width=30mm}}\n"
    (folder / "content/modules/m.md").write_text(text)
    return folder


def build(tandem: str, course: pathlib.Path) -> pathlib.Path:
    done = subprocess.run([tandem, "build", "--course", course, "--out", course / "out"],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return course / "out/blank/workbook.pdf"


def read_pnm(path: pathlib.Path) -> tuple:
    """Rows of RGB of a P6, P5 or P4 file."""
    data = path.read_bytes()
    head = re.match(rb"P([456])\s+(\d+)\s+(\d+)\s+(?:255\s)?", data)
    kind, width, height = int(head[1]), int(head[2]), int(head[3])
    body, rows = data[head.end():], []
    for y in range(height):
        if kind == 4:
            step = (width + 7) // 8
            row = [(255 * (1 - (body[y * step + x // 8] >> (7 - x % 8) & 1)),) * 3
                   for x in range(width)]
        elif kind == 5:
            row = [(value,) * 3 for value in body[y * width:(y + 1) * width]]
        else:
            line = body[y * width * 3:(y + 1) * width * 3]
            row = [tuple(line[x:x + 3]) for x in range(0, width * 3, 3)]
        rows.append(row)
    return rows


def check_pngs(tandem: str, project: pathlib.Path, folder: pathlib.Path) -> int:
    made = make_pngs()
    course = make_course(folder / "png", project, {f"{n}.png": m[0] for n, m in made.items()})
    pdf = build(tandem, course)
    (folder / "seen").mkdir()
    subprocess.run(["pdfimages", pdf, folder / "seen/p"], check=True)
    seen = iter(sorted((folder / "seen").iterdir()))
    for name, (_, rows, alphas) in made.items():
        found = read_pnm(next(seen))
        assert found == rows, (name, "colours", found[0], rows[0])
        if alphas:
            mask = read_pnm(next(seen))
            assert [[p[0] for p in row] for row in mask] == alphas, (name, "alpha")
    assert next(seen, None) is None
    return len(made)


def render(reader: str, pdf: pathlib.Path, folder: pathlib.Path) -> list:
    """Each page's rows, at 72 dots an inch."""
    out = folder / reader
    out.mkdir()
    if reader == "mutool":
        subprocess.run(["mutool", "draw", "-q", "-r", "72", "-o", out / "p-%02d.ppm", pdf],
                       check=True, stderr=subprocess.DEVNULL)
    else:
        subprocess.run(["pdftoppm", "-r", "72", pdf, out / "p"], check=True)
    return [read_pnm(path) for path in sorted(out.iterdir())]


def squeeze(row: list, white=(255, 255, 255)) -> list:
    """Runs of one colour of five points and more, without white."""
    runs, last = [], None
    for point in row + [None]:
        if last and point is not None and max(abs(a - b) for a, b in zip(point, last[0])) <= 6:
            last[1] += 1
            continue
        if last and last[1] >= 5 and min(last[0]) < 250:
            runs.append(last[0])
        last = [point, 1] if point is not None else None
    return runs


def fields_of(pages: list, count: int) -> list:
    """The two colours of each picture, in order: left then right, or top then bottom."""
    found = []
    for page in pages:
        y = 0
        while y < len(page):
            runs = squeeze(page[y])
            if runs and any(max(run) - min(run) > 20 or 40 < run[0] < 210 for run in runs):
                start = y
                while y < len(page) and squeeze(page[y]):
                    y += 1
                if y - start >= 20:
                    top, bottom = squeeze(page[start + 5]), squeeze(page[y - 6])
                    found.append(top if len(top) == 2 else top[:1] + bottom[:1])
            y += 1
    assert len(found) == count, (len(found), count, found)
    return found


def near(a: tuple, b: tuple, limit: int) -> bool:
    return max(abs(x - y) for x, y in zip(a, b)) <= limit


def check_jpegs(tandem: str, jpegs: str, project: pathlib.Path, folder: pathlib.Path) -> int:
    made = folder / "jpegs"
    made.mkdir()
    subprocess.run([jpegs, made], check=True)
    red, blue = (200, 40, 60), (20, 90, 180)
    # Where the second colour comes to: right of the first, below, left, above.
    orders = {1: (red, blue), 2: (blue, red), 3: (blue, red), 4: (red, blue), 5: (red, blue),
              6: (red, blue), 7: (blue, red), 8: (blue, red)}
    expected = {"baseline": orders[1], "progressive": orders[1], "rgb": orders[1],
                "grey": ((60,) * 3, (190,) * 3)}
    expected.update({f"turned-{n}": order for n, order in orders.items()})
    inks = ["cmyk", "cmyk-adobe", "ycck"]  # no reader says what ink looks like: they must agree
    names = list(expected) + inks
    course = make_course(folder / "jpeg", project,
                         {f"{n}.jpg": (made / f"{n}.jpg").read_bytes() for n in names})
    pdf = build(tandem, course)
    seen = {reader: dict(zip(names, fields_of(render(reader, pdf, folder), len(names))))
            for reader in ("mutool", "poppler")}
    for reader, pictures in seen.items():
        for name, colours in expected.items():
            assert len(pictures[name]) == 2, (reader, name, pictures[name])
            for a, b in zip(pictures[name], colours):
                assert near(a, b, 12), (reader, name, pictures[name], colours)
        for name in inks:
            assert len(pictures[name]) == 2, (reader, name, pictures[name])
            for a, b in zip(pictures[name], pictures["cmyk"]):
                assert near(a, b, 12), (reader, name, pictures[name], pictures["cmyk"])
            warm, cold = pictures[name]
            assert warm[0] > 150 > warm[1] and cold[2] > 150 > cold[0], (reader, name, warm, cold)
    refused(tandem, project, folder, "arithmetic", (made / "arithmetic.jpg").read_bytes(), "jpg",
            "it is coded arithmetically")
    twelve = bytearray((made / "baseline.jpg").read_bytes())
    twelve[twelve.index(b"\xff\xc0") + 4] = 12
    refused(tandem, project, folder, "twelve", bytes(twelve), "jpg",
            "does not have 8 bits a colour|it is damaged")
    return len(names) + 2


# ---- harm ----

def refused(tandem: str, project: pathlib.Path, folder: pathlib.Path, name: str, data: bytes,
            kind: str, message: str) -> None:
    course = make_course(folder / name, project, {f"{name}.{kind}": data})
    start = time.monotonic()
    with open(folder / f"{name}.said", "wb") as said:
        child = subprocess.Popen([tandem, "check", "--course", course], stdout=said, stderr=said)
        _, status, usage = os.wait4(child.pid, 0)
    took, text = time.monotonic() - start, (folder / f"{name}.said").read_text()
    assert os.waitstatus_to_exitcode(status) == 1, (name, text)
    assert re.search(message, text), (name, text)
    assert usage.ru_utime + usage.ru_stime < SECONDS, (name, usage.ru_utime, took)
    assert usage.ru_maxrss < MEGABYTES * 1024, (name, usage.ru_maxrss)


def check_harm(tandem: str, jpegs: str, project: pathlib.Path, folder: pathlib.Path) -> int:
    def png(width: int, height: int, data: bytes) -> bytes:
        head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data)
                + chunk(b"IEND", b""))

    baseline = (folder / "jpegs/baseline.jpg").read_bytes()
    frame = baseline.index(b"\xff\xc0")

    def jpeg(width: int, height: int) -> bytes:
        return baseline[:frame + 5] + struct.pack(">HH", height, width) + baseline[frame + 9:]

    packer = zlib.compressobj(9)
    bomb = packer.compress(b"\0" * 9000100) * 40 + packer.flush()
    cases = {"wide-png": (png(100000, 1, zlib.compress(b"\0" * 300001)), "png", "damaged|points"),
             "bomb": (png(30000, 30000, bomb), "png", "30000 × 30000 points"),
             "no-width": (png(0, 9, b""), "png", "damaged|points"),
             "wide-jpeg": (jpeg(65535, 65535), "jpg", "points|damaged"),
             "no-height": (jpeg(32, 0), "jpg", "damaged|points"),
             "empty-png": (b"", "png", "neither PNG nor JPEG nor SVG")}
    noise = random.Random(3).randbytes(100 * 301)
    whole = png(100, 100, zlib.compress(bytes(0 if i % 301 == 0 else b
                                              for i, b in enumerate(noise)), 9))
    for tenth in range(1, 10):
        cases[f"png-{tenth}"] = (whole[:len(whole) * tenth // 10], "png", "cut off|damaged")
        cases[f"jpeg-{tenth}"] = (baseline[:len(baseline) * tenth // 10], "jpg",
                                  "cut off|damaged")
    svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{}</svg>"
    laughs = "".join(f"<!ENTITY l{i} '{'&l%d;' % (i - 1) * 10}'>" for i in range(1, 10))
    million = 10 ** 6
    drawings = {
        "entity": ("<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg.format("<text>&a;</text>"),
                   "may not define or use entities"),
        "laughs": (f"<!DOCTYPE svg [<!ENTITY l0 'ha'>{laughs}]>" + svg.format("<text>&l9;</text>"),
                   "may not define or use entities"),
        "file": ("<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
                 + svg.format("<text>&a;</text>"), "may not define or use entities"),
        "nested": (svg.format("<g>" * million + "</g>" * million), "more than"),
        "loop": (svg.format("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>"),
                 "is drawn inside of itself"),
        "tree": (svg.format("<rect id='a0' width='1' height='1'/>" + "".join(
            f"<g id='a{i}'>{('<use href=%r/>' % f'#a{i - 1}') * 10}</g>" for i in range(1, 12))),
                 "more than"),
        "path": (svg.format(f"<path d='M0 0{'h1v1' * million}'/>"), "more than"),
    }
    for name, (text, message) in drawings.items():
        cases[name] = (text.encode(), "svg", message)
    for name, (data, kind, message) in cases.items():
        refused(tandem, project, folder, f"harm-{name}", data, kind, message)
    # What is elsewhere is not drawn, and nothing of it is read.
    outside = {f"out-{i}.svg": svg.format(f"<image href='{href}' width='9' height='9'/>").encode()
               for i, href in enumerate(["file:///etc/passwd", "http://localhost:9/a.png",
                                         "../../../etc/passwd"])}
    course = make_course(folder / "outside", project, outside)
    done = subprocess.run([tandem, "check", "--course", course], capture_output=True, text=True)
    assert done.returncode == 0 and done.stderr.count("warning:") == 3, done.stderr
    return len(cases) + 3


# ---- grey ----

# A pattern's colours are in its shading, whose space is looked at.
COLOURED = re.compile(rb"(?<![\w/])(?:rg|RG|k|K|sc|SC|(?<!/P\d )(?<!/P\d\d )(?:scn|SCN))(?![\w])")


def check_grey(tandem: str, project: pathlib.Path, folder: pathlib.Path) -> int:
    """The whole course in grey, with a picture of each kind."""
    course = folder / "grey"
    shutil.copytree(project / "content", course / "content")
    shutil.copytree(project / "templates", course / "templates")
    for look in course.glob("templates/*/template.yml"):
        look.write_text(look.read_text() + "\nprint: greyscale\n")
    images = course / "content/images"
    images.mkdir(exist_ok=True)
    made, text = make_pngs(), "\n"
    for name in ("k2d8", "k6d8", "k3d8t", "k4d8"):
        (images / f"grey-{name}.png").write_bytes(made[name][0])
        text += f"\n![A picture](images/grey-{name}.png)\n"
    for name in ("baseline", "cmyk", "ycck"):
        shutil.copy(folder / f"jpegs/{name}.jpg", images / f"grey-{name}.jpg")
        text += f"\n![A picture](images/grey-{name}.jpg)\n"
    (images / "grey.svg").write_text(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'><linearGradient id='g'>"
        "<stop stop-color='red'/><stop offset='1' stop-color='#08f'/></linearGradient>"
        "<rect width='20' height='20' fill='url(#g)'/><circle cx='30' cy='10' r='8' fill='gold' "
        "stroke='green'/><text x='21' y='12' font-size='6' fill='purple'>ink</text></svg>")
    module = course / "content/modules/welcome.md"
    module.write_text(module.read_text() + text + "\n![A picture](images/grey.svg)\n")
    out = course / "out"
    subprocess.run([tandem, "build", "--course", course, "--out", out], check=True,
                   stdout=subprocess.DEVNULL)
    files = sorted((out / "blank").glob("*.pdf"))
    pages = 0
    for pdf in files:
        plain = folder / "plain.pdf"
        subprocess.run(["qpdf", "--qdf", "--object-streams=disable", "--decode-level=specialized",
                        pdf, plain], check=False)
        data = plain.read_bytes()
        pages += data.count(b"/Type /Page\n")
        assert b"/DeviceRGB" not in data and b"/DeviceCMYK" not in data, (pdf, "a colour space")
        for stream in re.findall(rb"stream\n(.*?)\nendstream", data, re.S):
            if re.search(rb"\b(?:Tf|re|cm)\b", stream) and b"\0" not in stream[:200]:
                bare = re.sub(rb"\((?:\\.|[^\\)])*\)|<[^>]*>", b"", stream, flags=re.S)
                found = COLOURED.search(bare)
                assert not found, (pdf, bare[max(0, found.start() - 60):found.end()])
    assert pages > 60, pages
    # As a reader draws it: where pictures are, too.
    page = subprocess.run(["pdftoppm", "-r", "30", files[0], "-"], check=True,
                          capture_output=True).stdout
    for found in re.finditer(rb"P6\s(\d+) (\d+)\s255\s", page):
        body = page[found.end():found.end() + 3 * int(found[1]) * int(found[2])]
        assert body[0::3] == body[1::3] == body[2::3], "a coloured point"
    return pages


def main() -> int:
    tandem, jpegs, project = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        print(check_pngs(tandem, project, folder), "kinds of PNG are as they were written")
        print(check_jpegs(tandem, jpegs, project, folder), "kinds of JPEG have their colours")
        print(check_harm(tandem, jpegs, project, folder), "pictures that mean harm do none")
        print(check_grey(tandem, project, folder), "pages in grey have no colour")
    return 0


if __name__ == "__main__":
    sys.exit(main())
