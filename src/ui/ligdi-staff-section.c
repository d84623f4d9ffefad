/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-staff-section.h"

#include "ligdi-setting-row.h"

#include <glib/gi18n.h>

/* Who works at the till, and whose code is asked for. */

enum
{
  SIGNAL_CHOOSE_CODE,
  SIGNAL_NOT_SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiStaffSection
{
  GtkBox parent_instance;

  GtkContainer *cashiers;
  GtkWidget *new_row;
  GtkEntry *name;
  GtkWidget *manager_row;
  GtkButton *manager_code;
  GtkWidget *manager_none;

  LigdiStaff *staff;
};

G_DEFINE_FINAL_TYPE (LigdiStaffSection, ligdi_staff_section, GTK_TYPE_BOX)

static void
tell_if_not (LigdiStaffSection *self, gboolean saved)
{
  if (!saved)
    g_signal_emit (self, signals[SIGNAL_NOT_SAVED], 0);
}

static const char *
get_name (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "name");
}

static void
on_code_clicked (LigdiStaffSection *self, GtkWidget *button)
{
  g_signal_emit (self, signals[SIGNAL_CHOOSE_CODE], 0, get_name (button));
}

static void
on_no_code_clicked (LigdiStaffSection *self, GtkWidget *button)
{
  g_autofree char *name = g_strdup (get_name (button));

  tell_if_not (self, ligdi_staff_set_code (self->staff, name, NULL));
}

static void
on_remove_clicked (LigdiStaffSection *self, GtkWidget *button)
{
  g_autofree char *name = g_strdup (get_name (button));

  /* The button goes with the row. */
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
  tell_if_not (self, ligdi_staff_remove (self->staff, name));
}

