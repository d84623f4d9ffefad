# SPDX-License-Identifier: GPL-3.0-or-later
"""A shop with its own gateway: what goes wrong, and what must never get out."""
import argparse
import glob
import json
import os
import sqlite3
import subprocess
import sys

import person
import shop

SCENES = {}
KEY = "CANARYKEY4711"
TOKEN = "CANARYTOKEN0815"
FAULTS = ("create-code00", "create-code02", "create-500", "create-not-json")


def scene(function):
    SCENES[function.__name__.replace("_", "-")] = function
    return function


def family(pid):
    """A process and everything below it."""
    children = {}
    for path in glob.glob("/proc/[0-9]*/stat"):
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                parent = int(file.read().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(path.split("/")[2]))
    found, ahead = [], [pid]
    while ahead:
        found.append(ahead.pop())
        ahead += children.get(found[-1], [])
    return found


def command_of(pid):
    try:
        with open(f"/proc/{pid}/comm", encoding="utf-8") as file:
            return file.read().strip()
    except OSError:
        return ""


def expect(condition, what):
    if not condition:
        sys.exit(f"not so: {what}")


def count(place, state):
    ledger = sqlite3.connect(f"file:{place.ledger}?mode=ro", uri=True)
    try:
        return ledger.execute("SELECT count(*) FROM payment WHERE state = ?", (state,)).fetchone()[0]
    finally:
        ledger.close()


def wait_for_notice(till):
    """Answers the words of the notices on screen."""
    notices = person.wait_for(
        lambda: [node.name for node in person.walk(till.root)
                 if node.getRoleName() == "alert" and person.is_showing(node) and node.name],
        "a notice")
    return " ".join(notices)


def expect_no_charge(till):
    till.type("500")
    button = till.find("Encaisser 500", "push button")
    expect(not button.getState().contains(person.pyatspi.STATE_SENSITIVE),
           "nothing can be charged")


def expect_absent(secrets, where, content):
    for secret in secrets:
        expect(secret.encode() not in content, f"{secret[:12]}… stays out of {where}")


@scene
def canary(options):
    """Neither the keys nor the creation token get into a log, a command line, an environment,
    a text on screen, or, as far as the keys go, the ledger."""
    with shop.Shop(options.simulator, keys=(KEY, TOKEN)) as place:
        log = os.path.join(place.home, "log")
        environment = {**place.environment, "G_MESSAGES_DEBUG": "all"}
        with person.Till(options.application, environment=environment, log=log) as till:
            till.ready()
            till.charge(12500)
            till.find("Payer 12", "push button")
            created = place.invoices()[0]["token"]
            for pid in family(till.process.pid):
                for name in ("cmdline", "environ"):
                    try:
                        with open(f"/proc/{pid}/{name}", "rb") as file:
                            expect_absent((KEY, TOKEN, created), f"/proc/PID/{name}", file.read())
                    except OSError:
                        pass
            with open(f"/proc/{till.process.pid}/limits", encoding="ascii") as file:
                limits = [line.split() for line in file if line.startswith("Max core file size")]
            expect(limits[0][4] == "0", "a crash leaves no core dump")
            till.press("Payé", "push button")
            till.find("PAYÉ")
            names = person.wait_for(lambda: "\n".join(
                f"{node.name} {node.description}" for node in person.walk(till.root)), "all words")
            expect_absent((KEY, TOKEN, created), "the screen", names.encode())
        with open(log, "rb") as file:
            content = file.read()
        expect(b"paid: confirmed-paid" in content, "the log was written")
        expect_absent((KEY, TOKEN, created), "the log", content)
        for path in glob.glob(place.data + "/**", recursive=True):
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    expect_absent((KEY, TOKEN), "the shop's files", file.read())


