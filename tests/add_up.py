#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up what `meson test` wrote in several build folders, for tests/run.sh.

Names what failed and what was skipped, then ends with the one line "N passed, N failed"
(", N skipped"). A test with TAP output counts as its cases. A test that fails without a
failed case (a crash, a time limit) and a step that broke count as one failure each; a step
may also have passed, or have been skipped.
"""

import argparse
import json
import pathlib
import sys
import xml.etree.ElementTree as xml

PASSED = {'OK', 'EXPECTEDFAIL'}
SKIPPED = {'SKIP'}


def read_cases(junit):
    """The cases of the tests with TAP output: {test: [(case, outcome)]}."""
    cases = {}
    if not junit.exists():
        return cases
    for suite in xml.parse(junit).getroot().iter('testsuite'):
        # Named PROJECT.TEST; the suite PROJECT holds the tests without cases.
        _project, dot, test = suite.get('name').partition('.')
        if dot:
            cases[test] = [(case.get('name'), outcome_of_case(case)) for case in suite.iter('testcase')]
    return cases


def outcome_of_case(case):
    if case.find('failure') is not None or case.find('error') is not None:
        return 'failed'
    return 'passed' if case.find('skipped') is None else 'skipped'


def outcome_of_test(result):
    if result in PASSED:
        return 'passed'
    return 'skipped' if result in SKIPPED else 'failed'


def read_build(folder):
    """Yields (name, outcome) of everything that ran in one build folder."""
    # There is one: tests/run.sh takes away those of another setup.
    for log in folder.glob('meson-logs/testlog*.json'):
        yield from read_log(log)


def read_log(log):
    cases = read_cases(log.with_suffix('.junit.xml'))
    for line in log.read_text(encoding='utf-8').splitlines():
        test = json.loads(line)
        # "PROJECT:SUITE / TEST"
        name = test['name'].rpartition(' / ')[2]
        outcome = outcome_of_test(test['result'])
        inner = cases.get(test['name'], [])
        for case, case_outcome in inner:
            yield f'{name} {case}', case_outcome
        if not inner or (outcome == 'failed' and all(o != 'failed' for _c, o in inner)):
            yield f'{name} ({test["result"]})', outcome


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--step', action='append', default=[], metavar='OUTCOME:STEP')
    parser.add_argument('folder', type=pathlib.Path)
    parser.add_argument('--ran', action='append', default=[], metavar='BUILD:STATUS')
    arguments = parser.parse_args()

    outcomes = [(step.partition(':')[2], step.partition(':')[0]) for step in arguments.step]
    for ran in arguments.ran:
        build, _colon, status = ran.partition(':')
        here = [(f'{build}: {name}', outcome) for name, outcome in read_build(arguments.folder / build)]
        if status != '0' and all(outcome != 'failed' for _n, outcome in here):
            here.append((f'{build}: meson test ended with status {status}', 'failed'))
        outcomes += here

    count = {kind: sum(1 for _n, o in outcomes if o == kind) for kind in ('passed', 'failed', 'skipped')}
    for kind in ('skipped', 'failed'):
        for name, outcome in outcomes:
            if outcome == kind:
                print(f'{kind}: {name}')
    if not count['passed'] + count['failed']:
        print('No test ran.')
    skipped = f', {count["skipped"]} skipped' if count['skipped'] else ''
    print(f'{count["passed"]} passed, {count["failed"]} failed{skipped}')
    return 0 if count['passed'] and not count['failed'] else 1


if __name__ == '__main__':
    sys.exit(main())
