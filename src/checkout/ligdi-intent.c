/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-checkout"

#include "ligdi-intent.h"

#include "ligdi-random.h"

#include <string.h>

/* Reserved never to exist: the page is stopped on its way there, and where it was not
 * stopped the failure is loud. */
#define NOWHERE "https://ligdipay.invalid"

/* A shop's own page is one page, told apart by what it may show there. */
static char *
add_word (const char *page, const char *word)
{
  g_auto (GStrv) parts = g_strsplit (page, "#", 2);

  return g_strconcat (parts[0], strchr (parts[0], '?') != NULL ? "&" : "?", "payment=", word, NULL);
}

static char *
add_secret (const char *root, const char *word)
{
  g_autofree char *secret = ligdi_random_token ();

  return g_strconcat (root, "/", word, "/", secret, NULL);
}

/**
 * ligdi_intent_new:
 * @sale: what is sold
 * @base_url: the gateway that will be asked
 * @opening: where the page will be opened
 * @place: (nullable): where the page can come back to: for a browser, the root of our own
 *   listener; for a phone, the shop's page; %NULL for nowhere
 * @now: ms since 1970
 *
 * Makes what is written down before anything is sent: the names of the payment and
 * the addresses its page will end at. But for a shop's page none of them can be guessed.
 *
 * Returns: (transfer full): a payment that is being created
 */
LigdiPaymentRecord *
ligdi_intent_new (const LigdiSale *sale, const char *base_url, LigdiOpening opening,
                  const char *place, gint64 now)
{
  g_autofree char *secret = ligdi_random_token ();
  LigdiPaymentRecord *record;

  g_return_val_if_fail (sale != NULL, NULL);
  g_return_val_if_fail (base_url != NULL, NULL);

  record = ligdi_payment_record_new ();
  record->reference = ligdi_random_reference ();
  record->transaction_id = g_strconcat (record->reference, "-", secret, NULL);
  record->amount = ligdi_sale_get_total (sale);
  record->state = LIGDI_PAYMENT_STATE_CREATING;
  record->opening = opening;
  if (opening == LIGDI_OPENING_PHONE && place != NULL)
    {
      record->return_url = add_word (place, "returned");
      record->cancel_url = add_word (place, "cancelled");
    }
  else
    {
      record->return_url = add_secret (place != NULL ? place : NOWHERE, "return");
      record->cancel_url = add_secret (place != NULL ? place : NOWHERE, "cancel");
    }
  record->base_url = g_strdup (base_url);
  record->created_at = now;
  return record;
}
