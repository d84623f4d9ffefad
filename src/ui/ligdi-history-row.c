/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-history-row.h"

#include "ligdi-amount.h"
#include "ligdi-dates.h"
#include "ligdi-message.h"
#include "ligdi-money.h"

#include <glib/gi18n.h>

/* One payment in a list. */

struct _LigdiHistoryRow
{
  GtkListBoxRow parent_instance;

  GtkImage *icon;
  GtkLabel *time;
  GtkLabel *ticket;
  GtkLabel *operator_label;
  GtkLabel *word;
  GtkLabel *amount;

  LigdiPayment *payment;
};

G_DEFINE_FINAL_TYPE (LigdiHistoryRow, ligdi_history_row, GTK_TYPE_LIST_BOX_ROW)

static void
set_tone (GtkWidget *widget, LigdiTone tone)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);

  for (int i = LIGDI_TONE_PAID; i <= LIGDI_TONE_BUSY; i++)
    gtk_style_context_remove_class (context, ligdi_tone_to_nick ((LigdiTone) i));
  gtk_style_context_add_class (context, ligdi_tone_to_nick (tone));
}

/* "18:31, ticket 191, pending, 8 500 francs CFA" */
static char *
describe (const LigdiPaymentRecord *record, const char *time, const char *word)
{
  g_autofree char *lower = g_utf8_strdown (word, -1);
  g_autofree char *number = ligdi_money_format_number (record->amount);

  /* Translators: a payment for a screen reader: the time, the ticket's number, the state
   * and the amount. */
  return g_strdup_printf (_("%1$s, ticket %2$d, %3$s, %4$s francs CFA"), time,
                          (int) record->ticket, lower, number);
}

static gboolean
is_today (gint64 at)
{
  return at >= ligdi_dates_get_day_start (ligdi_dates_now (), 0);
}

/* Who was paid through. In a list of many days also the day, and how long a customer or the
 * till has waited. */
static char *
describe_origin (const LigdiPaymentRecord *record, gboolean with_day)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autofree char *day = ligdi_dates_format_day (record->created_at);
  g_autofree char *waited
    = ligdi_dates_format_age ((ligdi_dates_now () - record->created_at) / 1000);
  g_autofree char *since = g_strdup_printf (_("for %s"), waited);

  if (with_day && !is_today (record->created_at))
    g_strv_builder_add (parts, day);
  if (with_day && record->state == LIGDI_PAYMENT_STATE_UNRESOLVED)
    g_strv_builder_add (parts, since);
  g_strv_builder_add (parts,
                      record->operator_name != NULL ? record->operator_name : record->reference);
  all = g_strv_builder_end (parts);
  return g_strjoinv (" · ", all);
}

static void
ligdi_history_row_dispose (GObject *object)
{
  LigdiHistoryRow *self = LIGDI_HISTORY_ROW (object);

  g_clear_object (&self->payment);
  G_OBJECT_CLASS (ligdi_history_row_parent_class)->dispose (object);
}

static void
ligdi_history_row_class_init (LigdiHistoryRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ligdi_history_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryRow, icon);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryRow, time);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryRow, ticket);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryRow, operator_label);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryRow, word);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryRow, amount);
}

static void
ligdi_history_row_init (LigdiHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_history_row_new:
 *
 * Returns: (transfer floating): a row without a payment
 */
GtkWidget *
ligdi_history_row_new (void)
{
  return g_object_new (LIGDI_TYPE_HISTORY_ROW, NULL);
}

/**
 * ligdi_history_row_set_payment:
 * @self: a row
 * @payment: the payment to show, as it is now
 * @online: whether the gateway can be reached
 * @with_day: whether the list holds several days
 */
void
ligdi_history_row_set_payment (LigdiHistoryRow *self, LigdiPayment *payment, gboolean online,
                               gboolean with_day)
{
  const LigdiPaymentRecord *record;
  LigdiMessage message;
  g_autofree char *icon = NULL;
  g_autofree char *time = NULL;
  g_autofree char *ticket = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *name = NULL;
  g_autofree char *origin = NULL;

  g_return_if_fail (LIGDI_IS_HISTORY_ROW (self));
  g_return_if_fail (LIGDI_IS_PAYMENT (payment));

  g_set_object (&self->payment, payment);
  record = ligdi_payment_get_record (payment);
  message = ligdi_message_for_payment (record, online);

  icon = g_strdup_printf ("ligdipay-state-%s-symbolic", ligdi_tone_to_nick (message.tone));
  time = ligdi_dates_format_time (record->created_at);
  /* Translators: %04d is the ticket's number. */
  ticket = g_strdup_printf (_("Ticket %04d"), (int) record->ticket);
  amount = ligdi_amount_markup_number (record->amount);
  name = describe (record, time, message.short_word);

  gtk_image_set_from_icon_name (self->icon, icon, GTK_ICON_SIZE_DND);
  set_tone (GTK_WIDGET (self->icon), message.tone);
  gtk_label_set_label (self->time, time);
  gtk_label_set_label (self->ticket, ticket);
  origin = describe_origin (record, with_day);
  gtk_label_set_label (self->operator_label, origin);
  gtk_label_set_label (self->word, message.short_word);
  set_tone (GTK_WIDGET (self->word), message.tone);
  gtk_label_set_markup (self->amount, amount);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self)), name);
}

/**
 * ligdi_history_row_get_payment:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the payment it shows
 */
LigdiPayment *
ligdi_history_row_get_payment (LigdiHistoryRow *self)
{
  g_return_val_if_fail (LIGDI_IS_HISTORY_ROW (self), NULL);

  return self->payment;
}
