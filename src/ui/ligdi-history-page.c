/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-history-page.h"

#include "ligdi-amount.h"
#include "ligdi-dates.h"
#include "ligdi-history-detail.h"
#include "ligdi-history-row.h"
#include "ligdi-key-watch.h"
#include "ligdi-message.h"
#include "ligdi-money.h"
#include "ligdi-notice.h"

#include <glib/gi18n.h>

/* The payments of a day; any one can be looked at and asked about again. */

enum
{
  SIGNAL_BACK,
  SIGNAL_OPEN_PAYMENT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiHistoryPage
{
  GtkBox parent_instance;

  LigdiNotice *notice;
  GtkWidget *back;
  GtkLabel *shop;
  GtkLabel *day;
  GtkWidget *next_day;
  GtkLabel *taken;
  GtkLabel *n_paid;
  GtkLabel *n_pending;
  GtkLabel *sum_pending;
  GtkListBox *list;
  LigdiHistoryDetail *detail;

  LigdiKeyWatch *keys;
  LigdiCheckout *checkout;
  GPtrArray *payments;
  int day_offset; /* 0 is today, -1 yesterday */
};

G_DEFINE_FINAL_TYPE (LigdiHistoryPage, ligdi_history_page, GTK_TYPE_BOX)

static void
show_error (LigdiHistoryPage *self, const GError *error)
{
  LigdiMessage message = ligdi_message_for_error ((LigdiError) error->code, NULL);

  g_message ("%s", error->message);
  ligdi_notice_show (self->notice, message.title, message.sentence);
}

static LigdiPayment *
get_selected (LigdiHistoryPage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? ligdi_history_row_get_payment (LIGDI_HISTORY_ROW (row)) : NULL;
}

static void
refresh_detail (LigdiHistoryPage *self)
{
  LigdiPayment *payment = get_selected (self);
  g_autoptr (GPtrArray) journal = NULL;
  g_autoptr (GError) error = NULL;

  if (payment == NULL)
    {
      ligdi_history_detail_set_payment (self->detail, NULL, NULL, FALSE);
      return;
    }
  journal = ligdi_checkout_list_journal (self->checkout, payment, &error);
  if (journal == NULL)
    show_error (self, error);
  ligdi_history_detail_set_payment (self->detail, ligdi_payment_get_record (payment), journal,
                                    ligdi_checkout_is_online (self->checkout));
}

static void
refresh_totals (LigdiHistoryPage *self)
{
  gint64 taken = 0;
  gint64 waiting = 0;
  int n_paid = 0;
  int n_waiting = 0;
  g_autofree char *taken_markup = NULL;
  g_autofree char *paid_text = NULL;
  g_autofree char *waiting_text = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *sum_text = NULL;
  g_autofree char *sum_markup = NULL;

  for (guint i = 0; i < self->payments->len; i++)
    {
      const LigdiPaymentRecord *record
        = ligdi_payment_get_record (g_ptr_array_index (self->payments, i));

      if (record->state == LIGDI_PAYMENT_STATE_PAID
          && ligdi_money_add (taken, record->amount, &taken))
        n_paid++;
      else if ((record->state == LIGDI_PAYMENT_STATE_UNRESOLVED
                || ligdi_payment_record_is_aside (record))
               && ligdi_money_add (waiting, record->amount, &waiting))
        n_waiting++;
    }
  taken_markup = ligdi_amount_markup (taken);
  paid_text = g_strdup_printf ("%d", n_paid);
  waiting_text = g_strdup_printf ("%d", n_waiting);
  sum = ligdi_money_format_number (waiting);
  /* Translators: the sum of the pending payments, behind their number. */
  sum_text = g_strdup_printf (_("· %s F"), sum);
  sum_markup = ligdi_amount_markup_text (sum_text);
  gtk_label_set_markup (self->taken, taken_markup);
  gtk_label_set_label (self->n_paid, paid_text);
  gtk_label_set_label (self->n_pending, waiting_text);
  gtk_label_set_markup (self->sum_pending, sum_markup);
  gtk_widget_set_visible (GTK_WIDGET (self->sum_pending), n_waiting > 0);
}

static void
on_payment_changed (LigdiPayment *payment, LigdiHistoryPage *self)
{
  for (guint i = 0; i < self->payments->len; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) i);

      if (g_ptr_array_index (self->payments, i) == payment)
        ligdi_history_row_set_payment (LIGDI_HISTORY_ROW (row), payment,
                                       ligdi_checkout_is_online (self->checkout));
    }
  refresh_totals (self);
  if (payment == get_selected (self))
    refresh_detail (self);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const LigdiPaymentRecord *left = ligdi_payment_get_record (*(LigdiPayment *const *) a);
  const LigdiPaymentRecord *right = ligdi_payment_get_record (*(LigdiPayment *const *) b);

  if (left->created_at != right->created_at)
    return left->created_at < right->created_at ? 1 : -1;
  return left->id < right->id ? 1 : left->id > right->id ? -1 : 0;
}

