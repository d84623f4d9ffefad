/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-command"

#include "ligdi-command-private.h"

#include "ligdi-error.h"
#include "ligdi-gateway.h"
#include "ligdi-ledger.h"

#include <glib/gi18n.h>

/* The till's own gateway and ledger, for a command that works with payments. */

static LigdiCommandStatus
complain_of_keys (const LigdiCommandPlace *place, const GError *error)
{
  const char *sentence
      = g_error_matches (error, LIGDI_ERROR, LIGDI_ERROR_KEYRING)
            ? _("LigdiCash cannot be asked: the keyring does not give the keys. Open it, or open the "
                "till, which asks for its password.")
            : _("LigdiCash cannot be asked: CREDENTIALS_DIRECTORY must name the folder with the two "
                "keys, and LIGDIPAY_BASE_URL or the setting base-url the gateway.");
  g_autofree char *text = g_strdup_printf ("%s\n  (%s)\n", sentence, error->message);

  place->print_error (text);
  return LIGDI_COMMAND_FAILED;
}

/**
 * ligdi_command_open_checkout:
 * @place: where the command runs
 * @may_create: whether to make the ledger when there is none
 * @status: (out): what the command ends with when it cannot go on
 *
 * Opens the till's ledger beside a till that may be running, and the gateway it talks to.
 *
 * Returns: (transfer full): a checkout, or %NULL, which was said
 */
LigdiCheckout *
ligdi_command_open_checkout (const LigdiCommandPlace *place, gboolean may_create,
                             LigdiCommandStatus *status)
{
  g_autoptr (LigdiGateway) gateway = NULL;
  g_autoptr (LigdiLedger) ledger = NULL;
  g_autoptr (GError) error = NULL;
  LigdiCheckout *checkout;

  gateway = place->open_gateway (place->user_data, &error);
  if (gateway == NULL)
    {
      *status = complain_of_keys (place, error);
      return NULL;
    }
  ledger = ligdi_ledger_open_beside (place->ledger, may_create, &error);
  if (ledger == NULL)
    {
      /* Also where it is not what was written: "no" would be about the payment. */
      ligdi_command_fail (place, place->ledger, error);
      *status = LIGDI_COMMAND_FAILED;
      return NULL;
    }
  checkout = ligdi_checkout_new (gateway, ledger);
  ligdi_checkout_set_shop (checkout, place->shop_name, place->shop_website);
  ligdi_checkout_set_return_page (checkout, place->return_page);
  return checkout;
}
