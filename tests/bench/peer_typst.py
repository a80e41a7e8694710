"""The same prose as Typst source: headings, lists, tables, rating grids, ruled lines, boxes to tick.
The pages are comparable, not alike: fonts, sizes, margins and content are the workbook's."""
import pathlib
import re

PREAMBLE = """#set document(title: "Partnership Workbook")
#set page(paper: "a4", margin: (x: 27mm, top: 25mm, bottom: 22mm), numbering: "1",
          header: context align(right, text(8pt)[Partnership Workbook]))
#set text(font: "Gentium Book Plus", size: 10.5pt, lang: "en", region: "GB", hyphenate: true)
#set par(justify: true, leading: 0.62em, spacing: 0.9em)
#show heading: set text(font: "Lato")
#show heading.where(level: 1): it => pagebreak(weak: true) + it
#let ruled(n) = for _ in range(n) { v(7mm) + line(length: 100%, stroke: 0.5pt + luma(150)) }
#let dot = circle(radius: 1.9mm, stroke: 0.6pt)
#let box-to-tick = box(square(size: 3.4mm, stroke: 0.6pt), baseline: 0.5mm)
#let who = sys.inputs.at("who", default: "")
#who
#outline(depth: 2)
"""


def inline(text):
    text = re.sub(r"\{[#.][^}]*\}", "", text).strip()
    text = re.sub(r"\{\{([^}|]*)(?:\|([^}]*))?\}\}", lambda m: m.group(2) or m.group(1), text)
    text = re.sub(r"([\\#$@<>_~`\[\]])", r"\\\1", text)
    text = re.sub(r"\*\*(.+?)\*\*", "\x01\\1\x01", text)
    text = re.sub(r"\*(.+?)\*", r"_\1_", text).replace("*", "\\*")
    return text.replace("\x01", "*").replace("//", "/\\/")


def cells(row):
    return [inline(cell) for cell in row.strip().strip("|").split("|")]


def table(rows, empty):
    head = cells(rows[0])
    body = [cells(row) for row in rows[2:]] + [[""] * len(head)] * empty
    width = ", ".join(["1fr"] * len(head))
    out = [f"#table(columns: ({width}), stroke: 0.5pt + luma(150), inset: 6pt, "
           f"table.header({', '.join(f'[*{cell}*]' for cell in head)}),"]
    out += ["  " + " ".join(f"[{cell}]," for cell in (row + [""] * len(head))[:len(head)]) for row in body]
    return out + [")"]


def module(text):
    """One module's lines; `blocks` are the fenced blocks that are open."""
    out, blocks, rows = [], [], []
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    for line in body.split("\n") + [""]:
        if rows and not line.startswith("|"):
            out += table(rows, int(re.search(r"rows=(\d+)", " ".join(blocks) + " rows=0").group(1)))
            rows = []
        block = blocks[-1] if blocks else ""
        item = re.match(r"\s*(?:-|\d+\.) (?:\[ \] )?(.*)", line)
        if opening := re.match(r":::+ *\{(.*)\}", line):
            blocks.append(opening.group(1))
        elif line.startswith(":::"):
            lines = re.search(r"lines=(\d+)", blocks.pop())
            out += [f"#ruled({lines.group(1)})"] if lines else []
        elif line.startswith("|"):
            rows.append(line)
        elif heading := re.match(r"(#+) (.*)", line):
            out += [f"{'=' * len(heading.group(1))} {inline(heading.group(2))}", ""]
        elif item and ".rating" in block:
            out.append(f"#grid(columns: (1fr, 42mm), align: horizon, [{inline(item.group(1))}], "
                       "grid(columns: (1fr,) * 5, ..range(5).map(_ => align(center, dot))))")
        elif item and re.search(r"\.choice|\.checklist", block):
            out.append(f"#box-to-tick #h(2mm) {inline(item.group(1))} \\")
        elif item:
            out.append(("- " if line.lstrip().startswith("-") else "+ ") + inline(item.group(1)))
        elif ".field" in block and line:
            out.append(f"#grid(columns: (auto, 1fr), gutter: 3mm, [{inline(line)}], ruled(1))")
        else:
            out.append(inline(line))
    return out


def typst_source(course, modules):
    folder = pathlib.Path(course) / "content/modules"
    lines = [line for name in modules for line in module((folder / f"{name}.md").read_text())]
    return PREAMBLE + "\n".join(lines) + "\n"
