# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line, and when the program ends."""

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import urllib.request

import harness

PARENT = '''
import os, subprocess, sys
child = subprocess.Popen([sys.argv[1], '--exit-with-parent', '--quiet'], stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE)
print(child.pid, child.stdout.readline().decode().strip(), flush=True)
sys.stdin.read()
os._exit(0)
'''


class CommandLine(harness.TestCase):
    def run_once(self, *arguments):
        return subprocess.run([harness.EXECUTABLE, *arguments], capture_output=True, text=True,
                              timeout=harness.DEADLINE, stdin=subprocess.DEVNULL)

    def assert_wrong(self, *arguments, word=''):
        done = self.run_once(*arguments)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(done.stdout, '')
        self.assertTrue(done.stderr.startswith('ligdipay-simulator: '), done.stderr)
        self.assertIn(word, done.stderr)

    def test_help(self):
        done = self.run_once('--help')
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        for word in ('--port', '--state', '--scenario', '--list-scenarios', '--profile',
                     '--redirect-by', '--callback', '--exit-with-parent', '--credentials',
                     'DEMONSTRATION0001', '/simulator/outcome'):
            self.assertIn(word, done.stdout)

    def test_version(self):
        done = self.run_once('--version')
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout, r'^ligdipay-simulator \d+\.\d+\.\d+\n$')

    def test_wrong(self):
        self.assert_wrong('--nonsense', word='--nonsense')
        self.assert_wrong('extra', word='extra')
        self.assert_wrong('--port', '70000', word='--port')
        self.assert_wrong('--port', '-1')
        self.assert_wrong('--port', 'x')
        self.assert_wrong('--page-port', '65536', word='--page-port')
        self.assert_wrong('--scenario', 'sleepy', word='sleepy')
        self.assert_wrong('--profile', 'new', word='new')
        self.assert_wrong('--redirect-by', 'magic', word='magic')
        self.assert_wrong('--callback', 'some', word='some')
        self.assert_wrong('--callback-style', 'some', word='some')
        self.assert_wrong('--slow-seconds', '-1', word='--slow-seconds')

    def test_loopback_only(self):
        for address in ('0.0.0.0', '::', '192.0.2.1', 'localhost', 'example.invalid', '',
                        '::ffff:192.0.2.1'):
            self.assert_wrong('--address', address, word='own addresses only')

    def test_other_loopback_addresses(self):
        simulator = self.start('--address', '127.0.0.2')
        self.assertTrue(simulator.base.startswith('http://127.0.0.2:'))
        self.assertEqual(simulator.confirm(simulator.create_invoice())['status'], 'pending')

    def test_ipv6(self):
        try:
            socket.create_server(('::1', 0), family=socket.AF_INET6).close()
        except OSError:
            self.skipTest('there is no IPv6 here')
        simulator = self.start('--address', '::1')
        self.assertTrue(simulator.base.startswith('http://[::1]:'))
        token = simulator.create_invoice()
        self.assertEqual(simulator.open_page(token).status, 200)

    def test_it_listens_nowhere_else(self):
        simulator = self.start()
        with self.assertRaises(OSError):
            socket.create_connection(('127.0.0.2', simulator.port), 5)

    def start_on_free_port(self, *arguments, **keywords):
        """Another test may take the port between its being looked for and its being used."""
        while True:
            with socket.create_server(('127.0.0.1', 0)) as other:
                port = other.getsockname()[1]
            try:
                return self.start(*arguments, str(port), **keywords), port
            except AssertionError as error:
                if 'already in use' not in str(error):
                    raise

    def test_port(self):
        with socket.create_server(('127.0.0.1', 0)) as other:
            port = other.getsockname()[1]
            done = self.run_once('--port', str(port))
            self.assertEqual(done.returncode, 1)
            self.assertEqual(done.stdout, '')
            self.assertTrue(done.stderr)
        simulator, port = self.start_on_free_port('--port')
        self.assertEqual(simulator.base, f'http://127.0.0.1:{port}')

    def test_page_port(self):
        arguments = ('--page-certificate', 'self-signed', '--page-host', 'localhost')
        with socket.create_server(('127.0.0.1', 0)) as other:
            port = str(other.getsockname()[1])
            done = self.run_once(*arguments, '--page-port', port)
            self.assertEqual((done.returncode, done.stdout), (1, ''))
        # As in test_faults.py: GnuTLS and what looks for leaks at the end do not go together.
        options = os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0'
        simulator, port = self.start_on_free_port(*arguments, '--page-port',
                                                  environment={'ASAN_OPTIONS': options})
        link = simulator.create(harness.make_order()).json['response_text']
        self.assertTrue(link.startswith(f'https://localhost:{port}/'), link)
        lax = ssl.create_default_context()
        lax.check_hostname = False
        lax.verify_mode = ssl.CERT_NONE
        with urllib.request.urlopen(link.replace('localhost', '127.0.0.1'), context=lax,
                                    timeout=harness.DEADLINE) as page:
            self.assertEqual(page.status, 200)

    def test_missing_credentials(self):
        done = self.run_once('--credentials', self.make_directory())
        self.assertEqual(done.returncode, 1)
        self.assertIn('ligdipay-api-key', done.stderr)

    def read_list(self):
        done = self.run_once('--list-scenarios')
        self.assertEqual(done.returncode, 0)
        return dict(re.findall(r'^([a-z0-9-]+) +(\d+|-)  \S', done.stdout, re.MULTILINE))

    def test_list(self):
        listed = self.read_list()
        for name in ('normal', 'declined', 'pending', 'cancelled', 'network-cut',
                     'amount-mismatch', 'slow', 'hang', 'http-500', 'not-json', 'truncated',
                     'too-large', 'missing-amount', 'string-amounts', 'nocompleted',
                     'unknown-status', 'rate-limit', 'other-id', 'tls-bad-certificate',
                     'create-code00', 'create-code08', 'create-hang', 'create-500', 'page-500',
                     'page-blank', 'page-hang'):
            self.assertIn(name, listed)
        amounts = [int(a) for a in listed.values() if a != '-']
        self.assertEqual(len(amounts), len(set(amounts)))
        for amount in amounts:
            self.assertTrue(9900 < amount < 10000 and amount % 5 != 0)

    def test_every_scenario_starts(self):
        names = list(self.read_list())
        simulator = self.start(*(f'--scenario={name}' for name in names
                                 if name not in ('hang', 'tls-bad-certificate')))
        faults = simulator.list_invoices()['faults']
        outcomes = {'normal', 'declined', 'pending', 'cancelled', 'left', 'network-cut',
                    'amount-mismatch'}
        self.assertEqual(set(faults), set(names) - outcomes - {'hang', 'tls-bad-certificate'})
        for name in faults:
            self.assertIn(name, simulator.set_fault(name))

    def test_signals(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            self.start().end(number)

    def test_logs_hold_no_secrets(self):
        simulator = self.start()
        token = simulator.create_invoice()
        simulator.confirm(token)
        simulator.confirm('unknown-token')
        simulator.open_page(token)
        simulator.press(token, 'paid')
        simulator.play(token, 'paid')
        simulator.ask('GET', '/somewhere/' + token)
        errors = simulator.read_errors()
        self.assertIn('create: invoice', errors)
        for secret in (token, token.split('.')[1], harness.API_KEY, simulator.token,
                       'unknown-token'):
            self.assertNotIn(secret, errors)
        simulator.end()

    def test_quiet(self):
        simulator = self.start('--quiet')
        simulator.confirm(simulator.create_invoice())
        self.assertEqual(simulator.read_errors(), '')

    def test_standard_input_closes(self):
        simulator = self.start('--exit-with-parent', stdin=subprocess.PIPE)
        simulator.confirm(simulator.create_invoice())
        simulator.process.stdin.write(b'ignored')
        simulator.process.stdin.flush()
        self.assertEqual(simulator.confirm('x')['response_code'], '01')
        simulator.process.stdin.close()
        self.assertEqual(simulator.process.wait(harness.DEADLINE), 0)

    def test_parent_dies(self):
        parent = subprocess.Popen([sys.executable, '-c', PARENT, harness.EXECUTABLE],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        pid, base = parent.stdout.readline().split()
        self.assertTrue(base.startswith('http://127.0.0.1:'))
        parent.kill()
        parent.wait()
        parent.stdin.close()
        parent.stdout.close()

        def is_gone():
            try:
                with open(f'/proc/{pid}/stat', encoding='ascii') as file:
                    return file.read().rsplit(') ')[1].startswith('Z')
            except (FileNotFoundError, ProcessLookupError):
                return True
        harness.wait_until(is_gone, 'the child has ended')

    def test_it_stays_without_a_parent_watch(self):
        simulator = self.start(stdin=subprocess.PIPE)
        simulator.process.stdin.close()
        self.assertEqual(simulator.confirm(simulator.create_invoice())['status'], 'pending')
        self.assertIsNone(simulator.process.poll())
        self.assertTrue(os.path.exists(f'/proc/{simulator.process.pid}'))


if __name__ == '__main__':
    harness.main()
