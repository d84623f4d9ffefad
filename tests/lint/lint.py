#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the house rules over the source tree.

Prints "path:line: what is wrong" and ends with 1 if anything is; with 77 (meson's "skipped")
if one of the rules could not look and the others found nothing.
"""

import argparse
import pathlib
import sys

import banned
import files
import house
import layering
import wording
from tree import Skip, Tree

RULES = {**layering.RULES, **banned.RULES, **house.RULES, **wording.RULES, **files.RULES}


def find(rule, tree):
    """What a rule finds, as sorted (path, line, message)."""
    return sorted(set(RULES[rule](tree)))


def main():
    here = pathlib.Path(__file__).resolve()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--root', type=pathlib.Path, default=here.parents[2], help='the tree to check')
    parser.add_argument('--list', action='store_true', help='say what each rule is for, and end')
    parser.add_argument('rule', nargs='*', help='rules to check (default: all)')
    arguments = parser.parse_args()

    if arguments.list:
        for name, check in RULES.items():
            print(f'{name:15} {check.__doc__}')
        return 0
    for name in arguments.rule:
        if name not in RULES:
            parser.error(f'there is no rule {name}')

    tree = Tree(arguments.root)
    failed = skipped = False
    for name in arguments.rule or RULES:
        try:
            for path, line, message in find(name, tree):
                print(f'{path}:{line}: {name}: {message}')
                failed = True
        except Skip as reason:
            print(f'{name} skipped: {reason}')
            skipped = True
    return 1 if failed else 77 if skipped else 0


if __name__ == '__main__':
    sys.exit(main())
