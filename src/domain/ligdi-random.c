/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-domain"

#include "ligdi-random.h"

#include <errno.h>
#include <sys/random.h>

static void
fill (guint8 *bytes, gsize length)
{
  gsize done = 0;

  while (done < length)
    {
      gssize got = getrandom (bytes + done, length - done, 0);

      if (got > 0)
        done += (gsize) got;
      else if (errno != EINTR)
        /* A guessable id would be worse than not running. */
        g_assert_not_reached ();
    }
}

/**
 * ligdi_random_token:
 *
 * Makes 128 bits nobody can guess, from the kernel: for transaction ids and for
 * the path segments of the return and cancel addresses.
 *
 * Returns: (transfer full): 32 hexadecimal digits
 */
char *
ligdi_random_token (void)
{
  guint8 bytes[16];
  GString *text = g_string_sized_new (2 * sizeof bytes);

  fill (bytes, sizeof bytes);
  for (gsize i = 0; i < sizeof bytes; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free (text, FALSE);
}

/**
 * ligdi_random_reference:
 *
 * Makes a payment's reference: short enough to be read over the telephone,
 * without the letters and digits people confuse (I, L, O, U, 0, 1). It is printed
 * on receipts and so is no secret; the ledger keeps it unique.
 *
 * Returns: (transfer full): for instance "LGD-7K2M-9QXA"
 */
char *
ligdi_random_reference (void)
{
  static const char alphabet[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ+-";
  char letters[8];

  for (gsize i = 0; i < sizeof letters; i++)
    {
      /* 30 letters out of 32: draw again rather than favour some. */
      do
        {
          guint8 draw;

          fill (&draw, 1);
          letters[i] = alphabet[draw & 31];
        }
      while (letters[i] == '+' || letters[i] == '-');
    }
  return g_strdup_printf ("LGD-%.4s-%.4s", letters, letters + 4);
}
