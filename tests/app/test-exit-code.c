/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ligdi-exit-code.h"
#include "ligdi-pin.h"

#include "ligdi-test.h"

#include <glib/gstdio.h>

#include <string.h>

#define CODE "246813"
#define NOW G_GINT64_CONSTANT (1795600000000)
#define SECOND 1000

static void
test_pin (void)
{
  g_autofree char *hash = ligdi_pin_hash (CODE);
  g_autofree char *other = ligdi_pin_hash (CODE);

  g_assert_nonnull (hash);
  g_assert_null (strstr (hash, CODE));
  g_assert_cmpstr (hash, !=, other);
  g_assert_true (ligdi_pin_matches (CODE, hash));
  g_assert_false (ligdi_pin_matches ("246814", hash));
  g_assert_false (ligdi_pin_matches ("", hash));
  g_assert_false (ligdi_pin_matches (CODE, ""));
  g_assert_false (ligdi_pin_matches (CODE, "*0"));
  for (guint i = 0; i < 4; i++)
    {
      static const char *const wrong[] = { "12345", "1234567", "12345a", "１２" };

      g_assert_false (ligdi_pin_is_valid (wrong[i]));
    }
}

/* Three tries are free; then the wait doubles, up to an hour. */
static void
test_wait (void)
{
  g_assert_cmpint (ligdi_pin_get_wait (0), ==, 0);
  g_assert_cmpint (ligdi_pin_get_wait (2), ==, 0);
  g_assert_cmpint (ligdi_pin_get_wait (3), ==, 30 * SECOND);
  g_assert_cmpint (ligdi_pin_get_wait (4), ==, 60 * SECOND);
  g_assert_cmpint (ligdi_pin_get_wait (9), ==, 32 * 60 * SECOND);
  g_assert_cmpint (ligdi_pin_get_wait (10), ==, 60 * 60 * SECOND);
  g_assert_cmpint (ligdi_pin_get_wait (G_MAXUINT), ==, 60 * 60 * SECOND);
}

static void
test_tries (void)
{
  g_autoptr (LigdiTestFolder) folder = ligdi_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "exit-code", NULL);
  g_autoptr (LigdiExitCode) code = ligdi_exit_code_new (path);
  g_autoptr (LigdiExitCode) again = NULL;
  g_autofree char *text = NULL;
  GStatBuf status;

  g_assert_false (ligdi_exit_code_is_set (code));
  g_assert_false (ligdi_exit_code_try (code, CODE, NOW));
  g_assert_true (ligdi_exit_code_set (code, CODE));
  g_assert_true (ligdi_exit_code_is_set (code));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, CODE));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  for (guint i = 0; i < 3; i++)
    g_assert_false (ligdi_exit_code_try (code, "000000", NOW));
  /* A restart forgets nothing, and the right code has to wait as well. */
  again = ligdi_exit_code_new (path);
  g_assert_cmpint (ligdi_exit_code_get_wait (again, NOW), ==, 30 * SECOND);
  g_assert_false (ligdi_exit_code_try (again, CODE, NOW + 29 * SECOND));
  g_assert_cmpint (ligdi_exit_code_get_wait (again, NOW + 30 * SECOND), ==, 0);
  /* A clock that was set back does not lock anybody out for years. */
  g_assert_cmpint (ligdi_exit_code_get_wait (again, NOW - 1000 * SECOND), ==, 30 * SECOND);
  g_assert_true (ligdi_exit_code_try (again, CODE, NOW - 970 * SECOND));
  g_assert_cmpint (ligdi_exit_code_get_wait (again, NOW), ==, 0);
}

/* Who damages the file has not got rid of the code. */
static void
test_damaged (void)
{
  g_autoptr (LigdiTestFolder) folder = ligdi_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "exit-code", NULL);
  g_autoptr (LigdiExitCode) code = NULL;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  code = ligdi_exit_code_new (path);
  g_assert_true (ligdi_exit_code_is_set (code));
  g_assert_false (ligdi_exit_code_try (code, CODE, NOW));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exit-code/pin", test_pin);
  g_test_add_func ("/exit-code/wait", test_wait);
  g_test_add_func ("/exit-code/tries", test_tries);
  g_test_add_func ("/exit-code/damaged", test_damaged);
  return g_test_run ();
}
