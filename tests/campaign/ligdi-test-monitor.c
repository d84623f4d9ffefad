/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-test-fate.h"

#include <gio/gio.h>

/* What the kernel tells of writes to the ledger's log, in place of GIO's own, which hears of them
 * in a thread and so at any time: at once, then no more often than it was asked for, and once
 * more when the writing has stopped. */

#define LIGDI_TYPE_TEST_MONITOR (ligdi_test_monitor_get_type ())
G_DECLARE_FINAL_TYPE (LigdiTestMonitor, ligdi_test_monitor, LIGDI, TEST_MONITOR, GFileMonitor)

#define RATE_LIMIT_US (200 * 1000)
#define STOPPED_MS 2000

struct _LigdiTestMonitor
{
  GFileMonitor parent_instance;

  GFile *file;
  GSource *source;
  guint timer;
  guint n_seen;
  gint64 told_at; /* monotonic, µs */
};

G_DEFINE_FINAL_TYPE (LigdiTestMonitor, ligdi_test_monitor, G_TYPE_FILE_MONITOR)

typedef struct
{
  GSource base;
  LigdiTestMonitor *monitor;
} Source;

static void
tell (LigdiTestMonitor *self, GFileMonitorEvent event)
{
  self->told_at = g_get_monotonic_time ();
  ligdi_test_fate_note ("the log was written to");
  g_file_monitor_emit_event (G_FILE_MONITOR (self), self->file, NULL, event);
}

static gboolean
on_stopped (gpointer user_data)
{
  LigdiTestMonitor *self = user_data;

  self->timer = 0;
  tell (self, G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT);
  return G_SOURCE_REMOVE;
}

static gboolean
prepare (GSource *source, int *timeout)
{
  *timeout = -1;
  return ((Source *) source)->monitor->n_seen != ligdi_test_fate_get ()->n_written;
}

static gboolean
check (GSource *source)
{
  int timeout;

  return prepare (source, &timeout);
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  LigdiTestMonitor *self = ((Source *) source)->monitor;
  g_autoptr (LigdiTestMonitor) alive = g_object_ref (self);

  self->n_seen = ligdi_test_fate_get ()->n_written;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (STOPPED_MS, on_stopped, self);
  if (self->told_at == 0 || g_get_monotonic_time () - self->told_at >= RATE_LIMIT_US)
    tell (self, G_FILE_MONITOR_EVENT_CHANGED);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs functions = { prepare, check, dispatch, NULL, NULL, NULL };

static gboolean
ligdi_test_monitor_cancel (GFileMonitor *monitor)
{
  LigdiTestMonitor *self = LIGDI_TEST_MONITOR (monitor);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  return TRUE;
}

static void
ligdi_test_monitor_finalize (GObject *object)
{
  g_clear_object (&LIGDI_TEST_MONITOR (object)->file);
  G_OBJECT_CLASS (ligdi_test_monitor_parent_class)->finalize (object);
}

static void
ligdi_test_monitor_class_init (LigdiTestMonitorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ligdi_test_monitor_finalize;
  G_FILE_MONITOR_CLASS (klass)->cancel = ligdi_test_monitor_cancel;
}

static void
ligdi_test_monitor_init (LigdiTestMonitor *self)
{
}

/* In place of GIO's. */
GFileMonitor *
g_file_monitor_file (GFile *file, GFileMonitorFlags flags, GCancellable *cancellable,
                     GError **error)
{
  LigdiTestMonitor *self = g_object_new (LIGDI_TYPE_TEST_MONITOR, NULL);

  self->file = g_object_ref (file);
  self->n_seen = ligdi_test_fate_get ()->n_written;
  self->source = g_source_new (&functions, sizeof (Source));
  ((Source *) self->source)->monitor = self;
  g_source_attach (self->source, NULL);
  return G_FILE_MONITOR (self);
}
