# SPDX-License-Identifier: GPL-3.0-or-later
"""The payment page at its worst: every way out, and pages that lie, nag, break or lead astray.

Each scene plays hostile pages of the simulator in the real till. Whatever a page does, only
confirm moves a payment, and its link can be opened again.
"""
import argparse
import contextlib
import itertools
import os
import signal
import subprocess
import sys
import tempfile
import time

import person
import shop
from test_shop import command_of, expect, family

SCENES = {}
# One after another: the same amount twice would be asked about.
AMOUNTS = itertools.count(12500)
WATCH_SECONDS = 1.5


def scene(function):
    SCENES[function.__name__.replace("_", "-")] = function
    return function


def state_of(place):
    """The newest payment's state, in the till's ledger."""
    return place.query("SELECT state FROM payment ORDER BY id DESC LIMIT 1")


def exit_of(place):
    return place.query("SELECT exit FROM payment ORDER BY id DESC LIMIT 1")


def confirms(place):
    return place.invoices()[-1]["confirms"]


def play(place, *faults):
    """From now on the simulator's pages behave so."""
    place.ask("fault", "POST", name="none")
    for fault in faults:
        place.ask("fault", "POST", name=fault)


def charge(place, till, fault, sight):
    """Opens a payment whose page misbehaves, and waits for something on it."""
    play(place, fault)
    till.charge(next(AMOUNTS))
    return till.find(sight)


def next_sale(till):
    """From a result without a verdict to the next customer."""
    till.press("Client suivant", "push button")
    till.find("Encaisser 0", "push button")


def abandon(till):
    # What is pressed the moment the code has taken the page's place does not count.
    till.press_until("Annuler", lambda: till.has("Abandonner", "push button"))
    till.press("Abandonner", "push button")
    till.find("FERMÉ")
    next_sale(till)


def stays_open(place, till):
    """For a while nothing happens to the payment, and its page stays."""
    end = time.monotonic() + WATCH_SECONDS
    while time.monotonic() < end:
        expect(state_of(place) == "awaiting", f"the payment still waits: {state_of(place)}")
        person.LOOK_AGAIN.wait(0.1)
    expect(not till.has("PAYÉ", "label") and till.has("Annuler", "push button"),
           "the page is still in the till's frame")


def expect_left(place, till, exit_name):
    """The page was left, confirm was asked, and said pending."""
    person.wait_for(lambda: state_of(place) in ("verifying", "unresolved"), "the page to be left")
    expect(exit_of(place) == exit_name, f"left by {exit_of(place)}, not {exit_name}")
    person.wait_for(lambda: confirms(place) > 0, "confirm to be asked")
    if exit_name == "returned":
        till.press("Continuer en arrière-plan", "push button")
        till.find("Encaisser 0", "push button")
    else:
        till.find("FERMÉ")
        next_sale(till)


def open_till(options, place, **environment):
    till = person.Till(options.application, environment={**place.environment, **environment})
    till.pictures = options.pictures and os.path.join(options.pictures, options.scene)
    return till


@contextlib.contextmanager
def selling(options, *arguments, **settings):
    """A shop and its open till, ready to charge."""
    with shop.Shop(options.simulator, *arguments, **settings) as place:
        browser_in(place)
        with open_till(options, place) as till:
            till.ready()
            yield place, till


@scene
def lies(options):
    """No title, header, address, cookie or word of a page ever makes a payment paid."""
    with selling(options) as (place, till):
        for fault in ("page-lies", "page-push-state", "page-frame-lookalike", "page-http-link",
                      "page-unload"):
            charge(place, till, fault, "Payer")
            stays_open(place, till)
            if fault == "page-frame-lookalike":
                for number in (1, 2, 4, 5, 6, 7, 8, 9):
                    till.press(f"Sosie {number}")
                    stays_open_or_trouble(place, till)
            abandon(till)
        expect(place.query("SELECT count(*) FROM payment WHERE state = 'paid'") == 0,
               "nothing is paid")


def stays_open_or_trouble(place, till):
    """A link that leads nowhere: the page stays, or says so and can be loaded again."""
    person.LOOK_AGAIN.wait(0.5)
    expect(state_of(place) == "awaiting", "the payment still waits")
    if till.has("Recharger", "push button"):
        till.press("Recharger", "push button")
        till.find("Sosie 1")


