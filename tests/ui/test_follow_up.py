# SPDX-License-Identifier: GPL-3.0-or-later
"""What must not be forgotten: payments without a result, and money that comes late, twice or
wrong. A shop with its own gateway, which says what became of the customer's payment."""
import argparse
import contextlib
import json
import os
import subprocess
import sys

import person
import shop

SCENES = {}


def scene(function):
    SCENES[function.__name__.replace("_", "-")] = function
    return function


def decide(place, amount, outcome):
    """What the gateway says from now on of the newest payment of that amount."""
    token = next(invoice["token"] for invoice in reversed(place.invoices())
                 if invoice["amount"] == amount)
    place.ask("outcome", method="POST", token=token, outcome=outcome)


def leave_pending(till, place, amount):
    """A customer closes the page; the gateway calls it pending."""
    till.charge(amount)
    till.press("Annulé par le client", "push button")
    till.find("FERMÉ")


def go_on(till, way, notice):
    till.press("Payer autrement")
    till.press_until(way, notice)
    till.find("Encaisser 0", "push button")


def wait_for_count(till, words):
    """The badge on the header, as a screen reader says it."""
    person.wait_for(lambda: any(node.description == words for node in person.walk(till.root)
                                if person.is_showing(node) and node.getRoleName().endswith("button")
                                and node.name in ("Historique", "Paiements à suivre")),
                    f"the badge {words!r}")


def open_tray(till):
    till.press("Historique", "push button")
    till.press("Paiements à suivre", "toggle button")


@contextlib.contextmanager
def desktop():
    """Where notifications are shown; see notifications.py."""
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "notifications.py")
    shown = subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, text=True, bufsize=1)
    try:
        expect(json.loads(shown.stdout.readline()) == "ready", "the desktop shows notifications")
        yield shown
    finally:
        shown.communicate()


def tell_marker():
    """A notification of the test's own, to know that none came before it."""
    subprocess.run(["gdbus", "call", "--session", "--dest", "org.freedesktop.Notifications",
                    "--object-path", "/org/freedesktop/Notifications", "--method",
                    "org.freedesktop.Notifications.Notify", "test", "0", "", "marker", "", "[]",
                    "{}", "0"], check=True, stdout=subprocess.DEVNULL)


def has_window():
    windows = subprocess.run(["wmctrl", "-l"], capture_output=True, text=True, check=True).stdout
    return "LigdiPay" in windows


def close_window():
    subprocess.run(["wmctrl", "-c", "LigdiPay"], check=True)
    person.wait_for(lambda: not has_window(), "the window to close")


def takings(till):
    """What the history says was taken today."""
    return person.wait_for(lambda: [
        node.name for node in person.walk(till.root, showing=True) if node.getRoleName() == "label"
        and node.name.replace("\u202f", " ").replace("\u00a0", " ").endswith(" F CFA")], "the takings")


@scene
def paid_twice(options, till, place):
    """Cash is taken, the link is paid all the same; the manager gives the money back."""
    leave_pending(till, place, 12500)
    go_on(till, "Espèces", "Réglé en espèces")
    decide(place, 12500, "paid")
    till.press("Historique", "push button")
    till.find("Ticket 0001")
    till.key("F5")
    till.find("PAYÉ DEUX FOIS")
    wait_for_count(till, "1 paiement à suivre")
    till.press("Paiements à suivre", "toggle button")
    till.find("Ce ticket a aussi été réglé en espèces.")
    till.picture("paid-twice")
    till.press("Clore ce suivi…", "push button")
    till.find("Qu’a-t-on fait")
    till.picture("closing")
    till.press("Rendu au client", "radio button")
    till.press("Clore ce suivi", "push button")
    wait_for_count(till, "")
    expect(place.query("SELECT reason FROM follow_up") == "Rendu au client", "the reason is kept")
    expect(place.query("SELECT count(*) FROM payment_event WHERE what = 'follow-up-closed'") == 1,
           "the journal knows")
    till.key("Escape")
    till.find("Encaissé")
    till.find("Rendu au client")
    till.picture("closed")


