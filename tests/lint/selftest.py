#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that each rule finds what it is for, and nothing in what is right. Speaks TAP.

fixtures/RULE.txt holds the rule's cases:

  == what the case shows
  -- path/of/a/file
  its text
  -- tracked            (optional: the paths that git knows, one a line)
  -- expect
  path:line: how the finding begins (nothing here: the rule finds nothing)

"%%" anywhere is taken out, so that no checker finds the fixture itself.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import banned
import layering
import lint
from tap import Report
from tree import Skip, Tree

HERE = pathlib.Path(__file__).resolve().parent


def read_cases(rule):
    """[(title, files, tracked, expected)] of a rule."""
    text = (HERE / 'fixtures' / f'{rule}.txt').read_text(encoding='utf-8').replace('%%', '')
    cases = []
    for block in re.split(r'^== ', text, flags=re.MULTILINE)[1:]:
        title, _newline, rest = block.partition('\n')
        parts = {}
        for part in re.split(r'^-- ', rest, flags=re.MULTILINE)[1:]:
            name, _newline, content = part.partition('\n')
            parts[name] = content
        expected = parts.pop('expect').split('\n')
        tracked = parts.pop('tracked', None)
        cases.append((title, parts, None if tracked is None else set(tracked.split()),
                      [line for line in expected if line]))
    return cases


def run_case(rule, files, tracked):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            target = pathlib.Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding='utf-8')
        return [f'{path}:{line}: {message}' for path, line, message in lint.find(rule, Tree(folder, tracked))]


def is_skipped_inside_another():
    """Whether a release that was unpacked in somebody's checkout is not looked for there."""
    with tempfile.TemporaryDirectory() as folder:
        if shutil.which('git'):
            subprocess.run(['git', 'init', '--quiet', folder], check=True)
        inner = pathlib.Path(folder, 'inner')
        inner.mkdir()
        try:
            Tree(inner).tracked()
        except Skip:
            return True
    return False


def main():
    report = Report()
    for rule in lint.RULES:
        expectations = []
        clean = False
        for title, files, tracked, expected in read_cases(rule):
            try:
                found = run_case(rule, files, tracked)
            except Skip as reason:
                report.skip(f'{rule}: {title}', reason)
                continue
            finally:
                expectations += expected
                clean |= not expected
            same = len(found) == len(expected) and all(map(str.startswith, found, expected))
            notes = [] if same else [f'expected: {line}' for line in expected] + [f'found: {line}' for line in found]
            report.say(same, f'{rule}: {title}', notes)

        report.say(bool(expectations) and clean, f'{rule}: has a case that breaks it and one that does not')
        # A table is as good as its entries: each must be shown to bite.
        if rule == 'banned-calls':
            for ban in banned.CALLS:
                report.say(any(f': {ban.name}: ' in line for line in expectations), f'{rule}: {ban.name} has a case')
        if rule == 'layering':
            for layer in layering.LAYERS:
                report.say(any(f': {layer} may not ' in line for line in expectations), f'{rule}: {layer} has a case')

    report.say(is_skipped_inside_another(), 'ui-tracked: a release inside another checkout is not looked at')
    listed = set(re.findall(r"^  '([\w-]+)',$", (HERE / 'meson.build').read_text(encoding='utf-8'), re.MULTILINE))
    report.say(listed == set(lint.RULES), 'meson runs every rule', sorted(listed ^ set(lint.RULES)))
    return report.end()


if __name__ == '__main__':
    sys.exit(main())