@scene
def returns(options):
    """Every way a page can reach the return or cancel address by itself."""
    with selling(options) as (place, till):
        for fault, exit_name in (("page-post-return", "returned"),
                                 ("page-meta-return", "returned"),
                                 ("page-script-return", "returned"),
                                 ("page-frame-return", "returned"),
                                 ("page-cancel-return", "cancelled")):
            play(place, fault)
            till.charge(next(AMOUNTS))
            expect_left(place, till, exit_name)


@scene
def opens_return(options):
    """The return address in a new window counts, when somebody pressed for it."""
    with selling(options) as (place, till):
        for press, role in (("Ouvrir le retour", "push button"),
                            ("Retour dans une fenêtre", "link")):
            charge(place, till, "page-open-return", press)
            stays_open(place, till)
            till.press(press, role)
            expect_left(place, till, "returned")


@scene
def closes(options):
    """A page cannot close itself: WebKit lets only those do so that a script has opened."""
    with selling(options) as (place, till):
        charge(place, till, "page-close", "Fermer la page")
        stays_open(place, till)
        till.press("Fermer la page", "push button")
        stays_open(place, till)
        abandon(till)


@scene
def question_stays(options):
    """What the cashier is asked stays on screen while the gateway is asked too."""
    with selling(options) as (place, till):
        play(place)
        till.charge(next(AMOUNTS))
        till.find("Payer 12", "push button")
        till.press("Annuler", "push button")
        till.find("Abandonner", "push button")
        asked = confirms(place)
        person.wait_for(lambda: confirms(place) > asked, "confirm to be asked")
        stays_open(place, till)
        expect(till.has("Abandonner", "push button"), "the question is still there")
        till.press("Continuer", "push button")
        till.press("Payé", "push button")
        till.find("PAYÉ")


@scene
def pressed_twice(options):
    """Keys and buttons pressed twice in haste do their work once."""
    with selling(options, "--slow-seconds", "2") as (place, till):
        # The key that charges does not cancel what it began.
        play(place, "slow")
        till.type("500")
        # Enter does not count right after a screen change.
        person.LOOK_AGAIN.wait(1)
        till.key("Return", "Return", "Return")
        till.press("Payé", "push button")
        till.find("PAYÉ")
        till.press_until("Nouvelle vente", "Encaisser 0")

        # A declined payment is tried again once.
        play(place)
        till.charge(700)
        till.press("Refusé", "push button")
        action = till.find("Réessayer", "push button").queryAction()
        for _ in range(3):
            action.doAction(0)
        till.press("Payé", "push button")
        till.find("PAYÉ")
        expect(len(place.invoices()) == 3, f"one invoice each: {len(place.invoices())}")
        till.press_until("Nouvelle vente", "Encaisser 0")

        # The key that charges does not send the next customer's phone away.
        play(place)
        till.type("900")
        till.press("Encaisser avec la page ailleurs")
        till.press("Code QR, sur le téléphone du client", "push button")
        till.key("Return", "Return")
        till.find("Scannez le code avec votre téléphone")
        stays_open(place, till)


@scene
def same_amount(options):
    """The same amount as a moment ago: the cashier says whether it is the same customer."""
    asked = "Ticket 0001 · 12\u202f500\xa0F\xa0CFA · PAYÉ. Est-ce le même client"

    def ask(till):
        till.press_until("Nouvelle vente", "Encaisser 0")
        till.type("12500")
        person.LOOK_AGAIN.wait(1)
        till.key("Return")
        till.find(asked)
        till.wait_focus("Voir ce paiement")

    with selling(options) as (place, till):
        play(place)
        till.charge(12500)
        till.press("Payé", "push button")
        till.find("PAYÉ")
        ask(till)
        till.picture("same-amount")
        till.key("Return")
        till.find("Paiement reçu.")
        till.press_until("Nouvelle vente", "Encaisser 12")
        # The sale is as it was.
        person.LOOK_AGAIN.wait(1)
        till.key("Return")
        till.find(asked)
        till.press("Le même : ne pas encaisser", "push button")
        till.wait_gone(asked)
        expect(len(place.invoices()) == 1, "nothing was charged")
        expect(place.query("SELECT count(*) FROM payment_event WHERE payment = 1"
                           " AND what = 'not-charged-again'") == 1, "which was written down")
        person.LOOK_AGAIN.wait(1)
        till.key("Return")
        till.find(asked)
        person.LOOK_AGAIN.wait(1)
        till.press("Autre client : encaisser", "push button")
        till.press("Payé", "push button")
        till.find("PAYÉ")
        expect(len(place.invoices()) == 2, "now it was")
        expect(place.query("SELECT note FROM payment_event WHERE payment = 2 AND what = 'intent'")
               == place.query("SELECT reference FROM payment WHERE id = 1"), "and that too")


