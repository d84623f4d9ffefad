# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks at a ledger as somebody who knows its file, what the till told people, and what the gateway
knows, and not a line of the program that wrote it.

check() answers with a list of what is wrong, empty when nothing is.
"""

import hashlib
import re
import sqlite3

OPEN = ('awaiting', 'verifying', 'unresolved')
# The table of the README.
STEPS = {
    ('creating', 'invoice-created'): 'awaiting',
    ('creating', 'create-failed'): 'aborted',
    ('creating', 'cashier-cancelled'): 'aborted',
    ('creating', 'owner-gone'): 'aborted',
    ('awaiting', 'customer-returned'): 'verifying',
    ('awaiting', 'customer-cancelled'): 'verifying',
    ('awaiting', 'page-lost'): 'verifying',
    ('awaiting', 'verify-asked'): 'verifying',
    ('awaiting', 'recovered'): 'verifying',
    ('unresolved', 'verify-asked'): 'verifying',
    ('verifying', 'patience-exhausted'): 'unresolved',
    ('verifying', 'page-reopened'): 'awaiting',
    ('unresolved', 'page-reopened'): 'awaiting',
    **{(state, 'confirmed-paid'): 'paid' for state in OPEN},
    **{(state, 'confirmed-declined'): 'declined' for state in OPEN},
    **{(state, 'confirmed-mismatch'): 'disputed' for state in OPEN},
    ('declined', 'confirmed-paid'): 'disputed',
    ('declined', 'confirmed-mismatch'): 'disputed',
}
# What is written down without a step.
NOTES = ('attempt', 'late-reply', 'cash', 'given-up', 'new-payment', 'contradiction', 'page-moved', 'set-aside',
         'not-charged-again', 'follow-up-closed')
RELEASES = (None, 'cash', 'new-payment')
UNRELEASED = ('creating', 'awaiting', 'verifying', 'unresolved', 'disputed')
ENOUGH_CHECKS = 350

ESCAPES = {b'b': b'\b', b'f': b'\f', b'n': b'\n', b'r': b'\r', b't': b'\t', b'v': b'\v'}


def find_reachable():
    """For each state all that may follow it, itself included."""
    states = {state for state, _event in STEPS} | set(STEPS.values())
    reachable = {state: {state} for state in states}
    for _round in states:
        for (state, _event), after in STEPS.items():
            for before in states:
                if state in reachable[before]:
                    reachable[before].add(after)
    return reachable


REACHABLE = find_reachable()


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def seal_line(previous, line):
    """The seal of a line of the journal: its fields, each with its length, after the last seal."""
    fields = [previous] + [None if line[name] is None else str(line[name]) for name in
                           ('id', 'payment', 'at', 'what', 'from_state', 'to_state', 'note', 'changes')]
    return digest(''.join('-' if text is None else f'{len(text.encode())}:{text}' for text in fields))


def seal_day(previous, seal, line_hash):
    """The seal of a day, after the last day's and with that of its last line."""
    return digest(f'{previous} {seal["day"]} {seal["last_line"]} {seal["n_paid"]} {seal["takings"]} '
                  f'{seal["sealed_at"]} {line_hash}')


def unescape(text):
    def replace(match):
        found = match.group(1)
        return bytes([int(found, 8)]) if found.isdigit() else ESCAPES.get(found, found)
    return re.sub(rb'\\([0-7]{3}|.)', replace, text.encode()).decode()


