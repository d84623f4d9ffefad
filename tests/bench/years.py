# SPDX-License-Identifier: GPL-3.0-or-later
"""What years of selling cost a till: ready to type, memory, and how long the window's thread is
ever busy, with a new ledger, with ten thousand unfinished payments, and with a million paid ones.

Rounds alternate, so that whatever else the machine does falls on all. While the till starts, is
ready, and opens its history, its main loop is asked for a word every few
milliseconds: an answer that takes longer than 50 ms is a window that did not move for so long.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

import figures  # noqa: E402
import person  # noqa: E402

NAME = "com.example.LigdiPay"
PATH = "/com/example/LigdiPay"
EVERY_MS = 4
BLOCKED_MS = 50


class Pulse:
    """How long the till's main loop takes to answer, until it is stopped."""

    def __init__(self):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.n_answers = 0

    def call(self):
        """The till's list of actions, which only its main loop can give; None without a till."""
        started = figures.now_us()
        try:
            self.bus.call_sync(NAME, PATH, "org.gtk.Actions", "List", None, None,
                               Gio.DBusCallFlags.NO_AUTO_START, 10000)
        except GLib.Error:
            return None
        return (figures.now_us() - started) / 1000

    def watch_until(self, done, what):
        """The slowest answer until something is so, ms."""
        slowest = 0
        end = time.monotonic() + person.DEADLINE
        while not done():
            if time.monotonic() > end:
                raise SystemExit(f"not seen within {person.DEADLINE} s: {what}")
            took = self.call()
            if took is not None:
                slowest = max(slowest, took)
                self.n_answers += 1
            person.LOOK_AGAIN.wait(EVERY_MS / 1000)
        return slowest


def run_till(options, environment, log):
    """One start, and a look at the history."""
    spawned = figures.now_us()
    found = {}
    with person.Till(options.application, environment=environment, log=log) as till:
        trace = figures.Trace(log)
        pulse = Pulse()
        trace.wait("till ready to type")
        found["busy at the start"] = pulse.watch_until(
            lambda: "till ready to charge at " in trace.read(), "ready to charge")
        ready = [int(match[2]) for match in figures.TRACE.finditer(trace.read())
                 if match[1] == "till ready to type"]
        found["ready"] = (ready[0] - spawned) / 1000
        rested = figures.now_us() + 1500000
        found["busy while it waits"] = pulse.watch_until(
            lambda: figures.now_us() > rested, "rest")
        found["memory"] = figures.smaps(till.process.pid)["Pss_Anon"] / 1024
        pressed = figures.now_us() + 1500000
        figures.key("ctrl+h")
        found["busy in the history"] = pulse.watch_until(
            lambda: figures.now_us() > pressed, "the history")
        found["memory after the history"] = figures.smaps(till.process.pid)["Pss_Anon"] / 1024
        assert pulse.n_answers > 100, pulse.n_answers
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--application", required=True)
    parser.add_argument("--simulator", required=True)
    parser.add_argument("--maker", required=True, help="the program that makes ledgers")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--paid", type=int, default=1000000)
    parser.add_argument("--unfinished", type=int, default=10000)
    options = parser.parse_args()
    ledgers = {"a new ledger": (3, 0), f"{options.unfinished} unfinished": (3, options.unfinished),
               f"{options.paid} paid": (options.paid, 0)}
    runs = {name: [] for name in ledgers}

    os.environ["NO_AT_BRIDGE"] = "1"
    with tempfile.TemporaryDirectory(prefix="ligdi.") as home, \
            figures.shop_for(options.simulator, home) as environment:
        for number, (name, (n_paid, n_unfinished)) in enumerate(ledgers.items()):
            folder = os.path.join(home, f"data{number}", "ligdipay")
            os.makedirs(folder, mode=0o700)
            subprocess.run([options.maker, os.path.join(folder, "ledger.sqlite"), str(n_paid),
                            str(n_unfinished)], check=True)
        # Each once before it counts.
        for turn in range(options.rounds + 1):
            for number, name in enumerate(ledgers):
                environment["XDG_DATA_HOME"] = os.path.join(home, f"data{number}")
                found = run_till(options, environment, os.path.join(home, f"log{number}{turn}"))
                if turn > 0:
                    runs[name].append(found)
        shutil.rmtree(os.path.join(home, "data2"))

    def median(name, what):
        return statistics.median(run[what] for run in runs[name])

    new, unfinished, paid = ledgers
    print(f"medians of {options.rounds} alternating rounds; the slowest answer is of all rounds")
    for what, unit in (("ready", "ms"), ("memory", "MB"), ("memory after the history", "MB")):
        print(f"{what:26}" + "".join(f"{median(name, what):9.1f} {unit} {name};" for name in ledgers))
    for what in ("busy at the start", "busy while it waits", "busy in the history"):
        print(f"{what:26}" + "".join(f"{max(run[what] for run in runs[name]):9.1f} ms {name};"
                                     for name in ledgers))
    ratio = median(unfinished, "ready") / median(new, "ready")
    print(f"start to type-ready with {unfinished}: {ratio:.2f} of a new ledger's, goal at most 1.1: "
          f"{'met' if ratio <= 1.1 else 'MISSED'}")
    more = median(paid, "memory") - median(new, "memory")
    print(f"memory with {paid}: {more:.1f} MB more than a new ledger's, goal under 20: "
          f"{'met' if more < 20 else 'MISSED'}")
    slowest = max(run[what] for name in ledgers for run in runs[name] for what in run
                  if what.startswith("busy"))
    print(f"the window's thread was busy for {slowest:.1f} ms at most, goal under {BLOCKED_MS}: "
          f"{'met' if slowest < BLOCKED_MS else 'MISSED'}")


if __name__ == "__main__":
    sys.exit(main())
