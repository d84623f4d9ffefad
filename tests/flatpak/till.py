# SPDX-License-Identifier: GPL-3.0-or-later
"""The till in flatpak, from its installation to an update, as a shop goes about it.

For tests/flatpak.sh, which has built it, inside tests/ui/with-display.sh. Nothing of the machine's
own flatpak is used: FLATPAK_USER_DIR and the home are the test's.
"""
import argparse
import configparser
import contextlib
import json
import os
import pathlib
import sqlite3
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "ui"))

import person  # noqa: E402
from test_setup import write_into, write_keys  # noqa: E402

ID = "com.example.LigdiPay"
OBJECT = "/com/example/LigdiPay"
# A cold start in flatpak reads everything anew.
person.DEADLINE = 60
KEY_FILES = ("ligdipay-api-key", "ligdipay-api-token")
KEYS = ("CANARYKEY4711", "CANARYTOKEN0815")
PAID, NOT_YET = 0, 1

STEPS = []


def step(function):
    STEPS.append(function)
    return function


def expect(truth, what):
    if not truth:
        raise SystemExit(f"not so: {what}")


def output(*command, status=0, **options):
    """What a command says, once it has ended as it should."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, **options)
    if done.returncode != status:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}, not {status}:\n"
                         f"{done.stdout}{done.stderr}")
    return done.stdout


class Sandbox:
    """A till that goes on when the command that opened it has ended."""
    returncode = 0

    @staticmethod
    def poll():
        return None


class Till(person.Till):
    """A window whose process is out of sight: it is found by its name."""

    # What is left open when a till has done its part is killed, and "flatpak run" says so.
    GOOD_ENDS = (0, 128 + signal.SIGKILL)

    def __init__(self, place, *words, outlives=False):
        super().__init__("flatpak", "run", ID, *words)
        self.command = self.process
        if outlives:
            self.process = Sandbox
        self.place = place
        self.pictures = place.pictures
        self.n_pictures = place.n_pictures

    @property
    def root(self):
        desktop = person.pyatspi.Registry.getDesktop(0)
        for i in range(desktop.childCount):
            child = desktop.getChildAtIndex(i)
            if child is not None and child.name == "ligdipay":
                return child
        return None

    def pay(self):
        """The customer's part. The page is not in the tree of widgets: it has keys, as it says
        beside its buttons, and 1 is for "paid"."""
        self.find("Au client de payer")
        pressed_at = 0

        def is_paid():
            nonlocal pressed_at
            if time.monotonic() > pressed_at + 3:
                self.key("1")
                pressed_at = time.monotonic()
            return self.has("PAYÉ")

        person.LOOK_AGAIN.wait(1)
        self.picture("page")
        person.wait_for(is_paid, "the verdict")
        self.picture("paid")

    def leave(self):
        """Closes the window, and waits until nothing of it runs."""
        self.key("ctrl+q")
        person.wait_for(lambda: not self.place.till_runs(), "the till to end")

    def stop(self, how=None):
        self.place.n_pictures = self.n_pictures
        if self.place.till_runs():
            subprocess.run(["flatpak", "kill", ID], check=False)
        self.command.wait(person.DEADLINE)
        return self.command.returncode


def count_sandboxes():
    """How many there are of the program, WebKit's own among them."""
    return output("flatpak", "ps", "--columns=application").split().count(ID)


