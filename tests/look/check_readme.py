#!/usr/bin/python3
"""Fails if templates/README.md does not list exactly the keys that the loader of templates knows,
or leaves out a word it knows. Usage: check_readme.py PROJECT"""
import pathlib
import re
import sys

CALLS = r'yaml_(?:find|read_\w+)\([^;"{]*?"([a-z0-9-]+)"|theme_read_\w+\([^;"{]*?"([a-z0-9-]+)"'


def quoted(text: str) -> set[str]:
    return set(re.findall(r'"([a-z0-9-]+)"', text))


def main() -> int:
    root = pathlib.Path(sys.argv[1])
    sources = [path.read_text() for path in sorted((root / "gen/load").glob("theme*.c"))]
    model = (root / "gen/model/theme.c").read_text()
    readme = (root / "templates/README.md").read_text()

    tables = {}
    for text in sources:
        for name, body in re.findall(r"(\w+)\[[^\]]*\] = \{([^}]*)\}", text):
            if words := quoted(body):
                tables.setdefault(name, set()).update(words)
    keys = set().union(*(words for name, words in tables.items() if name.endswith(("keys", "kinds"))))
    for text in sources:
        keys |= {a or b for a, b in re.findall(CALLS, text)}
    words = set().union(*(v for name, v in tables.items() if not name.endswith(("keys", "kinds"))))

    def named(function: str) -> set[str]:
        body = re.search(rf"\b{function}\([^)]*\) {{(.*?)\n}}", model, re.S)
        return quoted(body.group(1))

    styles, colours, running = (named(f) for f in ("style_name", "colour_name", "running_name"))
    names = set(re.findall(r'PAPER\("([a-z0-9-]+)"', model))
    papers = {name for name in names if not name.endswith("-landscape")}
    lying = {name.removesuffix("-landscape") for name in names - papers}
    keys |= colours

    rows = re.findall(r"^\| (`[^|]*?)(?: \([^|]*\))? \|", readme, re.M)
    templates = {path.name for path in (root / "templates").iterdir() if (path / "template.yml").exists()}
    listed = {word for row in rows for word in re.findall(r"`([a-z0-9-]+)`", row)} - templates
    wrong = [f"the loader knows '{key}', the README has no row for it" for key in sorted(keys - listed)]
    wrong += [f"the README has a row for '{key}', the loader does not know it" for key in sorted(listed - keys)]
    said = set(re.findall(r"`([a-z0-9-]+)`", readme))
    wrong += [f"the README does not say '{w}'" for w in sorted((words | styles | papers) - said)]
    said_running = set(re.findall(r"\{\{([a-z]+)\}\}", readme))
    wrong += [f"running heads: '{w}' is on one side only" for w in sorted(said_running ^ running)]
    if not (len(keys) > 60 and len(styles) > 20 and len(papers) == 7 and lying == papers and len(running) == 7):
        wrong.append("this test no longer finds what the loader knows")
    if not any(f"{name}-landscape" in said for name in papers):
        wrong.append("the README does not say that papers may lie")
    wrong += [f"the README does not tell of the template '{t}'" for t in sorted(templates - said)]
    for line in wrong:
        print(line)
    print(f"{len(keys)} keys, {len(wrong)} wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
