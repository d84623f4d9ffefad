# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sanitizers say of an application that has a window, where it was built with them.

GTK and WebKit keep blocks until the end, and now and then lose some. A leak is ours if a
function of ours led to it, and main() is none: it is there in all of them.
"""
import os
import re
import tempfile

OURS = re.compile(r" in (?!main )\S+ (?:\.\./)*src/\w+/ligdi-")


class Report:
    """Made before the application starts, and read when it has ended."""

    def __init__(self):
        self.folder = None
        self.environment = {}
        if "ASAN_OPTIONS" not in os.environ:
            return
        self.folder = tempfile.TemporaryDirectory(prefix="sanitizers-")
        # Most of the time goes into noting who asked for a block, as far back as is wished.
        self.environment = {
            "ASAN_OPTIONS": f"{os.environ['ASAN_OPTIONS']}:malloc_context_size=10:abort_on_error=1"
                            f":log_path={self.folder.name}/report",
            "LSAN_OPTIONS": f"{os.environ.get('LSAN_OPTIONS', '')}:exitcode=0"}

    def read(self):
        """What is wrong, or nothing."""
        if self.folder is None:
            return ""
        wrong = []
        for name in sorted(os.listdir(self.folder.name)):
            with open(os.path.join(self.folder.name, name), encoding="utf-8", errors="replace") as file:
                text = file.read()
            parts = text.split("\n\n")
            if "LeakSanitizer: detected memory leaks" in text:
                parts = [part for part in parts if " leak of " in part and OURS.search(part)]
            wrong += parts
        return "\n\n".join(wrong)

    def close(self):
        if self.folder is not None:
            self.folder.cleanup()
