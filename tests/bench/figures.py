# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures: how long and how much, each beside the floor of the same run.

Rounds of the till and of the floor alternate, so that whatever else the machine does falls
on both. Medians, and ratios to the floor: absolute times mean little on another machine.
"""
import argparse
import contextlib
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "ui"))
import person  # noqa: E402

TRACE = re.compile(r"([a-z][a-z ]+) at (\d+) µs")
FRAME_MS = 1000 / 60


def smaps(pid):
    """Kilobytes of a process, by kind."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        return {match[1]: int(match[2]) for match in re.finditer(r"(\w+):\s+(\d+) kB", file.read())}


def family(pid):
    """A process and everything below it."""
    out = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    children = {}
    for line in out.stdout.splitlines():
        child, parent = map(int, line.split())
        children.setdefault(parent, []).append(child)
    found, ahead = [], [pid]
    while ahead:
        found.append(ahead.pop())
        ahead += children.get(found[-1], [])
    return found


def total_pss(pid):
    total = 0
    for member in family(pid):
        try:
            total += smaps(member)["Pss"]
        except (OSError, KeyError):
            pass
    return total


class Floor:
    def __init__(self, program, base_url, keys):
        self.spawned = now_us()
        self.process = subprocess.Popen([program, base_url, keys], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, bufsize=1)
        self.ready = self.read("ready") - self.spawned

    def read(self, name):
        for line in self.process.stdout:
            word, value = line.split()
            if word == name:
                return int(value)
        raise SystemExit(f"the floor ended before it said {name}")

    def measure(self):
        self.process.stdin.write("warm\n")
        self.read("warm")
        self.process.stdin.write("page\n")
        self.read("create")
        page = self.read("page")
        return page, self.read("confirm")

    def stop(self):
        self.process.stdin.close()
        self.process.wait(30)


def now_us():
    return time.monotonic_ns() // 1000


def settle():
    """What a person does between two keys lets the programs come to rest."""
    person.LOOK_AGAIN.wait(0.8)


