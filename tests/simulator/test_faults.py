# SPDX-License-Identifier: GPL-3.0-or-later
"""Each fault by name, what it breaks, and that nothing breaks the simulator itself."""

import http.client
import json
import os
import random
import socket
import ssl
import struct
import time

import harness
from harness import CREATE, make_order


class Faults(harness.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.simulator = harness.Simulator('--slow-seconds', '1', '--cut-seconds', '1',
                                          '--callback', 'none')

    @classmethod
    def tearDownClass(cls):
        cls.simulator.end()

    def setUp(self):
        self.simulator.set_fault('none')

    def make_paid(self, amount=12500):
        token = self.simulator.create_invoice(amount)
        self.simulator.play(token, 'paid')
        return token

    def break_confirm(self, fault, outcome='paid'):
        token = self.simulator.create_invoice()
        if outcome:
            self.simulator.play(token, outcome)
        self.assertEqual(self.simulator.set_fault(fault), [fault])
        return self.simulator.ask_confirm(token)

    def assert_never_answers(self, method, path, body=None, headers=None):
        """The connection stays open and silent; then the client gives up."""
        connection = http.client.HTTPConnection(self.simulator.host, self.simulator.port,
                                                timeout=1)
        connection.request(method, path, body, headers or self.simulator.get_headers())
        with self.assertRaises(socket.timeout):
            connection.getresponse()
        connection.close()

    def assert_html(self, reply, status):
        self.assertEqual(reply.status, status)
        self.assertTrue(reply.headers['Content-Type'].startswith('text/html'))
        with self.assertRaises(json.JSONDecodeError):
            reply.json

    def test_none(self):
        self.assertEqual(self.simulator.set_fault('none'), [])
        self.simulator.set_fault('slow')
        self.assertEqual(self.simulator.set_fault('rate-limit'), ['slow', 'rate-limit'])
        self.assertEqual(self.simulator.list_invoices()['faults'], ['slow', 'rate-limit'])

    def test_unknown_names(self):
        self.assertEqual(self.simulator.steer('POST', 'fault?name=sleepy').status, 400)
        self.assertEqual(self.simulator.steer('POST', 'fault').status, 400)
        self.assertEqual(self.simulator.steer('POST', 'fault?name=tls-bad-certificate').status, 409)

    def test_slow(self):
        start = time.monotonic()
        self.assertEqual(self.break_confirm('slow').json['status'], 'completed')
        self.assertGreater(time.monotonic() - start, 0.9)

    def test_hang(self):
        token = self.make_paid()
        self.simulator.set_fault('hang')
        self.assert_never_answers('GET', harness.CONFIRM + '/?invoiceToken=' + token)
        self.simulator.set_fault('none')
        self.assertEqual(self.simulator.confirm(token)['status'], 'completed')

    def test_cut(self):
        with self.assertRaises((http.client.RemoteDisconnected, ConnectionResetError)):
            self.break_confirm('cut')

    def test_http_500(self):
        self.assert_html(self.break_confirm('http-500'), 500)

    def test_not_json(self):
        self.assert_html(self.break_confirm('not-json'), 200)

    def test_empty(self):
        reply = self.break_confirm('empty')
        self.assertEqual((reply.status, reply.body), (200, b''))

    def test_truncated(self):
        with self.assertRaises(http.client.IncompleteRead) as context:
            self.break_confirm('truncated')
        self.assertGreater(len(context.exception.partial), 10)

    def test_truncated_json(self):
        reply = self.break_confirm('truncated-json')
        self.assertEqual(len(reply.body), int(reply.headers['Content-Length']))
        self.assertTrue(reply.body.startswith(b'{"response_code":"00"'))
        with self.assertRaises(json.JSONDecodeError):
            reply.json

    def test_too_large(self):
        reply = self.break_confirm('too-large')
        self.assertGreater(len(reply.body), 8 * 1024 * 1024)
        self.assertEqual(reply.json['status'], 'completed')

    def test_rate_limit(self):
        reply = self.break_confirm('rate-limit')
        token = self.simulator.list_invoices()['invoices'][-1]['token']
        self.assertEqual(reply.json['status'], 'completed')
        reply = self.simulator.ask_confirm(token)
        self.assertEqual(reply.status, 429)
        self.assertIn(int(reply.headers['Retry-After']), (1, 2, 3))
        other = self.make_paid()
        self.assertEqual(self.simulator.ask_confirm(other).status, 200)

    def test_code03(self):
        reply = self.break_confirm('code03').json
        self.assertEqual((reply['response_code'], reply['response_text']),
                         ('01', 'Echec (Code03)'))
        self.assertNotIn('status', reply)

    def test_amounts(self):
        self.assertEqual(self.break_confirm('amount-mismatch').json['amount'], 2500)
        self.simulator.set_fault('none')
        reply = self.break_confirm('amounts-disagree').json
        self.assertEqual(reply['amount'], 12500)
        self.assertNotEqual(reply['montant'], 12500)
        self.simulator.set_fault('none')
        reply = self.break_confirm('missing-amount').json
        self.assertEqual(reply['status'], 'completed')
        self.assertFalse({'amount', 'montant'} & set(reply))
        self.simulator.set_fault('none')
        reply = self.break_confirm('string-amounts').json
        self.assertEqual((reply['amount'], reply['montant']), ('12500', '12500'))

    def test_words(self):
        self.assertEqual(self.break_confirm('nocompleted', 'declined').json['status'],
                         'nocompleted')
        self.simulator.set_fault('none')
        self.assertEqual(self.break_confirm('unknown-status').json['status'], 'processing')

    def test_other_id(self):
        reply = self.break_confirm('other-id').json
        values = {e['keyof_customdata']: e['valueof_customdata'] for e in reply['custom_data']}
        self.assertNotEqual(values['transaction_id'], '7f3a9b')
        self.assertEqual(reply['external_id'], values['transaction_id'])

    def test_other_currency(self):
        self.assertEqual(self.break_confirm('other-currency').json['currency'], 'EUR')

    def test_network_cut(self):
        token = self.simulator.create_invoice()
        other = self.make_paid()
        self.simulator.play(token, 'network-cut')
        with self.assertRaises((http.client.RemoteDisconnected, ConnectionResetError)):
            self.simulator.confirm(token)
        self.assertEqual(self.simulator.confirm(other)['status'], 'completed')

        def is_back():
            try:
                return self.simulator.confirm(token)['status'] == 'completed'
            except (http.client.RemoteDisconnected, ConnectionResetError):
                return False
        harness.wait_until(is_back, 'the network is back')

    def test_create_codes(self):
        for code in range(19):
            self.simulator.set_fault('none')
            self.simulator.set_fault(f'create-code{code:02}')
            reply = self.simulator.create(make_order()).json
            self.assertEqual(reply['response_code'], '01')
            self.assertEqual(reply['response_text'], f'Echec (Code{code:02})')

    def test_create_creates_nothing(self):
        before = len(self.simulator.list_invoices()['invoices'])
        headers = self.simulator.get_headers()
        self.simulator.set_fault('create-500')
        self.assert_html(self.simulator.create(make_order()), 500)
        self.simulator.set_fault('none')
        self.simulator.set_fault('create-not-json')
        self.assert_html(self.simulator.create(make_order()), 200)
        self.simulator.set_fault('none')
        self.simulator.set_fault('create-empty')
        self.assertEqual(self.simulator.create(make_order()).body, b'')
        self.simulator.set_fault('none')
        self.simulator.set_fault('create-cut')
        with self.assertRaises((http.client.RemoteDisconnected, ConnectionResetError)):
            self.simulator.create(make_order())
        self.simulator.set_fault('none')
        self.simulator.set_fault('create-hang')
        self.assert_never_answers('POST', CREATE, json.dumps(make_order()), headers)
        self.assertEqual(len(self.simulator.list_invoices()['invoices']), before)

    def test_create_whose_answer_is_lost(self):
        before = len(self.simulator.list_invoices()['invoices'])
        self.simulator.set_fault('create-truncated')
        with self.assertRaises(http.client.IncompleteRead):
            self.simulator.create(make_order())
        self.simulator.set_fault('none')
        self.simulator.set_fault('create-too-large')
        self.assertGreater(len(self.simulator.create(make_order()).body), 8 * 1024 * 1024)
        self.assertEqual(len(self.simulator.list_invoices()['invoices']), before + 2)

    def test_create_answers_nonsense(self):
        self.simulator.set_fault('create-no-token')
        reply = self.simulator.create(make_order()).json
        self.assertEqual((reply['response_code'], reply['token']), ('00', ''))
        self.simulator.set_fault('none')
        self.simulator.set_fault('create-bad-url')
        reply = self.simulator.create(make_order()).json
        self.assertTrue(reply['response_text'].startswith('javascript:'))

    def test_create_slow(self):
        self.simulator.set_fault('create-slow')
        start = time.monotonic()
        self.simulator.create_invoice()
        self.assertGreater(time.monotonic() - start, 0.9)

    def test_page(self):
        token = self.simulator.create_invoice()
        self.simulator.set_fault('page-500')
        self.assert_html(self.simulator.open_page(token), 500)
        self.simulator.set_fault('none')
        self.simulator.set_fault('page-blank')
        reply = self.simulator.open_page(token)
        self.assertEqual((reply.status, reply.body), (200, b''))
        self.simulator.set_fault('none')
        self.simulator.set_fault('page-cut')
        with self.assertRaises((http.client.RemoteDisconnected, ConnectionResetError)):
            self.simulator.open_page(token)
        self.simulator.set_fault('none')
        self.simulator.set_fault('page-hang')
        self.assert_never_answers('GET', '/directpayment/invoice/' + token)
        self.simulator.set_fault('none')
        self.simulator.set_fault('page-slow')
        start = time.monotonic()
        self.assertIn('DÉMONSTRATION', self.simulator.open_page(token).text)
        self.assertGreater(time.monotonic() - start, 0.9)

    def test_by_amount(self):
        listed = self.simulator.create_invoice(9901)
        self.simulator.press(listed, 'pay', operator='orange-bf', phone='07000001', otp='123456')
        self.assertEqual(self.simulator.confirm(listed)['status'], 'notcompleted')
        for amount in (9900, 9905, 12500, 100, 2000000):
            token = self.simulator.create_invoice(amount)
            self.simulator.press(token, 'pay', operator='orange-bf', phone='07000001', otp='123456')
            reply = self.simulator.confirm(token)
            self.assertEqual((reply['status'], reply['amount']), ('completed', amount))


class Robustness(harness.TestCase):
    def send(self, simulator, data):
        with socket.create_connection((simulator.host, simulator.port), harness.DEADLINE) as link:
            link.sendall(data)
            link.shutdown(socket.SHUT_WR)
            answer = b''
            while True:
                try:
                    piece = link.recv(65536)
                except ConnectionResetError:
                    break
                if not piece:
                    break
                answer += piece
        return answer

    def assert_alive(self, simulator):
        self.assertEqual(simulator.confirm(simulator.create_invoice())['status'], 'pending')

    def test_garbage(self):
        simulator = self.start('--quiet')
        source = random.Random(20261122)
        head = b'POST ' + CREATE.encode() + b' HTTP/1.1\r\nHost: 127.0.0.1\r\n'
        for data in (b'', b'\r\n\r\n', b'\x00' * 100, b'GET\r\n\r\n', b'GET / HTTP/9.9\r\n\r\n',
                     b'GET ' + b'/' * 70000 + b' HTTP/1.1\r\n\r\n',
                     b'GET / HTTP/1.1\r\nHost: a b\r\n\r\n', b'GET * HTTP/1.1\r\nHost: x\r\n\r\n',
                     b'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n',
                     b'GET /directpayment/invoice/%ff%00 HTTP/1.1\r\nHost: x\r\n\r\n',
                     b'GET /directpayment/invoice/../../x HTTP/1.1\r\nHost: x\r\n\r\n',
                     head + b'Content-Length: 99999999999999999999\r\n\r\n{}',
                     head + b'Content-Length: -1\r\n\r\n{}',
                     head + b'Content-Length: 50\r\n\r\n{}',
                     head + b'Transfer-Encoding: chunked\r\n\r\nzz\r\n{}',
                     head + b'Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}',
                     *(source.randbytes(source.randrange(1, 400)) for _ in range(50))):
            self.send(simulator, data)
        self.assert_alive(simulator)

    def test_form_garbage(self):
        simulator = self.start('--quiet')
        token = simulator.create_invoice()
        source = random.Random(20261123)
        for _ in range(60):
            body = source.choice((b'action=pay&operator=', b'action=', b'phone=', b'')) + bytes(
                source.choice(b'%&=+[]\xff\x00az09') for _ in range(source.randrange(0, 60)))
            reply = simulator.ask('POST', '/directpayment/invoice/' + token, body,
                                  {'Content-Type': 'application/x-www-form-urlencoded'})
            self.assertIn(reply.status, (200, 302))
        self.assert_alive(simulator)

    def test_clients_that_leave(self):
        simulator = self.start('--quiet', '--slow-seconds', '1')
        token = simulator.create_invoice()
        for fault in ('slow', 'hang', 'too-large', 'truncated', 'cut'):
            simulator.set_fault(fault)
            links = []
            for _ in range(10):
                link = simulator.connect()
                link.request('GET', harness.CONFIRM + '/?invoiceToken=' + token,
                             headers=simulator.get_headers())
                links.append(link)
            for link in links:
                link.close()
            simulator.set_fault('none')
        harness.wait_until(
            lambda: simulator.list_invoices()['invoices'][0]['confirms'] >= 50, 'all were asked')
        self.assert_alive(simulator)
        # One more slow answer comes after all those that nobody waits for.
        simulator.set_fault('slow')
        self.assertEqual(simulator.confirm(token)['status'], 'pending')

    def test_connections_do_not_pile_up(self):
        simulator = self.start('--quiet')
        descriptors = f'/proc/{simulator.process.pid}/fd'
        before = len(os.listdir(descriptors))
        for _ in range(30):
            simulator.ask('GET', '/')
            link = simulator.connect()
            link.connect()
            link.close()
        harness.wait_until(lambda: len(os.listdir(descriptors)) <= before,
                           'closed connections are forgotten')

    def test_broken_connections_do_not_pile_up(self):
        """A client that was killed may leave a reset behind, and not an end."""
        simulator = self.start('--quiet')
        descriptors = f'/proc/{simulator.process.pid}/fd'
        before = len(os.listdir(descriptors))
        for _ in range(30):
            connection = simulator.connect()
            connection.request('GET', '/')
            connection.getresponse().read()
            connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
            connection.close()
        harness.wait_until(lambda: len(os.listdir(descriptors)) <= before,
                           'broken connections are forgotten')

    def test_connections_are_kept(self):
        simulator = self.start('--quiet')
        connection = simulator.connect()
        connection.request('GET', '/')
        connection.getresponse().read()
        link = connection.sock
        connection.request('GET', '/')
        connection.getresponse().read()
        self.assertIs(connection.sock, link)
        connection.close()

    def test_slow_client(self):
        simulator = self.start('--quiet')
        with socket.create_connection((simulator.host, simulator.port), harness.DEADLINE) as link:
            link.sendall(b'POST ' + CREATE.encode() + b' HTTP/1.1\r\nHost: x\r\nContent-Le')
            self.assert_alive(simulator)
            link.sendall(b'ngth: 10\r\n\r\n{')
            self.assert_alive(simulator)

    def test_end_while_clients_wait(self):
        simulator = self.start('--quiet', '--slow-seconds', '30')
        token = simulator.create_invoice()
        links = []
        for fault in ('slow', 'hang'):
            simulator.set_fault(fault)
            link = simulator.connect()
            link.request('GET', harness.CONFIRM + '/?invoiceToken=' + token,
                         headers=simulator.get_headers())
            links.append(link)
            harness.wait_until(lambda: simulator.list_invoices()['invoices'][0]['confirms']
                               == len(links), 'confirm was asked')
            simulator.set_fault('none')
        simulator.end()
        for link in links:
            link.close()


class BadCertificate(harness.TestCase):
    def test_bad_certificate(self):
        # Under AddressSanitizer, what looks for leaks at the end crashes itself in a program that
        # has loaded GnuTLS. All else is still checked.
        options = os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0'
        simulator = self.start('--scenario', 'tls-bad-certificate',
                               environment={'ASAN_OPTIONS': options})
        self.assertTrue(simulator.base.startswith('https://127.0.0.1:'))
        strict = http.client.HTTPSConnection(simulator.host, simulator.port,
                                             timeout=harness.DEADLINE)
        with self.assertRaises(ssl.SSLCertVerificationError):
            strict.request('GET', '/')
        strict.close()

        lax = ssl.create_default_context()
        lax.check_hostname = False
        lax.verify_mode = ssl.CERT_NONE
        connection = http.client.HTTPSConnection(simulator.host, simulator.port, context=lax,
                                                 timeout=harness.DEADLINE)
        connection.request('POST', CREATE, json.dumps(make_order()), simulator.get_headers())
        reply = json.loads(connection.getresponse().read())
        connection.close()
        self.assertTrue(reply['response_text'].startswith(simulator.base))


if __name__ == '__main__':
    harness.main()
