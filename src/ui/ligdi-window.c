/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-window-private.h"

#include "ligdi-error.h"
#include "ligdi-message.h"
#include "ligdi-style.h"
#include "ligdi-trace.h"

#include <glib/gi18n.h>

/* One till: decides which page is shown, from the state of the one payment that is on
 * its screen. */

/* The gateway often answers within two frames. A page shown for so short a time would
 * flicker, and making it would hold up the one that follows. */
#define FLICKER_MS 34

G_DEFINE_FINAL_TYPE (LigdiWindow, ligdi_window, GTK_TYPE_APPLICATION_WINDOW)

/* The computer stays awake while a customer pays, and does not lock the moment it is over. */
static void
update_inhibition (LigdiWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  gboolean busy = ligdi_window_has_customer (self)
                  || (self->payment != NULL
                      && ligdi_payment_get_state (self->payment) == LIGDI_PAYMENT_STATE_VERIFYING);

  if (busy && self->inhibit_cookie == 0)
    self->inhibit_cookie = gtk_application_inhibit (
        application, GTK_WINDOW (self), GTK_APPLICATION_INHIBIT_SUSPEND | GTK_APPLICATION_INHIBIT_IDLE,
        _("A customer is paying"));
  else if (!busy && self->inhibit_cookie != 0)
    {
      gtk_application_uninhibit (application, self->inhibit_cookie);
      self->inhibit_cookie = 0;
    }
  if (self->busy && !busy)
    ligdi_window_attend (self);
  self->busy = busy;
}

/* The payment view lies beneath everything else, in its final place and size, so that its web
 * page can get ready there: one that appears or changes its size holds the whole window up
 * until its process has drawn it. */
static gboolean
on_get_child_position (GtkOverlay *layers, GtkWidget *child, GdkRectangle *place,
                       gpointer user_data)
{
  LigdiWindow *self = user_data;
  int above = 0;

  if (child != GTK_WIDGET (self->payment_view))
    return FALSE;
  if (gtk_widget_get_visible (GTK_WIDGET (self->header)))
    above += gtk_widget_get_allocated_height (GTK_WIDGET (self->header));
  if (gtk_widget_get_visible (self->strip) && !self->demonstration)
    above += gtk_widget_get_allocated_height (self->strip);
  place->x = 0;
  place->y = -above;
  place->width = gtk_widget_get_allocated_width (GTK_WIDGET (layers));
  place->height = gtk_widget_get_allocated_height (GTK_WIDGET (layers)) + above;
  return TRUE;
}

static gboolean
is_paying (LigdiWindow *self)
{
  return !gtk_widget_get_visible (self->counter);
}

static gpointer
get_page (LigdiWindow *self)
{
  return is_paying (self) ? (gpointer) self->payment_view
                          : gtk_stack_get_visible_child (self->stack);
}

static void
show_page (LigdiWindow *self, gpointer page)
{
  gboolean paying = page == self->payment_view;
  /* The idle page has its own, larger. */
  gboolean weave = (page == self->sale_page || page == self->charge_page || self->place != LIGDI_PLACE_COUNTER)
                   && self->place != LIGDI_PLACE_IDLE;
  GtkWidget *focus;

  gtk_widget_set_visible (GTK_WIDGET (self->header), !paying && !self->kiosk);
  ligdi_header_set_place (self->header, self->place);
  gtk_widget_set_visible (self->strip, weave || self->demonstration);
  if (get_page (self) == page)
    return;
  if (page != self->sale_page && page != self->charge_page)
    ligdi_window_close_repeat (self);
  /* Otherwise the stack moves the focus on by one from where the page puts it. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  if (!paying)
    gtk_stack_set_visible_child (self->stack, GTK_WIDGET (page));
  gtk_widget_set_visible (self->counter, !paying);
  /* Pages put the focus where it belongs when they appear; this is for the others. */
  focus = gtk_window_get_focus (GTK_WINDOW (self));
  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (page)))
    gtk_widget_child_focus (GTK_WIDGET (page), GTK_DIR_TAB_FORWARD);
}

