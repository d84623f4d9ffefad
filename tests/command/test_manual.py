# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual pages say what the programs say: every option and command, and no other."""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

parser = argparse.ArgumentParser()
parser.add_argument('--root', type=pathlib.Path, required=True)
parser.add_argument('--program', required=True)
parser.add_argument('--simulator', required=True)
ARGUMENTS, sys.argv[1:] = parser.parse_known_args()

PAGES = {'en': 'data/man/{}.1', 'fr': 'data/man/{}.fr.1'}
EXIT_STATUS = {'en': 'EXIT STATUS', 'fr': 'CODE DE RETOUR'}
OPTION = r'(?<![\w-])--[a-z][a-z-]*'
# Written by GLib and GTK, for every program alike.
COMMON = {'--help', '--help-all', '--help-gtk', '--help-gapplication'}


def ask(*words, language='en', program=ARGUMENTS.program):
    """What a program prints, without a home or a display."""
    with tempfile.TemporaryDirectory(prefix='ligdi.') as home:
        environment = {name: value for name, value in os.environ.items()
                       if name not in ('DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS')}
        environment.update(HOME=home, XDG_DATA_HOME=home, LC_ALL='C.UTF-8', LANGUAGE=language)
        answer = subprocess.run([program, *words], env=environment, capture_output=True,
                                encoding='utf-8', timeout=60)
        if answer.returncode != 0:
            raise AssertionError(f'{words} ended with {answer.returncode}: {answer.stderr}')
        return answer.stdout


def get_usages():
    """The commands with their arguments, as --help prints them."""
    return re.findall(r'^  (ligdipay [a-z]+ .*)$', ask('--help'), re.MULTILINE)


def get_command(usage):
    return ' '.join(word for word in usage.split() if re.fullmatch('[a-z]+', word))


def get_options(text):
    """The options that lines of a help text begin with."""
    return set(re.findall(rf'^ +(?:-\w(?: [A-Z]+)?, )?({OPTION})', text, re.MULTILINE))


@unittest.skipUnless(shutil.which('groff'), 'there is no groff')
class TestCase(unittest.TestCase):
    name = None

    def render(self, page):
        done = subprocess.run(
            ['groff', '-Tutf8', '-Kutf8', '-man', '-ww', '-P-cbou', '-rLL=500n', str(ARGUMENTS.root / page)],
            env={**os.environ, 'LC_ALL': 'C.UTF-8'}, capture_output=True, encoding='utf-8', check=True)
        self.assertEqual(done.stderr, '', page)
        return done.stdout.replace('\u00a0', ' ')

    def for_each_page(self):
        for language, page in PAGES.items():
            yield language, self.render(page.format(self.name))

    def parts(self, text):
        """{heading: text} of the sections, and of the commands below them."""
        pieces = re.split(r'^ {0,3}(\S.*)$', text, flags=re.MULTILINE)
        return dict(zip(pieces[1::2], pieces[2::2]))

    def assert_same_in_both(self):
        """Section for section, and entry for entry."""
        macros = [[line.split()[0] for line in
                   (ARGUMENTS.root / page.format(self.name)).read_text(encoding='utf-8').splitlines()
                   if line.startswith(('.SH', '.SS', '.TP', '.EX'))] for page in PAGES.values()]
        self.assertEqual(*macros)

    def assert_exit_status(self, codes):
        for language, text in self.for_each_page():
            told = re.findall(r'^ {7}(\d+) ', self.parts(text)[EXIT_STATUS[language]], re.MULTILINE)
            self.assertEqual(told, codes, language)


class Till(TestCase):
    name = 'ligdipay'

    def test_commands(self):
        usages = get_usages()
        self.assertGreaterEqual(len(usages), 7)
        for language, text in self.for_each_page():
            synopsis = [' '.join(line.split()) for line in self.parts(text)['SYNOPSIS'].splitlines()]
            self.assertEqual([line for line in synopsis if re.match('ligdipay [a-z]', line)], usages,
                             language)

    def test_options_of_the_window(self):
        options = get_options(ask('--help'))
        self.assertIn('--demo', options)
        for language, text in self.for_each_page():
            self.assertEqual(get_options(ask('--help', language=language)), options)
            told = set(re.findall(OPTION, self.parts(text)['OPTIONS']))
            self.assertEqual(told | COMMON, options | COMMON, language)

    def test_options_of_commands(self):
        for usage in get_usages():
            command = get_command(usage)
            options = get_options(ask(*command.split()[1:], '--help')) - COMMON
            for language, text in self.for_each_page():
                told = set(re.findall(OPTION, self.parts(text)[command]))
                self.assertEqual(told, options, (command, language))
            self.assertLessEqual(set(re.findall(OPTION, usage)), options)

    def test_no_option_that_is_not(self):
        """Also not in an example."""
        known = COMMON | get_options(ask('--help'))
        for usage in get_usages():
            known |= get_options(ask(*get_command(usage).split()[1:], '--help'))
        for language, text in self.for_each_page():
            self.assertLessEqual(set(re.findall(OPTION, text)), known, language)

    def test_exit_status(self):
        source = (ARGUMENTS.root / 'src/command/ligdi-command.h').read_text(encoding='utf-8')
        codes = re.findall(r'LIGDI_COMMAND_[A-Z_]+ = (\d+)', source)
        self.assertEqual(len(codes), 8)
        self.assert_exit_status(codes)

    def test_environment(self):
        """What our own code asks the environment for."""
        names = set()
        for source in (ARGUMENTS.root / 'src').glob('app/*.c'):
            names |= set(re.findall(r'g_getenv \("(\w+)"\)', source.read_text(encoding='utf-8')))
        self.assertIn('CREDENTIALS_DIRECTORY', names)
        for language, text in self.for_each_page():
            self.assertLessEqual(names, set(re.findall(r'^ {7}([A-Z_]+)', text, re.MULTILINE)),
                                 language)

    def test_json_members(self):
        """What objects are made of, in the sources and in the pages."""
        names = set()
        for source in (ARGUMENTS.root / 'src/command').glob('*.c'):
            names |= set(re.findall(r'ligdi_command_json_add_\w+ \(builder, "(\w+)"',
                                    source.read_text(encoding='utf-8')))
        self.assertIn('verdict_at', names)
        for language, text in self.for_each_page():
            self.assertLessEqual(names, set(re.findall(r'\w+', text)), language)

    def test_same_in_french(self):
        self.assert_same_in_both()


class Simulator(TestCase):
    name = 'ligdipay-simulator'

    def test_options(self):
        options = get_options(ask('--help', program=ARGUMENTS.simulator))
        self.assertIn('--scenario', options)
        for language, text in self.for_each_page():
            self.assertEqual(get_options(self.parts(text)['OPTIONS']), options, language)
            self.assertLessEqual(set(re.findall(OPTION, text)), options, language)

    def test_ways_to_steer_it(self):
        told = re.sub('GET +', 'GET ', ask('--help', program=ARGUMENTS.simulator))
        ways = re.findall(r'^  ((?:GET|POST) \S+)', told, re.MULTILINE)
        self.assertEqual(len(ways), 3)
        for language, text in self.for_each_page():
            self.assertEqual(re.findall(r'^ {7}((?:GET|POST) .*)$', text, re.MULTILINE), ways, language)

    def test_exit_status(self):
        told = ask('--help', program=ARGUMENTS.simulator).partition('Exit status: ')[2]
        self.assert_exit_status(re.findall(r'\d+', told))

    def test_same_in_french(self):
        self.assert_same_in_both()


if __name__ == '__main__':
    unittest.main(verbosity=2)
