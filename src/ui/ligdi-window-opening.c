/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-window-private.h"

#include <glib/gi18n.h>

/* Where the payment page is open besides the cashier's window: on the customer's side, in
 * the browser, on a phone. */

static void
on_opening_chosen (LigdiPaymentView *view, int opening, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (self->payment != NULL)
    ligdi_checkout_open_page (self->checkout, self->payment,
                              ligdi_window_choose_opening (self, opening), NULL);
}

static void
on_browser_wanted (LigdiPaymentView *view, gpointer user_data)
{
  LigdiWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;

  if (self->payment == NULL)
    return;
  address = ligdi_checkout_offer_to_browser (self->checkout, self->payment, &error);
  if (address != NULL
      && gtk_show_uri_on_window (GTK_WINDOW (self), address, GDK_CURRENT_TIME, &error))
    return;
  g_info ("the browser: %s", error->message);
  ligdi_payment_view_show_no_browser (view);
}

static void
on_next_customer (LigdiPaymentView *view, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (self->payment != NULL && ligdi_checkout_set_aside (self->checkout, self->payment, NULL))
    ligdi_window_set_payment (self, NULL);
}

/* A closed window is a page that is gone, and no refusal. */
static void
on_customer_closed (LigdiCustomerWindow *customer, gpointer user_data)
{
  LigdiWindow *self = user_data;
  const LigdiPaymentRecord *record
      = self->payment != NULL ? ligdi_payment_get_record (self->payment) : NULL;

  if (record == NULL || record->opening != LIGDI_OPENING_WINDOW)
    return;
  if (record->state == LIGDI_PAYMENT_STATE_CREATING)
    ligdi_checkout_cancel_creating (self->checkout, self->payment, NULL);
  else if (record->state == LIGDI_PAYMENT_STATE_AWAITING)
    ligdi_checkout_leave_page (self->checkout, self->payment, LIGDI_EXIT_LOST, NULL);
}

static void
make_customer (LigdiWindow *self)
{
  self->customer = LIGDI_CUSTOMER_WINDOW (ligdi_customer_window_new (self->demonstration));
  g_signal_connect (self->customer, "closed", G_CALLBACK (on_customer_closed), self);
  gtk_application_add_window (gtk_window_get_application (GTK_WINDOW (self)),
                              GTK_WINDOW (self->customer));
  ligdi_payment_view_set_stage (self->payment_view,
                                ligdi_customer_window_get_stage (self->customer));
}

/**
 * ligdi_window_update_customer:
 * @self: a window
 *
 * Shows on the customer's side what the payment at the counter calls for, and nothing that
 * the cashier has only looked up.
 */
void
ligdi_window_update_customer (LigdiWindow *self)
{
  const LigdiPaymentRecord *record = self->payment != NULL && !self->looked_up
                                         ? ligdi_payment_get_record (self->payment)
                                         : NULL;
  gboolean has_page = record != NULL && record->opening == LIGDI_OPENING_WINDOW
                      && (record->state == LIGDI_PAYMENT_STATE_CREATING
                          || record->state == LIGDI_PAYMENT_STATE_AWAITING);
  /* A kiosk's only screen is its own. */
  gboolean alone = self->kiosk
                   && gdk_display_get_n_monitors (gtk_widget_get_display (GTK_WIDGET (self))) < 2;
  gboolean shown = (has_page || self->customer_display) && !alone;

  if (self->payment_view == NULL || (self->customer == NULL && !shown))
    return;
  if (self->customer == NULL)
    make_customer (self);
  ligdi_customer_window_set_shop (self->customer, self->shop_name);
  ligdi_customer_window_show_record (self->customer, record);
  if (shown
      && (!gtk_widget_get_visible (GTK_WIDGET (self->customer))
          || gtk_window_get_accept_focus (GTK_WINDOW (self->customer)) != has_page))
    ligdi_customer_window_place (self->customer, GTK_WINDOW (self), has_page);
  else if (!shown)
    gtk_widget_hide (GTK_WIDGET (self->customer));
}

/**
 * ligdi_window_say_no_page:
 * @self: a window
 *
 * Says that no page is shown on this computer, and what to do.
 */
void
ligdi_window_say_no_page (LigdiWindow *self)
{
  ligdi_notice_show (self->notice, _("No payment page on this computer"),
                     _("Customers pay on their phones: web pages cannot be locked up here. Ask the "
                       "administrator to allow user namespaces."));
}

/**
 * ligdi_window_choose_opening:
 * @self: a window
 * @wanted: the #LigdiOpening that somebody chose, or -1 for what is set
 *
 * Where web pages cannot be locked up, they are open on the customer's phone instead; who
 * chose otherwise is told.
 *
 * Returns: where a page is to be opened
 */
LigdiOpening
ligdi_window_choose_opening (LigdiWindow *self, int wanted)
{
  LigdiOpening opening = wanted < 0 ? self->opening : (LigdiOpening) wanted;

  /* A browser, or another window, would lead out of a kiosk. */
  if (self->kiosk && opening != LIGDI_OPENING_PHONE)
    opening = LIGDI_OPENING_HERE;
  if (self->sandbox != LIGDI_SANDBOX_REFUSED
      || (opening != LIGDI_OPENING_HERE && opening != LIGDI_OPENING_WINDOW))
    return opening;
  if (wanted >= 0)
    ligdi_window_say_no_page (self);
  return LIGDI_OPENING_PHONE;
}

/**
 * ligdi_window_add_openings:
 * @self: a window with its pages
 *
 * Lets the payment page be opened elsewhere.
 */
void
ligdi_window_add_openings (LigdiWindow *self)
{
  g_signal_connect (self->payment_view, "opening-chosen", G_CALLBACK (on_opening_chosen), self);
  g_signal_connect (self->payment_view, "browser-wanted", G_CALLBACK (on_browser_wanted), self);
  g_signal_connect (self->payment_view, "next-customer", G_CALLBACK (on_next_customer), self);
}
