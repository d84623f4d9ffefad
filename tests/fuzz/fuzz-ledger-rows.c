/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-error.h"
#include "ligdi-fuzz-command.h"
#include "ligdi-fuzz-ledger.h"
#include "ligdi-fuzz.h"
#include "ligdi-ledger-verify.h"

#include <sqlite3.h>
#include <string.h>

/* Somebody with a database browser: each change is five bytes and what they say follows. */
enum
{
  SET_NULL,
  SET_NUMBER,       /* eight bytes */
  SET_SMALL_NUMBER, /* one byte */
  SET_TEXT,         /* one byte of length, and as many */
  COPY,             /* one byte: which row from */
  DELETE,
  DUPLICATE,
  N_ACTIONS,
};

static const struct
{
  const char *name;
  const char *columns[24];
} tables[] = {
  { "sale", { "id", "created_at", "n_items", "total", "settled_by", "settled_at" } },
  { "sale_line", { "sale", "position", "label", "quantity", "unit_price" } },
  { "payment", { "id",
                 "sale",
                 "reference",
                 "transaction_id",
                 "amount",
                 "state",
                 "token",
                 "page_url",
                 "return_url",
                 "cancel_url",
                 "base_url",
                 "exit",
                 "released_by",
                 "created_at",
                 "left_at",
                 "verdict_at",
                 "amount_received",
                 "operator_name",
                 "payer",
                 "request_id",
                 "refusal",
                 "opening",
                 "next_check_at",
                 "owner" } },
  { "payment_event",
    { "id", "payment", "at", "what", "from_state", "to_state", "note", "changes", "hash" } },
  { "follow_up", { "id", "payment", "kind", "opened_at", "closed_at", "reason", "counted" } },
  { "seal", { "id", "day", "last_line", "n_paid", "takings", "sealed_at", "hash" } },
  { "sqlite_sequence", { "name", "seq" } },
  { "gate", { "id", "confirmed_at" } },
  { "house_keeping", { "id", "closed_cleanly", "integrity_checked_at" } },
};

typedef struct
{
  const uint8_t *data;
  size_t left;
} Input;

static guint
take_byte (Input *input)
{
  if (input->left == 0)
    return 0;
  input->left--;
  return *input->data++;
}

static const uint8_t *
take_bytes (Input *input, size_t *length)
{
  const uint8_t *bytes = input->data;

  *length = MIN (*length, input->left);
  input->data += *length;
  input->left -= *length;
  return bytes;
}

static guint
count_columns (guint table)
{
  guint n = 0;

  while (n < G_N_ELEMENTS (tables[table].columns) && tables[table].columns[n] != NULL)
    n++;
  return n;
}

static gint64
find_row (sqlite3 *db, const char *table, guint number)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT rowid FROM %s LIMIT 1 OFFSET %u %% max ((SELECT count (*) FROM %s), 1)", table,
      number, table);
  sqlite3_stmt *statement = NULL;
  gint64 row = 0;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    row = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return row;
}

/* The row once more, with what must be its own made so. */
static char *
write_duplicate (guint table)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) values = g_string_new (NULL);

  for (guint i = 0; i < count_columns (table); i++)
    {
      const char *name = tables[table].columns[i];

      if (g_str_equal (name, "id"))
        continue;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
      g_string_append_printf (
          values, "%s%s%s", values->len > 0 ? ", " : "", name,
          g_str_equal (name, "reference") || g_str_equal (name, "transaction_id") ? " || 'x'"
          : g_str_equal (name, "position")                                        ? " + 1"
                                                                                  : "");
    }
  /* What the columns above leave out has a value that is allowed. */
  if (g_str_equal (tables[table].name, "payment"))
    {
      g_string_append (names, ", last_answer, n_checks, n_pending, checked_at");
      g_string_append (values, ", last_answer, n_checks, n_pending, checked_at");
    }
  return g_strdup_printf ("INSERT INTO %s (%s) SELECT %s FROM %s WHERE rowid = ?1",
                          tables[table].name, names->str, values->str, tables[table].name);
}

