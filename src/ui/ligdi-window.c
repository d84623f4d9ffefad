/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-window.h"

#include "ligdi-error.h"
#include "ligdi-history-page.h"
#include "ligdi-message.h"
#include "ligdi-money.h"
#include "ligdi-notice.h"
#include "ligdi-payment-view.h"
#include "ligdi-receipt.h"
#include "ligdi-result-page.h"
#include "ligdi-sale-page.h"
#include "ligdi-trace.h"
#include "ligdi-verifying-page.h"

#include <glib/gi18n.h>

/* One till: decides which page is shown, from the state of the one payment that is on
 * its screen. */

/* Below this the small till's sizes are used. */
#define SMALL_WIDTH 1100
#define SMALL_HEIGHT 700

enum
{
  SIGNAL_SHOP_NAMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiWindow
{
  GtkApplicationWindow parent_instance;

  GtkWidget *header;
  GtkLabel *shop_label;
  GtkLabel *till_label;
  GtkWidget *pill;
  GtkImage *pill_icon;
  GtkLabel *pill_label;
  GtkLabel *badge;
  GtkWidget *strip;
  GtkRevealer *name_bar;
  GtkEntry *name_entry;
  LigdiNotice *notice;
  GtkStack *stack;

  LigdiSalePage *sale_page;
  LigdiPaymentView *payment_view;
  LigdiVerifyingPage *verifying_page;
  LigdiResultPage *result_page;
  LigdiHistoryPage *history_page;

  LigdiCheckout *checkout;
  LigdiPayment *payment; /* the one on this till's screen */
  gulong payment_changed_id;
  GHashTable *announced; /* gint64 ids of late verdicts that were told */
  char *shop_name;
  char *till;
  char *phone;
  char *footer;
  gboolean demonstration;
  gboolean loopback;
  gboolean in_history;
  LigdiSandbox sandbox;
  GError *failure; /* why selling has stopped */
  guint inhibit_cookie;
};

G_DEFINE_FINAL_TYPE (LigdiWindow, ligdi_window, GTK_TYPE_APPLICATION_WINDOW)

static void set_payment (LigdiWindow *self, LigdiPayment *payment);

/* One reason at a time why nothing can be charged, the gravest first. */
static void
update_block (LigdiWindow *self)
{
  const char *reason = NULL;
  LigdiMessage message = { 0 };

  if (self->failure != NULL)
    {
      message = ligdi_message_for_error ((LigdiError) self->failure->code, NULL);
      reason = message.title;
    }
  else if (self->sandbox == LIGDI_SANDBOX_REFUSED)
    reason = _("The payment page cannot be shown safely on this computer");
  else if (self->checkout == NULL)
    reason = _("Getting ready…");
  else if (self->shop_name == NULL || *self->shop_name == '\0')
    reason = _("The shop has no name yet");
  else if (!self->loopback && !ligdi_checkout_is_online (self->checkout)
           && !g_network_monitor_get_network_available (g_network_monitor_get_default ()))
    reason = _("Offline: cannot charge");
  ligdi_sale_page_set_block (self->sale_page, reason);
  gtk_revealer_set_reveal_child (self->name_bar,
                                 self->shop_name == NULL || *self->shop_name == '\0');
}

static void
update_pill (LigdiWindow *self)
{
  GtkStyleContext *style = gtk_widget_get_style_context (self->pill);
  gboolean online = self->checkout == NULL || ligdi_checkout_is_online (self->checkout);
  const char *text = online ? _("Online") : _("Offline");
  const char *icon
      = online ? "network-wireless-signal-excellent-symbolic" : "network-offline-symbolic";
  const char *name = online ? "online" : "offline";

  if (self->demonstration)
    {
      text = _("Demonstration · play money");
      icon = "applications-science-symbolic";
      name = "sandbox";
    }
  gtk_style_context_remove_class (style, "online");
  gtk_style_context_remove_class (style, "offline");
  gtk_style_context_add_class (style, name);
  gtk_image_set_from_icon_name (self->pill_icon, icon, GTK_ICON_SIZE_BUTTON);
  gtk_label_set_text (self->pill_label, text);
}

static void
update_badge (LigdiWindow *self)
{
  guint count = self->checkout != NULL ? ligdi_checkout_count_unresolved (self->checkout) : 0;
  g_autofree char *text = g_strdup_printf ("%u", count);
  g_autofree char *name = g_strdup_printf (
      ngettext ("%u payment waits for its result", "%u payments wait for their results", count),
      count);

  gtk_label_set_text (self->badge, text);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), count > 0);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self->badge)), name);
}

