/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-news.h"

#include "ligdi-ledger-private.h"
#include "ligdi-ledger-query.h"
#include "ligdi-ledger-statement.h"

/* What other programs write to the ledger while this one has it open. The kernel tells of every
 * write to the log; SQLite tells, at the cost of two small questions, whether it was somebody
 * else's. Nothing wakes up while nobody writes. */

/* A commit is visible only some milliseconds after its first byte, when it is on disk. The
 * monitor looks once more when the writing has stopped: at once when the other program lets go
 * of the log, else after two seconds. */
#define RATE_LIMIT_MS 200

enum
{
  SIGNAL_WRITTEN,
  SIGNAL_FOLLOWED_UP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiLedgerNews
{
  GObject parent_instance;

  LigdiLedger *ledger;
  GFileMonitor *monitor;
  gint64 version; /* changes when another program has written */
  gint64 line;    /* of the journal; what is later has not been looked at */
};

G_DEFINE_FINAL_TYPE (LigdiLedgerNews, ligdi_ledger_news, G_TYPE_OBJECT)

static gboolean
read_line (LigdiLedgerNews *self, gint64 *line, GError **error)
{
  return ligdi_ledger_read_integer (ligdi_ledger_get_database (self->ledger), line, error,
                                    "SELECT max (id) FROM payment_event");
}

static gboolean
read_version (LigdiLedgerNews *self, gint64 *version, GError **error)
{
  return ligdi_ledger_read_integer (ligdi_ledger_get_database (self->ledger), version, error,
                                    "PRAGMA data_version");
}

/* The line is asked for first: what is written between the two questions is then looked at
 * twice, and never not at all. */
static gboolean
look (LigdiLedgerNews *self, GPtrArray **records, GPtrArray **followed_up, GError **error)
{
  gint64 line;
  gint64 version;

  if (!read_line (self, &line, error) || !read_version (self, &version, error))
    return FALSE;
  if (version != self->version)
    {
      *records = ligdi_ledger_list_foreign (self->ledger, self->line, error);
      if (*records != NULL)
        *followed_up = ligdi_ledger_list_followed_up (self->ledger, self->line, error);
      if (*records == NULL || *followed_up == NULL)
        return FALSE;
    }
  self->version = version;
  self->line = line;
  return TRUE;
}

static void
tell (LigdiLedgerNews *self, guint signal, GPtrArray *records)
{
  if (records != NULL && records->len > 0)
    g_signal_emit (self, signals[signal], 0, records);
}

/* What cannot be read now is read after the next change, or fails whoever needs it. */
static void
on_log_changed (LigdiLedgerNews *self)
{
  /* Who is told may let go of it. */
  g_autoptr (LigdiLedgerNews) alive = g_object_ref (self);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) followed_up = NULL;
  g_autoptr (GError) error = NULL;

  if (!look (self, &records, &followed_up, &error))
    {
      g_message ("%s", error->message);
      return;
    }
  tell (self, SIGNAL_WRITTEN, records);
  tell (self, SIGNAL_FOLLOWED_UP, followed_up);
}

/* Without the monitor, what others wrote is found when it is in the way. The log is where SQLite
 * says, which is not beside a link to the ledger. */
static void
open_monitor (LigdiLedgerNews *self)
{
  sqlite3 *db = ligdi_ledger_get_database (self->ledger);
  g_autoptr (GFile) log = g_file_new_for_path (sqlite3_filename_wal (sqlite3_db_filename (db, "main")));
  g_autoptr (GError) error = NULL;

  self->monitor = g_file_monitor_file (log, G_FILE_MONITOR_NONE, NULL, &error);
  if (self->monitor == NULL)
    {
      g_message ("%s", error->message);
      return;
    }
  g_file_monitor_set_rate_limit (self->monitor, RATE_LIMIT_MS);
  g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (on_log_changed), self);
}

static void
ligdi_ledger_news_finalize (GObject *object)
{
  LigdiLedgerNews *self = LIGDI_LEDGER_NEWS (object);

  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->monitor, self);
      g_file_monitor_cancel (self->monitor);
    }
  g_clear_object (&self->monitor);
  g_clear_object (&self->ledger);
  G_OBJECT_CLASS (ligdi_ledger_news_parent_class)->finalize (object);
}

static void
ligdi_ledger_news_class_init (LigdiLedgerNewsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ligdi_ledger_news_finalize;

  /**
   * LigdiLedgerNews::written:
   * @self: the news
   * @records: (element-type LigdiPaymentRecord): payments that another program has moved, as
   *   they are now, oldest first
   */
  signals[SIGNAL_WRITTEN]
      = g_signal_new ("written", LIGDI_TYPE_LEDGER_NEWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  /**
   * LigdiLedgerNews::followed-up:
   * @self: the news
   * @records: (element-type LigdiPaymentRecord): payments of which anybody closed or opened a
   *   follow-up, as they are now, oldest first; nothing else need have become of them
   */
  signals[SIGNAL_FOLLOWED_UP]
      = g_signal_new ("followed-up", LIGDI_TYPE_LEDGER_NEWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
ligdi_ledger_news_init (LigdiLedgerNews *self)
{
}

/**
 * ligdi_ledger_news_new:
 * @ledger: an open ledger
 *
 * Tells from now on what other programs write. What they wrote before is for the caller to
 * load, after this.
 *
 * Returns: (transfer full): the news
 */
LigdiLedgerNews *
ligdi_ledger_news_new (LigdiLedger *ledger)
{
  LigdiLedgerNews *self = g_object_new (LIGDI_TYPE_LEDGER_NEWS, NULL);
  g_autoptr (GError) error = NULL;

  self->ledger = g_object_ref (ledger);
  open_monitor (self);
  if (!read_version (self, &self->version, &error) || !read_line (self, &self->line, &error))
    g_message ("%s", error->message);
  return self;
}
