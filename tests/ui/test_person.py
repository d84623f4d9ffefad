# SPDX-License-Identifier: GPL-3.0-or-later
"""A cashier and a customer, one scene a run: the whole program in a real window.

Each scene starts the application in demonstration mode in a home of its own, acts through
the accessibility tree, the keyboard and the mouse, and leaves pictures if told where.
"""
import argparse
import os
import signal
import subprocess
import tempfile

import person

SCENES = {}
ASKED = "Abandonner\u202f?"


def scene(function):
    SCENES[function.__name__.replace("_", "-")] = function
    return function


def open_payment_page(till, amount=12500):
    till.ready()
    till.charge(amount)
    till.find("Payer ", "push button")


@scene
def paid(till):
    till.ready()
    till.picture("sale-empty")
    till.type("12500")
    till.find("Encaisser 12", "push button")
    till.picture("sale")
    till.charge("")
    till.find("Payer 12", "push button")
    till.picture("paying")
    till.press("Payé", "push button")
    till.find("PAYÉ")
    till.find("Paiement reçu.")
    till.picture("paid")
    till.press("Nouvelle vente")
    till.find("Encaisser 0", "push button")
    till.press("Historique", "push button")
    till.find("Encaissé")
    till.picture("history")


@scene
def basket(till):
    """Named items with quantities, typed by keyboard alone, on one ticket."""
    till.ready()
    for name, entry in (("Riz, sac de 5 kg", "2*3750"), ("Huile 1 L", "1500"),
                        ("Sucre roux 1 kg", "2*750")):
        till.key("F2")
        till.type(name)
        till.key("Return")
        till.type(entry)
        till.key("plus")
        till.find(f"Retirer {name}", "push button")
    till.type("4*500")
    till.find("Encaisser 12\u202f500", "push button")
    till.picture("basket")
    till.charge("")
    till.find("Payer 12", "push button")
    till.press("Payé", "push button")
    till.find("PAYÉ")


@scene
def one_time_code(till):
    """The customer pays as customers do, after a wrong code, which decides nothing."""
    open_payment_page(till, 500)
    till.click(till.find("Code à usage unique", "entry"))
    till.type("000000")
    till.press("Payer 500", "push button")
    till.find("Code faux")
    till.picture("wrong-code")
    till.click(till.find("Code à usage unique", "entry"))
    till.type("482913")
    till.press("Payer 500", "push button")
    till.find("PAYÉ")


@scene
def declined(till):
    open_payment_page(till)
    till.press("Refusé", "push button")
    till.find("NON PAYÉ")
    till.picture("notpaid")
    till.press("Réessayer")
    till.press("Payé", "push button")
    till.find("PAYÉ")


@scene
def declined_then_edited(till):
    open_payment_page(till)
    till.press("Refusé", "push button")
    till.press("Modifier le ticket")
    till.find("Encaisser 12", "push button")


@scene
def cancelled(till):
    """The commonest case: the customer cancels, the gateway still says pending."""
    open_payment_page(till)
    till.press("Annulé par le client", "push button")
    till.find("FERMÉ")
    till.wait_focus("Vérifier maintenant")
    till.picture("closed")
    till.press("Rouvrir la page")
    till.press("Payé", "push button")
    till.find("PAYÉ")


@scene
def abandoned(till):
    """Escape asks first, and abandoning asks confirm."""
    open_payment_page(till)
    till.key("Escape")
    till.find(ASKED)
    till.picture("abandon")
    till.press("Continuer", "push button")
    till.wait_gone(ASKED)
    till.press("Annuler", "push button")
    till.press("Abandonner", "push button")
    till.find("FERMÉ")


@scene
def pending(till):
    open_payment_page(till)
    till.press("En attente", "push button")
    till.find("Vérification du paiement…")
    till.picture("verifying")
    till.press("Continuer en arrière-plan", "push button")
    till.find("Encaisser", "push button")
    # The next customer pays while the first payment is unresolved.
    till.charge(700)
    till.press("Payé", "push button")
    till.find("PAYÉ")
    till.press("Nouvelle vente")
    till.press("Historique", "push button")
    till.picture("history-pending")


@scene
def cash_instead(till):
    open_payment_page(till)
    till.press("Annulé par le client", "push button")
    till.find("FERMÉ")
    till.press("Payer autrement")
    till.find("Renoncer", "push button")
    till.picture("pay-otherwise")
    till.press_until("Espèces", "Réglé en espèces")
    till.picture("cash")


@scene
def wrong_amount(till):
    open_payment_page(till)
    till.press("Montant différent", "push button")
    till.find("MONTANT DIFFÉRENT")
    till.picture("mismatch")
    till.press("Responsable prévenu")
    till.find("Encaisser 0", "push button")


@scene
def network_lost(till):
    open_payment_page(till)
    till.press("Réseau coupé", "push button")
    till.find("Vérification du paiement…")
    till.find("RÉSULTAT INCONNU", seconds=90)
    till.picture("unknown")


@scene
def killed(till):
    """After a crash in the middle of a payment the till opens where it was."""
    open_payment_page(till)
    till.stop(signal.SIGKILL)
    with person.Till(till.program, "--demo") as again:
        again.pictures = till.pictures
        again.find("FERMÉ")
        again.picture("recovered")
        again.press("Rouvrir la page")
        again.press("Payé", "push button")
        again.find("PAYÉ")


@scene
def closed_window(till):
    """The window manager's close asks first; a second one leaves, and nothing is lost."""
    open_payment_page(till)
    subprocess.run(["wmctrl", "-c", "LigdiPay"], check=True)
    till.find(ASKED)
    subprocess.run(["wmctrl", "-c", "LigdiPay"], check=True)
    person.wait_for(lambda: till.process.poll() is not None, "the application to end")
    if till.process.returncode != 0:
        raise SystemExit(f"the application ended with {till.process.returncode}")
    with person.Till(till.program, "--demo") as again:
        again.find("FERMÉ")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--application", required=True)
    parser.add_argument("--pictures", default=os.environ.get("LIGDIPAY_PICTURES"))
    parser.add_argument("scene", choices=sorted(SCENES))
    options = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix="ligdi.") as home:
        os.environ["XDG_DATA_HOME"] = home
        with person.Till(options.application, "--demo") as till:
            with till.scene(options.scene, options.pictures):
                SCENES[options.scene](till)


if __name__ == "__main__":
    main()