@scene
def late(options, till, place):
    """Given up, rung up again and paid; then the first payment arrives."""
    leave_pending(till, place, 8500)
    go_on(till, "Renoncer", "Paiement abandonné")
    wait_for_count(till, "")
    till.charge(8500)
    till.press("Payé", "push button")
    till.find("PAYÉ")
    till.press("Nouvelle vente")
    first = min(place.invoices(), key=lambda invoice: invoice["created_at"])
    place.ask("outcome", method="POST", token=first["token"], outcome="paid")
    open_tray(till)
    till.key("F5")
    till.find("Arrivé en retard")
    till.find("Le ticket 0002 de ")
    till.picture("late")
    till.press("Le ticket 0002 de ", "push button")
    till.find("Ticket 0002")
    till.picture("counterpart")


@scene
def wrong_amount(options, till, place):
    """What came is no takings until a person has said that the shop keeps it."""
    till.charge(12500)
    till.press("Montant différent", "push button")
    till.find("MONTANT DIFFÉRENT")
    till.press("Responsable prévenu")
    wait_for_count(till, "1 paiement à suivre")
    till.press("Historique", "push button")
    till.find("Encaissé")
    expect(any(name.startswith("0") for name in takings(till)), "nothing was taken")
    till.press("Clore ce suivi…", "push button")
    till.press("La boutique garde l’argent", "radio button")
    till.press("Clore ce suivi", "push button")
    till.find("Contrôlé")
    kept = place.query("SELECT counted FROM follow_up")
    expect(kept == place.query("SELECT amount_received FROM payment"), "what came counts")
    expect(kept > 0, "something came")
    till.picture("kept")


@scene
def waiting(options, till, place):
    """A payment without a result: how long, what to say, ask again, the code again."""
    leave_pending(till, place, 4250)
    till.press("Client suivant")
    till.find("Encaisser 0", "push button")
    wait_for_count(till, "1 paiement à suivre")
    open_tray(till)
    till.find("depuis 1")
    till.find("Patientez. N’encaissez pas deux fois.")
    till.picture("waiting")
    till.press("Réafficher le code QR", "push button")
    till.find("Scannez")
    till.picture("code-again")


@scene
def proof(options, till, place):
    """What the gateway's support asks for, copied and saved from the history."""
    till.charge(700)
    till.press("Payé", "push button")
    till.find("PAYÉ")
    till.press("Nouvelle vente")
    till.press("Historique", "push button")
    till.find("Ticket 0001")
    till.press("Fiche de preuve pour LigdiCash", "toggle button")
    till.find("Copier")
    till.picture("proof-menu")
    till.press("Copier")
    till.find("La fiche de preuve est copiée")
    till.picture("proof-copied")


@scene
def search(options, till, place):
    """Typing finds a payment by what its customer reads out, on whatever day."""
    for amount in (700, 800):
        till.charge(amount)
        till.press("Payé", "push button")
        till.find("PAYÉ")
        till.press("Nouvelle vente")
    reference = place.query("SELECT reference FROM payment WHERE amount = 700")
    till.press("Historique", "push button")
    till.find("Ticket 0002")
    till.type("700")
    till.find("Ticket 0001 · ")
    till.picture("search-amount")
    till.key("Escape")
    till.find("Encaissé")
    till.key("ctrl+f")
    till.type(reference[-4:].lower())
    till.find("Ticket 0001 · ")
    till.type("x")
    till.wait_gone("Ticket 0001")
    till.picture("search-nothing")


@scene
def window_closed(options, till, place):
    """The window is closed, and the till goes on asking; its answer comes as a notification,
    which leads back to the payment. When nothing is left to ask about, it ends."""
    place.set({"shop-name": "Boutique d’essai", "language": "fr", "watch-when-closed": True,
               "allow-unsandboxed-page": not shop.sandbox_works()})
    for amount in (4250, 4300):
        leave_pending(till, place, amount)
        till.press("Client suivant")
        till.find("Encaisser 0", "push button")
    with desktop() as shown:
        close_window()
        expect(till.process.poll() is None, "the till goes on")
        decide(place, 4250, "paid")
        notification = json.loads(shown.stdout.readline())
        expect(notification["title"] == "ARRIVÉ EN RETARD", notification)
        expect(notification["body"].startswith("Ticket 0001 · 4\u202f250"), notification)
        shown.stdin.write(f"{notification['number']}\n")
        till.find("PAYÉ")
        till.find("Ticket")
        till.picture("led-back")
        close_window()
        expect(till.process.poll() is None, "it goes on with the other payment")
        decide(place, 4300, "declined")
        notification = json.loads(shown.stdout.readline())
        expect(notification["body"].startswith("Ticket 0002 · 4\u202f300"), notification)
        person.wait_for(lambda: till.process.poll() is not None, "the till to end")
        expect(till.process.returncode == 0, "it ends in good order")


