/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-payment-bar.h"

#include "ligdi-amount.h"
#include "ligdi-opening-menu.h"

#include <glib/gi18n.h>

/* What the cashier must see while a customer pays: how much, for which ticket, on whose
 * page, since when, and the way out. */

enum
{
  SIGNAL_CANCEL,
  SIGNAL_OPENING_CHOSEN,
  SIGNAL_KEYPAD_TOGGLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiPaymentBar
{
  GtkBox parent_instance;

  GtkLabel *amount;
  GtkLabel *ticket;
  GtkWidget *host_pill;
  GtkImage *host_icon;
  GtkLabel *host;
  GtkLabel *elapsed;
  GtkWidget *keypad;
  GtkWidget *elsewhere;
  LigdiOpeningMenu *menu;
  GtkWidget *cancel;

  gboolean kiosk;
  gint64 created_at;
  guint clock;
};

G_DEFINE_FINAL_TYPE (LigdiPaymentBar, ligdi_payment_bar, GTK_TYPE_BOX)

static gboolean
on_clock (gpointer user_data)
{
  LigdiPaymentBar *self = user_data;
  gint64 seconds = MAX ((g_get_real_time () / 1000 - self->created_at) / 1000, 0);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT ":%02" G_GINT64_FORMAT,
                                           seconds / 60, seconds % 60);

  gtk_label_set_text (self->elapsed, text);
  return G_SOURCE_CONTINUE;
}

static void
on_cancel_clicked (LigdiPaymentBar *self)
{
  g_signal_emit (self, signals[SIGNAL_CANCEL], 0);
}

static void
on_chosen (LigdiOpeningMenu *menu, int opening, LigdiPaymentBar *self)
{
  g_signal_emit (self, signals[SIGNAL_OPENING_CHOSEN], 0, opening);
}

static void
on_keypad_toggled (GtkToggleButton *button, LigdiPaymentBar *self)
{
  g_signal_emit (self, signals[SIGNAL_KEYPAD_TOGGLED], 0, gtk_toggle_button_get_active (button));
}

static void
ligdi_payment_bar_dispose (GObject *object)
{
  g_clear_handle_id (&LIGDI_PAYMENT_BAR (object)->clock, g_source_remove);
  G_OBJECT_CLASS (ligdi_payment_bar_parent_class)->dispose (object);
}

static void
ligdi_payment_bar_class_init (LigdiPaymentBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ligdi_payment_bar_dispose;

  /**
   * LigdiPaymentBar::cancel:
   * @self: the bar
   */
  signals[SIGNAL_CANCEL] = g_signal_new ("cancel", LIGDI_TYPE_PAYMENT_BAR, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * LigdiPaymentBar::opening-chosen:
   * @self: the bar
   * @opening: the #LigdiOpening where the page shall be
   */
  signals[SIGNAL_OPENING_CHOSEN]
      = g_signal_new ("opening-chosen", LIGDI_TYPE_PAYMENT_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  /**
   * LigdiPaymentBar::keypad-toggled:
   * @self: the bar
   * @shown: whether there shall be a keypad under the page
   */
  signals[SIGNAL_KEYPAD_TOGGLED]
      = g_signal_new ("keypad-toggled", LIGDI_TYPE_PAYMENT_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  g_type_ensure (LIGDI_TYPE_OPENING_MENU);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-payment-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentBar, amount);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentBar, ticket);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentBar, host_pill);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentBar, host_icon);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentBar, host);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentBar, elapsed);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentBar, keypad);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentBar, elsewhere);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentBar, menu);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentBar, cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_keypad_toggled);
}

static void
ligdi_payment_bar_init (LigdiPaymentBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_child_visible (GTK_WIDGET (self), FALSE);
}

/**
 * ligdi_payment_bar_set_record:
 * @self: a bar
 * @record: (nullable): the payment that is being paid, or %NULL for none
 * @till: (nullable): what the till is called
 *
 * Without a payment the bar keeps its place and is neither seen nor found.
 */
