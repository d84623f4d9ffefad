/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-patience.h"
#include "ligdi-test.h"

typedef struct
{
  LigdiPatience *patience;
  GPtrArray *over;
} Fixture;

static void
on_over (LigdiPatience *patience, LigdiPayment *payment, gpointer user_data)
{
  g_ptr_array_add (user_data, g_object_ref (payment));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->patience = ligdi_patience_new ();
  fixture->over = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (fixture->patience, "over", G_CALLBACK (on_over), fixture->over);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->patience != NULL)
    g_assert_finalize_object (fixture->patience);
  g_ptr_array_unref (fixture->over);
}

static LigdiPayment *
make_payment (LigdiExit exit, gint64 n_pending)
{
  g_autoptr (LigdiPaymentRecord) record = ligdi_payment_record_new ();

  record->state = LIGDI_PAYMENT_STATE_VERIFYING;
  record->exit = exit;
  record->n_pending = n_pending;
  return ligdi_payment_new (record);
}

static void
test_over (Fixture *fixture, gconstpointer data)
{
  LigdiPayment *payment = make_payment (LIGDI_EXIT_RETURNED, 0);

  ligdi_patience_start (fixture->patience, payment, 0, FALSE);
  ligdi_test_wait_until (fixture->over->len == 1);
  g_assert_true (g_ptr_array_index (fixture->over, 0) == payment);
  /* Over once. */
  ligdi_test_finish_loop ();
  g_assert_cmpuint (fixture->over->len, ==, 1);
  g_ptr_array_set_size (fixture->over, 0);
  g_assert_finalize_object (payment);
}

static void
test_each_its_own (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LigdiPayment) soon = make_payment (LIGDI_EXIT_RETURNED, 0);
  g_autoptr (LigdiPayment) later = make_payment (LIGDI_EXIT_RETURNED, 0);

  ligdi_patience_start (fixture->patience, later, 600, FALSE);
  ligdi_patience_start (fixture->patience, soon, 0, FALSE);
  ligdi_test_wait_until (fixture->over->len == 1);
  g_assert_true (g_ptr_array_index (fixture->over, 0) == soon);
}

/* A new wait takes the place of an old one. */
static void
test_replaced (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = make_payment (LIGDI_EXIT_RETURNED, 0);
  g_autoptr (LigdiPayment) marker = make_payment (LIGDI_EXIT_RETURNED, 0);

  ligdi_patience_start (fixture->patience, payment, 0, FALSE);
  ligdi_patience_start (fixture->patience, payment, 600, FALSE);
  ligdi_patience_start (fixture->patience, marker, 0, FALSE);
  ligdi_test_wait_until (fixture->over->len > 0);
  g_assert_true (g_ptr_array_index (fixture->over, 0) == marker);
  g_assert_cmpuint (fixture->over->len, ==, 1);
}

static void
test_ended (Fixture *fixture, gconstpointer data)
{
  LigdiPayment *payment = make_payment (LIGDI_EXIT_RETURNED, 0);
  g_autoptr (LigdiPayment) marker = make_payment (LIGDI_EXIT_RETURNED, 0);

  ligdi_patience_start (fixture->patience, payment, 0, FALSE);
  ligdi_patience_end (fixture->patience, payment);
  ligdi_patience_end (fixture->patience, payment);
  ligdi_patience_start (fixture->patience, marker, 0, FALSE);
  ligdi_test_wait_until (fixture->over->len > 0);
  g_assert_true (g_ptr_array_index (fixture->over, 0) == marker);
  g_assert_finalize_object (payment);
}

static void
on_over_drop (LigdiPatience *patience, LigdiPayment *payment, gpointer user_data)
{
  g_clear_object ((LigdiPatience **) user_data);
}

/* Whoever hears that a wait is over may let go of all of it. */
static void
test_let_go (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = make_payment (LIGDI_EXIT_RETURNED, 0);
  g_autoptr (LigdiPayment) other = make_payment (LIGDI_EXIT_RETURNED, 0);

  g_signal_connect (fixture->patience, "over", G_CALLBACK (on_over_drop), &fixture->patience);
  ligdi_patience_start (fixture->patience, other, 600, FALSE);
  ligdi_patience_start (fixture->patience, payment, 0, FALSE);
  ligdi_test_wait_until (fixture->patience == NULL);
  g_assert_cmpuint (fixture->over->len, ==, 1);
}

/* Which answers that decide nothing end a wait. */
static void
test_ends_with (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    LigdiExit exit;
    gint64 n_pending;
    gboolean one_answer;
    gboolean ends;
  } table[] = {
    { LIGDI_EXIT_RETURNED, 0, FALSE, FALSE },  { LIGDI_EXIT_RETURNED, 1, FALSE, FALSE },
    { LIGDI_EXIT_RETURNED, 9, FALSE, FALSE },  { LIGDI_EXIT_CANCELLED, 0, FALSE, FALSE },
    { LIGDI_EXIT_CANCELLED, 1, FALSE, FALSE }, { LIGDI_EXIT_CANCELLED, 2, FALSE, TRUE },
    { LIGDI_EXIT_CANCELLED, 3, FALSE, TRUE },  { LIGDI_EXIT_LOST, 1, FALSE, FALSE },
    { LIGDI_EXIT_LOST, 2, FALSE, TRUE },       { LIGDI_EXIT_NONE, 9, FALSE, FALSE },
    { LIGDI_EXIT_RETURNED, 0, TRUE, TRUE },    { LIGDI_EXIT_RETURNED, 1, TRUE, TRUE },
    { LIGDI_EXIT_NONE, 0, TRUE, TRUE },
  };
  g_autoptr (LigdiPayment) nobody_waits = make_payment (LIGDI_EXIT_RETURNED, 0);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (LigdiPayment) payment = make_payment (table[i].exit, table[i].n_pending);

      g_test_message ("row %u", i);
      ligdi_patience_start (fixture->patience, payment, 600, table[i].one_answer);
      g_assert_cmpint (ligdi_patience_ends_with (fixture->patience, payment), ==, table[i].ends);
      ligdi_patience_end (fixture->patience, payment);
    }
  g_assert_true (ligdi_patience_ends_with (fixture->patience, nobody_waits));
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/patience/over", test_over);
  add ("/patience/each-its-own", test_each_its_own);
  add ("/patience/replaced", test_replaced);
  add ("/patience/ended", test_ended);
  add ("/patience/let-go", test_let_go);
  add ("/patience/ends-with", test_ends_with);
  return g_test_run ();
}
