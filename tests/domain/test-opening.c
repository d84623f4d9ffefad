/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-payment.h"

static void
test_nicks (void)
{
  LigdiOpening opening = LIGDI_OPENING_PHONE;

  for (guint i = 0; i < LIGDI_N_OPENINGS; i++)
    {
      g_assert_true (ligdi_opening_from_nick (ligdi_opening_to_nick ((LigdiOpening) i), &opening));
      g_assert_cmpuint (opening, ==, i);
    }
  opening = LIGDI_OPENING_WINDOW;
  g_assert_false (ligdi_opening_from_nick ("", &opening));
  g_assert_false (ligdi_opening_from_nick ("Here", &opening));
  g_assert_false (ligdi_opening_from_nick (NULL, &opening));
  g_assert_cmpint (opening, ==, LIGDI_OPENING_WINDOW);
}

static void
test_aside (void)
{
  g_autoptr (LigdiPaymentRecord) record = ligdi_payment_record_new ();

  for (int state = LIGDI_PAYMENT_STATE_CREATING; state <= LIGDI_PAYMENT_STATE_DISPUTED; state++)
    {
      record->state = (LigdiPaymentState) state;
      record->left_at = 0;
      g_assert_false (ligdi_payment_record_is_aside (record));
      record->left_at = 1;
      g_assert_cmpint (ligdi_payment_record_is_aside (record), ==,
                       state == LIGDI_PAYMENT_STATE_AWAITING);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/opening/nicks", test_nicks);
  g_test_add_func ("/opening/aside", test_aside);
  return g_test_run ();
}
