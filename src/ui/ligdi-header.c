/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-header.h"

#include <glib/gi18n.h>

/* Whose till it is, whether the gateway answers, and what waits for its result. */

struct _LigdiHeader
{
  GtkHeaderBar parent_instance;

  GtkWidget *back;
  GtkWidget *mark;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkWidget *pill;
  GtkImage *pill_icon;
  GtkLabel *pill_label;
  GtkWidget *pill_more;
  GtkWidget *history;
  GtkLabel *badge;
  GtkWidget *to_follow;
  GtkWidget *undo;
  GtkWidget *lock;
  GtkLabel *to_follow_badge;

  LigdiPlace place;
  char *shop;
  char *till;
  char *cashier; /* who is there, or NULL */
  gboolean lockable;
};

G_DEFINE_FINAL_TYPE (LigdiHeader, ligdi_header, GTK_TYPE_HEADER_BAR)

static void
show_titles (LigdiHeader *self)
{
  g_autofree char *both = NULL;
  g_autofree char *till = NULL;
  const char *title = NULL;

  /* Translators: the till's name and the cashier's. */
  till = self->cashier != NULL ? g_strdup_printf (_("%1$s · %2$s"), self->till, self->cashier)
                               : g_strdup (self->till);

  switch (self->place)
    {
    case LIGDI_PLACE_COUNTER:
    case LIGDI_PLACE_WELCOME:
    case LIGDI_PLACE_MONEY:
    case LIGDI_PLACE_CODE:
    case LIGDI_PLACE_IDLE:
    case LIGDI_PLACE_LOCK:
      gtk_label_set_text (self->title, self->shop);
      gtk_label_set_text (self->subtitle, till);
      return;
    case LIGDI_PLACE_HISTORY:
      title = _("History");
      break;
    case LIGDI_PLACE_TO_FOLLOW:
      title = _("To follow up");
      break;
    case LIGDI_PLACE_PREFERENCES:
      gtk_label_set_text (self->title, _("Preferences"));
      gtk_label_set_text (self->subtitle, _("Changes saved"));
      return;
    }
  /* Translators: the shop's name and the till's. */
  both = self->cashier != NULL ? g_strdup (till)
                               : g_strdup_printf (_("%1$s · %2$s"), self->shop, till);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, both);
}

/* What is in a button is in nobody's accessible: the button itself says it. */
static void
set_badge (GtkWidget *button, GtkLabel *badge, guint count)
{
  g_autofree char *text = g_strdup_printf ("%u", count);
  g_autofree char *description = g_strdup_printf (
      ngettext ("%u payment to follow up", "%u payments to follow up", count), count);

  gtk_label_set_text (badge, text);
  gtk_widget_set_visible (GTK_WIDGET (badge), count > 0);
  atk_object_set_description (gtk_widget_get_accessible (button), count > 0 ? description : "");
}

static void
ligdi_header_finalize (GObject *object)
{
  LigdiHeader *self = LIGDI_HEADER (object);

  g_free (self->shop);
  g_free (self->till);
  g_free (self->cashier);
  G_OBJECT_CLASS (ligdi_header_parent_class)->finalize (object);
}

static void
ligdi_header_class_init (LigdiHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ligdi_header_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-header.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiHeader, back);
  gtk_widget_class_bind_template_child (widget_class, LigdiHeader, mark);
  gtk_widget_class_bind_template_child (widget_class, LigdiHeader, title);
  gtk_widget_class_bind_template_child (widget_class, LigdiHeader, subtitle);
  gtk_widget_class_bind_template_child (widget_class, LigdiHeader, pill);
  gtk_widget_class_bind_template_child (widget_class, LigdiHeader, pill_icon);
  gtk_widget_class_bind_template_child (widget_class, LigdiHeader, pill_label);
  gtk_widget_class_bind_template_child (widget_class, LigdiHeader, pill_more);
  gtk_widget_class_bind_template_child (widget_class, LigdiHeader, history);
  gtk_widget_class_bind_template_child (widget_class, LigdiHeader, badge);
  gtk_widget_class_bind_template_child (widget_class, LigdiHeader, to_follow);
  gtk_widget_class_bind_template_child (widget_class, LigdiHeader, to_follow_badge);
  gtk_widget_class_bind_template_child (widget_class, LigdiHeader, undo);
  gtk_widget_class_bind_template_child (widget_class, LigdiHeader, lock);
}

static void
ligdi_header_init (LigdiHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->shop = g_strdup ("");
  self->till = g_strdup ("");
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

  g_free (self->shop);
  self->shop = g_strdup (*name != '\0' ? name : "LigdiPay");
  g_free (self->till);
  self->till = g_strdup (till);
  show_titles (self);
}

/**
 * ligdi_header_set_cashier:
 * @self: a header
 * @lockable: whether cashiers have names here
 * @name: (nullable): who is there
 */
void
ligdi_header_set_cashier (LigdiHeader *self, gboolean lockable, const char *name)
{
  g_return_if_fail (LIGDI_IS_HEADER (self));

  self->lockable = lockable;
  g_free (self->cashier);
  self->cashier = g_strdup (name);
  ligdi_header_set_place (self, self->place);
}

/**
 * ligdi_header_set_place:
 * @self: a header
 * @place: where somebody is
 */
void
ligdi_header_set_place (LigdiHeader *self, LigdiPlace place)
{
  gboolean away = place != LIGDI_PLACE_COUNTER && place != LIGDI_PLACE_WELCOME
                  && place != LIGDI_PLACE_LOCK;
  gboolean among_payments = place == LIGDI_PLACE_HISTORY || place == LIGDI_PLACE_TO_FOLLOW;

  g_return_if_fail (LIGDI_IS_HEADER (self));

  self->place = place;
  gtk_widget_set_visible (self->back, away);
  gtk_widget_set_visible (self->mark, !away);
  gtk_widget_set_visible (self->history, place == LIGDI_PLACE_COUNTER);
  gtk_widget_set_visible (self->to_follow, among_payments);
  gtk_widget_set_visible (self->undo, place == LIGDI_PLACE_PREFERENCES);
  gtk_widget_set_visible (self->lock, self->lockable && place == LIGDI_PLACE_COUNTER);
  show_titles (self);
}

/**
 * ligdi_header_set_connection:
 * @self: a header
 * @connection: what the pill says
 * @reason: (nullable): why, for those who want to know
 */
void
ligdi_header_set_connection (LigdiHeader *self, LigdiConnection connection, const char *reason)
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
      text = _("Demonstration");
      icon = "applications-science-symbolic";
      break;
    }
  style = gtk_widget_get_style_context (self->pill);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_style_context_remove_class (style, classes[i]);
  gtk_style_context_add_class (style, classes[connection]);
  gtk_image_set_from_icon_name (self->pill_icon, icon, GTK_ICON_SIZE_BUTTON);
  gtk_label_set_text (self->pill_label, text);
  gtk_widget_set_visible (self->pill_more, connection == LIGDI_CONNECTION_DEMONSTRATION);
  gtk_widget_set_tooltip_text (self->pill, reason);
  atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (self->pill_label)),
                              reason != NULL ? reason : "");
}

/**
 * ligdi_header_set_count:
 * @self: a header
 * @count: how many payments must not be forgotten
 */
void
ligdi_header_set_count (LigdiHeader *self, guint count)
{
  g_return_if_fail (LIGDI_IS_HEADER (self));

  set_badge (self->history, self->badge, count);
  set_badge (self->to_follow, self->to_follow_badge, count);
}
