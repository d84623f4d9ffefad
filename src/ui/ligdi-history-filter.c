/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-history-filter.h"

#include <glib/gi18n.h>

/* Which payments of a list are shown, and how many there are of each kind. */

typedef enum
{
  KIND_ALL,
  KIND_PAID,
  KIND_PENDING,
  KIND_NOT_PAID,
  KIND_TO_REVIEW,
} Kind;

#define N_KINDS (KIND_TO_REVIEW + 1)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiHistoryFilter
{
  GtkBox parent_instance;

  GtkToggleButton *chips[N_KINDS];
  GtkLabel *labels[N_KINDS];
  Kind kind;
};

G_DEFINE_FINAL_TYPE (LigdiHistoryFilter, ligdi_history_filter, GTK_TYPE_BOX)

static Kind
find_kind (const LigdiPaymentRecord *record)
{
  if (record->follow_up != LIGDI_FOLLOW_UP_NONE)
    return KIND_TO_REVIEW;
  switch (record->state)
    {
    case LIGDI_PAYMENT_STATE_PAID:
      return KIND_PAID;
    case LIGDI_PAYMENT_STATE_CREATING:
    case LIGDI_PAYMENT_STATE_AWAITING:
    case LIGDI_PAYMENT_STATE_VERIFYING:
    case LIGDI_PAYMENT_STATE_UNRESOLVED:
      return KIND_PENDING;
    case LIGDI_PAYMENT_STATE_DECLINED:
    case LIGDI_PAYMENT_STATE_ABORTED:
      return KIND_NOT_PAID;
    case LIGDI_PAYMENT_STATE_DISPUTED:
      return KIND_TO_REVIEW;
    }
  return KIND_TO_REVIEW;
}

static void
set_text (LigdiHistoryFilter *self, Kind kind, char *text)
{
  g_autofree char *owned = text;

  gtk_label_set_label (self->labels[kind], owned);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self->chips[kind])), owned);
}

static void
on_toggled (GtkToggleButton *chip, LigdiHistoryFilter *self)
{
  /* One goes out and another one in; the second says it all. */
  if (!gtk_toggle_button_get_active (chip))
    return;
  for (guint i = 0; i < N_KINDS; i++)
    if (self->chips[i] == chip)
      self->kind = (Kind) i;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
bind_chip (GtkWidgetClass *widget_class, const char *chip, const char *label, Kind kind)
{
  gtk_widget_class_bind_template_child_full (
      widget_class, chip, FALSE,
      G_STRUCT_OFFSET (LigdiHistoryFilter, chips) + (gssize) kind * (gssize) sizeof (GtkWidget *));
  gtk_widget_class_bind_template_child_full (
      widget_class, label, FALSE,
      G_STRUCT_OFFSET (LigdiHistoryFilter, labels) + (gssize) kind * (gssize) sizeof (GtkWidget *));
}

static void
ligdi_history_filter_class_init (LigdiHistoryFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * LigdiHistoryFilter::changed:
   * @self: the filter
   *
   * Somebody wants to see others.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LIGDI_TYPE_HISTORY_FILTER, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-history-filter.ui");
  bind_chip (widget_class, "all", "all_label", KIND_ALL);
  bind_chip (widget_class, "paid", "paid_label", KIND_PAID);
  bind_chip (widget_class, "pending", "pending_label", KIND_PENDING);
  bind_chip (widget_class, "not_paid", "not_paid_label", KIND_NOT_PAID);
  bind_chip (widget_class, "to_review", "to_review_label", KIND_TO_REVIEW);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
}

static void
ligdi_history_filter_init (LigdiHistoryFilter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_history_filter_count:
 * @self: a filter
 * @payments: (element-type LigdiPayment): what it is for
 *
 * Says on each chip how many there are of its kind.
 */
void
ligdi_history_filter_count (LigdiHistoryFilter *self, GPtrArray *payments)
{
  guint counts[N_KINDS] = { 0 };

  g_return_if_fail (LIGDI_IS_HISTORY_FILTER (self));
  g_return_if_fail (payments != NULL);

  counts[KIND_ALL] = payments->len;
  for (guint i = 0; i < payments->len; i++)
    counts[find_kind (ligdi_payment_get_record (g_ptr_array_index (payments, i)))]++;
  /* Translators: filters of the history; the number is how many there are. */
  set_text (self, KIND_ALL, g_strdup_printf (_("All · %u"), counts[KIND_ALL]));
  set_text (self, KIND_PAID, g_strdup_printf (_("Paid · %u"), counts[KIND_PAID]));
  set_text (self, KIND_PENDING, g_strdup_printf (_("Pending · %u"), counts[KIND_PENDING]));
  set_text (self, KIND_NOT_PAID, g_strdup_printf (_("Not paid · %u"), counts[KIND_NOT_PAID]));
  set_text (self, KIND_TO_REVIEW, g_strdup_printf (_("To review · %u"), counts[KIND_TO_REVIEW]));
}

/**
 * ligdi_history_filter_reset:
 * @self: a filter
 *
 * Lets everything through again.
 */
void
ligdi_history_filter_reset (LigdiHistoryFilter *self)
{
  g_return_if_fail (LIGDI_IS_HISTORY_FILTER (self));

  gtk_toggle_button_set_active (self->chips[KIND_ALL], TRUE);
}

/**
 * ligdi_history_filter_lets_through:
 * @self: a filter
 * @record: a payment
 *
 * Returns: whether @record is of the kind that is shown
 */
gboolean
ligdi_history_filter_lets_through (LigdiHistoryFilter *self, const LigdiPaymentRecord *record)
{
  g_return_val_if_fail (LIGDI_IS_HISTORY_FILTER (self), FALSE);
  g_return_val_if_fail (record != NULL, FALSE);

  return self->kind == KIND_ALL || self->kind == find_kind (record);
}
