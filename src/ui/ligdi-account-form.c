/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-account-form.h"

#include "ligdi-message.h"
#include "ligdi-setting-row.h"

#include <glib/gi18n.h>

/* The two keys of the shop's LigdiCash account: entered, tried, and looked at for a moment. Keys
 * that are kept are not in here, except while they are looked at. */

#define REVEALED_S 10

enum
{
  SIGNAL_TEST,
  SIGNAL_REVEAL,
  SIGNAL_PLACED,
  SIGNAL_SWITCH_MONEY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiAccountForm
{
  GtkBox parent_instance;

  LigdiSettingRow *mode_row;
  GtkLabel *mode;
  GtkWidget *switch_money;
  LigdiSettingRow *api_key_row;
  GtkEntry *api_key;
  GtkToggleButton *api_key_reveal;
  LigdiSettingRow *api_token_row;
  GtkEntry *api_token;
  GtkToggleButton *api_token_reveal;
  GtkWidget *answer;
  GtkImage *mark;
  GtkLabel *title;
  GtkLabel *sentence;
  GtkWidget *test;

  LigdiKeyPlace place;
  gboolean demonstration;
  gboolean typed; /* what is in the entries was typed, and is not what is kept */
  gboolean filling;
  guint hide_id;
};

G_DEFINE_FINAL_TYPE (LigdiAccountForm, ligdi_account_form, GTK_TYPE_BOX)

static const char *
describe_place (LigdiKeyPlace place)
{
  switch (place)
    {
    case LIGDI_KEY_PLACE_NONE:
      return _("Not entered yet");
    case LIGDI_KEY_PLACE_GIVEN:
      return _("Set by the administrator");
    case LIGDI_KEY_PLACE_KEYRING:
      return _("System keyring");
    case LIGDI_KEY_PLACE_FILE:
      return _("File on this computer, for want of a keyring");
    }
  return "";
}

static gboolean
is_empty (GtkEntry *entry)
{
  return gtk_entry_get_text_length (entry) == 0;
}

static void
fill (LigdiAccountForm *self, const char *api_key, const char *api_token)
{
  self->filling = TRUE;
  gtk_entry_set_text (self->api_key, api_key);
  gtk_entry_set_text (self->api_token, api_token);
  self->filling = FALSE;
  self->typed = FALSE;
}

static void
set_revealed (GtkToggleButton *button, GtkEntry *entry, gboolean revealed)
{
  GtkWidget *image = gtk_bin_get_child (GTK_BIN (button));

  gtk_toggle_button_set_active (button, revealed);
  gtk_entry_set_visibility (entry, revealed);
  gtk_image_set_from_icon_name (GTK_IMAGE (image),
                                revealed ? "view-conceal-symbolic" : "view-reveal-symbolic",
                                GTK_ICON_SIZE_BUTTON);
}

/* What is kept leaves the screen, and its memory is wiped by GTK. */
static void
hide_keys (LigdiAccountForm *self)
{
  g_clear_handle_id (&self->hide_id, g_source_remove);
  set_revealed (self->api_key_reveal, self->api_key, FALSE);
  set_revealed (self->api_token_reveal, self->api_token, FALSE);
  if (!self->typed)
    fill (self, "", "");
}

static gboolean
on_shown_long_enough (gpointer user_data)
{
  LigdiAccountForm *self = user_data;

  self->hide_id = 0;
  hide_keys (self);
  return G_SOURCE_REMOVE;
}

static void
say (LigdiAccountForm *self, const char *icon, const char *style, const char *title,
     const char *sentence)
{
  static const char *const styles[] = { "good", "bad" };
  GtkStyleContext *context = gtk_widget_get_style_context (gtk_widget_get_parent (self->answer));
  AtkObject *accessible = gtk_widget_get_accessible (self->answer);

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_style_context_remove_class (context, styles[i]);
  if (style != NULL)
    gtk_style_context_add_class (context, style);
  gtk_widget_set_visible (GTK_WIDGET (self->mark), icon != NULL);
  if (icon != NULL)
    gtk_image_set_from_icon_name (self->mark, icon, GTK_ICON_SIZE_BUTTON);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->sentence, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), *sentence != '\0');
  atk_object_set_name (accessible, title);
  atk_object_set_description (accessible, sentence);
  atk_object_notify_state_change (accessible, ATK_STATE_SHOWING, TRUE);
}

