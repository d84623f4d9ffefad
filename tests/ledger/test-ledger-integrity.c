/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-test-book.h"

#include <glib/gstdio.h>

#include <string.h>

#define NOW G_GINT64_CONSTANT (1760000000000)

typedef struct
{
  guint n_answers;
  gboolean sound;
  GError *error;
} Check;

static void
on_check_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Check *check = user_data;

  check->n_answers++;
  check->sound = ligdi_ledger_check_integrity_finish (LIGDI_LEDGER (source), result, NOW,
                                                      &check->error);
}

static void
run_check (LigdiLedger *ledger, Check *check)
{
  ligdi_ledger_check_integrity_async (ledger, NULL, on_check_ready, check);
  ligdi_test_wait_until (check->n_answers == 1);
}

static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
open_with_watch (LigdiTestBook *book)
{
  ligdi_test_book_reopen (book);
  return ligdi_ledger_holds_watch (book->ledger);
}

/* The thread that did the check may hold the ledger a moment longer than the answer takes, and
 * its end wakes nobody. */
static void
close_after_check (LigdiTestBook *book)
{
  guint ticks = g_timeout_add (5, on_tick, NULL);

  g_object_add_weak_pointer (G_OBJECT (book->ledger), (gpointer *) &book->ledger);
  g_object_unref (book->ledger);
  ligdi_test_wait_until (g_atomic_pointer_get (&book->ledger) == NULL);
  ligdi_test_wait_until (open_with_watch (book));
  g_source_remove (ticks);
}

static void
test_sound (LigdiTestBook *book, gconstpointer data)
{
  Check check = { 0 };

  ligdi_payment_record_free (ligdi_test_book_begin (book->ledger, 500));
  g_assert_true (ligdi_ledger_wants_integrity_check (book->ledger, NOW));
  run_check (book->ledger, &check);
  g_assert_no_error (check.error);
  g_assert_true (check.sound);
  g_assert_false (ligdi_ledger_wants_integrity_check (book->ledger, NOW + 1));
  close_after_check (book);
  g_assert_false (ligdi_ledger_wants_integrity_check (book->ledger, NOW + 1));
}

/* Selling goes on while the file is read. */
static void
test_beside_selling (LigdiTestBook *book, gconstpointer data)
{
  Check check = { 0 };

  for (guint i = 0; i < 200; i++)
    ligdi_payment_record_free (ligdi_test_book_begin (book->ledger, 500));
  ligdi_ledger_check_integrity_async (book->ledger, NULL, on_check_ready, &check);
  while (check.n_answers == 0)
    {
      ligdi_payment_record_free (
          ligdi_test_book_begin_at (book->ledger, 500, LIGDI_PAYMENT_STATE_PAID));
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_no_error (check.error);
  g_assert_true (check.sound);
  close_after_check (book);
}

static void
damage_page (const char *path, gint64 page)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_cmpint (page * 4096, <=, length);
  memset (bytes + (page - 1) * 4096 + 64, 0x5a, 4096 - 128);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
}

/* A page of the history goes bad where nobody looks in the daily run. */
static void
test_damaged (LigdiTestBook *book, gconstpointer data)
{
  static const char *const tables[]
      = { "payment_event_by_payment", "sale_line", "payment_by_day" };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql
          = g_strdup_printf ("SELECT rootpage FROM sqlite_schema WHERE name = '%s'", tables[i]);
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      Check check = { 0 };
      gint64 page;

      ligdi_test_book_close (book);
      g_unlink (book->path);
      ligdi_test_book_reopen (book);
      for (guint j = 0; j < 50; j++)
        ligdi_payment_record_free (ligdi_test_book_begin (book->ledger, 500));
      page = ligdi_test_book_query (book->path, sql);
      ligdi_test_book_close (book);
      damage_page (book->path, page);

      g_test_message ("page %" G_GINT64_FORMAT " of %s", page, tables[i]);
      ligdi_test_book_reopen (book);
      run_check (book->ledger, &check);
      g_assert_false (check.sound);
      g_assert_error (check.error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT);
      g_clear_error (&check.error);
      /* It is wanted until it succeeds. */
      g_assert_true (ligdi_ledger_wants_integrity_check (book->ledger, NOW + 1));
      close_after_check (book);
    }
}

static void
test_cancelled (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Check check = { 0 };

  ligdi_ledger_check_integrity_async (book->ledger, cancellable, on_check_ready, &check);
  g_cancellable_cancel (cancellable);
  ligdi_test_wait_until (check.n_answers == 1);
  g_assert_error (check.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&check.error);
  g_assert_true (ligdi_ledger_wants_integrity_check (book->ledger, NOW));
  close_after_check (book);
}

/* The ledger may be let go of while it is being read. */
static void
test_let_go (LigdiTestBook *book, gconstpointer data)
{
  Check check = { 0 };

  ligdi_ledger_check_integrity_async (book->ledger, NULL, on_check_ready, &check);
  close_after_check (book);
  g_assert_cmpuint (check.n_answers, ==, 1);
  g_assert_no_error (check.error);
}

static void
add (const char *path, void (*test) (LigdiTestBook *, gconstpointer))
{
  g_test_add (path, LigdiTestBook, NULL, ligdi_test_book_set_up, test, ligdi_test_book_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/ledger/integrity/sound", test_sound);
  add ("/ledger/integrity/beside-selling", test_beside_selling);
  add ("/ledger/integrity/damaged", test_damaged);
  add ("/ledger/integrity/cancelled", test_cancelled);
  add ("/ledger/integrity/let-go", test_let_go);
  return g_test_run ();
}
