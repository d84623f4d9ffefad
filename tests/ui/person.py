# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives LigdiPay as a person would: through its accessibility tree, keyboard and mouse.

For use inside with-display.sh, which gives a display, a session bus and a home of its own.
Widgets and the controls of the payment page are found by role and name, so whatever this
module can press, a screen reader can name.
"""
import contextlib
import os
import signal
import subprocess
import sys
import threading
import time

# Warnings end what is tested, and not the test: libatspi has one of its own for an application
# that goes away while it is looked at.
TESTED = {"G_DEBUG": os.environ.pop("G_DEBUG")} if "G_DEBUG" in os.environ else {}

import pyatspi  # noqa: E402

import sanitizers  # noqa: E402

DEADLINE = 30
# Faster than this looks like a barcode scanner to the till.
KEY_DELAY_MS = 60

LOOK_AGAIN = threading.Event()


class NotSeen(Exception):
    """What a person would have waited for did not appear."""


def picture_stuck():
    """Saves what was on screen when something was waited for in vain."""
    folder = os.environ.get("LIGDIPAY_PICTURES")
    if folder:
        os.makedirs(folder, exist_ok=True)
        subprocess.run(["import", "-window", "root", os.path.join(folder, f"stuck-{os.getpid()}.png")],
                       check=False)


def wait_for(probe, what, seconds=DEADLINE):
    """Answers what the probe finds; the accessibility tree changes while it is read."""
    end = time.monotonic() + seconds
    while True:
        try:
            found = probe()
        except Exception:  # a widget that went away in the middle of the walk
            found = None
        if found:
            return found
        if time.monotonic() > end:
            picture_stuck()
            raise NotSeen(f"not seen within {seconds} s: {what}")
        # Between two looks; the deadline above decides.
        LOOK_AGAIN.wait(0.05)


def may_hold_page(node):
    """What WebKit puts around a page never says that it is there."""
    return node.getRole() in (pyatspi.ROLE_FILLER, pyatspi.ROLE_SCROLL_PANE) and node.childCount == 1


def walk(root, showing=False):
    """Every widget, or those on screen. Each question is a message to an application that may be
    busy, so nothing is asked about what lies in a widget that is not there."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node is None:
            continue
        if not showing or node is root or is_showing(node):
            yield node
        elif not may_hold_page(node):
            continue
        for i in range(node.childCount - 1, -1, -1):
            stack.append(node.getChildAtIndex(i))


def words_of(node):
    """What a screen reader says: the name, or the text of a paragraph without one."""
    name = node.name
    if name or node.getRoleName() not in ("paragraph", "static", "alert", "notification", "status bar"):
        return name
    try:
        return node.queryText().getText(0, -1)
    except NotImplementedError:
        return ""


def has_role(node, role):
    """Whether a widget has this role; what was called a push button is a button from at-spi2-core 2.54 on."""
    name = node.getRoleName()
    return name == role or (name, role) == ("button", "push button")


def is_showing(node):
    states = node.getState()
    return states.contains(pyatspi.STATE_SHOWING) and states.contains(pyatspi.STATE_VISIBLE)