/* Nobody could pay: back to the sale as it was. */
static void
leave_aborted (LigdiWindow *self)
{
  g_autoptr (LigdiPayment) payment = g_object_ref (self->payment);
  gboolean offered = ligdi_window_offer_again (self, payment);

  ligdi_window_set_payment (self, NULL);
  if (!offered && ligdi_sale_page_is_empty (self->sale_page))
    ligdi_window_restore_sale (self, payment);
}

static gboolean
on_route (gpointer user_data)
{
  LigdiWindow *self = user_data;

  self->route_id = 0;
  ligdi_window_route (self);
  return G_SOURCE_REMOVE;
}

/* Whether the page that is due only says that the gateway has just been asked. */
static gboolean
has_just_asked (LigdiWindow *self)
{
  const LigdiPaymentRecord *record
      = self->payment != NULL ? ligdi_payment_get_record (self->payment) : NULL;

  return record != NULL
         && ((record->state == LIGDI_PAYMENT_STATE_CREATING
              && record->opening != LIGDI_OPENING_WINDOW)
             || (record->state == LIGDI_PAYMENT_STATE_VERIFYING && record->n_checks == 0));
}

/* Pages take a few ms to change. The question to the gateway, which follows the step that is
 * told here, goes out first. */
static void
route_soon (LigdiWindow *self)
{
  guint wait = has_just_asked (self) ? FLICKER_MS : 0;

  g_clear_handle_id (&self->route_id, g_source_remove);
  self->route_id = g_timeout_add_full (G_PRIORITY_HIGH_IDLE, wait, on_route, self, NULL);
}

static void
on_own_payment_changed (LigdiPayment *payment, gpointer user_data)
{
  route_soon (user_data);
}

static void
on_history_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LigdiWindow *self = user_data;

  ligdi_window_turn_to (self, !ligdi_window_is_in_history (self));
}

static void
on_close_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (user_data));
}

static void
on_to_follow_changed (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (ligdi_window_is_in_history (self))
    ligdi_window_enter_history (self, g_variant_get_boolean (value));
}

static const GActionEntry actions[] = {
  { .name = "history", .activate = on_history_activated },
  { .name = "to-follow", .state = "false", .change_state = on_to_follow_changed },
  { .name = "close", .activate = on_close_activated },
};

static void
on_named (LigdiNameBar *bar, const char *name, gpointer user_data)
{
  g_settings_set_string (LIGDI_WINDOW (user_data)->settings, "shop-name", name);
}

/* A verdict for a payment whose customer is not at the counter any more. */
static void
on_verdict (LigdiCheckout *checkout, LigdiPayment *payment, gpointer user_data)
{
  LigdiWindow *self = user_data;
  const char *title;
  g_autofree char *sentence = NULL;

  /* The result page says it louder. */
  if (payment == self->payment || self->kiosk)
    return;
  sentence = ligdi_message_announce (ligdi_payment_get_record (payment), &title);
  if (!self->locked)
    {
      ligdi_notice_show (self->notice, title, sentence);
      return;
    }
  /* Not to whoever passes by. */
  self->unsaid_title = title;
  g_free (self->unsaid);
  self->unsaid = g_steal_pointer (&sentence);
}

static void
on_any_payment_changed (LigdiCheckout *checkout, LigdiPayment *payment, gpointer user_data)
{
  LigdiWindow *self = user_data;

  ligdi_window_forget_offer (self, payment);
  ligdi_window_update_header (self);
  if (ligdi_window_is_in_history (self))
    ligdi_history_page_hear_of (self->history_page, payment);
}

static void
on_ledger_failed (LigdiCheckout *checkout, const GError *error, gpointer user_data)
{
  ligdi_window_stop_selling (user_data, error);
}

