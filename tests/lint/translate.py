#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes po/ligdipay.pot anew and brings its messages into every language's catalogue.

What is new there has no translation yet, what no source has any more is dropped.
"""

import argparse
import pathlib
import subprocess

import wording
from tree import Tree

ROOT = pathlib.Path(__file__).resolve().parents[2]


def merge(catalogue, template):
    """A catalogue with the template's messages, in the template's order."""
    subprocess.run(['msgmerge', '--quiet', '--no-fuzzy-matching', '--no-location', '--no-wrap',
                    f'--output-file={catalogue}', catalogue, template], check=True)
    subprocess.run(['msgattrib', '--no-obsolete', '--no-wrap', '--no-location',
                    f'--output-file={catalogue}', catalogue], check=True)
    lines = catalogue.read_text(encoding='utf-8').splitlines(keepends=True)
    catalogue.write_text(''.join(line for line in lines if not line.startswith('"POT-Creation-Date:')),
                         encoding='utf-8')


def main():
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    template = ROOT / 'po' / 'ligdipay.pot'
    template.write_text(wording.make_template(Tree(ROOT)), encoding='utf-8')
    for language in (ROOT / 'po' / 'LINGUAS').read_text(encoding='utf-8').split():
        merge(ROOT / 'po' / f'{language}.po', template)


if __name__ == '__main__':
    main()
