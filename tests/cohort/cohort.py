"""Reports on cohorts and their data, end to end: what is made, whether figures are those of the
answers, and whether what is told gives small groups away."""
import csv
import hashlib
import io
import itertools
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import openpyxl

import course

TANDEM, TEMPLATES = sys.argv[1], sys.argv[2]
BANDS = [("Tell", 2.0), ("Explain", 3.0), ("Consult", 4.0), ("Empower", 5.0)]
DATA = """  - {xlsx: book, sheets: [roster, distribution, movement, gaps, participants, answers], each: cohort}
  - {data: answers, each: cohort}
  - {data: words, each: cohort, texts: true}
"""
WISHES = ['hope: "=1+1"\n', 'hope: "@SUM(A1)"\n', 'hope: |\n  -2 \\"quoted\\", and\n  two lines\n',
          'hope: Plain words, with a comma\nsecret: Mine alone\n', 'hope: "\\tTabbed"\n',
          'hope: Müller; “x”\nwins: [{what: "+44", minutes: -5}]\n']


def build(folder, *options):
    done = subprocess.run([TANDEM, "build", "--course", folder, *options], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return pathlib.Path(folder) / "out"


def files(out):
    return {str(file.relative_to(out)): file.read_bytes() for file in sorted(out.rglob("*"))
            if file.is_file()}


def rounded(points):
    return int(sum(points) / len(points) * 10 + 0.5 + 1e-9) / 10


def band(points):
    return next(name for name, to in BANDS if rounded(points) <= to)


def text_of(path):
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


def tables(path, first="Result"):
    """Every table of a report: {(label, column): text}."""
    found, heads = [], None
    for line in text_of(path).splitlines():
        cells = re.split(r"\s{2,}", line.strip())
        if cells[0] == first:
            heads = cells[1:]
            found.append({})
        elif heads and len(cells) == len(heads) + 1:
            for head, cell in zip(heads, cells[1:]):
                found[-1][cells[0], head] = cell
            heads = None if cells[0] == "Mean" else heads
        elif line.strip():
            heads = None
    return found


def bands_of(label):
    first, _, last = label.partition(" – ")
    names = [name for name, _ in BANDS]
    if first not in names:
        return None
    return names[names.index(first):names.index(last or first) + 1]


def check_figures(out, people, cohorts, sittings=("Start", "End")):
    """Counts are true, and nothing that is told is of 1 to 4, by itself or all less the others."""
    told = {}
    for cohort in [*cohorts, "all"]:
        shown = 0
        for table in tables(out / f"cohort/{cohort}/cohort-report.pdf"):
            for (label, head), cell in table.items():
                if not bands_of(label) or not cell.isdigit():
                    continue
                told[cohort, head, label] = int(cell)
                shown += 1
        assert shown or cohorts.get(cohort, 0) < 40 or cohort == "all", f"{cohort} shows nothing"
    for (cohort, head, label), count in told.items():
        s = sittings.index(head)
        answered = {name: [band(given[s, "assistant"]) for c, given in people.values()
                           if c == name and (s, "assistant") in given] for name in [*cohorts, None]}
        counts = {name: sum(result in bands_of(label) for result in results) for name, results in answered.items()}
        true = {counts.get(cohort)}
        if cohort == "all":  # those whose bands are told of nowhere may be left out, some and not others
            dark = [name for name in answered if not any(c == name and h == head for c, h, _ in told)]
            lit = sum(counts[name] for name in answered if name not in dark)
            true = {lit + sum(counts[name] for name in some) for size in range(len(dark) + 1)
                    for some in itertools.combinations(dark, size)}
        assert count in true, (cohort, head, label, count, true)
        assert count == 0 or count >= 5, (cohort, head, label, count)
    for (cohort, head, label), count in told.items():
        if cohort == "all":
            rest = count - sum(n for (c, h, l), n in told.items() if c != "all" and h == head and l == label)
            assert rest <= 0 or rest >= 5, ("all less the others", head, label, rest)
    return len(told)


def check_made(folder, people):
    out = build(folder)
    made = files(out)
    names = sorted({cohort for cohort, _ in people.values() if cohort}) + ["all"]
    want = {f"cohort/{name}/{file}" for name in names for file in
            ("cohort-report.pdf", "moved.pdf", "roster.pdf", "book.xlsx", "answers.csv", "answers.json", "words.csv", "words.json")}
    assert set(made) == want | {"manifest.json"}, set(made) ^ want
    manifest = json.loads(made["manifest.json"])["files"]
    assert {entry["path"]: entry["cohort"] for entry in manifest} == {path: path.split("/")[1] for path in want}
    for entry in manifest:
        bytes_ = made[entry["path"]]
        assert entry["size"] == len(bytes_) and entry["sha256"] == hashlib.sha256(bytes_).hexdigest(), entry["path"]
    with tempfile.TemporaryDirectory() as other:
        again = files(build(folder, "--out", other, "--jobs", "3") and pathlib.Path(other))
    assert again == made, "another number of threads, other bytes"
    with tempfile.TemporaryDirectory() as other:
        build(folder, "--out", other, "--participant", next(iter(people)))
        assert list(files(pathlib.Path(other))) == ["manifest.json"], "a participant alone makes no cohort"
    with tempfile.TemporaryDirectory() as other:
        build(folder, "--out", other, "--only", "roster")
        only = files(pathlib.Path(other))
        assert set(only) == {f"cohort/{name}/roster.pdf" for name in names} | {"manifest.json"}
        assert all(only[path] == made[path] for path in only if path != "manifest.json"), "--only, other bytes"
    return out


def check_roster(out, people):
    text = text_of(out / "cohort/autumn/roster.pdf")
    for who, (cohort, given) in people.items():
        assert (f"({who})" in text) == (cohort == "autumn"), who
    missing = sum(4 - len(given) for cohort, given in people.values() if cohort == "autumn")
    assert text.count("—") == missing, (text.count("—"), missing)
    for cohort in ("autumn", "tiny"):
        text = text_of(out / f"cohort/{cohort}/cohort-report.pdf")
        assert ("This is a small one" in text) == (cohort == "tiny") == ("There are enough" not in text), cohort
        assert f"{cohort}:" in text
    for anonymous in ("cohort-report", "moved"):
        assert not re.search(r"Person \d|p0\d{4}", text_of(out / f"cohort/autumn/{anonymous}.pdf"))


def check_data(out, people):
    points = {"knew": 0, "began": 1, "asked": 2}
    for cohort in ("autumn", "all"):
        plain = (out / f"cohort/{cohort}/answers.csv").read_bytes()
        assert plain.startswith(b"\xef\xbb\xbfparticipant,cohort,") and b"hope" not in plain and b"secret" not in plain
        rows = list(csv.DictReader(io.StringIO(plain.decode("utf-8-sig"), newline="")))
        objects = json.loads((out / f"cohort/{cohort}/answers.json").read_text())
        assert len(rows) == len(objects)
        seen = {}
        for row, one in zip(rows, objects):
            assert list(row) == list(one)
            assert row["participant"] == one["participant"] and (row["row"] or None) == (str(one["row"]) if one["row"] else None)
            if row["question"] == "week":
                key = row["participant"], ("start", "end").index(row["sitting"]), row["respondent"]
                seen.setdefault(key, {})[row["item"]] = int(row["value"])
                assert one["value"] == int(row["value"]) == one["scored"]
                assert row["label"] == ["Never", "Rarely", "Sometimes", "Often", "Always"][one["value"] - 1]
                assert row["date"] == ("2026-01-10", "2026-05-10")[key[1]] and row["cohort"] == (people[key[0]][0] or "")
        want = {(who, *key): dict(zip(points, given[key])) for who, (name, given) in people.items()
                for key in given if cohort in (name, "all")}
        assert seen == want, "answers differ"
        assert [row["participant"] for row in rows] == sorted(row["participant"] for row in rows)
    words = (out / "cohort/all/words.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(words, newline="")))
    objects = json.loads((out / "cohort/all/words.json").read_text())
    assert "Mine alone" not in words and "Mine alone" not in json.dumps(objects)
    risky = 0
    for row, one in zip(rows, objects):
        if isinstance(one["value"], str):
            risk = one["value"][:1] in "=+-@\t\r\n"
            assert row["value"] == ("'" if risk else "") + one["value"], (row, one)
            risky += risk
        for cell in row.values():
            assert not cell or cell[0] not in "=+@\t\r" and (cell[0] != "-" or re.fullmatch(r"-[\d.]+", cell)), cell
    assert risky > 20, risky
    assert {one["value"] for one in objects if one["item"] == "minutes"} == {-5}


def check_workbook(out, people):
    """Sheets of participants hold what the data files hold; sheets of groups nothing small."""
    for cohort in ("autumn", "all", "tiny"):
        book = openpyxl.load_workbook(out / f"cohort/{cohort}/book.xlsx")
        sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
        assert list(sheets) == ["Roster", "Distribution", "Movement", "Widest gaps", "Participants", "Answers"], list(sheets)
        rows = {row[0]: row for row in sheets["Participants"][3:]}
        assert set(rows) == {who for who, (name, _) in people.items() if cohort in (name, "all")}
        heads = sheets["Participants"][2]
        for who, row in rows.items():
            for s, title in enumerate(("Start", "End")):
                points = people[who][1].get((s, "assistant"))
                value = row[heads.index(f"Stage: {title}, Assistant")]
                assert (value is None) == (points is None) and (points is None or abs(value - rounded(points)) < 1e-9)
                assert row[heads.index(f"Stage: {title}, Assistant, Stage")] == (points and band(points))
        answers = {(row[0], ("start", "end").index(row[3]), row[2], row[6]): (row[8], row[10]) for row in sheets["Answers"][3:]}
        data = json.loads((out / f"cohort/{cohort}/answers.json").read_text())
        assert answers == {(one["participant"], ("start", "end").index(one["sitting"]), one["respondent"], one["item"]):
                           (one["value"], one["scored"]) for one in data if one["question"] == "week"}
        for name in ("Distribution", "Movement", "Widest gaps"):
            counts = [cell for row in sheets[name] for cell in row[1:] if isinstance(cell, int)
                      and row[0] not in ("Mean", "Mean change", "Response") and name != "Widest gaps"]
            assert all(count == 0 or count >= 5 for count in counts), (cohort, name, counts)
            assert bool(counts) == (cohort != "tiny" and name != "Widest gaps"), (cohort, name)
        assert not any(isinstance(cell.value, str) and cell.data_type == "f" for sheet in book for row in sheet for cell in row)


def main():
    with tempfile.TemporaryDirectory() as folder:
        people = course.make(folder, TEMPLATES, {"autumn": 40, "spring": 30, "tiny": 3, None: 2},
                             course.MATERIALS + DATA, absent=0.04, wishes=WISHES)
        out = check_made(folder, people)
        check_roster(out, people)
        check_data(out, people)
        check_workbook(out, people)
    told = 0
    sizes = [{"a": 12, "b": 3}, {"a": 60, "b": 45, "c": 20, "d": 4, "e": 4}, {"a": 15, None: 6},
             {"a": 200, "b": 90, "c": 8}, {"a": 4}, {"a": 25, "b": 25, "c": 25, "d": 25}]
    for seed, (cohorts, absent) in enumerate(itertools.product(sizes, (0.0, 0.07))):
        with tempfile.TemporaryDirectory() as folder:
            people = course.make(folder, TEMPLATES, cohorts, course.MATERIALS.splitlines(True)[0], seed=seed,
                                 absent=absent)
            told += check_figures(build(folder), people, {c: n for c, n in cohorts.items() if c})
    assert told > 60, f"only {told} figures were told"
    print(f"cohorts: {told} counts told, none of them small")


main()
