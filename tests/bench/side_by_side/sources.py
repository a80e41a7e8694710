#!/usr/bin/python3
"""One text for three programs: sources.py PROJECT WORK MEASURE.

Takes the prose paragraphs of content/modules and writes them, as plain words without mark-up, to
WORK/prose.txt (a paragraph a line), WORK/tandem/ (a course of one module), WORK/prose.typ and
WORK/prose.tex: A4, a measure of MEASURE millimetres, Gentium Book Plus at 10.5/14.5 pt, justified, British
hyphenation, no widows and no orphans. pdfTeX reads no OpenType tables, so its metrics (with the
kerns and joined letters that HarfBuzz gives) are written to WORK/sidebook.* from the same file."""
import pathlib
import re
import shutil
import subprocess
import sys

from fontTools.ttLib import TTFont

FONT = "/usr/share/fonts/truetype/gentiumplus/GentiumBookPlus-Regular.ttf"
# Where T1 (the Cork encoding) departs from Latin-1.
T1 = {0x10: "“", 0x11: "”", 0x12: "„", 0x15: "–", 0x16: "—", 0x27: "’", 0x60: "‘", 0xBF: "£",
      0x7F: "-", 0x1B: "\ufb00", 0x1C: "\ufb01", 0x1D: "\ufb02", 0x1E: "\ufb03", 0x1F: "\ufb04"}
LIGATURES = {"ff": 0x1B, "fi": 0x1C, "fl": 0x1D}
AFTER_FF = {"i": 0x1E, "l": 0x1F}


def plain(text: str) -> str:
    text = re.sub(r"\{\{[^}|]*\|([^}]*)\}\}", r"\1", text)
    text = re.sub(r"\{\{[^}]*\}\}", "8", text)
    text = re.sub(r"\[\^[^\]]*\]", "", text)
    text = re.sub(r"!?\[([^\]]*)\](\([^)]*\)|\{[^}]*\})?", r"\1", text)
    text = re.sub(r"[*`]|(?<!\w)_|_(?!\w)|\\", "", text)
    text = re.sub(r"\{[^}]*\}", "", text)
    text = re.sub(r"(^|[\s(])'", r"\1‘", text).replace("'", "’")
    text = re.sub(r'(^|[\s(])"', r"\1“", text).replace('"', "”")
    return " ".join(text.split())


def prose(modules: pathlib.Path) -> list[str]:
    """Paragraphs and items of lists that are sentences; no headings, tables, questions or code."""
    found = []
    for path in sorted(modules.glob("*.md")):
        body = re.sub(r"^(```.*?```|:::.*?)$", "", path.read_text().split("\n---\n", 1)[1],
                      flags=re.M)
        for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )", body):
            block = re.sub(r"^(> |([-*]|\d+\.) (\[.\] )?)", "", block.strip(), flags=re.M)
            if not re.match(r"[A-Z“‘*_\[{\"']", block) or re.match(r"(\[\^|\{\.)", block) \
                    or "\n|" in block or re.search(r"^(#|\w[\w-]*: )", block, re.M):
                continue
            text = plain(block)
            same = not re.search(r"\.\.\.|://", text)  # each program has its own ways with these
            if len(text.split()) >= 15 and same and all(
                    ord(c) < 0x100 or c in "“”‘’–—„" for c in text):
                found.append(text)
    return found


def write_tandem(project: pathlib.Path, folder: pathlib.Path, paragraphs: list[str],
                 margin: float) -> None:
    (folder / "content/modules").mkdir(parents=True, exist_ok=True)
    shutil.copytree(project / "templates", folder / "templates", dirs_exist_ok=True)
    template = folder / "templates/classic/template.yml"
    text = template.read_text().replace("margin-inner: 27mm", f"margin-inner: {margin:g}mm")
    text = text.replace("margin-outer: 29mm", f"margin-outer: {margin:g}mm")
    template.write_text(text.replace("new-page: true, numbers: true", "new-page: false"))
    (folder / "content/course.yml").write_text(
        'title: Side by side\nversion: "1.0"\npublisher: Nobody\nlanguage: en-GB\ncurrency: GBP\n'
        "start: 2026-01-05\nas-of: 2026-03-02\ntemplate: classic\nprofile: {assistant.name: text}\n"
        "respondents:\n  assistant: {label: Assistant}\n"
        "materials:\n  - {pdf: prose, title: Prose, modules: [prose], each: respondent, "
        "paper: [a4]}\n")
    lines = "\n\n".join(re.sub(r"([*_\[\]<>#`|&{}])", r"\\\1", p) for p in paragraphs)
    (folder / "content/modules/prose.md").write_text(
        f"---\nid: prose\ntitle: Prose\nsummary: Words.\n---\n\n# Prose\n\n{lines}\n")


