/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-ledger-verify.h"
#include "ligdi-test-beside.h"
#include "ligdi-test-platter.h"
#include "ligdi-test-turn.h"

#include <sqlite3.h>

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* Lives of a till, one a line of standard input, each in a process of its own that dies when its
 * line says so. One line of standard output says how each of them ended. */

/* No life of this program takes as long, except one that never ends. */
#define LONGEST_LIFE_S 60
#define KEPT_BYTES (4 << 20)

static LigdiTestFate *fate;

static GHashTable *
read_words (const char *line)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) parts = g_strsplit (line, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *value = strchr (parts[i], '=');

      if (value != NULL)
        g_hash_table_insert (words, g_strndup (parts[i], (gsize) (value - parts[i])),
                             g_strdup (value + 1));
    }
  return words;
}

static gint64
get_number (GHashTable *words, const char *name)
{
  const char *text = g_hash_table_lookup (words, name);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* Warnings end a test; what the till says of the trouble it meets is no news here. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  gboolean aloud = *(gboolean *) user_data;

  if (aloud || (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING)) != 0)
    {
      g_autofree char *text = g_log_writer_format_fields (level, fields, n_fields, FALSE);

      g_printerr ("%s\n", text);
    }
  return G_LOG_WRITER_HANDLED;
}

static int
live (GHashTable *words, guint process)
{
  gboolean aloud = get_number (words, "aloud") != 0;
  LigdiTestLife life = {
    .folder = g_hash_table_lookup (words, "folder"),
    .key = g_hash_table_lookup (words, "key"),
    .token = g_hash_table_lookup (words, "token"),
    .port = (guint16) get_number (words, "port"),
    .outcome = g_hash_table_lookup (words, "outcome"),
    .n_counters = (guint) get_number (words, "counters"),
    .n_presses = (guint) get_number (words, "presses"),
    .begins_first = get_number (words, "begin") != 0,
    .n_days = (guint) get_number (words, "days"),
    .heals = get_number (words, "heal") != 0,
    .asks_itself = get_number (words, "ask") != 0,
    .clock_jumps = (guint) get_number (words, "clock"),
    .n_errands = (guint) get_number (words, "errands"),
    .follows = get_number (words, "follow") != 0,
    .is_calm = get_number (words, "disk") == 0 && get_number (words, "trouble") == 0,
    .restores = g_hash_table_lookup (words, "restore"),
    .number = (guint) get_number (words, "life"),
    .vanishes = get_number (words, "vanish") != 0,
  };
  LigdiTestDiskPlan disk = {
    .per_mille = (guint) get_number (words, "disk"),
    .at = (guint) get_number (words, "trouble"),
    .kind = (guint) get_number (words, "kind"),
    .spell = (guint) get_number (words, "spell"),
  };

  alarm (LONGEST_LIFE_S);
  g_setenv ("TZ", g_hash_table_lookup (words, "zone"), TRUE);
  g_log_set_writer_func (write_log, &aloud, NULL);
  ligdi_test_turn_join (process);
  ligdi_test_fate_begin (fate, g_ascii_strtoull (g_hash_table_lookup (words, "seed"), NULL, 10),
                         life.number, (guint) get_number (words, process == 0 ? "last" : "last-beside"),
                         aloud);
  ligdi_test_disk_begin (life.folder, &disk);
  ligdi_test_wire_begin (life.port, life.folder, (guint) get_number (words, "wire"),
                         (guint) get_number (words, "refuse"));
  return process > 0 || life.restores != NULL ? ligdi_test_beside_live (&life)
                                              : ligdi_test_life_live (&life);
}

static const char *
name_end (int status)
{
  if (WIFSIGNALED (status))
    return WTERMSIG (status) == SIGKILL ? "killed" : "crashed";
  switch ((LigdiTestEnd) WEXITSTATUS (status))
    {
    case LIGDI_TEST_END_CLOSED:
      return "closed";
    case LIGDI_TEST_END_REFUSED:
      return "refused";
    case LIGDI_TEST_END_CORRUPT:
      return "corrupt";
    case LIGDI_TEST_END_NOT_HEALED:
      return "not-healed";
    case LIGDI_TEST_END_NOT_FOLLOWED:
      return "not-followed";
    case LIGDI_TEST_END_TAKEN:
      return "taken";
    }
  return "crashed";
}

