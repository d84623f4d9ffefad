/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdlib.h>

/* A warning of GLib's ends the process as a breakpoint does, of which libFuzzer knows nothing and
 * keeps no input. */

int LLVMFuzzerInitialize (int *argc, char ***argv);

static void
on_trap (int number)
{
  abort ();
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  signal (SIGTRAP, on_trap);
  return 0;
}