def write_typst(path: pathlib.Path, paragraphs: list[str], margin: float) -> None:
    head = (f'#set page(paper: "a4", margin: (x: {margin:g}mm, top: 25mm, bottom: 24mm))\n'
            '#set text(font: "Gentium Book Plus", size: 10.5pt, lang: "en", region: "GB",\n'
            "  hyphenate: true, top-edge: 10.5pt, bottom-edge: 0pt)\n"
            "#set smartquote(enabled: false)\n"
            "#set par(justify: true, leading: 4pt, spacing: 11pt)\n\n")
    path.write_text(head + "\n\n".join(re.sub(r"([*_\[\]<>#`$@~\\/\-+=])", r"\\\1", p)
                                       for p in paragraphs) + "\n")


def write_latex(path: pathlib.Path, paragraphs: list[str], measure: float) -> None:
    head = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage[british]{babel}
\usepackage[a4paper,textwidth=MEASUREmm,top=25mm,textheight=248mm]{geometry}
\ifdefined\withmicrotype\usepackage{microtype}\fi
\pdfmapline{=sidebook <sidebook.enc <sidebook.ttf}
\input{sidebook-unicode.tex}
\pdfgentounicode=1
\DeclareFontFamily{T1}{sidebook}{}
\DeclareFontShape{T1}{sidebook}{m}{n}{<->sidebook}{}
\renewcommand{\rmdefault}{sidebook}
\widowpenalty=10000 \clubpenalty=10000
\setlength{\parindent}{0pt}\setlength{\parskip}{7bp}
\raggedbottom\pagestyle{empty}
\begin{document}
\fontsize{10.5bp}{14.5bp}\selectfont

