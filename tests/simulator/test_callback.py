# SPDX-License-Identifier: GPL-3.0-or-later
"""The callbacks a merchant's server gets, in every mode and style."""

import json
import time
import urllib.parse

import harness

FORM = 'application/x-www-form-urlencoded'
JSON = 'application/json'


def read_form(body):
    return dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True,
                                       strict_parsing=True))


class Callback(harness.TestCase):
    def setUp(self):
        self.receiver = harness.Receiver()
        self.addCleanup(self.receiver.__exit__)

    def settle(self, *arguments, count=2, outcome='paid', **changes):
        """Plays one payment; answers the simulator, the token and the callbacks."""
        simulator = self.start(*arguments)
        token = simulator.create_invoice(actions__callback_url=self.receiver.url, **changes)
        simulator.play(token, outcome)
        return simulator, token, self.receiver.wait_for(count)

    def get_types(self, requests):
        return [headers['Content-Type'] for _, headers, _, _ in requests]

    def assert_no_more(self, simulator, count):
        """Another payment's callbacks come after all that belong to the ones before."""
        token = simulator.create_invoice(actions__callback_url=self.receiver.url,
                                         invoice__description='last')
        simulator.play(token, 'paid')
        expected = {'none': 0, 'one': 1}.get(self.mode, 2)
        self.receiver.wait_for(count + expected)
        self.assertEqual(len(self.receiver.requests), count + expected)

    def test_both(self):
        self.mode = 'both'
        simulator, token, requests = self.settle()
        self.assertEqual(self.get_types(requests), [FORM, JSON])
        for line, headers, _, _ in requests:
            self.assertEqual(line, 'POST /cb?ref=1 HTTP/1.1')
            self.assertNotIn('Apikey', headers)
            self.assertNotIn('Authorization', headers)
        body = json.loads(requests[1][2])
        confirmed = simulator.confirm(token)
        self.assertEqual(body, confirmed)
        self.assertEqual(body['token'], '')
        self.assertEqual(body['status'], 'completed')
        self.assert_no_more(simulator, 2)

    def test_form_and_json_say_the_same(self):
        _, _, requests = self.settle(custom_data={'transaction_id': 'é&=;', 'n': 1})
        form, body = read_form(requests[0][2]), json.loads(requests[1][2])
        self.assertEqual(set(form), set(body))
        self.assertEqual(json.loads(form.pop('custom_data')), body.pop('custom_data'))
        self.assertEqual(json.loads(form.pop('customer_details')), body.pop('customer_details'))
        self.assertEqual(form, {k: str(v) for k, v in body.items()})

    def test_declined(self):
        _, _, requests = self.settle(outcome='declined')
        self.assertEqual(read_form(requests[0][2])['status'], 'notcompleted')
        self.assertEqual(json.loads(requests[1][2])['status'], 'notcompleted')

    def test_only_when_final(self):
        simulator = self.start()
        token = simulator.create_invoice(actions__callback_url=self.receiver.url)
        for outcome in ('cancelled', 'left', 'pending'):
            simulator.play(token, outcome)
        simulator.play(token, 'declined')
        simulator.play(token, 'paid')
        requests = self.receiver.wait_for(2)
        self.assertEqual(json.loads(requests[1][2])['status'], 'notcompleted')
        self.mode = 'both'
        self.assert_no_more(simulator, 2)

    def test_after_pending(self):
        _, _, requests = self.settle('--pending-seconds', '1', outcome='pending')
        self.assertEqual(json.loads(requests[1][2])['status'], 'completed')

    def test_one(self):
        self.mode = 'one'
        simulator, _, requests = self.settle('--callback', 'one', count=1)
        self.assertEqual(self.get_types(requests), [JSON])
        self.assert_no_more(simulator, 1)

    def test_duplicate(self):
        _, _, requests = self.settle('--callback', 'duplicate', count=4)
        self.assertEqual(self.get_types(requests), [FORM, JSON, FORM, JSON])
        self.assertEqual(requests[0][2], requests[2][2])

    def test_none(self):
        simulator = self.start('--callback', 'none')
        token = simulator.create_invoice(actions__callback_url=self.receiver.url)
        simulator.play(token, 'paid')
        simulator.confirm(token)
        simulator.end()
        self.assertEqual(self.receiver.requests, [])

    def test_late(self):
        simulator = self.start('--callback', 'late', '--late-seconds', '1')
        token = simulator.create_invoice(actions__callback_url=self.receiver.url)
        start = time.monotonic()
        simulator.play(token, 'paid')
        self.assertEqual(simulator.confirm(token)['status'], 'completed')
        self.assertEqual(self.receiver.requests, [])
        requests = self.receiver.wait_for(2)
        self.assertGreater(requests[0][3] - start, 0.9)

    def test_before_redirect(self):
        simulator = self.start('--callback', 'before-redirect')
        token = simulator.create_invoice(actions__callback_url=self.receiver.url)
        reply = simulator.press(token, 'paid')
        self.assertEqual(reply.status, 302)
        self.assertEqual(len(self.receiver.requests), 2)
        reply = simulator.press(simulator.create_invoice(), 'paid')
        self.assertEqual(reply.status, 302)

    def test_network_cut(self):
        simulator = self.start()
        token = simulator.create_invoice(actions__callback_url=self.receiver.url)
        simulator.play(token, 'network-cut')
        self.mode = 'both'
        self.assert_no_more(simulator, 0)

    def test_other_token(self):
        simulator, token, requests = self.settle('--callback-token')
        other = json.loads(requests[1][2])['token']
        self.assertNotIn(other, ('', token))
        self.assertEqual(read_form(requests[0][2])['token'], other)
        self.assertEqual(simulator.confirm(other), simulator.confirm(token))

    def test_style_keys(self):
        _, _, requests = self.settle('--callback-style', 'keys',
                                     custom_data={'transaction_id': 'abc'})
        form = read_form(requests[0][2])
        self.assertEqual(form['custom_data[transaction_id]'], 'abc')
        self.assertRegex(form['custom_data[hash]'], '^[0-9a-f]{64}$')
        self.assertEqual(form['customer_details[firstname]'], '')

    def test_style_entries(self):
        _, _, requests = self.settle('--callback-style', 'entries',
                                     custom_data={'transaction_id': 'abc'})
        form = read_form(requests[0][2])
        self.assertEqual(form['custom_data[0][keyof_customdata]'], 'transaction_id')
        self.assertEqual(form['custom_data[0][valueof_customdata]'], 'abc')
        self.assertEqual(form['custom_data[1][keyof_customdata]'], 'hash')

    def test_style_empty(self):
        _, _, requests = self.settle('--callback-style', 'empty')
        self.assertEqual(read_form(requests[0][2])['custom_data'], '')
        self.assertEqual(json.loads(requests[1][2])['custom_data'], [])

    def test_legacy(self):
        _, _, requests = self.settle('--profile', 'legacy-2024', outcome='declined')
        body = json.loads(requests[1][2])
        self.assertEqual((body['status'], body['amount']), ('nocompleted', '12500'))
        self.assertEqual(body['transaction_id'], '7f3a9b')


