/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "made-up"

#include "made-up-checkout.h"

#include "made-up.h"

/* Stands in for the checkout at link time: a day of payments without ledger or gateway,
 * so that a page can be shown and pressed by itself. The real one is tested with the
 * whole application. */

struct _LigdiCheckout
{
  GObject parent_instance;

  GPtrArray *payments;
  guint n_checks;
  char *reason;
};

G_DEFINE_FINAL_TYPE (LigdiCheckout, ligdi_checkout, G_TYPE_OBJECT)

typedef struct
{
  const char *name;
  gint64 ticket;
  gint64 amount;
  const char *operator_name;
  int minutes_ago;
} Row;

static const Row rows[] = {
  { "review", 193, 12500, "Orange Money", 1 },   { "paid", 192, 6750, "Moov Money", 4 },
  { "pending", 191, 8500, "Orange Money", 11 },  { "paid", 190, 23000, "Orange Money", 18 },
  { "notpaid", 189, 4250, "Coris Money", 23 },   { "paid", 188, 9000, "Telecel Money", 30 },
  { "paid", 187, 3250, "Orange Money", 37 },     { "closed", 186, 8500, NULL, 41 },
  { "aborted", 185, 700, NULL, 42 },             { "offline", 184, 1500, NULL, 44 },
  { "paid-twice", 183, 15000, "Moov Money", 50 },{ "released", 182, 2000, NULL, 70 },
};

static void
ligdi_checkout_finalize (GObject *object)
{
  LigdiCheckout *self = LIGDI_CHECKOUT (object);

  g_ptr_array_unref (self->payments);
  g_free (self->reason);
  G_OBJECT_CLASS (ligdi_checkout_parent_class)->finalize (object);
}

static void
ligdi_checkout_class_init (LigdiCheckoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ligdi_checkout_finalize;
}

static void
ligdi_checkout_init (LigdiCheckout *self)
{
  gint64 now = g_get_real_time () / 1000;

  self->payments = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (LigdiPayment) model = made_up_payment (rows[i].name, now);
      g_autoptr (LigdiPaymentRecord) record
        = ligdi_payment_record_copy (ligdi_payment_get_record (model));

      record->id = record->ticket = rows[i].ticket;
      record->amount = rows[i].amount;
      record->created_at = now - rows[i].minutes_ago * 60000;
      g_free (record->operator_name);
      record->operator_name = g_strdup (rows[i].operator_name);
      g_ptr_array_add (self->payments, ligdi_payment_new (record));
    }
}

LigdiCheckout *
made_up_checkout_new (void)
{
  return g_object_new (LIGDI_TYPE_CHECKOUT, NULL);
}

guint
made_up_checkout_get_n_checks (LigdiCheckout *self)
{
  return self->n_checks;
}

gint64
made_up_checkout_get_created_at (LigdiCheckout *self, gint64 ticket)
{
  for (guint i = 0; i < self->payments->len; i++)
    {
      const LigdiPaymentRecord *record
        = ligdi_payment_get_record (g_ptr_array_index (self->payments, i));

      if (record->ticket == ticket)
        return record->created_at;
    }
  g_assert_not_reached ();
}

const char *
made_up_checkout_get_reason (LigdiCheckout *self)
{
  return self->reason;
}

gboolean
ligdi_checkout_is_online (LigdiCheckout *self)
{
  return TRUE;
}

/* The payments all belong to today, whatever the hour. */
GPtrArray *
ligdi_checkout_list_payments (LigdiCheckout *self, gint64 from, gint64 until, GError **error)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 now = g_get_real_time () / 1000;

  for (guint i = 0; now >= from && now < until && i < self->payments->len; i++)
    g_ptr_array_add (found, g_object_ref (g_ptr_array_index (self->payments, i)));
  return found;
}

/* Finds tickets, and nothing else. */
GPtrArray *
ligdi_checkout_search (LigdiCheckout *self, const char *text, guint limit, GError **error)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->payments->len; i++)
    if (ligdi_payment_get_record (g_ptr_array_index (self->payments, i))->ticket
        == g_ascii_strtoll (text, NULL, 10))
      g_ptr_array_add (found, g_object_ref (g_ptr_array_index (self->payments, i)));
  return found;
}

static int
get_rank (const LigdiPaymentRecord *record)
{
  if (record->follow_up != LIGDI_FOLLOW_UP_NONE)
    return 0;
  if (record->state != LIGDI_PAYMENT_STATE_UNRESOLVED)
    return -1;
  return ligdi_payment_record_is_let_go (record) ? 2 : 1;
}

