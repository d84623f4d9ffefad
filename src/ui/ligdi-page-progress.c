/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-page-progress.h"

#include <glib/gi18n.h>

/* A line that grows while a page loads, if that takes long enough to be noticed. */

/* A line that is only seen for a moment distracts, and drawing it holds the next page up. */
#define SHOW_AFTER_MS 500

struct _LigdiPageProgress
{
  GtkProgressBar parent_instance;

  guint delay;
};

G_DEFINE_FINAL_TYPE (LigdiPageProgress, ligdi_page_progress, GTK_TYPE_PROGRESS_BAR)

static gboolean
on_noticed (gpointer user_data)
{
  LigdiPageProgress *self = user_data;

  self->delay = 0;
  gtk_widget_show (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
ligdi_page_progress_dispose (GObject *object)
{
  g_clear_handle_id (&LIGDI_PAGE_PROGRESS (object)->delay, g_source_remove);
  G_OBJECT_CLASS (ligdi_page_progress_parent_class)->dispose (object);
}

static void
ligdi_page_progress_class_init (LigdiPageProgressClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ligdi_page_progress_dispose;
}

static void
ligdi_page_progress_init (LigdiPageProgress *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_set_valign (widget, GTK_ALIGN_START);
  gtk_style_context_add_class (gtk_widget_get_style_context (widget), "page-progress");
  atk_object_set_name (gtk_widget_get_accessible (widget), _("The page is loading"));
}

/**
 * ligdi_page_progress_new:
 *
 * Returns: (transfer floating): a line that is hidden
 */
GtkWidget *
ligdi_page_progress_new (void)
{
  return g_object_new (LIGDI_TYPE_PAGE_PROGRESS, NULL);
}

/**
 * ligdi_page_progress_set:
 * @self: a line
 * @fraction: how much of the page is there, 0 to 1
 */
void
ligdi_page_progress_set (LigdiPageProgress *self, double fraction)
{
  g_return_if_fail (LIGDI_IS_PAGE_PROGRESS (self));

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self), fraction);
  if (fraction >= 1)
    {
      g_clear_handle_id (&self->delay, g_source_remove);
      gtk_widget_hide (GTK_WIDGET (self));
    }
  else if (self->delay == 0 && !gtk_widget_get_visible (GTK_WIDGET (self)))
    self->delay = g_timeout_add (SHOW_AFTER_MS, on_noticed, self);
}
