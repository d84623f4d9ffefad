# SPDX-License-Identifier: GPL-3.0-or-later
"""From a till that nobody has set up to its first sale, and from play money to real money."""
import argparse
import contextlib
import glob
import os
import stat
import subprocess
import sys

import person
import shop
from test_preferences import saved, wait_saved

SCENES = {}
KEY = "CANARYKEY4711"
TOKEN = "CANARYTOKEN0815"


def scene(function):
    SCENES[function.__name__.replace("_", "-")] = function
    return function


def write_into(till, name, text):
    """All of what an entry says away, and new words. Keys are pasted, which looks like a scanner."""
    entry = till.find(name, "text")
    entry.queryComponent().grabFocus()
    person.wait_for(lambda: entry.getState().contains(person.pyatspi.STATE_FOCUSED), name)
    till.key("ctrl+a")
    till.type(text)


def write_keys(till, key, token):
    for name, text in (("Clé API", key), ("Jeton", token)):
        entry = till.find(name, "password text")
        entry.queryComponent().grabFocus()
        person.wait_for(lambda: entry.getState().contains(person.pyatspi.STATE_FOCUSED), name)
        till.key("ctrl+a")
        till.type(text)


def answer_the_first_questions(till, place):
    till.find("Bienvenue dans LigdiPay")
    till.picture("shop")
    till.press("Suivant", "push button")
    till.find("Il faut un nom à la boutique.")
    write_into(till, "Nom de la boutique", "Chez Awa")
    write_into(till, "Caisse", "2")
    till.key("Return")
    till.find("Par quoi commencer ?")
    till.picture("money")
    wait_saved(place, "shop-name", "'Chez Awa'")
    wait_saved(place, "till", "'2'")


@scene
def first_sale(place, start):
    """From the first start to the first sale, in demonstration, and no questions the next time."""
    with start() as till:
        answer_the_first_questions(till, place)
        till.press("Essayer la démonstration", "push button")
        till.find("Où les clients paient-ils ?")
        till.picture("page")
        till.press("Retour", "push button")
        till.press("Essayer la démonstration", "push button")
        till.press("Terminer", "push button")
        till.find("Démonstration")
        till.ready()
        till.charge(12500)
        till.press("Payé", "push button")
        till.find("PAYÉ")
        till.picture("paid")
    with start() as till:
        till.ready()
        till.find("Chez Awa")


@scene
def other_language(place, start):
    """Who chooses a language has it at once."""
    with start() as till:
        till.find("Bienvenue dans LigdiPay")
        till.press("English", "radio button")
        till.find("Welcome to LigdiPay")
        wait_saved(place, "language", "'en'")
        till.picture("english")
        till.press("Français", "radio button")
        till.find("Bienvenue dans LigdiPay")


@scene
def connect(place, start):
    """Keys that are wrong, then right; from play money to real money and back."""
    with start() as till:
        answer_the_first_questions(till, place)
        till.press("Connecter mon compte LigdiCash", "push button")
        till.find("Votre compte LigdiCash")
        till.picture("account")
        write_keys(till, "WRONGKEY", "WRONGTOKEN")
        till.press("Tester la connexion", "push button")
        till.find("Clés refusées")
        till.picture("refused")
        assert saved(place, "keys-place") is None
        write_keys(till, f" {KEY} ", TOKEN)
        till.press("Tester la connexion", "push button")
        till.find("Connexion réussie")
        till.picture("connected")
        wait_saved(place, "keys-place", "'file'")
        till.press("Suivant", "push button")
        till.press("Terminer", "push button")
        till.find("Encaisser de l’argent réel ?")
        till.picture("real-money")
        assert saved(place, "real-money") is None
        till.press("Encaisser de l’argent réel", "push button")
        till.find("En ligne")
        till.ready()
        till.picture("real")
        assert not till.has("Démonstration")
        till.charge(500)
        till.press("Payé", "push button")
        till.find("PAYÉ")
        assert [invoice["amount"] for invoice in place.invoices()][-1] == 500
        till.press("Nouvelle vente", "push button")
        till.key("ctrl+comma")
        till.find("Argent réel")
        till.press("Changer le mode", "push button")
        till.find("Revenir à la démonstration ?")
        till.picture("back")
        till.press("Ouvrir la démonstration", "push button")
        till.find("Démonstration")
        till.ready()
        # Play money knows nothing of real money.
        till.key("ctrl+h")
        till.find("Tous · 0")


@scene
def keys_in_files(place, start):
    """Without a keyring the keys lie in files for this user alone, and nowhere else."""
    log = os.path.join(place.home, "log")
    with start({"G_MESSAGES_DEBUG": "all"}, log) as till:
        till.ready()
        till.key("ctrl+comma")
        till.find("Pas encore saisie")
        write_keys(till, KEY, TOKEN)
        till.press("Tester la connexion", "push button")
        till.find("Connexion réussie")
        till.find("Fichier sur cet ordinateur")
        till.picture("kept")
        for path in glob.glob(os.path.join(place.data, "ligdipay", "keys", "*")):
            assert stat.S_IMODE(os.stat(path).st_mode) == 0o600, path
        look_at_keys(till)
    expect_canaries_nowhere(place, log, os.path.join("ligdipay", "keys"))


def open_keyring(place, password="a password"):
    keyring = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--components=secrets",
         *(["--unlock"] if password else [])],
        env={**os.environ, "XDG_DATA_HOME": os.path.join(place.home, "rings")},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    keyring.stdin.write((password or "").encode())
    keyring.stdin.close()
    keyring.stdout.readline()
    return keyring