@scene
def popups(options):
    """A bank's window opens in the till, under the same policy, and closes with its page."""
    with selling(options) as (place, till):
        charge(place, till, "page-popup", "Ouvrir la banque")
        till.press("Ouvrir la banque", "push button")
        field = till.find("Code de la banque", "entry")
        till.picture("popup")
        till.click(field)
        till.type("123")
        till.find("Saisi : 123")
        till.press("Revenir à la page de paiement", "push button")
        till.wait_gone("Banque simulée")
        stays_open(place, till)

        till.press("Ouvrir puis diriger", "push button")
        till.press("Fermer la banque", "push button")
        till.wait_gone("Fermer la banque")
        stays_open(place, till)

        till.press("Vingt fenêtres", "push button")
        till.find("Revenir à la page de paiement")
        pages = [node for node in person.walk(till.root) if node.name == "Banque simulée"
                 and node.getRoleName() == "document web"]
        expect(len(pages) <= 3, f"a few windows at most: {len(pages)}")
        for _ in pages:
            till.press("Revenir à la page de paiement", "push button")
        till.press("Banque par lien", "link")
        till.press("Confirmer à la banque", "push button")
        till.find("PAYÉ")
        till.press("Nouvelle vente", "push button")
        person.wait_for(lambda: not any(command_of(pid) == "WebKitWebProces"
                                        for pid in family(till.process.pid)),
                        "the page's process to end with its windows")

        charge(place, till, "page-popup", "Ouvrir la banque")
        till.press("Ouvrir la banque", "push button")
        till.press("Payer par la page mère", "push button")
        expect_left(place, till, "returned")


@scene
def app_links(options):
    """What only a telephone opens never loads, never breaks the page, and offers the code."""
    with selling(options) as (place, till):
        charge(place, till, "page-app-links", "tel")
        for link in ("tel", "sms", "intent", "wave", "market", "whatsapp"):
            till.press(link, "link")
            till.find("Ce moyen de paiement s’ouvre sur le téléphone.")
            till.press("Fermer l’indication", "push button")
            till.wait_gone("Ce moyen de paiement")
        till.press("wave par script", "push button")
        till.find("Ce moyen de paiement s’ouvre sur le téléphone.")
        till.picture("app-link")
        stays_open(place, till)
        till.press("Afficher le code QR", "push button")
        till.find("Scannez le code avec votre téléphone")
        expect(place.query("SELECT opening FROM payment") == "phone", "it is open on a phone now")
        expect(len(place.invoices()) == 1, "never a second invoice")
        abandon(till)

        charge(place, till, "page-app-links-auto", "Ce moyen de paiement")
        stays_open(place, till)
        abandon(till)


@scene
def dialogs(options):
    """A page's questions are asked in our words, shortened, and not for ever."""
    with selling(options) as (place, till):
        # While a page waits for an answer its process answers nobody, the accessibility tree
        # least of all: here the keyboard and the pictures must do.
        till.click(charge(place, till, "page-dialogs", "confirm"))
        person.LOOK_AGAIN.wait(1)
        till.picture("confirm")
        till.key("Return")
        till.find("Réponse : oui")
        # The keyboard is back in the page, on the button that asked.
        till.key("space")
        person.LOOK_AGAIN.wait(1)
        till.key("Escape")
        till.find("Réponse : non")
        till.click(till.find("prompt", "push button"))
        person.LOOK_AGAIN.wait(1)
        till.type("42")
        till.key("Return")
        till.find("Réponse : 42")
        abandon(till)

        # Three of fifty are shown, the others are answered for the customer.
        till.click(charge(place, till, "page-dialogs", "cinquante alertes"))
        for _ in range(3):
            person.LOOK_AGAIN.wait(1)
            till.picture("alert")
            till.key("Return")
        till.find("Réponse : cinquante alertes")
        stays_open(place, till)
        abandon(till)

        # The way out works while a page waits for an answer.
        play(place, "page-dialogs-auto")
        till.charge(next(AMOUNTS))
        person.wait_for(lambda: state_of(place) == "awaiting", "the page to be open")
        person.LOOK_AGAIN.wait(2)
        till.picture("alert-at-load")
        till.key("F6", "Return")
        person.LOOK_AGAIN.wait(0.5)
        till.key("shift+Tab", "Return")
        expect_left(place, till, "cancelled")


