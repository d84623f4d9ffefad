# SPDX-License-Identifier: GPL-3.0-or-later
"""Sales that other programs ask for: on the command line, on the bus, and by a link."""
import argparse
import json
import os
import subprocess
import time

import gi

import person
import shop

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

SCENES = {}
NAME = "com.example.LigdiPay"
PATH = "/com/example/LigdiPay"
INTERFACE = "com.example.LigdiPay.Till1"


def scene(function):
    SCENES[function.__name__.replace("_", "-")] = function
    return function


def expect(truth, what):
    if not truth:
        raise SystemExit(f"not so: {what}")


class Command:
    """`ligdipay charge` in a terminal of its own."""

    def __init__(self, till, place, *words):
        self.words = words
        self.process = subprocess.Popen(
            [till.program, "charge", *words], text=True, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env={**os.environ, **person.TESTED, **place.environment})

    def end(self, status, state=None):
        """What it said, once it has ended as it should."""
        try:
            said, complained = self.process.communicate(timeout=person.DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise SystemExit(f"still waiting: {self.words}") from None
        expect(self.process.returncode == status,
               f"{self.words} ended with {self.process.returncode}: {said}{complained}")
        if state is None:
            return complained
        answer = json.loads(said)
        expect(answer["state"] == state, answer)
        return answer


class Client:
    """Another program of the shop, that knows nothing but the bus."""

    def __init__(self):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.heard = []
        for name in ("ChargeChanged", "Verdict"):
            self.bus.signal_subscribe(NAME, INTERFACE, name, PATH, None, Gio.DBusSignalFlags.NONE,
                                      lambda *given: self.heard.append((given[4], *given[5].unpack())))

    def call(self, method, signature, *arguments, interface=INTERFACE):
        return self.bus.call_sync(NAME, PATH, interface, method, GLib.Variant(signature, arguments),
                                  None, Gio.DBusCallFlags.NONE, 20000).unpack()

    def charge(self, reference, amount, items=(), **options):
        options = {name: GLib.Variant("s", value) for name, value in options.items()}
        return self.call("Charge", "(sxa(sxx)a{sv})", reference, amount, list(items), options)

    def refused(self, *arguments, **options):
        """The name of the error."""
        try:
            self.charge(*arguments, **options)
        except GLib.Error as error:
            return Gio.DBusError.get_remote_error(error)
        raise SystemExit(f"was taken: {arguments}")

    def hears(self, signal, who, state):
        def probe():
            while GLib.MainContext.default().iteration(False):
                pass
            return [details for name, whose, what, details in self.heard
                    if (name, whose, what) == (signal, who, state)]
        return person.wait_for(probe, f"{signal} {who} {state}")[0]


def has_focus(till, name):
    return any(node.name.startswith(name) and node.getState().contains(person.pyatspi.STATE_FOCUSED)
               for node in person.walk(till.root))


def n_invoices(place):
    return len(place.invoices())


def accept(till, amount):
    """Nothing counts right after a screen change; people press again, unless the page is on its way."""
    till.press_until(f"Encaisser {amount}",
                     lambda: till.has("Payé", "push button") or till.has("Au client de payer"))


@scene
def pays(till, place):
    """From a shell to the cashier and back, once however often it is asked for."""
    till.ready()
    words = ("10500", "--reference", "CMD-17", "--item", "Riz parfumé=2x3750", "--item", "Huile=3000",
             "--from", "Atelier Zoé", "--json")
    command = Command(till, place, *words)
    till.find("Demandé par « Atelier Zoé »")
    till.find("Référence CMD-17")
    till.find("Riz parfumé")
    till.picture("asked")
    expect(n_invoices(place) == 0, "nothing is charged before the cashier says so")
    accept(till, "10\u202f500")
    till.press("Payé", "push button")
    till.find("PAYÉ")
    till.picture("paid")
    answer = command.end(0, "paid")
    expect(answer["amount"] == 10500 and answer["charge"] == "CMD-17" and answer["ticket"] == 1
           and "demonstration" not in answer, answer)
    # Also while its result is still on screen.
    Command(till, place, *words).end(0, "paid")
    Command(till, place, "10000", "--reference", "CMD-17").end(2)
    expect(n_invoices(place) == 1, "one invoice")
    listed = json.loads(subprocess.run(
        [till.program, "list", "--json"], check=True, capture_output=True,
        env={**os.environ, **person.TESTED, **place.environment}).stdout)
    expect((listed["charge"], listed["charge_sender"]) == ("CMD-17", "Atelier Zoé"), listed)
    till.press("Nouvelle vente", "push button")
    till.find("Encaisser 0", "push button")
    till.press("Historique", "push button")
    till.find("CMD-17", "label")
    till.picture("history")


@scene
def refused(till, place):
    """The cashier need not charge it; what was refused stays refused."""
    till.ready()
    command = Command(till, place, "500", "--reference", "R", "--json")
    till.find("Demandé par un autre programme")
    till.press("Refuser", "push button")
    command.end(6, "refused")
    till.find("Encaisser 0", "push button")
    Command(till, place, "500", "--reference", "R", "--json").end(6, "refused")
    # What is put off waits, above the sale.
    command = Command(till, place, "700", "--reference", "L", "--from", "Étal 3", "--json")
    till.find("Demandé par « Étal 3 »")
    till.key("Escape")
    till.find("Encaisser 0", "push button")
    till.find("« Étal 3 » demande une vente de 700")
    till.picture("later")
    till.press("Voir", "push button")
    till.find("Demandé par « Étal 3 »")
    # Whoever asks may think better of it.
    command.process.send_signal(person.signal.SIGINT)
    command.end(1, "unknown")
    till.find("Encaisser 0", "push button")
    expect(n_invoices(place) == 0, "nothing was charged")


@scene
def beside_a_sale(till, place):
    """The cashier's own sale comes first and is not lost; nobody waits longer than they want."""
    till.ready()
    till.type("250")
    till.key("plus")
    till.type("40")
    command = Command(till, place, "700", "--reference", "B", "--timeout", "10", "--json")
    till.find("Un autre programme demande une vente de 700")
    till.find("Encaisser 290", "push button")
    till.picture("beside")
    command.end(1, "unknown")
    till.wait_gone("Un autre programme demande une vente de 700")
    command = Command(till, place, "900", "--reference", "C", "--json")
    till.find("Un autre programme demande une vente de 900")
    till.press("Voir", "push button")
    # Whoever types on without looking charges nothing.
    for _ in range(2):
        till.find("Demandé par un autre programme")
        till.type("50")
        till.key("Return")
    expect(n_invoices(place) == 0, "nothing is charged by what was meant for another sale")
    accept(till, "900")
    till.press("Payé", "push button")
    till.find("PAYÉ")
    command.end(0, "paid")
    till.press("Nouvelle vente", "push button")
    till.find("Encaisser 290", "push button")


@scene
def stray_keys(till, place):
    """Whoever writes without looking charges nothing, whatever comes before them meanwhile."""
    till.ready()
    client = Client()
    client.charge("S-1", 700)
    till.find("Référence S-1")
    till.key("space")
    till.type("riz gras ")
    till.key("space", "Return")
    till.find("Référence S-1")
    expect(n_invoices(place) == 0, "nothing is charged")
    # Who means it gets there by the keyboard alone.
    for _ in range(8):
        if has_focus(till, "Encaisser 700"):
            break
        till.key("Tab")
    till.wait_focus("Encaisser 700")
    for _ in range(5):
        # A space does not count right after what was written; people press again.
        till.key("space")
        try:
            till.wait_gone("Encaisser 700", seconds=2)
            break
        except person.NotSeen:
            continue
    client.hears("ChargeChanged", "S-1", "paying")


@scene
def same_amount(till, place):
    """A question about one sale is answered for that one, whatever has come before it since."""
    till.ready()
    client = Client()
    till.charge(500)
    till.press("Payé", "push button")
    till.press("Nouvelle vente", "push button")
    till.type("500")
    till.press_until("Encaisser 500", "Ticket 0001")
    client.charge("Q-1", 9000)
    till.find("Un autre programme demande une vente de 9")
    # Not what the question above it offers to see.
    person.wait_for(lambda: [node for node in person.walk(till.root) if node.name == "Voir"],
                    "what is asked for")[0].queryAction().doAction(0)
    till.find("Référence Q-1")
    till.wait_gone("Autre client : encaisser")
    client.call("Cancel", "(s)", "Q-1")
    till.find("Encaisser 500", "push button")
    # And where it is asked about what another program wants.
    till.key("Escape")
    till.find("Encaisser 0", "push button")
    client.charge("Q-2", 500)
    till.press_until("Encaisser 500", "Ticket 0001")
    client.charge("Q-3", 9000)
    client.call("Cancel", "(s)", "Q-2")
    till.find("Référence Q-3")
    till.wait_gone("Autre client : encaisser")
    client.call("Cancel", "(s)", "Q-3")
    client.charge("Q-4", 500)
    till.press_until("Encaisser 500", "Ticket 0001")
    till.press_until("Autre client : encaisser", lambda: till.has("Payé", "push button"))
    expect(n_invoices(place) == 2, "each one once")


@scene
def two_who_wait(till, place):
    """Whoever waits hears the end, also of what somebody else has withdrawn or done."""
    till.ready()
    first = Command(till, place, "700", "--reference", "d'Awa", "--json")
    till.find("Référence d'Awa")
    second = Command(till, place, "700", "--reference", "d'Awa", "--timeout", "2", "--json")
    second.end(1, "unknown")
    first.end(1, "unknown")
    # Refused by the operator, put off, and taken up again from where it is looked up.
    command = Command(till, place, "800", "--reference", "L-1", "--json")
    till.find("Référence L-1")
    accept(till, "800")
    till.press("Refusé", "push button")
    till.find("NON PAYÉ")
    till.press("Modifier le ticket", "push button")
    till.find("Référence L-1")
    till.key("Escape")
    till.find("Encaisser 0", "push button")
    subprocess.run([till.program, "ligdipay://charge?amount=800&reference=L-1"], check=True,
                   env={**os.environ, **person.TESTED, **place.environment})
    till.find("NON PAYÉ")
    till.press("Réessayer", "push button")
    till.press("Payé", "push button")
    till.find("PAYÉ")
    command.end(0, "paid")
    till.press("Nouvelle vente", "push button")
    till.find("Encaisser 0", "push button")
    expect(not till.has("Un autre programme demande"), "nobody is asked about what is paid")


@scene
def withdrawn(till, place):
    """Nobody is asked for what nobody waits for, however early somebody has gone."""
    till.ready()
    client = Client()
    till.process.send_signal(person.signal.SIGSTOP)
    Command(till, place, "700", "--reference", "F-1", "--json", "--timeout", "2").end(3)
    till.process.send_signal(person.signal.SIGCONT)
    expect(client.call("Status", "(s)", "F-1")[0] == "unknown", "it was withdrawn")
    # What the customer is paying is in doubt when the till goes.
    command = Command(till, place, "800", "--reference", "F-2", "--json")
    till.find("Référence F-2")
    accept(till, "800")
    till.find("Payé", "push button")
    till.stop(person.signal.SIGKILL)
    command.process.send_signal(person.signal.SIGINT)
    command.end(4)


@scene
def stopped(till, place):
    """A till that cannot sell says so to whoever asks, and keeps nobody waiting."""
    till.find("Encaisser", "push button")
    for _ in range(2):
        Command(till, place, "500").end(3)
    client = Client()
    failed = "org.freedesktop.DBus.Error.Failed"
    expect(client.refused("A", 500) == failed, "it says so")


@scene
def under_the_finger(till, place):
    """What is withdrawn while somebody reaches for it leaves their finger on nothing."""
    till.ready()
    client = Client()
    till.type("290")
    client.charge("U-1", 700)
    till.find("Un autre programme demande une vente de 700")
    till.press("Voir", "push button")
    box = till.find("Encaisser 700", "push button").queryComponent().getExtents(
        person.pyatspi.DESKTOP_COORDS)
    subprocess.run(["xdotool", "mousemove", str(box.x + box.width // 2), str(box.y + box.height // 2)],
                   check=True)
    # It has been there long enough to be pressed.
    shown = time.monotonic()
    person.wait_for(lambda: time.monotonic() - shown > 1, "a finger to set out")
    began = time.monotonic()
    client.call("Cancel", "(s)", "U-1")
    subprocess.run(["xdotool", "click", "1"], check=True)
    in_time = time.monotonic() - began < 0.6
    till.find("Encaisser 290", "push button")
    # A computer that took longer than a finger has shown nothing.
    expect(n_invoices(place) == 0 or not in_time, "the cashier's own sale was not meant")


@scene
def tried_again(till, place):
    """A try that comes to nothing is no other sale."""
    till.ready()
    place.ask("fault", "POST", name="create-500")
    command = Command(till, place, "800", "--reference", "T", "--json")
    till.find("Demandé par un autre programme")
    till.press_until("Encaisser 800", lambda: place.query(
        "SELECT count(*) FROM payment WHERE state = 'aborted'") == 1)
    till.find("Demandé par un autre programme")
    till.picture("failed")
    place.ask("fault", "POST", name="none")
    accept(till, "800")
    till.press("Refusé", "push button")
    till.find("NON PAYÉ")
    till.press("Modifier le ticket", "push button")
    till.find("Demandé par un autre programme")
    expect(command.process.poll() is None, "the cashier may still try again")
    accept(till, "800")
    till.press("Refusé", "push button")
    till.find("NON PAYÉ")
    till.press("Modifier le ticket", "push button")
    till.press("Refuser", "push button")
    till.find("Encaisser 0", "push button")
    command.end(1, "not-paid")
    expect(place.query("SELECT count(*) FROM sale") == 1, "one sale")
    # What was refused after such a try stays refused.
    place.ask("fault", "POST", name="create-500")
    command = Command(till, place, "900", "--reference", "U", "--json")
    till.press_until("Encaisser 900", lambda: place.query(
        "SELECT count(*) FROM payment WHERE state = 'aborted'") == 2)
    till.press_until("Refuser", lambda: command.process.poll() is not None)
    command.end(6, "refused")
    till.find("Encaisser 0", "push button")
    Command(till, place, "900", "--reference", "U", "--json").end(6, "refused")
    # Whoever asks again after such a try is heard, also by a till that has died meanwhile.
    command = Command(till, place, "950", "--reference", "V", "--json")
    till.press_until("Encaisser 950", lambda: place.query(
        "SELECT count(*) FROM payment WHERE state = 'aborted'") == 3)
    till.stop(person.signal.SIGKILL)
    command.process.send_signal(person.signal.SIGINT)
    command.end(4)
    place.ask("fault", "POST", name="none")
    with person.Till(till.program, environment=place.environment) as again:
        again.ready()
        command = Command(again, place, "950", "--reference", "V", "--json")
        accept(again, "950")
        again.press("Payé", "push button")
        command.end(0, "paid")
    expect(place.query("SELECT count(*) FROM sale") == 3, "one sale each")


@scene
def killed(till, place):
    """The till dies while the customer pays, and whoever has asked learns the end all the same."""
    till.ready()
    command = Command(till, place, "800", "--reference", "K", "--json")
    till.find("Demandé par un autre programme")
    accept(till, "800")
    till.find("Payé", "push button")
    till.stop(person.signal.SIGKILL)
    with person.Till(till.program, environment=place.environment) as again:
        again.find("FERMÉ")
        again.press("Rouvrir la page")
        again.press("Payé", "push button")
        again.find("PAYÉ")
        command.end(0, "paid")
        expect(n_invoices(place) == 1, "one invoice")


@scene
def starts_the_till(till, place):
    """Where no till runs, one is opened; and it stays when the command has ended."""
    till.ready()
    till.stop()
    command = Command(till, place, "800", "--reference", "S", "--json")
    client = Client()
    pid = person.wait_for(
        lambda: client.bus.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus",
                                     "GetConnectionUnixProcessID", GLib.Variant("(s)", (NAME,)),
                                     None, Gio.DBusCallFlags.NONE, 5000).unpack()[0],
        "the till to run")
    till.process = Running(pid)
    till.find("Demandé par un autre programme")
    accept(till, "800")
    till.press("Montant différent", "push button")
    till.find("MONTANT DIFFÉRENT")
    command.end(5, "wrong-amount")
    till.find("MONTANT DIFFÉRENT")


@scene
def woken(till, place):
    """As it is installed: the bus starts the till when somebody asks, and the window only when the
    cashier is needed."""
    till.ready()
    till.stop()
    services = os.path.join(os.environ["XDG_RUNTIME_DIR"], "dbus-1", "services")
    with open(os.path.join(services, f"{NAME}.service"), "w", encoding="utf-8") as file:
        file.write(f"[D-BUS Service]\nName={NAME}\n"
                   f"Exec={os.path.abspath(till.program)} --gapplication-service\n")
    client = Client()

    def ask_bus(method, arguments=None):
        return client.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus",
                                    "org.freedesktop.DBus", method, arguments, None,
                                    Gio.DBusCallFlags.NONE, 5000)

    ask_bus("UpdateActivationEnvironment",
            GLib.Variant("(a{ss})", ({**person.TESTED, **place.environment},)))
    ask_bus("ReloadConfig")
    expect(client.call("Status", "(s)", "W") == ("unknown", {}), "nobody has asked for it")
    windows = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "LigdiPay"], text=True,
                             stdout=subprocess.PIPE, check=False).stdout
    expect(not windows, "nobody needs a window for that")
    # Whoever has answered may have ended meanwhile, and another is there.
    command = Command(till, place, "800", "--reference", "W", "--json")
    person.wait_for(lambda: client.call("Status", "(s)", "W")[0] == "waiting", "the till to be asked")
    pid = ask_bus("GetConnectionUnixProcessID", GLib.Variant("(s)", (NAME,))).unpack()[0]
    till.process = Running(pid)
    till.find("Référence W")
    accept(till, "800")
    till.press("Payé", "push button")
    till.find("PAYÉ")
    command.end(0, "paid")


