# SPDX-License-Identifier: GPL-3.0-or-later
"""What an installation is made of: every file is where it is looked for and valid, none tells of
the folder it was built in, the programs run from there, and nothing is left when it is taken out.

It installs into a folder of its own, from a second view of the build folder: the log there, by
which somebody may want to take out an installation of theirs, is not touched.
"""
import argparse
import gettext
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml

parser = argparse.ArgumentParser()
parser.add_argument('--build', type=pathlib.Path, required=True)
parser.add_argument('--source', type=pathlib.Path, required=True)
parser.add_argument('--meson', required=True)
# Where things go: names and folders.
parser.add_argument('--places', nargs='+', required=True)
ARGUMENTS, sys.argv[1:] = parser.parse_known_args()

ID = 'com.example.LigdiPay'
PLACES = dict(place.split('=', 1) for place in ARGUMENTS.places)
FILES = {path.format(**PLACES).lstrip('/') for path in (
    '{bindir}/ligdipay',
    '{bindir}/ligdipay-simulator',
    f'{{datadir}}/applications/{ID}.desktop',
    f'{{datadir}}/applications/{ID}.Kiosk.desktop',
    f'{{datadir}}/dbus-1/interfaces/{ID}.Till1.xml',
    f'{{datadir}}/dbus-1/services/{ID}.service',
    f'{{datadir}}/metainfo/{ID}.metainfo.xml',
    f'{{datadir}}/glib-2.0/schemas/{ID}.gschema.xml',
    f'{{datadir}}/icons/hicolor/16x16/apps/{ID}.svg',
    f'{{datadir}}/icons/hicolor/24x24/apps/{ID}.svg',
    f'{{datadir}}/icons/hicolor/scalable/apps/{ID}.svg',
    f'{{datadir}}/icons/hicolor/symbolic/apps/{ID}-symbolic.svg',
    '{datadir}/bash-completion/completions/ligdipay',
    '{datadir}/bash-completion/completions/ligdipay-simulator',
    '{datadir}/fish/vendor_completions.d/ligdipay.fish',
    '{datadir}/fish/vendor_completions.d/ligdipay-simulator.fish',
    '{zsh}/_ligdipay',
    '{zsh}/_ligdipay-simulator',
    '{datadir}/ligdipay/gnome-kiosk-script',
    '{datadir}/wayland-sessions/ligdipay-kiosk.desktop',
    '{datadir}/doc/ligdipay/examples/charge.py',
    '{datadir}/doc/ligdipay/examples/charge.sh',
    '{datadir}/doc/ligdipay/examples/till.html',
    '{localedir}/fr/LC_MESSAGES/ligdipay.mo',
    '{mandir}/man1/ligdipay.1',
    '{mandir}/man1/ligdipay-simulator.1',
    '{mandir}/fr/man1/ligdipay.1',
    '{mandir}/fr/man1/ligdipay-simulator.1',
    '{prefix}/lib/systemd/system/ligdipay-kiosk@.service',
    '{prefix}/lib/systemd/user/ligdipay-check.service',
    '{prefix}/lib/systemd/user/ligdipay-check.timer',
    f'{{sysconfdir}}/xdg/autostart/{ID}.Watch.desktop',
)}
EXECUTABLE = {path.format(**PLACES).lstrip('/') for path in (
    '{bindir}/ligdipay', '{bindir}/ligdipay-simulator', '{datadir}/ligdipay/gnome-kiosk-script')}
LANGUAGE = '{http://www.w3.org/XML/1998/namespace}lang'
# Where GTK finds the icon of a size, how wide it is, and how many values its pixels have.
SHOW_ICONS = '''
import json, sys
import gi
gi.require_version('Gtk', '3.0')
from gi.repository import Gtk
theme = Gtk.IconTheme.new()
theme.set_search_path([sys.argv[1], '/usr/share/icons'])
found = {}
for size in 16, 24, 32, 48, 64, 128, 256, 512:
    # The theme itself promises scalable icons only up to 256.
    icon = theme.lookup_icon(sys.argv[2], size, Gtk.IconLookupFlags.FORCE_SIZE if size > 256 else 0)
    pixels = icon.load_icon()
    found[size] = [icon.get_filename(), pixels.get_width(), len(set(pixels.get_pixels()))]
found['symbolic'] = theme.lookup_icon(sys.argv[2] + '-symbolic', 16, 0).get_filename()
print(json.dumps(found))
'''


