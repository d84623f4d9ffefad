#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks the till for a sale on the session's bus, and says what becomes of it, late news too:
charge.py ORDER 'LABEL=QUANTITYxPRICE'...

The reference is the order's number: to ask again, after a crash or out of doubt, is harmless.
"""
import sys

from gi.repository import Gio, GLib

TILL = ('com.example.LigdiPay', '/com/example/LigdiPay', 'com.example.LigdiPay.Till1')
FINAL = ('paid', 'cash', 'not-paid', 'wrong-amount', 'refused', 'unknown')


def read_item(text):
    label, _sign, numbers = text.rpartition('=')
    quantity, price = numbers.split('x')
    return label, int(quantity), int(price)


def main():
    order, items = sys.argv[1], [read_item(text) for text in sys.argv[2:]]
    amount = sum(quantity * price for _label, quantity, price in items)
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    loop = GLib.MainLoop()

    def tell(state, details):
        print(order, state, details.get('operator', ''), flush=True)
        if state in FINAL:
            loop.quit()

    def on_changed(_bus, _sender, _path, _interface, _signal, arguments):
        _order, state, details = arguments.unpack()
        tell(state, details)

    # First listen, then ask: nothing is missed in between.
    bus.signal_subscribe(*TILL[:1], TILL[2], 'ChargeChanged', TILL[1], order,
                         Gio.DBusSignalFlags.NONE, on_changed)
    options = {'from': GLib.Variant('s', 'Order desk')}
    answer = bus.call_sync(*TILL, 'Charge', GLib.Variant('(sxa(sxx)a{sv})', (order, amount, items, options)),
                           None, Gio.DBusCallFlags.NONE, 60000, None)
    state, details = answer.unpack()
    GLib.idle_add(tell, state, details)
    loop.run()


main()
