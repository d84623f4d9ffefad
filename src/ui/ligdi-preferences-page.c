/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-preferences-page.h"

#include "ligdi-address.h"
#include "ligdi-money.h"
#include "ligdi-products-section.h"
#include "ligdi-setting-row.h"
#include "ligdi-settings-file.h"
#include "ligdi-staff-section.h"

#include <glib/gi18n.h>
#include <string.h>

/* What the shop sets. Saved as soon as it is said, taken back one step at a time, and refused
 * with a sentence; what an administrator has set stays. */

/* Where there is less room, the second column is below the first. */
#define TWO_COLUMNS_PX 1100

enum
{
  SIGNAL_SAVED,
  SIGNAL_LEFT,
  SIGNAL_EXPORT,
  SIGNAL_IMPORT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  const char *key;
  const char *control; /* in the template; its row is named after it */
  char *(*refuse) (const char *text);
} Setting;

typedef struct
{
  guint setting;
  GVariant *value;
  gboolean more; /* it was changed together with the step before */
} Step;

struct _LigdiPreferencesPage
{
  GtkBox parent_instance;

  GtkOrientable *columns;
  LigdiAccountForm *account_form;

  GSettings *settings;
  GArray *steps; /* Step: what was there before, the last one last */
  gboolean showing;
  guint columns_id;
};

G_DEFINE_FINAL_TYPE (LigdiPreferencesPage, ligdi_preferences_page, GTK_TYPE_BOX)

static char *
refuse_no_name (const char *text)
{
  return *text == '\0' ? g_strdup (_("A shop needs a name.")) : NULL;
}

static char *
refuse_no_till (const char *text)
{
  return *text == '\0' ? g_strdup (_("A till needs a number or a name.")) : NULL;
}

static char *
refuse_phone (const char *text)
{
  return strspn (text, "+0123456789 -./()") == strlen (text)
             ? NULL
             : g_strdup (_("A telephone number has no letters."));
}

static char *
refuse_address (const char *text)
{
  return *text == '\0' || ligdi_address_is_page (text, FALSE)
             ? NULL
             : g_strdup (_("An address begins with https:// and has no blanks."));
}

static char *
refuse_amount (const char *text)
{
  gint64 amount;

  return ligdi_money_parse (text, &amount)
             ? NULL
             : g_strdup (_("An amount is a whole number of francs."));
}

static const Setting settings[] = {
  { "shop-name", "shop_name", refuse_no_name },
  { "till", "till", refuse_no_till },
  { "shop-phone", "shop_phone", refuse_phone },
  { "shop-website", "shop_website", refuse_address },
  { "receipt-footer", "receipt_footer", NULL },
  { "payment-page", "payment_page", NULL },
  { "return-page", "return_page", refuse_address },
  { "patience", "patience", NULL },
  { "payment-limit", "payment_limit", refuse_amount },
  { "customer-display", "customer_display", NULL },
  { "watch-when-closed", "watch_when_closed", NULL },
  { "sounds", "sounds", NULL },
  { "kiosk", "kiosk", NULL },
  { "kiosk-fixed-prices", "kiosk_fixed_prices", NULL },
  { "lock-after", "lock_after", NULL },
  { "appearance", "appearance", NULL },
  { "language", "language", NULL },
};

static void
clear_step (gpointer data)
{
  g_variant_unref (((Step *) data)->value);
}

static gpointer
get_child (LigdiPreferencesPage *self, const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (self), LIGDI_TYPE_PREFERENCES_PAGE, name);
}

static LigdiSettingRow *
get_row (LigdiPreferencesPage *self, guint setting)
{
  g_autofree char *name = g_strconcat (settings[setting].control, "_row", NULL);

  return get_child (self, name);
}

static const char *
get_choice (GtkContainer *choices)
{
  g_autoptr (GList) buttons = gtk_container_get_children (choices);

  for (GList *at = buttons; at != NULL; at = at->next)
    if (gtk_toggle_button_get_active (at->data))
      return gtk_widget_get_name (at->data);
  return "";
}

static void
set_choice (GtkContainer *choices, const char *name)
{
  g_autoptr (GList) buttons = gtk_container_get_children (choices);

  for (GList *at = buttons; at != NULL; at = at->next)
    if (g_str_equal (gtk_widget_get_name (at->data), name))
      gtk_toggle_button_set_active (at->data, TRUE);
}

