# SPDX-License-Identifier: GPL-3.0-or-later
"""What create answers, and what it refuses with which code."""

import json
import time

import harness
from harness import CREATE, make_order


class Create(harness.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.simulator = harness.Simulator()

    @classmethod
    def tearDownClass(cls):
        cls.simulator.end()

    def assert_refused(self, order, code, details=None, headers=None):
        reply = self.simulator.create(order, headers)
        expected = {'response_code': '01', 'token': '', 'response_text': f'Echec (Code{code})',
                    'description': '', 'custom_data': [],
                    'wiki': 'https://client.ligdicash.com/wiki/createInvoice'}
        if details:
            expected['response_text_details'] = details
        self.assertEqual(reply.status, 200)
        self.assertEqual(reply.json, expected)

    def assert_accepted(self, order):
        reply = self.simulator.create(order)
        self.assertEqual(reply.json['response_code'], '00', reply.json)
        return reply.json

    def test_six_fields(self):
        reply = self.simulator.create(make_order())
        self.assertEqual(reply.status, 200)
        self.assertTrue(reply.headers['Content-Type'].startswith('application/json'))
        self.assertEqual(list(reply.json), ['response_code', 'token', 'response_text',
                                            'description', 'custom_data', 'wiki'])
        self.assertEqual(reply.json['response_code'], '00')
        self.assertEqual(reply.json['description'], '')
        self.assertEqual(reply.json['response_text'],
                         self.simulator.base + '/directpayment/invoice/' + reply.json['token'])
        self.assertEqual(reply.json['wiki'], 'https://client.ligdicash.com/wiki/createInvoice')

    def test_token(self):
        before = int(time.time())
        header, payload = harness.decode_token(self.simulator.create_invoice())
        after = int(time.time())
        self.assertEqual(header, {'typ': 'JWT', 'alg': 'HS256'})
        self.assertEqual(sorted(payload), ['expiry_date', 'id_invoice', 'start_date'])
        self.assertRegex(payload['id_invoice'], r'^\d{8}$')
        self.assertTrue(before <= payload['expiry_date'] - 86400 <= after)
        start = time.strftime('%Y-%m-%d %H:%M:%S', time.gmtime(payload['expiry_date'] - 86400))
        self.assertEqual(payload['start_date'], start)

    def test_tokens_differ(self):
        tokens = {self.simulator.create_invoice() for _ in range(5)}
        self.assertEqual(len(tokens), 5)

    def test_custom_data_comes_back_with_the_logfile(self):
        data = {'transaction_id': 'abc', 'till': 3, 'paid': True, 'note': 'é « x »',
                'logfile': 'mine'}
        reply = self.assert_accepted(make_order(custom_data=data))
        logfile = reply['custom_data'].pop('logfile')
        del data['logfile']
        self.assertEqual(reply['custom_data'], data)
        self.assertRegex(logfile, time.strftime('^%Y', time.gmtime()) + r'\d{10}[0-9a-f]{13}$')

    def test_keys(self):
        good = self.simulator.get_headers()
        for changes in ({'Apikey': None}, {'Authorization': None}, {'Apikey': 'WRONG'},
                        {'Apikey': ''}, {'Authorization': 'Bearer x'},
                        {'Authorization': self.simulator.token},
                        {'Authorization': 'Basic ' + self.simulator.token}):
            with self.subTest(changes):
                headers = {k: v for k, v in {**good, **changes}.items() if v is not None}
                self.assert_refused(make_order(), '00', headers=headers)

    def test_keys_are_checked_first(self):
        self.assert_refused('nonsense', '00', headers={'Apikey': 'WRONG'})

    def test_method(self):
        reply = self.simulator.ask('GET', CREATE, headers=self.simulator.get_headers())
        self.assertEqual(reply.status, 200)
        self.assertEqual(reply.json['response_text'], 'Echec (Code12)')

    def test_amount(self):
        for amount in (8, 2000001, 0, -100, 99.5, 1000.01, '1000', True, [], {}, 1e300,
                       18446744073709551716, None):
            with self.subTest(amount):
                self.assert_refused(make_order(invoice__total_amount=amount), '02')
        for amount in (9, 10, 2000000, 1000.0, 9.0, 2e6):
            with self.subTest(amount):
                self.assert_accepted(make_order(invoice__total_amount=amount))

    def test_amount_is_missing(self):
        order = make_order()
        del order['commande']['invoice']['total_amount']
        self.assert_refused(order, '08')

    def test_items(self):
        item = {'name': 'Riz', 'description': '', 'quantity': 1, 'unit_price': 500,
                'total_price': 500}
        for key in ('name', 'quantity', 'unit_price', 'total_price'):
            with self.subTest(key):
                less = {k: v for k, v in item.items() if k != key}
                self.assert_refused(make_order(invoice__items=[item, less]), '04',
                                    f'Undefined array key "{key}"')
        quick_start = {'name': 'Riz', 'quantity': 1, 'price': 500, 'total_price': 500}
        self.assert_refused(make_order(invoice__items=[quick_start]), '04',
                            'Undefined array key "unit_price"')
        self.assert_refused(make_order(invoice__items=['Riz']), '04')
        self.assert_refused(make_order(invoice__items=[{**item, 'unit_price': '500'}]), '08')
        self.assert_refused(make_order(invoice__items={}), '08')
        self.assert_accepted(make_order(invoice__items=[]))
        self.assert_accepted(make_order(
            invoice__items=[{k: v for k, v in item.items() if k != 'description'}]))

    def test_sum_is_not_checked(self):
        self.assert_accepted(make_order(500, invoice__total_amount=12500))

    def test_input(self):
        for body in ('', 'null', '[]', '{}', '"commande"', '{"commande":[]}', '{"commande":null}',
                     'amount=12500', '{"commande":', b'\xff\xfe\x00', b'{"commande":{}}\x00',
                     "{'commande':{}}"):
            with self.subTest(body):
                self.assert_refused(body, '08')

    def test_required(self):
        for path in ('invoice', 'store', 'actions', 'custom_data', 'invoice.items',
                     'invoice.devise', 'invoice.description', 'invoice.customer', 'store.name',
                     'store.website_url', 'actions.callback_url'):
            with self.subTest(path):
                order = make_order()
                target = order['commande']
                *parents, last = path.split('.')
                for parent in parents:
                    target = target[parent]
                del target[last]
                self.assert_refused(order, '08')

    def test_types(self):
        for changes in ({'invoice__devise': 'EUR'}, {'invoice__devise': 952},
                        {'invoice__description': 5}, {'store__name': {}},
                        {'invoice__customer': 22607000001}, {'actions__return_url': []},
                        {'custom_data': ['a']}, {'custom_data': 'a'},
                        {'custom_data': {'a': {}}}, {'custom_data': {'a': [1]}}):
            with self.subTest(changes):
                self.assert_refused(make_order(**changes), '08')

    def test_tolerance(self):
        order = make_order(invoice__devise='xof', invoice__network='',
                           actions__callback_url_method='post_json', custom_data={}, unknown=[1])
        for key in ('cancel_url', 'return_url'):
            del order['commande']['actions'][key]
        for key in ('customer_firstname', 'customer_lastname', 'customer_email', 'external_id',
                    'otp'):
            del order['commande']['invoice'][key]
        order['more'] = {'x': None}
        self.assert_accepted(order)
        self.assertEqual(list(self.assert_accepted(make_order(custom_data=[]))['custom_data']),
                         ['logfile'])

    def test_depth_and_size(self):
        self.assert_refused('[' * 200000, '08')
        self.assert_refused('{"commande":' * 50000, '08')
        self.assert_refused(json.dumps(make_order(store__name='a' * 10)).replace(
            '"custom_data": {', '"custom_data": {"a":' + '[' * 100 + ']' * 100 + ','), '08')
        reply = self.simulator.create(make_order(store__name='a' * (2 << 20)))
        self.assertEqual(reply.status, 413)
        self.assert_accepted(make_order(store__name='a' * 500000))

    def test_chunked_body_is_bounded(self):
        connection = self.simulator.connect()
        connection.request('POST', CREATE, iter([b'x' * 65536] * 64), self.simulator.get_headers(),
                           encode_chunked=True)
        self.assertEqual(connection.getresponse().status, 413)
        connection.close()

    def test_counts(self):
        before = self.simulator.list_invoices()
        self.simulator.create('nonsense')
        token = self.simulator.create_invoice(4321)
        after = self.simulator.list_invoices()
        self.assertEqual(after['creates'], before['creates'] + 2)
        self.assertEqual(len(after['invoices']), len(before['invoices']) + 1)
        self.assertEqual(after['invoices'][-1]['token'], token)
        self.assertEqual(after['invoices'][-1]['amount'], 4321)
        self.assertEqual(after['invoices'][-1]['status'], 'pending')
        self.assertEqual(after['invoices'][-1]['confirms'], 0)

    def test_other_paths(self):
        for path in ('/', '/pay/v01/redirect/checkout-invoice/refund', '/favicon.ico'):
            self.assertEqual(self.simulator.ask('GET', path).status, 404)


class Credentials(harness.TestCase):
    def write(self, directory, name, text):
        with open(f'{directory}/{name}', 'w', encoding='utf-8') as file:
            file.write(text)

    def test_from_a_directory(self):
        directory = self.make_directory()
        self.write(directory, 'ligdipay-api-key', 'KEY17\n')
        self.write(directory, 'ligdipay-api-token', 'a.b.c\n')
        headers = {'Apikey': 'KEY17', 'Authorization': 'Bearer a.b.c'}
        for arguments, environment in ((('--credentials', directory), {}),
                                       ((), {'CREDENTIALS_DIRECTORY': directory})):
            simulator = self.start(*arguments, environment=environment)
            self.assertEqual(simulator.create(make_order(), headers).json['response_code'], '00')
            self.assertEqual(simulator.create(make_order()).json['response_text'],
                             'Echec (Code00)')

        simulator = self.start('--public-keys', environment={'CREDENTIALS_DIRECTORY': directory})
        self.assertEqual(simulator.create(make_order()).json['response_code'], '00')

    def test_of_others_only(self):
        simulator = self.start(environment={'CREDENTIALS_DIRECTORY': self.make_directory()})
        self.assertEqual(simulator.create(make_order()).json['response_code'], '00')


if __name__ == '__main__':
    harness.main()