/* What is read out says whose it is; what is seen stands beside the name. */
static GtkWidget *
make_button (LigdiStaffSection *self, const char *label, const char *spoken, const char *name,
             GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  atk_object_set_name (gtk_widget_get_accessible (button), spoken);
  gtk_style_context_add_class (gtk_widget_get_style_context (button), "touch");
  g_object_set_data_full (G_OBJECT (button), "name", g_strdup (name), g_free);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_row (LigdiStaffSection *self, const char *name)
{
  gboolean has_code = ligdi_staff_has_code (self->staff, name);
  GtkWidget *row = g_object_new (LIGDI_TYPE_SETTING_ROW, "title", name, "caption",
                                 has_code ? _("With a code") : _("Without a code"), NULL);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  /* Translators: %s is a cashier. */
  g_autofree char *code = g_strdup_printf (_("Code of %s"), name);
  g_autofree char *none = g_strdup_printf (_("No code for %s"), name);
  g_autofree char *removal = g_strdup_printf (_("Remove %s"), name);

  gtk_widget_set_valign (buttons, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  g_object_set_data (G_OBJECT (row), "code-button",
                     make_button (self, _("Code…"), code, name, G_CALLBACK (on_code_clicked)));
  gtk_container_add (GTK_CONTAINER (buttons), g_object_get_data (G_OBJECT (row), "code-button"));
  if (has_code)
    gtk_container_add (
        GTK_CONTAINER (buttons),
        make_button (self, _("No code"), none, name, G_CALLBACK (on_no_code_clicked)));
  gtk_container_add (
      GTK_CONTAINER (buttons),
      make_button (self, _("Remove"), removal, name, G_CALLBACK (on_remove_clicked)));
  gtk_container_add (GTK_CONTAINER (row), buttons);
  gtk_widget_show_all (buttons);
  return row;
}

static void
destroy_row (GtkWidget *row, gpointer user_data)
{
  gtk_widget_destroy (row);
}

static void
show_staff (LigdiStaffSection *self)
{
  g_auto (GStrv) names = ligdi_staff_list (self->staff);
  gboolean has_code = ligdi_staff_has_code (self->staff, NULL);

  gtk_container_foreach (self->cashiers, destroy_row, NULL);
  for (guint i = 0; names[i] != NULL; i++)
    gtk_container_add (self->cashiers, make_row (self, names[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->cashiers), names[0] != NULL);
  gtk_button_set_label (self->manager_code, has_code ? _("Change…") : _("Choose…"));
  gtk_widget_set_visible (self->manager_none, has_code);
}

static void
on_name_done (LigdiStaffSection *self)
{
  const char *why = NULL;

  switch (ligdi_staff_add (self->staff, gtk_entry_get_text (self->name)))
    {
    case LIGDI_NAMING_DONE:
      gtk_entry_set_text (self->name, "");
      break;
    case LIGDI_NAMING_EMPTY:
      why = _("Type a name first.");
      break;
    case LIGDI_NAMING_TAKEN:
      why = _("Another cashier has that name.");
      break;
    case LIGDI_NAMING_FULL:
      why = _("There is no room for more. Remove somebody first.");
      break;
    case LIGDI_NAMING_NOT_SAVED:
      tell_if_not (self, FALSE);
      break;
    }
  ligdi_setting_row_refuse (LIGDI_SETTING_ROW (self->new_row), why);
}

static void
on_manager_code_clicked (LigdiStaffSection *self)
{
  g_signal_emit (self, signals[SIGNAL_CHOOSE_CODE], 0, NULL);
}

static void
on_manager_none_clicked (LigdiStaffSection *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->manager_code));
  tell_if_not (self, ligdi_staff_set_code (self->staff, NULL, NULL));
}

static void
ligdi_staff_section_dispose (GObject *object)
{
  g_clear_object (&LIGDI_STAFF_SECTION (object)->staff);
  G_OBJECT_CLASS (ligdi_staff_section_parent_class)->dispose (object);
}

static void
ligdi_staff_section_class_init (LigdiStaffSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ligdi_staff_section_dispose;

  /**
   * LigdiStaffSection::choose-code:
   * @self: the section
   * @name: (nullable): whose, or %NULL for the manager's
   */
  signals[SIGNAL_CHOOSE_CODE]
      = g_signal_new ("choose-code", LIGDI_TYPE_STAFF_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * LigdiStaffSection::not-saved:
   * @self: the section
   *
   * Nothing has changed: there is no room for it.
   */
  signals[SIGNAL_NOT_SAVED] = g_signal_new ("not-saved", LIGDI_TYPE_STAFF_SECTION,
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (LIGDI_TYPE_SETTING_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-staff-section.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiStaffSection, cashiers);
  gtk_widget_class_bind_template_child (widget_class, LigdiStaffSection, new_row);
  gtk_widget_class_bind_template_child (widget_class, LigdiStaffSection, name);
  gtk_widget_class_bind_template_child (widget_class, LigdiStaffSection, manager_row);
  gtk_widget_class_bind_template_child (widget_class, LigdiStaffSection, manager_code);
  gtk_widget_class_bind_template_child (widget_class, LigdiStaffSection, manager_none);
  gtk_widget_class_bind_template_callback (widget_class, on_name_done);
  gtk_widget_class_bind_template_callback (widget_class, on_manager_code_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_manager_none_clicked);
}

static void
ligdi_staff_section_init (LigdiStaffSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_staff_section_set_staff:
 * @self: a section
 * @staff: who works at the till
 */
void
ligdi_staff_section_set_staff (LigdiStaffSection *self, LigdiStaff *staff)
{
  g_return_if_fail (LIGDI_IS_STAFF_SECTION (self));
  g_return_if_fail (LIGDI_IS_STAFF (staff));

  if (!g_set_object (&self->staff, staff))
    return;
  g_signal_connect_object (staff, "changed", G_CALLBACK (show_staff), self, G_CONNECT_SWAPPED);
  show_staff (self);
}

static void
focus_if_of (GtkWidget *row, gpointer user_data)
{
  GtkWidget *button = g_object_get_data (G_OBJECT (row), "code-button");

  if (g_str_equal (get_name (button), user_data))
    gtk_widget_grab_focus (button);
}

/**
 * ligdi_staff_section_focus:
 * @self: a section that is on screen
 * @name: (nullable): a cashier, or %NULL for the manager
 *
 * Goes back to where a code was to be chosen.
 */
void
ligdi_staff_section_focus (LigdiStaffSection *self, const char *name)
{
  g_return_if_fail (LIGDI_IS_STAFF_SECTION (self));

  if (name == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->manager_code));
  else
    gtk_container_foreach (self->cashiers, focus_if_of, (gpointer) name);
}