static char *
dup_text (GtkEntry *entry)
{
  return g_strstrip (g_strdup (gtk_entry_get_text (entry)));
}

/* What the control says now; nothing of what it says is refused. */
static GVariant *
read_control (LigdiPreferencesPage *self, guint setting)
{
  gpointer control = get_child (self, settings[setting].control);
  g_autofree char *text = NULL;
  gint64 amount = 0;

  if (GTK_IS_SWITCH (control))
    return g_variant_new_boolean (gtk_switch_get_active (control));
  if (GTK_IS_SPIN_BUTTON (control))
    return g_variant_new_uint32 ((guint32) gtk_spin_button_get_value_as_int (control));
  if (GTK_IS_BOX (control))
    return g_variant_new_string (get_choice (control));
  text = dup_text (control);
  if (settings[setting].refuse != refuse_amount)
    return g_variant_new_string (text);
  ligdi_money_parse (text, &amount);
  return g_variant_new_int64 (amount);
}

/* What an entry says when nobody has typed anything into it. */
static char *
dup_saved_text (LigdiPreferencesPage *self, guint setting)
{
  g_autoptr (GVariant) value = g_settings_get_value (self->settings, settings[setting].key);

  return g_variant_is_of_type (value, G_VARIANT_TYPE_INT64)
             ? ligdi_money_format_number (g_variant_get_int64 (value))
             : g_variant_dup_string (value, NULL);
}

static gboolean
is_typed (gpointer control)
{
  return GTK_IS_ENTRY (control) && !GTK_IS_SPIN_BUTTON (control);
}

static gboolean
is_as_saved (LigdiPreferencesPage *self, guint setting)
{
  gpointer control = get_child (self, settings[setting].control);
  g_autofree char *saved = is_typed (control) ? dup_saved_text (self, setting) : NULL;

  return saved != NULL && g_str_equal (gtk_entry_get_text (control), saved);
}

static void
show_setting (LigdiPreferencesPage *self, guint setting)
{
  gpointer control = get_child (self, settings[setting].control);
  g_autoptr (GVariant) value = g_settings_get_value (self->settings, settings[setting].key);
  g_autofree char *text = NULL;

  self->showing = TRUE;
  if (GTK_IS_SWITCH (control))
    gtk_switch_set_active (control, g_variant_get_boolean (value));
  else if (GTK_IS_SPIN_BUTTON (control))
    gtk_spin_button_set_value (control, g_variant_get_uint32 (value));
  else if (GTK_IS_BOX (control))
    set_choice (control, g_variant_get_string (value, NULL));
  else
    {
      text = dup_saved_text (self, setting);
      gtk_entry_set_text (control, text);
    }
  self->showing = FALSE;
  ligdi_setting_row_set_locked (get_row (self, setting),
                                !g_settings_is_writable (self->settings, settings[setting].key));
}

static char *
refuse_range (LigdiPreferencesPage *self, guint setting, GVariant *value)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) key = NULL;
  g_autoptr (GVariant) range = NULL;
  g_autoptr (GVariant) limits = NULL;
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;
  gint64 lower;
  gint64 upper;

  g_object_get (self->settings, "settings-schema", &schema, NULL);
  key = g_settings_schema_get_key (schema, settings[setting].key);
  if (g_settings_schema_key_range_check (key, value))
    return NULL;
  range = g_settings_schema_key_get_range (key);
  g_variant_get (range, "(sv)", NULL, &limits);
  g_variant_get (limits, "(xx)", &lower, &upper);
  least = ligdi_money_format (lower);
  most = ligdi_money_format (upper);
  /* Translators: two amounts. */
  return g_strdup_printf (_("From %1$s to %2$s."), least, most);
}

static char *
find_refusal (LigdiPreferencesPage *self, guint setting)
{
  gpointer control = get_child (self, settings[setting].control);
  g_autofree char *text = settings[setting].refuse != NULL ? dup_text (control) : NULL;
  char *refusal = text != NULL ? settings[setting].refuse (text) : NULL;

  if (refusal == NULL && settings[setting].refuse == refuse_amount)
    {
      g_autoptr (GVariant) value = g_variant_ref_sink (read_control (self, setting));

      refusal = refuse_range (self, setting, value);
    }
  return refusal;
}

