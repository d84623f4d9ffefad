/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-credentials.h"

#include <string.h>

/* The two keys every request of a merchant must carry (concepts/authentication). */

static char *
read_credential (const char *directory, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  g_strstrip (text);
  if (*text == '\0')
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The file %s is empty.", path);
      g_clear_pointer (&text, g_free);
    }
  return text;
}

/**
 * ligdi_sim_credentials_free:
 * @credentials: (transfer full) (nullable): the keys
 */
void
ligdi_sim_credentials_free (LigdiSimCredentials *credentials)
{
  if (credentials == NULL)
    return;

  g_free (credentials->api_key);
  g_free (credentials->api_token);
  g_free (credentials);
}

/**
 * ligdi_sim_credentials_load:
 * @directory: (nullable): where the files ligdipay-api-key and ligdipay-api-token lie; %NULL
 *   for the demonstration's own
 * @error: return location: a file is missing, unreadable or empty
 *
 * Returns: (transfer full) (nullable): the keys to expect
 */
LigdiSimCredentials *
ligdi_sim_credentials_load (const char *directory, GError **error)
{
  g_autoptr (LigdiSimCredentials) credentials = g_new0 (LigdiSimCredentials, 1);

  if (directory == NULL)
    {
      credentials->api_key = g_strdup (LIGDI_SIM_DEMO_API_KEY);
      credentials->api_token = g_strdup (LIGDI_SIM_DEMO_API_TOKEN);
      return g_steal_pointer (&credentials);
    }

  credentials->api_key = read_credential (directory, "ligdipay-api-key", error);
  if (credentials->api_key == NULL)
    return NULL;
  credentials->api_token = read_credential (directory, "ligdipay-api-token", error);
  if (credentials->api_token == NULL)
    return NULL;

  return g_steal_pointer (&credentials);
}

/**
 * ligdi_sim_credentials_accept:
 * @api_key: (nullable): the header Apikey
 * @authorization: (nullable): the header Authorization
 *
 * Returns: whether both keys are the expected ones
 */
gboolean
ligdi_sim_credentials_accept (const LigdiSimCredentials *credentials, const char *api_key,
                              const char *authorization)
{
  return api_key != NULL && authorization != NULL
         && strcmp (api_key, credentials->api_key) == 0
         && g_ascii_strncasecmp (authorization, "Bearer ", strlen ("Bearer ")) == 0
         && strcmp (authorization + strlen ("Bearer "), credentials->api_token) == 0;
}
