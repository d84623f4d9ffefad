/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-test-beside.h"

#include "ligdi-command.h"
#include "ligdi-gateway.h"
#include "ligdi-ledger.h"
#include "ligdi-test-hands.h"
#include "ligdi-test-turn.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* What else is done to a till's ledger while it sells: a second till, and the commands that need
 * no screen, each as a program of its own would do it. What they say goes to the file "shown", as
 * what the tills show does. */

#define DRAW(n) ligdi_test_fate_draw (LIGDI_TEST_LUCK_CASHIER, n)
#define MAX_WORDS 6

typedef enum
{
  ERRAND_SELL,
  ERRAND_LINK,
  ERRAND_CHECK,
  ERRAND_CHECK_ALL,
  ERRAND_BACK_UP,
  ERRAND_RESTORE,
  ERRAND_VERIFY,
  ERRAND_LIST,
  N_ERRANDS,
} Errand;

/* How often each is run. */
static const guint weights[N_ERRANDS] = { 30, 16, 14, 10, 10, 8, 6, 6 };

static const LigdiTestLife *life;
static GString *said;
static guint n_backups;

G_GNUC_PRINTF (1, 2)
static void
show (const char *format, ...)
{
  g_autofree char *path = g_build_filename (life->folder, "shown", NULL);
  g_autofree char *line = NULL;
  va_list values;
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  va_start (values, format);
  line = g_strdup_vprintf (format, values);
  va_end (values);
  g_assert_cmpint (write (fd, line, strlen (line)), ==, (gssize) strlen (line));
  close (fd);
}

static void
print (const char *text)
{
  g_string_append (said, text);
}

static void
print_error (const char *text)
{
  g_info ("%s", text);
}

static LigdiGateway *
open_gateway (gpointer user_data, GError **error)
{
  g_autofree char *base_url = g_strdup_printf ("http://127.0.0.1:%u", life->port);

  return ligdi_gateway_new (base_url, life->key, life->token, error);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* As if somebody had typed it. */
static LigdiCommandStatus
run (const char *first, ...)
{
  g_autofree char *ledger = g_build_filename (life->folder, "ledger.sqlite", NULL);
  LigdiCommandPlace place = {
    .ledger = ledger,
    .print = print,
    .print_error = print_error,
    .shop_name = "Boutique",
    .shop_website = "",
    .return_page = "",
    .limit = 2000000,
    .open_gateway = open_gateway,
  };
  char *words[MAX_WORDS] = { (char *) first };
  int n_words = 1;
  g_autoptr (GAsyncResult) result = NULL;
  LigdiCommandStatus status;
  va_list rest;

  va_start (rest, first);
  while ((words[n_words] = va_arg (rest, char *)) != NULL)
    n_words++;
  va_end (rest);
  g_string_truncate (said, 0);
  ligdi_command_run_async (&place, n_words, words, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  status = ligdi_command_run_finish (result);
  ligdi_test_fate_note ("%s ends with %d", first, (int) status);
  /* A program that has ended lets go of all it holds. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return status;
}

/* Of the object in @said. */
static char *
read_text (const char *name)
{
  g_autofree char *pattern = g_strdup_printf ("\"%s\" *: *\"?([^\",}]*)", name);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_assert_true (g_regex_match (regex, said->str, 0, &match));
  return g_match_info_fetch (match, 1);
}

static void
make_link (void)
{
  static const char *const outcomes[] = { "paid", "paid", "declined", "left", "amount-mismatch" };
  g_autofree char *amount = g_strdup_printf ("%u", DRAW (4) == 0 ? 500 : 10000 + DRAW (50000));
  const char *outcome = outcomes[DRAW (G_N_ELEMENTS (outcomes))];
  g_autofree char *reference = NULL;
  g_autofree char *url = NULL;
  g_autofree char *token = NULL;

  if (run ("link", amount, "--json", NULL) != LIGDI_COMMAND_DONE)
    return;
  reference = read_text ("reference");
  url = read_text ("url");
  show ("link %s %s %s\n", reference, amount, url);
  token = ligdi_test_wire_get_newest_token ();
  if (DRAW (3) > 0)
    ligdi_test_wire_play (token, outcome);
}

/* One that somebody has seen. */
static char *
choose_reference (void)
{
  g_autofree char *path = g_build_filename (life->folder, "shown", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL) || *text == '\0')
    return NULL;
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  words = g_strsplit (lines[DRAW (g_strv_length (lines))], " ", -1);
  return g_str_has_prefix (words[1], "LGD-") ? g_strdup (words[1]) : NULL;
}

static void
check_one (void)
{
  g_autofree char *reference = choose_reference ();
  g_autofree char *state = NULL;
  LigdiCommandStatus status;

  if (reference == NULL)
    return;
  status = run ("check", reference, "--json", NULL);
  if (said->len == 0)
    return;
  state = read_text ("state");
  show ("checked %s %s %d\n", reference, state, (int) status);
}

static char *
back_up (void)
{
  char *name = g_strdup_printf ("backup-%u-%u-%u.sqlite", life->number,
                                           ligdi_test_turn_get_process (), ++n_backups);
  g_autofree char *path = g_build_filename (life->folder, name, NULL);

  show ("back-up-begins %s\n", name);
  if (run ("journal", "backup", path, NULL) == LIGDI_COMMAND_DONE)
    show ("backed-up %s\n", name);
  return name;
}

static char *
choose_backup (void)
{
  g_autoptr (GDir) dir = g_dir_open (life->folder, 0, NULL);
  const char *name;
  char *newest = NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "backup-") && g_str_has_suffix (name, ".sqlite"))
      {
        if (newest == NULL || strcmp (name, newest) > 0)
          {
            g_free (newest);
            newest = g_strdup (name);
          }
      }
  return newest;
}

