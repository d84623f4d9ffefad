# SPDX-License-Identifier: GPL-3.0-or-later
"""The race: from Enter, or a click, to the payment page on screen, near to the server and far.

Four ways take turns in every round, so that whatever else the machine does falls on all:

till      LigdiPay, in a session that has sold before; keys alone
Chromium  LigdiCash's documented way, in a browser that has sold before: the click opens a
          blank window, asks the merchant's server for a link, and takes the window there
cold      a web view that is made at the press
floor     a web view that is ready, and one create and one page on connections that are open

The last customer was a while ago, so that servers have closed the connections that were idle;
what a way opens ahead of the press counts. With --no-pause the connections stay: Chromium keeps
a spare one that the last page did not use. The merchant's server is not far away from the
browser, and the browser's clock starts in the page, when the click has arrived. As merchants'
servers do, this one opens a new connection for every create; --backend-keeps-connection leaves
it open instead, if there is no pause.

The payment pages are at another origin than the gateway and come by https, with a
certificate from an authority that exists in this run only. Medians, in milliseconds.
"""
import argparse
import base64
import hashlib
import http.client
import http.server
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

import figures
import person

AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
SKIPPED = 77
HERE = os.path.dirname(os.path.abspath(__file__))
TOOLS = {"chromium": "chromium", "chromedriver": "chromium-driver", "openssl": "openssl",
         "xdotool": "xdotool", "wmctrl": "wmctrl", "unshare": "util-linux", "mount": "mount",
         "ps": "procps"}
# The simulator is there, and what makes the way to it longer is here, at the same ports.
FAR, NEAR = "127.0.0.2", "127.0.0.1"
CREATE = "/pay/v01/redirect/checkout-invoice/create"
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
# A handshake with TLS and what else is done ahead of a press.
ROUND_TRIPS_AHEAD = 3

MERCHANT_PAGE = """<!DOCTYPE html>
<title>Boutique</title>
<button>Payer</button>
<script>
document.querySelector('button').onclick = async () => {
  window.pressed = performance.timeOrigin + performance.now();
  const popup = window.open('about:blank', 'payment', 'width=500,height=700');
  const reply = await fetch('/pay', { method: 'POST' });
  popup.location = await reply.text();
};
</script>
"""
# The first of its page that is on screen, on the same clock as window.pressed.
FIRST_PAINT = """
const paint = performance.getEntriesByName('first-contentful-paint')[0];
return location.protocol === 'https:' && paint ? performance.timeOrigin + paint.startTime : null;
"""


def order():
    return json.dumps({"commande": {
        "invoice": {"items": [{"name": "Montant libre", "description": "", "quantity": 1,
                               "unit_price": 12500, "total_price": 12500}],
                    "total_amount": 12500, "devise": "XOF", "description": "Ticket",
                    "customer": "", "customer_firstname": "", "customer_lastname": "",
                    "customer_email": "", "external_id": "", "otp": ""},
        "store": {"name": "Boutique", "website_url": ""},
        "actions": {"cancel_url": "https://floor.invalid/c",
                    "return_url": "https://floor.invalid/r", "callback_url": ""},
        "custom_data": {"transaction_id": "race"}}})


def openssl(folder, *arguments):
    return subprocess.run(["openssl", *arguments], cwd=folder, check=True,
                          capture_output=True).stdout


def make_certificates(folder):
    """An authority and a certificate for localhost from it; answers how Chromium names it."""
    request = ("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
               "-nodes", "-days", "30")
    openssl(folder, *request, "-subj", "/CN=Race", "-keyout", "ca.key", "-out", "ca.pem")
    openssl(folder, *request, "-CA", "ca.pem", "-CAkey", "ca.key", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=CA:FALSE",
            "-keyout", "page.key", "-out", "page.crt")
    for whole, parts in (("page.pem", ("page.crt", "page.key")),
                         ("bundle.pem", (AUTHORITIES, "ca.pem"))):
        with open(os.path.join(folder, whole), "wb") as file:
            for part in parts:
                with open(os.path.join(folder, part), "rb") as source:
                    file.write(source.read())
    openssl(folder, "x509", "-in", "page.crt", "-pubkey", "-noout", "-out", "page.pub")
    public = openssl(folder, "pkey", "-pubin", "-in", "page.pub", "-outform", "der")
    return base64.b64encode(hashlib.sha256(public).digest()).decode()


