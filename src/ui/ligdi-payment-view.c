/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-payment-view.h"

#include "ligdi-amount.h"
#include "ligdi-web-page.h"

#include <glib/gi18n.h>

/* The payment page with what the cashier must see around it: how much, for which
 * ticket, on whose page, since when, and the way out. */

/* A warm page costs some 170 MB; nobody types an amount this slowly. */
#define WARM_MINUTES 5
/* A line that is only seen for a moment distracts, and drawing it holds the next page up. */
#define PROGRESS_AFTER_MS 500
/* Taking a page down holds the main loop up; the verdict comes first. */
#define CLEAR_AWAY_SECONDS 1

enum
{
  SIGNAL_LEFT,
  SIGNAL_TROUBLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiPaymentView
{
  GtkBox parent_instance;

  GtkWidget *bar;
  GtkLabel *amount;
  GtkLabel *ticket;
  GtkWidget *host_pill;
  GtkImage *host_icon;
  GtkLabel *host;
  GtkLabel *elapsed;
  GtkWidget *cancel;
  GtkProgressBar *progress;
  GtkRevealer *question;
  GtkWidget *keep_paying;
  GtkWidget *preparing;
  GtkSpinner *spinner;
  GtkWidget *page_box;
  GtkWidget *trouble;
  GtkImage *trouble_icon;
  GtkLabel *trouble_title;
  GtkLabel *trouble_sentence;
  GtkWidget *reload;

  LigdiPayment *payment;
  LigdiWebPage *page;
  char *till;
  gboolean sandboxed;
  gboolean opened; /* whether the page is this payment's, or a warm one */
  guint clock;
  guint cooling;
  guint progress_delay;
  LigdiWebPage *old_page; /* left, hidden, and soon gone */
  guint clearing;
};

G_DEFINE_FINAL_TYPE (LigdiPaymentView, ligdi_payment_view, GTK_TYPE_BOX)

static void
clear_away (LigdiPaymentView *self)
{
  g_clear_handle_id (&self->clearing, g_source_remove);
  if (self->old_page != NULL)
    gtk_widget_destroy (GTK_WIDGET (self->old_page));
  self->old_page = NULL;
}

static gboolean
on_clear_away (gpointer user_data)
{
  LigdiPaymentView *self = user_data;

  self->clearing = 0;
  clear_away (self);
  return G_SOURCE_REMOVE;
}

static void
drop_page (LigdiPaymentView *self)
{
  g_clear_handle_id (&self->cooling, g_source_remove);
  if (self->page == NULL)
    return;
  clear_away (self);
  g_signal_handlers_disconnect_by_data (self->page, self);
  gtk_widget_hide (GTK_WIDGET (self->page));
  ligdi_web_page_end (self->page);
  self->old_page = g_steal_pointer (&self->page);
  self->opened = FALSE;
  self->clearing = g_timeout_add_seconds (CLEAR_AWAY_SECONDS, on_clear_away, self);
}

/* The page lies beneath whatever covers it, so that it has its size before it has
 * anything to show. */
static void
cover (LigdiPaymentView *self, GtkWidget *with)
{
  gtk_widget_set_visible (self->preparing, with == self->preparing);
  gtk_widget_set_visible (self->trouble, with == self->trouble);
}

static void
leave (LigdiPaymentView *self, LigdiExit exit)
{
  gtk_revealer_set_reveal_child (self->question, FALSE);
  g_signal_emit (self, signals[SIGNAL_LEFT], 0, (int) exit);
}

static void
on_page_left (LigdiWebPage *page, int exit, gpointer user_data)
{
  leave (user_data, exit);
}

static void
on_page_trouble (LigdiWebPage *page, int trouble, gpointer user_data)
{
  LigdiPaymentView *self = user_data;
  const char *title = _("Page not responding");
  const char *sentence = _("The payment is not lost: the same page can be loaded again.");
  const char *icon = "network-offline-symbolic";

  switch ((LigdiWebTrouble) trouble)
    {
    case LIGDI_WEB_TROUBLE_LOAD:
      break;
    case LIGDI_WEB_TROUBLE_CERTIFICATE:
      title = _("Insecure connection");
      sentence = _("The page was blocked to protect the customer. Check the date of this "
                   "computer, then reload.");
      icon = "channel-insecure-symbolic";
      break;
    }
  gtk_label_set_text (self->trouble_title, title);
  gtk_label_set_text (self->trouble_sentence, sentence);
  gtk_image_set_from_icon_name (self->trouble_icon, icon, GTK_ICON_SIZE_DIALOG);
  gtk_image_set_pixel_size (self->trouble_icon, 96);
  cover (self, self->trouble);
  gtk_widget_grab_focus (self->reload);
  g_signal_emit (self, signals[SIGNAL_TROUBLE], 0);
}

static void
update_host (LigdiPaymentView *self)
{
  GtkStyleContext *style = gtk_widget_get_style_context (self->host_pill);
  gboolean secure = FALSE;
  g_autofree char *host
      = self->opened ? ligdi_web_page_get_host (self->page, &secure) : NULL;

  /* A page that loads tells often that nothing has changed here. */
  if (g_strcmp0 (gtk_label_get_text (self->host), host != NULL ? host : "") == 0
      && gtk_style_context_has_class (style, "secure") == secure)
    return;
  gtk_widget_set_visible (self->host_pill, host != NULL);
  gtk_label_set_text (self->host, host != NULL ? host : "");
  if (secure)
    gtk_style_context_add_class (style, "secure");
  else
    gtk_style_context_remove_class (style, "secure");
  gtk_image_set_from_icon_name (
      self->host_icon, secure ? "changes-prevent-symbolic" : "applications-science-symbolic",
      GTK_ICON_SIZE_BUTTON);
}

static gboolean
on_still_loading (gpointer user_data)
{
  LigdiPaymentView *self = user_data;

  self->progress_delay = 0;
  gtk_widget_show (GTK_WIDGET (self->progress));
  return G_SOURCE_REMOVE;
}

static void
set_progress (LigdiPaymentView *self, double progress)
{
  gtk_progress_bar_set_fraction (self->progress, progress);
  if (progress >= 1)
    {
      g_clear_handle_id (&self->progress_delay, g_source_remove);
      gtk_widget_hide (GTK_WIDGET (self->progress));
    }
  else if (self->progress_delay == 0 && !gtk_widget_get_visible (GTK_WIDGET (self->progress)))
    self->progress_delay = g_timeout_add (PROGRESS_AFTER_MS, on_still_loading, self);
}

static void
on_page_moved (LigdiWebPage *page, gpointer user_data)
{
  LigdiPaymentView *self = user_data;

  if (!self->opened)
    return;
  set_progress (self, ligdi_web_page_get_progress (page));
  update_host (self);
}

static gboolean
on_cooled (gpointer user_data)
{
  LigdiPaymentView *self = user_data;

  self->cooling = 0;
  if (!self->opened)
    drop_page (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_clock (gpointer user_data)
{
  LigdiPaymentView *self = user_data;
  gint64 seconds = 0;
  g_autofree char *text = NULL;

  if (self->payment != NULL)
    seconds = (g_get_real_time () / 1000
               - ligdi_payment_get_record (self->payment)->created_at)
              / 1000;
  seconds = MAX (seconds, 0);
  text = g_strdup_printf ("%" G_GINT64_FORMAT ":%02" G_GINT64_FORMAT, seconds / 60, seconds % 60);
  gtk_label_set_text (self->elapsed, text);
  return G_SOURCE_CONTINUE;
}

static void
focus (LigdiPaymentView *self)
{
  if (self->opened)
    ligdi_web_page_focus (self->page);
  else
    gtk_widget_grab_focus (self->cancel);
}

/* Without a payment the view waits beneath the other pages: in its place, but neither seen nor
 * found. */
static void
appear (LigdiPaymentView *self)
{
  gboolean shown = self->payment != NULL;

  if (shown == gtk_widget_get_child_visible (self->bar))
    return;
  gtk_widget_set_child_visible (self->bar, shown);
  g_clear_handle_id (&self->clock, g_source_remove);
  if (shown)
    self->clock = g_timeout_add_seconds (1, on_clock, self);
}

static void
on_cancel_clicked (LigdiPaymentView *self)
{
  ligdi_payment_view_ask_to_abandon (self);
}

static void
on_abandon_clicked (LigdiPaymentView *self)
{
  leave (self, LIGDI_EXIT_CANCELLED);
}

static void
on_keep_paying_clicked (LigdiPaymentView *self)
{
  gtk_revealer_set_reveal_child (self->question, FALSE);
  if (self->page != NULL && self->opened)
    ligdi_web_page_focus (self->page);
}

static void
on_reload_clicked (LigdiPaymentView *self)
{
  cover (self, NULL);
  ligdi_web_page_reload (self->page);
  ligdi_web_page_focus (self->page);
}

static gboolean
on_key_press (LigdiPaymentView *self, GdkEventKey *event)
{
  if (event->keyval == GDK_KEY_Escape)
    {
      if (gtk_revealer_get_reveal_child (self->question))
        on_keep_paying_clicked (self);
      else
        ligdi_payment_view_ask_to_abandon (self);
      return GDK_EVENT_STOP;
    }
  if (event->keyval == GDK_KEY_F6)
    {
      if (gtk_widget_has_focus (self->cancel) && self->opened)
        ligdi_web_page_focus (self->page);
      else
        gtk_widget_grab_focus (self->cancel);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
open_page (LigdiPaymentView *self)
{
  ligdi_payment_view_warm (self);
  g_clear_handle_id (&self->cooling, g_source_remove);
  self->opened = TRUE;
  set_progress (self, 0);
  cover (self, NULL);
  ligdi_web_page_open (self->page, ligdi_payment_get_record (self->payment));
  focus (self);
  update_host (self);
}

static void
ligdi_payment_view_dispose (GObject *object)
{
  LigdiPaymentView *self = LIGDI_PAYMENT_VIEW (object);

  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_handle_id (&self->progress_delay, g_source_remove);
  drop_page (self);
  clear_away (self);
  g_clear_object (&self->payment);
  G_OBJECT_CLASS (ligdi_payment_view_parent_class)->dispose (object);
}

static void
ligdi_payment_view_finalize (GObject *object)
{
  g_free (LIGDI_PAYMENT_VIEW (object)->till);
  G_OBJECT_CLASS (ligdi_payment_view_parent_class)->finalize (object);
}

static void
ligdi_payment_view_class_init (LigdiPaymentViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ligdi_payment_view_dispose;
  object_class->finalize = ligdi_payment_view_finalize;

  /**
   * LigdiPaymentView::left:
   * @self: the view
   * @exit: a #LigdiExit
   *
   * The page is over, by itself or by the cashier's decision.
   */
  signals[SIGNAL_LEFT] = g_signal_new ("left", LIGDI_TYPE_PAYMENT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  /**
   * LigdiPaymentView::trouble:
   * @self: the view
   *
   * The page cannot be shown; confirm should be asked. The view offers to reload.
   */
  signals[SIGNAL_TROUBLE] = g_signal_new ("trouble", LIGDI_TYPE_PAYMENT_VIEW, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "paymentview");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-payment-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, bar);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, amount);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, ticket);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, host_pill);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, host_icon);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, host);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, elapsed);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, cancel);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, progress);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, question);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, keep_paying);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, preparing);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, spinner);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, page_box);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, trouble);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, trouble_icon);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, trouble_title);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, trouble_sentence);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, reload);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_abandon_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_keep_paying_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_reload_clicked);
}

