# SPDX-License-Identifier: GPL-3.0-or-later
"""Every diagnosis that takes a network, a name server, a portal or a clock, provoked for real.

Runs in a network and a mount namespace of its own: with its own cable, its own /etc/hosts, name
server and certificate authority, and with servers on the ports that gateways and portals use.
Its one argument is the program that asks.
"""

import http.server
import fcntl
import os
import select
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading

HOST = "pay.example"
HERE = "10.9.0.1"
NOWHERE = "10.9.0.77"
LIMIT_MS = 2000
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454ca, 0x0001, 0x1000
INSIDE = "LIGDIPAY_TEST_NETWORK"
TOO_EARLY, TOO_LATE = "@2021-03-04 10:00:00", "@2061-03-04 10:00:00"
PENDING = b'{"response_code":"00","status":"pending"}'
CREATED = ('{"response_code":"00","token":"a.b.c","response_text":"https://%s/page/a.b.c",'
           '"description":"","custom_data":{},"wiki":""}' % HOST).encode()


def run(*command):
    subprocess.run(command, check=True, capture_output=True)


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers as its server was told to."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append(self.command)
        if self.command == "HEAD":
            self.server.looked.set()
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, headers, body = self.server.behaviour(self)
        if status is None:
            self.server.closing.wait()
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_POST = do_GET

    def log_message(self, *_arguments):
        pass


def gateway(request):
    """The gateway as it should be."""
    body = CREATED if request.command == "POST" else PENDING
    return 200, {"Content-Type": "application/json"}, body


def gateway_once(request):
    """The same, but whoever asks again has to find it again."""
    status, headers, body = gateway(request)
    return status, {**headers, "Connection": "close"}, body


def silent(_request):
    """Takes every question and answers none."""
    return None, {}, b""


def broken(_request):
    return 503, {"Content-Type": "text/html"}, b"<h1>Service Unavailable</h1>"


def own_page(_request):
    """Sends to the protected pages of the same host, as gateways do."""
    return 301, {"Location": f"https://{HOST}/"}, b""


def login_elsewhere(_request):
    return 302, {"Location": "http://portal.lan/login"}, b""


def login_here(_request):
    return 200, {"Content-Type": "text/html"}, b"<title>Rechargez votre forfait</title>"


class Server(http.server.ThreadingHTTPServer):
    """A server on this network's one host."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port, behaviour, certificate=None):
        super().__init__((HERE, port), Handler)
        self.behaviour = behaviour
        self.asked = []
        self.looked = threading.Event()
        self.closing = threading.Event()
        self.context = None
        if certificate is not None:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificate)

    def finish_request(self, request, client_address):
        try:
            if self.context is not None:
                request = self.context.wrap_socket(request, server_side=True)
            super().finish_request(request, client_address)
        except OSError:
            # The other side did not like the certificate, or has gone.
            pass

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_exception):
        self.closing.set()
        self.shutdown()
        self.server_close()


class Mute:
    """Takes connections up and says nothing, as networks do to a phone without credit."""

    def __init__(self, port):
        self.socket = socket.create_server((HERE, port))

    def __enter__(self):
        return self

    def close(self):
        self.socket.close()

    def __exit__(self, *_exception):
        self.close()


class NoNames:
    """A name server that knows nobody."""

    def __enter__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((HERE, 53))
        threading.Thread(target=self.answer, daemon=True).start()
        return self

    def answer(self):
        try:
            while True:
                question, sender = self.socket.recvfrom(512)
                self.socket.sendto(question[:2] + b"\x81\x83" + question[4:6] + b"\0" * 6
                                   + question[12:], sender)
        except OSError:
            pass

    def __exit__(self, *_exception):
        self.socket.close()


def lay_cable():
    """A cable whose other end is here, and takes no notice of what comes out of it."""
    end = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH", b"cable", IFF_TUN | IFF_NO_PI))
    return end


class Network:
    """The network of this test's own."""

    def __init__(self, folder):
        self.folder = folder
        self.hosts = self.replace("/etc/hosts")
        self.resolver = self.replace("/etc/resolv.conf")
        self.write(self.replace("/etc/nsswitch.conf"), "hosts: files dns\n")
        run("ip", "link", "set", "lo", "up")
        self.certificates = {
            "good": self.certify("good", HOST, signed=True),
            "nobody": self.certify("nobody", HOST),
            "portal": self.certify("portal", "portal.lan"),
            "expired": self.certify("expired", HOST, "faketime", "-f", TOO_EARLY, signed=True),
        }
        trusted = self.replace("/etc/ssl/certs/ca-certificates.crt")
        with open(self.path("authority.pem"), encoding="ascii") as file:
            self.write(trusted, file.read())
        self.name(HERE)

    def path(self, name):
        return os.path.join(self.folder, name)

    @staticmethod
    def write(path, text):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def replace(self, path):
        """Puts a file of this test's own in the place of the system's."""
        own = self.path(os.path.basename(path))
        self.write(own, "")
        run("mount", "--bind", own, os.path.realpath(path))
        return own

    def certify(self, name, host, *clock, signed=False):
        if not os.path.exists(self.path("authority.pem")):
            run("faketime", "-f", "@2020-01-01 00:00:00", "openssl", "req", "-x509", "-newkey",
                "rsa:2048", "-nodes", "-days", "20000", "-subj", "/CN=Authority", "-keyout",
                self.path("authority.key"), "-out", self.path("authority.pem"))
        authority = ("-CA", self.path("authority.pem"), "-CAkey", self.path("authority.key"))
        run(*clock, "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "90",
            "-subj", "/CN=" + name, "-addext", "subjectAltName=DNS:" + host,
            "-addext", "basicConstraints=critical,CA:FALSE", *(authority if signed else ()),
            "-keyout", self.path(name + ".key"), "-out", self.path(name + ".crt"))
        with open(self.path(name + ".pem"), "w", encoding="ascii") as whole:
            for part in (".key", ".crt"):
                with open(self.path(name + part), encoding="ascii") as file:
                    whole.write(file.read())
        return self.path(name + ".pem")

    def name(self, address):
        """Says where the gateway's name leads; None for nowhere."""
        self.write(self.hosts, "" if address is None else f"{address} {HOST}\n")

    def name_server(self, address):
        self.write(self.resolver, f"nameserver {address}\noptions timeout:1 attempts:1\n")

    def plug_in(self):
        self.cable = lay_cable()
        run("ip", "address", "add", HERE + "/24", "dev", "cable")
        run("ip", "link", "set", "cable", "up")
        run("ip", "route", "add", "default", "via", "10.9.0.254")

    def unplug(self):
        os.close(self.cable)


