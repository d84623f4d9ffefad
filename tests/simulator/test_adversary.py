# SPDX-License-Identifier: GPL-3.0-or-later
"""The hostile payment pages: what each one serves, and that paying still works on all of them.

What they do in a browser is for the tests of the till to see.
"""

import json
import re
import subprocess
import time

import harness
from test_page import AMOUNT, HARD, THIN, Page

RETURN = 'https://shop.invalid/return/1?token={}'
CANCEL = 'https://shop.invalid/cancel/1?token={}'

# What is on the page of each scenario.
PAGES = {
    'page-lies': ('<title>PAYÉ – status=completed</title>', '>PAYÉ</h1>',
                  'response_code 00 completed', "'?status=completed&response_code=00'",
                  'history.replaceState', 'postMessage'),
    'page-push-state': ('new URL(returnUrl).pathname', 'new URL(cancelUrl).pathname',
                        'history.pushState', "location.hash = '#return'"),
    'page-frame-return': ('<iframe src="' + RETURN,),
    'page-frame-lookalike': ('Sosie ', "'iframe'", '.evil.invalid', '@evil.invalid', 'port',
                             'protocol', '?part=lookalike&next='),
    'page-post-return': ('method="post" action="' + RETURN, '.submit()'),
    'page-meta-return': ('<meta http-equiv="refresh" content="0;url=' + RETURN,),
    'page-script-return': ('location.replace(returnUrl)',),
    'page-cancel-return': ('location.href = cancelUrl',),
    'page-open-return': ("addEventListener('load', openReturn)", 'window.open(returnUrl',
                         '>Ouvrir le retour</button>',
                         '<a href="' + RETURN + '" target="_blank">Retour dans une fenêtre</a>'),
    'page-close': ("addEventListener('load', () => window.close())", '>Fermer la page</button>'),
    'page-popup': ('>Ouvrir la banque</button>', '>Ouvrir puis diriger</button>',
                   '>Vingt fenêtres</button>', 'Ouvertes : ', 'width=500,height=600',
                   'target="_blank" rel="opener">Banque par lien</a>'),
    'page-app-links': ('<a href="tel:*144*4*6*12500%23">tel</a>', '>sms</a>',
                       ';scheme=orangemoney;', ';end">intent</a>', '<a href="wave://capture/',
                       '>wave</a>', '<a href="market://details?id=', '>market</a>',
                       '<a href="whatsapp://send?text=', '>whatsapp</a>', '>mailto</a>',
                       '>wave par script</button>'),
    'page-app-links-auto': ('<iframe src="wave://auto" hidden>', "location.href = 'wave://auto/page'",
                            '>wave par script</button>'),
    'page-dialogs': ('>alert</button>', '>confirm</button>', '>prompt</button>',
                     '>cinquante alertes</button>', 'Réponse : '),
    'page-dialogs-auto': ("alert('Une alerte au chargement')", '>cinquante alertes</button>'),
    'page-unload': ("addEventListener('beforeunload'",),
    'page-download': ('?part=file">Télécharger</a>', '?part=file" hidden></iframe>',
                      '<a href="data:text/plain,recu" download="recu.txt">Télécharger data</a>'),
    'page-permissions': ('>Tout demander</button>', "'géolocalisation'", "'notification'",
                         "'caméra'", "'lecture du presse-papiers'", "'refusée'", "'absente'"),
    'page-file': ('<label for="file">Fichier</label> <input type="file" id="file"',
                  '>Aucun fichier<'),
    'page-print': ('>Imprimer</button>', 'window.print()', '>Plein écran</button>',
                   'requestFullscreen()', 'Impression : ', 'Plein écran : '),
    'page-http-link': ('<a href="http://insecure.invalid/">Page non chiffrée</a>',
                       '<img src="http://insecure.invalid/'),
    'page-storage': ('document.cookie', 'localStorage', 'sessionStorage', 'Première visite',
                     'Déjà venu'),
    'page-idn': ('<a href="https://xn--lgdicash-d4a.invalid/">Banque homographe</a>',),
    'page-memory': ('>Remplir la mémoire</button>', 'kept.push(new Uint8Array('),
    'page-memory-auto': ("addEventListener('load', fillMemory)", '>Remplir la mémoire</button>'),
    'page-busy': ('>Boucler</button>', 'for (;;)'),
    'page-slow-parts': ('<link rel="stylesheet" href="/directpayment/invoice/{}?part=style">',),
}
AMOUNTS = {'page-app-links': 9973, 'page-popup': 9974, 'page-lies': 9976}
PARTS = {
    ('page-frame-lookalike', 'lookalike'): '<title>Page sosie</title>',
    ('page-popup', 'bank'): '<title>Banque simulée</title>',
    ('page-download', 'file'): 'Reçu d’essai',
    ('page-slow-parts', 'style'): 'body {',
}