void
ligdi_payment_bar_set_record (LigdiPaymentBar *self, const LigdiPaymentRecord *record,
                              const char *till)
{
  g_autofree char *amount = NULL;
  g_autofree char *ticket = NULL;

  g_return_if_fail (LIGDI_IS_PAYMENT_BAR (self));

  gtk_widget_set_child_visible (GTK_WIDGET (self), record != NULL);
  if (record == NULL)
    {
      g_clear_handle_id (&self->clock, g_source_remove);
      return;
    }
  amount = ligdi_amount_markup (record->amount);
  gtk_label_set_markup (self->amount, amount);
  /* Translators: 1 is the ticket's number, 2 is what the till is called. */
  ticket = g_strdup_printf (_("Ticket %1$04d · %2$s"), (int) record->ticket, till);
  gtk_label_set_text (self->ticket, ticket);
  gtk_widget_set_visible (self->elsewhere,
                          record->state == LIGDI_PAYMENT_STATE_AWAITING && !self->kiosk);
  ligdi_opening_menu_set_current (self->menu, (int) record->opening);
  self->created_at = record->created_at;
  on_clock (self);
  if (self->clock == 0)
    self->clock = g_timeout_add_seconds (1, on_clock, self);
}

/**
 * ligdi_payment_bar_set_host:
 * @self: a bar
 * @host: (nullable): the host whose page is shown, or %NULL for none
 * @secure: whether the connection to it is encrypted
 */
void
ligdi_payment_bar_set_host (LigdiPaymentBar *self, const char *host, gboolean secure)
{
  GtkStyleContext *style;

  g_return_if_fail (LIGDI_IS_PAYMENT_BAR (self));

  style = gtk_widget_get_style_context (self->host_pill);
  /* A page that loads tells often that nothing has changed here. */
  if (g_strcmp0 (gtk_label_get_text (self->host), host != NULL ? host : "") == 0
      && gtk_style_context_has_class (style, "secure") == secure)
    return;
  gtk_widget_set_visible (self->host_pill, host != NULL);
  gtk_label_set_text (self->host, host != NULL ? host : "");
  if (secure)
    gtk_style_context_add_class (style, "secure");
  else
    gtk_style_context_remove_class (style, "secure");
  gtk_image_set_from_icon_name (
      self->host_icon, secure ? "changes-prevent-symbolic" : "applications-science-symbolic",
      GTK_ICON_SIZE_BUTTON);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self->host_icon)),
                       secure ? _("Encrypted connection") : _("On this computer"));
}

/**
 * ligdi_payment_bar_set_keypad:
 * @self: a bar
 * @offered: whether there is a page to type into
 */
void
ligdi_payment_bar_set_keypad (LigdiPaymentBar *self, gboolean offered)
{
  g_return_if_fail (LIGDI_IS_PAYMENT_BAR (self));

  gtk_widget_set_visible (self->keypad, offered && !self->kiosk);
  if (offered && self->kiosk)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->keypad), TRUE);
}

/**
 * ligdi_payment_bar_set_kiosk:
 * @self: a bar
 * @kiosk: whether customers pay by themselves: the keypad is always there, and the page stays
 */
void
ligdi_payment_bar_set_kiosk (LigdiPaymentBar *self, gboolean kiosk)
{
  g_return_if_fail (LIGDI_IS_PAYMENT_BAR (self));

  self->kiosk = kiosk;
}

/**
 * ligdi_payment_bar_focus_cancel:
 * @self: a bar
 */
void
ligdi_payment_bar_focus_cancel (LigdiPaymentBar *self)
{
  g_return_if_fail (LIGDI_IS_PAYMENT_BAR (self));

  gtk_widget_grab_focus (self->cancel);
}

/**
 * ligdi_payment_bar_has_focus:
 * @self: a bar
 *
 * Returns: whether the keyboard is in the bar
 */
gboolean
ligdi_payment_bar_has_focus (LigdiPaymentBar *self)
{
  g_return_val_if_fail (LIGDI_IS_PAYMENT_BAR (self), FALSE);

  return gtk_container_get_focus_child (GTK_CONTAINER (self)) != NULL;
}
