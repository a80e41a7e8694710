"""Trackers of many invented people against a spreadsheet that is not ours.

    check.py TANDEM TEMPLATES FOLDER [PEOPLE]
    check.py --can-fail TANDEM TEMPLATES FOLDER

The second lies in one result of one tracker, which has to be noticed in it and on its page.

1. Every formula of a tracker holds what LibreOffice computes when it is made to, batch by batch: in
   those of the first 120 people, which is what the time goes into; in all, where PEOPLE is given.
2. The figures in everybody's PDF are the tracker's, digit for digit.
3. In some of them, answers are replaced by others through openpyxl and LibreOffice recalculates: the
   results are those that `tandem build` gives for these answers.

Exit code 1 if anything differs, or if nothing was compared."""

import concurrent.futures
import datetime
import decimal
import pathlib
import random
import re
import shutil
import subprocess
import sys
import warnings
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import course  # noqa: E402
import reader  # noqa: E402
from compare_recalculated import make_profile  # noqa: E402

BATCH, CHANGED, PEOPLE, RECALCULATED = 60, 12, 200, 120
AS_OF = (datetime.date(2026, 8, 20) - datetime.date(1899, 12, 30)).days
warnings.filterwarnings("ignore", module="openpyxl")


class Check:
    def __init__(self, tandem, templates, folder, people=PEOPLE, recalculated=RECALCULATED):
        self.tandem, self.templates = tandem, templates
        self.folder, self.people, self.recalculated = folder, people, recalculated
        self.wrong = self.formulas = self.digits = self.changed = 0

    def differ(self, message):
        self.wrong += 1
        if self.wrong <= 20:
            print(message)

    # --- building

    def build(self, name, persons):
        folder = self.folder / name
        course.write_course(folder)
        for identity, files in persons.items():
            course.write_person(folder, identity, files)
        shutil.copytree(self.templates, folder / "templates")
        done = subprocess.run([self.tandem, "build", "--course", folder, "--out", folder / "out"],
                              stderr=subprocess.PIPE, text=True)
        if done.returncode:
            sys.exit(f"tandem build failed:\n{done.stderr[-2000:]}")
        return folder / "out"

    def recalculate(self, files, name):
        """In batches; TODAY() is held at the date that the files hold."""
        frozen, out = self.folder / f"{name}.frozen", self.folder / f"{name}.recalculated"
        frozen.mkdir()
        copies = []
        for identity, file in files.items():
            copies.append(frozen / f"{identity}.xlsx")
            freeze(file, copies[-1])
        batches = [copies[start:start + BATCH] for start in range(0, len(copies), BATCH)]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            list(pool.map(convert, batches, [out] * len(batches), range(len(batches))))
        return out

    # --- the three comparisons

    def compare(self, identity, file, recalculated):
        ours, formulas, names = reader.read(file)
        theirs, _, _ = reader.read(recalculated)
        for place in formulas:
            self.formulas += 1
            if not alike(ours[place], theirs.get(place)):
                self.differ(f"{identity}: {place[0]}!{place[1]} holds {ours[place]!r}, "
                            f"recalculated {theirs.get(place)!r}")
        return ours, names

    def compare_page(self, identity, values, names, report):
        text = subprocess.run(["pdftotext", "-layout", report, "-"], stdout=subprocess.PIPE,
                              text=True, check=True).stdout
        for shown in course.shown():
            found = re.search(rf"^ *{re.escape(shown)}(?: +(\S.*?))? *$", text, re.M)
            expected = page_text(shown, values, names)
            got = found.group(1) or "" if found else None
            self.digits += bool(got)
            if got != expected:
                self.differ(f"{identity}: {shown} is {got!r} on the page, {expected!r} in the tracker")

    def change(self, out, identity, seed):
        """Other answers into a tracker; gives back what they are as answers of a person."""
        import openpyxl
        dice = random.Random(seed)
        book = openpyxl.load_workbook(out / identity / "tracker.xlsx")
        files = {}
        for who, day in (("assistant", 10), ("executive", 15)):
            answers = {"week": {}, "wish": {}}
            for i in range(course.ITEMS):
                answers["week"][f"s{i}"] = dice.choice([None, 1, 2, 3, 4, 5])
            for item in ("honesty", "growth", "limits"):
                answers["wish"][item] = {ask: dice.choice([None, 1, 2, 3, 4, 5])
                                         for ask in ("importance", "now")}
            if who == "assistant":
                answers["ready-list"] = {i: dice.choice([None, 0, 1, 2]) for i in ("one", "two", "three")}
                answers["pay"], answers["hours"], answers["share"] = \
                    dice.randint(20000, 90000), dice.randint(1, 60), dice.randint(1, 100)
            files[f"2026-02-{day}.{who}"] = answers
            fill(book, answers, who)
        name = self.folder / f"changed-{identity}.xlsx"
        book.save(name)
        return name, files

    def compare_changed(self, identity, recalculated, built):
        theirs, _, names = reader.read(recalculated)
        ours, _, our_names = reader.read(built)
        for name in results(our_names):
            first, second = reader.cells_of(our_names[name])[0], reader.cells_of(names[name])[0]
            self.changed += ours[first] not in (None, "")
            if not alike(ours[first], theirs.get(second)):
                self.differ(f"{identity}, changed: {name} is {theirs.get(second)!r}, tandem gives "
                            f"{ours[first]!r}")

    def can_fail(self):
        """A tracker with a wrong stage must differ from what is recalculated and from its page."""
        from openpyxl import load_workbook
        out = self.build("course", {"p001": course.person(1)})
        file, lie = out / "p001" / "tracker.xlsx", self.folder / "lie.xlsx"
        recalculated = self.recalculate({"p001": file}, "all") / "p001.xlsx"
        sheet, cell = reader.cells_of(reader.read(file)[2]["t_stage__assistant"])[0]
        number = 1 + load_workbook(file).sheetnames.index(sheet)
        rewrite(file, lie, f"xl/worksheets/sheet{number}.xml",
                rb'(<c r="%s"[^>]*><f>[^<]*</f><v>)[^<]*' % cell.encode(), rb"\g<1>4.75")
        self.compare("p001", file, recalculated)
        right = self.wrong
        values, names = self.compare("p001", lie, recalculated)
        noticed = self.wrong
        self.compare_page("p001", values, names, out / "p001" / "report.pdf")
        return int(right != 0 or noticed != 1 or self.wrong != 2)

    def run(self):
        persons = {f"p{seed:03}": course.person(seed) for seed in range(self.people)}
        out = self.build("course", persons)
        files = {identity: out / identity / "tracker.xlsx" for identity in persons}
        some = dict(list(files.items())[:self.recalculated])
        recalculated = self.recalculate(some, "all")
        for identity, file in files.items():
            if identity in some:
                values, names = self.compare(identity, file, recalculated / f"{identity}.xlsx")
            else:
                values, _, names = reader.read(file)
            self.compare_page(identity, values, names, out / identity / "report.pdf")
        # Of people with one sitting, so that what is filled in anew is all there is.
        few = [i for i in persons if len({f[:7] for f in persons[i]}) == 1][:CHANGED]
        changed = {i: self.change(out, i, 1000 + n) for n, i in enumerate(few)}
        anew = self.recalculate({i: file for i, (file, _) in changed.items()}, "changed")
        again = self.build("again", {i: with_logs(files, persons[i]) for i, (_, files) in changed.items()})
        for identity in few:
            self.compare_changed(identity, anew / f"{identity}.xlsx", again / identity / "tracker.xlsx")
        print(f"{len(persons)} people: {self.formulas} formulas recalculated in {len(some)} trackers, "
              f"{self.digits} figures on pages, {self.changed} results of changed answers, {self.wrong} differ")
        return self.wrong or not (self.formulas and self.digits and self.changed)


