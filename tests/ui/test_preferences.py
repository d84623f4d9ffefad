# SPDX-License-Identifier: GPL-3.0-or-later
"""What a shop sets: saved at once, taken back, refused with a sentence, and set by others."""
import argparse
import configparser
import os

import person
import shop

SCENES = {}


def scene(function):
    SCENES[function.__name__.replace("_", "-")] = function
    return function


def saved(place, name):
    """What the settings' file says; None when the shop has not said anything."""
    keys = configparser.ConfigParser(interpolation=None)
    keys.read(os.path.join(place.home, "config", "glib-2.0", "settings", "keyfile"),
              encoding="utf-8")
    return keys.get("com/example/LigdiPay", name, fallback=None)


def wait_saved(place, name, value):
    person.wait_for(lambda: saved(place, name) == value, f"{name} to be {value}")


def open_preferences(till):
    till.key("ctrl+comma")
    till.find("Préférences", "label")
    till.find("Compte LigdiCash")


def write_into(till, name, text):
    """What somebody does with an entry: all of it away, and new words."""
    entry = till.bring(name, "text")
    person.wait_for(lambda: entry.getState().contains(person.pyatspi.STATE_FOCUSED), name)
    till.key("ctrl+a")
    till.type(text) if text else till.key("BackSpace")
    till.key("Return")


@scene
def saved_at_once(till, place):
    """Words, a choice, a switch and a number are on disk as soon as they are said."""
    open_preferences(till)
    till.find("Argent réel")
    till.picture("preferences")
    write_into(till, "Nom", "Alimentation Wend-Kuni")
    wait_saved(place, "shop-name", "'Alimentation Wend-Kuni'")
    press(till, "Code QR", "radio button")
    wait_saved(place, "payment-page", "'phone'")
    press(till, "Sombre", "radio button")
    wait_saved(place, "appearance", "'dark'")
    till.picture("preferences-dark")
    press(till, "Claire", "radio button")
    wait_saved(place, "appearance", "'light'")
    write_into(till, "Plafond par paiement", "500 000")
    wait_saved(place, "payment-limit", "500000")
    till.key("Escape")
    till.find("Alimentation Wend-Kuni")
    till.find("Encaisser 0", "push button")
    till.type("500001")
    person.wait_for(lambda: till.find("Encaisser", "push button").description
                    .startswith("Au-dessus du plafond"), "the limit that was set")


@scene
def taken_back(till, place):
    """Each change can be taken back, the last one first, by key or by touch."""
    open_preferences(till)
    write_into(till, "Nom", "Chez Awa")
    wait_saved(place, "shop-name", "'Chez Awa'")
    write_into(till, "Pied du reçu", "Merci, revenez vite")
    wait_saved(place, "receipt-footer", "'Merci, revenez vite'")
    till.press("Annuler la modification", "push button")
    wait_saved(place, "receipt-footer", "''")
    till.key("ctrl+z")
    wait_saved(place, "shop-name", "'Boutique d’essai'")
    person.wait_for(lambda: not till.find("Annuler la modification", "push button").getState()
                    .contains(person.pyatspi.STATE_SENSITIVE), "nothing to take back")
    till.key("Escape")
    till.find("Encaisser 0", "push button")


def plain(text):
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@scene
def refused(till, place):
    """A value that cannot be is refused with a sentence, and what was set stays."""
    open_preferences(till)
    for name, text, sentence in (
            ("Nom", "", "Il faut un nom à la boutique."),
            ("Téléphone", "vingt-cinq", "Un numéro de téléphone ne contient pas de lettres."),
            ("Adresse de retour", "http://wendkuni.example",
             "Une adresse commence par https:// et n’a pas d’espaces."),
            ("Plafond par paiement", "beaucoup", "Un montant est un nombre entier de francs."),
            ("Plafond par paiement", "3000000", "De 10 F CFA à 2 000 000 F CFA.")):
        write_into(till, name, text)
        person.wait_for(lambda: plain(till.find(name, "text").description) == sentence, sentence)
        person.wait_for(lambda: any(plain(node.name) == sentence for node in person.walk(till.root)
                                    if person.is_showing(node)), sentence)
    till.picture("refused")
    # What was typed is taken back, not what was saved before.
    till.key("ctrl+z")
    person.wait_for(lambda: plain(till.find("Plafond par paiement", "text").queryText()
                                  .getText(0, -1)) == "2 000 000", "the limit that is set")
    for name in ("shop-phone", "return-page", "payment-limit"):
        assert saved(place, name) is None, name
    assert saved(place, "shop-name") == "'Boutique d’essai'"
    # Who goes and comes again finds what is set.
    till.key("Escape")
    till.find("Encaisser 0", "push button")
    open_preferences(till)
    person.wait_for(lambda: till.find("Nom", "text").queryText().getText(0, -1)
                    == "Boutique d’essai", "the name that is set")


def press(till, name, role="push button"):
    """Presses what may be below what is in sight."""
    till.bring(name, role)
    till.press(name, role)


def has_text(till, text):
    """Whether it stands in a field, whole."""
    for node in person.walk(till.root):
        if node.getRoleName() == "text" and person.is_showing(node) \
                and node.queryText().getText(0, -1) == text:
            return True
    return False


def choose_file(till, button, title, path, accept):
    """A whole path is typed in the place of the name."""
    press(till, button)
    till.find(title, "file chooser")
    if accept == "Enregistrer":
        till.key("ctrl+a")
    till.type(path)
    # Names that the chooser offers meanwhile come and go.
    person.wait_for(lambda: has_text(till, path), f"{path} in the field")
    # By touch: GTK complains of the Enter that closes a file chooser while its keys are let go.
    till.press(accept, "push button")
    till.wait_gone(title, "file chooser")


