/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ligdi-staff-file.h"
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
  static const char *const wrong[] = { "123", "1234567", "12345a", "１２" };

  g_assert_nonnull (hash);
  g_assert_null (strstr (hash, CODE));
  g_assert_cmpstr (hash, !=, other);
  g_assert_true (ligdi_pin_matches (CODE, hash));
  g_assert_false (ligdi_pin_matches ("246814", hash));
  g_assert_false (ligdi_pin_matches ("", hash));
  g_assert_false (ligdi_pin_matches (CODE, ""));
  g_assert_false (ligdi_pin_matches (CODE, "*0"));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (ligdi_pin_is_valid (wrong[i]));
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

static char *
name_file (const char *folder)
{
  return g_build_filename (folder, "staff", NULL);
}

static void
assert_names (LigdiStaffFile *staff, const char *expected)
{
  g_auto (GStrv) names = ligdi_staff_list (LIGDI_STAFF (staff));
  g_autofree char *text = g_strjoinv ("|", names);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpint (ligdi_staff_has_cashiers (LIGDI_STAFF (staff)), ==, *expected != '\0');
}

static void
test_tries (void)
{
  g_autoptr (LigdiTestFolder) folder = ligdi_test_make_folder ();
  g_autofree char *path = name_file (folder);
  g_autoptr (LigdiStaffFile) staff = ligdi_staff_file_new (folder);
  g_autoptr (LigdiStaffFile) again = NULL;
  g_autofree char *text = NULL;
  GStatBuf status;

  g_assert_false (ligdi_staff_has_code (LIGDI_STAFF (staff), NULL));
  g_assert_false (ligdi_staff_file_try (staff, NULL, CODE, NOW));
  g_assert_true (ligdi_staff_set_code (LIGDI_STAFF (staff), NULL, CODE));
  g_assert_true (ligdi_staff_has_code (LIGDI_STAFF (staff), NULL));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, CODE));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  for (guint i = 0; i < 3; i++)
    g_assert_false (ligdi_staff_file_try (staff, NULL, "000000", NOW));
  /* A restart forgets nothing, and the right code has to wait as well. */
  again = ligdi_staff_file_new (folder);
  g_assert_cmpint (ligdi_staff_file_get_wait (again, NULL, NOW), ==, 30 * SECOND);
  g_assert_false (ligdi_staff_file_try (again, NULL, CODE, NOW + 29 * SECOND));
  g_assert_cmpint (ligdi_staff_file_get_wait (again, NULL, NOW + 30 * SECOND), ==, 0);
  /* A clock that was set back does not lock anybody out for years. */
  g_assert_cmpint (ligdi_staff_file_get_wait (again, NULL, NOW - 1000 * SECOND), ==, 30 * SECOND);
  g_assert_true (ligdi_staff_file_try (again, NULL, CODE, NOW - 970 * SECOND));
  g_assert_cmpint (ligdi_staff_file_get_wait (again, NULL, NOW), ==, 0);
}

/* Who damages the file has not got rid of the code. */
static void
test_damaged (void)
{
  static const char *const texts[] = { "", "hash", "[cashier 1]\nname=Awa\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (LigdiTestFolder) folder = ligdi_test_make_folder ();
      g_autofree char *path = name_file (folder);
      g_autoptr (LigdiStaffFile) staff = NULL;

      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      staff = ligdi_staff_file_new (folder);
      g_assert_true (ligdi_staff_has_code (LIGDI_STAFF (staff), NULL));
      g_assert_true (ligdi_staff_is_damaged (LIGDI_STAFF (staff)));
      /* Who never had a code still gets in. */
      g_assert_false (ligdi_staff_has_code (LIGDI_STAFF (staff), "Awa"));
      g_assert_false (ligdi_staff_file_try (staff, NULL, CODE, NOW));
      g_assert_false (ligdi_staff_set_code (LIGDI_STAFF (staff), NULL, CODE));
      g_assert_cmpint (ligdi_staff_add (LIGDI_STAFF (staff), "Ali"), ==, LIGDI_NAMING_NOT_SAVED);
    }
}

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    LigdiNaming naming;
  } table[] = {
    { "  Awa\t Traoré ", LIGDI_NAMING_DONE },
    { "Moussa", LIGDI_NAMING_DONE },
    { "", LIGDI_NAMING_EMPTY },
    { " \n ", LIGDI_NAMING_EMPTY },
    { "12345678901234567890123456789012345678901", LIGDI_NAMING_EMPTY },
    { "MOUSSA", LIGDI_NAMING_TAKEN },
    { "awa traoré", LIGDI_NAMING_TAKEN },
    { "[manager]\nhash=x;#", LIGDI_NAMING_DONE },
    { "Éric", LIGDI_NAMING_DONE },
  };
  g_autoptr (LigdiTestFolder) folder = ligdi_test_make_folder ();
  g_autoptr (LigdiStaffFile) staff = ligdi_staff_file_new (folder);
  g_autoptr (LigdiStaffFile) again = NULL;

  assert_names (staff, "");
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (ligdi_staff_add (LIGDI_STAFF (staff), table[i].name), ==, table[i].naming);
  again = ligdi_staff_file_new (folder);
  assert_names (again, "Awa Traoré|Moussa|[manager] hash=x;#|Éric");
  g_assert_true (ligdi_staff_remove (LIGDI_STAFF (again), "Moussa"));
  g_assert_true (ligdi_staff_remove (LIGDI_STAFF (again), "[manager] hash=x;#"));
  g_assert_false (ligdi_staff_has_code (LIGDI_STAFF (again), NULL));
  assert_names (again, "Awa Traoré|Éric");
  /* Who comes after somebody who went is somebody else. */
  g_assert_cmpint (ligdi_staff_add (LIGDI_STAFF (again), "Moussa"), ==, LIGDI_NAMING_DONE);
  assert_names (again, "Awa Traoré|Éric|Moussa");
  for (guint i = 3; i < LIGDI_STAFF_MAX; i++)
    {
      g_autofree char *name = g_strdup_printf ("N%u", i);

      g_assert_cmpint (ligdi_staff_add (LIGDI_STAFF (again), name), ==, LIGDI_NAMING_DONE);
    }
  g_assert_cmpint (ligdi_staff_add (LIGDI_STAFF (again), "One more"), ==, LIGDI_NAMING_FULL);
}

