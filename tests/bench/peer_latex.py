"""The same prose as LaTeX source with hyperref's form fields: a text field for each line to fill in, radio
buttons for ratings, boxes to tick. pdfLaTeX writes no structure tree. The pages are comparable, not alike."""
import pathlib
import re

PREAMBLE = r"""\documentclass[a4paper,11pt]{article}
\usepackage[margin=27mm]{geometry}
\usepackage{textcomp,longtable,array}
\usepackage[hidelinks]{hyperref}
\setlength{\parindent}{0pt}\setlength{\parskip}{6pt}
\renewcommand{\LayoutTextField}[2]{#2}\renewcommand{\LayoutCheckField}[2]{#2}
\renewcommand{\LayoutChoiceField}[2]{#2}
\newcommand{\oneline}[2]{#2\\\TextField[name=#1,width=150mm,height=7mm,borderwidth=0]{}\par}
\newcommand{\prose}[2]{\TextField[name=#1,width=150mm,height=#2,multiline=true,borderwidth=0]{}\par}
\newcommand{\tick}[2]{\CheckBox[name=#1,width=3.4mm,height=3.4mm]{}\hspace{2mm}#2\par}
\newcommand{\rate}[2]{\begin{minipage}{100mm}\raggedright #2\end{minipage}\hfill
 \ChoiceMenu[radio,radiosymbol=l,name=#1,width=3.4mm,height=3.4mm]{}{{}=1,{}=2,{}=3,{}=4,{}=5}\par}
\begin{document}
\begin{Form}
\tableofcontents
"""
SPECIAL = {"\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{",
           "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "£": r"\pounds{}", "÷": "/",
           "×": "x", "−": "--", "…": r"\ldots{}", "“": "``", "”": "''", "’": "'", "‘": "`", "–": "--", "—": "---"}


def inline(text):
    text = re.sub(r"\{[#.][^}]*\}", "", text).strip()
    text = re.sub(r"\{\{([^}|]*)(?:\|([^}]*))?\}\}", lambda m: m.group(2) or m.group(1), text)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)|\[\^[^\]]*\]", lambda m: m.group(1) or "", text)
    bold = re.sub(r"\*\*(.+?)\*\*", "\x01\\1\x02", text)
    bold = re.sub(r"\*(.+?)\*", "\x03\\1\x02", bold)
    text = "".join(SPECIAL.get(character, character if ord(character) < 0x80 else "e") for character in bold)
    return text.replace("\x01", r"\textbf{").replace("\x03", r"\emph{").replace("\x02", "}")


def cells(row):
    return [inline(cell) for cell in row.strip().strip("|").split("|")]


class Writer:
    def __init__(self):
        self.lines, self.fields, self.rows, self.blocks = [], 0, [], []

    def name(self):
        self.fields += 1
        return f"f{self.fields}"

    def table(self):
        head, body = cells(self.rows[0]), [cells(row) for row in self.rows[2:]]
        width = 145 / len(head) - 4
        empty = re.search(r"rows=(\d+)", " ".join(self.blocks))
        field = r"\TextField[name=%s,width=" + f"{width:.0f}mm" + r",height=6mm,borderwidth=0]{}"
        body += [[field % self.name() for _ in head] for _ in range(int(empty[1]) if empty else 0)]
        column = r">{\raggedright\arraybackslash}p{" + f"{width:.0f}mm" + "}"
        self.lines += [r"\begin{longtable}{" + column * len(head) + "}",
                       " & ".join(rf"\textbf{{{cell}}}" for cell in head) + r" \\ \hline \endhead"]
        self.lines += [" & ".join((row + [""] * len(head))[:len(head)]) + r" \\ \hline" for row in body]
        self.lines.append(r"\end{longtable}")
        self.rows = []

    def line(self, line):
        if self.rows and not line.startswith("|"):
            self.table()
        block = self.blocks[-1] if self.blocks else ""
        item = re.match(r"\s*(?:-|\d+\.) (?:\[ \] )?(.*)", line)
        if opening := re.match(r":::+ *\{(.*)\}", line):
            self.blocks.append(opening[1])
        elif line.startswith(":::"):
            room = re.search(r"lines=(\d+)", self.blocks.pop())
            self.lines += [rf"\prose{{{self.name()}}}{{{7 * int(room[1])}mm}}"] if room else []
        elif line.startswith("|"):
            self.rows.append(line)
        elif heading := re.match(r"(#+) (.*)", line):
            kind = ("section", "subsection", "subsubsection")[min(len(heading[1]), 3) - 1]
            self.lines += [r"\clearpage"] if kind == "section" else []
            self.lines.append(rf"\{kind}{{{inline(heading[2])}}}")
        elif item and ".rating" in block:
            self.lines.append(rf"\rate{{{self.name()}}}{{{inline(item[1])}}}")
        elif item and re.search(r"\.choice|\.checklist", block):
            self.lines.append(rf"\tick{{{self.name()}}}{{{inline(item[1])}}}")
        elif item:
            self.lines.append(r"\textbullet{} " + inline(item[1]) + r"\par")
        elif ".field" in block and line:
            self.lines.append(rf"\oneline{{{self.name()}}}{{{inline(line)}}}")
        else:
            self.lines.append(inline(line))


def latex_source(course, modules):
    writer = Writer()
    for name in modules:
        text = (pathlib.Path(course) / "content/modules" / f"{name}.md").read_text()
        for line in re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S).split("\n") + [""]:
            writer.line(line)
    return PREAMBLE + "\n".join(writer.lines) + "\n\\end{Form}\n\\end{document}\n"
