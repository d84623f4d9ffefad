/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-draft.h"

#define MAX_UNDO 50

/* What undo, and a scan that was first taken for typing, go back to. */
typedef struct
{
  LigdiSale *sale;
  LigdiTyping typing;
} Moment;

struct _LigdiDraft
{
  char *free_label;
  LigdiSale *sale;
  LigdiTyping typing;
  GPtrArray *undo;
  Moment *mark;
  guint undo_at_mark;
};

static void
moment_free (gpointer data)
{
  Moment *moment = data;

  ligdi_sale_free (moment->sale);
  ligdi_typing_clear (&moment->typing);
  g_free (moment);
}

static Moment *
moment_new (const LigdiDraft *draft)
{
  Moment *moment = g_new0 (Moment, 1);

  moment->sale = ligdi_sale_copy (draft->sale);
  ligdi_typing_copy (&moment->typing, &draft->typing);
  return moment;
}

static void
go_back_to (LigdiDraft *draft, const Moment *moment)
{
  ligdi_sale_free (draft->sale);
  draft->sale = ligdi_sale_copy (moment->sale);
  ligdi_typing_copy (&draft->typing, &moment->typing);
}

static void
remember (LigdiDraft *draft)
{
  if (draft->undo->len == MAX_UNDO)
    g_ptr_array_remove_index (draft->undo, 0);
  g_ptr_array_add (draft->undo, moment_new (draft));
}

static void
forget_last (LigdiDraft *draft)
{
  g_ptr_array_remove_index (draft->undo, draft->undo->len - 1);
}

static gboolean
add_typed_line (const LigdiDraft *draft, LigdiSale *sale)
{
  return ligdi_sale_add (sale, ligdi_draft_get_typing_label (draft), draft->typing.quantity,
                         draft->typing.price);
}

/* The same product again is more of it. */
static gboolean
add_or_count (LigdiSale *sale, const char *label, gint64 quantity, gint64 price)
{
  for (guint i = 0; i < ligdi_sale_get_n_lines (sale); i++)
    {
      const LigdiSaleLine *line = ligdi_sale_get_line (sale, i);

      if (line->unit_price == price && g_str_equal (line->label, label))
        return ligdi_sale_set_quantity (sale, i, line->quantity + quantity);
    }
  return ligdi_sale_add (sale, label, quantity, price);
}

/**
 * ligdi_draft_new:
 * @free_label: what a line without a name is called
 *
 * A sale being made: its lines, the line being typed, and the way back.
 *
 * Returns: (transfer full): an empty draft
 */
LigdiDraft *
ligdi_draft_new (const char *free_label)
{
  LigdiDraft *draft;

  g_return_val_if_fail (free_label != NULL && *free_label != '\0', NULL);

  draft = g_new0 (LigdiDraft, 1);
  draft->free_label = g_strdup (free_label);
  draft->sale = ligdi_sale_new ();
  draft->typing = (LigdiTyping) LIGDI_TYPING_INIT;
  draft->undo = g_ptr_array_new_with_free_func (moment_free);
  return draft;
}

/**
 * ligdi_draft_free:
 * @draft: (transfer full): a draft
 */
void
ligdi_draft_free (LigdiDraft *draft)
{
  g_clear_pointer (&draft->mark, moment_free);
  g_ptr_array_unref (draft->undo);
  ligdi_typing_clear (&draft->typing);
  ligdi_sale_free (draft->sale);
  g_free (draft->free_label);
  g_free (draft);
}

/**
 * ligdi_draft_get_sale:
 * @draft: a draft
 *
 * Returns: (transfer none): the lines so far, without the one being typed
 */
const LigdiSale *
ligdi_draft_get_sale (const LigdiDraft *draft)
{
  return draft->sale;
}

/**
 * ligdi_draft_get_typing:
 * @draft: a draft
 *
 * Returns: (transfer none): the line being typed
 */
const LigdiTyping *
ligdi_draft_get_typing (const LigdiDraft *draft)
{
  return &draft->typing;
}

/**
 * ligdi_draft_get_typing_label:
 * @draft: a draft
 *
 * Returns: (transfer none): what the line being typed will be called
 */