class Place:
    """The home of a till, the desktop around it, and what was measured."""

    def __init__(self, options):
        self.options = options
        self.pictures = options.pictures
        self.n_pictures = 0
        self.home = pathlib.Path(os.environ["HOME"], ".var", "app", ID)
        self.data = self.home / "data" / "ligdipay"
        self.figures = {}
        self.calls = None
        self.gateway = None

    def run(self, *words, status=0):
        return output("flatpak", "run", ID, *words, status=status, stdin=subprocess.DEVNULL)

    def set(self, **settings):
        """The program's settings are its own, and not among the desktop's."""
        for name, value in settings.items():
            output("flatpak", "run", "--command=gsettings", ID, "set", ID, name.replace("_", "-"), value)

    def till_runs(self):
        """Anything of it: the gateway has a sandbox of its own."""
        return count_sandboxes() > (self.gateway is not None)

    def asked(self, interface, method):
        """What a portal was asked, each time."""
        lines = pathlib.Path(self.calls).read_text(encoding="utf-8").splitlines()
        calls = [json.loads(line) for line in lines if line.startswith("[")]
        return [given for name, called, given in calls if (name, called) == (interface, method)]

    def wait_asked(self, interface, method):
        return person.wait_for(lambda: self.asked(interface, method), f"{interface}.{method}")[-1]

    def states(self, part=""):
        """How the payments stand, on disk."""
        ledger = sqlite3.connect(f"file:{self.data / part / 'ledger.sqlite'}?mode=ro", uri=True)
        try:
            return [row[0] for row in ledger.execute("SELECT state FROM payment ORDER BY id")]
        finally:
            ledger.close()

    def ask_gateway(self, path, method="GET", **query):
        request = urllib.request.Request(
            f"{self.gateway}/simulator/{path}?{urllib.parse.urlencode(query)}", method=method,
            headers={"X-Ligdi-Simulator": "1"})
        with urllib.request.urlopen(request, timeout=10) as reply:
            body = reply.read()
        return json.loads(body) if body else None


@contextlib.contextmanager
def portals(place):
    """A desktop that has portals; none that is installed here comes before it."""
    services = pathlib.Path(os.environ["XDG_RUNTIME_DIR"], "dbus-1", "services")
    services.mkdir(parents=True, exist_ok=True)
    (services / "org.freedesktop.portal.Documents.service").write_text(
        "[D-BUS Service]\nName=org.freedesktop.portal.Documents\nExec=/bin/false\n", encoding="utf-8")
    with tempfile.NamedTemporaryFile(prefix="portals.") as calls, \
            subprocess.Popen(["/usr/bin/python3", HERE / "desktop.py"], stdout=calls) as desktop:
        place.calls = calls.name
        try:
            person.wait_for(lambda: os.path.getsize(calls.name) > 0, "the portals")
            yield
        finally:
            desktop.terminate()


@contextlib.contextmanager
def gateway(place):
    """The simulator, from inside; its keys are in a folder that the till is not told of."""
    folder = place.home / "data" / "gateway"
    folder.mkdir(parents=True, exist_ok=True)
    for name, key in zip(KEY_FILES, KEYS):
        (folder / name).write_text(key + "\n", encoding="ascii")
    with subprocess.Popen(
            ["flatpak", "run", "--command=ligdipay-simulator", ID, "--port", "0", "--credentials",
             str(folder)], stdout=subprocess.PIPE, text=True) as simulator:
        place.gateway = simulator.stdout.readline().strip()
        try:
            yield
        finally:
            subprocess.run(["flatpak", "kill", ID], check=False)


@step
def first_sale(place):
    """From flatpak install to a sale that is paid, in the demonstration."""
    began = time.monotonic()

    def note(what):
        place.figures[what] = round(time.monotonic() - began, 1)

    output("flatpak", "--user", "install", "--noninteractive", place.options.repository, ID)
    note("installed")
    with Till(place, "--demo") as till:
        till.ready()
        note("ready")
        till.picture("sale")
        till.charge(12500)
        # WebKit's pages are in a sandbox inside the sandbox.
        person.wait_for(lambda: count_sandboxes() > 1, "a sandbox of WebKit's own")
        till.pay()
        note("paid")
        till.press("Nouvelle vente")
        till.leave()
    expect(place.states("demonstration") == ["paid"], place.states("demonstration"))


@step
def permissions(place):
    """What flatpak says is what the manifest means, and nothing else."""
    lines = (HERE / "permissions").read_text(encoding="utf-8").splitlines()
    meant = {}
    for line in lines:
        if line.startswith("--"):
            kind, _, what = line[2:].partition("=")
            meant.setdefault({"share": "shared", "socket": "sockets", "device": "devices"}[kind], set()).add(what)
    # The fallback is X11 where there is no Wayland, and flatpak says both.
    if "fallback-x11" in meant["sockets"]:
        meant["sockets"].add("x11")
    said = configparser.ConfigParser()
    said.read_string(output("flatpak", "info", "--show-permissions", ID))
    expect(said.sections() == ["Context"], said.sections())
    given = {name: set(filter(None, value.split(";"))) for name, value in said["Context"].items()}
    expect(given == meant, f"{given} is {meant}")
    # From inside, nobody's files are to be seen.
    file = pathlib.Path(os.environ["HOME"], "a-file-of-the-user")
    file.touch()
    output("flatpak", "run", "--command=test", ID, "!", "-e", str(file))


