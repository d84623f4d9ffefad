/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-domain"

#include "ligdi-catalogue.h"

#include "ligdi-csv.h"

#include <string.h>

/* Whoever types a word waits for what it finds: everything that can be made ready for that is
 * made when a product comes in, and a search only reads. */

/* Codes of so many figures have a check digit: zeros before them are padding, which scanners and
 * spreadsheets add and drop. A short code of figures is a name like any other. */
#define SHORTEST_PADDED_CODE 8

/* How well a product fits what is searched for; the best first. */
typedef enum
{
  FIT_CODE,
  FIT_START_OF_CODE,
  FIT_START_OF_LABEL,
  FIT_START_OF_WORDS,
  FIT_ANYWHERE,
  N_FITS
} Fit;

typedef struct
{
  LigdiProduct product; /* first: a product is an entry */
  char *code;           /* as it is looked up */
  char *words;          /* the folded label behind a blank */
} Entry;

struct _LigdiCatalogue
{
  grefcount ref_count;
  GPtrArray *entries;  /* Entry */
  GHashTable *by_code; /* Entry's code, or words when it has none -> Entry */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->product.code);
  g_free (entry->product.label);
  g_free (entry->code);
  g_free (entry->words);
  g_free (entry);
}

/* Keyboards with Caps Lock on write small letters for a scanner's capitals. */
static char *
make_lookup_code (const char *code)
{
  gsize n_zeros = strspn (code, "0");

  if (strspn (code, "0123456789") == strlen (code)
      && strlen (code) - n_zeros >= SHORTEST_PADDED_CODE)
    return g_strdup (code + n_zeros);
  return g_ascii_strup (code, -1);
}

