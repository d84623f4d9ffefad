/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-checkout.h"
#include "ligdi-hook.h"
#include "ligdi-style.h"
#include "ligdi-window.h"

G_BEGIN_DECLS

void ligdi_shop_settings_apply (GSettings *settings, gboolean demonstration, LigdiWindow *window,
                                LigdiCheckout *checkout);
void ligdi_shop_settings_apply_appearance (GSettings *settings, LigdiStyle *style);
LigdiHook *ligdi_shop_settings_open_hook (GSettings *settings, LigdiLedger *ledger,
                                          LigdiCheckout *checkout, char *directory,
                                          gboolean demonstration);

G_END_DECLS
