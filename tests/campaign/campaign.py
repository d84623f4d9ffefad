#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sells with the real till and the real simulator while everything fails that can: the network at
any byte, the disk at any operation, the process at any step, the power, the clock, the cashier and
the customers. What fails when follows from a seed alone; after every life of the till its ledger is
looked at by ledger_check.py. A seed that fails is named, and fails again when it is played again."""

import argparse
import atexit
import concurrent.futures
import http.client
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import ledger_check

ZONES = ('UTC', 'Africa/Ouagadougou', 'Europe/Paris', 'America/St_Johns', 'Pacific/Chatham')
KEY = 'DEMONSTRATION0001'
# A day in 2027, µs.
START = 1_810_000_000_000_000
SECOND = 1_000_000
# Nothing outside of the program is asked, and so no thread of its own runs.
ENVIRONMENT = {'G_DEBUG': 'fatal-warnings', 'GIO_USE_PROXY_RESOLVER': 'dummy', 'GIO_USE_VFS': 'local',
               'GSETTINGS_BACKEND': 'memory', 'GIO_MODULE_DIR': '/nowhere', 'LD_BIND_NOW': '1', 'LC_ALL': 'C.UTF-8'}
LAST_LIFE = 99
# How often each job of a long run says how far it is.
PROGRESS_S = 60
# The lives in which somebody brings a backup back.
RESTORING = 50
# What stays true when a ledger is lost.
BEYOND_LEDGER = ('back-up-begins', 'backed-up', 'turned-down')
LEDGER = 'ledger.sqlite'
SUFFIXES = ('', '-wal', '-journal')

# What the gateway's odd answers can lead to, by the amount that plays them.
NEVER_DECIDED = {9912, 9913, 9914, 9917, 9921, 9927}
CONTRADICTED = {9922, 9928, 9929}


def verdicts(invoice):
    """The states that a payment may be in when everything was asked about."""
    amount, status = invoice['amount'], invoice['status']
    if status == 'pending' or amount in NEVER_DECIDED:
        return ledger_check.OPEN
    if status == 'notcompleted':
        return ('disputed',) if amount == 9928 else ('declined',)
    if amount == 9923:
        return ledger_check.OPEN
    if amount in CONTRADICTED or invoice['paid_amount'] != amount:
        return ('disputed',)
    return ('paid',)


class Failed(Exception):
    """A seed that failed, and what is wrong."""


class Disk:
    """A folder with a ledger. What a power cut leaves of it knows the till's program alone."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def make(self, template=None):
        if template is None:
            self.folder.mkdir()
        else:
            shutil.copytree(template, self.folder)

    def copy_ledger(self, target):
        for suffix in (*SUFFIXES, '-shm'):
            pathlib.Path(target + suffix).unlink(missing_ok=True)
        for suffix in SUFFIXES:
            if (self.folder / (LEDGER + suffix)).exists():
                shutil.copyfile(self.folder / (LEDGER + suffix), target + suffix)

    def told(self):
        path = self.folder / 'shown'
        return path.read_text(encoding='utf-8').splitlines() if path.exists() else []


class Simulator:
    """The gateway, in a process of its own."""

    def __init__(self, program):
        # pylint: disable-next=consider-using-with
        self.process = subprocess.Popen([program, '--port=0', '--quiet', '--public-keys', '--exit-with-parent'],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline().rpartition(':')[2])
        self.connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=40)

    def find(self, token):
        """What it knows of an invoice, which stays as it is."""
        self.connection.request('POST', f'/simulator/outcome?token={token}&outcome=left',
                                headers={'X-Ligdi-Simulator': '1', 'Content-Length': '0'})
        return json.loads(self.connection.getresponse().read())

    def stop(self):
        self.connection.close()
        with self.process:
            self.process.kill()


class Till:
    """The program that lives lives."""

    def __init__(self, program):
        # pylint: disable-next=consider-using-with
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, **ENVIRONMENT})

    def tell(self, **words):
        print(*(f'{name}={value}' for name, value in words.items()), file=self.process.stdin, flush=True)
        return self.process.stdout.readline().strip()

    def live(self, **words):
        return dict(word.split('=') for word in self.tell(**words).split(' '))

    def stop(self):
        with self.process:
            self.process.stdin.close()