@scene
def sounds(options):
    """Results are heard once they are on disk, and not at all where the shop does not want it."""
    for wanted in (True, False):
        with shop.Shop(options.simulator, sounds=wanted) as place:
            log = os.path.join(place.home, "log")
            environment = {**place.environment, "G_MESSAGES_DEBUG": "all"}
            with person.Till(options.application, environment=environment, log=log) as till:
                till.ready()
                for button, word, back in (("Payé", "PAYÉ", "Nouvelle vente"),
                                           ("Refusé", "NON PAYÉ", "Modifier le ticket"),
                                           ("Montant différent", "MONTANT DIFFÉRENT", None)):
                    till.charge(500 + len(word))
                    till.press(button, "push button")
                    till.find(word)
                    if back:
                        till.press_until(back, lambda: till.has("Encaisser", "push button"))
                        till.key("Escape")
            with open(log, encoding="utf-8", errors="replace") as file:
                heard = [line.split(": ")[-1].strip() for line in file
                         if "confirmed-" in line or ": sound " in line]
            expect(heard == (["confirmed-paid", "sound complete", "confirmed-declined",
                              "sound dialog-error", "confirmed-mismatch", "sound dialog-warning"]
                             if wanted else
                             ["confirmed-paid", "confirmed-declined", "confirmed-mismatch"]), heard)


def run_command(options, place, *words):
    done = subprocess.run([options.application, *words, "--json"], capture_output=True, text=True,
                          env={**os.environ, **person.TESTED, **place.environment},
                          timeout=2 * person.DEADLINE, check=False)
    expect(done.returncode == 0, f"{words[0]} is done: {done.stderr}")
    return json.loads(done.stdout)


def wait_for_words(till, words):
    person.wait_for(lambda: any(words in person.words_of(node) and person.is_showing(node)
                                for node in person.walk(till.root)), words)


@scene
def beside(options):
    """A running till watches the link that a command makes, and shows what a command finds out."""
    with shop.Shop(options.simulator) as place:
        with person.Till(options.application, environment=place.environment) as till:
            till.ready()
            run_command(options, place, "link", "700")
            place.ask("outcome", "POST", token=place.invoices()[0]["token"], outcome="paid")
            wait_for_words(till, "700\u00a0F\u00a0CFA · PAYÉ")
            expect(place.query("SELECT state FROM payment") == "paid", "the till has asked")

            link = run_command(options, place, "link", "900")
            token = place.query("SELECT token FROM payment WHERE amount = 900")
            place.ask("outcome", "POST", token=token, outcome="paid")
            answer = run_command(options, place, "check", link["reference"])
            expect(answer["state"] == "paid", "the command has asked")
            wait_for_words(till, "900\u00a0F\u00a0CFA · PAYÉ")
            confirms = [invoice["confirms"] for invoice in place.invoices()
                        if invoice["token"] == token]
            expect(confirms == [1], "the till has not asked again")


def ask_for(options, place, *words):
    """What a launcher's menu starts: it ends as soon as the till that runs has heard it."""
    done = subprocess.run([options.application, *words], env={**os.environ, **place.environment},
                          timeout=60, check=False)
    expect(done.returncode == 0, f"{words} was heard")


@scene
def launcher(options):
    """The desktop's menu of the till opens the history and the sale, but for whoever is paying."""
    with shop.Shop(options.simulator) as place:
        with person.Till(options.application, "--history", environment=place.environment) as till:
            till.find("Encaissé", "label")
            till.picture("history-from-the-start")
            ask_for(options, place, "--sale")
            till.ready()
            # Asked for twice it is still there.
            for _time in range(2):
                ask_for(options, place, "--history")
                till.find("Encaissé", "label")
            ask_for(options, place)
            till.find("Encaissé", "label")
            ask_for(options, place, "--sale")
            till.charge(700)
            till.find("Payer 700", "push button")
            ask_for(options, place, "--history")
            till.find("Payer 700", "push button")
            expect(not till.has("Encaissé", "label"), "the customer's page stays")
            till.press("Payé", "push button")
            till.find("PAYÉ")
            ask_for(options, place, "--history")
            till.find("Ticket 0001")


