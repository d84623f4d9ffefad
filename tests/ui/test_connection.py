# SPDX-License-Identifier: GPL-3.0-or-later
"""A till whose way to LigdiCash is cut: it says why, and what is on this computer goes on."""
import argparse
import fcntl
import os
import struct
import subprocess
import sys

import person
import shop

SCENES = {}
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454ca, 0x0001, 0x1000
# Reserved for documents: nobody's.
GATEWAY = "192.0.2.77"
# In a network of its own, and still who it is.
APART = ("unshare", "--net", "--map-current-user", "--keep-caps")


def scene(function):
    SCENES[function.__name__.replace("_", "-")] = function
    return function


def expect(condition, what):
    if not condition:
        sys.exit(f"not so: {what}")


def plug_in_and_run(program):
    """Becomes the program, in a network whose box says that it has no way on."""
    end = os.open("/dev/net/tun", os.O_RDWR)
    os.set_inheritable(end, True)
    fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH", b"cable", IFF_TUN | IFF_NO_PI))
    for command in ("address add 10.9.0.1/24 dev cable", "link set cable up",
                    "route add default via 10.9.0.254", f"route add unreachable {GATEWAY}"):
        subprocess.run(["ip", *command.split()], check=True)
    os.execv(program, [program])


def open_till(options, place, *command):
    environment = {**place.environment, "LIGDIPAY_BASE_URL": f"https://{GATEWAY}"}
    till = person.Till(APART[0], *APART[1:], *command, options.application,
                       environment=environment)
    if "LIGDIPAY_PICTURES" in os.environ:
        till.pictures = os.path.join(os.environ["LIGDIPAY_PICTURES"], "connection-cut-off")
    return till


def find_pill(till, description):
    def look():
        pill = till.find("Hors ligne", "label")
        return pill if description in pill.description else None
    return person.wait_for(look, f"the pill to say {description!r}")


def expect_history(till):
    """History and follow-ups are on this computer."""
    till.press("Historique", "push button")
    till.find("Ticket, montant")
    till.press("Paiements à suivre", "toggle button")
    till.press("Retour", "push button")


@scene
def cut_off(options):
    """Without a cable nothing is charged; with one that leads nowhere it may be tried."""
    with shop.Shop(options.simulator, **{"allow-unsandboxed-page": True}) as place:
        with open_till(options, place) as till:
            find_pill(till, "Cet ordinateur n’est sur aucun réseau.")
            till.type("500")
            button = till.find("Encaisser 500", "push button")
            person.wait_for(
                lambda: not button.getState().contains(person.pyatspi.STATE_SENSITIVE),
                "the button to be taken away")
            expect(button.description == "Hors ligne\N{NO-BREAK SPACE}: encaissement impossible",
                   f"it says why: {button.description!r}")
            till.find("Vérifiez le câble ou le Wi-Fi, puis réessayez.")
            till.picture("no-link")
            expect_history(till)
        expect(place.query("SELECT count(*) FROM payment") == 0, "nothing was tried")
        with open_till(options, place, sys.executable, __file__, "--plugged-in") as till:
            till.ready()
            till.type("500")
            till.press_until("Encaisser 500", "Le réseau est là, mais rien ne répond.")
            till.find("Rechargez le forfait Internet, puis réessayez.")
            find_pill(till, "Le réseau est là, mais rien ne répond.")
            till.find("Encaisser 500", "push button")
            till.picture("no-data")
            expect_history(till)
        expect(place.query("SELECT count(*) FROM payment WHERE state = 'aborted'") == 1,
               "one payment was tried, and not opened")


def main():
    if sys.argv[1] == "--plugged-in":
        plug_in_and_run(sys.argv[2])
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--application", required=True)
    parser.add_argument("--simulator", required=True)
    parser.add_argument("scene", choices=sorted(SCENES))
    options = parser.parse_args()
    probe = subprocess.run([*APART, "ip", "tuntap", "add", "dev", "cable", "mode", "tun"],
                           capture_output=True, text=True, check=False)
    if probe.returncode != 0:
        print(f"SKIP: this system gives no network of its own: {probe.stderr.strip()}")
        sys.exit(77)
    try:
        SCENES[options.scene](options)
    except person.NotSeen as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