static void
drop_payments (LigdiHistoryPage *self)
{
  for (guint i = 0; i < self->payments->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->payments, i), self);
  g_ptr_array_set_size (self->payments, 0);
}

static void
load_payments (LigdiHistoryPage *self)
{
  gint64 now = ligdi_dates_now ();
  gint64 from = ligdi_dates_get_day_start (now, self->day_offset);
  gint64 until = ligdi_dates_get_day_start (now, self->day_offset + 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) payments
    = ligdi_checkout_list_payments (self->checkout, from, until, &error);

  drop_payments (self);
  if (payments == NULL)
    {
      show_error (self, error);
      return;
    }
  for (guint i = 0; i < payments->len; i++)
    {
      LigdiPayment *payment = g_ptr_array_index (payments, i);

      g_signal_connect (payment, "changed", G_CALLBACK (on_payment_changed), self);
      g_ptr_array_add (self->payments, g_object_ref (payment));
    }
  g_ptr_array_sort (self->payments, compare_newest_first);
}

static void
fill_list (LigdiHistoryPage *self, gint64 selected_id)
{
  gboolean online = ligdi_checkout_is_online (self->checkout);
  GtkListBoxRow *row;
  GtkListBoxRow *selected = NULL;

  while ((row = gtk_list_box_get_row_at_index (self->list, (int) self->payments->len)) != NULL)
    gtk_widget_destroy (GTK_WIDGET (row));
  for (guint i = 0; i < self->payments->len; i++)
    {
      LigdiPayment *payment = g_ptr_array_index (self->payments, i);

      row = gtk_list_box_get_row_at_index (self->list, (int) i);
      if (row == NULL)
        {
          row = GTK_LIST_BOX_ROW (ligdi_history_row_new ());
          gtk_container_add (GTK_CONTAINER (self->list), GTK_WIDGET (row));
        }
      ligdi_history_row_set_payment (LIGDI_HISTORY_ROW (row), payment, online);
      if (ligdi_payment_get_record (payment)->id == selected_id)
        selected = row;
    }
  /* The label in an empty list is not in its accessible. */
  atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (self->list)),
                              self->payments->len == 0 ? _("No payments that day") : "");
  if (selected == NULL)
    selected = gtk_list_box_get_row_at_index (self->list, 0);
  gtk_list_box_select_row (self->list, selected);
}

static void
go_to_day (LigdiHistoryPage *self, int offset)
{
  if (offset > 0)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  self->day_offset = offset;
  ligdi_history_page_refresh (self);
}

static void
open_selected (LigdiHistoryPage *self)
{
  LigdiPayment *payment = get_selected (self);

  if (payment != NULL)
    g_signal_emit (self, signals[SIGNAL_OPEN_PAYMENT], 0, payment);
}

static void
check_selected (LigdiHistoryPage *self)
{
  LigdiPayment *payment = get_selected (self);
  g_autoptr (GError) error = NULL;

  if (payment == NULL || ligdi_payment_get_record (payment)->token == NULL)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  ligdi_notice_hide (self->notice);
  if (!ligdi_checkout_check_now (self->checkout, payment, &error))
    show_error (self, error);
}

static void
on_back_clicked (GtkButton *button, LigdiHistoryPage *self)
{
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

static void
on_previous_day_clicked (GtkButton *button, LigdiHistoryPage *self)
{
  go_to_day (self, self->day_offset - 1);
}

static void
on_next_day_clicked (GtkButton *button, LigdiHistoryPage *self)
{
  go_to_day (self, self->day_offset + 1);
}

static void
on_row_selected (GtkListBox *list, GtkListBoxRow *row, LigdiHistoryPage *self)
{
  if (self->checkout != NULL)
    refresh_detail (self);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, LigdiHistoryPage *self)
{
  open_selected (self);
}

static void
on_check (LigdiHistoryDetail *detail, LigdiHistoryPage *self)
{
  check_selected (self);
}

static void
on_open (LigdiHistoryDetail *detail, LigdiHistoryPage *self)
{
  open_selected (self);
}

static gboolean
obey_shortcut (LigdiHistoryPage *self, const LigdiKey *key)
{
  if (key->repeated)
    return GDK_EVENT_PROPAGATE;
  if (key->keyval == GDK_KEY_F5)
    check_selected (self);
  else if (key->command && key->keyval == GDK_KEY_Left)
    go_to_day (self, self->day_offset - 1);
  else if (key->command && key->keyval == GDK_KEY_Right)
    go_to_day (self, self->day_offset + 1);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static gboolean
on_key (const LigdiKey *key, gpointer page)
{
  LigdiHistoryPage *self = page;

  switch (key->kind)
    {
    case LIGDI_KEY_OTHER:
      return obey_shortcut (self, key);
    case LIGDI_KEY_ESCAPE:
      g_signal_emit (self, signals[SIGNAL_BACK], 0);
      return GDK_EVENT_STOP;
    case LIGDI_KEY_ENTER:
      if (ligdi_key_watch_is_on_other_button (self->keys, NULL))
        return GDK_EVENT_PROPAGATE;
      open_selected (self);
      return GDK_EVENT_STOP;
    case LIGDI_KEY_IGNORED:
    case LIGDI_KEY_SCAN:
    case LIGDI_KEY_SCAN_END:
      return GDK_EVENT_STOP;
    case LIGDI_KEY_DIGIT:
    case LIGDI_KEY_TEXT:
    case LIGDI_KEY_ADD:
    case LIGDI_KEY_MULTIPLY:
    case LIGDI_KEY_BACKSPACE:
      return GDK_EVENT_PROPAGATE;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
ligdi_history_page_map (GtkWidget *widget)
{
  LigdiHistoryPage *self = LIGDI_HISTORY_PAGE (widget);
  GtkListBoxRow *row;

  GTK_WIDGET_CLASS (ligdi_history_page_parent_class)->map (widget);
  row = gtk_list_box_get_selected_row (self->list);
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : self->back);
}

static void
ligdi_history_page_dispose (GObject *object)
{
  LigdiHistoryPage *self = LIGDI_HISTORY_PAGE (object);

  if (self->payments != NULL)
    drop_payments (self);
  g_clear_object (&self->checkout);
  g_clear_object (&self->keys);
  G_OBJECT_CLASS (ligdi_history_page_parent_class)->dispose (object);
}

static void
ligdi_history_page_finalize (GObject *object)
{
  LigdiHistoryPage *self = LIGDI_HISTORY_PAGE (object);

  g_ptr_array_unref (self->payments);
  G_OBJECT_CLASS (ligdi_history_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (LIGDI_TYPE_HISTORY_DETAIL);
  g_type_ensure (LIGDI_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, notice);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, back);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, shop);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, day);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, next_day);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, taken);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, n_paid);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, n_pending);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, sum_pending);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, list);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, detail);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_previous_day_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_next_day_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_check);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
}

