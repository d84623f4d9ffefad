/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-charge-bar.h"
#include "ligdi-charge-page.h"
#include "ligdi-code-page.h"
#include "ligdi-customer-window.h"
#include "ligdi-header.h"
#include "ligdi-history-page.h"
#include "ligdi-idle-page.h"
#include "ligdi-lock-page.h"
#include "ligdi-name-bar.h"
#include "ligdi-notice.h"
#include "ligdi-payment-bar.h"
#include "ligdi-payment-view.h"
#include "ligdi-preferences-page.h"
#include "ligdi-repeat-bar.h"
#include "ligdi-result-page.h"
#include "ligdi-sale-page.h"
#include "ligdi-verifying-page.h"
#include "ligdi-window.h"

G_BEGIN_DECLS

/* What only the manager may do. */
typedef void (*LigdiApproved) (LigdiWindow *self);

struct _LigdiWindow
{
  GtkApplicationWindow parent_instance;

  LigdiHeader *header;
  GtkWidget *strip;
  LigdiNameBar *name_bar;
  LigdiNotice *notice;
  LigdiRepeatBar *repeat_bar;
  LigdiChargeBar *charge_bar;
  GtkOverlay *layers;
  GtkWidget *counter; /* lies over the payment view, or is hidden */
  GtkStack *stack;

  LigdiSalePage *sale_page;
  LigdiPaymentView *payment_view;
  LigdiVerifyingPage *verifying_page;
  LigdiResultPage *result_page;
  LigdiHistoryPage *history_page;
  LigdiPreferencesPage *preferences_page; /* made when it is first needed */
  GtkWidget *welcome_page; /* until the first start is over */
  GtkWidget *money_page;   /* made when it is first needed */
  LigdiChargePage *charge_page;  /* made when it is first needed */
  LigdiCodePage *code_page;      /* made when it is first needed */
  LigdiIdlePage *idle_page;      /* in a kiosk */
  LigdiLockPage *lock_page;      /* made when it is first needed */
  LigdiCustomerWindow *customer; /* made when it is first needed */

  LigdiCheckout *checkout;
  GSettings *settings;
  LigdiPayment *payment; /* the one on this till's screen */
  gulong payment_changed_id;
  guint route_id;
  char *shop_name;
  char *till;
  char *phone;
  char *footer;
  LigdiOpening opening; /* of the next payment */
  GPtrArray *repeats;   /* LigdiPayment: the cashier is asked about the first, or NULL */
  char *repeat_charge;  /* the charge that was to be charged, or NULL for the cashier's own sale */
  char *repeat_of;      /* the reference of the first that was asked about */
  gint64 repeat_total;  /* francs XOF that were to be charged */
  int repeat_opening;   /* and where */
  gboolean insisting;   /* they are all other customers' */
  GPtrArray *offers;    /* what other programs ask for, or NULL */
  char *offered;        /* the reference of the one that is on screen, or NULL */
  gpointer shown_charge; /* the one that the page was told of; never followed */
  gboolean customer_display;
  gboolean looked_up; /* the payment on screen is no customer's at the counter */
  gboolean demonstration;
  gboolean loopback;
  LigdiPlace place;
  LigdiSandbox sandbox;
  gboolean waits_for_keyring;
  gboolean open; /* anything can be charged just now */
  gboolean kiosk;
  gboolean code_awaited; /* a kiosk without its first code */
  LigdiStaff *staff;
  char *cashier;          /* who is at the till, or NULL */
  gboolean locked;        /* until somebody says who is there */
  guint lock_id;
  GtkGesture *touches;
  gulong events_hook;
  gboolean busy; /* somebody waits for the end of a payment */
  gint64 attended_at; /* s, by the clock that goes on while the computer sleeps */
  gint64 deaf_until;  /* monotonic, us */
  const char *unsaid_title;
  char *unsaid; /* what is to be said when it is no longer locked, or NULL */
  GtkNativeDialog *dialog; /* that is open, or NULL; not owned */
  LigdiApproved approved; /* what the manager's code is asked for */
  char *code_of;          /* whose code is asked for or chosen; NULL for the manager's */
  LigdiPlace code_back;   /* where it was asked for */
  gulong kiosk_keys_id;
  GtkGesture *presses;
  GPtrArray *covers; /* GtkWidget: windows on the other screens */
  GtkWidget *demonstration_label; /* in a kiosk */
  guint idle_id;
  gint64 touched_at; /* monotonic, us */
  gint64 kept_at; /* when something had to stay on screen, likewise */
  GError *failure; /* why selling has stopped */
  GError *create_failure; /* why the last payment was not opened, or NULL */
  const char *create_words; /* what the sale page said of it */
  guint inhibit_cookie;
};

