/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-checkout"

#include "ligdi-intent.h"

#include "ligdi-random.h"

/* Reserved never to exist: the page is stopped on its way there, and where it was not
 * stopped the failure is loud. */
#define RETURN_HOST "https://ligdipay.invalid"

/**
 * ligdi_intent_new:
 * @sale: what is sold
 * @base_url: the gateway that will be asked
 * @now: ms since 1970
 *
 * Makes what is written down before anything is sent: the names of the payment and
 * the addresses its page will end at, none of which can be guessed.
 *
 * Returns: (transfer full): a payment that is being created
 */
LigdiPaymentRecord *
ligdi_intent_new (const LigdiSale *sale, const char *base_url, gint64 now)
{
  g_autofree char *secret = ligdi_random_token ();
  g_autofree char *return_path = ligdi_random_token ();
  g_autofree char *cancel_path = ligdi_random_token ();
  LigdiPaymentRecord *record;

  g_return_val_if_fail (sale != NULL, NULL);
  g_return_val_if_fail (base_url != NULL, NULL);

  record = ligdi_payment_record_new ();
  record->reference = ligdi_random_reference ();
  record->transaction_id = g_strconcat (record->reference, "-", secret, NULL);
  record->amount = ligdi_sale_get_total (sale);
  record->state = LIGDI_PAYMENT_STATE_CREATING;
  record->return_url = g_strconcat (RETURN_HOST "/return/", return_path, NULL);
  record->cancel_url = g_strconcat (RETURN_HOST "/cancel/", cancel_path, NULL);
  record->base_url = g_strdup (base_url);
  record->created_at = now;
  return record;
}
