/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-setting-row.h"

#include <glib/gi18n.h>

/* What a setting is called and what it does, beside what sets it; and why a value was refused. */

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_CAPTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

struct _LigdiSettingRow
{
  GtkBox parent_instance;

  GtkLabel *title;
  GtkLabel *caption;
  GtkWidget *control; /* what sets it */

  char *explanation; /* what the caption says as long as nothing is refused */
  gboolean locked;
};

G_DEFINE_FINAL_TYPE (LigdiSettingRow, ligdi_setting_row, GTK_TYPE_BOX)

static void
show_caption (LigdiSettingRow *self, const char *refusal)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  const char *text = self->explanation;

  if (refusal != NULL)
    text = refusal;
  else if (self->locked)
    text = _("Set by the administrator");
  gtk_label_set_text (self->caption, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->caption), text != NULL);
  if (self->control != NULL)
    atk_object_set_description (gtk_widget_get_accessible (self->control),
                                text != NULL ? text : "");
  if (refusal != NULL)
    gtk_style_context_add_class (style, "refused");
  else
    gtk_style_context_remove_class (style, "refused");
}

static void
ligdi_setting_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LigdiSettingRow *self = LIGDI_SETTING_ROW (object);

  switch (id)
    {
    case PROP_TITLE:
      gtk_label_set_text (self->title, g_value_get_string (value));
      break;
    case PROP_CAPTION:
      g_free (self->explanation);
      self->explanation = g_value_dup_string (value);
      show_caption (self, NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* What sets it is called what the row says, and described by it. */
static void
ligdi_setting_row_add (GtkContainer *container, GtkWidget *child)
{
  LigdiSettingRow *self = LIGDI_SETTING_ROW (container);
  AtkObject *accessible;

  GTK_CONTAINER_CLASS (ligdi_setting_row_parent_class)->add (container, child);
  /* The words themselves come before the template's children are bound. */
  if (self->title == NULL)
    return;
  self->control = child;
  gtk_container_child_set (container, child, "pack-type", GTK_PACK_END, NULL);
  accessible = gtk_widget_get_accessible (child);
  atk_object_add_relationship (accessible, ATK_RELATION_LABELLED_BY,
                               gtk_widget_get_accessible (GTK_WIDGET (self->title)));
  if (!GTK_IS_LABEL (child))
    atk_object_set_name (accessible, gtk_label_get_text (self->title));
}

static void
ligdi_setting_row_finalize (GObject *object)
{
  g_free (LIGDI_SETTING_ROW (object)->explanation);
  G_OBJECT_CLASS (ligdi_setting_row_parent_class)->finalize (object);
}

static void
ligdi_setting_row_class_init (LigdiSettingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = ligdi_setting_row_set_property;
  G_OBJECT_CLASS (klass)->finalize = ligdi_setting_row_finalize;
  GTK_CONTAINER_CLASS (klass)->add = ligdi_setting_row_add;
  properties[PROP_TITLE] = g_param_spec_string ("title", "Title", "What the setting is called", NULL,
                                                G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAPTION] = g_param_spec_string ("caption", "Caption", "What it does", NULL,
                                                  G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-setting-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiSettingRow, title);
  gtk_widget_class_bind_template_child (widget_class, LigdiSettingRow, caption);
}

static void
ligdi_setting_row_init (LigdiSettingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_setting_row_refuse:
 * @self: a row
 * @why: (nullable): a sentence about the value that was given, or %NULL when it is taken
 */
void
ligdi_setting_row_refuse (LigdiSettingRow *self, const char *why)
{
  g_return_if_fail (LIGDI_IS_SETTING_ROW (self));

  show_caption (self, why);
}

/**
 * ligdi_setting_row_set_locked:
 * @self: a row
 * @locked: whether an administrator has set it for good
 */
void
ligdi_setting_row_set_locked (LigdiSettingRow *self, gboolean locked)
{
  g_return_if_fail (LIGDI_IS_SETTING_ROW (self));

  self->locked = locked;
  gtk_widget_set_sensitive (GTK_WIDGET (self), !locked);
  show_caption (self, NULL);
}
