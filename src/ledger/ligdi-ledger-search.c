/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-search.h"

#include "ligdi-ledger-private.h"
#include "ligdi-ledger-row.h"
#include "ligdi-ledger-statement.h"
#include "ligdi-money.h"

#include <string.h>

/* Finds a payment by whatever a customer can read out: each way has an index of its own, so
 * that a million payments are searched between two keys. */

/* A reference is two times four letters. */
#define REFERENCE_PART 4

/* What was typed, once for each thing it may be; %NULL or -1 where it cannot be that. */
typedef struct
{
  gint64 ticket;
  gint64 amount;
  char *payer_end;      /* at least two digits */
  char *reference;      /* how it begins */
  char *reference_end;  /* its second part */
  char *request_id;     /* how it begins, or the reference of whoever asked for the sale */
} Search;

static void
clear (Search *search)
{
  g_free (search->payer_end);
  g_free (search->reference);
  g_free (search->reference_end);
  g_free (search->request_id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, clear)

/* Letters and digits only: spaces, dashes and dots are how people write them down. */
static char *
squeeze (const char *text)
{
  GString *letters = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (letters, g_ascii_toupper (*at));
  return g_string_free (letters, FALSE);
}

static gboolean
is_number (const char *letters)
{
  return strspn (letters, "0123456789") == strlen (letters);
}

static void
read_number (Search *search, const char *digits)
{
  /* No ticket has 18 digits; a telephone number may be as long as it likes. */
  if (strlen (digits) < 18)
    search->ticket = g_ascii_strtoll (digits, NULL, 10);
  if (strlen (digits) >= 2)
    search->payer_end = g_strdup (digits);
}

static void
read_amount (Search *search, const char *letters)
{
  g_autofree char *number = g_strndup (letters, strspn (letters, "0123456789"));
  const char *unit = letters + strlen (number);

  if (*unit != '\0' && !g_str_equal (unit, "F") && !g_str_equal (unit, "FCFA")
      && !g_str_equal (unit, "CFA") && !g_str_equal (unit, "XOF"))
    return;
  if (!ligdi_money_parse (number, &search->amount))
    search->amount = -1;
}

static void
read_reference (Search *search, const char *letters)
{
  const char *rest = g_str_has_prefix (letters, "LGD") ? letters + strlen ("LGD") : letters;

  if (strlen (rest) > 2 * REFERENCE_PART)
    return;
  search->reference
      = strlen (rest) > REFERENCE_PART
            ? g_strdup_printf ("LGD-%.*s-%s", REFERENCE_PART, rest, rest + REFERENCE_PART)
            : g_strconcat ("LGD-", rest, NULL);
  if (strlen (rest) == REFERENCE_PART)
    search->reference_end = g_strdup (rest);
}

static void
read_search (Search *search, const char *text)
{
  g_autofree char *letters = squeeze (text);

  *search = (Search){ .ticket = -1, .amount = -1 };
  if (*letters == '\0')
    return;
  read_amount (search, letters);
  if (is_number (letters))
    read_number (search, letters);
  read_reference (search, letters);
  search->request_id = g_ascii_strdown (text, -1);
  g_strstrip (search->request_id);
}

/* The first text that does not begin with @text any more. */
static char *
end_of (const char *text)
{
  char *end = g_strdup (text);

  if (end != NULL)
    end[strlen (end) - 1]++;
  return end;
}

static const char *
get_end (const char *text, gsize length)
{
  return text != NULL && strlen (text) >= length ? text + strlen (text) - length : NULL;
}

/**
 * ligdi_ledger_search:
 * @self: a ledger
 * @text: what somebody typed: a ticket's number, an amount, the end of a telephone number,
 *   a reference or its second part, the gateway's request id, or what another program that
 *   asked for the sale calls it
 * @limit: how many at most
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (element-type LigdiPaymentRecord): the payments it may mean,
 *   newest first, or %NULL
 */
GPtrArray *
ligdi_ledger_search (LigdiLedger *self, const char *text, guint limit, GError **error)
{
  g_auto (Search) search = { 0 };
  g_autofree char *reference_until = NULL;
  g_autofree char *request_id_until = NULL;
  g_autofree char *payer_like = NULL;
  g_autoptr (sqlite3_stmt) statement = NULL;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  read_search (&search, text);
  reference_until = end_of (search.reference);
  request_id_until = end_of (search.request_id);
  payer_like = search.payer_end != NULL ? g_strconcat ("%", search.payer_end, NULL) : NULL;
#define FIND(condition)                                                                            \
  "SELECT id FROM (SELECT id FROM payment WHERE " condition " ORDER BY id DESC LIMIT ?1)"
  statement = ligdi_ledger_prepare (
      ligdi_ledger_get_database (self), error,
      "SELECT " LIGDI_LEDGER_ROW_COLUMNS "FROM payment AS p JOIN sale AS s ON s.id = p.sale"
      " WHERE p.id IN ("
      FIND ("sale = ?2")
      " UNION " FIND ("amount = ?3")
      " UNION " FIND ("payer IS NOT NULL AND substr (payer, -4) = ?4 AND payer LIKE ?6")
      " UNION " FIND ("payer IS NOT NULL AND ?4 IS NULL AND substr (payer, -2) = ?5"
                      " AND payer LIKE ?6")
      " UNION SELECT id FROM (SELECT id FROM payment WHERE reference >= ?7 AND reference < ?8"
      "                       ORDER BY reference LIMIT ?1)"
      " UNION " FIND ("substr (reference, -4) = ?9")
      " UNION SELECT id FROM (SELECT id FROM payment WHERE request_id IS NOT NULL"
      "                       AND request_id >= ?10 COLLATE NOCASE"
      "                       AND request_id < ?11 COLLATE NOCASE"
      "                       ORDER BY request_id COLLATE NOCASE LIMIT ?1)"
      " UNION SELECT id FROM payment WHERE sale IN"
      "   (SELECT id FROM sale WHERE charge IS NOT NULL AND charge >= ?10 COLLATE NOCASE"
      "    AND charge < ?11 COLLATE NOCASE ORDER BY charge COLLATE NOCASE LIMIT ?1)"
      ") ORDER BY p.id DESC LIMIT ?1",
      "iii" "ttt" "ttt" "tt", (gint64) limit, search.ticket, search.amount,
      get_end (search.payer_end, 4), get_end (search.payer_end, 2), payer_like, search.reference,
      reference_until, search.reference_end, search.request_id, request_id_until);
#undef FIND
  return ligdi_ledger_row_load_all (statement, error);
}
