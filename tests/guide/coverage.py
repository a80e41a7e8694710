#!/usr/bin/python3
"""The authors' guide names all that a course may hold.

    coverage.py SOURCES [TANDEM]        looks the guide (content/README.md) through
    coverage.py SOURCES --self-test     takes each word out of the guide in turn, and must miss it; the
                                        same for a key and a block that the guide does not know

What there is to know is read from gen/: the table of blocks with their attributes, every list of keys
that the loader checks a file against, the words that an attribute or key may be, names, functions,
commands, options, and limits. It has to stand as code (between backticks or in a fence) in the section
that is about it: a `to` somewhere else is no explanation of this one. With TANDEM, what was read about
blocks is held against what the program says when it is given an attribute that is none."""
import functools
import pathlib
import re
import subprocess
import sys
import tempfile

# A list of words in gen/load: (file, function it stands in, or its own name) → the guide's section.
# Only a section's own text counts, not the sections below it.
KEYS = "course.yml, key by key"
PLACES = {
    ("course.c", "course_keys"): KEYS,
    ("course_materials.c", "material_keys"): "materials",
    ("course_materials.c", "read_each"): "materials",
    ("course_materials.c", "read_print"): "materials",
    ("course_materials.c", "read_kind"): "materials",
    ("course_parts.c", "profile_type"): "profile",
    ("course_parts.c", "course_read_profile"): "profile",
    ("course_parts.c", "course_read_respondents"): "respondents",
    ("course_parts.c", "course_read_sittings"): "sittings",
    ("course_parts.c", "course_read_scales"): "scales",
    ("course_scores.c", "score_keys"): "scores",
    ("course_scores.c", "read_method"): "scores",
    ("course_scores.c", "read_bands"): "scores",
    ("markdown_front.c", "front_keys"): "Prose",
    ("markdown_front.c", "letter_keys"): "Letters",
    ("markdown_front.c", "read_letter_keys"): "Letters",
    ("answers_blocks.c", "head_keys"): "Answers",
}
# Lists of keys that other pages tell about, or no page can: words.def is the list of fixed words.
ELSEWHERE = {"strings.c": None, "theme.c": "templates", "theme_page.c": "templates", "theme_fonts.c": "templates",
             "theme_styles.c": "templates"}
MAIL = "mail_settings.c"  # in the section with an example of mail.yml

