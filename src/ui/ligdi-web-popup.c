/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-web-popup.h"

/* A page that the payment page has opened, such as a bank's, on top of it in the same
 * window: it cannot get lost behind others. */

enum
{
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiWebPopup
{
  GtkEventBox parent_instance;

  GtkBox *box;
  WebKitWebView *view;
  guint closing;
};

G_DEFINE_FINAL_TYPE (LigdiWebPopup, ligdi_web_popup, GTK_TYPE_EVENT_BOX)

static void
on_close_clicked (LigdiWebPopup *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static gboolean
on_close_idle (gpointer user_data)
{
  LigdiWebPopup *self = user_data;

  self->closing = 0;
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
  return G_SOURCE_REMOVE;
}

static void
ligdi_web_popup_dispose (GObject *object)
{
  g_clear_handle_id (&LIGDI_WEB_POPUP (object)->closing, g_source_remove);
  g_clear_object (&LIGDI_WEB_POPUP (object)->view);
  G_OBJECT_CLASS (ligdi_web_popup_parent_class)->dispose (object);
}

static void
ligdi_web_popup_class_init (LigdiWebPopupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ligdi_web_popup_dispose;

  /**
   * LigdiWebPopup::closed:
   * @self: the popup
   *
   * Somebody wants to go back to the payment page.
   */
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", LIGDI_TYPE_WEB_POPUP, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-web-popup.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiWebPopup, box);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
}

static void
ligdi_web_popup_init (LigdiWebPopup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_web_popup_new:
 * @view: what the page has opened
 *
 * Returns: (transfer floating): @view with a way back to the page
 */
GtkWidget *
ligdi_web_popup_new (WebKitWebView *view)
{
  LigdiWebPopup *self = g_object_new (LIGDI_TYPE_WEB_POPUP, NULL);

  self->view = g_object_ref_sink (view);
  gtk_widget_show (GTK_WIDGET (view));
  gtk_box_pack_start (self->box, GTK_WIDGET (view), TRUE, TRUE, 0);
  return GTK_WIDGET (self);
}

/**
 * ligdi_web_popup_close_soon:
 * @self: a popup
 *
 * Says that it is closed, once WebKit's own signal is over: a view is never taken down
 * inside one.
 */
void
ligdi_web_popup_close_soon (LigdiWebPopup *self)
{
  g_return_if_fail (LIGDI_IS_WEB_POPUP (self));

  if (self->closing == 0)
    self->closing = g_idle_add_full (G_PRIORITY_DEFAULT, on_close_idle, self, NULL);
}

/**
 * ligdi_web_popup_get_view:
 * @self: a popup
 *
 * Returns: (transfer none): what is in it
 */
WebKitWebView *
ligdi_web_popup_get_view (LigdiWebPopup *self)
{
  g_return_val_if_fail (LIGDI_IS_WEB_POPUP (self), NULL);

  return self->view;
}