def run(*command, **options):
    return subprocess.run(command, capture_output=True, encoding='utf-8', timeout=60, check=False, **options)


def walk(folder):
    """The files below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob('*') if not path.is_dir() or path.is_symlink()}


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix='ligdi.')
        cls.addClassCleanup(cls.folder.cleanup)
        cls.view = pathlib.Path(cls.folder.name, 'view')
        cls.top = pathlib.Path(cls.folder.name, 'top')
        (cls.view / 'meson-logs').mkdir(parents=True)
        shutil.copytree(ARGUMENTS.build / 'meson-private', cls.view / 'meson-private',
                        ignore=lambda _folder, names: [name for name in names if not name.endswith('.dat')])
        for path in ARGUMENTS.build.iterdir():
            if not path.name.startswith('meson-'):
                (cls.view / path.name).symlink_to(path)
        done = run(ARGUMENTS.meson, 'install', '-C', str(cls.view), '--no-rebuild', '--strip', '--quiet',
                   '--destdir', str(cls.top))
        if done.returncode:
            raise AssertionError(done.stdout + done.stderr)

        # What a package's installation does.
        cls.schemas = pathlib.Path(cls.folder.name, 'schemas')
        cls.schemas.mkdir()
        done = run('glib-compile-schemas', '--strict', f'--targetdir={cls.schemas}',
                   str(cls.place('{datadir}/glib-2.0/schemas')))
        if done.returncode:
            raise AssertionError(done.stderr)

    @classmethod
    def place(cls, path):
        return cls.top / path.format(**PLACES).lstrip('/')

    def run_program(self, name, *words, language='en'):
        environment = {name: value for name, value in os.environ.items()
                       if name not in ('DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS')}
        environment.update(HOME=self.folder.name, LC_ALL='C.UTF-8', LANGUAGE=language,
                           GSETTINGS_SCHEMA_DIR=str(self.schemas), LIGDIPAY_LOCALEDIR=str(self.place('{localedir}')))
        done = run(str(self.place('{bindir}') / name), *words, env=environment)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_files(self):
        self.assertEqual(walk(self.top), FILES)
        for path in FILES:
            mode = 0o755 if path in EXECUTABLE else 0o644
            self.assertEqual((self.top / path).stat().st_mode & 0o777, mode, path)

    def test_no_place_of_the_build(self):
        for path in FILES:
            content = (self.top / path).read_bytes()
            for place in (ARGUMENTS.build, ARGUMENTS.source, self.folder.name):
                # Not as the end of a word: a project may lie right below the root.
                found = re.search(rb'(?<!\w)' + re.escape(os.fsencode(place)) + rb'(?!\w)', content)
                self.assertIsNone(found, path)
            # Where things are is filled in.
            self.assertIsNone(re.search(rb'@[a-z]+dir@', content), path)

    def test_programs(self):
        version = json.loads((ARGUMENTS.build / 'meson-info/intro-projectinfo.json').read_text(encoding='utf-8'))['version']
        self.assertEqual(self.run_program('ligdipay', '--version'), f'LigdiPay {version}\n')
        self.assertEqual(self.run_program('ligdipay-simulator', '--version'), f'ligdipay-simulator {version}\n')
        self.assertIn('Afficher la version', self.run_program('ligdipay', '--help', language='fr'))
        self.assertIn('{bindir}/ligdipay --kiosk'.format(**PLACES),
                      self.place('{datadir}/ligdipay/gnome-kiosk-script').read_text(encoding='utf-8'))

    def test_desktop_entries(self):
        options = self.run_program('ligdipay', '--help')
        entries = sorted(self.top / path for path in FILES if path.endswith('.desktop'))
        self.assertEqual(len(entries), 4)
        for path in entries:
            if shutil.which('desktop-file-validate'):
                said = run('desktop-file-validate', str(path))
                self.assertEqual(said.stdout + said.stderr, '', path.name)
            commands = re.findall('^Exec=(.*)$', path.read_text(encoding='utf-8'), re.MULTILINE)
            self.assertTrue(commands, path.name)
            for command in commands:
                words = re.sub('^cage -- ', '', command).split()
                self.assertIn(words[0], ('ligdipay', '{bindir}/ligdipay'.format(**PLACES)), path.name)
                # An address takes the place of %u.
                for option in set(words[1:]) - {'%u'}:
                    self.assertIn(f'\n  {option} ', options, path.name)

    def test_units(self):
        for path in FILES:
            if path.endswith('.service'):
                started = re.findall(r'^Exec(?:Start)?=(.*)$', (self.top / path).read_text(encoding='utf-8'), re.MULTILINE)
                self.assertEqual(len(started), 1, path)
                self.assertIn('{bindir}/ligdipay'.format(**PLACES), started[0].split(), path)

    def test_metadata(self):
        path = self.place(f'{{datadir}}/metainfo/{ID}.metainfo.xml')
        component = xml.parse(path).getroot()
        parents = {child: parent for parent in component.iter() for child in parent}
        # Each text has its French one beside it, unless it is not to be translated.
        for tag in ('summary', 'developer_name', 'p', 'li', 'keyword', 'caption'):
            found = {parents[element] for element in component.iter(tag)}
            self.assertTrue(found, tag)
            for parent in found:
                texts = [element for element in parent.iter(tag) if element.get('translate') != 'no']
                french = [element for element in texts if element.get(LANGUAGE) == 'fr']
                self.assertEqual(len(texts), 2 * len(french), tag)
        self.assertEqual(component.find('content_rating').get('type'), 'oars-1.1')
        self.assertEqual({color.get('scheme_preference') for color in component.iterfind('branding/color')},
                         {'light', 'dark'})
        for binary in component.iter('binary'):
            self.assertTrue((self.place('{bindir}') / binary.text).exists(), binary.text)
        for launchable in component.iter('launchable'):
            self.assertTrue((self.place('{datadir}/applications') / launchable.text).exists(), launchable.text)
        if not shutil.which('appstreamcli'):
            self.skipTest('there is no appstreamcli')
        # Looks at the desktop entry that belongs to it as well.
        said = run('appstreamcli', 'validate-tree', '--no-net', '--no-color', str(self.place('{prefix}')))
        self.assertEqual(said.returncode, 0, said.stdout)

    def test_icons(self):
        said = run(sys.executable, '-c', SHOW_ICONS, str(self.place('{datadir}/icons')), ID)
        if 'ModuleNotFoundError' in said.stderr:
            self.skipTest('there is no python3-gi')
        self.assertEqual(said.returncode, 0, said.stderr)
        found = json.loads(said.stdout)
        top = str(self.place('{datadir}/icons/hicolor'))
        self.assertEqual(found.pop('symbolic'), f'{top}/symbolic/apps/{ID}-symbolic.svg')
        for size, (path, width, colours) in found.items():
            folder = f'{size}x{size}' if size in ('16', '24') else 'scalable'
            self.assertEqual((path, width), (f'{top}/{folder}/apps/{ID}.svg', int(size)))
            self.assertGreater(colours, 2, size)

    def test_completions(self):
        for shell, path in (('bash', '{datadir}/bash-completion/completions/ligdipay'),
                            ('fish', '{datadir}/fish/vendor_completions.d/ligdipay.fish'), ('zsh', '{zsh}/_ligdipay')):
            if shutil.which(shell):
                self.assertEqual(run(shell, '-n', str(self.place(path))).returncode, 0, path)
        for path in ('{datadir}/fish/vendor_completions.d/ligdipay.fish', '{zsh}/_ligdipay'):
            self.assertIn(PLACES['localedir'], self.place(path).read_text(encoding='utf-8'))

    def test_translations(self):
        french = gettext.translation('ligdipay', self.place('{localedir}'), ['fr'])
        self.assertEqual(french.gettext('History'), 'Historique')

    def test_taken_out(self):
        """As "ninja uninstall" does it. Nothing is left, not even a folder."""
        copy = pathlib.Path(self.folder.name, 'copy')
        done = run(ARGUMENTS.meson, 'install', '-C', str(self.view), '--no-rebuild', '--quiet', '--destdir', str(copy))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(walk(copy), FILES)
        done = run(ARGUMENTS.meson, '--internal', 'uninstall', cwd=self.view)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(list(copy.rglob('*')), [], done.stdout)


if __name__ == '__main__':
    unittest.main(verbosity=2)