def convert(files, out, number):
    """One run of LibreOffice, which needs a profile of its own."""
    place = out.with_name(f"{out.name}.profile-{number}")
    place.mkdir()
    subprocess.run(["soffice", f"-env:UserInstallation=file://{make_profile(place)}", "--headless",
                    "--convert-to", "xlsx", "--outdir", out, *files],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=900)


def rewrite(file, copy, part, pattern, words):
    """A copy in which one part, or all whose names begin so, has other words."""
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
        for entry in source.namelist():
            data = source.read(entry)
            target.writestr(entry, re.sub(pattern, words, data) if entry.startswith(part) else data)


def freeze(file, copy):
    """A copy with its own date as today's, and without charts and pictures, which nothing here reads."""
    def words(found):
        return b"<f>%d+0</f>" % AS_OF if found.group() == b"<f>TODAY()</f>" else b""
    rewrite(file, copy, "xl/worksheets/", rb"<f>TODAY\(\)</f>|<(?:legacyD|d)rawing [^>]*/>", words)


def alike(ours, theirs):
    if ours in (None, "") and theirs in (None, ""):
        return True
    if isinstance(ours, float) and isinstance(theirs, float):
        return abs(ours - theirs) <= 1e-12 * max(1.0, abs(ours))
    return type(ours) is type(theirs) and ours == theirs


