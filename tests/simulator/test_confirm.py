# SPDX-License-Identifier: GPL-3.0-or-later
"""What confirm answers, in both profiles, before and after a payment."""

import base64
import json

import harness
from harness import CONFIRM

CURRENT_FIELDS = {'response_code', 'token', 'response_text', 'description', 'custom_data', 'status',
                  'operator_id', 'operator_name', 'customer', 'montant', 'amount', 'date',
                  'external_id', 'oreference', 'request_id', 'customer_details', 'wiki'}
LEGACY_FIELDS = CURRENT_FIELDS - {'oreference', 'customer_details'} | {'transaction_id'}


class Confirm(harness.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.simulator = harness.Simulator('--callback', 'none')

    @classmethod
    def tearDownClass(cls):
        cls.simulator.end()

    def assert_refused(self, reply, code):
        self.assertEqual(reply.status, 200)
        self.assertEqual(reply.json, {
            'response_code': '01', 'token': '', 'response_text': f'Echec (Code{code})',
            'description': '', 'custom_data': [],
            'wiki': 'https://client.ligdicash.com/wiki/confirmInvoice'})

    def test_pending(self):
        token = self.simulator.create_invoice(12500)
        reply = self.simulator.confirm(token)
        self.assertEqual(set(reply), CURRENT_FIELDS)
        self.assertEqual(reply['response_code'], '00')
        self.assertEqual(reply['status'], 'pending')
        for key in ('token', 'response_text', 'description', 'operator_id', 'operator_name',
                    'oreference'):
            self.assertEqual(reply[key], '', key)
        self.assertIsNone(reply['customer'])
        self.assertIs(type(reply['amount']), int)
        self.assertEqual((reply['amount'], reply['montant']), (12500, 12500))
        self.assertEqual(reply['external_id'], '7f3a9b')
        self.assertRegex(reply['date'], r'^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+00$')
        _, payload = harness.decode_token(token)
        self.assertEqual(reply['request_id'],
                         'P2' + payload['id_invoice'] + payload['start_date'][:4])
        self.assertEqual(reply['customer_details'], dict.fromkeys(
            ('firstname', 'lastname', 'email', 'phone', 'details'), ''))

    def test_custom_data(self):
        token = self.simulator.create_invoice(custom_data={
            'transaction_id': 'abc', 'order_id': 12, 'note': 'é;x', 'free': True, 'none': None,
            'hash': 'mine', 'rate': 1.5})
        reply = self.simulator.confirm(token)
        for entry in reply['custom_data']:
            self.assertEqual(list(entry), ['keyof_customdata', 'valueof_customdata',
                                           'datecreation_customdata'])
            self.assertRegex(entry['datecreation_customdata'],
                             r'^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$')
        values = {e['keyof_customdata']: e['valueof_customdata'] for e in reply['custom_data']}
        self.assertEqual(len(values), len(reply['custom_data']))
        self.assertRegex(values.pop('hash'), r'^[0-9a-f]{64}$')
        self.assertRegex(values.pop('logfile'), r'^\d{14}[0-9a-f]{13}$')
        self.assertEqual(values, {'transaction_id': 'abc', 'order_id': '12', 'note': 'é;x',
                                  'free': '1', 'none': '', 'rate': '1.5'})
        self.assertEqual(reply['external_id'], 'abc;12')

    def test_empty_custom_data(self):
        reply = self.simulator.confirm(self.simulator.create_invoice(custom_data={}))
        self.assertEqual([e['keyof_customdata'] for e in reply['custom_data']],
                         ['hash', 'logfile'])
        self.assertEqual(reply['external_id'], '')

    def test_completed(self):
        token = self.simulator.create_invoice(12500)
        self.simulator.press(token, 'pay', operator='orange-bf', phone='07 11 22 33', otp='123456')
        reply = self.simulator.confirm(token)
        self.assertEqual(set(reply), CURRENT_FIELDS)
        self.assertEqual(reply['status'], 'completed')
        self.assertEqual(reply['operator_id'], '11')
        self.assertEqual(reply['operator_name'], 'ORANGE BURKINA')
        self.assertEqual(reply['customer'], '22607112233')
        self.assertEqual(reply['customer_details']['phone'], '22607112233')
        self.assertEqual((reply['amount'], reply['montant']), (12500, 12500))
        self.assertEqual(reply['token'], '')

    def test_declined(self):
        token = self.simulator.create_invoice()
        self.simulator.play(token, 'declined')
        self.assertEqual(self.simulator.confirm(token)['status'], 'notcompleted')

    def test_final_states_never_change(self):
        for first, status in (('paid', 'completed'), ('declined', 'notcompleted'),
                              ('amount-mismatch', 'completed')):
            token = self.simulator.create_invoice()
            self.simulator.play(token, first)
            before = self.simulator.confirm(token)
            self.assertEqual(before['status'], status)
            for outcome in ('paid', 'declined', 'pending', 'cancelled', 'amount-mismatch', 'left'):
                self.simulator.play(token, outcome)
                self.simulator.press(token, outcome, operator='moov-bf', phone='01020304')
                self.assertEqual(self.simulator.confirm(token), before)

    def test_amount_mismatch(self):
        for amount, other in ((12500, 2500), (10000, 5000), (25000, 15000), (9, 4), (10001, 1)):
            token = self.simulator.create_invoice(amount)
            self.simulator.play(token, 'amount-mismatch')
            reply = self.simulator.confirm(token)
            self.assertEqual((reply['status'], reply['amount'], reply['montant']),
                             ('completed', other, other))

    def test_cancelled_and_left_stay_pending(self):
        for outcome in ('cancelled', 'left'):
            token = self.simulator.create_invoice()
            self.simulator.play(token, outcome)
            self.assertEqual(self.simulator.confirm(token)['status'], 'pending')
            self.simulator.play(token, 'paid')
            self.assertEqual(self.simulator.confirm(token)['status'], 'completed')

    def test_forms(self):
        token = self.simulator.create_invoice()
        for path in ('/?invoiceToken=', '?invoiceToken=', '/?token=', '?token='):
            reply = self.simulator.ask_confirm(token, path=CONFIRM + path)
            self.assertEqual(reply.json['status'], 'pending', path)
        both = self.simulator.ask_confirm(token, path=CONFIRM + '/?token=x&invoiceToken=').json
        self.assertEqual(both['status'], 'pending')
        both = self.simulator.ask_confirm('x', path=CONFIRM + f'/?token={token}&invoiceToken=')
        self.assert_refused(both, '02')
        posted = self.simulator.ask('POST', CONFIRM + '/?invoiceToken=' + token,
                                    headers=self.simulator.get_headers()).json
        self.assertEqual(posted['status'], 'pending')

    def test_unknown(self):
        token = self.simulator.create_invoice()
        header, payload, signature = token.split('.')
        claims = json.loads(base64.urlsafe_b64decode(payload + '=='))
        claims['id_invoice'] = '12345678'
        other = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b'=').decode()
        for wrong in ('x', 'a.b.c', '..', 'a.b', token[:-2], token + 'A', header + '..' + signature,
                      header + '.' + other + '.' + signature, header + '.' + payload + '.',
                      'x' * 5000, '%ff%fe'):
            with self.subTest(wrong):
                self.assert_refused(self.simulator.ask_confirm(wrong), '02')

    def test_no_token(self):
        for path in ('', '/', '/?', '/?invoiceToken=', '/?invoiceToken=%00', '/?other=1'):
            reply = self.simulator.ask('GET', CONFIRM + path, headers=self.simulator.get_headers())
            self.assert_refused(reply, '04')

    def test_keys(self):
        token = self.simulator.create_invoice()
        self.assert_refused(self.simulator.ask_confirm(token, {'Apikey': harness.API_KEY}), '00')
        self.assert_refused(self.simulator.ask_confirm('x', {'Apikey': 'WRONG'}), '00')

    def test_counts(self):
        token = self.simulator.create_invoice()
        for _ in range(3):
            self.simulator.confirm(token)
        invoice = self.simulator.list_invoices()['invoices'][-1]
        self.assertEqual(invoice['confirms'], 3)
        times = invoice['confirm_times']
        self.assertEqual(len(times), 3)
        self.assertEqual(times, sorted(times))
        self.assertGreaterEqual(times[0], invoice['created_at'])


