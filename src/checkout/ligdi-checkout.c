/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-checkout"

#include "ligdi-checkout-private.h"

#include "ligdi-error.h"
#include "ligdi-ledger-query.h"
#include "ligdi-schedule.h"

/* Takes a sale from the press of Enter to its verdict. Every step goes the same way:
 * ask the table, write it down, then show it and act on it. */

#define DEFAULT_PATIENCE_S 45
/* How many payments to ask about are known at a time; the gate lets twenty a minute through. */
#define SOONEST 200
/* A check somebody asks for later on is one question, not another wait. */
#define ONE_CHECK_PATIENCE_S 20

enum
{
  SIGNAL_CREATE_FAILED,
  SIGNAL_LEDGER_FAILED,
  SIGNAL_PAYMENT_CHANGED,
  SIGNAL_VERDICT,
  SIGNAL_ONLINE_CHANGED,
  SIGNAL_ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LigdiCheckout, ligdi_checkout, G_TYPE_OBJECT)

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

static gint64 *
dup_id (gint64 id)
{
  return g_memdup2 (&id, sizeof id);
}

static void
on_payment_gone (gpointer data, GObject *where_it_was)
{
  LigdiCheckout *self = data;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->payments);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (value == where_it_was)
      g_hash_table_iter_remove (&iter);
}

static void
on_payment_changed (LigdiPayment *payment, gpointer user_data)
{
  /* Who is told may let go of both. */
  g_autoptr (LigdiCheckout) self = g_object_ref (LIGDI_CHECKOUT (user_data));
  g_autoptr (LigdiPayment) alive = g_object_ref (payment);

  ligdi_checkout_close_listener (self);
  g_signal_emit (self, signals[SIGNAL_PAYMENT_CHANGED], 0, payment);
  ligdi_checkout_tell_verdict (self, payment);
}

static LigdiPaymentRecord *
copy_record (LigdiPayment *payment)
{
  return ligdi_payment_record_copy (ligdi_payment_get_record (payment));
}

static void
on_patience_over (LigdiPatience *patience, LigdiPayment *payment, gpointer user_data)
{
  g_autoptr (LigdiCheckout) self = g_object_ref (LIGDI_CHECKOUT (user_data));

  if (ligdi_payment_get_state (payment) == LIGDI_PAYMENT_STATE_VERIFYING)
    ligdi_checkout_stop_waiting (self, payment, NULL);
}

static void
on_answered (LigdiWatcher *watcher, LigdiPayment *payment, const LigdiConfirmation *confirmation,
             const GError *error, gpointer user_data)
{
  g_autoptr (LigdiCheckout) self = g_object_ref (LIGDI_CHECKOUT (user_data));

  ligdi_checkout_act_on_answer (self, payment, confirmation, error);
  ligdi_lookout_hear (self->lookout, error, confirmation);
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, payment, error);
}

static void
on_lookout_changed (LigdiLookout *lookout, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_ONLINE_CHANGED], 0);
}

static void
on_watcher_ledger_failed (LigdiWatcher *watcher, const GError *error, gpointer user_data)
{
  ligdi_checkout_report_ledger (user_data, error);
}

/* Whether another process has gone on with it. */
static gboolean
has_moved (const LigdiPaymentRecord *known, const LigdiPaymentRecord *written)
{
  return known->state != written->state || known->released_by != written->released_by
         || known->settled_by != written->settled_by || known->follow_up != written->follow_up;
}

/* A shop may have ten thousand payments to ask about; those of the next hours are enough to
 * know. */
static gboolean
watch_soonest (LigdiCheckout *self, GError **error)
{
  GPtrArray *records = ligdi_ledger_list_watched (self->ledger, SOONEST, error);
  g_autoptr (GPtrArray) payments = NULL;
  gint64 horizon = G_MAXINT64;

  if (records == NULL)
    return FALSE;
  if (records->len == SOONEST)
    horizon = ((LigdiPaymentRecord *) g_ptr_array_index (records, SOONEST - 1))->next_check_at;
  payments = ligdi_checkout_adopt_all (self, records);
  ligdi_watcher_expect (self->watcher, payments, horizon);
  return TRUE;
}