class Delay:
    """The long way to the gateway and to the pages."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(HERE, "delay.py"), "--to", FAR, NEAR, NEAR],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.gateway_port, self.page_port = map(int, self.process.stdout.readline().split())
        self.round_trip = 0

    def set(self, milliseconds):
        self.process.stdin.write(f"{milliseconds}\n")
        self.process.stdout.readline()
        self.round_trip = milliseconds / 1000

    def drop(self):
        self.process.stdin.write("drop\n")
        self.process.stdout.readline()
        # The news has half a round trip to go.
        person.LOOK_AGAIN.wait(0.2 + self.round_trip)

    def settle(self):
        """Until what is done ahead of a press is done, however far the server is."""
        person.LOOK_AGAIN.wait(0.8 + ROUND_TRIPS_AHEAD * self.round_trip)

    def stop(self):
        self.process.stdin.close()
        self.process.wait(30)


class Till:
    def __init__(self, options, environment, log, delay):
        self.delay = delay
        self.till = person.Till(options.application, environment=environment, log=log)
        self.trace = figures.Trace(log)
        self.trace.wait("till ready to charge")
        self.rounds = 0
        self.memory = 0

    def measure(self):
        self.rounds += 1
        # Other windows were in front of it.
        person.wait_for(lambda: subprocess.run(["wmctrl", "-a", "LigdiPay"], check=False,
                                               capture_output=True).returncode == 0,
                        "the till's window")
        figures.settle()
        # Not the same twice: that would be asked about.
        self.till.type(str(12500 + self.rounds))
        self.delay.settle()
        figures.key("Return")
        self.trace.wait("payment page first painted", self.rounds)
        figures.settle()
        self.memory = figures.total_pss(self.till.process.pid)
        figures.key("1")
        self.trace.wait("verdict painted", self.rounds)
        figures.settle()
        figures.key("Return")
        now = {match[1]: int(match[2]) for match in figures.TRACE.finditer(self.trace.read())}
        return (now["payment page first painted"] - now["charge pressed"]) / 1000

    def stop(self):
        self.till.stop()


class Merchant:
    """A shop's server: it alone has the keys, and asks the gateway for a link."""

    def __init__(self, port, keeps_connection):
        self.gateway = http.client.HTTPConnection(NEAR, port, timeout=30)
        self.keeps_connection = keeps_connection
        self.server = http.server.ThreadingHTTPServer((NEAR, 0), self.make_handler())
        self.url = f"http://{NEAR}:{self.server.server_address[1]}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def create(self):
        self.gateway.request("POST", CREATE, order(), {
            "Apikey": "BENCHMARK", "Authorization": "Bearer BENCHMARK",
            "Accept": "application/json", "Content-Type": "application/json"})
        link = json.load(self.gateway.getresponse())["response_text"]
        if not self.keeps_connection:
            self.gateway.close()
        return link

    def make_handler(self):
        merchant = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = -1

            def answer(self, kind, text):
                body = text.encode()
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self):
                self.answer("text/html; charset=utf-8", MERCHANT_PAGE)

            def do_POST(self):
                self.answer("text/plain", merchant.create())

            def log_message(self, *_):
                pass

        return Handler

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.gateway.close()


class Chromium:
    def __init__(self, merchant, spki, delay):
        self.delay = delay
        self.folder = tempfile.TemporaryDirectory(prefix="ligdi.", ignore_cleanup_errors=True)
        # It uses GTK too, and need not be as strict about it as the till is in tests.
        environment = {name: value for name, value in os.environ.items() if name != "G_DEBUG"}
        self.process = subprocess.Popen(["chromedriver", "--port=0"], env=environment,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        text=True)
        self.base = None
        for line in self.process.stdout:
            if match := re.search(r"started successfully on port (\d+)", line):
                self.base = f"http://{NEAR}:{match[1]}"
                break
        threading.Thread(target=self.process.stdout.read, daemon=True).start()
        session = self.ask("POST", "/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": {"binary": shutil.which("chromium"), "args": [
                "--no-sandbox", "--disable-quic", "--no-first-run", "--no-proxy-server",
                "--disable-background-networking", "--disable-component-update",
                "--disable-sync",
                f"--ignore-certificate-errors-spki-list={spki}",
                f"--user-data-dir={self.folder.name}"]}}}})
        self.base += f"/session/{session['sessionId']}"
        self.version = session["capabilities"]["browserVersion"]
        self.ask("POST", "/url", {"url": merchant.url})
        self.shop = self.ask("GET", "/window")
        self.memory = 0

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, method=method,
                                         headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as reply:
            return json.load(reply)["value"]

    def run(self, script):
        return self.ask("POST", "/execute/sync", {"script": script, "args": []})

    def measure(self):
        button = self.ask("POST", "/element", {"using": "css selector", "value": "button"})[ELEMENT]
        figures.settle()
        self.ask("POST", f"/element/{button}/click", {})
        # It is not asked for anything while it works.
        self.delay.settle()
        pressed = self.run("return window.pressed")
        popup, = set(self.ask("GET", "/window/handles")) - {self.shop}
        self.ask("POST", "/window", {"handle": popup})
        painted = person.wait_for(lambda: self.run(FIRST_PAINT), "Chromium's payment page")
        # The driver that started it is no part of it.
        self.memory = (figures.total_pss(self.process.pid)
                       - figures.smaps(self.process.pid)["Pss"])
        self.ask("DELETE", "/window")
        self.ask("POST", "/window", {"handle": self.shop})
        return painted - pressed

    def stop(self):
        self.ask("DELETE", "")
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.folder.cleanup()


