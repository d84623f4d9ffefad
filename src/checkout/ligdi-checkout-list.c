/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-checkout"

#include "ligdi-checkout-private.h"

#include "ligdi-ledger-query.h"

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
  g_autoptr (GPtrArray) records = NULL;
  GPtrArray *payments;

  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), NULL);

  records = ligdi_ledger_list_between (self->ledger, from, until, error);
  if (records == NULL)
    return NULL;
  payments = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (payments, ligdi_checkout_adopt (self, g_ptr_array_index (records, i)));
  return payments;
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