class Book:
    """A ledger's file, read whole."""

    def __init__(self, path):
        base = sqlite3.connect(path)
        base.row_factory = sqlite3.Row
        self.journal_mode = base.execute('PRAGMA journal_mode').fetchone()[0]
        self.integrity = [row[0] for row in base.execute('PRAGMA integrity_check')]
        self.strangers = base.execute('PRAGMA foreign_key_check').fetchall()
        self.sales = {row['id']: row for row in base.execute('SELECT * FROM sale')}
        self.items = base.execute('SELECT * FROM sale_line ORDER BY sale, position').fetchall()
        self.payments = {row['id']: row for row in base.execute('SELECT * FROM payment')}
        self.lines = base.execute('SELECT * FROM payment_event ORDER BY id').fetchall()
        self.seals = base.execute('SELECT * FROM seal ORDER BY id').fetchall()
        self.follow_ups = base.execute('SELECT * FROM follow_up ORDER BY id').fetchall()
        self.given = dict(base.execute('SELECT name, seq FROM sqlite_sequence'))
        self.by_reference = {row['reference']: row for row in self.payments.values()}
        base.close()

    def payments_of(self, ticket):
        return [row for row in self.payments.values() if row['sale'] == ticket]

    def kinds_of(self, payment):
        return [row['kind'] for row in self.follow_ups if row['payment'] == payment]

    def facts_of(self, row):
        """What the journal should say of a payment by now, by name."""
        sale = self.sales[row['sale']]
        facts = {'ticket': row['sale'], 'token digest': row['token'] and digest(row['token']),
                 'page digest': row['page_url'] and digest(row['page_url'])}
        for name in ('reference', 'transaction_id', 'amount', 'state', 'return_url', 'cancel_url', 'base_url',
                     'opening', 'exit', 'released_by', 'created_at', 'left_at', 'verdict_at', 'amount_received',
                     'operator_name', 'payer', 'request_id', 'refusal'):
            facts[name] = row[name]
        for name in ('created_at', 'n_items', 'total', 'settled_by', 'settled_at'):
            facts[f'sale.{name}'] = sale[name]
        for item in self.items:
            if item['sale'] == row['sale']:
                for name in ('label', 'quantity', 'unit_price'):
                    facts[f'sale.{name} {item["position"]}'] = item[name]
        for follow_up in self.follow_ups:
            if follow_up['payment'] == row['id']:
                facts[f'follow_up {follow_up["id"]}'] = follow_up['kind']
                for name in ('opened_at', 'closed_at', 'reason'):
                    facts[f'follow_up.{name} {follow_up["id"]}'] = follow_up[name]
                facts[f'follow_up.counted {follow_up["id"]}'] = follow_up['counted'] or None
        return {name: str(value) for name, value in facts.items() if value is not None}


def check_file(book):
    if book.integrity != ['ok']:
        yield f'SQLite finds the file broken: {book.integrity[0]}'
    if book.strangers:
        yield 'a row belongs to nothing'


def check_chain(book):
    previous = ''
    seals_at = {}
    for place, line in enumerate(book.lines, 1):
        if line['id'] != place:
            yield f'journal line {place} is missing'
            return
        previous = seals_at[place] = seal_line(previous, line)
        if line['hash'] != previous:
            yield f'journal line {place} is not sealed'
            return
    for table, rows in (('payment_event', book.lines), ('seal', book.seals), ('follow_up', book.follow_ups),
                        ('payment', list(book.payments.values())), ('sale', list(book.sales.values()))):
        if book.given.get(table, 0) != len(rows):
            yield f'{table}: {book.given.get(table, 0)} were given a number and {len(rows)} are there'
    previous, last_line = '', 0
    for seal in book.seals:
        of_day = [line for line in book.lines if last_line < line['id'] <= seal['last_line']]
        paid = [line for line in of_day if line['to_state'] == 'paid' and line['from_state'] != 'paid']
        takings = sum(book.payments[line['payment']]['amount'] for line in paid if line['payment'] in book.payments)
        # A wrong amount that the shop keeps counts when a person says so.
        takings += sum(int(counted) for line in of_day for counted in
                       re.findall(r'^follow_up\.counted \d+=(\d+)$', line['changes'], re.MULTILINE))
        previous = seal_day(previous, seal, seals_at.get(seal['last_line'], ''))
        if seal['hash'] != previous:
            yield f'the seal of {seal["day"]} is broken'
        if (seal['n_paid'], seal['takings']) != (len(paid), takings):
            yield f'{seal["day"]} does not add up'
        last_line = seal['last_line']


def check_facts(book):
    """Every row is as its lines say."""
    written = {}
    of_sale = {}
    for line in book.lines:
        row = book.payments.get(line['payment'])
        if row is None:
            yield f'journal line {line["id"]} is about no payment'
            return
        facts = written.setdefault(row['id'], {})
        for change in filter(None, line['changes'].split('\n')):
            name, equals, value = change.partition('=')
            into = of_sale.setdefault(row['sale'], {}) if name.startswith('sale.') else facts
            if equals:
                into[name] = unescape(value)
            else:
                into.pop(name, None)
    for row in book.payments.values():
        said = {**of_sale.get(row['sale'], {}), **written.get(row['id'], {})}
        found = book.facts_of(row)
        for name in sorted(said.keys() | found.keys()):
            if said.get(name) != found.get(name):
                yield f'{row["reference"]}: {name} is {found.get(name)}, its lines say {said.get(name)}'


