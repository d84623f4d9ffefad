/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "ligdi-test-disk.h"
#include "ligdi-test-fate.h"
#include "ligdi-test-wire.h"

G_BEGIN_DECLS

/**
 * LigdiTestLife:
 * @folder: where the ledger is, and the file "shown"
 * @key: the simulator's key
 * @token: and its token
 * @port: where it listens
 * @outcome: (nullable): what the one customer of a life without surprises does, or %NULL for a
 *   life of another kind
 * @n_counters: how many tills have the ledger open, 1 or 2; the first one watches
 * @n_presses: how often the cashier and the customers do something
 * @begins_first: whether the first thing is a sale
 * @n_days: how long the till is left alone after that, days
 * @heals: whether nothing is left open that the gateway has decided
 * @asks_itself: while it heals, whether the cashier leaves it to the till to ask
 * @clock_jumps: in how many of a thousand presses the clock is set
 * @n_errands: what is done by each of the programs beside the till
 * @follows: whether the tills take over what other programs write
 * @is_calm: whether no disk fails
 * @restores: (nullable): the backup that is put in the ledger's place, in a life of nothing else;
 *   empty for one that is made first
 * @number: which life it is
 * @vanishes: whether it ends in the middle of things, and not as programs end
 *
 * What a till goes through from its start to its end.
 */
typedef struct
{
  const char *folder;
  const char *key;
  const char *token;
  guint16 port;
  const char *outcome;
  guint n_counters;
  guint n_presses;
  gboolean begins_first;
  guint n_days;
  gboolean heals;
  gboolean asks_itself;
  guint clock_jumps;
  guint n_errands;
  gboolean follows;
  gboolean is_calm;
  const char *restores;
  guint number;
  gboolean vanishes;
} LigdiTestLife;

/* How a life ended; the exit status. */
typedef enum
{
  LIGDI_TEST_END_CLOSED = 0,
  LIGDI_TEST_END_REFUSED = 10, /* the ledger could not be opened */
  LIGDI_TEST_END_CORRUPT,      /* the ledger was said to be no ledger any more */
  LIGDI_TEST_END_NOT_HEALED,   /* something was not asked about, for hours */
  LIGDI_TEST_END_NOT_FOLLOWED, /* what another program wrote was not shown */
  LIGDI_TEST_END_TAKEN,        /* a payment was taken out of a living till's hands */
} LigdiTestEnd;

LigdiTestEnd ligdi_test_life_live (const LigdiTestLife *life);
LigdiTestEnd ligdi_test_life_visit (const LigdiTestLife *life, guint n_presses);
void ligdi_test_life_pause (void);

G_END_DECLS
