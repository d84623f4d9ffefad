/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-proof.h"

#include "ligdi-message.h"
#include "ligdi-money.h"

#include <glib/gi18n.h>

/* What the gateway's support needs to find a payment, and nothing that could be used to pay or
 * to ask in the shop's name. */

static void
add (GPtrArray *lines, LigdiReceiptKind kind, const char *left, const char *right)
{
  LigdiReceiptLine *line;

  if (kind == LIGDI_RECEIPT_PAIR && (right == NULL || *right == '\0'))
    return;
  line = g_new0 (LigdiReceiptLine, 1);
  line->kind = kind;
  line->left = g_strdup (left);
  line->right = g_strdup (right);
  g_ptr_array_add (lines, line);
}

/* With the distance from UTC: the support's clock is not the shop's. */
static void
add_moment (GPtrArray *lines, const char *name, gint64 at)
{
  g_autoptr (GDateTime) moment = NULL;
  g_autofree char *text = NULL;

  if (at <= 0)
    return;
  moment = g_date_time_new_from_unix_local (at / 1000);
  text = moment != NULL ? g_date_time_format (moment, "%Y-%m-%d %H:%M:%S %:z") : NULL;
  add (lines, LIGDI_RECEIPT_PAIR, name, text);
}

static void
add_amounts (GPtrArray *lines, const LigdiPaymentRecord *record)
{
  g_autofree char *asked = ligdi_money_format (record->amount);
  g_autofree char *received
    = record->amount_received >= 0 ? ligdi_money_format (record->amount_received) : NULL;

  add (lines, LIGDI_RECEIPT_PAIR, _("Requested"), asked);
  add (lines, LIGDI_RECEIPT_PAIR, _("Received"), received);
}

/**
 * ligdi_proof_write:
 * @shop: who sells
 * @record: any payment
 * @invoice_id: (nullable): the gateway's number of the invoice
 *
 * Returns: (transfer full) (element-type LigdiReceiptLine): all that the gateway's support asks
 *   for
 */
GPtrArray *
ligdi_proof_write (const LigdiReceiptShop *shop, const LigdiPaymentRecord *record,
                   const char *invoice_id)
{
  GPtrArray *lines;
  LigdiMessage message;
  g_autofree char *ticket = NULL;

  g_return_val_if_fail (shop != NULL && record != NULL, NULL);

  lines = g_ptr_array_new_with_free_func ((GDestroyNotify) ligdi_receipt_line_free);
  message = ligdi_message_for_payment (record, TRUE);
  ticket = g_strdup_printf ("%04d", (int) record->ticket);
  if (shop->name != NULL && *shop->name != '\0')
    add (lines, LIGDI_RECEIPT_TITLE, shop->name, NULL);
  if (shop->demonstration)
    add (lines, LIGDI_RECEIPT_BANNER, _("DEMONSTRATION — NO VALUE"), NULL);
  add (lines, LIGDI_RECEIPT_HEADING, C_ ("on paper", "Proof sheet for LigdiCash"), NULL);
  add (lines, LIGDI_RECEIPT_PAIR, _("LigdiCash number"), record->request_id);
  add (lines, LIGDI_RECEIPT_PAIR, _("Invoice number"), invoice_id);
  add (lines, LIGDI_RECEIPT_PAIR, _("Our transaction"), record->transaction_id);
  add (lines, LIGDI_RECEIPT_PAIR, _("Reference"), record->reference);
  add (lines, LIGDI_RECEIPT_PAIR, _("Ticket"), ticket);
  add (lines, LIGDI_RECEIPT_PAIR, _("Till"), shop->till);
  add (lines, LIGDI_RECEIPT_RULE, NULL, NULL);
  add (lines, LIGDI_RECEIPT_PAIR, _("Operator"), record->operator_name);
  add (lines, LIGDI_RECEIPT_PAIR, _("Phone"), record->payer);
  add_amounts (lines, record);
  add (lines, LIGDI_RECEIPT_PAIR, _("At the till"), message.short_word);
  add (lines, LIGDI_RECEIPT_RULE, NULL, NULL);
  add_moment (lines, _("Invoice created"), record->created_at);
  add_moment (lines, _("Page left"), record->left_at);
  add_moment (lines, _("Last checked"), record->checked_at);
  add_moment (lines, _("Result"), record->verdict_at);
  return lines;
}

/**
 * ligdi_proof_to_text:
 * @lines: (element-type LigdiReceiptLine): a sheet
 *
 * Returns: (transfer full): the same to be pasted into a message
 */
char *
ligdi_proof_to_text (GPtrArray *lines)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (lines != NULL, NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const LigdiReceiptLine *line = g_ptr_array_index (lines, i);

      if (line->left != NULL && line->right != NULL)
        /* Translators: the name of something and its value, a line of a message. */
        g_string_append_printf (text, _("%1$s: %2$s"), line->left, line->right);
      else if (line->left != NULL)
        g_string_append (text, line->left);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}
