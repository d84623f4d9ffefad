/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-page-hint.h"

#include <glib/gi18n.h>

/* One line over the payment page, when there is something to know: that it is slow, that
 * much time has passed, that it wants a telephone. Never more than a word: a page that
 * closed by itself would look like a refusal. */

#define SLOW_AFTER_MS 10000
#define REMIND_AFTER_MS (5 * 60 * G_GINT64_CONSTANT (1000))

enum
{
  SIGNAL_CODE_WANTED,
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiPageHint
{
  GtkRevealer parent_instance;

  GtkLabel *text;
  GtkWidget *code;

  gboolean on_phone;
  gboolean says_slow;
  guint slow;
  guint reminder;
};

G_DEFINE_FINAL_TYPE (LigdiPageHint, ligdi_page_hint, GTK_TYPE_REVEALER)

static void
say (LigdiPageHint *self, const char *text)
{
  gtk_label_set_text (self->text, text);
  gtk_widget_set_visible (self->code, !self->on_phone);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self), TRUE);
}

static gboolean
on_slow (gpointer user_data)
{
  LigdiPageHint *self = user_data;

  self->slow = 0;
  self->says_slow = TRUE;
  say (self, _("The network is slow. The page is still coming."));
  return G_SOURCE_REMOVE;
}

static gboolean
on_reminder (gpointer user_data)
{
  LigdiPageHint *self = user_data;

  self->reminder = 0;
  say (self, _("The customer has been paying for five minutes. Ask how it is going; the page "
               "stays open."));
  return G_SOURCE_REMOVE;
}

static void
on_code_clicked (LigdiPageHint *self)
{
  g_signal_emit (self, signals[SIGNAL_CODE_WANTED], 0);
}

static void
on_close_clicked (LigdiPageHint *self)
{
  gtk_revealer_set_reveal_child (GTK_REVEALER (self), FALSE);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
ligdi_page_hint_dispose (GObject *object)
{
  LigdiPageHint *self = LIGDI_PAGE_HINT (object);

  g_clear_handle_id (&self->slow, g_source_remove);
  g_clear_handle_id (&self->reminder, g_source_remove);
  G_OBJECT_CLASS (ligdi_page_hint_parent_class)->dispose (object);
}

static void
ligdi_page_hint_class_init (LigdiPageHintClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ligdi_page_hint_dispose;

  /**
   * LigdiPageHint::code-wanted:
   * @self: the hint
   *
   * The customer shall pay on a phone.
   */
  signals[SIGNAL_CODE_WANTED] = g_signal_new ("code-wanted", LIGDI_TYPE_PAGE_HINT,
                                              G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                              0);
  /**
   * LigdiPageHint::closed:
   * @self: the hint
   *
   * The cashier has read it.
   */
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", LIGDI_TYPE_PAGE_HINT, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-page-hint.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiPageHint, text);
  gtk_widget_class_bind_template_child (widget_class, LigdiPageHint, code);
  gtk_widget_class_bind_template_callback (widget_class, on_code_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
}

static void
ligdi_page_hint_init (LigdiPageHint *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_page_hint_watch:
 * @self: a hint
 * @record: (nullable): the payment whose page has just been opened somewhere, or %NULL when
 *   it is over
 *
 * Forgets what was said and reminds of a payment that takes long.
 */
void
ligdi_page_hint_watch (LigdiPageHint *self, const LigdiPaymentRecord *record)
{
  gint64 age;

  g_return_if_fail (LIGDI_IS_PAGE_HINT (self));

  g_clear_handle_id (&self->slow, g_source_remove);
  g_clear_handle_id (&self->reminder, g_source_remove);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self), FALSE);
  if (record == NULL)
    return;
  self->on_phone = record->opening == LIGDI_OPENING_PHONE;
  age = MAX (g_get_real_time () / 1000 - record->created_at, 0);
  if (age < REMIND_AFTER_MS)
    self->reminder = g_timeout_add ((guint) (REMIND_AFTER_MS - age), on_reminder, self);
}

/**
 * ligdi_page_hint_set_loading:
 * @self: a hint
 * @loading: whether the page is on its way
 *
 * Says so when it is on its way for long.
 */
void
ligdi_page_hint_set_loading (LigdiPageHint *self, gboolean loading)
{
  g_return_if_fail (LIGDI_IS_PAGE_HINT (self));

  if (!loading)
    {
      g_clear_handle_id (&self->slow, g_source_remove);
      if (self->says_slow)
        gtk_revealer_set_reveal_child (GTK_REVEALER (self), FALSE);
      self->says_slow = FALSE;
    }
  else if (self->slow == 0 && !self->says_slow)
    self->slow = g_timeout_add (SLOW_AFTER_MS, on_slow, self);
}

/**
 * ligdi_page_hint_show_phone:
 * @self: a hint
 *
 * Says that the page wanted to open an app.
 */
void
ligdi_page_hint_show_phone (LigdiPageHint *self)
{
  g_return_if_fail (LIGDI_IS_PAGE_HINT (self));

  say (self, _("This way of paying opens on the phone."));
}