@scene
def nothing_gets_out(options):
    """No download, permission, file, print or full screen, and no trace for the next customer."""
    with selling(options) as (place, till):
        charge(place, till, "page-download", "Télécharger")
        till.press("Télécharger", "link")
        till.press("Télécharger data", "link")
        stays_open(place, till)
        expect(not [name for _, _, files in os.walk(os.environ["HOME"]) for name in files
                    if name.startswith("recu")], "nothing was downloaded")
        abandon(till)

        charge(place, till, "page-permissions", "Tout demander")
        till.press("Tout demander", "push button")
        till.find("géolocalisation : refusée")
        expect(not any("accordée" in node.name for node in person.walk(till.root)),
               "nothing is granted")
        abandon(till)

        charge(place, till, "page-file", "Aucun fichier")
        till.press("Fichier")
        stays_open(place, till)
        till.find("Aucun fichier")
        abandon(till)

        charge(place, till, "page-print", "Imprimer")
        till.press("Imprimer", "push button")
        till.press("Plein écran", "push button")
        stays_open(place, till)
        expect(not till.has("Print", "dialog") and not till.has("Imprimer", "dialog"),
               "no print dialog")
        abandon(till)

        for _ in range(2):
            charge(place, till, "page-storage", "Première visite")
            abandon(till)


@scene
def blank(options):
    """A page that shows nothing is loaded once more, then the phone is offered."""
    with selling(options) as (place, till):
        play(place, "page-blank-once")
        till.charge(next(AMOUNTS))
        till.find("Payer 12", "push button")
        abandon(till)

        play(place, "page-blank")
        till.charge(next(AMOUNTS))
        till.find("La page reste blanche", seconds=40)
        till.picture("blank")
        expect(state_of(place) == "awaiting", "the payment still waits")
        person.wait_for(lambda: confirms(place) > 0, "confirm to be asked")
        play(place)
        till.press("Recharger", "push button")
        till.press("Payé", "push button")
        till.find("PAYÉ")


@scene
def slow(options):
    """A page that is long in coming says so, and comes."""
    with selling(options, "--slow-seconds", "12") as (place, till):
        charge(place, till, "page-slow", "Le réseau est lent.")
        till.picture("slow")
        till.find("Payer 12", "push button")
        stays_open(place, till)


@scene
def load_fails(options):
    """The reason in a sentence, and the same link again."""
    with selling(options) as (place, till):
        play(place, "page-cut")
        till.charge(next(AMOUNTS))
        till.find("La page ne répond pas")
        till.picture("load-failed")
        expect(state_of(place) == "awaiting", "the payment still waits")
        person.wait_for(lambda: confirms(place) > 0, "confirm to be asked")
        play(place)
        till.press("Recharger", "push button")
        till.press("Payé", "push button")
        till.find("PAYÉ")
        expect(len(place.invoices()) == 1, "never a second invoice")

        # A link that leads to where no payment page may be is no page.
        till.press_until("Nouvelle vente", "Encaisser 0")
        play(place, "page-elsewhere")
        till.charge(next(AMOUNTS))
        till.find("La page ne répond pas")
        expect(state_of(place) == "awaiting", "the payment still waits")


@scene
def network_lost(options):
    """The gateway goes away in the middle of the page, and comes back."""
    with selling(options) as (place, till):
        play(place)
        till.charge(next(AMOUNTS))
        till.find("Payer 12", "push button")
        place.simulator.send_signal(signal.SIGSTOP)
        till.press("Annuler", "push button")
        till.press("Abandonner", "push button")
        till.find("RÉSULTAT INCONNU", seconds=90)
        place.simulator.send_signal(signal.SIGCONT)
        till.press_until("Rouvrir la page", "Payé")
        till.press("Payé", "push button")
        till.find("PAYÉ")


