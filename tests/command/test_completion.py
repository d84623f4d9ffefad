# SPDX-License-Identifier: GPL-3.0-or-later
"""The shells complete what the programs know, and nothing else: each shell is asked, and its
answers are compared with --help."""
import argparse
import functools
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import unittest

parser = argparse.ArgumentParser()
parser.add_argument('--program', required=True)
parser.add_argument('--simulator', required=True)
parser.add_argument('--files', type=pathlib.Path, nargs='+', required=True)
ARGUMENTS, sys.argv[1:] = parser.parse_known_args()

COMMANDS = ('charge', 'link', 'check', 'list', 'export', 'journal verify', 'journal backup', 'journal restore')
LINES = ['ligdipay ', 'ligdipay l', 'ligdipay jour', 'ligdipay journal ', 'ligdipay -',
         *(f'ligdipay {command} -' for command in COMMANDS)]
VALUES = ('profile', 'redirect-by', 'callback', 'callback-style')
SIMULATOR_LINES = ['ligdipay-simulator -',
                   *(f'ligdipay-simulator --{name}=' for name in VALUES),
                   *(f'ligdipay-simulator --{name} ' for name in VALUES),
                   'ligdipay-simulator --scenario=', 'ligdipay-simulator -s ']
FILE_LINES = {
    'ligdipay journal verify ': {'copy.sqlite', 'folder'},
    'ligdipay journal restore c': {'copy.sqlite'},
    'ligdipay journal backup f': {'folder'},
    'ligdipay-simulator --state=': {'copy.sqlite', 'folder'},
    'ligdipay-simulator --credentials=': {'folder'},
    'ligdipay-simulator --credentials ': {'folder'},
    'ligdipay-simulator --page-certificate=': {'copy.sqlite', 'folder', 'self-signed'},
}
NOTHING = ('ligdipay check c', 'ligdipay list c', 'ligdipay link --description ',
           'ligdipay list --day=', 'ligdipay charge --item ', 'ligdipay nonsense c', 'ligdipay journal nonsense -',
           'ligdipay-simulator --port=')
ALL_LINES = [*LINES, *SIMULATOR_LINES, *FILE_LINES, *NOTHING]

# It asks itself what it completes, through the functions that would have added the words.
ASK_ZSH = '''
fpath=($FOLDER $fpath)
autoload -U compinit
compinit -u -D
LISTMAX=-1
compadd () {
  local -a found
  local word end=${argv[(i)(-|--)]}
  # A query by the functions themselves adds nothing.
  if (( ${argv[(i)-[OAD]]} >= end )); then
    builtin compadd -A found "$@"
    for word in "${(@)found}"; do
      print -r -- $word >>$ANSWERS
    done
  fi
  builtin compadd "$@"
}
answer () {
  local line
  while IFS= read -r line; do
    print -r -- "== $line" >>$ANSWERS
    BUFFER=$line CURSOR=$#line
    zle complete-word
  done <$LINES_ASKED
  exit
}
zle -N answer
bindkey '^T' answer
PS1='ready''> '
'''
ASK_BASH = '''
declare -A asked
ask () {
  "${asked[$1]}" "$@"
  printf '== %s\\n' "$COMP_LINE" >>"$ANSWERS"
  printf '%s\\n' "${COMPREPLY[@]}" >>"$ANSWERS"
}
for name in ligdipay ligdipay-simulator; do
  . "$FOLDER/$name.bash"
  asked[$name]=$(complete -p "$name" | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
  complete -F ask "$name"
done
bind 'set completion-query-items 0'
bind 'set page-completions off'
PS1='ready''> '
'''
ASK_FISH = '''
for file in $FOLDER/*.fish
    source $file
end
while read -l line
    echo "== $line"
    complete -C $line
end <$LINES_ASKED
'''


@functools.lru_cache(maxsize=None)
def ask(program, *words, language='en'):
    """What a program prints, without a home or a display."""
    with tempfile.TemporaryDirectory(prefix='ligdi.') as home:
        environment = {name: value for name, value in os.environ.items()
                       if name not in ('DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS')}
        environment.update(HOME=home, XDG_DATA_HOME=home, LC_ALL='C.UTF-8', LANGUAGE=language)
        return subprocess.run([program, *words], env=environment, capture_output=True, check=True,
                              encoding='utf-8', timeout=60).stdout


