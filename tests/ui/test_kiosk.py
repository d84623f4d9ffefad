# SPDX-License-Identifier: GPL-3.0-or-later
"""A till that customers use by themselves: what they see, and that nothing leads out."""
import argparse
import os
import shutil
import subprocess
import sys
import time

import person
import shop

SCENES = {}
CODE = "246813"


def scene(function):
    SCENES[function.__name__.replace("_", "-")] = function
    return function


def type_code(till, code):
    for digit in code:
        till.key(digit)


def choose_code(till):
    """Before there is a code there is no kiosk, and nothing else either."""
    till.find("Choisissez le code du responsable")
    till.picture("choose")
    till.key("Escape")
    till.key("ctrl+comma")
    till.find("Choisissez le code du responsable")
    type_code(till, CODE)
    till.find("Le même code, encore une fois")
    type_code(till, "111111")
    till.find("Ce n’était pas deux fois le même.")
    type_code(till, CODE)
    till.find("Le même code, encore une fois")
    type_code(till, CODE)
    till.find("Toucher pour payer", "push button")


def begin(till):
    till.press("Toucher pour payer", "push button")
    till.find("Payer 0", "push button")


def leave_alone(till, place):
    """Nobody touches the kiosk any more. Until then a slow computer has all the time it needs."""
    place.change_setting("kiosk-idle", 2)
    till.find("Toucher pour payer", "push button")
    place.change_setting("kiosk-idle", 3600)


class CagedTill(person.Till):
    """In cage, which shows one program over the whole of its screen: here a window of our own."""

    # It aborts when the end of its program and the word to end come at once.
    GOOD_ENDS = (*person.Till.GOOD_ENDS, -person.signal.SIGABRT)

    def __init__(self, program, environment):
        super().__init__("cage", "--", program, environment={
            **environment, "WLR_BACKENDS": "x11", "WLR_RENDERER": "pixman", "GDK_BACKEND": "wayland"})
        # The program is another process, and the only one on the accessibility bus.
        self.window = person.wait_for(lambda: self.find_window(), "cage's window")

    @property
    def root(self):
        desktop = person.pyatspi.Registry.getDesktop(0)
        return desktop.getChildAtIndex(0) if desktop.childCount > 0 else None

    def find_window(self):
        found = subprocess.run(["wmctrl", "-l"], capture_output=True, text=True, check=False).stdout
        return next((line.split()[0] for line in found.splitlines() if "ligdipay" in line), None)

    @property
    def screen(self):
        """Where cage's screen is: x, y, width, height."""
        text = subprocess.run(["xdotool", "getwindowgeometry", "--shell", self.window],
                              capture_output=True, text=True, check=True).stdout
        facts = dict(line.split("=") for line in text.split())
        return [int(facts[name]) for name in ("X", "Y", "WIDTH", "HEIGHT")]


def find_screen(till):
    if isinstance(till, CagedTill):
        return till.screen
    size = os.environ.get("LIGDIPAY_SCREEN", "1280x800x24").split("x")
    return [0, 0, int(size[0]), int(size[1])]


def full_screen(till):
    """Whether the till covers the screen, header and all."""
    frames = [node for node in person.walk(till.root) if node.getRoleName() == "frame"]
    box = frames[0].queryComponent().getExtents(person.pyatspi.DESKTOP_COORDS)
    # Its own place is on its own screen, wherever that is.
    return [box.x, box.y, box.width, box.height] == [0, 0, *find_screen(till)[2:]] \
        and len(frames) == 1 and not till.has("Menu") and not till.has("Historique")


@scene
def result_is_read(till, place):
    """Who waited for a result without touching anything has time to read it."""
    choose_code(till)
    begin(till)
    till.charge(12500)
    till.press("En attente", "push button")
    till.find("EN ATTENTE")
    # Nobody touches anything for longer than a page without use stays.
    till.key("ctrl+shift+q")
    till.find("Code du responsable")
    place.change_setting("kiosk-idle", 8)
    till.wait_gone("Code du responsable")
    place.ask("outcome", "POST", token=place.invoices()[-1]["token"], outcome="paid")
    till.find("PAYÉ")
    seen_at = time.monotonic()
    till.find("Toucher pour payer", "push button")
    stayed = time.monotonic() - seen_at
    assert stayed > 2, f"the result stayed {stayed:.1f} s"


