/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-facts.h"

#include "ligdi-ledger-statement.h"

#include <string.h>

/* What there is to say of a payment in business terms, by name. How often it was asked about
 * and when it will be next is no business of the books. */

#define OF_SALE "sale."

/* Each gives rows whose columns are named as the facts are; a column "n" numbers the rows. */
static const char *const queries[] = {
  "SELECT sale AS ticket, reference, transaction_id, amount, state, token AS \"token digest\","
  " page_url AS \"page digest\", return_url, cancel_url, base_url, opening, exit, released_by,"
  " created_at, left_at, verdict_at, amount_received, operator_name, payer, request_id, refusal"
  " FROM payment WHERE id = ?",
  "SELECT s.created_at AS \"sale.created_at\", s.n_items AS \"sale.n_items\","
  " s.total AS \"sale.total\", s.settled_by AS \"sale.settled_by\","
  " s.settled_at AS \"sale.settled_at\", s.charge AS \"sale.charge\","
  " s.charge_sender AS \"sale.charge_sender\""
  " FROM sale AS s JOIN payment AS p ON p.sale = s.id WHERE p.id = ?",
  "SELECT l.position AS n, l.label AS \"sale.label\", l.quantity AS \"sale.quantity\","
  " l.unit_price AS \"sale.unit_price\""
  " FROM sale_line AS l JOIN payment AS p ON p.sale = l.sale WHERE p.id = ?",
  "SELECT id AS n, kind AS \"follow_up\", opened_at AS \"follow_up.opened_at\","
  " closed_at AS \"follow_up.closed_at\", reason AS \"follow_up.reason\","
  " nullif (counted, 0) AS \"follow_up.counted\""
  " FROM follow_up WHERE payment = ?",
};

struct _LigdiLedgerFacts
{
  sqlite3_stmt *statements[G_N_ELEMENTS (queries)];
  sqlite3_stmt *version; /* changes when another program has written */

  GHashTable *known; /* the facts of the payment that was written last, or NULL */
  gint64 known_payment;
  gint64 known_version;
};

/* What opens a payment's page stays out of the journal; that it was this and no other does
 * not. */
static char *
digest (const char *secret)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, secret, -1);
}

/* Nothing we write holds a NUL. What does is not the same to SQL as what C sees of it. */
static char *
dup_value (sqlite3_stmt *row, int column, const char *value)
{
  if (strlen (value) == (gsize) sqlite3_column_bytes (row, column))
    return g_strdup (value);
  return g_strconcat (value, "\xe2\x90\x80", NULL);
}

static void
take_row (GHashTable *facts, sqlite3_stmt *row)
{
  int first = g_str_equal (sqlite3_column_name (row, 0), "n") ? 1 : 0;

  for (int i = first; i < sqlite3_column_count (row); i++)
    {
      const char *column = sqlite3_column_name (row, i);
      const char *value = (const char *) sqlite3_column_text (row, i);
      char *name;

      if (value == NULL)
        continue;
      name = first == 0 ? g_strdup (column)
                        : g_strdup_printf ("%s %s", column,
                                           (const char *) sqlite3_column_text (row, 0));
      g_hash_table_insert (facts, name,
                           g_str_has_suffix (column, " digest") ? digest (value)
                                                                : dup_value (row, i, value));
    }
}

/**
 * ligdi_ledger_facts_new:
 * @db: the database
 * @error: return location, a ledger error
 *
 * Returns: (transfer full): what asks the database, to be freed before it is closed; or %NULL
 */
LigdiLedgerFacts *
ligdi_ledger_facts_new (sqlite3 *db, GError **error)
{
  g_autoptr (LigdiLedgerFacts) self = g_new0 (LigdiLedgerFacts, 1);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      self->statements[i] = ligdi_ledger_prepare_to_keep (db, error, queries[i]);
      if (self->statements[i] == NULL)
        return NULL;
    }
  self->version = ligdi_ledger_prepare_to_keep (db, error, "PRAGMA data_version");
  return self->version != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * ligdi_ledger_facts_free:
 * @self: (transfer full): what asks the database
 */
void
ligdi_ledger_facts_free (LigdiLedgerFacts *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    sqlite3_finalize (self->statements[i]);
  sqlite3_finalize (self->version);
  ligdi_ledger_facts_forget (self);
  g_free (self);
}

static gboolean
take_rows (GHashTable *facts, sqlite3_stmt *statement, gint64 payment, GError **error)
{
  gboolean has_row = TRUE;
  gboolean success = TRUE;

  sqlite3_bind_int64 (statement, 1, payment);
  while (success && has_row)
    {
      success = ligdi_ledger_step (statement, &has_row, error);
      if (success && has_row)
        take_row (facts, statement);
    }
  sqlite3_reset (statement);
  return success;
}

