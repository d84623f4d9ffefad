/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-typing.h"

#include "ligdi-money.h"
#include "ligdi-sale.h"

/**
 * ligdi_typing_clear:
 * @typing: a line being typed
 *
 * Takes everything back.
 */
void
ligdi_typing_clear (LigdiTyping *typing)
{
  g_free (typing->label);
  *typing = (LigdiTyping) LIGDI_TYPING_INIT;
}

/**
 * ligdi_typing_copy:
 * @typing: a line being typed; overwritten
 * @from: another one
 */
void
ligdi_typing_copy (LigdiTyping *typing, const LigdiTyping *from)
{
  char *label = g_strdup (from->label);

  g_free (typing->label);
  *typing = *from;
  typing->label = label;
}

/**
 * ligdi_typing_is_empty:
 * @typing: a line being typed
 *
 * Returns: whether nothing is being typed
 */
gboolean
ligdi_typing_is_empty (const LigdiTyping *typing)
{
  return !typing->has_price && !typing->has_quantity && typing->label == NULL;
}

/**
 * ligdi_typing_push_digit:
 * @typing: a line being typed
 * @digit: 0 to 9
 *
 * Returns: %FALSE, and nothing changed, when the amount would pass %LIGDI_MONEY_MAX
 */
gboolean
ligdi_typing_push_digit (LigdiTyping *typing, int digit)
{
  gint64 price;
  gint64 amount;

  if (!ligdi_money_multiply (typing->price, 10, &price)
      || !ligdi_money_add (price, digit, &price)
      || !ligdi_money_multiply (price, typing->quantity, &amount))
    return FALSE;
  typing->price = price;
  typing->has_price = TRUE;
  return TRUE;
}

/**
 * ligdi_typing_multiply:
 * @typing: a line being typed
 *
 * What was typed is a quantity; a price follows.
 *
 * Returns: %FALSE, and nothing changed, when what was typed is no quantity
 */
gboolean
ligdi_typing_multiply (LigdiTyping *typing)
{
  if (typing->has_quantity || typing->price < 1 || typing->price > LIGDI_SALE_MAX_QUANTITY)
    return FALSE;
  typing->has_quantity = TRUE;
  typing->quantity = typing->price;
  typing->has_price = FALSE;
  typing->price = 0;
  return TRUE;
}

/**
 * ligdi_typing_take_back:
 * @typing: a line being typed
 *
 * Takes back what was typed last: a figure, "times", or the name.
 *
 * Returns: %FALSE when nothing was left
 */
gboolean
ligdi_typing_take_back (LigdiTyping *typing)
{
  if (typing->has_price)
    {
      typing->price /= 10;
      typing->has_price = typing->price > 0;
      return TRUE;
    }
  if (typing->has_quantity)
    {
      typing->price = typing->quantity;
      typing->has_price = TRUE;
      typing->quantity = 1;
      typing->has_quantity = FALSE;
      return TRUE;
    }
  if (typing->label != NULL)
    {
      g_clear_pointer (&typing->label, g_free);
      return TRUE;
    }
  return FALSE;
}

/**
 * ligdi_typing_set_quantity:
 * @typing: a line being typed
 * @quantity: how many, 1 to %LIGDI_SALE_MAX_QUANTITY
 *
 * Returns: %FALSE, and nothing changed, when the amount would pass %LIGDI_MONEY_MAX
 */
gboolean
ligdi_typing_set_quantity (LigdiTyping *typing, gint64 quantity)
{
  gint64 amount;

  if (quantity < 1 || quantity > LIGDI_SALE_MAX_QUANTITY
      || !ligdi_money_multiply (typing->price, quantity, &amount))
    return FALSE;
  typing->quantity = quantity;
  typing->has_quantity = quantity > 1;
  return TRUE;
}

/**
 * ligdi_typing_set_label:
 * @typing: a line being typed
 * @label: what its price is for
 */
void
ligdi_typing_set_label (LigdiTyping *typing, const char *label)
{
  g_free (typing->label);
  typing->label = g_strdup (label);
}

/**
 * ligdi_typing_get_amount:
 * @typing: a line being typed
 *
 * Returns: the line's amount in francs XOF, 0 while there is no price
 */
gint64
ligdi_typing_get_amount (const LigdiTyping *typing)
{
  return typing->price * typing->quantity;
}
