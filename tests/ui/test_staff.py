# SPDX-License-Identifier: GPL-3.0-or-later
"""Cashiers with names and codes, a till that asks who is there, and what only the manager may do."""
import argparse
import os
import signal
import stat
import subprocess

import person
import shop

SCENES = {}
MANAGER = "246813"
AWA = "1357"


def scene(function):
    SCENES[function.__name__.replace("_", "-")] = function
    return function


def expect(truth, what):
    if not truth:
        raise SystemExit(f"not so: {what}")


def type_code(till, code):
    for digit in code:
        till.key(digit)


def choose_code(till, code):
    type_code(till, code)
    till.find("Le même code, encore une fois")
    type_code(till, code)


def open_preferences(till):
    till.key("ctrl+comma")
    till.find("Compte LigdiCash", showing=False)


def add_cashier(till, name):
    till.bring("Nom du nouveau caissier", "text")
    till.wait_focus("Nom du nouveau caissier")
    till.type(name)
    till.key("Return")
    till.find(f"Retirer {name}", "push button", showing=False)


def press(till, name):
    till.bring(name, "push button")
    till.wait_focus(name)
    till.key("space")


def hire(till):
    """Awa with a code, Moussa without, and a manager."""
    open_preferences(till)
    add_cashier(till, "Awa")
    add_cashier(till, "Moussa")
    press(till, "Code de Awa")
    till.find("Un code pour Awa")
    till.picture("choose")
    choose_code(till, AWA)
    till.find("Avec un code", "label", showing=False)
    till.wait_focus("Code de Awa")
    press(till, "Choisissez le code du responsable")
    till.find("Choisissez le code du responsable", "label")
    choose_code(till, MANAGER)
    till.find("Pas de code du responsable", "push button", showing=False)
    till.find("Retirer Awa", "push button", showing=False)
    till.picture("staff")
    till.key("Escape")
    till.find("Qui est à la caisse")
    till.wait_focus("Awa")


def enter(till, name, code=None):
    till.press(name, "push button")
    if code is not None:
        till.find(name, "label")
        type_code(till, code)
    till.find("Encaisser 0", "push button")
    till.find(f"Caisse n°\u00a01 · {name}", "label")


def acts(place):
    """What was done by whom, as "what who approved"."""
    rows = place.query("SELECT group_concat(what || ' ' || coalesce(cashier, '-') || ' ' || approved,"
                       " '|') FROM (SELECT * FROM payment_event WHERE what IN ('intent', 'cash',"
                       " 'given-up', 'follow-up-closed', 'confirmed-paid') ORDER BY id)")
    return rows.split("|") if rows else []


@scene
def named(till, place):
    """Who sells has a name, in the header and in the journal; who gives up has the manager's code."""
    till.ready()
    hire(till)
    till.picture("lock")
    till.press("Awa", "push button")
    till.find("Awa", "label")
    type_code(till, "0000")
    till.find("Ce n’est pas le code")
    till.picture("wrong")
    till.key("Escape")
    till.find("Qui est à la caisse")
    enter(till, "Awa", AWA)
    till.picture("sale")
    till.charge(12500)
    till.press("En attente", "push button")
    till.find("EN ATTENTE")
    till.press("Payer autrement")
    till.press_until("Renoncer", "Code du responsable")
    till.key("Escape")
    till.find("EN ATTENTE")
    till.press_until("Renoncer", "Code du responsable")
    till.picture("manager")
    type_code(till, MANAGER)
    till.find("Paiement abandonné")
    till.key("ctrl+l")
    till.find("Qui est à la caisse")
    enter(till, "Moussa")
    till.charge(500)
    till.press("Payé", "push button")
    till.find("PAYÉ")
    expect(acts(place) == ["intent Awa 0", "given-up Awa 1", "intent Moussa 0", "confirmed-paid - 0"],
           acts(place))
    till.press("Nouvelle vente", "push button")
    till.key("ctrl+h")
    till.find("Historique", "label")
    till.find("Moussa", "label")
    till.picture("history")
    till.key("Escape")
    till.find("Encaisser 0", "push button")
    # Codes are nowhere to be read, and the file is for this user alone.
    path = os.path.join(place.data, "ligdipay", "staff")
    expect(stat.S_IMODE(os.stat(path).st_mode) == 0o600, "the file is for this user alone")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    expect(MANAGER not in text and AWA not in text, "no code is in the file")


