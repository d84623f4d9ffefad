/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-receipt-text.h"

#include "ligdi-dates.h"
#include "ligdi-message.h"
#include "ligdi-money.h"
#include "ligdi-payer.h"

#include <glib/gi18n.h>

static void
add (GPtrArray *lines, LigdiReceiptKind kind, const char *left, const char *right)
{
  LigdiReceiptLine *line = g_new0 (LigdiReceiptLine, 1);

  line->kind = kind;
  line->left = g_strdup (left);
  line->right = g_strdup (right);
  g_ptr_array_add (lines, line);
}

static void
add_known (GPtrArray *lines, LigdiReceiptKind kind, const char *left, const char *right)
{
  if (right != NULL && *right != '\0')
    add (lines, kind, left, right);
}

static void
add_centred (GPtrArray *lines, LigdiReceiptKind kind, const char *text)
{
  if (text != NULL && *text != '\0')
    add (lines, kind, text, NULL);
}

/* Nobody may take play money for money, wherever the paper is torn. */
static void
add_banner (GPtrArray *lines, const LigdiReceiptShop *shop)
{
  if (shop->demonstration)
    add (lines, LIGDI_RECEIPT_BANNER, _("DEMONSTRATION — NO VALUE"), NULL);
}

static void
add_shop (GPtrArray *lines, const LigdiReceiptShop *shop)
{
  add_centred (lines, LIGDI_RECEIPT_TITLE, shop->name);
  add_centred (lines, LIGDI_RECEIPT_CENTRED, shop->till);
  add_centred (lines, LIGDI_RECEIPT_CENTRED, shop->phone);
  add_banner (lines, shop);
}

static void
add_moment (GPtrArray *lines, const LigdiPaymentRecord *record)
{
  gint64 at = record->verdict_at > 0 ? record->verdict_at : record->created_at;
  g_autofree char *day = ligdi_dates_format_day_and_year (at);
  g_autofree char *time = ligdi_dates_format_time_with_seconds (at);
  g_autofree char *ticket = g_strdup_printf ("%04d", (int) record->ticket);

  add (lines, LIGDI_RECEIPT_PAIR, _("Ticket"), ticket);
  add (lines, LIGDI_RECEIPT_PAIR, day, time);
  add_known (lines, LIGDI_RECEIPT_PAIR, _("Cashier"), record->cashier);
  add_known (lines, LIGDI_RECEIPT_PAIR, _("Order"), record->charge);
}

static void
add_items (GPtrArray *lines, const LigdiSale *sale)
{
  for (guint i = 0; i < ligdi_sale_get_n_lines (sale); i++)
    {
      const LigdiSaleLine *line = ligdi_sale_get_line (sale, i);
      g_autofree char *price = ligdi_money_format_number (line->unit_price);
      g_autofree char *quantity
        = g_strdup_printf ("%" G_GINT64_FORMAT "\xc2\xa0\xc3\x97\xc2\xa0%s", line->quantity, price);
      g_autofree char *amount = ligdi_money_format_number (line->unit_price * line->quantity);

      if (line->quantity == 1)
        {
          add (lines, LIGDI_RECEIPT_PAIR, line->label, amount);
          continue;
        }
      add (lines, LIGDI_RECEIPT_TEXT, line->label, NULL);
      add (lines, LIGDI_RECEIPT_PAIR, quantity, amount);
    }
}

/* The payer's number only as far as the screen shows it. */
static void
add_facts (GPtrArray *lines, const LigdiPaymentRecord *record)
{
  g_autofree char *payer = ligdi_payer_mask (record->payer);

  add_known (lines, LIGDI_RECEIPT_PAIR, _("Operator"), record->operator_name);
  add_known (lines, LIGDI_RECEIPT_PAIR, _("Customer"), payer);
  add_known (lines, LIGDI_RECEIPT_PAIR, _("Reference"), record->reference);
  /* Translators: the number LigdiCash gave the payment; its support asks for it. */
  add_known (lines, LIGDI_RECEIPT_PAIR, _("LigdiCash number"), record->request_id);
}

