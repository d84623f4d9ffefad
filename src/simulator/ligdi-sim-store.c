/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-store.h"
#include "ligdi-sim-journal.h"
#include "ligdi-sim-token.h"

#include <string.h>

/* All invoices of the gateway, kept in a file when one is named, and the clock that confirms
 * payments which stay pending for a while. An invoice is in the file before it is answered for,
 * so a link that was handed out survives a crash.
 *
 * Signals: "invoice-settled" (invoice), when a status became final. */

#define FILE_FORMAT "ligdipay-simulator"
#define FILE_VERSION 1
#define INVOICES_KEPT 2000

typedef struct
{
  LigdiSimStore *store;
  LigdiSimInvoice *invoice;
} Due;

struct _LigdiSimStore
{
  GObject parent_instance;

  LigdiSimJournal *journal;
  char *secret;
  guint16 port;
  GHashTable *by_id;
  GPtrArray *invoices;
  GHashTable *due_sources;
};

G_DEFINE_FINAL_TYPE (LigdiSimStore, ligdi_sim_store, G_TYPE_OBJECT)

enum
{
  INVOICE_SETTLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
insert (LigdiSimStore *self, LigdiSimInvoice *invoice)
{
  g_ptr_array_add (self->invoices, invoice);
  g_hash_table_insert (self->by_id, (gpointer) ligdi_sim_invoice_get_id (invoice), invoice);
}

static void
forget_oldest (LigdiSimStore *self)
{
  while (self->invoices->len > INVOICES_KEPT)
    {
      LigdiSimInvoice *oldest = g_ptr_array_index (self->invoices, 0);

      g_hash_table_remove (self->due_sources, oldest);
      g_hash_table_remove (self->by_id, ligdi_sim_invoice_get_id (oldest));
      g_ptr_array_remove_index (self->invoices, 0);
    }
}

static JsonNode *
describe_store (LigdiSimStore *self)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "format", FILE_FORMAT);
  json_object_set_int_member (object, "version", FILE_VERSION);
  json_object_set_string_member (object, "secret", self->secret);
  json_object_set_int_member (object, "port", self->port);

  json_node_take_object (node, object);
  return node;
}

static gboolean
save (LigdiSimStore *self, GError **error)
{
  g_autoptr (GPtrArray) lines = NULL;

  if (self->journal == NULL)
    return TRUE;

  lines = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_ptr_array_add (lines, describe_store (self));
  for (guint i = 0; i < self->invoices->len; i++)
    g_ptr_array_add (lines, ligdi_sim_invoice_to_json (g_ptr_array_index (self->invoices, i)));

  return ligdi_sim_journal_write (self->journal, lines, error);
}

static gboolean
save_invoice (LigdiSimStore *self, LigdiSimInvoice *invoice, GError **error)
{
  g_autoptr (JsonNode) line = NULL;

  if (self->journal == NULL)
    return TRUE;
  if (ligdi_sim_journal_is_long (self->journal))
    return save (self, error);

  line = ligdi_sim_invoice_to_json (invoice);
  return ligdi_sim_journal_append (self->journal, line, error);
}

static void
save_or_say (LigdiSimStore *self, LigdiSimInvoice *invoice)
{
  g_autoptr (GError) error = NULL;

  if (!save_invoice (self, invoice, &error))
    g_message ("%s", error->message);
}

static void
stop_waiting (gpointer source)
{
  g_source_remove (GPOINTER_TO_UINT (source));
}

static gboolean
settle (LigdiSimStore *self, LigdiSimInvoice *invoice, LigdiSimStatus status, gint64 paid_amount)
{
  if (!ligdi_sim_invoice_settle (invoice, status, paid_amount, g_get_real_time ()))
    return FALSE;

  g_hash_table_remove (self->due_sources, invoice);
  save_or_say (self, invoice);
  g_signal_emit (self, signals[INVOICE_SETTLED], 0, invoice);
  return TRUE;
}

static gboolean
on_due (gpointer user_data)
{
  Due *due = user_data;
  LigdiSimStore *self = due->store;
  LigdiSimInvoice *invoice = due->invoice;
  gint64 amount = ligdi_sim_invoice_get_order (invoice)->total_amount;

  g_hash_table_steal (self->due_sources, invoice);
  settle (self, invoice, LIGDI_SIM_STATUS_COMPLETED, amount);
  return G_SOURCE_REMOVE;
}

