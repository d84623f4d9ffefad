/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-window-private.h"

#include "ligdi-error.h"
#include "ligdi-key-watch.h"
#include "ligdi-message.h"
#include "ligdi-money.h"
#include "ligdi-trace.h"

#include <glib/gi18n.h>

/* What the cashier decides on the pages, and what the checkout is told of it. */

static LigdiPayment *
get_repeat (LigdiWindow *self)
{
  return self->repeats != NULL && self->repeats->len > 0 ? g_ptr_array_index (self->repeats, 0)
                                                         : NULL;
}

/**
 * ligdi_window_may_charge:
 * @self: a window
 * @total: what is about to be charged, francs XOF
 * @opening: where its page would be opened
 *
 * The same amount as a moment ago: the cashier knows whether it is the same customer, and is
 * asked.
 *
 * Returns: whether it may be charged now
 */
gboolean
ligdi_window_may_charge (LigdiWindow *self, gint64 total, int opening)
{
  g_autoptr (GPtrArray) repeats = NULL;

  if (self->insisting && total == self->repeat_total)
    return TRUE;
  ligdi_window_close_repeat (self);
  repeats = ligdi_checkout_list_repeats (self->checkout, total);
  if (repeats == NULL)
    return FALSE;
  if (repeats->len == 0)
    return TRUE;
  self->repeats = g_steal_pointer (&repeats);
  self->repeat_of = g_strdup (ligdi_payment_get_record (get_repeat (self))->reference);
  self->repeat_total = total;
  self->repeat_opening = opening;
  self->repeat_charge = g_strdup (self->offered);
  /* In a kiosk nobody may see what another customer paid. */
  if (self->kiosk)
    ligdi_repeat_bar_ask_customer (self->repeat_bar);
  else
    ligdi_repeat_bar_ask (self->repeat_bar, ligdi_payment_get_record (get_repeat (self)));
  return FALSE;
}

static void
on_repeat_look (LigdiRepeatBar *bar, gpointer user_data)
{
  LigdiWindow *self = user_data;
  g_autoptr (LigdiPayment) found = NULL;

  if (get_repeat (self) == NULL || self->payment != NULL)
    return;
  found = g_object_ref (get_repeat (self));
  ligdi_window_close_repeat (self);
  ligdi_window_look_up (self, found);
}

static void
on_repeat_same (LigdiRepeatBar *bar, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (get_repeat (self) != NULL && self->payment == NULL)
    ligdi_checkout_avoid_repeat (self->checkout, get_repeat (self), NULL);
  ligdi_window_close_repeat (self);
  gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
on_repeat_other (LigdiRepeatBar *bar, gpointer user_data)
{
  LigdiWindow *self = user_data;

  /* The answer is about what was asked. */
  if (g_strcmp0 (self->repeat_charge, self->offered) != 0)
    {
      ligdi_window_close_repeat (self);
      return;
    }
  /* One answer is about all of them where none is shown. */
  if (get_repeat (self) != NULL)
    g_ptr_array_remove_range (self->repeats, 0, self->kiosk ? self->repeats->len : 1);
  if (get_repeat (self) != NULL)
    {
      ligdi_repeat_bar_ask (self->repeat_bar, ligdi_payment_get_record (get_repeat (self)));
      return;
    }
  self->insisting = TRUE;
  if (self->offered != NULL)
    ligdi_charge_page_accept (self->charge_page, self->repeat_opening);
  else
    ligdi_sale_page_charge (self->sale_page, self->repeat_opening);
  self->insisting = FALSE;
}

static void
on_charge (LigdiSalePage *page, const LigdiSale *sale, int opening, gpointer user_data)
{
  LigdiWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiPayment) payment = NULL;

  /* Whatever was pressed and however often: one payment on this screen. */
  if (self->payment != NULL || self->checkout == NULL || self->failure != NULL)
    return;
  ligdi_trace_now ("charge pressed");
  if (!ligdi_window_may_charge (self, ligdi_sale_get_total (sale), opening))
    return;
  payment = ligdi_checkout_begin (self->checkout, sale,
                                  ligdi_window_choose_opening (self, opening), self->repeat_of,
                                  &error);
  ligdi_window_close_repeat (self);
  if (payment == NULL)
    ligdi_window_show_error (self, error, NULL);
  else
    ligdi_window_set_payment (self, payment);
}

