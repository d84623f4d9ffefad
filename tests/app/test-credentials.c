/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ligdi-credentials.h"

#include "ligdi-test.h"

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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/credentials/both", test_both);
  g_test_add_func ("/credentials/one-or-none", test_one_or_none);
  return g_test_run ();
}
