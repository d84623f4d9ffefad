/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-verifying-page.h"

#include "ligdi-amount.h"
#include "ligdi-dates.h"
#include "ligdi-key-watch.h"
#include "ligdi-keycap.h"
#include "ligdi-message.h"
#include "ligdi-ring.h"

#include <glib/gi18n.h>

/* The page has been left and the gateway is being asked: nobody knows anything yet. */

enum
{
  SIGNAL_CONTINUE_IN_BACKGROUND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Seconds count from when the page was left, unless that was long ago. */
#define LONG_AGO_S 120

struct _LigdiVerifyingPage
{
  GtkBox parent_instance;

  GtkWidget *panel;
  GtkLabel *seconds;
  GtkLabel *ticket;
  GtkLabel *amount;
  GtkLabel *page_step;
  GtkLabel *page_time;
  GtkLabel *attempt;
  GtkLabel *sentence;
  GtkWidget *continue_button;
  GtkWidget *footnote;

  LigdiKeyWatch *keys;
  LigdiPayment *payment;
  gulong changed_handler;
  gint64 since; /* monotonic, in seconds */
  guint timer;
};

G_DEFINE_FINAL_TYPE (LigdiVerifyingPage, ligdi_verifying_page, GTK_TYPE_BOX)

static gint64
now_s (void)
{
  return g_get_monotonic_time () / G_USEC_PER_SEC;
}

static gint64
find_start (const LigdiPaymentRecord *record)
{
  gint64 ago = (ligdi_dates_now () - record->left_at) / 1000;

  return ago >= 0 && ago < LONG_AGO_S ? now_s () - ago : now_s ();
}

static const char *
describe_exit (LigdiExit exit)
{
  switch (exit)
    {
    case LIGDI_EXIT_NONE:
      return ligdi_message_for_journal ("verify-asked", NULL, FALSE);
    case LIGDI_EXIT_RETURNED:
      return ligdi_message_for_journal ("customer-returned", NULL, FALSE);
    case LIGDI_EXIT_CANCELLED:
      return ligdi_message_for_journal ("customer-cancelled", NULL, FALSE);
    case LIGDI_EXIT_LOST:
      return ligdi_message_for_journal ("page-lost", NULL, FALSE);
    }
  return "";
}

static void
refresh_seconds (LigdiVerifyingPage *self)
{
  int seconds = (int) (now_s () - self->since);
  g_autofree char *text = g_strdup_printf (ngettext ("%d second", "%d seconds", (gulong) seconds),
                                           seconds);

  gtk_label_set_label (self->seconds, text);
}

static void
refresh (LigdiVerifyingPage *self)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (self->payment);
  int attempt = (int) record->n_checks + 1;
  /* Translators: %04d is the ticket's number. */
  g_autofree char *ticket = g_strdup_printf (_("Ticket %04d"), (int) record->ticket);
  g_autofree char *amount = ligdi_amount_markup (record->amount);
  g_autofree char *left = record->exit != LIGDI_EXIT_NONE
                            ? ligdi_dates_format_time_with_seconds (record->left_at)
                            : g_strdup ("");
  /* Translators: which time LigdiCash is being asked; Pango markup. The singular is for
   * the first. */
  g_autofree char *number = g_strdup_printf (ngettext ("Try %d", "Try %d", (gulong) attempt),
                                             attempt);

  gtk_label_set_label (self->ticket, ticket);
  gtk_label_set_markup (self->amount, amount);
  gtk_label_set_label (self->page_step, describe_exit (record->exit));
  gtk_label_set_label (self->page_time, left);
  gtk_label_set_markup (self->attempt, number);
}

static void
on_changed (LigdiPayment *payment, LigdiVerifyingPage *self)
{
  refresh (self);
}

static gboolean
on_second (gpointer data)
{
  refresh_seconds (data);
  return G_SOURCE_CONTINUE;
}

static void
on_continue_clicked (GtkButton *button, LigdiVerifyingPage *self)
{
  g_signal_emit (self, signals[SIGNAL_CONTINUE_IN_BACKGROUND], 0);
}

