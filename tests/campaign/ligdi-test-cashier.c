/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-test-cashier.h"

#include "ligdi-checkout.h"
#include "ligdi-error.h"
#include "ligdi-gateway.h"
#include "ligdi-ledger-query.h"
#include "ligdi-ledger.h"
#include "ligdi-test-hands.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* A cashier who presses anything at any time, with customers of the same kind, and a clock that
 * somebody sets. Whatever the till tells them is kept in the file "shown", outside of the disk
 * that fails: it is what must still be true after any crash. */

#define DRAW(luck, n) ligdi_test_fate_draw (LIGDI_TEST_LUCK_##luck, n)
#define MAX_COUNTERS 2
#define SECOND_MS 1000
#define DAY_MS (24u * 3600 * SECOND_MS)
#define HEALING_STEP_MS (30 * SECOND_MS)
#define HEALING_STEPS 600
/* What was written is known after two seconds without writing. */
#define NEWS_MS (5 * SECOND_MS)
#define PATIENCE 6

typedef struct
{
  const LigdiTestLife *life;
  LigdiLedger *ledger;
  LigdiCheckout *checkout;
  GPtrArray *payments; /* all that were ever on the screen */
  int shown;
} Counter;

typedef enum
{
  PRESS_BEGIN,
  PRESS_BEGIN_AGAIN,
  PRESS_LEAVE,
  PRESS_OPEN,
  PRESS_CHECK,
  PRESS_CASH,
  PRESS_STOP,
  PRESS_ASIDE,
  PRESS_CANCEL,
  PRESS_AVOID,
  PRESS_GIVE_UP,
  PRESS_CLOSE,
  PRESS_LOOK,
  PRESS_PAY,
  N_PRESSES,
} Press;

/* How often each is pressed. */
static const guint weights[N_PRESSES] = { 14, 7, 14, 8, 9, 4, 6, 5, 3, 3, 3, 15, 3, 27 };

/* Amounts that make the simulator answer in its odd ways, and one of every day that comes again. */
static const gint64 odd_amounts[] = { 9912, 9913, 9914, 9917, 9921, 9922, 9923, 9924, 9926, 9927,
                                      9928, 9929, 9934, 9936, 9937, 9941, 9942, 9944, 9946 };

/* With how many lines its history has: none of them may go. */
static void
keep (Counter *counter, const char *what, LigdiPayment *payment)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (payment);
  g_autoptr (GPtrArray) entries = ligdi_checkout_list_journal (counter->checkout, payment, NULL);
  g_autofree char *line = g_strdup_printf (
      "%s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %d %u %s %s %s\n", what,
      record->reference, record->ticket, record->amount,
      ligdi_payment_state_to_nick (record->state), record->released_by,
      entries != NULL ? entries->len : 0, record->transaction_id,
      record->token != NULL ? record->token : "-",
      record->page_url != NULL ? record->page_url : "-");

  g_assert_cmpint (write (counter->shown, line, strlen (line)), ==, (gssize) strlen (line));
}

static void
remember (Counter *counter, LigdiPayment *payment)
{
  if (!g_ptr_array_find (counter->payments, payment, NULL))
    g_ptr_array_add (counter->payments, g_object_ref (payment));
}

static void
on_payment_changed (LigdiCheckout *checkout, LigdiPayment *payment, gpointer user_data)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (payment);

  ligdi_test_fate_note ("%s is %s", record->reference, ligdi_payment_state_to_nick (record->state));
  keep (user_data, "changed", payment);
  if (((Counter *) user_data)->life->follows)
    remember (user_data, payment);
}

static void
on_ledger_failed (LigdiCheckout *checkout, const GError *error, gpointer user_data)
{
  ligdi_test_fate_note ("the ledger failed, %d", error->code);
}

