# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that a tool of their own can judge: scripts, desktop entry, settings schema, metadata."""

import ast
import datetime
import email.utils
import json
import pathlib
import re
import shutil
import subprocess
import tempfile

from tree import Skip, hits

SECTIONS = ('build', 'run', 'show', 'test', 'package', 'flatpak', 'bench')
# The id begins with a capital as ids in this style do; the tag that newer versions of appstream
# want for the developer is unknown to older ones.
MEANT = ('cid-contains-uppercase-letter', 'developer-name-tag-deprecated')
SETTINGS = 'tests/lint/settings'
PERMISSIONS = 'tests/flatpak/permissions'
TRANSLATED = ('Name', 'GenericName', 'Comment', 'Keywords')


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, encoding='utf-8', **options)


def need(tool):
    if not shutil.which(tool):
        raise Skip(f'there is no {tool}')


def in_line(said, fallback=1):
    """The line number that a shell names in its complaint."""
    number = re.search(r':(?: line)? ?(\d+):', said)
    return int(number.group(1)) if number else fallback


def line_of(text, words):
    """The first line that has the words."""
    return text[:max(text.find(words), 0)].count('\n') + 1


def check_shell(tree):
    """Shell scripts can be parsed by the shell they name; shellcheck, where there is one, finds nothing."""
    for path in tree.paths:
        first = tree.text(path).partition('\n')[0]
        if not (path.endswith('.sh') or re.match(r'#!.*\b(?:sh|bash|dash)$', first)):
            continue
        file = str(tree.root / path)
        shell = 'bash' if 'bash' in first else 'sh'
        parsed = run([shell, '-n', file])
        if parsed.returncode:
            said = parsed.stderr.strip().splitlines()[0].replace(file, path)
            yield path, in_line(said), f'{shell} -n: {said.rpartition(": ")[2]}'
        elif shutil.which('shellcheck'):
            checked = run(['shellcheck', '--external-sources', '--severity=warning', '--format=gcc', file],
                          cwd=tree.root)
            for said in checked.stdout.splitlines():
                line, message = re.match(r'.*?:(\d+):\d+: (.*)', said).groups()
                yield path, int(line), f'shellcheck: {message}'


def check_python(tree):
    """Python scripts can be parsed."""
    for path in tree.match('**/*.py'):
        try:
            ast.parse(tree.text(path))
        except SyntaxError as error:
            yield path, error.lineno, f'{error.msg}'


def check_desktop(tree):
    """The desktop entries are valid, and in French too: each word of each group."""
    for path in tree.match('**/*.desktop'):
        group, keys = None, {}
        for number, line in enumerate(tree.text(path).splitlines(), 1):
            if line.startswith('['):
                group = line.strip('[]')
                keys[group] = {'': number}
            elif '=' in line and not line.startswith('#'):
                keys[group][line.partition('=')[0]] = number
        for group, found in keys.items():
            needed = ('Name', 'Comment', 'Keywords') if group == 'Desktop Entry' else ('Name',)
            for key in TRANSLATED:
                if (key in found or key in needed) and f'{key}[fr]' not in found:
                    yield path, found.get(key, found['']), f'has no {key}[fr]'
        need('desktop-file-validate')
        said = run(['desktop-file-validate', str(tree.root / path)])
        for line in (said.stdout + said.stderr).splitlines():
            yield path, 1, f'desktop-file-validate: {line.partition(": ")[2]}'


def check_schema(tree):
    """The settings schema compiles strictly, and has every setting that shops may have set."""
    schemas = tree.match('data/**/*.gschema.xml')
    if not schemas:
        return
    kept = {match.groups() for path in schemas
            for _line, match in hits(r'<key name="([^"]*)" type="([^"]*)"', tree.text(path))}
    landed = tree.text(SETTINGS) if SETTINGS in tree.paths else ''
    for line, match in hits(r'^([a-z-]+) (\w+)$', landed, re.MULTILINE):
        if match.groups() not in kept:
            yield SETTINGS, line, f'no schema has {match.group(0)!r}: what a shop has set would be lost'
    for name, kind in sorted(kept) if landed else ():
        if f'\n{name} {kind}\n' not in landed:
            yield SETTINGS, 1, f'{name} {kind} is not listed'
    need('glib-compile-schemas')
    with tempfile.TemporaryDirectory() as folder:
        for path in schemas:
            shutil.copy(tree.root / path, folder)
        said = run(['glib-compile-schemas', '--strict', '--dry-run', folder])
        if said.returncode:
            complaint = said.stderr.replace(folder + '/', '').strip().splitlines()[0]
            name = pathlib.PurePosixPath(complaint.partition(':')[0]).name
            path = next((schema for schema in schemas if schema.endswith('/' + name)), schemas[0])
            yield path, in_line(complaint), f'glib-compile-schemas: {complaint}'


def find_faults(file):
    """What appstreamcli finds in metadata, without what is meant to be so."""
    said = run(['appstreamcli', 'validate', '--pedantic', '--no-net', '--no-color', str(file)])
    faults = re.findall(r'^([EWIP]: .*)', said.stdout, re.MULTILINE)
    # Which faults it names, and how, differs between its versions.
    if said.returncode and not faults:
        faults = [line for line in (said.stdout + said.stderr).splitlines() if line]
    return [fault for fault in faults if not any(meant in fault for meant in MEANT)]