class Doctor:
    """The program that asks."""

    def __init__(self, **environment):
        self.process = subprocess.Popen([sys.argv[1], f"https://{HOST}", str(LIMIT_MS)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        env={**os.environ, **environment})

    def read(self, seconds=20):
        ready, _, _ = select.select([self.process.stdout], [], [], seconds)
        if not ready:
            sys.exit("FAIL: no answer in time")
        return self.process.stdout.readline().decode().strip()

    def order(self, order):
        self.process.stdin.write(order.encode() + b"\n")
        self.process.stdin.flush()

    def ask(self, order):
        self.order(order)
        return self.read()

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.process.kill()
        self.process.communicate()


def expect(found, expected, what):
    if found != expected:
        sys.exit(f"FAIL: {what}: {found!r}, not {expected!r}")
    print(f"ok: {what}: {found}", flush=True)


def ask_all(what, expected, orders=("test", "create", "confirm", "look"), **environment):
    with Doctor(**environment) as doctor:
        for order in orders:
            expect(doctor.ask(order), expected, f"{what}, {order}")


def test_unplugged(network):
    ask_all("cable out", "no-link")
    network.name(None)
    network.name_server("10.9.0.53")
    ask_all("cable out, no name", "no-link")


def test_names(network):
    network.name(None)
    network.name_server(HERE)
    with NoNames():
        ask_all("name unknown", "no-name")
    ask_all("name server refuses", "no-name")
    network.name_server("10.9.0.53")
    with Doctor() as doctor:
        # A name server that says nothing may be a network that leads nowhere.
        found = doctor.ask("test")
        expect(found, "no-data" if found == "no-data" else "no-name", "name server silent")


def test_names_or_data(network):
    """What answered before tells a broken name server from a network that leads nowhere."""
    with Doctor() as doctor, NoNames():
        with Server(443, gateway_once, network.certificates["good"]):
            expect(doctor.ask("test"), "connected", "all in order")
            network.name(None)
            network.name_server(HERE)
            expect(doctor.ask("look"), "no-name", "names alone are broken")
            expect(doctor.ask("test"), "no-name", "names alone are broken, test")
        run("ip", "address", "add", "10.9.0.2/24", "dev", "cable")
        run("ip", "address", "delete", HERE + "/24", "dev", "cable")
        expect(doctor.ask("look"), "no-data", "nothing gets out any more")


def test_data(network):
    network.name(NOWHERE)
    ask_all("packets vanish", "no-data", ("test", "create"))
    network.name(HERE)
    with Mute(443):
        ask_all("taken up, then silence", "no-data", ("test", "confirm"))


def test_portal(network):
    network.name(HERE)
    for what, behaviour in (("elsewhere", login_elsewhere), ("here", login_here)):
        with Server(80, behaviour):
            ask_all(f"portal {what}, refuses what is protected", "portal", ("test", "look"))
            with Mute(443):
                ask_all(f"portal {what}, drops what is protected", "portal", ("test", "look"))
            with Server(443, login_here, network.certificates["portal"]):
                ask_all(f"portal {what}, with a certificate", "portal", ("test", "look"))


def test_certificate(network):
    for name in ("nobody", "portal", "expired"):
        with Server(443, gateway, network.certificates[name]):
            ask_all(f"certificate {name}", "bad-certificate")
            with Server(80, own_page):
                ask_all(f"certificate {name}, way free", "bad-certificate", ("test", "look"))


def test_clock(network):
    if "ASAN_OPTIONS" in os.environ:
        print("SKIP: AddressSanitizer wants to be loaded before the wrong clock")
        return
    library = subprocess.run(["faketime", "-f", TOO_EARLY, "printenv", "LD_PRELOAD"], check=True,
                             capture_output=True, text=True).stdout.strip()

    def clock(time_then):
        return {"LD_PRELOAD": library, "FAKETIME": time_then, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}

    with Server(443, gateway, network.certificates["good"]):
        ask_all("clock years behind", "wrong-clock", **clock(TOO_EARLY))
        # By itself it could be the certificate that is old.
        ask_all("clock years ahead, nobody to compare with", "bad-certificate", ("test", "look"),
                **clock(TOO_LATE))
        with Server(80, own_page):
            ask_all("clock years ahead", "wrong-clock", ("test", "look"), **clock(TOO_LATE))


def test_gateway(network):
    with Server(80, own_page):
        ask_all("refused, way free", "gateway-down")
        with Mute(443):
            ask_all("silent, way free", "gateway-down", ("test", "look"))
    ask_all("refused", "gateway-down")
    with Server(443, broken, network.certificates["good"]):
        ask_all("broken", "gateway-down")
    with Server(443, silent, network.certificates["good"]):
        ask_all("silent, but it is the gateway", "gateway-down", ("test", "confirm"))
    with Server(443, gateway, network.certificates["good"]):
        ask_all("in order", "connected")
    with Server(443, login_here, network.certificates["good"]):
        ask_all("a notice of the gateway's own", "gateway-down", ("test", "create", "confirm"))


def test_till(network):
    """What a till gets to know without being asked, and without a second invoice."""
    with Server(443, silent, network.certificates["good"]) as server, Doctor() as doctor:
        doctor.order("sell")
        expect(doctor.read(), "offline gateway-down", "a till's create is not answered")
        server.looked.wait(timeout=20)
        expect(server.asked, ["POST", "HEAD"], "one invoice, one look")
    with Server(80, login_elsewhere), Mute(443), Doctor() as doctor:
        doctor.order("sell")
        expect(doctor.read(), "offline no-data", "a till's create meets with silence")
        expect(doctor.read(), "offline portal", "and its look with a portal")
    with Mute(443) as mute, Doctor() as doctor:
        doctor.order("sell")
        # Whatever dropped the first connection lets the second one through.
        held = mute.socket.accept()
        mute.close()
        with Server(443, gateway, network.certificates["good"]):
            expect(doctor.read(), "offline no-data", "a connection that dies unnoticed")
            expect(doctor.read(), "online connected", "and a fresh one that does not")
        held[0].close()
    network.unplug()
    with Doctor() as doctor:
        doctor.order("watch")
        expect(doctor.read(), "offline no-link", "a till that starts without a cable")
        network.plug_in()
        with Server(443, gateway, network.certificates["good"]):
            expect(doctor.read(), "online connected", "the cable is put in")
            network.unplug()
            expect(doctor.read(), "offline no-link", "and pulled out")
    network.plug_in()


def main_inside():
    with tempfile.TemporaryDirectory(prefix="ligdi.") as folder:
        network = Network(folder)
        test_unplugged(network)
        network.plug_in()
        for test in (test_names, test_data, test_names_or_data):
            network.name(HERE)
            test(network)
            network.unplug()
            network.plug_in()
        network.name(HERE)
        for test in (test_portal, test_certificate, test_clock, test_gateway, test_till):
            test(network)


def main():
    if INSIDE in os.environ:
        try:
            os.close(lay_cable())
        except OSError as error:
            print(f"SKIP: this system lays no cables: {error}")
            sys.exit(77)
        main_inside()
        return
    own = ["unshare", "--net", "--mount", "--map-root-user"]
    probe = subprocess.run([*own, "true"], capture_output=True, text=True, check=False)
    if probe.returncode != 0:
        print(f"SKIP: this system gives no network of its own: {probe.stderr.strip()}")
        sys.exit(77)
    sys.exit(subprocess.run([*own, sys.executable, __file__, *sys.argv[1:]],
                            env={**os.environ, INSIDE: "1"}, check=False).returncode)


if __name__ == "__main__":
    main()