"""
    head = head.replace("MEASURE", f"{measure:g}")
    path.write_text(head + "\n\n".join(re.sub(r"([%&#$_])", r"\\\1", p) for p in paragraphs)
                    + "\n\\end{document}\n")


def shape_pairs(pairs: list[str], work: pathlib.Path) -> list[list[tuple[int, int]]]:
    """Glyph and advance, by HarfBuzz, for each of many short texts."""
    (work / "pairs.txt").write_text("\n".join(pairs) + "\n")
    shaped = subprocess.run(["hb-shape", "--no-glyph-names", "--no-clusters",
                             f"--text-file={work}/pairs.txt", FONT],
                            check=True, capture_output=True, text=True).stdout
    return [[tuple(map(int, re.match(r"(\d+).*?\+(\d+)", glyph).groups()))
             for glyph in line.strip("[]").split("|")] for line in shaped.splitlines()]


def write_metrics(work: pathlib.Path) -> None:
    font = TTFont(FONT)
    cmap, order, widths = font.getBestCmap(), font.getReverseGlyphMap(), font["hmtx"]
    em, glyf = font["head"].unitsPerEm, font["glyf"]
    codes = {code: chr(code) for code in [*range(0x21, 0x7F), *range(0xC0, 0x100)]}
    codes |= T1
    codes = {code: char for code, char in codes.items() if ord(char) in cmap}
    joins = dict(zip(["ff", "fi", "fl", "ffi", "ffl"], range(0x1B, 0x20)))
    joined = {}  # by code: the glyph that HarfBuzz puts for those letters
    for text, glyphs in zip(joins, shape_pairs(list(joins), work)):
        if len(glyphs) == 1:
            joined[joins[text]] = (glyphs[0], text)
        else:
            codes.pop(joins[text], None)
    shaped_by = {code: char for code, char in codes.items() if code not in joined and code != 0x7F}
    plain_codes = [code for code in shaped_by if shaped_by[code] not in "\x7f"]
    pairs = [(a, b) for a in plain_codes for b in plain_codes]
    kerns: dict[int, list[str]] = {}
    for (a, b), glyphs in zip(pairs, shape_pairs([codes[a] + codes[b] for a, b in pairs], work)):
        text = codes[a] + codes[b]
        if LIGATURES.get(text) in joined:
            kerns.setdefault(a, []).append(f"(LIG O {b:o} O {LIGATURES[text]:o})")
        elif len(glyphs) == 2:
            kern = glyphs[0][1] - widths[cmap[ord(codes[a])]][0]
            if kern:
                kerns.setdefault(a, []).append(f"(KRN O {b:o} R {kern / em:.5f})")
    for letter, code in AFTER_FF.items():
        if code in joined and 0x1B in joined:
            kerns.setdefault(0x1B, []).append(f"(LIG O {ord(letter):o} O {code:o})")
    space = widths[cmap[0x20]][0] / em
    lines = ["(FAMILY SIDEBOOK)", "(DESIGNSIZE R 10.0)", "(FONTDIMEN", f"(SPACE R {space:.5f})",
             f"(STRETCH R {space / 2:.5f})", f"(SHRINK R {space / 3:.5f})", "(XHEIGHT R 0.48)",
             "(QUAD R 1.0)", f"(EXTRASPACE R 0))", "(LIGTABLE"]
    for code, steps in kerns.items():
        lines += [f"(LABEL O {code:o})", *steps, "(STOP)"]
    lines.append(")")
    names, unicode = ["/.notdef"] * 256, []
    for code, char in sorted(codes.items() | {(c, t) for c, (_, t) in joined.items()}):
        if code in joined and len(char) == 1:
            continue
        glyph = joined[code][0][0] if code in joined else order[cmap[ord(char)]]
        name = font.getGlyphName(glyph)
        box = glyf[name]
        top, bottom = getattr(box, "yMax", 0) or 0, getattr(box, "yMin", 0) or 0
        lines.append(f"(CHARACTER O {code:o} (CHARWD R {widths[name][0] / em:.5f}) "
                     f"(CHARHT R {max(top, 0) / em:.5f}) (CHARDP R {max(-bottom, 0) / em:.5f}))")
        names[code] = f"/index{glyph}"
        unicode.append(rf"\pdfglyphtounicode{{index{glyph}}}{{"
                       + " ".join(f"{ord(c):04X}" for c in char) + "}")
    (work / "sidebook.pl").write_text("\n".join(lines) + "\n")
    (work / "sidebook.enc").write_text("/SideBook [\n" + "\n".join(names) + "\n] def\n")
    (work / "sidebook-unicode.tex").write_text("\n".join(dict.fromkeys(unicode)) + "\n")
    subprocess.run(["pltotf", "sidebook.pl", "sidebook.tfm"], cwd=work, check=True,
                   capture_output=True)
    font["OS/2"].version = 3  # pdfTeX knows no later one; the outlines are the same
    font["OS/2"].fsSelection &= 0x7F
    font.save(work / "sidebook.ttf")


def write_patterns(work: pathlib.Path) -> None:
    """tandem's British patterns, for a TeX whose installation has none."""
    text = pathlib.Path("/usr/share/hyphen/hyph_en_GB.dic").read_text("iso-8859-1")
    patterns = [line for line in text.splitlines()[1:] if re.fullmatch(r"[.a-z0-9]+", line)]
    (work / "sidehyph.tex").write_text("\\patterns{\n" + "\n".join(patterns) + "\n}\n")
    (work / "language.dat").write_text("english hyphen.tex\n=usenglish\nbritish sidehyph.tex\n")


def main() -> None:
    project, work = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    measure = float(sys.argv[3])
    margin = (210 - measure) / 2
    paragraphs = prose(project / "content/modules")
    (work / "prose.txt").write_text("\n".join(paragraphs) + "\n")
    write_tandem(project, work / "tandem", paragraphs, margin)
    write_typst(work / "prose.typ", paragraphs, margin)
    write_latex(work / "prose.tex", paragraphs, measure)
    write_metrics(work)
    write_patterns(work)


if __name__ == "__main__":
    main()
