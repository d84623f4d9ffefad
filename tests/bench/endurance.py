# SPDX-License-Identifier: GPL-3.0-or-later
"""A day's work: many payments in a row, then nothing. What is left of them, and who wakes up.

A till runs for weeks on old machines: what each payment leaves behind adds up, and what
wakes an idle processor wears a battery.
"""
import argparse
import os
import sys
import tempfile

from figures import Trace, family, key, settle, shop_for, smaps

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "ui"))
import person  # noqa: E402


# A thread that WebKit starts with the first page and never ends. Without it the limit of a
# page's memory is not kept.
MEMORY_MONITOR = "PressureMonitor"


def web_processes(pid):
    names = []
    for member in family(pid):
        try:
            with open(f"/proc/{member}/comm", encoding="utf-8") as file:
                names.append(file.read().strip())
        except OSError:
            pass
    return sum(name.startswith("WebKitWebProc") for name in names)


def wake_ups(pid):
    """How often each of the till's threads has gone to sleep, by number and name."""
    sleeps = {}
    for thread in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{thread}/status", encoding="utf-8") as file:
                status = dict(line.rstrip("\n").split(":\t", 1) for line in file if ":\t" in line)
        except (FileNotFoundError, ProcessLookupError):
            continue
        sleeps[thread, status["Name"]] = int(status["voluntary_ctxt_switches"])
    return sleeps


def pay(till, trace, number):
    settle()
    # Not the same twice: that would be asked about.
    till.type(str(500 + number))
    key("Return")
    trace.wait("payment page first painted", number)
    settle()
    key("1")
    trace.wait("verdict painted", number)
    settle()
    key("Return")


def show(name, value, unit, goal, met):
    print(f"{name:52} {value:8.1f} {unit:8} {goal}: {'met' if met else 'MISSED'}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--application", required=True)
    parser.add_argument("--simulator", required=True)
    parser.add_argument("--payments", type=int, default=100)
    parser.add_argument("--idle-seconds", type=int, default=60)
    options = parser.parse_args()

    os.environ["NO_AT_BRIDGE"] = "1"
    with tempfile.TemporaryDirectory(prefix="ligdi.") as home:
        with shop_for(options.simulator, home) as environment:
            log = os.path.join(home, "log")
            with person.Till(options.application, environment=environment, log=log) as till:
                trace = Trace(log)
                trace.wait("till ready to charge")
                pid = till.process.pid
                first = None
                for number in range(1, options.payments + 1):
                    pay(till, trace, number)
                    if number == 1:
                        # What was left is cleared away a second later.
                        person.LOOK_AGAIN.wait(3)
                        first = smaps(pid)["Pss_Anon"] / 1024
                person.LOOK_AGAIN.wait(3)
                last = smaps(pid)["Pss_Anon"] / 1024
                before = wake_ups(pid)
                person.LOOK_AGAIN.wait(options.idle_seconds)
                after = wake_ups(pid)
                slept = {thread: (after[thread] - before.get(thread, 0)) * 60 / options.idle_seconds
                         for thread in after}
                monitor = sum(slept.pop(thread) for thread in list(slept)
                              if thread[1] == MEMORY_MONITOR)
                per_minute = sum(slept.values())
                left = web_processes(pid)

    print(f"after {options.payments} payments, and {options.idle_seconds} s without any")
    show("anonymous memory, more than after the first", last - first, "MB", "goal within 5 MB",
         last - first <= 5)
    show("anonymous memory in all", last, "MB", "goal under 40 MB", last < 40)
    show("web processes left", left, "", "goal none", left == 0)
    show("wake-ups while nothing is due", per_minute, "a minute", "goal next to none",
         per_minute < 2)
    print(f"{'and of WebKit’s watch over the memory':52} {monitor:8.1f} a minute "
          "the limit of a page’s memory needs it")


if __name__ == "__main__":
    main()