static void
show_untested (LigdiAccountForm *self)
{
  say (self, NULL, NULL, _("Not tested yet"), "");
}

static void
update_test (LigdiAccountForm *self)
{
  gboolean something = self->typed || self->place != LIGDI_KEY_PLACE_NONE;

  gtk_widget_set_sensitive (self->test, something);
}

/* An administrator's keys are for real money, always. */
static void
update_mode (LigdiAccountForm *self)
{
  gboolean no_keys = self->place == LIGDI_KEY_PLACE_NONE;

  gtk_widget_set_sensitive (self->switch_money, !no_keys);
  gtk_widget_set_visible (self->switch_money,
                          self->demonstration || self->place != LIGDI_KEY_PLACE_GIVEN);
  g_object_set (self->mode_row, "caption",
                no_keys && self->demonstration ? _("Real money needs the two keys") : NULL, NULL);
}

static void
on_switch_money_clicked (LigdiAccountForm *self)
{
  g_signal_emit (self, signals[SIGNAL_SWITCH_MONEY], 0);
}

static void
on_changed (LigdiAccountForm *self)
{
  if (self->filling)
    return;
  self->typed = !is_empty (self->api_key) || !is_empty (self->api_token);
  ligdi_setting_row_refuse (self->api_key_row, NULL);
  ligdi_setting_row_refuse (self->api_token_row, NULL);
  show_untested (self);
  update_test (self);
}

static void
on_reveal_toggled (LigdiAccountForm *self, GtkToggleButton *button)
{
  GtkEntry *entry = button == self->api_key_reveal ? self->api_key : self->api_token;
  gboolean revealed = gtk_toggle_button_get_active (button);

  set_revealed (button, entry, revealed);
  g_clear_handle_id (&self->hide_id, g_source_remove);
  if (!revealed)
    {
      hide_keys (self);
      return;
    }
  self->hide_id = g_timeout_add_seconds (REVEALED_S, on_shown_long_enough, self);
  if (!self->typed && is_empty (entry) && self->place != LIGDI_KEY_PLACE_NONE)
    g_signal_emit (self, signals[SIGNAL_REVEAL], 0);
}

static void
on_test (LigdiAccountForm *self)
{
  const char *both_needed = _("Both are needed.");
  gboolean complete = TRUE;

  if (!gtk_widget_get_sensitive (self->test))
    return;
  if (self->typed && is_empty (self->api_key))
    {
      ligdi_setting_row_refuse (self->api_key_row, both_needed);
      complete = FALSE;
    }
  if (self->typed && is_empty (self->api_token))
    {
      ligdi_setting_row_refuse (self->api_token_row, both_needed);
      complete = FALSE;
    }
  if (complete)
    g_signal_emit (self, signals[SIGNAL_TEST], 0);
}

static void
ligdi_account_form_dispose (GObject *object)
{
  g_clear_handle_id (&LIGDI_ACCOUNT_FORM (object)->hide_id, g_source_remove);
  G_OBJECT_CLASS (ligdi_account_form_parent_class)->dispose (object);
}

