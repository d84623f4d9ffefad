/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-app"

#include "ligdi-language.h"

#include <glib/gi18n.h>

#include <locale.h>

/* The till's language, which is the shop's choice and not the computer's. */

static gboolean
is_language (const char *locale_name, const char *language)
{
  return g_str_equal (locale_name, language)
         || (g_ascii_strncasecmp (locale_name, language, 2) == 0
             && (locale_name[2] == '_' || locale_name[2] == '.' || locale_name[2] == '@'));
}

/**
 * ligdi_language_choose:
 * @setting: "auto", "fr" or "en"
 * @locale_names: (array zero-terminated=1): what the locale asks for, best first, as
 *   g_get_language_names() has it
 *
 * Returns: (transfer none): "fr" or "en"; French where nobody says anything
 */
const char *
ligdi_language_choose (const char *setting, const char *const *locale_names)
{
  g_return_val_if_fail (setting != NULL, "fr");
  g_return_val_if_fail (locale_names != NULL, "fr");

  if (g_str_equal (setting, "en"))
    return "en";
  if (g_str_equal (setting, "fr"))
    return "fr";
  for (guint i = 0; locale_names[i] != NULL; i++)
    {
      if (is_language (locale_names[i], "en"))
        return "en";
      if (is_language (locale_names[i], "fr"))
        return "fr";
    }
  return "fr";
}

/* glibc translates nothing under these names, and from 2.39 on also under "C.UTF-8". */
static gboolean
is_untranslated (const char *locale)
{
  return locale == NULL || g_str_equal (locale, "C") || g_str_equal (locale, "POSIX")
         || g_str_has_prefix (locale, "C.");
}

/**
 * ligdi_language_apply:
 * @setting: "auto", "fr" or "en"
 *
 * Makes gettext speak the chosen language. Many tills have no French locale
 * installed, and gettext follows LANGUAGE only under a locale that is not C. To be
 * called before anything is translated and before GTK is initialised.
 */
void
ligdi_language_apply (const char *setting)
{
  const char *language = ligdi_language_choose (setting, g_get_language_names ());
  const char *localedir = g_getenv ("LIGDIPAY_LOCALEDIR");

  g_setenv ("LANGUAGE", language, TRUE);
  if (setlocale (LC_ALL, "") == NULL || is_untranslated (setlocale (LC_MESSAGES, NULL)))
    {
      /* C.UTF-8, which is everywhere: glibc looks for a country's and finds the one without. */
      const char *locale = setlocale (LC_ALL, "C_FR.UTF-8") != NULL ? "C_FR.UTF-8" : "C.UTF-8";

      setlocale (LC_ALL, locale);
      /* Programs started by this one, WebKit's among them, inherit it. */
      g_setenv ("LC_ALL", locale, TRUE);
      /* To fontconfig it is the name of no language. */
      g_setenv ("FC_LANG", language, FALSE);
    }
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : LIGDI_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
