/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger.h"

#include "ligdi-error.h"
#include "ligdi-ledger-consequence.h"
#include "ligdi-ledger-disk.h"
#include "ligdi-ledger-facts.h"
#include "ligdi-ledger-file.h"
#include "ligdi-ledger-journal.h"
#include "ligdi-ledger-owner.h"
#include "ligdi-ledger-private.h"
#include "ligdi-ledger-row.h"
#include "ligdi-ledger-sale.h"
#include "ligdi-ledger-statement.h"
#include "ligdi-ledger-verify.h"

#include <errno.h>
#include <sys/file.h>
#include <unistd.h>

/* Every payment and its history, on disk before anybody sees it. Synchronous and on
 * the main thread on purpose: a few rows a sale. */

#define INTEGRITY_INTERVAL_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

#define WATCH_INTERVAL_US (10 * 1000)

struct _LigdiLedger
{
  GObject parent_instance;

  sqlite3 *db;
  LigdiLedgerFacts *facts;
  LigdiLedgerJournal *journal;
  sqlite3_stmt *update;
  char *path;
  char *owner;
  int watch_fd;
  int users_fd; /* shared by all tills; a restore waits for none of them */
  gboolean opened_uncleanly;
};

G_DEFINE_FINAL_TYPE (LigdiLedger, ligdi_ledger, G_TYPE_OBJECT)

/* What every step of a payment needs is kept ready. */
static gboolean
get_ready (LigdiLedger *self, GError **error)
{
  self->facts = ligdi_ledger_facts_new (self->db, error);
  if (self->facts != NULL)
    self->journal = ligdi_ledger_journal_new (self->db, error);
  if (self->journal != NULL)
    self->update = ligdi_ledger_row_prepare_update (self->db, error);
  return self->update != NULL;
}

static void
clear_away (LigdiLedger *self)
{
  g_clear_pointer (&self->facts, ligdi_ledger_facts_free);
  g_clear_pointer (&self->journal, ligdi_ledger_journal_free);
  g_clear_pointer (&self->update, sqlite3_finalize);
}

static gboolean
finish (LigdiLedger *self, gboolean success, GError **error)
{
  success = ligdi_ledger_end_transaction (self->db, success, error);
  if (!success)
    ligdi_ledger_facts_forget (self->facts);
  return success;
}

/* The line in the journal, with what has changed since @before was looked at. */
static gboolean
write_down (LigdiLedger *self, GHashTable *before, const LigdiPaymentRecord *old,
            const LigdiPaymentRecord *record, gint64 at, const char *what, const char *note,
            GError **error)
{
  g_autoptr (GHashTable) after = ligdi_ledger_facts_load (self->facts, record->id, error);
  g_autofree char *changes = NULL;
  LigdiJournalLine line = {
    .payment = record->id,
    .at = at,
    .what = what,
    .from_state = old != NULL ? ligdi_payment_state_to_nick (old->state) : NULL,
    .to_state = ligdi_payment_state_to_nick (record->state),
    .note = note,
  };

  if (after == NULL)
    return FALSE;
  changes = ligdi_ledger_facts_compare (before, after);
  line.changes = changes;
  if (!ligdi_ledger_journal_append (self->journal, &line, error))
    return FALSE;
  ligdi_ledger_facts_know (self->facts, record->id, after);
  return TRUE;
}

static gboolean
insert_payment (LigdiLedger *self, LigdiPaymentRecord *record, const char *note, GError **error)
{
  record->cashier = g_strdup (ligdi_ledger_journal_get_cashier (self->journal));
  record->id = ligdi_ledger_row_insert (self->db, record, self->owner, error);
  return record->id != 0
         && write_down (self, NULL, NULL, record, record->created_at, "intent", note, error);
}

