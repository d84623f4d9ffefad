/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-money-page.h"

/* The one step between play money and real money: says what it changes. */

enum
{
  SIGNAL_GO,
  SIGNAL_STAY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiMoneyPage
{
  GtkScrolledWindow parent_instance;

  GtkStack *stack;
};

G_DEFINE_FINAL_TYPE (LigdiMoneyPage, ligdi_money_page, GTK_TYPE_SCROLLED_WINDOW)

static void
on_go (LigdiMoneyPage *self)
{
  g_signal_emit (self, signals[SIGNAL_GO], 0);
}

static void
on_stay (LigdiMoneyPage *self)
{
  g_signal_emit (self, signals[SIGNAL_STAY], 0);
}

static gboolean
ligdi_money_page_key_press_event (GtkWidget *widget, GdkEventKey *event)
{
  if (event->keyval != GDK_KEY_Escape)
    return GTK_WIDGET_CLASS (ligdi_money_page_parent_class)->key_press_event (widget, event);
  on_stay (LIGDI_MONEY_PAGE (widget));
  return GDK_EVENT_STOP;
}

static void
ligdi_money_page_class_init (LigdiMoneyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->key_press_event = ligdi_money_page_key_press_event;

  /**
   * LigdiMoneyPage::go:
   * @self: the page
   *
   * Somebody has read it, and wants it.
   */
  signals[SIGNAL_GO] = g_signal_new ("go", LIGDI_TYPE_MONEY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 0);

  /**
   * LigdiMoneyPage::stay:
   * @self: the page
   *
   * Nothing shall change.
   */
  signals[SIGNAL_STAY] = g_signal_new ("stay", LIGDI_TYPE_MONEY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-money-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiMoneyPage, stack);
  gtk_widget_class_bind_template_callback (widget_class, on_go);
  gtk_widget_class_bind_template_callback (widget_class, on_stay);
}

static void
ligdi_money_page_init (LigdiMoneyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_money_page_new:
 * @real: whether the step leads to real money, and not back to the demonstration
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
ligdi_money_page_new (gboolean real)
{
  LigdiMoneyPage *self = g_object_new (LIGDI_TYPE_MONEY_PAGE, NULL);

  gtk_stack_set_visible_child_name (self->stack, real ? "real" : "demonstration");
  return GTK_WIDGET (self);
}
