#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Says which branches of the code no test takes, and fails where all of them must be taken.

Reads what the programs of a build with -Dcoverage=true counted while its tests ran:

  sh tests/run.sh coverage

A branch is one outcome, true or false, of a condition as it stands in our source: of an if, a
loop, a ?:, and of each part of && and ||; and each case of a switch. That is what clang counts. Two
things are no branches here. What a macro makes of its arguments is the macro's: so a precondition
(g_return_if_fail), which only a mistake of ours could break, and a cleanup (g_autoptr). And that no
case of a switch fits: a switch on our own enumerations names every value, and the compiler sees
to it.
"""

import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Where every branch is taken by a test.
COMPLETE = ('src/checkout/', 'src/domain/', 'src/gateway/ligdi-gateway-codec.c',
            'src/gateway/ligdi-gateway-json.c')

# What is not even there: (file, condition, outcome) and why. One that a test takes after all, or
# that is gone, must go from here too.
EXCEPTIONS = {
    ('src/domain/ligdi-random.c', 'errno != EINTR', 'true'):
        'the process ends there, and cannot count it; test-random.c sees it end',
}


def run(command, **options):
    return subprocess.run(command, check=True, capture_output=True, **options).stdout


def find_programs(build):
    """Everything that could have been run and counted."""
    for part in ('src', 'tests'):
        for folder, _folders, names in os.walk(build / part):
            for name in names:
                path = pathlib.Path(folder, name)
                if os.access(path, os.X_OK) and path.suffix != '.so':
                    with path.open('rb') as file:
                        if file.read(4) == b'\x7fELF':
                            yield path


def read_counts(build):
    """What clang's tools make of the counts: [{filename, branches, segments}]."""
    counts = sorted(map(str, (build / 'counts').glob('*.profraw')))
    programs = sorted(map(str, find_programs(build)))
    if not counts or not programs:
        sys.exit(f'{build}: no program has counted anything; see --help')
    merged = str(build / 'counts' / 'all.profdata')
    run(['llvm-profdata', 'merge', '-sparse', '-o', merged, *counts])
    objects = [word for program in programs[1:] for word in ('-object', program)]
    exported = run(['llvm-cov', 'export', '-format=text', '-skip-expansions', f'-instr-profile={merged}',
                    programs[0], *objects])
    return json.loads(exported)['data'][0]['files']


def read_condition(lines, branch):
    """The condition's text, in one line; and what stands before it."""
    first, column, last, end = branch[:4]
    text = list(lines[first - 1:last])
    text[-1] = text[-1][:end - 1]
    before, text[0] = text[0][:column - 1], text[0][column - 1:]
    return ' '.join(part.strip() for part in text), before


def find_untaken(lines, branches):
    """Yields (line, condition, outcome) of what never happened."""
    for branch in sorted(branches):
        condition, before = read_condition(lines, branch)
        if before.rstrip().endswith('switch ('):
            continue
        for taken, outcome in ((branch[4], 'true'), (branch[5], 'false')):
            # A case is one outcome of its switch, not two.
            if not taken and not (outcome == 'false' and condition.startswith('case ')):
                yield branch[0], condition, outcome


def find_unreached(lines, segments):
    """The lines on which code begins that never ran, one after the other in one text."""
    unreached = sorted({segment[0] for segment in segments
                        if segment[3] and segment[4] and not segment[5] and segment[2] == 0})
    return ', '.join(str(line) for line in unreached if not lines[line - 1].startswith('#'))


def report(files, listing, root, exceptions):
    """Writes the listing; returns (what must not be, {folder: [taken, branches]})."""
    complaints = []
    excused = set()
    sums = collections.defaultdict(lambda: [0, 0])
    for file in sorted(files, key=lambda file: file['filename']):
        path = os.path.relpath(os.path.normpath(file['filename']), root)
        if not path.startswith('src/'):
            continue
        lines = (root / path).read_text(encoding='utf-8').split('\n')
        untaken = list(find_untaken(lines, file['branches']))
        for line, condition, outcome in untaken:
            excuse = exceptions.get((path, condition, outcome))
            listing.write(f'{path}:{line}: never {outcome}: {condition}\n')
            if excuse:
                excused.add((path, condition, outcome))
                listing.write(f'  {excuse}\n')
            elif path.startswith(COMPLETE):
                complaints.append(f'{path}:{line}: never {outcome}: {condition}')
        unreached = find_unreached(lines, file['segments'])
        if unreached:
            listing.write(f'{path}: what begins here never ran: {unreached}\n')
        total = sums[os.path.dirname(path)]
        total[1] += 2 * len(file['branches'])
        total[0] += 2 * len(file['branches']) - len(untaken)
    for path, condition, outcome in sorted(set(exceptions) - excused):
        complaints.append(f'{path}: an exception without need: {condition} is {outcome}')
    return complaints, sums


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('build', type=pathlib.Path, help='the build folder')
    build = parser.parse_args().build

    files = read_counts(build)
    with (build / 'coverage.txt').open('w', encoding='utf-8') as listing:
        complaints, sums = report(files, listing, ROOT, EXCEPTIONS)
    print('Branches taken by the tests of the suites that ran:')
    for folder, (taken, branches) in sorted(sums.items()):
        if branches:
            print(f'  {folder:14} {taken:5} of {branches:5}  {100 * taken / branches:5.1f} %')
    print(f'Every one that was not is named in {build}/coverage.txt.')
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


if __name__ == '__main__':
    sys.exit(main())