def read_constant(reply, name):
    """What a script of the page knows under a name."""
    return json.loads(re.search(rf'^const {name} = (".*");$', reply.text, re.MULTILINE).group(1))


class Adversary(harness.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.simulator = harness.Simulator('--slow-seconds', '1', '--callback', 'none')

    @classmethod
    def tearDownClass(cls):
        cls.simulator.end()

    def setUp(self):
        self.simulator.set_fault('none')

    def open(self, name, query='', token=None, **changes):
        """A page of a scenario, for a new invoice unless there is one."""
        self.simulator.set_fault('none')
        self.simulator.set_fault(name)
        self.token = token or self.simulator.create_invoice(**changes)
        return self.simulator.open_page(self.token, query)

    def get_status(self):
        return self.simulator.confirm(self.token)['status']

    def assert_ordinary(self, reply):
        self.assertEqual(reply.status, 200)
        self.assertNotIn('unsafe', reply.headers['Content-Security-Policy'])
        self.assertIn("default-src 'none'", reply.headers['Content-Security-Policy'])

    def assert_back(self, reply):
        self.assertEqual(reply.status, 302)
        self.assertEqual(reply.headers['Location'], RETURN.format(self.token))

    def test_all_are_listed(self):
        text = subprocess.run([harness.EXECUTABLE, '--list-scenarios'], check=True,
                              capture_output=True, text=True).stdout
        listed = dict(re.findall(r'^([a-z0-9-]+) +(\d+|-)  \S', text, re.MULTILINE))
        for name in (*PAGES, 'page-blank-once', 'page-elsewhere'):
            self.assertEqual(listed[name], str(AMOUNTS.get(name, '-')), name)

    def test_pages(self):
        for name, markers in PAGES.items():
            with self.subTest(name):
                reply = self.open(name)
                self.assertEqual(reply.status, 200)
                self.assertEqual(reply.headers['Content-Type'], 'text/html; charset=utf-8')
                self.assertEqual(reply.headers['Cache-Control'], 'no-store')
                self.assertIn("'unsafe-inline'", reply.headers['Content-Security-Policy'])
                self.assertNotIn('frame-src', reply.headers['Content-Security-Policy'])
                self.assertNotIn('default-src', reply.headers['Content-Security-Policy'])
                for marker in markers:
                    self.assertIn(marker.replace('{}', self.token), reply.text)
                self.assertNotIn('{{', reply.text)
                self.assertEqual(self.get_status(), 'pending')

    def test_ways_out(self):
        for name in PAGES:
            with self.subTest(name):
                reply = self.open(name)
                page = Page(reply)
                self.assertEqual(page.find('html'), [{'lang': 'fr'}])
                self.assertEqual(len(page.find('title')), 1)
                for words in ('Alimentation Wend-Kuni · Ticket 0147', AMOUNT,
                              'DÉMONSTRATION — aucun argent réel', f'« {name} »',
                              'Revenir à la boutique sans payer'):
                    self.assertIn(words, page.text)
                self.assertIn('>Payer</button>', reply.text)
                self.assertIn({'href': RETURN.format(self.token)}, page.find('a'))
                self.assertEqual(read_constant(reply, 'returnUrl'), RETURN.format(self.token))
                self.assertEqual(read_constant(reply, 'cancelUrl'), CANCEL.format(self.token))

    def test_paying(self):
        for name in PAGES:
            with self.subTest(name):
                page = Page(self.open(name))
                form = page.find('form', **{'class': 'ways-out'})[0]
                self.assertEqual((form['method'], form['action']),
                                 ('post', '/directpayment/invoice/' + self.token))
                self.assertEqual(page.find('button', name='action'),
                                 [{'name': 'action', 'value': 'paid'}])
                self.assert_back(self.simulator.press(self.token, 'paid'))
                self.assertEqual(self.get_status(), 'completed')
                self.assert_ordinary(self.simulator.open_page(self.token))

    def test_only_some_act_at_once(self):
        self.assertNotIn('wave://auto', self.open('page-app-links').text)
        self.assertNotIn('au chargement', self.open('page-dialogs').text)
        self.assertNotIn("'load'", self.open('page-memory').text)

    def test_paying_at_the_bank(self):
        reply = self.open('page-popup', '?part=bank')
        page = Page(reply)
        form = page.find('form')[0]
        self.assertEqual((form['method'], form['action']),
                         ('post', '/directpayment/invoice/' + self.token))
        self.assertEqual([b['value'] for b in page.find('button', name='action')], ['paid'])
        self.assertEqual([label['for'] for label in page.find('label')],
                         [field['id'] for field in page.find('input')])
        for words in (AMOUNT, 'Code de la banque', 'Confirmer à la banque', 'Fermer la banque',
                      'Payer par la page mère'):
            self.assertIn(words, page.text)
        self.assertIn('window.opener.location = returnUrl', reply.text)
        self.assertEqual(read_constant(reply, 'returnUrl'), RETURN.format(self.token))
        self.assertIn("'unsafe-inline'", reply.headers['Content-Security-Policy'])
        self.assertEqual(self.get_status(), 'pending')
        self.assert_back(self.simulator.press(self.token, 'paid'))
        self.assertEqual(self.get_status(), 'completed')

    def test_other_pages_stay_strict(self):
        self.assert_ordinary(self.open('none'))
        self.open('page-lies')
        self.assert_ordinary(self.simulator.press(self.token, 'pay'))

    def test_headers_that_lie(self):
        reply = self.open('page-lies')
        self.assertEqual(reply.headers['X-Payment-Status'], 'completed')
        self.assertEqual(reply.headers['Set-Cookie'], 'status=paid')
        reply = self.open('page-push-state')
        self.assertNotIn('X-Payment-Status', reply.headers)
        self.assertNotIn('Set-Cookie', reply.headers)

    def test_by_amount(self):
        for name, amount in AMOUNTS.items():
            token = self.simulator.create_invoice(amount)
            self.assertIn(f'« {name} »', self.simulator.open_page(token).text)
            self.assertIn(f'9{THIN}{amount - 9000}{HARD}F{HARD}CFA',
                          self.simulator.open_page(token).text)

    def test_by_option(self):
        simulator = self.start('--scenario', 'page-lies', '--no-token', '--callback', 'none')
        reply = simulator.open_page(simulator.create_invoice())
        self.assertIn('PAYÉ', reply.text)
        self.assertEqual(read_constant(reply, 'returnUrl'), 'https://shop.invalid/return/1')

    def test_automatic_comes_first(self):
        simulator = self.start('--scenario', 'page-lies', '--automatic', '--callback', 'none')
        self.assertEqual(simulator.open_page(simulator.create_invoice()).status, 302)

    def test_parts(self):
        for (name, part), marker in PARTS.items():
            with self.subTest(part):
                reply = self.open(name, '?part=' + part)
                self.assertEqual(reply.status, 200)
                self.assertIn(marker, reply.text)
                self.assertNotIn('{{', reply.text)

    def test_file(self):
        reply = self.open('page-download', '?part=file')
        self.assertEqual(reply.headers['Content-Type'], 'application/octet-stream')
        self.assertEqual(reply.headers['Content-Disposition'], 'attachment; filename="recu.bin"')
        self.assertNotIn('SPDX', reply.text)
        self.assertNotIn('Content-Disposition', self.open('page-download').headers)

    def test_slow_style(self):
        start = time.monotonic()
        self.open('page-slow-parts')
        self.assertLess(time.monotonic() - start, 0.9)
        reply = self.simulator.open_page(self.token, '?part=style')
        self.assertGreater(time.monotonic() - start, 0.9)
        self.assertEqual(reply.headers['Content-Type'], 'text/css; charset=utf-8')

    def test_elsewhere(self):
        reply = self.open('page-elsewhere')
        self.assertEqual((reply.status, reply.body), (302, b''))
        self.assertEqual(reply.headers['Location'], 'http://elsewhere.invalid/')
        self.assertEqual(self.get_status(), 'pending')

    def test_blank_once(self):
        reply = self.open('page-blank-once')
        self.assertEqual((reply.status, reply.body), (200, b''))
        self.assert_ordinary(self.simulator.open_page(self.token))
        self.assertIn('Payer comme un client', self.simulator.open_page(self.token).text)
        self.assertEqual(self.open('page-blank-once').body, b'')
        self.assertEqual(self.get_status(), 'pending')
        self.assert_back(self.simulator.press(self.token, 'paid'))
        self.assertEqual(self.get_status(), 'completed')

    def test_unknown_parts(self):
        for name in PAGES:
            for part in ('nothing', '', 'adversary.css', '../page', '%ff%00'):
                reply = self.open(name, '?part=' + part)
                self.assertEqual((reply.status, reply.body), (404, b''), name)
        for _, part in PARTS:
            self.assertEqual(self.open('page-lies', '?part=' + part).status, 404)
        self.assert_ordinary(self.open('none', '?part=nothing'))

    def test_how_they_come(self):
        token = self.simulator.create_invoice()
        self.simulator.set_fault('page-lies')
        self.simulator.set_fault('page-500')
        self.assertEqual(self.simulator.open_page(token).status, 500)

    def test_names_are_escaped(self):
        evil = '</p><script>alert(1)</script>"\'&<b>{{style}}{{{head}}}'
        for name in PAGES:
            with self.subTest(name):
                count = len(Page(self.open(name)).find('script'))
                page = Page(self.open(name, store__name=evil, invoice__description=evil))
                self.assertEqual(len(page.find('script')), count)
                self.assertEqual(page.find('b'), [])
                self.assertIn(f'{evil} · {evil}', ''.join(page.words))

    def test_addresses_are_escaped(self):
        evil = ('https://shop.invalid/"\'><script>alert(1)</script><!--<script>\\"\\u0022;//'
                '${x}`{{page}}&quot;]]>')
        for name in PAGES:
            with self.subTest(name):
                plain = Page(self.open(name))
                reply = self.open(name, actions__return_url=evil, actions__cancel_url=evil)
                page = Page(reply)
                self.assertEqual([tag for tag, _ in page.elements],
                                 [tag for tag, _ in plain.elements])
                self.assertNotIn('<script>alert', reply.text)
                self.assertNotIn('<!--', reply.text)
                address = f'{evil}?token={self.token}'
                self.assertEqual(read_constant(reply, 'returnUrl'), address)
                self.assertEqual(read_constant(reply, 'cancelUrl'), address)
                self.assertIn({'href': address}, page.find('a'))

    def test_addresses_nobody_goes_to(self):
        for address in ('', 'javascript:alert(1)', 'data:text/html,x', 'https://a b/'):
            for action in ('actions__return_url', 'actions__cancel_url'):
                for name in PAGES:
                    with self.subTest(name, **{action: address}):
                        self.assert_ordinary(self.open(name, **{action: address}))


if __name__ == '__main__':
    harness.main()