def draw_life(luck):
    words = {
        'presses': luck.randint(2, 9),
        'counters': luck.choice((1, 1, 1, 2)),
        'begin': int(luck.random() < 0.7),
        'last': luck.randint(1, luck.choice((30, 200, 600))) if luck.random() < 0.5 else 0,
        'disk': luck.choice((0, 0, 5, 30)),
        'wire': luck.choice((0, 150, 400)),
        'refuse': luck.choice((0, 0, 30, 200)),
        'clock': luck.choice((0, 0, 150)),
        'vanish': int(luck.random() < 0.2),
    }
    # Other programs on the same ledger; what they do, they draw for themselves.
    if luck.random() < 0.3:
        words.update({'beside': luck.choice((1, 1, 2)), 'errands': luck.randint(1, 5), 'counters': 1,
                      'last-beside': luck.randint(1, luck.choice((60, 300))) if luck.random() < 0.3 else 0})
    # Two tills in one process own the same payments: neither takes the other's for news.
    words['follow'] = int(luck.random() < 0.3 and words['counters'] == 1)
    # Left alone for as long as payments are watched, with nothing that fails.
    if luck.random() < 0.002:
        words.update(days=9, disk=0, wire=0, counters=1, beside=0)
    return words


class Worker:
    """Plays seeds, one after the other, in one folder."""

    def __init__(self, options, token):
        self.options = options
        self.home = pathlib.Path(tempfile.mkdtemp(prefix='ligdi-campaign-', dir=options.folder))
        atexit.register(shutil.rmtree, self.home, ignore_errors=True)
        self.simulator = Simulator(options.simulator)
        self.till = Till(options.till)
        self.fixed = {'key': KEY, 'token': token, 'port': self.simulator.port}
        self.template = self.home / 'template'
        self.seen = {}
        self.digests = []

    def stop(self):
        self.till.stop()
        self.simulator.stop()
        shutil.rmtree(self.home)

    def make_template(self):
        disk = Disk(self.template)
        disk.make()
        self.till.tell(**{'begin-disk': disk.folder})
        self.live(disk, 0, 0, {'zone': 'UTC', 'real': START - SECOND, 'monotonic': SECOND})

    def live(self, disk, seed, life, words):
        return self.till.live(folder=disk.folder, seed=seed, life=life, aloud=int(self.options.aloud), **self.fixed,
                              **words)

    def look(self, disk, seed, life, just_told=(), **more):
        copy = str(self.home / 'copy.sqlite')
        disk.copy_ledger(copy)
        told = [*disk.told(), *just_told]
        if not os.path.exists(copy):
            if any('LGD-' in line for line in told):
                raise Failed(seed, life, ['the ledger is gone'])
            return
        found = ledger_check.check(copy, told, **more)
        own = self.till.tell(verify=copy)
        if own != 'whole':
            found.append(f'LigdiPay says: {own}')
        if found:
            raise Failed(seed, life, found)

    def make_disk(self, from_template):
        disk = Disk(self.home / 'till')
        shutil.rmtree(disk.folder, ignore_errors=True)
        if from_template and not self.template.exists():
            self.make_template()
        disk.make(self.template if from_template else None)
        self.till.tell(**{'begin-disk': disk.folder})
        return disk

    def cut_power(self, disk, seed, life):
        self.till.tell(cut=disk.folder, seed=seed, life=life)

    def look_at_backups(self, disk, seed, life):
        """A backup that was said to be made is there, whatever came after, and is what was written by then."""
        told = disk.told()
        begun = {line.split(' ')[1]: at for at, line in enumerate(told) if line.startswith('back-up-begins ')}
        for name in (line.split(' ')[1] for line in told if line.startswith('backed-up ')):
            if not (disk.folder / name).exists():
                raise Failed(seed, life, [f'{name} is gone'])
            copy = str(self.home / 'backup.sqlite')
            shutil.copyfile(disk.folder / name, copy)
            # No till has opened it yet.
            found = ledger_check.check(copy, [*told[:begun[name]], f'restored {name}'])
            own = self.till.tell(verify=copy)
            if found or own != 'whole':
                raise Failed(seed, life, [*found, f'LigdiPay says of {name}: {own}'])

    def lose_ledger(self, disk, luck):
        """Its disk is broken; what was sold since the backup is lost. Answers whether there is a backup."""
        told = disk.told()
        made = [line.split(' ')[1] for line in told if line.startswith('backed-up ')]
        if not made:
            return None
        name = luck.choice(made)
        for suffix in (*SUFFIXES, '-shm'):
            (disk.folder / (LEDGER + suffix)).unlink(missing_ok=True)
        if luck.random() < 0.5:
            (disk.folder / LEDGER).write_bytes(luck.randbytes(luck.randrange(20000)))
        begun = told.index(f'back-up-begins {name}')
        kept = told[:begun] + [line for line in told[begun:] if line.split(' ')[0] in BEYOND_LEDGER]
        (disk.folder / 'shown').write_text(''.join(f'{line}\n' for line in kept), encoding='utf-8')
        self.till.tell(**{'begin-disk': disk.folder})
        return name

    def restore(self, disk, seed, life, luck, clock):
        """Brings back a ledger that was lost, or puts a backup of now over a whole one; somebody may trip over the
        cable meanwhile."""
        name = self.lose_ledger(disk, luck) if luck.random() < 0.5 else ''
        # Who only reads does not finish what a killed till began: the next till does. And a ledger that no till could
        # open may not outlive a power cut; nothing was sold in it.
        in_use = any(not line.startswith('back-up-begins ') for line in disk.told())
        can_be_read = in_use and (disk.folder / LEDGER).exists() and not (disk.folder / f'{LEDGER}-journal').exists()
        if name is None or not (name or can_be_read):
            return
        # Names change hands towards the end.
        for last in (luck.randint(*luck.choice(((1, 150), (50, 80) if name else (100, 145)))), 0):
            ended = self.go_through(disk, seed, RESTORING + 2 * life + (last == 0),
                                    {'restore': name, 'last': last, 'disk': luck.choice((0, 10)) if last else 0}, clock)
            self.digests.append(ended['digest'])
            if luck.random() < 0.5:
                self.cut_power(disk, seed, RESTORING + 2 * life + (last == 0))
            if not name:
                # Who was killed may have done so without saying it.
                self.look(disk, seed, life, [f'restored {name}'])
        if not any(line.startswith('restored ' + name) for line in disk.told()):
            raise Failed(seed, life, [f'"{name}" cannot be restored'])
        self.look(disk, seed, life)

    def play(self, seed):
        """Plays what a seed says; answers what tells it from all others."""
        luck = random.Random(seed)
        disk = self.make_disk(luck.random() < 0.8)
        clock = {'zone': luck.choice(ZONES), 'real': START + luck.randrange(400 * 86400) * SECOND,
                 'monotonic': 100 * SECOND}
        self.digests = digests = []
        for life in range(luck.randint(1, 3)):
            ended = self.go_through(disk, seed, life, draw_life(luck), clock)
            digests.append(ended['digest'])
            if luck.random() < (0.5 if ended['end'] == 'killed' else 0.2):
                self.cut_power(disk, seed, life)
                clock['monotonic'] = 20 * SECOND
            clock['real'] += luck.choice((1, 1, 60, 8 * 3600)) * SECOND
            self.look(disk, seed, life)
            self.look_at_backups(disk, seed, life)
            if luck.random() < 0.3:
                self.restore(disk, seed, life, luck, clock)
        digests.append(self.heal(disk, seed, clock)['digest'])
        for line in disk.told():
            if line.split(' ')[0] in ledger_check.TOLD_BY_COMMANDS:
                self.note(line.split(' ')[0])
        return digests

    def note(self, what):
        self.seen[what] = self.seen.get(what, 0) + 1

    def go_through(self, disk, seed, life, words, clock):
        ended = self.live(disk, seed, life, {**words, **clock})
        self.note(ended['end'])
        if ended['end'] in ('crashed', 'corrupt', 'not-healed', 'not-followed', 'taken'):
            raise Failed(seed, life, [f'the till ended: {ended["end"]}'])
        clock.update(real=int(ended['real']), monotonic=int(ended['monotonic']))
        return ended

    def heal(self, disk, seed, clock):
        """The last life: nothing fails any more, and everything is known."""
        ended = self.go_through(disk, seed, LAST_LIFE, {'heal': 1, 'ask': int(seed % 8 == 0)}, clock)
        if ended['end'] != 'closed':
            raise Failed(seed, LAST_LIFE, ['the till cannot be opened'])
        self.look(disk, seed, LAST_LIFE, truth=self.simulator.find, verdicts=verdicts, ended=True,
                  asked_again=seed % 8 != 0)
        return ended

    def sell_one(self, seed, cut=False, **words):
        """One sale of a new shop, with one thing that goes wrong; answers how that ended."""
        disk = self.make_disk(False)
        clock = {'zone': 'UTC', 'real': START, 'monotonic': 100 * SECOND}
        ended = self.go_through(disk, seed, 0, {'outcome': 'paid', **words}, clock)
        if cut:
            self.cut_power(disk, seed, 0)
        self.look(disk, seed, 0)
        self.heal(disk, seed, clock)
        return ended


