/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-checkout.h"
#include "ligdi-gateway.h"
#include "ligdi-ledger-news.h"
#include "ligdi-ledger.h"
#include "ligdi-lookout.h"
#include "ligdi-patience.h"
#include "ligdi-return-listener.h"
#include "ligdi-verdict.h"
#include "ligdi-watcher.h"

G_BEGIN_DECLS

/* While a page is shown, confirm is asked without hurry: nobody waits for it. */
#define LIGDI_CHECKOUT_PAGE_CHECK_MS 10000

struct _LigdiCheckout
{
  GObject parent_instance;

  LigdiGateway *gateway;
  LigdiLedger *ledger;
  LigdiWatcher *watcher;
  LigdiLookout *lookout;
  LigdiLedgerNews *news; /* none unless it follows what other programs write */
  GCancellable *cancellable;
  GHashTable *payments; /* gint64 id → LigdiPayment, not owned: one object a payment */
  LigdiPatience *patience;
  char *shop_name;
  char *shop_website;
  char *return_page; /* where a phone goes after a payment, if anywhere */
  LigdiReturnListener *listener; /* where the browser goes; none unless it was given words */
  guint patience_s;
};

gboolean ligdi_checkout_step (LigdiCheckout *self, LigdiPayment *payment, LigdiPaymentEvent event,
                              LigdiPaymentRecord *changed, const char *note, GError **error);
gboolean ligdi_checkout_note (LigdiCheckout *self, LigdiPayment *payment,
                              LigdiPaymentRecord *changed, const char *what, const char *note,
                              GError **error);
gboolean ligdi_checkout_check_created (LigdiPayment *payment, GError **error);
void ligdi_checkout_report_ledger (LigdiCheckout *self, const GError *error);
void ligdi_checkout_catch_up (LigdiCheckout *self, LigdiPayment *payment, const GError *error);
LigdiPayment *ligdi_checkout_adopt (LigdiCheckout *self, const LigdiPaymentRecord *record);
GPtrArray *ligdi_checkout_adopt_all (LigdiCheckout *self, GPtrArray *records);
void ligdi_checkout_note_verdict (LigdiPayment *payment);
void ligdi_checkout_tell_verdict (LigdiCheckout *self, LigdiPayment *payment);

LigdiPaymentRecord *ligdi_checkout_make_intent (LigdiCheckout *self, const LigdiSale *sale,
                                                LigdiOpening opening);
void ligdi_checkout_close_listener (LigdiCheckout *self);
void ligdi_checkout_act_on_answer (LigdiCheckout *self, LigdiPayment *payment,
                                   const LigdiConfirmation *confirmation, const GError *error);

G_END_DECLS
