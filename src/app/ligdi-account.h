/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-account-form.h"
#include "ligdi-gateway.h"
#include "ligdi-key-store.h"
#include "ligdi-window.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_ACCOUNT (ligdi_account_get_type ())
G_DECLARE_FINAL_TYPE (LigdiAccount, ligdi_account, LIGDI, ACCOUNT, GObject)

LigdiAccount *ligdi_account_new (GSettings *settings);
LigdiKeyStore *ligdi_account_get_store (LigdiAccount *self);
char *ligdi_account_dup_base_url (LigdiAccount *self);
gboolean ligdi_account_takes_real_money (LigdiAccount *self);
void ligdi_account_set_gateway (LigdiAccount *self, LigdiGateway *gateway);
void ligdi_account_set_window (LigdiAccount *self, LigdiWindow *window);

G_END_DECLS
