/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-command"

#include "ligdi-command.h"
#include "ligdi-csv.h"
#include "ligdi-test-book.h"

#include <json-glib/json-glib.h>

#include <locale.h>
#include <string.h>

/* What is typed, what comes out, and what the process ends with. */

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

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Runs it as if the words had been typed with a space between two. */
static LigdiCommandStatus
run (LigdiTestBook *book, const char *typed)
{
  LigdiCommandPlace place = { .ledger = book->path, .print = print, .print_error = print_error };
  g_auto (GStrv) words = g_strsplit (typed, " ", -1);
  g_autofree char **argv = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  g_string_truncate (said, 0);
  g_string_truncate (complained, 0);
  /* Parsing moves the words about. */
  argv = g_memdup2 (words, (g_strv_length (words) + 1) * sizeof *argv);
  ligdi_command_run_async (&place, (int) g_strv_length (words), argv, on_done, &result);
  ligdi_test_wait_until (result != NULL);
  return ligdi_command_run_finish (result);
}

static void
assert_says (GString *text, const char *words)
{
  if (strstr (text->str, words) == NULL)
    g_error ("“%s” is not in “%s”", words, text->str);
}

static JsonObject *
parse_line (const char *line)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, line, -1, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

static void
test_misused (LigdiTestBook *book, gconstpointer data)
{
  static const char *const typed[] = {
    "journal", "journal burn", "journal verify a b", "journal backup", "journal restore",
    "journal verify --never", "list --day", "list --day yesterday", "list --day 2026-13-01",
    "list --day 2026-11-25x", "list --day 9999-12-31", "export --until 9999-12-31", "list today", "export --from x", "export --until 2026-02-30",
    "export file.csv",
  };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_test_message ("%s", typed[i]);
      g_assert_cmpint (run (book, typed[i]), ==, LIGDI_COMMAND_MISUSED);
      g_assert_cmpstr (said->str, ==, "");
      g_assert_cmpuint (complained->len, >, 0);
    }
  g_assert_true (ligdi_command_is_known ("journal"));
  g_assert_false (ligdi_command_is_known ("--demo"));
}

static void
test_help (LigdiTestBook *book, gconstpointer data)
{
  static const char *const typed[]
      = { "list --help", "export -h", "journal verify --help", "journal backup --help" };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_assert_cmpint (run (book, typed[i]), ==, LIGDI_COMMAND_DONE);
      g_assert_cmpstr (complained->str, ==, "");
      assert_says (said, "--help");
    }
}

static void
test_verify (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (JsonObject) whole = NULL;
  g_autoptr (JsonObject) broken = NULL;

  ligdi_payment_record_free (ligdi_test_book_begin (book->ledger, 500));
  /* While a till has it open. */
  g_assert_cmpint (run (book, "journal verify"), ==, LIGDI_COMMAND_DONE);
  assert_says (said, "whole");
  g_assert_cmpint (run (book, "journal verify --json"), ==, LIGDI_COMMAND_DONE);
  whole = parse_line (said->str);
  g_assert_true (json_object_get_boolean_member (whole, "whole"));
  g_assert_cmpint (json_object_get_int_member (whole, "payments"), ==, 1);

  ligdi_test_book_close (book);
  g_assert_true (ligdi_test_book_execute (book->path, "UPDATE payment SET amount = 1"));
  g_assert_cmpint (run (book, "journal verify"), ==, LIGDI_COMMAND_NO);
  g_assert_cmpstr (said->str, ==, "");
  assert_says (complained, "The ledger is not what was written.");
  assert_says (complained, "“amount”");
  g_assert_cmpint (run (book, "journal verify --json"), ==, LIGDI_COMMAND_NO);
  broken = parse_line (said->str);
  g_assert_false (json_object_get_boolean_member (broken, "whole"));
}