static void
on_horizon_reached (LigdiWatcher *watcher, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!watch_soonest (user_data, &error))
    ligdi_checkout_report_ledger (user_data, error);
}

static LigdiPayment *
recover_orphan (LigdiCheckout *self, const LigdiPaymentRecord *record, gboolean first)
{
  g_autoptr (LigdiPayment) payment = ligdi_checkout_adopt (self, record);
  g_autoptr (LigdiPaymentRecord) changed = copy_record (payment);

  if (record->state == LIGDI_PAYMENT_STATE_CREATING)
    {
      ligdi_checkout_step (self, payment, LIGDI_PAYMENT_EVENT_OWNER_GONE, changed, NULL, NULL);
      return NULL;
    }
  /* Its customer took the code along, and is not at the counter. */
  if (ligdi_payment_record_is_aside (record))
    {
      ligdi_watcher_add (self->watcher, payment);
      return NULL;
    }
  if (record->state == LIGDI_PAYMENT_STATE_AWAITING)
    {
      changed->exit = LIGDI_EXIT_LOST;
      changed->left_at = now_ms ();
      changed->n_checks = 0;
      changed->n_pending = 0;
      changed->last_answer = LIGDI_ANSWER_NONE;
      changed->next_check_at = changed->left_at + LIGDI_SCHEDULE_GAP_MS;
      if (!ligdi_checkout_step (self, payment, LIGDI_PAYMENT_EVENT_RECOVERED, changed, NULL, NULL))
        return NULL;
    }
  ligdi_patience_start (self->patience, payment, self->patience_s, FALSE);
  ligdi_watcher_ask (self->watcher, payment, first);
  return g_steal_pointer (&payment);
}

static void
ligdi_checkout_dispose (GObject *object)
{
  LigdiCheckout *self = LIGDI_CHECKOUT (object);
  GHashTableIter iter;
  gpointer value;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->listener);
  if (self->news != NULL)
    g_signal_handlers_disconnect_by_data (self->news, self);
  g_clear_object (&self->news);
  g_signal_handlers_disconnect_by_data (self->patience, self);
  g_signal_handlers_disconnect_by_data (self->watcher, self);
  ligdi_watcher_stop (self->watcher);
  g_signal_handlers_disconnect_by_data (self->lookout, self);
  ligdi_lookout_stop (self->lookout);
  g_hash_table_iter_init (&iter, self->payments);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_object_weak_unref (value, on_payment_gone, self);
  g_hash_table_remove_all (self->payments);
  G_OBJECT_CLASS (ligdi_checkout_parent_class)->dispose (object);
}

static void
ligdi_checkout_finalize (GObject *object)
{
  LigdiCheckout *self = LIGDI_CHECKOUT (object);

  g_clear_object (&self->gateway);
  g_clear_object (&self->ledger);
  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->payments);
  g_clear_object (&self->patience);
  g_clear_object (&self->watcher);
  g_clear_object (&self->lookout);
  g_clear_object (&self->listener);
  g_free (self->shop_name);
  g_free (self->shop_website);
  g_free (self->return_page);
  G_OBJECT_CLASS (ligdi_checkout_parent_class)->finalize (object);
}

