/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-app"

#include "ligdi-credentials.h"

#include <string.h>

static char *
load_key (const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  g_strstrip (text);
  if (*text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

static void
wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/**
 * ligdi_credentials_load:
 * @directory: (nullable): where systemd, or whoever started the program, put the files
 *   `ligdipay-api-key` and `ligdipay-api-token`
 *
 * Returns: (transfer full) (nullable): both keys, or %NULL when one is missing
 */
LigdiCredentials *
ligdi_credentials_load (const char *directory)
{
  g_autoptr (LigdiCredentials) credentials = NULL;

  if (directory == NULL)
    return NULL;
  credentials = g_new0 (LigdiCredentials, 1);
  credentials->api_key = load_key (directory, "ligdipay-api-key");
  credentials->api_token = load_key (directory, "ligdipay-api-token");
  if (credentials->api_key == NULL || credentials->api_token == NULL)
    return NULL;
  return g_steal_pointer (&credentials);
}

/**
 * ligdi_credentials_free:
 * @credentials: (transfer full): both keys, wiped before their memory is given back
 */
void
ligdi_credentials_free (LigdiCredentials *credentials)
{
  wipe (credentials->api_key);
  wipe (credentials->api_token);
  g_free (credentials);
}
