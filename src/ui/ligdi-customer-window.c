/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-customer-window.h"

#include "ligdi-address.h"
#include "ligdi-message.h"
#include "ligdi-money.h"
#include "ligdi-qr.h"
#include "ligdi-style.h"

#include <string.h>

/* What the customer sees on a screen of their own. It is made anew from the payment's record
 * each time, so that it can never show a code or an amount that is over. */

#define NO_BREAK_SPACE "\302\240"

enum
{
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiCustomerWindow
{
  GtkWindow parent_instance;

  GtkWidget *strip;
  GtkStack *stack;
  GtkLabel *idle_shop;
  GtkLabel *shop;
  GtkLabel *amount;
  GtkLabel *currency;
  GtkStack *code_stack;
  LigdiQr *code;
  GtkWidget *or_till;
  GtkWidget *error_note;
  GtkContainer *stage;
  GtkLabel *busy_amount;
  GtkSpinner *spinner;
  GtkWidget *panel;
  GtkImage *icon;
  GtkLabel *word;
  GtkLabel *result_amount;
};

G_DEFINE_FINAL_TYPE (LigdiCustomerWindow, ligdi_customer_window, GTK_TYPE_WINDOW)

static gboolean
on_delete_event (LigdiCustomerWindow *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
  return GDK_EVENT_STOP;
}

static void
show_child (LigdiCustomerWindow *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  if (g_str_equal (name, "busy"))
    gtk_spinner_start (self->spinner);
  else
    gtk_spinner_stop (self->spinner);
}

/* The amount and its currency have a line each. */
static void
show_amount (LigdiCustomerWindow *self, const LigdiPaymentRecord *record)
{
  g_autofree char *money = ligdi_money_format (record->amount);
  char *currency = strstr (money, NO_BREAK_SPACE);

  if (currency != NULL)
    {
      gtk_label_set_text (self->currency, currency + strlen (NO_BREAK_SPACE));
      *currency = '\0';
    }
  gtk_label_set_text (self->amount, money);
}

static void
show_code (LigdiCustomerWindow *self, const LigdiPaymentRecord *record)
{
  gboolean ready = record->state == LIGDI_PAYMENT_STATE_AWAITING;
  gboolean has_code = ligdi_qr_set_text (self->code, ready ? record->page_url : NULL);

  show_amount (self, record);
  gtk_widget_set_visible (GTK_WIDGET (self->code_stack), has_code || !ready);
  gtk_stack_set_visible_child_name (self->code_stack, has_code ? "code" : "preparing");
  gtk_widget_set_visible (self->or_till, ready && record->opening != LIGDI_OPENING_PHONE);
  gtk_widget_set_visible (self->error_note,
                          ready && record->opening == LIGDI_OPENING_PHONE
                              && !ligdi_address_is_public (record->return_url));
  show_child (self, "pay");
}

static void
show_busy (LigdiCustomerWindow *self, const LigdiPaymentRecord *record)
{
  g_autofree char *money = ligdi_money_format (record->amount);

  gtk_label_set_text (self->busy_amount, money);
  show_child (self, "busy");
}

static void
show_result (LigdiCustomerWindow *self, const LigdiPaymentRecord *record)
{
  LigdiMessage message = ligdi_message_for_payment (record, TRUE);
  const char *nick = ligdi_tone_to_nick (message.tone);
  g_autofree char *icon = g_strdup_printf ("ligdipay-state-%s-symbolic", nick);
  g_autofree char *money = ligdi_money_format (record->amount);
  GtkStyleContext *style = gtk_widget_get_style_context (self->panel);

  for (int i = LIGDI_TONE_PAID; i <= LIGDI_TONE_BUSY; i++)
    gtk_style_context_remove_class (style, ligdi_tone_to_nick ((LigdiTone) i));
  gtk_style_context_add_class (style, nick);
  gtk_image_set_from_icon_name (self->icon, icon, GTK_ICON_SIZE_DIALOG);
  gtk_label_set_text (self->word, message.word);
  gtk_label_set_text (self->result_amount, money);
  show_child (self, "result");
}

static void
ligdi_customer_window_class_init (LigdiCustomerWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * LigdiCustomerWindow::closed:
   * @self: the window
   *
   * Somebody wants it closed. It closes only when its owner hides it.
   */
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", LIGDI_TYPE_CUSTOMER_WINDOW, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (LIGDI_TYPE_QR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-customer-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiCustomerWindow, strip);
  gtk_widget_class_bind_template_child (widget_class, LigdiCustomerWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LigdiCustomerWindow, idle_shop);
  gtk_widget_class_bind_template_child (widget_class, LigdiCustomerWindow, shop);
  gtk_widget_class_bind_template_child (widget_class, LigdiCustomerWindow, amount);
  gtk_widget_class_bind_template_child (widget_class, LigdiCustomerWindow, currency);
  gtk_widget_class_bind_template_child (widget_class, LigdiCustomerWindow, code_stack);
  gtk_widget_class_bind_template_child (widget_class, LigdiCustomerWindow, code);
  gtk_widget_class_bind_template_child (widget_class, LigdiCustomerWindow, or_till);
  gtk_widget_class_bind_template_child (widget_class, LigdiCustomerWindow, error_note);
  gtk_widget_class_bind_template_child (widget_class, LigdiCustomerWindow, stage);
  gtk_widget_class_bind_template_child (widget_class, LigdiCustomerWindow, busy_amount);
  gtk_widget_class_bind_template_child (widget_class, LigdiCustomerWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, LigdiCustomerWindow, panel);
  gtk_widget_class_bind_template_child (widget_class, LigdiCustomerWindow, icon);
  gtk_widget_class_bind_template_child (widget_class, LigdiCustomerWindow, word);
  gtk_widget_class_bind_template_child (widget_class, LigdiCustomerWindow, result_amount);
}

static void
ligdi_customer_window_init (LigdiCustomerWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ligdi_style_follow_size (GTK_WINDOW (self));
  g_signal_connect (self, "delete-event", G_CALLBACK (on_delete_event), NULL);
}

/**
 * ligdi_customer_window_new:
 * @demonstration: whether the money is play money
 *
 * Returns: (transfer none): a window that shows no payment and is hidden
 */
GtkWidget *
ligdi_customer_window_new (gboolean demonstration)
{
  LigdiCustomerWindow *self = g_object_new (LIGDI_TYPE_CUSTOMER_WINDOW, NULL);

  gtk_widget_set_visible (self->strip, demonstration);
  return GTK_WIDGET (self);
}

/**
 * ligdi_customer_window_set_shop:
 * @self: a window
 * @name: (nullable): what the shop is called
 */
void
ligdi_customer_window_set_shop (LigdiCustomerWindow *self, const char *name)
{
  g_return_if_fail (LIGDI_IS_CUSTOMER_WINDOW (self));

  gtk_label_set_text (self->shop, name != NULL ? name : "");
  gtk_label_set_text (self->idle_shop, name != NULL ? name : "");
}

/**
 * ligdi_customer_window_get_stage:
 * @self: a window
 *
 * Returns: (transfer none): where a payment page is put that is opened here
 */
GtkContainer *
ligdi_customer_window_get_stage (LigdiCustomerWindow *self)
{
  g_return_val_if_fail (LIGDI_IS_CUSTOMER_WINDOW (self), NULL);

  return self->stage;
}

/**
 * ligdi_customer_window_show_record:
 * @self: a window
 * @record: (nullable): the payment the cashier has on screen, or %NULL for none
 */
void
ligdi_customer_window_show_record (LigdiCustomerWindow *self, const LigdiPaymentRecord *record)
{
  g_return_if_fail (LIGDI_IS_CUSTOMER_WINDOW (self));

  ligdi_qr_set_text (self->code, NULL);
  if (record == NULL)
    {
      show_child (self, "idle");
      return;
    }
  switch (record->state)
    {
    case LIGDI_PAYMENT_STATE_CREATING:
    case LIGDI_PAYMENT_STATE_AWAITING:
      if (record->opening == LIGDI_OPENING_WINDOW)
        show_child (self, "page");
      else
        show_code (self, record);
      break;
    case LIGDI_PAYMENT_STATE_VERIFYING:
      show_busy (self, record);
      break;
    case LIGDI_PAYMENT_STATE_UNRESOLVED:
    case LIGDI_PAYMENT_STATE_PAID:
    case LIGDI_PAYMENT_STATE_DECLINED:
    case LIGDI_PAYMENT_STATE_DISPUTED:
      show_result (self, record);
      break;
    case LIGDI_PAYMENT_STATE_ABORTED:
      show_child (self, "idle");
      break;
    }
}

/**
 * ligdi_customer_window_place:
 * @self: a window
 * @till: the cashier's window
 * @typing: whether somebody will type here
 *
 * Puts the window on the screen that the cashier does not use, or on top where there is
 * only one. Unless somebody types here, the keyboard stays with the cashier.
 */
void
ligdi_customer_window_place (LigdiCustomerWindow *self, GtkWindow *till, gboolean typing)
{
  GdkDisplay *display;
  GdkMonitor *cashiers;

  g_return_if_fail (LIGDI_IS_CUSTOMER_WINDOW (self));
  g_return_if_fail (GTK_IS_WINDOW (till));

  /* A till that is not on screen yet has no screen of its own. */
  gtk_widget_realize (GTK_WIDGET (till));
  display = gtk_widget_get_display (GTK_WIDGET (till));
  cashiers = gdk_display_get_monitor_at_window (display, gtk_widget_get_window (GTK_WIDGET (till)));
  for (int i = 0; i < gdk_display_get_n_monitors (display); i++)
    if (gdk_display_get_monitor (display, i) != cashiers)
      {
        gtk_window_fullscreen_on_monitor (GTK_WINDOW (self),
                                          gtk_widget_get_screen (GTK_WIDGET (till)), i);
        break;
      }
  gtk_window_set_accept_focus (GTK_WINDOW (self), typing);
  gtk_window_set_focus_on_map (GTK_WINDOW (self), typing);
  if (typing)
    gtk_window_present (GTK_WINDOW (self));
  else
    gtk_widget_show (GTK_WIDGET (self));
  /* Who has paid in this window leaves the keyboard in it. */
  if (!typing && gtk_window_is_active (GTK_WINDOW (self)))
    gtk_window_present (GTK_WINDOW (till));
}
