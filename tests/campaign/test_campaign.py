# SPDX-License-Identifier: GPL-3.0-or-later
"""The campaign itself: that it finds what is wrong, that a seed can be played again, and a short run."""

import argparse
import os
import pathlib
import signal
import sqlite3
import sys
import unittest

import campaign
import ledger_check

TILL = sys.argv.pop(1)
SIMULATOR = sys.argv.pop(1)
# With a sanitizer a life takes many times as long: of every so many steps one is tried.
STRIDE = int(sys.argv.pop(1))
N_SEEDS = 20000
SECONDS = 30
N_AGAIN = 60

OPTIONS = argparse.Namespace(till=TILL, simulator=SIMULATOR, aloud=False, failures=3,
                             folder='/dev/shm' if os.path.isdir('/dev/shm') else None)

# What somebody does to a ledger, and what must be said of it. "token" is the paid payment's, and
# what is sealed anew is a forgery by one who knows how.
CHANGES = (
    ('UPDATE payment SET amount = amount - 1 WHERE id = 1', False, 'amount is'),
    ('UPDATE payment SET token = NULL, page_url = NULL, state = "aborted" WHERE id = 3', False, 'is lost'),
    ('UPDATE payment SET next_check_at = 0 WHERE id = 3', False, 'is not watched'),
    ('UPDATE payment SET next_check_at = 1 WHERE id = 1', False, 'is watched'),
    ('UPDATE sale SET settled_by = "open", settled_at = NULL WHERE id = 1', False, 'was paid and is open'),
    ('UPDATE sale SET settled_by = "cash" WHERE id = 1', False, 'is settled in cash'),
    ('INSERT INTO follow_up (payment, kind, opened_at) VALUES (1, "paid-twice", 1)', False, '0 twice|1 twice'),
    ('UPDATE sale SET total = 1 WHERE id = 2', False, 'sale.total is'),
    ('UPDATE sale_line SET label = "Sel"', False, 'sale.label 0 is'),
    ('UPDATE payment_event SET note = "x" WHERE id = 2', False, 'is not sealed'),
    ('DELETE FROM payment_event WHERE id = 2', False, 'line 2 is missing'),
    ('DELETE FROM payment_event WHERE id = (SELECT max (id) FROM payment_event)', False, 'were given a number'),
    ('DELETE FROM payment_event WHERE id = (SELECT max (id) FROM payment_event)', True, 'were given a number'),
    ('UPDATE seal SET takings = takings + 1', False, 'does not add up'),
    ('DELETE FROM seal', False, 'were given a number'),
    ('UPDATE payment_event SET to_state = "paid" WHERE payment = 2 AND what = "confirmed-declined"', True,
     'does not lead from'),
    ('UPDATE payment_event SET what = "page-reopened" WHERE what = "customer-returned"', True, 'does not lead from'),
    ('UPDATE payment SET state = "paid" WHERE id = 2', False, 'is paid, and the gateway says'),
    ('UPDATE payment SET state = "declined", verdict_at = 1 WHERE id = 3', False, 'is declined, and the gateway says'),
    ('UPDATE payment SET token = (SELECT token FROM payment WHERE id = 3) WHERE id = 2', False,
     'has the token of another invoice'),
    ('UPDATE payment SET reference = "LGD-0000-0000" WHERE id = 1', False, 'is lost'),
    ('UPDATE payment SET state = "disputed" WHERE id = 2', False, 'nobody is told'),
    ('UPDATE payment SET state = "unresolved", next_check_at = 1 WHERE id = 1', False, 'was paid on the screen'),
    ('UPDATE payment SET released_by = "cash" WHERE id = 1', False, 'was let go: cash; late: False'),
    ('PRAGMA journal_mode = DELETE', False, 'sold with journal_mode delete'),
    ('DROP INDEX one_open_attempt; UPDATE payment SET sale = 3, state = "unresolved"', False, 'two open payments'),
)


def change(path, script):
    base = sqlite3.connect(path, isolation_level=None)
    for name, in base.execute('SELECT name FROM sqlite_master WHERE type = "trigger"').fetchall():
        base.execute(f'DROP TRIGGER {name}')
    base.execute('PRAGMA ignore_check_constraints = 1')
    base.executescript(script)
    base.close()


def seal_anew(path):
    base = sqlite3.connect(path, isolation_level=None)
    base.row_factory = sqlite3.Row
    previous, seals_at = '', {}
    for line in base.execute('SELECT * FROM payment_event ORDER BY id').fetchall():
        previous = ledger_check.seal_line(previous, line)
        seals_at[line['id']] = previous
        base.execute('UPDATE payment_event SET hash = ? WHERE id = ?', (previous, line['id']))
    previous = ''
    for seal in base.execute('SELECT * FROM seal ORDER BY id').fetchall():
        previous = ledger_check.seal_day(previous, seal, seals_at[seal['last_line']])
        base.execute('UPDATE seal SET hash = ? WHERE id = ?', (previous, seal['id']))
    base.close()


