/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-checkout"

#include "ligdi-checkout-private.h"

#include "ligdi-gateway-codec.h"
#include "ligdi-ledger-query.h"
#include "ligdi-ledger-sale.h"
#include "ligdi-ledger-search.h"

/* What the screens may know of what is on disk. */

/**
 * ligdi_checkout_list_payments:
 * @self: a checkout
 * @from: ms since 1970
 * @until: ms since 1970, not included
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (element-type LigdiPayment): the payments begun in that
 *   time, newest first, or %NULL
 */
GPtrArray *
ligdi_checkout_list_payments (LigdiCheckout *self, gint64 from, gint64 until, GError **error)
{
  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), NULL);

  return ligdi_checkout_adopt_all (self,
                                   ligdi_ledger_list_between (self->ledger, from, until, error));
}

/**
 * ligdi_checkout_list_open:
 * @self: a checkout
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (element-type LigdiPayment): the payments that have a page and no
 *   verdict, oldest first, or %NULL
 */
GPtrArray *
ligdi_checkout_list_open (LigdiCheckout *self, GError **error)
{
  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), NULL);

  return ligdi_checkout_adopt_all (self, ligdi_ledger_list_open (self->ledger, error));
}

/**
 * ligdi_checkout_search:
 * @self: a checkout
 * @text: a ticket's number, an amount, the end of a telephone number, a reference or the
 *   gateway's request id
 * @limit: how many at most
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (element-type LigdiPayment): the payments it may mean, newest
 *   first, or %NULL
 */
GPtrArray *
ligdi_checkout_search (LigdiCheckout *self, const char *text, guint limit, GError **error)
{
  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  return ligdi_checkout_adopt_all (self, ligdi_ledger_search (self->ledger, text, limit, error));
}

/**
 * ligdi_checkout_sum_takings:
 * @self: a checkout
 * @from: ms since 1970
 * @until: ms since 1970, not included
 * @n_paid: (out): how many payments got their verdict in that time: paid
 * @takings: (out): what came in, francs XOF; a wrong amount only once a person has closed it
 * @error: return location, a ledger error
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_checkout_sum_takings (LigdiCheckout *self, gint64 from, gint64 until, gint64 *n_paid,
                            gint64 *takings, GError **error)
{
  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), FALSE);

  return ligdi_ledger_sum_takings (self->ledger, from, until, n_paid, takings, error);
}

/**
 * ligdi_checkout_find_payment:
 * @self: a checkout
 * @reference: what people call a payment
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (nullable): the payment, or %NULL with @error unset when there is
 *   none
 */
LigdiPayment *
ligdi_checkout_find_payment (LigdiCheckout *self, const char *reference, GError **error)
{
  g_autoptr (LigdiPaymentRecord) record = NULL;

  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), NULL);
  g_return_val_if_fail (reference != NULL, NULL);

  record = ligdi_ledger_find_payment (self->ledger, reference, error);
  return record != NULL ? ligdi_checkout_adopt (self, record) : NULL;
}

/**
 * ligdi_checkout_find_charge:
 * @self: a checkout
 * @charge: what another program calls what it asked for
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (nullable): the payment of its sale that says how it stands; or %NULL
 *   with @error unset when nothing was begun
 */
LigdiPayment *
ligdi_checkout_find_charge (LigdiCheckout *self, const char *charge, GError **error)
{
  g_autoptr (LigdiPaymentRecord) record = NULL;

  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), NULL);
  g_return_val_if_fail (charge != NULL, NULL);

  record = ligdi_ledger_find_charge (self->ledger, charge, error);
  return record != NULL ? ligdi_checkout_adopt (self, record) : NULL;
}

/**
 * ligdi_checkout_is_charge_refused:
 * @self: a checkout
 * @charge: what another program calls what it asked for
 * @refused: (out): whether a cashier has refused it
 * @error: return location, a ledger error
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_checkout_is_charge_refused (LigdiCheckout *self, const char *charge, gboolean *refused,
                                  GError **error)
{
  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), FALSE);

  return ligdi_ledger_is_charge_refused (self->ledger, charge, refused, error);
}

/**
 * ligdi_checkout_refuse_charge:
 * @self: a checkout
 * @charge: what another program asks for, and the cashier does not charge
 * @error: return location: %LIGDI_ERROR_STATE when a customer may have seen a page for it, or a
 *   ledger error
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_checkout_refuse_charge (LigdiCheckout *self, const LigdiCharge *charge, GError **error)
{
  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), FALSE);

  return ligdi_ledger_refuse_charge (self->ledger, charge, g_get_real_time () / 1000, error);
}

/**
 * ligdi_checkout_is_in_hands:
 * @self: a checkout
 * @payment: a payment
 * @in_hands: (out): whether a program that runs makes its invoice, shows its page or waits for
 *   its verdict, and so asks about it as often as may be
 * @error: return location, a ledger error
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_checkout_is_in_hands (LigdiCheckout *self, LigdiPayment *payment, gboolean *in_hands,
                            GError **error)
{
  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), FALSE);
  g_return_val_if_fail (LIGDI_IS_PAYMENT (payment), FALSE);

  return ligdi_ledger_is_in_hands (self->ledger, ligdi_payment_get_record (payment), in_hands,
                                   error);
}

/**
 * ligdi_checkout_list_journal:
 * @self: a checkout
 * @payment: a payment
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (element-type LigdiJournalEntry): its history, oldest first,
 *   or %NULL
 */
GPtrArray *
ligdi_checkout_list_journal (LigdiCheckout *self, LigdiPayment *payment, GError **error)
{
  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), NULL);
  g_return_val_if_fail (LIGDI_IS_PAYMENT (payment), NULL);

  return ligdi_ledger_list_events (self->ledger, ligdi_payment_get_record (payment)->id, error);
}

/**
 * ligdi_checkout_load_sale:
 * @self: a checkout
 * @payment: a payment
 * @error: return location, a ledger error
 *
 * Returns: (transfer full): the lines it pays for, or %NULL
 */
LigdiSale *
ligdi_checkout_load_sale (LigdiCheckout *self, LigdiPayment *payment, GError **error)
{
  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), NULL);
  g_return_val_if_fail (LIGDI_IS_PAYMENT (payment), NULL);

  return ligdi_ledger_load_sale (self->ledger, ligdi_payment_get_record (payment)->ticket, error);
}

/**
 * ligdi_checkout_get_invoice_id:
 * @self: a checkout
 * @payment: a payment
 *
 * Returns: (transfer full) (nullable): the number the gateway gave its invoice, or %NULL when
 *   that is not known
 */
char *
ligdi_checkout_get_invoice_id (LigdiCheckout *self, LigdiPayment *payment)
{
  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), NULL);
  g_return_val_if_fail (LIGDI_IS_PAYMENT (payment), NULL);

  return ligdi_gateway_read_invoice_id (ligdi_payment_get_record (payment)->token);
}
