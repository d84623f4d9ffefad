/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-page-cover.h"

#include "ligdi-message.h"

#include <glib/gi18n.h>

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
 * ligdi_page_cover_say_trouble:
 * @self: a cover
 * @trouble: why the page could not be shown
 */
void
ligdi_page_cover_say_trouble (LigdiPageCover *self, LigdiWebTrouble trouble)
{
  LigdiMessage message = ligdi_message_for_trouble (trouble);
  gboolean insecure = trouble != LIGDI_WEB_TROUBLE_LOAD && trouble != LIGDI_WEB_TROUBLE_OFFLINE
                      && trouble != LIGDI_WEB_TROUBLE_BLANK;

  ligdi_page_cover_say (self, insecure ? "channel-insecure-symbolic" : "network-offline-symbolic",
                        message.title, message.sentence, _("Reload"));
}

/**
 * ligdi_page_cover_say_opening:
 * @self: a cover
 * @opening: where the page is instead, %LIGDI_OPENING_BROWSER or %LIGDI_OPENING_WINDOW
 */
void
ligdi_page_cover_say_opening (LigdiPageCover *self, LigdiOpening opening)
{
  if (opening == LIGDI_OPENING_BROWSER)
    ligdi_page_cover_say (self, "web-browser-symbolic", _("The customer pays in the browser"),
                          _("The result appears here by itself."), _("Open the browser again"));
  else
    ligdi_page_cover_say (self, "window-new-symbolic",
                          _("The customer pays in the other window"),
                          _("The result appears here by itself."), _("Bring the page here"));
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
