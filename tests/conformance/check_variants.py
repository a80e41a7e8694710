#!/usr/bin/python3
"""The sample in every template and language, blank and filled, conforms.
Usage: check_variants.py TANDEM PROJECT"""
import pathlib
import sys
import tempfile

import check_ua
import sample


def main():
    tandem, project = sys.argv[1:3]
    templates = sorted(path.parent.name for path in pathlib.Path(project).glob("templates/*/*.yml")
                       if path.name == "template.yml")
    languages = sorted(path.stem for path in pathlib.Path(project).glob("templates/strings/*.yml"))
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for template in templates:
            for language in languages:
                sample.build(tandem, project, pathlib.Path(folder, template, language), template,
                             language)
        paths = sorted(pathlib.Path(folder).rglob("out/*/*.pdf"))
        for path, found in check_ua.check_all(paths):
            for number, details in found.items():
                print(f"{path.relative_to(folder)}: {number}: {details[0]}")
            bad += bool(found)
    least = len(templates) * len(languages) * 2  # a template may ask for more sizes of paper
    print(f"{len(paths)} PDFs, {bad} with failures")
    return 1 if bad or len(paths) < max(least, 1) else 0


if __name__ == "__main__":
    sys.exit(main())
