/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-checkout"

#include "ligdi-watcher.h"

#include "ligdi-error.h"
#include "ligdi-schedule.h"

/* Asks confirm about payments when they are due, one question at a time for each
 * and all of them through the ledger's gate. What an answer means is the
 * checkout's business. */

/* A timer sleeps through a suspended computer; look at the clock this often. */
#define MAX_SLEEP_MS G_GINT64_CONSTANT (60000)

enum
{
  SIGNAL_ANSWERED,
  SIGNAL_LEDGER_FAILED,
  SIGNAL_HORIZON_REACHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* One payment under watch. */
typedef struct
{
  LigdiPayment *payment;
  gulong changed_id;
  GCancellable *asking;  /* while a question is in flight */
  gboolean wanted;       /* somebody asked for an answer now */
  gboolean skip_gate;
} Watch;

/* A question in flight. It keeps no watcher, and so no ledger, from being let go. */
typedef struct
{
  GWeakRef watcher;
  gint64 id;
  GCancellable *cancellable;
} Question;

struct _LigdiWatcher
{
  GObject parent_instance;

  LigdiGateway *gateway;
  LigdiLedger *ledger;
  GHashTable *watches; /* gint64 id → Watch */
  guint timer;
  gint64 gate_opens_at; /* ms since 1970, as the ledger last said */
  gint64 silent_until;  /* monotonic ms, as the gateway asked for */
  gint64 horizon;       /* ms since 1970: what is due later may be known to the ledger alone */
  gboolean looking;     /* beyond the horizon, just now */
};

G_DEFINE_FINAL_TYPE (LigdiWatcher, ligdi_watcher, G_TYPE_OBJECT)

static void schedule (LigdiWatcher *self);

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  g_signal_handler_disconnect (watch->payment, watch->changed_id);
  if (watch->asking != NULL)
    g_cancellable_cancel (watch->asking);
  g_clear_object (&watch->asking);
  g_object_unref (watch->payment);
  g_free (watch);
}

static void
question_free (Question *question)
{
  g_weak_ref_clear (&question->watcher);
  g_object_unref (question->cancellable);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

static gint64
monotonic_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

/* A due time further away than its own step comes from a clock that was wrong. */
static gint64
get_due (const Watch *watch, gint64 now)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (watch->payment);
  gint64 step;

  if (watch->asking != NULL)
    return G_MAXINT64;
  if (watch->wanted)
    return now;
  if (record->next_check_at == 0)
    return G_MAXINT64;
  step = ligdi_schedule_get_step (record->state, now - record->left_at, record->n_checks);
  return record->next_check_at > now + 2 * step ? now : record->next_check_at;
}

/* Something is due, or somebody waits for an answer. */
static gboolean
is_wanted (const Watch *watch)
{
  return watch->asking != NULL || watch->wanted
         || ligdi_payment_get_record (watch->payment)->next_check_at > 0;
}

static void
forget_if_idle (LigdiWatcher *self, gint64 id)
{
  Watch *watch = g_hash_table_lookup (self->watches, &id);

  if (watch != NULL && !is_wanted (watch))
    g_hash_table_remove (self->watches, &id);
}

static void
on_confirm_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  gint64 retry_after = 0;
  g_autoptr (LigdiConfirmation) confirmation
      = ligdi_gateway_confirm_finish (LIGDI_GATEWAY (source), result, &retry_after, &error);
  g_autoptr (LigdiWatcher) self = g_weak_ref_get (&question->watcher);
  Watch *watch = self != NULL ? g_hash_table_lookup (self->watches, &question->id) : NULL;
  g_autoptr (LigdiPayment) payment = NULL;

  /* Somebody wanted a fresh answer, or none any more. */
  if (watch == NULL || watch->asking != question->cancellable)
    return;
  g_clear_object (&watch->asking);
  if (retry_after > 0)
    self->silent_until = monotonic_ms () + retry_after;

  payment = g_object_ref (watch->payment);
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, payment, confirmation, error);
  forget_if_idle (self, question->id);
  schedule (self);
}