def ask_command(command='', **options):
    return ask(ARGUMENTS.program, *command.split(), '--help', **options)


def get_options(text):
    """The options that lines of a help text begin with, short ones too."""
    return {option for line in text.splitlines()
            for option in re.findall(r'(?<![\w-])--?[a-z][a-z-]*', (re.match(r' +(-.*?)(  |$)', line) or [''] * 2)[1])}


def get_texts(text):
    """What a help text says of each option and command."""
    return set(re.findall(r'^ +-.*?  +(\S.*)$', text, re.MULTILINE)
               + re.findall(r'^ {6}(\S.*)$', text, re.MULTILINE))


def get_commands():
    return re.findall(r'^  ligdipay ([a-z]+(?: [a-z]+)?) ', ask_command(), re.MULTILINE)


def get_scenarios():
    table = ask(ARGUMENTS.simulator, '--list-scenarios').partition('\n\n')[0]
    return {line.split()[0] for line in table.splitlines()[1:]}


def type_into(shell, setup, keys, environment):
    """Types into an interactive shell, once it is ready, and waits until it has ended."""
    process, terminal = pty.fork()
    if process == 0:
        os.execvpe(shell[0], shell, environment)
    try:
        os.write(terminal, f' . {setup}\n'.encode())
        said = b''
        while select.select([terminal], [], [], 60)[0]:
            try:
                piece = os.read(terminal, 65536)
            except OSError:  # it has ended
                break
            said += piece
            if keys and b'ready> ' in said:
                os.write(terminal, keys.encode())
                keys = None
            if not piece:
                break
        else:
            raise AssertionError(f'{shell[0]} did not end: {said!r}')
    finally:
        os.close(terminal)
        os.waitpid(process, 0)


def ask_shell(name, lines, **environment):
    """{line: what the shell completes there}, with what it says of each word."""
    with tempfile.TemporaryDirectory(prefix='ligdi.') as home:
        home = pathlib.Path(home)
        for folder in ('home', 'here/folder', 'files'):
            (home / folder).mkdir(parents=True)
        (home / 'here/copy.sqlite').touch()
        (home / 'answers').touch()
        (home / 'lines').write_text('\n'.join(lines) + '\n', encoding='utf-8')
        for file in ARGUMENTS.files:
            shutil.copy(file, home / 'files')
        programs = ':'.join(os.path.dirname(os.path.abspath(path)) for path in (ARGUMENTS.program, ARGUMENTS.simulator))
        # Nothing of what this user has set for their shells.
        environment = {
            **{name: value for name, value in os.environ.items() if name.endswith('SAN_OPTIONS')},
            'INPUTRC': '/dev/null', 'PATH': f'{programs}:{os.environ["PATH"]}', 'HOME': str(home / 'home'),
            'TERM': 'dumb', 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'en', 'FOLDER': str(home / 'files'), 'ANSWERS': str(home / 'answers'),
            'LINES_ASKED': str(home / 'lines'), **environment}
        if name == 'fish':
            done = subprocess.run(['fish', '--no-config', '-c', ASK_FISH], env=environment, cwd=home / 'here',
                                  capture_output=True, encoding='utf-8', timeout=60, check=True)
            answers = done.stdout
        else:
            setup = home / 'setup'
            setup.write_text(f'cd {home}/here\n' + (ASK_ZSH if name == 'zsh' else ASK_BASH), encoding='utf-8')
            if name == 'zsh':
                type_into(['zsh', '-f', '-i'], setup, '\x14', environment)
            else:
                # Each line is asked about and taken back.
                keys = ''.join(f'{line}\t\x15' for line in lines) + 'exit\n'
                type_into(['bash', '--norc', '--noprofile', '-i'], setup, keys, environment)
            answers = (home / 'answers').read_text(encoding='utf-8')
    found = {line: {} for line in lines}
    for line in answers.splitlines():
        if line.startswith('== '):
            current = found[line[3:]]
        elif line:
            word, _tab, said = line.partition('\t')
            # An option that takes a value, or the value of an option that is named again.
            option, _equals, value = word.partition('=')
            word = value or option if option.startswith('-') else word
            current[word.rstrip('/')] = said
    return found