class Views(figures.Floor):
    """The bare web views: one that is ready, and one that is not there."""

    def __init__(self, program, base_url, keys, delay):
        super().__init__(program, base_url, keys)
        self.delay = delay

    def say(self, word):
        self.process.stdin.write(word + "\n")

    def page(self, word):
        self.say(word)
        self.read("create")
        page = self.read("page")
        self.read("confirm")
        figures.settle()
        self.say("rest")
        return page / 1000

    def measure_cold(self):
        return self.page("cold")

    def measure_floor(self):
        self.say("warm")
        self.read("warm")
        self.delay.settle()
        return self.page("page")


def show(name, values, ratio, goal):
    met = ratio <= goal
    print(f"{name:38} {values[0]:8.1f}  {values[1]:8.1f}  {ratio:5.2f}  goal {goal:4.2f}: "
          f"{'met' if met else 'MISSED'}")


def show_all(times, memory, options, version):
    def median(way, round_trip):
        return statistics.median(times[way, round_trip])

    print(f"medians of {options.rounds} rounds in turn, Chromium {version}, ms from the press to "
          "the page’s first paint")
    print(f"{'round trip':12} {'till':>8}  {'Chromium':>8}  {'cold view':>9}  {'floor':>8}   "
          "quartiles of the till, of Chromium, of the floor")
    for round_trip in options.round_trips:
        spread = "   ".join("{:.0f}–{:.0f}".format(*quartiles(times[way, round_trip]))
                            for way in ("till", "chromium", "floor"))
        print(f"{round_trip:9} ms {median('till', round_trip):8.1f}  "
              f"{median('chromium', round_trip):8.1f}  {median('cold', round_trip):9.1f}  "
              f"{median('floor', round_trip):8.1f}   {spread}")
    print(f"{'':38} {'till':>8}  {'other':>8}  ratio")
    for round_trip in options.round_trips:
        for way, name, goal in (("chromium", "Chromium", 0.5 if round_trip else 0.25),
                                ("cold", "a cold view", None), ("floor", "the floor", 1.1)):
            pair = median("till", round_trip), median(way, round_trip)
            label = f"beside {name} at {round_trip} ms"
            if goal is None:
                print(f"{label:38} {pair[0]:8.1f}  {pair[1]:8.1f}  {pair[0] / pair[1]:5.2f}")
            else:
                show(label, pair, pair[0] / pair[1], goal)
    megabytes = memory["till"] / 1024, memory["chromium"] / 1024
    show("memory with the page open, MB", megabytes, megabytes[0] / megabytes[1], 0.4)


def quartiles(values):
    return (values[0],) * 2 if len(values) < 2 else statistics.quantiles(values, n=4)[::2]


def weigh(way):
    """Kilobytes with the payment page open, once the first customer has gone."""
    way.measure()
    weights = []
    for _ in range(3):
        way.measure()
        weights.append(way.memory)
    return statistics.median(weights)


