/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-history-page.h"

#include "ligdi-dates.h"
#include "ligdi-history-detail.h"
#include "ligdi-history-filter.h"
#include "ligdi-history-list.h"
#include "ligdi-history-totals.h"
#include "ligdi-key-watch.h"
#include "ligdi-message.h"
#include "ligdi-notice.h"

#include <glib/gi18n.h>

/* The payments of a day, of a search, or those that must not be forgotten; any one can be
 * looked at and asked about again. */

/* Nobody reads more than that; a longer search text finds less. */
#define LIST_LIMIT 500

enum
{
  SIGNAL_BACK,
  SIGNAL_OPEN_PAYMENT,
  SIGNAL_SHOW_CODE,
  SIGNAL_CLOSING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiHistoryPage
{
  GtkBox parent_instance;

  LigdiNotice *notice;
  GtkWidget *tools;
  GtkEntry *search;
  GtkWidget *days;
  GtkLabel *day;
  GtkWidget *next_day;
  LigdiHistoryFilter *filter;
  LigdiHistoryTotals *totals;
  LigdiHistoryList *list;
  LigdiHistoryDetail *detail;

  LigdiKeyWatch *keys;
  LigdiCheckout *checkout;
  GPtrArray *payments; /* LigdiPayment: all that were found, whatever is filtered */
  LigdiPayment *closing; /* what shall be closed, or NULL */
  char *closing_reason;
  gboolean closing_kept;
  int day_offset;      /* 0 is today, -1 yesterday */
  gboolean to_follow;
};

G_DEFINE_FINAL_TYPE (LigdiHistoryPage, ligdi_history_page, GTK_TYPE_BOX)

static void
show_error (LigdiHistoryPage *self, const GError *error)
{
  LigdiMessage message = ligdi_message_for_error ((LigdiError) error->code, NULL);

  g_message ("%s", error->message);
  ligdi_notice_show (self->notice, message.title, message.sentence);
}

static char *
get_search (LigdiHistoryPage *self)
{
  return g_strstrip (g_strdup (gtk_entry_get_text (self->search)));
}

static gboolean
is_searching (LigdiHistoryPage *self)
{
  g_autofree char *text = get_search (self);

  return *text != '\0';
}

static LigdiPayment *
get_selected (LigdiHistoryPage *self)
{
  return ligdi_history_list_get_selected (self->list);
}

static void
refresh_detail (LigdiHistoryPage *self)
{
  LigdiPayment *payment = get_selected (self);
  g_autoptr (GPtrArray) journal = NULL;
  g_autoptr (LigdiPayment) counterpart = NULL;
  g_autoptr (GError) error = NULL;

  if (payment == NULL)
    {
      ligdi_history_detail_set_payment (self->detail, NULL, NULL, NULL, FALSE);
      return;
    }
  journal = ligdi_checkout_list_journal (self->checkout, payment, &error);
  if (journal == NULL
      || (ligdi_payment_get_record (payment)->follow_up != LIGDI_FOLLOW_UP_NONE
          && !ligdi_checkout_load_counterpart (self->checkout, payment, &counterpart, &error)))
    show_error (self, error);
  ligdi_history_detail_set_payment (
      self->detail, ligdi_payment_get_record (payment), journal,
      counterpart != NULL ? ligdi_payment_get_record (counterpart) : NULL,
      ligdi_checkout_is_online (self->checkout));
}

static void
refresh_totals (LigdiHistoryPage *self)
{
  gint64 now = ligdi_dates_now ();
  gint64 takings;
  gint64 n_paid;
  g_autoptr (GError) error = NULL;

  ligdi_history_filter_count (self->filter, self->payments);
  if (!ligdi_checkout_sum_takings (self->checkout,
                                   ligdi_dates_get_day_start (now, self->day_offset),
                                   ligdi_dates_get_day_start (now, self->day_offset + 1), &n_paid,
                                   &takings, &error))
    {
      show_error (self, error);
      return;
    }
  ligdi_history_totals_set (self->totals, n_paid, takings, self->payments);
}

static const char *
describe_emptiness (LigdiHistoryPage *self)
{
  if (self->to_follow)
    return _("Nothing to follow up");
  if (is_searching (self))
    return _("No payment found");
  return self->payments->len > 0 ? _("None of this kind") : _("No payments that day");
}

static gboolean
is_wanted (LigdiHistoryPage *self, LigdiPayment *payment)
{
  return self->to_follow
         || ligdi_history_filter_lets_through (self->filter, ligdi_payment_get_record (payment));
}

static void
refill (LigdiHistoryPage *self)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();