const char *
ligdi_draft_get_typing_label (const LigdiDraft *draft)
{
  return draft->typing.label != NULL ? draft->typing.label : draft->free_label;
}

/**
 * ligdi_draft_make_whole_sale:
 * @draft: a draft
 *
 * Returns: (transfer full) (nullable): the sale as it would be charged, the line being
 *   typed included, or %NULL when that line does not fit
 */
LigdiSale *
ligdi_draft_make_whole_sale (const LigdiDraft *draft)
{
  g_autoptr (LigdiSale) whole = ligdi_sale_copy (draft->sale);

  if (draft->typing.price > 0 && !add_typed_line (draft, whole))
    return NULL;
  return g_steal_pointer (&whole);
}

/**
 * ligdi_draft_is_empty:
 * @draft: a draft
 *
 * Returns: whether there is no line and nothing typed
 */
gboolean
ligdi_draft_is_empty (const LigdiDraft *draft)
{
  return ligdi_sale_get_n_lines (draft->sale) == 0 && ligdi_typing_is_empty (&draft->typing);
}

/**
 * ligdi_draft_push_digits:
 * @draft: a draft
 * @digits: figures
 *
 * Returns: %FALSE, and nothing changed, when the amount would grow too large
 */
gboolean
ligdi_draft_push_digits (LigdiDraft *draft, const char *digits)
{
  LigdiTyping before = LIGDI_TYPING_INIT;

  ligdi_typing_copy (&before, &draft->typing);
  for (const char *p = digits; *p != '\0'; p++)
    if (!ligdi_typing_push_digit (&draft->typing, *p - '0'))
      {
        ligdi_typing_copy (&draft->typing, &before);
        ligdi_typing_clear (&before);
        return FALSE;
      }
  ligdi_typing_clear (&before);
  return TRUE;
}

/**
 * ligdi_draft_multiply:
 * @draft: a draft
 *
 * Returns: %FALSE, and nothing changed, when what was typed is no quantity
 */
gboolean
ligdi_draft_multiply (LigdiDraft *draft)
{
  return ligdi_typing_multiply (&draft->typing);
}

/**
 * ligdi_draft_take_back:
 * @draft: a draft
 *
 * Returns: %FALSE when nothing is being typed
 */
gboolean
ligdi_draft_take_back (LigdiDraft *draft)
{
  return ligdi_typing_take_back (&draft->typing);
}

/**
 * ligdi_draft_clear_typing:
 * @draft: a draft
 *
 * Returns: %FALSE when nothing is being typed
 */
gboolean
ligdi_draft_clear_typing (LigdiDraft *draft)
{
  if (ligdi_typing_is_empty (&draft->typing))
    return FALSE;
  ligdi_typing_clear (&draft->typing);
  return TRUE;
}

/**
 * ligdi_draft_name_item:
 * @draft: a draft
 * @label: what was scanned or written
 *
 * The price that follows is the price of @label. A price typed before becomes a line
 * of its own; a quantity typed before stays.
 *
 * Returns: %FALSE, and nothing changed, when another named item still has no price, or
 *   the line typed before does not fit
 */
gboolean
ligdi_draft_name_item (LigdiDraft *draft, const char *label)
{
  if (draft->typing.price > 0 && !ligdi_draft_add_line (draft))
    return FALSE;
  if (draft->typing.label != NULL && !g_str_equal (draft->typing.label, label))
    return FALSE;
  ligdi_typing_set_label (&draft->typing, label);
  return TRUE;
}

/**
 * ligdi_draft_add_product:
 * @draft: a draft
 * @label: what it is called
 * @price: francs XOF for one, 1 or more
 *
 * A price typed before becomes a line of its own. A quantity typed before is the product's; what
 * is named and has no price yet stays as it is.
 *
 * Returns: %FALSE when it does not fit
 */
gboolean
ligdi_draft_add_product (LigdiDraft *draft, const char *label, gint64 price)
{
  gboolean waiting;

  if (draft->typing.price > 0 && !ligdi_draft_add_line (draft))
    return FALSE;
  waiting = draft->typing.label != NULL;
  remember (draft);
  if (!add_or_count (draft->sale, label, waiting ? 1 : draft->typing.quantity, price))
    {
      forget_last (draft);
      return FALSE;
    }
  if (!waiting)
    ligdi_typing_clear (&draft->typing);
  return TRUE;
}

