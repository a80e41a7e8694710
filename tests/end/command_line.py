"""The command line: what each command takes, and how wrong usage is told.
Usage: command_line.py TANDEM"""

import re
import subprocess
import sys

tandem = sys.argv[1]


def run(*words):
    return subprocess.run([tandem, *words], capture_output=True, text=True)


def refused(reason, *words):
    done = run(*words)
    assert done.returncode == 2 and done.stdout == "", (words, done)
    lines = done.stderr.splitlines()
    assert lines[0] == "tandem: error: " + reason, (words, lines)
    assert lines[-1] == "hint: 'tandem --help' lists the commands and options", lines


refused("no command given")
refused("unknown command bild", "bild")
refused("DIR is missing after new", "new")
refused("one word too many: b", "new", "a", "b")
refused("one word too many: all", "build", "all")
refused("--booklet is not an option of answers", "answers", "--booklet")
refused("--cohort is not an option of build", "build", "--cohort", "x")
refused("--jobs takes a whole number from 1, not 0", "build", "--jobs", "0")
refused("--jobs takes a whole number from 1, not 2x", "build", "--jobs", "2x")
refused("-j takes a whole number from 1, not -1", "build", "-j", "-1")
refused("--jobs takes a number from 1 to 256", "build", "--jobs", "257")
assert run("build", "--nothing").returncode == 2 and run("build", "--jobs").returncode == 2

whole = run("--help").stdout
commands = re.findall(r"^  ([a-z]+) ", whole.split("Options")[0], re.MULTILINE)
every = re.findall(r"^  --([a-z-]+)", whole, re.MULTILINE)
assert len(commands) >= 4 and len(set(commands)) == len(commands), commands
assert len(set(every)) == len(every), every
taken = set()
for command in commands:
    own = run(command, "--help")
    assert own.returncode == 0 and own.stdout.startswith(f"Usage: tandem {command} "), own
    options = re.findall(r"^  --([a-z-]+)", own.stdout, re.MULTILINE)
    assert "course" in options or command == "new", (command, options)
    assert set(options) <= set(every), options
    taken |= set(options)
assert taken == set(every), set(every) - taken
assert all(len(line) <= 100 for line in whole.splitlines()), whole
assert re.fullmatch(r"tandem \d+\.\d+\.\d+\n", run("--version").stdout)
