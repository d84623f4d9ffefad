/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-test-hands.h"

#include "ligdi-ledger-owner.h"
#include "ligdi-ledger-private.h"
#include "ligdi-ledger-statement.h"
#include "ligdi-test-turn.h"

#include <fcntl.h>
#include <unistd.h>

/* What is on a till's screen is left to that till, by all who look after what the dead left
 * behind. */

typedef struct
{
  char *owner;
  gboolean holds; /* a process here goes on when it has closed a till, and lets go of its payments */
  gint64 n_taken; /* how often somebody took it for a dead one's */
} Hand;

static void
hand_free (gpointer data)
{
  Hand *hand = data;

  g_free (hand->owner);
  g_free (hand);
}

static int
open_users (LigdiLedger *ledger)
{
  const char *path = sqlite3_db_filename (ligdi_ledger_get_database (ledger), "main");
  g_autofree char *users = g_strconcat (path, ".users", NULL);

  return open (users, O_RDWR | O_CLOEXEC);
}

/**
 * ligdi_test_hands_look:
 * @ledger: a ledger
 *
 * Returns: (transfer full): who is in the middle of which payment
 */
GHashTable *
ligdi_test_hands_look (LigdiLedger *ledger)
{
  GHashTable *hands = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, hand_free);
  g_autoptr (sqlite3_stmt) statement = ligdi_ledger_prepare (
      ligdi_ledger_get_database (ledger), NULL,
      "SELECT id, owner, (SELECT count (*) FROM payment_event AS e WHERE e.payment = p.id"
      " AND e.what IN ('owner-gone', 'recovered')) FROM payment AS p",
      "");
  gboolean has_row = FALSE;
  int users = open_users (ledger);

  while (statement != NULL && ligdi_ledger_step (statement, &has_row, NULL) && has_row)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);
      Hand *hand = g_new0 (Hand, 1);

      hand->owner = g_strdup ((const char *) sqlite3_column_text (statement, 1));
      hand->holds = ligdi_ledger_owner_is_alive (hand->owner, users);
      hand->n_taken = sqlite3_column_int64 (statement, 2);
      g_hash_table_insert (hands, g_memdup2 (&id, sizeof id), hand);
    }
  if (users >= 0)
    close (users);
  return hands;
}

/**
 * ligdi_test_hands_look_into:
 * @folder: where a ledger is that this process does not have open
 *
 * Returns: (transfer full): as for ligdi_test_hands_look()
 */
GHashTable *
ligdi_test_hands_look_into (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "ledger.sqlite", NULL);
  g_autoptr (LigdiLedger) ledger = ligdi_ledger_open_to_read (path, NULL);

  if (ledger == NULL)
    return g_hash_table_new (g_int64_hash, g_int64_equal);
  return ligdi_test_hands_look (ledger);
}

/**
 * ligdi_test_hands_compare:
 * @before: (transfer full): who was in the middle of what
 * @after: (transfer full): and who is
 *
 * Returns: whether all that was taken over was a dead one's
 */
gboolean
ligdi_test_hands_compare (GHashTable *before, GHashTable *after)
{
  GHashTableIter iter;
  gpointer key;
  gpointer value;
  gboolean right = TRUE;

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const Hand *was = value;
      const Hand *is = g_hash_table_lookup (after, key);

      if (is != NULL && is->n_taken > was->n_taken && was->holds
          && ligdi_test_turn_lives (was->owner))
        right = FALSE;
    }
  g_hash_table_unref (before);
  g_hash_table_unref (after);
  return right;
}
