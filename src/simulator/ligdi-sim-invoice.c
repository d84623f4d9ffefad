/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-invoice.h"
#include "ligdi-sim-token.h"

#include <string.h>

/* One invoice of the gateway: what was ordered, and where its payment stands. A status that is
 * final never changes. Times are microseconds since 1970, 0 for never. */

#define CONFIRMS_KEPT 200

struct _LigdiSimInvoice
{
  GObject parent_instance;

  char *id;
  char *token;
  char *request_id;
  char *logfile;
  LigdiSimOrder *order;
  gint64 created_at;

  LigdiSimStatus status;
  gint64 changed_at;
  gint64 paid_amount;
  gint64 settle_at;
  gint64 cut_until;

  char *operator_id;
  char *operator_name;
  char *phone;

  guint n_confirms;
  GArray *confirms;
};

G_DEFINE_FINAL_TYPE (LigdiSimInvoice, ligdi_sim_invoice, G_TYPE_OBJECT)

static const char *const status_words[] = {
  [LIGDI_SIM_STATUS_PENDING] = "pending",
  [LIGDI_SIM_STATUS_COMPLETED] = "completed",
  [LIGDI_SIM_STATUS_NOTCOMPLETED] = "notcompleted",
};

/* The gateway's log file name is the time followed by what PHP's uniqid () gives: seconds
 * and microseconds in hexadecimal. Three captured samples decode so. */
static char *
make_logfile (gint64 created_at)
{
  gint64 seconds = created_at / G_USEC_PER_SEC;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);
  g_autofree char *text = g_date_time_format (time, "%Y%m%d%H%M%S");

  return g_strdup_printf ("%s%08x%05x", text, (guint) seconds,
                          (guint) (created_at % G_USEC_PER_SEC));
}

static char *
make_request_id (const char *id, gint64 created_at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (created_at / G_USEC_PER_SEC);

  return g_strdup_printf ("P2%s%d", id, g_date_time_get_year (time));
}

static gboolean
read_status (JsonObject *object, LigdiSimStatus *status)
{
  const char *word = json_object_get_string_member_with_default (object, "status", "");

  for (gsize i = 0; i < G_N_ELEMENTS (status_words); i++)
    if (strcmp (word, status_words[i]) == 0)
      {
        *status = (LigdiSimStatus) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_id (const char *id)
{
  return strlen (id) == 8 && strspn (id, "0123456789") == 8;
}

static void
ligdi_sim_invoice_finalize (GObject *object)
{
  LigdiSimInvoice *self = LIGDI_SIM_INVOICE (object);

  g_free (self->id);
  g_free (self->token);
  g_free (self->request_id);
  g_free (self->logfile);
  g_clear_pointer (&self->order, ligdi_sim_order_free);
  g_free (self->operator_id);
  g_free (self->operator_name);
  g_free (self->phone);
  g_array_unref (self->confirms);

  G_OBJECT_CLASS (ligdi_sim_invoice_parent_class)->finalize (object);
}

static void
ligdi_sim_invoice_class_init (LigdiSimInvoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ligdi_sim_invoice_finalize;
}

static void
ligdi_sim_invoice_init (LigdiSimInvoice *self)
{
  self->operator_id = g_strdup ("");
  self->operator_name = g_strdup ("");
  self->phone = g_strdup ("");
  self->confirms = g_array_new (FALSE, FALSE, sizeof (gint64));
}

/**
 * ligdi_sim_invoice_new:
 * @id: eight digits
 * @token: the creation token
 * @created_at: the time
 * @order: (transfer full): what was ordered
 *
 * Returns: (transfer full): a pending invoice
 */
LigdiSimInvoice *
ligdi_sim_invoice_new (const char *id, const char *token, gint64 created_at, LigdiSimOrder *order)
{
  LigdiSimInvoice *self = g_object_new (LIGDI_SIM_TYPE_INVOICE, NULL);

  self->id = g_strdup (id);
  self->token = g_strdup (token);
  self->created_at = created_at;
  self->changed_at = created_at;
  self->order = order;
  self->request_id = make_request_id (id, created_at);
  self->logfile = make_logfile (created_at);

  return self;
}

/**
 * ligdi_sim_invoice_new_from_json:
 * @object: what ligdi_sim_invoice_to_json() wrote
 * @secret: the store's signing secret
 *
 * Returns: (transfer full) (nullable): the invoice, or %NULL when @object is not one
 */
LigdiSimInvoice *
ligdi_sim_invoice_new_from_json (JsonObject *object, const char *secret)
{
  g_autoptr (LigdiSimInvoice) self = NULL;
  g_autoptr (LigdiSimOrder) order = NULL;
  g_autofree char *token = NULL;
  LigdiSimRefusal refusal;
  LigdiSimStatus status;
  const char *id = json_object_get_string_member_with_default (object, "id", "");
  gint64 created_at = json_object_get_int_member_with_default (object, "created_at", 0);

  order = ligdi_sim_order_read (json_object_get_member (object, "request"), &refusal);
  if (order == NULL || !is_id (id) || created_at <= 0 || !read_status (object, &status))
    return NULL;

  token = ligdi_sim_token_sign (secret, id, created_at);
  self = ligdi_sim_invoice_new (id, token, created_at, g_steal_pointer (&order));
  ligdi_sim_invoice_set_payer (
      self, json_object_get_string_member_with_default (object, "operator_id", ""),
      json_object_get_string_member_with_default (object, "operator_name", ""),
      json_object_get_string_member_with_default (object, "phone", ""));
  self->status = status;
  self->changed_at = json_object_get_int_member_with_default (object, "changed_at", created_at);
  self->paid_amount = json_object_get_int_member_with_default (object, "paid_amount", 0);
  self->settle_at = json_object_get_int_member_with_default (object, "settle_at", 0);
  self->n_confirms = json_object_get_int_member_with_default (object, "confirms", 0);
  return g_steal_pointer (&self);
}

/**
 * ligdi_sim_status_get_word:
 * @status: a status
 *
 * Returns: the word confirm and callbacks use for it today
 */
const char *
ligdi_sim_status_get_word (LigdiSimStatus status)
{
  return status_words[status];
}

/**
 * ligdi_sim_invoice_to_json:
 *
 * The token is not written: it is signed again from the id and the time.
 *
 * Returns: (transfer full): what the state file keeps of the invoice
 */
JsonNode *
ligdi_sim_invoice_to_json (LigdiSimInvoice *self)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "id", self->id);
  json_object_set_int_member (object, "created_at", self->created_at);
  json_object_set_string_member (object, "status", ligdi_sim_status_get_word (self->status));
  json_object_set_int_member (object, "changed_at", self->changed_at);
  json_object_set_int_member (object, "paid_amount", self->paid_amount);
  json_object_set_int_member (object, "settle_at", self->settle_at);
  json_object_set_string_member (object, "operator_id", self->operator_id);
  json_object_set_string_member (object, "operator_name", self->operator_name);
  json_object_set_string_member (object, "phone", self->phone);
  json_object_set_int_member (object, "confirms", self->n_confirms);
  json_object_set_member (object, "request", json_node_copy (self->order->source));

  json_node_take_object (node, object);
  return node;
}