static gboolean
on_delete_event (LigdiWindow *self)
{
  if (self->kiosk
      || (self->payment != NULL && !self->locked && self->place != LIGDI_PLACE_CODE
          && ligdi_payment_get_state (self->payment) == LIGDI_PAYMENT_STATE_AWAITING
          && !ligdi_payment_view_ask_to_abandon (self->payment_view)))
    return GDK_EVENT_STOP;
  ligdi_window_leave (self);
  return GDK_EVENT_PROPAGATE;
}

/* The other pages come after the first frame. */
static void
name_pages (LigdiWindow *self)
{
  if (self->payment_view == NULL || self->till == NULL)
    return;
  ligdi_payment_view_set_till (self->payment_view, self->till);
  ligdi_history_page_set_till (self->history_page, self->till);
}

static void
ligdi_window_dispose (GObject *object)
{
  LigdiWindow *self = LIGDI_WINDOW (object);

  g_clear_handle_id (&self->route_id, g_source_remove);
  ligdi_window_leave_kiosk (self);
  ligdi_window_dismiss_staff (self);
  ligdi_window_close_dialog (self);
  g_signal_handlers_disconnect_by_data (g_network_monitor_get_default (), self);
  if (self->checkout != NULL)
    g_signal_handlers_disconnect_by_data (self->checkout, self);
  if (self->payment != NULL)
    g_clear_signal_handler (&self->payment_changed_id, self->payment);
  /* The page may be on the customer's side, and goes before its window does. */
  if (self->payment_view != NULL)
    {
      ligdi_payment_view_set_payment (self->payment_view, NULL);
      ligdi_payment_view_set_stage (self->payment_view, NULL);
      self->payment_view = NULL;
    }
  g_clear_object (&self->settings);
  if (self->customer != NULL)
    gtk_widget_destroy (GTK_WIDGET (self->customer));
  self->customer = NULL;
  g_clear_pointer (&self->repeats, g_ptr_array_unref);
  g_clear_pointer (&self->repeat_of, g_free);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  g_clear_object (&self->payment);
  g_clear_object (&self->checkout);
  G_OBJECT_CLASS (ligdi_window_parent_class)->dispose (object);
}

static void
ligdi_window_finalize (GObject *object)
{
  LigdiWindow *self = LIGDI_WINDOW (object);

  g_clear_error (&self->failure);
  g_clear_error (&self->create_failure);
  g_free (self->shop_name);
  g_free (self->till);
  g_free (self->phone);
  g_free (self->footer);
  g_free (self->cashier);
  g_free (self->unsaid);
  g_free (self->code_of);
  g_free (self->offered);
  g_free (self->repeat_charge);
  G_OBJECT_CLASS (ligdi_window_parent_class)->finalize (object);
}

static void
ligdi_window_class_init (LigdiWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ligdi_window_dispose;
  object_class->finalize = ligdi_window_finalize;

  ligdi_window_install_welcome_signals ();
  ligdi_window_install_charge_signals ();
  g_type_ensure (LIGDI_TYPE_CHARGE_BAR);
  g_type_ensure (LIGDI_TYPE_REPEAT_BAR);
  g_type_ensure (LIGDI_TYPE_HEADER);
  g_type_ensure (LIGDI_TYPE_NAME_BAR);
  g_type_ensure (LIGDI_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiWindow, header);
  gtk_widget_class_bind_template_child (widget_class, LigdiWindow, strip);
  gtk_widget_class_bind_template_child (widget_class, LigdiWindow, name_bar);
  gtk_widget_class_bind_template_child (widget_class, LigdiWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, LigdiWindow, repeat_bar);
  gtk_widget_class_bind_template_child (widget_class, LigdiWindow, charge_bar);
  gtk_widget_class_bind_template_child (widget_class, LigdiWindow, layers);
  gtk_widget_class_bind_template_child (widget_class, LigdiWindow, counter);
  gtk_widget_class_bind_template_child (widget_class, LigdiWindow, stack);
  gtk_widget_class_bind_template_callback (widget_class, on_get_child_position);
  gtk_widget_class_bind_template_callback (widget_class, on_named);
}