static void
tell_saved (LigdiPreferencesPage *self)
{
  g_signal_emit (self, signals[SIGNAL_SAVED], 0, self->steps->len > 0);
}

/* Whether it is another value, and may be set. */
static gboolean
change (LigdiPreferencesPage *self, guint setting, GVariant *value, gboolean more)
{
  const char *key = settings[setting].key;
  Step step = { .setting = setting, .more = more };

  if (!g_settings_is_writable (self->settings, key))
    return FALSE;
  step.value = g_settings_get_value (self->settings, key);
  if (g_variant_equal (step.value, value))
    {
      clear_step (&step);
      return FALSE;
    }
  g_array_append_val (self->steps, step);
  return g_settings_set_value (self->settings, key, value);
}

static void
save (LigdiPreferencesPage *self, guint setting)
{
  /* Who only passes by is not told of anything. */
  g_autofree char *refusal = is_as_saved (self, setting) ? NULL : find_refusal (self, setting);
  g_autoptr (GVariant) value = NULL;

  ligdi_setting_row_refuse (get_row (self, setting), refusal);
  if (refusal != NULL)
    return;
  value = g_variant_ref_sink (read_control (self, setting));
  if (change (self, setting, value, FALSE))
    tell_saved (self);
  else
    show_setting (self, setting);
}

/* What is being typed, or was refused, is taken back before anything that was saved. */
static gboolean
take_back_typing (LigdiPreferencesPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      gpointer control = get_child (self, settings[i].control);

      if (!is_typed (control) || !gtk_widget_has_focus (control) || is_as_saved (self, i))
        continue;
      show_setting (self, i);
      return TRUE;
    }
  return FALSE;
}

/* Whether the step before belongs to it. */
static gboolean
take_back (LigdiPreferencesPage *self)
{
  Step step = g_array_index (self->steps, Step, self->steps->len - 1);

  g_variant_ref (step.value);
  g_array_set_size (self->steps, self->steps->len - 1);
  g_settings_set_value (self->settings, settings[step.setting].key, step.value);
  clear_step (&step);
  gtk_widget_child_focus (GTK_WIDGET (get_row (self, step.setting)), GTK_DIR_TAB_FORWARD);
  return step.more;
}

/* A till's number is its own, and so is who stands before it. */
static gboolean
is_for_all_tills (guint setting)
{
  return !g_str_equal (settings[setting].key, "till")
         && !g_str_equal (settings[setting].key, "kiosk");
}

static GVariant *
read_file (LigdiPreferencesPage *self, guint setting, GKeyFile *file)
{
  g_autoptr (GVariant) value
      = ligdi_settings_file_read (self->settings, file, settings[setting].key);
  g_autofree char *refusal = NULL;

  if (value != NULL && settings[setting].refuse != NULL
      && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    refusal = settings[setting].refuse (g_variant_get_string (value, NULL));
  return refusal == NULL ? g_steal_pointer (&value) : NULL;
}

static gboolean
is_of (LigdiPreferencesPage *self, guint setting, gpointer control)
{
  return get_child (self, settings[setting].control) == control;
}

static void
save_control (LigdiPreferencesPage *self, gpointer control)
{
  /* An entry loses the focus in the end, too. */
  if (self->settings == NULL || self->showing)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (is_of (self, i, control) || is_of (self, i, gtk_widget_get_parent (control)))
      save (self, i);
}

static void
on_switched (LigdiPreferencesPage *self, GParamSpec *pspec, GtkWidget *control)
{
  save_control (self, control);
}

static void
on_choice_toggled (LigdiPreferencesPage *self, GtkWidget *control)
{
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (control)))
    save_control (self, control);
}

static void
on_value_changed (LigdiPreferencesPage *self, GtkWidget *control)
{
  save_control (self, control);
}

/* The wheel moves the page and sets nothing on its way. */
static gboolean
on_scrolled (GtkWidget *control)
{
  g_signal_stop_emission_by_name (control, "scroll-event");
  return GDK_EVENT_PROPAGATE;
}