@scene
def keys_locked_up(place, start):
    """A keyring that nobody has opened is no reason to doubt the keys."""
    keyring = open_keyring(place)
    with start() as till:
        till.ready()
        till.key("ctrl+comma")
        write_keys(till, KEY, TOKEN)
        till.press("Tester la connexion", "push button")
        till.find("Connexion réussie")
        wait_saved(place, "keys-place", "'keyring'")
        till.press("Changer le mode", "push button")
        till.press("Encaisser de l’argent réel", "push button")
        till.find("En ligne")
    for answer in ("Escape", "Return"):
        keyring.terminate()
        keyring.wait()
        keyring = open_keyring(place, None)
        # Nobody may be there who could answer a command's question.
        done = subprocess.run(
            [till.program, "link", "500"], capture_output=True, text=True, timeout=person.DEADLINE, check=False,
            env={**{name: value for name, value in os.environ.items() if name != "CREDENTIALS_DIRECTORY"},
                 **person.TESTED, **place.environment, "CREDENTIALS_DIRECTORY": ""})
        assert done.returncode != 0 and "trousseau" in done.stderr, done
        with start() as till:
            wait_reason(till, "Ouvrez le trousseau")
            till.find("Le trousseau ne donne pas les clés.")
            till.picture("waiting")
            # The desktop asks for its password.
            person.wait_for(prompt, "the desktop's question")
            if answer == "Return":
                till.type("a password")
            till.key(answer)
            if answer == "Return":
                till.ready()
                till.wait_gone("Le trousseau ne donne pas les clés.")
                continue
            wait_reason(till, "Le trousseau ne donne pas les clés.")
            till.picture("closed")
    keyring.terminate()
    keyring.wait()


def wait_reason(till, reason):
    """Why nothing can be charged, as a screen reader has it."""
    person.wait_for(lambda: till.find("Encaisser", "push button").description == reason, reason)


def prompt():
    windows = subprocess.run(["wmctrl", "-l"], text=True, capture_output=True, check=True).stdout
    return "Keyring" in windows or "rousseau" in windows


@scene
def keys_in_the_keyring(place, start):
    """In the desktop's keyring, which the till finds again; never in a file or a log."""
    keyring = open_keyring(place)
    log = os.path.join(place.home, "log")
    with start({"G_MESSAGES_DEBUG": "all"}, log) as till:
        till.ready()
        till.key("ctrl+comma")
        write_keys(till, KEY, TOKEN)
        till.press("Tester la connexion", "push button")
        till.find("Connexion réussie")
        till.find("Trousseau du système")
        wait_saved(place, "keys-place", "'keyring'")
        till.picture("kept")
        look_at_keys(till)
        till.press("Changer le mode", "push button")
        till.press("Encaisser de l’argent réel", "push button")
        till.find("En ligne")
        till.ready()
        till.charge(500)
        till.press("Payé", "push button")
        till.find("PAYÉ")
    keyring.terminate()
    keyring.wait()
    expect_canaries_nowhere(place, log)
    # Without its keyring the till says so, until it has keys again.
    with start() as till:
        till.find("Le trousseau ne donne pas les clés.")
        # Keys that work, in files this time, and it sells again.
        till.key("ctrl+comma")
        write_keys(till, KEY, TOKEN)
        till.press("Tester la connexion", "push button")
        till.ready()
        till.type("500")
        button = till.find("Encaisser 500", "push button")
        assert button.getState().contains(person.pyatspi.STATE_SENSITIVE)


def look_at_keys(till):
    """Masked, shown when asked for, and masked again ten seconds later."""
    def shown():
        return any(KEY in person.words_of(node) or KEY in text_of(node)
                   for node in person.walk(till.root) if person.is_showing(node))
    assert not shown()
    till.press("Afficher la clé API", "toggle button")
    person.wait_for(shown, "the key")
    till.picture("shown")
    person.wait_for(lambda: not shown(), "the key to be hidden again")


def text_of(node):
    try:
        return node.queryText().getText(0, -1)
    except NotImplementedError:
        return ""


def expect_canaries_nowhere(place, log, but_in=None):
    for path in [log, *glob.glob(place.data + "/**", recursive=True),
                 *glob.glob(os.path.join(place.home, "config") + "/**", recursive=True)]:
        if os.path.isfile(path) and not (but_in and but_in in path):
            with open(path, "rb") as file:
                content = file.read()
            for secret in (KEY, TOKEN):
                if secret.encode() in content:
                    sys.exit(f"{secret} is in {path}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--application", required=True)
    parser.add_argument("--simulator", required=True)
    parser.add_argument("--pictures", default=os.environ.get("LIGDIPAY_PICTURES"))
    parser.add_argument("scene", choices=sorted(SCENES))
    options = parser.parse_args()
    fresh = options.scene in ("first-sale", "other-language", "connect")
    settings = {"shop-name": "", "set-up": False} if fresh else {"set-up": True}
    with shop.Shop(options.simulator, keys=(KEY, TOKEN), **settings) as place:
        # The simulator has its keys from a folder that the till is not told of.
        environment = {name: value for name, value in place.environment.items()
                       if name != "CREDENTIALS_DIRECTORY"}

        @contextlib.contextmanager
        def start(more=None, log=None):
            with person.Till(options.application, log=log,
                             environment={**environment, **(more or {})}) as till, \
                    till.scene(options.scene, options.pictures):
                yield till

        SCENES[options.scene](place, start)


if __name__ == "__main__":
    main()
