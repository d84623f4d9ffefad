/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-checkout"

#include "ligdi-patience.h"

/* How long the cashier is kept waiting for the verdicts of payments whose pages are
 * gone. */

/* After a cancel or a broken page nobody is paying any more, as a rule; so many
 * pending answers in a row end the wait. */
#define PENDING_ENOUGH 2

enum
{
  SIGNAL_OVER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiPatience
{
  GObject parent_instance;

  GHashTable *waits; /* LigdiPayment → Wait */
};

G_DEFINE_FINAL_TYPE (LigdiPatience, ligdi_patience, G_TYPE_OBJECT)

typedef struct
{
  LigdiPatience *patience;
  LigdiPayment *payment;
  guint timer;
  gboolean one_answer;
} Wait;

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  g_clear_handle_id (&wait->timer, g_source_remove);
  g_object_unref (wait->payment);
  g_free (wait);
}

static gboolean
on_time_over (gpointer user_data)
{
  Wait *wait = user_data;
  LigdiPatience *self = wait->patience;
  g_autoptr (LigdiPayment) payment = g_object_ref (wait->payment);

  wait->timer = 0;
  g_hash_table_remove (self->waits, payment);
  g_signal_emit (self, signals[SIGNAL_OVER], 0, payment);
  return G_SOURCE_REMOVE;
}

static void
ligdi_patience_dispose (GObject *object)
{
  g_hash_table_remove_all (LIGDI_PATIENCE (object)->waits);
  G_OBJECT_CLASS (ligdi_patience_parent_class)->dispose (object);
}

static void
ligdi_patience_finalize (GObject *object)
{
  g_hash_table_unref (LIGDI_PATIENCE (object)->waits);
  G_OBJECT_CLASS (ligdi_patience_parent_class)->finalize (object);
}

static void
ligdi_patience_class_init (LigdiPatienceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ligdi_patience_dispose;
  object_class->finalize = ligdi_patience_finalize;

  /**
   * LigdiPatience::over:
   * @self: the patience
   * @payment: (type LigdiPayment): the payment that was waited for long enough
   */
  signals[SIGNAL_OVER] = g_signal_new ("over", LIGDI_TYPE_PATIENCE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, LIGDI_TYPE_PAYMENT);
}

static void
ligdi_patience_init (LigdiPatience *self)
{
  self->waits = g_hash_table_new_full (NULL, NULL, NULL, wait_free);
}

/**
 * ligdi_patience_new:
 *
 * Returns: (transfer full): nobody is waiting yet
 */
LigdiPatience *
ligdi_patience_new (void)
{
  return g_object_new (LIGDI_TYPE_PATIENCE, NULL);
}

/**
 * ligdi_patience_start:
 * @self: a patience
 * @payment: a payment whose verdict is waited for
 * @seconds: how long at most, s
 * @one_answer: whether one answer of any kind ends the wait
 *
 * Begins a wait; an earlier one for the same payment is forgotten.
 */
void
ligdi_patience_start (LigdiPatience *self, LigdiPayment *payment, guint seconds,
                      gboolean one_answer)
{
  Wait *wait;

  g_return_if_fail (LIGDI_IS_PATIENCE (self));
  g_return_if_fail (LIGDI_IS_PAYMENT (payment));

  wait = g_new (Wait, 1);
  wait->patience = self;
  wait->payment = g_object_ref (payment);
  wait->one_answer = one_answer;
  wait->timer = g_timeout_add (seconds * 1000, on_time_over, wait);
  g_hash_table_replace (self->waits, payment, wait);
}

/**
 * ligdi_patience_end:
 * @self: a patience
 * @payment: a payment
 *
 * Ends a wait without a word, if there is one.
 */
void
ligdi_patience_end (LigdiPatience *self, LigdiPayment *payment)
{
  g_return_if_fail (LIGDI_IS_PATIENCE (self));

  g_hash_table_remove (self->waits, payment);
}

/**
 * ligdi_patience_ends_with:
 * @self: a patience
 * @payment: a payment that was just asked about, to no avail
 *
 * Returns: whether that answer ends the wait
 */
gboolean
ligdi_patience_ends_with (LigdiPatience *self, LigdiPayment *payment)
{
  const LigdiPaymentRecord *record;
  const Wait *wait;

  g_return_val_if_fail (LIGDI_IS_PATIENCE (self), FALSE);
  g_return_val_if_fail (LIGDI_IS_PAYMENT (payment), FALSE);

  record = ligdi_payment_get_record (payment);
  wait = g_hash_table_lookup (self->waits, payment);
  if (wait == NULL || wait->one_answer)
    return TRUE;
  return record->n_pending >= PENDING_ENOUGH
         && (record->exit == LIGDI_EXIT_CANCELLED || record->exit == LIGDI_EXIT_LOST);
}
