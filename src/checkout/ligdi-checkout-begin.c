/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-checkout"

#include "ligdi-checkout-private.h"

#include "ligdi-error.h"
#include "ligdi-ledger-query.h"
#include "ligdi-ledger-sale.h"

/* From a sale to an invoice. */

/* How long a payment of the same amount may be the same customer's. */
#define JUST_PAID_MS (2 * 60 * G_GINT64_CONSTANT (1000))

/* A create call in flight. It keeps no checkout, and so no ledger, from being let go. */
typedef struct
{
  GWeakRef checkout;
  LigdiPayment *payment;
  gboolean as_link; /* nobody at this counter will be shown the page */
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_weak_ref_clear (&errand->checkout);
  g_object_unref (errand->payment);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static Errand *
errand_new (LigdiCheckout *self, LigdiPayment *payment, gboolean as_link)
{
  Errand *errand = g_new (Errand, 1);

  g_weak_ref_init (&errand->checkout, self);
  errand->payment = g_object_ref (payment);
  errand->as_link = as_link;
  return errand;
}

/* A reply for a payment the cashier has given up: kept for the record, never shown or told of,
 * so nobody can pay it. */
static void
note_late_reply (LigdiCheckout *self, LigdiPayment *payment)
{
  const LigdiPaymentRecord *old = ligdi_payment_get_record (payment);
  g_autoptr (LigdiPaymentRecord) same = ligdi_payment_record_copy (old);
  g_autoptr (GError) error = NULL;

  if (!ligdi_ledger_record (self->ledger, old, same, g_get_real_time () / 1000, "late-reply", NULL,
                            &error))
    ligdi_checkout_report_ledger (self, error);
}

static void
on_create_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autofree char *sub_code = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiCreateReply) reply
      = ligdi_gateway_create_finish (LIGDI_GATEWAY (source), result, &sub_code, &error);
  g_autoptr (LigdiCheckout) self = g_weak_ref_get (&errand->checkout);
  g_autoptr (LigdiPaymentRecord) changed = NULL;
  gint64 now = g_get_real_time () / 1000;

  /* Whoever cancels it, lets go of the checkout. */
  if (self == NULL)
    return;
  ligdi_lookout_hear (self->lookout, error, NULL);
  if (ligdi_payment_get_state (errand->payment) != LIGDI_PAYMENT_STATE_CREATING)
    {
      if (reply != NULL)
        note_late_reply (self, errand->payment);
      return;
    }

  changed = ligdi_payment_record_copy (ligdi_payment_get_record (errand->payment));
  if (reply == NULL)
    {
      changed->refusal = g_steal_pointer (&sub_code);
      if (ligdi_checkout_step (self, errand->payment, LIGDI_PAYMENT_EVENT_CREATE_FAILED, changed, changed->refusal,
                NULL))
        g_signal_emit_by_name (self, "create-failed", errand->payment, error);
      return;
    }
  changed->token = g_steal_pointer (&reply->token);
  changed->page_url = g_steal_pointer (&reply->page_url);
  changed->next_check_at = now + LIGDI_CHECKOUT_PAGE_CHECK_MS;
  /* In the same step: whoever dies now leaves a link, and no page that a customer waits for. */
  if (errand->as_link)
    changed->left_at = now;
  if (ligdi_checkout_step (self, errand->payment, LIGDI_PAYMENT_EVENT_INVOICE_CREATED, changed, NULL, NULL))
    ligdi_watcher_add (self->watcher, errand->payment);
}

static void
send_create (LigdiCheckout *self, LigdiPayment *payment, const LigdiSale *sale, gboolean as_link)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (payment);
  g_autofree char *description = g_strdup_printf ("Ticket %04" G_GINT64_FORMAT, record->ticket);
  LigdiCreateRequest request = {
    .sale = sale,
    .description = description,
    .store_name = self->shop_name,
    .store_website = self->shop_website,
    .return_url = record->return_url,
    .cancel_url = record->cancel_url,
    .transaction_id = record->transaction_id,
  };

  ligdi_gateway_create_async (self->gateway, &request, self->cancellable, on_create_ready,
                              errand_new (self, payment, as_link));
}

static gboolean
check_shop (LigdiCheckout *self, GError **error)
{
  if (self->shop_name != NULL && *self->shop_name != '\0')
    return TRUE;
  g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_CREDENTIALS, "the shop has no name");
  return FALSE;
}