/* The computer stays awake while a customer pays. */
static void
update_inhibition (LigdiWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  gboolean busy = FALSE;

  if (self->payment != NULL)
    {
      LigdiPaymentState state = ligdi_payment_get_state (self->payment);

      busy = state == LIGDI_PAYMENT_STATE_CREATING || state == LIGDI_PAYMENT_STATE_AWAITING
             || state == LIGDI_PAYMENT_STATE_VERIFYING;
    }
  if (busy && self->inhibit_cookie == 0)
    self->inhibit_cookie = gtk_application_inhibit (
        application, GTK_WINDOW (self), GTK_APPLICATION_INHIBIT_SUSPEND | GTK_APPLICATION_INHIBIT_IDLE,
        _("A customer is paying"));
  else if (!busy && self->inhibit_cookie != 0)
    {
      gtk_application_uninhibit (application, self->inhibit_cookie);
      self->inhibit_cookie = 0;
    }
}

static void
show_page (LigdiWindow *self, gpointer page)
{
  gboolean paying = page == self->payment_view;
  gboolean weave = page == self->sale_page || page == self->history_page;

  gtk_widget_set_visible (self->header, !paying);
  gtk_widget_set_visible (self->strip, weave || self->demonstration);
  if (gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (page))
    return;
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (page));
  gtk_widget_child_focus (GTK_WIDGET (page), GTK_DIR_TAB_FORWARD);
}

static void
return_to_sale (LigdiWindow *self)
{
  set_payment (self, NULL);
}

/* The sale of a payment that is over, to be charged anew or changed. */
static void
restore_sale (LigdiWindow *self, LigdiPayment *payment)
{
  g_autoptr (LigdiSale) sale = ligdi_checkout_load_sale (self->checkout, payment, NULL);

  if (sale != NULL)
    ligdi_sale_page_restore_sale (self->sale_page, sale);
}

/* Nobody could pay: back to the sale as it was. */
static void
leave_aborted (LigdiWindow *self)
{
  g_autoptr (LigdiPayment) payment = g_object_ref (self->payment);

  return_to_sale (self);
  if (ligdi_sale_page_is_empty (self->sale_page))
    restore_sale (self, payment);
}

static void
route (LigdiWindow *self)
{
  if (self->in_history)
    {
      show_page (self, self->history_page);
      return;
    }
  if (self->payment == NULL)
    {
      show_page (self, self->sale_page);
      return;
    }
  switch (ligdi_payment_get_state (self->payment))
    {
    case LIGDI_PAYMENT_STATE_CREATING:
      show_page (self, self->payment_view);
      ligdi_payment_view_set_payment (self->payment_view, self->payment);
      break;
    case LIGDI_PAYMENT_STATE_AWAITING:
      show_page (self, self->payment_view);
      ligdi_payment_view_set_payment (self->payment_view, self->payment);
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
                                     ligdi_checkout_is_online (self->checkout));
      show_page (self, self->result_page);
      ligdi_trace_painted (GTK_WIDGET (self->result_page), "verdict painted");
      break;
    case LIGDI_PAYMENT_STATE_ABORTED:
      leave_aborted (self);
      break;
    }
}

static void
on_own_payment_changed (LigdiPayment *payment, gpointer user_data)
{
  LigdiWindow *self = user_data;

  route (self);
  update_inhibition (self);
}

