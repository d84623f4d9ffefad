/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A ledger of many years: what its opening, a search between two keys and the daily check take,
 * and what it costs in memory. With arguments, only makes such a ledger:
 *
 *   bench-million FILE PAID UNFINISHED
 */

#include "ligdi-ledger-facts.h"
#include "ligdi-ledger-follow-up.h"
#include "ligdi-ledger-journal.h"
#include "ligdi-ledger-private.h"
#include "ligdi-ledger-query.h"
#include "ligdi-ledger-search.h"
#include "ligdi-ledger-verify.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MILLION 1000000
#define ROUNDS 9
/* A payment every half minute of ten hours a day. */
#define PER_DAY 1200
#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

static void
check (sqlite3 *db, int code)
{
  if (code != SQLITE_OK && code != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (db));
}

static sqlite3_stmt *
prepare (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  check (db, sqlite3_prepare_v2 (db, sql, -1, &statement, NULL));
  return statement;
}

static void
run (sqlite3 *db, sqlite3_stmt *statement)
{
  check (db, sqlite3_step (statement));
  check (db, sqlite3_reset (statement));
}

static void
append (sqlite3 *db, LigdiLedgerJournal *journal, LigdiJournalLine *line)
{
  g_autoptr (GError) error = NULL;

  if (!ligdi_ledger_journal_append (journal, line, &error))
    g_error ("%s", error->message);
}

/* As the ledger would have written them, in one transaction and without their steps. */
static void
make (const char *path, gint64 n_paid, gint64 n_unfinished)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiLedger) ledger = ligdi_ledger_open (path, &error);
  sqlite3 *db = ledger != NULL ? ligdi_ledger_get_database (ledger) : NULL;
  g_autoptr (LigdiLedgerFacts) facts = NULL;
  g_autoptr (LigdiLedgerJournal) journal = NULL;
  sqlite3_stmt *sale;
  sqlite3_stmt *line;
  sqlite3_stmt *payment;
  gint64 now = g_get_real_time () / 1000;

  if (ledger == NULL)
    g_error ("%s", error->message);
  facts = ligdi_ledger_facts_new (db, &error);
  journal = ligdi_ledger_journal_new (db, &error);
  check (db, sqlite3_exec (db, "PRAGMA cache_size = -400000; PRAGMA synchronous = OFF; BEGIN", NULL,
                           NULL, NULL));
  sale = prepare (db, "INSERT INTO sale (created_at, n_items, total, settled_by, settled_at)"
                      " VALUES (?1, 1, ?2, ?3, ?4)");
  line = prepare (db, "INSERT INTO sale_line VALUES (?1, 0, 'Riz parfumé, sac de 5 kg', 1, ?2)");
  payment = prepare (
      db, "INSERT INTO payment (sale, reference, transaction_id, amount, state, token, page_url,"
          " return_url, cancel_url, base_url, opening, exit, last_answer, n_checks, n_pending,"
          " created_at, left_at, checked_at, next_check_at, verdict_at, amount_received,"
          " operator_name, payer, request_id, owner)"
          " VALUES (?1, printf ('LGD-%04X-%04X', ?1 % 65536, ?1 / 65536),"
          " printf ('%032x', ?1), ?2, ?3, printf ('token-%d', ?1),"
          " printf ('https://client.ligdicash.com/?invoice=token-%d', ?1),"
          " printf ('https://ligdipay.invalid/return/%032x', ?1),"
          " printf ('https://ligdipay.invalid/cancel/%032x', ?1), 'https://app.ligdicash.com',"
          " 'here', 'returned', 'pending', 1, 1, ?4, ?4 + 40000, ?4 + 41000, ?5, ?6, ?7,"
          " 'ORANGE BURKINA', printf ('226%08d', (?1 * 7919) % 100000000), printf ('P%013d', ?1),"
          " 'x')");
  for (gint64 i = 0; i < n_paid + n_unfinished; i++)
    {
      gboolean paid = i < n_paid;
      gint64 amount = 500 + i * 37 % 400 * 50;
      gint64 at = now - (n_paid + n_unfinished - i) * DAY_MS / PER_DAY;
      LigdiJournalLine entry = { .at = at, .what = "intent", .to_state = "creating" };
      g_autoptr (GHashTable) all = NULL;
      g_autofree char *changes = NULL;

      sqlite3_bind_int64 (sale, 1, at);
      sqlite3_bind_int64 (sale, 2, amount);
      sqlite3_bind_text (sale, 3, paid ? "payment" : "open", -1, SQLITE_STATIC);
      sqlite3_bind_null (sale, 4);
      if (paid)
        sqlite3_bind_int64 (sale, 4, at + 41000);
      run (db, sale);
      sqlite3_bind_int64 (line, 1, i + 1);
      sqlite3_bind_int64 (line, 2, amount);
      run (db, line);
      sqlite3_bind_int64 (payment, 1, i + 1);
      sqlite3_bind_int64 (payment, 2, amount);
      sqlite3_bind_text (payment, 3, paid ? "paid" : "unresolved", -1, SQLITE_STATIC);
      sqlite3_bind_int64 (payment, 4, at);
      sqlite3_bind_int64 (payment, 5, paid ? 0 : now + 3600000 + i);
      sqlite3_bind_int64 (payment, 6, paid ? at + 41000 : 0);
      sqlite3_bind_int64 (payment, 7, paid ? amount : -1);
      run (db, payment);

      entry.payment = i + 1;
      all = ligdi_ledger_facts_load (facts, i + 1, &error);
      changes = ligdi_ledger_facts_compare (NULL, all);
      entry.changes = changes;
      append (db, journal, &entry);
      entry = (LigdiJournalLine){ .payment = i + 1, .at = at + 900, .what = "invoice-created",
                                  .from_state = "creating", .to_state = "awaiting",
                                  .changes = "" };
      append (db, journal, &entry);
      entry = (LigdiJournalLine){ .payment = i + 1, .at = at + 41000,
                                  .what = paid ? "confirmed-paid" : "patience-exhausted",
                                  .from_state = "verifying",
                                  .to_state = paid ? "paid" : "unresolved", .changes = "" };
      append (db, journal, &entry);
      if (i % 50000 == 49999)
        check (db, sqlite3_exec (db, "COMMIT; BEGIN", NULL, NULL, NULL));
    }
  check (db, sqlite3_exec (db, "COMMIT", NULL, NULL, NULL));
  check (db, sqlite3_finalize (sale));
  check (db, sqlite3_finalize (line));
  check (db, sqlite3_finalize (payment));
}

