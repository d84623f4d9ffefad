/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-page-keypad.h"

/* Figures for a page on a screen without a keyboard: a telephone number, a code. Its keys
 * take no focus, which stays in the page's field. */

enum
{
  SIGNAL_KEY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiPageKeypad
{
  GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE (LigdiPageKeypad, ligdi_page_keypad, GTK_TYPE_BOX)

static void
press (LigdiPageKeypad *self, guint keyval)
{
  g_signal_emit (self, signals[SIGNAL_KEY], 0, keyval);
}

static void
on_digit_clicked (GtkButton *button, LigdiPageKeypad *self)
{
  press (self, GDK_KEY_0 + (guint) (gtk_button_get_label (button)[0] - '0'));
}

static void
on_backspace_clicked (GtkButton *button, LigdiPageKeypad *self)
{
  press (self, GDK_KEY_BackSpace);
}

static void
on_next_clicked (GtkButton *button, LigdiPageKeypad *self)
{
  press (self, GDK_KEY_Tab);
}

static void
ligdi_page_keypad_class_init (LigdiPageKeypadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * LigdiPageKeypad::key:
   * @self: the keypad
   * @keyval: what was pressed
   */
  signals[SIGNAL_KEY] = g_signal_new ("key", LIGDI_TYPE_PAGE_KEYPAD, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-page-keypad.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_digit_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_backspace_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_next_clicked);
}

static void
ligdi_page_keypad_init (LigdiPageKeypad *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