static LigdiPayment *
begin (LigdiCheckout *self, const LigdiSale *sale, const LigdiCharge *charge, LigdiOpening opening,
       const char *despite, gboolean as_link, GError **error)
{
  g_autoptr (LigdiPaymentRecord) record = NULL;
  g_autoptr (GError) local_error = NULL;
  LigdiPayment *payment;

  if (!check_shop (self, error))
    return NULL;
  record = ligdi_checkout_make_intent (self, sale, opening);
  if (charge != NULL)
    {
      record->charge = g_strdup (charge->reference);
      record->charge_sender = g_strdup (charge->sender);
    }
  if (!ligdi_ledger_begin_sale (self->ledger, sale, record, despite, &local_error))
    {
      ligdi_checkout_report_ledger (self, local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  payment = ligdi_checkout_adopt (self, record);
  send_create (self, payment, sale, as_link);
  return payment;
}

/**
 * ligdi_checkout_check_created:
 * @payment: a payment the cashier wants to go on without
 * @error: return location, %LIGDI_ERROR_STATE
 *
 * While its invoice is being made there is nothing to go on from: the reply would bring
 * a second page for the sale. It is given up first.
 *
 * Returns: whether @payment is past that
 */
gboolean
ligdi_checkout_check_created (LigdiPayment *payment, GError **error)
{
  if (ligdi_payment_get_state (payment) != LIGDI_PAYMENT_STATE_CREATING)
    return TRUE;
  g_set_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE, "%s is still being created",
               ligdi_payment_get_record (payment)->reference);
  return FALSE;
}

/**
 * ligdi_checkout_list_repeats:
 * @self: a checkout
 * @amount: francs XOF that somebody is about to charge
 *
 * The same customer may be about to pay a second time: for a payment that has no verdict yet,
 * or one that was paid just now.
 *
 * Returns: (transfer full) (element-type LigdiPayment): the payments to show before @amount is
 *   charged again, the gravest first; %NULL when the ledger cannot be read, which was told
 */
GPtrArray *
ligdi_checkout_list_repeats (LigdiCheckout *self, gint64 amount)
{
  GPtrArray *records;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), NULL);

  records = ligdi_ledger_list_repeats (self->ledger, amount,
                                       g_get_real_time () / 1000 - JUST_PAID_MS, &error);
  if (records == NULL)
    ligdi_checkout_report_ledger (self, error);
  return ligdi_checkout_adopt_all (self, records);
}

/**
 * ligdi_checkout_avoid_repeat:
 * @self: a checkout
 * @payment: one of what ligdi_checkout_list_repeats() found
 * @error: return location: %LIGDI_ERROR_STATE or a ledger error
 *
 * Notes that the cashier was shown @payment and did not charge its amount again.
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_checkout_avoid_repeat (LigdiCheckout *self, LigdiPayment *payment, GError **error)
{
  g_autoptr (LigdiPaymentRecord) same = NULL;

  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), FALSE);
  g_return_val_if_fail (LIGDI_IS_PAYMENT (payment), FALSE);

  same = ligdi_payment_record_copy (ligdi_payment_get_record (payment));
  return ligdi_checkout_note (self, payment, same, "not-charged-again", NULL, error);
}

/**
 * ligdi_checkout_begin:
 * @self: a checkout
 * @sale: what is sold, with a total
 * @opening: where its page is to be opened
 * @despite: (nullable): the reference of the payment of the same amount that the cashier was
 *   shown, and charges all the same; the journal says so
 * @error: return location: %LIGDI_ERROR_CREDENTIALS when the shop has no name, or a
 *   ledger error
 *
 * Writes the intent down, then asks the gateway for an invoice. The payment is
 * being created until its #LigdiPayment::changed says otherwise.
 *
 * Returns: (transfer full): the payment, or %NULL when nothing was begun
 */
LigdiPayment *
ligdi_checkout_begin (LigdiCheckout *self, const LigdiSale *sale, LigdiOpening opening,
                      const char *despite, GError **error)
{
  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), NULL);
  g_return_val_if_fail (sale != NULL && ligdi_sale_get_total (sale) > 0, NULL);

  return begin (self, sale, NULL, opening, despite, FALSE, error);
}

/**
 * ligdi_checkout_begin_charge:
 * @self: a checkout
 * @charge: what another program asks for, and the cashier charges
 * @opening: where its page is to be opened
 * @despite: (nullable): as for ligdi_checkout_begin()
 * @error: return location: %LIGDI_ERROR_STATE when there is a sale for @charge already,
 *   %LIGDI_ERROR_CREDENTIALS when the shop has no name, or a ledger error
 *
 * As ligdi_checkout_begin(), and never a second time for the same reference.
 *
 * Returns: (transfer full): the payment, or %NULL when nothing was begun
 */