class Variants(harness.TestCase):
    def test_strict_parameter(self):
        simulator = self.start('--strict-parameter')
        token = simulator.create_invoice()
        self.assertEqual(simulator.confirm(token)['status'], 'pending')
        reply = simulator.ask_confirm(token, path=CONFIRM + '/?token=').json
        self.assertEqual(reply['response_text'], 'Echec (Code04)')

    def test_legacy(self):
        simulator = self.start('--profile', 'legacy-2024', '--callback', 'none')
        token = simulator.create_invoice(custom_data={'transaction_id': 'abc', 'n': 5})
        _, payload = harness.decode_token(token)
        pending = simulator.confirm(token)
        self.assertEqual(set(pending), LEGACY_FIELDS)
        self.assertEqual((pending['amount'], pending['montant']), ('12500', '12500'))
        self.assertEqual(pending['transaction_id'], 'abc')
        for entry in pending['custom_data']:
            self.assertEqual(list(entry), ['id_invoice', 'keyof_customdata', 'valueof_customdata'])
            self.assertEqual(entry['id_invoice'], int(payload['id_invoice']))
            self.assertIs(type(entry['valueof_customdata']), str)
        simulator.play(token, 'declined')
        self.assertEqual(simulator.confirm(token)['status'], 'nocompleted')

    def test_pending_becomes_paid(self):
        simulator = self.start('--pending-seconds', '1')
        token = simulator.create_invoice()
        simulator.play(token, 'pending')
        self.assertEqual(simulator.confirm(token)['status'], 'pending')
        harness.wait_until(lambda: simulator.confirm(token)['status'] == 'completed', 'paid')

    def test_pending_can_be_decided_before(self):
        simulator = self.start('--pending-seconds', '1')
        token = simulator.create_invoice()
        other = simulator.create_invoice()
        simulator.play(token, 'pending')
        simulator.play(other, 'pending')
        simulator.play(token, 'declined')
        harness.wait_until(lambda: simulator.confirm(other)['status'] == 'completed', 'paid')
        self.assertEqual(simulator.confirm(token)['status'], 'notcompleted')


if __name__ == '__main__':
    harness.main()
