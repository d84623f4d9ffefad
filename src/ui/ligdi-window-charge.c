/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-window-private.h"

#include "ligdi-error.h"

#include <glib/gi18n.h>

/* What other programs ask for. It comes before the cashier when nothing else is at hand, and
 * waits above the sale otherwise. */

/* What is asked for, and how far it has come. */
typedef struct
{
  LigdiCharge *charge;
  LigdiPayment *payment; /* an earlier try that came to nothing, or NULL */
  gboolean aside;        /* until the cashier asks for it */
} Offer;

/* A page that nobody here has asked for was not there when the finger set out. */
#define DEAF_US (800 * 1000)

static guint charge_changed;

static void
offer_free (gpointer data)
{
  Offer *offer = data;

  ligdi_charge_free (offer->charge);
  g_clear_object (&offer->payment);
  g_free (offer);
}

static Offer *
find_offer (LigdiWindow *self, const char *reference, guint *index)
{
  for (guint i = 0; self->offers != NULL && i < self->offers->len; i++)
    {
      Offer *offer = g_ptr_array_index (self->offers, i);

      if (!g_str_equal (offer->charge->reference, reference))
        continue;
      if (index != NULL)
        *index = i;
      return offer;
    }
  return NULL;
}

static Offer *
find_first (LigdiWindow *self)
{
  for (guint i = 0; self->offers != NULL && i < self->offers->len; i++)
    {
      Offer *offer = g_ptr_array_index (self->offers, i);

      if (!offer->aside)
        return offer;
    }
  return NULL;
}

static Offer *
get_shown (LigdiWindow *self)
{
  return self->offered != NULL ? find_offer (self, self->offered, NULL) : NULL;
}

static void
drop (LigdiWindow *self, const char *reference)
{
  guint index;
  Offer *offer = find_offer (self, reference, &index);

  if (offer == NULL)
    return;
  if (self->shown_charge == offer)
    {
      /* The question was about this one. */
      self->shown_charge = NULL;
      ligdi_window_close_repeat (self);
    }
  g_ptr_array_remove_index (self->offers, index);
}

static void
tell (LigdiWindow *self, const char *reference)
{
  g_signal_emit (self, charge_changed, 0, reference);
}

static void
on_accept (LigdiChargePage *page, int opening, gpointer user_data)
{
  LigdiWindow *self = user_data;
  Offer *offer = get_shown (self);
  LigdiOpening where;
  g_autofree char *reference = NULL;
  g_autoptr (LigdiPayment) payment = NULL;
  g_autoptr (GError) error = NULL;

  /* Whatever was pressed and however often: one payment on this screen. */
  if (offer == NULL || self->payment != NULL || self->checkout == NULL || self->failure != NULL)
    return;
  if (offer->payment == NULL
      && !ligdi_window_may_charge (self, ligdi_sale_get_total (offer->charge->sale), opening))
    return;
  where = ligdi_window_choose_opening (self, opening);
  payment = offer->payment != NULL
                ? ligdi_checkout_begin_again (self->checkout, offer->payment, where, &error)
                : ligdi_checkout_begin_charge (self->checkout, offer->charge, where,
                                               self->repeat_of, &error);
  ligdi_window_close_repeat (self);
  reference = g_strdup (offer->charge->reference);
  /* There is a sale for it already: nobody is to be asked about it again. */
  if (payment != NULL || g_error_matches (error, LIGDI_ERROR, LIGDI_ERROR_STATE))
    drop (self, reference);
  if (payment != NULL)
    ligdi_window_set_payment (self, payment);
  else
    {
      ligdi_window_route (self);
      ligdi_window_show_error (self, error, NULL);
    }
  tell (self, reference);
}

static void
on_later (LigdiChargePage *page, gpointer user_data)
{
  LigdiWindow *self = user_data;
  Offer *offer = get_shown (self);

  if (offer != NULL)
    offer->aside = TRUE;
  ligdi_window_route (self);
}

static void
on_refuse (LigdiChargePage *page, gpointer user_data)
{
  LigdiWindow *self = user_data;
  Offer *offer = get_shown (self);
  g_autofree char *reference = NULL;
  g_autoptr (GError) error = NULL;

  if (offer == NULL || self->checkout == NULL)
    return;
  reference = g_strdup (offer->charge->reference);
  /* A customer who did not pay is another answer. */
  if (offer->payment == NULL
      || ligdi_payment_get_record (offer->payment)->state == LIGDI_PAYMENT_STATE_ABORTED)
    ligdi_checkout_refuse_charge (self->checkout, offer->charge, &error);
  /* Where it cannot be written down, whoever asks again will be heard again. */
  drop (self, reference);
  ligdi_window_route (self);
  if (error != NULL)
    ligdi_window_show_error (self, error, NULL);
  tell (self, reference);
}

static void
on_look (LigdiChargeBar *bar, gpointer user_data)
{
  LigdiWindow *self = user_data;
  Offer *first = find_first (self);

  if (first == NULL && self->offers->len > 0)
    first = g_ptr_array_index (self->offers, 0);
  if (first == NULL)
    return;
  first->aside = FALSE;
  g_free (self->offered);
  self->offered = g_strdup (first->charge->reference);
  ligdi_window_route (self);
}