@scene
def create_faults(options):
    """Every way create can fail leads back to the sale with a sentence, and the sale is kept."""
    with shop.Shop(options.simulator) as place:
        with person.Till(options.application, environment=place.environment) as till:
            till.ready()
            till.type("12500")
            for number, fault in enumerate(FAULTS, start=1):
                place.ask("fault", "POST", name=fault)
                till.press_until("Encaisser 12", lambda: count(place, "aborted") == number)
                till.find("Encaisser 12", "push button")
                text = wait_for_notice(till)
                expect("Echec" not in text and "Code0" not in text, f"no raw code in {text!r}")
            place.ask("fault", "POST", name="none")
            till.press_until("Encaisser 12", "Payé")
            till.press("Payé", "push button")
            till.find("PAYÉ")
        expect((count(place, "aborted"), count(place, "paid")) == (len(FAULTS), 1),
               "each try is in the ledger")


@scene
def bad_base_url(options):
    """An address that would carry the keys in the clear is refused before anything is sent."""
    with shop.Shop(options.simulator) as place:
        environment = {**place.environment, "LIGDIPAY_BASE_URL": "http://gateway.example"}
        with person.Till(options.application, environment=environment) as till:
            till.find("Encaisser", "push button")
            wait_for_notice(till)
            expect_no_charge(till)


@scene
def no_shop_name(options):
    """The till asks for the shop's name and takes it."""
    with shop.Shop(options.simulator, **{"shop-name": ""}) as place:
        with person.Till(options.application, environment=place.environment) as till:
            entry = till.find("Nom de la boutique")
            expect_no_charge(till)
            till.click(entry)
            till.type("Chez Awa")
            till.press("Enregistrer", "push button")
            till.charge("")
            till.find("Payer 500", "push button")


def damaged_ledger(options, damage):
    """No selling, and the file is kept."""
    with shop.Shop(options.simulator) as place:
        os.makedirs(os.path.dirname(place.ledger))
        damage(place.ledger)
        with open(place.ledger, "rb") as file:
            before = file.read()
        with person.Till(options.application, environment=place.environment) as till:
            till.find("Encaisser", "push button")
            wait_for_notice(till)
            expect_no_charge(till)
        with open(place.ledger, "rb") as file:
            expect(file.read() == before, "the ledger is kept as it was")


@scene
def corrupt_ledger(options):
    def damage(path):
        with open(path, "wb") as file:
            file.write(b"This was a ledger once." * 400)
    damaged_ledger(options, damage)


@scene
def newer_ledger(options):
    def damage(path):
        ledger = sqlite3.connect(path)
        ledger.execute("PRAGMA journal_mode = WAL")
        ledger.execute("PRAGMA application_id = 1281976164")
        ledger.execute("PRAGMA user_version = 999")
        ledger.execute("CREATE TABLE tomorrow (x)")
        ledger.commit()
        ledger.close()
    damaged_ledger(options, damage)


