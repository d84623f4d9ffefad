# SPDX-License-Identifier: GPL-3.0-or-later
"""A shop with keys of its own, whose gateway is the simulator under the test's control."""
import json
import os
import sqlite3
import subprocess
import tempfile
import urllib.parse
import urllib.request

import person

KEY_FILES = ("ligdipay-api-key", "ligdipay-api-token")


def sandbox_works():
    """Whether this place lets WebKit lock its pages up; containers and chroots often do not."""
    try:
        return subprocess.run(
            ["bwrap", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "--unshare-pid",
             "--unshare-net", "--unshare-uts", "true"], capture_output=True, check=False
        ).returncode == 0
    except FileNotFoundError:
        return False


class Shop:
    """Settings, keys, data and gateway in a folder that goes away with it."""

    def __init__(self, simulator, *arguments, keys=("SHOPKEY", "SHOPTOKEN"), **settings):
        self.folder = tempfile.TemporaryDirectory(prefix="ligdi.")
        self.home = self.folder.name
        self.keys = os.path.join(self.home, "keys")
        self.data = os.path.join(self.home, "data")
        os.mkdir(self.keys, 0o700)
        for name, key in zip(KEY_FILES, keys):
            with open(os.path.join(self.keys, name), "w", encoding="ascii") as file:
                file.write(key + "\n")
        # An administrator's word, where it is needed to take real money at all.
        self.set({"shop-name": "Boutique d’essai", "language": "fr",
                  "allow-unsandboxed-page": not sandbox_works(), **settings})
        self.simulator = subprocess.Popen(
            [simulator, "--port", "0", "--credentials", self.keys, *arguments],
            env={**os.environ, **person.TESTED},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.base_url = self.simulator.stdout.readline().strip()
        if not self.base_url:
            raise SystemExit("the simulator did not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.simulator.terminate()
        self.simulator.communicate()
        self.folder.cleanup()

    def set(self, settings):
        """Writes the settings as GLib's keyfile backend reads them."""
        folder = os.path.join(self.home, "config", "glib-2.0", "settings")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "keyfile"), "w", encoding="utf-8") as file:
            file.write("[com/example/LigdiPay]\n")
            for name, value in settings.items():
                text = f"'{value}'" if isinstance(value, str) else str(value).lower()
                # Without its type a number is an int32 to GLib, and no setting of ours is.
                text = f"uint32 {text}" if type(value) is int else text
                file.write(f"{name}={text}\n")

    def change_setting(self, name, value):
        """Changes one while the till runs, as an administrator would."""
        subprocess.run(["gsettings", "set", "com.example.LigdiPay", name, str(value)], check=True,
                       env={**os.environ, **person.TESTED, **self.environment})

    @property
    def environment(self):
        return {"LIGDIPAY_BASE_URL": self.base_url, "CREDENTIALS_DIRECTORY": self.keys,
                "XDG_DATA_HOME": self.data, "XDG_CONFIG_HOME": os.path.join(self.home, "config"),
                "GSETTINGS_BACKEND": "keyfile"}

    @property
    def ledger(self):
        return os.path.join(self.data, "ligdipay", "ledger.sqlite")

    def query(self, sql):
        """The first value of an answer from the till's ledger."""
        ledger = sqlite3.connect(f"file:{self.ledger}?mode=ro", uri=True)
        try:
            return (ledger.execute(sql).fetchone() or (None,))[0]
        finally:
            ledger.close()

    def ask(self, path, method="GET", **query):
        """Steers the simulator, or asks it what it has seen."""
        url = f"{self.base_url}/simulator/{path}"
        if query:
            url += "?" + urllib.parse.urlencode(query)
        request = urllib.request.Request(url, method=method, headers={"X-Ligdi-Simulator": "1"})
        with urllib.request.urlopen(request, timeout=10) as reply:
            body = reply.read()
        return json.loads(body) if body else None

    def invoices(self):
        answer = self.ask("invoices")
        return answer["invoices"] if isinstance(answer, dict) else answer