static void
ligdi_checkout_class_init (LigdiCheckoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ligdi_checkout_dispose;
  object_class->finalize = ligdi_checkout_finalize;

  /**
   * LigdiCheckout::create-failed:
   * @self: the checkout
   * @payment: (type LigdiPayment): the payment, now aborted
   * @error: why the gateway made no invoice
   *
   * No page was shown, so nobody can pay; the sale may be charged again.
   */
  signals[SIGNAL_CREATE_FAILED]
      = g_signal_new ("create-failed", LIGDI_TYPE_CHECKOUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, LIGDI_TYPE_PAYMENT, G_TYPE_ERROR);
  /**
   * LigdiCheckout::ledger-failed:
   * @self: the checkout
   * @error: what broke; no selling until it is mended
   */
  signals[SIGNAL_LEDGER_FAILED]
      = g_signal_new ("ledger-failed", LIGDI_TYPE_CHECKOUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_ERROR);
  /**
   * LigdiCheckout::payment-changed:
   * @self: the checkout
   * @payment: (type LigdiPayment): a payment that moved on
   */
  signals[SIGNAL_PAYMENT_CHANGED]
      = g_signal_new ("payment-changed", LIGDI_TYPE_CHECKOUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, LIGDI_TYPE_PAYMENT);
  /**
   * LigdiCheckout::verdict:
   * @self: the checkout
   * @payment: (type LigdiPayment): a payment that has just been paid, declined or disputed,
   *   whoever asked
   */
  signals[SIGNAL_VERDICT]
      = g_signal_new ("verdict", LIGDI_TYPE_CHECKOUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, LIGDI_TYPE_PAYMENT);
  /**
   * LigdiCheckout::online-changed:
   * @self: the checkout
   *
   * The gateway can be reached or cannot, or more is known of why.
   */
  signals[SIGNAL_ONLINE_CHANGED]
      = g_signal_new ("online-changed", LIGDI_TYPE_CHECKOUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);
  /**
   * LigdiCheckout::answered:
   * @self: the checkout
   * @payment: (type LigdiPayment): a payment that was asked about
   * @error: (nullable): why no answer can be read
   *
   * What the answer means is on disk, and @payment says it.
   */
  signals[SIGNAL_ANSWERED]
      = g_signal_new ("answered", LIGDI_TYPE_CHECKOUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, LIGDI_TYPE_PAYMENT, G_TYPE_ERROR);
}

static void
ligdi_checkout_init (LigdiCheckout *self)
{
  self->cancellable = g_cancellable_new ();
  self->payments = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->patience = ligdi_patience_new ();
  g_signal_connect (self->patience, "over", G_CALLBACK (on_patience_over), self);
  self->patience_s = DEFAULT_PATIENCE_S;
}

/**
 * ligdi_checkout_new:
 * @gateway: whom to ask
 * @ledger: where to write
 *
 * Returns: (transfer full): a checkout
 */
LigdiCheckout *
ligdi_checkout_new (LigdiGateway *gateway, LigdiLedger *ledger)
{
  LigdiCheckout *self = g_object_new (LIGDI_TYPE_CHECKOUT, NULL);

  self->gateway = g_object_ref (gateway);
  self->ledger = g_object_ref (ledger);
  self->watcher = ligdi_watcher_new (gateway, ledger);
  g_signal_connect (self->watcher, "answered", G_CALLBACK (on_answered), self);
  g_signal_connect (self->watcher, "horizon-reached", G_CALLBACK (on_horizon_reached), self);
  g_signal_connect (self->watcher, "ledger-failed", G_CALLBACK (on_watcher_ledger_failed), self);
  self->lookout = ligdi_lookout_new (gateway);
  g_signal_connect (self->lookout, "changed", G_CALLBACK (on_lookout_changed), self);
  return self;
}

/**
 * ligdi_checkout_adopt:
 * @self: a checkout
 * @record: what the ledger holds of a payment
 *
 * One payment is one object however often it is listed, so that every screen hears of
 * every change.
 *
 * Returns: (transfer full): the object
 */
LigdiPayment *
ligdi_checkout_adopt (LigdiCheckout *self, const LigdiPaymentRecord *record)
{
  LigdiPayment *payment = g_hash_table_lookup (self->payments, &record->id);

  if (payment != NULL)
    {
      g_object_ref (payment);
      /* What another till has written meanwhile is shown, not what this one remembers. */
      if (has_moved (ligdi_payment_get_record (payment), record))
        ligdi_payment_commit (payment, record);
      return payment;
    }
  payment = ligdi_payment_new (record);
  /* What was decided before is no news. */
  ligdi_checkout_note_verdict (payment);
  g_hash_table_insert (self->payments, dup_id (record->id), payment);
  g_object_weak_ref (G_OBJECT (payment), on_payment_gone, self);
  g_signal_connect_object (payment, "changed", G_CALLBACK (on_payment_changed), self, 0);
  return payment;
}

