/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-proof"

#include "made-up.h"

#include "ligdi-proof.h"

#include <stdlib.h>
#include <string.h>

/* The sheet for the gateway's support: everything it asks for, and nothing that opens anything. */

static const LigdiReceiptShop shop = { .name = "Wend-Kuni", .till = "Till no. 2" };

static char *
write_proof (const char *name, const char *invoice_id, gboolean demonstration)
{
  LigdiReceiptShop seller = shop;
  g_autoptr (LigdiPayment) payment = made_up_payment (name, G_GINT64_CONSTANT (1764061234000));
  g_autoptr (LigdiPaymentRecord) record
    = ligdi_payment_record_copy (ligdi_payment_get_record (payment));
  g_autoptr (GPtrArray) lines = NULL;

  seller.demonstration = demonstration;
  record->request_id = g_strdup ("P2782222872026");
  g_free (record->token);
  record->token = g_strdup ("S3CRET-T0KEN");
  record->page_url = g_strdup ("https://client.ligdicash.com/?invoice=S3CRET-T0KEN");
  record->return_url = g_strdup ("https://ligdipay.invalid/return/S3CRET-PATH");
  lines = ligdi_proof_write (&seller, record, invoice_id);
  return ligdi_proof_to_text (lines);
}

static void
assert_says (const char *text, const char *line)
{
  g_autofree char *whole = g_strdup_printf ("\n%s", text);
  g_autofree char *wanted = g_strdup_printf ("\n%s\n", line);

  if (strstr (whole, wanted) == NULL)
    g_error ("“%s” is not in:\n%s", line, text);
}

static void
test_paid (void)
{
  g_autofree char *text = write_proof ("paid", "78222287", FALSE);

  assert_says (text, "Wend-Kuni");
  assert_says (text, "Proof sheet for LigdiCash");
  assert_says (text, "LigdiCash number: P2782222872026");
  assert_says (text, "Invoice number: 78222287");
  assert_says (text, "Reference: LGD-7K2M-9QXA");
  assert_says (text, "Ticket: 0147");
  assert_says (text, "Operator: Orange Money");
  /* Whole: support looks for it. */
  assert_says (text, "Phone: 22607123445");
  assert_says (text, "Requested: 12\u202f500\u00a0F\u00a0CFA");
  assert_says (text, "Received: 12\u202f500\u00a0F\u00a0CFA");
  assert_says (text, "At the till: Paid");
  assert_says (text, "Result: 2025-11-25 09:00:33 +00:00");
  g_assert_null (strstr (text, "S3CRET"));
  g_assert_null (strstr (text, "DEMONSTRATION"));
}

/* What is not known has no line; play money says so. */
static void
test_pending (void)
{
  g_autofree char *text = write_proof ("pending", NULL, TRUE);

  assert_says (text, "DEMONSTRATION — NO VALUE");
  assert_says (text, "At the till: Pending");
  g_assert_null (strstr (text, "Invoice number"));
  g_assert_null (strstr (text, "Received"));
  g_assert_null (strstr (text, "Phone"));
  g_assert_null (strstr (text, "Result"));
  g_assert_nonnull (strstr (text, "Last checked: 2025-11-25"));
}

int
main (int argc, char **argv)
{
  setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/proof/paid", test_paid);
  g_test_add_func ("/proof/pending", test_pending);
  return g_test_run ();
}
