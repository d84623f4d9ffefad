# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape of files: licence, length, comments, and nothing of one machine in them."""

import re

from tree import hits, line_at

LICENCE = 'SPDX-License-Identifier: GPL-3.0-or-later'
# Software centres copy the metadata, and want it free of conditions.
METADATA_LICENCE = 'SPDX-License-Identifier: CC0-1.0'
LONGEST = 700

# Written so that the patterns do not find themselves.
MACHINE = (
    (r'(?<![\w.}])/(?:wor[k]|far[m]|roo[t])(?:/|\b)', 'a path of one machine'),
    (r'(?<![\w.$}])/hom[e]/\w', 'a path of one machine'),
    (r'\.\./share[d]\b|\.librar[y]\b', 'a path outside the project'),
    (r'\b(?:deb|ftp|security|archive|snapshot|ports)(?:\.\w\w)?\.(?:debian|ubuntu)\.(?:org|com)\b'
     r'|\bregistry\.npmj[s]\.|\bpypi\.or[g]\b|\bproxy\.golan[g]\.', 'the name of a registry’s host'),
)


def is_source(path, text):
    name = path.rpartition('/')[2]
    return (path.endswith(('.c', '.h', '.py', '.sh', '.ui', '.css', '.xml', '.desktop')) or
            name in ('meson.build', 'meson_options.txt') or text.startswith('#!'))


def check_licence(tree):
    """Sources, scripts, interface, style and build files name the licence in their first line."""
    for path in tree.paths:
        text = tree.text(path)
        if not is_source(path, text):
            continue
        lines = text.splitlines()
        # Only what must itself be the first line may come before.
        if lines and lines[0].startswith(('#!', '<?xml')):
            del lines[0]
        licence = METADATA_LICENCE if path.endswith('.metainfo.xml') else LICENCE
        if not lines or licence not in lines[0]:
            yield path, 1, f'the first line is not {licence}'


def check_machine(tree):
    """No path of one machine and no registry's host name."""
    for path in tree.paths:
        for pattern, what in MACHINE:
            for line, match in hits(pattern, tree.text(path)):
                yield path, line, f'{what}: {match.group()}'


def check_length(tree):
    """No file of the program is longer than one reason to exist needs."""
    for path in tree.match('src/**/*'):
        length = len(tree.text(path).splitlines())
        if length > LONGEST:
            yield path, LONGEST + 1, f'{length} lines, {LONGEST} at most: which part knows something of its own?'


def check_void_error(tree):
    """A function that may fail says by its value whether it did.

    One whose GError ** comes first, or that is named …set_error, is about the error, as g_set_error () is.
    """
    for path in tree.match('src/**/*.c', 'src/**/*.h', 'tests/**/*.c', 'tests/**/*.h'):
        for line, match in hits(r'\bvoid\s+(?!\w*set_error\b)(\w+)\s*\([^;{}()]*,\s*GError\s*\*\s*\*', tree.code(path)):
            yield path, line, f'{match.group(1)} takes a GError ** and returns nothing: return a gboolean'


def public_functions(text):
    """(line, name) of the functions that a header declares."""
    # Preprocessor lines and GLib's macros are no declarations; keep the lines.
    text = re.sub(r'^[ \t]*#(?:[^\n]*\\\n)*[^\n]*', lambda m: '\n' * m.group().count('\n'), text, flags=re.MULTILINE)
    text = re.sub(r'\bG_(?:DECLARE|DEFINE|BEGIN|END)\w*(?:\s*\([^()]*\))?',
                  lambda m: '\n' * m.group().count('\n'), text)
    start, depth = 0, 0
    for match in re.finditer(r'[{};]', text):
        if depth == 0 and match.group() in '{;':
            statement = text[start:match.start()]
            name = re.search(r'\b(ligdi_\w+)\s*\(', statement)
            if name and not statement.lstrip().startswith('typedef') and not name.group(1).endswith('_get_type'):
                yield line_at(text, start + name.start()), name.group(1)
        if match.group() != ';':
            depth += 1 if match.group() == '{' else -1
        if depth == 0:
            start = match.end()


def check_documented(tree):
    """A function that a header declares has a gtk-doc comment where it is written."""
    for path in tree.match('src/*/ligdi-*.h'):
        folder = path.rpartition('/')[0]
        texts = [tree.text(source) for source in tree.match(f'{folder}/*.c', path)]
        for line, name in public_functions(tree.code(path)):
            if not any(re.search(rf'/\*\*\s*\n\s*\*\s*{name}\s*:', text) for text in texts):
                yield path, line, f'{name} has no gtk-doc comment in {folder}'


RULES = {
    'licence': check_licence,
    'machine': check_machine,
    'length': check_length,
    'void-error': check_void_error,
    'documented': check_documented,
}
