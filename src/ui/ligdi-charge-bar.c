/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-charge-bar.h"

#include "ligdi-money.h"

#include <glib/gi18n.h>

/* Says that another program asks for a sale while the cashier is busy with another one. */

enum
{
  SIGNAL_LOOK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiChargeBar
{
  GtkRevealer parent_instance;

  GtkLabel *sentence;
};

G_DEFINE_FINAL_TYPE (LigdiChargeBar, ligdi_charge_bar, GTK_TYPE_REVEALER)

static void
on_look_clicked (LigdiChargeBar *self)
{
  g_signal_emit (self, signals[SIGNAL_LOOK], 0);
}

static void
ligdi_charge_bar_class_init (LigdiChargeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * LigdiChargeBar::look:
   * @self: the bar
   *
   * The cashier wants to see what is asked for.
   */
  signals[SIGNAL_LOOK] = g_signal_new ("look", LIGDI_TYPE_CHARGE_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-charge-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiChargeBar, sentence);
  gtk_widget_class_bind_template_callback (widget_class, on_look_clicked);
}

static void
ligdi_charge_bar_init (LigdiChargeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
word (const LigdiCharge *first, guint n_charges)
{
  g_autofree char *amount = ligdi_money_format (ligdi_sale_get_total (first->sale));

  if (n_charges > 1)
    return g_strdup_printf (ngettext ("%d sale was asked for by other programs",
                                      "%d sales were asked for by other programs", n_charges),
                            (int) n_charges);
  if (*first->sender == '\0')
    /* Translators: %s is an amount. */
    return g_strdup_printf (_("Another program asks for a sale of %s"), amount);
  /* Translators: 1 is who asks, as that program says; 2 is an amount. */
  return g_strdup_printf (_("“%1$s” asks for a sale of %2$s"), first->sender, amount);
}

/**
 * ligdi_charge_bar_tell:
 * @self: a bar
 * @first: what waits the longest
 * @n_charges: how many wait
 */
void
ligdi_charge_bar_tell (LigdiChargeBar *self, const LigdiCharge *first, guint n_charges)
{
  g_autofree char *sentence = NULL;

  g_return_if_fail (LIGDI_IS_CHARGE_BAR (self));
  g_return_if_fail (first != NULL && n_charges > 0);

  sentence = word (first, n_charges);
  if (gtk_revealer_get_reveal_child (GTK_REVEALER (self))
      && g_str_equal (gtk_label_get_text (self->sentence), sentence))
    return;
  gtk_label_set_text (self->sentence, sentence);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self), TRUE);
  gtk_widget_show (GTK_WIDGET (self));
  atk_object_notify_state_change (gtk_widget_get_accessible (GTK_WIDGET (self->sentence)),
                                  ATK_STATE_SHOWING, TRUE);
}

/**
 * ligdi_charge_bar_close:
 * @self: a bar
 */
void
ligdi_charge_bar_close (LigdiChargeBar *self)
{
  g_return_if_fail (LIGDI_IS_CHARGE_BAR (self));

  gtk_revealer_set_reveal_child (GTK_REVEALER (self), FALSE);
  gtk_widget_hide (GTK_WIDGET (self));
}
