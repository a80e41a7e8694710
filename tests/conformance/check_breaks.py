#!/usr/bin/python3
"""Proves check_ua.py: a good file has no failure, and one that is broken in one way has that
failure and no other, for every condition. Usage: check_breaks.py TANDEM PROJECT [CONDITION…]"""
import multiprocessing
import sys
import tempfile

import breaks_document
import breaks_fonts
import breaks_structure
import check_ua
import sample
from breaking import ANYTHING, BREAKS, Victim
from conditions import ALL, CHECKED

GOOD = {}


def try_one(number):
    function, allowed = BREAKS[number]
    victim = Victim(GOOD["file"])
    function(victim)
    found = set(check_ua.check_bytes(victim.saved()))
    if number not in found:
        return f"{number}: {function.__name__} was not noticed; found {sorted(found)}"
    if ANYTHING not in allowed and found - allowed:
        return f"{number}: {function.__name__} is also called {sorted(found - allowed)}"
    return None


def main():
    assert breaks_document and breaks_fonts and breaks_structure  # they register what they break
    with tempfile.TemporaryDirectory() as folder:
        GOOD["file"] = sample.build(sys.argv[1], sys.argv[2], folder)
    problems = [f"the good file: {number} {details[:3]}"
                for number, details in check_ua.check_bytes(GOOD["file"]).items()]
    chosen = sys.argv[3:] or sorted(BREAKS)
    with multiprocessing.Pool(2) as pool:
        problems += [problem for problem in pool.map(try_one, chosen) if problem]
    problems += [f"{number}: nothing breaks it" for number in ALL if number not in BREAKS]
    for problem in problems:
        print(problem)
    checked = sum(row.status == CHECKED for row in ALL.values())
    print(f"{len(chosen)} broken files for {len(ALL)} conditions ({checked} checked)")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