static void
wait_until_due (LigdiSimStore *self, LigdiSimInvoice *invoice)
{
  gint64 wait = ligdi_sim_invoice_get_settle_at (invoice) - g_get_real_time ();
  Due *due = g_new (Due, 1);
  guint source = 0;

  due->store = self;
  due->invoice = invoice;
  source = g_timeout_add_full (G_PRIORITY_DEFAULT, wait > 0 ? wait / 1000 + 1 : 0, on_due, due,
                               g_free);
  g_hash_table_insert (self->due_sources, invoice, GUINT_TO_POINTER (source));
}

static gboolean
read_store (LigdiSimStore *self, JsonObject *object)
{
  const char *secret = json_object_get_string_member_with_default (object, "secret", "");
  gint64 port = json_object_get_int_member_with_default (object, "port", -1);

  if (strcmp (json_object_get_string_member_with_default (object, "format", ""), FILE_FORMAT) != 0
      || json_object_get_int_member_with_default (object, "version", 0) != FILE_VERSION
      || *secret == '\0' || port < 0 || port > G_MAXUINT16)
    return FALSE;

  g_free (self->secret);
  self->secret = g_strdup (secret);
  self->port = (guint16) port;
  return TRUE;
}

static gboolean
read_invoice (LigdiSimStore *self, JsonObject *object)
{
  LigdiSimInvoice *invoice = ligdi_sim_invoice_new_from_json (object, self->secret);
  LigdiSimInvoice *older = NULL;
  guint position = 0;

  if (invoice == NULL)
    return FALSE;

  older = g_hash_table_lookup (self->by_id, ligdi_sim_invoice_get_id (invoice));
  if (older == NULL)
    {
      insert (self, invoice);
      return TRUE;
    }
  g_ptr_array_find (self->invoices, older, &position);
  g_hash_table_remove (self->by_id, ligdi_sim_invoice_get_id (older));
  g_object_unref (older);
  g_ptr_array_index (self->invoices, position) = invoice;
  g_hash_table_insert (self->by_id, (gpointer) ligdi_sim_invoice_get_id (invoice), invoice);
  return TRUE;
}

static gboolean
read_lines (LigdiSimStore *self, GPtrArray *lines)
{
  if (lines->len == 0)
    return TRUE;
  if (!read_store (self, json_node_get_object (g_ptr_array_index (lines, 0))))
    return FALSE;

  for (guint i = 1; i < lines->len; i++)
    if (!read_invoice (self, json_node_get_object (g_ptr_array_index (lines, i))))
      return FALSE;
  return TRUE;
}

static gboolean
load (LigdiSimStore *self, GError **error)
{
  g_autoptr (GPtrArray) lines = ligdi_sim_journal_read (self->journal, error);

  if (lines == NULL)
    return FALSE;
  if (!read_lines (self, lines))
    return ligdi_sim_journal_refuse (self->journal, error);

  forget_oldest (self);
  for (guint i = 0; i < self->invoices->len; i++)
    {
      LigdiSimInvoice *invoice = g_ptr_array_index (self->invoices, i);

      if (ligdi_sim_invoice_get_settle_at (invoice) != 0)
        wait_until_due (self, invoice);
    }
  return TRUE;
}

static char *
make_id (LigdiSimStore *self)
{
  char *id = NULL;

  do
    {
      g_free (id);
      id = g_strdup_printf ("%d", g_random_int_range (10000000, 100000000));
    }
  while (g_hash_table_contains (self->by_id, id));

  return id;
}

static void
ligdi_sim_store_finalize (GObject *object)
{
  LigdiSimStore *self = LIGDI_SIM_STORE (object);

  g_hash_table_unref (self->due_sources);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->invoices);
  g_free (self->secret);
  g_clear_pointer (&self->journal, ligdi_sim_journal_free);

  G_OBJECT_CLASS (ligdi_sim_store_parent_class)->finalize (object);
}

