# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays one demonstration payment to its verdict, leaving a picture of every screen."""
import argparse
import sys

import person


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--application", required=True, help="the program to play with")
    parser.add_argument("--screenshots", required=True, help="where to leave the pictures")
    parser.add_argument("arguments", nargs="*", help="passed on to the program")
    options = parser.parse_args()

    with person.Till(options.application, "--demo", *options.arguments) as till:
        till.pictures = options.screenshots
        till.ready()
        till.picture("sale")
        till.type("12500")
        till.find("Encaisser 12", "push button")
        till.picture("amount")
        till.charge("")
        till.find("Payer 12", "push button")
        till.picture("payment-page")
        till.press("Payé", "push button")
        till.find("PAYÉ")
        till.picture("verdict")
        print("The demonstration payment of 12 500 F CFA is PAID, says the gateway's confirm.")


if __name__ == "__main__":
    try:
        main()
    except person.NotSeen as error:
        sys.exit(f"The demonstration did not reach its verdict: {error}")
