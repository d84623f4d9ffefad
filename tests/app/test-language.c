/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ligdi-language.h"

#include <glib/gi18n.h>
#include <locale.h>

static const struct
{
  const char *setting;
  const char *locale_names[5];
  const char *language;
} rows[] = {
  /* The locale says nothing: French. */
  { "auto", { "C" }, "fr" },
  { "auto", { "C.UTF-8", "C" }, "fr" },
  { "auto", { "POSIX", "C" }, "fr" },
  { "auto", { NULL }, "fr" },
  /* It says something we have. */
  { "auto", { "en_GB.UTF-8", "en_GB", "en", "C" }, "en" },
  { "auto", { "en", "C" }, "en" },
  { "auto", { "fr_BF.UTF-8", "fr_BF", "fr", "C" }, "fr" },
  { "auto", { "fr@euro", "C" }, "fr" },
  /* The best of several that we have. */
  { "auto", { "de_DE", "de", "en_US", "C" }, "en" },
  { "auto", { "mos_BF", "mos", "C" }, "fr" },
  /* Not every name that begins so is that language. */
  { "auto", { "enm", "frp", "C" }, "fr" },
  { "auto", { "enm", "en", "C" }, "en" },
  /* The shop's word comes first. */
  { "en", { "fr_FR.UTF-8", "fr", "C" }, "en" },
  { "fr", { "en_US.UTF-8", "en", "C" }, "fr" },
};

static void
test_choose (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s, %s", rows[i].setting, rows[i].locale_names[0]);
      g_assert_cmpstr (ligdi_language_choose (rows[i].setting, rows[i].locale_names), ==,
                       rows[i].language);
    }
}

/* Without any locale installed, and whatever glibc thinks of C.UTF-8. */
static void
test_apply (void)
{
  const char *const locales[] = { "C", "C.UTF-8", "POSIX", "xx_XX.UTF-8" };

  for (gsize i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      g_test_message ("%s", locales[i]);
      g_setenv ("LC_ALL", locales[i], TRUE);
      ligdi_language_apply ("fr");
      g_assert_cmpstr (gettext ("History"), ==, "Historique");
      g_assert_cmpstr (setlocale (LC_CTYPE, NULL), !=, "C");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language/choose", test_choose);
  g_test_add_func ("/language/apply", test_apply);
  return g_test_run ();
}
