/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-domain"

#include "ligdi-charge.h"

#include "ligdi-money.h"
#include "ligdi-random.h"

#include <string.h>

/* Nothing that would break a line, hide a part of it, or turn it round. */
static gboolean
is_line (const char *text, glong max)
{
  if (!g_utf8_validate (text, -1, NULL) || g_utf8_strlen (text, -1) > max)
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT
          || type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        return FALSE;
    }
  return TRUE;
}

/**
 * ligdi_charge_find_fault:
 * @reference: what the other program calls the charge
 * @sender: who asks; may be empty
 * @sale: what is to be paid
 * @limit: the largest amount of one payment, francs XOF
 *
 * Returns: (transfer none) (nullable): what is wrong with it, in words for whoever wrote the
 *   other program, or %NULL
 */
const char *
ligdi_charge_find_fault (const char *reference, const char *sender, const LigdiSale *sale,
                         gint64 limit)
{
  g_return_val_if_fail (reference != NULL, NULL);
  g_return_val_if_fail (sender != NULL, NULL);
  g_return_val_if_fail (sale != NULL, NULL);

  if (*reference == '\0' || !is_line (reference, LIGDI_CHARGE_MAX_REFERENCE))
    return "the reference must be a line of 1 to 64 characters";
  if (!is_line (sender, LIGDI_CHARGE_MAX_SENDER))
    return "the sender must be a line of at most 40 characters";
  if (ligdi_sale_get_total (sale) < 1)
    return "there is nothing to pay";
  if (ligdi_sale_get_total (sale) > limit)
    return "the amount is above the shop's limit";
  for (guint i = 0; i < ligdi_sale_get_n_lines (sale); i++)
    if (!is_line (ligdi_sale_get_line (sale, i)->label, LIGDI_CHARGE_MAX_LABEL))
      return "an item's label must be a line of at most 120 characters";
  return NULL;
}

/**
 * ligdi_charge_new:
 * @reference: what the other program calls it
 * @sender: who asks; may be empty
 * @sale: what is to be paid
 *
 * Returns: (transfer full): a charge without a fault, as ligdi_charge_find_fault() has said
 */
LigdiCharge *
ligdi_charge_new (const char *reference, const char *sender, const LigdiSale *sale)
{
  LigdiCharge *charge;

  g_return_val_if_fail (reference != NULL && sender != NULL && sale != NULL, NULL);

  charge = g_new (LigdiCharge, 1);
  charge->reference = g_strdup (reference);
  charge->sender = g_strdup (sender);
  charge->sale = ligdi_sale_copy (sale);
  return charge;
}

static GHashTable *
read_query (const char *uri)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_ENCODED, NULL);

  if (parsed == NULL || g_strcmp0 (g_uri_get_scheme (parsed), "ligdipay") != 0
      || g_strcmp0 (g_uri_get_host (parsed), "charge") != 0 || g_uri_get_query (parsed) == NULL)
    return NULL;
  return g_uri_parse_params (g_uri_get_query (parsed), -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
}

/**
 * ligdi_charge_parse:
 * @uri: an address such as "ligdipay://charge?amount=12500&reference=A-17&from=Atelier"
 * @label: what to call what is sold where the address does not say
 * @limit: the largest amount of one payment, francs XOF
 *
 * Anybody can write such an address, on any web page: it is a wish, and its "from" a claim.
 *
 * Returns: (transfer full) (nullable): the charge, under a reference of its own where the
 *   address has none; or %NULL when it is no such address or has a fault
 */
LigdiCharge *
ligdi_charge_parse (const char *uri, const char *label, gint64 limit)
{
  g_autoptr (GHashTable) query = NULL;
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  g_autofree char *made_up = NULL;
  const char *amount_text;
  const char *reference;
  const char *sender;
  const char *item;
  gint64 amount;

  g_return_val_if_fail (uri != NULL, NULL);
  g_return_val_if_fail (label != NULL, NULL);

  query = read_query (uri);
  if (query == NULL)
    return NULL;
  amount_text = g_hash_table_lookup (query, "amount");
  reference = g_hash_table_lookup (query, "reference");
  sender = g_hash_table_lookup (query, "from");
  item = g_hash_table_lookup (query, "label");
  if (amount_text == NULL || !ligdi_money_parse (amount_text, &amount)
      || !ligdi_sale_add (sale, item != NULL ? item : label, 1, amount))
    return NULL;
  if (reference == NULL)
    reference = made_up = ligdi_random_reference ();
  if (sender == NULL)
    sender = "";
  if (ligdi_charge_find_fault (reference, sender, sale, limit) != NULL)
    return NULL;
  return ligdi_charge_new (reference, sender, sale);
}

/**
 * ligdi_charge_copy:
 * @charge: a charge
 *
 * Returns: (transfer full): the same in memory of its own
 */
LigdiCharge *
ligdi_charge_copy (const LigdiCharge *charge)
{
  g_return_val_if_fail (charge != NULL, NULL);

  return ligdi_charge_new (charge->reference, charge->sender, charge->sale);
}

/**
 * ligdi_charge_free:
 * @charge: (transfer full): a charge
 */
void
ligdi_charge_free (LigdiCharge *charge)
{
  g_free (charge->reference);
  g_free (charge->sender);
  ligdi_sale_free (charge->sale);
  g_free (charge);
}
