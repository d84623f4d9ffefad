# SPDX-License-Identifier: GPL-3.0-or-later
"""The source tree as the rules see it: paths, texts, and C without its comments."""

import functools
import os
import pathlib
import re
import subprocess

IGNORED = re.compile(r'(?:^|/)(?:\.git|__pycache__)(?:/|$)|^_build[^/]*(?:/|$)|^tests/lint/fixtures(?:/|$)')

C_PIECE = re.compile(
    r'(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<string>"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\')',
    re.DOTALL)


class Skip(Exception):
    """What a rule raises where it cannot look, with the reason."""


class Tree:
    def __init__(self, root, tracked=None):
        """@tracked: the paths that git knows; None to ask git."""
        self.root = pathlib.Path(root)
        self._tracked = tracked
        self.paths = sorted(self._walk())

    def _walk(self):
        for folder, folders, names in os.walk(self.root):
            here = pathlib.Path(folder).relative_to(self.root)
            folders[:] = [f for f in folders if not IGNORED.search((here / f).as_posix())]
            yield from ((here / name).as_posix() for name in names)

    def match(self, *globs):
        """The paths that match: "*" stays within a folder, "**/" spans any number of them."""
        return [path for path in self.paths if any(compile_glob(glob).fullmatch(path) for glob in globs)]

    @functools.lru_cache(maxsize=None)
    def text(self, path):
        """A file's text; '' for a file that holds none, such as a picture."""
        try:
            return (self.root / path).read_text(encoding='utf-8')
        except UnicodeDecodeError:
            return ''

    @functools.lru_cache(maxsize=None)
    def code(self, path):
        """C with comments and strings blanked, lines kept."""
        return C_PIECE.sub(lambda piece: blank(piece.group()), self.text(path))

    @functools.lru_cache(maxsize=None)
    def uncommented(self, path):
        """C with comments blanked, lines kept."""
        return C_PIECE.sub(lambda piece: blank(piece.group()) if piece.group('comment') else piece.group(),
                           self.text(path))

    def tracked(self):
        if self._tracked is not None:
            return self._tracked
        # An unpacked release knows nothing of the checkout that it may lie in, as "meson dist" has it.
        if not (self.root / '.git').exists():
            raise Skip('this is not a git checkout')
        # Root may look at another user's checkout here: nothing is run from it.
        command = ['git', '-c', 'safe.directory=*', '-C', str(self.root), 'ls-files', '-z']
        try:
            listed = subprocess.run(command, capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            raise Skip('this is not a git checkout, or there is no git') from None
        return set(listed.stdout.split('\0')) - {''}


@functools.lru_cache(maxsize=None)
def compile_glob(glob):
    pattern = re.escape(glob).replace(r'\*\*/', '(?:.*/)?').replace(r'\*', '[^/]*')
    return re.compile(pattern)


def blank(text):
    return re.sub(r'[^\n]', ' ', text)


def line_at(text, position):
    return text.count('\n', 0, position) + 1


def hits(pattern, text, flags=0):
    """(line, match) of every match."""
    return [(line_at(text, match.start()), match) for match in re.finditer(pattern, text, flags)]