/**
 * ligdi_checkout_adopt_all:
 * @self: a checkout
 * @records: (transfer full) (nullable) (element-type LigdiPaymentRecord): what the ledger
 *   holds, or %NULL when it could not be read
 *
 * Returns: (transfer full) (nullable) (element-type LigdiPayment): the objects in the same
 *   order, or %NULL
 */
GPtrArray *
ligdi_checkout_adopt_all (LigdiCheckout *self, GPtrArray *records)
{
  GPtrArray *payments;

  if (records == NULL)
    return NULL;
  payments = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (payments, ligdi_checkout_adopt (self, g_ptr_array_index (records, i)));
  g_ptr_array_unref (records);
  return payments;
}

/**
 * ligdi_checkout_step:
 * @self: a checkout
 * @payment: a payment
 * @event: what happened
 * @changed: a copy of its record with what else the step brings; the state is put in
 *   here, from the table
 * @note: (nullable): more for the journal
 * @error: return location: %LIGDI_ERROR_STATE or a ledger error
 *
 * The one way a payment moves on: ask the table, write it down, take it over, tell.
 *
 * Returns: %FALSE when nothing changed
 */
gboolean
ligdi_checkout_step (LigdiCheckout *self, LigdiPayment *payment, LigdiPaymentEvent event,
      LigdiPaymentRecord *changed, const char *note, GError **error)
{
  const LigdiPaymentRecord *old = ligdi_payment_get_record (payment);
  g_autoptr (GError) local_error = NULL;

  if (!ligdi_payment_record_apply (changed, event, &local_error)
      || !ligdi_ledger_record (self->ledger, old, changed, now_ms (),
                               ligdi_payment_event_to_nick (event), note, &local_error))
    {
      g_info ("%s: %s", old->reference, local_error->message);
      ligdi_checkout_report_ledger (self, local_error);
      ligdi_checkout_catch_up (self, payment, local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_info ("%s %s: %s", changed->reference, ligdi_payment_state_to_nick (changed->state),
          ligdi_payment_event_to_nick (event));
  ligdi_payment_commit (payment, changed);
  return TRUE;
}

/**
 * ligdi_checkout_note:
 * @self: a checkout
 * @payment: a payment
 * @changed: a copy of its record with what has changed, if anything; not its state
 * @what: what the journal calls it
 * @note: (nullable): more for the journal
 * @error: return location: %LIGDI_ERROR_STATE or a ledger error
 *
 * Writes what is no step of the state table, and takes it over.
 *
 * Returns: %FALSE when nothing was written
 */
gboolean
ligdi_checkout_note (LigdiCheckout *self, LigdiPayment *payment, LigdiPaymentRecord *changed,
                     const char *what, const char *note, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!ligdi_ledger_record (self->ledger, ligdi_payment_get_record (payment), changed, now_ms (),
                            what, note, &local_error))
    {
      ligdi_checkout_report_ledger (self, local_error);
      ligdi_checkout_catch_up (self, payment, local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_info ("%s %s: %s", changed->reference, ligdi_payment_state_to_nick (changed->state), what);
  ligdi_payment_commit (payment, changed);
  return TRUE;
}

/**
 * ligdi_checkout_report_ledger:
 * @self: a checkout
 * @error: what a ledger function said
 *
 * Tells the screens when the ledger itself broke. That a payment or a sale has moved
 * on meanwhile is no such thing.
 */
void
ligdi_checkout_report_ledger (LigdiCheckout *self, const GError *error)
{
  if (g_error_matches (error, LIGDI_ERROR, LIGDI_ERROR_STATE)
      || g_error_matches (error, LIGDI_ERROR, LIGDI_ERROR_OPEN_ATTEMPT))
    return;
  g_message ("%s", error->message);
  g_signal_emit (self, signals[SIGNAL_LEDGER_FAILED], 0, error);
}

/**
 * ligdi_checkout_catch_up:
 * @self: a checkout
 * @payment: a payment that could not be moved on
 * @error: why
 *
 * Takes over what another process wrote about @payment, if that is why. Otherwise it would
 * be asked about for ever, and shown as it no longer is.
 */
void
ligdi_checkout_catch_up (LigdiCheckout *self, LigdiPayment *payment, const GError *error)
{
  const LigdiPaymentRecord *known = ligdi_payment_get_record (payment);
  g_autoptr (LigdiPaymentRecord) written = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!g_error_matches (error, LIGDI_ERROR, LIGDI_ERROR_STATE))
    return;
  written = ligdi_ledger_load_payment (self->ledger, known->id, &local_error);
  if (written == NULL)
    ligdi_checkout_report_ledger (self, local_error);
  else if (has_moved (known, written))
    ligdi_payment_commit (payment, written);
}

/**
 * ligdi_checkout_set_shop:
 * @self: a checkout
 * @name: (nullable): the shop's name, shown on the payment page; no selling without one
 * @website: (nullable): its site, may be empty
 */
void
ligdi_checkout_set_shop (LigdiCheckout *self, const char *name, const char *website)
{
  g_return_if_fail (LIGDI_IS_CHECKOUT (self));

  g_free (self->shop_name);
  self->shop_name = g_strdup (name);
  g_free (self->shop_website);
  self->shop_website = g_strdup (website != NULL ? website : "");
}

/**
 * ligdi_checkout_set_patience:
 * @self: a checkout
 * @seconds: how long the cashier waits for a verdict, s
 */
void
ligdi_checkout_set_patience (LigdiCheckout *self, guint seconds)
{
  g_return_if_fail (LIGDI_IS_CHECKOUT (self));

  self->patience_s = seconds;
}

/**
 * ligdi_checkout_recover:
 * @self: a checkout
 * @error: return location, a ledger error
 *
 * Takes up what a process that died left behind, and the watch over everything
 * unresolved, if this process holds it. A payment that was being created is
 * aborted, because its page was never shown; one that was being paid is asked about
 * at once.
 *
 * Returns: (transfer full) (nullable): the newest payment that waits for a verdict, to
 *   be brought back on screen, or %NULL
 */
LigdiPayment *
ligdi_checkout_recover (LigdiCheckout *self, GError **error)
{
  g_autoptr (GPtrArray) orphans = NULL;
  g_autoptr (LigdiPayment) newest = NULL;

  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), NULL);

  if (!ligdi_ledger_holds_watch (self->ledger))
    return NULL;
  orphans = ligdi_ledger_list_orphans (self->ledger, error);
  if (orphans == NULL)
    return NULL;
  /* Newest first: it is the one whose customer is still at the counter. */
  for (guint i = orphans->len; i > 0; i--)
    {
      g_autoptr (LigdiPayment) payment
          = recover_orphan (self, g_ptr_array_index (orphans, i - 1), newest == NULL);

      if (newest == NULL)
        newest = g_steal_pointer (&payment);
    }
  if (!watch_soonest (self, error))
    return NULL;
  return g_steal_pointer (&newest);
}