class Checker(unittest.TestCase):
    """Whatever is wrong with a ledger is found by who looks at it."""

    @classmethod
    def setUpClass(cls):
        cls.worker = campaign.Worker(OPTIONS, campaign.read_token(SIMULATOR))
        cls.addClassCleanup(cls.worker.stop)
        cls.disk = cls.worker.make_disk(False)
        clock = {'zone': 'UTC', 'real': campaign.START, 'monotonic': 100 * campaign.SECOND}
        for life, outcome in enumerate(('paid', 'declined', 'left')):
            cls.worker.go_through(cls.disk, 1, life, {'outcome': outcome}, clock)
            clock['real'] += 86400 * campaign.SECOND
        cls.path = str(cls.worker.home / 'changed.sqlite')

    def look(self):
        return ledger_check.check(self.path, self.disk.told(), self.worker.simulator.find, campaign.verdicts, True)

    def test_whole(self):
        self.disk.copy_ledger(self.path)
        self.assertEqual(self.look(), [])
        states = [row['state'] for row in ledger_check.Book(self.path).payments.values()]
        self.assertEqual(states, ['paid', 'declined', 'unresolved'])

    def test_changed(self):
        for script, forged, expected in CHANGES:
            with self.subTest(script, forged=forged):
                self.disk.copy_ledger(self.path)
                change(self.path, script)
                if forged:
                    seal_anew(self.path)
                self.assertRegex('\n'.join(self.look()), expected)

    def test_broken(self):
        self.disk.copy_ledger(self.path)
        content = bytearray(pathlib.Path(self.path).read_bytes())
        page = 4096 * sqlite3.connect(self.path).execute(
            'SELECT rootpage - 1 FROM sqlite_master WHERE name = "payment_by_amount"').fetchone()[0]
        content[page + 8:page + 12] = b'\xff\xff\xff\xff'
        pathlib.Path(self.path).write_bytes(content)
        self.assertRegex('\n'.join(self.look()), 'SQLite finds the file broken')


class Campaign(unittest.TestCase):
    def setUp(self):
        self.worker = campaign.Worker(OPTIONS, campaign.read_token(SIMULATOR))
        self.addCleanup(self.worker.stop)

    def test_a_seed_can_be_played_again(self):
        first = [self.worker.play(seed) for seed in range(N_AGAIN)]
        self.assertEqual([self.worker.play(seed) for seed in range(N_AGAIN)], first)
        self.assertEqual(len({str(digests) for digests in first}), N_AGAIN, 'no two are the same')

    def sell_until(self, **words):
        """Kills the till at one step after the other, until it has no more."""
        step = 1
        while self.worker.sell_one(step, last=step, **words)['end'] == 'killed':
            step += STRIDE
        self.assertGreater(step, 100)

    def test_killed_at_every_step(self):
        self.sell_until()

    def test_power_cut_at_every_step(self):
        self.sell_until(cut=True)

    def test_disk_fails_at_every_step(self):
        n_steps = int(self.worker.sell_one(0)['disk'])
        self.assertGreater(n_steps, 100)
        for step in range(1, n_steps + 1, STRIDE):
            # A write that fails, and one of each other kind of trouble, once or for good.
            self.worker.sell_one(step, trouble=step, kind=1)
            self.worker.sell_one(step, trouble=step, kind=2 + step % 3, spell=step // 3 % 2 * 1000, cut=step % 2 == 0)

    def test_fsync_fails_and_power_is_cut(self):
        """What the kernel has given up stays in memory; it must not be built upon."""
        n_steps = int(self.worker.sell_one(0)['disk'])
        for step in range(1, n_steps + 1, STRIDE):
            disk = self.worker.make_disk(False)
            clock = {'zone': 'UTC', 'real': campaign.START, 'monotonic': 100 * campaign.SECOND}
            failing = {'outcome': 'left', 'trouble': step, 'kind': 3, 'spell': 1000, 'vanish': 1}
            dying = {'outcome': 'paid', 'vanish': 1, 'last': 0 if step % 2 else 1 + step // 2 % 40}
            self.worker.go_through(disk, step, 0, failing, clock)
            self.worker.go_through(disk, step, 1, dying, clock)
            self.worker.cut_power(disk, step, 1)
            self.worker.look(disk, step, 1)
            self.worker.heal(disk, step, clock)

    def test_many_seeds(self):
        played, failures, seen = campaign.play_all(OPTIONS, range(N_SEEDS), 2, SECONDS)
        self.assertEqual(failures, [], campaign.describe(failures))
        print(f'{played} seeds; what happened: {seen}')
        self.assertGreater(played, 0)
        # What never happens is not tested.
        if played >= 300:
            self.assertLessEqual({'closed', 'killed', 'refused', *ledger_check.TOLD_BY_COMMANDS}, seen.keys())


if __name__ == '__main__':
    # A test that takes too long is ended, and leaves nothing behind either.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    unittest.main(verbosity=2)
