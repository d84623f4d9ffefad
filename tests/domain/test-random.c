/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-random.h"

#include <string.h>

#define MANY 10000
/* Short references would meet by chance once in a while; so few do not. */
#define FEW 1000

static void
test_token (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < MANY; i++)
    {
      char *token = ligdi_random_token ();

      g_assert_cmpuint (strlen (token), ==, 32);
      g_assert_cmpuint (strspn (token, "0123456789abcdef"), ==, 32);
      g_assert_true (g_hash_table_add (seen, token));
    }
}

static void
test_reference (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  static const char alphabet[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
  guint counts[sizeof alphabet - 1] = { 0 };

  for (guint i = 0; i < MANY; i++)
    {
      char *reference = ligdi_random_reference ();

      g_assert_true (g_regex_match_simple (
          "^LGD-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$", reference, 0, 0));
      for (guint j = 4; j < strlen (reference); j++)
        if (reference[j] != '-')
          counts[strchr (alphabet, reference[j]) - alphabet]++;
      g_assert_true (g_hash_table_add (seen, reference) || i >= FEW);
    }
  /* No letter is favoured: each comes 2,667 times on average, and 8 standard deviations from
   * that is not chance. */
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_assert_cmpuint (counts[i], >, 2260);
      g_assert_cmpuint (counts[i], <, 3080);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/random/token", test_token);
  g_test_add_func ("/random/reference", test_reference);
  return g_test_run ();
}
