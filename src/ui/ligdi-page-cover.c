/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-page-cover.h"

/* What stands in the payment page's place when it is elsewhere or cannot be shown: why, one
 * thing to do, and the customer's phone as the way that is left. */

#define ICON_SIZE 96

enum
{
  SIGNAL_PRESSED,
  SIGNAL_CODE_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiPageCover
{
  GtkEventBox parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *sentence;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (LigdiPageCover, ligdi_page_cover, GTK_TYPE_EVENT_BOX)

static void
on_button_clicked (LigdiPageCover *self)
{
  g_signal_emit (self, signals[SIGNAL_PRESSED], 0);
}

static void
on_code_clicked (LigdiPageCover *self)
{
  g_signal_emit (self, signals[SIGNAL_CODE_WANTED], 0);
}

static void
ligdi_page_cover_class_init (LigdiPageCoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * LigdiPageCover::pressed:
   * @self: the cover
   *
   * The one thing to do shall be done.
   */
  signals[SIGNAL_PRESSED] = g_signal_new ("pressed", LIGDI_TYPE_PAGE_COVER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * LigdiPageCover::code-wanted:
   * @self: the cover
   *
   * The customer shall pay on a phone.
   */
  signals[SIGNAL_CODE_WANTED] = g_signal_new ("code-wanted", LIGDI_TYPE_PAGE_COVER,
                                              G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                              0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-page-cover.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiPageCover, icon);
  gtk_widget_class_bind_template_child (widget_class, LigdiPageCover, title);
  gtk_widget_class_bind_template_child (widget_class, LigdiPageCover, sentence);
  gtk_widget_class_bind_template_child (widget_class, LigdiPageCover, button);
  gtk_widget_class_bind_template_callback (widget_class, on_button_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_code_clicked);
}

static void
ligdi_page_cover_init (LigdiPageCover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_page_cover_say:
 * @self: a cover
 * @icon_name: what it looks like
 * @title: why there is no page here
 * @sentence: what that means
 * @button: the one thing to do
 */
void
ligdi_page_cover_say (LigdiPageCover *self, const char *icon_name, const char *title,
                      const char *sentence, const char *button)
{
  g_return_if_fail (LIGDI_IS_PAGE_COVER (self));

  gtk_image_set_from_icon_name (self->icon, icon_name, GTK_ICON_SIZE_DIALOG);
  gtk_image_set_pixel_size (self->icon, ICON_SIZE);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->sentence, sentence);
  gtk_button_set_label (self->button, button);
}

/**
 * ligdi_page_cover_focus:
 * @self: a cover
 */
void
ligdi_page_cover_focus (LigdiPageCover *self)
{
  g_return_if_fail (LIGDI_IS_PAGE_COVER (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->button));
}