static void
ligdi_window_init (LigdiWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ligdi_window_add_sale_page (self);
  ligdi_window_add_offers (self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  ligdi_style_follow_size (GTK_WINDOW (self));
  g_signal_connect (self, "delete-event", G_CALLBACK (on_delete_event), NULL);
}

/**
 * ligdi_window_new:
 * @application: the application
 * @demonstration: whether the money is play money
 *
 * Returns: (transfer floating): a till that cannot charge yet
 */
GtkWidget *
ligdi_window_new (GtkApplication *application, gboolean demonstration)
{
  LigdiWindow *self = g_object_new (LIGDI_TYPE_WINDOW, "application", application, NULL);

  self->demonstration = demonstration;
  gtk_style_context_add_class (gtk_widget_get_style_context (self->strip),
                               demonstration ? "hazard" : "weave");
  ligdi_window_update_header (self);
  ligdi_window_update_block (self);
  ligdi_window_route (self);
  return GTK_WIDGET (self);
}

/**
 * ligdi_window_route:
 * @self: a window
 *
 * Shows the page that the payment on screen calls for.
 */
void
ligdi_window_route (LigdiWindow *self)
{
  g_clear_handle_id (&self->route_id, g_source_remove);
  if (ligdi_window_needs_lock (self))
    {
      ligdi_window_lock (self);
      return;
    }
  update_inhibition (self);
  ligdi_window_update_customer (self);
  /* What a customer is paying lies beneath, and is not for whoever types a code. */
  if (self->payment_view != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->payment_view),
                            self->place != LIGDI_PLACE_CODE && !self->locked);
  if (self->place != LIGDI_PLACE_COUNTER || self->payment == NULL)
    {
      gpointer page = self->place != LIGDI_PLACE_COUNTER ? ligdi_window_get_place_page (self)
                                                         : ligdi_window_choose_sale_page (self);

      show_page (self, page);
      ligdi_window_update_offers (self, page);
      return;
    }
  ligdi_window_update_offers (self, NULL);
  switch (ligdi_payment_get_state (self->payment))
    {
    case LIGDI_PAYMENT_STATE_CREATING:
      show_page (self, self->payment_view);
      ligdi_payment_view_set_payment (self->payment_view, self->payment);
      break;
    case LIGDI_PAYMENT_STATE_AWAITING:
      show_page (self, self->payment_view);
      ligdi_payment_view_set_payment (self->payment_view, self->payment);
      /* What another program asked for was never there. */
      if (ligdi_payment_get_record (self->payment)->charge == NULL)
        ligdi_sale_page_reset (self->sale_page);
      break;
    case LIGDI_PAYMENT_STATE_VERIFYING:
      ligdi_payment_view_set_payment (self->payment_view, NULL);
      ligdi_verifying_page_set_payment (self->verifying_page, self->payment);
      show_page (self, self->verifying_page);
      break;
    case LIGDI_PAYMENT_STATE_UNRESOLVED:
    case LIGDI_PAYMENT_STATE_PAID:
    case LIGDI_PAYMENT_STATE_DECLINED:
    case LIGDI_PAYMENT_STATE_DISPUTED:
      ligdi_payment_view_set_payment (self->payment_view, NULL);
      ligdi_result_page_set_payment (self->result_page, self->payment,
                                     ligdi_checkout_get_diagnosis (self->checkout));
      show_page (self, self->result_page);
      /* The next frame may be nearly due: what can be done before it is done now. */
      gtk_container_check_resize (GTK_CONTAINER (self));
      ligdi_trace_painted (GTK_WIDGET (self->result_page), "verdict painted");
      break;
    case LIGDI_PAYMENT_STATE_ABORTED:
      leave_aborted (self);
      break;
    }
}

/**
 * ligdi_window_set_payment:
 * @self: a window
 * @payment: (nullable): the payment that shall be on screen, or %NULL for the sale
 */