  for (guint i = 0; i < self->payments->len; i++)
    if (is_wanted (self, g_ptr_array_index (self->payments, i)))
      g_ptr_array_add (wanted, g_ptr_array_index (self->payments, i));
  ligdi_history_list_set_payments (self->list, wanted,
                                   ligdi_checkout_is_online (self->checkout),
                                   describe_emptiness (self));
  refresh_totals (self);
  refresh_detail (self);
}

static void
on_payment_changed (LigdiPayment *payment, LigdiHistoryPage *self)
{
  if (!is_wanted (self, payment)
      || !ligdi_history_list_refresh (self->list, payment,
                                      ligdi_checkout_is_online (self->checkout)))
    {
      refill (self);
      return;
    }
  refresh_totals (self);
  if (payment == get_selected (self))
    refresh_detail (self);
}

static void
drop_payments (LigdiHistoryPage *self)
{
  for (guint i = 0; i < self->payments->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->payments, i), self);
  g_ptr_array_set_size (self->payments, 0);
}

static GPtrArray *
find_payments (LigdiHistoryPage *self, GError **error)
{
  gint64 now = ligdi_dates_now ();
  g_autofree char *text = get_search (self);

  if (self->to_follow)
    return ligdi_checkout_list_to_follow (self->checkout, LIST_LIMIT, error);
  if (*text != '\0')
    return ligdi_checkout_search (self->checkout, text, LIST_LIMIT, error);
  return ligdi_checkout_list_payments (self->checkout,
                                       ligdi_dates_get_day_start (now, self->day_offset),
                                       ligdi_dates_get_day_start (now, self->day_offset + 1),
                                       error);
}

static void
load_payments (LigdiHistoryPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) payments = find_payments (self, &error);

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
}

