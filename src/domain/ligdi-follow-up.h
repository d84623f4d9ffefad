/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LigdiFollowUpKind:
 * @LIGDI_FOLLOW_UP_LATE: paid after the cashier had gone on without it
 * @LIGDI_FOLLOW_UP_PAID_TWICE: paid although the sale was settled already
 * @LIGDI_FOLLOW_UP_WRONG_AMOUNT: paid, but not what was asked
 * @LIGDI_FOLLOW_UP_CONTRADICTION: the gateway takes its last word back, or answers about
 *   something else
 *
 * What a person must look at.
 */
typedef enum
{
  LIGDI_FOLLOW_UP_LATE,
  LIGDI_FOLLOW_UP_PAID_TWICE,
  LIGDI_FOLLOW_UP_WRONG_AMOUNT,
  LIGDI_FOLLOW_UP_CONTRADICTION,
} LigdiFollowUpKind;

#define LIGDI_N_FOLLOW_UP_KINDS (LIGDI_FOLLOW_UP_CONTRADICTION + 1)

/**
 * LigdiFollowUp:
 * @id: its row in the ledger
 * @payment: its payment's row
 * @kind: what happened
 * @opened_at: when, ms since 1970
 *
 * One matter that waits for a person. Opened by the program, closed by a person with a
 * reason.
 */
typedef struct
{
  gint64 id;
  gint64 payment;
  LigdiFollowUpKind kind;
  gint64 opened_at;
} LigdiFollowUp;

gboolean ligdi_follow_up_kind_from_nick (const char *nick, LigdiFollowUpKind *kind);
LigdiFollowUp *ligdi_follow_up_new (gint64 id, gint64 payment, LigdiFollowUpKind kind,
                                    gint64 opened_at);
void ligdi_follow_up_free (LigdiFollowUp *follow_up);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiFollowUp, ligdi_follow_up_free)

G_END_DECLS
