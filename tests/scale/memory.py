#!/usr/bin/python3
"""Memory hardly grows with the participants: reports of ten times as many out of one CSV.

    memory.py TANDEM TEMPLATES"""
import pathlib
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "bench"))

import crowd  # noqa: E402

FEW, MANY = 300, 3000
# What one participant more may take in memory, in bytes; 4 kB when this was written, of which a
# part is caches that fill up.
MOST = 6000


def peak(tandem, templates, folder, count):
    course, out = folder / str(count), folder / f"{count}.out"
    crowd.make(course, count)
    (course / "templates").symlink_to(templates)
    mebibytes = crowd.build(tandem, course, out, "--only", "report", "--jobs", "1")[2]
    made = sum(1 for _ in out.glob("*/report.pdf"))
    if made != count:
        sys.exit(f"{made} reports of {count}")
    shutil.rmtree(out)
    return mebibytes * 1024 * 1024


def main(tandem, templates):
    with tempfile.TemporaryDirectory() as folder:
        few, many = (peak(tandem, pathlib.Path(templates).resolve(), pathlib.Path(folder), count)
                     for count in (FEW, MANY))
    each = (many - few) / (MANY - FEW)
    print(f"{few / 1e6:.1f} MB for {FEW} participants, {many / 1e6:.1f} MB for {MANY}: {each:.0f} bytes each")
    return int(each > MOST)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