# Arrays outside of gen/load: (path, name of the array) → section.
ARRAYS = {
    ("stage/check_blocks.c", "common_keys"): "Blocks: the rules they share",
    ("stage/check_blocks.c", "answer_keys"): "Blocks: the rules they share",
    ("stage/check_blocks.c", "never"): ".repeat",
    ("block/check.c", "scored_keys"): ".rating",
    ("block/log.c", "column_keys"): ".log",
    ("stage/track_cohort.c", "sheet_names"): "The workbook",
    ("calc/expr_parse.c", "function_names"): "Expressions",
    ("calc/expr_parse.c", "operators"): "Expressions",
    ("calc/reference.c", "properties"): "Gaps: names, answers and results in the text",
    ("calc/reference.c", "fixed"): "Gaps: names, answers and results in the text",
}
# What else is looked for: (path, pattern whose group is a word) → section.
PATTERNS = {
    ("stage/check_references.c", r'attributes_find\(node->attributes, "([a-z-]+)"\)'): ".advice",
    ("load/answers_log.c", r'strcmp\(pair->key, "([a-z]+)"\)'): "Answers",
    ("load/answers_profile.c", r'strcmp\(name, "([a-z]+)"\) == 0'): "Cohorts",
    ("load/forms_columns.c", r'\{"([a-z]+)",\s+FORM_[A-Z]+\}'): "From a web form",
    ("calc/reference.c", r'"(period\.[a-z]+)"'): ".repeat",
    ("calc/reference.c", r'"(cohort\.[a-z]+)"'): "Cohorts",
    ("model/theme.c", r'^    PAPER\("([a-z0-9]+)",'): "materials",
    ("command/commands.def", r'^COMMAND\([A-Z]+, "([a-z-]+)"'): "Commands",
    ("command/options.def", r'^OPTION\([A-Z]+, [a-z_]+, "([a-z-]+)"'): "Commands",
}
SIGNS = "+ - * / ^ % == != < <= > >= ( )".split()
ARRANGED = "Blocks that arrange the page"
LIMITS = "Limits"
# Constants, how the guide writes them, and what they are counted in.
CONSTANTS = {
    ("load/markdown_limits.c", "FILE_LIMIT"): "MiB",
    ("load/markdown_limits.c", "PARAGRAPH_LIMIT"): "KiB",
    ("load/markdown_limits.c", "COLUMN_LIMIT"): "columns",
    ("load/markdown.h", "NESTING_LIMIT"): "levels",
    ("load/yaml.c", "DEPTH_LIMIT"): "levels",
    ("base/file.c", "SOURCE_LIMIT"): "MiB",
    ("load/csv.h", "CSV_CELL_LIMIT"): "cells",
    ("load/forms.c", "CSV_LIMIT"): "MiB",
    ("load/forms_rows.c", "FORM_ROWS"): "rows",
    ("load/answers.h", "ROW_LIMIT"): "rows",
    ("load/answers_files.c", "SITTING_LIMIT"): "sittings",
    ("load/image.c", "IMAGE_FILE_LIMIT"): "MiB",
    ("load/image.h", "IMAGE_POINTS_LIMIT"): "million points",
    ("load/svg.h", "SVG_BYTES_LIMIT"): "MiB",
    ("load/svg.h", "SVG_ELEMENTS_LIMIT"): "elements",
    ("load/course_parts.c", "SCALE_MOST"): "points",
    ("model/course.h", "RESPONDENT_LIMIT"): "respondents",
    ("block/repeat.c", "MOST"): "periods",
    ("block/check.h", "CHECK_MOST_CHARACTERS"): "characters",
    ("calc/expr_node.h", "EXPR_LENGTH_LIMIT"): "bytes",
    ("calc/expr_node.h", "EXPR_DEPTH_LIMIT"): "levels",
    ("calc/expr_node.h", "EXPR_CALC_DEPTH_LIMIT"): "calcs",
}
UNITS = {"MiB": 1 << 20, "KiB": 1 << 10, "million points": 1000000}


class Reading:
    """The sources, with what could not be understood in them."""

    def __init__(self, root):
        self.texts = {str(path.relative_to(root / "gen")): path.read_text()
                      for path in sorted((root / "gen").rglob("*")) if path.suffix in (".c", ".h", ".def")}
        self.wrong = []

    def text(self, path):
        if path not in self.texts:
            self.wrong.append(f"gen/{path} is gone: tell this test where its words are")
        return self.texts.get(path, "")

    def arrays(self, path):
        """(name, function or "", words) of each list of texts."""
        text = self.text(path)
        for found in re.finditer(r"^( *)static const char \*const (\w+)\[[^\]]*\] = \{(.*?)\};", text, re.M | re.S):
            before = re.findall(r"^\w[^;{}#\n]*?\b(\w+)\([^;{}]*\)\s*\{", text[:found.start()], re.M)
            yield found[2], before[-1] if found[1] and before else "", words_of(found[3])


def words_of(text):
    return re.findall(r'"((?:[^"\\]|\\.)*)"', text)


def keys_of_loader(reading):
    """(word, section) of every list of keys and words in gen/load that a file is checked against."""
    for path in [path for path in reading.texts if path.startswith("load/")]:
        file = path.removeprefix("load/")
        arrays = list(reading.arrays(path))
        for given in re.findall(r"\byaml_check_keys\([^,;]*,[^,;]*, (\w+)\);", reading.texts[path]):
            if file != "strings.c" and given not in [name for name, _, _ in arrays]:
                reading.wrong.append(f"gen/{path}: the keys in '{given}' could not be read")
        for name, function, words in arrays:
            section = PLACES.get((file, name)) or PLACES.get((file, function)) or ELSEWHERE.get(file)
            if file == MAIL:
                section = "mail"
            if not section and name.endswith("keys") and file != "strings.c" and path != "load/markdown_text.c":
                reading.wrong.append(f"gen/{path}: no section is known for the keys in '{name}' ({function})")
            for word in words:
                if section and re.fullmatch(r"[a-zA-Z0-9-]+", word):
                    yield word, section
    for file, name in PLACES:
        if not any(name in array[:2] for array in reading.arrays("load/" + file)):
            reading.wrong.append(f"gen/load/{file}: there is no list of words in '{name}' any more")