@contextlib.contextmanager
def shop_for(simulator, home):
    """A shop with a gateway of its own; gives the environment its till runs in."""
    keys = os.path.join(home, "keys")
    os.mkdir(keys)
    for name in ("ligdipay-api-key", "ligdipay-api-token"):
        with open(os.path.join(keys, name), "w", encoding="ascii") as file:
            file.write("BENCHMARK")
    settings = os.path.join(home, "config", "glib-2.0", "settings")
    os.makedirs(settings)
    with open(os.path.join(settings, "keyfile"), "w", encoding="utf-8") as file:
        file.write("[com/example/LigdiPay]\nshop-name='Floor'\nlanguage='fr'\n")
    process = subprocess.Popen([simulator, "--port", "0", "--credentials", keys,
                                "--operator-seconds", "1"],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield {"LIGDIPAY_BASE_URL": process.stdout.readline().strip(),
               "CREDENTIALS_DIRECTORY": keys, "XDG_DATA_HOME": os.path.join(home, "data"),
               "GSETTINGS_BACKEND": "keyfile", "XDG_CONFIG_HOME": os.path.join(home, "config"),
               "G_MESSAGES_DEBUG": "ligdi-trace"}
    finally:
        process.terminate()
        process.wait(30)


def key(name):
    subprocess.run(["xdotool", "key", name], check=True)


class Trace:
    """The till's own word about what is on screen."""

    def __init__(self, log):
        self.log = log

    def read(self):
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return file.read()

    def wait(self, what, times=1):
        person.wait_for(lambda: self.read().count(f"{what} at ") >= times, what)


def run_till(options, environment, log):
    """Driven by keys alone: reading the accessibility tree would slow down what is measured."""
    spawned = now_us()
    figures = {}
    with person.Till(options.application, environment=environment, log=log) as till:
        trace = Trace(log)
        trace.wait("till ready to type")
        trace.wait("till ready to charge")
        memory = smaps(till.process.pid)
        figures["sale page anonymous"] = memory["Pss_Anon"]
        figures["sale page"] = memory["Pss"]
        # A cashier types; the page gets warm meanwhile, as it does in a shop. Twice, because
        # a till opens once and sells all day.
        for number in (1, 2):
            settle()
            # Not the same twice: that would be asked about.
            till.type(str(12400 + 100 * number))
            settle()
            key("Return")
            trace.wait("payment page first painted", number)
            settle()
            figures["payment page, all processes"] = total_pss(till.process.pid)
            key("1")
            trace.wait("verdict painted", number)
            settle()
            key("Return")
    figures["ready"], *sales = read_trace(trace.read())
    figures["ready"] -= spawned
    (figures["first page"], figures["first verdict"]), (figures["page"], figures["verdict"]) = sales
    return figures


def read_trace(text):
    """When the till was ready, then for each sale how long page and verdict took."""
    sales, now = [], {}
    for match in TRACE.finditer(text):
        now[match[1]] = int(match[2])
        if match[1] == "verdict painted":
            sales.append((now["payment page first painted"] - now["charge pressed"],
                          now["verdict painted"] - now["payment page left"]))
    return [now["till ready to type"], *sales]


def show(name, till, floor, unit, goal, met):
    ratio = f"{till / floor:5.2f} ×" if floor else "       "
    beside = f"{floor:8.1f} {unit}" if floor else " " * (9 + len(unit))
    print(f"{name:44} {till:8.1f} {unit}  {beside}  {ratio}  {goal}: {'met' if met else 'MISSED'}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--application", required=True)
    parser.add_argument("--simulator", required=True)
    parser.add_argument("--floor", required=True)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()

    tills, floors = [], []
    # As in a shop that uses no screen reader; for the till and for the floor.
    os.environ["NO_AT_BRIDGE"] = "1"
    with tempfile.TemporaryDirectory(prefix="ligdi.") as home:
        with shop_for(options.simulator, home) as environment:
            base_url, keys = environment["LIGDIPAY_BASE_URL"], environment["CREDENTIALS_DIRECTORY"]
            for number in range(options.rounds):
                tills.append(run_till(options, environment, os.path.join(home, f"log{number}")))
                floor = Floor(options.floor, base_url, keys)
                floor.measure()
                settle()
                page, confirm = floor.measure()
                bare = smaps(floor.process.pid)
                floors.append({"ready": floor.ready, "page": page, "confirm": confirm,
                               "bare window": bare["Pss"]})
                floor.stop()

    def till(name, scale=1000):
        return statistics.median(run[name] for run in tills) / scale

    def floor(name, scale=1000):
        return statistics.median(run[name] for run in floors) / scale

    print(f"medians of {options.rounds} alternating rounds{'':17} {'till':>8}         floor     ratio")
    show("start to type-ready", till("ready"), floor("ready"), "ms", "goal under 400 ms",
         till("ready") < 400)
    show("Enter to payment page painted", till("page"), floor("page"), "ms",
         "goal within 1.2 of the floor", till("page") <= 1.2 * floor("page"))
    show("return to verdict painted", till("verdict"), floor("confirm"), "ms",
         "goal floor plus one frame", till("verdict") <= floor("confirm") + FRAME_MS)
    show("anonymous memory on the sale page", till("sale page anonymous", 1024), None, "MB",
         "goal under 40 MB", till("sale page anonymous", 1024) < 40)
    print(f"{'first sale after the start: page, verdict':44} {till('first page'):8.1f} ms  "
          f"{till('first verdict'):8.1f} ms")
    print(f"{'memory on the sale page, beside a bare window':44} {till('sale page', 1024):8.1f} MB  "
          f"{floor('bare window', 1024):8.1f} MB")
    print(f"{'memory on the payment page, all processes':44} "
          f"{till('payment page, all processes', 1024):8.1f} MB")


if __name__ == "__main__":
    main()