static gboolean
check_unsettled (LigdiLedger *self, const LigdiPaymentRecord *record, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ligdi_ledger_prepare (
      self->db, error, "SELECT 1 FROM sale WHERE id = ? AND settled_by = 'open'", "i",
      record->ticket);
  gboolean open;

  if (statement == NULL || !ligdi_ledger_step (statement, &open, error))
    return FALSE;
  if (!open)
    g_set_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE, "%s: the sale is settled already",
                 record->reference);
  return open;
}

/* The cashier goes on without the earlier payment. */
static gboolean
release (LigdiLedger *self, const LigdiPaymentRecord *old, const LigdiPaymentRecord *released,
         const LigdiPaymentRecord *next, GError **error)
{
  g_autoptr (GHashTable) before = ligdi_ledger_facts_load_again (self->facts, old->id, error);

  return before != NULL
         && ligdi_ledger_row_update (self->update, old, released, self->owner, error)
         && write_down (self, before, old, released, next->created_at, "new-payment",
                        next->reference, error);
}

static void
let_watch_go (LigdiLedger *self)
{
  if (self->watch_fd >= 0)
    close (self->watch_fd);
  self->watch_fd = -1;
}

/* That another process has the lock is no failure; that nobody can is. Where there is no ledger
 * yet, who has it is making one, and may be one that comes and goes. */
static gboolean
take_watch (LigdiLedger *self, GError **error)
{
  g_autofree char *path = g_strconcat (self->path, ".watch", NULL);
  gboolean is_there = g_file_test (self->path, G_FILE_TEST_EXISTS);
  gint64 deadline = g_get_monotonic_time () + LIGDI_LEDGER_BUSY_TIMEOUT_MS * 1000;

  while (ligdi_ledger_file_lock (path, LOCK_EX, &self->watch_fd, error))
    {
      if (self->watch_fd >= 0 || is_there || g_get_monotonic_time () > deadline)
        return TRUE;
      g_usleep (WATCH_INTERVAL_US);
    }
  return FALSE;
}

/* While a till has the ledger open, its file is not replaced. */
static gboolean
take_share (LigdiLedger *self, GError **error)
{
  g_autofree char *path = ligdi_ledger_file_name_users (self->path);

  if (!ligdi_ledger_file_lock (path, LOCK_SH, &self->users_fd, error))
    return FALSE;
  if (self->users_fd < 0)
    g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_LOCKED,
                         "the ledger is being restored");
  return self->users_fd >= 0
         && ligdi_ledger_owner_hold (self->owner, self->users_fd, error);
}

/* A file that nobody closed is looked over before the next day's check is due. Only
 * the holder of the watch says so: another till program may have it open rightly. */
static gboolean
note_opening (LigdiLedger *self, GError **error)
{
  gint64 closed_cleanly;

  if (self->watch_fd < 0)
    return TRUE;
  if (!ligdi_ledger_read_integer (self->db, &closed_cleanly, error,
                                  "SELECT closed_cleanly FROM house_keeping"))
    return FALSE;
  self->opened_uncleanly = closed_cleanly == 0;
  return ligdi_ledger_execute (self->db, error, "UPDATE house_keeping SET closed_cleanly = 0", "");
}

/* The folder, and a hold on the file that may be in it. */
static gboolean
take_place (LigdiLedger *self, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  self->path = g_strdup (path);
  if (!ligdi_ledger_disk_check (path, error))
    return FALSE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return ligdi_ledger_file_set_error (error, "cannot open the ledger");
  return take_share (self, error);
}

/* Not opened, and so not closed either. */
static void
give_up (LigdiLedger *self)
{
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  clear_away (self);
  sqlite3_close (g_steal_pointer (&self->db));
}

