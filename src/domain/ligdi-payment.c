/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-domain"

#include "ligdi-payment.h"

/* One payment as the rest of the program sees it: a record that is already on
 * disk, and a signal when it moved on. */

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiPayment
{
  GObject parent_instance;

  LigdiPaymentRecord *record;
};

G_DEFINE_FINAL_TYPE (LigdiPayment, ligdi_payment, G_TYPE_OBJECT)

static void
ligdi_payment_finalize (GObject *object)
{
  LigdiPayment *self = LIGDI_PAYMENT (object);

  ligdi_payment_record_free (self->record);
  G_OBJECT_CLASS (ligdi_payment_parent_class)->finalize (object);
}

static void
ligdi_payment_class_init (LigdiPaymentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ligdi_payment_finalize;

  /**
   * LigdiPayment::changed:
   * @self: the payment
   *
   * The ledger has recorded something new about the payment.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LIGDI_TYPE_PAYMENT, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
ligdi_payment_init (LigdiPayment *self)
{
  self->record = ligdi_payment_record_new ();
}

/**
 * ligdi_payment_record_new:
 *
 * Returns: (transfer full): an empty record: nothing received, nothing asked
 */
LigdiPaymentRecord *
ligdi_payment_record_new (void)
{
  LigdiPaymentRecord *record = g_new0 (LigdiPaymentRecord, 1);

  record->amount_received = -1;
  return record;
}

/**
 * ligdi_payment_record_copy:
 * @record: a record
 *
 * Returns: (transfer full): the same values in memory of their own
 */
LigdiPaymentRecord *
ligdi_payment_record_copy (const LigdiPaymentRecord *record)
{
  LigdiPaymentRecord *copy;

  g_return_val_if_fail (record != NULL, NULL);

  copy = g_memdup2 (record, sizeof *record);
  copy->reference = g_strdup (record->reference);
  copy->transaction_id = g_strdup (record->transaction_id);
  copy->token = g_strdup (record->token);
  copy->page_url = g_strdup (record->page_url);
  copy->return_url = g_strdup (record->return_url);
  copy->cancel_url = g_strdup (record->cancel_url);
  copy->base_url = g_strdup (record->base_url);
  copy->operator_name = g_strdup (record->operator_name);
  copy->payer = g_strdup (record->payer);
  copy->request_id = g_strdup (record->request_id);
  copy->refusal = g_strdup (record->refusal);
  copy->cashier = g_strdup (record->cashier);
  copy->charge = g_strdup (record->charge);
  copy->charge_sender = g_strdup (record->charge_sender);
  return copy;
}

/**
 * ligdi_payment_record_free:
 * @record: (transfer full): a record
 */
void
ligdi_payment_record_free (LigdiPaymentRecord *record)
{
  g_free (record->reference);
  g_free (record->transaction_id);
  g_free (record->token);
  g_free (record->page_url);
  g_free (record->return_url);
  g_free (record->cancel_url);
  g_free (record->base_url);
  g_free (record->operator_name);
  g_free (record->payer);
  g_free (record->request_id);
  g_free (record->refusal);
  g_free (record->cashier);
  g_free (record->charge);
  g_free (record->charge_sender);
  g_free (record);
}

/**
 * ligdi_payment_record_apply:
 * @record: a record that is not on disk yet
 * @event: what happened
 * @error: return location, %LIGDI_ERROR_STATE
 *
 * Moves @record on by the transition table. Nothing else in the program changes
 * a payment's state.
 *
 * Returns: %FALSE, and nothing changed, when the table has no such step
 */
gboolean
ligdi_payment_record_apply (LigdiPaymentRecord *record, LigdiPaymentEvent event, GError **error)
{
  g_return_val_if_fail (record != NULL, FALSE);

  return ligdi_payment_state_next (record->state, event, &record->state, error);
}

/**
 * ligdi_payment_record_is_aside:
 * @record: a record
 *
 * Returns: whether its customer is paying on a phone while the cashier serves others
 */
gboolean
ligdi_payment_record_is_aside (const LigdiPaymentRecord *record)
{
  g_return_val_if_fail (record != NULL, FALSE);

  return record->state == LIGDI_PAYMENT_STATE_AWAITING && record->left_at > 0;
}

/**
 * ligdi_payment_record_is_let_go:
 * @record: a record
 *
 * Returns: whether the cashier went on without this payment, in whatever way; it is watched
 *   all the same
 */
gboolean
ligdi_payment_record_is_let_go (const LigdiPaymentRecord *record)
{
  g_return_val_if_fail (record != NULL, FALSE);

  return record->released_by != LIGDI_RELEASE_NONE
         || record->settled_by == LIGDI_SETTLEMENT_GIVEN_UP;
}

/**
 * ligdi_payment_record_equal:
 * @a: a record
 * @b: another one, of the same payment
 *
 * Returns: whether they say the same of everything that can change
 */
gboolean
ligdi_payment_record_equal (const LigdiPaymentRecord *a, const LigdiPaymentRecord *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->state == b->state && a->opening == b->opening && a->exit == b->exit
         && a->settled_by == b->settled_by && a->follow_up == b->follow_up
         && a->released_by == b->released_by && a->last_answer == b->last_answer
         && a->n_checks == b->n_checks && a->n_pending == b->n_pending
         && a->left_at == b->left_at && a->checked_at == b->checked_at
         && a->next_check_at == b->next_check_at && a->verdict_at == b->verdict_at
         && a->amount_received == b->amount_received && g_strcmp0 (a->token, b->token) == 0
         && g_strcmp0 (a->page_url, b->page_url) == 0
         && g_strcmp0 (a->operator_name, b->operator_name) == 0
         && g_strcmp0 (a->payer, b->payer) == 0 && g_strcmp0 (a->request_id, b->request_id) == 0
         && g_strcmp0 (a->refusal, b->refusal) == 0;
}

/**
 * ligdi_payment_new:
 * @record: what the ledger holds of the payment
 *
 * Returns: (transfer full): a payment
 */
LigdiPayment *
ligdi_payment_new (const LigdiPaymentRecord *record)
{
  LigdiPayment *self = g_object_new (LIGDI_TYPE_PAYMENT, NULL);

  ligdi_payment_record_free (self->record);
  self->record = ligdi_payment_record_copy (record);
  return self;
}

/**
 * ligdi_payment_get_record:
 * @self: a payment
 *
 * Returns: (transfer none): its values, valid until the payment changes
 */
const LigdiPaymentRecord *
ligdi_payment_get_record (LigdiPayment *self)
{
  g_return_val_if_fail (LIGDI_IS_PAYMENT (self), NULL);

  return self->record;
}

/**
 * ligdi_payment_get_state:
 * @self: a payment
 *
 * Returns: where it is
 */
LigdiPaymentState
ligdi_payment_get_state (LigdiPayment *self)
{
  g_return_val_if_fail (LIGDI_IS_PAYMENT (self), LIGDI_PAYMENT_STATE_UNRESOLVED);

  return self->record->state;
}

/**
 * ligdi_payment_commit:
 * @self: a payment
 * @record: what the ledger has just recorded of it
 *
 * Takes over what is already on disk, then emits #LigdiPayment::changed.
 */
void
ligdi_payment_commit (LigdiPayment *self, const LigdiPaymentRecord *record)
{
  g_autoptr (LigdiPaymentRecord) old = NULL;

  g_return_if_fail (LIGDI_IS_PAYMENT (self));
  g_return_if_fail (record != NULL && record->id == self->record->id);

  old = g_steal_pointer (&self->record);
  self->record = ligdi_payment_record_copy (record);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
