/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-migrations.h"

#include "ligdi-error.h"
#include "ligdi-ledger-journal.h"
#include "ligdi-ledger-row.h"
#include "ligdi-ledger-statement.h"

/* Marks the file as a ledger of ours: "Ligd". */
#define APPLICATION_ID 0x4c696764

#define JOURNAL_STAYS                                                                              \
  "CREATE TRIGGER payment_event_stays BEFORE UPDATE ON payment_event"                              \
  "  BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;"

static gboolean
seal_journal (sqlite3 *db, GError **error)
{
  return ligdi_ledger_journal_adopt (db, error)
         && ligdi_ledger_execute (db, error, JOURNAL_STAYS, "");
}

/* One entry a schema version, never changed once released:
 * 1  sale, sale_line, payment, payment_event, follow_up, gate, house_keeping
 * 2  payment.opening: where the page is opened
 * 3  payment_event.changes and .hash, seal: a journal that shows when it was tampered with;
 *    payment_by_amount: whether the same amount was charged just now
 * 4  follow_up.counted: what a closed wrong amount adds to the takings; indexes for a million
 *    payments
 * 5  payment_event.cashier and .approved: who did it
 * 6  sale.charge and .charge_sender: what another program asked for; refused_charge;
 *    hook: which verdicts those outside have heard of */
