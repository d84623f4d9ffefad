# SPDX-License-Identifier: GPL-3.0-or-later
"""A barcode scanner is a keyboard that types fast: set up for this computer's keyboard or for
another, and pulled at the wrong moment. Its Enter never charges anything."""
import argparse
import os
import subprocess

import person
import shop

SCENES = {}
# The rows of a keyboard, from the figures down, as X11 counts keys.
ROWS = (10, 24, 38, 52)
LAYOUTS = {
    "us": (("1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"),
           ("!@#$%^&*()_+", "QWERTYUIOP{}", "ASDFGHJKL:\"", "ZXCVBNM<>?")),
    "fr": (("&é\"'(-è_çà)=", "azertyuiop^$", "qsdfghjklmù", "wxcvbn,;:!"),
           ("1234567890°+", "AZERTYUIOP¨£", "QSDFGHJKLM%", "WXCVBN?./§")),
}
NUMBER = "6111234500017"
LETTERS = "AZQ-M120W"
UNKNOWN = "4006381333931"


def scene(function):
    SCENES[function.__name__.replace("_", "-")] = function
    return function


def keys_of(text, layout):
    for character in text:
        for shift, rows in zip(("", "shift+"), LAYOUTS[layout]):
            for start, row in zip(ROWS, rows):
                if character in row:
                    yield f"{shift}{start + row.index(character)}"


def scan(text, layout="us", end=("Return",)):
    """The keys that a scanner for one layout presses, whatever the computer's is."""
    keys = list(keys_of(text, layout))
    assert len(keys) == len(text), text
    # All at once: a busy computer would take longer over any delay than a scanner does.
    subprocess.run(["xdotool", "key", "--delay", "0", *keys, *end], check=True)


def set_keyboard(layout):
    subprocess.run(["setxkbmap", layout], check=True)


def wait_charge(till, amount):
    """What the pay button would charge, in figures."""
    def probe():
        button = till.find("Encaisser", "push button")
        return "".join(filter(str.isdigit, button.name)) == str(amount)
    person.wait_for(probe, f"the pay button to say {amount}")


@scene
def keyboards(till, place):
    """Both layouts on both sides: the product is found, once for each scan."""
    n = 0
    for keyboard in ("us", "fr"):
        set_keyboard(keyboard)
        for scanner in ("us", "fr"):
            n += 1
            scan(NUMBER, scanner)
            wait_charge(till, 3750 * n + 250 * (n - 1))
            scan(LETTERS, scanner)
            wait_charge(till, 3750 * n + 250 * n)
    # Two Enters, a Tab, none.
    scan(NUMBER, end=("Return", "Return"))
    wait_charge(till, 3750 * 5 + 250 * 4)
    scan(NUMBER, end=("Tab",))
    wait_charge(till, 3750 * 6 + 250 * 4)
    scan(NUMBER, end=())
    wait_charge(till, 3750 * 7 + 250 * 4)
    till.picture("ticket")
    assert place.invoices() == []


@scene
def wrong_moments(till, place):
    """On what else the sale shows, on the payment page, and on results whose primary button would
    charge again."""
    till.charge(500)
    till.find("Payé", "push button")
    phone = till.find("Numéro de téléphone", "entry")
    till.click(phone)
    person.wait_for(lambda: phone.getState().contains(person.pyatspi.STATE_FOCUSED), "the field")
    scan(NUMBER)
    scan(UNKNOWN)
    till.press("Refusé", "push button")
    till.find("NON PAYÉ")
    till.wait_focus("Réessayer")
    for _ in range(3):
        scan(NUMBER)
    till.find("NON PAYÉ")
    assert len(place.invoices()) == 1, place.invoices()
    till.press_until("Modifier le ticket", "Montant libre")
    # The quantity of a line is being chosen.
    scan(LETTERS)
    wait_charge(till, 750)
    till.press("1 fois Savon", "toggle button")
    till.find("Quantité", "spin button")
    scan(NUMBER)
    till.key("Escape")
    till.find("Encaisser", "push button")
    assert len(place.invoices()) == 1, place.invoices()


@scene
def same_customer(till, place):
    """The till asks whether it is the same customer: a scan answers nothing."""
    till.charge(500)
    till.press("Payé", "push button")
    till.find("PAYÉ")
    for _ in range(3):
        scan(UNKNOWN)
    till.find("PAYÉ")
    till.press_until("Nouvelle vente", "Encaisser 0")
    till.type("500")
    till.press("Encaisser 500", "push button")
    till.find("Ticket 0001")
    scan(NUMBER)
    wait_charge(till, 4250)
    assert len(place.invoices()) == 1, place.invoices()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--application", required=True)
    parser.add_argument("--simulator", required=True)
    parser.add_argument("--pictures", default=os.environ.get("LIGDIPAY_PICTURES"))
    parser.add_argument("scene", choices=sorted(SCENES))
    options = parser.parse_args()
    with shop.Shop(options.simulator) as place:
        os.makedirs(os.path.join(place.data, "ligdipay"), mode=0o700)
        with open(os.path.join(place.data, "ligdipay", "products.csv"), "w",
                  encoding="utf-8") as file:
            file.write(f"{NUMBER};Riz parfumé;3750\n{LETTERS};Savon;250\n")
        with person.Till(options.application, environment=place.environment) as till, \
                till.scene(options.scene, options.pictures):
            till.ready()
            SCENES[options.scene](till, place)


if __name__ == "__main__":
    main()