static void
ligdi_payment_view_init (LigdiPaymentView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  appear (self);
  g_signal_connect (self, "key-press-event", G_CALLBACK (on_key_press), NULL);
}

/**
 * ligdi_payment_view_new:
 *
 * Returns: (transfer floating): the view, without a payment
 */
GtkWidget *
ligdi_payment_view_new (void)
{
  return g_object_new (LIGDI_TYPE_PAYMENT_VIEW, NULL);
}

/**
 * ligdi_payment_view_set_sandboxed:
 * @self: a view
 * @sandboxed: whether WebKit's sandbox works here
 */
void
ligdi_payment_view_set_sandboxed (LigdiPaymentView *self, gboolean sandboxed)
{
  g_return_if_fail (LIGDI_IS_PAYMENT_VIEW (self));

  self->sandboxed = sandboxed;
}

/**
 * ligdi_payment_view_set_till:
 * @self: a view
 * @till: what the till is called
 */
void
ligdi_payment_view_set_till (LigdiPaymentView *self, const char *till)
{
  g_return_if_fail (LIGDI_IS_PAYMENT_VIEW (self));

  g_free (self->till);
  self->till = g_strdup (till);
}

/**
 * ligdi_payment_view_warm:
 * @self: a view
 *
 * Gets the next payment's page ready, unless it is, and lets it go when no payment
 * comes.
 */
