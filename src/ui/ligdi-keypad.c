/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-keypad.h"

/* The figures and the four functions, for fingers. Its keys take no focus: who has a
 * keyboard types. */

enum
{
  SIGNAL_DIGITS,
  SIGNAL_BACKSPACE,
  SIGNAL_CLEAR,
  SIGNAL_MULTIPLY,
  SIGNAL_ADD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiKeypad
{
  GtkGrid parent_instance;
};

G_DEFINE_FINAL_TYPE (LigdiKeypad, ligdi_keypad, GTK_TYPE_GRID)

static void
on_digits_clicked (GtkButton *button, LigdiKeypad *self)
{
  g_signal_emit (self, signals[SIGNAL_DIGITS], 0, gtk_button_get_label (button));
}

static void
on_backspace_clicked (GtkButton *button, LigdiKeypad *self)
{
  g_signal_emit (self, signals[SIGNAL_BACKSPACE], 0);
}

static void
on_clear_clicked (GtkButton *button, LigdiKeypad *self)
{
  g_signal_emit (self, signals[SIGNAL_CLEAR], 0);
}

static void
on_multiply_clicked (GtkButton *button, LigdiKeypad *self)
{
  g_signal_emit (self, signals[SIGNAL_MULTIPLY], 0);
}

static void
on_add_clicked (GtkButton *button, LigdiKeypad *self)
{
  g_signal_emit (self, signals[SIGNAL_ADD], 0);
}

static guint
install_signal (const char *name)
{
  return g_signal_new (name, LIGDI_TYPE_KEYPAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
ligdi_keypad_class_init (LigdiKeypadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * LigdiKeypad::digits:
   * @self: the keypad
   * @digits: one to three figures
   */
  signals[SIGNAL_DIGITS] = g_signal_new ("digits", LIGDI_TYPE_KEYPAD, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_BACKSPACE] = install_signal ("backspace");
  signals[SIGNAL_CLEAR] = install_signal ("clear");
  signals[SIGNAL_MULTIPLY] = install_signal ("multiply");
  signals[SIGNAL_ADD] = install_signal ("add-line");

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-keypad.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_digits_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_backspace_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_multiply_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
}

static void
ligdi_keypad_init (LigdiKeypad *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
