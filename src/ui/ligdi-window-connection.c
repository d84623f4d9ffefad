/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-window-private.h"

#include "ligdi-error.h"
#include "ligdi-message.h"

#include <glib/gi18n.h>

/* The window and the way to the gateway: what the header says of it, whether it stops a sale,
 * and what to do about it. History and follow-ups are on this computer and never stop. */

/* A request has failed, and the system says why, too. The system alone is not believed: it
 * knows of no network where only this computer is meant. */
static gboolean
is_cut_off (LigdiWindow *self)
{
  return self->checkout != NULL && !self->loopback && !ligdi_checkout_is_online (self->checkout)
         && !g_network_monitor_get_network_available (g_network_monitor_get_default ());
}

/* Fingers do not hover: what the pill knows is said above the sale too, for as long as it holds. */
static void
tell_cut_off (LigdiWindow *self)
{
  LigdiNotice *notice = ligdi_sale_page_get_notice (self->sale_page);
  LigdiMessage message = ligdi_message_for_diagnosis (LIGDI_DIAGNOSIS_NO_LINK);
  gboolean told = ligdi_notice_replace (notice, message.title, message.title, message.sentence);
  gboolean due = is_cut_off (self) && !self->kiosk
                 && ligdi_checkout_get_diagnosis (self->checkout) == LIGDI_DIAGNOSIS_NO_LINK;

  if (due && !ligdi_notice_is_shown (notice))
    ligdi_notice_show (notice, message.title, message.sentence);
  else if (told && !due)
    ligdi_notice_hide (notice);
}

/* More is found out about a failure after it was told. */
static void
tell_more (LigdiWindow *self)
{
  LigdiMessage message;

  if (self->create_failure == NULL)
    return;
  message = ligdi_message_for_failed_create (self->create_failure, NULL,
                                             ligdi_checkout_get_diagnosis (self->checkout));
  /* Whatever it was, it is over. */
  if (ligdi_checkout_is_online (self->checkout))
    message = ligdi_message_for_diagnosis (LIGDI_DIAGNOSIS_UNCLEAR);
  if (!ligdi_notice_replace (ligdi_window_get_notice (self), self->create_words, message.title,
                             message.sentence)
      || ligdi_checkout_is_online (self->checkout))
    g_clear_error (&self->create_failure);
  self->create_words = message.title;
}

static void
on_online_changed (LigdiWindow *self)
{
  ligdi_window_update_header (self);
  ligdi_window_update_block (self);
  tell_more (self);
  tell_cut_off (self);
  /* Somebody waits there, and may do something about it. */
  if (self->payment != NULL
      && ligdi_payment_get_state (self->payment) == LIGDI_PAYMENT_STATE_UNRESOLVED)
    ligdi_window_route (self);
}

static void
on_create_failed (LigdiCheckout *checkout, LigdiPayment *payment, const GError *error,
                  gpointer user_data)
{
  LigdiWindow *self = user_data;
  LigdiMessage message
      = ligdi_message_for_failed_create (error, ligdi_payment_get_record (payment)->refusal,
                                         ligdi_checkout_get_diagnosis (checkout));

  /* A customer can do something about the amount, and about nothing else. */
  if (self->kiosk && ligdi_error_get_diagnosis (error) != LIGDI_DIAGNOSIS_AMOUNT_OUT_OF_RANGE)
    message = ligdi_message_for_customer_failure ();
  /* The sale comes back first: it takes away what was said before. */
  if (payment == self->payment)
    ligdi_window_route (self);
  ligdi_notice_show (ligdi_window_get_notice (self), message.title, message.sentence);
  g_clear_error (&self->create_failure);
  if (!self->kiosk && g_error_matches (error, LIGDI_ERROR, LIGDI_ERROR_OFFLINE))
    self->create_failure = g_error_copy (error);
  self->create_words = message.title;
}

/**
 * ligdi_window_update_block:
 * @self: a window
 *
 * Says one reason at a time why nothing can be charged, the gravest first.
 */
void
ligdi_window_update_block (LigdiWindow *self)
{
  const char *reason = NULL;
  gboolean nameless = self->shop_name == NULL || *self->shop_name == '\0';

  if (self->failure != NULL)
    reason = ligdi_message_for_error ((LigdiError) self->failure->code, NULL).title;
  else if (self->checkout == NULL || self->sandbox == LIGDI_SANDBOX_UNKNOWN)
    reason = self->waits_for_keyring ? _("Open the keyring") : _("Getting ready…");
  else if (nameless)
    reason = _("The shop has no name yet");
  else if (is_cut_off (self))
    reason = _("Offline: cannot charge");
  ligdi_sale_page_set_block (self->sale_page, reason);
  if (self->charge_page != NULL)
    ligdi_charge_page_set_block (self->charge_page, reason);
  ligdi_window_update_kiosk (self, reason == NULL);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->name_bar), nameless);
}

/**
 * ligdi_window_wait_for_keyring:
 * @self: a window
 *
 * Says what everybody is waiting for.
 */
void
ligdi_window_wait_for_keyring (LigdiWindow *self)
{
  LigdiMessage message = ligdi_message_for_error (LIGDI_ERROR_KEYRING, NULL);

  g_return_if_fail (LIGDI_IS_WINDOW (self));

  if (self->checkout != NULL || self->failure != NULL)
    return;
  self->waits_for_keyring = TRUE;
  ligdi_window_update_block (self);
  if (!self->kiosk)
    ligdi_notice_show (self->notice, message.title, message.sentence);
}

/**
 * ligdi_window_update_header:
 * @self: a window
 *
 * Says whether the gateway can be reached, and how many payments must not be forgotten.
 */
void
ligdi_window_update_header (LigdiWindow *self)
{
  gboolean online = self->checkout == NULL || ligdi_checkout_is_online (self->checkout);
  LigdiConnection connection = online ? LIGDI_CONNECTION_ONLINE : LIGDI_CONNECTION_OFFLINE;
  LigdiMessage message = { 0 };
  g_autofree char *reason = NULL;

  if (!online && !self->demonstration)
    {
      message = ligdi_message_for_diagnosis (ligdi_checkout_get_diagnosis (self->checkout));
      reason = g_strjoin ("\n", message.title, message.sentence, NULL);
    }
  ligdi_header_set_connection (self->header,
                               self->demonstration ? LIGDI_CONNECTION_DEMONSTRATION : connection,
                               reason);
  ligdi_header_set_count (self->header, self->checkout != NULL
                                            ? ligdi_checkout_count_to_follow (self->checkout)
                                            : 0);
}

/**
 * ligdi_window_follow_connection:
 * @self: a window with a checkout
 *
 * Shows from now on what becomes of the connection.
 */
void
ligdi_window_follow_connection (LigdiWindow *self)
{
  g_signal_connect (self->checkout, "create-failed", G_CALLBACK (on_create_failed), self);
  g_signal_connect_swapped (self->checkout, "online-changed", G_CALLBACK (on_online_changed),
                            self);
  g_signal_connect_swapped (g_network_monitor_get_default (), "network-changed",
                            G_CALLBACK (ligdi_window_update_block), self);
}
