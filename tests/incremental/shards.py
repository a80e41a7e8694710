"""Any number of shards, merged, is what one machine makes; a shard that is missing, there twice, of
another build or damaged is refused by name, and then nothing is written.
Usage: shards.py TANDEM PROJECT [COUNT…]"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

tandem, project = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
counts = [int(count) for count in sys.argv[3:]] or [1, 3, 16]
work = pathlib.Path(tempfile.mkdtemp())


def run(*words, code=0):
    done = subprocess.run([tandem, *map(str, words)], cwd=work, capture_output=True, text=True)
    assert done.returncode == code, (words, done)
    return done.stderr


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*") if path.is_file()}


def refused(reason, *shards):
    said = run("merge", "--out", "merged", *shards, code=1)
    assert reason in said and not (work / "merged").exists(), (reason, said)


try:
    for name in ("content", "templates"):
        shutil.copytree(project / name, work / name)
    run("build")
    whole = tree(work / "out")
    for count in counts:
        shards = [f"of{count}/{number}" for number in range(1, count + 1)]
        for number, shard in enumerate(shards, 1):
            run("build", "--shard", f"{number}/{count}", "--out", shard)
        run("merge", "--out", "merged", *reversed(shards))
        assert tree(work / "merged") == whole, f"{count} shards are not what one machine makes"
        shutil.rmtree(work / "merged")
    one, two, three = (f"of3/{number}" for number in (1, 2, 3))
    refused("shard 2/3 is missing", one, three)
    refused(f"shard 1/3 is there twice: '{one}' and '{one}'", one, two, one, three)
    refused("is of another build" if counts == [3] else f"'of16/1' is shard 1 of 16", one, "of16/1")
    file = next((work / two).rglob("*.pdf"))
    good = file.read_bytes()
    file.write_bytes(good[:-1] + b"\0")
    refused(f"the shard '{two}' is damaged", one, two, three)
    file.unlink()
    refused(f"the shard '{two}' is damaged", one, two, three)
    file.write_bytes(good)
    manifest = work / two / "manifest.json"
    text = manifest.read_text()
    manifest.write_text(text.replace("blank", "blink", 1).replace("okafor", "okapi", 1))
    assert manifest.read_text() != text
    refused("its manifest was changed", one, two, three)
    manifest.write_text(text)
    (work / "out2").mkdir()
    refused("is no finished shard", one, two, "out2")
    module = work / "content/modules/welcome.md"
    module.write_text(module.read_text().replace(" the ", " thee ", 1))
    run("build", "--shard", "3/3", "--out", "other")
    refused("'other' is of another build", one, two, "other")
    for wrong in ("0/3", "4/3", "3", "a/b", "1/2/3", "-1/2"):
        run("build", "--shard", wrong, code=2)
    run("merge", "--out", "out", one, two, three, code=2)
finally:
    shutil.rmtree(work)
print(f"{counts} shards: as one machine makes it")
