/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-domain"

#include "ligdi-page-policy.h"

#include "ligdi-address.h"

#include <string.h>

/* Real pages carry odd characters in their queries; being strict about those
 * would block a bank, and the parts compared below stay exact all the same. */
#define PARSE_FLAGS (G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED)

/* No app has a longer one. */
#define SCHEME_MAX 40

static int
effective_port (GUri *uri)
{
  if (g_uri_get_port (uri) != -1)
    return g_uri_get_port (uri);
  if (g_ascii_strcasecmp (g_uri_get_scheme (uri), "https") == 0)
    return 443;
  return 80;
}

static gboolean
same_path (const char *a, const char *b)
{
  gsize length_a = strlen (a);
  gsize length_b = strlen (b);

  if (length_a > 0 && a[length_a - 1] == '/')
    length_a--;
  if (length_b > 0 && b[length_b - 1] == '/')
    length_b--;
  return length_a == length_b && strncmp (a, b, length_a) == 0;
}

/* Component by component and never by prefix: look-alike hosts and addresses
 * that carry ours in their query must not match. Query and fragment are left
 * out, because the gateway may append "?token=…" (API sheet: redirects). */
static gboolean
same_place (GUri *uri, GUri *place)
{
  return g_ascii_strcasecmp (g_uri_get_scheme (uri), g_uri_get_scheme (place)) == 0
         && g_ascii_strcasecmp (g_uri_get_host (uri), g_uri_get_host (place)) == 0
         && effective_port (uri) == effective_port (place)
         && same_path (g_uri_get_path (uri), g_uri_get_path (place));
}

/* A shop's own page is the same place for both, and only our word tells them apart; what the
 * gateway adds comes before it or after it. */
static gboolean
has_words (GUri *uri, GUri *place)
{
  const char *theirs = g_uri_get_query (uri);
  const char *ours = g_uri_get_query (place);
  g_auto (GStrv) present = g_strsplit (theirs != NULL ? theirs : "", "&", -1);
  g_auto (GStrv) words = g_strsplit (ours != NULL ? ours : "", "&", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) present, words[i]))
      return FALSE;
  return TRUE;
}

/* Operators' apps have schemes of their own, and new ones come: whatever is none of a
 * computer's is a telephone's. */
static gboolean
is_for_phone (const char *uri)
{
  static const char *const ours[] = {
    "about", "admin", "blob", "chrome", "data", "file", "filesystem", "ftp", "gopher", "help",
    "http", "https", "info", "inspector", "irc", "jar", "javascript", "ldap", "mailto", "man",
    "news", "resource", "sftp", "smb", "ssh", "trash", "vbscript", "view-source", "webcal",
    "webkit", "webkit-pdfjs-viewer", "ws", "wss", NULL,
  };
  g_autofree char *scheme = g_uri_parse_scheme (uri);
  g_autofree char *lower = scheme != NULL ? g_ascii_strdown (scheme, -1) : NULL;

  return lower != NULL && strlen (lower) <= SCHEME_MAX && !g_strv_contains (ours, lower);
}

/**
 * ligdi_page_policy_decide:
 * @return_url: this payment's return address
 * @cancel_url: this payment's cancel address
 * @loopback_allowed: whether the configured gateway is on this computer, and plain
 *   http to it therefore allowed
 * @uri: (nullable): where the page, or a frame in it, wants to go
 *
 * Operators and card pages leave the gateway's domain and use frames, so any
 * https host is allowed (API sheet: payment page). Everything that is neither
 * that nor listed here is blocked.
 *
 * Returns: the decision
 */
LigdiPageDecision
ligdi_page_policy_decide (const char *return_url, const char *cancel_url,
                          gboolean loopback_allowed, const char *uri)
{
  g_autoptr (GUri) parsed = NULL;
  g_autoptr (GUri) returned = NULL;
  g_autoptr (GUri) cancelled = NULL;

  g_return_val_if_fail (return_url != NULL, LIGDI_PAGE_BLOCK);
  g_return_val_if_fail (cancel_url != NULL, LIGDI_PAGE_BLOCK);

  if (uri == NULL)
    return LIGDI_PAGE_BLOCK;
  if (g_str_equal (uri, "about:blank") || g_str_equal (uri, "about:srcdoc"))
    return LIGDI_PAGE_ALLOW;
  if (g_ascii_strncasecmp (uri, "blob:", 5) == 0)
    return ligdi_address_is_page (uri + 5, loopback_allowed) ? LIGDI_PAGE_ALLOW
                                                             : LIGDI_PAGE_BLOCK;

  if (!ligdi_address_is_page (uri, TRUE))
    return is_for_phone (uri) ? LIGDI_PAGE_PHONE : LIGDI_PAGE_BLOCK;
  parsed = g_uri_parse (uri, PARSE_FLAGS, NULL);
  returned = g_uri_parse (return_url, PARSE_FLAGS, NULL);
  cancelled = g_uri_parse (cancel_url, PARSE_FLAGS, NULL);
  if (cancelled != NULL && same_place (parsed, cancelled) && has_words (parsed, cancelled))
    return LIGDI_PAGE_CANCELLED;
  if (returned != NULL && same_place (parsed, returned))
    return LIGDI_PAGE_RETURNED;
  return ligdi_address_is_page (uri, loopback_allowed) ? LIGDI_PAGE_ALLOW : LIGDI_PAGE_BLOCK;
}
