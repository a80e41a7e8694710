#!/usr/bin/python3
"""Copies a course and multiplies its complete sample pair: many.py PROJECT TARGET COUNT.
Every copy has a name and some answers of its own, so that no two documents are alike."""
import pathlib
import shutil
import sys

FIRST = ["Amara", "Björn", "Chloé", "Dmitri", "Elif", "Fiona", "Grzegorz", "Hana", "Ivo", "Jūratė"]
LAST = ["Achebe", "Brandt", "Çelik", "Dvořák", "Evans", "Fischer", "García", "Hughes", "Ionescu", "Jansen"]


def main() -> None:
    project, target, count = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
    shutil.copytree(project / "content", target / "content")
    shutil.copytree(project / "templates", target / "templates")
    answers = target / "content/answers"
    model = answers / "okafor-lind"
    files = {p.name: p.read_text() for p in model.iterdir()}
    shutil.rmtree(answers)
    for number in range(count):
        folder = answers / f"pair-{number:04d}"
        folder.mkdir(parents=True)
        for name, text in files.items():
            if name == "profile.yml":
                who = f"{FIRST[number % 10]} {LAST[number // 10 % 10]}"
                lines = [f"assistant.name: {who} {number}" if line.startswith("assistant.name:") else line
                         for line in text.splitlines()]
                text = "\n".join(lines) + "\n"
            (folder / name).write_text(text)


if __name__ == "__main__":
    main()