static void
on_entry_done (LigdiPreferencesPage *self, GtkWidget *entry)
{
  save_control (self, entry);
}

static gboolean
on_entry_left (GtkWidget *entry, GdkEventFocus *event, LigdiPreferencesPage *self)
{
  save_control (self, entry);
  return GDK_EVENT_PROPAGATE;
}

static void
on_export_clicked (LigdiPreferencesPage *self)
{
  g_signal_emit (self, signals[SIGNAL_EXPORT], 0);
}

static void
on_import_clicked (LigdiPreferencesPage *self)
{
  g_signal_emit (self, signals[SIGNAL_IMPORT], 0);
}

static void
on_setting_changed (LigdiPreferencesPage *self, const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (g_str_equal (settings[i].key, key))
      show_setting (self, i);
}

static gboolean
arrange_columns (gpointer user_data)
{
  LigdiPreferencesPage *self = user_data;
  gboolean wide = gtk_widget_get_allocated_width (GTK_WIDGET (self)) >= TWO_COLUMNS_PX;

  self->columns_id = 0;
  gtk_orientable_set_orientation (self->columns,
                                  wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_homogeneous (GTK_BOX (self->columns), wide);
  return G_SOURCE_REMOVE;
}

/* Not while it is being laid out. */
static void
ligdi_preferences_page_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  LigdiPreferencesPage *self = LIGDI_PREFERENCES_PAGE (widget);

  GTK_WIDGET_CLASS (ligdi_preferences_page_parent_class)->size_allocate (widget, allocation);
  if (self->columns_id == 0)
    self->columns_id = g_idle_add_full (GTK_PRIORITY_RESIZE, arrange_columns, self, NULL);
}

static gboolean
ligdi_preferences_page_key_press_event (GtkWidget *widget, GdkEventKey *event)
{
  LigdiPreferencesPage *self = LIGDI_PREFERENCES_PAGE (widget);
  gboolean control = (event->state & gtk_accelerator_get_default_mod_mask ()) == GDK_CONTROL_MASK;

  if (event->keyval == GDK_KEY_Escape)
    g_signal_emit (self, signals[SIGNAL_LEFT], 0);
  else if (control && event->keyval == GDK_KEY_z)
    ligdi_preferences_page_undo (self);
  else
    return GTK_WIDGET_CLASS (ligdi_preferences_page_parent_class)->key_press_event (widget, event);
  return GDK_EVENT_STOP;
}

static void
ligdi_preferences_page_dispose (GObject *object)
{
  LigdiPreferencesPage *self = LIGDI_PREFERENCES_PAGE (object);

  g_clear_handle_id (&self->columns_id, g_source_remove);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->steps, g_array_unref);
  G_OBJECT_CLASS (ligdi_preferences_page_parent_class)->dispose (object);
}

static void
ligdi_preferences_page_class_init (LigdiPreferencesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ligdi_preferences_page_dispose;
  widget_class->key_press_event = ligdi_preferences_page_key_press_event;
  widget_class->size_allocate = ligdi_preferences_page_size_allocate;

  /**
   * LigdiPreferencesPage::saved:
   * @self: the page
   * @undoable: whether there is something to take back
   */
  signals[SIGNAL_SAVED]
      = g_signal_new ("saved", LIGDI_TYPE_PREFERENCES_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  /**
   * LigdiPreferencesPage::left:
   * @self: the page
   *
   * Somebody is done here.
   */
  signals[SIGNAL_LEFT] = g_signal_new ("left", LIGDI_TYPE_PREFERENCES_PAGE, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * LigdiPreferencesPage::export:
   * @self: the page
   *
   * Another till shall be set up like this one.
   */
  signals[SIGNAL_EXPORT] = g_signal_new ("export", LIGDI_TYPE_PREFERENCES_PAGE, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * LigdiPreferencesPage::import:
   * @self: the page
   *
   * This till shall be set up like another.
   */
  signals[SIGNAL_IMPORT] = g_signal_new ("import", LIGDI_TYPE_PREFERENCES_PAGE, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (LIGDI_TYPE_ACCOUNT_FORM);
  g_type_ensure (LIGDI_TYPE_PRODUCTS_SECTION);
  g_type_ensure (LIGDI_TYPE_SETTING_ROW);
  g_type_ensure (LIGDI_TYPE_STAFF_SECTION);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-preferences-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiPreferencesPage, columns);
  gtk_widget_class_bind_template_child (widget_class, LigdiPreferencesPage, account_form);
  gtk_widget_class_bind_template_child_full (widget_class, "products", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "staff", FALSE, 0);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *row = g_strconcat (settings[i].control, "_row", NULL);

      gtk_widget_class_bind_template_child_full (widget_class, settings[i].control, FALSE, 0);
      gtk_widget_class_bind_template_child_full (widget_class, row, FALSE, 0);
    }
  gtk_widget_class_bind_template_callback (widget_class, on_export_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_import_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_switched);
  gtk_widget_class_bind_template_callback (widget_class, on_choice_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_value_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_scrolled);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_done);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_left);
}

