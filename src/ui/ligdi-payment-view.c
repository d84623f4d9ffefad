/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-payment-view.h"

#include "ligdi-key-input.h"
#include "ligdi-page-cover.h"
#include "ligdi-page-hint.h"
#include "ligdi-page-keypad.h"
#include "ligdi-payment-bar.h"
#include "ligdi-phone-panel.h"
#include "ligdi-web-page.h"

#include <glib/gi18n.h>

/* A payment while its customer can pay: its page here, or where else it is open, what can
 * be done about it, and the way out. */

/* A warm page costs some 170 MB; nobody types an amount this slowly. */
#define WARM_MINUTES 5
/* Taking a page down holds the main loop up; the verdict comes first. */
#define CLEAR_AWAY_SECONDS 1

enum
{
  SIGNAL_LEFT,
  SIGNAL_TROUBLE,
  SIGNAL_OPENING_CHOSEN,
  SIGNAL_BROWSER_WANTED,
  SIGNAL_NEXT_CUSTOMER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiPaymentView
{
  GtkBox parent_instance;

  LigdiPaymentBar *bar;
  GtkRevealer *question;
  GtkWidget *keep_paying;
  LigdiPageHint *hint;
  GtkWidget *preparing;
  GtkSpinner *spinner;
  GtkContainer *page_box;
  LigdiPageCover *trouble;
  LigdiPageCover *elsewhere;
  GtkWidget *phone;
  LigdiPhonePanel *phone_panel;
  GtkRevealer *keypad;

  LigdiPayment *payment;
  LigdiWebPage *page;
  GtkContainer *stage; /* the customer's side, if there is one */
  char *till;
  gboolean sandboxed;
  gint64 since;    /* ms, when what is on screen came there */
  gboolean opened; /* whether the page is this payment's, or a warm one */
  int shown;       /* the LigdiOpening on screen, or -1 */
  guint cooling;
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
  g_clear_object (&self->old_page);
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
cover (LigdiPaymentView *self, gpointer with)
{
  gpointer const covers[] = { self->preparing, self->trouble, self->elsewhere, self->phone };

  for (guint i = 0; i < G_N_ELEMENTS (covers); i++)
    gtk_widget_set_visible (covers[i], with == covers[i]);
  if (with == self->preparing)
    gtk_spinner_start (self->spinner);
  else
    gtk_spinner_stop (self->spinner);
}

static void
focus (LigdiPaymentView *self)
{
  if (gtk_widget_get_visible (self->phone))
    ligdi_phone_panel_focus (self->phone_panel);
  else if (gtk_widget_get_visible (GTK_WIDGET (self->elsewhere)))
    ligdi_page_cover_focus (self->elsewhere);
  else if (gtk_widget_get_visible (GTK_WIDGET (self->trouble)))
    ligdi_page_cover_focus (self->trouble);
  else if (self->opened)
    ligdi_web_page_focus (self->page);
  else
    ligdi_payment_bar_focus_cancel (self->bar);
}

static void
on_hint_closed (LigdiPaymentView *self)
{
  focus (self);
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

  ligdi_page_cover_say_trouble (self->trouble, (LigdiWebTrouble) trouble);
  cover (self, self->trouble);
  focus (self);
  g_signal_emit (self, signals[SIGNAL_TROUBLE], 0);
}

static void
on_phone_wanted (LigdiWebPage *page, gpointer user_data)
{
  ligdi_page_hint_show_phone (LIGDI_PAYMENT_VIEW (user_data)->hint);
}

static void
update_host (LigdiPaymentView *self)
{
  gboolean secure = FALSE;
  g_autofree char *host
      = self->opened ? ligdi_web_page_get_host (self->page, &secure) : NULL;

  ligdi_payment_bar_set_host (self->bar, host, secure);
}

static void
on_page_moved (LigdiWebPage *page, gpointer user_data)
{
  LigdiPaymentView *self = user_data;

  if (!self->opened)
    return;
  ligdi_page_hint_set_loading (self->hint, ligdi_web_page_get_progress (page) < 1);
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

/* The key that charged, pressed twice, must not undo it. */
static gboolean
is_too_soon (LigdiPaymentView *self)
{
  return g_get_monotonic_time () / 1000 - self->since < LIGDI_KEY_GUARD_MS;
}

static void
on_cancel (LigdiPaymentView *self)
{
  if (!self->opened && is_too_soon (self))
    return;
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
  focus (self);
}

static void
on_reload (LigdiPaymentView *self)
{
  cover (self, self->shown == LIGDI_OPENING_WINDOW ? self->elsewhere : NULL);
  ligdi_web_page_reload (self->page);
  focus (self);
}

static void
choose_opening (LigdiPaymentView *self, LigdiOpening opening)
{
  g_signal_emit (self, signals[SIGNAL_OPENING_CHOSEN], 0, (int) opening);
}

static void
on_opening_chosen (LigdiPaymentBar *bar, int opening, gpointer user_data)
{
  choose_opening (user_data, (LigdiOpening) opening);
}

static void
on_code_wanted (LigdiPaymentView *self)
{
  choose_opening (self, LIGDI_OPENING_PHONE);
}

static void
on_again (LigdiPaymentView *self)
{
  if (self->shown == LIGDI_OPENING_BROWSER)
    {
      ligdi_page_cover_say_opening (self->elsewhere, LIGDI_OPENING_BROWSER);
      g_signal_emit (self, signals[SIGNAL_BROWSER_WANTED], 0);
    }
  else
    choose_opening (self, LIGDI_OPENING_HERE);
}

static void
on_next_customer (LigdiPaymentView *self)
{
  if (is_too_soon (self))
    return;
  g_signal_emit (self, signals[SIGNAL_NEXT_CUSTOMER], 0);
}

static void
on_keypad_toggled (LigdiPaymentBar *bar, gboolean shown, gpointer user_data)
{
  LigdiPaymentView *self = user_data;

  gtk_revealer_set_reveal_child (self->keypad, shown);
  if (self->opened)
    ligdi_web_page_focus (self->page);
}

static void
on_keypad_key (LigdiPageKeypad *keypad, guint keyval, gpointer user_data)
{
  LigdiPaymentView *self = user_data;

  if (self->opened)
    ligdi_web_page_press_key (self->page, keyval);
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
      if (ligdi_payment_bar_has_focus (self->bar))
        focus (self);
      else
        ligdi_payment_bar_focus_cancel (self->bar);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

/* A page that is moved from one place to the other goes on where it was. */
static void
place_page (LigdiPaymentView *self, LigdiOpening opening)
{
  GtkContainer *place = opening == LIGDI_OPENING_WINDOW ? self->stage : self->page_box;
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self->page));

  if (parent == GTK_WIDGET (place))
    return;
  if (parent != NULL)
    gtk_container_remove (GTK_CONTAINER (parent), GTK_WIDGET (self->page));
  gtk_container_add (place, GTK_WIDGET (self->page));
}

static gboolean
is_embedded (LigdiOpening opening)
{
  return opening == LIGDI_OPENING_HERE || opening == LIGDI_OPENING_WINDOW;
}

/* A customer window that is not there cannot show anything. */
static LigdiOpening
get_opening (LigdiPaymentView *self, const LigdiPaymentRecord *record)
{
  return record->opening == LIGDI_OPENING_WINDOW && self->stage == NULL ? LIGDI_OPENING_HERE
                                                                        : record->opening;
}

static void
open_page (LigdiPaymentView *self, LigdiOpening opening)
{
  ligdi_payment_view_warm (self, NULL);
  place_page (self, opening);
  g_clear_handle_id (&self->cooling, g_source_remove);
  if (self->opened)
    return;
  self->opened = TRUE;
  ligdi_web_page_open (self->page, ligdi_payment_get_record (self->payment));
}

static void
show_opening (LigdiPaymentView *self, LigdiOpening opening)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (self->payment);
  gboolean in_trouble;

  if (self->shown == (int) opening)
    return;
  self->shown = (int) opening;
  self->since = g_get_monotonic_time () / 1000;
  in_trouble = gtk_widget_get_visible (GTK_WIDGET (self->trouble));
  ligdi_page_hint_watch (self->hint, record);
  if (!is_embedded (opening) && self->opened)
    drop_page (self);
  ligdi_payment_bar_set_keypad (self->bar, is_embedded (opening));
  gtk_widget_set_visible (GTK_WIDGET (self->keypad), is_embedded (opening));
  switch (opening)
    {
    case LIGDI_OPENING_HERE:
      cover (self, NULL);
      open_page (self, opening);
      break;
    case LIGDI_OPENING_WINDOW:
      ligdi_page_cover_say_opening (self->elsewhere, opening);
      cover (self, self->elsewhere);
      open_page (self, opening);
      break;
    case LIGDI_OPENING_BROWSER:
      ligdi_page_cover_say_opening (self->elsewhere, LIGDI_OPENING_BROWSER);
      cover (self, self->elsewhere);
      g_signal_emit (self, signals[SIGNAL_BROWSER_WANTED], 0);
      break;
    case LIGDI_OPENING_PHONE:
      ligdi_phone_panel_set_record (self->phone_panel, record);
      cover (self, self->phone);
      break;
    }
  /* What could not be shown there is tried here. */
  if (in_trouble && self->opened)
    ligdi_web_page_reload (self->page);
  update_host (self);
  focus (self);
}

static void
show_preparing (LigdiPaymentView *self, LigdiOpening opening)
{
  if (is_embedded (opening))
    {
      ligdi_payment_view_warm (self, NULL);
      place_page (self, opening);
    }
  ligdi_payment_bar_set_keypad (self->bar, FALSE);
  update_host (self);
  cover (self, self->preparing);
  focus (self);
}

static void
forget (LigdiPaymentView *self)
{
  cover (self, NULL);
  ligdi_page_hint_watch (self->hint, NULL);
  ligdi_phone_panel_set_record (self->phone_panel, NULL);
  self->shown = -1;
}

static void
ligdi_payment_view_dispose (GObject *object)
{
  LigdiPaymentView *self = LIGDI_PAYMENT_VIEW (object);

  drop_page (self);
  clear_away (self);
  g_clear_object (&self->stage);
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
install_signals (void)
{
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
  /**
   * LigdiPaymentView::opening-chosen:
   * @self: the view
   * @opening: the #LigdiOpening where the same link shall be open
   */
  signals[SIGNAL_OPENING_CHOSEN]
      = g_signal_new ("opening-chosen", LIGDI_TYPE_PAYMENT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  /**
   * LigdiPaymentView::browser-wanted:
   * @self: the view
   *
   * The page shall be opened in the browser, now.
   */
  signals[SIGNAL_BROWSER_WANTED]
      = g_signal_new ("browser-wanted", LIGDI_TYPE_PAYMENT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);
  /**
   * LigdiPaymentView::next-customer:
   * @self: the view
   *
   * The cashier serves others while this customer pays on a phone.
   */
  signals[SIGNAL_NEXT_CUSTOMER]
      = g_signal_new ("next-customer", LIGDI_TYPE_PAYMENT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (LIGDI_TYPE_PAYMENT_BAR);
  g_type_ensure (LIGDI_TYPE_PHONE_PANEL);
  g_type_ensure (LIGDI_TYPE_PAGE_COVER);
  g_type_ensure (LIGDI_TYPE_PAGE_HINT);
  g_type_ensure (LIGDI_TYPE_PAGE_KEYPAD);
  gtk_widget_class_set_css_name (widget_class, "paymentview");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-payment-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, bar);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, question);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, keep_paying);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, hint);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, preparing);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, spinner);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, page_box);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, trouble);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, elsewhere);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, phone);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, phone_panel);
  gtk_widget_class_bind_template_child (widget_class, LigdiPaymentView, keypad);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_opening_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_keypad_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_keypad_key);
  gtk_widget_class_bind_template_callback (widget_class, on_abandon_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_keep_paying_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_hint_closed);
  gtk_widget_class_bind_template_callback (widget_class, on_reload);
  gtk_widget_class_bind_template_callback (widget_class, on_code_wanted);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
  gtk_widget_class_bind_template_callback (widget_class, on_next_customer);
}