static void
ligdi_account_form_class_init (LigdiAccountFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ligdi_account_form_dispose;

  /**
   * LigdiAccountForm::test:
   * @self: the form
   *
   * Somebody wants to know whether the keys work: those that were typed, or those that are kept.
   */
  signals[SIGNAL_TEST] = g_signal_new ("test", LIGDI_TYPE_ACCOUNT_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);

  /**
   * LigdiAccountForm::reveal:
   * @self: the form
   *
   * Somebody wants to see the keys that are kept.
   */
  signals[SIGNAL_REVEAL] = g_signal_new ("reveal", LIGDI_TYPE_ACCOUNT_FORM, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * LigdiAccountForm::placed:
   * @self: the form
   *
   * It is known where the keys are, if anywhere.
   */
  signals[SIGNAL_PLACED] = g_signal_new ("placed", LIGDI_TYPE_ACCOUNT_FORM, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * LigdiAccountForm::switch-money:
   * @self: the form
   *
   * Somebody wants real money instead of play money, or the other way round.
   */
  signals[SIGNAL_SWITCH_MONEY]
      = g_signal_new ("switch-money", LIGDI_TYPE_ACCOUNT_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);

  g_type_ensure (LIGDI_TYPE_SETTING_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-account-form.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiAccountForm, mode_row);
  gtk_widget_class_bind_template_child (widget_class, LigdiAccountForm, mode);
  gtk_widget_class_bind_template_child (widget_class, LigdiAccountForm, switch_money);
  gtk_widget_class_bind_template_child (widget_class, LigdiAccountForm, api_key_row);
  gtk_widget_class_bind_template_child (widget_class, LigdiAccountForm, api_key);
  gtk_widget_class_bind_template_child (widget_class, LigdiAccountForm, api_key_reveal);
  gtk_widget_class_bind_template_child (widget_class, LigdiAccountForm, api_token_row);
  gtk_widget_class_bind_template_child (widget_class, LigdiAccountForm, api_token);
  gtk_widget_class_bind_template_child (widget_class, LigdiAccountForm, api_token_reveal);
  gtk_widget_class_bind_template_child (widget_class, LigdiAccountForm, answer);
  gtk_widget_class_bind_template_child (widget_class, LigdiAccountForm, mark);
  gtk_widget_class_bind_template_child (widget_class, LigdiAccountForm, title);
  gtk_widget_class_bind_template_child (widget_class, LigdiAccountForm, sentence);
  gtk_widget_class_bind_template_child (widget_class, LigdiAccountForm, test);
  gtk_widget_class_bind_template_callback (widget_class, on_switch_money_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_reveal_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_test);
}

static void
ligdi_account_form_init (LigdiAccountForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  atk_object_set_role (gtk_widget_get_accessible (self->answer), ATK_ROLE_ALERT);
  ligdi_account_form_set_place (self, LIGDI_KEY_PLACE_NONE);
  show_untested (self);
}

/**
 * ligdi_account_form_set_demonstration:
 * @self: a form
 * @demonstration: whether the till plays with play money
 *
 * Says so, with a way to change it.
 */
void
ligdi_account_form_set_demonstration (LigdiAccountForm *self, gboolean demonstration)
{
  g_return_if_fail (LIGDI_IS_ACCOUNT_FORM (self));

  self->demonstration = demonstration;
  gtk_label_set_text (self->mode, demonstration ? _("Demonstration") : _("Real money"));
  gtk_widget_show (GTK_WIDGET (self->mode_row));
  update_mode (self);
}

/**
 * ligdi_account_form_set_place:
 * @self: a form
 * @place: where the keys are, if anywhere
 */
void
ligdi_account_form_set_place (LigdiAccountForm *self, LigdiKeyPlace place)
{
  const char *caption = describe_place (place);
  gboolean changeable = place != LIGDI_KEY_PLACE_GIVEN;
  const char *hint = place == LIGDI_KEY_PLACE_NONE ? "" : "••••••••••••••••";

  g_return_if_fail (LIGDI_IS_ACCOUNT_FORM (self));

  self->place = place;
  g_object_set (self->api_key_row, "caption", caption, NULL);
  g_object_set (self->api_token_row, "caption", caption, NULL);
  gtk_entry_set_placeholder_text (self->api_key, hint);
  gtk_entry_set_placeholder_text (self->api_token, hint);
  gtk_widget_set_sensitive (GTK_WIDGET (self->api_key_row), changeable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->api_token_row), changeable);
  update_test (self);
  update_mode (self);
  g_signal_emit (self, signals[SIGNAL_PLACED], 0);
}

/**
 * ligdi_account_form_get_place:
 * @self: a form
 *
 * Returns: where the keys are, if anywhere
 */
LigdiKeyPlace
ligdi_account_form_get_place (LigdiAccountForm *self)
{
  g_return_val_if_fail (LIGDI_IS_ACCOUNT_FORM (self), LIGDI_KEY_PLACE_NONE);

  return self->place;
}

/**
 * ligdi_account_form_is_typed:
 * @self: a form
 *
 * Returns: whether other keys were typed than those that are kept
 */
gboolean
ligdi_account_form_is_typed (LigdiAccountForm *self)
{
  g_return_val_if_fail (LIGDI_IS_ACCOUNT_FORM (self), FALSE);

  return self->typed;
}

/**
 * ligdi_account_form_get_api_key:
 * @self: a form
 *
 * Returns: (transfer none): what was typed, as it was
 */
const char *
ligdi_account_form_get_api_key (LigdiAccountForm *self)
{
  g_return_val_if_fail (LIGDI_IS_ACCOUNT_FORM (self), NULL);

  return gtk_entry_get_text (self->api_key);
}

/**
 * ligdi_account_form_get_api_token:
 * @self: a form
 *
 * Returns: (transfer none): what was typed, as it was
 */
const char *
ligdi_account_form_get_api_token (LigdiAccountForm *self)
{
  g_return_val_if_fail (LIGDI_IS_ACCOUNT_FORM (self), NULL);

  return gtk_entry_get_text (self->api_token);
}

/**
 * ligdi_account_form_reveal:
 * @self: a form that asked for it
 * @api_key: the project's key
 * @api_token: the project's token
 *
 * Shows what is kept, until ten seconds after it was asked for.
 */
void
ligdi_account_form_reveal (LigdiAccountForm *self, const char *api_key, const char *api_token)
{
  g_return_if_fail (LIGDI_IS_ACCOUNT_FORM (self));

  /* The keyring may have taken its time. */
  if (self->hide_id != 0 && !self->typed)
    fill (self, api_key, api_token);
}

/**
 * ligdi_account_form_show_testing:
 * @self: a form
 */
void
ligdi_account_form_show_testing (LigdiAccountForm *self)
{
  g_return_if_fail (LIGDI_IS_ACCOUNT_FORM (self));

  gtk_widget_set_sensitive (self->test, FALSE);
  say (self, NULL, NULL, _("Asking LigdiCash…"), "");
}

/**
 * ligdi_account_form_show_saving:
 * @self: a form
 *
 * The keys work; somebody may have to open the keyring.
 */
void
ligdi_account_form_show_saving (LigdiAccountForm *self)
{
  g_return_if_fail (LIGDI_IS_ACCOUNT_FORM (self));

  say (self, NULL, NULL, _("The keys work. Saving them…"), "");
}

/**
 * ligdi_account_form_show_diagnosis:
 * @self: a form
 * @diagnosis: how the test went
 */
void
ligdi_account_form_show_diagnosis (LigdiAccountForm *self, LigdiDiagnosis diagnosis)
{
  LigdiMessage message = ligdi_message_for_diagnosis (diagnosis);
  gboolean good = diagnosis == LIGDI_DIAGNOSIS_CONNECTED;

  g_return_if_fail (LIGDI_IS_ACCOUNT_FORM (self));

  say (self, good ? "object-select-symbolic" : "dialog-warning-symbolic", good ? "good" : "bad",
       message.title, message.sentence != NULL ? message.sentence : "");
  update_test (self);
}

/**
 * ligdi_account_form_show_not_kept:
 * @self: a form
 *
 * The keys work, and can be written nowhere.
 */
void
ligdi_account_form_show_not_kept (LigdiAccountForm *self)
{
  g_return_if_fail (LIGDI_IS_ACCOUNT_FORM (self));

  say (self, "dialog-warning-symbolic", "bad", _("The keys work, but cannot be saved."),
       _("Make room on the disk, then test again."));
  update_test (self);
}

/**
 * ligdi_account_form_show_closed:
 * @self: a form
 *
 * There are keys, and nobody has opened the keyring that they are in.
 */
void
ligdi_account_form_show_closed (LigdiAccountForm *self)
{
  LigdiMessage message = ligdi_message_for_error (LIGDI_ERROR_KEYRING, NULL);

  g_return_if_fail (LIGDI_IS_ACCOUNT_FORM (self));

  say (self, "dialog-warning-symbolic", "bad", message.title, message.sentence);
  update_test (self);
}

/**
 * ligdi_account_form_forget:
 * @self: a form
 *
 * Takes the keys off the screen: they are kept, or nobody looks any more.
 */
void
ligdi_account_form_forget (LigdiAccountForm *self)
{
  g_return_if_fail (LIGDI_IS_ACCOUNT_FORM (self));

  self->typed = FALSE;
  hide_keys (self);
  ligdi_setting_row_refuse (self->api_key_row, NULL);
  ligdi_setting_row_refuse (self->api_token_row, NULL);
  update_test (self);
}
