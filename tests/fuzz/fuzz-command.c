/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-fuzz-command.h"
#include "ligdi-fuzz-ledger.h"
#include "ligdi-fuzz.h"

#include <string.h>
#include <unistd.h>

static GString *said;
static GString *complained;

static void
print (const char *text)
{
  g_string_append (said, text);
}

static void
print_error (const char *text)
{
  g_string_append (complained, text);
}

/* A command line, a word a line, in a folder with nothing but a ledger. No word leads out of that
 * folder: there is no slash in any, nor a per cent that could stand for one. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const GByteArray *current = ligdi_fuzz_ledger_get_current ();
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  g_auto (GStrv) words = g_strsplit (g_strdelimit (text, "/%", '_'), "\n", 12);
  guint n_words = g_strv_length (words);
  g_autofree char **argv = g_memdup2 (words, (n_words + 1) * sizeof *argv);
  LigdiCommandStatus status;

  if (n_words == 0)
    return 0;
  ligdi_fuzz_ledger_put (current->data, current->len);
  g_assert_cmpint (chdir (ligdi_fuzz_ledger_get_folder ()), ==, 0);
  said = g_string_new (NULL);
  complained = g_string_new (NULL);
  status = ligdi_fuzz_command_run ("ledger.sqlite", print, print_error, (int) n_words, argv);

  /* Who gets an answer gets no complaint, and who gets none is told why. */
  switch (status)
    {
    case LIGDI_COMMAND_DONE:
      g_assert_cmpstr (complained->str, ==, "");
      break;
    case LIGDI_COMMAND_MISUSED:
      g_assert_cmpstr (said->str, ==, "");
      g_assert_cmpuint (complained->len, >, 0);
      break;
    case LIGDI_COMMAND_NO:
    case LIGDI_COMMAND_FAILED:
      g_assert_true (said->len > 0 || complained->len > 0);
      break;
    case LIGDI_COMMAND_UNRESOLVED:
    case LIGDI_COMMAND_WRONG_AMOUNT:
    case LIGDI_COMMAND_REFUSED:
    case LIGDI_COMMAND_CASH:
      g_assert_not_reached ();
    }
  g_string_free (said, TRUE);
  g_string_free (complained, TRUE);
  return 0;
}