static void
make_page (LigdiWindow *self)
{
  if (self->charge_page != NULL)
    return;
  self->charge_page = LIGDI_CHARGE_PAGE (ligdi_charge_page_new ());
  gtk_container_add (GTK_CONTAINER (self->stack), GTK_WIDGET (self->charge_page));
  g_signal_connect (self->charge_page, "accept", G_CALLBACK (on_accept), self);
  g_signal_connect (self->charge_page, "later", G_CALLBACK (on_later), self);
  g_signal_connect (self->charge_page, "refuse", G_CALLBACK (on_refuse), self);
  ligdi_window_update_block (self);
}

static void
add (LigdiWindow *self, const LigdiCharge *charge, LigdiPayment *payment, gboolean first)
{
  Offer *offer = g_new0 (Offer, 1);

  offer->charge = ligdi_charge_copy (charge);
  g_set_object (&offer->payment, payment);
  if (self->offers == NULL)
    self->offers = g_ptr_array_new_with_free_func (offer_free);
  g_ptr_array_insert (self->offers, first ? 0 : -1, offer);
}

/* What shall be on screen: what is there already, or the first that waits if the cashier is doing
 * nothing else. */
static Offer *
choose (LigdiWindow *self)
{
  Offer *shown = get_shown (self);

  if (shown != NULL && !shown->aside)
    return shown;
  return ligdi_sale_page_is_empty (self->sale_page) ? find_first (self) : NULL;
}

/**
 * ligdi_window_choose_sale_page:
 * @self: a window without a payment on screen
 *
 * Returns: (transfer none): the page of the cashier's own sale, or the one of what another
 *   program asks for
 */
gpointer
ligdi_window_choose_sale_page (LigdiWindow *self)
{
  Offer *offer = self->kiosk ? NULL : choose (self);

  if (offer == NULL && self->offered == NULL)
    return self->sale_page;
  /* Also when it goes: the button of the cashier's own sale lies where its button was. */
  if (offer == NULL || self->shown_charge != offer)
    {
      ligdi_window_close_repeat (self);
      self->deaf_until = g_get_monotonic_time () + DEAF_US;
    }
  if (offer == NULL)
    {
      g_clear_pointer (&self->offered, g_free);
      self->shown_charge = NULL;
      return self->sale_page;
    }
  make_page (self);
  if (self->shown_charge != offer)
    {
      g_free (self->offered);
      self->offered = g_strdup (offer->charge->reference);
      ligdi_charge_page_show (self->charge_page, offer->charge);
      self->shown_charge = offer;
    }
  return self->charge_page;
}

/**
 * ligdi_window_update_offers:
 * @self: a window
 * @page: what is on screen at the counter, or %NULL
 *
 * Says above the cashier's own sale what else waits.
 */
void
ligdi_window_update_offers (LigdiWindow *self, gpointer page)
{
  guint n_offers = self->offers != NULL ? self->offers->len : 0;

  if (page != self->sale_page || n_offers == 0 || self->kiosk)
    ligdi_charge_bar_close (self->charge_bar);
  else
    {
      Offer *first = g_ptr_array_index (self->offers, 0);

      ligdi_charge_bar_tell (self->charge_bar, first->charge, n_offers);
    }
}

/**
 * ligdi_window_get_notice:
 * @self: a window
 *
 * Returns: (transfer none): where the page of the sale says what went wrong
 */
LigdiNotice *
ligdi_window_get_notice (LigdiWindow *self)
{
  if (self->charge_page != NULL
      && gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->charge_page))
    return ligdi_charge_page_get_notice (self->charge_page);
  return ligdi_sale_page_get_notice (self->sale_page);
}

/**
 * ligdi_window_offer:
 * @self: a window
 * @charge: what another program asks for; not one that is there already
 *
 * Puts it before the cashier as soon as nothing else is at hand.
 */
void
ligdi_window_offer (LigdiWindow *self, const LigdiCharge *charge)
{
  g_return_if_fail (LIGDI_IS_WINDOW (self));
  g_return_if_fail (charge != NULL);
  g_return_if_fail (find_offer (self, charge->reference, NULL) == NULL);

  add (self, charge, NULL, FALSE);
  ligdi_window_route (self);
  tell (self, charge->reference);
}

/**
 * ligdi_window_offer_again:
 * @self: a window
 * @payment: a payment that came to nothing, of a sale that another program has asked for
 *
 * Puts the same sale before the cashier once more: at once if it is on screen, else as soon as
 * nothing else is at hand. What comes of it is another try, and not another sale.
 *
 * Returns: %FALSE when the sale cannot be read
 */
