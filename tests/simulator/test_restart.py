# SPDX-License-Identifier: GPL-3.0-or-later
"""What a state file keeps, and what happens when it cannot be used."""

import json
import os
import resource
import signal
import socket
import subprocess
import urllib.parse

import harness


class Restart(harness.TestCase):
    def setUp(self):
        self.directory = self.make_directory()
        self.path = os.path.join(self.directory, 'state.json')

    def start_again(self, *arguments):
        return self.start('--state', self.path, '--callback', 'none', *arguments)

    def read(self):
        with open(self.path, encoding='utf-8') as file:
            return file.read()

    def write(self, text):
        with open(self.path, 'w', encoding='utf-8') as file:
            file.write(text)

    def assert_refuses_to_start(self, *words):
        done = subprocess.run([harness.EXECUTABLE, '--state', self.path], capture_output=True,
                              text=True, timeout=harness.DEADLINE, stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout, '')
        for word in words:
            self.assertIn(word, done.stderr)

    def test_everything_is_kept(self):
        first = self.start_again()
        tokens = [first.create_invoice(12500, custom_data={'transaction_id': f'x{i}', 'é': 1.5})
                  for i in range(4)]
        first.press(tokens[0], 'paid', operator='moov-bf', phone='01020304')
        first.play(tokens[1], 'declined')
        first.play(tokens[2], 'amount-mismatch')
        before = [first.confirm(token) for token in tokens]
        page = first.open_page(tokens[3]).status
        first.end()

        second = self.start_again()
        self.assertEqual(second.base, first.base)
        self.assertEqual([second.confirm(token) for token in tokens], before)
        self.assertEqual(second.open_page(tokens[3]).status, page)
        invoices = second.list_invoices()['invoices']
        self.assertEqual([i['token'] for i in invoices], tokens)
        self.assertEqual([i['confirms'] for i in invoices], [2] * 4)
        second.play(tokens[0], 'declined')
        self.assertEqual(second.confirm(tokens[0]), before[0])

    def test_killed(self):
        first = self.start_again()
        paid, pending = first.create_invoice(), first.create_invoice()
        first.play(paid, 'paid')
        first.end(signal.SIGKILL)
        second = self.start_again()
        self.assertEqual(second.base, first.base)
        self.assertEqual(second.confirm(paid)['status'], 'completed')
        self.assertEqual(second.confirm(pending)['status'], 'pending')

    def test_pending_goes_on(self):
        first = self.start_again('--pending-seconds', '1')
        token = first.create_invoice()
        first.play(token, 'pending')
        first.end(signal.SIGKILL)
        second = self.start_again()
        harness.wait_until(lambda: second.confirm(token)['status'] == 'completed', 'paid')

    def test_cut_is_forgotten(self):
        first = self.start_again()
        token = first.create_invoice()
        first.play(token, 'network-cut')
        first.end()
        self.assertEqual(self.start_again().confirm(token)['status'], 'completed')

    def test_without_a_file_nothing_is_kept(self):
        first = self.start('--callback', 'none')
        token = first.create_invoice()
        first.end()
        second = self.start('--callback', 'none')
        self.assertEqual(second.confirm(token)['response_text'], 'Echec (Code02)')

    def test_port_is_taken(self):
        first = self.start_again()
        token = first.create_invoice()
        first.end()
        with socket.socket() as other:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            other.bind(('127.0.0.1', first.port))
            other.listen()
            second = self.start_again()
            self.assertNotEqual(second.port, first.port)
            self.assertEqual(second.confirm(token)['status'], 'pending')
            second.end()
        self.assertIn(f'Port {first.port} is taken', self.last_errors(second))

    def last_errors(self, simulator):
        return self.errors.pop(simulator)

    def start(self, *arguments, **keywords):
        simulator = super().start(*arguments, **keywords)
        end, self.errors = simulator.end, getattr(self, 'errors', {})

        def end_and_remember(*end_arguments):
            if not simulator.ended:
                self.errors[simulator] = simulator.read_errors()
            end(*end_arguments)
        simulator.end = end_and_remember
        return simulator

    def test_file(self):
        simulator = self.start_again()
        token = simulator.create_invoice()
        text = self.read()
        self.assertEqual(os.stat(self.path).st_mode & 0o777, 0o600)
        self.assertEqual(os.listdir(self.directory), ['state.json'])
        store, invoice = [json.loads(line) for line in text.splitlines()]
        self.assertEqual(store['port'], simulator.port)
        self.assertEqual(invoice['status'], 'pending')
        for secret in (harness.API_KEY, simulator.token, token):
            self.assertNotIn(secret, text)

    def test_damaged_file_is_kept(self):
        simulator = self.start_again()
        simulator.create_invoice()
        simulator.end()
        good = self.read()
        store, invoice = [json.loads(line) for line in good.splitlines()]

        def change(**members):
            return json.dumps({**store, **members}) + '\n'
        for damaged in ('', '\n', '{', '{}\n', 'null\n', '[]\n', good[:20], 'x' + good,
                        good.replace('pending', 'x'), '[' * 100000 + '\n', good + '{}\n',
                        good + '[]\n', good + '\n', change(version=2), change(format='x'),
                        change(port=70000), change(secret=''),
                        change() + json.dumps({**invoice, 'id': '1'}) + '\n'):
            with self.subTest(damaged[:60]):
                self.write(damaged)
                self.assert_refuses_to_start(self.path, 'kept')
                self.assertEqual(self.read(), damaged)
        self.write(good)
        self.assertEqual(len(self.start_again().list_invoices()['invoices']), 1)

    def test_half_a_line_is_dropped(self):
        first = self.start_again()
        kept = first.create_invoice()
        text = self.read()
        first.play(kept, 'paid')
        longer = self.read()
        first.end(signal.SIGKILL)
        self.assertTrue(longer.startswith(text))
        self.write(longer[:-20])
        second = self.start_again()
        self.assertEqual(second.confirm(kept)['status'], 'pending')
        second.end()
        self.assertEqual(len(self.read().splitlines()), 2)

    def test_unusable_file(self):
        os.mkdir(self.path)
        self.assert_refuses_to_start(self.path)
        self.path = os.path.join(self.directory, 'missing', 'state.json')
        self.assert_refuses_to_start(self.path)

    def test_disk_is_full(self):
        simulator = self.start_again()
        token = simulator.create_invoice()
        size = os.path.getsize(self.path)
        # No byte more, and a warning that only stops who does not look at what write says.
        resource.prlimit(simulator.process.pid, resource.RLIMIT_FSIZE, (size + 10, size + 10))
        reply = simulator.create(harness.make_order()).json
        self.assertEqual(reply['response_text'], 'Echec (Code04)')
        self.assertEqual(os.path.getsize(self.path), size)
        self.assertEqual(len(simulator.list_invoices()['invoices']), 1)
        self.assertEqual(simulator.confirm(token)['status'], 'pending')
        simulator.end(signal.SIGKILL)
        self.assertEqual(self.start_again().confirm(token)['status'], 'pending')

    def test_links_of_another_store(self):
        first = self.start_again()
        token = first.create_invoice()
        first.end()
        os.remove(self.path)
        second = self.start_again()
        self.assertEqual(second.confirm(token)['response_text'], 'Echec (Code02)')
        self.assertEqual(second.open_page(token).status, 404)

    def test_the_latest_invoices_are_kept(self):
        first = self.start_again()
        first.create_invoice()
        first.end()
        store, invoice = self.read().splitlines()
        self.write('\n'.join([store, *(json.dumps({**json.loads(invoice), 'id': str(10000000 + i)})
                                       for i in range(2003))]) + '\n')
        second = self.start_again()
        ids = [i['id'] for i in second.list_invoices()['invoices']]
        self.assertEqual(ids, [str(10000003 + i) for i in range(2000)])
        second.create_invoice()
        ids = [i['id'] for i in second.list_invoices()['invoices']]
        self.assertEqual((len(ids), ids[0]), (2000, '10000004'))
        second.end()
        self.assertEqual(len(self.read().splitlines()), 2001)

    def test_base_url_has_no_path(self):
        simulator = self.start_again()
        parts = urllib.parse.urlsplit(simulator.base)
        self.assertEqual((parts.scheme, parts.hostname, parts.path), ('http', '127.0.0.1', ''))


if __name__ == '__main__':
    harness.main()