class Till:
    """One running application."""

    # In good order, by the scene's own hand, or not as our child, so that nobody hears how.
    GOOD_ENDS = (0, -signal.SIGKILL, None)

    def __init__(self, program, *arguments, environment=None, log=None):
        self.program = program
        self.log = open(log, "wb") if log else None
        self.report = sanitizers.Report()
        self.process = subprocess.Popen(
            [program, *arguments],
            env={**os.environ, **TESTED, **self.report.environment, **(environment or {})},
            stdout=self.log or sys.stderr, stderr=self.log or sys.stderr)
        self.pictures = None
        self.n_pictures = 0
        # What the button that charges says, and what says the amount.
        self.charge_word, self.amount_word = "Encaisser", "À encaisser"

    def __enter__(self):
        return self

    def __exit__(self, failure, *_):
        status = self.stop()
        wrong = self.report.read()
        self.report.close()
        if wrong:
            print(wrong, file=sys.stderr)
        if failure is None and (wrong or status not in self.GOOD_ENDS):
            raise SystemExit(f"the application ended with {status}")

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(DEADLINE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.log:
            self.log.close()
            self.log = None
        return self.process.returncode

    @property
    def root(self):
        desktop = pyatspi.Registry.getDesktop(0)
        for i in range(desktop.childCount):
            child = desktop.getChildAtIndex(i)
            if child is not None and child.get_process_id() == self.process.pid:
                return child
        return None

    def find(self, name, role=None, seconds=DEADLINE, showing=True):
        """Waits for a widget whose words are, or start with, the given ones."""
        def probe():
            if self.process.poll() is not None:
                raise SystemExit(f"the application ended with {self.process.returncode}")
            return next((node for node in walk(self.root, showing)
                         if (role is None or has_role(node, role))
                         and words_of(node).startswith(name)), None)
        return wait_for(probe, f"{role or 'something'} named {name!r}", seconds)

    def has(self, name, role=None):
        try:
            return any((role is None or has_role(node, role)) and node.name.startswith(name)
                       for node in walk(self.root, showing=True))
        except Exception:
            return False

    def wait_gone(self, name, role=None, seconds=DEADLINE):
        wait_for(lambda: not self.has(name, role), f"{name!r} to go away", seconds)

    def wait_focus(self, name):
        """Waits until the keyboard is where it should be."""
        def probe():
            return any(node.name.startswith(name)
                       and node.getState().contains(pyatspi.STATE_FOCUSED)
                       for node in walk(self.root))
        wait_for(probe, f"the focus on {name!r}")

    def bring(self, name, role):
        """Moves to what may be below what is in sight."""
        node = wait_for(lambda: next(node for node in walk(self.root)
                                     if node.name == name and has_role(node, role)),
                        f"{role} named {name!r}")
        node.queryComponent().grabFocus()
        wait_for(lambda: is_showing(node), f"{name!r} to be in sight")
        return node

    def press(self, name, role=None, seconds=DEADLINE):
        node = wait_for(lambda: self._sensitive(self.find(name, role, seconds)),
                        f"{name!r} to be sensitive", seconds)
        node.queryAction().doAction(0)

    def press_until(self, name, then):
        """Presses what does not count right after it has appeared, until it does. What it leads
        to is the words of a widget, or something that can be called."""
        for _ in range(5):
            self.press(name, "push button")
            try:
                return wait_for(then, name, 2) if callable(then) else self.find(then, seconds=2)
            except NotSeen:
                continue
        raise NotSeen(f"{name!r} did not lead to {then!r}")

    def move_page(self, where):
        """Opens the payment page elsewhere. A menu closes when another window takes the
        keyboard; people open it again."""
        for _ in range(5):
            self.press("Ouvrir la page autrement")
            try:
                self.press(where, "push button", seconds=2)
                return
            except NotSeen:
                continue
        raise NotSeen(f"the menu with {where!r}")

    @staticmethod
    def _sensitive(node):
        return node if node.getState().contains(pyatspi.STATE_SENSITIVE) else None

    def click(self, node):
        """With the pointer, as soon as what is clicked at stands still."""
        seen = []

        def stands_still():
            box = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
            seen.append((box.x, box.y, box.width, box.height))
            return seen[-1] if seen[-1:] * 3 == seen[-3:] else None

        x, y, width, height = wait_for(stands_still, f"{node.name!r} to stand still")
        subprocess.run(["xdotool", "mousemove", str(x + width // 2), str(y + height // 2),
                        "click", "1"], check=True)

    def type(self, text):
        """Types one key after another, each once the X server has dealt with the last: a busy
        server would stamp several with the same time, which is how scanners type."""
        for character in text:
            subprocess.run(["xdotool", "type", "--delay", "0", character], check=True)
            LOOK_AGAIN.wait(KEY_DELAY_MS / 1000)

    def key(self, *names):
        subprocess.run(["xdotool", "key", "--delay", str(KEY_DELAY_MS), *names], check=True)

    def ready(self):
        """Waits until the till can charge: the amount is typed only then."""
        button = self.find("Encaisser", "push button")
        wait_for(lambda: button.description not in ("", "Préparation…"), "the till to be ready")

    def charge(self, amount):
        """Types an amount and presses Enter, as soon as Enter counts."""
        self.type(str(amount))
        button = self.find(self.charge_word, "push button")
        wait_for(lambda: self._sensitive(button), "the pay button to be sensitive")
        # Enter does not count right after a screen change; people press again.
        for _ in range(5):
            self.key("Return")
            try:
                self.wait_gone(self.amount_word, seconds=2)
                return
            except NotSeen:
                continue
        raise NotSeen("Enter did not charge")

    @contextlib.contextmanager
    def scene(self, name, pictures):
        """Where the pictures of a scene go; what is on screen is told when it gets stuck."""
        if pictures:
            self.pictures = os.path.join(pictures, name)
        try:
            yield
        except NotSeen as error:
            self.picture("stuck")
            names = sorted({node.name for node in walk(self.root, showing=True) if node.name})
            sys.exit(f"{error}\non screen: {names}")

    def picture(self, name):
        """Saves what is on screen, if somebody asked for pictures."""
        if not self.pictures:
            return
        os.makedirs(self.pictures, exist_ok=True)
        self.n_pictures += 1
        path = os.path.join(self.pictures, f"{self.n_pictures:02d}-{name}.png")
        subprocess.run(["import", "-window", "root", path], check=True)
