# SPDX-License-Identifier: GPL-3.0-or-later
"""The payment page: what it shows, what a customer can do on it, and how it goes back."""

import html.parser
import urllib.parse

import harness

THIN = '\u202f'
HARD = '\u00a0'
AMOUNT = f'12{THIN}500{HARD}F{HARD}CFA'


class Page(html.parser.HTMLParser):
    """The parts of a page that tests ask for."""

    def __init__(self, reply):
        super().__init__()
        self.elements = []
        self.words = []
        self.feed(reply.text)
        self.text = ' '.join(' '.join(self.words).split(' '))

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data.strip())

    def find(self, tag, **attributes):
        return [found for name, found in self.elements
                if name == tag and all(found.get(k) == v for k, v in attributes.items())]

    def list_operators(self):
        return [e['value'] for e in self.find('input', name='operator')]


class Shown(harness.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.simulator = harness.Simulator('--callback', 'none')

    @classmethod
    def tearDownClass(cls):
        cls.simulator.end()

    def open(self, token, query=''):
        return Page(self.simulator.open_page(token, query))

    def test_headers(self):
        reply = self.simulator.open_page(self.simulator.create_invoice())
        self.assertEqual(reply.status, 200)
        self.assertEqual(reply.headers['X-Frame-Options'], 'SAMEORIGIN')
        self.assertEqual(reply.headers['Content-Type'], 'text/html; charset=utf-8')
        self.assertEqual(reply.headers['Referrer-Policy'], 'no-referrer')
        self.assertEqual(reply.headers['X-Content-Type-Options'], 'nosniff')
        policy = dict(part.strip().split(' ', 1)
                      for part in reply.headers['Content-Security-Policy'].split(';'))
        self.assertEqual(policy['default-src'], "'none'")
        self.assertEqual(policy['frame-ancestors'], "'self'")
        self.assertEqual(policy['base-uri'], "'none'")
        self.assertEqual(set(policy['form-action'].split()), {"'self'", 'https://shop.invalid'})
        self.assertNotIn('unsafe', reply.headers['Content-Security-Policy'])
        page = Page(reply)
        for tag in ('script', 'style'):
            for element in page.find(tag):
                self.assertEqual(policy[tag + '-src'], f"'nonce-{element['nonce']}'")

    def test_nonce_is_new_each_time(self):
        token = self.simulator.create_invoice()
        nonces = {self.open(token).find('script')[0]['nonce'] for _ in range(3)}
        self.assertEqual(len(nonces), 3)

    def test_nothing_from_outside(self):
        page = self.open(self.simulator.create_invoice())
        for _, attributes in page.elements:
            self.assertNotIn('src', attributes)
            self.assertNotIn('style', attributes)
            self.assertFalse([name for name in attributes if name.startswith('on')])
        self.assertEqual(page.find('link'), [])

    def test_words(self):
        token = self.simulator.create_invoice()
        reply = self.simulator.open_page(token)
        page = Page(reply)
        self.assertEqual(page.find('html')[0]['lang'], 'fr')
        request_id = self.simulator.confirm(token)['request_id']
        for words in ('DÉMONSTRATION — aucun argent réel', 'Payer comme un client',
                      'Ou simuler un résultat', 'Opérateur simulé', 'Numéro de téléphone',
                      'Code à usage unique', 'Alimentation Wend-Kuni · Ticket 0147', AMOUNT,
                      'Payer ' + AMOUNT, 'Transaction ' + request_id, '*144*4*6*12500#',
                      '« notcompleted »', f'Confirme 2{THIN}500{HARD}F{HARD}CFA seulement',
                      'Reste « pending » deux minutes, puis payé'):
            self.assertIn(words, page.text)
        self.assertNotIn('bac à sable', page.text.lower())
        self.assertNotIn('{{', reply.text)

    def test_outcomes(self):
        page = self.open(self.simulator.create_invoice())
        buttons = {b['value']: b.get('aria-keyshortcuts') for b in page.find('button')
                   if b.get('name') == 'action'}
        self.assertEqual(buttons, {'pay': None, 'left': None, 'paid': '1', 'declined': '2',
                                   'pending': '3', 'cancelled': '4', 'network-cut': '5',
                                   'amount-mismatch': '6'})

    def test_fields_have_names(self):
        page = self.open(self.simulator.create_invoice())
        labels = {label.get('for') for label in page.find('label')}
        for tag in ('input', 'select'):
            for field in page.find(tag):
                if field.get('type') not in ('hidden', 'radio'):
                    self.assertIn(field['id'], labels)
        ids = [attributes['id'] for _, attributes in page.elements if 'id' in attributes]
        self.assertEqual(len(ids), len(set(ids)))
        for _, attributes in page.elements:
            for name in ('aria-labelledby', 'aria-describedby', 'for', 'form'):
                if name in attributes:
                    self.assertIn(attributes[name], ids)

    def test_everything_is_escaped(self):
        evil = '</p><script>alert(1)</script>"\'&<b>{{nonce}}{{{style}}}'
        token = self.simulator.create_invoice(
            store__name=evil, invoice__description=evil, invoice__customer='226"><script>x',
            actions__return_url='https://shop.invalid/"><script>y</script>',
            actions__cancel_url='https://shop.invalid;script-src *//c')
        for reply in (self.simulator.open_page(token), self.simulator.press(token, 'pay')):
            page = Page(reply)
            self.assertEqual(len(page.find('script')), 1)
            self.assertEqual(page.find('b'), [{}] * len(page.find('b')))
            self.assertIn(evil, ''.join(page.words))
            self.assertNotIn(';script-src *', reply.headers['Content-Security-Policy'])
        token = self.simulator.create_invoice(store__name=evil)
        page = Page(self.simulator.press(token, 'pay', operator='moov-bf', phone='01020304'))
        self.assertIn('Validez sur votre téléphone', page.text)
        self.assertEqual(len(page.find('script')), 1)
        page = Page(self.simulator.press(token, 'pay', operator='moov-bf', phone='"><script>'))
        self.assertEqual(len(page.find('script')), 1)

    def test_operators(self):
        token = self.simulator.create_invoice()
        self.assertEqual(self.open(token).list_operators(),
                         ['orange-bf', 'moov-bf', 'wallet', 'visa'])
        self.assertEqual(self.open(token, '?country=225').list_operators(),
                         ['orange-ci', 'mtn-ci', 'moov-ci', 'wallet', 'visa'])
        self.assertEqual(self.open(token, '?country=999').list_operators()[0], 'orange-bf')
        countries = [o['value'] for o in self.open(token).find('option')]
        self.assertEqual(len(countries), 9)
        self.assertEqual(countries[0], '226')
        for country in countries:
            self.assertGreaterEqual(len(self.open(token, '?country=' + country).list_operators()),
                                    3)

    def test_customer_hides_operators(self):
        for customer, operators in (('22607112233', ['orange-bf']), ('22660112233', ['moov-bf']),
                                    ('2250102030405', ['moov-ci']),
                                    ('22997000001', ['mtn-bj', 'moov-bj']), ('33612345678', []),
                                    ('22699000000', []), ('abc', [])):
            with self.subTest(customer):
                token = self.simulator.create_invoice(invoice__customer=customer)
                page = self.open(token)
                self.assertEqual(page.list_operators(), operators)
                self.assertEqual(page.find('select'), [])
        self.assertIn('Aucun opérateur ne correspond', page.text)
        token = self.simulator.create_invoice(invoice__customer='22607112233')
        self.assertEqual(self.open(token).find('input', id='phone')[0]['value'], '07112233')
        page = Page(self.simulator.press(token, 'pay', operator='moov-bf', phone='01020304'))
        self.assertIn('Choisissez un opérateur.', page.text)

    def test_minimum(self):
        token = self.simulator.create_invoice(50)
        page = self.open(token)
        moov = page.find('input', value='moov-bf')[0]
        self.assertIn('disabled', moov)
        self.assertIn(f'dès 100{HARD}F{HARD}CFA', page.text)
        page = Page(self.simulator.press(token, 'pay', operator='moov-bf', phone='01020304'))
        self.assertIn('trop petit', page.text)
        self.assertEqual(self.simulator.confirm(token)['status'], 'pending')

    def test_unknown_invoice(self):
        for token in ('x', '', 'a.b.c', '%ff'):
            reply = self.simulator.open_page(token)
            self.assertEqual(reply.status, 404)
            self.assertIn('Facture introuvable', reply.text)
            self.assertEqual(reply.headers['X-Frame-Options'], 'SAMEORIGIN')

    def test_after_the_end(self):
        for outcome, words in (('paid', 'Paiement terminé'), ('declined', 'Paiement refusé')):
            token = self.simulator.create_invoice()
            self.simulator.play(token, outcome)
            page = self.open(token)
            self.assertIn(words, page.text)
            self.assertEqual(page.find('form'), [])
            self.assertEqual(page.find('a')[0]['href'],
                             'https://shop.invalid/return/1?token=' + token)


class Paying(harness.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.simulator = harness.Simulator('--callback', 'none')

    @classmethod
    def tearDownClass(cls):
        cls.simulator.end()

    def setUp(self):
        self.token = self.simulator.create_invoice()

    def press(self, action, **fields):
        return self.simulator.press(self.token, action, **fields)

    def get_status(self):
        return self.simulator.confirm(self.token)['status']

    def assert_back(self, reply, path='/return/1'):
        self.assertEqual(reply.status, 302)
        self.assertEqual(reply.headers['Location'],
                         f'https://shop.invalid{path}?token={self.token}')

    def assert_problem(self, reply, words):
        self.assertEqual(reply.status, 200)
        page = Page(reply)
        self.assertEqual(len(page.find('p', role='alert')), 1)
        self.assertIn(words, page.text)
        self.assertEqual(self.get_status(), 'pending')

    def test_code(self):
        fields = {'operator': 'orange-bf', 'phone': '07 11 22 33'}
        for otp in ('', '12345', '1234567', 'abcdef', '12 456', '１２３４５６'):
            self.assert_problem(self.press('pay', otp=otp, **fields), 'Saisissez les 6 chiffres')
        for _ in range(4):
            self.assert_problem(self.press('pay', otp='000000', **fields), 'Code faux')
        self.assert_back(self.press('pay', otp='000001', **fields))
        self.assertEqual(self.get_status(), 'completed')

    def test_what_was_typed_stays(self):
        page = Page(self.press('pay', operator='orange-bf', phone='07 99', otp='123456'))
        self.assertEqual(page.find('input', id='phone')[0]['value'], '07 99')
        self.assertIn('checked', page.find('input', value='orange-bf')[0])

    def test_phone(self):
        for phone in ('', '0711', 'abcdefgh', '07112233445', '07 11 22 3x'):
            self.assert_problem(self.press('pay', operator='orange-bf', phone=phone, otp='123456'),
                                'numéro de téléphone')

    def test_operator(self):
        for operator in ('', 'x', 'orange-bf '):
            self.assert_problem(self.press('pay', operator=operator, phone='07112233'),
                                'Choisissez un opérateur')

    def test_push(self):
        fields = {'operator': 'moov-bf', 'phone': '01 02 03 04'}
        reply = self.press('pay', **fields)
        page = Page(reply)
        self.assertIn('Validez sur votre téléphone', page.text)
        form = page.find('form')[0]
        self.assertEqual(form['data-auto'], '3000')
        hidden = {e['name']: e['value'] for e in page.find('input', type='hidden')}
        self.assertEqual(hidden, fields)
        self.assertEqual(self.get_status(), 'pending')
        self.assert_problem(self.press('refuse', **fields), 'refusé')
        self.assert_back(self.press('approve', **hidden))
        reply = self.simulator.confirm(self.token)
        self.assertEqual((reply['status'], reply['operator_id'], reply['customer']),
                         ('completed', '12', '22601020304'))

    def test_every_operator(self):
        token = self.simulator.create_invoice()
        countries = [o['value'] for o in Page(self.simulator.open_page(token)).find('option')]
        for country in countries:
            page = Page(self.simulator.open_page(token, '?country=' + country))
            phone = page.find('input', id='phone')[0]['value']
            for operator in page.list_operators():
                with self.subTest(operator):
                    self.token = self.simulator.create_invoice()
                    fields = {'operator': operator, 'phone': phone, 'otp': '123456'}
                    query = '?country=' + country
                    reply = self.simulator.press(self.token, 'pay', query, **fields)
                    if operator != 'orange-bf':
                        self.assertEqual(Page(reply).find('form')[0]['id'], 'step')
                        self.assertEqual(self.get_status(), 'pending')
                        reply = self.simulator.press(self.token, 'approve', query, **fields)
                    self.assert_back(reply)
                    answer = self.simulator.confirm(self.token)
                    self.assertEqual(answer['status'], 'completed')
                    self.assertTrue(answer['operator_name'])
                    if operator == 'visa':
                        self.assertIsNone(answer['customer'])
                    else:
                        digits = ''.join(c for c in phone if c.isdigit())
                        self.assertEqual(answer['customer'], country + digits)

    def test_sms_code(self):
        fields = {'operator': 'wallet', 'phone': '07112233'}
        page = Page(self.press('pay', **fields))
        self.assertEqual(len(page.find('input', id='otp')), 1)
        self.assert_problem(self.press('approve', otp='000000', **fields), 'Code faux')
        self.assert_problem(self.press('approve', otp='', **fields), 'Saisissez les 6 chiffres')
        self.assert_back(self.press('approve', otp='654321', **fields))

    def test_code_cannot_be_skipped(self):
        self.assert_problem(self.press('approve', operator='orange-bf', phone='07112233'),
                            'Saisissez les 6 chiffres')

    def test_outcomes(self):
        for outcome, status, path in (
                ('paid', 'completed', '/return/1'), ('declined', 'notcompleted', '/return/1'),
                ('pending', 'pending', '/return/1'), ('cancelled', 'pending', '/cancel/1'),
                ('left', 'pending', '/return/1'), ('amount-mismatch', 'completed', '/return/1')):
            with self.subTest(outcome):
                self.token = self.simulator.create_invoice()
                self.assert_back(self.press(outcome, operator='moov-bf', phone='01020304'), path)
                self.assertEqual(self.get_status(), status)

    def test_cancelled_can_be_paid_later(self):
        self.press('cancelled')
        page = Page(self.simulator.open_page(self.token))
        self.assertIn('Payer comme un client', page.text)
        self.assert_back(self.press('paid'))
        self.assertEqual(self.get_status(), 'completed')

    def test_payer_of_an_outcome(self):
        self.press('paid', operator='moov-bf', phone='01 02 03 04')
        reply = self.simulator.confirm(self.token)
        self.assertEqual((reply['operator_name'], reply['customer']),
                         ('MOOV AFRICA BURKINA', '22601020304'))
        self.token = self.simulator.create_invoice()
        self.press('paid')
        self.assertEqual(self.simulator.confirm(self.token)['operator_name'], 'ORANGE BURKINA')

    def test_pressed_twice(self):
        self.assert_back(self.press('paid'))
        self.assert_back(self.press('paid'))


class GoingBack(harness.TestCase):
    def go_back(self, simulator, outcome='paid', **actions):
        token = simulator.create_invoice(**{'actions__' + k: v for k, v in actions.items()})
        return token, simulator.press(token, outcome)

    def test_addresses(self):
        simulator = self.start('--callback', 'none')
        for address, expected in (
                ('https://shop.invalid/r', 'https://shop.invalid/r?token={}'),
                ('https://shop.invalid', 'https://shop.invalid?token={}'),
                ('https://shop.invalid/r?', 'https://shop.invalid/r?token={}'),
                ('https://shop.invalid/r?a=1', 'https://shop.invalid/r?a=1&token={}'),
                ('https://shop.invalid/r?token=x#f', 'https://shop.invalid/r?token=x&token={}#f'),
                ('http://127.0.0.1:8080/r/%20x', 'http://127.0.0.1:8080/r/%20x?token={}'),
                ('http://[::1]:8080/r', 'http://[::1]:8080/r?token={}')):
            with self.subTest(address):
                token, reply = self.go_back(simulator, return_url=address)
                self.assertEqual(reply.status, 302)
                self.assertEqual(reply.headers['Location'], expected.format(token))
                token, reply = self.go_back(simulator, 'cancelled', cancel_url=address)
                self.assertEqual(reply.headers['Location'], expected.format(token))

    def test_addresses_nobody_goes_to(self):
        simulator = self.start('--callback', 'none')
        for address in ('', 'javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd',
                        'shop.invalid/r', '//shop.invalid/r', 'https://', 'https://a b/',
                        'https://shop.invalid/\r\nX-Evil: 1', 'https://shop.invalid;x/r',
                        'myapp://done'):
            with self.subTest(address):
                _, reply = self.go_back(simulator, return_url=address)
                if reply.status == 302:
                    self.assertRegex(reply.headers['Location'], r'^https://shop\.invalid/[!-~]+$')
                    self.assertNotIn('X-Evil', reply.headers)
                else:
                    self.assertEqual(reply.status, 200)
                    self.assertIn('Paiement terminé', reply.text)
                    self.assertNotIn('Retour à la boutique', reply.text)

    def test_no_cancel_address(self):
        simulator = self.start('--callback', 'none')
        token, reply = self.go_back(simulator, 'cancelled', cancel_url='')
        self.assertEqual(reply.status, 200)
        self.assertIn('Paiement en attente', reply.text)
        self.assertEqual(simulator.confirm(token)['status'], 'pending')

    def test_nothing_appended(self):
        simulator = self.start('--no-token', '--callback', 'none')
        for outcome, path in (('paid', 'return'), ('cancelled', 'cancel')):
            _, reply = self.go_back(simulator, outcome)
            self.assertEqual(reply.headers['Location'], f'https://shop.invalid/{path}/1')

    def test_by_script(self):
        simulator = self.start('--redirect-by', 'script', '--callback', 'none')
        token, reply = self.go_back(simulator)
        page = Page(reply)
        self.assertEqual(reply.status, 200)
        self.assertEqual(page.find('a', id='back')[0]['href'],
                         'https://shop.invalid/return/1?token=' + token)
        self.assertEqual(len(page.find('meta', name='leave')), 1)

    def test_by_form(self):
        simulator = self.start('--redirect-by', 'form', '--callback', 'none')
        token, reply = self.go_back(simulator)
        form = Page(reply).find('form', id='back')[0]
        self.assertEqual(form, {'id': 'back', 'method': 'post', 'action':
                                'https://shop.invalid/return/1?token=' + token})
        self.assertIn('https://shop.invalid', reply.headers['Content-Security-Policy'])

    def test_by_meta(self):
        simulator = self.start('--redirect-by', 'meta', '--callback', 'none')
        token, reply = self.go_back(simulator)
        refresh = Page(reply).find('meta', **{'http-equiv': 'refresh'})[0]
        self.assertEqual(refresh['content'], '0;url=https://shop.invalid/return/1?token=' + token)

    def test_scenario(self):
        simulator = self.start('--scenario', 'declined', '--callback', 'none')
        token = simulator.create_invoice()
        self.assertIn('« declined »', simulator.open_page(token).text)
        simulator.press(token, 'pay', operator='orange-bf', phone='07112233', otp='123456')
        self.assertEqual(simulator.confirm(token)['status'], 'notcompleted')
        token = simulator.create_invoice()
        simulator.press(token, 'paid')
        self.assertEqual(simulator.confirm(token)['status'], 'completed')

    def test_automatic(self):
        simulator = self.start('--automatic', '--callback', 'none')
        token = simulator.create_invoice()
        reply = simulator.open_page(token)
        self.assertEqual(reply.status, 302)
        target = urllib.parse.urlsplit(reply.headers['Location'])
        self.assertEqual((target.hostname, target.path), ('shop.invalid', '/return/1'))
        self.assertEqual(simulator.confirm(token)['status'], 'completed')

    def test_seconds_are_told(self):
        simulator = self.start('--pending-seconds', '7', '--callback', 'none')
        page = simulator.open_page(simulator.create_invoice()).text
        self.assertIn('Reste « pending » 7 s, puis payé', page)


class Control(harness.TestCase):
    def test_header_is_needed(self):
        simulator = self.start()
        token = simulator.create_invoice()
        for method, path in (('GET', 'invoices'), ('POST', 'fault?name=hang'),
                             ('POST', f'outcome?token={token}&outcome=paid')):
            for headers in ({}, {'X-Ligdi-Simulator': '0'}):
                reply = simulator.ask(method, '/simulator/' + path, headers=headers)
                self.assertEqual(reply.status, 403)
                self.assertIn('X-Ligdi-Simulator', reply.json['error'])
        self.assertEqual(simulator.confirm(token)['status'], 'pending')

    def test_wrong_requests(self):
        simulator = self.start()
        token = simulator.create_invoice()
        for method, path, status in (
                ('GET', 'fault?name=hang', 404), ('POST', 'invoices', 404), ('GET', '', 404),
                ('POST', 'outcome?token=x&outcome=paid', 404), ('POST', 'outcome', 404),
                ('POST', f'outcome?token={token}&outcome=x', 400),
                ('POST', f'outcome?token={token}', 400)):
            self.assertEqual(simulator.steer(method, path).status, status, path)


if __name__ == '__main__':
    harness.main()