/**
 * ligdi_sim_invoice_get_id:
 *
 * Returns: eight digits, as in the token
 */
const char *
ligdi_sim_invoice_get_id (LigdiSimInvoice *self)
{
  return self->id;
}

/**
 * ligdi_sim_invoice_get_token:
 *
 * Returns: the creation token
 */
const char *
ligdi_sim_invoice_get_token (LigdiSimInvoice *self)
{
  return self->token;
}

/**
 * ligdi_sim_invoice_get_request_id:
 *
 * Returns: the number support asks for and the payment page shows, like "P2782222872026": the
 *   middle digits are the invoice's, the last four the year (a captured example reads so)
 */
const char *
ligdi_sim_invoice_get_request_id (LigdiSimInvoice *self)
{
  return self->request_id;
}

/**
 * ligdi_sim_invoice_get_logfile:
 *
 * Returns: the gateway's own entry in custom_data
 */
const char *
ligdi_sim_invoice_get_logfile (LigdiSimInvoice *self)
{
  return self->logfile;
}

/**
 * ligdi_sim_invoice_get_order:
 *
 * Returns: (transfer none): what was ordered
 */
const LigdiSimOrder *
ligdi_sim_invoice_get_order (LigdiSimInvoice *self)
{
  return self->order;
}

/**
 * ligdi_sim_invoice_get_created_at:
 *
 * Returns: when it was made, in microseconds since 1970
 */
gint64
ligdi_sim_invoice_get_created_at (LigdiSimInvoice *self)
{
  return self->created_at;
}

/**
 * ligdi_sim_invoice_get_status:
 *
 * Returns: where the payment stands
 */
LigdiSimStatus
ligdi_sim_invoice_get_status (LigdiSimInvoice *self)
{
  return self->status;
}

/**
 * ligdi_sim_invoice_get_changed_at:
 *
 * Returns: when the status changed last, in microseconds since 1970
 */
gint64
ligdi_sim_invoice_get_changed_at (LigdiSimInvoice *self)
{
  return self->changed_at;
}

/**
 * ligdi_sim_invoice_get_paid_amount:
 *
 * Returns: what was collected, in francs XOF; 0 unless completed
 */
gint64
ligdi_sim_invoice_get_paid_amount (LigdiSimInvoice *self)
{
  return self->paid_amount;
}