def read_token(simulator):
    text = subprocess.run([simulator, '--help'], check=True, capture_output=True, text=True).stdout
    return re.search(r'Bearer (\S+)', text).group(1)


def play_share(options, token, seeds, until):
    """Plays some seeds in a process of their own; answers (played, failures, how lives ended)."""
    # Whoever is ended cleans up first.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    parent = os.getppid()
    worker = Worker(options, token)
    failures, played, ended = [], 0, True
    next_word = time.monotonic() + PROGRESS_S
    try:
        for seed in seeds:
            if time.monotonic() > next_word:
                next_word += PROGRESS_S
                print(f'{time.strftime("%H:%M")} seed {seed}: {played} played, {len(failures)} failed', file=sys.stderr)
            if time.monotonic() > until or os.getppid() != parent:
                break
            try:
                worker.play(seed)
            except Failed as failure:
                failures.append(failure.args)
                print(describe([failure.args]), end='', file=sys.stderr)
                if len(failures) >= options.failures:
                    break
            played += 1
        ended = os.getppid() != parent
    except KeyboardInterrupt:
        pass
    finally:
        worker.stop()
    if ended:
        os._exit(1)  # nobody waits for the result
    return played, failures, worker.seen


def play_all(options, seeds, jobs, seconds=float('inf')):
    """Plays many seeds, some at a time; answers as play_share()."""
    token = read_token(options.simulator)
    until = time.monotonic() + seconds
    shares = [seeds[job::jobs] for job in range(jobs)]
    with concurrent.futures.ProcessPoolExecutor(jobs) as pool:
        results = list(pool.map(play_share, *zip(*((options, token, share, until) for share in shares))))
    seen = {}
    for _played, _failures, ends in results:
        for end, n in ends.items():
            seen[end] = seen.get(end, 0) + n
    return sum(result[0] for result in results), sorted(failure for result in results for failure in result[1]), seen