class Running:
    """A process that is not ours."""

    def __init__(self, pid):
        self.pid = pid
        self.returncode = None

    def poll(self):
        return None if os.path.exists(f"/proc/{self.pid}") else 0

    def send_signal(self, how):
        os.kill(self.pid, how)

    def wait(self, timeout=None):
        person.wait_for(lambda: self.poll() is not None, "it to end", timeout or person.DEADLINE)

    def kill(self):
        os.kill(self.pid, person.signal.SIGKILL)


@scene
def client(till, place):
    """What the interface promises, to a program that knows nothing else."""
    till.ready()
    client = Client()
    version = client.call("Get", "(ss)", INTERFACE, "Version",
                          interface="org.freedesktop.DBus.Properties")[0]
    expect(version == 1, version)
    expect(client.call("Status", "(s)", "nothing") == ("unknown", {}), "nobody has asked for it")
    invalid = "org.freedesktop.DBus.Error.InvalidArgs"
    for arguments in (("", 500), ("a\nb", 500), ("A", 0), ("A", -5), ("A", 2**62), ("A" * 65, 500),
                      ("A", 500, [("Riz", 1, 400)]), ("A", 500, [("", 1, 500)]),
                      ("A", 500, [("Riz", 2**40, 2**40)])):
        expect(client.refused(*arguments) == invalid, arguments)
    expect(client.refused("A", 500, **{"from": "a\u202eb"}) == invalid, "who asks is a line")
    state, details = client.charge("A", 500, [("Riz", 2, 250)], **{"from": "Étal"})
    expect((state, details) == ("waiting", {}), (state, details))
    expect(client.charge("A", 500)[0] == "waiting", "the same again")
    expect(client.refused("A", 501) == invalid, "the same with another amount")
    expect(client.call("Cancel", "(s)", "A")[0] == "unknown", "withdrawn")
    client.hears("ChargeChanged", "A", "unknown")
    expect(client.call("Status", "(s)", "A" * 5000)[0] == "unknown", "whatever is asked")
    client.charge("A", 500)
    client.charge("B", 600)
    till.find("Référence A")
    accept(till, "500")
    client.hears("ChargeChanged", "A", "paying")
    expect(client.call("Cancel", "(s)", "A")[0] == "paying", "what has begun goes on")
    till.press("Payé", "push button")
    till.find("PAYÉ")
    details = client.hears("ChargeChanged", "A", "paid")
    expect(details["amount"] == 500 and details["charge"] == "A" and details["ticket"] == 1, details)
    client.hears("Verdict", details["payment"], "paid")
    till.press("Nouvelle vente", "push button")
    till.find("Référence B")
    client.call("Cancel", "(s)", "B")
    till.find("Encaisser 0", "push button")
    # A sale that nobody asked for has a verdict too.
    till.charge(900)
    till.press("En attente", "push button")
    till.find("EN ATTENTE")
    now = int(time.time() * 1000)
    listed = client.call("List", "(xx)", now - 3600000, now + 3600000)[0]
    expect([entry["state"] for entry in listed] == ["paying", "paid"]
           and listed[0]["amount"] == 900 and "charge" not in listed[0], listed)
    till.press("Client suivant", "push button")
    now = int(time.time() * 1000)
    listed = client.call("List", "(xx)", now - 3600000, now + 3600000)[0]
    expect(listed[0]["state"] == "unresolved", listed)
    place.ask("outcome", "POST", token=place.invoices()[-1]["token"], outcome="paid")
    client.hears("Verdict", listed[0]["payment"], "paid")
    # And whoever asked for one hears of it however late.
    client.charge("L", 950)
    till.find("Référence L")
    accept(till, "950")
    till.press("En attente", "push button")
    till.find("EN ATTENTE")
    till.press_until("Client suivant", "Encaisser 0")
    client.hears("ChargeChanged", "L", "unresolved")
    place.ask("outcome", "POST", token=place.invoices()[-1]["token"], outcome="paid")
    details = client.hears("ChargeChanged", "L", "paid")
    client.hears("Verdict", details["payment"], "paid")
    secrets = place.query("SELECT group_concat(token || ' ' || page_url, ' ') FROM payment").split()
    said = repr((client.heard, listed))
    expect(not any(secret in said for secret in secrets), "no token is on the bus")