void
ligdi_window_set_payment (LigdiWindow *self, LigdiPayment *payment)
{
  g_autoptr (LigdiPayment) left = NULL;

  if (self->payment != NULL)
    {
      g_clear_signal_handler (&self->payment_changed_id, self->payment);
      left = g_object_ref (self->payment);
    }
  ligdi_payment_view_set_payment (self->payment_view, NULL);
  self->looked_up = FALSE;
  g_set_object (&self->payment, payment);
  if (payment != NULL)
    ligdi_window_forget_offer (self, payment);
  if (payment != NULL)
    self->payment_changed_id
        = g_signal_connect (payment, "changed", G_CALLBACK (on_own_payment_changed), self);
  if (has_just_asked (self))
    route_soon (self);
  else
    ligdi_window_route (self);
  if (left != NULL)
    ligdi_window_tell_charge (self, left);
}

/**
 * ligdi_window_complete:
 * @self: a window that is on screen
 *
 * Makes what it does not take to type an amount. To be called before anything but
 * ligdi_window_set_shop(), and after the first frame, which must not wait for it.
 */
void
ligdi_window_complete (LigdiWindow *self)
{
  g_return_if_fail (LIGDI_IS_WINDOW (self));

  if (self->payment_view != NULL)
    return;
  ligdi_window_add_other_pages (self);
  name_pages (self);
  ligdi_window_update_customer (self);
}

/**
 * ligdi_window_set_shop:
 * @self: a window
 * @shop: what the shop has set
 */
void
ligdi_window_set_shop (LigdiWindow *self, const LigdiShop *shop)
{
  g_return_if_fail (LIGDI_IS_WINDOW (self));
  g_return_if_fail (shop != NULL);

  g_free (self->shop_name);
  self->shop_name = g_strdup (shop->name);
  g_free (self->till);
  self->till = g_strdup (shop->till);
  g_free (self->phone);
  self->phone = g_strdup (shop->phone);
  g_free (self->footer);
  self->footer = g_strdup (shop->footer);
  self->opening = shop->opening;
  self->customer_display = shop->customer_display;
  ligdi_header_set_shop (self->header, shop->name, shop->till);
  name_pages (self);
  ligdi_sale_page_set_limit (self->sale_page, shop->limit);
  ligdi_window_update_customer (self);
  ligdi_window_update_block (self);
}

/**
 * ligdi_window_set_sandbox:
 * @self: a window
 * @sandbox: how payment pages may be shown here
 */
void
ligdi_window_set_sandbox (LigdiWindow *self, LigdiSandbox sandbox)
{
  g_return_if_fail (LIGDI_IS_WINDOW (self));

  self->sandbox = sandbox;
  ligdi_payment_view_set_sandboxed (self->payment_view, sandbox == LIGDI_SANDBOX_ON);
  switch (sandbox)
    {
    case LIGDI_SANDBOX_UNKNOWN:
    case LIGDI_SANDBOX_ON:
      break;
    case LIGDI_SANDBOX_OFF:
      ligdi_notice_show (self->notice, _("This computer does not lock up web pages"),
                         _("Payment pages run without WebKit’s sandbox here."));
      break;
    case LIGDI_SANDBOX_REFUSED:
      ligdi_window_say_no_page (self);
      break;
    }
  ligdi_window_update_block (self);
}

/**
 * ligdi_window_set_checkout:
 * @self: a window
 * @checkout: what takes the payments
 * @loopback: whether the gateway is on this computer
 *
 * From now on the till can charge.
 */
void
ligdi_window_set_checkout (LigdiWindow *self, LigdiCheckout *checkout, gboolean loopback)
{
  g_return_if_fail (LIGDI_IS_WINDOW (self));
  g_return_if_fail (LIGDI_IS_CHECKOUT (checkout));
  g_return_if_fail (self->checkout == NULL);

  self->checkout = g_object_ref (checkout);
  self->loopback = loopback;
  if (self->waits_for_keyring)
    ligdi_notice_hide (self->notice);
  self->waits_for_keyring = FALSE;
  ligdi_history_page_set_checkout (self->history_page, checkout);
  g_signal_connect (checkout, "payment-changed", G_CALLBACK (on_any_payment_changed), self);
  g_signal_connect (checkout, "verdict", G_CALLBACK (on_verdict), self);
  g_signal_connect (checkout, "ledger-failed", G_CALLBACK (on_ledger_failed), self);
  ligdi_window_follow_cashier (self);
  ligdi_window_follow_connection (self);
  ligdi_window_update_header (self);
  ligdi_window_update_block (self);
  ligdi_trace_now ("till ready to charge");
}