static void
ligdi_ledger_finalize (GObject *object)
{
  LigdiLedger *self = LIGDI_LEDGER (object);

  if (self->db != NULL && self->watch_fd >= 0)
    sqlite3_exec (self->db, "UPDATE house_keeping SET closed_cleanly = 1", NULL, NULL, NULL);
  clear_away (self);
  if (self->db != NULL && sqlite3_close (self->db) != SQLITE_OK)
    g_warning ("the ledger was closed while in use");
  let_watch_go (self);
  if (self->users_fd >= 0)
    close (self->users_fd);
  g_free (self->path);
  g_free (self->owner);
  G_OBJECT_CLASS (ligdi_ledger_parent_class)->finalize (object);
}

static void
ligdi_ledger_class_init (LigdiLedgerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ligdi_ledger_finalize;
}

static void
ligdi_ledger_init (LigdiLedger *self)
{
  self->watch_fd = -1;
  self->users_fd = -1;
  self->owner = ligdi_ledger_owner_describe_self ();
}

/**
 * ligdi_ledger_open:
 * @path: the ledger's file; made with its folder when it is not there
 * @error: return location, a ledger error
 *
 * Opens the ledger and brings its schema up to date. On failure the file is left
 * as it is: a ledger is never deleted, emptied or replaced.
 *
 * Returns: (transfer full): a ledger, or %NULL
 */
