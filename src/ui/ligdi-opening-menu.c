/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-opening-menu.h"

/* The four places where a payment's page can be opened. */

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiOpeningMenu
{
  GtkPopover parent_instance;

  GtkWidget *here;
  GtkWidget *window;
  GtkWidget *browser;
  GtkWidget *phone;
};

G_DEFINE_FINAL_TYPE (LigdiOpeningMenu, ligdi_opening_menu, GTK_TYPE_POPOVER)

static void
choose (LigdiOpeningMenu *self, LigdiOpening opening)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, (int) opening);
}

static void
on_here_clicked (LigdiOpeningMenu *self)
{
  choose (self, LIGDI_OPENING_HERE);
}

static void
on_window_clicked (LigdiOpeningMenu *self)
{
  choose (self, LIGDI_OPENING_WINDOW);
}

static void
on_browser_clicked (LigdiOpeningMenu *self)
{
  choose (self, LIGDI_OPENING_BROWSER);
}

static void
on_phone_clicked (LigdiOpeningMenu *self)
{
  choose (self, LIGDI_OPENING_PHONE);
}

static void
ligdi_opening_menu_class_init (LigdiOpeningMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * LigdiOpeningMenu::chosen:
   * @self: the menu
   * @opening: a #LigdiOpening
   */
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", LIGDI_TYPE_OPENING_MENU, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-opening-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiOpeningMenu, here);
  gtk_widget_class_bind_template_child (widget_class, LigdiOpeningMenu, window);
  gtk_widget_class_bind_template_child (widget_class, LigdiOpeningMenu, browser);
  gtk_widget_class_bind_template_child (widget_class, LigdiOpeningMenu, phone);
  gtk_widget_class_bind_template_callback (widget_class, on_here_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_window_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_browser_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_phone_clicked);
}

static void
ligdi_opening_menu_init (LigdiOpeningMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_opening_menu_set_current:
 * @self: a menu
 * @current: the #LigdiOpening where the page is open, which is not offered, or -1
 */
void
ligdi_opening_menu_set_current (LigdiOpeningMenu *self, int current)
{
  g_return_if_fail (LIGDI_IS_OPENING_MENU (self));

  gtk_widget_set_sensitive (self->here, current != LIGDI_OPENING_HERE);
  gtk_widget_set_sensitive (self->window, current != LIGDI_OPENING_WINDOW);
  gtk_widget_set_sensitive (self->browser, current != LIGDI_OPENING_BROWSER);
  gtk_widget_set_sensitive (self->phone, current != LIGDI_OPENING_PHONE);
}