static void
on_typing_started (LigdiSalePage *page, gpointer user_data)
{
  LigdiWindow *self = user_data;
  g_autofree char *origin = NULL;

  if (self->checkout == NULL
      || (self->sandbox != LIGDI_SANDBOX_ON && self->sandbox != LIGDI_SANDBOX_OFF))
    return;
  origin = ligdi_checkout_expect_payment (self->checkout);
  if (self->opening == LIGDI_OPENING_HERE || self->opening == LIGDI_OPENING_WINDOW)
    ligdi_payment_view_warm (self->payment_view, origin);
}

static void
on_page_left (LigdiPaymentView *view, int exit, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (self->payment == NULL)
    return;
  if (ligdi_payment_get_state (self->payment) == LIGDI_PAYMENT_STATE_CREATING)
    ligdi_checkout_cancel_creating (self->checkout, self->payment, NULL);
  else
    ligdi_checkout_leave_page (self->checkout, self->payment, (LigdiExit) exit, NULL);
}

/* A scanner that is bumped into while the customer pays writes into the page what page and
 * customer do not mean; at least it does not send it. */
static gboolean
on_key_while_paying (const LigdiKey *key, gpointer view)
{
  LigdiWindow *self = LIGDI_WINDOW (gtk_widget_get_toplevel (view));

  if (!ligdi_window_has_customer (self))
    return GDK_EVENT_PROPAGATE;
  return key->kind == LIGDI_KEY_SCAN || key->kind == LIGDI_KEY_SCAN_END
         || (key->kind == LIGDI_KEY_IGNORED && !key->repeated);
}

static void
on_page_trouble (LigdiPaymentView *view, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (self->payment != NULL)
    ligdi_checkout_check_now (self->checkout, self->payment, NULL);
}

static void
on_continue_in_background (LigdiVerifyingPage *page, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (self->payment != NULL)
    ligdi_checkout_stop_waiting (self->checkout, self->payment, NULL);
  ligdi_window_set_payment (self, NULL);
}

/* The next page comes a moment after the cashier's decision; until then the old one must not
 * act on the new payment. */
static gboolean
has_result (LigdiWindow *self)
{
  LigdiPaymentState state;

  if (self->payment == NULL)
    return FALSE;
  state = ligdi_payment_get_state (self->payment);
  return state != LIGDI_PAYMENT_STATE_CREATING && state != LIGDI_PAYMENT_STATE_AWAITING;
}

static void
on_new_sale (LigdiResultPage *page, gpointer user_data)
{
  if (has_result (user_data))
    ligdi_window_set_payment (user_data, NULL);
}

static void
begin_again (LigdiWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiPayment) again
      = ligdi_checkout_begin_again (self->checkout, self->payment,
                                    ligdi_window_choose_opening (self, -1), &error);

  if (again == NULL)
    {
      ligdi_window_set_payment (self, NULL);
      ligdi_window_show_error (self, error, NULL);
      return;
    }
  ligdi_window_set_payment (self, again);
}

/* Until somebody has looked whether pages can be locked up, none is opened. */
static gboolean
may_open_page (LigdiWindow *self)
{
  return has_result (self) && self->sandbox != LIGDI_SANDBOX_UNKNOWN;
}

static void
on_retry (LigdiResultPage *page, gpointer user_data)
{
  if (may_open_page (user_data))
    begin_again (user_data);
}

static void
on_edit_sale (LigdiResultPage *page, gpointer user_data)
{
  LigdiWindow *self = user_data;
  g_autoptr (LigdiPayment) payment = NULL;
  gboolean offered;

  if (!has_result (self))
    return;
  payment = g_object_ref (self->payment);
  offered = ligdi_window_offer_again (self, payment);
  ligdi_window_set_payment (self, NULL);
  if (!offered)
    ligdi_window_restore_sale (self, payment);
}

static void
on_check_now (LigdiResultPage *page, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (has_result (self))
    ligdi_checkout_check_now (self->checkout, self->payment, NULL);
}

static void
on_reopen_page (LigdiResultPage *page, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (!may_open_page (self))
    return;
  self->looked_up = FALSE;
  ligdi_checkout_open_page (
      self->checkout, self->payment,
      ligdi_window_choose_opening (self, (int) ligdi_payment_get_record (self->payment)->opening),
      NULL);
}

