/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-checkout"

#include "ligdi-checkout-private.h"

#include "ligdi-address.h"
#include "ligdi-error.h"
#include "ligdi-intent.h"
#include "ligdi-ledger-query.h"
#include "ligdi-page-policy.h"

/* Where a payment's page is opened, and how it is known to be over where no web view of
 * ours sees it. */

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

static gboolean
waits_for_browser (const LigdiPaymentRecord *record)
{
  return (record->state == LIGDI_PAYMENT_STATE_CREATING
          || record->state == LIGDI_PAYMENT_STATE_AWAITING)
         && (record->opening == LIGDI_OPENING_BROWSER
             || ligdi_address_is_loopback_page (record->return_url));
}

static void
on_visited (LigdiReturnListener *listener, const char *uri, gpointer user_data)
{
  g_autoptr (LigdiCheckout) self = g_object_ref (LIGDI_CHECKOUT (user_data));
  g_autoptr (LigdiPayment) visited = NULL;
  LigdiExit exit = LIGDI_EXIT_NONE;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->payments);
  while (visited == NULL && g_hash_table_iter_next (&iter, NULL, &value))
    {
      const LigdiPaymentRecord *record = ligdi_payment_get_record (value);
      LigdiPageDecision decision
          = ligdi_page_policy_decide (record->return_url, record->cancel_url, TRUE, uri);

      if (decision == LIGDI_PAGE_RETURNED)
        exit = LIGDI_EXIT_RETURNED;
      else if (decision == LIGDI_PAGE_CANCELLED)
        exit = LIGDI_EXIT_CANCELLED;
      else
        continue;
      visited = g_object_ref (value);
    }
  if (visited != NULL)
    ligdi_checkout_leave_page (self, visited, exit, NULL);
}

/* Without a way back, polling alone will tell. */
static const char *
open_listener (LigdiCheckout *self)
{
  return self->listener != NULL ? ligdi_return_listener_open (self->listener, NULL) : NULL;
}

static gboolean
reopen (LigdiCheckout *self, LigdiPayment *payment, LigdiPaymentRecord *changed, GError **error)
{
  changed->exit = LIGDI_EXIT_NONE;
  changed->next_check_at = now_ms () + LIGDI_CHECKOUT_PAGE_CHECK_MS;
  if (!ligdi_checkout_step (self, payment, LIGDI_PAYMENT_EVENT_PAGE_REOPENED, changed,
                            ligdi_opening_to_nick (changed->opening), error))
    return FALSE;
  ligdi_patience_end (self->patience, payment);
  ligdi_watcher_add (self->watcher, payment);
  return TRUE;
}

/**
 * ligdi_checkout_make_intent:
 * @self: a checkout
 * @sale: what is sold
 * @opening: where its page is to be opened
 *
 * Returns: (transfer full): the payment to be written down, with addresses to come back to
 *   that fit @opening
 */
LigdiPaymentRecord *
ligdi_checkout_make_intent (LigdiCheckout *self, const LigdiSale *sale, LigdiOpening opening)
{
  const char *place = NULL;

  switch (opening)
    {
    case LIGDI_OPENING_HERE:
    case LIGDI_OPENING_WINDOW:
      break;
    case LIGDI_OPENING_BROWSER:
      place = open_listener (self);
      break;
    case LIGDI_OPENING_PHONE:
      place = self->return_page;
      break;
    }
  return ligdi_intent_new (sale, ligdi_gateway_get_base_url (self->gateway), opening, place,
                           now_ms ());
}

/**
 * ligdi_checkout_close_listener:
 * @self: a checkout
 *
 * Closes the browser's way back when no payment waits for it.
 */
void
ligdi_checkout_close_listener (LigdiCheckout *self)
{
  GHashTableIter iter;
  gpointer value;

  if (self->listener == NULL)
    return;
  g_hash_table_iter_init (&iter, self->payments);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (waits_for_browser (ligdi_payment_get_record (value)))
      return;
  ligdi_return_listener_close (self->listener);
}

/**
 * ligdi_checkout_set_return_page:
 * @self: a checkout
 * @uri: (nullable): the shop's own page, where a customer's phone goes after a payment;
 *   what is no https address counts as none
 */
void
ligdi_checkout_set_return_page (LigdiCheckout *self, const char *uri)
{
  g_return_if_fail (LIGDI_IS_CHECKOUT (self));

  g_free (self->return_page);
  self->return_page
      = uri != NULL && ligdi_address_is_page (uri, FALSE) ? g_strdup (uri) : NULL;
}

/**
 * ligdi_checkout_set_return_words:
 * @self: a checkout
 * @title: what the computer's browser shows when the page is over
 * @sentence: and what its user should do
 *
 * Lets payments that begin in the browser come back by themselves.
 */