gboolean
ligdi_window_offer_again (LigdiWindow *self, LigdiPayment *payment)
{
  const LigdiPaymentRecord *record;
  gboolean on_screen;
  g_autoptr (LigdiSale) sale = NULL;
  g_autoptr (LigdiCharge) charge = NULL;

  g_return_val_if_fail (LIGDI_IS_WINDOW (self), FALSE);
  g_return_val_if_fail (LIGDI_IS_PAYMENT (payment), FALSE);

  record = ligdi_payment_get_record (payment);
  if (record->charge == NULL || find_offer (self, record->charge, NULL) != NULL)
    return record->charge != NULL;
  sale = ligdi_checkout_load_sale (self->checkout, payment, NULL);
  if (sale == NULL)
    return FALSE;
  charge = ligdi_charge_new (record->charge,
                             record->charge_sender != NULL ? record->charge_sender : "", sale);
  on_screen = self->payment == payment;
  add (self, charge, payment, on_screen);
  if (!on_screen)
    {
      ligdi_window_route (self);
      tell (self, charge->reference);
      return TRUE;
    }
  /* Whoever takes it away goes on to what is offered. */
  g_free (self->offered);
  self->offered = g_strdup (charge->reference);
  return TRUE;
}

/**
 * ligdi_window_get_offer:
 * @self: a window
 * @reference: what another program calls what it asks for
 *
 * Returns: (transfer none) (nullable): what waits for the cashier under that reference
 */
const LigdiCharge *
ligdi_window_get_offer (LigdiWindow *self, const char *reference)
{
  Offer *offer;

  g_return_val_if_fail (LIGDI_IS_WINDOW (self), NULL);
  g_return_val_if_fail (reference != NULL, NULL);

  offer = find_offer (self, reference, NULL);
  return offer != NULL ? offer->charge : NULL;
}

/**
 * ligdi_window_withdraw:
 * @self: a window
 * @reference: what another program calls what it asked for
 *
 * It is wanted no longer. What the cashier has begun goes on.
 */
void
ligdi_window_withdraw (LigdiWindow *self, const char *reference)
{
  g_return_if_fail (LIGDI_IS_WINDOW (self));
  g_return_if_fail (reference != NULL);

  if (find_offer (self, reference, NULL) == NULL)
    return;
  drop (self, reference);
  ligdi_window_route (self);
  tell (self, reference);
}

/**
 * ligdi_window_count_offers:
 * @self: a window
 *
 * Returns: how many sales wait for the cashier
 */
guint
ligdi_window_count_offers (LigdiWindow *self)
{
  g_return_val_if_fail (LIGDI_IS_WINDOW (self), 0);

  return self->offers != NULL ? self->offers->len : 0;
}

/**
 * ligdi_window_drop_offers:
 * @self: a window that becomes a kiosk
 *
 * Nobody is there who could say yes.
 */
void
ligdi_window_drop_offers (LigdiWindow *self)
{
  while (self->offers != NULL && self->offers->len > 0)
    {
      Offer *first = g_ptr_array_index (self->offers, 0);
      g_autofree char *reference = g_strdup (first->charge->reference);

      drop (self, reference);
      tell (self, reference);
    }
}

/**
 * ligdi_window_forget_offer:
 * @self: a window
 * @payment: a payment that has moved on
 *
 * Nobody is to be asked about a sale that is paid, or being paid.
 */
void
ligdi_window_forget_offer (LigdiWindow *self, LigdiPayment *payment)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (payment);

  if (record->charge != NULL
      && (record->settled_by != LIGDI_SETTLEMENT_OPEN
          || (record->state != LIGDI_PAYMENT_STATE_DECLINED
              && record->state != LIGDI_PAYMENT_STATE_ABORTED
              && record->state != LIGDI_PAYMENT_STATE_UNRESOLVED)))
    drop (self, record->charge);
}

/**
 * ligdi_window_say_bad_link:
 * @self: a window
 *
 * Somebody has followed a link that asks for nothing that could be charged here.
 */
void
ligdi_window_say_bad_link (LigdiWindow *self)
{
  g_return_if_fail (LIGDI_IS_WINDOW (self));

  if (!self->kiosk)
    ligdi_notice_show (self->notice, _("This link asks for nothing that can be charged"),
                       _("Type the amount here, or tell whoever made the link."));
}

/**
 * ligdi_window_tell_charge:
 * @self: a window
 * @payment: a payment that has come on screen, or has left it
 *
 * Whoever has asked for its sale may want to know.
 */
void
ligdi_window_tell_charge (LigdiWindow *self, LigdiPayment *payment)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (payment);

  if (record->charge != NULL)
    tell (self, record->charge);
}

/**
 * ligdi_window_add_offers:
 * @self: a window
 */
void
ligdi_window_add_offers (LigdiWindow *self)
{
  g_signal_connect (self->charge_bar, "look", G_CALLBACK (on_look), self);
}

/**
 * ligdi_window_install_charge_signals:
 *
 * To be called when the class is made.
 */
void
ligdi_window_install_charge_signals (void)
{
  /**
   * LigdiWindow::charge-changed:
   * @self: the window
   * @reference: what another program calls what it asked for
   *
   * The cashier has decided something about it, or has turned to something else.
   */
  charge_changed = g_signal_new ("charge-changed", LIGDI_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}
