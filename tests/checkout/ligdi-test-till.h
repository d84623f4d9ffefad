/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-checkout.h"
#include "ligdi-gateway.h"
#include "ligdi-ledger.h"
#include "ligdi-test-peer.h"
#include "ligdi-test.h"

G_BEGIN_DECLS

#define LIGDI_TEST_KEY "K3Y0123456789ABCD"
#define LIGDI_TEST_TOKEN "eyJhbGci.eyJpZF9h.c2ln"

/* A shop's till, whole but for its screens, and the gateway it talks to. */
typedef struct
{
  LigdiTestFolder *folder;
  char *path;
  LigdiTestPeer *peer;
  LigdiGateway *gateway;
  LigdiLedger *ledger;
  LigdiCheckout *checkout;
  guint n_changes;
  guint n_online_changes;
  GPtrArray *create_errors; /* GError */
  GPtrArray *ledger_errors; /* GError */
} LigdiTestTill;

void ligdi_test_till_set_up (LigdiTestTill *till, gconstpointer data);
void ligdi_test_till_tear_down (LigdiTestTill *till, gconstpointer data);
void ligdi_test_till_open (LigdiTestTill *till);
void ligdi_test_till_close (LigdiTestTill *till);

LigdiPayment *ligdi_test_till_begin (LigdiTestTill *till, gint64 amount);
LigdiPayment *ligdi_test_till_await (LigdiTestTill *till, gint64 amount);
LigdiPayment *ligdi_test_till_leave_unresolved (LigdiTestTill *till, gint64 amount);
void ligdi_test_till_wait_state (LigdiPayment *payment, LigdiPaymentState state);
void ligdi_test_till_wait_check (LigdiPayment *payment, gint64 n_checks);

char *ligdi_test_till_list_journal (LigdiTestTill *till, LigdiPayment *payment);
char *ligdi_test_till_list_follow_ups (LigdiTestTill *till, LigdiPayment *payment);
char *ligdi_test_till_get_settled_by (LigdiTestTill *till, LigdiPayment *payment);
char *ligdi_test_till_query (LigdiTestTill *till, const char *sql);
void ligdi_test_till_execute (LigdiTestTill *till, const char *sql);

G_END_DECLS
