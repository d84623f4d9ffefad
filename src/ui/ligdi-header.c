/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-header.h"

#include <glib/gi18n.h>

/* Whose till it is, whether the gateway answers, and what waits for its result. */

struct _LigdiHeader
{
  GtkHeaderBar parent_instance;

  GtkLabel *shop;
  GtkLabel *till;
  GtkWidget *pill;
  GtkImage *pill_icon;
  GtkLabel *pill_label;
  GtkLabel *badge;
};

G_DEFINE_FINAL_TYPE (LigdiHeader, ligdi_header, GTK_TYPE_HEADER_BAR)

static void
ligdi_header_class_init (LigdiHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-header.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiHeader, shop);
  gtk_widget_class_bind_template_child (widget_class, LigdiHeader, till);
  gtk_widget_class_bind_template_child (widget_class, LigdiHeader, pill);
  gtk_widget_class_bind_template_child (widget_class, LigdiHeader, pill_icon);
  gtk_widget_class_bind_template_child (widget_class, LigdiHeader, pill_label);
  gtk_widget_class_bind_template_child (widget_class, LigdiHeader, badge);
}

static void
ligdi_header_init (LigdiHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_header_set_shop:
 * @self: a header
 * @name: the shop's name, may be empty
 * @till: what the till is called
 */
void
ligdi_header_set_shop (LigdiHeader *self, const char *name, const char *till)
{
  g_return_if_fail (LIGDI_IS_HEADER (self));
  g_return_if_fail (name != NULL && till != NULL);

  gtk_label_set_text (self->shop, *name != '\0' ? name : "LigdiPay");
  gtk_label_set_text (self->till, till);
}

/**
 * ligdi_header_set_connection:
 * @self: a header
 * @connection: what the pill says
 */
void
ligdi_header_set_connection (LigdiHeader *self, LigdiConnection connection)
{
  static const char *const classes[] = { "online", "offline", "sandbox" };
  GtkStyleContext *style;
  const char *text = NULL;
  const char *icon = NULL;

  g_return_if_fail (LIGDI_IS_HEADER (self));

  switch (connection)
    {
    case LIGDI_CONNECTION_ONLINE:
      text = _("Online");
      icon = "network-wireless-signal-excellent-symbolic";
      break;
    case LIGDI_CONNECTION_OFFLINE:
      text = _("Offline");
      icon = "network-offline-symbolic";
      break;
    case LIGDI_CONNECTION_DEMONSTRATION:
      text = _("Demonstration · play money");
      icon = "applications-science-symbolic";
      break;
    }
  style = gtk_widget_get_style_context (self->pill);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_style_context_remove_class (style, classes[i]);
  gtk_style_context_add_class (style, classes[connection]);
  gtk_image_set_from_icon_name (self->pill_icon, icon, GTK_ICON_SIZE_BUTTON);
  gtk_label_set_text (self->pill_label, text);
}

/**
 * ligdi_header_set_count:
 * @self: a header
 * @count: how many payments wait for their results
 */
void
ligdi_header_set_count (LigdiHeader *self, guint count)
{
  g_autofree char *text = g_strdup_printf ("%u", count);
  g_autofree char *name = g_strdup_printf (
      ngettext ("%u payment waits for its result", "%u payments wait for their results", count),
      count);

  g_return_if_fail (LIGDI_IS_HEADER (self));

  gtk_label_set_text (self->badge, text);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), count > 0);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self->badge)), name);
}
