/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-address.h"
#include "ligdi-error.h"
#include "ligdi-fuzz.h"

#include <string.h>

/* A gateway's address as written: refused, or one that stays what it is when read again, and
 * that carries the keys in the clear to nowhere but this computer. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  g_autoptr (GError) error = NULL;
  gboolean loopback = FALSE;
  gboolean loopback_again = FALSE;
  g_autofree char *base = ligdi_address_check_base (text, &loopback, &error);
  g_autofree char *again = NULL;

  g_assert_true ((base == NULL) == (error != NULL));
  if (base == NULL)
    return 0;
  again = ligdi_address_check_base (base, &loopback_again, NULL);
  g_assert_cmpstr (again, ==, base);
  g_assert_cmpint (loopback_again, ==, loopback);
  g_assert_true (g_str_has_prefix (base, "https://") || loopback);
  g_assert_null (strpbrk (strstr (base, "//") + 2, "/\\?#@ \t\r\n"));
  return 0;
}