/* The cashier goes on without the payment on screen. */
static void
go_on (LigdiWindow *self,
       gboolean (*way) (LigdiCheckout *checkout, LigdiPayment *payment, GError **error),
       const char *title, const char *sentence)
{
  g_autoptr (GError) error = NULL;
  gboolean success;

  if (!has_result (self))
    return;
  success = way (self->checkout, self->payment, &error);
  ligdi_window_set_payment (self, NULL);
  if (success)
    ligdi_notice_show (ligdi_window_get_notice (self), title, sentence);
  else
    ligdi_window_show_error (self, error, NULL);
}

static void
on_pay_cash (LigdiResultPage *page, gpointer user_data)
{
  LigdiWindow *self = user_data;
  g_autofree char *amount = NULL;
  g_autofree char *sentence = NULL;

  if (self->payment == NULL)
    return;
  amount = ligdi_money_format (ligdi_payment_get_record (self->payment)->amount);
  /* Translators: %s is an amount. */
  sentence = g_strdup_printf (
      _("%s in cash is recorded. Tell the customer: no more paying by phone."), amount);
  go_on (self, ligdi_checkout_settle_in_cash, _("Paid in cash"), sentence);
}

static void
give_up (LigdiWindow *self)
{
  /* The money may have come while the code was typed. */
  if (self->payment != NULL
      && ligdi_payment_get_state (self->payment) == LIGDI_PAYMENT_STATE_UNRESOLVED)
    go_on (self, ligdi_checkout_give_up, _("Payment given up"),
           _("LigdiPay still watches it. Tell the customer: no more paying by phone."));
}

static void
on_give_up (LigdiResultPage *page, gpointer user_data)
{
  if (has_result (user_data))
    ligdi_window_approve (user_data, give_up);
}

static void
close_follow_up (LigdiWindow *self)
{
  ligdi_history_page_close_follow_up (self->history_page);
}

/* Whether the shop keeps money that nobody asked for is not for everybody to say. */
static void
on_closing (LigdiHistoryPage *page, gboolean wrong_amount, gpointer user_data)
{
  if (wrong_amount)
    ligdi_window_approve (user_data, close_follow_up);
  else
    close_follow_up (user_data);
}

static void
on_open_payment (LigdiHistoryPage *page, LigdiPayment *payment, gpointer user_data)
{
  ligdi_window_look_up (user_data, payment);
}

static void
on_history_back (LigdiHistoryPage *page, gpointer user_data)
{
  ligdi_window_go_back (user_data);
}

static void
on_show_code (LigdiHistoryPage *page, LigdiPayment *payment, gpointer user_data)
{
  LigdiWindow *self = user_data;
  g_autoptr (GError) error = NULL;

  if (ligdi_checkout_open_page (self->checkout, payment, LIGDI_OPENING_PHONE, &error))
    ligdi_window_show_payment (self, payment);
  else
    ligdi_window_show_error (self, error, NULL);
}

static gpointer
add_page (LigdiWindow *self, GtkWidget *page)
{
  gtk_widget_show (page);
  gtk_container_add (GTK_CONTAINER (self->stack), page);
  return page;
}

/**
 * ligdi_window_look_up:
 * @self: a window
 * @payment: any payment
 *
 * Shows how it stands. One whose customer took the code along has the code on screen again.
 */
void
ligdi_window_look_up (LigdiWindow *self, LigdiPayment *payment)
{
  const LigdiPaymentRecord *record;

  g_return_if_fail (LIGDI_IS_WINDOW (self));
  g_return_if_fail (LIGDI_IS_PAYMENT (payment));

  /* A till that is locked has it among those to follow up, for whoever comes. */
  if (self->locked)
    return;
  record = ligdi_payment_get_record (payment);
  if (ligdi_payment_record_is_aside (record))
    ligdi_checkout_open_page (self->checkout, payment, record->opening, NULL);
  ligdi_window_show_payment (self, payment);
  self->looked_up = ligdi_payment_get_state (payment) != LIGDI_PAYMENT_STATE_AWAITING;
  ligdi_window_update_customer (self);
}

/**
 * ligdi_window_enter_history:
 * @self: a window
 * @to_follow: whether to show what must not be forgotten instead of a day
 */