def check_metainfo(tree):
    """The metadata for software centres is valid, and says of version, date and pictures what is so."""
    for path in tree.match('data/**/*.metainfo.xml'):
        need('appstreamcli')
        faults = find_faults(tree.root / path)
        if faults:
            yield path, 1, f'appstreamcli: {", ".join(faults)}'
        text = tree.text(path)
        for line, match in hits(r'>https?://[^<]*/([^</]+\.png)</image>', text):
            if f'data/screenshots/{match.group(1)}' not in tree.paths:
                yield path, line, f'data/screenshots has no {match.group(1)}'
        project = tree.text('meson.build') if 'meson.build' in tree.paths else ''
        version = re.search(r"^  version: '([^']+)'", project, re.MULTILINE)
        released = re.search(r'^released = (\d+)', project, re.MULTILINE)
        newest = hits(r'<release version="([^"]+)" date="([^"]+)"', text)[:1]
        if version and released and newest:
            day = datetime.datetime.fromtimestamp(int(released.group(1)), datetime.timezone.utc).date().isoformat()
            line, match = newest[0]
            if match.groups() != (version.group(1), day):
                yield path, line, f'the newest release is {version.group(1)} of {day}, as meson.build says'


def check_packages(tree):
    """The list of packages has known sections, one package a line, none of them twice."""
    path = 'data/packages-debian'
    if path not in tree.paths:
        return
    section, seen = None, set()
    for number, line in enumerate(tree.text(path).splitlines(), 1):
        name = r'[a-z0-9][a-z0-9.+-]+'
        if line.startswith('[') and line.endswith(']'):
            section = line[1:-1]
            if section not in SECTIONS:
                yield path, number, f'no script reads the section {section}'
        elif line and not line.startswith('#'):
            if not section or not re.fullmatch(rf'{name}(?:\|{name})*', line):
                yield path, number, f'not a package in a section: {line}'
            if line in seen:
                yield path, number, f'{line} is listed twice'
            seen.add(line)


def packages_of(text, wanted):
    """The packages of a section of the list, each as (name, all it may be)."""
    section = None
    for line in text.splitlines():
        if line.startswith('['):
            section = line.strip('[]')
        elif section == wanted and line and not line.startswith('#'):
            yield line, set(line.split('|'))


def relations(text, field):
    """(line, names) of the relations in a field of debian/control, alternatives together; comments are none."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith('#'):
            continue
        if not line.startswith(' '):
            inside = line.startswith(f'{field}:')
            line = line.partition(':')[2]
        for relation in line.split(',') if inside else ():
            names = {name.partition('(')[0].strip() for name in relation.split('|')}
            if names - {''}:
                yield number, names


def check_debian(tree):
    """The Debian package has meson.build's version and date, and what the list says it needs."""
    path = 'data/debian/changelog'
    if path in tree.paths:
        project = tree.text('meson.build')
        version = re.search(r"^  version: '([^']+)'", project, re.MULTILINE).group(1)
        released = int(re.search(r'^released = (\d+)', project, re.MULTILINE).group(1))
        day = email.utils.format_datetime(datetime.datetime.fromtimestamp(released, datetime.timezone.utc))
        newest = r'^ligdipay \(([^)]*)\).*?\n -- [^\n]*>  ([^\n]*)$'
        line, match = hits(newest, tree.text(path), re.MULTILINE | re.DOTALL)[0]
        if match.groups() != (version, day):
            yield path, line, f'the newest version is {version} of {day}, as meson.build says'

    path = 'data/debian/control'
    if path not in tree.paths:
        return
    control, packages = tree.text(path), tree.text('data/packages-debian')
    build = list(relations(control, 'Build-Depends'))
    run = [names for field in ('Depends', 'Recommends', 'Suggests') for _line, names in relations(control, field)]
    # Every Debian that builds packages has a compiler.
    listed = [(name, names) for name, names in packages_of(packages, 'build') if name not in ('gcc', 'libc6-dev')]
    for name, names in listed:
        if not any(names == found for _line, found in build):
            yield path, 1, f'Build-Depends has no {name}, which data/packages-debian builds with'
    for line, found in build:
        if found != {'debhelper-compat'} and not any(names == found for _name, names in listed):
            yield path, line, f'data/packages-debian does not build with {" | ".join(sorted(found))}'
    for name, names in packages_of(packages, 'run'):
        if not any(names & found for found in run):
            yield path, 1, f'nothing depends on, recommends or suggests {name}, which data/packages-debian runs with'


def check_flatpak(tree):
    """The flatpak's manifest is JSON, asks for what tests/flatpak/permissions lists and no more, and
    knows the checksum of all that it downloads."""
    for path in tree.match('data/com.*.json'):
        try:
            manifest = json.loads(tree.text(path))
        except ValueError as error:
            yield path, getattr(error, 'lineno', 1), f'{error}'
            continue
        meant = {line for line in tree.text(PERMISSIONS).splitlines() if line.startswith('--')} \
            if PERMISSIONS in tree.paths else set()
        given = set(manifest.get('finish-args', []))
        for permission in sorted(given - meant):
            yield path, line_of(tree.text(path), permission), f'{PERMISSIONS} does not have {permission}'
        for permission in sorted(meant - given):
            yield path, 1, f'does not ask for {permission}'
        for module in manifest.get('modules', []):
            for source in module.get('sources', []):
                if source.get('type') == 'dir':
                    continue
                line = line_of(tree.text(path), source.get('url', module['name']))
                if not re.fullmatch(r'[0-9a-f]{64}', source.get('sha256', '')):
                    yield path, line, f'{module["name"]} has a source without a sha256'
                if not source.get('url', '').startswith('https://'):
                    yield path, line, f'{module["name"]} has a source that is not from https'


RULES = {
    'shell': check_shell,
    'python': check_python,
    'desktop': check_desktop,
    'schema': check_schema,
    'metainfo': check_metainfo,
    'packages': check_packages,
    'debian': check_debian,
    'flatpak': check_flatpak,
}