def blocks(reading):
    """name → (attributes, classes, words that attributes may be)."""
    made = {}
    for path in [path for path in reading.texts if re.fullmatch(r"block/\w+\.c", path)]:
        text = reading.texts[path]
        asked = re.findall(r"check_word\(\s*check, \w+(?:->\w+)?, (\w+),", text)
        words = [word for name, _, words in reading.arrays(path) if name in asked for word in words]
        for symbol, body in re.findall(r"^const struct block_type type_(\w+) = \{(.*?)\};", text, re.M | re.S):
            name = re.search(r'\.name = "([a-z-]+)"', body)[1]
            lists = {member: words_of(found[1]) if (found := re.search(
                rf"\.{member} = \(const char \*const\[\]\)\{{(.*?)NULL\}}", body, re.S)) else []
                for member in ("keys", "flags")}
            made[symbol] = name, lists["keys"], lists["flags"], words, "answerable = true" in body
    table = re.search(r"struct block_type \*const types\[\] = \{(.*?)\};", reading.text("block/block.c"), re.S)
    listed = re.findall(r"&type_(\w+)", table[1]) if table else []
    if not listed or set(listed) != set(made):
        reading.wrong.append(f"block.c's table and the blocks' files differ: {set(listed) ^ set(made)}")
    return {made[symbol][0]: made[symbol][1:] for symbol in listed if symbol in made}


def of_prose(reading):
    """Classes and keys of pictures, links, words in brackets…, by check_prose.c's rules."""
    found = re.search(r"struct rule rules\[\] = \{(.*?)^\};", reading.text("stage/check_prose.c"), re.M | re.S)
    lists = re.findall(r"\(const char \*const\[\]\)\{(.*?)NULL\}", found[1], re.S) if found else []
    if len(lists) < 4:
        reading.wrong.append("gen/stage/check_prose.c: its rules could not be read")
    return {word for words in lists for word in words_of(words)} | {"lang"}


def constant(reading, path, name):
    found = re.search(rf"\b{name} = (\d+)(?: << (\d+))?\b", reading.text(path))
    if not found:
        reading.wrong.append(f"gen/{path}: {name} could not be read")
        return 0
    return int(found[1]) << int(found[2] or 0)


def needed(reading):
    """All (word, section, kind) that the guide has to name."""
    for word, section in keys_of_loader(reading):
        yield word, section, "key or word"
    for (path, name), section in ARRAYS.items():
        words = [word for array, _, found in reading.arrays(path) if array == name for word in found]
        if not words:
            reading.wrong.append(f"gen/{path}: '{name}' could not be read")
        for word in words:
            yield word, section, "name"
    for (path, pattern), section in PATTERNS.items():
        words = re.findall(pattern, reading.text(path), re.M)
        if not words:
            reading.wrong.append(f"gen/{path}: nothing is like {pattern}")
        for word in words:
            yield "--" * path.endswith("options.def") + word, section, "name"
    for word in of_prose(reading):
        yield word, "prose", "attribute"
    for sign in SIGNS:
        yield sign, "Expressions", "sign"
    for name, (keys, flags, words, _) in blocks(reading).items():
        yield "." + name, "." + name, "block"
        for word in [*keys, *flags, *words]:
            yield word, "." + name, "attribute or word"
    for (path, name), unit in CONSTANTS.items():
        yield f"{constant(reading, path, name) // UNITS.get(unit, 1):,} {unit}", LIMITS, "limit"