static void
ask (LigdiWatcher *self, Watch *watch)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (watch->payment);
  g_autoptr (GError) error = NULL;
  Question *question;
  gint64 wait;

  if (!ligdi_ledger_pass_gate (self->ledger, now_ms (), LIGDI_SCHEDULE_GAP_MS, watch->skip_gate,
                               &wait, &error))
    {
      wait = MAX_SLEEP_MS;
      watch->skip_gate = FALSE;
      self->gate_opens_at = now_ms () + wait;
      g_signal_emit (self, signals[SIGNAL_LEDGER_FAILED], 0, error);
      return;
    }
  if (wait > 0)
    {
      self->gate_opens_at = now_ms () + wait;
      return;
    }
  self->gate_opens_at = now_ms () + LIGDI_SCHEDULE_GAP_MS;
  watch->wanted = FALSE;
  watch->skip_gate = FALSE;
  watch->asking = g_cancellable_new ();

  question = g_new (Question, 1);
  g_weak_ref_init (&question->watcher, self);
  question->id = record->id;
  question->cancellable = g_object_ref (watch->asking);
  g_debug ("%s %s: asking confirm", record->reference, ligdi_payment_state_to_nick (record->state));
  ligdi_gateway_confirm_async (self->gateway, record->token, watch->asking, on_confirm_ready,
                               question);
}

static guint
get_rank (const Watch *watch)
{
  if (!watch->wanted)
    return 0;
  return watch->skip_gate ? 2 : 1;
}

/* A page that was just left comes first, then whoever wants an answer now, then whoever has
 * waited longest. */
static Watch *
find_next (LigdiWatcher *self, gint64 now, gint64 *due)
{
  GHashTableIter iter;
  gpointer value;
  Watch *next = NULL;

  *due = G_MAXINT64;
  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Watch *watch = value;
      gint64 watch_due = get_due (watch, now);

      if (watch_due == G_MAXINT64 || (next != NULL && get_rank (watch) < get_rank (next)))
        continue;
      if (next == NULL || get_rank (watch) > get_rank (next) || watch_due < *due)
        {
          next = watch;
          *due = watch_due;
        }
    }
  return next;
}

/* Nothing that is known is due: perhaps something that only the ledger knows. Answers whether
 * there may be something new to ask. */
static gboolean
look_beyond (LigdiWatcher *self, gint64 now)
{
  gint64 before = self->horizon;

  if (before > now || self->looking)
    return FALSE;
  self->looking = TRUE;
  g_signal_emit (self, signals[SIGNAL_HORIZON_REACHED], 0);
  self->looking = FALSE;
  if (self->horizon == before)
    self->horizon = now + MAX_SLEEP_MS;
  return TRUE;
}

static gboolean
on_timer (gpointer user_data)
{
  LigdiWatcher *self = user_data;

  self->timer = 0;
  schedule (self);
  return G_SOURCE_REMOVE;
}

/* Asks what is due and sets the one timer for what is not. No timer without need. */
static void
schedule (LigdiWatcher *self)
{
  /* Who hears that the ledger failed may let go of all of this. */
  g_autoptr (LigdiWatcher) alive = g_object_ref (self);

  g_clear_handle_id (&self->timer, g_source_remove);
  for (;;)
    {
      gint64 now = now_ms ();
      gint64 due;
      Watch *next = find_next (self, now, &due);

      if ((next == NULL || due > now) && look_beyond (self, now))
        continue;
      if (next == NULL && self->horizon == G_MAXINT64)
        return;
      /* A clock set back must not hold the gate shut. */
      if (next != NULL && !next->skip_gate && self->gate_opens_at - now <= MAX_SLEEP_MS)
        due = MAX (due, self->gate_opens_at);
      due = MAX (due, now + self->silent_until - monotonic_ms ());
      due = self->horizon > now ? MIN (due, self->horizon) : due;
      if (due > now)
        {
          self->timer = g_timeout_add ((guint) MIN (due - now, MAX_SLEEP_MS), on_timer, self);
          return;
        }
      ask (self, next);
    }
}