@step
def keys(place):
    """The first start, to real money: keys go through the Secret portal, and are found again."""
    place.set(base_url=place.gateway)
    with Till(place) as till:
        till.find("Bienvenue dans LigdiPay")
        write_into(till, "Nom de la boutique", "Chez Awa")
        till.key("Return")
        till.find("Par quoi commencer ?")
        till.press("Connecter mon compte LigdiCash", "push button")
        write_keys(till, *KEYS)
        till.press("Tester la connexion", "push button")
        till.find("Connexion réussie")
        till.picture("connected")
        till.press("Suivant", "push button")
        till.press("Terminer", "push button")
        till.press("Encaisser de l’argent réel", "push button")
        till.find("En ligne")
        till.ready()
        till.charge(500)
        till.pay()
        till.press("Nouvelle vente")
        till.leave()
    expect(place.states() == ["paid"], place.states())
    expect(place.asked("Secret", "RetrieveSecret"), "the portal was asked for a secret")
    place_of_keys = output("flatpak", "run", "--command=gsettings", ID, "get", ID, "keys-place").strip()
    expect(place_of_keys == "'keyring'", place_of_keys)
    for path in place.home.rglob("*"):
        if path.is_file() and path.parent.name != "gateway":
            expect(not any(key.encode() in path.read_bytes() for key in KEYS), f"no key is in {path}")


@step
def command_line(place):
    """Without a display: a link, what became of it, the list and the journal."""
    link = json.loads(place.run("link", "5000", "--json"))
    with urllib.request.urlopen(link["url"], timeout=10) as page:
        expect("5" in page.read().decode(), "the link leads to a page")
    place.run("check", link["reference"], status=NOT_YET)
    token = place.ask_gateway("invoices")["invoices"][-1]["token"]
    place.ask_gateway("outcome", "POST", token=token, outcome="paid")
    place.run("check", link["reference"], status=PAID)
    listed = [json.loads(line) for line in place.run("list", "--json").splitlines()]
    expect(sorted(payment["amount"] for payment in listed) == [500, 5000], listed)
    place.run("journal", "verify")


@step
def charge(place):
    """ligdipay charge opens a till that stays when it has ended."""
    with Till(place, "charge", "700", "--reference", "F-1", "--from", "Atelier", "--json", outlives=True) as till:
        till.find("Demandé par « Atelier »")
        till.picture("charge")
        till.press_until("Encaisser 700", lambda: till.has("Au client de payer"))
        # What another sandbox does meanwhile leaves this one's payment alone.
        place.run("check")
        expect(place.states()[-1] == "awaiting", place.states())
        till.pay()
        expect(till.command.wait(person.DEADLINE) == PAID, till.command.returncode)
        told = json.loads(place.run("charge", "700", "--reference", "F-1", "--json"))
        expect((told["state"], told["charge"]) == ("paid", "F-1"), told)
        till.press("Nouvelle vente")

        # News of a payment that is not on screen is a notification.
        link = json.loads(place.run("link", "900", "--json"))
        token = place.ask_gateway("invoices")["invoices"][-1]["token"]
        place.ask_gateway("outcome", "POST", token=token, outcome="paid")
        place.run("check", link["reference"], status=PAID)
        place.wait_asked("Notification", "AddNotification")
        till.leave()


@step
def beside(place):
    """Each sandbox has numbers of its own for its processes: a command that cannot see the till's
    leaves alone what the till is in the middle of."""
    place.ask_gateway("fault", "POST", name="create-slow")
    with Till(place) as till:
        till.ready()
        till.charge(800)
        person.wait_for(lambda: place.states()[-1] == "creating", "an invoice in the making")
        place.run("check")
        expect(place.states()[-1] == "creating", place.states())
        place.ask_gateway("fault", "POST", name="none")
        till.pay()
        till.press("Nouvelle vente")
        till.leave()