def page_process(till):
    return person.wait_for(lambda: [pid for pid in family(till.process.pid)
                                    if command_of(pid) == "WebKitWebProces"], "the page's process")[0]


@scene
def process_killed(options):
    """The page's process dies; the payment is asked about, and its link opens again."""
    with selling(options) as (place, till):
        play(place)
        till.charge(next(AMOUNTS))
        till.find("Payer 12", "push button")
        os.kill(page_process(till), signal.SIGKILL)
        till.find("FERMÉ")
        expect(exit_of(place) == "lost", "a broken page is no cancel")
        till.press("Rouvrir la page", "push button")
        till.press("Payé", "push button")
        till.find("PAYÉ")


@scene
def out_of_memory(options):
    """A page that takes too much memory is ended before the till is."""
    with selling(options) as (place, till):
        charge(place, till, "page-memory", "Remplir la mémoire")
        till.press("Remplir la mémoire", "push button")
        till.find("FERMÉ", seconds=90)
        expect(exit_of(place) == "lost", "a broken page is no cancel")


@scene
def busy(options):
    """A page that never answers again does not hold the till."""
    with selling(options) as (place, till):
        button = charge(place, till, "page-busy", "Boucler")
        till.click(button)
        person.LOOK_AGAIN.wait(1)
        subprocess.run(["xdotool", "key", "F6", "Return"], check=True)
        subprocess.run(["xdotool", "key", "Tab"], check=True)
        person.LOOK_AGAIN.wait(0.5)
        till.process.send_signal(signal.SIGTERM)
        person.wait_for(lambda: till.process.poll() is not None, "the till to end")
        expect(till.process.returncode == 0, "the till ends well")
        expect(state_of(place) == "verifying" and exit_of(place) == "lost",
               "the payment is left in good order")


@scene
def terminated(options):
    """SIGTERM leaves the page; the next start asks at once and opens the same link."""
    with selling(options) as (place, till):
        play(place)
        till.charge(next(AMOUNTS))
        till.find("Payer 12", "push button")
        expect(till.stop(signal.SIGTERM) == 0, "the till ends well")
        expect(state_of(place) == "verifying", "the payment waits for its verdict")
        with open_till(options, place) as again:
            again.find("FERMÉ")
            again.press("Rouvrir la page", "push button")
            again.press("Payé", "push button")
            again.find("PAYÉ")


@scene
def suspended(options):
    """After a sleep confirm is asked at once, though the page saw nothing."""
    with selling(options) as (place, till):
        play(place)
        till.charge(next(AMOUNTS))
        till.find("Payer 12", "push button")
        token = place.invoices()[-1]["token"]
        processes = family(till.process.pid)
        for pid in processes:
            os.kill(pid, signal.SIGSTOP)
        place.ask("outcome", "POST", token=token, outcome="paid")
        # Longer than the ten seconds between two questions.
        person.LOOK_AGAIN.wait(11)
        for pid in reversed(processes):
            os.kill(pid, signal.SIGCONT)
        till.find("PAYÉ", seconds=5)


def certificate(folder, name, *faketime, address="IP:127.0.0.1"):
    """A certificate that nobody but itself has signed."""
    path = os.path.join(folder, name + ".pem")
    key = os.path.join(folder, name + ".key")
    subprocess.run([*faketime, "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days",
                    "30", "-subj", "/CN=" + name, "-addext", "subjectAltName=" + address,
                    "-keyout", key, "-out", path], check=True, capture_output=True)
    with open(key, encoding="ascii") as file, open(path, "a", encoding="ascii") as whole:
        whole.write(file.read())
    return path