static void
test_no_ledger (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *path = g_strconcat (book->path, ".not-there", NULL);
  g_autofree char *typed = g_strconcat ("journal verify ", path, NULL);
  char *there = book->path;

  g_assert_cmpint (run (book, typed), ==, LIGDI_COMMAND_FAILED);
  assert_says (complained, "The ledger cannot be read here.");
  book->path = path;
  g_assert_cmpint (run (book, "list"), ==, LIGDI_COMMAND_FAILED);
  g_assert_cmpint (run (book, "export"), ==, LIGDI_COMMAND_FAILED);
  g_assert_cmpstr (said->str, ==, "");
  book->path = there;
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_backup (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *backup = g_build_filename (book->folder, "copy.sqlite", NULL);
  g_autofree char *back_up = g_strconcat ("journal backup ", backup, NULL);
  g_autofree char *restore = g_strconcat ("journal restore ", backup, NULL);
  g_autofree char *verify = g_strconcat ("journal verify ", backup, NULL);

  ligdi_payment_record_free (ligdi_test_book_begin (book->ledger, 500));
  g_assert_cmpint (run (book, back_up), ==, LIGDI_COMMAND_DONE);
  assert_says (said, "copy.sqlite");
  g_assert_cmpint (run (book, verify), ==, LIGDI_COMMAND_DONE);
  g_assert_cmpint (run (book, back_up), ==, LIGDI_COMMAND_FAILED);
  assert_says (complained, "something would be written over");

  g_assert_cmpint (run (book, restore), ==, LIGDI_COMMAND_FAILED);
  assert_says (complained, "Close LigdiPay");
  ligdi_test_book_close (book);
  g_assert_cmpint (run (book, restore), ==, LIGDI_COMMAND_DONE);
  ligdi_test_book_reopen (book);
  ligdi_payment_record_free (ligdi_test_book_begin (book->ledger, 600));
  ligdi_test_book_close (book);
  g_assert_cmpint (run (book, restore), ==, LIGDI_COMMAND_FAILED);
  assert_says (complained, "something would be written over");
}

/* Years of payments, all of them once, and those of some days. */
static void
test_export (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) old = ligdi_test_book_make_intent (700);
  g_autoptr (LigdiPaymentRecord) paid
      = ligdi_test_book_begin_at (book->ledger, 12500, LIGDI_PAYMENT_STATE_PAID);
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  g_auto (GStrv) rows = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *found = NULL;

  ligdi_sale_add (sale, "Sel", 1, 700);
  old->created_at -= G_GINT64_CONSTANT (400) * 24 * 3600 * 1000;
  g_assert_true (ligdi_ledger_begin_sale (book->ledger, sale, old, NULL, NULL));

  g_assert_cmpint (run (book, "export"), ==, LIGDI_COMMAND_DONE);
  g_assert_true (g_str_has_prefix (said->str, LIGDI_CSV_MARK "\"Date\";\"Ticket\""));
  rows = g_strsplit (said->str, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (rows), ==, 4);
  found = g_strdup_printf (";2;\"%s\";700;\"being created\";\"\";\"\"", old->reference);
  g_assert_nonnull (strstr (rows[1], found));
  g_assert_nonnull (strstr (rows[2], ";12500;\"paid\";12500;\"20"));
  g_assert_null (strstr (said->str, paid->token));
  g_assert_null (strstr (said->str, paid->transaction_id));

  g_assert_cmpint (run (book, "export --json"), ==, LIGDI_COMMAND_DONE);
  lines = g_strsplit (said->str, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  object = parse_line (lines[1]);
  g_assert_cmpstr (json_object_get_string_member (object, "reference"), ==, paid->reference);
  g_assert_cmpstr (json_object_get_string_member (object, "state"), ==, "paid");
  g_assert_cmpint (json_object_get_int_member (object, "amount"), ==, 12500);
  g_assert_null (strstr (said->str, paid->token));

  g_assert_cmpint (run (book, "export --until 2001-01-01"), ==, LIGDI_COMMAND_DONE);
  g_assert_null (strstr (said->str, "LGD-"));
  g_assert_cmpint (run (book, "list"), ==, LIGDI_COMMAND_DONE);
  assert_says (said, paid->reference);
  assert_says (said, "12\u202f500\u00a0F\u00a0CFA  paid\n");
  g_assert_null (strstr (said->str, old->reference));
  g_assert_cmpint (run (book, "list --json --day 2001-01-01"), ==, LIGDI_COMMAND_DONE);
  g_assert_cmpstr (said->str, ==, "");
}

/* Each state in its own words, and times that are not as nothing. */
static void
test_states (LigdiTestBook *book, gconstpointer data)
{
  static const char *const words[LIGDI_PAYMENT_N_STATES] = {
    [LIGDI_PAYMENT_STATE_CREATING] = "being created",
    [LIGDI_PAYMENT_STATE_AWAITING] = "open",
    [LIGDI_PAYMENT_STATE_VERIFYING] = "being checked",
    [LIGDI_PAYMENT_STATE_UNRESOLVED] = "unresolved",
    [LIGDI_PAYMENT_STATE_PAID] = "paid",
    [LIGDI_PAYMENT_STATE_DECLINED] = "not paid",
    [LIGDI_PAYMENT_STATE_ABORTED] = "never opened",
    [LIGDI_PAYMENT_STATE_DISPUTED] = "to be looked into",
  };
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < LIGDI_PAYMENT_N_STATES; i++)
    ligdi_payment_record_free (
        ligdi_test_book_begin_at (book->ledger, 500, (LigdiPaymentState) i));
  g_assert_cmpint (run (book, "list"), ==, LIGDI_COMMAND_DONE);
  lines = g_strsplit (said->str, "\n", -1);
  for (guint i = 0; i < LIGDI_PAYMENT_N_STATES; i++)
    {
      g_autofree char *end = g_strconcat ("CFA  ", words[i], NULL);

      g_assert_true (g_str_has_suffix (lines[i], end));
    }

  ligdi_test_book_close (book);
  g_assert_true (ligdi_test_book_execute (
      book->path, "UPDATE payment SET verdict_at = 9223372036854775807 WHERE verdict_at > 0"));
  g_assert_cmpint (run (book, "list --json"), ==, LIGDI_COMMAND_DONE);
  assert_says (said, "\"state\":\"paid\"");
  assert_says (said, "\"verdict_at\":null");
  g_assert_cmpint (run (book, "export"), ==, LIGDI_COMMAND_DONE);
  assert_says (said, ";\"paid\";500;\"\";");
}

