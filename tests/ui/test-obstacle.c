/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-obstacle"

#include "ligdi-obstacle.h"

/* Why a sale cannot be charged: one reason at a time, and none when it can. */

static void
assert_obstacle (LigdiDraft *draft, gint64 limit, const char *words)
{
  g_autofree char *found = ligdi_obstacle_find (draft, limit);

  g_assert_cmpstr (found, ==, words);
}

static void
test_typing (void)
{
  g_autoptr (LigdiDraft) draft = ligdi_draft_new ("Free");

  assert_obstacle (draft, 0, "Type an amount or scan an item");
  g_assert_true (ligdi_draft_push_digits (draft, "0"));
  assert_obstacle (draft, 0, "The amount is zero");
  g_assert_true (ligdi_draft_push_digits (draft, "4"));
  assert_obstacle (draft, 0, NULL);
  g_assert_true (ligdi_draft_multiply (draft));
  assert_obstacle (draft, 0, "Type the price of one item");
  g_assert_true (ligdi_draft_name_item (draft, "Soap"));
  assert_obstacle (draft, 0, "Unknown item: type its price");
  g_assert_true (ligdi_draft_push_digits (draft, "500"));
  assert_obstacle (draft, 0, NULL);
}

/* What is typed by half stops a ticket that could be charged without it. */
static void
test_lines_and_typing (void)
{
  g_autoptr (LigdiDraft) draft = ligdi_draft_new ("Free");

  g_assert_true (ligdi_draft_push_digits (draft, "500"));
  g_assert_true (ligdi_draft_add_line (draft));
  assert_obstacle (draft, 0, NULL);
  g_assert_true (ligdi_draft_push_digits (draft, "0"));
  assert_obstacle (draft, 0, NULL);
  g_assert_true (ligdi_draft_clear_typing (draft));
  g_assert_true (ligdi_draft_name_item (draft, "Soap"));
  assert_obstacle (draft, 0, "Unknown item: type its price");
}

static void
test_limit (void)
{
  g_autoptr (LigdiDraft) draft = ligdi_draft_new ("Free");

  g_assert_true (ligdi_draft_push_digits (draft, "300000"));
  g_assert_true (ligdi_draft_add_line (draft));
  g_assert_true (ligdi_draft_push_digits (draft, "200000"));
  assert_obstacle (draft, 500000, NULL);
  assert_obstacle (draft, 499999, "Above the limit: 499\xe2\x80\xaf" "999\xc2\xa0" "F\xc2\xa0" "CFA");
  assert_obstacle (draft, 0, NULL);
}

static void
test_full_ticket (void)
{
  g_autoptr (LigdiDraft) draft = ligdi_draft_new ("Free");

  for (guint i = 0; i < LIGDI_SALE_MAX_LINES; i++)
    {
      g_assert_true (ligdi_draft_push_digits (draft, "5"));
      g_assert_true (ligdi_draft_add_line (draft));
    }
  assert_obstacle (draft, 0, NULL);
  g_assert_true (ligdi_draft_push_digits (draft, "5"));
  assert_obstacle (draft, 0, "This ticket cannot take one more line");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/obstacle/typing", test_typing);
  g_test_add_func ("/obstacle/lines-and-typing", test_lines_and_typing);
  g_test_add_func ("/obstacle/limit", test_limit);
  g_test_add_func ("/obstacle/full-ticket", test_full_ticket);
  return g_test_run ();
}
