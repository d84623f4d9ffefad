/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-amount"

#include "ligdi-amount.h"
#include "ligdi-money.h"
#include "ligdi-payer.h"

#include <pango/pango.h>

/* How amounts and payers' numbers are written on the screen. */

static char *
strip (const char *markup)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  pango_parse_markup (markup, -1, 0, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
test_text_is_the_plain_amount (void)
{
  static const gint64 amounts[] = { 0, 5, 999, 1000, 12500, 1250000, LIGDI_MONEY_MAX, -8500 };

  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autofree char *markup = ligdi_amount_markup (amounts[i]);
      g_autofree char *number_markup = ligdi_amount_markup_number (amounts[i]);
      g_autofree char *text = strip (markup);
      g_autofree char *number = strip (number_markup);
      g_autofree char *plain = ligdi_money_format (amounts[i]);
      g_autofree char *plain_number = ligdi_money_format_number (amounts[i]);

      g_assert_cmpstr (text, ==, plain);
      g_assert_cmpstr (number, ==, plain_number);
    }
}

static void
test_currency_is_smaller (void)
{
  g_autofree char *markup = ligdi_amount_markup (12500);
  g_autoptr (GError) error = NULL;
  PangoAttrList *attributes = NULL;
  g_autofree char *text = NULL;
  PangoAttrIterator *iterator;
  gboolean found = FALSE;

  g_assert_true (pango_parse_markup (markup, -1, 0, &attributes, &text, NULL, &error));
  iterator = pango_attr_list_get_iterator (attributes);
  do
    {
      int start;
      int end;
      PangoAttribute *scale = pango_attr_iterator_get (iterator, PANGO_ATTR_SCALE);

      pango_attr_iterator_range (iterator, &start, &end);
      if (start < (int) strlen (text) && g_str_has_prefix (text + start, "CFA"))
        {
          g_assert_nonnull (scale);
          g_assert_cmpfloat_with_epsilon (((PangoAttrFloat *) scale)->value, 0.42, 0.001);
          found = TRUE;
        }
    }
  while (pango_attr_iterator_next (iterator));
  g_assert_true (found);
  pango_attr_iterator_destroy (iterator);
  pango_attr_list_unref (attributes);
}

static void
test_text_is_escaped (void)
{
  g_autofree char *markup = ligdi_amount_markup_text ("<b>12\xe2\x80\xaf" "500</b> & more");
  g_autofree char *text = strip (markup);

  g_assert_cmpstr (text, ==, "<b>12\xe2\x80\xaf" "500</b> & more");
}

static void
test_payer_mask (void)
{
  static const struct
  {
    const char *number;
    const char *masked;
  } table[] = {
    { "22607123445", "+226 07 •• •• 45" },
    { "+226 07 12 34 45", "+226 07 •• •• 45" },
    { "2250102030405", "+225 01 •• •• •• 05" },
    { "22890123456", "+228 90 •• •• 56" },
    { "07123445", "•• 45" },
    { "336123456789", "•• 89" },
    { "45", "•• 45" },
    { "4", NULL },
    { "", NULL },
    { "hidden", NULL },
    { NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *masked = ligdi_payer_mask (table[i].number);
      g_autofree char *expected = NULL;

      if (table[i].masked != NULL)
        {
          g_auto (GStrv) words = g_strsplit (table[i].masked, " ", -1);

          expected = g_strjoinv ("\xc2\xa0", words);
        }
      g_assert_cmpstr (masked, ==, expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/amount/text-is-the-plain-amount", test_text_is_the_plain_amount);
  g_test_add_func ("/amount/currency-is-smaller", test_currency_is_smaller);
  g_test_add_func ("/amount/text-is-escaped", test_text_is_escaped);
  g_test_add_func ("/amount/payer-mask", test_payer_mask);
  return g_test_run ();
}