void ligdi_window_add_sale_page (LigdiWindow *self);
void ligdi_window_add_other_pages (LigdiWindow *self);
LigdiOpening ligdi_window_choose_opening (LigdiWindow *self, int wanted);
void ligdi_window_say_no_page (LigdiWindow *self);
gboolean ligdi_window_may_charge (LigdiWindow *self, gint64 total, int opening);
void ligdi_window_install_charge_signals (void);
void ligdi_window_add_offers (LigdiWindow *self);
gpointer ligdi_window_choose_sale_page (LigdiWindow *self);
void ligdi_window_drop_offers (LigdiWindow *self);
void ligdi_window_forget_offer (LigdiWindow *self, LigdiPayment *payment);
void ligdi_window_update_offers (LigdiWindow *self, gpointer page);
void ligdi_window_tell_charge (LigdiWindow *self, LigdiPayment *payment);
LigdiNotice *ligdi_window_get_notice (LigdiWindow *self);
void ligdi_window_add_paper (LigdiWindow *self);
void ligdi_window_add_openings (LigdiWindow *self);
void ligdi_window_update_customer (LigdiWindow *self);
void ligdi_window_route (LigdiWindow *self);
void ligdi_window_enter_history (LigdiWindow *self, gboolean to_follow);
void ligdi_window_go_back (LigdiWindow *self);
void ligdi_window_add_preferences (LigdiWindow *self);
void ligdi_window_install_welcome_signals (void);
void ligdi_window_update_kiosk (LigdiWindow *self, gboolean open);
void ligdi_window_leave_kiosk (LigdiWindow *self);
void ligdi_window_lock (LigdiWindow *self);
void ligdi_window_attend (LigdiWindow *self);
gboolean ligdi_window_needs_lock (LigdiWindow *self);
void ligdi_window_approve (LigdiWindow *self, LigdiApproved act);
void ligdi_window_choose_code (LigdiWindow *self, const char *name);
void ligdi_window_leave_code (LigdiWindow *self);
void ligdi_window_add_staff (LigdiWindow *self);
void ligdi_window_follow_cashier (LigdiWindow *self);
void ligdi_window_dismiss_staff (LigdiWindow *self);
void ligdi_window_enter_money (LigdiWindow *self);
void ligdi_window_leave_welcome (LigdiWindow *self);
void ligdi_window_add_account_form (LigdiWindow *self, LigdiAccountForm *form);
gpointer ligdi_window_get_place_page (LigdiWindow *self);
gboolean ligdi_window_is_guided (LigdiWindow *self);
GtkFileChooserNative *ligdi_window_choose_file (LigdiWindow *self, const char *title,
                                                GtkFileChooserAction action, GCallback chosen);
char *ligdi_window_take_path (GtkNativeDialog *dialog, int response);
void ligdi_window_close_dialog (LigdiWindow *self);
void ligdi_window_add_products (LigdiWindow *self);
gboolean ligdi_window_is_in_history (LigdiWindow *self);
void ligdi_window_close_repeat (LigdiWindow *self);
void ligdi_window_set_payment (LigdiWindow *self, LigdiPayment *payment);
void ligdi_window_restore_sale (LigdiWindow *self, LigdiPayment *payment);
void ligdi_window_update_block (LigdiWindow *self);
void ligdi_window_update_header (LigdiWindow *self);
void ligdi_window_follow_connection (LigdiWindow *self);
void ligdi_window_show_error (LigdiWindow *self, const GError *error, const char *sub_code);

G_END_DECLS