@scene
def for_the_other_till(till, place):
    """The settings go into a file, without the keys, and come back in one step."""
    path = os.path.join(place.home, "settings.conf")
    open_preferences(till)
    write_into(till, "Nom", "Chez Awa")
    wait_saved(place, "shop-name", "'Chez Awa'")
    write_into(till, "Caisse", "3")
    wait_saved(place, "till", "'3'")
    choose_file(till, "Exporter…", "Exporter les réglages", path, "Enregistrer")
    till.find("Les réglages sont enregistrés")
    till.picture("exported")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    assert "Chez Awa" in text and "till" not in text, text
    assert "SHOPKEY" not in text and "SHOPTOKEN" not in text, text
    # As another till might have written it, and with what cannot be.
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace("'Chez Awa'", "'Chez Binta'").replace("till=", "till='9'\n")
                   .replace("patience=45", "patience=30").replace("'here'", "'nowhere'")
                   .replace("return-page=''", "return-page='ftp://x'"))
    choose_file(till, "Importer…", "Importer des réglages", path, "Ouvrir")
    till.find("2 réglages changés")
    wait_saved(place, "shop-name", "'Chez Binta'")
    wait_saved(place, "patience", "30")
    assert saved(place, "till") == "'3'" and saved(place, "payment-page") is None
    assert saved(place, "return-page") is None
    till.press("Annuler la modification", "push button")
    wait_saved(place, "shop-name", "'Chez Awa'")
    wait_saved(place, "patience", "45")
    with open(path, "w", encoding="utf-8") as file:
        file.write("nothing of the kind")
    choose_file(till, "Importer…", "Importer des réglages", path, "Ouvrir")
    till.find("Ce fichier ne contient pas de réglages")


@scene
def products(till, place):
    """A list from a spreadsheet: what is wrong with it is said before it replaces anything."""
    path = os.path.join(place.home, "list.csv")
    with open(path, "w", encoding="cp1252") as file:
        file.write("Désignation;Code-barres;Prix\r\nŒufs, plateau;;2 500\r\nRiz parfumé;6111234500017;"
                   "3750,00\r\nSel;6,11E+12;100\r\nThé;12;1,5\r\n")
    open_preferences(till)
    till.find("Aucun article", "label", showing=False)
    choose_file(till, "Importer des articles", "Importer des articles", path, "Ouvrir")
    till.find("2 articles peuvent être importés.", "label")
    lines = till.find("Lignes qui ne peuvent pas être importées", "text", showing=False).queryText()
    assert lines.getText(0, -1).splitlines() == [
        "Ligne 4 : Le tableur a abrégé le code. Donnez à sa colonne le format Texte.",
        "Ligne 5 : Son prix n’est pas un nombre entier de francs, comme 1500."], lines.getText(0, -1)
    till.picture("review")
    till.wait_focus("Ne rien changer")
    till.key("Return")
    till.wait_gone("2 articles peuvent", "label")
    till.find("Aucun article", "label", showing=False)
    choose_file(till, "Importer des articles", "Importer des articles", path, "Ouvrir")
    till.press("Remplacer la liste", "push button")
    till.find("Les articles sont importés")
    till.find("2 articles", "label", showing=False)
    path = os.path.join(place.home, "out.csv")
    choose_file(till, "Exporter les articles", "Exporter les articles", path, "Enregistrer")
    till.find("Les articles sont enregistrés")
    with open(path, encoding="utf-8-sig") as file:
        assert file.read().splitlines()[1:] == ['"";"Œufs, plateau";2500',
                                                '"6111234500017";"Riz parfumé";3750']
    with open(os.path.join(place.data, "ligdipay", "products.csv"), encoding="utf-8-sig") as file:
        assert "Riz parfumé" in file.read()
    with open(path, "wb") as file:
        file.write(b"PK\x03\x04")
    choose_file(till, "Importer des articles", "Importer des articles", path, "Ouvrir")
    till.find("Ce fichier ne contient pas d’articles")
    till.key("Escape")
    till.find("Encaisser 0", "push button")
    till.type("OEUF")
    row = till.find("Œufs, plateau, 2", "list item")
    till.picture("search")
    till.click(row)
    till.find("1 fois Œufs, plateau, 2", "list item")
    till.find("Encaisser 2", "push button")


@scene
def set_by_others(till, place):
    """What gsettings says is on screen at once, and a customer who pays keeps the page."""
    open_preferences(till)
    place.change_setting("till", 7)
    person.wait_for(lambda: till.find("Caisse", "text").queryText().getText(0, -1) == "7",
                    "the till's new number")
    till.key("Escape")
    till.charge(12500)
    till.key("ctrl+comma")
    till.press("Payé", "push button")
    till.find("PAYÉ")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--application", required=True)
    parser.add_argument("--simulator", required=True)
    parser.add_argument("--pictures", default=os.environ.get("LIGDIPAY_PICTURES"))
    parser.add_argument("scene", choices=sorted(SCENES))
    options = parser.parse_args()
    with shop.Shop(options.simulator) as place, \
            person.Till(options.application, environment=place.environment) as till, \
            till.scene(options.scene, options.pictures):
        till.ready()
        SCENES[options.scene](till, place)


if __name__ == "__main__":
    main()
