# SPDX-License-Identifier: GPL-3.0-or-later
"""LigdiCash's own libraries of 2024, as they look from the wire: what each sends, byte for byte
in shape, and what each insists on in an answer. JavaScript and PHP work with both profiles, Dart
and Python need the legacy one."""

import json
import re

import harness
from harness import CONFIRM, CREATE

BASE = '/pay/v01/'


def find_code(text):
    """All of them look for the sub-code so."""
    return re.search(r'\d{2,3}[a-z]?', text).group()


class Library:
    """One library: its way to ask, and its reading of answers, which raises where it would."""

    agent = ''

    def __init__(self, simulator, api_key=harness.API_KEY):
        self.simulator = simulator
        self.headers = {'User-Agent': self.agent, 'Apikey': api_key,
                        'Authorization': 'Bearer ' + simulator.token,
                        'Accept': 'application/json', 'Content-Type': 'application/json'}

    def make_invoice(self, number):
        return {'items': [{'name': 'Riz', 'description': '', 'quantity': 2,
                           'unit_price': number(500), 'total_price': number(1000)}],
                'total_amount': number(1000), 'devise': 'xof', 'description': 'Ticket',
                'customer': '', 'customer_firstname': '', 'customer_lastname': '',
                'customer_email': '', 'external_id': '', 'otp': ''}

    def make_commande(self, custom_data, actions, number=int):
        return {'commande': {'invoice': self.make_invoice(number),
                             'store': {'name': '', 'website_url': ''},
                             'actions': actions, 'custom_data': custom_data}}

    def check_http(self, reply):
        if not 200 <= reply.status < 300:
            raise AssertionError(reply.status)
        return reply.json

    def unwrap(self, reply):
        data = self.check_http(reply)
        if data['response_code'] != '00':
            raise LookupError(find_code(data['response_text']))
        return data

    def post(self, payload):
        return self.unwrap(self.simulator.ask('POST', CREATE, payload, self.headers))

    def get(self, token):
        return self.unwrap(self.simulator.ask('GET', CONFIRM + '/?invoiceToken=' + token,
                                              headers=self.headers))


class JavaScript(Library):
    agent = 'node-fetch/1.0 (+https://github.com/bitinn/node-fetch)'

    def unwrap(self, reply):
        data = super().unwrap(reply)
        custom_data = data.get('custom_data')
        if isinstance(custom_data, (list, str)) and len(custom_data) > 0:
            data['custom_data'] = {e['keyof_customdata']: e['valueof_customdata']
                                   for e in custom_data}
        return data

    def pay(self, custom_data):
        # Empty return and cancel addresses are left out.
        commande = self.make_commande(custom_data, {'callback_url': ''})
        data = self.post(json.dumps(commande, separators=(',', ':'), ensure_ascii=False))
        return data['token'], data['response_text']

    def look(self, token):
        data = self.get(token)
        return data['status'], int(data['amount']), data['custom_data']['transaction_id']


class Php(Library):
    agent = 'GuzzleHttp/7'

    def check_http(self, reply):
        if reply.status >= 400:
            raise AssertionError(reply.status)
        return reply.json

    def pay(self, custom_data):
        commande = self.make_commande(custom_data or [], {'cancel_url': '', 'return_url': '',
                                                          'callback_url': 'https://a.invalid/b'})
        data = self.post(json.dumps(commande, separators=(',', ':')).replace('/', '\\/'))
        for key in ('response_code', 'token', 'response_text', 'description', 'wiki'):
            data[key]
        return data['token'], data['response_text']

    def look(self, token):
        data = self.get(token)
        for key in ('response_code', 'token', 'response_text', 'description', 'wiki', 'montant',
                    'amount', 'status', 'operator_id', 'operator_name', 'external_id'):
            data[key]
        values = {e['keyof_customdata']: e['valueof_customdata'] for e in data['custom_data']}
        return data['status'], int(data['amount']), values['transaction_id']


