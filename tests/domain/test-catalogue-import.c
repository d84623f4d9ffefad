/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-catalogue-import"

#include "ligdi-catalogue-import.h"

#include <string.h>

/* What was read, as "code|label|price" lines, and "!line fault" for what was not. */
static char *
describe (const LigdiCatalogueImport *import)
{
  GString *text = g_string_new (NULL);

  g_assert_cmpint (import->fault, ==, LIGDI_IMPORT_FAULT_NONE);
  for (guint i = 0; i < ligdi_catalogue_get_n_products (import->catalogue); i++)
    {
      const LigdiProduct *product = ligdi_catalogue_get_product (import->catalogue, i);

      g_string_append_printf (text, "%s|%s|%d\n", product->code, product->label,
                              (int) product->price);
    }
  for (guint i = 0; i < import->refused->len; i++)
    {
      LigdiRefusedLine refused = g_array_index (import->refused, LigdiRefusedLine, i);

      g_string_append_printf (text, "!%u %d\n", refused.line, (int) refused.fault);
    }
  return g_string_free (text, FALSE);
}

static void
assert_read (const char *bytes, gsize length, const char *expected)
{
  g_autoptr (LigdiCatalogueImport) import = ligdi_catalogue_import (bytes, length);
  g_autofree char *text = describe (import);

  g_assert_cmpstr (text, ==, expected);
}

/* However a spreadsheet writes them, they are the same three products. */
static void
test_forms (void)
{
  static const char expected[] = "611|Riz parfumé|3750\n|Œufs|2500\nS-7|a \"b\"; c|10\n";
  static const char *const texts[] = {
    "611;Riz parfumé;3750\n;Œufs;2500\nS-7;\"a \"\"b\"\"; c\";10\n",
    "\357\273\277611;Riz parfumé;3750\r\n;Œufs;2500\r\nS-7;\"a \"\"b\"\"; c\";10",
    "code;label;price\n611;Riz parfumé;3750\n;Œufs;2500\nS-7;\"a \"\"b\"\"; c\";10\n",
    ("\r\nPrix de vente;Désignation;Code-barres;Stock\r\n3 750;Riz parfumé;611;7\r\n"
     "\"2 500,00\";Œufs;;\r\n\r\n10;\"a \"\"b\"\"; c\";S-7;2\r\n"),
    "sep=,\n611,Riz parfumé,3750\n,Œufs,2500\nS-7,\"a \"\"b\"\"; c\",10\n",
    "611,Riz parfumé,3\302\240750\n,Œufs,2\342\200\257500 F CFA\nS-7,\"a \"\"b\"\"; c\",10 fcfa\n",
    "611\tRiz parfumé\t3750.00\n\tŒufs\t2500 XOF\nS-7\ta \"b\"; c\t10 F\n",
    "\"611\";\"Riz\nparfumé\";\"3750\"\n\"\";\"Œufs\";\"2500\"\nS-7;\"a \"\"b\"\"; c\";10\n",
    "611;Riz parfumé;3750\r;Œufs;2500\rS-7;\"a \"\"b\"\"; c\";10\r",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_read (texts[i], strlen (texts[i]), expected);
}

static void
test_old_letters (void)
{
  static const char windows[] = "611;Riz parfum\xe9;3750\n;\x8cufs;2500\n";
  static const char latin[] = "611;Riz parfum\xe9\x81;3750\n";
  static const char wide[] = "\xff\xfe\x36\0\t\0\xe9\0\t\0\x35\0\r\0\n\0";
  static const char wide_backwards[] = "\xfe\xff\0\x36\0\t\0\xe9\0\t\0\x35\0\r\0\n";

  assert_read (windows, sizeof windows - 1, "611|Riz parfumé|3750\n|Œufs|2500\n");
  assert_read (latin, sizeof latin - 1, "611|Riz parfumé|3750\n");
  assert_read (wide, sizeof wide - 1, "6|é|5\n");
  assert_read (wide_backwards, sizeof wide_backwards - 1, "6|é|5\n");
}

static void
test_refused_lines (void)
{
  static const struct
  {
    const char *line;
    LigdiProductFault fault;
  } table[] = {
    { "1;Riz;1500,50", LIGDI_PRODUCT_FAULT_PRICE },
    { "1;Riz;1.500", LIGDI_PRODUCT_FAULT_PRICE },
    { "1;Riz;1,500", LIGDI_PRODUCT_FAULT_PRICE },
    { "1;Riz;,00", LIGDI_PRODUCT_FAULT_PRICE },
    { "1;Riz;cher", LIGDI_PRODUCT_FAULT_PRICE },
    { "1;Riz;F CFA", LIGDI_PRODUCT_FAULT_PRICE },
    { "1;Riz;--5", LIGDI_PRODUCT_FAULT_PRICE },
    { "1;Riz;", LIGDI_PRODUCT_FAULT_NO_PRICE },
    { "1;Riz", LIGDI_PRODUCT_FAULT_NO_PRICE },
    { "1;;500", LIGDI_PRODUCT_FAULT_NO_LABEL },
    { "1;Riz;0", LIGDI_PRODUCT_FAULT_LOW_PRICE },
    { "1;Riz;-500", LIGDI_PRODUCT_FAULT_LOW_PRICE },
    { "1;Riz;2000001", LIGDI_PRODUCT_FAULT_HIGH_PRICE },
    { "1;Riz;99999999999999999999999", LIGDI_PRODUCT_FAULT_HIGH_PRICE },
    { "1;Riz;5 kg;500", LIGDI_PRODUCT_FAULT_CELLS },
    { "1;\"Riz\" 5 kg;500", LIGDI_PRODUCT_FAULT_QUOTES },
    { "6,11123E+12;Riz;500", LIGDI_PRODUCT_FAULT_SHORTENED_CODE },
    { "6 11;Riz;500", LIGDI_PRODUCT_FAULT_CODE },
    { "8;Riz;500", LIGDI_PRODUCT_FAULT_TWICE },
  };
  g_autofree char *long_label = g_strnfill (3000, 'a');
  g_autofree char *endless
      = g_strdup_printf ("code;label;price\n8;Sel;100\n1;\"%s\";500\n9;Thé;200\n", long_label);
  g_autofree char *quotes
      = g_strdup_printf ("8|Sel|100\n9|Thé|200\n!3 %d\n", (int) LIGDI_PRODUCT_FAULT_QUOTES);

  assert_read (endless, strlen (endless), quotes);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text
          = g_strdup_printf ("code;label;price\n8;Sel;100\n%s\n9;Thé;200\n", table[i].line);
      g_autofree char *expected
          = g_strdup_printf ("8|Sel|100\n9|Thé|200\n!3 %d\n", (int) table[i].fault);

      assert_read (text, strlen (text), expected);
    }
}