static const char *const migrations[] = {
  "CREATE TABLE sale ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT," /* the ticket number: never reused */
  "  created_at INTEGER NOT NULL,"
  "  n_items INTEGER NOT NULL CHECK (n_items > 0),"
  "  total INTEGER NOT NULL CHECK (total > 0),"
  "  settled_by TEXT NOT NULL DEFAULT 'open'"
  "    CHECK (settled_by IN ('open', 'payment', 'cash', 'given-up')),"
  "  settled_at INTEGER) STRICT;"

  "CREATE TABLE sale_line ("
  "  sale INTEGER NOT NULL REFERENCES sale (id),"
  "  position INTEGER NOT NULL,"
  "  label TEXT NOT NULL,"
  "  quantity INTEGER NOT NULL CHECK (quantity > 0),"
  "  unit_price INTEGER NOT NULL CHECK (unit_price > 0),"
  "  PRIMARY KEY (sale, position)) STRICT;"

  "CREATE TABLE payment ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  sale INTEGER NOT NULL REFERENCES sale (id),"
  "  reference TEXT NOT NULL UNIQUE,"
  "  transaction_id TEXT NOT NULL UNIQUE,"
  "  amount INTEGER NOT NULL CHECK (amount > 0),"
  "  state TEXT NOT NULL CHECK (state IN ('creating', 'awaiting', 'verifying', 'unresolved',"
  "                                       'paid', 'declined', 'aborted', 'disputed')),"
  "  token TEXT,"
  "  page_url TEXT,"
  "  return_url TEXT NOT NULL,"
  "  cancel_url TEXT NOT NULL,"
  "  base_url TEXT NOT NULL,"
  "  exit TEXT NOT NULL CHECK (exit IN ('none', 'returned', 'cancelled', 'lost')),"
  "  released_by TEXT CHECK (released_by IN ('cash', 'new-payment')),"
  "  last_answer TEXT NOT NULL"
  "    CHECK (last_answer IN ('none', 'pending', 'offline', 'unclear', 'verdict')),"
  "  n_checks INTEGER NOT NULL,"
  "  n_pending INTEGER NOT NULL,"
  "  created_at INTEGER NOT NULL,"
  "  left_at INTEGER NOT NULL,"
  "  checked_at INTEGER NOT NULL,"
  "  next_check_at INTEGER NOT NULL,"
  "  verdict_at INTEGER NOT NULL,"
  "  amount_received INTEGER NOT NULL,"
  "  operator_name TEXT,"
  "  payer TEXT,"
  "  request_id TEXT,"
  "  refusal TEXT,"
  "  owner TEXT NOT NULL,"
  /* No page without the token that can ask about it, no final word before it was said. */
  "  CHECK ((token IS NULL) = (page_url IS NULL)),"
  "  CHECK (state IN ('creating', 'aborted') OR token IS NOT NULL),"
  "  CHECK (state NOT IN ('paid', 'declined', 'disputed') OR verdict_at > 0)) STRICT;"

  /* One open attempt a sale, unless the cashier chose to go on without it. */
  "CREATE UNIQUE INDEX one_open_attempt ON payment (sale)"
  "  WHERE state IN ('creating', 'awaiting', 'verifying', 'unresolved', 'disputed')"
  "    AND released_by IS NULL;"
  "CREATE INDEX payment_by_day ON payment (created_at);"
  "CREATE INDEX payment_due ON payment (next_check_at) WHERE next_check_at > 0;"

  "CREATE TABLE payment_event ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  payment INTEGER NOT NULL REFERENCES payment (id),"
  "  at INTEGER NOT NULL,"
  "  what TEXT NOT NULL,"
  "  from_state TEXT,"
  "  to_state TEXT NOT NULL,"
  "  note TEXT) STRICT;"
  "CREATE INDEX payment_event_by_payment ON payment_event (payment);"

  "CREATE TABLE follow_up ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  payment INTEGER NOT NULL REFERENCES payment (id),"
  "  kind TEXT NOT NULL CHECK (kind IN ('late', 'paid-twice', 'wrong-amount', 'contradiction')),"
  "  opened_at INTEGER NOT NULL,"
  "  closed_at INTEGER,"
  "  reason TEXT,"
  "  CHECK ((closed_at IS NULL) = (reason IS NULL))) STRICT;"

  /* When confirm was last asked, by whichever process. */
  "CREATE TABLE gate (id INTEGER PRIMARY KEY CHECK (id = 1),"
  "                   confirmed_at INTEGER NOT NULL) STRICT;"
  "INSERT INTO gate VALUES (1, 0);"
  "CREATE TABLE house_keeping (id INTEGER PRIMARY KEY CHECK (id = 1),"
  "                            closed_cleanly INTEGER NOT NULL,"
  "                            integrity_checked_at INTEGER NOT NULL) STRICT;"
  "INSERT INTO house_keeping VALUES (1, 1, 0);"

  /* History is written once. */
  JOURNAL_STAYS
  "CREATE TRIGGER payment_event_remains BEFORE DELETE ON payment_event"
  "  BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;"
  "CREATE TRIGGER payment_remains BEFORE DELETE ON payment"
  "  BEGIN SELECT RAISE (ABORT, 'a payment is never deleted'); END;"
  "CREATE TRIGGER sale_remains BEFORE DELETE ON sale"
  "  BEGIN SELECT RAISE (ABORT, 'a sale is never deleted'); END;"
  "CREATE TRIGGER paid_stays BEFORE UPDATE OF state ON payment"
  "  WHEN OLD.state IN ('paid', 'aborted', 'disputed') AND NEW.state <> OLD.state"
  "  BEGIN SELECT RAISE (ABORT, 'a final state never changes'); END;",

  "ALTER TABLE payment ADD COLUMN opening TEXT NOT NULL DEFAULT 'here'"
  "  CHECK (opening IN ('here', 'window', 'browser', 'phone'));"
  /* Set, it now says that the cashier serves others while the customer pays. */
  "UPDATE payment SET left_at = 0 WHERE state = 'awaiting';",

  "ALTER TABLE payment_event ADD COLUMN changes TEXT NOT NULL DEFAULT '';"
  "ALTER TABLE payment_event ADD COLUMN hash TEXT NOT NULL DEFAULT '';"
  "DROP TRIGGER payment_event_stays;" /* until the lines that are there have their seal */

  "CREATE INDEX payment_by_amount ON payment (amount);"

  /* A day that is over; see ligdi-ledger-seal.c. */
  "CREATE TABLE seal ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  day TEXT NOT NULL,"
  "  last_line INTEGER NOT NULL REFERENCES payment_event (id),"
  "  n_paid INTEGER NOT NULL,"
  "  takings INTEGER NOT NULL,"
  "  sealed_at INTEGER NOT NULL,"
  "  hash TEXT NOT NULL) STRICT;"
  "CREATE TRIGGER seal_stays BEFORE UPDATE ON seal"
  "  BEGIN SELECT RAISE (ABORT, 'a sealed day never changes'); END;"
  "CREATE TRIGGER seal_remains BEFORE DELETE ON seal"
  "  BEGIN SELECT RAISE (ABORT, 'a sealed day never changes'); END;"
  /* A program of before this schema that is still open would break the chain. */
  "CREATE TRIGGER payment_event_is_sealed BEFORE INSERT ON payment_event WHEN NEW.hash = ''"
  "  BEGIN SELECT RAISE (ABORT, 'a line of the journal has a seal'); END;"
  "CREATE TRIGGER sale_line_stays BEFORE UPDATE ON sale_line"
  "  BEGIN SELECT RAISE (ABORT, 'what was sold never changes'); END;"
  "CREATE TRIGGER sale_line_remains BEFORE DELETE ON sale_line"
  "  BEGIN SELECT RAISE (ABORT, 'what was sold never changes'); END;"
  "CREATE TRIGGER follow_up_remains BEFORE DELETE ON follow_up"
  "  BEGIN SELECT RAISE (ABORT, 'a follow-up is closed, not deleted'); END;",

  "ALTER TABLE follow_up ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;"
  "CREATE TRIGGER follow_up_stays BEFORE UPDATE ON follow_up WHEN OLD.closed_at IS NOT NULL"
  "  BEGIN SELECT RAISE (ABORT, 'a closed follow-up never changes'); END;"
  "CREATE INDEX follow_up_by_payment ON follow_up (payment);"
  "CREATE INDEX follow_up_open ON follow_up (payment) WHERE closed_at IS NULL;"
  "CREATE INDEX follow_up_counted ON follow_up (closed_at) WHERE counted > 0;"
  "CREATE INDEX payment_by_sale ON payment (sale);"
  "CREATE INDEX payment_by_verdict ON payment (verdict_at) WHERE state = 'paid';"
  "CREATE INDEX payment_unsettled ON payment (state) WHERE " LIGDI_LEDGER_IS_UNSETTLED ";"
  "CREATE INDEX payment_by_request_id ON payment (request_id COLLATE NOCASE)"
  "  WHERE request_id IS NOT NULL;"
  /* People read out the end of a telephone number. */
  "CREATE INDEX payment_by_payer_2 ON payment (substr (payer, -2)) WHERE payer IS NOT NULL;"
  "CREATE INDEX payment_by_payer_4 ON payment (substr (payer, -4)) WHERE payer IS NOT NULL;"
  "CREATE INDEX payment_by_reference_end ON payment (substr (reference, -4));",

  /* In parentheses: two short lines of SQL look like two entries to clang. */
  ("ALTER TABLE payment_event ADD COLUMN cashier TEXT;"
   "ALTER TABLE payment_event ADD COLUMN approved INTEGER NOT NULL DEFAULT 0;"),

  "ALTER TABLE sale ADD COLUMN charge TEXT;"
  "ALTER TABLE sale ADD COLUMN charge_sender TEXT;"
  "CREATE UNIQUE INDEX sale_by_charge ON sale (charge) WHERE charge IS NOT NULL;"
  "CREATE INDEX sale_by_charge_typed ON sale (charge COLLATE NOCASE) WHERE charge IS NOT NULL;"
  "CREATE TABLE refused_charge ("
  "  charge TEXT PRIMARY KEY,"
  "  charge_sender TEXT NOT NULL,"
  "  amount INTEGER NOT NULL CHECK (amount > 0),"
  "  refused_at INTEGER NOT NULL,"
  "  cashier TEXT) STRICT;"
  "CREATE TABLE hook ("
  "  kind TEXT PRIMARY KEY,"
  "  acknowledged INTEGER NOT NULL) STRICT;",
};

