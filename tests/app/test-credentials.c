/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ligdi-credentials.h"

#include "ligdi-error.h"
#include "ligdi-test.h"

#include <glib/gstdio.h>

#include <string.h>

static void
write_key (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_both (void)
{
  g_autoptr (LigdiTestFolder) folder = ligdi_test_make_folder ();
  g_autoptr (LigdiCredentials) credentials = NULL;

  write_key (folder, "ligdipay-api-key", " THEKEY\n");
  write_key (folder, "ligdipay-api-token", "THETOKEN\r\n");
  credentials = ligdi_credentials_load (folder);
  g_assert_nonnull (credentials);
  g_assert_cmpstr (credentials->api_key, ==, "THEKEY");
  g_assert_cmpstr (credentials->api_token, ==, "THETOKEN");
}

/* One key alone is rejected by the gateway; it is as good as none. */
static void
test_one_or_none (void)
{
  g_autoptr (LigdiTestFolder) folder = ligdi_test_make_folder ();

  g_assert_null (ligdi_credentials_load (NULL));
  g_assert_null (ligdi_credentials_load (folder));
  write_key (folder, "ligdipay-api-key", "THEKEY");
  g_assert_null (ligdi_credentials_load (folder));
  write_key (folder, "ligdipay-api-token", " \n");
  g_assert_null (ligdi_credentials_load (folder));
}

/* For this user alone; blanks are copied along by mistake. */
static void
test_saved (void)
{
  g_autoptr (LigdiTestFolder) folder = ligdi_test_make_folder ();
  g_autofree char *directory = g_build_filename (folder, "keys", NULL);
  g_autofree char *path = g_build_filename (directory, "ligdipay-api-token", NULL);
  g_autoptr (LigdiCredentials) credentials = ligdi_credentials_new (" THEKEY ", "THETOKEN\n");
  g_autoptr (LigdiCredentials) loaded = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  g_assert_true (ligdi_credentials_save (credentials, directory, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (directory, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  loaded = ligdi_credentials_load (directory);
  g_assert_cmpstr (loaded->api_key, ==, "THEKEY");
  g_assert_cmpstr (loaded->api_token, ==, "THETOKEN");
  ligdi_credentials_remove (directory);
  g_assert_null (ligdi_credentials_load (directory));
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

static void
test_not_saved (void)
{
  g_autoptr (LigdiTestFolder) folder = ligdi_test_make_folder ();
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *directory = g_build_filename (file, "keys", NULL);
  g_autoptr (LigdiCredentials) credentials = ligdi_credentials_new ("THEKEY", "THETOKEN");
  g_autoptr (GError) error = NULL;

  write_key (folder, "file", "");
  g_assert_false (ligdi_credentials_save (credentials, directory, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_CREDENTIALS);
  g_assert_null (strstr (error->message, "THEKEY"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/credentials/both", test_both);
  g_test_add_func ("/credentials/one-or-none", test_one_or_none);
  g_test_add_func ("/credentials/saved", test_saved);
  g_test_add_func ("/credentials/not-saved", test_not_saved);
  return g_test_run ();
}