void
ligdi_payment_view_warm (LigdiPaymentView *self)
{
  g_return_if_fail (LIGDI_IS_PAYMENT_VIEW (self));

  if (self->opened)
    return;
  g_clear_handle_id (&self->cooling, g_source_remove);
  self->cooling = g_timeout_add_seconds (WARM_MINUTES * 60, on_cooled, self);
  if (self->page != NULL)
    return;
  self->page = LIGDI_WEB_PAGE (ligdi_web_page_new (self->sandboxed));
  g_signal_connect (self->page, "left", G_CALLBACK (on_page_left), self);
  g_signal_connect (self->page, "trouble", G_CALLBACK (on_page_trouble), self);
  g_signal_connect (self->page, "moved", G_CALLBACK (on_page_moved), self);
  gtk_widget_show (GTK_WIDGET (self->page));
  gtk_box_pack_start (GTK_BOX (self->page_box), GTK_WIDGET (self->page), TRUE, TRUE, 0);
}

/**
 * ligdi_payment_view_set_payment:
 * @self: a view
 * @payment: (nullable): the payment to show, or %NULL when the page is over
 *
 * Shows that the page is being prepared, then the page as soon as the payment has
 * one. The page of a payment that is over is gone for good.
 */
void
ligdi_payment_view_set_payment (LigdiPaymentView *self, LigdiPayment *payment)
{
  const LigdiPaymentRecord *record;
  g_autofree char *amount = NULL;
  g_autofree char *ticket = NULL;

  g_return_if_fail (LIGDI_IS_PAYMENT_VIEW (self));

  if (payment != self->payment && self->opened)
    drop_page (self);
  g_set_object (&self->payment, payment);
  gtk_revealer_set_reveal_child (self->question, FALSE);
  appear (self);
  if (payment == NULL)
    {
      gtk_spinner_stop (self->spinner);
      set_progress (self, 1);
      cover (self, NULL);
      return;
    }

  record = ligdi_payment_get_record (payment);
  amount = ligdi_amount_markup (record->amount);
  gtk_label_set_markup (self->amount, amount);
  /* Translators: 1 is the ticket's number, 2 is what the till is called. */
  ticket = g_strdup_printf (_("Ticket %1$04d · %2$s"), (int) record->ticket, self->till);
  gtk_label_set_text (self->ticket, ticket);
  on_clock (self);
  if (record->state == LIGDI_PAYMENT_STATE_AWAITING && !self->opened)
    open_page (self);
  else if (record->state == LIGDI_PAYMENT_STATE_CREATING)
    {
      ligdi_payment_view_warm (self);
      set_progress (self, 1);
      gtk_spinner_start (self->spinner);
      cover (self, self->preparing);
      focus (self);
      update_host (self);
    }
}

/**
 * ligdi_payment_view_ask_to_abandon:
 * @self: a view with a payment
 *
 * Asks the cashier whether to abandon. While the page is only being prepared nobody
 * can have paid, and it is left without a question.
 *
 * Returns: %TRUE when the question was on screen already
 */
gboolean
ligdi_payment_view_ask_to_abandon (LigdiPaymentView *self)
{
  g_return_val_if_fail (LIGDI_IS_PAYMENT_VIEW (self), FALSE);

  if (gtk_revealer_get_reveal_child (self->question))
    return TRUE;
  if (self->payment != NULL
      && ligdi_payment_get_state (self->payment) == LIGDI_PAYMENT_STATE_CREATING)
    {
      leave (self, LIGDI_EXIT_CANCELLED);
      return FALSE;
    }
  gtk_revealer_set_reveal_child (self->question, TRUE);
  gtk_widget_grab_focus (self->keep_paying);
  return FALSE;
}
