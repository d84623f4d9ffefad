/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-keycap.h"

/* The hint that says which key presses a button. A seat without a keyboard shows none. */

struct _LigdiKeycap
{
  GtkLabel parent_instance;
};

G_DEFINE_FINAL_TYPE (LigdiKeycap, ligdi_keycap, GTK_TYPE_LABEL)

static void
ligdi_keycap_realize (GtkWidget *widget)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));

  GTK_WIDGET_CLASS (ligdi_keycap_parent_class)->realize (widget);
  if (seat != NULL && (gdk_seat_get_capabilities (seat) & GDK_SEAT_CAPABILITY_KEYBOARD) == 0)
    gtk_widget_set_opacity (widget, 0.0);
}

static void
ligdi_keycap_class_init (LigdiKeycapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->realize = ligdi_keycap_realize;
}

static void
ligdi_keycap_init (LigdiKeycap *self)
{
  gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (self)), "keycap");
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}
