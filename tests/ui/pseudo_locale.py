#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a catalogue of a language that nobody speaks: accents, brackets, and 40 % longer.

What stays without brackets on a screen is not translated, and what loses its closing bracket
does not fit. It is made from a template, and written where gettext looks for LANGUAGE=NAME.
"""

import argparse
import ast
import pathlib
import re
import subprocess

ACCENTS = str.maketrans('aceginosuyACEGINOSUY', 'áçéğíñóšúýÁÇÉĞÍÑÓŠÚÝ')
# What is no word: a format, an entity or a tag of markup, a mnemonic.
KEPT = re.compile(r'%(?:\d+\$)?[-+ #0]*\d*(?:\.\d+)?(?:l|h|z|\{\w+\})*(?:G_GINT64_FORMAT|<[^>]*>|[a-zA-Z%])'
                  r'|%<[^>]*>|<[^>]*>|&\w+;')


def pretend(text):
    """A message in the language that nobody speaks."""
    words, position = '', 0
    for kept in KEPT.finditer(text):
        words += text[position:kept.start()].translate(ACCENTS) + kept.group()
        position = kept.end()
    words += text[position:].translate(ACCENTS)
    longer = '~' * max(1, len(KEPT.sub('', text)) * 2 // 5)
    # As words, so that lines can be broken.
    longer = ' '.join(longer[at:at + 5] for at in range(0, len(longer), 5))
    end = '\n' if text.endswith('\n') else ''
    return f'⟦{words.removesuffix(end)} {longer}⟧{end}'


def quote(text):
    escaped = text.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n').replace('\t', '\\t')
    return f'"{escaped}"'


def translate(template):
    """The template with every message filled in."""
    lines, message, plural = [], None, None
    for line in template.splitlines():
        keyword, _space, rest = line.partition(' ')
        if keyword == 'msgid':
            message, plural, target = ast.literal_eval(rest), None, 'message'
        elif keyword == 'msgid_plural':
            plural, target = ast.literal_eval(rest), 'plural'
        elif keyword.startswith('msgstr'):
            target = None
            if message:
                line = f'{keyword} {quote(pretend(message if plural is None or keyword == "msgstr[0]" else plural))}'
        elif keyword == 'msgctxt':
            target = None
        elif line.startswith('"') and target == 'message':
            message += ast.literal_eval(line)
        elif line.startswith('"') and target == 'plural':
            plural += ast.literal_eval(line)
        lines.append(line)
    head = '"Content-Transfer-Encoding: 8bit\\n"'
    return '\n'.join(lines).replace(head, f'{head}\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"', 1) + '\n'


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('template', type=pathlib.Path)
    parser.add_argument('catalogue', type=pathlib.Path, help='the .mo file to write, its folder made if need be')
    arguments = parser.parse_args()
    arguments.catalogue.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(['msgfmt', '--check-format', f'--output-file={arguments.catalogue}', '-'], check=True, text=True,
                   encoding='utf-8', input=translate(arguments.template.read_text(encoding='utf-8')))


if __name__ == '__main__':
    main()
