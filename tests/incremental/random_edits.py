"""A second build makes what changed and nothing else, and out/ is then as a clean build makes it, byte
for byte: over random edits of a copy of the course. Usage:
random_edits.py TANDEM PROJECT [EDITS [SEED]]"""

import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

tandem, project = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
edits = int(sys.argv[3]) if len(sys.argv) > 3 else 12
random.seed(int(sys.argv[4]) if len(sys.argv) > 4 else 7)
work = pathlib.Path(tempfile.mkdtemp())
course, out, clean = work / "course", work / "course/out", work / "clean"
clock = {}


def build(*words, code=0):
    done = subprocess.run([tandem, "build", *words], cwd=course, capture_output=True, text=True,
                          env={**os.environ, **clock})
    assert done.returncode == code, (words, done)
    return done


def made(done):
    """Paths that --explain names."""
    return sorted(line.split(": ")[0] for line in done.stderr.splitlines()
                  if re.match(r"[a-z][^ ]*/[^ ]*: ", line) and "warning" not in line)


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*") if path.is_file()}


def compare(what):
    shutil.rmtree(clean, ignore_errors=True)
    build("--out", str(clean))
    ours, theirs = tree(out), tree(clean)
    assert sorted(ours) == sorted(theirs), (what, set(ours) ^ set(theirs))
    for path in ours:
        assert ours[path] == theirs[path], f"after {what}: {path} is not as a clean build makes it"


def manifest():
    return json.loads((out / "manifest.json").read_text())["files"]


def holds(module):
    """Materials that have a module, as course.yml lists them."""
    text = (course / "content/course.yml").read_text()
    materials = text[text.index("\nmaterials:"):]
    return {part.split("\n")[0].strip() for part in re.split(r"\n\s*-? *name: ", materials)[1:]
            if re.search(rf"\b{module}\b", part)}


modules = course / "content/modules"


def prose():
    """A file with a line of prose, and that line's number."""
    while True:
        path = random.choice(sorted(modules.glob("*.md")))
        lines = path.read_text().split("\n")
        good = [i for i, line in enumerate(lines) if re.fullmatch(r"[A-Z][a-z ,’]{30,}.*", line)]
        if good:
            return path, lines, random.choice(good)


def edit_word():
    path, lines, at = prose()
    words = lines[at].split(" ")
    words[random.randrange(1, len(words))] = random.choice(["soon", "often", "gladly"])
    lines[at] = " ".join(words)
    path.write_text("\n".join(lines))


def insert_line():
    path, lines, at = prose()
    lines.insert(at, "")
    path.write_text("\n".join(lines))


def touch():
    for path in random.sample(sorted(modules.glob("*.md")), 3):
        os.utime(path)


def colour():
    path = random.choice(sorted(course.glob("templates/*/template.yml")))
    text = path.read_text()
    found = random.choice(re.findall(r"#[0-9a-fA-F]{6}\b", text))
    path.write_text(text.replace(found, f"#{random.randrange(64):02x}2030"))


def answer():
    path = random.choice(sorted(course.glob("content/answers/*/2*.yml")))
    text = path.read_text()
    found = random.choice(list(re.finditer(r": ([1-5])$", text, re.MULTILINE)))
    path.write_text(text[:found.start(1)] + random.choice("12345") + text[found.end(1):])


def participant():
    there = sorted(path for path in course.glob("content/answers/*") if path.is_dir())
    twin = course / "content/answers/twin-pair"
    if twin in there:
        shutil.rmtree(twin)
    else:
        shutil.copytree(random.choice(there), twin)


def delete():
    os.remove(out / random.choice(manifest())["path"])


def poison():
    path = out / random.choice(manifest())["path"]
    was = path.stat()
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


def day():
    clock["SOURCE_DATE_EPOCH"] = str(1790000000 + 86400 * random.randrange(300))


def damage_state():
    path = course / ".tandem/out.state"
    data = path.read_bytes()
    path.write_bytes(data[:random.randrange(len(data))])


def title():
    path = course / "content/course.yml"
    path.write_text(re.sub(r"^version: .*$", f'version: "{random.randrange(99)}"',
                           path.read_text(), count=1, flags=re.MULTILINE))


def one_only():
    edit_word()
    build("--only", random.choice(manifest())["source"])


def stop():
    edit_word()
    running = subprocess.Popen([tandem, "build", "--force"], cwd=course, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, env={**os.environ, **clock})
    time.sleep(random.uniform(0.05, 0.6))
    number = random.choice([signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
    running.send_signal(number)
    code = running.wait()
    assert code in (0, 130, -signal.SIGINT, -signal.SIGTERM, -signal.SIGKILL), (number, code)
    if code == 130:  # what the manifest says is what is there
        for file in manifest():
            assert len((out / file["path"]).read_bytes()) == file["size"], file
    for path in out.rglob("*.tmp"):
        assert number == signal.SIGKILL, path
        path.unlink()


kinds = [edit_word, edit_word, insert_line, touch, colour, answer, participant, delete, poison, day,
         damage_state, title, one_only, stop]
quiet = {insert_line, touch}
work.joinpath("course").mkdir()
for name in ("content", "templates"):
    shutil.copytree(project / name, course / name)
try:
    build()
    compare("the first build")
    assert made(build("--explain")) == []
    # A word in one module: the materials that hold it, and nothing else.
    path = modules / "welcome.md"
    path.write_text(path.read_text().replace(" the ", " thee ", 1))
    changed = made(build("--explain"))
    assert changed and len(changed) < len(manifest()) / 2, changed
    assert not any("tracker" in path for path in changed), changed
    compare("a word")
    # One answer: that pair's files and what tells of all pairs.
    pair = sorted(path for path in course.glob("content/answers/*") if path.is_dir())[0]
    path = sorted(pair.glob("2*.yml"))[0]
    text = path.read_text()
    path.write_text(re.sub(r": 4$", ": 3", text, count=1, flags=re.MULTILINE))
    assert path.read_text() != text
    changed = made(build("--explain"))
    assert changed and all(name.split("/")[0] in (pair.name, "cohort") for name in changed), changed
    compare("an answer")
    # And back: nothing is remembered that is not so.
    path.write_text(text)
    build()
    compare("a reverted answer")
    order = random.sample(kinds, len(kinds))
    for number in range(edits):
        edit = order[number % len(kinds)]
        edit()
        done = build("--explain")
        if edit in quiet:
            assert made(done) == [], (edit.__name__, made(done))
        compare(f"edit {number}, {edit.__name__}")
        again = build("--explain")
        assert made(again) == [], made(again)
    for _ in range(2):
        stop()
        build()
        compare("a build that was stopped")
    # A mistake leaves everything as it was; what nobody makes any more goes, what is not ours stays.
    before = tree(out)
    path = modules / "welcome.md"
    text = path.read_text()
    path.write_text(text + "\n::: {.ratng}\n:::\n")
    build(code=1)
    assert tree(out) == before
    path.write_text(text)
    (out / "blank/mine.txt").write_text("mine")
    gone = course / "content/answers/twin-pair"
    if not gone.is_dir():
        shutil.copytree(pair, gone)
        build()
    kept = next(out.glob("twin-pair/*.pdf"))
    kept.write_text("changed by hand")
    shutil.rmtree(gone)
    done = build()
    assert kept.exists() and "so it stays" in done.stderr, done
    assert [path.name for path in out.glob("twin-pair/*")] == [kept.name]
    assert (out / "blank/mine.txt").read_text() == "mine"
finally:
    shutil.rmtree(work)
print(f"{edits} random edits: as clean builds make it")