@scene
def customer_first(options, till, place):
    """A notification is pressed while a customer pays: that customer's page stays."""
    leave_pending(till, place, 4250)
    till.press("Client suivant")
    till.find("Encaisser 0", "push button")
    with desktop() as shown:
        till.charge(700)
        till.find("Payer 700", "push button")
        decide(place, 4250, "paid")
        notification = json.loads(shown.stdout.readline())
        expect(notification["body"].startswith("Ticket 0001"), notification)
        shown.stdin.write(f"{notification['number']}\n")
        shown.stdin.flush()
        # The bus keeps the order: what the press brings is there before this is.
        tell_marker()
        expect(json.loads(shown.stdout.readline())["title"] == "marker", "the press was told")
        till.press("Payé", "push button")
        till.find("PAYÉ")
        till.find("700")
    expect(place.query("SELECT count(*) FROM payment WHERE state = 'paid'") == 2, "both are paid")


@scene
def on_screen(options, till, place):
    """What a customer pays at the counter is not late, whatever window has the keyboard."""
    with desktop() as shown:
        till.charge(700)
        till.find("Payer 700", "push button")
        subprocess.run("xdotool windowminimize $(xdotool getactivewindow)", shell=True, check=True)
        decide(place, 700, "paid")
        person.wait_for(lambda: place.query("SELECT state FROM payment") == "paid", "the verdict")
        tell_marker()
        notification = json.loads(shown.stdout.readline())
        expect(notification["title"] == "marker", f"nothing was told before: {notification}")


@scene
def in_background(options, till, place):
    """Started with the computer, the till watches without a window, and opens one when asked."""
    leave_pending(till, place, 4250)
    till.press("Client suivant")
    till.find("Encaisser 0", "push button")
    close_window()
    person.wait_for(lambda: till.process.poll() is not None, "the till to end")
    # The shop does not want it.
    with person.Till(options.application, "--background", environment=place.environment) as again:
        person.wait_for(lambda: again.process.poll() is not None, "nothing to be watched")
        expect(again.process.returncode == 0 and not has_window(), "it ends without a word")
    place.set({"shop-name": "Boutique d’essai", "language": "fr", "watch-when-closed": True,
               "allow-unsandboxed-page": not shop.sandbox_works()})
    with desktop() as shown, person.Till(options.application, "--background",
                                         environment=place.environment) as again:
        asked = place.invoices()[0]["confirms"]
        person.wait_for(lambda: place.invoices()[0]["confirms"] > asked, "a question", 90)
        expect(again.process.poll() is None and not has_window(), "it watches without a window")
        # A second one has nothing to do.
        with person.Till(options.application, "--background",
                         environment=place.environment) as third:
            person.wait_for(lambda: third.process.poll() is not None, "the second to end")
        expect(not has_window(), "still without a window")
        with person.Till(options.application, environment=place.environment) as window:
            again.find("Encaisser 0", "push button")
            wait_for_count(again, "1 paiement à suivre")
            person.wait_for(lambda: window.process.poll() is not None, "whoever asked to end")
        again.ready()
        decide(place, 4250, "paid")
        open_tray(again)
        again.key("F5")
        notification = json.loads(shown.stdout.readline())
        expect(notification["title"] == "ARRIVÉ EN RETARD", notification)


def expect(condition, what):
    if not condition:
        sys.exit(f"not so: {what}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--application", required=True)
    parser.add_argument("--simulator", required=True)
    parser.add_argument("--pictures", default=os.environ.get("LIGDIPAY_PICTURES"))
    parser.add_argument("scene", choices=sorted(SCENES))
    options = parser.parse_args()
    with shop.Shop(options.simulator) as place:
        with person.Till(options.application, environment=place.environment) as till:
            with till.scene(options.scene, options.pictures):
                till.ready()
                SCENES[options.scene](options, till, place)


if __name__ == "__main__":
    main()