/**
 * ligdi_checkout_leave_page:
 * @self: a checkout
 * @payment: a payment whose page is or was shown
 * @exit: how the page was left
 * @error: return location: %LIGDI_ERROR_STATE when it was left before, or a ledger error
 *
 * The page is gone, whichever way; now only confirm can tell. The first exit wins.
 *
 * Returns: %FALSE when nothing changed
 */
gboolean
ligdi_checkout_leave_page (LigdiCheckout *self, LigdiPayment *payment, LigdiExit exit,
                           GError **error)
{
  g_autoptr (LigdiPaymentRecord) changed = NULL;
  LigdiPaymentEvent event = LIGDI_PAYMENT_EVENT_PAGE_LOST;

  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), FALSE);
  g_return_val_if_fail (LIGDI_IS_PAYMENT (payment), FALSE);

  if (exit == LIGDI_EXIT_RETURNED)
    event = LIGDI_PAYMENT_EVENT_CUSTOMER_RETURNED;
  else if (exit == LIGDI_EXIT_CANCELLED)
    event = LIGDI_PAYMENT_EVENT_CUSTOMER_CANCELLED;

  changed = copy_record (payment);
  changed->exit = exit;
  changed->left_at = now_ms ();
  changed->next_check_at = changed->left_at + LIGDI_SCHEDULE_GAP_MS;
  changed->n_checks = 0;
  changed->n_pending = 0;
  changed->last_answer = LIGDI_ANSWER_NONE;
  if (!ligdi_checkout_step (self, payment, event, changed, NULL, error))
    return FALSE;
  ligdi_patience_start (self->patience, payment, self->patience_s, FALSE);
  ligdi_watcher_ask (self->watcher, payment, TRUE);
  return TRUE;
}

