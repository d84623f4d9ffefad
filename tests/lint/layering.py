# SPDX-License-Identifier: GPL-3.0-or-later
"""Which layer may include what, and the one way to "paid"."""

import re

from tree import hits

# layer: (layers of ours it may include, families of libraries it may include)
LAYERS = {
    'domain': (set(), {'glib'}),
    'gateway': ({'domain'}, {'glib', 'gio', 'soup', 'json'}),
    'ledger': ({'domain'}, {'glib', 'gio', 'sqlite'}),
    'checkout': ({'domain', 'gateway', 'ledger'}, {'glib', 'gio'}),
    'hook': ({'domain', 'ledger'}, {'glib', 'gio', 'soup', 'json'}),
    'command': ({'domain', 'gateway', 'ledger', 'checkout'}, {'glib', 'gio', 'json'}),
    'ui': ({'domain', 'checkout'}, {'glib', 'gio', 'gtk', 'webkit', 'qrencode'}),
    'app': ({'domain', 'gateway', 'ledger', 'checkout', 'hook', 'command', 'ui'},
            {'glib', 'gio', 'gtk', 'webkit', 'secret', 'crypt', 'canberra'}),
    'simulator': (set(), {'glib', 'gio', 'soup', 'json'}),
}

FAMILIES = (
    ('glib', r'glib\.h|glib-object\.h|glib-unix\.h|glib/.+|gobject/.+'),
    ('gio', r'gio/.+'),
    ('soup', r'libsoup/.+'),
    ('json', r'json-glib/.+'),
    ('sqlite', r'sqlite3\.h'),
    ('gtk', r'gtk/.+|gdk/.+|gdk-pixbuf/.+|pango/.+|cairo[^/]*\.h|atk/.+'),
    ('qrencode', r'qrencode\.h'),
    ('webkit', r'webkit2?/.+|jsc/.+|JavaScriptCore/.+'),
    ('canberra', r'canberra\.h'),
    ('crypt', r'crypt\.h'),
    ('secret', r'libsecret/.+'),
    ('libc', r'(?:assert|ctype|errno|fcntl|inttypes|langinfo|libintl|limits|locale|math|poll|signal'
             r'|stdarg|stdbool|stddef|stdint|stdio|stdlib|string|strings|time|unistd)\.h'
             r'|(?:sys|netinet|arpa|linux)/.+'),
)


def family_of(header):
    for family, pattern in FAMILIES:
        if re.fullmatch(pattern, header):
            return family
    return None


def is_generated(tree, layer, header):
    """Whether the layer's own build file makes this header."""
    stem = header.rpartition('.')[0]
    return any(f"'{stem}'" in tree.text(path) or f"'{header}'" in tree.text(path)
               for path in tree.match(f'src/{layer}/meson.build'))


def check_layering(tree):
    """Each layer includes only its own headers, those of the layers below it, and its libraries."""
    home = {}
    for path in tree.match('src/*/*.h'):
        _src, layer, header = path.split('/')
        if header in home:
            yield path, 1, f'{home[header]} has a header of the same name'
        home[header] = layer

    for path in tree.match('src/**/*.c', 'src/**/*.h'):
        layer = path.split('/')[1]
        if layer not in LAYERS:
            yield path, 1, f'{layer} is no layer: add it to the table of this rule, with what it may use'
            continue
        ours, libraries = LAYERS[layer]
        text = tree.uncommented(path)
        for line, match in hits(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">\n]+)[">]', text, re.MULTILINE):
            bracket, header = match.groups()
            name = header.rpartition('/')[2]
            owner = home.get(name) if bracket == '"' or name.startswith('ligdi-') else None
            family = family_of(header)
            if owner:
                if owner != layer and owner not in ours:
                    yield path, line, f'{layer} may not include {header}, which is {owner}’s'
            elif bracket == '"':
                if not is_generated(tree, layer, header):
                    yield path, line, f'{header} is in no layer, and src/{layer}/meson.build does not make it'
            elif family is None:
                yield path, line, f'<{header}> is of no library this rule knows'
            elif family != 'libc' and family not in libraries:
                yield path, line, f'{layer} may not include <{header}>'


def function_around(text, position):
    """The name of the function whose body, in GNU style, is around a position."""
    if text.rfind('\n{', 0, position) < text.rfind('\n}', 0, position):
        return None
    names = re.findall(r'^(\w+) \(', text[:position], re.MULTILINE)
    return names[-1] if names else None


def is_compared(text, match):
    """Whether the word is only looked at: compared, or the label of a case."""
    return (re.search(r'(?:[=!]=|\bcase)\s*$', text[:match.start()]) or
            re.match(r'\s*[=!]=', text[match.end():]))


def check_paid_writer(tree):
    """One function of the checkout alone says that a payment was confirmed as paid."""
    writers = {}
    for path in tree.match('src/**/*.c', 'src/**/*.h'):
        if path in ('src/domain/ligdi-payment-state.c', 'src/domain/ligdi-payment-state.h'):
            continue
        text = tree.code(path)
        for line, match in hits(r'\b\w*CONFIRMED_PAID\b', text):
            if is_compared(text, match):
                continue
            if path.startswith('src/checkout/'):
                writers.setdefault((path, function_around(text, match.start())), line)
            else:
                yield path, line, f'only the checkout may say {match.group()}'

    (first_path, first), *others = list(writers) or [(None, None)]
    for path, function in others:
        yield path, writers[path, function], f'{function} is a second writer of "paid": {first} in {first_path} is one'
    if not writers and tree.match('src/checkout/*.c'):
        yield 'src/checkout', 1, 'nothing says LIGDI_PAYMENT_EVENT_CONFIRMED_PAID'


RULES = {
    'layering': check_layering,
    'paid-writer': check_paid_writer,
}