/* Nothing may come of it while a till is open, or when the ledger knows more. */
static void
restore (const char *name)
{
  g_autofree char *path = g_build_filename (life->folder, name, NULL);

  if (run ("journal", "restore", path, NULL) == LIGDI_COMMAND_DONE)
    show ("restored %s\n", name);
}

static Errand
draw_errand (void)
{
  guint sum = 0;
  guint at;

  for (guint i = 0; i < N_ERRANDS; i++)
    sum += weights[i];
  at = DRAW (sum);
  for (guint i = 0; i < N_ERRANDS; i++)
    {
      if (at < weights[i])
        return (Errand) i;
      at -= weights[i];
    }
  g_assert_not_reached ();
}

static LigdiTestEnd
run_errand (Errand errand)
{
  g_autofree char *backup = NULL;
  GHashTable *hands = NULL;

  switch (errand)
    {
    case ERRAND_SELL:
      return ligdi_test_life_visit (life, 1 + DRAW (4));
    case ERRAND_LINK:
      make_link ();
      break;
    case ERRAND_CHECK:
    case ERRAND_CHECK_ALL:
      hands = ligdi_test_hands_look_into (life->folder);
      if (errand == ERRAND_CHECK)
        check_one ();
      else
        run ("check", "--json", NULL);
      if (!ligdi_test_hands_compare (hands, ligdi_test_hands_look_into (life->folder)))
        return LIGDI_TEST_END_TAKEN;
      break;
    case ERRAND_BACK_UP:
      backup = back_up ();
      break;
    case ERRAND_RESTORE:
      backup = choose_backup ();
      if (backup != NULL)
        restore (backup);
      break;
    case ERRAND_VERIFY:
      /* No trouble makes a whole ledger a broken one. */
      if (run ("journal", "verify", NULL) == LIGDI_COMMAND_NO)
        return LIGDI_TEST_END_CORRUPT;
      break;
    case ERRAND_LIST:
      if (run ("export", "--json", NULL) == LIGDI_COMMAND_NO)
        return LIGDI_TEST_END_CORRUPT;
      break;
    case N_ERRANDS:
      g_assert_not_reached ();
    }
  return LIGDI_TEST_END_CLOSED;
}

static gboolean
is_well (LigdiTestEnd end)
{
  return end == LIGDI_TEST_END_CLOSED || end == LIGDI_TEST_END_REFUSED;
}

/**
 * ligdi_test_beside_live:
 * @what: what the till goes through meanwhile
 *
 * Runs one errand after the other, or the one that was named.
 *
 * Returns: how it ended
 */
LigdiTestEnd
ligdi_test_beside_live (const LigdiTestLife *what)
{
  LigdiTestEnd end = LIGDI_TEST_END_CLOSED;

  life = what;
  said = g_string_new (NULL);
  if (life->restores != NULL)
    {
      g_autofree char *fresh = *life->restores == '\0' ? back_up () : g_strdup (life->restores);

      restore (fresh);
      return end;
    }
  for (guint i = 0; i < life->n_errands && is_well (end); i++)
    {
      Errand errand = draw_errand ();

      ligdi_test_life_pause ();
      ligdi_test_fate_note ("errand %d", (int) errand);
      end = run_errand (errand);
    }
  return is_well (end) ? LIGDI_TEST_END_CLOSED : end;
}
