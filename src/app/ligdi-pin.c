/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-app"

#include "ligdi-pin.h"

#include <crypt.h>
#include <stdlib.h>
#include <string.h>

/* A million codes are soon tried: the hash is slow, and who guesses waits longer each time. */

#define FREE_TRIES 3
#define FIRST_WAIT_MS (30 * G_GINT64_CONSTANT (1000))
#define LONGEST_WAIT_MS (60 * 60 * G_GINT64_CONSTANT (1000))

static char *
hash_with (const char *pin, const char *setting)
{
  struct crypt_data *data = g_new0 (struct crypt_data, 1);
  const char *hash = crypt_r (pin, setting, data);
  /* A failure token begins with a star, and matches nothing. */
  char *copy = hash != NULL && *hash != '*' ? g_strdup (hash) : NULL;

  explicit_bzero (data, sizeof *data);
  g_free (data);
  return copy;
}

/**
 * ligdi_pin_is_valid:
 * @pin: what somebody typed
 *
 * Returns: whether it is four to six digits
 */
gboolean
ligdi_pin_is_valid (const char *pin)
{
  gsize length = pin != NULL ? strlen (pin) : 0;

  return length >= LIGDI_PIN_MIN && length <= LIGDI_PIN_MAX
         && strspn (pin, "0123456789") == length;
}

/**
 * ligdi_pin_hash:
 * @pin: four to six digits
 *
 * Returns: (transfer full) (nullable): what can be kept in its place, or %NULL when it cannot be
 *   made; it takes some tenths of a second
 */
char *
ligdi_pin_hash (const char *pin)
{
  char setting[CRYPT_GENSALT_OUTPUT_SIZE];

  g_return_val_if_fail (ligdi_pin_is_valid (pin), NULL);

  if (crypt_gensalt_rn ("$y$", 0, NULL, 0, setting, sizeof setting) == NULL)
    return NULL;
  return hash_with (pin, setting);
}

/**
 * ligdi_pin_matches:
 * @pin: what somebody typed
 * @hash: what ligdi_pin_hash() gave
 *
 * Returns: whether it is the one; it takes some tenths of a second
 */
gboolean
ligdi_pin_matches (const char *pin, const char *hash)
{
  g_autofree char *again = NULL;

  g_return_val_if_fail (hash != NULL, FALSE);

  if (!ligdi_pin_is_valid (pin))
    return FALSE;
  again = hash_with (pin, hash);
  return again != NULL && g_str_equal (again, hash);
}

/**
 * ligdi_pin_get_wait:
 * @n_wrong: how often a wrong code was given since the last right one
 *
 * Returns: how long nobody may try again, ms
 */
gint64
ligdi_pin_get_wait (guint n_wrong)
{
  guint n_doublings;

  if (n_wrong < FREE_TRIES)
    return 0;
  n_doublings = MIN (n_wrong - FREE_TRIES, 7);
  return MIN (FIRST_WAIT_MS << n_doublings, LONGEST_WAIT_MS);
}
