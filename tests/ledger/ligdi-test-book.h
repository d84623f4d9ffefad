/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-ledger.h"
#include "ligdi-ledger-query.h"
#include "ligdi-ledger-sale.h"
#include "ligdi-test.h"

G_BEGIN_DECLS

/* A ledger in a folder of its own. */
typedef struct
{
  LigdiTestFolder *folder;
  char *path;
  LigdiLedger *ledger;
} LigdiTestBook;

void ligdi_test_book_set_up (LigdiTestBook *book, gconstpointer data);
void ligdi_test_book_tear_down (LigdiTestBook *book, gconstpointer data);
void ligdi_test_book_close (LigdiTestBook *book);
void ligdi_test_book_reopen (LigdiTestBook *book);

LigdiPaymentRecord *ligdi_test_book_make_intent (gint64 amount);
LigdiPaymentRecord *ligdi_test_book_begin (LigdiLedger *ledger, gint64 amount);
LigdiPaymentRecord *ligdi_test_book_begin_at (LigdiLedger *ledger, gint64 amount,
                                              LigdiPaymentState state);
gboolean ligdi_test_book_step (LigdiLedger *ledger, LigdiPaymentRecord *record,
                               LigdiPaymentEvent event, GError **error);
LigdiPaymentRecord *ligdi_test_book_load (LigdiLedger *ledger, gint64 id);

gint64 ligdi_test_book_query (const char *path, const char *sql);
char *ligdi_test_book_query_text (const char *path, const char *sql);
gboolean ligdi_test_book_execute (const char *path, const char *sql);

G_END_DECLS