class Targets(harness.TestCase):
    def test_other_computers_are_never_told(self):
        simulator = self.start()
        for url in ('http://192.0.2.1/cb', 'https://shop.invalid/cb', 'http://127.0.0.1.invalid/',
                    'http://localhost.invalid/', 'http://0x7f000001.invalid/', 'ftp://127.0.0.1/',
                    'file:///tmp/x', 'javascript:1', 'http://', '::', 'http://[::ffff:192.0.2.1]/'):
            token = simulator.create_invoice(actions__callback_url=url)
            simulator.play(token, 'paid')
        errors = simulator.read_errors()
        self.assertEqual(errors.count('not sent: the address is not'), 11)
        self.assertEqual(errors.count('no answer'), 0)
        simulator.end()

    def test_proxies_are_not_used(self):
        with harness.Receiver() as proxy, harness.Receiver() as receiver:
            address = f'http://127.0.0.1:{proxy.port}'
            simulator = self.start(environment={
                'http_proxy': address, 'HTTP_PROXY': address, 'no_proxy': '', 'all_proxy': address})
            token = simulator.create_invoice(actions__callback_url=receiver.url)
            simulator.play(token, 'paid')
            receiver.wait_for(2)
            self.assertEqual(proxy.requests, [])

    def test_localhost(self):
        with harness.Receiver() as receiver:
            simulator = self.start()
            url = receiver.url.replace('127.0.0.1', 'localhost')
            simulator.play(simulator.create_invoice(actions__callback_url=url), 'paid')
            receiver.wait_for(2)

    def test_nobody_listens(self):
        with harness.Receiver() as receiver:
            url = receiver.url
        simulator = self.start('--callback', 'before-redirect')
        token = simulator.create_invoice(actions__callback_url=url)
        self.assertEqual(simulator.press(token, 'paid').status, 302)
        self.assertEqual(simulator.confirm(token)['status'], 'completed')

    def test_end_while_a_callback_waits(self):
        simulator = self.start('--callback', 'late', '--late-seconds', '60')
        with harness.Receiver() as receiver:
            token = simulator.create_invoice(actions__callback_url=receiver.url)
            simulator.play(token, 'paid')
            simulator.end()
            self.assertEqual(receiver.requests, [])


if __name__ == '__main__':
    harness.main()