# ---- the guide ----

def sections(text):
    """(titles from the top down to it, its own text) of each section; fences are no headings."""
    parts, above, fenced = [((), [])], {}, False
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        heading = None if fenced else re.match(r"(#+) (.+)", line)
        if heading:
            above = {level: title for level, title in above.items() if level < len(heading[1])}
            above[len(heading[1])] = heading[2]
            parts.append((tuple(above[level] for level in sorted(above)), [line]))
        else:
            parts[-1][1].append(line)
    return [(titles, "\n".join(lines)) for titles, lines in parts]


@functools.cache
def code_of(text):
    """What stands in it as code, and its headings."""
    fences = re.findall(r"^```\w*\n(.*?)^```$", text, re.M | re.S)
    rest = re.sub(r"^```\w*\n.*?^```$", "", text, flags=re.M | re.S)
    indented = re.findall(r"^    .*$", rest, re.M)
    spans = [span for _, span in re.findall(r"(`+)(.+?)\1", rest)]
    return "\n".join([*fences, *indented, *spans, *re.findall(r"^#+ .*$", rest, re.M)])


class Guide:
    def __init__(self, text, templates):
        self.parts = sections(text)
        self.by_title = {}
        for titles, own in self.parts:
            if titles:
                self.by_title.setdefault(titles[-1], []).append(own)
        self.templates = templates

    def text_of(self, section):
        """The text that has to name what belongs to `section`; None if there is no such section."""
        if section == "templates":
            return self.templates
        if section == "prose":
            return "".join(own for titles, own in self.parts if titles and titles[-1] in
                           ("Prose", "Pictures", "Captions, references, terms"))
        if section == "mail":  # all below the chapter that tells about mail.yml; none yet is none to check
            tops = {titles[1] for titles, own in self.parts
                    if len(titles) > 1 and re.search(r"^(from|server): ", code_of(own), re.M)}
            return "".join(own for titles, own in self.parts if len(titles) > 1 and titles[1] in tops)
        if section.startswith("."):
            name = re.compile(rf"(?<![\w-]){re.escape(section)}(?![\w-])")
            own = [text for title, texts in self.by_title.items() if name.search(title) for text in texts]
            return "".join(own) or "".join(self.by_title.get(ARRANGED, [])) or None
        return "".join(self.by_title.get(section, [])) or None


def is_named(word, text):
    if " " in word:  # a limit: in plain words
        return re.search(rf"(?<![\d,.]){re.escape(word)}\b", text) is not None
    if not word[0].isalnum():
        return re.search(rf"(?<!\S){re.escape(word)}(?!\S)|(?<![\w-]){re.escape(word)}(?![\w-])", code_of(text)) is not None
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", code_of(text)) is not None


def missed(guide, word, section, kind):
    """What to say if the guide does not name it, else None."""
    text = guide.text_of(section)
    if section == "mail" and not text:  # no letters yet
        return None
    if section == "Expressions" and word in "()":
        return None  # "round brackets"
    if text is None:
        return f"the guide has no section '{section}' ({kind} '{word}')"
    return None if is_named(word, text) else f"the {kind} '{word}' is not named in '{section}'"


def look(reading, guide):
    """What the guide does not name."""
    return [said for asked in dict.fromkeys(needed(reading)) if (said := missed(guide, *asked))]


def tables(guide, reading):
    """Words that head the rows of tables of keys, and are none."""
    known = {}
    for word, section, _ in needed(reading):
        known.setdefault(section, set()).add(word)
    for section in (KEYS, "materials", ".log", "Blocks: the rules they share"):
        for row in re.findall(r"^\| ([^|]+) \|", guide.text_of(section) or "", re.M):
            for word in re.findall(r"`#?([a-z-]+)[:=]?[^`]*`", row):
                if word not in known[section] | {"id"}:
                    yield f"'{word}' heads a row of '{section}', and is not known there"