static void
set_payment (LigdiWindow *self, LigdiPayment *payment)
{
  if (self->payment != NULL)
    g_clear_signal_handler (&self->payment_changed_id, self->payment);
  ligdi_payment_view_set_payment (self->payment_view, NULL);
  g_set_object (&self->payment, payment);
  if (payment != NULL)
    self->payment_changed_id
        = g_signal_connect (payment, "changed", G_CALLBACK (on_own_payment_changed), self);
  route (self);
  update_inhibition (self);
}

static void
show_error (LigdiWindow *self, const GError *error, const char *sub_code)
{
  LigdiMessage message = ligdi_message_for_error ((LigdiError) error->code, sub_code);

  ligdi_sale_page_show_notice (self->sale_page, message.title, message.sentence);
}

static void
on_charge (LigdiSalePage *page, const LigdiSale *sale, gpointer user_data)
{
  LigdiWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiPayment) payment = NULL;

  /* Whatever was pressed and however often: one payment on this screen. */
  if (self->payment != NULL || self->checkout == NULL || self->failure != NULL)
    return;
  ligdi_trace_now ("charge pressed");
  payment = ligdi_checkout_begin (self->checkout, sale, &error);
  if (payment == NULL)
    show_error (self, error, NULL);
  else
    set_payment (self, payment);
}

static void
on_typing_started (LigdiSalePage *page, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (self->sandbox != LIGDI_SANDBOX_REFUSED && self->checkout != NULL)
    ligdi_payment_view_warm (self->payment_view);
}

static void
on_page_left (LigdiPaymentView *view, int exit, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (self->payment == NULL)
    return;
  if (ligdi_payment_get_state (self->payment) == LIGDI_PAYMENT_STATE_CREATING)
    ligdi_checkout_cancel_creating (self->checkout, self->payment, NULL);
  else
    ligdi_checkout_leave_page (self->checkout, self->payment, (LigdiExit) exit, NULL);
}

static void
on_page_trouble (LigdiPaymentView *view, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (self->payment != NULL)
    ligdi_checkout_check_now (self->checkout, self->payment, NULL);
}

static void
on_continue_in_background (LigdiVerifyingPage *page, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (self->payment != NULL)
    ligdi_checkout_stop_waiting (self->checkout, self->payment, NULL);
  return_to_sale (self);
}

static void
on_new_sale (LigdiResultPage *page, gpointer user_data)
{
  return_to_sale (user_data);
}

static void
begin_again (LigdiWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiPayment) again
      = ligdi_checkout_begin_again (self->checkout, self->payment, &error);

  if (again == NULL)
    {
      return_to_sale (self);
      show_error (self, error, NULL);
      return;
    }
  set_payment (self, again);
}

static void
on_retry (LigdiResultPage *page, gpointer user_data)
{
  begin_again (user_data);
}

static void
on_edit_sale (LigdiResultPage *page, gpointer user_data)
{
  LigdiWindow *self = user_data;
  g_autoptr (LigdiPayment) payment = g_object_ref (self->payment);

  return_to_sale (self);
  restore_sale (self, payment);
}

static void
on_check_now (LigdiResultPage *page, gpointer user_data)
{
  LigdiWindow *self = user_data;

  ligdi_checkout_check_now (self->checkout, self->payment, NULL);
}

static void
on_reopen_page (LigdiResultPage *page, gpointer user_data)
{
  LigdiWindow *self = user_data;

  ligdi_checkout_reopen_page (self->checkout, self->payment, NULL);
}

static void
on_pay_cash (LigdiResultPage *page, gpointer user_data)
{
  LigdiWindow *self = user_data;
  g_autofree char *amount = ligdi_money_format (ligdi_payment_get_record (self->payment)->amount);
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;

  if (!ligdi_checkout_settle_in_cash (self->checkout, self->payment, &error))
    {
      return_to_sale (self);
      show_error (self, error, NULL);
      return;
    }
  /* Translators: %s is an amount. */
  sentence = g_strdup_printf (
      _("%s in cash is recorded. Tell the customer: no more paying by phone."), amount);
  return_to_sale (self);
  ligdi_sale_page_show_notice (self->sale_page, _("Paid in cash"), sentence);
}

