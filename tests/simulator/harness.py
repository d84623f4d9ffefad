# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a simulator for a test, and speaks to it as a merchant, a customer and a tester do."""

import base64
import http.client
import json
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse

DEADLINE = 40.0
API_KEY = 'DEMONSTRATION0001'
CREATE = '/pay/v01/redirect/checkout-invoice/create'
CONFIRM = '/pay/v01/redirect/checkout-invoice/confirm'
EXECUTABLE = os.environ.get('LIGDIPAY_SIMULATOR', '')


def read_public_token():
    text = subprocess.run([EXECUTABLE, '--help'], check=True, capture_output=True, text=True).stdout
    return re.search(r'Bearer (\S+)', text).group(1)


class Reply:
    """One HTTP answer, read to its end."""

    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body.decode('utf-8'))

    @property
    def text(self):
        return self.body.decode('utf-8')


def decode_token(token):
    header, payload, _ = token.split('.')
    return [json.loads(base64.urlsafe_b64decode(part + '=' * (-len(part) % 4)))
            for part in (header, payload)]


def make_order(amount=12500, **changes):
    order = {'commande': {
        'invoice': {'items': [{'name': 'Riz 5 kg', 'description': '', 'quantity': 1,
                               'unit_price': amount, 'total_price': amount}],
                    'total_amount': amount, 'devise': 'XOF', 'description': 'Ticket 0147',
                    'customer': '', 'customer_firstname': '', 'customer_lastname': '',
                    'customer_email': '', 'external_id': '', 'otp': ''},
        'store': {'name': 'Alimentation Wend-Kuni', 'website_url': 'https://boutique.example'},
        'actions': {'cancel_url': 'https://shop.invalid/cancel/1',
                    'return_url': 'https://shop.invalid/return/1', 'callback_url': ''},
        'custom_data': {'transaction_id': '7f3a9b'}}}
    for path, value in changes.items():
        *parents, last = path.split('__')
        target = order['commande']
        for parent in parents:
            target = target[parent]
        target[last] = value
    return order