@scene
def certificates(options):
    """A page whose certificate is wrong in any way is never shown, and the reason is told."""
    with tempfile.TemporaryDirectory(prefix="ligdi.") as folder:
        years_ago = ("faketime", "-f", "@2020-01-01 00:00:00")
        for path, sentence in (
                (certificate(folder, "untrusted"), "Personne ne garantit cette page."),
                (certificate(folder, "elsewhere", address="DNS:bank.example"),
                 "Un autre ordinateur a répondu au nom de la page."),
                (certificate(folder, "expired", *years_ago), "Personne ne garantit cette page.")):
            with selling(options, "--page-certificate", path) as (place, till):
                till.charge(next(AMOUNTS))
                till.find("Connexion non sécurisée")
                till.find(sentence)
                till.picture("insecure")
                expect(state_of(place) == "awaiting", "the payment still waits")
                person.wait_for(lambda place=place: confirms(place) > 0, "confirm to be asked")
                till.press("Recharger", "push button")
                till.find("Connexion non sécurisée")
                abandon(till)


@scene
def wrong_clock(options):
    """A clock from before this program was made is told apart from a bad certificate."""
    if "ASAN_OPTIONS" in os.environ:
        print("SKIP: AddressSanitizer wants to be loaded before the wrong clock")
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix="ligdi.") as folder:
        # What faketime does, without a process of its own between the test and the till.
        clock = subprocess.run(["faketime", "-f", "@2021-03-04 10:00:00", "printenv", "LD_PRELOAD"],
                               check=True, capture_output=True, text=True).stdout.strip()
        with shop.Shop(options.simulator, "--page-certificate",
                       certificate(folder, "new")) as place, \
                open_till(options, place, LD_PRELOAD=clock, FAKETIME="@2021-03-04 10:00:00",
                          FAKETIME_DONT_FAKE_MONOTONIC="1") as till:
            till.ready()
            till.charge(next(AMOUNTS))
            till.find("La date de cet ordinateur est fausse")
            till.picture("clock")
            expect(state_of(place) == "awaiting", "the payment still waits")


@scene
def everywhere(options):
    """The same invoice here, in the customer's window, in the browser and on a phone."""
    with selling(options) as (place, till):
        till.type(str(next(AMOUNTS)))
        till.press("Encaisser avec la page ailleurs")
        till.press("Code QR, sur le téléphone du client", "push button")
        till.find("Scannez le code avec votre téléphone")
        till.find("Le téléphone peut afficher une erreur")
        till.picture("phone")
        till.move_page("Fenêtre du client")
        till.find("Le client paie dans l’autre fenêtre")
        till.find("Payer 12", "push button")
        till.picture("window")
        till.move_page("Ici, dans cette fenêtre")
        till.find("Payer 12", "push button")
        till.move_page("Navigateur")
        till.find("Le client paie dans le navigateur")
        till.picture("browser")
        opened = person.wait_for(lambda: read_lines(place, "opened"), "the browser to open")
        token = place.invoices()[-1]["token"]
        expect(len(opened) == 1 and token not in opened[0],
               "the token is not on the browser's command line")
        expect(len(place.invoices()) == 1, "never a second invoice")
        till.move_page("Ici, dans cette fenêtre")
        till.press("Payé", "push button")
        till.find("PAYÉ")


def browser_in(place):
    """Makes a script this desktop's browser, which notes what it was asked to open."""
    script = os.path.join(place.home, "browser")
    with open(script, "w", encoding="ascii") as file:
        file.write(f'#!/bin/sh\necho "$1" >>{place.home}/opened\n')
    os.chmod(script, 0o700)
    applications = os.path.join(place.data, "applications")
    os.makedirs(applications)
    with open(os.path.join(applications, "browser.desktop"), "w", encoding="ascii") as file:
        file.write(f"[Desktop Entry]\nType=Application\nName=Browser\nExec={script} %u\n"
                   "MimeType=x-scheme-handler/http;x-scheme-handler/https;\n")
    config = os.path.join(place.home, "config")
    os.makedirs(config, exist_ok=True)
    with open(os.path.join(config, "mimeapps.list"), "w", encoding="ascii") as file:
        file.write("[Default Applications]\nx-scheme-handler/http=browser.desktop\n"
                   "x-scheme-handler/https=browser.desktop\n")


def read_lines(place, name):
    try:
        with open(os.path.join(place.home, name), encoding="utf-8") as file:
            return file.read().split()
    except FileNotFoundError:
        return None