static double
get_memory (void)
{
  g_autofree char *text = NULL;
  const char *found;

  /* What was freed is not what is used. */
  malloc_trim (0);
  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL))
    return 0;
  found = g_strstr_len (text, -1, "Pss_Anon:");
  return found != NULL ? (double) g_ascii_strtoll (found + 9, NULL, 10) / 1024 : 0;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

static double
median (double *times)
{
  qsort (times, ROUNDS, sizeof *times, compare);
  return times[ROUNDS / 2];
}

static void
show (const char *name, double value, const char *unit, double goal)
{
  printf ("%-52s %9.1f %s", name, value, unit);
  if (goal > 0)
    printf ("  goal under %.0f: %s", goal, value < goal ? "met" : "MISSED");
  printf ("\n");
}

static double
since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000;
}

static LigdiLedger *
open_ledger (const char *path)
{
  g_autoptr (GError) error = NULL;
  LigdiLedger *ledger = ligdi_ledger_open (path, &error);

  if (ledger == NULL)
    g_error ("%s", error->message);
  return ledger;
}

static void
measure_opening (const char *path)
{
  double times[ROUNDS];

  for (int i = 0; i < ROUNDS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (LigdiLedger) ledger = open_ledger (path);

      times[i] = since (start);
    }
  show ("opening", median (times), "ms", 100);
}

/* Every beginning of what people type, as they type it; the slowest counts. */
static void
measure_search (LigdiLedger *ledger)
{
  static const char *const texts[] = { "12 500", "LGD-7A3F-1C", "P0000000512345", "0700",
                                       "+226 12 34 56 78", "999999", "7A3F" };
  double slowest = 0;
  double worst[ROUNDS];

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize length = 1; length <= strlen (texts[i]); length++)
      {
        g_autofree char *text = g_strndup (texts[i], length);

        for (int round = 0; round < ROUNDS; round++)
          {
            gint64 start = g_get_monotonic_time ();
            g_autoptr (GPtrArray) found = ligdi_ledger_search (ledger, text, 500, NULL);

            worst[round] = since (start);
            g_assert (found != NULL);
          }
        slowest = MAX (slowest, median (worst));
      }
  show ("the slowest search between two keys", slowest, "ms", 16);
}

static void
measure_lists (LigdiLedger *ledger)
{
  gint64 now = g_get_real_time () / 1000;
  double day[ROUNDS];
  double tray[ROUNDS];
  double count[ROUNDS];

  for (int i = 0; i < ROUNDS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      gint64 n;
      gint64 sum;
      guint n_open;

      g_ptr_array_unref (ligdi_ledger_list_between (ledger, now - DAY_MS, now, NULL));
      ligdi_ledger_sum_takings (ledger, now - DAY_MS, now, &n, &sum, NULL);
      day[i] = since (start);
      start = g_get_monotonic_time ();
      g_ptr_array_unref (ligdi_ledger_list_to_follow (ledger, 500, NULL));
      tray[i] = since (start);
      start = g_get_monotonic_time ();
      ligdi_ledger_count_to_follow (ledger, &n_open, NULL);
      count[i] = since (start);
    }
  show ("a day of 1200 payments and its total", median (day), "ms", 50);
  show ("what is to be followed up", median (tray), "ms", 50);
  show ("how many there are", median (count), "ms", 16);
}

static void
measure_check (const char *path)
{
  LigdiLedgerCount count;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  if (!ligdi_ledger_verify_file (path, &count, &error))
    g_error ("%s", error->message);
  show ("the daily check of every line, beside the till", since (start) / 1000, "s", 0);
}

static void
measure (const char *folder)
{
  g_autofree char *small = g_build_filename (folder, "small.sqlite", NULL);
  g_autofree char *path = g_build_filename (folder, "million.sqlite", NULL);
  gint64 start = g_get_monotonic_time ();
  double before;
  LigdiLedger *ledger;

  make (small, 3, 1);
  make (path, MILLION, 100);
  show ("making a million payments", since (start) / 1000, "s", 0);
  measure_opening (path);

  ledger = open_ledger (small);
  measure_search (ledger);
  measure_lists (ledger);
  before = get_memory ();
  g_object_unref (ledger);
  printf ("… and that was a ledger of four payments\n");
  ledger = open_ledger (path);
  measure_search (ledger);
  measure_lists (ledger);
  show ("memory, more than with four payments", get_memory () - before, "MB", 20);
  g_object_unref (ledger);
  measure_check (path);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;

  setvbuf (stdout, NULL, _IOLBF, 0);
  if (argc == 4)
    {
      make (argv[1], g_ascii_strtoll (argv[2], NULL, 10), g_ascii_strtoll (argv[3], NULL, 10));
      return EXIT_SUCCESS;
    }
  folder = g_dir_make_tmp ("ligdi.XXXXXX", NULL);
  if (folder == NULL)
    return EXIT_FAILURE;
  measure (folder);
  remove_folder (folder);
  return EXIT_SUCCESS;
}