def check_steps(book):
    """No payment went a way that is not in the table."""
    states = {}
    for line in book.lines:
        before, what, after = line['from_state'], line['what'], line['to_state']
        where = f'journal line {line["id"]}'
        if states.get(line['payment']) != before:
            yield f'{where} begins at {before}, the payment was {states.get(line["payment"])}'
        if before is None:
            legal = what == 'intent' and after == 'creating'
        elif what in NOTES:
            legal = before == after
        else:
            legal = STEPS.get((before, what)) == after
        if not legal:
            yield f'{where}: {what} does not lead from {before} to {after}'
        states[line['payment']] = after
    for row in book.payments.values():
        if states.get(row['id']) != row['state']:
            yield f'{row["reference"]} is {row["state"]}, its lines say {states.get(row["id"])}'


def check_sale(book, sale):
    rows = book.payments_of(sale['id'])
    paid = [row for row in rows if row['state'] == 'paid']
    twice = [row for row in paid if 'paid-twice' in book.kinds_of(row['id'])]
    name = f'ticket {sale["id"]}'

    if not rows:
        yield f'{name} has no payment'
    if sum(row['state'] in UNRELEASED and row['released_by'] is None for row in rows) > 1:
        yield f'{name} has two open payments'
    if sale['settled_by'] == 'open' and paid:
        yield f'{name} was paid and is open'
    if sale['settled_by'] == 'payment' and len(paid) - len(twice) != 1:
        yield f'{name} is settled by a payment: {len(paid)} paid, {len(twice)} twice'
    if sale['settled_by'] == 'cash' and len(paid) != len(twice):
        yield f'{name} is settled in cash: {len(paid)} paid, {len(twice)} twice'
    if sale['settled_by'] == 'given-up' and len(paid) - len(twice) != bool(paid):
        yield f'{name} was given up: {len(paid)} paid, {len(twice)} twice'
    for row in paid:
        let_go = row['released_by'] is not None or sale['settled_by'] == 'given-up'
        late = let_go and row not in twice
        if late != ('late' in book.kinds_of(row['id'])):
            yield f'{row["reference"]} was let go: {row["released_by"]}; late: {not late}'


def check_follow_ups(book):
    """What a person kept of a wrong amount is that amount, and counts once."""
    for row in book.follow_ups:
        received = book.payments[row['payment']]['amount_received']
        if row['counted'] not in ((0, received) if row['kind'] == 'wrong-amount' and row['closed_at'] else (0,)):
            yield f'follow-up {row["id"]} counts {row["counted"]}'


def check_rest(book):
    """Whatever may still be paid is asked about, and what needs a person is put before one."""
    for row in book.payments.values():
        name, state = row['reference'], row['state']
        if state in OPEN and row['next_check_at'] <= 0 and row['n_checks'] < ENOUGH_CHECKS:
            yield f'{name} is {state} and is not watched'
        if state not in OPEN and row['next_check_at'] != 0:
            yield f'{name} is {state} and is watched'
        if state == 'disputed' and not {'wrong-amount', 'contradiction'} & set(book.kinds_of(row['id'])):
            yield f'{name} is disputed and nobody is told'
        if state == 'aborted' and row['token'] is not None:
            yield f'{name} is aborted and has a page'


def check_link(book, reference, amount, page):
    """A link that was printed is as good as one that was shown."""
    row = book.by_reference.get(reference)
    if row is None:
        yield f'{reference}: its link was printed, and the payment is lost'
    elif (str(row['amount']), row['page_url']) != (amount, page):
        yield f'{reference}: its link was printed, and is {row["page_url"]} for {row["amount"]}'


def check_answer(book, reference, state, status):
    """What "ligdipay check" said of a payment, and what it ended with."""
    row = book.by_reference.get(reference)
    if row is None:
        yield f'{reference} was {state} to who checked it, and is lost'
    elif row['state'] not in REACHABLE[state]:
        yield f'{reference} was {state} to who checked it, and is {row["state"]}'
    if (status == '0') != (state == 'paid'):
        yield f'{reference}: checking it ended with {status}, and said {state}'


def check_nothing(_book, _name):
    """Looked at elsewhere."""
    return ()


TOLD_BY_COMMANDS = {'link': check_link, 'checked': check_answer, 'back-up-begins': check_nothing, 'backed-up': check_nothing,
                    'restored': check_nothing, 'turned-down': check_nothing}