static void
ligdi_sim_store_class_init (LigdiSimStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ligdi_sim_store_finalize;

  signals[INVOICE_SETTLED]
      = g_signal_new ("invoice-settled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 1, LIGDI_SIM_TYPE_INVOICE);
}

static void
ligdi_sim_store_init (LigdiSimStore *self)
{
  self->secret = ligdi_sim_token_new_secret ();
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->invoices = g_ptr_array_new_with_free_func (g_object_unref);
  self->due_sources = g_hash_table_new_full (NULL, NULL, NULL, stop_waiting);
}

/**
 * ligdi_sim_store_new:
 * @path: (nullable): the state file, which need not exist yet; %NULL keeps nothing
 * @error: return location: the file cannot be read, is damaged, or has an unknown version
 *
 * Returns: (transfer full) (nullable): the store, or %NULL; then the file is left as it is
 */
LigdiSimStore *
ligdi_sim_store_new (const char *path, GError **error)
{
  g_autoptr (LigdiSimStore) self = g_object_new (LIGDI_SIM_TYPE_STORE, NULL);

  if (path == NULL)
    return g_steal_pointer (&self);

  self->journal = ligdi_sim_journal_new (path);
  return load (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * ligdi_sim_store_get_port:
 *
 * Returns: the port the stored links name, or 0
 */
guint16
ligdi_sim_store_get_port (LigdiSimStore *self)
{
  return self->port;
}

/**
 * ligdi_sim_store_set_port:
 * @port: the port the links of new invoices name, kept at the next save
 */
void
ligdi_sim_store_set_port (LigdiSimStore *self, guint16 port)
{
  self->port = port;
}

/**
 * ligdi_sim_store_save:
 * @error: return location: the file cannot be written
 *
 * Writes the whole file, if there is one. This comes before the first invoice is added.
 */
gboolean
ligdi_sim_store_save (LigdiSimStore *self, GError **error)
{
  return save (self, error);
}

/**
 * ligdi_sim_store_add:
 * @order: (transfer full): what was ordered
 * @error: return location: the file cannot be written; then nothing was created
 *
 * Returns: (transfer none) (nullable): the new invoice
 */
LigdiSimInvoice *
ligdi_sim_store_add (LigdiSimStore *self, LigdiSimOrder *order, GError **error)
{
  gint64 now = g_get_real_time ();
  g_autofree char *id = make_id (self);
  g_autofree char *token = ligdi_sim_token_sign (self->secret, id, now);
  LigdiSimInvoice *invoice = ligdi_sim_invoice_new (id, token, now, order);

  insert (self, invoice);
  if (!save_invoice (self, invoice, error))
    {
      g_hash_table_remove (self->by_id, id);
      g_ptr_array_remove_index (self->invoices, self->invoices->len - 1);
      return NULL;
    }
  forget_oldest (self);
  return invoice;
}

/**
 * ligdi_sim_store_find:
 * @token: what a client sent
 *
 * Returns: (transfer none) (nullable): the invoice @token was signed for
 */
LigdiSimInvoice *
ligdi_sim_store_find (LigdiSimStore *self, const char *token)
{
  g_autofree char *id = ligdi_sim_token_verify (self->secret, token);

  return id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;
}

/**
 * ligdi_sim_store_list:
 *
 * Returns: (transfer none) (element-type LigdiSimInvoice): all invoices, oldest first
 */
GPtrArray *
ligdi_sim_store_list (LigdiSimStore *self)
{
  return self->invoices;
}

/**
 * ligdi_sim_store_sign_other_token:
 * @invoice: an invoice of this store
 *
 * Some pages of the documentation show a callback with a token that is not the creation token
 * and works in confirm as well (status-verification, transaction-id-pattern).
 *
 * Returns: (transfer full): such a token
 */
char *
ligdi_sim_store_sign_other_token (LigdiSimStore *self, LigdiSimInvoice *invoice)
{
  return ligdi_sim_token_sign (self->secret, ligdi_sim_invoice_get_id (invoice),
                               ligdi_sim_invoice_get_created_at (invoice) + G_USEC_PER_SEC);
}

/**
 * ligdi_sim_store_settle:
 * @invoice: an invoice of this store
 * @status: a final status
 * @paid_amount: what was collected, in francs XOF
 *
 * Returns: %FALSE when the invoice was final already; then nothing changes
 */
gboolean
ligdi_sim_store_settle (LigdiSimStore *self, LigdiSimInvoice *invoice, LigdiSimStatus status,
                        gint64 paid_amount)
{
  return settle (self, invoice, status, paid_amount);
}

/**
 * ligdi_sim_store_settle_later:
 * @invoice: an invoice of this store
 * @seconds: how long it still stays pending
 *
 * Makes the operator confirm the payment by itself later, also after a restart.
 */
void
ligdi_sim_store_settle_later (LigdiSimStore *self, LigdiSimInvoice *invoice, guint seconds)
{
  if (ligdi_sim_invoice_get_status (invoice) != LIGDI_SIM_STATUS_PENDING)
    return;

  g_hash_table_remove (self->due_sources, invoice);
  ligdi_sim_invoice_set_settle_at (invoice, g_get_real_time () + seconds * G_USEC_PER_SEC);
  wait_until_due (self, invoice);
  save_or_say (self, invoice);
}
