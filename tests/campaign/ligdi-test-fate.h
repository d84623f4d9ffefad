/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whose luck is drawn. Each has its own, so that one drawing more leaves the others as they are. */
typedef enum
{
  LIGDI_TEST_LUCK_CASHIER,
  LIGDI_TEST_LUCK_CUSTOMER,
  LIGDI_TEST_LUCK_WIRE,
  LIGDI_TEST_LUCK_DISK,
  LIGDI_TEST_LUCK_CLOCK,
  LIGDI_TEST_LUCK_NAMES,
  LIGDI_TEST_LUCK_TURN,
  LIGDI_TEST_LUCK_REFUSAL,
  LIGDI_TEST_N_LUCKS,
} LigdiTestLuck;

/**
 * LigdiTestFate:
 * @n_steps: how often something went out of the process: to the disk or to the network
 * @n_disk: how often the disk was asked for anything
 * @digest: of all that happened, in its order
 * @real: what the clock on the wall says, µs since 1970
 * @monotonic: what the clock that is never set says, µs
 * @last_question: when the gateway was asked last by any process, monotonic µs, or 0
 * @stalled_at: when a process last stood still in the middle of something, monotonic µs
 * @n_excuses: how many of the next questions may come before their time
 * @n_written: how often anything was written to the ledger's log
 *
 * What is left of processes that were killed. It lies in memory shared with their parent.
 */
typedef struct
{
  guint n_steps;
  guint n_disk;
  guint64 digest;
  gint64 real;
  gint64 monotonic;
  gint64 last_question;
  gint64 stalled_at;
  guint n_excuses;
  guint n_written;
} LigdiTestFate;

void ligdi_test_fate_begin (LigdiTestFate *fate, guint64 seed, guint life, guint last_step,
                            gboolean aloud);
guint32 ligdi_test_fate_draw (LigdiTestLuck luck, guint32 n_choices);
gboolean ligdi_test_fate_happens (LigdiTestLuck luck, guint per_mille);
gboolean ligdi_test_fate_is_last_step (void);
guint ligdi_test_fate_count_disk (void);
void ligdi_test_fate_die (void) G_GNUC_NORETURN;
void ligdi_test_fate_note (const char *format, ...) G_GNUC_PRINTF (1, 2);
void ligdi_test_fate_jump (gint64 us);
void ligdi_test_fate_wait (gint64 us);
LigdiTestFate *ligdi_test_fate_get (void);

G_END_DECLS
