/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-closing-form.h"

#include <glib/gi18n.h>

/* What a person did about a payment that had to be looked at. */

enum
{
  SIGNAL_BACK,
  SIGNAL_CLOSE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiClosingForm
{
  GtkBox parent_instance;

  GtkToggleButton *kept;
  GtkToggleButton *returned;
  GtkToggleButton *other;
  GtkEntry *remark;
  GtkWidget *close;

  LigdiFollowUp follow_up;
};

G_DEFINE_FINAL_TYPE (LigdiClosingForm, ligdi_closing_form, GTK_TYPE_BOX)

static char *
get_remark (LigdiClosingForm *self)
{
  return g_strstrip (g_strdup (gtk_entry_get_text (self->remark)));
}

/* Nothing is chosen beforehand: a press too many must not say what became of the money. */
static void
refresh (LigdiClosingForm *self)
{
  g_autofree char *remark = get_remark (self);

  gtk_widget_set_sensitive (self->close, gtk_toggle_button_get_active (self->kept)
                                             || gtk_toggle_button_get_active (self->returned)
                                             || *remark != '\0');
}

static const char *
describe_keeping (LigdiFollowUp follow_up)
{
  switch (follow_up)
    {
    case LIGDI_FOLLOW_UP_LATE:
      return _("Goods handed over");
    case LIGDI_FOLLOW_UP_PAID_TWICE:
    case LIGDI_FOLLOW_UP_WRONG_AMOUNT:
      return _("The shop keeps the money");
    case LIGDI_FOLLOW_UP_NONE:
    case LIGDI_FOLLOW_UP_CONTRADICTION:
      break;
    }
  return _("Settled with LigdiCash");
}

static void
on_changed (GtkWidget *widget, LigdiClosingForm *self)
{
  refresh (self);
}

static void
on_back_clicked (GtkButton *button, LigdiClosingForm *self)
{
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

static void
on_close_clicked (GtkButton *button, LigdiClosingForm *self)
{
  gboolean kept = gtk_toggle_button_get_active (self->kept);
  g_autofree char *remark = get_remark (self);
  const char *choice = kept ? describe_keeping (self->follow_up) : _("Given back to the customer");
  g_autofree char *both = NULL;
  const char *reason = remark;

  if (!gtk_toggle_button_get_active (self->other))
    {
      /* Translators: what was done, and a remark somebody typed. */
      both = g_strdup_printf (_("%1$s · %2$s"), choice, remark);
      reason = *remark != '\0' ? both : choice;
    }
  g_signal_emit (self, signals[SIGNAL_CLOSE], 0, reason, kept);
}

static void
ligdi_closing_form_class_init (LigdiClosingFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * LigdiClosingForm::back:
   * @self: the form
   *
   * Nothing is closed.
   */
  signals[SIGNAL_BACK] = g_signal_new ("back", LIGDI_TYPE_CLOSING_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
  /**
   * LigdiClosingForm::close:
   * @self: the form
   * @reason: what was done, in words
   * @kept: whether the shop keeps the money
   */
  signals[SIGNAL_CLOSE] = g_signal_new ("close", LIGDI_TYPE_CLOSING_FORM, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                                        G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-closing-form.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiClosingForm, kept);
  gtk_widget_class_bind_template_child (widget_class, LigdiClosingForm, returned);
  gtk_widget_class_bind_template_child (widget_class, LigdiClosingForm, other);
  gtk_widget_class_bind_template_child (widget_class, LigdiClosingForm, remark);
  gtk_widget_class_bind_template_child (widget_class, LigdiClosingForm, close);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
}

static void
ligdi_closing_form_init (LigdiClosingForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  refresh (self);
}

/**
 * ligdi_closing_form_ask:
 * @self: a form
 * @follow_up: what waited for a person
 *
 * Empties the form and asks about @follow_up.
 */
void
ligdi_closing_form_ask (LigdiClosingForm *self, LigdiFollowUp follow_up)
{
  g_return_if_fail (LIGDI_IS_CLOSING_FORM (self));

  self->follow_up = follow_up;
  gtk_button_set_label (GTK_BUTTON (self->kept), describe_keeping (follow_up));
  gtk_toggle_button_set_active (self->other, TRUE);
  gtk_entry_set_text (self->remark, "");
  refresh (self);
}