/**
 * ligdi_checkout_stop_waiting:
 * @self: a checkout
 * @payment: a payment that is being verified
 * @error: return location: %LIGDI_ERROR_STATE or a ledger error
 *
 * The cashier serves the next customer; the payment stays watched.
 *
 * Returns: %FALSE when nothing changed
 */
gboolean
ligdi_checkout_stop_waiting (LigdiCheckout *self, LigdiPayment *payment, GError **error)
{
  g_autoptr (LigdiPaymentRecord) changed = NULL;

  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), FALSE);
  g_return_val_if_fail (LIGDI_IS_PAYMENT (payment), FALSE);

  changed = copy_record (payment);
  if (!ligdi_checkout_step (self, payment, LIGDI_PAYMENT_EVENT_PATIENCE_EXHAUSTED, changed, NULL, error))
    return FALSE;
  ligdi_patience_end (self->patience, payment);
  return TRUE;
}

/**
 * ligdi_checkout_check_now:
 * @self: a checkout
 * @payment: a payment that had a page
 * @error: return location: %LIGDI_ERROR_STATE when it never had one, or a ledger error
 *
 * Asks confirm as soon as the gate allows. An unresolved payment is verifying
 * meanwhile; a page that is shown stays; a final word stays whatever comes back.
 *
 * Returns: %FALSE when nothing will be asked
 */
gboolean
ligdi_checkout_check_now (LigdiCheckout *self, LigdiPayment *payment, GError **error)
{
  const LigdiPaymentRecord *record;

  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), FALSE);
  g_return_val_if_fail (LIGDI_IS_PAYMENT (payment), FALSE);

  record = ligdi_payment_get_record (payment);
  if (record->token == NULL)
    {
      g_set_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE, "%s never had a page",
                   record->reference);
      return FALSE;
    }
  if (record->state == LIGDI_PAYMENT_STATE_UNRESOLVED)
    {
      g_autoptr (LigdiPaymentRecord) changed = ligdi_payment_record_copy (record);

      if (!ligdi_checkout_step (self, payment, LIGDI_PAYMENT_EVENT_VERIFY_ASKED, changed, NULL, error))
        return FALSE;
      ligdi_patience_start (self->patience, payment, ONE_CHECK_PATIENCE_S, TRUE);
    }
  ligdi_watcher_ask (self->watcher, payment, FALSE);
  return TRUE;
}

/**
 * ligdi_checkout_is_watching:
 * @self: a checkout
 *
 * Returns: whether some payment is to be asked about again, now or in days
 */
gboolean
ligdi_checkout_is_watching (LigdiCheckout *self)
{
  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), FALSE);

  return ligdi_watcher_is_busy (self->watcher);
}

/**
 * ligdi_checkout_is_online:
 * @self: a checkout
 *
 * Returns: whether the last question to the gateway got an answer of any kind, or would get one
 *   now
 */
gboolean
ligdi_checkout_is_online (LigdiCheckout *self)
{
  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), FALSE);

  return ligdi_lookout_is_online (self->lookout);
}

/**
 * ligdi_checkout_get_diagnosis:
 * @self: a checkout
 *
 * Returns: what is wrong with the connection, as far as is known
 */
LigdiDiagnosis
ligdi_checkout_get_diagnosis (LigdiCheckout *self)
{
  g_return_val_if_fail (LIGDI_IS_CHECKOUT (self), LIGDI_DIAGNOSIS_UNCLEAR);

  return ligdi_lookout_get_diagnosis (self->lookout);
}