LigdiPayment *
ligdi_checkout_begin_charge (LigdiCheckout *self, const LigdiCharge *charge, LigdiOpening opening,
                             const char *despite, GError **error)
{
  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), NULL);
  g_return_val_if_fail (charge != NULL && ligdi_sale_get_total (charge->sale) > 0, NULL);

  return begin (self, charge->sale, charge, opening, despite, FALSE, error);
}

/**
 * ligdi_checkout_begin_link:
 * @self: a checkout
 * @sale: what is sold, with a total
 * @error: return location: %LIGDI_ERROR_CREDENTIALS when the shop has no name, or a
 *   ledger error
 *
 * As ligdi_checkout_begin(), for a customer who is elsewhere and gets the page's address: the
 * payment is set aside, and so watched, from the moment it has one.
 *
 * Returns: (transfer full): the payment, or %NULL when nothing was begun
 */
LigdiPayment *
ligdi_checkout_begin_link (LigdiCheckout *self, const LigdiSale *sale, GError **error)
{
  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), NULL);
  g_return_val_if_fail (sale != NULL && ligdi_sale_get_total (sale) > 0, NULL);

  return begin (self, sale, NULL, LIGDI_OPENING_PHONE, NULL, TRUE, error);
}

/**
 * ligdi_checkout_begin_again:
 * @self: a checkout
 * @payment: an earlier payment of the sale
 * @opening: where the new one's page is to be opened
 * @error: return location: %LIGDI_ERROR_OPEN_ATTEMPT, %LIGDI_ERROR_STATE,
 *   %LIGDI_ERROR_CREDENTIALS or a ledger error
 *
 * Opens another payment for the same sale. An earlier one that may still be paid is
 * let go by the cashier's choice, which is recorded; it stays watched.
 *
 * Returns: (transfer full): the new payment, or %NULL when nothing was begun
 */
LigdiPayment *
ligdi_checkout_begin_again (LigdiCheckout *self, LigdiPayment *payment, LigdiOpening opening,
                            GError **error)
{
  const LigdiPaymentRecord *old;
  g_autoptr (LigdiPaymentRecord) released = NULL;
  g_autoptr (LigdiPaymentRecord) record = NULL;
  g_autoptr (LigdiSale) sale = NULL;
  g_autoptr (GError) local_error = NULL;
  LigdiPayment *again;

  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), NULL);
  g_return_val_if_fail (LIGDI_IS_PAYMENT (payment), NULL);

  old = ligdi_payment_get_record (payment);
  if (!check_shop (self, error) || !ligdi_checkout_check_created (payment, error))
    return NULL;
  sale = ligdi_ledger_load_sale (self->ledger, old->ticket, &local_error);
  if (sale != NULL)
    {
      record = ligdi_checkout_make_intent (self, sale, opening);
      if (old->state != LIGDI_PAYMENT_STATE_DECLINED && old->state != LIGDI_PAYMENT_STATE_ABORTED)
        {
          released = ligdi_payment_record_copy (old);
          released->released_by = LIGDI_RELEASE_NEW_PAYMENT;
        }
    }
  if (sale == NULL
      || !ligdi_ledger_begin_again (self->ledger, old, released, record, &local_error))
    {
      ligdi_checkout_report_ledger (self, local_error);
      ligdi_checkout_catch_up (self, payment, local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (released != NULL)
    ligdi_payment_commit (payment, released);
  again = ligdi_checkout_adopt (self, record);
  send_create (self, again, sale, FALSE);
  return again;
}

/**
 * ligdi_checkout_cancel_creating:
 * @self: a checkout
 * @payment: a payment that is being created
 * @error: return location: %LIGDI_ERROR_STATE or a ledger error
 *
 * Gives up before any page was shown. A reply that still comes is noted and never
 * shown.
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_checkout_cancel_creating (LigdiCheckout *self, LigdiPayment *payment, GError **error)
{
  g_autoptr (LigdiPaymentRecord) changed = NULL;

  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), FALSE);
  g_return_val_if_fail (LIGDI_IS_PAYMENT (payment), FALSE);

  changed = ligdi_payment_record_copy (ligdi_payment_get_record (payment));
  return ligdi_checkout_step (self, payment, LIGDI_PAYMENT_EVENT_CASHIER_CANCELLED, changed, NULL, error);
}