static void
ligdi_payment_view_class_init (LigdiPaymentViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ligdi_payment_view_dispose;
  object_class->finalize = ligdi_payment_view_finalize;
  install_signals ();
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
ligdi_payment_view_init (LigdiPaymentView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->shown = -1;
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
 * ligdi_payment_view_set_stage:
 * @self: a view
 * @stage: (nullable): where the page goes when it is opened on the customer's side
 */
void
ligdi_payment_view_set_stage (LigdiPaymentView *self, GtkContainer *stage)
{
  g_return_if_fail (LIGDI_IS_PAYMENT_VIEW (self));

  g_set_object (&self->stage, stage);
}

/**
 * ligdi_payment_view_warm:
 * @self: a view
 * @origin: (nullable): where it will probably be
 *
 * Gets the next payment's page ready, unless it is, and lets it go when no payment
 * comes.
 */
void
ligdi_payment_view_warm (LigdiPaymentView *self, const char *origin)
{
  g_return_if_fail (LIGDI_IS_PAYMENT_VIEW (self));

  if (self->opened)
    return;
  g_clear_handle_id (&self->cooling, g_source_remove);
  self->cooling = g_timeout_add_seconds (WARM_MINUTES * 60, on_cooled, self);
  if (self->page != NULL)
    return;
  self->page = g_object_ref_sink (LIGDI_WEB_PAGE (ligdi_web_page_new (self->sandboxed, origin)));
  g_signal_connect (self->page, "left", G_CALLBACK (on_page_left), self);
  g_signal_connect (self->page, "trouble", G_CALLBACK (on_page_trouble), self);
  g_signal_connect (self->page, "moved", G_CALLBACK (on_page_moved), self);
  g_signal_connect (self->page, "phone-wanted", G_CALLBACK (on_phone_wanted), self);
  gtk_widget_set_hexpand (GTK_WIDGET (self->page), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->page), TRUE);
  gtk_widget_show (GTK_WIDGET (self->page));
  gtk_container_add (self->page_box, GTK_WIDGET (self->page));
}

/**
 * ligdi_payment_view_set_payment:
 * @self: a view
 * @payment: (nullable): the payment to show, or %NULL when the page is over
 *
 * Shows that the page is being prepared, then the page where the payment has it open. The
 * page of a payment that is over is gone for good.
 */
void
ligdi_payment_view_set_payment (LigdiPaymentView *self, LigdiPayment *payment)
{
  const LigdiPaymentRecord *record = payment != NULL ? ligdi_payment_get_record (payment) : NULL;

  g_return_if_fail (LIGDI_IS_PAYMENT_VIEW (self));

  if (payment != self->payment)
    {
      if (self->opened)
        drop_page (self);
      forget (self);
      gtk_revealer_set_reveal_child (self->question, FALSE);
      self->since = g_get_monotonic_time () / 1000;
    }
  g_set_object (&self->payment, payment);
  ligdi_payment_bar_set_record (self->bar, record, self->till);
  if (record == NULL)
    return;
  if (record->state == LIGDI_PAYMENT_STATE_AWAITING)
    show_opening (self, get_opening (self, record));
  else if (record->state == LIGDI_PAYMENT_STATE_CREATING)
    show_preparing (self, get_opening (self, record));
}

/**
 * ligdi_payment_view_show_no_browser:
 * @self: a view of a payment that is open in the browser
 *
 * Says that there is none, and what else can be done.
 */
void
ligdi_payment_view_show_no_browser (LigdiPaymentView *self)
{
  g_return_if_fail (LIGDI_IS_PAYMENT_VIEW (self));

  ligdi_page_cover_say (self->elsewhere, "web-browser-symbolic", _("No browser could be opened"),
                        _("The same payment can be made here, or on the customer’s phone."),
                        _("Open the browser again"));
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
  gtk_widget_realize (self->keep_paying);
  gtk_widget_grab_focus (self->keep_paying);
  return FALSE;
}
