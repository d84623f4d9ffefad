# SPDX-License-Identifier: GPL-3.0-or-later
"""Links and checks of the program itself, with the simulator for a gateway and no display."""
import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'simulator'))
import harness  # noqa: E402

PROGRAM = os.environ['LIGDIPAY_PROGRAM']
KEY = 'CANARYKEY4711'
TOKEN = 'CANARYTOKEN0815'


class Commands(harness.TestCase):
    def setUp(self):
        self.home = self.make_directory()
        self.keys = os.path.join(self.home, 'keys')
        self.set_keys(KEY, TOKEN)
        self.set_up_shop("shop-name='Boutique d’essai'")

    def set_keys(self, key, token):
        os.makedirs(self.keys, 0o700, exist_ok=True)
        for name, secret in (('ligdipay-api-key', key), ('ligdipay-api-token', token)):
            pathlib.Path(self.keys, name).write_text(secret + '\n', encoding='ascii')

    def set_up_shop(self, *settings):
        folder = os.path.join(self.home, 'config', 'glib-2.0', 'settings')
        os.makedirs(folder, exist_ok=True)
        pathlib.Path(folder, 'keyfile').write_text(
            '\n'.join(('[com/example/LigdiPay]', *settings, '')), encoding='utf-8')

    def start_gateway(self, *arguments):
        self.gateway = self.start('--port', '0', '--credentials', self.keys, *arguments)
        return self.gateway

    def environment(self, **more):
        environment = {name: value for name, value in os.environ.items()
                       if name not in ('DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS')}
        environment.update(HOME=self.home, XDG_DATA_HOME=os.path.join(self.home, 'data'),
                           XDG_CONFIG_HOME=os.path.join(self.home, 'config'),
                           GSETTINGS_BACKEND='keyfile', LC_ALL='C.UTF-8', LANGUAGE='en',
                           CREDENTIALS_DIRECTORY=self.keys, LIGDIPAY_BASE_URL=self.gateway.base)
        environment.update(more)
        return environment

    def launch(self, *words, **more):
        process = subprocess.Popen([PROGRAM, *words], env=self.environment(**more), text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(self.put_away, process)
        return process

    @staticmethod
    def put_away(process):
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()

    def run_it(self, *words, status=0, **more):
        process = self.launch(*words, **more)
        output, errors = process.communicate(timeout=harness.DEADLINE * 2)
        self.assertEqual(process.returncode, status, errors)
        for secret in (KEY, TOKEN):
            self.assertNotIn(secret, output + errors)
        return output, errors

    def link(self, *words, **more):
        output, errors = self.run_it('link', '--json', *words, **more)
        answer = json.loads(output)
        self.assertEqual(sorted(answer), ['amount', 'reference', 'url'])
        self.assertEqual(output.count('\n'), 1)
        return answer, errors

    def check(self, *words, status=0):
        output, errors = self.run_it('check', '--json', *words, status=status)
        answers = [json.loads(line) for line in output.splitlines()]
        for answer in answers:
            self.assertEqual(sorted(answer), ['amount', 'reference', 'state'])
        return answers, errors

    @property
    def ledger(self):
        return os.path.join(self.home, 'data', 'ligdipay', 'ledger.sqlite')

    def query(self, sql):
        if not os.path.exists(self.ledger):
            return []
        ledger = sqlite3.connect(f'file:{self.ledger}?mode=ro', uri=True)
        try:
            return [row[0] for row in ledger.execute(sql)]
        finally:
            ledger.close()

    def token_of(self, reference):
        return self.query(f"SELECT token FROM payment WHERE reference = '{reference}'")[0]

    def test_link_is_paid(self):
        self.start_gateway()
        answer, errors = self.link('12 500', '--description', 'Riz « parfumé » 5 kg')
        self.assertEqual(errors, '')
        self.assertEqual(answer['amount'], 12500)
        token = self.token_of(answer['reference'])
        self.assertTrue(answer['url'].endswith(token))
        page = self.gateway.open_page(token)
        self.assertEqual(page.status, 200)
        self.assertIn('Boutique d’essai', page.text)
        self.assertEqual(self.query('SELECT label FROM sale_line'), ['Riz « parfumé » 5 kg'])

        self.assertEqual(self.check(answer['reference'], status=1)[0],
                         [{'reference': answer['reference'], 'state': 'awaiting', 'amount': 12500}])
        self.gateway.play(token, 'paid')
        self.assertEqual(self.check(answer['reference'])[0][0]['state'], 'paid')
        output, _ = self.run_it('check', answer['reference'])
        self.assertTrue(output.endswith('  paid\n'), output)
        self.assertEqual(self.query('SELECT settled_by FROM sale'), ['payment'])
        self.run_it('journal', 'verify')

    def test_two_lines_for_people(self):
        self.start_gateway()
        output, _ = self.run_it('link', '700')
        first, second = output.splitlines()
        reference = self.query('SELECT reference FROM payment')[0]
        self.assertEqual(first, f'{reference}  700\u00a0F\u00a0CFA')
        self.assertEqual(second, self.query('SELECT page_url FROM payment')[0])

    def test_all(self):
        gateway = self.start_gateway()
        links = [self.link(amount)[0] for amount in ('500', '600', '700')]
        for answer, outcome in zip(links, ('paid', 'declined', 'amount-mismatch')):
            gateway.play(self.token_of(answer['reference']), outcome)
        begun = time.monotonic()
        answers, errors = self.check()
        self.assertGreaterEqual(time.monotonic() - begun, 5.9, 'three seconds between two questions')
        self.assertEqual([answer['state'] for answer in answers], ['paid', 'declined', 'disputed'])
        self.assertEqual([answer['reference'] for answer in answers],
                         [answer['reference'] for answer in links])
        self.assertEqual(errors, '')
        self.assertEqual(self.check('--all')[0], [])

    def test_keys_are_refused(self):
        gateway = self.start_gateway()
        answer, _ = self.link('500')
        self.set_keys('ANOTHERKEY', 'ANOTHERTOKEN')
        for words in (('link', '500'), ('link', '500', '--json')):
            output, errors = self.run_it(*words, status=3)
            self.assertEqual(output, '')
            self.assertIn('LigdiCash does not accept the keys.', errors)
            self.assertNotIn('ANOTHER', errors)
        answers, errors = self.check(answer['reference'], status=3)
        self.assertEqual(answers[0]['state'], 'awaiting')
        self.assertIn('an answer that makes no sense', errors)
        self.assertEqual(self.query("SELECT count(*) FROM payment WHERE state = 'aborted'"), [2])
        self.assertEqual(len(gateway.list_invoices()['invoices']), 1)

    def test_nothing_to_ask_with(self):
        self.start_gateway()
        for words in (('link', '500'), ('check',), ('check', '--json', 'LGD-X')):
            for more in ({'CREDENTIALS_DIRECTORY': self.home},
                         {'LIGDIPAY_BASE_URL': 'http://shop.example'}):
                output, errors = self.run_it(*words, status=3, **more)
                self.assertEqual(output, '')
                self.assertIn('CREDENTIALS_DIRECTORY', errors)
        self.set_up_shop("shop-name=' '")
        self.assertIn('shop-name', self.run_it('link', '500', status=3)[1])
        self.assertFalse(os.path.exists(os.path.join(self.home, 'data')), 'nothing is made')

    def test_limit_is_the_shops(self):
        self.start_gateway()
        self.set_up_shop("shop-name='Boutique'", 'payment-limit=int64 1000')
        self.assertIn('1\u202f000', self.run_it('link', '1001', status=2)[1])
        self.assertEqual(self.gateway.list_invoices()['creates'], 0)
        self.link('1000')

    def test_offline(self):
        gateway = self.start_gateway()
        answer, _ = self.link('500')
        gateway.end()
        output, errors = self.run_it('link', '500', '--json', status=3)
        self.assertEqual(output, '')
        self.assertIn('LigdiCash cannot be reached.', errors)
        answers, errors = self.check(answer['reference'], status=3)
        self.assertEqual(answers[0]['state'], 'awaiting')
        self.assertIn('LigdiCash cannot be reached.', errors)
        self.assertEqual(self.query('SELECT state FROM payment'), ['awaiting', 'aborted'])

    def test_ended_while_creating(self):
        """However it ends: the intent is on disk, nothing was printed, and the next one aborts it."""
        self.start_gateway('--scenario', 'create-hang')
        for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT):
            with self.subTest(number):
                process = self.launch('link', '500')
                harness.wait_until(
                    lambda: self.query("SELECT id FROM payment WHERE state = 'creating'"),
                    'the intent')
                process.send_signal(number)
                output, _ = process.communicate(timeout=harness.DEADLINE)
                self.assertEqual((process.returncode, output), (-number, ''))
                self.assertEqual(self.check()[0], [])
                self.assertEqual(set(self.query('SELECT state FROM payment')), {'aborted'})
        self.run_it('journal', 'verify')

    def test_killed_before_it_is_printed(self):
        """Somewhere between the request and the last line: what is printed is on disk, and what
        is on disk is watched or was never opened."""
        gateway = self.start_gateway()
        for n_requests in range(1, 9):
            process = self.launch('link', '500', '--json')
            harness.wait_until(lambda: gateway.list_invoices()['creates'] >= n_requests, 'a request')
            process.kill()
            output, _ = process.communicate(timeout=harness.DEADLINE)
            if output:
                reference = json.loads(output)['reference']
                self.assertEqual(self.query('SELECT state || (left_at > 0) FROM payment'
                                            f" WHERE reference = '{reference}'"), ['awaiting1'])
        self.assertEqual(len(self.query('SELECT id FROM payment')), 8)
        gateway.end()
        self.run_it('check', status=3 if self.query(
            "SELECT id FROM payment WHERE state = 'awaiting'") else 0)
        self.assertEqual(set(self.query('SELECT state || (left_at > 0) FROM payment'))
                         - {'awaiting1', 'aborted0'}, set())
        self.run_it('journal', 'verify')

    def test_many_at_once(self):
        """Programs on one ledger wait for one another, and for the one that makes it."""
        gateway = self.start_gateway()
        processes = [self.launch('link', str(500 + i), '--json') for i in range(6)]
        answers = []
        for process in processes:
            output, errors = process.communicate(timeout=harness.DEADLINE * 2)
            self.assertEqual(process.returncode, 0, errors)
            answers.append(json.loads(output))
        self.assertEqual(len({answer['reference'] for answer in answers}), 6)
        token = self.token_of(answers[0]['reference'])
        gateway.play(token, 'paid')
        processes = [self.launch('check', answers[0]['reference'], '--json') for _ in range(3)]
        for process in processes:
            output, errors = process.communicate(timeout=harness.DEADLINE * 2)
            self.assertEqual(process.returncode, 0, errors)
            self.assertEqual(json.loads(output)['state'], 'paid')
        self.assertEqual(self.query("SELECT count(*) FROM payment_event"
                                    " WHERE what = 'confirmed-paid'"), [1])
        times = [time for invoice in gateway.list_invoices()['invoices']
                 for time in invoice['confirm_times']]
        self.assertEqual(len(times), 3)
        self.run_it('journal', 'verify')

    def test_nothing_gets_out(self):
        """Also where debugging is on, and then standard output is an answer all the same."""
        self.start_gateway()
        answer, errors = self.link('500', G_MESSAGES_DEBUG='all')
        token = self.token_of(answer['reference'])
        self.assertIn('awaiting: invoice-created', errors)
        self.assertNotIn(token, errors)
        output, errors = self.run_it('check', '--json', answer['reference'], status=1,
                                     G_MESSAGES_DEBUG='all')
        self.assertEqual(json.loads(output)['state'], 'awaiting')
        self.assertNotIn(token, output + errors)
        for path in pathlib.Path(self.home, 'data').rglob('*'):
            if path.is_file():
                content = path.read_bytes()
                self.assertNotIn(KEY.encode(), content)
                self.assertNotIn(TOKEN.encode(), content)


if __name__ == '__main__':
    unittest.main(verbosity=2)