@scene
def examples(till, place):
    """What is told to those who write other programs works as it is told."""
    till.ready()
    folder = os.path.join(os.path.dirname(__file__), "..", "..", "data", "examples")
    programs = os.path.dirname(os.path.abspath(till.program))
    environment = {**os.environ, **person.TESTED, **place.environment,
                   "PATH": f"{programs}:{os.environ['PATH']}"}

    def run(*words):
        return subprocess.Popen(words, text=True, stdout=subprocess.PIPE, env=environment)

    def end(process, status, last):
        said = process.communicate(timeout=person.DEADLINE)[0].splitlines()
        expect((process.returncode, said[-1]) == (status, last), (process.returncode, said))
        return said

    shell = run("sh", os.path.join(folder, "charge.sh"), "1500", "E-1")
    till.find("Demandé par « Order desk »")
    accept(till, "1\u202f500")
    till.press("Payé", "push button")
    till.find("PAYÉ")
    end(shell, 0, "Order E-1 is paid: hand it over.")
    till.press("Nouvelle vente", "push button")
    client = run("/usr/bin/python3", os.path.join(folder, "charge.py"), "E-2", "Riz=2x750", "Thé=1x500")
    till.find("Référence E-2")
    accept(till, "2\u202f000")
    till.press("Refusé", "push button")
    till.find("NON PAYÉ")
    till.press("Modifier le ticket", "push button")
    till.find("Référence E-2")
    accept(till, "2\u202f000")
    till.press("Payé", "push button")
    till.find("PAYÉ")
    said = end(client, 0, "E-2 paid ORANGE BURKINA")
    expect(said[0] == "E-2 waiting " and "E-2 not-paid " not in said, said)