static LigdiReceiptShop
get_receipt_shop (LigdiWindow *self)
{
  return (LigdiReceiptShop){
    .name = self->shop_name,
    .till = self->till,
    .phone = self->phone,
    .footer = self->footer,
    .demonstration = self->demonstration,
  };
}

static void
on_print (LigdiResultPage *page, gpointer user_data)
{
  LigdiWindow *self = user_data;
  LigdiReceiptShop shop = get_receipt_shop (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiSale) sale = ligdi_checkout_load_sale (self->checkout, self->payment, &error);

  if (sale == NULL)
    show_error (self, error, NULL);
  else
    ligdi_receipt_print (GTK_WINDOW (self), &shop, ligdi_payment_get_record (self->payment), sale);
}

static void
on_open_payment (LigdiHistoryPage *page, LigdiPayment *payment, gpointer user_data)
{
  ligdi_window_show_payment (user_data, payment);
}

static void
on_history_back (LigdiHistoryPage *page, gpointer user_data)
{
  LigdiWindow *self = user_data;

  self->in_history = FALSE;
  route (self);
}

static void
on_history_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LigdiWindow *self = user_data;

  /* While the customer pays, the page stays on screen. */
  if (self->checkout == NULL
      || gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->payment_view))
    return;
  self->in_history = !self->in_history;
  if (self->in_history)
    ligdi_history_page_refresh (self->history_page);
  route (self);
}

static void
on_close_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (user_data));
}

static const GActionEntry actions[] = {
  { .name = "history", .activate = on_history_activated },
  { .name = "close", .activate = on_close_activated },
};

static void
on_name_given (LigdiWindow *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_entry_get_text (self->name_entry)));

  if (*name != '\0')
    g_signal_emit (self, signals[SIGNAL_SHOP_NAMED], 0, name);
}

/* A verdict for a payment whose customer is not at the counter any more. */
static void
announce (LigdiWindow *self, LigdiPayment *payment)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (payment);
  LigdiMessage message = ligdi_message_for_payment (record, TRUE);
  g_autofree char *amount = ligdi_money_format (record->amount);
  g_autofree char *sentence = NULL;
  const char *title = message.title;

  if (record->state != LIGDI_PAYMENT_STATE_PAID && record->state != LIGDI_PAYMENT_STATE_DECLINED
      && record->state != LIGDI_PAYMENT_STATE_DISPUTED)
    return;
  if (!g_hash_table_add (self->announced, g_memdup2 (&record->id, sizeof record->id)))
    return;
  if (record->state == LIGDI_PAYMENT_STATE_PAID && record->released_by == LIGDI_RELEASE_CASH)
    title = _("PAID TWICE");
  else if (record->state == LIGDI_PAYMENT_STATE_PAID)
    title = _("ARRIVED LATE");
  /* Translators: 1 is the ticket's number, 2 an amount, 3 a result such as PAID. */
  sentence = g_strdup_printf (_("Ticket %1$04d · %2$s · %3$s"), (int) record->ticket, amount,
                              message.word);
  ligdi_notice_show (self->notice, title, sentence);
}

static void
on_any_payment_changed (LigdiCheckout *checkout, LigdiPayment *payment, gpointer user_data)
{
  LigdiWindow *self = user_data;

  update_badge (self);
  if (payment != self->payment)
    announce (self, payment);
  if (self->in_history)
    ligdi_history_page_refresh (self->history_page);
}

static void
on_create_failed (LigdiCheckout *checkout, LigdiPayment *payment, const GError *error,
                  gpointer user_data)
{
  show_error (user_data, error, ligdi_payment_get_record (payment)->refusal);
}

static void
on_ledger_failed (LigdiCheckout *checkout, const GError *error, gpointer user_data)
{
  ligdi_window_stop_selling (user_data, error);
}

