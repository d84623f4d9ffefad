/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-checkout.h"
#include "ligdi-products.h"
#include "ligdi-staff.h"

G_BEGIN_DECLS

/**
 * LigdiShop:
 * @name: the shop's name
 * @till: what the till is called, for instance "Till no. 2"
 * @phone: the shop's telephone, may be empty
 * @footer: the last lines of a receipt, may be empty
 * @limit: the largest amount of one payment, francs XOF
 * @opening: where payment pages are opened
 * @customer_display: whether there is a screen for the customer
 *
 * What the shop has set and the screens show. Borrows everything.
 */
typedef struct
{
  const char *name;
  const char *till;
  const char *phone;
  const char *footer;
  gint64 limit;
  LigdiOpening opening;
  gboolean customer_display;
} LigdiShop;

/**
 * LigdiSandbox:
 * @LIGDI_SANDBOX_UNKNOWN: nobody has looked yet: no page is made
 * @LIGDI_SANDBOX_ON: WebKit's sandbox works here
 * @LIGDI_SANDBOX_OFF: it does not; the page is shown without it, and that is said
 * @LIGDI_SANDBOX_REFUSED: it does not, and the page is not shown with real money
 *
 * How payment pages may be shown on this computer.
 */
typedef enum
{
  LIGDI_SANDBOX_UNKNOWN,
  LIGDI_SANDBOX_ON,
  LIGDI_SANDBOX_OFF,
  LIGDI_SANDBOX_REFUSED,
} LigdiSandbox;

#define LIGDI_TYPE_WINDOW (ligdi_window_get_type ())
G_DECLARE_FINAL_TYPE (LigdiWindow, ligdi_window, LIGDI, WINDOW, GtkApplicationWindow)

GtkWidget *ligdi_window_new (GtkApplication *application, gboolean demonstration);
void ligdi_window_complete (LigdiWindow *self);
void ligdi_window_set_shop (LigdiWindow *self, const LigdiShop *shop);
void ligdi_window_set_settings (LigdiWindow *self, GSettings *settings);
void ligdi_window_welcome (LigdiWindow *self);
void ligdi_window_set_staff (LigdiWindow *self, LigdiStaff *staff);
void ligdi_window_set_products (LigdiWindow *self, LigdiProducts *products);
void ligdi_window_wait_for_keyring (LigdiWindow *self);
void ligdi_window_set_sandbox (LigdiWindow *self, LigdiSandbox sandbox);
void ligdi_window_set_checkout (LigdiWindow *self, LigdiCheckout *checkout, gboolean loopback);
void ligdi_window_offer (LigdiWindow *self, const LigdiCharge *charge);
gboolean ligdi_window_offer_again (LigdiWindow *self, LigdiPayment *payment);
const LigdiCharge *ligdi_window_get_offer (LigdiWindow *self, const char *reference);
guint ligdi_window_count_offers (LigdiWindow *self);
void ligdi_window_say_bad_link (LigdiWindow *self);
void ligdi_window_withdraw (LigdiWindow *self, const char *reference);
void ligdi_window_show_payment (LigdiWindow *self, LigdiPayment *payment);
void ligdi_window_turn_to (LigdiWindow *self, gboolean history);
void ligdi_window_look_up (LigdiWindow *self, LigdiPayment *payment);
gboolean ligdi_window_has_customer (LigdiWindow *self);
gboolean ligdi_window_shows (LigdiWindow *self, LigdiPayment *payment);
gboolean ligdi_window_serves (LigdiWindow *self, LigdiPayment *payment);
void ligdi_window_stop_selling (LigdiWindow *self, const GError *error);
void ligdi_window_enter_kiosk (LigdiWindow *self);
gboolean ligdi_window_is_kiosk (LigdiWindow *self);
gboolean ligdi_window_is_locked (LigdiWindow *self);
void ligdi_window_leave (LigdiWindow *self);

G_END_DECLS
