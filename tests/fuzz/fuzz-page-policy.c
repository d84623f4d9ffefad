/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-fuzz.h"
#include "ligdi-page-policy.h"

#include <string.h>

#define RETURN_URL "https://ligdipay.invalid/return/0f3c9b"
#define CANCEL_URL "https://ligdipay.invalid/cancel/77aa01"

/* Whether @secret stands in @uri, behind whatever is ignored or escaped there. */
static gboolean
holds (const char *uri, const char *secret)
{
  GString *bare = g_string_new (NULL);
  gboolean found;

  for (const char *p = uri; *p != '\0'; p++)
    if (*p == '%' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))
      {
        g_string_append_c (bare,
                           (char) (g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2])));
        p += 2;
      }
    else if (g_ascii_isgraph (*p))
      g_string_append_c (bare, *p);
  found = strstr (bare->str, secret) != NULL;
  g_string_free (bare, TRUE);
  return found;
}

/* An address a page wants to reach: ours is nothing that does not hold the secret, and a gateway
 * on this computer makes allowed what was blocked, never the other way about. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *uri = g_strndup (size > 0 ? (const char *) data : "", size);
  LigdiPageDecision live = ligdi_page_policy_decide (RETURN_URL, CANCEL_URL, FALSE, uri);
  LigdiPageDecision demonstration = ligdi_page_policy_decide (RETURN_URL, CANCEL_URL, TRUE, uri);

  g_assert_true (live != LIGDI_PAGE_RETURNED || holds (uri, "0f3c9b"));
  g_assert_true (live != LIGDI_PAGE_CANCELLED || holds (uri, "77aa01"));
  g_assert_true (live == demonstration
                 || (live == LIGDI_PAGE_BLOCK && demonstration == LIGDI_PAGE_ALLOW));
  return 0;
}