static void
go_to_day (LigdiHistoryPage *self, int offset)
{
  if (offset > 0 || self->to_follow || is_searching (self))
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

/* A search is over before the page is. */
static void
go_back (LigdiHistoryPage *self)
{
  if (!self->to_follow && is_searching (self))
    {
      gtk_entry_set_text (self->search, "");
      return;
    }
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

static void
on_search_changed (GtkEditable *editable, LigdiHistoryPage *self)
{
  if (self->checkout == NULL)
    return;
  ligdi_history_filter_reset (self->filter);
  ligdi_history_page_refresh (self);
}

static void
on_filter_changed (LigdiHistoryFilter *filter, LigdiHistoryPage *self)
{
  if (self->checkout == NULL)
    return;
  refill (self);
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
on_selected (LigdiHistoryList *list, LigdiHistoryPage *self)
{
  if (self->checkout != NULL)
    refresh_detail (self);
}

static void
on_activated (LigdiHistoryList *list, LigdiHistoryPage *self)
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

static void
on_show_code (LigdiHistoryDetail *detail, LigdiHistoryPage *self)
{
  LigdiPayment *payment = get_selected (self);

  if (payment != NULL)
    g_signal_emit (self, signals[SIGNAL_SHOW_CODE], 0, payment);
}

/* The one that was rung up in its stead may be of any day. */
static void
on_show_other (LigdiHistoryDetail *detail, const char *reference, LigdiHistoryPage *self)
{
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
  gtk_entry_set_text (self->search, reference);
}

static void
on_close (LigdiHistoryDetail *detail, const char *reason, gboolean kept, LigdiHistoryPage *self)
{
  LigdiPayment *payment = get_selected (self);

  if (payment == NULL)
    return;
  ligdi_notice_hide (self->notice);
  g_set_object (&self->closing, payment);
  g_free (self->closing_reason);
  self->closing_reason = g_strdup (reason);
  self->closing_kept = kept;
  g_signal_emit (self, signals[SIGNAL_CLOSING], 0,
                 ligdi_payment_get_record (payment)->follow_up == LIGDI_FOLLOW_UP_WRONG_AMOUNT);
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
  else if (key->command && gdk_keyval_to_lower (key->keyval) == GDK_KEY_f && !self->to_follow)
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* Whoever types means to search, wherever the focus is; except where a remark is typed. */
static gboolean
type (LigdiHistoryPage *self, const LigdiKey *key)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (gtk_widget_get_toplevel (GTK_WIDGET (self))));
  int position = -1;
  g_autofree char *digit = NULL;

  if (self->to_follow || (GTK_IS_ENTRY (focus) && focus != GTK_WIDGET (self->search)))
    return GDK_EVENT_PROPAGATE;
  if (focus != GTK_WIDGET (self->search))
    gtk_entry_grab_focus_without_selecting (self->search);
  /* A reference has dashes, and no other character of a French keyboard's upper row. */
  if (key->kind != LIGDI_KEY_DIGIT || !key->from_position || key->character == '-')
    return GDK_EVENT_PROPAGATE;
  digit = g_strdup_printf ("%d", key->digit);
  gtk_editable_delete_selection (GTK_EDITABLE (self->search));
  position = gtk_editable_get_position (GTK_EDITABLE (self->search));
  gtk_editable_insert_text (GTK_EDITABLE (self->search), digit, -1, &position);
  gtk_editable_set_position (GTK_EDITABLE (self->search), position);
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
      if (!ligdi_history_detail_stop_asking (self->detail))
        go_back (self);
      return GDK_EVENT_STOP;
    case LIGDI_KEY_ENTER:
      if (ligdi_key_watch_is_on_other_button (self->keys, NULL)
          || ligdi_history_detail_is_asking (self->detail))
        return GDK_EVENT_PROPAGATE;
      open_selected (self);
      return GDK_EVENT_STOP;
    case LIGDI_KEY_IGNORED:
    case LIGDI_KEY_SCAN:
    case LIGDI_KEY_SCAN_END:
      return GDK_EVENT_STOP;
    case LIGDI_KEY_DIGIT:
    case LIGDI_KEY_TEXT:
      return type (self, key);
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
  GTK_WIDGET_CLASS (ligdi_history_page_parent_class)->map (widget);
  ligdi_history_list_focus (LIGDI_HISTORY_PAGE (widget)->list);
}

static void
ligdi_history_page_dispose (GObject *object)
{
  LigdiHistoryPage *self = LIGDI_HISTORY_PAGE (object);

  if (self->payments != NULL)
    drop_payments (self);
  g_clear_object (&self->closing);
  g_clear_pointer (&self->closing_reason, g_free);
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
  g_type_ensure (LIGDI_TYPE_HISTORY_FILTER);
  g_type_ensure (LIGDI_TYPE_HISTORY_LIST);
  g_type_ensure (LIGDI_TYPE_HISTORY_TOTALS);
  g_type_ensure (LIGDI_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, notice);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, tools);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, search);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, days);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, day);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, next_day);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, filter);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, totals);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, list);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryPage, detail);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_previous_day_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_next_day_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_check);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_show_code);
  gtk_widget_class_bind_template_callback (widget_class, on_show_other);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
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
  /**
   * LigdiHistoryPage::show-code:
   * @self: the page
   * @payment: a payment without a verdict
   *
   * Its customer wants to pay on a phone after all.
   */
  signals[SIGNAL_SHOW_CODE] = g_signal_new ("show-code", LIGDI_TYPE_HISTORY_PAGE,
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                            1, LIGDI_TYPE_PAYMENT);

  /**
   * LigdiHistoryPage::closing:
   * @self: the page
   * @wrong_amount: whether it is about a wrong amount
   *
   * Somebody wants to close what waits for a person; see ligdi_history_page_close_follow_up().
   */
  signals[SIGNAL_CLOSING] = g_signal_new ("closing", LIGDI_TYPE_HISTORY_PAGE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
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
 * ligdi_history_page_set_till:
 * @self: a history page
 * @till: (nullable): what the till is called
 */
void
ligdi_history_page_set_till (LigdiHistoryPage *self, const char *till)
{
  g_return_if_fail (LIGDI_IS_HISTORY_PAGE (self));

  ligdi_history_detail_set_till (self->detail, till);
}

/**
 * ligdi_history_page_set_to_follow:
 * @self: a history page with a checkout
 * @to_follow: whether to show what must not be forgotten, whatever its day
 */
void
ligdi_history_page_set_to_follow (LigdiHistoryPage *self, gboolean to_follow)
{
  g_return_if_fail (LIGDI_IS_HISTORY_PAGE (self));

  self->to_follow = to_follow;
  ligdi_history_page_refresh (self);
}

/**
 * ligdi_history_page_get_selected:
 * @self: a history page
 *
 * Returns: (transfer none) (nullable): the payment whose details it shows
 */
LigdiPayment *
ligdi_history_page_get_selected (LigdiHistoryPage *self)
{
  g_return_val_if_fail (LIGDI_IS_HISTORY_PAGE (self), NULL);

  return get_selected (self);
}

/**
 * ligdi_history_page_refresh:
 * @self: a history page with a checkout
 *
 * Reads the payments again. The selected payment stays selected.
 */
void
ligdi_history_page_refresh (LigdiHistoryPage *self)
{
  gboolean searching;
  g_autofree char *day = NULL;

  g_return_if_fail (LIGDI_IS_HISTORY_PAGE (self));
  g_return_if_fail (self->checkout != NULL);

  searching = is_searching (self);
  day = ligdi_dates_format_day (ligdi_dates_get_day_start (ligdi_dates_now (), self->day_offset));
  gtk_label_set_label (self->day, day);
  gtk_widget_set_sensitive (self->days, !searching);
  gtk_widget_set_sensitive (self->next_day, self->day_offset < 0);
  gtk_widget_set_visible (self->tools, !self->to_follow);
  gtk_widget_set_visible (GTK_WIDGET (self->filter), !self->to_follow);
  gtk_widget_set_visible (GTK_WIDGET (self->totals), !self->to_follow && !searching);
  ligdi_history_list_set_kind (self->list, self->to_follow, self->to_follow || searching);
  load_payments (self);
  refill (self);
}

/**
 * ligdi_history_page_hear_of:
 * @self: a history page with a checkout
 * @payment: a payment that has moved on
 *
 * Payments that are listed say so themselves. This is for those that are new, and for the
 * list of those that must not be forgotten, which they come into and go out of.
 */
void
ligdi_history_page_hear_of (LigdiHistoryPage *self, LigdiPayment *payment)
{
  g_return_if_fail (LIGDI_IS_HISTORY_PAGE (self));
  g_return_if_fail (LIGDI_IS_PAYMENT (payment));

  if (self->to_follow
      || (!is_searching (self) && self->day_offset == 0
          && !g_ptr_array_find (self->payments, payment, NULL)))
    ligdi_history_page_refresh (self);
}

/**
 * ligdi_history_page_close_follow_up:
 * @self: a page where somebody wants to close something
 *
 * Closes it.
 */
void
ligdi_history_page_close_follow_up (LigdiHistoryPage *self)
{
  g_autoptr (LigdiPayment) payment = NULL;
  g_autofree char *reason = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (LIGDI_IS_HISTORY_PAGE (self));

  payment = g_steal_pointer (&self->closing);
  reason = g_steal_pointer (&self->closing_reason);
  if (payment != NULL
      && !ligdi_checkout_close_follow_up (self->checkout, payment, reason, self->closing_kept,
                                          &error))
    show_error (self, error);
}
