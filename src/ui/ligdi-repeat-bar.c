/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-repeat-bar.h"

#include "ligdi-message.h"
#include "ligdi-money.h"

#include <glib/gi18n.h>

/* Asks, before an amount is charged that was charged a moment ago, whether it is the same
 * customer. */

enum
{
  SIGNAL_LOOK,
  SIGNAL_SAME,
  SIGNAL_OTHER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiRepeatBar
{
  GtkRevealer parent_instance;

  GtkLabel *question;
  GtkLabel *other_label;
  GtkWidget *same;
  GtkLabel *same_label;
  GtkWidget *look;
};

G_DEFINE_FINAL_TYPE (LigdiRepeatBar, ligdi_repeat_bar, GTK_TYPE_REVEALER)

static void
on_look_clicked (LigdiRepeatBar *self)
{
  g_signal_emit (self, signals[SIGNAL_LOOK], 0);
}

static void
on_same_clicked (LigdiRepeatBar *self)
{
  g_signal_emit (self, signals[SIGNAL_SAME], 0);
}

static void
on_other_clicked (LigdiRepeatBar *self)
{
  g_signal_emit (self, signals[SIGNAL_OTHER], 0);
}

static void
ask (LigdiRepeatBar *self, const char *question, const char *other, const char *same,
     GtkWidget *focus)
{
  AtkObject *accessible = gtk_widget_get_accessible (GTK_WIDGET (self->question));

  gtk_label_set_text (self->question, question);
  gtk_label_set_text (self->other_label, other);
  gtk_label_set_text (self->same_label, same);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self), TRUE);
  gtk_widget_show (GTK_WIDGET (self));
  /* A revealer lets its child wait for the next frame, and keys do not wait. */
  gtk_widget_realize (focus);
  gtk_widget_grab_focus (focus);
  atk_object_notify_state_change (accessible, ATK_STATE_SHOWING, TRUE);
}

static void
ligdi_repeat_bar_class_init (LigdiRepeatBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * LigdiRepeatBar::look:
   * @self: the bar
   *
   * The cashier wants to see the payment that was asked about.
   */
  signals[SIGNAL_LOOK] = g_signal_new ("look", LIGDI_TYPE_REPEAT_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
  /**
   * LigdiRepeatBar::same:
   * @self: the bar
   *
   * It is the same customer: nothing is to be charged.
   */
  signals[SIGNAL_SAME] = g_signal_new ("same", LIGDI_TYPE_REPEAT_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
  /**
   * LigdiRepeatBar::other:
   * @self: the bar
   *
   * It is another customer: the amount is to be charged.
   */
  signals[SIGNAL_OTHER] = g_signal_new ("other", LIGDI_TYPE_REPEAT_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-repeat-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiRepeatBar, question);
  gtk_widget_class_bind_template_child (widget_class, LigdiRepeatBar, look);
  gtk_widget_class_bind_template_child (widget_class, LigdiRepeatBar, other_label);
  gtk_widget_class_bind_template_child (widget_class, LigdiRepeatBar, same);
  gtk_widget_class_bind_template_child (widget_class, LigdiRepeatBar, same_label);
  gtk_widget_class_bind_template_callback (widget_class, on_look_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_same_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_other_clicked);
}

static void
ligdi_repeat_bar_init (LigdiRepeatBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_repeat_bar_ask:
 * @self: a bar
 * @record: a payment of the amount that is about to be charged
 */
void
ligdi_repeat_bar_ask (LigdiRepeatBar *self, const LigdiPaymentRecord *record)
{
  LigdiMessage message;
  g_autofree char *amount = NULL;
  g_autofree char *question = NULL;

  g_return_if_fail (LIGDI_IS_REPEAT_BAR (self));
  g_return_if_fail (record != NULL);

  message = ligdi_message_for_payment (record, TRUE);
  amount = ligdi_money_format (record->amount);
  /* Translators: 1 is the ticket's number, 2 an amount, 3 a result such as PAID. */
  question = g_strdup_printf (_("Ticket %1$04d · %2$s · %3$s. Is it the same customer?"),
                              (int) record->ticket, amount, message.word);
  gtk_widget_show (self->look);
  ask (self, question, _("Another customer: charge"), _("The same: do not charge"), self->look);
}

/**
 * ligdi_repeat_bar_ask_customer:
 * @self: a bar
 *
 * Asks whoever is alone with a kiosk, and says nothing of the other payment.
 */
void
ligdi_repeat_bar_ask_customer (LigdiRepeatBar *self)
{
  g_return_if_fail (LIGDI_IS_REPEAT_BAR (self));

  gtk_widget_hide (self->look);
  ask (self, _("Have you just paid this amount here, or tried to?"), _("No: pay"),
       _("Yes: do not pay again"), self->same);
}

/**
 * ligdi_repeat_bar_close:
 * @self: a bar
 */
void
ligdi_repeat_bar_close (LigdiRepeatBar *self)
{
  g_return_if_fail (LIGDI_IS_REPEAT_BAR (self));

  gtk_revealer_set_reveal_child (GTK_REVEALER (self), FALSE);
  gtk_widget_hide (GTK_WIDGET (self));
}