class Simulator:
    """A simulator in a child process, ended and looked at when the block ends."""

    def __init__(self, *arguments, environment=None, stdin=subprocess.DEVNULL):
        environment = {**os.environ, 'G_DEBUG': 'fatal-warnings', **(environment or {})}
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen([EXECUTABLE, *arguments], stdin=stdin, stderr=self.errors,
                                        stdout=subprocess.PIPE, env=environment)
        self.ended = False
        self.base = self._read_first_line()
        self.host, self.port = urllib.parse.urlsplit(self.base).netloc.rsplit(':', 1)
        self.port = int(self.port)
        self.token = read_public_token()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def _read_first_line(self):
        line = b''
        end = time.monotonic() + DEADLINE
        while not line.endswith(b'\n'):
            wait = max(0, end - time.monotonic())
            ready, _, _ = select.select([self.process.stdout], [], [], wait)
            byte = os.read(self.process.stdout.fileno(), 1) if ready else b''
            if not byte:
                self.process.kill()
                self.process.wait()
                raise AssertionError('no base URL: ' + self.read_errors())
            line += byte
        return line.decode().strip()

    def read_errors(self):
        self.errors.seek(0)
        return self.errors.read().decode('utf-8', 'replace')

    def end(self, number=signal.SIGTERM):
        """Ends the process; nothing may have gone wrong in it."""
        if self.ended:
            return
        self.ended = True
        if self.process.poll() is None:
            self.process.send_signal(number)
        status = self.process.wait(DEADLINE)
        self.process.stdout.close()
        errors = self.read_errors()
        self.errors.close()
        for word in ('Sanitizer', 'runtime error', 'CRITICAL', 'WARNING'):
            if word in errors:
                raise AssertionError(errors)
        expected = 0 if number != signal.SIGKILL else -signal.SIGKILL
        if status != expected:
            raise AssertionError(f'ended with {status}: {errors}')

    # Speaking HTTP.

    def connect(self):
        return http.client.HTTPConnection(self.host.strip('[]'), self.port, timeout=DEADLINE)

    def ask(self, method, path, body=None, headers=None):
        connection = self.connect()
        try:
            connection.request(method, path, body, headers or {})
            return Reply(connection.getresponse())
        finally:
            connection.close()

    # As a merchant.

    def get_headers(self):
        return {'Apikey': API_KEY, 'Authorization': 'Bearer ' + self.token,
                'Accept': 'application/json', 'Content-Type': 'application/json'}

    def create(self, order, headers=None):
        body = order if isinstance(order, (bytes, str)) else json.dumps(order)
        return self.ask('POST', CREATE, body, headers or self.get_headers())

    def create_invoice(self, amount=12500, **changes):
        reply = self.create(make_order(amount, **changes)).json
        if reply['response_code'] != '00':
            raise AssertionError(reply)
        return reply['token']

    def ask_confirm(self, token, headers=None, path=CONFIRM + '/?invoiceToken='):
        return self.ask('GET', path + token, headers=headers or self.get_headers())

    def confirm(self, token):
        return self.ask_confirm(token).json

    # As a customer.

    def open_page(self, token, query=''):
        return self.ask('GET', '/directpayment/invoice/' + token + query)

    def press(self, token, action, query='', **fields):
        form = urllib.parse.urlencode({'action': action, **fields})
        return self.ask('POST', '/directpayment/invoice/' + token + query, form,
                        {'Content-Type': 'application/x-www-form-urlencoded'})

    # As a tester.

    def steer(self, method, path):
        return self.ask(method, '/simulator/' + path, headers={'X-Ligdi-Simulator': '1'})

    def play(self, token, outcome):
        reply = self.steer('POST', f'outcome?token={token}&outcome={outcome}')
        if reply.status != 200:
            raise AssertionError(reply.body)
        return reply.json

    def set_fault(self, name):
        reply = self.steer('POST', 'fault?name=' + name)
        if reply.status != 200:
            raise AssertionError(reply.body)
        return reply.json['faults']

    def list_invoices(self):
        return self.steer('GET', 'invoices').json


class Receiver:
    """A merchant's server that notes every request it gets, and answers 200."""

    def __init__(self):
        self.socket = socket.create_server(('127.0.0.1', 0))
        self.port = self.socket.getsockname()[1]
        self.url = f'http://127.0.0.1:{self.port}/cb?ref=1'
        self.requests = []
        self.changed = threading.Condition()
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(DEADLINE)

    def _serve(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(DEADLINE)
                stream = connection.makefile('rb')
                line = stream.readline().decode()
                headers = http.client.parse_headers(stream)
                body = stream.read(int(headers.get('Content-Length', 0)))
                with self.changed:
                    self.requests.append((line.strip(), headers, body, time.monotonic()))
                    self.changed.notify_all()
                connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n'
                                   b'Connection: close\r\n\r\n')

    def wait_for(self, count):
        with self.changed:
            if not self.changed.wait_for(lambda: len(self.requests) >= count, DEADLINE):
                raise AssertionError(f'{len(self.requests)} callbacks, expected {count}')
            return list(self.requests)


def wait_until(condition, what):
    """Asks @condition again and again, until it holds."""
    end = time.monotonic() + DEADLINE
    pause = threading.Event()
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        pause.wait(0.02)
    raise AssertionError('waited too long: ' + what)


class TestCase(unittest.TestCase):
    maxDiff = None

    def make_directory(self):
        path = tempfile.mkdtemp(prefix='ligdipay-simulator-')
        self.addCleanup(shutil.rmtree, path)
        return path

    def start(self, *arguments, **keywords):
        simulator = Simulator(*arguments, **keywords)
        self.addCleanup(simulator.end)
        return simulator


def main():
    unittest.main(argv=sys.argv[:1], verbosity=2)
