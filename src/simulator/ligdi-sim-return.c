/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-return.h"

#include <string.h>

/* Where the payment page sends the browser back to. The addresses come from a merchant's
 * request, so only plain web addresses are followed: no script, no control characters. */

#define HOST_CHARACTERS \
  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:"

static GUri *
parse (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  const char *path = uri != NULL ? g_uri_get_path (uri) : "";

  if ((strcmp (scheme, "http") != 0 && strcmp (scheme, "https") != 0) || host == NULL
      || *host == '\0' || strspn (host, HOST_CHARACTERS) != strlen (host))
    return NULL;

  /* As in "https://host;x": GLib takes such an address apart, but not together again. */
  if (*path != '\0' && *path != '/')
    return NULL;

  return g_steal_pointer (&uri);
}

static gboolean
is_printable_ascii (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (*c <= ' ' || *c > '~')
      return FALSE;
  return TRUE;
}

static char *
join_query (const char *query, const char *token)
{
  if (token == NULL)
    return g_strdup (query);
  if (query == NULL || *query == '\0')
    return g_strconcat ("token=", token, NULL);
  return g_strconcat (query, "&token=", token, NULL);
}

/**
 * ligdi_sim_return_make_url:
 * @url: a return or cancel address from a create request
 * @token: (nullable): the creation token to append to the query, or %NULL for nothing
 *
 * The documentation does not say what the gateway appends; LigdiCash's library of 2020 and
 * return pages of merchants read "token" from the query.
 *
 * Returns: (transfer full) (nullable): the address to go to, or %NULL when @url is empty or no
 *   plain web address
 */
char *
ligdi_sim_return_make_url (const char *url, const char *token)
{
  g_autoptr (GUri) uri = parse (url);
  g_autofree char *query = NULL;
  g_autofree char *joined = NULL;

  if (uri == NULL)
    return NULL;

  query = join_query (g_uri_get_query (uri), token);
  joined = g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), g_uri_get_userinfo (uri),
                       g_uri_get_host (uri), g_uri_get_port (uri), g_uri_get_path (uri), query,
                       g_uri_get_fragment (uri));
  return is_printable_ascii (joined) ? g_steal_pointer (&joined) : NULL;
}

/**
 * ligdi_sim_return_get_origin:
 * @url: a return or cancel address from a create request
 *
 * Returns: (transfer full) (nullable): scheme, host and port of @url, as a content security
 *   policy names them
 */
char *
ligdi_sim_return_get_origin (const char *url)
{
  g_autoptr (GUri) uri = parse (url);
  g_autofree char *origin = NULL;

  if (uri == NULL)
    return NULL;

  origin = g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                       g_uri_get_port (uri), "", NULL, NULL);
  return g_steal_pointer (&origin);
}