class Shell:
    """What every shell must know."""
    name = None

    @classmethod
    def setUpClass(cls):
        if not shutil.which(cls.name):
            raise unittest.SkipTest(f'there is no {cls.name}')
        cls.answers = ask_shell(cls.name, ALL_LINES)

    def test_commands(self):
        commands = get_commands()
        self.assertEqual(set(commands), set(COMMANDS))
        self.assertEqual(set(self.answers['ligdipay ']), {command.split()[0] for command in commands})
        self.assertEqual(set(self.answers['ligdipay l']), {'link', 'list'})
        self.assertEqual(set(self.answers['ligdipay jour']), {'journal'})
        self.assertEqual(set(self.answers['ligdipay journal ']),
                         {command.split()[1] for command in commands if ' ' in command})

    def test_options(self):
        self.assertIn('--kiosk', get_options(ask_command()))
        self.assertEqual(set(self.answers['ligdipay -']), get_options(ask_command()))
        for command in COMMANDS:
            options = get_options(ask_command(command))
            self.assertIn('--help', options)
            self.assertEqual(set(self.answers[f'ligdipay {command} -']), options, command)

    def test_options_of_the_simulator(self):
        options = get_options(ask(ARGUMENTS.simulator, '--help'))
        self.assertIn('-s', options)
        self.assertEqual(set(self.answers['ligdipay-simulator -']), options)

    def test_values(self):
        choices = dict(re.findall(r'^ +--([a-z-]+)=(\w[\w-]*(?:\|[\w-]+)+) ', ask(ARGUMENTS.simulator, '--help'),
                                  re.MULTILINE))
        del choices['page-certificate']  # or a file
        self.assertEqual(set(choices), set(VALUES))
        for name, values in choices.items():
            for line in (f'ligdipay-simulator --{name}=', f'ligdipay-simulator --{name} '):
                self.assertEqual(set(self.answers[line]), set(values.split('|')), line)
        self.assertIn('declined', get_scenarios())
        for line in ('ligdipay-simulator --scenario=', 'ligdipay-simulator -s '):
            self.assertEqual(set(self.answers[line]), get_scenarios(), line)

    def test_files(self):
        for line, names in FILE_LINES.items():
            self.assertEqual(set(self.answers[line]), names, line)

    def test_nothing(self):
        """Where only the one who types knows what comes, and after what no command is."""
        for line in NOTHING:
            self.assertEqual(self.answers[line], {}, line)

    def test_syntax(self):
        for file in ARGUMENTS.files:
            if (file.suffix or '.zsh') == f'.{self.name}':
                subprocess.run([self.name, '-n', file], check=True, timeout=60)

    def test_words(self):
        """What fish and zsh say of options and commands is what --help says."""
        if self.name == 'bash':
            self.skipTest('bash says nothing')
        texts = {'ligdipay': get_texts(ask_command()).union(*(get_texts(ask_command(command)) for command in COMMANDS)),
                 'ligdipay-simulator': get_texts(ask(ARGUMENTS.simulator, '--help').partition('\nUnless')[0])}
        for file in ARGUMENTS.files:
            if (file.suffix or '.zsh') == f'.{self.name}':
                name = file.stem.lstrip('_')
                quoted = re.findall(r"(?:_say |-d )'([^']+)'|'[^'\[\n]*\[([A-Z][^'\]]+)\]", file.read_text(encoding='utf-8'))
                self.assertEqual({said or in_brackets for said, in_brackets in quoted}, texts[name], file)


class Bash(Shell, unittest.TestCase):
    name = 'bash'


class Zsh(Shell, unittest.TestCase):
    name = 'zsh'


class Fish(Shell, unittest.TestCase):
    name = 'fish'

    @unittest.skipUnless(shutil.which('gettext'), 'there is no gettext')
    def test_french(self):
        answers = ask_shell('fish', ['ligdipay list -', 'ligdipay l'], LANGUAGE='fr',
                            LIGDIPAY_LOCALEDIR=os.environ['LIGDIPAY_LOCALEDIR'])
        self.assertIn(answers['ligdipay list -']['--day'], get_texts(ask_command('list', language='fr')))
        self.assertIn(answers['ligdipay l']['list'], get_texts(ask_command(language='fr')))
        self.assertIn('jour', answers['ligdipay l']['list'])


if __name__ == '__main__':
    unittest.main(verbosity=2)
