/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-name-bar.h"

/* Asks what the shop is called, where nobody has said so yet. */

enum
{
  SIGNAL_NAMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiNameBar
{
  GtkRevealer parent_instance;

  GtkEntry *entry;
};

G_DEFINE_FINAL_TYPE (LigdiNameBar, ligdi_name_bar, GTK_TYPE_REVEALER)

static void
on_save (LigdiNameBar *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_entry_get_text (self->entry)));

  if (*name == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  else
    g_signal_emit (self, signals[SIGNAL_NAMED], 0, name);
}

static void
ligdi_name_bar_class_init (LigdiNameBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * LigdiNameBar::named:
   * @self: the bar
   * @name: what the shop is called, not empty
   */
  signals[SIGNAL_NAMED] = g_signal_new ("named", LIGDI_TYPE_NAME_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-name-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiNameBar, entry);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
}

static void
ligdi_name_bar_init (LigdiNameBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
