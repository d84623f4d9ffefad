# SPDX-License-Identifier: GPL-3.0-or-later
"""Interface files and translations: listed, tracked, complete."""

import ast
import pathlib
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as xml

from tree import Skip, hits

# What meson's preset "glib" gives to xgettext.
KEYWORDS = ('_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dcgettext:2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3')
FLAGS = ('N_:1:pass-c-format', 'C_:2:pass-c-format', 'NC_:2:pass-c-format', 'g_dngettext:2:pass-c-format',
         'g_strdup_printf:1:c-format', 'g_string_printf:2:c-format', 'g_string_append_printf:2:c-format',
         'g_error_new:3:c-format', 'g_set_error:4:c-format', 'g_markup_printf_escaped:1:c-format',
         'g_print:1:c-format', 'g_printerr:1:c-format', 'g_snprintf:3:c-format')
TEMPLATE_HEAD = '''# Words of LigdiPay to be translated.
# SPDX-License-Identifier: GPL-3.0-or-later
msgid ""
msgstr ""
"Project-Id-Version: ligdipay\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

'''
MARKED = r'\b(?:_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dpgettext2)\s*\('


def potfiles(tree):
    """[(line, path)] that po/POTFILES lists."""
    if 'po/POTFILES' not in tree.paths:
        return []
    lines = enumerate(tree.text('po/POTFILES').splitlines(), 1)
    return [(number, line.strip()) for number, line in lines if line.strip() and not line.startswith('#')]


def check_ui_files(tree):
    """Every .ui file can be read, is in a resource, and its words are listed for translation."""
    bundled = set()
    for path in tree.match('src/**/*.gresource.xml', 'data/**/*.gresource.xml'):
        bundled |= {pathlib.PurePosixPath(file.text.strip()).name for file in xml.fromstring(tree.text(path)).iter('file')}
    listed = {path for _line, path in potfiles(tree)}
    for path in tree.match('src/**/*.ui'):
        try:
            xml.fromstring(tree.text(path))
        except xml.ParseError as error:
            yield path, error.position[0], f'cannot be read: {error}'
            continue
        if path.rpartition('/')[2] not in bundled:
            yield path, 1, 'is in no .gresource.xml'
        if path not in listed:
            yield path, 1, 'is not in po/POTFILES'


def check_ui_tracked(tree):
    """Every .ui file is known to git, so that no commit builds only here."""
    interfaces = tree.match('src/**/*.ui')
    tracked = tree.tracked()
    for path in interfaces:
        if path not in tracked:
            yield path, 1, 'is not known to git'


def check_potfiles(tree):
    """po/POTFILES lists each file with words to translate, once, and no file that is gone."""
    seen = set()
    for line, path in potfiles(tree):
        if path in seen:
            yield 'po/POTFILES', line, f'{path} is listed twice'
        elif path not in tree.paths:
            yield 'po/POTFILES', line, f'{path} does not exist'
        seen.add(path)
    for path in tree.match('src/**/*.c', 'src/**/*.h'):
        marked = hits(MARKED, re.sub(r'^[ \t]*#[^\n]*', '', tree.code(path), flags=re.MULTILINE))
        if marked and path not in seen:
            yield path, marked[0][0], 'has words to translate and is not in po/POTFILES'


def read_messages(text):
    """[(line, context, message, obsolete)] of a catalogue; the header is left out."""
    messages = []
    context, message, target, start = None, None, None, 0
    for number, line in enumerate(text.splitlines() + [''], 1):
        obsolete = line.startswith('#~')
        line = line[2:].strip() if obsolete else line.strip()
        keyword, _space, rest = line.partition(' ')
        if keyword == 'msgctxt':
            context, target = ast.literal_eval(rest), 'context'
        elif keyword == 'msgid':
            message, target, start = ast.literal_eval(rest), 'message', number
        elif keyword.startswith('msg'):
            if message and target == 'message':
                messages.append((start, context, message, obsolete))
            if keyword.startswith('msgstr'):
                context, message = None, None
            target = None
        elif line.startswith('"') and target == 'context':
            context += ast.literal_eval(line)
        elif line.startswith('"') and target == 'message':
            message += ast.literal_eval(line)
    return messages


def run(*command, **environment):
    if not shutil.which(command[0]):
        raise Skip(f'there is no {command[0]}')
    return subprocess.run(command, capture_output=True, text=True, encoding='utf-8',
                          env={'PATH': '/usr/bin:/bin', 'LC_ALL': 'C.UTF-8', **environment})