@scene
def browser(options):
    """A payment that begins in the browser comes back by itself."""
    with selling(options, "--automatic", **{"payment-page": "browser"}) as (place, till):
        till.charge(next(AMOUNTS))
        till.find("Le client paie dans le navigateur")
        address = person.wait_for(lambda: read_lines(place, "opened"), "the browser to open")[0]
        answer = subprocess.run(["curl", "--silent", "--location", address],
                                capture_output=True, text=True, check=True).stdout
        expect("Page de paiement terminée" in answer, f"the way back: {answer[:200]!r}")
        till.find("PAYÉ", seconds=8)
        expect(exit_of(place) == "returned", "the return was seen, not only the verdict")
        again = subprocess.run(["curl", "--silent", address], capture_output=True, text=True,
                               check=False).stdout
        expect("directpayment" not in again, "the address leads to the page once")


@scene
def customers_on_phones(options):
    """Several customers pay on their phones while the cashier serves others."""
    with selling(options, **{"payment-page": "phone", "customer-display": True,
                             "return-page": "https://boutique.example/merci"}) as (place, till):
        for amount in (500, 700):
            till.charge(amount)
            till.find("Scannez le code avec votre téléphone")
            expect(not till.has("Le téléphone peut afficher une erreur"),
                   "the phone goes to the shop's page")
            till.press_until("Client suivant", "Encaisser 0")
        first, second = place.invoices()
        expect({first["amount"], second["amount"]} == {500, 700}, "two invoices")
        place.ask("outcome", "POST", token=second["token"], outcome="paid")
        till.find("PAYÉ", seconds=20)
        till.picture("phone-paid")
        till.press("Historique", "push button")
        till.find("Encaissé")
        till.picture("history")


@scene
def customer_window(options):
    """The customer's window: opens with the press, and closing it is no refusal."""
    with selling(options, **{"payment-page": "window"}) as (place, till):
        till.charge(next(AMOUNTS))
        till.find("LigdiPay pour le client", "frame")
        till.find("Payer 12", "push button")
        subprocess.run(["wmctrl", "-c", "LigdiPay pour le client"], check=True)
        till.find("FERMÉ")
        expect(exit_of(place) == "lost", "a closed window is no refusal")
        till.press("Rouvrir la page", "push button")
        till.press("Payé", "push button")
        till.find("PAYÉ")
        till.wait_gone("LigdiPay pour le client", "frame")
        # The till ends while the page is on the customer's side.
        till.press("Nouvelle vente", "push button")
        till.find("Encaisser 0", "push button")
        till.charge(next(AMOUNTS))
        till.find("Payer 12", "push button")
        expect(till.stop(signal.SIGTERM) == 0, "the till ends well")
        expect(state_of(place) == "verifying", "the payment waits for its verdict")


@scene
def customer_display(options):
    """Who has paid in the customer's window leaves the keyboard to the cashier."""
    with selling(options, **{"payment-page": "window", "customer-display": True}) as (place, till):
        till.charge(next(AMOUNTS))
        till.click(till.find("Payé", "push button"))
        till.find("PAYÉ")
        person.LOOK_AGAIN.wait(1)
        till.key("Return")
        till.find("Encaisser 0", "push button")
        expect(till.has("LigdiPay pour le client", "frame"), "the customer's window stays")


@scene
def keypad(options):
    """Digits of the on-screen keypad go into the page's field."""
    with selling(options) as (place, till):
        play(place)
        till.charge(500)
        till.find("Payer 500", "push button")
        till.press("Pavé pour la page")
        till.find("Champ suivant de la page", "push button")
        field = till.find("Code à usage unique", "entry")
        till.click(field)
        for digit in "4829133":
            till.press(digit, "push button")
        till.press("Effacer dans la page", "push button")
        for digit in "3":
            till.press(digit, "push button")
        till.picture("keypad")
        person.wait_for(lambda: field.queryText().getText(0, -1) == "482913", "the code in the page")
        till.press("Payer 500", "push button")
        till.find("PAYÉ")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--application", required=True)
    parser.add_argument("--simulator", required=True)
    parser.add_argument("--pictures", default=os.environ.get("LIGDIPAY_PICTURES"))
    parser.add_argument("scene", choices=sorted(SCENES))
    options = parser.parse_args()
    try:
        SCENES[options.scene](options)
    except person.NotSeen as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
