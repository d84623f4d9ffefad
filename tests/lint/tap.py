# SPDX-License-Identifier: GPL-3.0-or-later
"""Says results in the Test Anything Protocol."""


class Report:
    def __init__(self):
        self.count = 0
        self.failed = False

    def say(self, ok, title, notes=()):
        self.count += 1
        self.failed |= not ok
        print(f'{"ok" if ok else "not ok"} {self.count} - {title}')
        for note in notes:
            print(f'# {note}')

    def skip(self, title, reason):
        self.count += 1
        print(f'ok {self.count} - {title} # SKIP {reason}')

    def end(self):
        print(f'1..{self.count}')
        return 1 if self.failed else 0