@scene
def pays(till, place):
    """A customer pays, sees the result in words of their own, and leaves nothing behind."""
    choose_code(till)
    assert full_screen(till)
    till.picture("idle")
    # A code that nobody types leaves no trace.
    till.key("ctrl+shift+q")
    till.find("Code du responsable")
    leave_alone(till, place)
    # Nor is there a way in for others.
    for action, argument in (("show-payment", "[<'LGD'>]"), ("about", "[]"), ("history", "[]"),
                             ("sale", "[]")):
        subprocess.run(["gdbus", "call", "--session", "--dest", "com.example.LigdiPay",
                        "--object-path", "/com/example/LigdiPay", "--method",
                        "org.gtk.Actions.Activate", action, argument, "{}"], check=True,
                       stdout=subprocess.DEVNULL)
    assert full_screen(till)
    begin(till)
    till.picture("sale")
    till.charge(12500)
    # The keypad is there without being asked for, and nothing opens the page elsewhere.
    till.find("Champ suivant de la page", "push button")
    till.picture("paying")
    assert not till.has("Ouvrir la page autrement")
    till.press("Payé", "push button")
    till.find("PAYÉ")
    till.find("Paiement reçu.")
    till.picture("paid")
    assert not till.has("Reçu", "push button") and not till.has("Remettez")
    leave_alone(till, place)
    begin(till)
    # The next customer pays as much: asked, told of nobody, and the answer is recorded.
    till.type("12500")
    person.wait_for(lambda: till.find("Payer 12", "push button").getState()
                    .contains(person.pyatspi.STATE_SENSITIVE), "the amount")
    till.press_until("Payer 12", "Venez-vous de payer ce montant ici")
    assert not till.has("Ticket 0001") and not till.has("Voir ce paiement")
    till.picture("asked")
    till.press_until("Non : payer", lambda: place.query("SELECT count(*) FROM payment") == 2)
    assert place.query("SELECT count(*) FROM payment_event WHERE payment = 2 AND note LIKE"
                       " '%' || (SELECT reference FROM payment WHERE id = 1) || '%'") == 1
    till.press("En attente", "push button")
    till.find("EN ATTENTE")
    till.picture("pending")
    # Nobody is sent away from a payment without a result, and a code that nobody types goes.
    till.key("ctrl+shift+q")
    till.find("Code du responsable")
    place.change_setting("kiosk-idle", 2)
    till.wait_gone("Code du responsable")
    place.change_setting("kiosk-idle", 3600)
    till.find("EN ATTENTE")
    assert not till.has("Payer autrement")
    till.press("Client suivant", "push button")
    till.find("Payer 0", "push button")
    till.type("500")
    leave_alone(till, place)
    begin(till)


@scene
def fixed_prices(till, place):
    """Customers touch what they want; no amount is typed, by no key."""
    choose_code(till)
    till.press("Toucher pour payer", "push button")
    till.find("Attiéké, 1", "push button")
    assert not till.has("Encaisser avec la page ailleurs")
    assert not till.has("Effacer le dernier chiffre")
    till.picture("prices")
    for key in ("5", "0", "0", "plus", "asterisk", "BackSpace"):
        till.key(key)
    till.find("Payer 0", "push button")
    till.press("Attiéké, 1", "push button")
    till.press("Attiéké, 1", "push button")
    till.press("Bissap, 500", "push button")
    till.find("2 fois Attiéké, 3", "list item")
    till.picture("chosen")
    # Nor has anything a name without a price.
    till.key("F2")
    till.type("Rien")
    till.key("Return")
    till.key("Escape")
    till.key("Escape")
    till.press("Payer 3", "push button")
    till.find("Payer 3", "push button")
    till.press("Payé", "push button")
    till.find("PAYÉ")
    assert place.query("SELECT amount FROM payment") == 3500


@scene
def left_with_the_code(till, place):
    """A wrong code is refused, and the right one leads out."""
    choose_code(till)
    begin(till)
    till.charge(12500)
    till.find("Payer 12", "push button")
    till.key("ctrl+shift+q")
    till.find("Code du responsable")
    till.picture("code")
    type_code(till, "000000")
    till.find("Ce n’est pas le code. Recommencez.")
    till.press("Annuler", "push button")
    till.find("Payer 12", "push button")
    till.key("ctrl+shift+q")
    till.find("6 chiffres")
    type_code(till, CODE)
    # The way out ends in confirm, like every other.
    till.find("Menu")
    person.wait_for(lambda: place.query("SELECT n_checks FROM payment") > 0, "the gateway to be asked")
    till.find("FERMÉ, NON CONFIRMÉ")
    assert not full_screen(till)
    till.key("ctrl+h")
    till.find("Historique")