@scene
def locked_ledger(options):
    """While another program holds the ledger nothing is sold; nothing is lost either."""
    with shop.Shop(options.simulator) as place:
        with person.Till(options.application, environment=place.environment) as till:
            till.ready()
        holder = sqlite3.connect(place.ledger, isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        with person.Till(options.application, environment=place.environment) as till:
            wait_for_notice(till)
            expect_no_charge(till)
        holder.execute("ROLLBACK")
        holder.close()
        with person.Till(options.application, environment=place.environment) as till:
            till.ready()
            till.charge(500)
            till.find("Payer 500", "push button")


@scene
def no_keys(options):
    """Without keys the till demonstrates, and says so; the shop's ledger is not touched."""
    with shop.Shop(options.simulator, **{"set-up": True}) as place:
        os.remove(os.path.join(place.keys, "ligdipay-api-token"))
        # One of the two is a mistake, and nobody may take play money for it.
        with person.Till(options.application, environment=place.environment) as till:
            till.find("LigdiCash n’accepte pas les clés de cette boutique.")
            expect(not till.has("Démonstration"), "a mistake is no demonstration")
            expect_no_charge(till)
        os.remove(place.ledger)
        os.remove(os.path.join(place.keys, "ligdipay-api-key"))
        with person.Till(options.application, environment=place.environment) as till:
            till.find("Démonstration")
            till.ready()
            till.charge(500)
            till.press("Payé", "push button")
            till.find("PAYÉ")
        expect(not os.path.exists(place.ledger), "play money stays out of the shop's ledger")


@scene
def english(options):
    """The shop's language, on a machine whose locale says nothing."""
    with shop.Shop(options.simulator, language="en") as place:
        with person.Till(options.application, environment=place.environment) as till:
            till.find("Charge 0", "push button")
            till.find("To charge")
            till.type("12500")
            till.find("Charge 12\u202f500\xa0F\xa0CFA", "push button")


@scene
def sandboxed(options):
    """The payment page runs in namespaces of its own."""
    if not shop.sandbox_works():
        print("SKIP: this place does not allow the namespaces that the sandbox is made of")
        sys.exit(77)
    with shop.Shop(options.simulator) as place:
        with person.Till(options.application, environment=place.environment) as till:
            till.ready()
            till.charge(500)
            till.find("Payer 500", "push button")
            spaces = {os.readlink(f"/proc/{pid}/ns/pid") for pid in family(till.process.pid)
                      if command_of(pid) == "WebKitWebProces"}
            expect(spaces and os.readlink("/proc/self/ns/pid") not in spaces,
                   f"the page's process has a namespace of its own: {spaces}")


@scene
def without_sandbox(options):
    """Where the sandbox cannot work, real money goes by phone, play money goes on and says so."""
    with shop.Shop(options.simulator, **{"allow-unsandboxed-page": False}) as place:
        nowhere = os.path.join(place.home, "empty")
        os.mkdir(nowhere)
        environment = {**place.environment, "PATH": nowhere}
        with person.Till(options.application, environment=environment) as till:
            till.find("Pas de page de paiement")
            till.ready()
            till.charge(500)
            till.find("Scannez le code avec votre téléphone")
            till.move_page("Ici, dans cette fenêtre")
            till.find("Pas de page de paiement")
            till.find("Scannez le code avec votre téléphone")
            expect(not any(command_of(pid) == "WebKitWebProces"
                           for pid in family(till.process.pid)), "no page was made")
            place.ask("outcome", "POST", token=place.invoices()[-1]["token"], outcome="paid")
            till.find("PAYÉ", seconds=20)
        with person.Till(options.application, "--demo", environment=environment) as till:
            till.find("Cet ordinateur n’isole pas")
            till.charge(500)
            till.press("Payé", "push button")
            till.find("PAYÉ")


@scene
def sandbox_in_doubt(options):
    """Until it is known whether pages can be locked up, nothing is charged."""
    with shop.Shop(options.simulator) as place:
        programs = os.path.join(place.home, "programs")
        os.mkdir(programs)
        known = os.path.join(place.home, "known")
        for name in ("bwrap", "xdg-dbus-proxy"):
            path = os.path.join(programs, name)
            with open(path, "w", encoding="ascii") as file:
                file.write(f"#!/bin/sh\nuntil test -e {known}; do /bin/sleep 0.1; done\n"
                           f"exit {0 if shop.sandbox_works() else 1}\n")
            os.chmod(path, 0o700)
        environment = {**place.environment, "PATH": programs}
        with person.Till(options.application, environment=environment) as till:
            button = till.find("Encaisser", "push button")
            expect_no_charge(till)
            expect(button.description == "Préparation…", f"it says why: {button.description!r}")
            with open(known, "w", encoding="ascii"):
                pass
            till.charge("")
            till.find("Payer 500", "push button")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--application", required=True)
    parser.add_argument("--simulator", required=True)
    parser.add_argument("scene", choices=sorted(SCENES))
    options = parser.parse_args()
    try:
        SCENES[options.scene](options)
    except person.NotSeen as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
