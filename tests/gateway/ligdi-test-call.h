/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-gateway.h"

G_BEGIN_DECLS

/* One call of the gateway and what came of it. */
typedef struct
{
  LigdiSale *sale;
  GCancellable *cancellable;
  guint n_answers;
  LigdiCreateReply *reply;
  LigdiConfirmation *confirmation;
  char *sub_code;
  gint64 retry_after;
  gint64 started;
  gint64 ended;
  GError *error;
} LigdiTestCall;

LigdiTestCall *ligdi_test_call_create (LigdiGateway *gateway);
LigdiTestCall *ligdi_test_call_confirm (LigdiGateway *gateway, const char *token);
void ligdi_test_call_wait (LigdiTestCall *call);
void ligdi_test_call_free (LigdiTestCall *call);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiTestCall, ligdi_test_call_free)

G_END_DECLS