static void
on_online_changed (LigdiWindow *self)
{
  update_pill (self);
  update_block (self);
}

static void
on_size_allocate (GtkWidget *widget, GdkRectangle *allocation, gpointer user_data)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  gboolean small = allocation->width < SMALL_WIDTH || allocation->height < SMALL_HEIGHT;

  if (small == gtk_style_context_has_class (style, "small"))
    return;
  if (small)
    gtk_style_context_add_class (style, "small");
  else
    gtk_style_context_remove_class (style, "small");
}

static gboolean
on_delete_event (LigdiWindow *self)
{
  if (self->payment != NULL
      && ligdi_payment_get_state (self->payment) == LIGDI_PAYMENT_STATE_AWAITING
      && !ligdi_payment_view_ask_to_abandon (self->payment_view))
    return GDK_EVENT_STOP;
  ligdi_window_leave (self);
  return GDK_EVENT_PROPAGATE;
}

static gpointer
add_page (LigdiWindow *self, GtkWidget *page)
{
  gtk_widget_show (page);
  gtk_container_add (GTK_CONTAINER (self->stack), page);
  return page;
}

static void
add_pages (LigdiWindow *self)
{
  self->sale_page = add_page (self, ligdi_sale_page_new ());
  self->payment_view = add_page (self, ligdi_payment_view_new ());
  self->verifying_page = add_page (self, ligdi_verifying_page_new ());
  self->result_page = add_page (self, ligdi_result_page_new ());
  self->history_page = add_page (self, ligdi_history_page_new ());

  g_signal_connect (self->sale_page, "charge", G_CALLBACK (on_charge), self);
  g_signal_connect (self->sale_page, "typing-started", G_CALLBACK (on_typing_started), self);
  g_signal_connect (self->payment_view, "left", G_CALLBACK (on_page_left), self);
  g_signal_connect (self->payment_view, "trouble", G_CALLBACK (on_page_trouble), self);
  g_signal_connect (self->verifying_page, "continue-in-background",
                    G_CALLBACK (on_continue_in_background), self);
  g_signal_connect (self->result_page, "new-sale", G_CALLBACK (on_new_sale), self);
  g_signal_connect (self->result_page, "next-customer", G_CALLBACK (on_new_sale), self);
  g_signal_connect (self->result_page, "manager-told", G_CALLBACK (on_new_sale), self);
  g_signal_connect (self->result_page, "retry", G_CALLBACK (on_retry), self);
  g_signal_connect (self->result_page, "pay-again", G_CALLBACK (on_retry), self);
  g_signal_connect (self->result_page, "edit-sale", G_CALLBACK (on_edit_sale), self);
  g_signal_connect (self->result_page, "check-now", G_CALLBACK (on_check_now), self);
  g_signal_connect (self->result_page, "reopen-page", G_CALLBACK (on_reopen_page), self);
  g_signal_connect (self->result_page, "pay-cash", G_CALLBACK (on_pay_cash), self);
  g_signal_connect (self->result_page, "print", G_CALLBACK (on_print), self);
  g_signal_connect (self->history_page, "back", G_CALLBACK (on_history_back), self);
  g_signal_connect (self->history_page, "open-payment", G_CALLBACK (on_open_payment), self);
}

static void
ligdi_window_dispose (GObject *object)
{
  LigdiWindow *self = LIGDI_WINDOW (object);

  g_signal_handlers_disconnect_by_data (g_network_monitor_get_default (), self);
  if (self->checkout != NULL)
    g_signal_handlers_disconnect_by_data (self->checkout, self);
  if (self->payment != NULL)
    g_clear_signal_handler (&self->payment_changed_id, self->payment);
  g_clear_object (&self->payment);
  g_clear_object (&self->checkout);
  G_OBJECT_CLASS (ligdi_window_parent_class)->dispose (object);
}

