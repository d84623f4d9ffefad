/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-random.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MANY 10000
/* Short references would meet by chance once in a while; so few do not. */
#define FEW 1000

/* What the kernel does, by turns: at most so many bytes, or this error. */
static gsize at_most = G_MAXSIZE;
static int fails_with;
static guint n_calls;

/* Ours, in place of the C library's. */
ssize_t
getrandom (void *buffer, size_t length, unsigned int flags)
{
  n_calls++;
  if (fails_with != 0 && n_calls % 2 == 1)
    {
      errno = fails_with;
      return -1;
    }
  return syscall (SYS_getrandom, buffer, MIN (length, at_most), flags);
}

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

/* A signal in the middle, or fewer bytes than were asked for, make no id that is easier to
 * guess. */
static void
test_interrupted (void)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  fails_with = EINTR;
  at_most = 5;
  n_calls = 0;
  first = ligdi_random_token ();
  /* Sixteen bytes, five at a time, and a signal before each. */
  g_assert_cmpuint (n_calls, ==, 8);
  second = ligdi_random_token ();
  fails_with = 0;
  at_most = G_MAXSIZE;
  g_assert_cmpuint (strspn (first, "0123456789abcdef"), ==, 32);
  g_assert_cmpstr (first, !=, second);
  /* The last bytes came, too. */
  g_assert_cmpstr (first + 16, !=, second + 16);
}

/* Without random numbers there is no selling. */
static void
test_none (void)
{
  if (g_test_subprocess ())
    {
      fails_with = ENOSYS;
      g_free (ligdi_random_token ());
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*should not be reached*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/random/token", test_token);
  g_test_add_func ("/random/reference", test_reference);
  g_test_add_func ("/random/interrupted", test_interrupted);
  g_test_add_func ("/random/none", test_none);
  return g_test_run ();
}