static void
ligdi_preferences_page_init (LigdiPreferencesPage *self)
{
  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_array_set_clear_func (self->steps, clear_step);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_preferences_page_new:
 * @settings_of_shop: what the shop has set
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
ligdi_preferences_page_new (GSettings *settings_of_shop)
{
  LigdiPreferencesPage *self = g_object_new (LIGDI_TYPE_PREFERENCES_PAGE, NULL);

  self->settings = g_object_ref (settings_of_shop);
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (on_setting_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "writable-changed", G_CALLBACK (on_setting_changed), self,
                           G_CONNECT_SWAPPED);
  ligdi_preferences_page_open (self);
  return GTK_WIDGET (self);
}

/**
 * ligdi_preferences_page_get_account_form:
 * @self: a page
 *
 * Returns: (transfer none): where the keys are entered
 */
LigdiAccountForm *
ligdi_preferences_page_get_account_form (LigdiPreferencesPage *self)
{
  g_return_val_if_fail (LIGDI_IS_PREFERENCES_PAGE (self), NULL);

  return self->account_form;
}

/**
 * ligdi_preferences_page_open:
 * @self: a page
 *
 * Shows what is set, and forgets what was refused and what could be taken back.
 */
void
ligdi_preferences_page_open (LigdiPreferencesPage *self)
{
  g_return_if_fail (LIGDI_IS_PREFERENCES_PAGE (self));

  g_array_set_size (self->steps, 0);
  ligdi_account_form_forget (self->account_form);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    show_setting (self, i);
  tell_saved (self);
}

/**
 * ligdi_preferences_page_export:
 * @self: a page
 *
 * Returns: (transfer full): a file's text, with all that is not this till's alone; the gateway's
 *   keys are never in it
 */
char *
ligdi_preferences_page_export (LigdiPreferencesPage *self)
{
  const char *keys[G_N_ELEMENTS (settings) + 1] = { NULL };
  gsize n = 0;

  g_return_val_if_fail (LIGDI_IS_PREFERENCES_PAGE (self), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (is_for_all_tills (i))
      keys[n++] = settings[i].key;
  return ligdi_settings_file_write (self->settings, keys);
}

/**
 * ligdi_preferences_page_import:
 * @self: a page
 * @file: what ligdi_preferences_page_export() wrote, perhaps on another till
 *
 * Takes over what can be, to be taken back in one step. What cannot is left as it is.
 *
 * Returns: how many settings have changed
 */
guint
ligdi_preferences_page_import (LigdiPreferencesPage *self, GKeyFile *file)
{
  guint n_changed = 0;

  g_return_val_if_fail (LIGDI_IS_PREFERENCES_PAGE (self), 0);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr (GVariant) value = is_for_all_tills (i) ? read_file (self, i, file) : NULL;

      if (value != NULL && change (self, i, value, n_changed > 0))
        n_changed++;
    }
  tell_saved (self);
  return n_changed;
}

/**
 * ligdi_preferences_page_undo:
 * @self: a page
 *
 * Takes back what is being typed, or else the last change.
 */
void
ligdi_preferences_page_undo (LigdiPreferencesPage *self)
{
  g_return_if_fail (LIGDI_IS_PREFERENCES_PAGE (self));

  if (take_back_typing (self) || self->steps->len == 0)
    return;
  while (take_back (self))
    ;
  tell_saved (self);
}