def make_template(tree):
    """The catalogue of what the sources hold now, without dates and line numbers; '' for nothing."""
    with tempfile.TemporaryDirectory() as folder:
        template = pathlib.Path(folder) / 'now.pot'
        done = run('xgettext', '--from-code=UTF-8', '--add-comments', '--no-location', '--no-wrap',
                   '--package-name=ligdipay', f'--directory={tree.root}',
                   f'--files-from={tree.root / "po/POTFILES"}', f'--output={template}',
                   *(f'--keyword={keyword}' for keyword in KEYWORDS), *(f'--flag={flag}' for flag in FLAGS),
                   # Our own rules for XML, whatever others are installed.
                   GETTEXTDATADIRS=str(tree.root / 'po'))
        if done.returncode:
            raise RuntimeError(done.stderr.strip())
        text = template.read_text(encoding='utf-8') if template.exists() else ''
    # Its head is for who starts a new language, and has the only date.
    _head, _blank, messages = text.partition('\n\n')
    return TEMPLATE_HEAD + messages if messages else ''


def extract(tree):
    """The messages that the sources hold now: {(context, message)}."""
    return {(c, m) for _l, c, m, _o in read_messages(make_template(tree))}


def to_translate(text):
    """What a translator reads of a catalogue: not how this or that xgettext lays it out."""
    comments = [line for line in text.splitlines() if line.startswith('#.')]
    return comments, [(context, message) for _line, context, message, _obsolete in read_messages(text)]


def check_template(tree):
    """po/ligdipay.pot is what the sources hold now, without dates and line numbers."""
    if 'po/POTFILES' not in tree.paths:
        return
    gone = [path for _line, path in potfiles(tree) if path not in tree.paths]
    if gone:
        # That it is gone is another rule's to say.
        raise Skip(f'po/POTFILES lists {gone[0]}, which does not exist')
    path, remedy = 'po/ligdipay.pot', 'run python3 tests/lint/translate.py'
    if path not in tree.paths:
        yield path, 1, f'does not exist: {remedy}'
        return
    text = tree.text(path)
    if to_translate(text) != to_translate(make_template(tree)):
        yield path, 1, f'is not what the sources hold: {remedy}'
    elif 'POT-Creation-Date' in text or re.search('^#:', text, re.MULTILINE):
        yield path, 1, f'has dates or line numbers, which change with every commit: {remedy}'


def check_catalogue(tree, path, wanted):
    with tempfile.TemporaryDirectory() as folder:
        done = run('msgfmt', '--check', '--statistics', '--output-file', f'{folder}/catalogue.mo', str(tree.root / path))
    if done.returncode:
        yield path, 1, f'msgfmt --check: {" ".join(done.stderr.replace(str(tree.root) + "/", "").split())}'
        return
    for what in ('fuzzy', 'untranslated'):
        count = re.search(rf'(\d+) {what}', done.stderr)
        if count:
            yield path, 1, f'{count.group(1)} {what}'
    messages = read_messages(tree.text(path))
    present = {(context, message) for _line, context, message, obsolete in messages if not obsolete}
    for context, message in sorted(wanted - present, key=str):
        yield path, 1, f'has no {message!r}' + (f' in the context {context!r}' if context else '')
    for line, context, message, obsolete in messages:
        if obsolete or (context, message) not in wanted:
            yield path, line, f'no source has {message!r} any more'


def check_translations(tree):
    """French is complete: every message of the sources as they are now, none fuzzy, none left over."""
    if 'po/POTFILES' not in tree.paths:
        return
    languages = tree.text('po/LINGUAS').split() if 'po/LINGUAS' in tree.paths else []
    if 'fr' not in languages:
        yield 'po/LINGUAS', 1, 'does not name fr'
    gone = [path for _line, path in potfiles(tree) if path not in tree.paths]
    if gone:
        # That it is gone is another rule's to say.
        raise Skip(f'po/POTFILES lists {gone[0]}, which does not exist')
    wanted = extract(tree)
    for language in languages:
        path = f'po/{language}.po'
        if path not in tree.paths:
            yield path, 1, 'does not exist'
        else:
            yield from check_catalogue(tree, path, wanted)


RULES = {
    'ui-files': check_ui_files,
    'ui-tracked': check_ui_tracked,
    'potfiles': check_potfiles,
    'translations': check_translations,
    'template': check_template,
}