class Dart(Library):
    agent = 'Dart/3.4 (dart:io)'

    def check_http(self, reply):
        if reply.status != 200:
            raise AssertionError(reply.status)
        return reply.json

    def check_strings(self, data, *keys):
        for key in keys:
            if not isinstance(data[key], str):
                raise TypeError(key)

    def pay(self, custom_data):
        commande = self.make_commande(custom_data, {'callback_url': '', 'cancel_url': '',
                                                    'return_url': ''}, number=float)
        body = json.dumps(commande, separators=(',', ':'), ensure_ascii=False)
        assert '"total_amount":1000.0' in body
        data = self.post(body.encode())
        self.check_strings(data, 'response_code', 'token', 'response_text', 'description', 'wiki')
        dict.items(data['custom_data'])
        return data['token'], data['response_text']

    def look(self, token):
        data = self.get(token)
        self.check_strings(data, 'response_code', 'token', 'response_text', 'description', 'wiki',
                           'status', 'operator_id', 'operator_name', 'amount', 'montant')
        for key in ('external_id', 'transaction_id', 'date', 'customer', 'request_id'):
            if data.get(key) is not None:
                self.check_strings(data, key)
        for entry in data['custom_data']:
            self.check_strings(entry, 'keyof_customdata', 'valueof_customdata')
        values = {e['keyof_customdata']: e['valueof_customdata'] for e in data['custom_data']}
        word = data['status'] if data['status'] in ('pending', 'completed') else 'nocompleted'
        return word, int(data['amount']), values['transaction_id']


class Python(Library):
    agent = 'python-requests/2.32.3'

    def pay(self, custom_data):
        commande = self.make_commande(custom_data, {'cancel_url': '', 'return_url': '',
                                                    'callback_url': ''})
        data = self.post(json.dumps(commande))

        def read(response_code, token, response_text, description, wiki, customdata=None,
                 custom_data=None, **others):
            return token, response_text
        return read(**data)

    def look(self, token):
        # Called with the answer's keys: none may be missing, none may be more.
        def read(response_code, token, response_text, description, custom_data, wiki, amount,
                 montant, status, operator_id, operator_name, external_id, transaction_id,
                 date=None, customer=None, request_id=None):
            values = {e['keyof_customdata']: e['valueof_customdata'] for e in custom_data}
            return status, int(amount), values['transaction_id']
        return read(**self.get(token))


class Wire(harness.TestCase):
    def play(self, library):
        simulator = library.simulator
        for outcome, words in (('paid', ('completed',)),
                               ('declined', ('notcompleted', 'nocompleted'))):
            token, url = library.pay({'transaction_id': 'abc-1', 'till': 3})
            self.assertTrue(url.startswith(simulator.base + '/directpayment/invoice/'))
            self.assertEqual(simulator.ask('GET', url[len(simulator.base):]).status, 200)
            self.assertEqual(library.look(token), ('pending', 1000, 'abc-1'))
            simulator.press(token, outcome, operator='orange-bf', phone='07112233')
            status, amount, transaction_id = library.look(token)
            self.assertIn(status, words)
            self.assertEqual((amount, transaction_id), (1000, 'abc-1'))
        library.pay({})
        with self.assertRaises(LookupError) as context:
            library.look('unknown')
        self.assertEqual(context.exception.args[0], '02')
        with self.assertRaises(LookupError) as context:
            type(library)(simulator, api_key='WRONG').pay({})
        self.assertEqual(context.exception.args[0], '00')

    def test_current(self):
        simulator = self.start('--callback', 'none')
        for library in (JavaScript, Php):
            with self.subTest(library.__name__):
                self.play(library(simulator))

    def test_legacy(self):
        simulator = self.start('--callback', 'none', '--profile', 'legacy-2024')
        for library in (JavaScript, Php, Dart, Python):
            with self.subTest(library.__name__):
                self.play(library(simulator))

    def test_why_there_is_a_legacy_profile(self):
        simulator = self.start('--callback', 'none')
        for library in (Dart, Python):
            token, _ = library(simulator).pay({'transaction_id': 'abc'})
            with self.assertRaises(TypeError):
                library(simulator).look(token)


if __name__ == '__main__':
    harness.main()