static void
ligdi_window_finalize (GObject *object)
{
  LigdiWindow *self = LIGDI_WINDOW (object);

  g_hash_table_unref (self->announced);
  g_clear_error (&self->failure);
  g_free (self->shop_name);
  g_free (self->till);
  g_free (self->phone);
  g_free (self->footer);
  G_OBJECT_CLASS (ligdi_window_parent_class)->finalize (object);
}

static void
ligdi_window_class_init (LigdiWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ligdi_window_dispose;
  object_class->finalize = ligdi_window_finalize;

  /**
   * LigdiWindow::shop-named:
   * @self: the window
   * @name: what the shop is called
   *
   * Somebody gave the shop its name.
   */
  signals[SIGNAL_SHOP_NAMED]
      = g_signal_new ("shop-named", LIGDI_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (LIGDI_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiWindow, header);
  gtk_widget_class_bind_template_child_full (widget_class, "shop", FALSE,
                                             G_STRUCT_OFFSET (LigdiWindow, shop_label));
  gtk_widget_class_bind_template_child_full (widget_class, "till", FALSE,
                                             G_STRUCT_OFFSET (LigdiWindow, till_label));
  gtk_widget_class_bind_template_child (widget_class, LigdiWindow, pill);
  gtk_widget_class_bind_template_child (widget_class, LigdiWindow, pill_icon);
  gtk_widget_class_bind_template_child (widget_class, LigdiWindow, pill_label);
  gtk_widget_class_bind_template_child (widget_class, LigdiWindow, badge);
  gtk_widget_class_bind_template_child (widget_class, LigdiWindow, strip);
  gtk_widget_class_bind_template_child (widget_class, LigdiWindow, name_bar);
  gtk_widget_class_bind_template_child (widget_class, LigdiWindow, name_entry);
  gtk_widget_class_bind_template_child (widget_class, LigdiWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, LigdiWindow, stack);
  gtk_widget_class_bind_template_callback (widget_class, on_name_given);
}

static void
ligdi_window_init (LigdiWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->announced = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  add_pages (self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_signal_connect (self, "size-allocate", G_CALLBACK (on_size_allocate), NULL);
  g_signal_connect (self, "delete-event", G_CALLBACK (on_delete_event), NULL);
  g_signal_connect_swapped (g_network_monitor_get_default (), "network-changed",
                            G_CALLBACK (update_block), self);
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
  update_pill (self);
  update_badge (self);
  update_block (self);
  route (self);
  return GTK_WIDGET (self);
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
  gtk_label_set_text (self->shop_label, *shop->name != '\0' ? shop->name : "LigdiPay");
  gtk_label_set_text (self->till_label, shop->till);
  ligdi_payment_view_set_till (self->payment_view, shop->till);
  ligdi_history_page_set_shop (self->history_page, shop->name, shop->till);
  ligdi_sale_page_set_limit (self->sale_page, shop->limit);
  update_block (self);
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
    case LIGDI_SANDBOX_ON:
      break;
    case LIGDI_SANDBOX_OFF:
      ligdi_notice_show (self->notice, _("This computer does not lock up web pages"),
                         _("Payment pages run without WebKit’s sandbox here."));
      break;
    case LIGDI_SANDBOX_REFUSED:
      ligdi_notice_show (self->notice, _("No payment page on this computer"),
                         _("Web pages cannot be locked up here. Ask the administrator to allow "
                           "user namespaces."));
      break;
    }
  update_block (self);
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
  ligdi_history_page_set_checkout (self->history_page, checkout);
  g_signal_connect (checkout, "payment-changed", G_CALLBACK (on_any_payment_changed), self);
  g_signal_connect (checkout, "create-failed", G_CALLBACK (on_create_failed), self);
  g_signal_connect (checkout, "ledger-failed", G_CALLBACK (on_ledger_failed), self);
  g_signal_connect_swapped (checkout, "online-changed", G_CALLBACK (on_online_changed), self);
  update_pill (self);
  update_badge (self);
  update_block (self);
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

  self->in_history = FALSE;
  set_payment (self, payment);
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
  update_block (self);
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