static void
on_payment_changed (LigdiPayment *payment, gpointer user_data)
{
  LigdiWatcher *self = user_data;
  const LigdiPaymentRecord *record = ligdi_payment_get_record (payment);

  forget_if_idle (self, record->id);
  schedule (self);
}

static Watch *
ensure_watch (LigdiWatcher *self, LigdiPayment *payment)
{
  gint64 id = ligdi_payment_get_record (payment)->id;
  Watch *watch = g_hash_table_lookup (self->watches, &id);

  if (watch != NULL)
    return watch;
  watch = g_new0 (Watch, 1);
  watch->payment = g_object_ref (payment);
  watch->changed_id
      = g_signal_connect (payment, "changed", G_CALLBACK (on_payment_changed), self);
  g_hash_table_insert (self->watches, g_memdup2 (&id, sizeof id), watch);
  return watch;
}

static gboolean
may_wait (const Watch *watch, gint64 horizon)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (watch->payment);

  return watch->asking == NULL && !watch->wanted && record->next_check_at > horizon
         && record->state == LIGDI_PAYMENT_STATE_UNRESOLVED;
}

static void
ligdi_watcher_dispose (GObject *object)
{
  ligdi_watcher_stop (LIGDI_WATCHER (object));
  G_OBJECT_CLASS (ligdi_watcher_parent_class)->dispose (object);
}

static void
ligdi_watcher_finalize (GObject *object)
{
  LigdiWatcher *self = LIGDI_WATCHER (object);

  g_hash_table_unref (self->watches);
  g_clear_object (&self->gateway);
  g_clear_object (&self->ledger);
  G_OBJECT_CLASS (ligdi_watcher_parent_class)->finalize (object);
}

static void
ligdi_watcher_class_init (LigdiWatcherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ligdi_watcher_dispose;
  object_class->finalize = ligdi_watcher_finalize;

  /**
   * LigdiWatcher::answered:
   * @self: the watcher
   * @payment: (type LigdiPayment): the payment that was asked about
   * @confirmation: (nullable) (type LigdiConfirmation): the answer
   * @error: (nullable): why there is none
   */
  signals[SIGNAL_ANSWERED]
      = g_signal_new ("answered", LIGDI_TYPE_WATCHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 3, LIGDI_TYPE_PAYMENT, G_TYPE_POINTER, G_TYPE_ERROR);
  /**
   * LigdiWatcher::horizon-reached:
   * @self: the watcher
   *
   * More is due than the watcher knows; see ligdi_watcher_expect().
   */
  signals[SIGNAL_HORIZON_REACHED]
      = g_signal_new ("horizon-reached", LIGDI_TYPE_WATCHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);
  /**
   * LigdiWatcher::ledger-failed:
   * @self: the watcher
   * @error: what broke
   */
  signals[SIGNAL_LEDGER_FAILED]
      = g_signal_new ("ledger-failed", LIGDI_TYPE_WATCHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
ligdi_watcher_init (LigdiWatcher *self)
{
  self->watches = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, watch_free);
  self->horizon = G_MAXINT64;
}

/**
 * ligdi_watcher_new:
 * @gateway: whom to ask
 * @ledger: whose gate to pass
 *
 * Returns: (transfer full): a watcher
 */
LigdiWatcher *
ligdi_watcher_new (LigdiGateway *gateway, LigdiLedger *ledger)
{
  LigdiWatcher *self = g_object_new (LIGDI_TYPE_WATCHER, NULL);

  self->gateway = g_object_ref (gateway);
  self->ledger = g_object_ref (ledger);
  return self;
}

/**
 * ligdi_watcher_add:
 * @self: a watcher
 * @payment: a payment with a token
 *
 * Watches @payment for as long as its record names a next check.
 */
void
ligdi_watcher_add (LigdiWatcher *self, LigdiPayment *payment)
{
  g_return_if_fail (LIGDI_IS_WATCHER (self));
  g_return_if_fail (LIGDI_IS_PAYMENT (payment));

  ensure_watch (self, payment);
  schedule (self);
}

/**
 * ligdi_watcher_expect:
 * @self: a watcher
 * @payments: (element-type LigdiPayment): the payments with the soonest checks, all of them or
 *   as many as are worth their memory
 * @horizon: the time of the last of these checks, ms since 1970; %G_MAXINT64 when there are no
 *   others
 *
 * Watches @payments. What is in the background and has time until after @horizon is left to the
 * ledger. When nothing is due before @horizon any more, #LigdiWatcher::horizon-reached says so.
 */
void
ligdi_watcher_expect (LigdiWatcher *self, GPtrArray *payments, gint64 horizon)
{
  GHashTableIter iter;
  gpointer watch;

  g_return_if_fail (LIGDI_IS_WATCHER (self));
  g_return_if_fail (payments != NULL);

  self->horizon = horizon;
  for (guint i = 0; i < payments->len; i++)
    ensure_watch (self, g_ptr_array_index (payments, i));
  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, &watch))
    if (may_wait (watch, horizon))
      g_hash_table_iter_remove (&iter);
  if (!self->looking)
    schedule (self);
}