def race(options, folder):
    """Inside, where the authority of the pages is trusted."""
    keys = os.path.join(folder, "keys")
    os.mkdir(keys)
    for name in ("ligdipay-api-key", "ligdipay-api-token"):
        with open(os.path.join(keys, name), "w", encoding="ascii") as file:
            file.write("BENCHMARK")
    settings = os.path.join(folder, "config", "glib-2.0", "settings")
    os.makedirs(settings)
    with open(os.path.join(settings, "keyfile"), "w", encoding="utf-8") as file:
        file.write("[com/example/LigdiPay]\nshop-name='Floor'\nlanguage='fr'\n")

    delay = Delay()
    base_url = f"http://{NEAR}:{delay.gateway_port}"
    simulator = subprocess.Popen(
        [options.simulator, "--address", FAR, "--port", str(delay.gateway_port), "--page-port",
         str(delay.page_port), "--page-host", "localhost", "--page-certificate",
         os.path.join(folder, "page.pem"), "--credentials", keys, "--callback", "none"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    if not simulator.stdout.readline():
        raise SystemExit("the simulator did not start")
    merchant = Merchant(delay.gateway_port, options.backend_keeps_connection)
    environment = {"LIGDIPAY_BASE_URL": base_url, "CREDENTIALS_DIRECTORY": keys,
                   "XDG_DATA_HOME": os.path.join(folder, "data"), "GSETTINGS_BACKEND": "keyfile",
                   "XDG_CONFIG_HOME": os.path.join(folder, "config"),
                   "G_MESSAGES_DEBUG": "ligdi-trace"}
    # As in a shop that uses no screen reader; for everybody.
    os.environ["NO_AT_BRIDGE"] = "1"

    memory, times = {}, {}
    with open(os.path.join(folder, "log"), "wb"):
        pass
    # Memory is looked at while nobody is there to share libraries with.
    chromium = Chromium(merchant, options.spki, delay)
    memory["chromium"] = weigh(chromium)
    chromium.stop()
    till = Till(options, environment, os.path.join(folder, "log"), delay)
    memory["till"] = weigh(till)

    chromium = Chromium(merchant, options.spki, delay)
    views = Views(options.floor, base_url, keys, delay)
    ways = {"till": till.measure, "chromium": chromium.measure, "cold": views.measure_cold,
            "floor": views.measure_floor}
    chromium.measure()
    views.measure_floor()
    for number in range(options.rounds):
        for round_trip in options.round_trips:
            delay.set(round_trip)
            for way, measure in ways.items():
                if not options.no_pause:
                    delay.drop()
                times.setdefault((way, round_trip), []).append(measure())
        if options.verbose:
            print(f"round {number + 1} after {time.monotonic() - options.started:.0f} s:",
                  *(f"{way} {round_trip}: {values[-1]:.0f}"
                    for (way, round_trip), values in times.items()), file=sys.stderr, flush=True)
    version = chromium.version
    for each in (views, chromium, till, merchant, delay):
        each.stop()
    simulator.terminate()
    simulator.wait(30)
    show_all(times, memory, options, version)


def skip(why):
    print(why)
    sys.exit(SKIPPED)


def enter(options, folder):
    """Runs this again where the authority is trusted, and nowhere else: in a view of the
    files of its own."""
    spki = make_certificates(folder)
    unshare = ["unshare", "--mount"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
    inside = [*unshare, "sh", "-c", 'mount --bind "$0" "$1" && shift && exec "$@"',
              os.path.join(folder, "bundle.pem"), AUTHORITIES]
    tried = subprocess.run([*inside, "true"], capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        skip("This place does not let a program have a view of the files of its own, which is "
             f"needed to trust the pages’ certificate: {tried.stderr.strip()}")
    return subprocess.run([*inside, sys.executable, *sys.argv, "--inside", folder, "--spki", spki],
                          check=False).returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--application", required=True)
    parser.add_argument("--simulator", required=True)
    parser.add_argument("--floor", required=True)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--round-trips", type=int, nargs="+", default=[0, 150, 300],
                        help="in milliseconds")
    parser.add_argument("--backend-keeps-connection", action="store_true")
    parser.add_argument("--no-pause", action="store_true",
                        help="one customer right after the other: idle connections stay")
    parser.add_argument("--verbose", action="store_true", help="each round’s figures as well")
    parser.add_argument("--inside", metavar="FOLDER", help=argparse.SUPPRESS)
    parser.add_argument("--spki", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.started = time.monotonic()

    if options.inside:
        race(options, options.inside)
        return
    missing = [package for tool, package in TOOLS.items() if not shutil.which(tool)]
    if missing:
        skip(f"The race needs packages that are not installed: {' '.join(missing)}")
    with tempfile.TemporaryDirectory(prefix="ligdi.") as folder:
        status = enter(options, folder)
    sys.exit(status)


if __name__ == "__main__":
    main()
