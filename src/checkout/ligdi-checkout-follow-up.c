/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-checkout"

#include "ligdi-checkout-private.h"

#include "ligdi-error.h"
#include "ligdi-ledger-follow-up.h"

/* What the cashier must not forget, and how the cashier goes on without a payment. */

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

/* The link may still be paid, so the payment stays watched however the sale ended. */
static gboolean
settle (LigdiCheckout *self, LigdiPayment *payment, LigdiSettlement settled_by,
        LigdiRelease released_by, GError **error)
{
  const LigdiPaymentRecord *old = ligdi_payment_get_record (payment);
  g_autoptr (LigdiPaymentRecord) changed = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!ligdi_checkout_check_created (payment, error))
    return FALSE;
  changed = ligdi_payment_record_copy (old);
  changed->settled_by = settled_by;
  if (released_by != LIGDI_RELEASE_NONE)
    changed->released_by = released_by;
  if (!ligdi_ledger_settle (self->ledger, old, changed, now_ms (), &local_error))
    {
      ligdi_checkout_report_ledger (self, local_error);
      ligdi_checkout_catch_up (self, payment, local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  ligdi_payment_commit (payment, changed);
  return TRUE;
}

/**
 * ligdi_checkout_set_cashier:
 * @self: a checkout
 * @name: (nullable): who is at the till, or %NULL where nobody has a name
 * @approved: whether what is done now is done with the manager's code
 *
 * The journal says so of what is done from now on.
 */
void
ligdi_checkout_set_cashier (LigdiCheckout *self, const char *name, gboolean approved)
{
  g_return_if_fail (LIGDI_IS_CHECKOUT (self));

  ligdi_ledger_set_cashier (self->ledger, name, approved);
}

/**
 * ligdi_checkout_settle_in_cash:
 * @self: a checkout
 * @payment: a payment without a verdict, or declined
 * @error: return location: %LIGDI_ERROR_STATE when the sale is settled or the payment
 *   is still being created, or a ledger error
 *
 * Notes that the cashier took cash. Money that still comes is flagged as paid twice.
 *
 * Returns: %FALSE when nothing changed
 */
gboolean
ligdi_checkout_settle_in_cash (LigdiCheckout *self, LigdiPayment *payment, GError **error)
{
  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), FALSE);
  g_return_val_if_fail (LIGDI_IS_PAYMENT (payment), FALSE);

  return settle (self, payment, LIGDI_SETTLEMENT_CASH, LIGDI_RELEASE_CASH, error);
}

/**
 * ligdi_checkout_give_up:
 * @self: a checkout
 * @payment: a payment without a verdict
 * @error: return location: %LIGDI_ERROR_STATE when the sale is settled or the payment
 *   is still being created, or a ledger error
 *
 * Notes that nobody counts on this money any more. Money that still comes is flagged as
 * late.
 *
 * Returns: %FALSE when nothing changed
 */
gboolean
ligdi_checkout_give_up (LigdiCheckout *self, LigdiPayment *payment, GError **error)
{
  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), FALSE);
  g_return_val_if_fail (LIGDI_IS_PAYMENT (payment), FALSE);

  return settle (self, payment, LIGDI_SETTLEMENT_GIVEN_UP, LIGDI_RELEASE_NONE, error);
}

/**
 * ligdi_checkout_count_to_follow:
 * @self: a checkout
 *
 * Returns: how many payments the cashier must not forget
 */
guint
ligdi_checkout_count_to_follow (LigdiCheckout *self)
{
  guint count = 0;

  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), 0);

  ligdi_ledger_count_to_follow (self->ledger, &count, NULL);
  return count;
}

/**
 * ligdi_checkout_list_to_follow:
 * @self: a checkout
 * @limit: how many at most
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (element-type LigdiPayment): first the payments a person must
 *   decide about, then those without a verdict, then those the cashier went on without and
 *   that are still watched; or %NULL
 */
GPtrArray *
ligdi_checkout_list_to_follow (LigdiCheckout *self, guint limit, GError **error)
{
  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), NULL);

  return ligdi_checkout_adopt_all (self, ligdi_ledger_list_to_follow (self->ledger, limit, error));
}

/**
 * ligdi_checkout_load_counterpart:
 * @self: a checkout
 * @payment: a payment that was paid late or twice
 * @counterpart: (out) (transfer full) (nullable): the one that was probably rung up in its
 *   stead
 * @error: return location, a ledger error
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_checkout_load_counterpart (LigdiCheckout *self, LigdiPayment *payment,
                                 LigdiPayment **counterpart, GError **error)
{
  g_autoptr (LigdiPaymentRecord) record = NULL;

  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), FALSE);
  g_return_val_if_fail (LIGDI_IS_PAYMENT (payment), FALSE);
  g_return_val_if_fail (counterpart != NULL, FALSE);

  *counterpart = NULL;
  if (!ligdi_ledger_load_counterpart (self->ledger, ligdi_payment_get_record (payment), &record,
                                      error))
    return FALSE;
  if (record != NULL)
    *counterpart = ligdi_checkout_adopt (self, record);
  return TRUE;
}

/**
 * ligdi_checkout_close_follow_up:
 * @self: a checkout
 * @payment: a payment with something that waits for a person
 * @reason: what a person says about it; not empty
 * @kept: for a wrong amount: whether the shop keeps the money, which then counts in today's
 *   takings
 * @error: return location: %LIGDI_ERROR_STATE when it is closed already, or a ledger error
 *
 * Returns: %FALSE when nothing changed
 */
gboolean
ligdi_checkout_close_follow_up (LigdiCheckout *self, LigdiPayment *payment, const char *reason,
                                gboolean kept, GError **error)
{
  g_autoptr (LigdiPaymentRecord) changed = NULL;
  g_autoptr (GError) local_error = NULL;
  gint64 counted = 0;

  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), FALSE);
  g_return_val_if_fail (LIGDI_IS_PAYMENT (payment), FALSE);

  changed = ligdi_payment_record_copy (ligdi_payment_get_record (payment));
  if (changed->follow_up == LIGDI_FOLLOW_UP_NONE)
    {
      g_set_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE, "%s: nothing waits for a person",
                   changed->reference);
      return FALSE;
    }
  if (kept && changed->follow_up == LIGDI_FOLLOW_UP_WRONG_AMOUNT)
    counted = MAX (changed->amount_received, 0);
  if (!ligdi_ledger_close_follow_up (self->ledger, changed, reason, counted, now_ms (),
                                     &local_error))
    {
      ligdi_checkout_report_ledger (self, local_error);
      ligdi_checkout_catch_up (self, payment, local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  ligdi_payment_commit (payment, changed);
  return TRUE;
}