def ask(reading, tandem):
    """Holds what was read about blocks against what tandem says of an attribute that is none."""
    shared = {name: words for name, _, words in reading.arrays("stage/check_blocks.c")}
    with tempfile.TemporaryDirectory() as work:
        content = pathlib.Path(work) / "content"
        (content / "modules").mkdir(parents=True)
        (pathlib.Path(work) / "templates").symlink_to(pathlib.Path(__file__).resolve().parents[2] / "templates")
        (content / "course.yml").write_text("title: T\nmaterials: [{pdf: a, modules: [m]}]\n")
        known = blocks(reading)
        for name in known:
            (content / "modules" / "m.md").write_text(f"# M\n\n::: {{.{name} #an-id zzqqzzqqzz=1}}\nText.\n:::\n")
            done = subprocess.run([tandem, "check", "--course", work], capture_output=True, text=True, check=False)
            keys, _, _, answerable = known[name]
            keys = set(keys) | set(shared["common_keys"]) | set(shared["answer_keys"] if answerable else [])
            found = re.search(rf"a '\.{name}' takes no attribute 'zzqqzzqqzz'\n.*?it takes: (.*)", done.stderr, re.S)
            said = found[1].splitlines()[0] if found else ""
            more = re.search(r" and (\d+) more$", said)
            names = re.split(r", | or ", said.removesuffix(more[0]) if more else said)
            if not set(names) <= keys or len(names) + int(more[1] if more else 0) != len(keys):
                yield f".{name} takes {said or 'what it does not say'}; its file was read as {sorted(keys)}"


def self_test(root, templates, text):
    """Without each word, the test has to fail."""
    reading = Reading(root)
    blind = []
    for word, section, kind in dict.fromkeys(needed(reading)):
        if section in ("templates", "mail") or word in SIGNS:
            continue
        gone = re.sub(rf"(?<![\w-]){re.escape(word)}(?![\w-])", "gone", text)
        if not missed(Guide(gone, templates), word, section, kind):
            blind.append(f"nothing is missed without the {kind} '{word}' of '{section}'")
    for path, old, new in (("load/course.c", '"version", ', '"version", "brand-new", '),
                           ("load/course_scores.c", '{"to", "name", NULL}', '{"to", "name", "shade", NULL}'),
                           ("load/theme_page.c", '{"depth", NULL}', '{"depth", "dots", NULL}'),
                           ("block/write.c", '{"lines", "max", NULL}', '{"lines", "max", "grow", NULL}'),
                           ("block/choice.c", '{"many", NULL}', '{"many", "ranked", NULL}'),
                           ("block/write.c", '.name = "write"', '.name = "scribble"'),
                           ("block/score.c", '"radar", ', '"radar", "pie", '),
                           ("load/yaml.c", "DEPTH_LIMIT = 64", "DEPTH_LIMIT = 65"),
                           ("command/options.def", '"booklet"', '"leaflet"')):
        changed = Reading(root)
        changed.texts[path] = changed.texts[path].replace(old, new)
        if changed.texts[path] == reading.texts[path] or not look(changed, Guide(text, templates)):
            blind.append(f"nothing is missed with {new} in gen/{path}")
    unread = Reading(root)
    unread.texts["load/course.c"] = unread.texts["load/course.c"].replace("*const course_keys[]", "**other_keys")
    list(needed(unread))
    if not unread.wrong:
        blind.append("a list of keys that is gone is not missed")
    return blind


def main(words):
    root = pathlib.Path(words[0])
    text = (root / "content" / "README.md").read_text()
    templates = (root / "templates" / "README.md").read_text()
    if "--self-test" in words:
        wrong = self_test(root, templates, text)
    else:
        reading, guide = Reading(root), Guide(text, templates)
        wrong = look(reading, guide) + list(tables(guide, reading))
        if len(words) > 1:
            wrong += ask(reading, pathlib.Path(words[1]).resolve())
        wrong += list(dict.fromkeys(reading.wrong))
        print(f"{len(set(needed(reading)))} names, {len(blocks(reading))} blocks")
    for line in wrong:
        print(line)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