/* What a migration needs besides its SQL, at the same place; done when the schema is the
 * newest, which is the one that the rest of this layer knows. */
static gboolean (*const finishes[G_N_ELEMENTS (migrations)]) (sqlite3 *db, GError **error) = {
  NULL,
  NULL,
  seal_journal,
  NULL,
  NULL,
  NULL,
};

static gboolean
run_migration (sqlite3 *db, guint version, GError **error)
{
  g_autofree char *stamp
      = g_strdup_printf ("PRAGMA user_version = %u; PRAGMA application_id = %d;", version,
                         APPLICATION_ID);
  int code = sqlite3_exec (db, migrations[version - 1], NULL, NULL, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_exec (db, stamp, NULL, NULL, NULL);
  if (code != SQLITE_OK)
    {
      ligdi_ledger_set_error (db, code, error);
      return FALSE;
    }
  return TRUE;
}

/* What the file says it is. */
typedef struct
{
  gint64 version;
  gint64 application_id;
  gint64 n_objects;
} Schema;

static gboolean
read_schema (sqlite3 *db, Schema *schema, GError **error)
{
  return ligdi_ledger_read_integer (db, &schema->version, error, "PRAGMA user_version")
         && ligdi_ledger_read_integer (db, &schema->application_id, error, "PRAGMA application_id")
         && ligdi_ledger_read_integer (db, &schema->n_objects, error,
                                       "SELECT count (*) FROM sqlite_schema");
}

static gboolean
judge_schema (const Schema *schema, GError **error)
{
  if (schema->application_id != APPLICATION_ID || schema->version < 1 || schema->n_objects == 0)
    {
      g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT,
                           "the file is no ledger");
      return FALSE;
    }
  if (schema->version > (gint64) G_N_ELEMENTS (migrations))
    {
      g_set_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_NEWER,
                   "the ledger has schema %" G_GINT64_FORMAT ", this program knows %u",
                   schema->version, (guint) G_N_ELEMENTS (migrations));
      return FALSE;
    }
  return TRUE;
}

