"""Commands timed as whole processes."""
import os
import statistics
import time


class Command:
    """A command line and what its runs took: wall and CPU seconds, peak memory in bytes."""

    def __init__(self, *words):
        self.words = [str(word) for word in words]
        self.wall, self.cpu, self.peak = [], [], 0

    def run(self):
        quiet = [(os.POSIX_SPAWN_OPEN, fd, "/dev/null", os.O_WRONLY, 0) for fd in (1, 2)]
        start = time.perf_counter()
        process = os.posix_spawnp(self.words[0], self.words, os.environ, file_actions=quiet)
        _, status, usage = os.wait4(process, 0)
        self.wall.append(time.perf_counter() - start)
        self.cpu.append(usage.ru_utime + usage.ru_stime)
        self.peak = max(self.peak, usage.ru_maxrss * 1024)
        if status:
            raise SystemExit(f"failed: {' '.join(self.words)}")

    @property
    def median(self):
        return statistics.median(self.wall)


def measure(commands, runs):
    """Runs the commands in turn, so that a busy moment of the machine meets all of them; the first
    round warms the caches of the system and does not count."""
    for command in commands:
        command.run()
        command.wall, command.cpu = [], []
    for _ in range(runs):
        for command in commands:
            command.run()