/**
 * ligdi_ledger_facts_load:
 * @self: what asks the database
 * @payment: a payment's row
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (element-type utf8 utf8): what the ledger says of @payment and of
 *   its sale, by name; what is NULL is not there; or %NULL
 */
GHashTable *
ligdi_ledger_facts_load (LigdiLedgerFacts *self, gint64 payment, GError **error)
{
  g_autoptr (GHashTable) facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    if (!take_rows (facts, self->statements[i], payment, error))
      return NULL;
  return g_steal_pointer (&facts);
}

static gboolean
read_version (LigdiLedgerFacts *self, gint64 *version, GError **error)
{
  gboolean has_row;
  gboolean success = ligdi_ledger_step (self->version, &has_row, error);

  if (success)
    *version = sqlite3_column_int64 (self->version, 0);
  sqlite3_reset (self->version);
  return success;
}

/**
 * ligdi_ledger_facts_load_again:
 * @self: what asks the database, inside a transaction
 * @payment: a payment's row
 * @error: return location, a ledger error
 *
 * As ligdi_ledger_facts_load(), but what ligdi_ledger_facts_know() was told last is not asked
 * for again unless another program has written since.
 *
 * Returns: (transfer full) (element-type utf8 utf8): the facts, or %NULL
 */
GHashTable *
ligdi_ledger_facts_load_again (LigdiLedgerFacts *self, gint64 payment, GError **error)
{
  gint64 version;

  if (self->known == NULL || self->known_payment != payment)
    return ligdi_ledger_facts_load (self, payment, error);
  if (!read_version (self, &version, error))
    return NULL;
  return version == self->known_version ? g_hash_table_ref (self->known)
                                        : ligdi_ledger_facts_load (self, payment, error);
}

/**
 * ligdi_ledger_facts_know:
 * @self: what asks the database, inside a transaction
 * @payment: the payment's row that was written
 * @facts: (element-type utf8 utf8): what the ledger says of it once the transaction is through
 */
void
ligdi_ledger_facts_know (LigdiLedgerFacts *self, gint64 payment, GHashTable *facts)
{
  ligdi_ledger_facts_forget (self);
  if (!read_version (self, &self->known_version, NULL))
    return;
  self->known = g_hash_table_ref (facts);
  self->known_payment = payment;
}

/**
 * ligdi_ledger_facts_forget:
 * @self: what asks the database
 *
 * To be called when a transaction did not go through.
 */
void
ligdi_ledger_facts_forget (LigdiLedgerFacts *self)
{
  g_clear_pointer (&self->known, g_hash_table_unref);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_names (GHashTable *before, GHashTable *after)
{
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, name);
  if (before != NULL)
    {
      g_hash_table_iter_init (&iter, before);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        if (!g_hash_table_contains (after, name))
          g_ptr_array_add (names, name);
    }
  g_ptr_array_sort (names, compare_names);
  return names;
}

/**
 * ligdi_ledger_facts_compare:
 * @before: (nullable) (element-type utf8 utf8): facts, or %NULL for none
 * @after: (element-type utf8 utf8): facts
 *
 * Returns: (transfer full): a line "name=value" for each that is new or another, and "name"
 *   for each that is gone, in the order of their names; empty when nothing has changed
 */
char *
ligdi_ledger_facts_compare (GHashTable *before, GHashTable *after)
{
  g_autoptr (GPtrArray) names = list_names (before, after);
  GString *changes = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      const char *now = g_hash_table_lookup (after, name);
      g_autofree char *escaped = now != NULL ? g_strescape (now, NULL) : NULL;

      if (before != NULL && g_strcmp0 (g_hash_table_lookup (before, name), now) == 0)
        continue;
      g_string_append (changes, name);
      if (escaped != NULL)
        g_string_append_printf (changes, "=%s", escaped);
      g_string_append_c (changes, '\n');
    }
  return g_string_free (changes, FALSE);
}

/**
 * ligdi_ledger_facts_fold:
 * @facts: (element-type utf8 utf8): facts
 * @changes: what ligdi_ledger_facts_compare() said
 *
 * Brings @facts up to date.
 */
void
ligdi_ledger_facts_fold (GHashTable *facts, const char *changes)
{
  g_auto (GStrv) lines = g_strsplit (changes, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *value = strchr (lines[i], '=');

      if (*lines[i] == '\0')
        continue;
      if (value == NULL)
        g_hash_table_remove (facts, lines[i]);
      else
        g_hash_table_insert (facts, g_strndup (lines[i], (gsize) (value - lines[i])),
                             g_strcompress (value + 1));
    }
}

/**
 * ligdi_ledger_facts_are_of_sale:
 * @name: a fact's name
 *
 * Returns: whether it is said of the sale, and so of all its payments
 */
gboolean
ligdi_ledger_facts_are_of_sale (const char *name)
{
  return g_str_has_prefix (name, OF_SALE);
}