/**
 * ligdi_ledger_check_schema:
 * @db: an open database
 * @error: return location: %LIGDI_ERROR_LEDGER_NEWER for a ledger of a newer
 *   program, %LIGDI_ERROR_LEDGER_CORRUPT for a file that is no ledger, or another
 *   ledger error
 *
 * Reads only, so that what is not ours is not touched.
 *
 * Returns: whether it is a ledger of this program or an older one
 */
gboolean
ligdi_ledger_check_schema (sqlite3 *db, GError **error)
{
  Schema schema;

  return read_schema (db, &schema, error) && judge_schema (&schema, error);
}

/**
 * ligdi_ledger_check_current:
 * @db: a ledger that ligdi_ledger_check_schema() accepts
 * @error: return location, %LIGDI_ERROR_LEDGER
 *
 * Returns: whether it needs no migration
 */
gboolean
ligdi_ledger_check_current (sqlite3 *db, GError **error)
{
  gint64 version;

  if (!ligdi_ledger_read_integer (db, &version, error, "PRAGMA user_version"))
    return FALSE;
  if (version == (gint64) G_N_ELEMENTS (migrations))
    return TRUE;
  g_set_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER,
               "the ledger has schema %" G_GINT64_FORMAT " and was not brought up to date",
               version);
  return FALSE;
}

/**
 * ligdi_ledger_migrate:
 * @db: a ledger, or an empty database
 * @error: return location, as for ligdi_ledger_check_schema()
 *
 * Brings the schema up to date in one transaction. On failure the file is as it
 * was.
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_migrate (sqlite3 *db, GError **error)
{
  Schema schema;
  gboolean success;

  if (!ligdi_ledger_begin_transaction (db, error))
    return FALSE;
  success = read_schema (db, &schema, error)
            && (schema.n_objects == 0 || judge_schema (&schema, error));
  for (gint64 next = schema.version + 1;
       success && next <= (gint64) G_N_ELEMENTS (migrations); next++)
    success = run_migration (db, (guint) next, error);
  for (gint64 next = schema.version; success && next < (gint64) G_N_ELEMENTS (finishes); next++)
    success = finishes[next] == NULL || finishes[next](db, error);
  return ligdi_ledger_end_transaction (db, success, error);
}
