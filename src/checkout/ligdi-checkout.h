/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "ligdi-charge.h"
#include "ligdi-diagnosis.h"
#include "ligdi-journal-entry.h"
#include "ligdi-payment.h"
#include "ligdi-sale.h"

G_BEGIN_DECLS

/* Named here and not included: those who use a checkout need neither layer below it. */
typedef struct _LigdiGateway LigdiGateway;
typedef struct _LigdiLedger LigdiLedger;

#define LIGDI_TYPE_CHECKOUT (ligdi_checkout_get_type ())
G_DECLARE_FINAL_TYPE (LigdiCheckout, ligdi_checkout, LIGDI, CHECKOUT, GObject)

LigdiCheckout *ligdi_checkout_new (LigdiGateway *gateway, LigdiLedger *ledger);
void ligdi_checkout_set_shop (LigdiCheckout *self, const char *name, const char *website);
void ligdi_checkout_set_cashier (LigdiCheckout *self, const char *name, gboolean approved);
void ligdi_checkout_set_patience (LigdiCheckout *self, guint seconds);
void ligdi_checkout_set_return_page (LigdiCheckout *self, const char *uri);
void ligdi_checkout_set_return_words (LigdiCheckout *self, const char *title,
                                      const char *sentence);

void ligdi_checkout_follow (LigdiCheckout *self);
LigdiPayment *ligdi_checkout_recover (LigdiCheckout *self, GError **error);
gboolean ligdi_checkout_abort_orphans (LigdiCheckout *self, GError **error);
char *ligdi_checkout_expect_payment (LigdiCheckout *self);
GPtrArray *ligdi_checkout_list_repeats (LigdiCheckout *self, gint64 amount);
LigdiPayment *ligdi_checkout_begin (LigdiCheckout *self, const LigdiSale *sale,
                                    LigdiOpening opening, const char *despite, GError **error);
LigdiPayment *ligdi_checkout_begin_charge (LigdiCheckout *self, const LigdiCharge *charge,
                                           LigdiOpening opening, const char *despite,
                                           GError **error);
LigdiPayment *ligdi_checkout_begin_link (LigdiCheckout *self, const LigdiSale *sale,
                                         GError **error);
gboolean ligdi_checkout_avoid_repeat (LigdiCheckout *self, LigdiPayment *payment, GError **error);
LigdiPayment *ligdi_checkout_begin_again (LigdiCheckout *self, LigdiPayment *payment,
                                          LigdiOpening opening, GError **error);
gboolean ligdi_checkout_cancel_creating (LigdiCheckout *self, LigdiPayment *payment,
                                         GError **error);
gboolean ligdi_checkout_leave_page (LigdiCheckout *self, LigdiPayment *payment, LigdiExit exit,
                                    GError **error);
gboolean ligdi_checkout_open_page (LigdiCheckout *self, LigdiPayment *payment,
                                   LigdiOpening opening, GError **error);
char *ligdi_checkout_offer_to_browser (LigdiCheckout *self, LigdiPayment *payment, GError **error);
gboolean ligdi_checkout_set_aside (LigdiCheckout *self, LigdiPayment *payment, GError **error);
gboolean ligdi_checkout_stop_waiting (LigdiCheckout *self, LigdiPayment *payment, GError **error);
gboolean ligdi_checkout_check_now (LigdiCheckout *self, LigdiPayment *payment, GError **error);
void ligdi_checkout_leave_to_others (LigdiCheckout *self, LigdiPayment *payment);
gboolean ligdi_checkout_settle_in_cash (LigdiCheckout *self, LigdiPayment *payment,
                                        GError **error);
gboolean ligdi_checkout_give_up (LigdiCheckout *self, LigdiPayment *payment, GError **error);

guint ligdi_checkout_count_to_follow (LigdiCheckout *self);
GPtrArray *ligdi_checkout_list_to_follow (LigdiCheckout *self, guint limit, GError **error);
gboolean ligdi_checkout_load_counterpart (LigdiCheckout *self, LigdiPayment *payment,
                                          LigdiPayment **counterpart, GError **error);
gboolean ligdi_checkout_close_follow_up (LigdiCheckout *self, LigdiPayment *payment,
                                         const char *reason, gboolean kept, GError **error);

gboolean ligdi_checkout_is_watching (LigdiCheckout *self);
gboolean ligdi_checkout_is_online (LigdiCheckout *self);
LigdiDiagnosis ligdi_checkout_get_diagnosis (LigdiCheckout *self);
GPtrArray *ligdi_checkout_list_payments (LigdiCheckout *self, gint64 from, gint64 until,
                                         GError **error);
GPtrArray *ligdi_checkout_search (LigdiCheckout *self, const char *text, guint limit,
                                  GError **error);
gboolean ligdi_checkout_sum_takings (LigdiCheckout *self, gint64 from, gint64 until,
                                     gint64 *n_paid, gint64 *takings, GError **error);
GPtrArray *ligdi_checkout_list_open (LigdiCheckout *self, GError **error);
LigdiPayment *ligdi_checkout_find_payment (LigdiCheckout *self, const char *reference,
                                           GError **error);
LigdiPayment *ligdi_checkout_find_charge (LigdiCheckout *self, const char *charge, GError **error);
gboolean ligdi_checkout_is_charge_refused (LigdiCheckout *self, const char *charge,
                                           gboolean *refused, GError **error);
gboolean ligdi_checkout_refuse_charge (LigdiCheckout *self, const LigdiCharge *charge,
                                       GError **error);
gboolean ligdi_checkout_is_in_hands (LigdiCheckout *self, LigdiPayment *payment,
                                     gboolean *in_hands, GError **error);
GPtrArray *ligdi_checkout_list_journal (LigdiCheckout *self, LigdiPayment *payment,
                                        GError **error);
char *ligdi_checkout_get_invoice_id (LigdiCheckout *self, LigdiPayment *payment);
LigdiSale *ligdi_checkout_load_sale (LigdiCheckout *self, LigdiPayment *payment, GError **error);

G_END_DECLS