void
ligdi_window_enter_history (LigdiWindow *self, gboolean to_follow)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "to-follow");

  self->place = to_follow ? LIGDI_PLACE_TO_FOLLOW : LIGDI_PLACE_HISTORY;
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (to_follow));
  ligdi_history_page_set_to_follow (self->history_page, to_follow);
  ligdi_window_route (self);
}

/**
 * ligdi_window_turn_to:
 * @self: a window
 * @history: whether the history shall be on screen, or the counter
 *
 * Nothing turns while a customer pays, while a code or a name is asked for, or in a kiosk.
 */
void
ligdi_window_turn_to (LigdiWindow *self, gboolean history)
{
  g_return_if_fail (LIGDI_IS_WINDOW (self));

  /* Where the counter is not to be seen the customer's page still is. */
  if (self->checkout == NULL || !gtk_widget_get_visible (self->counter)
      || ligdi_window_has_customer (self) || ligdi_window_is_guided (self))
    return;
  if (history)
    ligdi_window_enter_history (self, FALSE);
  else if (self->place != LIGDI_PLACE_COUNTER)
    {
      self->place = LIGDI_PLACE_COUNTER;
      ligdi_window_route (self);
    }
}

/**
 * ligdi_window_go_back:
 * @self: a window
 *
 * From what must not be forgotten to the day, from the choice of money to the preferences, and
 * from everywhere else to the counter, where it is as it was.
 */
void
ligdi_window_go_back (LigdiWindow *self)
{
  if (self->place == LIGDI_PLACE_TO_FOLLOW)
    {
      ligdi_window_enter_history (self, FALSE);
      return;
    }
  if (self->welcome_page != NULL)
    {
      ligdi_window_leave_welcome (self);
      return;
    }
  if (self->place == LIGDI_PLACE_CODE)
    {
      ligdi_window_leave_code (self);
      return;
    }
  if (self->locked)
    return;
  self->place = self->place == LIGDI_PLACE_MONEY ? LIGDI_PLACE_PREFERENCES : LIGDI_PLACE_COUNTER;
  ligdi_window_route (self);
}

/**
 * ligdi_window_get_place_page:
 * @self: a window that is not at the counter
 *
 * Returns: (transfer none): the page of the place where somebody is
 */
gpointer
ligdi_window_get_place_page (LigdiWindow *self)
{
  switch (self->place)
    {
    case LIGDI_PLACE_COUNTER:
      break;
    case LIGDI_PLACE_HISTORY:
    case LIGDI_PLACE_TO_FOLLOW:
      return self->history_page;
    case LIGDI_PLACE_PREFERENCES:
      return self->preferences_page;
    case LIGDI_PLACE_WELCOME:
      return self->welcome_page;
    case LIGDI_PLACE_MONEY:
      return self->money_page;
    case LIGDI_PLACE_CODE:
      return self->code_page;
    case LIGDI_PLACE_IDLE:
      return self->idle_page;
    case LIGDI_PLACE_LOCK:
      return self->lock_page;
    }
  return self->sale_page;
}

/**
 * ligdi_window_is_guided:
 * @self: a window
 *
 * Returns: whether somebody is being asked what must be answered first
 */
gboolean
ligdi_window_is_guided (LigdiWindow *self)
{
  return self->place == LIGDI_PLACE_WELCOME || self->place == LIGDI_PLACE_MONEY
         || self->place == LIGDI_PLACE_CODE || self->locked || self->kiosk;
}

/**
 * ligdi_window_is_in_history:
 * @self: a window
 *
 * Returns: whether the payments of a day or those to follow up are on screen
 */
gboolean
ligdi_window_is_in_history (LigdiWindow *self)
{
  return self->place == LIGDI_PLACE_HISTORY || self->place == LIGDI_PLACE_TO_FOLLOW;
}

/**
 * ligdi_window_close_repeat:
 * @self: a window
 *
 * Asks no longer whether it is the same customer.
 */
void
ligdi_window_close_repeat (LigdiWindow *self)
{
  g_clear_pointer (&self->repeats, g_ptr_array_unref);
  g_clear_pointer (&self->repeat_of, g_free);
  g_clear_pointer (&self->repeat_charge, g_free);
  ligdi_repeat_bar_close (self->repeat_bar);
}

/**
 * ligdi_window_show_error:
 * @self: a window
 * @error: why something did not happen
 * @sub_code: (nullable): the gateway's sub-code
 *
 * Says on the sale page what happened and what to do.
 */