@scene
def locked(till, place):
    """A till that is locked shows nothing else, whatever comes, and comes back to where it was."""
    till.ready()
    hire(till)
    enter(till, "Moussa")
    till.charge(12500)
    till.find("Payer 12", "push button")
    till.stop(signal.SIGKILL)
    with person.Till(till.program, environment=place.environment) as again:
        again.find("Qui est à la caisse")
        # What was open is asked about all the while; it is shown to whoever says who they are.
        person.wait_for(lambda: place.query("SELECT count(*) FROM payment_event WHERE what ="
                                            " 'recovered'") == 1, "the open payment to be asked about")
        for keys in ("ctrl+comma", "ctrl+h", "F2", "F6", "Escape", "ctrl+z", "ctrl+l", "5"):
            again.key(keys)
        again.find("Qui est à la caisse")
        expect(not again.has("VÉRIFICATION") and not again.has("Encaisser"), "nothing else is there")
        again.press("Moussa", "push button")
        again.find("12\u202f500")
        again.find("FERMÉ")
        # Nobody touches it any more.
        place.change_setting("lock-after", 2)
        again.find("Qui est à la caisse")
        place.change_setting("lock-after", 0)
        again.press("Moussa", "push button")
        again.find("FERMÉ")
        again.press("Client suivant", "push button")
        again.find("Encaisser 0", "push button")
        # While a customer pays nothing locks: neither the clock nor a key.
        again.charge(700)
        again.find("Payer 700", "push button")
        place.change_setting("lock-after", 2)
        again.key("ctrl+l")
        again.find("Payer 700", "push button")
        # Long enough for a slow computer to see the result before it locks.
        place.change_setting("lock-after", 12)
        again.press("Payé", "push button")
        again.find("PAYÉ")
        again.find("Qui est à la caisse")
        place.change_setting("lock-after", 0)
        again.press("Moussa", "push button")
        again.find("PAYÉ")
        again.press("Nouvelle vente", "push button")
        # The preferences are the manager's.
        again.key("ctrl+comma")
        again.find("Code du responsable", "label")
        type_code(again, "000000")
        again.find("Ce n’est pas le code")
        type_code(again, MANAGER)
        again.find("Compte LigdiCash", showing=False)
        # Without cashiers nobody is asked.
        press(again, "Retirer Awa")
        again.wait_gone("Retirer Awa")
        press(again, "Retirer Moussa")
        person.wait_for(lambda: not [node for node in person.walk(again.root)
                                     if node.name == "Retirer Moussa"], "nobody to be left")
        again.key("Escape")
        again.find("Encaisser 0", "push button")


@scene
def wrong_amount(till, place):
    """Whether the shop keeps money that nobody asked for is the manager's to say."""
    till.ready()
    hire(till)
    enter(till, "Awa", AWA)
    till.charge(12500)
    till.press("Montant différent", "push button")
    till.find("MONTANT DIFFÉRENT")
    till.press("Responsable prévenu")
    till.press("Historique", "push button")
    till.press("Clore ce suivi…", "push button")
    till.press("La boutique garde l’argent", "radio button")
    till.press("Clore ce suivi", "push button")
    till.find("Code du responsable", "label")
    till.key("Escape")
    till.find("Historique", "label")
    expect(place.query("SELECT count(*) FROM follow_up WHERE closed_at IS NOT NULL") == 0,
           "nothing is closed without the code")
    till.press("Clore ce suivi", "push button")
    till.find("Code du responsable", "label")
    type_code(till, MANAGER)
    till.find("Contrôlé")
    till.find("Awa, avec le code du responsable", "label", showing=False)
    till.picture("closed")
    expect(acts(place)[-1] == "follow-up-closed Awa 1", acts(place))


def scan(code):
    """All keys at once and Enter, as a scanner that is bumped into."""
    subprocess.run(["xdotool", "key", "--delay", "0", *code, "Return"], check=True)


