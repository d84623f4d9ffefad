# SPDX-License-Identifier: GPL-3.0-or-later
"""A long way to the server: relays TCP connections and holds every byte back.

Takes addresses to listen on, gets a free port on each, prints the ports in one line, and
relays to the same port of another address. Half a round trip is held back in each
direction; what a client sends first waits one more round trip, as its handshake would have.
A number of milliseconds on a line of standard input is the round trip from then on; "drop"
ends the connections there are, as servers do with idle ones. Each is answered by a line, and
the end of input is the end.
"""
import argparse
import asyncio
import collections
import sys

# Timers may be early by what the clock cannot tell.
EARLY = 1e-6


class Way:
    """One direction of a connection. What goes in first comes out first, whenever it is due."""

    def __init__(self, relay, not_before):
        self.relay = relay
        self.loop = relay.loop
        self.not_before = not_before
        self.held = collections.deque()
        self.target = None

    def carry(self, data):
        """None is the end."""
        due = max(self.loop.time(), self.not_before) + self.relay.seconds / 2
        if self.held:
            due = max(due, self.held[-1][0])
        self.held.append((due, data))
        self.loop.call_at(due, self.deliver)

    def lead_to(self, target):
        self.target = target
        self.deliver()

    def deliver(self):
        while self.target and self.held and self.held[0][0] <= self.loop.time() + EARLY:
            _, data = self.held.popleft()
            if self.target.is_closing():
                continue
            if data is None:
                self.target.close()
            else:
                self.target.write(data)


class End(asyncio.Protocol):
    """One end of a connection; passes on what it hears."""

    def __init__(self, way):
        self.way = way

    def connection_made(self, transport):
        self.way.relay.transports.add(transport)
        self.transport = transport

    def data_received(self, data):
        self.way.carry(data)

    def connection_lost(self, exc):
        self.way.relay.transports.discard(self.transport)
        self.way.carry(None)


class Client(End):
    """The end whose other end is yet to be reached."""

    def __init__(self, relay):
        super().__init__(None)
        self.relay = relay

    def connection_made(self, transport):
        self.way = Way(self.relay, self.relay.loop.time() + self.relay.seconds)
        super().connection_made(transport)
        self.relay.keep(self.reach(transport))

    async def reach(self, transport):
        back = Way(self.relay, 0)
        back.lead_to(transport)
        host = self.relay.to
        port = transport.get_extra_info("sockname")[1]
        try:
            target, _ = await self.relay.loop.create_connection(lambda: End(back), host, port)
        except OSError:
            transport.abort()
            return
        self.way.lead_to(target)


class Relay:
    def __init__(self, loop, to):
        self.loop = loop
        self.to = to
        self.seconds = 0
        self.tasks = set()
        self.transports = set()

    def obey(self, word):
        if word != "drop":
            self.seconds = int(word) / 1000
            return
        for transport in list(self.transports):
            transport.close()

    def keep(self, work):
        task = self.loop.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


async def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", required=True, help="the address to relay to")
    parser.add_argument("addresses", nargs="+", help="the addresses to listen on")
    options = parser.parse_args()

    loop = asyncio.get_running_loop()
    relay = Relay(loop, options.to)
    servers = [await loop.create_server(lambda: Client(relay), address, 0)
               for address in options.addresses]
    print(*(server.sockets[0].getsockname()[1] for server in servers), flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        relay.obey(line.strip())
        print("done", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
