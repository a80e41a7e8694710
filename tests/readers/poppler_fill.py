#!/usr/bin/python3
"""Fills a form in poppler, the reader of Evince and Okular, as a person would, and saves it.
Usage: poppler_fill.py FILE.pdf VALUES.json SAVED.pdf   (VALUES: full name → text)"""
import json
import pathlib
import sys

import gi

gi.require_version("Poppler", "0.18")
from gi.repository import Gio, Poppler  # noqa: E402


def main():
    path, wanted, saved = map(pathlib.Path, sys.argv[1:4])
    values = json.loads(wanted.read_text())
    document = Poppler.Document.new_from_file(path.resolve().as_uri(), None)
    for number in range(document.get_n_pages()):
        for mapping in document.get_page(number).get_form_field_mapping():
            if mapping.field.get_name() in values:
                mapping.field.text_set_text(values[mapping.field.get_name()])
    document.save(Gio.File.new_for_path(str(saved.resolve())).get_uri())


if __name__ == "__main__":
    main()
