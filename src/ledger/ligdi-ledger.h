/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ligdi-journal-entry.h"
#include "ligdi-payment.h"
#include "ligdi-sale.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_LEDGER (ligdi_ledger_get_type ())
G_DECLARE_FINAL_TYPE (LigdiLedger, ligdi_ledger, LIGDI, LEDGER, GObject)

LigdiLedger *ligdi_ledger_open (const char *path, GError **error);
LigdiLedger *ligdi_ledger_open_beside (const char *path, gboolean may_create, GError **error);
LigdiLedger *ligdi_ledger_open_to_read (const char *path, GError **error);
gboolean ligdi_ledger_holds_watch (LigdiLedger *self);
void ligdi_ledger_set_cashier (LigdiLedger *self, const char *name, gboolean approved);

gboolean ligdi_ledger_begin_sale (LigdiLedger *self, const LigdiSale *sale,
                                  LigdiPaymentRecord *record, const char *note, GError **error);
gboolean ligdi_ledger_begin_again (LigdiLedger *self, const LigdiPaymentRecord *old,
                                   LigdiPaymentRecord *released, LigdiPaymentRecord *record,
                                   GError **error);
gboolean ligdi_ledger_record (LigdiLedger *self, const LigdiPaymentRecord *old,
                              LigdiPaymentRecord *record, gint64 at, const char *what,
                              const char *note, GError **error);
gboolean ligdi_ledger_open_contradiction (LigdiLedger *self, LigdiPaymentRecord *record, gint64 at,
                                          const char *note, GError **error);
gboolean ligdi_ledger_settle (LigdiLedger *self, const LigdiPaymentRecord *old,
                              const LigdiPaymentRecord *record, gint64 at, GError **error);
gboolean ligdi_ledger_close_follow_up (LigdiLedger *self, LigdiPaymentRecord *record,
                                       const char *reason, gint64 counted, gint64 at,
                                       GError **error);
gboolean ligdi_ledger_pass_gate (LigdiLedger *self, gint64 now, gint64 gap, gboolean at_once,
                                 gint64 *wait, GError **error);

gboolean ligdi_ledger_wants_integrity_check (LigdiLedger *self, gint64 now);
void ligdi_ledger_check_integrity_async (LigdiLedger *self, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);
gboolean ligdi_ledger_check_integrity_finish (LigdiLedger *self, GAsyncResult *result, gint64 now,
                                              GError **error);

G_END_DECLS