def setting(place, name):
    """What a setting is now, by the file it is kept in."""
    path = os.path.join(place.home, "config", "glib-2.0", "settings", "keyfile")
    with open(path, encoding="utf-8") as file:
        return [line.strip() for line in file if line.startswith(f"{name}=")]


def activate(action):
    """What another program may ask of the window."""
    subprocess.run(["gdbus", "call", "--session", "--dest", "com.example.LigdiPay", "--object-path",
                    "/com/example/LigdiPay/window/1", "--method", "org.gtk.Actions.Activate", action,
                    "[]", "{}"], check=True, stdout=subprocess.DEVNULL)


@scene
def no_way_round(till, place):
    """Nobody sells without a name and no lock is passed, by none of the ways that an attack found."""
    till.ready()
    open_preferences(till)
    add_cashier(till, "Moussa")
    # By the history and back.
    till.key("ctrl+h")
    till.find("Historique", "label")
    till.key("ctrl+h")
    till.find("Qui est à la caisse")
    # A scanner is nobody.
    scan("3760093543216")
    scan("3760093543216")
    till.find("Qui est à la caisse")
    # Who touches a name twice types nothing.
    subprocess.run(["xdotool", "mousemove", *middle(till.find("Moussa", "push button")), "click",
                    "--repeat", "2", "--delay", "120", "1"], check=True)
    till.find("Encaisser 0", "push button")
    # A dialog goes with the lock.
    open_preferences(till)
    sounds = setting(place, "sounds")
    press(till, "Importer des articles")
    till.find("Importer des articles", "file chooser")
    place.change_setting("lock-after", 2)
    till.find("Qui est à la caisse")
    till.wait_gone("Importer des articles", "file chooser")
    place.change_setting("lock-after", 0)
    till.press("Moussa", "push button")
    # What was changed is not for everybody to take back.
    open_preferences(till)
    till.bring("Sons", "toggle button")
    till.wait_focus("Sons")
    till.key("space")
    person.wait_for(lambda: setting(place, "sounds") != sounds, "the sounds to be off")
    off = setting(place, "sounds")
    till.key("ctrl+l")
    till.find("Qui est à la caisse")
    activate("undo")
    # A wrong code is a person's: a scanner that is bumped into has not tried.
    till.press("Moussa", "push button")
    till.find("Encaisser 0", "push button")
    expect(setting(place, "sounds") == off, "nothing is taken back on a locked till")
    open_preferences(till)
    press(till, "Code de Moussa")
    till.find("Un code pour Moussa")
    choose_code(till, AWA)
    till.wait_focus("Code de Moussa")
    till.key("ctrl+l")
    till.press("Moussa", "push button")
    till.find("Moussa", "label")
    for _ in range(3):
        scan("3760093543216")
    expect(not till.has("Ce n’est pas") and not till.has("Trop"), "nobody has tried a code")
    type_code(till, AWA)
    till.find("Encaisser 0", "push button")
    # Who was removed is gone.
    open_preferences(till)
    add_cashier(till, "Awa")
    press(till, "Retirer Moussa")
    till.wait_gone("Retirer Moussa")
    till.key("Escape")
    till.find("Qui est à la caisse")
    till.press("Awa", "push button")
    till.find("Caisse n°\u00a01 · Awa", "label")
    # Whoever waits for a result may go away all the same.
    till.charge(700)
    till.press("En attente", "push button")
    till.find("Vérification du paiement")
    till.key("ctrl+l")
    till.find("Qui est à la caisse")
    till.press("Awa", "push button")
    till.find("EN ATTENTE")


def middle(node):
    box = node.queryComponent().getExtents(person.pyatspi.DESKTOP_COORDS)
    return str(box.x + box.width // 2), str(box.y + box.height // 2)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--application", required=True)
    parser.add_argument("--simulator", required=True)
    parser.add_argument("--pictures", default=os.environ.get("LIGDIPAY_PICTURES"))
    parser.add_argument("scene", choices=sorted(SCENES))
    options = parser.parse_args()
    with shop.Shop(options.simulator, **{"patience": 10, "lock-after": 0}) as place, \
            person.Till(options.application, environment=place.environment) as till, \
            till.scene(options.scene, options.pictures):
        SCENES[options.scene](till, place)


if __name__ == "__main__":
    main()
