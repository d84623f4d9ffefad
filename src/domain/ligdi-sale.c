/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-domain"

#include "ligdi-sale.h"

#include "ligdi-money.h"

struct _LigdiSale
{
  GPtrArray *lines;
  gint64 total;
  gint64 n_items;
};

static void
sale_line_free (gpointer data)
{
  LigdiSaleLine *line = data;

  g_free (line->label);
  g_free (line);
}

/* Every change is tried on the sums first, so that a sale always has a total. */
static gboolean
move_sums (LigdiSale *sale, gint64 unit_price, gint64 more)
{
  gint64 amount;
  gint64 total;

  if (!ligdi_money_multiply (unit_price, more, &amount)
      || !ligdi_money_add (sale->total, amount, &total))
    return FALSE;
  sale->total = total;
  sale->n_items += more;
  return TRUE;
}

/**
 * ligdi_sale_new:
 *
 * Returns: (transfer full): a sale without lines
 */
LigdiSale *
ligdi_sale_new (void)
{
  LigdiSale *sale = g_new0 (LigdiSale, 1);

  sale->lines = g_ptr_array_new_with_free_func (sale_line_free);
  return sale;
}

/**
 * ligdi_sale_copy:
 * @sale: a sale
 *
 * Returns: (transfer full): a sale of its own with the same lines
 */
LigdiSale *
ligdi_sale_copy (const LigdiSale *sale)
{
  LigdiSale *copy;

  g_return_val_if_fail (sale != NULL, NULL);

  copy = ligdi_sale_new ();
  for (guint i = 0; i < sale->lines->len; i++)
    {
      const LigdiSaleLine *line = g_ptr_array_index (sale->lines, i);

      ligdi_sale_add (copy, line->label, line->quantity, line->unit_price);
    }
  return copy;
}

/**
 * ligdi_sale_free:
 * @sale: (transfer full): a sale
 */
void
ligdi_sale_free (LigdiSale *sale)
{
  g_ptr_array_unref (sale->lines);
  g_free (sale);
}

/**
 * ligdi_sale_add:
 * @sale: a sale
 * @label: what is sold, in UTF-8, not empty
 * @quantity: how many, 1 to %LIGDI_SALE_MAX_QUANTITY
 * @unit_price: francs XOF, 1 or more
 *
 * Returns: %FALSE, and nothing changed, when a value cannot be taken, the sale is
 *   full, or the total would pass %LIGDI_MONEY_MAX
 */
gboolean
ligdi_sale_add (LigdiSale *sale, const char *label, gint64 quantity, gint64 unit_price)
{
  LigdiSaleLine *line;

  g_return_val_if_fail (sale != NULL, FALSE);
  g_return_val_if_fail (label != NULL, FALSE);

  if (*label == '\0' || !g_utf8_validate (label, -1, NULL) || quantity < 1
      || quantity > LIGDI_SALE_MAX_QUANTITY || unit_price < 1
      || sale->lines->len >= LIGDI_SALE_MAX_LINES || !move_sums (sale, unit_price, quantity))
    return FALSE;

  line = g_new (LigdiSaleLine, 1);
  line->label = g_strdup (label);
  line->quantity = quantity;
  line->unit_price = unit_price;
  g_ptr_array_add (sale->lines, line);
  return TRUE;
}

/**
 * ligdi_sale_remove:
 * @sale: a sale
 * @index: which line, from 0
 */
void
ligdi_sale_remove (LigdiSale *sale, guint index)
{
  const LigdiSaleLine *line;

  g_return_if_fail (sale != NULL);
  g_return_if_fail (index < sale->lines->len);

  line = g_ptr_array_index (sale->lines, index);
  sale->total -= line->unit_price * line->quantity;
  sale->n_items -= line->quantity;
  g_ptr_array_remove_index (sale->lines, index);
}

/**
 * ligdi_sale_set_quantity:
 * @sale: a sale
 * @index: which line, from 0
 * @quantity: how many, 1 to %LIGDI_SALE_MAX_QUANTITY
 *
 * Returns: %FALSE, and nothing changed, when @quantity is out of range or the
 *   total would pass %LIGDI_MONEY_MAX
 */
gboolean
ligdi_sale_set_quantity (LigdiSale *sale, guint index, gint64 quantity)
{
  LigdiSaleLine *line;

  g_return_val_if_fail (sale != NULL, FALSE);
  g_return_val_if_fail (index < sale->lines->len, FALSE);

  line = g_ptr_array_index (sale->lines, index);
  if (quantity < 1 || quantity > LIGDI_SALE_MAX_QUANTITY
      || !move_sums (sale, line->unit_price, quantity - line->quantity))
    return FALSE;
  line->quantity = quantity;
  return TRUE;
}

/**
 * ligdi_sale_clear:
 * @sale: a sale
 *
 * Removes every line.
 */
void
ligdi_sale_clear (LigdiSale *sale)
{
  g_return_if_fail (sale != NULL);

  g_ptr_array_set_size (sale->lines, 0);
  sale->total = 0;
  sale->n_items = 0;
}

/**
 * ligdi_sale_get_n_lines:
 * @sale: a sale
 *
 * Returns: how many lines it has
 */
guint
ligdi_sale_get_n_lines (const LigdiSale *sale)
{
  g_return_val_if_fail (sale != NULL, 0);

  return sale->lines->len;
}

/**
 * ligdi_sale_get_line:
 * @sale: a sale
 * @index: which line, from 0
 *
 * Returns: (transfer none): the line, valid until the sale changes
 */
const LigdiSaleLine *
ligdi_sale_get_line (const LigdiSale *sale, guint index)
{
  g_return_val_if_fail (sale != NULL, NULL);
  g_return_val_if_fail (index < sale->lines->len, NULL);

  return g_ptr_array_index (sale->lines, index);
}

/**
 * ligdi_sale_get_total:
 * @sale: a sale
 *
 * Returns: the sum of the lines in francs XOF
 */
gint64
ligdi_sale_get_total (const LigdiSale *sale)
{
  g_return_val_if_fail (sale != NULL, 0);

  return sale->total;
}

/**
 * ligdi_sale_get_n_items:
 * @sale: a sale
 *
 * Returns: the sum of the quantities
 */
gint64
ligdi_sale_get_n_items (const LigdiSale *sale)
{
  g_return_val_if_fail (sale != NULL, 0);

  return sale->n_items;
}
