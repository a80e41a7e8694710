#!/usr/bin/python3
"""Outline, page labels, contents and links, as pdf.js finds them: each leads to where its words
stand. Usage: check_navigation.py COURSE OUT CACHE [--self-test]"""
import copy
import pathlib
import re
import sys

from markdown_words import normal, read_module
from pdf_file import Element
from readers import Report, editions, load_course

NEAR = 80  # points between a destination and the heading's first line, at most


def roman(number):
    out = ""
    for value, letters in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while number >= value:
            out, number = out + letters, number - value
    return out


def headings(edition, course):
    """(level, words) of chapters and sections, in the order of the sources; and the words of those
    that a report shows only where something holds."""
    found, perhaps = [], set()
    for name in edition.modules:
        reader = read_module(pathlib.Path(course), name, edition.facilitator)
        for unit in reader.units:
            if unit.kind in ("title", "h1", "h2") and edition.shows(unit):
                found.append((2 if unit.kind == "h2" else 1, unit))
            elif unit.kind == "h2" and unit.conditional:
                perhaps.add(unit.pieces[0])
    return found, perhaps


def check_labels(edition, seen, report):
    """Roman before the first chapter, then 1, 2, …"""
    labels = seen["labels"] or []
    first = next((i for i, label in enumerate(labels) if label == "1"), None)
    if not report(first is not None, f"{edition.path}: no page is labelled 1"):
        return
    expected = [roman(i + 1) for i in range(first)]
    expected += [str(i + 1) for i in range(len(seen["pages"]) - first)]
    report(labels == expected, f"{edition.path}: page labels {labels[:6]} … {labels[-1:]}")


def stands_at(page, words, top):
    """The words begin a line at or just below a height of the page: upwards is plus."""
    ordered = sorted(page["lines"], key=lambda line: (-round(line[2]), line[1]))
    near = " ".join(text for text, _, y in ordered if top - NEAR <= y <= top + 2)
    return words in normal(near)


def checked(seen):
    """The entries of the outline that are as deep as the contents."""
    return [entry for entry in seen["outline"] if entry["level"] <= 2]


def check_outline(edition, seen, expected, perhaps, report):
    outline = [entry for entry in checked(seen) if normal(entry["title"]) not in perhaps]
    if edition.contents:
        outline = [entry for entry in outline if entry["title"] != "Contents"]
    report(len(outline) >= len(expected),
           f"{edition.path}: {len(outline)} entries of the outline for {len(expected)} headings")
    position = (0, 10000)
    for (level, unit), entry in zip(expected, outline):
        title = re.sub(r"^\d+[\s.]+", "", entry["title"])
        report(normal(title).startswith(unit.pieces[0]) and entry["level"] == level,
               f"{edition.path}: outline has “{entry['title']}” for {unit}")
        if not report(entry.get("page") is not None, f"{edition.path}: {unit} leads nowhere"):
            continue
        report(stands_at(seen["pages"][entry["page"]], unit.pieces[0], entry["top"]),
               f"{edition.path}: {unit} does not stand where the outline leads")
        now = (entry["page"], -entry["top"])
        report(position <= now or position[1] == 10000,
               f"{edition.path}: the outline goes back at {unit}")
        position = now


def contents_entries(pdf):
    texts = pdf.texts()
    for element in pdf.structure().walk():
        if element.role == "TOCI":
            leaf = [texts.get(key, "").strip() for key in element.marked()]
            links = [kid for part in element.walk() for kid in part.kids if isinstance(kid, str)]
            yield " ".join(part for part in leaf[:-1] if part), leaf[-1], links


def link_page(pdf, reference, names):
    note = pdf.resolve(reference)
    action = pdf.resolve(note.get("/A", {}))
    target = note.get("/Dest", action.get("/D"))
    if isinstance(target, str):
        target = names.get(target)
    return None if target is None else pdf.page_numbers.get(target[0])


