/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-history-totals.h"

#include "ligdi-amount.h"
#include "ligdi-money.h"
#include "ligdi-payment.h"

#include <glib/gi18n.h>

/* What a day came to, and what may still come. */

struct _LigdiHistoryTotals
{
  GtkBox parent_instance;

  GtkLabel *taken;
  GtkLabel *n_paid;
  GtkLabel *n_pending;
  GtkLabel *sum_pending;
};

G_DEFINE_FINAL_TYPE (LigdiHistoryTotals, ligdi_history_totals, GTK_TYPE_BOX)

static guint
sum_pending (GPtrArray *payments, gint64 *sum)
{
  guint n = 0;

  for (guint i = 0; i < payments->len; i++)
    {
      const LigdiPaymentRecord *record
        = ligdi_payment_get_record (g_ptr_array_index (payments, i));

      if ((record->state == LIGDI_PAYMENT_STATE_UNRESOLVED
           || ligdi_payment_record_is_aside (record))
          && ligdi_money_add (*sum, record->amount, sum))
        n++;
    }
  return n;
}

static void
ligdi_history_totals_class_init (LigdiHistoryTotalsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-history-totals.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryTotals, taken);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryTotals, n_paid);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryTotals, n_pending);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryTotals, sum_pending);
}

static void
ligdi_history_totals_init (LigdiHistoryTotals *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_history_totals_set:
 * @self: totals
 * @n_paid: how many payments were paid that day
 * @takings: what came in that day, francs XOF
 * @payments: (element-type LigdiPayment): the payments begun that day
 */
void
ligdi_history_totals_set (LigdiHistoryTotals *self, gint64 n_paid, gint64 takings,
                          GPtrArray *payments)
{
  gint64 pending = 0;
  guint n_pending;
  g_autofree char *taken_markup = NULL;
  g_autofree char *paid_text = NULL;
  g_autofree char *pending_text = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *sum_text = NULL;
  g_autofree char *sum_markup = NULL;

  g_return_if_fail (LIGDI_IS_HISTORY_TOTALS (self));
  g_return_if_fail (payments != NULL);

  n_pending = sum_pending (payments, &pending);
  taken_markup = ligdi_amount_markup (takings);
  paid_text = g_strdup_printf ("%d", (int) n_paid);
  pending_text = g_strdup_printf ("%u", n_pending);
  sum = ligdi_money_format_number (pending);
  /* Translators: the sum of the pending payments, behind their number. */
  sum_text = g_strdup_printf (_("· %s F"), sum);
  sum_markup = ligdi_amount_markup_text (sum_text);
  gtk_label_set_markup (self->taken, taken_markup);
  gtk_label_set_label (self->n_paid, paid_text);
  gtk_label_set_label (self->n_pending, pending_text);
  gtk_label_set_markup (self->sum_pending, sum_markup);
  gtk_widget_set_visible (GTK_WIDGET (self->sum_pending), n_pending > 0);
}
