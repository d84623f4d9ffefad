/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-money.h"

#define NARROW "\xe2\x80\xaf"
#define NO_BREAK "\xc2\xa0"
#define MINUS "\xe2\x88\x92"

/* No result of a refused operation may ever be mistaken for money. */
#define UNTOUCHED G_GINT64_CONSTANT (-77)

static void
test_format (void)
{
  static const struct
  {
    gint64 francs;
    const char *number;
  } table[] = {
    { 0, "0" },
    { 1, "1" },
    { 10, "10" },
    { 999, "999" },
    { 1000, "1" NARROW "000" },
    { 12500, "12" NARROW "500" },
    { 100000, "100" NARROW "000" },
    { 999999, "999" NARROW "999" },
    { 1000000, "1" NARROW "000" NARROW "000" },
    { LIGDI_MONEY_MAX, "1" NARROW "000" NARROW "000" NARROW "000" NARROW "000" },
    { -1, MINUS "1" },
    { -999, MINUS "999" },
    { -1000, MINUS "1" NARROW "000" },
    { -LIGDI_MONEY_MAX, MINUS "1" NARROW "000" NARROW "000" NARROW "000" NARROW "000" },
    { G_MAXINT64,
      "9" NARROW "223" NARROW "372" NARROW "036" NARROW "854" NARROW "775" NARROW "807" },
    { G_MININT64, MINUS "9" NARROW "223" NARROW "372" NARROW "036" NARROW "854" NARROW "775" NARROW
                        "808" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *number = ligdi_money_format_number (table[i].francs);
      g_autofree char *amount = ligdi_money_format (table[i].francs);
      g_autofree char *expected = g_strconcat (table[i].number, NO_BREAK "F" NO_BREAK "CFA", NULL);

      g_assert_cmpstr (number, ==, table[i].number);
      g_assert_cmpstr (amount, ==, expected);
    }
}

static void
test_add (void)
{
  static const struct
  {
    gint64 a, b;
    gboolean fits;
    gint64 sum;
  } table[] = {
    { 0, 0, TRUE, 0 },
    { 1, 2, TRUE, 3 },
    { 500, -500, TRUE, 0 },
    { 500, -501, TRUE, -1 },
    { LIGDI_MONEY_MAX, 0, TRUE, LIGDI_MONEY_MAX },
    { LIGDI_MONEY_MAX - 1, 1, TRUE, LIGDI_MONEY_MAX },
    { LIGDI_MONEY_MAX, 1, FALSE, 0 },
    { -LIGDI_MONEY_MAX, 0, TRUE, -LIGDI_MONEY_MAX },
    { -LIGDI_MONEY_MAX, -1, FALSE, 0 },
    { G_MAXINT64, 1, FALSE, 0 },
    { G_MAXINT64, G_MAXINT64, FALSE, 0 },
    { G_MININT64, -1, FALSE, 0 },
    { G_MININT64, G_MININT64, FALSE, 0 },
    { G_MAXINT64, G_MININT64, TRUE, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gint64 sum = UNTOUCHED;

      g_assert_cmpint (ligdi_money_add (table[i].a, table[i].b, &sum), ==, table[i].fits);
      g_assert_cmpint (sum, ==, table[i].fits ? table[i].sum : UNTOUCHED);
    }
}

static void
test_multiply (void)
{
  static const struct
  {
    gint64 unit_price, quantity;
    gboolean fits;
    gint64 product;
  } table[] = {
    { 0, 0, TRUE, 0 },
    { 500, 3, TRUE, 1500 },
    { 500, -3, TRUE, -1500 },
    { LIGDI_MONEY_MAX, 1, TRUE, LIGDI_MONEY_MAX },
    { LIGDI_MONEY_MAX / 2, 2, TRUE, LIGDI_MONEY_MAX },
    { LIGDI_MONEY_MAX / 2 + 1, 2, FALSE, 0 },
    { LIGDI_MONEY_MAX, -1, TRUE, -LIGDI_MONEY_MAX },
    { LIGDI_MONEY_MAX, 2, FALSE, 0 },
    { G_GINT64_CONSTANT (4294967296), G_GINT64_CONSTANT (4294967296), FALSE, 0 },
    { G_MININT64, -1, FALSE, 0 },
    { G_MAXINT64, G_MAXINT64, FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gint64 product = UNTOUCHED;

      g_assert_cmpint (ligdi_money_multiply (table[i].unit_price, table[i].quantity, &product), ==,
                       table[i].fits);
      g_assert_cmpint (product, ==, table[i].fits ? table[i].product : UNTOUCHED);
    }
}

static void
test_parse_accepts (void)
{
  static const struct
  {
    const char *text;
    gint64 francs;
  } table[] = {
    { "0", 0 },
    { "00", 0 },
    { "1", 1 },
    { "0012", 12 },
    { "12500", 12500 },
    { " 12500 ", 12500 },
    { "12 500", 12500 },
    { "12" NARROW "500", 12500 },
    { "12" NO_BREAK "500", 12500 },
    { "12\xe2\x80\x87" "500", 12500 }, /* U+2007, a space as wide as a digit */
    { "\t12\n500\r", 12500 },
    { "1000000000000", LIGDI_MONEY_MAX },
    { "00000000000000000000000000000000000000000000000000000000007", 7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gint64 francs = UNTOUCHED;

      if (!ligdi_money_parse (table[i].text, &francs))
        g_test_message ("refused: “%s”", table[i].text);
      g_assert_cmpint (francs, ==, table[i].francs);
    }
}

static void
test_parse_refuses (void)
{
  static const char *const table[] = {
    "",
    " ",
    "\t\n",
    NARROW,
    "-1",
    "-0",
    "+1",
    MINUS "1",
    "1.0",
    "1,0",
    "1.000",
    "1'000",
    "1_000",
    "1e3",
    "0x10",
    "010b",
    "12F",
    "12 F CFA",
    "F12",
    "1000000000001",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551617", /* 1, were it counted in 64 bits */
    "99999999999999999999999999999999999999999999",
    "\xd9\xa1\xd9\xa2",     /* Arabic digits 12 */
    "\xdb\xb1",             /* Persian digit 1 */
    "1\xd9\xa2",
    "\xef\xbc\x91",         /* full-width digit 1 */
    "\xc2\xb2",             /* superscript 2 */
    "\xc2\xbd",             /* one half */
    "1\xe2\x80\x8b" "2",    /* U+200B, which is no space */
    "\xef\xbb\xbf" "12",    /* a byte order mark */
    "12\xff",
    "\xe2\x80",             /* a cut character */
    "NaN",
    "un",
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gint64 francs = UNTOUCHED;

      if (ligdi_money_parse (table[i], &francs))
        g_test_message ("accepted: “%s”", table[i]);
      g_assert_cmpint (francs, ==, UNTOUCHED);
    }
}

/* What the program writes, it reads again. */
static void
test_round_trip (void)
{
  for (gint64 francs = 0; francs <= LIGDI_MONEY_MAX; francs = francs * 3 + 7)
    {
      g_autofree char *number = ligdi_money_format_number (francs);
      gint64 again = UNTOUCHED;

      g_assert_true (ligdi_money_parse (number, &again));
      g_assert_cmpint (again, ==, francs);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/format", test_format);
  g_test_add_func ("/money/add", test_add);
  g_test_add_func ("/money/multiply", test_multiply);
  g_test_add_func ("/money/parse/accepts", test_parse_accepts);
  g_test_add_func ("/money/parse/refuses", test_parse_refuses);
  g_test_add_func ("/money/round-trip", test_round_trip);
  return g_test_run ();
}
