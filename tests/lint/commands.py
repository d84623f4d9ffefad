#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the commands, src/run.sh, tests/run.sh, tests/fuzz/run.sh and data/debian/build.sh, with a machine made of
stand-ins. Speaks TAP.

Every tool that would change the machine is a script in a folder of its own that notes how it
was called; nothing is installed or built.
"""

import argparse
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import traceback

from tap import Report

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent))
import coverage  # noqa: E402, beside the commands

TOOLS = ('awk', 'basename', 'cat', 'chmod', 'cp', 'cut', 'date', 'dirname', 'env', 'find', 'grep', 'mkdir', 'mktemp',
         'mv', 'rm', 'sh', 'tar', 'tr')
CODE = ('if (a > 0 || b)', '  switch (state)', '    case PAID:', '    case OPEN:', 'while (x)')
LIST = '[build]\ngcc\nclang-99|clang-14|clang\n[run]\nfonts\n[test]\ngit\n'
PROJECT = ('src/run.sh', 'src/prepare.sh', 'tests/run.sh', 'tests/add_up.py', 'tests/fuzz/run.sh',
           'data/debian/build.sh', 'data/packages-debian')


class Machine:
    """A folder with a project and a bin folder that is all of PATH."""

    def __init__(self, source, folder):
        self.source = source
        self.top = pathlib.Path(folder, 'project')
        self.bin = pathlib.Path(folder, 'bin')
        self.notes = pathlib.Path(folder, 'notes')
        self.bin.mkdir()
        for path in PROJECT:
            self.write(path, (source / path).read_text(encoding='utf-8'))
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))
        self.user(0)
        self.installed('gcc', 'clang', 'fonts', 'git')
        self.tool('apt-get', 'true')
        self.tool('apt-cache', '[ "$2" = clang-14 ]')

    def write(self, path, text):
        (self.top / path).parent.mkdir(parents=True, exist_ok=True)
        (self.top / path).write_text(text, encoding='utf-8')

    def tool(self, name, body):
        """A tool that notes its call and then does @body."""
        path = self.bin / name
        path.write_text(f'#!/bin/sh\necho "{name} $*" >>"{self.notes}"\n{body}\n', encoding='utf-8')
        path.chmod(0o755)

    def user(self, number):
        (self.bin / 'id').unlink(missing_ok=True)
        self.tool('id', f'echo {number}')

    def installed(self, *names):
        listed = ' '.join(f'{name}/installed' for name in names)
        self.tool('dpkg-query', f'printf "%s " {listed}')

    def calls(self, *names):
        if not self.notes.exists():
            return []
        return [line for line in self.notes.read_text(encoding='utf-8').splitlines() if line.split()[0] in names]

    def run(self, *command, **environment):
        return subprocess.run(command, env={'PATH': str(self.bin), **environment}, cwd=self.top, text=True,
                              encoding='utf-8', stdin=subprocess.DEVNULL, capture_output=True, check=False)

    def prepare(self, script):
        return self.run('sh', '-euc', f'root=$PWD; . "$root/src/prepare.sh"; {script}')


def expect(condition, *what):
    if not condition:
        raise AssertionError(' '.join(map(str, what)))


def test_systems_that_are_known(machine):
    for number, (release, known) in enumerate((
            ('ID=debian\nVERSION_ID="12"', True),
            ('ID=debian\nVERSION_ID="13"', True),
            ('ID=debian\nPRETTY_NAME="Debian sid"', True),
            ('ID=debian\nVERSION_ID="11"', False),
            ('ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"', True),
            ('ID=ubuntu\nID_LIKE=debian\nVERSION_ID="22.04"', False),
            ('ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID="22"', True),
            ('ID=fedora\nPRETTY_NAME="Fedora Linux 42"', False),
            (None, False))):
        if release:
            machine.write(f'release-{number}', release + '\n')
        ended = machine.prepare(f'refuse_unknown_system ./release-{number} gcc fonts; echo went on')
        expect((ended.stdout == 'went on\n') == known, release, ended)
        expect((ended.returncode == 0) == known, release, ended)
        expect(known or ended.stderr.strip().endswith('are: gcc fonts'), release, ended)
    expect('Fedora Linux 42 is not one' in machine.prepare('refuse_unknown_system ./release-7 gcc').stderr)


def test_nothing_missing_installs_nothing(machine):
    machine.write('data/packages-debian', LIST)
    ended = machine.prepare('install_packages build run')
    expect((ended.returncode, ended.stdout, ended.stderr) == (0, '', ''), ended)
    expect(not machine.calls('apt-get', 'sudo'), machine.calls('apt-get', 'sudo'))


def test_only_what_is_missing_is_installed(machine):
    machine.write('data/packages-debian', LIST)
    machine.installed('gcc')
    installed = 'case "$*" in *print-uris*) echo "\'x\' a.deb 3000000 hash" ;; *" install "*) ' \
                'echo "$DEBIAN_FRONTEND"; printf "#!/bin/sh\\nprintf \'gcc/installed clang-14/installed ' \
                f'fonts/installed \'\\n" >"{machine.bin}/dpkg-query" ;; esac'
    machine.tool('apt-get', installed)
    ended = machine.prepare('install_packages build run')
    expect(ended.returncode == 0, ended)
    expect('Installing 2 packages and what they need (3 MB to download): clang-14 fonts\n' in ended.stdout, ended)
    calls = [call for call in machine.calls('apt-get') if 'print-uris' not in call]
    expect(len(calls) == 2 and calls[0].endswith(' update'), calls)
    expect(calls[1].endswith(' install -y --no-install-recommends clang-14 fonts'), calls)


def test_a_plain_user_needs_sudo(machine):
    machine.write('data/packages-debian', LIST)
    machine.installed('gcc', 'clang')
    machine.user(1000)
    ended = machine.prepare('install_packages build run')
    expect(ended.returncode == 1 and 'neither root nor sudo' in ended.stderr, ended)
    expect(ended.stderr.strip().endswith('apt-get install --no-install-recommends fonts'), ended)
    expect(not machine.calls('apt-get'), 'apt-get was called')

    machine.tool('sudo', '"$@"')
    machine.prepare('install_packages build run')
    asked = machine.calls('sudo')
    expect(len(asked) == 2 and all(call.startswith('sudo env DEBIAN_FRONTEND=noninteractive apt-get ')
                                   for call in asked), asked)


def test_a_failed_installation_is_said(machine):
    machine.write('data/packages-debian', LIST)
    machine.installed('gcc', 'clang')
    machine.tool('apt-get', 'case "$*" in *" install -y"*) echo "E: no network" >&2; exit 100 ;; esac')
    ended = machine.prepare('install_packages build run')
    expect(ended.returncode == 1 and 'E: no network\n' in ended.stderr, ended)
    expect('could not be installed' in ended.stderr, ended)

    machine.tool('apt-get', 'true')
    ended = machine.prepare('install_packages build run')
    expect(ended.returncode == 1 and ended.stderr.strip().endswith('still missing: fonts'), ended)


def test_configured_once_and_again_when_needed(machine):
    machine.tool('meson', '[ "$1" != setup ] || mkdir -p "$2"')
    for options, times in (('-Da=1', 1), ('-Da=1', 1), ('-Da=2', 2)):
        ended = machine.prepare(f'configure _build-x {options}')
        setups = [call for call in machine.calls('meson') if call.startswith('meson setup')]
        expect(ended.returncode == 0 and len(setups) == times, options, ended, setups)

    machine.tool('meson', '[ "$1" != setup ] || { echo "no compiler"; exit 1; }')
    ended = machine.prepare('configure _build-x -Da=3')
    expect(ended.returncode == 1 and 'no compiler' in ended.stderr, ended)


def test_help_installs_nothing(machine):
    machine.installed()
    for script in ('src/run.sh', 'tests/run.sh', 'tests/fuzz/run.sh', 'data/debian/build.sh'):
        ended = machine.run('sh', script, '--help')
        expect(ended.returncode == 0 and ended.stdout.startswith(f'Usage: sh {script} '), ended)
    expect(not machine.calls('apt-get', 'dpkg-query'), 'packages were looked at')


def with_application(machine):
    machine.write('data/packages-debian', '[build]\ngcc\n[show]\nfonts\n')
    machine.tool('meson', '[ "$1" != setup ] || mkdir -p "$2"')
    machine.tool('ninja', 'mkdir -p "$3/root/bin"')
    machine.tool('dbus-run-session', 'shift; exec "$@"')
    machine.write('_build/root/bin/ligdipay', '#!/bin/sh\necho "$0 $* ${XDG_DATA_DIRS%%:*}"\nexit 3\n')
    (machine.top / '_build/root/bin/ligdipay').chmod(0o755)
    # As the last time left it, so that it is not thrown away.
    machine.write('_build/made-with', machine.prepare(
        'printf "%s\\n" "$root · meson $(meson --version) · CC= · --prefix=$root/_build/root --libdir=lib"').stdout)
    machine.write('tests/ui/with-display.sh', 'echo "$*"; touch=${6}/1-sale.png; : >"$touch"; exit 4\n')


def test_opens_the_cashier_on_a_display(machine):
    with_application(machine)
    machine.installed('gcc')
    build = machine.top / '_build/root'
    ended = machine.run('sh', 'src/run.sh', '--scenario', 'a b', DISPLAY=':7')
    last = ended.stdout.splitlines()[-1]
    expect(last == f'{build}/bin/ligdipay --demo --scenario a b {build}/share', ended)
    expect(ended.returncode == 3 and machine.calls('dbus-run-session'), ended)

    machine.notes.unlink()
    machine.run('sh', 'src/run.sh', WAYLAND_DISPLAY='wayland-0', DBUS_SESSION_BUS_ADDRESS='unix:path=/x')
    expect(not machine.calls('dbus-run-session', 'apt-get'), machine.calls('dbus-run-session', 'apt-get'))
    ended = machine.run('sh', 'src/run.sh', '--', '--help', DISPLAY=':7')
    expect(f'{build}/bin/ligdipay --demo --help ' in ended.stdout, ended)


def test_plays_a_payment_without_a_display(machine):
    with_application(machine)
    build = machine.top / '_build'
    machine.write('_build/demonstration/9-old.png', '')
    ended = machine.run('sh', 'src/run.sh', '--scenario', 'declined')
    lines = ended.stdout.splitlines()
    expect(ended.returncode == 4, ended)
    expect('There is no display: playing one demonstration payment' in ended.stdout, ended)
    expect(f'/usr/bin/python3 {machine.top}/tests/ui/play_payment.py --application {build}/root/bin/ligdipay '
           f'--screenshots {build}/demonstration -- --scenario declined' in lines, ended)
    expect(lines[-2:] == [f'The pictures of its screens are in {build}/demonstration:', '  1-sale.png'], ended)

    machine.installed('gcc')
    machine.tool('apt-get', 'false')
    ended = machine.run('sh', 'src/run.sh')
    expect(ended.returncode == 1 and 'fonts' in ended.stdout, 'what shows it was not installed', ended)


def test_a_failed_build_is_said(machine):
    with_application(machine)
    machine.tool('ninja', 'echo "money.c:1: error"; exit 1')
    ended = machine.run('sh', 'src/run.sh', DISPLAY=':7')
    expect(ended.returncode == 1 and 'money.c:1: error' in ended.stderr, ended)
    expect('could not be built' in ended.stderr and '--demo' not in ended.stdout, ended)


def test_a_package_is_all_that_is_left(machine):
    machine.write('data/packages-debian', '[build]\ngcc\n[package]\nfonts\n')
    for path in ('data/debian/rules', '_build/built', 'src/new file.c'):
        machine.write(path, '')
    machine.tool('dpkg-buildpackage', 'for path in debian/* src/* _build/* data/debian/rules; do echo "has $path" '
                 f'>>"{machine.notes}"; done; for name in x.deb x.dsc x.changes; do : >"../ligdipay_$name"; done')
    places = machine.top.parent / 'places'
    places.mkdir()
    ended = machine.run('sh', 'data/debian/build.sh', 'here', TMPDIR=str(places))
    expect(ended.returncode == 0 and 'nobody has looked' in ended.stdout, ended)
    expect([path.name for path in (machine.top / 'here').iterdir()] == ['ligdipay_x.deb'], ended)
    expect(not list(places.iterdir()), list(places.iterdir()))
    expect(machine.calls('has') == ['has debian/rules', 'has src/new file.c', 'has src/prepare.sh', 'has src/run.sh',
                                    'has _build/*', 'has data/debian/rules'], machine.calls('has'))

    for tool in ('lintian', 'dpkg-buildpackage'):
        machine.tool(tool, 'echo "E: not like this"; exit 2')
        ended = machine.run('sh', 'data/debian/build.sh', 'there', TMPDIR=str(places))
        expect(ended.returncode == 1 and 'E: not like this' in ended.stderr, ended)
        expect(not list((machine.top / 'there').iterdir()) and not list(places.iterdir()), ended)


def write_log(machine, build, tests, cases=''):
    lines = [json.dumps({'name': f'ligdipay:unit / {name}', 'result': result}) for name, result in tests]
    machine.write(f'_build-test/{build}/meson-logs/testlog.json', '\n'.join(lines) + '\n')
    machine.write(f'_build-test/{build}/meson-logs/testlog.junit.xml', f'<testsuites>{cases}</testsuites>')


def add_up(machine, *arguments):
    ended = machine.run(sys.executable, 'tests/add_up.py', '_build-test', *arguments)
    return ended.stdout.splitlines()[-1], ended.returncode, ended.stdout


def test_results_are_added_up(machine):
    case = '<testcase name="{}">{}</testcase>'
    cases = ('<testsuite name="ligdipay.ligdipay:unit / money">' + case.format('1 /parse', '') +
             case.format('2 /format', '{}') + case.format('3 /locale', '<skipped/>') + '</testsuite>')
    write_log(machine, 'gcc', (('sale', 'OK'), ('money', 'OK')), cases.format(''))
    write_log(machine, 'clang', (('sale', 'OK'),))
    line, status, _said = add_up(machine, '--ran', 'gcc:0', '--ran', 'clang:0')
    expect((line, status) == ('4 passed, 0 failed, 1 skipped', 0), line, status)
    line, status, _said = add_up(machine, '--ran', 'clang:0')
    expect((line, status) == ('1 passed, 0 failed', 0), line, status)

    write_log(machine, 'gcc', (('sale', 'TIMEOUT'), ('money', 'FAIL')), cases.format('<failure/>'))
    line, status, said = add_up(machine, '--ran', 'gcc:1', '--ran', 'clang:0')
    expect((line, status) == ('2 passed, 2 failed, 1 skipped', 1), line, status)
    expect('failed: gcc: sale (TIMEOUT)' in said and 'failed: gcc: money 2 /format' in said, said)

    # Another setup's log bears its name.
    logs = machine.top / '_build-test/gcc/meson-logs'
    for ending in ('.json', '.junit.xml'):
        (logs / f'testlog{ending}').rename(logs / f'testlog-valgrind{ending}')
    line, status, _said = add_up(machine, '--ran', 'gcc:1', '--ran', 'clang:0')
    expect((line, status) == ('2 passed, 2 failed, 1 skipped', 1), line, status)
    for ending in ('.json', '.junit.xml'):
        (logs / f'testlog-valgrind{ending}').unlink()

    # The last case was never reached.
    write_log(machine, 'gcc', (('money', 'ERROR'),), cases.format(''))
    line, status, said = add_up(machine, '--ran', 'gcc:1')
    expect((line, status) == ('2 passed, 1 failed, 1 skipped', 1), line, status)


def test_what_did_not_run_is_no_success(machine):
    write_log(machine, 'gcc', (('sale', 'OK'),))
    line, status, _said = add_up(machine, '--step', 'failed:clang:building', '--ran', 'gcc:0')
    expect((line, status) == ('1 passed, 1 failed', 1), line, status)
    line, status, _said = add_up(machine, '--ran', 'gcc:2')
    expect((line, status) == ('1 passed, 1 failed', 1), line, status)
    line, status, said = add_up(machine, '--step', 'skipped:flatpak', '--step', 'passed:package', '--ran', 'gcc:0')
    expect((line, status) == ('2 passed, 0 failed, 1 skipped', 0) and 'skipped: flatpak' in said, said)
    line, status, said = add_up(machine, '--ran', 'sanitize:0')
    expect((line, status) == ('0 passed, 0 failed', 1) and 'No test ran.' in said, said)


def test_branches_are_judged(machine):
    def branch(line, text, taken, not_taken):
        column = CODE[line - 1].index(text) + 1
        return [line, column, line, column + len(text), taken, not_taken, 0, 0, 4]

    judged = list(coverage.find_untaken(CODE, [
        branch(1, 'a > 0', 3, 0),
        branch(1, 'b', 1, 1),
        branch(2, 'state', 0, 9),
        branch(3, 'case PAID', 0, 9),
        branch(4, 'case OPEN', 9, 0),
        branch(5, 'x', 0, 0),
    ]))
    expect(judged == [(1, 'a > 0', 'false'), (3, 'case PAID', 'true'), (5, 'x', 'true'),
                      (5, 'x', 'false')], judged)


def test_untaken_branches_are_complained_of(machine):
    machine.write('src/domain/a.c', CODE[0] + '\n')
    machine.write('src/ui/b.c', '#define LOG\n' + CODE[0] + '\n')
    branches = {1: [1, 5, 1, 10, 1, 0, 0, 0, 4], 2: [2, 5, 2, 10, 1, 0, 0, 0, 4]}
    segments = [[1, 1, 0, True, True, False], [2, 1, 0, True, True, False]]
    files = [{'filename': f'{machine.top}/_b/../src/domain/a.c', 'branches': [branches[1]], 'segments': []},
             {'filename': f'{machine.top}/src/ui/b.c', 'branches': [branches[2]], 'segments': segments},
             {'filename': f'{machine.top}/tests/c.c', 'branches': [branches[1]], 'segments': segments}]
    listing = io.StringIO()
    complaints, sums = coverage.report(files, listing, machine.top, {})
    expect(complaints == ['src/domain/a.c:1: never false: a > 0'], complaints)
    expect(sums == {'src/domain': [1, 2], 'src/ui': [1, 2]}, sums)
    expect('src/ui/b.c:2: never false: a > 0\nsrc/ui/b.c: what begins here never ran: 2\n'
           in listing.getvalue(), listing.getvalue())

    known = {('src/domain/a.c', 'a > 0', 'false'): 'why', ('src/domain/a.c', 'gone', 'true'): 'why'}
    complaints, _sums = coverage.report(files, listing, machine.top, known)
    expect(complaints == ['src/domain/a.c: an exception without need: gone is true'], complaints)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--root', type=pathlib.Path, required=True)
    source = parser.parse_args().root.resolve()
    # Messages of the tools, in one language.
    os.environ['LC_ALL'] = 'C.UTF-8'

    report = Report()
    for name, test in list(globals().items()):
        if name.startswith('test_'):
            with tempfile.TemporaryDirectory() as folder:
                notes = []
                try:
                    test(Machine(source, folder))
                except Exception:  # a test that breaks has failed, and the others still run
                    notes = traceback.format_exc().splitlines()
                report.say(not notes, name[len('test_'):].replace('_', ' '), notes)
    return report.end()


if __name__ == '__main__':
    sys.exit(main())