GPtrArray *
ligdi_checkout_list_to_follow (LigdiCheckout *self, guint limit, GError **error)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (int rank = 0; rank < 3; rank++)
    for (guint i = 0; i < self->payments->len; i++)
      {
        LigdiPayment *payment = g_ptr_array_index (self->payments, i);

        if (get_rank (ligdi_payment_get_record (payment)) == rank)
          g_ptr_array_add (found, g_object_ref (payment));
      }
  return found;
}

gboolean
ligdi_checkout_sum_takings (LigdiCheckout *self, gint64 from, gint64 until, gint64 *n_paid,
                            gint64 *takings, GError **error)
{
  *n_paid = *takings = 0;
  for (guint i = 0; i < self->payments->len; i++)
    {
      const LigdiPaymentRecord *record
        = ligdi_payment_get_record (g_ptr_array_index (self->payments, i));

      if (record->state == LIGDI_PAYMENT_STATE_PAID && record->verdict_at >= from
          && record->verdict_at < until)
        {
          *n_paid += 1;
          *takings += record->amount;
        }
    }
  return TRUE;
}

/* What was paid twice was paid for by ticket 190. */
gboolean
ligdi_checkout_load_counterpart (LigdiCheckout *self, LigdiPayment *payment,
                                 LigdiPayment **counterpart, GError **error)
{
  *counterpart = ligdi_payment_get_record (payment)->follow_up == LIGDI_FOLLOW_UP_PAID_TWICE
                     ? g_object_ref (g_ptr_array_index (self->payments, 3))
                     : NULL;
  return TRUE;
}

gboolean
ligdi_checkout_close_follow_up (LigdiCheckout *self, LigdiPayment *payment, const char *reason,
                                gboolean kept, GError **error)
{
  g_autoptr (LigdiPaymentRecord) record
    = ligdi_payment_record_copy (ligdi_payment_get_record (payment));

  g_free (self->reason);
  self->reason = g_strdup_printf ("%s (%s)", reason, kept ? "kept" : "not kept");
  record->follow_up = LIGDI_FOLLOW_UP_NONE;
  ligdi_payment_commit (payment, record);
  return TRUE;
}

GPtrArray *
ligdi_checkout_list_journal (LigdiCheckout *self, LigdiPayment *payment, GError **error)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (payment);
  GPtrArray *journal
    = g_ptr_array_new_with_free_func ((GDestroyNotify) ligdi_journal_entry_free);
  gint64 at = record->created_at;

  g_ptr_array_add (journal, ligdi_journal_entry_new (at, "intent", NULL));
  if (record->state == LIGDI_PAYMENT_STATE_ABORTED)
    {
      g_ptr_array_add (journal, ligdi_journal_entry_new (at + 900, "create-failed", "05"));
      return journal;
    }
  g_ptr_array_add (journal, ligdi_journal_entry_new (at + 1000, "invoice-created", NULL));
  g_ptr_array_add (journal, ligdi_journal_entry_new (at + 44000, "customer-returned", NULL));
  for (int i = 0; i < 9; i++)
    g_ptr_array_add (journal, ligdi_journal_entry_new (at + 45000 + i * 3000, "attempt", "pending"));
  if (record->state == LIGDI_PAYMENT_STATE_UNRESOLVED)
    g_ptr_array_add (journal,
                     ligdi_journal_entry_new (at + 90000, "patience-exhausted", NULL));
  else
    g_ptr_array_add (journal, ligdi_journal_entry_new (
                                at + 90000,
                                record->state == LIGDI_PAYMENT_STATE_PAID       ? "confirmed-paid"
                                : record->state == LIGDI_PAYMENT_STATE_DECLINED ? "confirmed-declined"
                                                                                : "confirmed-mismatch",
                                NULL));
  return journal;
}

gboolean
ligdi_checkout_check_now (LigdiCheckout *self, LigdiPayment *payment, GError **error)
{
  g_autoptr (LigdiPaymentRecord) record
    = ligdi_payment_record_copy (ligdi_payment_get_record (payment));

  self->n_checks++;
  if (!ligdi_payment_record_apply (record, LIGDI_PAYMENT_EVENT_VERIFY_ASKED, error))
    return FALSE;
  ligdi_payment_commit (payment, record);
  return TRUE;
}