static void
ligdi_history_page_class_init (LigdiHistoryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ligdi_history_page_dispose;
  object_class->finalize = ligdi_history_page_finalize;
  widget_class->map = ligdi_history_page_map;

  /**
   * LigdiHistoryPage::back:
   * @self: the page
   *
   * The cashier goes back to what was on the screen before.
   */
  signals[SIGNAL_BACK] = g_signal_new ("back", LIGDI_TYPE_HISTORY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
  /**
   * LigdiHistoryPage::open-payment:
   * @self: the page
   * @payment: a payment of the list
   *
   * The cashier wants its result on the whole window.
   */
  signals[SIGNAL_OPEN_PAYMENT] = g_signal_new ("open-payment", LIGDI_TYPE_HISTORY_PAGE,
                                               G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                               1, LIGDI_TYPE_PAYMENT);
  bind_template (widget_class);
}

static void
ligdi_history_page_init (LigdiHistoryPage *self)
{
  self->payments = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->keys = ligdi_key_watch_new (GTK_WIDGET (self), on_key);
}

/**
 * ligdi_history_page_new:
 *
 * Returns: (transfer floating): an empty page
 */
GtkWidget *
ligdi_history_page_new (void)
{
  return g_object_new (LIGDI_TYPE_HISTORY_PAGE, NULL);
}

/**
 * ligdi_history_page_set_checkout:
 * @self: a history page
 * @checkout: whose payments to show
 */
void
ligdi_history_page_set_checkout (LigdiHistoryPage *self, LigdiCheckout *checkout)
{
  g_return_if_fail (LIGDI_IS_HISTORY_PAGE (self));

  g_set_object (&self->checkout, checkout);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    ligdi_history_page_refresh (self);
}

/**
 * ligdi_history_page_set_shop:
 * @self: a history page
 * @name: (nullable): the shop's name
 * @till: (nullable): what the till is called
 */
void
ligdi_history_page_set_shop (LigdiHistoryPage *self, const char *name, const char *till)
{
  g_autofree char *both = NULL;

  g_return_if_fail (LIGDI_IS_HISTORY_PAGE (self));

  both = g_strdup_printf ("%s · %s", name != NULL ? name : "", till != NULL ? till : "");
  gtk_label_set_label (self->shop, till != NULL && *till != '\0' ? both : name);
  ligdi_history_detail_set_till (self->detail, till);
}

/**
 * ligdi_history_page_refresh:
 * @self: a history page with a checkout
 *
 * Reads the day's payments again. The selected payment stays selected.
 */
void
ligdi_history_page_refresh (LigdiHistoryPage *self)
{
  LigdiPayment *selected;
  gint64 selected_id;
  g_autofree char *day = NULL;

  g_return_if_fail (LIGDI_IS_HISTORY_PAGE (self));
  g_return_if_fail (self->checkout != NULL);

  selected = get_selected (self);
  selected_id = selected != NULL ? ligdi_payment_get_record (selected)->id : 0;
  day = ligdi_dates_format_day (ligdi_dates_get_day_start (ligdi_dates_now (), self->day_offset));
  gtk_label_set_label (self->day, day);
  gtk_widget_set_sensitive (self->next_day, self->day_offset < 0);
  load_payments (self);
  fill_list (self, selected_id);
  refresh_totals (self);
  refresh_detail (self);
}
