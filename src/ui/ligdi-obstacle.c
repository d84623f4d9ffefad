/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-obstacle.h"

#include "ligdi-money.h"

#include <glib/gi18n.h>

/**
 * ligdi_obstacle_find:
 * @draft: a sale being made
 * @limit: the largest amount that may be charged, francs XOF; 0 for none
 *
 * Says why @draft cannot be charged as it is, as what to do about it.
 *
 * Returns: (transfer full) (nullable): a few words, or %NULL when it can
 */
char *
ligdi_obstacle_find (const LigdiDraft *draft, gint64 limit)
{
  g_autoptr (LigdiSale) whole = ligdi_draft_make_whole_sale (draft);
  const LigdiTyping *typing = ligdi_draft_get_typing (draft);
  g_autofree char *largest = NULL;
  gint64 total;

  if (typing->label != NULL && typing->price == 0)
    return g_strdup (_("Unknown item: type its price"));
  if (typing->has_quantity && typing->price == 0)
    return g_strdup (_("Type the price of one item"));
  if (whole == NULL)
    return g_strdup (_("This ticket cannot take one more line"));
  total = ligdi_sale_get_total (whole);
  if (total == 0)
    return g_strdup (typing->has_price ? _("The amount is zero")
                                       : _("Type an amount or scan an item"));
  if (limit <= 0 || total <= limit)
    return NULL;
  largest = ligdi_money_format (limit);
  /* Translators: the largest amount that the shop lets a cashier charge. */
  return g_strdup_printf (_("Above the limit: %s"), largest);
}