static pid_t
start (GHashTable *words, guint process)
{
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child > 0)
    return child;
  /* Whatever a library says is no answer of ours. */
  dup2 (STDERR_FILENO, STDOUT_FILENO);
  _exit (live (words, process));
}

/* Whatever is wrong with a program beside the till is wrong. */
static gboolean
is_right (int status)
{
  if (WIFSIGNALED (status))
    return WTERMSIG (status) == SIGKILL;
  return WEXITSTATUS (status) == LIGDI_TEST_END_CLOSED
         || WEXITSTATUS (status) == LIGDI_TEST_END_REFUSED;
}

static void
give_life (GHashTable *words)
{
  pid_t children[LIGDI_TEST_MAX_PROCESSES];
  guint n = 1 + (guint) get_number (words, "beside");
  const char *end = NULL;

  memset (fate, 0, sizeof *fate);
  fate->digest = G_GUINT64_CONSTANT (0xcbf29ce484222325);
  fate->real = get_number (words, "real");
  fate->monotonic = get_number (words, "monotonic");
  fflush (stdout);
  ligdi_test_turn_begin (n, 100 + (guint) get_number (words, "life"));
  for (guint i = 0; i < n; i++)
    children[i] = start (words, i);
  for (guint n_ended = 0; n_ended < n; n_ended++)
    {
      int status = 0;
      pid_t child = wait (&status);

      for (guint i = 0; i < n; i++)
        if (children[i] == child)
          {
            ligdi_test_turn_leave (i);
            if (i == 0 ? end == NULL : !is_right (status))
              end = name_end (status);
          }
    }
  g_print ("end=%s steps=%u disk=%u digest=%016" G_GINT64_MODIFIER "x real=%" G_GINT64_FORMAT
           " monotonic=%" G_GINT64_FORMAT "\n",
           end, fate->n_steps, fate->n_disk, fate->digest, fate->real, fate->monotonic);
}

static void
cut_power (GHashTable *words)
{
  ligdi_test_platter_cut_power (g_hash_table_lookup (words, "cut"),
                                g_ascii_strtoull (g_hash_table_lookup (words, "seed"), NULL, 10),
                                (guint) get_number (words, "life"));
  g_print ("cut\n");
}

static void
begin_disk (const char *folder)
{
  ligdi_test_platter_begin (folder);
  g_print ("begun\n");
}

static void
verify (const char *path)
{
  LigdiLedgerCount count;
  g_autoptr (GError) error = NULL;

  if (ligdi_ledger_verify_file (path, &count, &error))
    g_print ("whole\n");
  else
    g_print ("%s\n", error->message);
}

int
main (int argc, char **argv)
{
  char *line = NULL;
  size_t room = 0;
  ssize_t length;

  /* A life is short: what it frees it keeps for itself. */
  mallopt (M_TRIM_THRESHOLD, KEPT_BYTES);
  mallopt (M_TOP_PAD, KEPT_BYTES);
  mallopt (M_MMAP_THRESHOLD, KEPT_BYTES);
  /* As the ledger does, which comes too late to do so here. */
  sqlite3_config (SQLITE_CONFIG_PAGECACHE, NULL, 0, 1);
  /* No life has a thread that uses it. */
  sqlite3_config (SQLITE_CONFIG_SINGLETHREAD);
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  ligdi_test_platter_make ();
  ligdi_test_turn_make ();
  fate = mmap (NULL, sizeof *fate, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  g_assert_true (fate != MAP_FAILED);
  while ((length = getline (&line, &room, stdin)) > 0)
    {
      g_autoptr (GHashTable) words = NULL;

      g_strchomp (line);
      words = read_words (line);
      if (g_hash_table_contains (words, "verify"))
        verify (g_hash_table_lookup (words, "verify"));
      else if (g_hash_table_contains (words, "cut"))
        cut_power (words);
      else if (g_hash_table_contains (words, "begin-disk"))
        begin_disk (g_hash_table_lookup (words, "begin-disk"));
      else
        give_life (words);
      fflush (stdout);
    }
  free (line);
  return EXIT_SUCCESS;
}
