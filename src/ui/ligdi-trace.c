/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-trace"

#include "ligdi-trace.h"

/* Says when something was on screen, for the benchmarks: lines of the debug log, and
 * nothing at all unless G_MESSAGES_DEBUG asks for ligdi-trace. */

typedef struct
{
  const char *what;
  gulong handler;
} Trace;

static void
on_after_paint (GdkFrameClock *clock, gpointer user_data)
{
  Trace *trace = user_data;

  ligdi_trace_now (trace->what);
  g_signal_handler_disconnect (clock, trace->handler);
}

static void
trace_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

/**
 * ligdi_trace_is_wanted:
 *
 * Returns: whether anybody reads the traces
 */
gboolean
ligdi_trace_is_wanted (void)
{
  return !g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, G_LOG_DOMAIN);
}

/**
 * ligdi_trace_now:
 * @what: what has happened just now
 */
void
ligdi_trace_now (const char *what)
{
  if (ligdi_trace_is_wanted ())
    g_debug ("%s at %" G_GINT64_FORMAT " µs", what, g_get_monotonic_time ());
}

/**
 * ligdi_trace_painted:
 * @widget: a widget that is about to be drawn
 * @what: what will then be on screen; a literal
 *
 * Traces the end of the next frame of @widget's window.
 */
void
ligdi_trace_painted (GtkWidget *widget, const char *what)
{
  GdkFrameClock *clock;
  Trace *trace;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  clock = gtk_widget_get_frame_clock (widget);
  if (clock == NULL || !ligdi_trace_is_wanted ())
    return;
  trace = g_new (Trace, 1);
  trace->what = what;
  trace->handler = g_signal_connect_data (clock, "after-paint", G_CALLBACK (on_after_paint), trace,
                                          trace_free, 0);
  gtk_widget_queue_draw (widget);
}