@step
def browser_and_printer(place):
    """The computer's browser is opened through a portal, and comes back; so is its printer."""
    place.set(payment_page="browser")
    with Till(place) as till:
        till.ready()
        till.charge(600)
        till.find("Le client paie dans le navigateur")
        address = place.wait_asked("OpenURI", "OpenURI")[1]
        with urllib.request.urlopen(address, timeout=10) as page:
            form = page.geturl()
        with urllib.request.urlopen(form, b"action=paid", timeout=10) as back:
            expect("Page de paiement terminée" in back.read().decode(), back.geturl())
        till.find("PAYÉ")
        till.press("Reçu", "push button")
        place.wait_asked("Print", "PreparePrint")
        till.press("Nouvelle vente")
        till.leave()
    place.set(payment_page="here")


@step
def bus(place):
    """Another program of the shop asks on the session's bus, and starts the till by that."""
    output("gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path",
           "/org/freedesktop/DBus", "--method", "org.freedesktop.DBus.ReloadConfig")
    for reference, state in (("NOBODY", "unknown"), ("F-1", "paid")):
        told = output("gdbus", "call", "--session", "--dest", ID, "--object-path", OBJECT,
                      "--method", f"{ID}.Till1.Status", reference)
        expect(told.startswith(f"('{state}', "), told)
    person.wait_for(lambda: not place.till_runs(), "the service to end by itself")


@step
def background(place):
    """Going on without a window is asked of the desktop, and taken back."""
    with Till(place) as till:
        till.ready()
        expect(not place.asked("Background", "RequestBackground"), "nobody has asked yet")
        for wanted in ("true", "false"):
            place.set(watch_when_closed=wanted)
            person.wait_for(lambda: [given[1]["autostart"] for given in
                                     place.asked("Background", "RequestBackground")][-1]
                            == (wanted == "true"), f"the autostart to be {wanted}")  # noqa: B023
        expect(place.asked("Background", "RequestBackground")[-1][1]["commandline"]
               == ["ligdipay", "--background"], "the command of the autostart")
        till.leave()


@step
def update(place):
    """A newer version finds everything: payments, settings, and keys in the keyring."""
    before = place.states(), place.states("demonstration")
    version = place.run("--version")
    output("sh", "-c", place.options.update)
    output("flatpak", "--user", "update", "--noninteractive", ID)
    expect(place.run("--version") != version, f"still {version}")
    expect((place.states(), place.states("demonstration")) == before, "the payments are there")
    # Whoever allows it less has the same till.
    output("flatpak", "--user", "override", "--unshare=ipc", "--nodevice=dri", ID)
    with Till(place) as till:
        till.find("En ligne")
        till.ready()
        till.charge(1000)
        till.pay()
        till.press("Nouvelle vente")
        till.press("Historique", "push button")
        till.find("Encaissé")
        till.picture("history")
        till.key("Escape")
        till.find("Encaisser 0", "push button")
        till.leave()
    output("flatpak", "--user", "override", "--reset", ID)
    expect(place.states() == [*before[0], "paid"], place.states())
    place.run("journal", "verify")


@step
def kiosk(place):
    """Customers by themselves, and nobody else's window."""
    with Till(place, "--demo", "--kiosk") as till:
        till.find("Choisissez le code du responsable")
        for _ in range(2):
            for digit in "482913":
                till.key(digit)
            till.picture("kiosk")
        till.find("Toucher pour payer", "push button")
        till.picture("kiosk")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repository", required=True, help="where the program comes from")
    parser.add_argument("--update", required=True, help="a command that makes a newer version of it")
    parser.add_argument("--pictures", required=True, help="where to leave the pictures")
    options = parser.parse_args()

    place = Place(options)
    with contextlib.ExitStack() as desktop:
        desktop.enter_context(portals(place))
        for function in STEPS:
            began = time.monotonic()
            function(place)
            print(f"ok: {function.__name__.replace('_', ' ')} ({time.monotonic() - began:.0f} s)", flush=True)
            if function is permissions:
                desktop.enter_context(gateway(place))
    print("in s, from flatpak install on:", json.dumps(place.figures))


if __name__ == "__main__":
    try:
        main()
    except person.NotSeen as error:
        sys.exit(str(error))