/* Enter does nothing here: those who press it in advance would miss the result. */
static gboolean
on_key (const LigdiKey *key, gpointer page)
{
  LigdiVerifyingPage *self = page;

  switch (key->kind)
    {
    case LIGDI_KEY_ESCAPE:
      g_signal_emit (self, signals[SIGNAL_CONTINUE_IN_BACKGROUND], 0);
      return GDK_EVENT_STOP;
    case LIGDI_KEY_ENTER:
      return !ligdi_key_watch_is_on_other_button (self->keys, self->continue_button);
    case LIGDI_KEY_IGNORED:
    case LIGDI_KEY_SCAN:
    case LIGDI_KEY_SCAN_END:
      return GDK_EVENT_STOP;
    case LIGDI_KEY_OTHER:
    case LIGDI_KEY_DIGIT:
    case LIGDI_KEY_TEXT:
    case LIGDI_KEY_ADD:
    case LIGDI_KEY_MULTIPLY:
    case LIGDI_KEY_BACKSPACE:
      return GDK_EVENT_PROPAGATE;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
drop_payment (LigdiVerifyingPage *self)
{
  if (self->payment != NULL)
    g_clear_signal_handler (&self->changed_handler, self->payment);
  g_clear_object (&self->payment);
}

static void
ligdi_verifying_page_map (GtkWidget *widget)
{
  LigdiVerifyingPage *self = LIGDI_VERIFYING_PAGE (widget);

  GTK_WIDGET_CLASS (ligdi_verifying_page_parent_class)->map (widget);
  gtk_widget_grab_focus (self->continue_button);
  refresh_seconds (self);
  if (self->timer == 0)
    self->timer = g_timeout_add_seconds (1, on_second, self);
}

static void
ligdi_verifying_page_unmap (GtkWidget *widget)
{
  LigdiVerifyingPage *self = LIGDI_VERIFYING_PAGE (widget);

  g_clear_handle_id (&self->timer, g_source_remove);
  drop_payment (self);
  GTK_WIDGET_CLASS (ligdi_verifying_page_parent_class)->unmap (widget);
}

static void
ligdi_verifying_page_dispose (GObject *object)
{
  LigdiVerifyingPage *self = LIGDI_VERIFYING_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  drop_payment (self);
  g_clear_object (&self->keys);
  G_OBJECT_CLASS (ligdi_verifying_page_parent_class)->dispose (object);
}

static void
ligdi_verifying_page_class_init (LigdiVerifyingPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ligdi_verifying_page_dispose;
  widget_class->map = ligdi_verifying_page_map;
  widget_class->unmap = ligdi_verifying_page_unmap;

  /**
   * LigdiVerifyingPage::continue-in-background:
   * @self: the page
   *
   * The cashier serves the next customer meanwhile.
   */
  signals[SIGNAL_CONTINUE_IN_BACKGROUND]
    = g_signal_new ("continue-in-background", LIGDI_TYPE_VERIFYING_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (LIGDI_TYPE_KEYCAP);
  g_type_ensure (LIGDI_TYPE_RING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-verifying-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiVerifyingPage, panel);
  gtk_widget_class_bind_template_child (widget_class, LigdiVerifyingPage, seconds);
  gtk_widget_class_bind_template_child (widget_class, LigdiVerifyingPage, ticket);
  gtk_widget_class_bind_template_child (widget_class, LigdiVerifyingPage, amount);
  gtk_widget_class_bind_template_child (widget_class, LigdiVerifyingPage, page_step);
  gtk_widget_class_bind_template_child (widget_class, LigdiVerifyingPage, page_time);
  gtk_widget_class_bind_template_child (widget_class, LigdiVerifyingPage, attempt);
  gtk_widget_class_bind_template_child (widget_class, LigdiVerifyingPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, LigdiVerifyingPage, continue_button);
  gtk_widget_class_bind_template_child (widget_class, LigdiVerifyingPage, footnote);
  gtk_widget_class_bind_template_callback (widget_class, on_continue_clicked);
}

static void
ligdi_verifying_page_init (LigdiVerifyingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->keys = ligdi_key_watch_new (GTK_WIDGET (self), on_key);
  atk_object_set_role (gtk_widget_get_accessible (self->panel), ATK_ROLE_STATUSBAR);
}

/**
 * ligdi_verifying_page_new:
 *
 * Returns: (transfer floating): a page without a payment
 */
GtkWidget *
ligdi_verifying_page_new (void)
{
  return g_object_new (LIGDI_TYPE_VERIFYING_PAGE, NULL);
}

/**
 * ligdi_verifying_page_set_payment:
 * @self: a verifying page
 * @payment: the payment that is asked about
 *
 * Follows @payment until the page goes from the screen.
 */
void
ligdi_verifying_page_set_payment (LigdiVerifyingPage *self, LigdiPayment *payment)
{
  g_return_if_fail (LIGDI_IS_VERIFYING_PAGE (self));
  g_return_if_fail (LIGDI_IS_PAYMENT (payment));

  if (payment != self->payment)
    {
      drop_payment (self);
      self->payment = g_object_ref (payment);
      self->changed_handler = g_signal_connect (payment, "changed", G_CALLBACK (on_changed), self);
      self->since = find_start (ligdi_payment_get_record (payment));
    }
  refresh (self);
  refresh_seconds (self);
}

/**
 * ligdi_verifying_page_set_for_customer:
 * @self: a verifying page
 * @for_customer: whether it is the customer who reads it
 */
void
ligdi_verifying_page_set_for_customer (LigdiVerifyingPage *self, gboolean for_customer)
{
  g_return_if_fail (LIGDI_IS_VERIFYING_PAGE (self));

  gtk_label_set_text (self->sentence,
                      for_customer ? _("Keep your phone at hand: the result comes here.")
                                   : _("Tell the customer nothing until LigdiCash answers."));
  gtk_widget_set_visible (self->continue_button, !for_customer);
  gtk_widget_set_visible (self->footnote, !for_customer);
}