static gboolean
on_time_over (gpointer user_data)
{
  gboolean *over = user_data;

  *over = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_for (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_time_over, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* Rather the one that is on the screen than one of the others. */
static LigdiPayment *
choose (Counter *counter)
{
  guint n = counter->payments->len;

  if (n == 0)
    return NULL;
  return g_ptr_array_index (counter->payments, DRAW (CASHIER, 3) > 0 ? n - 1 : DRAW (CASHIER, n));
}

static gint64
choose_amount (void)
{
  switch (DRAW (CASHIER, 8))
    {
    case 0:
      return odd_amounts[DRAW (CASHIER, G_N_ELEMENTS (odd_amounts))];
    case 1:
    case 2:
      return 500;
    default:
      return 10000 + DRAW (CASHIER, 50000);
    }
}

static void
begin (Counter *counter, gint64 amount, LigdiOpening opening)
{
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  g_autoptr (LigdiPayment) payment = NULL;
  g_autoptr (GPtrArray) repeats = NULL;
  const char *despite = NULL;

  ligdi_sale_add (sale, "Riz « parfumé »", 1, amount);
  repeats = ligdi_checkout_list_repeats (counter->checkout, amount);
  if (repeats != NULL && repeats->len > 0)
    despite = ligdi_payment_get_record (g_ptr_array_index (repeats, 0))->reference;
  payment = ligdi_checkout_begin (counter->checkout, sale, opening, despite, NULL);
  if (payment == NULL)
    return;
  keep (counter, "begun", payment);
  remember (counter, payment);
}

static void
begin_again (Counter *counter, LigdiPayment *old)
{
  g_autoptr (LigdiPayment) payment = ligdi_checkout_begin_again (
      counter->checkout, old, (LigdiOpening) DRAW (CASHIER, 4), NULL);

  if (payment == NULL)
    return;
  keep (counter, "begun", payment);
  remember (counter, payment);
}

static void
act_on (LigdiPayment *payment, const char *outcome)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (payment);

  if (record->token == NULL)
    return;
  ligdi_test_fate_note ("customer of %s: %s", record->reference, outcome);
  ligdi_test_wire_play (record->token, outcome);
}

/* A customer acts on a link that was made, whatever the till thinks of it by now. */
static void
act_as_customer (Counter *counter)
{
  static const char *const outcomes[] = { "paid", "paid", "paid", "paid", "paid", "declined",
                                          "declined", "cancelled", "left", "amount-mismatch",
                                          "amount-mismatch" };
  LigdiPayment *payment = choose (counter);
  const char *outcome = outcomes[DRAW (CUSTOMER, G_N_ELEMENTS (outcomes))];

  if (payment != NULL)
    act_on (payment, outcome);
}

static gboolean
leave (Counter *counter, LigdiPayment *payment, LigdiExit exit)
{
  if (!ligdi_checkout_leave_page (counter->checkout, payment, exit, NULL))
    return FALSE;
  ligdi_test_wire_excuse (1);
  return TRUE;
}

/* A person decides about what waits for one. */
static gboolean
close_first (Counter *counter)
{
  g_autoptr (GPtrArray) payments
      = ligdi_checkout_list_to_follow (counter->checkout, 10, NULL);
  LigdiPayment *payment;

  if (payments == NULL || payments->len == 0)
    return FALSE;
  payment = g_ptr_array_index (payments, 0);
  if (!ligdi_checkout_close_follow_up (counter->checkout, payment, "Vu avec le client",
                                       DRAW (CASHIER, 2) == 0, NULL))
    return FALSE;
  keep (counter, "closed", payment);
  return TRUE;
}

/* Looking changes nothing. */
static void
look_around (Counter *counter, LigdiPayment *payment)
{
  g_autoptr (LigdiPayment) counterpart = NULL;
  g_autoptr (LigdiSale) sale = ligdi_checkout_load_sale (counter->checkout, payment, NULL);
  g_autoptr (GPtrArray) entries = ligdi_checkout_list_journal (counter->checkout, payment, NULL);
  g_autoptr (GPtrArray) found = ligdi_checkout_search (counter->checkout, "500", 10, NULL);
  gint64 n_paid;
  gint64 takings;

  ligdi_checkout_load_counterpart (counter->checkout, payment, &counterpart, NULL);
  ligdi_checkout_count_to_follow (counter->checkout);
  ligdi_checkout_sum_takings (counter->checkout, 0, G_MAXINT64, &n_paid, &takings, NULL);
}

static gboolean
press_on (Counter *counter, Press press, LigdiPayment *payment)
{
  LigdiCheckout *checkout = counter->checkout;

  switch (press)
    {
    case PRESS_LEAVE:
      return leave (counter, payment, (LigdiExit) (LIGDI_EXIT_RETURNED + DRAW (CASHIER, 3)));
    case PRESS_OPEN:
      return ligdi_checkout_open_page (checkout, payment, (LigdiOpening) DRAW (CASHIER, 4), NULL);
    case PRESS_CHECK:
      return ligdi_checkout_check_now (checkout, payment, NULL);
    case PRESS_CASH:
      if (!ligdi_checkout_settle_in_cash (checkout, payment, NULL))
        return FALSE;
      keep (counter, "cash", payment);
      return TRUE;
    case PRESS_STOP:
      return ligdi_checkout_stop_waiting (checkout, payment, NULL);
    case PRESS_ASIDE:
      return ligdi_checkout_set_aside (checkout, payment, NULL);
    case PRESS_CANCEL:
      return ligdi_checkout_cancel_creating (checkout, payment, NULL);
    case PRESS_AVOID:
      return ligdi_checkout_avoid_repeat (checkout, payment, NULL);
    case PRESS_BEGIN_AGAIN:
      begin_again (counter, payment);
      return TRUE;
    case PRESS_GIVE_UP:
      if (!ligdi_checkout_give_up (checkout, payment, NULL))
        return FALSE;
      keep (counter, "given-up", payment);
      return TRUE;
    case PRESS_CLOSE:
      return close_first (counter);
    case PRESS_LOOK:
      look_around (counter, payment);
      return TRUE;
    case PRESS_BEGIN:
    case PRESS_PAY:
    case N_PRESSES:
      break;
    }
  g_assert_not_reached ();
}

static Press
draw_press (void)
{
  guint sum = 0;
  guint at;

  for (guint i = 0; i < N_PRESSES; i++)
    sum += weights[i];
  at = DRAW (CASHIER, sum);
  for (guint i = 0; i < N_PRESSES; i++)
    {
      if (at < weights[i])
        return (Press) i;
      at -= weights[i];
    }
  g_assert_not_reached ();
}

static void
do_something (Counter *counter, gboolean first)
{
  Press press = draw_press ();
  LigdiPayment *payment;
  gboolean done;

  if (first && counter->life->begins_first)
    press = PRESS_BEGIN;
  if (press == PRESS_BEGIN || press == PRESS_PAY)
    {
      ligdi_test_fate_note ("press %d", press);
      if (press == PRESS_BEGIN)
        begin (counter, choose_amount (), (LigdiOpening) DRAW (CASHIER, 4));
      else
        act_as_customer (counter);
      return;
    }
  payment = choose (counter);
  if (payment == NULL)
    return;
  ligdi_test_fate_note ("press %d on %s", press, ligdi_payment_get_record (payment)->reference);
  done = press_on (counter, press, payment);
  ligdi_test_fate_note ("press %d: %d", press, done);
}

static void
set_the_clock (void)
{
  static const gint64 distances[] = { 2, 40, 600, 5 * 3600, 30 * 3600, 3 * 24 * 3600 };
  gint64 distance = distances[DRAW (CLOCK, G_N_ELEMENTS (distances))] * G_USEC_PER_SEC;

  /* The till keeps its pace by this clock, because all tills share it. */
  ligdi_test_wire_excuse (G_MAXUINT16);
  ligdi_test_fate_jump (DRAW (CLOCK, 2) == 0 ? distance : -distance);
}

static guint
draw_wait (void)
{
  static const guint waits[] = { 0, 0, 20, 200, 1000, 3500, 12000, 50000 };

  /* Each is asked about all the while: the long one is rare, and as frequent an hour. */
  switch (DRAW (CASHIER, 400))
    {
    case 0:
      return 20 * 60 * SECOND_MS;
    case 1:
    case 2:
    case 3:
    case 4:
      return 3 * 60 * SECOND_MS;
    default:
      break;
    }
  return waits[DRAW (CASHIER, G_N_ELEMENTS (waits))];
}

static void
remember_all (Counter *counter)
{
  g_autoptr (GPtrArray) listed
      = ligdi_checkout_list_payments (counter->checkout, 0, G_MAXINT64, NULL);

  for (guint i = listed != NULL ? listed->len : 0; i > 0; i--)
    remember (counter, g_ptr_array_index (listed, i - 1));
}

/* A refusal may be taken back, and nobody asks by himself. */
static gboolean
is_decided (LigdiPayment *payment, gboolean asks_itself)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (payment);

  if (record->state == LIGDI_PAYMENT_STATE_DECLINED && !asks_itself)
    return record->token == NULL || ligdi_test_wire_count_answers (record->token) > 0;
  return record->token == NULL || record->next_check_at == 0
         || ligdi_test_wire_count_answers (record->token) > 0;
}