static void
write_receipt (GPtrArray *lines, const LigdiReceiptShop *shop, const LigdiPaymentRecord *record,
               const LigdiSale *sale)
{
  g_autofree char *total = ligdi_money_format (record->amount);

  add (lines, LIGDI_RECEIPT_HEADING, C_ ("on paper", "Receipt"), NULL);
  add_moment (lines, record);
  add (lines, LIGDI_RECEIPT_RULE, NULL, NULL);
  add_items (lines, sale);
  add (lines, LIGDI_RECEIPT_RULE, NULL, NULL);
  add (lines, LIGDI_RECEIPT_TOTAL, _("Total paid"), total);
  add (lines, LIGDI_RECEIPT_RULE, NULL, NULL);
  add_facts (lines, record);
  add (lines, LIGDI_RECEIPT_RULE, NULL, NULL);
  add_centred (lines, LIGDI_RECEIPT_CENTRED, shop->footer);
}

static void
write_statement (GPtrArray *lines, const LigdiReceiptShop *shop, const LigdiPaymentRecord *record,
                 const LigdiSale *sale)
{
  g_autofree char *asked = ligdi_money_format (record->amount);
  g_autofree char *received
    = record->amount_received >= 0 ? ligdi_money_format (record->amount_received) : NULL;
  g_autofree char *difference = ligdi_message_describe_difference (record);

  add (lines, LIGDI_RECEIPT_HEADING, C_ ("on paper", "Statement: payment to review"), NULL);
  add_moment (lines, record);
  add (lines, LIGDI_RECEIPT_RULE, NULL, NULL);
  add_items (lines, sale);
  add (lines, LIGDI_RECEIPT_RULE, NULL, NULL);
  add (lines, LIGDI_RECEIPT_TOTAL, _("Requested"), asked);
  add_known (lines, LIGDI_RECEIPT_TOTAL, _("Received"), received);
  add (lines, LIGDI_RECEIPT_TEXT,
       difference != NULL ? difference : _("The answer does not match this ticket."), NULL);
  add (lines, LIGDI_RECEIPT_RULE, NULL, NULL);
  add_facts (lines, record);
  add (lines, LIGDI_RECEIPT_TEXT, _("This paper is no proof of payment."), NULL);
  add (lines, LIGDI_RECEIPT_SIGNATURE, C_ ("signature", "Cashier"), NULL);
  add (lines, LIGDI_RECEIPT_SIGNATURE, C_ ("signature", "Manager"), NULL);
}

/**
 * ligdi_receipt_line_free:
 * @line: (transfer full): a line
 */
void
ligdi_receipt_line_free (LigdiReceiptLine *line)
{
  g_free (line->left);
  g_free (line->right);
  g_free (line);
}

/**
 * ligdi_receipt_write:
 * @shop: who sells
 * @record: a payment that is paid or disputed
 * @sale: what was sold
 *
 * A receipt exists only for a payment that the gateway confirmed; for one that it
 * contradicts there is a statement of what is known, which is no proof of payment.
 *
 * Returns: (transfer full) (nullable) (element-type LigdiReceiptLine): what to put on
 *   paper, or %NULL when there is nothing to say in this state
 */
GPtrArray *
ligdi_receipt_write (const LigdiReceiptShop *shop, const LigdiPaymentRecord *record,
                     const LigdiSale *sale)
{
  g_autoptr (GPtrArray) lines = NULL;

  g_return_val_if_fail (shop != NULL && record != NULL && sale != NULL, NULL);

  lines = g_ptr_array_new_with_free_func ((GDestroyNotify) ligdi_receipt_line_free);
  add_shop (lines, shop);
  switch (record->state)
    {
    case LIGDI_PAYMENT_STATE_PAID:
      write_receipt (lines, shop, record, sale);
      break;
    case LIGDI_PAYMENT_STATE_DISPUTED:
      write_statement (lines, shop, record, sale);
      break;
    case LIGDI_PAYMENT_STATE_CREATING:
    case LIGDI_PAYMENT_STATE_AWAITING:
    case LIGDI_PAYMENT_STATE_VERIFYING:
    case LIGDI_PAYMENT_STATE_UNRESOLVED:
    case LIGDI_PAYMENT_STATE_DECLINED:
    case LIGDI_PAYMENT_STATE_ABORTED:
      return NULL;
    }
  add_banner (lines, shop);
  return g_steal_pointer (&lines);
}