/* Each has a code of their own, and tries of their own. */
static void
test_codes (void)
{
  g_autoptr (LigdiTestFolder) folder = ligdi_test_make_folder ();
  g_autoptr (LigdiStaffFile) staff = ligdi_staff_file_new (folder);
  LigdiStaff *people = LIGDI_STAFF (staff);
  gint64 wait;

  ligdi_staff_add (people, "Awa");
  ligdi_staff_add (people, "Ali");
  g_assert_false (ligdi_staff_has_code (people, "Awa"));
  g_assert_true (ligdi_staff_set_code (people, "Awa", "1357"));
  g_assert_true (ligdi_staff_set_code (people, "Ali", "2468"));
  g_assert_false (ligdi_staff_set_code (people, "Nobody", "2468"));
  g_assert_true (ligdi_staff_has_code (people, "Awa"));
  g_assert_false (ligdi_staff_has_code (people, NULL));
  g_assert_false (ligdi_staff_try_code (people, "Nobody", "2468", &wait));
  for (guint i = 0; i < 3; i++)
    g_assert_false (ligdi_staff_try_code (people, "Awa", "2468", &wait));
  g_assert_cmpint (wait, >, 20 * SECOND);
  g_assert_false (ligdi_staff_try_code (people, "Awa", "1357", &wait));
  g_assert_true (ligdi_staff_try_code (people, "Ali", "2468", &wait));
  /* A new code ends the wait: whoever gave it may. */
  g_assert_true (ligdi_staff_set_code (people, "Awa", "1111"));
  g_assert_true (ligdi_staff_try_code (people, "Awa", "1111", &wait));
  g_assert_true (ligdi_staff_set_code (people, "Awa", NULL));
  g_assert_false (ligdi_staff_has_code (people, "Awa"));
}

/* A kiosk of before there were cashiers is left with the code it has. */
static void
test_old_kiosk (void)
{
  g_autoptr (LigdiTestFolder) folder = ligdi_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "exit-code", NULL);
  g_autofree char *hash = ligdi_pin_hash (CODE);
  g_autofree char *text = g_strdup_printf ("[exit-code]\nhash=%s\nwrong=3\ntried=%" G_GINT64_FORMAT "\n", hash, NOW);
  g_autoptr (LigdiStaffFile) staff = NULL;
  g_autoptr (LigdiStaffFile) damaged = NULL;
  g_autofree char *new_path = name_file (folder);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  staff = ligdi_staff_file_new (folder);
  g_assert_true (ligdi_staff_has_code (LIGDI_STAFF (staff), NULL));
  g_assert_cmpint (ligdi_staff_file_get_wait (staff, NULL, NOW), ==, 30 * SECOND);
  g_assert_true (ligdi_staff_file_try (staff, NULL, CODE, NOW + 30 * SECOND));
  /* It does not come back when the new file is removed. */
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (new_path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (new_path), ==, 0);
  g_assert_true (g_file_set_contents (path, "", -1, NULL));
  damaged = ligdi_staff_file_new (folder);
  g_assert_true (ligdi_staff_has_code (LIGDI_STAFF (damaged), NULL));
  g_assert_true (ligdi_staff_is_damaged (LIGDI_STAFF (damaged)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/staff-file/pin", test_pin);
  g_test_add_func ("/staff-file/wait", test_wait);
  g_test_add_func ("/staff-file/tries", test_tries);
  g_test_add_func ("/staff-file/damaged", test_damaged);
  g_test_add_func ("/staff-file/names", test_names);
  g_test_add_func ("/staff-file/codes", test_codes);
  g_test_add_func ("/staff-file/old-kiosk", test_old_kiosk);
  return g_test_run ();
}
