/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-ledger-owner.h"
#include "ligdi-test-book.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define GAP 3000

/* A child process that has the ledger open and a payment in the middle of something. */
typedef struct
{
  const char *path;
  LigdiPaymentState state;
  int ready[2];
} Till;

static int
keep_open (gpointer user_data)
{
  Till *till = user_data;
  LigdiLedger *ledger = ligdi_ledger_open (till->path, NULL);
  LigdiPaymentRecord *record;

  if (ledger == NULL)
    return 1;
  record = ligdi_test_book_begin_at (ledger, 500, till->state);
  if (write (till->ready[1], "", 1) != 1)
    return 2;
  /* Until somebody kills it, in the middle. */
  for (;;)
    pause ();
  ligdi_payment_record_free (record);
}

static pid_t
start_till (Till *till)
{
  char byte;
  pid_t child;

  g_assert_cmpint (pipe (till->ready), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (keep_open (till));
  g_assert_cmpint (read (till->ready[0], &byte, 1), ==, 1);
  close (till->ready[0]);
  close (till->ready[1]);
  return child;
}

static guint
count_orphans (LigdiLedger *ledger)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) orphans = ligdi_ledger_list_orphans (ledger, &error);

  g_assert_no_error (error);
  return orphans->len;
}

static int
open_users (LigdiTestBook *book)
{
  g_autofree char *path = g_strconcat (book->path, ".users", NULL);
  int fd = open (path, O_RDWR | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  return fd;
}

/* Each process is told from any other, also from one of another namespace that has its number. */
static void
test_words (void)
{
  g_autofree char *self = ligdi_ledger_owner_describe_self ();
  g_autofree char *again = ligdi_ledger_owner_describe_self ();
  g_auto (GStrv) parts = g_strsplit (self, ":", 0);

  g_assert_cmpstr (self, ==, again);
  g_assert_cmpuint (g_strv_length (parts), ==, 4);
  g_assert_cmpuint (strlen (parts[0]), ==, 36);
  g_assert_cmpuint (g_ascii_strtoull (parts[1], NULL, 10), ==, (guint64) getpid ());
  g_assert_cmpuint (g_ascii_strtoull (parts[2], NULL, 10), >, 0);
  g_assert_cmpuint (g_ascii_strtoull (parts[3], NULL, 10), >, 0);
}

/* An owner lives for as long as the ledger is open there, whether its process can be seen from
 * here or not. */
static void
test_life (LigdiTestBook *book, gconstpointer data)
{
  static const char unseen[] = "0:2:17:4026532700";
  static const char *const dead[] = { "0:2:18:4026532700", "0:2:17:4026532701", "0:2:17", "", "x" };
  g_autofree char *self = ligdi_ledger_owner_describe_self ();
  g_autoptr (GError) error = NULL;
  int here = open_users (book);
  int there = open_users (book);

  g_assert_true (ligdi_ledger_owner_is_alive (self, here));
  g_assert_false (ligdi_ledger_owner_is_alive (unseen, here));
  ligdi_ledger_owner_hold (unseen, there, &error);
  g_assert_no_error (error);
  g_assert_true (ligdi_ledger_owner_is_alive (unseen, here));
  for (guint i = 0; i < G_N_ELEMENTS (dead); i++)
    g_assert_false (ligdi_ledger_owner_is_alive (dead[i], here));
  close (there);
  g_assert_false (ligdi_ledger_owner_is_alive (unseen, here));

  ligdi_test_book_close (book);
  g_assert_false (ligdi_ledger_owner_is_alive (self, here));
  /* Nobody is taken for dead because nobody could ask. */
  close (here);
  g_assert_true (ligdi_ledger_owner_is_alive (unseen, here));
  g_assert_false (ligdi_ledger_owner_hold (self, here, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER);
  ligdi_test_book_reopen (book);
}

/* While its process lives, a payment is nobody else's; killed in the middle, it is an orphan,
 * also before anybody has taken note of the death. */
static void
test_orphans (LigdiTestBook *book, gconstpointer data)
{
  for (int i = 0; i < LIGDI_PAYMENT_N_STATES; i++)
    {
      Till till = { .path = book->path, .state = (LigdiPaymentState) i };
      gboolean in_the_middle = i == LIGDI_PAYMENT_STATE_CREATING || i == LIGDI_PAYMENT_STATE_AWAITING
                               || i == LIGDI_PAYMENT_STATE_VERIFYING;
      guint before;
      siginfo_t info;
      pid_t child;

      ligdi_test_book_reopen (book);
      before = count_orphans (book->ledger);
      ligdi_test_book_close (book);
      child = start_till (&till);
      ligdi_test_book_reopen (book);
      g_assert_cmpuint (count_orphans (book->ledger), ==, before);

      g_assert_cmpint (kill (child, SIGKILL), ==, 0);
      /* Dead, but not buried. */
      g_assert_cmpint (waitid (P_PID, (id_t) child, &info, WEXITED | WNOWAIT), ==, 0);
      g_assert_cmpuint (count_orphans (book->ledger), ==, before + in_the_middle);
      g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
      g_assert_cmpuint (count_orphans (book->ledger), ==, before + in_the_middle);
    }
}

/* Whoever moves a payment on is its owner from then on. */
static void
test_orphan_is_adopted (LigdiTestBook *book, gconstpointer data)
{
  Till till = { .path = book->path, .state = LIGDI_PAYMENT_STATE_AWAITING };
  g_autoptr (GPtrArray) orphans = NULL;
  pid_t child;

  ligdi_test_book_close (book);
  child = start_till (&till);
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  ligdi_test_book_reopen (book);
  orphans = ligdi_ledger_list_orphans (book->ledger, NULL);
  g_assert_cmpuint (orphans->len, ==, 1);
  g_assert_true (ligdi_test_book_step (book->ledger, g_ptr_array_index (orphans, 0),
                                       LIGDI_PAYMENT_EVENT_RECOVERED, NULL));
  g_assert_cmpuint (count_orphans (book->ledger), ==, 0);
}

/* One process watches; when it is gone, however it went, the next one does. */
static void
test_watch (LigdiTestBook *book, gconstpointer data)
{
  Till till = { .path = book->path, .state = LIGDI_PAYMENT_STATE_UNRESOLVED };
  g_autoptr (LigdiLedger) second = NULL;
  pid_t child;

  g_assert_true (ligdi_ledger_holds_watch (book->ledger));
  second = ligdi_ledger_open (book->path, NULL);
  g_assert_false (ligdi_ledger_holds_watch (second));
  g_clear_object (&second);
  g_assert_true (ligdi_ledger_holds_watch (book->ledger));

  ligdi_test_book_close (book);
  child = start_till (&till);
  ligdi_test_book_reopen (book);
  g_assert_false (ligdi_ledger_holds_watch (book->ledger));
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  ligdi_test_book_reopen (book);
  g_assert_true (ligdi_ledger_holds_watch (book->ledger));
}

/* Killed in the middle means a closer look at the next start. */
static void
test_unclean_stop (LigdiTestBook *book, gconstpointer data)
{
  Till till = { .path = book->path, .state = LIGDI_PAYMENT_STATE_UNRESOLVED };
  gint64 now = 1000000000000;
  g_autofree char *sql = NULL;
  pid_t child;

  /* Never checked, then checked a moment ago, then a day ago, then in the future. */
  g_assert_true (ligdi_ledger_wants_integrity_check (book->ledger, now));
  sql = g_strdup_printf ("UPDATE house_keeping SET integrity_checked_at = %" G_GINT64_FORMAT, now);
  g_assert_true (ligdi_test_book_execute (book->path, sql));
  g_assert_false (ligdi_ledger_wants_integrity_check (book->ledger, now + 1000));
  g_assert_false (ligdi_ledger_wants_integrity_check (book->ledger, now + 24 * 3600 * 1000));
  g_assert_true (ligdi_ledger_wants_integrity_check (book->ledger, now + 24 * 3600 * 1000 + 1));
  g_assert_true (ligdi_ledger_wants_integrity_check (book->ledger, now - 1));

  ligdi_test_book_reopen (book);
  g_assert_false (ligdi_ledger_wants_integrity_check (book->ledger, now + 1000));
  ligdi_test_book_close (book);
  child = start_till (&till);
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  ligdi_test_book_reopen (book);
  g_assert_true (ligdi_ledger_wants_integrity_check (book->ledger, now + 1000));
}

static gint64
pass_gate (LigdiLedger *ledger, gint64 now, gboolean at_once)
{
  gint64 wait = -1;
  g_autoptr (GError) error = NULL;

  ligdi_ledger_pass_gate (ledger, now, GAP, at_once, &wait, &error);
  g_assert_no_error (error);
  return wait;
}

/* One gate for all processes of a till. */
static void
test_gate (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiLedger) other = ligdi_ledger_open (book->path, NULL);
  gint64 now = 1000000000000;

  g_assert_cmpint (pass_gate (book->ledger, now, FALSE), ==, 0);
  g_assert_cmpint (pass_gate (book->ledger, now, FALSE), ==, GAP);
  g_assert_cmpint (pass_gate (other, now + 1, FALSE), ==, GAP - 1);
  g_assert_cmpint (pass_gate (other, now + GAP - 1, FALSE), ==, 1);
  g_assert_cmpint (pass_gate (other, now + GAP, FALSE), ==, 0);
  g_assert_cmpint (pass_gate (book->ledger, now + GAP, FALSE), ==, GAP);
  /* The first question after an exit does not wait, and those after it wait for it. */
  g_assert_cmpint (pass_gate (book->ledger, now + GAP + 10, TRUE), ==, 0);
  g_assert_cmpint (pass_gate (other, now + GAP + 20, FALSE), ==, GAP - 10);
  /* A question that was turned away moves nothing. */
  g_assert_cmpint (pass_gate (other, now + GAP + 30, FALSE), ==, GAP - 20);
  g_assert_cmpint (pass_gate (other, now + GAP + 10 + GAP, FALSE), ==, 0);
}

/* A clock that was set back must not shut the gate for ever, nor one that was set ahead. */
static void
test_gate_and_clock (LigdiTestBook *book, gconstpointer data)
{
  gint64 now = 1000000000000;

  g_assert_cmpint (pass_gate (book->ledger, now, FALSE), ==, 0);
  g_assert_cmpint (pass_gate (book->ledger, now - 86400000, FALSE), ==, 0);
  g_assert_cmpint (pass_gate (book->ledger, now - 86400000 + 1, FALSE), ==, GAP - 1);
  g_assert_cmpint (pass_gate (book->ledger, now + 86400000, FALSE), ==, 0);
  g_assert_cmpint (pass_gate (book->ledger, 0, FALSE), ==, 0);
}

static void
test_gate_outlives_the_process (LigdiTestBook *book, gconstpointer data)
{
  gint64 now = 1000000000000;

  g_assert_cmpint (pass_gate (book->ledger, now, FALSE), ==, 0);
  ligdi_test_book_reopen (book);
  g_assert_cmpint (pass_gate (book->ledger, now + 500, FALSE), ==, GAP - 500);
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
  g_test_add_func ("/ledger/owner/words", test_words);
  add ("/ledger/owner/life", test_life);
  add ("/ledger/owner/orphans", test_orphans);
  add ("/ledger/owner/orphan-is-adopted", test_orphan_is_adopted);
  add ("/ledger/owner/watch", test_watch);
  add ("/ledger/owner/unclean-stop", test_unclean_stop);
  add ("/ledger/gate/passes", test_gate);
  add ("/ledger/gate/clock", test_gate_and_clock);
  add ("/ledger/gate/outlives-the-process", test_gate_outlives_the_process);
  return g_test_run ();
}
