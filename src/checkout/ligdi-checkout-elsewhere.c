/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-checkout"

#include "ligdi-checkout-private.h"

#include "ligdi-ledger-query.h"

/* Other programs on the same ledger: what those that live write, and what those that died left
 * undone. */

/* Nobody shows it: it is asked about by whoever holds the watch. */
static gboolean
waits_in_background (const LigdiPaymentRecord *record)
{
  return record->next_check_at > 0
         && (record->state == LIGDI_PAYMENT_STATE_UNRESOLVED
             || ligdi_payment_record_is_aside (record));
}

/* One that this process did not know was decided by the one that wrote it. */
static void
tell_if_decided (LigdiCheckout *self, LigdiPayment *payment)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (payment);

  if (ligdi_payment_state_get_verdict (record->state) != NULL
      && record->verdict_at == record->checked_at)
    g_signal_emit_by_name (self, "verdict", payment);
}

static void
take_over (LigdiCheckout *self, const LigdiPaymentRecord *record)
{
  gboolean known = g_hash_table_contains (self->payments, &record->id);
  g_autoptr (LigdiPayment) payment = ligdi_checkout_adopt (self, record);

  if (!known)
    {
      g_signal_emit_by_name (self, "payment-changed", payment);
      tell_if_decided (self, payment);
    }
  else if (!ligdi_payment_record_equal (ligdi_payment_get_record (payment), record))
    ligdi_payment_commit (payment, record);
  /* Who was told may have let go of all of this. */
  if (!g_cancellable_is_cancelled (self->cancellable) && ligdi_ledger_holds_watch (self->ledger)
      && waits_in_background (ligdi_payment_get_record (payment)))
    ligdi_watcher_add (self->watcher, payment);
}

static void
on_written (LigdiLedgerNews *news, GPtrArray *records, gpointer user_data)
{
  g_autoptr (LigdiCheckout) self = g_object_ref (LIGDI_CHECKOUT (user_data));

  for (guint i = 0; i < records->len; i++)
    take_over (self, g_ptr_array_index (records, i));
}

/* Whoever counts what is to be followed up counts again, and whoever shows it shows it as it is. No
 * verdict is new by it. */
static void
on_followed_up (LigdiLedgerNews *news, GPtrArray *records, gpointer user_data)
{
  g_autoptr (LigdiCheckout) self = g_object_ref (LIGDI_CHECKOUT (user_data));

  for (guint i = 0; i < records->len; i++)
    {
      const LigdiPaymentRecord *record = g_ptr_array_index (records, i);
      gboolean known = g_hash_table_contains (self->payments, &record->id);
      g_autoptr (LigdiPayment) payment = ligdi_checkout_adopt (self, record);

      if (!known)
        g_signal_emit_by_name (self, "payment-changed", payment);
    }
}

/**
 * ligdi_checkout_follow:
 * @self: a checkout
 *
 * Takes over, from now on, what other programs write to the ledger: payments that moved are
 * shown as they are, and new ones that nobody shows are watched, if this process holds the
 * watch. To be called before ligdi_checkout_recover(), which loads what was written before.
 */
void
ligdi_checkout_follow (LigdiCheckout *self)
{
  g_return_if_fail (LIGDI_IS_CHECKOUT (self));
  g_return_if_fail (self->news == NULL);

  self->news = ligdi_ledger_news_new (self->ledger);
  g_signal_connect (self->news, "written", G_CALLBACK (on_written), self);
  g_signal_connect (self->news, "followed-up", G_CALLBACK (on_followed_up), self);
}

/**
 * ligdi_checkout_abort_orphans:
 * @self: a checkout
 * @error: return location, a ledger error
 *
 * Aborts what died while its invoice was being made: no page was ever shown. Unlike
 * ligdi_checkout_recover() it leaves pages that were shown to the next till, whose screen they
 * come back to, and so it needs no watch.
 *
 * Returns: %FALSE when the ledger cannot be read
 */
gboolean
ligdi_checkout_abort_orphans (LigdiCheckout *self, GError **error)
{
  g_autoptr (GPtrArray) orphans = NULL;

  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), FALSE);

  orphans = ligdi_ledger_list_orphans (self->ledger, error);
  if (orphans == NULL)
    return FALSE;
  for (guint i = 0; i < orphans->len; i++)
    {
      const LigdiPaymentRecord *record = g_ptr_array_index (orphans, i);
      g_autoptr (LigdiPayment) payment = NULL;
      g_autoptr (LigdiPaymentRecord) changed = NULL;

      if (record->state != LIGDI_PAYMENT_STATE_CREATING)
        continue;
      payment = ligdi_checkout_adopt (self, record);
      changed = ligdi_payment_record_copy (record);
      /* A till that has just been started may have been faster. */
      ligdi_checkout_step (self, payment, LIGDI_PAYMENT_EVENT_OWNER_GONE, changed, NULL, NULL);
    }
  return TRUE;
}

/**
 * ligdi_checkout_leave_to_others:
 * @self: a checkout
 * @payment: a payment
 *
 * This program asks no more about @payment and waits for no verdict; whoever holds the watch
 * goes on.
 */
void
ligdi_checkout_leave_to_others (LigdiCheckout *self, LigdiPayment *payment)
{
  g_return_if_fail (LIGDI_IS_CHECKOUT (self));
  g_return_if_fail (LIGDI_IS_PAYMENT (payment));

  ligdi_watcher_remove (self->watcher, payment);
  if (ligdi_payment_get_state (payment) == LIGDI_PAYMENT_STATE_VERIFYING)
    ligdi_checkout_stop_waiting (self, payment, NULL);
}