def describe(failures):
    return ''.join(f'seed {seed}, life {life}:\n' + ''.join(f'  {sentence}\n' for sentence in found)
                   for seed, life, found in failures)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('build', type=pathlib.Path, help='the build folder, such as _build-test/gcc')
    parser.add_argument('--seeds', type=int, default=1000, help='how many seeds (1000)')
    parser.add_argument('--from', type=int, default=0, dest='first', help='the first of them (0)')
    parser.add_argument('--jobs', type=int, default=2, help='how many at a time (2)')
    parser.add_argument('--seconds', type=float, default=float('inf'), help='begin no seed after that')
    parser.add_argument('--failures', type=int, default=10, help='give up after so many that failed (10)')
    parser.add_argument('--aloud', action='store_true', help='tell every event of every life on standard error')
    parser.add_argument('--folder', default='/dev/shm' if os.path.isdir('/dev/shm') else None,
                        help='where ledgers are made (/dev/shm)')
    options = parser.parse_args()
    options.till = options.build / 'tests/campaign/campaign-till'
    options.simulator = options.build / 'src/ligdipay-simulator'

    started = time.monotonic()
    played, failures, seen = play_all(options, range(options.first, options.first + options.seeds), options.jobs,
                                      options.seconds)
    took = time.monotonic() - started
    print(describe(failures), end='')
    if failures:
        print(f'To see how: --from {failures[0][0]} --seeds 1 --aloud')
    print(f'{played} seeds in {took:.0f} s, {played / took:.0f} a second; {len(failures)} failed; what happened: {seen}')
    return 1 if failures or played == 0 else 0


if __name__ == '__main__':
    sys.exit(main())
