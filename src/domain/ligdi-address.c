/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-domain"

#include "ligdi-address.h"

#include "ligdi-error.h"

#include <string.h>

#define PARSE_FLAGS (G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED)

static gboolean
is_loopback_quad (const char *host)
{
  g_auto (GStrv) parts = g_strsplit (host, ".", 5);

  if (g_strv_length (parts) != 4)
    return FALSE;
  for (guint i = 0; i < 4; i++)
    {
      gsize length = strlen (parts[i]);

      /* Leading zeros mean octal to some resolvers. */
      if (length < 1 || length > 3 || (length > 1 && parts[i][0] == '0'))
        return FALSE;
      for (const char *p = parts[i]; *p != '\0'; p++)
        if (!g_ascii_isdigit (*p))
          return FALSE;
      if (g_ascii_strtoull (parts[i], NULL, 10) > 255)
        return FALSE;
    }
  return g_str_equal (parts[0], "127");
}

/* A host in ASCII, and after it a path or nothing. Addresses with a backslash, a space or a
 * semicolon there are read in one way by some programs and in another by others. */
static gboolean
has_plain_host (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  const char *path = g_uri_get_path (uri);

  if (host == NULL || *host == '\0' || (*path != '\0' && *path != '/'))
    return FALSE;
  for (const char *p = host; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr (".-_:", *p) == NULL)
      return FALSE;
  return TRUE;
}

/**
 * ligdi_address_is_loopback_host:
 * @host: a host as it stands in an address, without brackets
 *
 * Returns: whether @host can only be this computer
 */
gboolean
ligdi_address_is_loopback_host (const char *host)
{
  g_return_val_if_fail (host != NULL, FALSE);

  return g_ascii_strcasecmp (host, "localhost") == 0 || g_str_equal (host, "::1")
         || is_loopback_quad (host);
}

/**
 * ligdi_address_check_base:
 * @text: a gateway's base address as somebody wrote it
 * @is_loopback: (out) (optional): whether it is on this computer
 * @error: return location, %LIGDI_ERROR_CREDENTIALS
 *
 * Accepts the root of an https host, or of an http host on this computer (the
 * simulator, a shop's relay). Everything else could carry the keys in the clear
 * or to somewhere unforeseen.
 *
 * Returns: (transfer full): the address without a closing slash, or %NULL
 */
char *
ligdi_address_check_base (const char *text, gboolean *is_loopback, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  const char *path;
  gboolean loopback;
  gboolean https;

  g_return_val_if_fail (text != NULL, NULL);

  uri = g_uri_parse (text, G_URI_FLAGS_ENCODED, NULL);
  if (uri == NULL || !has_plain_host (uri) || g_uri_get_userinfo (uri) != NULL
      || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    {
      g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_CREDENTIALS,
                           "the gateway address is not the root of a host");
      return NULL;
    }
  path = g_uri_get_path (uri);
  if (*path != '\0' && !g_str_equal (path, "/"))
    {
      g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_CREDENTIALS,
                           "the gateway address has a path; only the root of a host is taken");
      return NULL;
    }
  https = g_ascii_strcasecmp (g_uri_get_scheme (uri), "https") == 0;
  loopback = ligdi_address_is_loopback_host (g_uri_get_host (uri));
  if (!https && !(loopback && g_ascii_strcasecmp (g_uri_get_scheme (uri), "http") == 0))
    {
      g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_CREDENTIALS,
                           "the gateway address is neither https nor on this computer");
      return NULL;
    }
  if (is_loopback != NULL)
    *is_loopback = loopback;
  return g_uri_join (G_URI_FLAGS_ENCODED, https ? "https" : "http", NULL, g_uri_get_host (uri),
                     g_uri_get_port (uri), "", NULL, NULL);
}

/**
 * ligdi_address_is_page:
 * @uri: a payment page's address as the gateway gave it
 * @loopback_allowed: whether the gateway itself is on this computer
 *
 * The page is opened as given; this only refuses what no gateway sends: another
 * scheme than https, a user name in front of the host, or a host that could be
 * read in two ways. Any other host will do, because observed pages live on
 * another one than the documented (API sheet: hosts).
 *
 * Returns: whether @uri may be opened
 */
gboolean
ligdi_address_is_page (const char *uri, gboolean loopback_allowed)
{
  g_autoptr (GUri) parsed = NULL;

  g_return_val_if_fail (uri != NULL, FALSE);

  parsed = g_uri_parse (uri, PARSE_FLAGS, NULL);
  if (parsed == NULL || g_uri_get_userinfo (parsed) != NULL || !has_plain_host (parsed))
    return FALSE;
  if (g_ascii_strcasecmp (g_uri_get_scheme (parsed), "https") == 0)
    return TRUE;
  return loopback_allowed && g_ascii_strcasecmp (g_uri_get_scheme (parsed), "http") == 0
         && ligdi_address_is_loopback_host (g_uri_get_host (parsed));
}

/**
 * ligdi_address_is_loopback_page:
 * @uri: an address
 *
 * Returns: whether @uri is a page on this computer, which no other can open
 */
gboolean
ligdi_address_is_loopback_page (const char *uri)
{
  g_autofree char *host = NULL;

  g_return_val_if_fail (uri != NULL, FALSE);

  host = ligdi_address_get_host (uri);
  return host != NULL && ligdi_address_is_loopback_host (host);
}

/**
 * ligdi_address_is_public:
 * @uri: an address
 *
 * Returns: whether another device can open it, as far as its host's name tells
 */
gboolean
ligdi_address_is_public (const char *uri)
{
  g_autofree char *host = NULL;

  g_return_val_if_fail (uri != NULL, FALSE);

  host = ligdi_address_get_host (uri);
  return host != NULL && !ligdi_address_is_loopback_host (host)
         && !g_str_has_suffix (host, ".invalid");
}

/**
 * ligdi_address_get_host:
 * @uri: (nullable): an address
 *
 * Returns: (transfer full) (nullable): its host, to be shown to people, or %NULL
 *   when it has none
 */
char *
ligdi_address_get_host (const char *uri)
{
  g_autoptr (GUri) parsed = NULL;

  if (uri == NULL)
    return NULL;
  parsed = g_uri_parse (uri, PARSE_FLAGS, NULL);
  if (parsed == NULL || !has_plain_host (parsed))
    return NULL;
  return g_strdup (g_uri_get_host (parsed));
}

/**
 * ligdi_address_get_origin:
 * @uri: a page's address
 *
 * Returns: (transfer full) (nullable): its scheme, host and port, without what may be secret
 *   in it, or %NULL when it has no plain host
 */
char *
ligdi_address_get_origin (const char *uri)
{
  g_autoptr (GUri) parsed = NULL;

  g_return_val_if_fail (uri != NULL, NULL);

  parsed = g_uri_parse (uri, PARSE_FLAGS, NULL);
  if (parsed == NULL || !has_plain_host (parsed))
    return NULL;
  return g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (parsed), NULL, g_uri_get_host (parsed),
                     g_uri_get_port (parsed), "", NULL, NULL);
}