def cells(book, name):
    sheet, area = next(iter(book.defined_names[name].destinations))
    found = book[sheet][area.replace("$", "")]
    return list(found[0]) if isinstance(found, tuple) else [found]


def fill(book, answers, who):
    for item, value in answers["week"].items():
        cells(book, f"t_week__{item}__{who}")[0].value = value
    for item, asks in answers["wish"].items():
        for ask, value in asks.items():
            cells(book, f"t_wish__{item}__{ask}__{who}")[0].value = value
    for item, value in answers.get("ready-list", {}).items():
        cells(book, f"t_ready_list__{item}__{who}")[0].value = value
    for field in ("pay", "hours", "share"):
        if field in answers:
            cells(book, f"t_{field}")[0].value = answers[field] / (100 if field == "share" else 1)


def with_logs(files, before):
    """The new answers, and the logs that were there before."""
    logs = {key: rows for answers in before.values() for key, rows in answers.items()
            if isinstance(rows, list)}
    files = dict(files)
    first = sorted(files)[0]
    files[first] = {**files[first], **logs}
    return files


def results(names):
    found = [n for n in names if re.match(r"t_(stage|views|parts__\w+|ready|pooled)__(assistant|executive)$", n)]
    return found + ["t_hour_cost", "t_worth", "t_quarter_hours", "t_level"]


def latest(values, reference):
    """The last of a row of sittings that shows anything."""
    shown = [values.get(place) for place in reader.cells_of(reference)]
    shown = [value for value in shown if value not in (None, "")]
    return shown[-1] if shown else ""


def page_text(shown, values, names):
    """What the page ought to print for a cell's value."""
    score = re.fullmatch(r"score\.([a-z]+)(?:\.([a-z]+))?\.value@(\w+)", shown)
    if score:
        name = "__".join(part for part in score.groups() if part)
        value = latest(values, names.get(f"t_{name}", "")) if f"t_{name}" in names else ""
        if not isinstance(value, float):
            return ""
        decimals = {"stage": 1, "views": 2, "pooled": 3, "ready": 0, "parts": 0}[score.group(1)]
        return rounded(value * 100, 0) + "%" if score.group(1) == "parts" else rounded(value, decimals)
    value = values.get(reader.cells_of(names["t_" + shown.replace("-", "_")])[0])
    if not isinstance(value, float):
        return ""
    decimals = {"hour-cost": 2, "worth": 0, "quarter-hours": 1}[shown]
    return ("" if shown == "quarter-hours" else "£") + rounded(value, decimals)


def rounded(value, decimals):
    """Half away from zero, from 15 digits, grouped as in English."""
    exact = decimal.Decimal(f"{value:.15g}")
    return f"{exact.quantize(decimal.Decimal(1).scaleb(-decimals), decimal.ROUND_HALF_UP):,}"


def main(words):
    can_fail = words[0] == "--can-fail" and bool(words.pop(0))
    target = pathlib.Path(words[2])
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    check = Check(words[0], words[1], target, *[int(word) for word in words[3:4] * 2])
    return check.can_fail() if can_fail else int(bool(check.run()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