/* What goes wrong in the middle is said, for whichever way it is told. */
static void
test_damaged (LigdiTestBook *book, gconstpointer data)
{
  static const char *const typed[] = { "list", "list --json", "export", "export --json" };

  ligdi_payment_record_free (ligdi_test_book_begin (book->ledger, 500));
  ligdi_test_book_close (book);
  g_assert_true (ligdi_test_book_execute (
      book->path, "PRAGMA ignore_check_constraints = ON; UPDATE payment SET exit = 'x'"));
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_assert_cmpint (run (book, typed[i]), ==, LIGDI_COMMAND_NO);
      assert_says (complained, "The ledger is not what was written.");
    }
  g_assert_true (ligdi_test_book_execute (book->path, "PRAGMA user_version = 99"));
  g_assert_cmpint (run (book, "list"), ==, LIGDI_COMMAND_FAILED);
  assert_says (complained, "A newer LigdiPay wrote this ledger.");
}

/* A payment of no time at all is no reason to stop in the middle, and none to go through every
 * day there ever was. */
static void
test_export_no_time (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) record = ligdi_test_book_begin (book->ledger, 500);

  ligdi_test_book_close (book);
  g_assert_true (ligdi_test_book_execute (
      book->path, "UPDATE payment SET created_at = 9223372036854775807"));
  g_assert_cmpint (run (book, "export"), ==, LIGDI_COMMAND_NO);
  g_assert_cmpstr (said->str, ==, "");
  assert_says (complained, "The ledger is not what was written.");

  g_assert_true (ligdi_test_book_execute (
      book->path, "UPDATE payment SET created_at = -60000000000000"));
  g_assert_cmpint (run (book, "export --json --until 9998-12-31"), ==, LIGDI_COMMAND_DONE);
  assert_says (said, record->reference);
  assert_says (said, "\"created_at\":\"0068-");
}

static void
test_empty (LigdiTestBook *book, gconstpointer data)
{
  g_assert_cmpint (run (book, "export"), ==, LIGDI_COMMAND_DONE);
  g_assert_true (g_str_has_suffix (said->str, "\"Cashier\";\"Asked for as\";\"Asked for by\"\r\n"));
  g_assert_cmpint (run (book, "export --json"), ==, LIGDI_COMMAND_DONE);
  g_assert_cmpstr (said->str, ==, "");
}

static void
add (const char *path, void (*test) (LigdiTestBook *, gconstpointer))
{
  g_test_add (path, LigdiTestBook, NULL, ligdi_test_book_set_up, test, ligdi_test_book_tear_down);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "");
  said = g_string_new (NULL);
  complained = g_string_new (NULL);
  add ("/command/misused", test_misused);
  add ("/command/help", test_help);
  add ("/command/verify", test_verify);
  add ("/command/no-ledger", test_no_ledger);
  add ("/command/backup", test_backup);
  add ("/command/export", test_export);
  add ("/command/states", test_states);
  add ("/command/damaged", test_damaged);
  add ("/command/export-no-time", test_export_no_time);
  add ("/command/empty", test_empty);
  status = g_test_run ();
  g_string_free (said, TRUE);
  g_string_free (complained, TRUE);
  return status;
}
