/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-app"

#include "ligdi-credentials.h"

#include "ligdi-error.h"

#include <glib/gstdio.h>

#include <string.h>

/* The two keys in memory, and in files. */

#define API_KEY_FILE "ligdipay-api-key"
#define API_TOKEN_FILE "ligdipay-api-token"

static void
wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static char *
load_key (const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  g_strstrip (text);
  if (*text != '\0')
    return text;
  wipe (text);
  return NULL;
}

/* Beside the one that is in use, which stays until both can be put in place. */
static gboolean
save_new (const char *directory, const char *name, const char *key, GError **error)
{
  g_autofree char *new_name = g_strconcat (name, ".new", NULL);
  g_autofree char *path = g_build_filename (directory, new_name, NULL);
  g_autoptr (GError) inner = NULL;

  if (g_file_set_contents_full (path, key, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &inner))
    return TRUE;
  g_set_error (error, LIGDI_ERROR, LIGDI_ERROR_CREDENTIALS, "a key cannot be saved: %s",
               inner->message);
  return FALSE;
}

static gboolean
put_in_place (const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *new_path = g_strconcat (path, ".new", NULL);

  return g_rename (new_path, path) == 0;
}

static void
remove_key (const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);

  g_unlink (path);
}

/**
 * ligdi_credentials_new:
 * @api_key: the project's key
 * @api_token: the project's token
 *
 * Returns: (transfer full): a copy of both, without the blanks around them that are copied along
 */
LigdiCredentials *
ligdi_credentials_new (const char *api_key, const char *api_token)
{
  LigdiCredentials *credentials = g_new0 (LigdiCredentials, 1);

  credentials->api_key = g_strstrip (g_strdup (api_key));
  credentials->api_token = g_strstrip (g_strdup (api_token));
  return credentials;
}

/**
 * ligdi_credentials_are_in:
 * @directory: (nullable): a folder
 *
 * Returns: whether a key is there, or what should be one
 */
gboolean
ligdi_credentials_are_in (const char *directory)
{
  g_autofree char *api_key = NULL;
  g_autofree char *api_token = NULL;

  if (directory == NULL)
    return FALSE;
  api_key = g_build_filename (directory, API_KEY_FILE, NULL);
  api_token = g_build_filename (directory, API_TOKEN_FILE, NULL);
  return g_file_test (api_key, G_FILE_TEST_EXISTS) || g_file_test (api_token, G_FILE_TEST_EXISTS);
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
  credentials->api_key = load_key (directory, API_KEY_FILE);
  credentials->api_token = load_key (directory, API_TOKEN_FILE);
  if (credentials->api_key == NULL || credentials->api_token == NULL)
    return NULL;
  return g_steal_pointer (&credentials);
}

/**
 * ligdi_credentials_save:
 * @credentials: both keys
 * @directory: a folder, made if need be
 * @error: return location, %LIGDI_ERROR_CREDENTIALS
 *
 * Writes the files that ligdi_credentials_load() reads, for this user alone.
 *
 * Returns: whether both are on disk
 */
gboolean
ligdi_credentials_save (const LigdiCredentials *credentials, const char *directory, GError **error)
{
  g_return_val_if_fail (credentials != NULL, FALSE);
  g_return_val_if_fail (directory != NULL, FALSE);

  g_mkdir_with_parents (directory, 0700);
  if (!save_new (directory, API_KEY_FILE, credentials->api_key, error)
      || !save_new (directory, API_TOKEN_FILE, credentials->api_token, error))
    return FALSE;
  if (put_in_place (directory, API_KEY_FILE) && put_in_place (directory, API_TOKEN_FILE))
    return TRUE;
  g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_CREDENTIALS, "the keys cannot be replaced");
  return FALSE;
}

/**
 * ligdi_credentials_remove:
 * @directory: a folder
 *
 * Takes the files away that ligdi_credentials_save() wrote.
 */
void
ligdi_credentials_remove (const char *directory)
{
  g_return_if_fail (directory != NULL);

  remove_key (directory, API_KEY_FILE);
  remove_key (directory, API_TOKEN_FILE);
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
