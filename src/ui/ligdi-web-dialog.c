/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-web-dialog.h"

/* What a page's script wants to say or know, shown as the page's word and not as the
 * till's. The page stands still until it is answered, so there is one at a time. */

/* A page may not fill the screen with a text of its own. */
#define MAX_CHARACTERS 300

struct _LigdiWebDialog
{
  GtkEventBox parent_instance;

  GtkLabel *text;
  GtkEntry *entry;
  GtkWidget *no;
  GtkWidget *yes;

  WebKitScriptDialog *dialog; /* the question that is open */
};

G_DEFINE_FINAL_TYPE (LigdiWebDialog, ligdi_web_dialog, GTK_TYPE_EVENT_BOX)

static char *
shorten (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *head = NULL;

  if (g_utf8_strlen (valid, -1) <= MAX_CHARACTERS)
    return g_steal_pointer (&valid);
  head = g_utf8_substring (valid, 0, MAX_CHARACTERS);
  return g_strconcat (head, "…", NULL);
}

static void
answer (LigdiWebDialog *self, gboolean yes)
{
  WebKitScriptDialog *dialog = g_steal_pointer (&self->dialog);

  gtk_widget_hide (GTK_WIDGET (self));
  if (dialog == NULL)
    return;
  if (webkit_script_dialog_get_dialog_type (dialog) == WEBKIT_SCRIPT_DIALOG_CONFIRM)
    webkit_script_dialog_confirm_set_confirmed (dialog, yes);
  else if (webkit_script_dialog_get_dialog_type (dialog) == WEBKIT_SCRIPT_DIALOG_PROMPT && yes)
    webkit_script_dialog_prompt_set_text (dialog, gtk_entry_get_text (self->entry));
  webkit_script_dialog_close (dialog);
  webkit_script_dialog_unref (dialog);
}

static void
on_yes_clicked (LigdiWebDialog *self)
{
  answer (self, TRUE);
}

static void
on_no_clicked (LigdiWebDialog *self)
{
  answer (self, FALSE);
}

static gboolean
on_key_press (LigdiWebDialog *self, GdkEventKey *event)
{
  if (event->keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  answer (self, FALSE);
  return GDK_EVENT_STOP;
}

static void
ligdi_web_dialog_dispose (GObject *object)
{
  LigdiWebDialog *self = LIGDI_WEB_DIALOG (object);

  answer (self, FALSE);
  G_OBJECT_CLASS (ligdi_web_dialog_parent_class)->dispose (object);
}

static void
ligdi_web_dialog_class_init (LigdiWebDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ligdi_web_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-web-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiWebDialog, text);
  gtk_widget_class_bind_template_child (widget_class, LigdiWebDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, LigdiWebDialog, no);
  gtk_widget_class_bind_template_child (widget_class, LigdiWebDialog, yes);
  gtk_widget_class_bind_template_callback (widget_class, on_yes_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_no_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_key_press);
}

static void
ligdi_web_dialog_init (LigdiWebDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_web_dialog_new:
 *
 * Returns: (transfer floating): a dialog that asks nothing and is hidden
 */
GtkWidget *
ligdi_web_dialog_new (void)
{
  return g_object_new (LIGDI_TYPE_WEB_DIALOG, NULL);
}

/**
 * ligdi_web_dialog_ask:
 * @self: a dialog
 * @dialog: what a page wants
 *
 * Shows it. A question that is still open is answered with no.
 */
void
ligdi_web_dialog_ask (LigdiWebDialog *self, WebKitScriptDialog *dialog)
{
  g_autofree char *text = NULL;
  WebKitScriptDialogType type;

  g_return_if_fail (LIGDI_IS_WEB_DIALOG (self));
  g_return_if_fail (dialog != NULL);

  answer (self, FALSE);
  type = webkit_script_dialog_get_dialog_type (dialog);
  self->dialog = webkit_script_dialog_ref (dialog);
  text = shorten (webkit_script_dialog_get_message (dialog));
  gtk_label_set_text (self->text, text);
  gtk_widget_set_visible (self->no, type != WEBKIT_SCRIPT_DIALOG_ALERT);
  gtk_widget_set_visible (GTK_WIDGET (self->entry), type == WEBKIT_SCRIPT_DIALOG_PROMPT);
  if (type == WEBKIT_SCRIPT_DIALOG_PROMPT)
    gtk_entry_set_text (self->entry, webkit_script_dialog_prompt_get_default_text (dialog));
  gtk_widget_show (GTK_WIDGET (self));
  gtk_widget_grab_focus (type == WEBKIT_SCRIPT_DIALOG_PROMPT ? GTK_WIDGET (self->entry)
                                                             : self->yes);
}

/**
 * ligdi_web_dialog_dismiss:
 * @self: a dialog
 *
 * Answers what is open with no.
 */
void
ligdi_web_dialog_dismiss (LigdiWebDialog *self)
{
  g_return_if_fail (LIGDI_IS_WEB_DIALOG (self));

  answer (self, FALSE);
}