/* Lines are counted as an editor counts them, also behind a cell of several lines. */
static void
test_line_numbers (void)
{
  static const char text[] = "1;\"a\nb\r\nc\";100\n\n2;d;0\n3;\"e;300\n4;f;400\n5;g\n";
  g_autofree char *expected
      = g_strdup_printf ("1|a b c|100\n4|f|400\n!5 %d\n!6 %d\n!8 %d\n",
                         LIGDI_PRODUCT_FAULT_LOW_PRICE, LIGDI_PRODUCT_FAULT_QUOTES,
                         LIGDI_PRODUCT_FAULT_NO_PRICE);

  assert_read (text, strlen (text), expected);
}

static void
test_first_line (void)
{
  /* A first line that says nothing about columns is a line like any other. */
  static const char odd[] = "Bonjour;tout;le monde\n1;Riz;500\n";
  g_autofree char *expected = g_strdup_printf ("1|Riz|500\n!1 %d\n", LIGDI_PRODUCT_FAULT_PRICE);

  assert_read (odd, strlen (odd), expected);
  g_free (expected);
  expected = g_strdup_printf ("!1 %d\n", LIGDI_PRODUCT_FAULT_NO_LABEL);
  assert_read ("sep=", 4, expected);
}

static void
test_what_does_not_show (void)
{
  static const char text[] = "\xe2\x80\xaa" "1\xe2\x80\xac;\x1b Riz\xe2\x80\xae  5\x07;500\n"
                             "'=2;'=1+1;100\n'-3;''@x;100\n";

  assert_read (text, strlen (text), "1|Riz 5|500\n=2|=1+1|100\n-3|@x|100\n");
}

static void
test_no_list (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    LigdiImportFault fault;
  } table[] = {
    { "", 0, LIGDI_IMPORT_FAULT_EMPTY },
    { "\n\n;;\n", 5, LIGDI_IMPORT_FAULT_EMPTY },
    { "code;label;price\n", 17, LIGDI_IMPORT_FAULT_EMPTY },
    { "PK\3\4", 4, LIGDI_IMPORT_FAULT_WORKBOOK },
    { "\xd0\xcf\x11\xe0\xa1", 5, LIGDI_IMPORT_FAULT_WORKBOOK },
    { "1;a\0b;5\n", 8, LIGDI_IMPORT_FAULT_NO_TEXT },
    { "\xff\xfe\x31", 3, LIGDI_IMPORT_FAULT_NO_TEXT },
    { "Code;Article;Prix achat;Prix vente\n1;Riz;400;500\n", 49, LIGDI_IMPORT_FAULT_PRICES },
  };
  g_autofree char *large = g_strnfill (LIGDI_CATALOGUE_MAX_BYTES + 1, 'a');
  g_autoptr (LigdiCatalogueImport) too_large
      = ligdi_catalogue_import (large, LIGDI_CATALOGUE_MAX_BYTES + 1);

  g_assert_cmpint (too_large->fault, ==, LIGDI_IMPORT_FAULT_LARGE);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (LigdiCatalogueImport) import
          = ligdi_catalogue_import (table[i].bytes, table[i].length);

      g_assert_cmpint (import->fault, ==, table[i].fault);
      g_assert_null (import->catalogue);
    }
}

static void
test_written_and_read (void)
{
  static const char text[] = "6,1;=a;5\n;\"b; \"\"c\"\"\";2000000\n007;'d;1\n";
  g_autoptr (LigdiCatalogueImport) import = ligdi_catalogue_import (text, strlen (text));
  g_autofree char *expected = describe (import);
  g_autofree char *written = ligdi_catalogue_write (import->catalogue);

  g_assert_cmpuint (ligdi_catalogue_get_n_products (import->catalogue), ==, 3);
  assert_read (written, strlen (written), expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue-import/forms", test_forms);
  g_test_add_func ("/catalogue-import/old-letters", test_old_letters);
  g_test_add_func ("/catalogue-import/refused-lines", test_refused_lines);
  g_test_add_func ("/catalogue-import/line-numbers", test_line_numbers);
  g_test_add_func ("/catalogue-import/first-line", test_first_line);
  g_test_add_func ("/catalogue-import/what-does-not-show", test_what_does_not_show);
  g_test_add_func ("/catalogue-import/no-list", test_no_list);
  g_test_add_func ("/catalogue-import/written-and-read", test_written_and_read);
  return g_test_run ();
}