void
ligdi_checkout_set_return_words (LigdiCheckout *self, const char *title, const char *sentence)
{
  g_return_if_fail (LIGDI_IS_CHECKOUT (self));
  g_return_if_fail (self->listener == NULL);

  self->listener = ligdi_return_listener_new (title, sentence);
  g_signal_connect_object (self->listener, "visited", G_CALLBACK (on_visited), self, 0);
}

/**
 * ligdi_checkout_open_page:
 * @self: a checkout
 * @payment: a payment with a page and without a verdict
 * @opening: where
 * @error: return location: %LIGDI_ERROR_STATE when it is open there or cannot be opened, or a
 *   ledger error
 *
 * Opens the payment's page somewhere else, or again: the same link, never a second invoice.
 * Where a page is open, confirm is asked at once, since nobody may be looking at the old
 * place any more.
 *
 * Returns: %FALSE when nothing changed
 */
gboolean
ligdi_checkout_open_page (LigdiCheckout *self, LigdiPayment *payment, LigdiOpening opening,
                          GError **error)
{
  const LigdiPaymentRecord *old;
  g_autoptr (LigdiPaymentRecord) changed = NULL;

  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), FALSE);
  g_return_val_if_fail (LIGDI_IS_PAYMENT (payment), FALSE);

  old = ligdi_payment_get_record (payment);
  changed = ligdi_payment_record_copy (old);
  changed->opening = opening;
  changed->left_at = 0;
  if (old->state != LIGDI_PAYMENT_STATE_AWAITING)
    return reopen (self, payment, changed, error);
  if (old->opening == opening && !ligdi_payment_record_is_aside (old))
    {
      g_set_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE, "%s is open there", old->reference);
      return FALSE;
    }
  if (!ligdi_checkout_note (self, payment, changed, "page-moved", ligdi_opening_to_nick (opening), error))
    return FALSE;
  ligdi_watcher_ask (self->watcher, payment, FALSE);
  return TRUE;
}

/**
 * ligdi_checkout_offer_to_browser:
 * @self: a checkout
 * @payment: a payment that is open in the browser
 * @error: return location: %LIGDI_ERROR_STATE when it is not, %LIGDI_ERROR_OFFLINE when this
 *   computer has no port for it
 *
 * Returns: (transfer full) (nullable): an address for a command line: it leads to the
 *   payment's page once, and holds no token
 */
char *
ligdi_checkout_offer_to_browser (LigdiCheckout *self, LigdiPayment *payment, GError **error)
{
  const LigdiPaymentRecord *record;

  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), NULL);
  g_return_val_if_fail (LIGDI_IS_PAYMENT (payment), NULL);

  record = ligdi_payment_get_record (payment);
  if (self->listener == NULL || record->state != LIGDI_PAYMENT_STATE_AWAITING
      || record->opening != LIGDI_OPENING_BROWSER)
    {
      g_set_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE, "%s is not open in the browser",
                   record->reference);
      return NULL;
    }
  return ligdi_return_listener_offer (self->listener, record->page_url, error);
}

/**
 * ligdi_checkout_set_aside:
 * @self: a checkout
 * @payment: a payment whose customer pays on a phone
 * @error: return location: %LIGDI_ERROR_STATE when nobody can be paying it, or a ledger error
 *
 * The cashier serves the next customer while this one pays. Confirm is asked as before, for
 * a while; ligdi_checkout_open_page() brings the page back.
 *
 * Returns: %FALSE when nothing changed
 */
gboolean
ligdi_checkout_set_aside (LigdiCheckout *self, LigdiPayment *payment, GError **error)
{
  g_autoptr (LigdiPaymentRecord) changed = NULL;

  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), FALSE);
  g_return_val_if_fail (LIGDI_IS_PAYMENT (payment), FALSE);

  changed = ligdi_payment_record_copy (ligdi_payment_get_record (payment));
  if (changed->state != LIGDI_PAYMENT_STATE_AWAITING)
    {
      g_set_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE, "%s is %s", changed->reference,
                   ligdi_payment_state_to_nick (changed->state));
      return FALSE;
    }
  changed->left_at = now_ms ();
  return ligdi_checkout_note (self, payment, changed, "set-aside", NULL, error);
}

/**
 * ligdi_checkout_expect_payment:
 * @self: a checkout
 *
 * The cashier has begun to type: a payment may come. Opens a connection to the gateway.
 *
 * Returns: (transfer full) (nullable): where the payment's page will be, as far as the last
 *   one tells, to be connected to as well
 */
char *
ligdi_checkout_expect_payment (LigdiCheckout *self)
{
  g_autofree char *page = NULL;

  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), NULL);

  ligdi_gateway_preconnect (self->gateway);
  page = ligdi_ledger_load_last_page (self->ledger, NULL);
  return page != NULL ? ligdi_address_get_origin (page) : NULL;
}