/* With everything in order again, until every payment that is watched was asked about. */
static gboolean
heal (Counter *counter)
{
  remember_all (counter);
  for (guint step = 0; step < HEALING_STEPS; step++)
    {
      gboolean decided = TRUE;

      for (guint i = 0; i < counter->payments->len; i++)
        {
          LigdiPayment *payment = g_ptr_array_index (counter->payments, i);

          if (is_decided (payment, counter->life->asks_itself))
            continue;
          decided = FALSE;
          if (!counter->life->asks_itself)
            ligdi_checkout_check_now (counter->checkout, payment, NULL);
        }
      if (decided)
        return TRUE;
      wait_for (HEALING_STEP_MS);
    }
  return FALSE;
}

/* As it goes nearly always. */
static void
sell_one (Counter *counter)
{
  guint n_before = counter->payments->len;
  LigdiPayment *payment;

  begin (counter, 12500, LIGDI_OPENING_HERE);
  if (counter->payments->len == n_before)
    return;
  payment = g_ptr_array_index (counter->payments, n_before);
  wait_for (SECOND_MS);
  act_on (payment, counter->life->outcome);
  leave (counter, payment, LIGDI_EXIT_RETURNED);
  wait_for (10 * SECOND_MS);
  ligdi_checkout_stop_waiting (counter->checkout, payment, NULL);
}