void
ligdi_window_show_error (LigdiWindow *self, const GError *error, const char *sub_code)
{
  LigdiMessage message = ligdi_message_for_error ((LigdiError) error->code, sub_code);

  ligdi_notice_show (ligdi_window_get_notice (self), message.title, message.sentence);
}

/**
 * ligdi_window_restore_sale:
 * @self: a window
 * @payment: a payment that is over
 *
 * Puts its sale back on the sale page, to be charged anew or changed.
 */
void
ligdi_window_restore_sale (LigdiWindow *self, LigdiPayment *payment)
{
  g_autoptr (LigdiSale) sale = ligdi_checkout_load_sale (self->checkout, payment, NULL);

  if (sale != NULL)
    ligdi_sale_page_restore_sale (self->sale_page, sale);
}

/**
 * ligdi_window_add_sale_page:
 * @self: a window
 *
 * Makes the one page it takes to type an amount.
 */
void
ligdi_window_add_sale_page (LigdiWindow *self)
{
  self->sale_page = add_page (self, ligdi_sale_page_new ());
  g_signal_connect (self->sale_page, "charge", G_CALLBACK (on_charge), self);
  g_signal_connect (self->sale_page, "typing-started", G_CALLBACK (on_typing_started), self);
  g_signal_connect (self->repeat_bar, "look", G_CALLBACK (on_repeat_look), self);
  g_signal_connect (self->repeat_bar, "same", G_CALLBACK (on_repeat_same), self);
  g_signal_connect (self->repeat_bar, "other", G_CALLBACK (on_repeat_other), self);
}

/**
 * ligdi_window_add_other_pages:
 * @self: a window
 *
 * Makes the pages that nobody sees before the till can charge.
 */
void
ligdi_window_add_other_pages (LigdiWindow *self)
{
  self->payment_view = LIGDI_PAYMENT_VIEW (ligdi_payment_view_new ());
  gtk_overlay_add_overlay (self->layers, GTK_WIDGET (self->payment_view));
  gtk_overlay_reorder_overlay (self->layers, GTK_WIDGET (self->payment_view), 0);
  g_object_set_data_full (
      G_OBJECT (self->payment_view), "keys",
      ligdi_key_watch_new (GTK_WIDGET (self->payment_view), on_key_while_paying), g_object_unref);
  self->verifying_page = add_page (self, ligdi_verifying_page_new ());
  self->result_page = add_page (self, ligdi_result_page_new ());
  self->history_page = add_page (self, ligdi_history_page_new ());

  ligdi_window_add_openings (self);
  ligdi_window_add_paper (self);
  ligdi_window_add_preferences (self);
  g_signal_connect (self->payment_view, "left", G_CALLBACK (on_page_left), self);
  g_signal_connect (self->payment_view, "trouble", G_CALLBACK (on_page_trouble), self);
  g_signal_connect (self->verifying_page, "continue-in-background",
                    G_CALLBACK (on_continue_in_background), self);
  g_signal_connect (self->result_page, "new-sale", G_CALLBACK (on_new_sale), self);
  g_signal_connect (self->result_page, "next-customer", G_CALLBACK (on_new_sale), self);
  g_signal_connect (self->result_page, "manager-told", G_CALLBACK (on_new_sale), self);
  g_signal_connect (self->result_page, "retry", G_CALLBACK (on_retry), self);
  g_signal_connect (self->result_page, "pay-again", G_CALLBACK (on_retry), self);
  g_signal_connect (self->result_page, "edit-sale", G_CALLBACK (on_edit_sale), self);
  g_signal_connect (self->result_page, "check-now", G_CALLBACK (on_check_now), self);
  g_signal_connect (self->result_page, "reopen-page", G_CALLBACK (on_reopen_page), self);
  g_signal_connect (self->result_page, "pay-cash", G_CALLBACK (on_pay_cash), self);
  g_signal_connect (self->result_page, "give-up", G_CALLBACK (on_give_up), self);
  g_signal_connect (self->history_page, "back", G_CALLBACK (on_history_back), self);
  g_signal_connect (self->history_page, "open-payment", G_CALLBACK (on_open_payment), self);
  g_signal_connect (self->history_page, "show-code", G_CALLBACK (on_show_code), self);
  g_signal_connect (self->history_page, "closing", G_CALLBACK (on_closing), self);
}