/**
 * ligdi_watcher_ask:
 * @self: a watcher
 * @payment: a payment with a token
 * @skip_gate: whether this is the first question after its page was left, which does
 *   not wait
 *
 * Asks about @payment before all others. With @skip_gate, a question that is already
 * in flight is dropped, because its answer may be older than the exit.
 */
void
ligdi_watcher_ask (LigdiWatcher *self, LigdiPayment *payment, gboolean skip_gate)
{
  Watch *watch;

  g_return_if_fail (LIGDI_IS_WATCHER (self));
  g_return_if_fail (LIGDI_IS_PAYMENT (payment));

  watch = ensure_watch (self, payment);
  if (watch->asking != NULL && !skip_gate)
    return;
  if (watch->asking != NULL)
    {
      g_cancellable_cancel (watch->asking);
      g_clear_object (&watch->asking);
    }
  watch->wanted = TRUE;
  watch->skip_gate = skip_gate;
  /* The ledger is asked afresh; it may have been mended. */
  self->gate_opens_at = 0;
  schedule (self);
}

/**
 * ligdi_watcher_remove:
 * @self: a watcher
 * @payment: a payment
 *
 * Asks no more about @payment, and drops a question in flight. The ledger keeps the due time.
 */
void
ligdi_watcher_remove (LigdiWatcher *self, LigdiPayment *payment)
{
  g_return_if_fail (LIGDI_IS_WATCHER (self));
  g_return_if_fail (LIGDI_IS_PAYMENT (payment));

  g_hash_table_remove (self->watches, &ligdi_payment_get_record (payment)->id);
  schedule (self);
}

/**
 * ligdi_watcher_is_busy:
 * @self: a watcher
 *
 * Returns: whether some payment is to be asked about
 */
gboolean
ligdi_watcher_is_busy (LigdiWatcher *self)
{
  GHashTableIter iter;
  gpointer watch;

  g_return_val_if_fail (LIGDI_IS_WATCHER (self), FALSE);

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, &watch))
    if (is_wanted (watch))
      return TRUE;
  return self->horizon < G_MAXINT64;
}

/**
 * ligdi_watcher_stop:
 * @self: a watcher
 *
 * Drops every question and asks no more. The ledger keeps the due times.
 */
void
ligdi_watcher_stop (LigdiWatcher *self)
{
  g_return_if_fail (LIGDI_IS_WATCHER (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  g_hash_table_remove_all (self->watches);
}