def destination_names(pdf):
    """The name tree of destinations, flat."""
    names = {}

    def walk(node):
        node = pdf.resolve(node)
        pairs = pdf.resolve(node.get("/Names", []))
        for i in range(0, len(pairs), 2):
            value = pdf.resolve(pairs[i + 1])
            names[pairs[i]] = value["/D"] if isinstance(value, dict) else value
        for kid in pdf.resolve(node.get("/Kids", [])):
            walk(kid)
    walk(pdf.resolve(pdf.root.get("/Names", {})).get("/Dests", {}))
    return names


def check_contents(edition, pdf, seen, expected, report):
    """The numbers printed in the contents are the labels of the pages that hold the headings."""
    entries, names = list(contents_entries(pdf)), destination_names(pdf)
    report(len(entries) == len(expected),
           f"{edition.path}: {len(entries)} lines of contents for {len(expected)} headings")
    outline = checked(seen)
    for (_, unit), (words, label, links), entry in zip(expected, entries, outline):
        report(unit.pieces[0] in normal(words),
               f"{edition.path}: contents have “{words}” for {unit}")
        page = entry.get("page")
        report(page is not None and seen["labels"][page] == label,
               f"{edition.path}: contents say {label} for {unit}")
        report(links, f"{edition.path}: contents do not link to {unit}")
        for link in links:
            report(link_page(pdf, link, names) == page,
                   f"{edition.path}: the contents' link to {unit} leads to another page")


def check_links(edition, seen, course, report):
    urls, targets, count = set(), 0, 0
    for name in edition.modules:
        reader = read_module(pathlib.Path(course), name, edition.facilitator)
        urls |= reader.urls
        targets += len(reader.targets)
    used = set()
    for number, page in enumerate(seen["pages"], 1):
        for link in page["links"]:
            count += 1
            where = f"{edition.path}: page {number}"
            left, low, right, high = link["rect"]
            report(right - left > 2 and high - low > 4, f"{where}: a link of no size")
            if link["url"] is None:
                report(link["to"] is not None, f"{where}: a link leads nowhere")
            else:
                used.add(link["url"].rstrip("/"))
                report(link["url"].rstrip("/") in {url.rstrip("/") for url in urls},
                       f"{where}: {link['url']} is not in the sources")
    for url in urls:
        report(url.rstrip("/") in used, f"{edition.path}: no link to {url}")
    return count


def check(edition, course, report, seen=None):
    seen = seen or edition.pdfjs()
    expected, perhaps = headings(edition, course)
    report(len(seen["pages"]) == edition.page_count, f"{edition.path}: pages missing")
    if edition.cover:
        check_labels(edition, seen, report)
    check_outline(edition, seen, expected, perhaps, report)
    if edition.contents:
        check_contents(edition, edition.pdf(), seen, expected, report)
    return check_links(edition, seen, course, report)


def self_test(edition, course):
    """An entry of the outline, a label or a link changed: each must be noticed."""
    def misplace(seen):
        checked(seen)[5]["page"] += 1

    def rename(seen):
        checked(seen)[3]["title"] = "Something else"

    def relabel(seen):
        seen["labels"][7] = "99"

    def unlink(seen):
        next(p for p in seen["pages"] if p["links"])["links"][0].update(to=None, url=None)

    def stray(seen):
        next(p for p in seen["pages"] if p["links"])["links"][0]["url"] = "https://example.net"
    for damage in (misplace, rename, relabel, unlink, stray):
        seen, report = copy.deepcopy(edition.pdfjs()), Report()
        damage(seen)
        check(edition, course, report, seen)
        assert report.problems, f"{damage.__name__} went unnoticed"
    return 0


def main():
    course, out, cache = sys.argv[1:4]
    found = editions(out, cache, load_course(course))
    if "--self-test" in sys.argv:
        return self_test(next(e for e in found if e.contents), course)
    report = Report()
    count = sum(check(edition, course, report) for edition in found)
    return report.finish(f"{count} links in {len(found)} PDFs")


if __name__ == "__main__":
    sys.exit(main())
