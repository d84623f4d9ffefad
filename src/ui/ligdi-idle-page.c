/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-idle-page.h"

#include "ligdi-dates.h"

#include <glib/gi18n.h>

/* What a kiosk shows while nobody is there. The whole of it is one button. */

struct _LigdiIdlePage
{
  GtkButton parent_instance;

  GtkLabel *shop;
  GtkLabel *clock;
  GtkLabel *title;
  GtkWidget *call;
  GtkLabel *help;

  guint clock_id;
};

G_DEFINE_FINAL_TYPE (LigdiIdlePage, ligdi_idle_page, GTK_TYPE_BUTTON)

static void
show_time (LigdiIdlePage *self)
{
  g_autofree char *time = ligdi_dates_format_time (ligdi_dates_now ());

  gtk_label_set_text (self->clock, time);
}

static gboolean
on_clock (gpointer user_data)
{
  show_time (user_data);
  return G_SOURCE_CONTINUE;
}

static void
ligdi_idle_page_map (GtkWidget *widget)
{
  LigdiIdlePage *self = LIGDI_IDLE_PAGE (widget);

  GTK_WIDGET_CLASS (ligdi_idle_page_parent_class)->map (widget);
  show_time (self);
  if (self->clock_id == 0)
    self->clock_id = g_timeout_add_seconds (15, on_clock, self);
}

static void
ligdi_idle_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&LIGDI_IDLE_PAGE (widget)->clock_id, g_source_remove);
  GTK_WIDGET_CLASS (ligdi_idle_page_parent_class)->unmap (widget);
}

static void
ligdi_idle_page_class_init (LigdiIdlePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->map = ligdi_idle_page_map;
  widget_class->unmap = ligdi_idle_page_unmap;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-idle-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiIdlePage, shop);
  gtk_widget_class_bind_template_child (widget_class, LigdiIdlePage, clock);
  gtk_widget_class_bind_template_child (widget_class, LigdiIdlePage, title);
  gtk_widget_class_bind_template_child (widget_class, LigdiIdlePage, call);
  gtk_widget_class_bind_template_child (widget_class, LigdiIdlePage, help);
}

static void
ligdi_idle_page_init (LigdiIdlePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ligdi_idle_page_set_open (self, TRUE);
}

/**
 * ligdi_idle_page_new:
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
ligdi_idle_page_new (void)
{
  return g_object_new (LIGDI_TYPE_IDLE_PAGE, NULL);
}

/**
 * ligdi_idle_page_set_shop:
 * @self: a page
 * @name: what the shop is called
 * @phone: its telephone, may be empty
 */
void
ligdi_idle_page_set_shop (LigdiIdlePage *self, const char *name, const char *phone)
{
  /* Translators: %s is a telephone number. */
  g_autofree char *help = g_strdup_printf (_("Need help? Call %s"), phone);

  g_return_if_fail (LIGDI_IS_IDLE_PAGE (self));

  gtk_label_set_text (self->shop, name);
  gtk_label_set_text (self->help, help);
  gtk_widget_set_visible (GTK_WIDGET (self->help), *phone != '\0');
}

/**
 * ligdi_idle_page_set_open:
 * @self: a page
 * @open: whether anything can be paid here just now
 */
void
ligdi_idle_page_set_open (LigdiIdlePage *self, gboolean open)
{
  AtkObject *accessible;

  g_return_if_fail (LIGDI_IS_IDLE_PAGE (self));

  accessible = gtk_widget_get_accessible (GTK_WIDGET (self));
  gtk_label_set_text (self->title, open ? _("Pay here with your phone")
                                        : _("Kiosk unavailable"));
  gtk_widget_set_visible (self->call, open);
  gtk_widget_set_sensitive (GTK_WIDGET (self), open);
  atk_object_set_name (accessible, open ? _("Touch to pay") : _("Kiosk unavailable"));
}