LigdiLedger *
ligdi_ledger_open (const char *path, GError **error)
{
  g_autoptr (LigdiLedger) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (LIGDI_TYPE_LEDGER, NULL);
  if (!take_place (self, path, error) || !take_watch (self, error))
    return NULL;
  self->db = ligdi_ledger_file_open (path, self->watch_fd >= 0, error);
  if (self->db == NULL)
    return NULL;
  if (!get_ready (self, error) || !ligdi_ledger_file_make_log_durable (self->db, error)
      || !note_opening (self, error))
    {
      give_up (self);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * ligdi_ledger_open_beside:
 * @path: the ledger's file
 * @may_create: whether to make it, with its folder, when it is not there
 * @error: return location, a ledger error
 *
 * Opens the ledger for a program that comes and goes. It never holds the watch: a till that is
 * started meanwhile would have to do without it for as long as it runs.
 *
 * Returns: (transfer full): a ledger, or %NULL
 */
LigdiLedger *
ligdi_ledger_open_beside (const char *path, gboolean may_create, GError **error)
{
  g_autoptr (LigdiLedger) self = NULL;
  gboolean is_there;

  g_return_val_if_fail (path != NULL, NULL);

  is_there = g_file_test (path, G_FILE_TEST_EXISTS);
  if (!is_there && !may_create)
    {
      errno = ENOENT;
      ligdi_ledger_file_set_error (error, "cannot open the ledger");
      return NULL;
    }
  self = g_object_new (LIGDI_TYPE_LEDGER, NULL);
  /* One program makes a ledger, and holds the watch for as long as that takes. */
  if (!take_place (self, path, error) || (!is_there && !take_watch (self, error)))
    return NULL;
  self->db = ligdi_ledger_file_open (path, self->watch_fd >= 0, error);
  let_watch_go (self);
  if (self->db == NULL)
    return NULL;
  if (!get_ready (self, error) || !ligdi_ledger_file_make_log_durable (self->db, error))
    {
      give_up (self);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * ligdi_ledger_open_to_read:
 * @path: the ledger's file
 * @error: return location, a ledger error
 *
 * Opens the ledger for questions only: it takes no watch, and nothing can be written.
 *
 * Returns: (transfer full): a ledger, or %NULL
 */
LigdiLedger *
ligdi_ledger_open_to_read (const char *path, GError **error)
{
  g_autoptr (LigdiLedger) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (LIGDI_TYPE_LEDGER, NULL);
  self->path = g_strdup (path);
  self->db = ligdi_ledger_file_read (path, error);
  return self->db != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * ligdi_ledger_holds_watch:
 * @self: a ledger
 *
 * Of all processes with this ledger open, one recovers what crashed ones left and
 * watches what is unresolved.
 *
 * Returns: whether it is this one
 */
gboolean
ligdi_ledger_holds_watch (LigdiLedger *self)
{
  g_return_val_if_fail (LIGDI_IS_LEDGER (self), FALSE);

  return self->watch_fd >= 0;
}

/**
 * ligdi_ledger_begin_sale:
 * @self: a ledger
 * @sale: what is sold
 * @record: the intent to have it paid; gets its row and its ticket
 * @note: (nullable): more for the journal; never a secret
 * @error: return location: %LIGDI_ERROR_STATE when there is a sale for its charge already, or
 *   a ledger error
 *
 * Writes the sale and its first payment in one transaction, before anything is
 * sent.
 *
 * Returns: %FALSE, and nothing written, on failure
 */
gboolean
ligdi_ledger_begin_sale (LigdiLedger *self, const LigdiSale *sale, LigdiPaymentRecord *record,
                         const char *note, GError **error)
{
  gboolean success;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (sale != NULL && record != NULL, FALSE);

  if (!ligdi_ledger_begin_transaction (self->db, error))
    return FALSE;
  success = ligdi_ledger_insert_sale (self->db, sale, record, error)
            && insert_payment (self, record, note, error);
  return finish (self, success, error);
}

/**
 * ligdi_ledger_begin_again:
 * @self: a ledger
 * @old: the sale's earlier payment as we last knew it
 * @released: (nullable): the earlier payment as let go by the cashier, or %NULL when it
 *   is over anyway
 * @record: the intent to have the same sale paid anew; gets its row
 * @error: return location: %LIGDI_ERROR_OPEN_ATTEMPT, %LIGDI_ERROR_STATE or a ledger
 *   error
 *
 * Lets the earlier payment go and writes the new one in one transaction.
 *
 * Returns: %FALSE, and nothing written, on failure
 */
gboolean
ligdi_ledger_begin_again (LigdiLedger *self, const LigdiPaymentRecord *old,
                          LigdiPaymentRecord *released, LigdiPaymentRecord *record,
                          GError **error)
{
  gboolean success;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (old != NULL && record != NULL, FALSE);

  if (!ligdi_ledger_begin_transaction (self->db, error))
    return FALSE;
  record->ticket = old->ticket;
  record->n_items = old->n_items;
  record->charge = g_strdup (old->charge);
  record->charge_sender = g_strdup (old->charge_sender);
  success = check_unsettled (self, old, error)
            && (released == NULL || release (self, old, released, record, error))
            && insert_payment (self, record, NULL, error);
  return finish (self, success, error);
}

/**
 * ligdi_ledger_record:
 * @self: a ledger
 * @old: the payment as we last knew it
 * @record: the payment as it shall be; a refusal that is taken back is let go here when
 *   the sale has another open attempt
 * @at: ms since 1970
 * @what: the event's nick, or "attempt"
 * @note: (nullable): more for the journal; never a secret
 * @error: return location: %LIGDI_ERROR_STATE when somebody else moved the payment
 *   meanwhile, or a ledger error
 *
 * Writes a step of a payment, its line in the journal and what follows from it (the
 * sale settled, a follow-up opened) in one transaction.
 *
 * Returns: %FALSE, and nothing written, on failure
 */
gboolean
ligdi_ledger_record (LigdiLedger *self, const LigdiPaymentRecord *old, LigdiPaymentRecord *record,
                     gint64 at, const char *what, const char *note, GError **error)
{
  g_autoptr (GHashTable) before = NULL;
  gboolean success;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (old != NULL && record != NULL, FALSE);

  if (!ligdi_ledger_begin_transaction (self->db, error))
    return FALSE;
  before = ligdi_ledger_facts_load_again (self->facts, record->id, error);
  success = before != NULL && ligdi_ledger_let_go_if_replaced (self->db, old, record, error)
            && ligdi_ledger_row_update (self->update, old, record, self->owner, error)
            && ligdi_ledger_draw_consequences (self->db, old, record, at, error)
            && write_down (self, before, old, record, at, what, note, error);
  return finish (self, success, error);
}

/**
 * ligdi_ledger_open_contradiction:
 * @self: a ledger
 * @record: a payment in a final state; learns what waits for a person
 * @at: ms since 1970
 * @note: what the gateway says now
 * @error: return location, a ledger error
 *
 * Notes that the gateway takes a final word back. The state stays; a person must look.
 * One open follow-up is enough, however often it says so.
 *
 * Returns: %FALSE, and nothing written, on failure
 */
gboolean
ligdi_ledger_open_contradiction (LigdiLedger *self, LigdiPaymentRecord *record, gint64 at,
                                 const char *note, GError **error)
{
  g_autoptr (GHashTable) before = NULL;
  gboolean success;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (record != NULL, FALSE);

  if (record->follow_up == LIGDI_FOLLOW_UP_NONE)
    record->follow_up = LIGDI_FOLLOW_UP_CONTRADICTION;
  if (!ligdi_ledger_begin_transaction (self->db, error))
    return FALSE;
  before = ligdi_ledger_facts_load_again (self->facts, record->id, error);
  success = before != NULL
            && ligdi_ledger_execute (
                self->db, error,
                "INSERT INTO follow_up (payment, kind, opened_at)"
                " SELECT ?1, 'contradiction', ?2 WHERE NOT EXISTS"
                " (SELECT 1 FROM follow_up WHERE payment = ?1 AND closed_at IS NULL)",
                "ii", record->id, at)
            && write_down (self, before, record, record, at, "contradiction", note, error);
  return finish (self, success, error);
}

/**
 * ligdi_ledger_settle:
 * @self: a ledger
 * @old: the payment as we last knew it
 * @record: the payment with how the cashier ended its sale: in cash, or given up
 * @at: ms since 1970
 * @error: return location: %LIGDI_ERROR_STATE when the sale is settled already or the
 *   payment has moved, or a ledger error
 *
 * Notes that the cashier went on without the payment. It stays watched.
 *
 * Returns: %FALSE, and nothing written, on failure
 */
gboolean
ligdi_ledger_settle (LigdiLedger *self, const LigdiPaymentRecord *old,
                     const LigdiPaymentRecord *record, gint64 at, GError **error)
{
  g_autoptr (GHashTable) before = NULL;
  const char *settled_by;
  gboolean success;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self) && old != NULL && record != NULL, FALSE);

  settled_by = ligdi_ledger_row_name_settlement (record->settled_by);
  if (!ligdi_ledger_begin_transaction (self->db, error))
    return FALSE;
  before = ligdi_ledger_facts_load_again (self->facts, record->id, error);
  success = before != NULL && check_unsettled (self, record, error)
            && ligdi_ledger_execute (self->db, error,
                                     "UPDATE sale SET settled_by = ?, settled_at = ? WHERE id = ?",
                                     "tii", settled_by, at, record->ticket)
            && ligdi_ledger_row_update (self->update, old, record, self->owner, error)
            && write_down (self, before, old, record, at, settled_by, NULL, error);
  return finish (self, success, error);
}

/**
 * ligdi_ledger_close_follow_up:
 * @self: a ledger
 * @record: a payment with something that waits for a person; learns what waits after it
 * @reason: what a person says about it; not empty
 * @counted: what it adds to the day's takings, francs XOF; 0 for nothing
 * @at: ms since 1970
 * @error: return location: %LIGDI_ERROR_STATE when it is closed already, or a ledger error
 *
 * Returns: %FALSE, and nothing written, on failure
 */
gboolean
ligdi_ledger_close_follow_up (LigdiLedger *self, LigdiPaymentRecord *record, const char *reason,
                              gint64 counted, gint64 at, GError **error)
{
  g_autoptr (GHashTable) before = NULL;
  gboolean success;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self) && record != NULL, FALSE);
  g_return_val_if_fail (record->follow_up != LIGDI_FOLLOW_UP_NONE, FALSE);
  g_return_val_if_fail (reason != NULL && *reason != '\0' && counted >= 0, FALSE);

  if (!ligdi_ledger_begin_transaction (self->db, error))
    return FALSE;
  before = ligdi_ledger_facts_load_again (self->facts, record->id, error);
  success = before != NULL
            && ligdi_ledger_close_oldest (self->db, record, reason, counted, at, error)
            && write_down (self, before, record, record, at, "follow-up-closed", reason, error);
  return finish (self, success, error);
}

/**
 * ligdi_ledger_set_cashier:
 * @self: a ledger
 * @name: (nullable): who is at the till, or %NULL where nobody has a name
 * @approved: whether what is done now is done with the manager's code
 *
 * The journal says so of what is done from now on.
 */
void
ligdi_ledger_set_cashier (LigdiLedger *self, const char *name, gboolean approved)
{
  g_return_if_fail (LIGDI_IS_LEDGER (self));

  ligdi_ledger_journal_set_cashier (self->journal, name, approved);
}

/**
 * ligdi_ledger_get_database:
 * @self: a ledger
 *
 * For the other files of this layer.
 *
 * Returns: (transfer none): the open database
 */
sqlite3 *
ligdi_ledger_get_database (LigdiLedger *self)
{
  return self->db;
}

/**
 * ligdi_ledger_get_owner:
 * @self: a ledger
 * @users_fd: (out) (optional): the file by which ligdi_ledger_owner_is_alive() tells of others
 *
 * Returns: (transfer none): this process, as the rows that it writes name it
 */
const char *
ligdi_ledger_get_owner (LigdiLedger *self, int *users_fd)
{
  if (users_fd != NULL)
    *users_fd = self->users_fd;
  return self->owner;
}

/**
 * ligdi_ledger_get_cashier:
 * @self: a ledger
 *
 * Returns: (transfer none) (nullable): who is at the till
 */
const char *
ligdi_ledger_get_cashier (LigdiLedger *self)
{
  return ligdi_ledger_journal_get_cashier (self->journal);
}

/**
 * ligdi_ledger_wants_integrity_check:
 * @self: a ledger
 * @now: ms since 1970
 *
 * Returns: whether the last full check is more than a day old, or the ledger was not
 *   closed properly
 */
gboolean
ligdi_ledger_wants_integrity_check (LigdiLedger *self, gint64 now)
{
  gint64 checked_at = 0;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), FALSE);

  return ligdi_ledger_holds_watch (self)
         && (self->opened_uncleanly
             || !ligdi_ledger_read_integer (self->db, &checked_at, NULL,
                                            "SELECT integrity_checked_at FROM house_keeping")
             || now - checked_at > INTEGRITY_INTERVAL_MS || checked_at > now);
}

/**
 * ligdi_ledger_check_integrity_async:
 * @self: a ledger
 * @cancellable: (nullable): to stop waiting
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads the whole file beside the main loop: seconds for a million payments.
 */
void
ligdi_ledger_check_integrity_async (LigdiLedger *self, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LIGDI_IS_LEDGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ligdi_ledger_check_integrity_async);
  g_task_set_task_data (task, g_strdup (self->path), g_free);
  g_task_run_in_thread (task, ligdi_ledger_verify_in_thread);
}

/**
 * ligdi_ledger_check_integrity_finish:
 * @self: a ledger
 * @result: what the callback got
 * @now: ms since 1970
 * @error: return location, a ledger error
 *
 * Returns: %FALSE when the ledger can no longer be trusted
 */
gboolean
ligdi_ledger_check_integrity_finish (LigdiLedger *self, GAsyncResult *result, gint64 now,
                                     GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  self->opened_uncleanly = FALSE;
  return ligdi_ledger_execute (self->db, error,
                               "UPDATE house_keeping SET integrity_checked_at = ?", "i", now);
}