/* Nobody leaves a page open for days: the program closes it by itself. */
static void
go_away (Counter *counter, guint n_days)
{
  /* Whatever is being prepared is there by then, or never. */
  wait_for (60 * SECOND_MS);
  for (guint i = 0; i < counter->payments->len; i++)
    {
      LigdiPayment *payment = g_ptr_array_index (counter->payments, i);

      if (ligdi_payment_get_state (payment) == LIGDI_PAYMENT_STATE_AWAITING)
        leave (counter, payment, LIGDI_EXIT_LOST);
    }
  wait_for (n_days * DAY_MS);
}

static gboolean
recover (Counter *counter)
{
  GHashTable *hands = ligdi_test_hands_look (counter->ledger);
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiPayment) newest = NULL;

  if (counter->life->follows)
    ligdi_checkout_follow (counter->checkout);
  newest = ligdi_checkout_recover (counter->checkout, &error);
  /* The newest of those that were left is asked about at once. */
  ligdi_test_wire_excuse (1);
  if (error != NULL)
    ligdi_test_fate_note ("nothing recovered, %d", error->code);
  remember_all (counter);
  if (newest != NULL)
    {
      g_ptr_array_remove (counter->payments, newest);
      g_ptr_array_add (counter->payments, g_object_ref (newest));
    }
  return ligdi_test_hands_compare (hands, ligdi_test_hands_look (counter->ledger));
}

static gboolean
is_shown (Counter *counter, const LigdiPaymentRecord *row)
{
  for (guint i = 0; i < counter->payments->len; i++)
    {
      const LigdiPaymentRecord *record
          = ligdi_payment_get_record (g_ptr_array_index (counter->payments, i));

      g_autoptr (LigdiPaymentRecord) shown = NULL;

      if (record->id != row->id)
        continue;
      /* How its sale ended is looked up when somebody asks. */
      shown = ligdi_payment_record_copy (record);
      shown->settled_by = row->settled_by;
      return ligdi_payment_record_equal (shown, row);
    }
  return FALSE;
}

/* When nobody has written for a while, what is shown is what is written. */
static gboolean
shows_what_is_written (Counter *counter)
{
  g_autoptr (GPtrArray) rows = NULL;
  guint n_written;

  for (guint i = 0; i < PATIENCE; i++)
    {
      n_written = ligdi_test_fate_get ()->n_written;
      wait_for (NEWS_MS);
      if (n_written != ligdi_test_fate_get ()->n_written)
        continue;
      rows = ligdi_ledger_list_between (counter->ledger, 0, G_MAXINT64, NULL);
      for (guint j = 0; rows != NULL && j < rows->len; j++)
        if (!is_shown (counter, g_ptr_array_index (rows, j)))
          return FALSE;
      return rows != NULL;
    }
  return TRUE;
}

