# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls and words that the house does without, each with the reason and what to do instead."""

import dataclasses
import re

from tree import hits, line_at

C_SOURCES = ('src/**/*.c', 'src/**/*.h')
C_EVERYWHERE = C_SOURCES + ('tests/**/*.c', 'tests/**/*.h')
MAINS = ('src/*/main.c',)


@dataclasses.dataclass
class Ban:
    name: str
    pattern: str
    globs: tuple
    why: str
    except_globs: tuple = ()
    flags: int = 0


# In C, comments and strings are not looked at.
CALLS = (
    Ban('goto', r'\bgoto\b', C_EVERYWHERE,
        'return early, and let g_autoptr clean up'),
    Ban('float parsing', r'\b(?:g_ascii_)?strtod\s*\(|\bg_strtod\s*\(|\batof\s*\(', C_SOURCES,
        'money is whole francs: ligdi_money_parse ()'),
    Ban('unchecked number', r'\b(?:atoi|atol|atoll)\s*\(', C_EVERYWHERE,
        'it cannot fail: g_ascii_string_to_signed ()'),
    Ban('unbounded copy', r'\b(?:sprintf|vsprintf|strcpy|strcat|gets)\s*\(', C_EVERYWHERE,
        'it does not know the end of its buffer: g_strdup_printf (), g_strlcpy ()'),
    Ban('nested loop', r'\b(?:gtk_dialog_run|gtk_main)\s*\(', C_SOURCES,
        'it runs a second main loop inside a signal: show the dialog and answer "response"'),
    Ban('own main loop', r'\bg_main_loop_run\s*\(', C_SOURCES,
        'only a program’s main () runs a loop: make the call asynchronous', MAINS),
    Ban('blocking request', r'\bsoup_session_send(?:_and_read)?\s*\(', C_SOURCES,
        'it stops the till while the network is slow: the _async call'),
    Ban('default web context', r'\bwebkit_web_context_get_default\s*\(', C_EVERYWHERE,
        'it is kept and shared: one fresh ephemeral context per payment'),
    Ban('g_error', r'\bg_error\s*\(', C_SOURCES,
        'it ends the program: return a GError, or g_critical () for our own mistakes'),
    Ban('printf', r'\b(?:printf|puts|putchar)\s*\(', C_SOURCES,
        'a library does not own standard output: g_debug (), g_message ()', MAINS),
    Ban('sleep', r'\b(?:g_u|u|nano|)sleep\s*\(', ('tests/**/*.c', 'tests/**/*.h', 'tests/**/*.py'),
        'wait on a condition with a deadline',
        # It gives programs that sleep a clock of its own.
        ('tests/campaign/ligdi-test-fate.c',)),
    Ban('sleep in a script', r'(?:^|[;&|(]|\bdo|\bthen|\belse)[ \t]*sleep[ \t]', ('tests/**/*.sh',),
        'wait on a condition with a deadline', flags=re.MULTILINE),
    Ban('address by prefix', r'\b(?:g_str_has_prefix|g_str_has_suffix|strncmp|strstr|g_strstr_len)\s*'
        r'\((?:[^;{}()]|\([^()]*\))*?(?<![a-z])ur[il]',
        C_SOURCES, 'look-alike hosts pass: compare the parts of a GUri', flags=re.IGNORECASE),
    Ban('floating point', r'\b(?:g?double|g?float|\w+_double|\w+_float)\b',
        ('src/domain/*', 'src/ledger/*', 'src/checkout/*'), 'money is gint64 francs, and time gint64 microseconds'),
)

WORDS = Ban('unfinished', r'\b(?:TOD[O]|FIXM[E]|XX[X]|HAC[K]|not implemente[d]|stu[b])\b',
            ('src/**/*', 'tests/**/*', 'data/**/*', 'po/**/*', '*', '.ci/*'),
            'finish it, or say in an issue what is missing', ('LICENSE',))


def apply(tree, ban):
    kept_out = set(tree.match(*ban.except_globs)) if ban.except_globs else set()
    for path in tree.match(*ban.globs):
        if path in kept_out:
            continue
        is_c = ban is not WORDS and path.endswith(('.c', '.h'))
        text = tree.code(path) if is_c else tree.text(path)
        for line, match in hits(ban.pattern, text, ban.flags):
            said = ' '.join(match.group().split())
            yield path, line, f'{ban.name}: “{said}”: {ban.why}'


def check_calls(tree):
    """No call that the house has banned, with the replacement for each."""
    for ban in CALLS:
        yield from apply(tree, ban)


def check_words(tree):
    """Nothing is left unfinished under a mark that says so."""
    yield from apply(tree, WORDS)


def close_of(text, opening):
    """The position of the brace that closes the one at a position."""
    depth = 0
    for match in re.compile(r'[{}]').finditer(text, opening):
        depth += 1 if match.group() == '{' else -1
        if depth == 0:
            return match.start()
    return len(text)


def check_switch(tree):
    """A switch on an enum of ours has no default, so that the compiler names a forgotten value."""
    for path in tree.match(*C_SOURCES):
        text = tree.code(path)
        for match in re.finditer(r'\bswitch\s*\(', text):
            opening = text.find('{', match.end())
            body = text[opening + 1:close_of(text, opening)]
            # Switches inside this one are looked at by themselves.
            inner = re.search(r'\bswitch\s*\(', body)
            while inner:
                start = body.find('{', inner.end())
                end = close_of(body, start)
                body = body[:inner.start()] + re.sub(r'[^\n]', ' ', body[inner.start():end + 1]) + body[end + 1:]
                inner = re.search(r'\bswitch\s*\(', body)
            default = re.search(r'\bdefault\s*:', body)
            if default and re.search(r'\bcase\s+LIGDI_', body):
                yield path, line_at(text, opening + 1 + default.start()), \
                    'default in a switch on our own enum: name every value'


RULES = {
    'banned-calls': check_calls,
    'unfinished': check_words,
    'switch-default': check_switch,
}
