/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-notice.h"

/* A strip that says what went wrong and what to do next, until it is closed. */

struct _LigdiNotice
{
  GtkRevealer parent_instance;

  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *sentence;
};

G_DEFINE_FINAL_TYPE (LigdiNotice, ligdi_notice, GTK_TYPE_REVEALER)

static void
on_close_clicked (GtkButton *button, LigdiNotice *self)
{
  ligdi_notice_hide (self);
}

static void
ligdi_notice_class_init (LigdiNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiNotice, box);
  gtk_widget_class_bind_template_child (widget_class, LigdiNotice, title);
  gtk_widget_class_bind_template_child (widget_class, LigdiNotice, sentence);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
}

static void
ligdi_notice_init (LigdiNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  atk_object_set_role (gtk_widget_get_accessible (self->box), ATK_ROLE_ALERT);
}

/**
 * ligdi_notice_show:
 * @self: a notice
 * @title: what happened
 * @sentence: what to do next
 *
 * Shows both, in place of what was shown before.
 */
void
ligdi_notice_show (LigdiNotice *self, const char *title, const char *sentence)
{
  AtkObject *accessible;

  g_return_if_fail (LIGDI_IS_NOTICE (self));

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->sentence, sentence);
  gtk_widget_show (GTK_WIDGET (self));
  gtk_revealer_set_reveal_child (GTK_REVEALER (self), TRUE);

  accessible = gtk_widget_get_accessible (self->box);
  atk_object_set_name (accessible, title);
  atk_object_set_description (accessible, sentence);
  atk_object_notify_state_change (accessible, ATK_STATE_SHOWING, TRUE);
}

/**
 * ligdi_notice_replace:
 * @self: a notice
 * @old_title: what it said
 * @title: what happened, as is known by now
 * @sentence: what to do next
 *
 * More is known of what was said. Where that was closed, or something else is said meanwhile,
 * nobody wants to know.
 *
 * Returns: whether it says so now
 */
gboolean
ligdi_notice_replace (LigdiNotice *self, const char *old_title, const char *title,
                      const char *sentence)
{
  g_return_val_if_fail (LIGDI_IS_NOTICE (self), FALSE);

  if (!ligdi_notice_is_shown (self)
      || g_strcmp0 (gtk_label_get_label (self->title), old_title) != 0)
    return FALSE;
  if (g_strcmp0 (old_title, title) != 0)
    ligdi_notice_show (self, title, sentence);
  return TRUE;
}

/**
 * ligdi_notice_hide:
 * @self: a notice
 */
void
ligdi_notice_hide (LigdiNotice *self)
{
  g_return_if_fail (LIGDI_IS_NOTICE (self));

  gtk_revealer_set_reveal_child (GTK_REVEALER (self), FALSE);
  gtk_widget_hide (GTK_WIDGET (self));
}

/**
 * ligdi_notice_is_shown:
 * @self: a notice
 *
 * Returns: whether it says something
 */
gboolean
ligdi_notice_is_shown (LigdiNotice *self)
{
  g_return_val_if_fail (LIGDI_IS_NOTICE (self), FALSE);

  return gtk_revealer_get_reveal_child (GTK_REVEALER (self));
}
