# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs of the shop that are told of every result."""
import argparse
import hashlib
import hmac
import http.server
import json
import os
import stat
import threading

import person
import shop

SCENES = {}


def scene(function):
    SCENES[function.__name__.replace("_", "-")] = function
    return function


def expect(truth, what):
    if not truth:
        raise SystemExit(f"not so: {what}")


class Listener(http.server.ThreadingHTTPServer):
    """Hears what is told, and answers as it is to: a status, or None for never."""

    daemon_threads = True

    def __init__(self, *answers):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = list(answers)
        self.heard = []
        self.closing = threading.Event()
        self.address = f"http://127.0.0.1:{self.server_port}/results"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.closing.set()
        self.shutdown()
        self.server_close()

    def wait(self, number):
        person.wait_for(lambda: len(self.heard) >= number, f"message {number}", 60)
        return self.heard[number - 1]


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = self.server.answers.pop(0) if self.server.answers else 200
        self.server.heard.append((self.path, dict(self.headers), body))
        if answer is None:
            self.server.closing.wait()
            return
        self.send_response(answer)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments):
        pass


def sell(till, amount, outcome, word):
    till.charge(amount)
    till.press(outcome, "push button")
    till.find(word)


def read(message, place):
    """What it says, if it is the till who says it."""
    path, headers, body = message
    key_path = os.path.join(place.data, "ligdipay", "hook-key")
    expect(stat.S_IMODE(os.stat(key_path).st_mode) == 0o600, "the key is for this user alone")
    with open(key_path, encoding="ascii") as file:
        key = file.read().strip()
    signature = "sha256=" + hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
    expect(headers["X-LigdiPay-Signature"] == signature, headers)
    expect(path == "/results" and headers["Content-Type"] == "application/json", (path, headers))
    return json.loads(body)


@scene
def address(till, place):
    """Every result once it is on disk, in order, again until it is heard, and after a crash too."""
    with Listener(500, 302) as listener:
        place.change_setting("hook-address", f"'{listener.address}'")
        till.ready()
        sell(till, 800, "Payé", "PAYÉ")
        first = read(listener.wait(1), place)
        expect((first["state"], first["amount"], first["ticket"], first["demonstration"])
               == ("paid", 800, 1, False), first)
        expect(place.query("SELECT count(*) FROM payment WHERE state = 'paid'") == 1, "on disk")
        # It has not been heard: the same again, and what came after it waits.
        till.press("Nouvelle vente", "push button")
        sell(till, 900, "Refusé", "NON PAYÉ")
        expect(read(listener.wait(2), place) == first, "the same again")
        till.stop(person.signal.SIGKILL)
        with person.Till(till.program, environment=place.environment) as again:
            expect(read(listener.wait(3), place) == first, "and after a crash")
            second = read(listener.wait(4), place)
            expect(second["state"] == "not-paid" and second["id"] > first["id"], second)
            again.find("Encaisser 0", "push button")
            secrets = place.query("SELECT group_concat(token || ' ' || page_url, ' ') FROM payment")
            said = b"".join(body for _path, _headers, body in listener.heard).decode()
            expect(not any(secret in said for secret in secrets.split()), "no token is told")
            # Whoever stops listening is told nothing more.
            place.change_setting("hook-address", "''")
            sell(again, 700, "Payé", "PAYÉ")
            person.wait_for(lambda: place.query("SELECT count(*) FROM hook") == 0, "nobody to listen")
            expect(len(listener.heard) == 4, listener.heard)


@scene
def hangs(till, place):
    """A listener that never answers holds nothing up."""
    with Listener(None, None, None) as listener:
        place.change_setting("hook-address", f"'{listener.address}'")
        till.ready()
        for number, amount in enumerate((800, 900, 1000), start=1):
            sell(till, amount, "Payé", "PAYÉ")
            listener.wait(1)
            expect(len(listener.heard) == 1, "one at a time")
            expect(place.query("SELECT count(*) FROM payment WHERE state = 'paid'") == number, "paid")
            till.press("Nouvelle vente", "push button")
            till.find("Encaisser 0", "push button")


@scene
def command(till, place):
    """A command gets the result on its input, and neither the keys nor the way to them."""
    heard = os.path.join(place.home, "heard")
    script = os.path.join(place.home, "script")
    with open(script, "w", encoding="utf-8") as file:
        # The first time it has no luck.
        file.write('#!/bin/sh\nenv >"$2.env"\ncat >>"$1"\n[ -e "$1.again" ] || { : >"$1.again"; exit 7; }\n')
    os.chmod(script, 0o700)
    place.change_setting("hook-command", f"'{script} \"{heard}\" {heard}'")
    till.ready()
    sell(till, 800, "Montant différent", "MONTANT DIFFÉRENT")
    lines = person.wait_for(lambda: [json.loads(line) for line in open(heard, encoding="utf-8")][1:]
                            and [json.loads(line) for line in open(heard, encoding="utf-8")],
                            "the command to be told twice", 60)
    expect(lines[0] == lines[1] and lines[0]["state"] == "wrong-amount", lines)
    with open(heard + ".env", encoding="utf-8") as file:
        expect("CREDENTIALS_DIRECTORY" not in file.read(), "where the keys are is not its business")
    till.press("Responsable prévenu")
    # What does not exist, and an address elsewhere, do no harm.
    place.change_setting("hook-command", "'/nonexistent'")
    place.change_setting("hook-address", "'http://results.example/'")
    sell(till, 900, "Payé", "PAYÉ")
    till.press("Nouvelle vente", "push button")
    sell(till, 1000, "Payé", "PAYÉ")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--application", required=True, help="the ligdipay program")
    parser.add_argument("--simulator", required=True, help="the ligdipay-simulator program")
    parser.add_argument("scene", choices=sorted(SCENES))
    arguments = parser.parse_args()
    with shop.Shop(arguments.simulator) as place, \
            person.Till(arguments.application, environment=place.environment) as till, \
            till.scene(f"hook-{arguments.scene}", os.environ.get("LIGDIPAY_PICTURES")):
        SCENES[arguments.scene](till, place)


if __name__ == "__main__":
    main()
