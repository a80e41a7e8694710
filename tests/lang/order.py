#!/usr/bin/python3
"""Builds cases of this folder and copies their text out with poppler and with pdf.js, which turn what
runs from right to left round as readers do: letters and figures come in the order they are read in.
Marks are not compared, for poppler puts them on either side of a word. pdf.js keeps the spaces
between words of one face; mutool shows what is on the page from left to right, and each line of
one face must be the words read from its end. Columns of workbooks go the way of the language, too.
Usage: order.py TANDEM SOURCE_FOLDER PDFJS_FOLDER"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata

import openpyxl

READ = {
    "ar": ["دليل العمل المشترك", "يبدأ العمل المشترك بسؤال بسيط: ماذا يتوقع كل", "مهمة واحدة لكل سطر",
           "قارنها بما في ملف report.pdf من الصفحة 12 إلى 15. قالت:", "«لا تؤجل ‹سؤال اليوم› إلى الغد»."],
    "he": ["עבודה משותפת מתחילה בשאלה פשוטה: מה כל אחד", "בקובץ report.pdf בעמודים 12 עד 15. היא",
           "משימה אחת בכל שורה", "אני יודעת למה המנהל מצפה ממני."],
    "zh": ["合作从一个简单的问题开始", "然后与文件report.pdf第12至15页的内容进行比较"],
    "ko": ["함께 일하는 법: 첫 주", "파일 report.pdf의 12쪽부터 15쪽까지와 비교해 보십시오", "회의(會議)는 가장 짧게."],
    "ja": ["一緒に働くことは、簡単な質問から始まります。", "はっきりした期限、たとえば14:30。"],
}


# Faces that the pages must have: headings are bold in every script.
FACES = {
    "ar": ["NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold"], "he": ["NotoSansHebrew-Bold"],
    "ko": ["NanumGothic", "NanumGothicBold", "DroidSansFallback"],
}

# Words with the spaces between them, as pdf.js finds them, and mutool from their end.
WORDS = {
    "ar": ["يبدأ العمل المشترك بسؤال بسيط", "من الصفحة", "مهمة واحدة لكل سطر"],
    "he": ["עבודה משותפת מתחילה בשאלה פשוטה", "מה כל אחד מאיתנו מצפה מהאחר", "משימה אחת בכל שורה"],
}


def letters(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c)[0] in "LN")


def unpack(case: pathlib.Path, tests: pathlib.Path, course: pathlib.Path) -> None:
    shutil.copytree(tests / "base", course)
    shutil.copytree(tests.parent / "templates", course / "templates")
    for part in re.split(r"^=== ", case.read_text(), flags=re.M)[1:]:
        path, text = part.split("\n", 1)
        (course / path).parent.mkdir(parents=True, exist_ok=True)
        (course / path).write_text(text)


def read_pdfjs(tests: pathlib.Path, pdfjs: str, file: pathlib.Path, folder: str) -> str:
    out = f"{folder}/pdfjs.json"
    subprocess.run(["node", tests / "readers/pdfjs.mjs", pdfjs, file, out], check=True)
    return "\n".join(page["text"] for page in json.loads(pathlib.Path(out).read_text())["pages"])


def check_words(language: str, pdfjs: str, mutool: str) -> int:
    failed = 0
    for words in WORDS.get(language, []):
        for reader, expected, text in [("pdf.js", words, pdfjs), ("mutool", words[::-1], mutool)]:
            if expected not in text:
                print(f"{language}: {reader} does not find the words: {words}")
                failed += 1
    return failed


def check_binding(language: str, tandem: str, course: pathlib.Path) -> int:
    """The first page of a booklet is the right half of its first side, or the left one of what is
    read from right to left."""
    out = course.parent / "booklet"
    subprocess.run([tandem, "build", "--course", course, "--out", out, "--booklet"], check=True,
                   stdout=subprocess.DEVNULL)
    page = subprocess.run(["pdftotext", "-bbox", "-l", "1", out / "blank/workbook.booklet.pdf", "-"],
                          check=True, text=True, capture_output=True).stdout
    middle = float(re.search(r'<page width="([\d.]+)"', page)[1]) / 2
    halves = {float(x) > middle for x in re.findall(r'<word xMin="([\d.]+)"', page)}
    if halves != {language not in ("ar", "he")}:
        print(f"{language}: the booklet is bound on the wrong side")
        return 1
    return 0


def main() -> int:
    tandem, tests, pdfjs_folder = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
    failed = 0
    for language, phrases in READ.items():
        with tempfile.TemporaryDirectory() as folder:
            course, out = pathlib.Path(folder) / "course", pathlib.Path(folder) / "out"
            unpack(tests / "lang" / f"{language}.case", tests, course)
            subprocess.run([tandem, "build", "--course", course, "--out", out], check=True,
                           stdout=subprocess.DEVNULL)
            text = ""
            for file in out.glob("*/*.xlsx"):
                for sheet in openpyxl.load_workbook(file):
                    if bool(sheet.sheet_view.rightToLeft) != (language in ("ar", "he")):
                        print(f"{language}: the columns of '{sheet.title}' go the wrong way")
                        failed += 1
            faces = subprocess.run(["pdffonts", out / "blank/workbook.pdf"], check=True, text=True,
                                   capture_output=True).stdout
            for face in FACES.get(language, []):
                if not re.search(rf"\+{face} ", faces):
                    print(f"{language}: {face} is not used")
                    failed += 1
            blank = out / "blank/workbook.pdf"
            pdfjs = read_pdfjs(tests, pdfjs_folder, blank, folder)
            mutool = subprocess.run(["mutool", "draw", "-q", "-F", "txt", blank], check=True,
                                    text=True, capture_output=True).stdout
            failed += check_binding(language, tandem, course)
            failed += check_words(language, pdfjs, mutool)
            for phrase in phrases:
                if letters(phrase) not in letters(pdfjs):
                    print(f"{language}: pdf.js does not find: {phrase}")
                    failed += 1
            for file in sorted(out.glob("*/*.pdf")):
                text += subprocess.run(["pdftotext", file, "-"], check=True, text=True,
                                       capture_output=True).stdout
        for phrase in phrases:
            if letters(phrase) not in letters(text):
                print(f"{language}: not found in the text: {phrase}")
                failed += 1
    return failed > 0


sys.exit(main())