/**
 * ligdi_sim_invoice_set_payer:
 * @operator_id: the operator's number, or ""
 * @operator_name: the operator's name, or ""
 * @phone: the payer's phone, digits with the country code, or ""
 *
 * Notes who is paying. Nothing is noted once the invoice is final.
 */
void
ligdi_sim_invoice_set_payer (LigdiSimInvoice *self, const char *operator_id,
                             const char *operator_name, const char *phone)
{
  if (self->status != LIGDI_SIM_STATUS_PENDING)
    return;

  g_free (self->operator_id);
  g_free (self->operator_name);
  g_free (self->phone);
  self->operator_id = g_strdup (operator_id);
  self->operator_name = g_strdup (operator_name);
  self->phone = g_strdup (phone);
}

/**
 * ligdi_sim_invoice_get_operator_id:
 *
 * Returns: the operator's number, or ""
 */
const char *
ligdi_sim_invoice_get_operator_id (LigdiSimInvoice *self)
{
  return self->operator_id;
}

/**
 * ligdi_sim_invoice_get_operator_name:
 *
 * Returns: the operator's name, or "" while nobody pays
 */
const char *
ligdi_sim_invoice_get_operator_name (LigdiSimInvoice *self)
{
  return self->operator_name;
}

/**
 * ligdi_sim_invoice_get_phone:
 *
 * Returns: the payer's phone, digits with the country code, or ""
 */
const char *
ligdi_sim_invoice_get_phone (LigdiSimInvoice *self)
{
  return self->phone;
}

/**
 * ligdi_sim_invoice_settle:
 * @status: a final status
 * @paid_amount: what was collected, in francs XOF
 * @now: the time
 *
 * Returns: %FALSE when the invoice was final already; then nothing changes
 */
gboolean
ligdi_sim_invoice_settle (LigdiSimInvoice *self, LigdiSimStatus status, gint64 paid_amount,
                          gint64 now)
{
  if (self->status != LIGDI_SIM_STATUS_PENDING)
    return FALSE;

  self->status = status;
  self->paid_amount = status == LIGDI_SIM_STATUS_COMPLETED ? paid_amount : 0;
  self->changed_at = now;
  self->settle_at = 0;
  return TRUE;
}

/**
 * ligdi_sim_invoice_set_settle_at:
 * @settle_at: when the operator will confirm the payment by itself, or 0
 */
void
ligdi_sim_invoice_set_settle_at (LigdiSimInvoice *self, gint64 settle_at)
{
  self->settle_at = settle_at;
}

/**
 * ligdi_sim_invoice_get_settle_at:
 *
 * Returns: when the operator will confirm by itself, in microseconds since 1970, or 0
 */
gint64
ligdi_sim_invoice_get_settle_at (LigdiSimInvoice *self)
{
  return self->settle_at;
}

/**
 * ligdi_sim_invoice_set_cut_until:
 * @cut_until: until when confirm does not answer for this invoice; a restart forgets it
 */
void
ligdi_sim_invoice_set_cut_until (LigdiSimInvoice *self, gint64 cut_until)
{
  self->cut_until = cut_until;
}

/**
 * ligdi_sim_invoice_get_cut_until:
 *
 * Returns: until when confirm does not answer, in microseconds since 1970, or 0
 */
gint64
ligdi_sim_invoice_get_cut_until (LigdiSimInvoice *self)
{
  return self->cut_until;
}

/**
 * ligdi_sim_invoice_note_confirm:
 * @now: the time
 *
 * Returns: when confirm was asked before this time, or 0
 */
gint64
ligdi_sim_invoice_note_confirm (LigdiSimInvoice *self, gint64 now)
{
  gint64 previous = 0;

  if (self->confirms->len > 0)
    previous = g_array_index (self->confirms, gint64, self->confirms->len - 1);
  if (self->confirms->len == CONFIRMS_KEPT)
    g_array_remove_index (self->confirms, 0);
  g_array_append_val (self->confirms, now);
  self->n_confirms++;

  return previous;
}

/**
 * ligdi_sim_invoice_get_n_confirms:
 *
 * Returns: how many times confirm was asked about it
 */
guint
ligdi_sim_invoice_get_n_confirms (LigdiSimInvoice *self)
{
  return self->n_confirms;
}

/**
 * ligdi_sim_invoice_list_confirms:
 *
 * Returns: (transfer full): the times of the latest confirm calls since the start of the program
 */
JsonArray *
ligdi_sim_invoice_list_confirms (LigdiSimInvoice *self)
{
  JsonArray *times = json_array_new ();

  for (guint i = 0; i < self->confirms->len; i++)
    json_array_add_int_element (times, g_array_index (self->confirms, gint64, i));

  return times;
}