/* One change; what the database refuses is no change. */
static void
change (sqlite3 *db, Input *input)
{
  guint table = take_byte (input) % G_N_ELEMENTS (tables);
  const char *name = tables[table].name;
  gint64 row = find_row (db, name, take_byte (input));
  const char *column = tables[table].columns[take_byte (input) % count_columns (table)];
  guint action = take_byte (input) % N_ACTIONS;
  sqlite3_stmt *statement = NULL;
  g_autofree char *sql = NULL;
  size_t length;
  gint64 number = 0;

  if (action == DELETE)
    sql = g_strdup_printf ("DELETE FROM %s WHERE rowid = ?1", name);
  else if (action == DUPLICATE)
    sql = write_duplicate (table);
  else
    sql = g_strdup_printf ("UPDATE %s SET %s = ?2 WHERE rowid = ?1", name, column);
  if (action == COPY)
    {
      g_free (sql);
      sql = g_strdup_printf (
          "UPDATE %s SET %s = (SELECT o.%s FROM %s AS o WHERE o.rowid = ?2) WHERE rowid = ?1", name,
          column, column, name);
    }
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  sqlite3_bind_int64 (statement, 1, row);
  switch (action)
    {
    case SET_NUMBER:
      length = sizeof number;
      memcpy (&number, input->data, MIN (length, input->left));
      take_bytes (input, &length);
      sqlite3_bind_int64 (statement, 2, number);
      break;
    case SET_SMALL_NUMBER:
      sqlite3_bind_int64 (statement, 2, (gint8) take_byte (input));
      break;
    case SET_TEXT:
      {
        const char *text;

        length = take_byte (input);
        text = (const char *) take_bytes (input, &length);
        sqlite3_bind_text (statement, 2, text, (int) length, SQLITE_TRANSIENT);
        break;
      }
    case COPY:
      sqlite3_bind_int64 (statement, 2, find_row (db, name, take_byte (input)));
      break;
    default:
      break;
    }
  sqlite3_step (statement);
  sqlite3_finalize (statement);
}

static void
change_ledger (const uint8_t *data, size_t size)
{
  Input input = { data, size };
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (ligdi_fuzz_ledger_get_path (), &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "DROP TRIGGER payment_event_stays; DROP TRIGGER seal_stays;"
                                 "DROP TRIGGER payment_event_remains; DROP TRIGGER seal_remains;"
                                 "DROP TRIGGER payment_remains; DROP TRIGGER sale_remains;"
                                 "DROP TRIGGER paid_stays; DROP TRIGGER payment_event_is_sealed;"
                                 "DROP TRIGGER sale_line_stays; DROP TRIGGER sale_line_remains;"
                                 "DROP TRIGGER follow_up_remains; DROP TRIGGER follow_up_stays; BEGIN",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  for (guint i = 0; i < 8 && input.left > 3; i++)
    change (db, &input);
  g_assert_cmpint (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static void
print (const char *text)
{
  g_assert_true (g_str_has_suffix (text, "\n"));
}

static void
run_command (const char *typed)
{
  g_auto (GStrv) words = g_strsplit (typed, " ", -1);
  g_autofree char **argv = g_memdup2 (words, (g_strv_length (words) + 1) * sizeof *argv);

  ligdi_fuzz_command_run (ligdi_fuzz_ledger_get_path (), print, print,
                          (int) g_strv_length (words), argv);
}

/* A whole ledger in which somebody changed what it holds: that is found, or nothing that it
 * tells has changed; and whatever it holds, it can be looked at. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static char *written;
  const GByteArray *current = ligdi_fuzz_ledger_get_current ();
  g_autofree char *told = NULL;
  g_autoptr (GError) verify_error = NULL;
  g_autoptr (GError) read_error = NULL;
  g_autoptr (GError) open_error = NULL;
  LigdiLedger *ledger;
  LigdiLedgerCount count;

  ligdi_fuzz_ledger_put (current->data, current->len);
  if (written == NULL)
    written = ligdi_fuzz_ledger_describe (NULL);
  g_assert_nonnull (written);
  change_ledger (data, size);

  if (!ligdi_ledger_verify_file (ligdi_fuzz_ledger_get_path (), &count, &verify_error))
    g_assert_true (verify_error->domain == LIGDI_ERROR);
  told = ligdi_fuzz_ledger_describe (&read_error);
  if (told == NULL)
    g_assert_true (read_error->domain == LIGDI_ERROR);
  if (verify_error == NULL)
    g_assert_cmpstr (told, ==, written);
  run_command ("export");
  run_command ("export --json");
  run_command ("list --day 2025-10-09");
  ledger = ligdi_ledger_open (ligdi_fuzz_ledger_get_path (), &open_error);
  /* What is whole opens. */
  g_assert_true (ledger != NULL || verify_error != NULL);
  if (ledger != NULL)
    g_assert_finalize_object (ledger);
  return 0;
}
