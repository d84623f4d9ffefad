# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands of the program itself: no display, and what the process ends with."""
import os
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop(1)


class CommandLine(unittest.TestCase):
    def run_it(self, *words):
        with tempfile.TemporaryDirectory(prefix='ligdi.') as home:
            environment = {name: value for name, value in os.environ.items()
                           if name not in ('DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS')}
            environment.update(HOME=home, XDG_DATA_HOME=home, LC_ALL='C.UTF-8', LANGUAGE='en')
            done = subprocess.run([PROGRAM, *words], env=environment, capture_output=True,
                                  text=True, timeout=60, check=False)
            self.assertEqual(os.listdir(home), [], 'nothing is made by asking')
        return done

    def test_help_names_them(self):
        done = self.run_it('--help')
        self.assertEqual(done.returncode, 0)
        for words in ('list', 'export', 'journal verify', 'journal backup', 'journal restore'):
            self.assertIn(f'  ligdipay {words} ', done.stdout)

    def test_full_disk(self):
        with open('/dev/full', 'w', encoding='ascii') as full:
            done = subprocess.run([PROGRAM, 'export', '--help'], stdout=full, env=os.environ,
                                  stderr=subprocess.PIPE, timeout=60, check=False)
        self.assertEqual(done.returncode, 3)

    def test_what_they_end_with(self):
        for status, words in ((3, ('journal', 'verify')), (3, ('list',)), (3, ('export',)),
                              (3, ('journal', 'backup', 'copy')), (3, ('journal', 'restore', 'no')),
                              (2, ('journal',)), (2, ('list', '--day', 'never')),
                              (0, ('export', '--help'))):
            with self.subTest(words):
                done = self.run_it(*words)
                self.assertEqual(done.returncode, status, done.stderr)
                self.assertEqual(done.stdout == '', status != 0)


if __name__ == '__main__':
    unittest.main(verbosity=2)