/**
 * ligdi_draft_add_line:
 * @draft: a draft
 *
 * The line being typed becomes a line of the sale.
 *
 * Returns: %FALSE, and nothing changed, when it has no price or does not fit
 */
gboolean
ligdi_draft_add_line (LigdiDraft *draft)
{
  if (draft->typing.price == 0)
    return FALSE;
  remember (draft);
  if (!add_typed_line (draft, draft->sale))
    {
      forget_last (draft);
      return FALSE;
    }
  ligdi_typing_clear (&draft->typing);
  return TRUE;
}

/**
 * ligdi_draft_remove:
 * @draft: a draft
 * @index: which line, from 0; the line being typed comes after the last
 */
void
ligdi_draft_remove (LigdiDraft *draft, guint index)
{
  remember (draft);
  if (index < ligdi_sale_get_n_lines (draft->sale))
    ligdi_sale_remove (draft->sale, index);
  else
    ligdi_typing_clear (&draft->typing);
}

/**
 * ligdi_draft_set_quantity:
 * @draft: a draft
 * @index: which line, from 0; the line being typed comes after the last
 * @quantity: how many, 1 to %LIGDI_SALE_MAX_QUANTITY
 *
 * Returns: %FALSE, and nothing changed, when the total would grow too large
 */
gboolean
ligdi_draft_set_quantity (LigdiDraft *draft, guint index, gint64 quantity)
{
  if (index >= ligdi_sale_get_n_lines (draft->sale))
    return ligdi_typing_set_quantity (&draft->typing, quantity);
  remember (draft);
  if (ligdi_sale_set_quantity (draft->sale, index, quantity))
    return TRUE;
  forget_last (draft);
  return FALSE;
}

/**
 * ligdi_draft_clear:
 * @draft: a draft
 *
 * Takes everything away; ligdi_draft_undo() brings it back.
 */
void
ligdi_draft_clear (LigdiDraft *draft)
{
  remember (draft);
  ligdi_sale_clear (draft->sale);
  ligdi_typing_clear (&draft->typing);
}

/**
 * ligdi_draft_undo:
 * @draft: a draft
 *
 * Goes back to before the last change of the lines.
 *
 * Returns: %FALSE when there was none
 */
gboolean
ligdi_draft_undo (LigdiDraft *draft)
{
  if (draft->undo->len == 0)
    return FALSE;
  go_back_to (draft, g_ptr_array_index (draft->undo, draft->undo->len - 1));
  forget_last (draft);
  return TRUE;
}

/**
 * ligdi_draft_restart:
 * @draft: a draft
 * @sale: (nullable): the lines to start from, or %NULL for none
 *
 * Another sale: there is no way back to the one before.
 */
void
ligdi_draft_restart (LigdiDraft *draft, const LigdiSale *sale)
{
  LigdiSale *start = sale != NULL ? ligdi_sale_copy (sale) : ligdi_sale_new ();

  ligdi_sale_free (draft->sale);
  draft->sale = start;
  ligdi_typing_clear (&draft->typing);
  g_ptr_array_set_size (draft->undo, 0);
  g_clear_pointer (&draft->mark, moment_free);
}

/**
 * ligdi_draft_mark:
 * @draft: a draft
 *
 * What follows may turn out to be a scan: see ligdi_draft_return_to_mark().
 */
void
ligdi_draft_mark (LigdiDraft *draft)
{
  g_clear_pointer (&draft->mark, moment_free);
  draft->mark = moment_new (draft);
  draft->undo_at_mark = draft->undo->len;
}

/**
 * ligdi_draft_return_to_mark:
 * @draft: a draft
 *
 * Withdraws everything since ligdi_draft_mark(): it was no typing.
 */
void
ligdi_draft_return_to_mark (LigdiDraft *draft)
{
  if (draft->mark == NULL)
    return;
  go_back_to (draft, draft->mark);
  if (draft->undo->len > draft->undo_at_mark)
    g_ptr_array_set_size (draft->undo, (int) draft->undo_at_mark);
}