@scene
def link(till, place):
    """A web page may ask, too; it charges nothing, and who asks is only what it says."""
    till.ready()

    def follow(uri):
        subprocess.run([till.program, uri], check=True, timeout=person.DEADLINE,
                       env={**os.environ, **person.TESTED, **place.environment})

    follow("ligdipay://charge?amount=12500&reference=W-1&from=caisse.example&label=Pagne")
    till.find("Demandé par « caisse.example »")
    till.find("Pagne")
    till.picture("link")
    expect(n_invoices(place) == 0, "a link charges nothing")
    accept(till, "12\u202f500")
    till.press("Payé", "push button")
    till.find("PAYÉ")
    till.press("Nouvelle vente", "push button")
    till.find("Encaisser 0", "push button")
    follow("ligdipay://charge?amount=12500&reference=W-1&from=caisse.example&label=Pagne")
    till.find("PAYÉ")
    till.press("Nouvelle vente", "push button")
    follow("ligdipay://charge?amount=1e9")
    till.find("Ce lien ne demande rien qui puisse être encaissé")
    till.picture("bad-link")
    expect(n_invoices(place) == 1, "one invoice")


@scene
def kiosk(till, place):
    """Nobody is there who could say yes."""
    till.find("Choisissez le code du responsable")
    till.type("246813")
    till.find("Le même code, encore une fois")
    till.type("246813")
    till.find("Toucher pour payer", "push button")
    Command(till, place, "500").end(3)
    expect(Client().refused("A", 500) == "org.freedesktop.DBus.Error.AccessDenied", "a kiosk")
    expect(not till.has("Demandé par un autre programme"), "no customer sees it")
    subprocess.run([till.program, "ligdipay://charge?amount=500"], check=True,
                   env={**os.environ, **person.TESTED, **place.environment})
    expect(not till.has("Demandé par un autre programme"), "no customer sees it")


def open_till(program, name, place):
    if name == "stopped":
        for key in shop.KEY_FILES:
            os.remove(os.path.join(place.keys, key))
    return person.Till(program, *(["--kiosk"] if name == "kiosk" else []),
                       environment=place.environment)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--application", required=True, help="the ligdipay program")
    parser.add_argument("--simulator", required=True, help="the ligdipay-simulator program")
    parser.add_argument("scene", choices=sorted(SCENES))
    arguments = parser.parse_args()
    settings = {"patience": 10, "set-up": True, "real-money": arguments.scene == "stopped"}
    with shop.Shop(arguments.simulator, **settings) as place, \
            open_till(arguments.application, arguments.scene, place) as till, \
            till.scene(f"charge-{arguments.scene}", os.environ.get("LIGDIPAY_PICTURES")):
        SCENES[arguments.scene](till, place)


if __name__ == "__main__":
    main()
