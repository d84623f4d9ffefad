/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-csv"

#include "ligdi-csv.h"

static void
test_rows (void)
{
  g_autoptr (GString) csv = g_string_new (LIGDI_CSV_MARK);

  ligdi_csv_add_text (csv, "Référence");
  ligdi_csv_add_text (csv, "Montant");
  ligdi_csv_end_row (csv);
  ligdi_csv_add_text (csv, "LGD-2222-3333");
  ligdi_csv_add_number (csv, 12500);
  ligdi_csv_add_text (csv, NULL);
  ligdi_csv_end_row (csv);
  ligdi_csv_add_number (csv, -500);
  ligdi_csv_end_row (csv);
  g_assert_cmpstr (csv->str, ==,
                   "\357\273\277\"Référence\";\"Montant\"\r\n"
                   "\"LGD-2222-3333\";12500;\"\"\r\n"
                   "-500\r\n");
}

static void
test_cells (void)
{
  static const struct
  {
    const char *text;
    const char *cell;
  } table[] = {
    { "", "\"\"" },
    { "Riz; 5 kg", "\"Riz; 5 kg\"" },
    { "a \"b\" c", "\"a \"\"b\"\" c\"" },
    { "two\r\nlines", "\"two\r\nlines\"" },
    { "=1+1", "\"'=1+1\"" },
    { "+22670000000", "\"'+22670000000\"" },
    { "-1", "\"'-1\"" },
    { "@SUM(A1)", "\"'@SUM(A1)\"" },
    { " \t=cmd", "\"' \t=cmd\"" },
    { "\r=cmd", "\"'\r=cmd\"" },
    { "a=b", "\"a=b\"" },
    { "\"=1", "\"\"\"=1\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GString) csv = g_string_new (NULL);

      ligdi_csv_add_text (csv, table[i].text);
      g_assert_cmpstr (csv->str, ==, table[i].cell);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/rows", test_rows);
  g_test_add_func ("/csv/cells", test_cells);
  return g_test_run ();
}
