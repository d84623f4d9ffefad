/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-ledger.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_LEDGER_NEWS (ligdi_ledger_news_get_type ())
G_DECLARE_FINAL_TYPE (LigdiLedgerNews, ligdi_ledger_news, LIGDI, LEDGER_NEWS, GObject)

LigdiLedgerNews *ligdi_ledger_news_new (LigdiLedger *ledger);

G_END_DECLS