static LigdiTestEnd
sell (Counter *counters, guint n_counters, const LigdiTestLife *life)
{
  for (guint i = 0; i < n_counters; i++)
    if (!recover (&counters[i]))
      return LIGDI_TEST_END_TAKEN;
  if (life->outcome != NULL)
    sell_one (&counters[0]);
  for (guint i = 0; i < life->n_presses; i++)
    {
      do_something (&counters[n_counters > 1 ? DRAW (CASHIER, n_counters) : 0], i == 0);
      if (ligdi_test_fate_happens (LIGDI_TEST_LUCK_CLOCK, life->clock_jumps))
        set_the_clock ();
      wait_for (draw_wait ());
    }
  if (life->n_days > 0)
    go_away (&counters[0], life->n_days);
  for (guint i = 0; life->follows && life->is_calm && i < n_counters; i++)
    if (!shows_what_is_written (&counters[i]))
      return LIGDI_TEST_END_NOT_FOLLOWED;
  return !life->heals || heal (&counters[0]) ? LIGDI_TEST_END_CLOSED : LIGDI_TEST_END_NOT_HEALED;
}

static LigdiTestEnd
open_counter (Counter *counter, const LigdiTestLife *life, LigdiGateway *gateway)
{
  g_autofree char *path = g_build_filename (life->folder, "ledger.sqlite", NULL);
  g_autofree char *shown = g_build_filename (life->folder, "shown", NULL);
  g_autoptr (GError) error = NULL;

  counter->ledger = ligdi_ledger_open (path, &error);
  if (counter->ledger == NULL)
    {
      gboolean given_up = error->code == LIGDI_ERROR_LEDGER_CORRUPT
                          || error->code == LIGDI_ERROR_LEDGER_NEWER;

      ligdi_test_fate_note ("no ledger, %d", error->code);
      if (given_up)
        g_printerr ("%s\n", error->message);
      return given_up ? LIGDI_TEST_END_CORRUPT : LIGDI_TEST_END_REFUSED;
    }
  counter->life = life;
  counter->shown = open (shown, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  counter->payments = g_ptr_array_new_with_free_func (g_object_unref);
  counter->checkout = ligdi_checkout_new (gateway, counter->ledger);
  ligdi_checkout_set_shop (counter->checkout, "Boutique", "");
  g_signal_connect (counter->checkout, "payment-changed", G_CALLBACK (on_payment_changed), counter);
  g_signal_connect (counter->checkout, "ledger-failed", G_CALLBACK (on_ledger_failed), counter);
  return LIGDI_TEST_END_CLOSED;
}

static void
close_counter (Counter *counter)
{
  g_ptr_array_unref (counter->payments);
  g_assert_finalize_object (counter->checkout);
  g_assert_finalize_object (counter->ledger);
  close (counter->shown);
  ligdi_test_fate_note ("closed");
}

/**
 * ligdi_test_life_live:
 * @life: what it goes through
 *
 * Opens the till, sells and closes it, or dies on the way.
 *
 * Returns: how it ended
 */
LigdiTestEnd
ligdi_test_life_live (const LigdiTestLife *life)
{
  g_autofree char *base_url = g_strdup_printf ("http://127.0.0.1:%u", life->port);
  g_autoptr (LigdiGateway) gateway
      = ligdi_gateway_new (base_url, life->key, life->token, NULL);
  Counter counters[MAX_COUNTERS] = { 0 };
  guint n_open = 0;
  LigdiTestEnd end = LIGDI_TEST_END_CLOSED;

  while (end == LIGDI_TEST_END_CLOSED && n_open < CLAMP (life->n_counters, 1, MAX_COUNTERS))
    {
      end = open_counter (&counters[n_open], life, gateway);
      if (end == LIGDI_TEST_END_CLOSED)
        n_open++;
    }
  if (end == LIGDI_TEST_END_CLOSED)
    end = sell (counters, n_open, life);
  while (n_open > 0 && !life->vanishes)
    close_counter (&counters[--n_open]);
  return end;
}

/**
 * ligdi_test_life_visit:
 * @life: what the till goes through meanwhile
 * @n_presses: how often something is done
 *
 * A second till opens on the same ledger, sells and closes again.
 *
 * Returns: how it ended
 */
LigdiTestEnd
ligdi_test_life_visit (const LigdiTestLife *life, guint n_presses)
{
  LigdiTestLife visit = *life;

  visit.outcome = NULL;
  visit.n_counters = 1;
  visit.n_presses = n_presses;
  visit.begins_first = FALSE;
  visit.n_days = 0;
  visit.heals = FALSE;
  visit.vanishes = FALSE;
  return ligdi_test_life_live (&visit);
}

/**
 * ligdi_test_life_pause:
 *
 * Waits as long as people do.
 */
void
ligdi_test_life_pause (void)
{
  wait_for (draw_wait ());
}