static gboolean
is_code (const char *code)
{
  if (g_utf8_strlen (code, -1) > LIGDI_PRODUCT_MAX_CODE)
    return FALSE;
  for (const char *p = code; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isgraph (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/* "6.11123E+12", and with a comma. */
static gboolean
is_shortened (const char *code)
{
  const char *p = code + strspn (code, "0123456789");

  if (p == code)
    return FALSE;
  if (*p == ',' || *p == '.')
    p += 1 + strspn (p + 1, "0123456789");
  return (*p == 'E' || *p == 'e') && p[1] == '+' && g_ascii_isdigit (p[2])
         && strspn (p + 2, "0123456789") == strlen (p + 2);
}

static LigdiProductFault
find_fault (const char *code, const char *label, gint64 price)
{
  if (is_shortened (code))
    return LIGDI_PRODUCT_FAULT_SHORTENED_CODE;
  if (!is_code (code))
    return LIGDI_PRODUCT_FAULT_CODE;
  if (*label == '\0')
    return LIGDI_PRODUCT_FAULT_NO_LABEL;
  if (g_utf8_strlen (label, -1) > LIGDI_PRODUCT_MAX_LABEL)
    return LIGDI_PRODUCT_FAULT_LONG_LABEL;
  if (price <= 0)
    return LIGDI_PRODUCT_FAULT_LOW_PRICE;
  if (price > LIGDI_PRODUCT_MAX_PRICE)
    return LIGDI_PRODUCT_FAULT_HIGH_PRICE;
  return LIGDI_PRODUCT_FAULT_NONE;
}

static gboolean
has_all (const Entry *entry, const char *const *words, gboolean from_start)
{
  for (; *words != NULL; words++)
    if (strstr (entry->words, from_start ? *words : *words + 1) == NULL)
      return FALSE;
  return TRUE;
}

static Fit
find_fit (const Entry *entry, const char *code, const char *phrase, const char *const *words)
{
  if (entry->code != NULL && g_str_equal (entry->code, code))
    return FIT_CODE;
  if (entry->code != NULL && *code != '\0' && g_str_has_prefix (entry->code, code))
    return FIT_START_OF_CODE;
  if (words[0] == NULL)
    return N_FITS;
  if (g_str_has_prefix (entry->words, phrase))
    return FIT_START_OF_LABEL;
  if (has_all (entry, words, TRUE))
    return FIT_START_OF_WORDS;
  return has_all (entry, words, FALSE) ? FIT_ANYWHERE : N_FITS;
}

/* Each word behind a blank, as they stand in an entry. */
static GStrv
split_words (const char *folded)
{
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  GPtrArray *words = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (words, g_strconcat (" ", parts[i], NULL));
  g_ptr_array_add (words, NULL);
  return (GStrv) g_ptr_array_free (words, FALSE);
}

/**
 * ligdi_catalogue_new:
 *
 * Returns: (transfer full): a list without products
 */
LigdiCatalogue *
ligdi_catalogue_new (void)
{
  LigdiCatalogue *catalogue = g_new0 (LigdiCatalogue, 1);

  g_ref_count_init (&catalogue->ref_count);
  catalogue->entries = g_ptr_array_new_with_free_func (entry_free);
  catalogue->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  return catalogue;
}

/**
 * ligdi_catalogue_ref:
 * @catalogue: a list
 *
 * Returns: (transfer full): @catalogue
 */
LigdiCatalogue *
ligdi_catalogue_ref (LigdiCatalogue *catalogue)
{
  g_return_val_if_fail (catalogue != NULL, NULL);

  g_ref_count_inc (&catalogue->ref_count);
  return catalogue;
}

/**
 * ligdi_catalogue_unref:
 * @catalogue: (transfer full): a list
 */
void
ligdi_catalogue_unref (LigdiCatalogue *catalogue)
{
  g_return_if_fail (catalogue != NULL);

  if (!g_ref_count_dec (&catalogue->ref_count))
    return;
  g_hash_table_unref (catalogue->by_code);
  g_ptr_array_unref (catalogue->entries);
  g_free (catalogue);
}

/**
 * ligdi_catalogue_add:
 * @catalogue: a list that nobody else has yet
 * @code: what a scanner reads; may be empty
 * @label: what it is called
 * @price: francs XOF for one, 1 to %LIGDI_PRODUCT_MAX_PRICE
 *
 * Returns: why it was not taken, or %LIGDI_PRODUCT_FAULT_NONE
 */
LigdiProductFault
ligdi_catalogue_add (LigdiCatalogue *catalogue, const char *code, const char *label, gint64 price)
{
  LigdiProductFault fault;
  g_autofree char *folded = NULL;
  g_autofree char *words = NULL;
  g_autofree char *lookup = NULL;
  Entry *entry;

  g_return_val_if_fail (catalogue != NULL, LIGDI_PRODUCT_FAULT_FULL);
  g_return_val_if_fail (code != NULL && label != NULL, LIGDI_PRODUCT_FAULT_NO_LABEL);

  fault = find_fault (code, label, price);
  if (fault != LIGDI_PRODUCT_FAULT_NONE)
    return fault;
  if (catalogue->entries->len >= LIGDI_CATALOGUE_MAX_PRODUCTS)
    return LIGDI_PRODUCT_FAULT_FULL;
  folded = ligdi_catalogue_fold (label);
  words = g_strconcat (" ", folded, NULL);
  lookup = *code != '\0' ? make_lookup_code (code) : NULL;
  if (g_hash_table_contains (catalogue->by_code, lookup != NULL ? lookup : words))
    return LIGDI_PRODUCT_FAULT_TWICE;

  entry = g_new0 (Entry, 1);
  entry->product.code = g_strdup (code);
  entry->product.label = g_strdup (label);
  entry->product.price = price;
  entry->code = g_steal_pointer (&lookup);
  entry->words = g_steal_pointer (&words);
  g_ptr_array_add (catalogue->entries, entry);
  g_hash_table_insert (catalogue->by_code, entry->code != NULL ? entry->code : entry->words, entry);
  return LIGDI_PRODUCT_FAULT_NONE;
}

/**
 * ligdi_catalogue_get_n_products:
 * @catalogue: a list
 *
 * Returns: how many products there are
 */
guint
ligdi_catalogue_get_n_products (const LigdiCatalogue *catalogue)
{
  g_return_val_if_fail (catalogue != NULL, 0);

  return catalogue->entries->len;
}

/**
 * ligdi_catalogue_get_product:
 * @catalogue: a list
 * @index: which product, from 0
 *
 * Returns: (transfer none): a product
 */
const LigdiProduct *
ligdi_catalogue_get_product (const LigdiCatalogue *catalogue, guint index)
{
  g_return_val_if_fail (catalogue != NULL && index < catalogue->entries->len, NULL);

  return &((const Entry *) g_ptr_array_index (catalogue->entries, index))->product;
}

/**
 * ligdi_catalogue_find_code:
 * @catalogue: a list
 * @code: what was scanned or typed
 *
 * Looks a whole code up. Capital and small letters are the same, and so is a long number with
 * and without zeros before it.
 *
 * Returns: (transfer none) (nullable): the product, or %NULL when there is none
 */
const LigdiProduct *
ligdi_catalogue_find_code (const LigdiCatalogue *catalogue, const char *code)
{
  g_autofree char *lookup = NULL;
  const Entry *entry;

  g_return_val_if_fail (catalogue != NULL && code != NULL, NULL);

  lookup = make_lookup_code (code);
  entry = *lookup != '\0' ? g_hash_table_lookup (catalogue->by_code, lookup) : NULL;
  /* What has no code is in the same table, by its words. */
  return entry != NULL && entry->code != NULL ? &entry->product : NULL;
}

/**
 * ligdi_catalogue_find_label:
 * @catalogue: a list
 * @label: what was typed
 *
 * Looks a whole label up, whatever its accents and capitals.
 *
 * Returns: (transfer none) (nullable): the product, or %NULL when none or more than one has it
 */
const LigdiProduct *
ligdi_catalogue_find_label (const LigdiCatalogue *catalogue, const char *label)
{
  g_autofree char *folded = NULL;
  const LigdiProduct *found = NULL;

  g_return_val_if_fail (catalogue != NULL && label != NULL, NULL);

  folded = ligdi_catalogue_fold (label);
  for (guint i = 0; i < catalogue->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (catalogue->entries, i);

      if (!g_str_equal (entry->words + 1, folded))
        continue;
      if (found != NULL)
        return NULL;
      found = &entry->product;
    }
  return found;
}

/**
 * ligdi_catalogue_search:
 * @catalogue: a list
 * @words: what was typed so far
 * @max_found: how many are wanted
 *
 * Finds products by the start of their code, or by parts of their label in any order, whatever
 * the accents and capitals. Looks at each product once.
 *
 * Returns: (transfer container) (element-type LigdiProduct): the best first, and otherwise as in
 *   the list; valid for as long as @catalogue
 */
GPtrArray *
ligdi_catalogue_search (const LigdiCatalogue *catalogue, const char *words, guint max_found)
{
  GPtrArray *found = g_ptr_array_new ();
  GPtrArray *fits[N_FITS];
  g_autofree char *folded = NULL;
  g_autofree char *code = NULL;
  g_autofree char *phrase = NULL;
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (catalogue != NULL && words != NULL, found);

  folded = ligdi_catalogue_fold (words);
  code = make_lookup_code (words);
  phrase = g_strconcat (" ", folded, NULL);
  parts = split_words (folded);
  for (guint i = 0; i < N_FITS; i++)
    fits[i] = g_ptr_array_new ();
  for (guint i = 0; i < catalogue->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (catalogue->entries, i);
      Fit fit = find_fit (entry, code, phrase, (const char *const *) parts);

      if (fit < N_FITS && fits[fit]->len < max_found)
        g_ptr_array_add (fits[fit], &entry->product);
    }
  for (guint i = 0; i < N_FITS; i++)
    for (guint j = 0; j < fits[i]->len && found->len < max_found; j++)
      g_ptr_array_add (found, g_ptr_array_index (fits[i], j));
  for (guint i = 0; i < N_FITS; i++)
    g_ptr_array_unref (fits[i]);
  return found;
}

/**
 * ligdi_catalogue_write:
 * @catalogue: a list
 *
 * Returns: (transfer full): a file's text that ligdi_catalogue_import() and spreadsheets read
 */
char *
ligdi_catalogue_write (const LigdiCatalogue *catalogue)
{
  GString *csv = g_string_new (LIGDI_CSV_MARK);

  g_return_val_if_fail (catalogue != NULL, g_string_free (csv, FALSE));

  ligdi_csv_add_text (csv, "code");
  ligdi_csv_add_text (csv, "label");
  ligdi_csv_add_text (csv, "price");
  ligdi_csv_end_row (csv);
  for (guint i = 0; i < catalogue->entries->len; i++)
    {
      const LigdiProduct *product = ligdi_catalogue_get_product (catalogue, i);

      ligdi_csv_add_text (csv, product->code);
      ligdi_csv_add_text (csv, product->label);
      ligdi_csv_add_number (csv, product->price);
      ligdi_csv_end_row (csv);
    }
  return g_string_free (csv, FALSE);
}

/**
 * ligdi_catalogue_fold:
 * @text: any text
 *
 * Makes "Épices  & CŒUR" and "epices coeur" the same.
 *
 * Returns: (transfer full): small letters and figures without accents, one blank between words
 */
char *
ligdi_catalogue_fold (const char *text)
{
  GString *folded = g_string_new (NULL);
  g_autofree char *valid = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *small = NULL;
  g_autofree char *apart = NULL;

  g_return_val_if_fail (text != NULL, g_string_free (folded, FALSE));

  valid = g_utf8_make_valid (text, -1);
  /* Some signs come apart into capitals, and some small letters into more than one. */
  plain = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  small = g_utf8_casefold (plain, -1);
  apart = g_utf8_normalize (small, -1, G_NORMALIZE_ALL);
  for (const char *p = apart; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0x153) /* œ */
        g_string_append (folded, "oe");
      else if (c == 0xe6) /* æ */
        g_string_append (folded, "ae");
      else if (g_unichar_isalnum (c))
        g_string_append_unichar (folded, c);
      else if (!g_unichar_ismark (c) && folded->len > 0 && folded->str[folded->len - 1] != ' ')
        g_string_append_c (folded, ' ');
    }
  if (folded->len > 0 && folded->str[folded->len - 1] == ' ')
    g_string_truncate (folded, folded->len - 1);
  return g_string_free (folded, FALSE);
}