/**
 * ligdi_window_show_payment:
 * @self: a window
 * @payment: a payment
 *
 * Brings a payment on screen, wherever it is.
 */
void
ligdi_window_show_payment (LigdiWindow *self, LigdiPayment *payment)
{
  g_return_if_fail (LIGDI_IS_WINDOW (self));
  g_return_if_fail (LIGDI_IS_PAYMENT (payment));

  /* A kiosk that has no code yet and a till that is locked show nothing else; the payment comes
   * after that. */
  if (!self->code_awaited && !self->locked)
    self->place = LIGDI_PLACE_COUNTER;
  ligdi_window_set_payment (self, payment);
}

/**
 * ligdi_window_shows:
 * @self: a window
 * @payment: a payment
 *
 * Returns: whether @payment is the one on this till's screen: its result comes there, in time
 */
gboolean
ligdi_window_shows (LigdiWindow *self, LigdiPayment *payment)
{
  g_return_val_if_fail (LIGDI_IS_WINDOW (self), FALSE);

  return payment == self->payment;
}

/**
 * ligdi_window_serves:
 * @self: a window
 * @payment: a payment
 *
 * Returns: whether it is on screen, and not only because somebody wanted to see how it stands
 */
gboolean
ligdi_window_serves (LigdiWindow *self, LigdiPayment *payment)
{
  return ligdi_window_shows (self, payment) && !self->looked_up;
}

/**
 * ligdi_window_has_customer:
 * @self: a window
 *
 * Returns: whether a customer is paying just now: that page stays on screen, or nobody would
 *   leave it
 */
gboolean
ligdi_window_has_customer (LigdiWindow *self)
{
  LigdiPaymentState state;

  g_return_val_if_fail (LIGDI_IS_WINDOW (self), FALSE);

  if (self->payment == NULL)
    return FALSE;
  state = ligdi_payment_get_state (self->payment);
  return state == LIGDI_PAYMENT_STATE_CREATING || state == LIGDI_PAYMENT_STATE_AWAITING;
}

/**
 * ligdi_window_stop_selling:
 * @self: a window
 * @error: why
 *
 * Takes the pay button away and says what to do. What is on screen stays.
 */
void
ligdi_window_stop_selling (LigdiWindow *self, const GError *error)
{
  LigdiMessage message;

  g_return_if_fail (LIGDI_IS_WINDOW (self));
  g_return_if_fail (error != NULL);

  g_clear_error (&self->failure);
  self->failure = g_error_copy (error);
  message = ligdi_message_for_error ((LigdiError) error->code, NULL);
  ligdi_notice_show (self->notice, message.title, message.sentence);
  ligdi_window_update_block (self);
}

/**
 * ligdi_window_leave:
 * @self: a window
 *
 * The till is being closed: the payment on screen is left in good order, and asked
 * about when the till opens again.
 */
void
ligdi_window_leave (LigdiWindow *self)
{
  g_return_if_fail (LIGDI_IS_WINDOW (self));

  if (self->payment == NULL || self->checkout == NULL)
    return;
  if (ligdi_payment_get_state (self->payment) == LIGDI_PAYMENT_STATE_CREATING)
    ligdi_checkout_cancel_creating (self->checkout, self->payment, NULL);
  else if (ligdi_payment_get_state (self->payment) == LIGDI_PAYMENT_STATE_AWAITING)
    ligdi_checkout_leave_page (self->checkout, self->payment, LIGDI_EXIT_LOST, NULL);
}
