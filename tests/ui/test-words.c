/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-words"

#include "made-up-screens.h"
#include "made-up-staff.h"
#include "page-test.h"

#include "../ligdi-test.h"

#include <libintl.h>

/* Every word on every screen is translated: in a language that nobody speaks, all have
 * brackets. */

/* What the shop, LigdiCash or an operator is called, what a key of the keyboard is, and what
 * the made-up screens say themselves. */
static const char *const own_words[] = {
  "Alimentation Wend-Kuni", "Caisse n° 2",   "Riz parfumé, sac 5 kg", "Huile végétale 1 L",
  "Sucre en poudre 1 kg",   "Orange Money",  "Moov Money",            "Telecel Money",
  "Coris Money",            "Français",      "English",               "C",
  "CMD-2026-00417",
  "F2",                     "client.ligdicash.com",
  "Attiéké poisson",        "Riz gras",
  "Poulet bicyclette, entier, avec des frites et de l’alloco",
  "Bissap 50 cl",           "Gnamankoudji",
  "Eau 1,5 L",              "Café Touba",
  "Plateau à partager",
  "Hors ligne : le paiement n’a pas été ouvert.",
  "Le ticket est conservé. Vérifiez le câble, le Wi-Fi ou le forfait, puis réessayez.",
  "Ce poste ne vend plus.",
  "Le journal ne peut plus être écrit. Ce qui est payé reste connu.",
};

typedef struct
{
  const char *screen;
  guint n_faults;
  guint n_words;
} Walk;

static gboolean
has_letters (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

/* Amounts with their currency, telephone numbers and references are the same in each language. */
static gboolean
is_value (const char *text)
{
  return g_regex_match_simple ("^[\\d\\s+×x•·.,:()−-]*(F( CFA)?)?$", text, 0, 0)
         || g_regex_match_simple ("^LGD-[A-Z0-9]{4}-[A-Z0-9]{4}$", text, 0, 0);
}

static gboolean
is_own_word (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (own_words); i++)
    if (g_str_equal (text, own_words[i]))
      return TRUE;
  return FALSE;
}

static void
walk_words (GtkWidget *widget, gpointer data)
{
  Walk *walk = data;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget))
    {
      g_autofree char *text = page_test_simplify (gtk_label_get_text (GTK_LABEL (widget)));

      if (strstr (text, "⟦") != NULL)
        walk->n_words++;
      else if (has_letters (text) && !is_value (text) && !is_own_word (text)
               && !made_up_staff_is_name (text))
        {
          g_test_message ("%s: “%s” is not translated", walk->screen, text);
          walk->n_faults++;
        }
    }
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), walk_words, walk);
}

static void
test_all_are_translated (void)
{
  Walk walk = { NULL, 0, 0 };

  for (guint i = 0; (walk.screen = made_up_screen_get_name (i)) != NULL; i++)
    {
      GtkWidget *window = made_up_screen_new (walk.screen);

      gtk_window_present (GTK_WINDOW (window));
      ligdi_test_wait_until (gtk_widget_get_mapped (window));
      page_test_settle ();
      walk_words (window, &walk);
      gtk_widget_destroy (window);
      page_test_settle ();
    }
  g_assert_cmpuint (walk.n_words, >, 100);
  g_assert_cmpuint (walk.n_faults, ==, 0);
}

static void
make_language (const char *folder, const char *script, const char *template)
{
  g_autofree char *catalogue
    = g_build_filename (folder, "pseudo", "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);
  const char *command[] = { "/usr/bin/python3", script, template, catalogue, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_autoptr (LigdiTestFolder) folder = NULL;

  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_setenv ("LANGUAGE", "pseudo", TRUE);
  page_test_init (&argc, &argv);
  g_assert_cmpint (argc, ==, 3);
  folder = ligdi_test_make_folder ();
  make_language (folder, argv[1], argv[2]);
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_test_add_func ("/words/all-are-translated", test_all_are_translated);
  return g_test_run ();
}