KEYS = (
    "alt+F4", "alt+Tab", "alt+F1", "alt+F2", "alt+space", "alt+Left", "alt+Home", "F1", "F3", "F5",
    "F7", "F10", "F11", "F12", "shift+F10", "Menu", "ctrl+q", "ctrl+w", "ctrl+h", "ctrl+comma",
    "ctrl+p", "ctrl+s", "ctrl+o", "ctrl+n", "ctrl+t", "ctrl+l", "ctrl+f", "ctrl+u", "ctrl+r",
    "ctrl+z", "ctrl+v", "ctrl+period", "ctrl+semicolon", "ctrl+shift+i", "ctrl+shift+d",
    "ctrl+shift+n", "ctrl+shift+t", "ctrl+shift+u", "ctrl+alt+BackSpace", "ctrl+alt+t", "super",
    "super+d", "super+l", "Print", "XF86Back", "XF86HomePage", "XF86Calculator", "Escape",
)


def try_all(till, screen):
    """Each key and each press on its own, and after each the same screen and nothing else. The
    X server is bare: what a window manager does with a key is not the till's."""
    if not isinstance(till, CagedTill):
        subprocess.run(["wmctrl", "-c", "LigdiPay"], check=True)
    subprocess.run(["openbox", "--exit"], check=True)
    person.wait_for(lambda: subprocess.run(["wmctrl", "-m"], capture_output=True,
                                           check=False).returncode != 0, "a bare X server")
    left, top, width, height = find_screen(till)

    def mouse(x, y, *press):
        subprocess.run(["xdotool", "mousemove", str(left + x), str(top + y), *press], check=True)

    mouse(width // 2, height // 2)

    def stays(what):
        person.wait_for(lambda: till.find(screen, seconds=2) and full_screen(till),
                        f"{screen!r} after {what}", 5)
        assert till.process.poll() is None, what
        names = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", ""],
                               capture_output=True, text=True, check=False).stdout.split()
        return names

    before = stays("nothing")
    for key in KEYS:
        till.key(key)
        after = stays(key)
        assert len(after) <= len(before), (key, before, after)
    for button in ("2", "3", "8", "9"):
        mouse(400, 60, "click", button)
        stays(f"button {button}")
    mouse(640, 5, "click", "--repeat", "2", "--delay", "60", "1")
    stays("two clicks on the upper edge")
    mouse(640, 5, "mousedown", "1")
    mouse(640, 500, "mouseup", "1")
    stays("a pull from the upper edge")


@scene
def no_way_out(till, place):
    """Some fifty ways out, tried one after the other before a sale and before a payment page."""
    choose_code(till)
    begin(till)
    till.type("700")
    try_all(till, "Tapez un montant" if till.has("Tapez un montant") else "À payer")


@scene
def no_way_out_of_the_page(till, place):
    """The same before a payment page."""
    choose_code(till)
    begin(till)
    till.charge(12500)
    till.find("Payer 12", "push button")
    try_all(till, "Payer 12")


@scene
def caged(till, place):
    """No way out of cage either."""
    no_way_out(till, place)


@scene
def caged_page(till, place):
    """Nor before a payment page."""
    no_way_out_of_the_page(till, place)


def leave_root():
    """Cage does not run as root: a user of its own is, in a desktop of that user's."""
    somebody = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    if not shutil.which("cage") or subprocess.run([*somebody, "true"], check=False,
                                                  stderr=subprocess.DEVNULL).returncode != 0:
        print("cage is not here, or nobody but root can be", file=sys.stderr)
        sys.exit(77)
    desktop = os.path.join(os.path.dirname(os.path.abspath(__file__)), "with-display.sh")
    os.execvp(somebody[0], [*somebody, "sh", desktop, sys.executable, *sys.argv])


def write_products(place):
    folder = os.path.join(place.data, "ligdipay")
    os.makedirs(folder, mode=0o700, exist_ok=True)
    with open(os.path.join(folder, "products.csv"), "w", encoding="utf-8-sig") as file:
        file.write("code;label;price\r\n;Attiéké;1500\r\n77;Bissap;500\r\n")


def run(options, place):
    kind = CagedTill if options.scene.startswith("caged") else person.Till
    with kind(options.application, environment=place.environment) as till, \
            till.scene(options.scene, options.pictures):
        till.charge_word, till.amount_word = "Payer", "À payer"
        SCENES[options.scene](till, place)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--application", required=True)
    parser.add_argument("--simulator", required=True)
    parser.add_argument("--pictures", default=os.environ.get("LIGDIPAY_PICTURES"))
    parser.add_argument("scene", choices=sorted(SCENES))
    options = parser.parse_args()
    if options.scene.startswith("caged") and os.geteuid() == 0:
        leave_root()
    settings = {"shop-name": "Alimentation Wend-Kuni", "shop-phone": "25 30 00 00", "kiosk": True,
                "kiosk-idle": 3600, "patience": 10}
    if options.scene == "fixed-prices":
        settings["kiosk-fixed-prices"] = True
    with shop.Shop(options.simulator, **settings) as place:
        if options.scene == "fixed-prices":
            write_products(place)
        run(options, place)


if __name__ == "__main__":
    main()