def check_told(book, told):
    """What people were told is true for ever."""
    whats = [line.split(' ')[0] for line in told]
    sold = set(whats[len(whats) - whats[::-1].index('restored'):] if 'restored' in whats else whats)
    if sold - TOLD_BY_COMMANDS.keys() and book.journal_mode != 'wal':
        yield f'the till sold with journal_mode {book.journal_mode}: a power cut may bring an old journal back'
    n_shown, n_closed, last = {}, {}, {}
    for words in (line.split(' ') for line in told):
        if words[0] in TOLD_BY_COMMANDS:
            yield from TOLD_BY_COMMANDS[words[0]](book, *words[1:])
            continue
        what, reference, ticket, amount, state, released, n_lines, transaction, token, page = words
        row = book.by_reference.get(reference)
        if row is None:
            yield f'{reference} was {state} on the screen, and is lost'
            continue
        n_shown[reference] = max(n_shown.get(reference, 0), int(n_lines))
        last[reference] = (state, RELEASES[int(released)])
        known = [str(row['sale']), str(row['amount']), row['transaction_id']]
        if known != [ticket, amount, transaction]:
            yield f'{reference} became another one'
        if token != '-' and (token, page) != (row['token'], row['page_url']):
            yield f'{reference}: its link was shown, and is lost'
        n_closed[reference] = n_closed.get(reference, 0) + (what == 'closed')
        settled_by = book.sales[row['sale']]['settled_by']
        if what in ('cash', 'given-up') and settled_by != what:
            yield f'{reference}: {what}, and its sale is {settled_by}'
    for reference, (state, released) in last.items():
        row = book.by_reference.get(reference)
        if row is None:
            continue
        n_lines = sum(line['payment'] == row['id'] for line in book.lines)
        if row['state'] not in REACHABLE[state]:
            yield f'{reference} was {state} on the screen, and is {row["state"]}'
        if released is not None and row['released_by'] != released:
            yield f'{reference} was let go for {released}, and is not'
        closed = [follow_up for follow_up in book.follow_ups
                  if follow_up['payment'] == row['id'] and follow_up['closed_at'] is not None]
        if len(closed) < n_closed[reference]:
            yield f'{reference}: a person closed {n_closed[reference]}, and {len(closed)} are closed'
        if n_lines < n_shown[reference]:
            yield f'{reference} had {n_shown[reference]} lines on the screen, and has {n_lines}'


def check_truth(book, truth, verdicts, refused, asked_again):
    """The gateway's word, and no other. @verdicts answers with the states that may be, at the end. Of @refused the
    gateway said so once, and need not have meant it; @asked_again says whether refusals were asked about again."""
    for row in book.payments.values():
        name, state = row['reference'], row['state']
        if row['token'] is None:
            continue
        known = truth(row['token'])
        right = known['custom_data'] == {'transaction_id': row['transaction_id']} and known['amount'] == row['amount']
        whole = known['status'] == 'completed' and known['paid_amount'] == row['amount']
        if not right:
            yield f'{name} has the token of another invoice'
        if state == 'paid' and not whole:
            yield f'{name} is paid, and the gateway says {known["status"]} {known["paid_amount"]}'
        taken_back = known['status'] == 'completed' and asked_again and verdicts(known) != OPEN
        if state == 'declined' and row['token'] in refused and not taken_back:
            continue
        if state == 'declined' and known['status'] != 'notcompleted':
            yield f'{name} is declined, and the gateway says {known["status"]}'
        # Asked about for a week in vain, it needs a person.
        watched = state not in OPEN or row['next_check_at'] > 0
        if verdicts is not None and watched and state not in verdicts(known):
            # Nobody but a person says who is right.
            if row['token'] in refused and state == 'disputed':
                continue
            yield f'{name} is {state}, and the gateway says {known["status"]} {known["paid_amount"]}'


def check_end(book):
    for row in book.payments.values():
        if row['state'] == 'creating':
            yield f'{row["reference"]} is still being created'


def check(path, told=(), truth=None, verdicts=None, ended=False, asked_again=False):
    """All that is wrong with the ledger in @path."""
    try:
        book = Book(path)
    except sqlite3.DatabaseError as error:
        return [f'SQLite finds the file broken: {error}']
    found = list(check_file(book))
    if found:
        return found
    for part in (check_chain, check_facts, check_steps, check_rest, check_follow_ups):
        found += part(book)
    found += check_told(book, told)
    for sale in book.sales.values():
        found += check_sale(book, sale)
    if truth is not None:
        refused = {line.split(' ')[1] for line in told if line.startswith('turned-down ')}
        found += check_truth(book, truth, verdicts, refused, asked_again)
    if ended:
        found += check_end(book)
    return found
