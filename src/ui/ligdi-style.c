/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-style.h"

#include "ligdi-ui-resources.h"

/* The look: the style sheet, the dark colours and high contrast on top of it, and our icons. */

#define DARK_PRIORITY (GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1)
#define CONTRAST_PRIORITY (GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 2)
#define CONTRAST_DARK_PRIORITY (GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 3)

/* Below this the small till's sizes are used. */
#define SMALL_WIDTH 1100
#define SMALL_HEIGHT 700

/* From 115 % on room is made for letters, and from 150 % on some grow less. "gtk-xft-dpi" counts
 * in 1024ths. */
#define LARGER_TEXT_DPI 110
#define LARGE_TEXT_DPI 144
#define DPI_UNIT 1024

struct _LigdiStyle
{
  GObject parent_instance;

  GdkScreen *screen;
  GtkCssProvider *light;
  GtkCssProvider *dark;
  GtkCssProvider *contrast;
  GtkCssProvider *contrast_dark;
  LigdiAppearance appearance;
  gboolean desktop_prefers_dark;
  gboolean is_dark;
  gboolean is_contrast;
};

G_DEFINE_FINAL_TYPE (LigdiStyle, ligdi_style, G_TYPE_OBJECT)

/* The desktop's two themes of high contrast are the only word GTK 3 has for it. */
static gboolean
has_contrast_theme (const char *theme)
{
  return g_str_has_prefix (theme, "HighContrast");
}

static gboolean
has_dark_theme (const char *theme)
{
  return g_str_has_suffix (theme, "-dark") || g_str_has_suffix (theme, "-Dark")
         || g_str_equal (theme, "HighContrastInverse");
}

static void
use_sheet (LigdiStyle *self, GtkCssProvider *sheet, guint priority, gboolean wanted)
{
  gtk_style_context_remove_provider_for_screen (self->screen, GTK_STYLE_PROVIDER (sheet));
  if (wanted)
    gtk_style_context_add_provider_for_screen (self->screen, GTK_STYLE_PROVIDER (sheet), priority);
}

static void
apply (LigdiStyle *self)
{
  GtkSettings *settings = gtk_settings_get_for_screen (self->screen);
  g_autofree char *theme = NULL;
  gboolean dark;
  gboolean contrast;

  g_object_get (settings, "gtk-theme-name", &theme, NULL);
  contrast = theme != NULL && has_contrast_theme (theme);
  dark = self->appearance == LIGDI_APPEARANCE_DARK
         || (self->appearance == LIGDI_APPEARANCE_AUTO
             && (self->desktop_prefers_dark || (theme != NULL && has_dark_theme (theme))));

  if (dark == self->is_dark && contrast == self->is_contrast)
    return;
  self->is_dark = dark;
  self->is_contrast = contrast;
  use_sheet (self, self->dark, DARK_PRIORITY, dark);
  use_sheet (self, self->contrast, CONTRAST_PRIORITY, contrast);
  use_sheet (self, self->contrast_dark, CONTRAST_DARK_PRIORITY, contrast && dark);
  /* What we do not style ourselves, such as a print dialog, should match. */
  g_object_set (settings, "gtk-application-prefer-dark-theme", dark, NULL);
}

static void
on_theme_changed (GtkSettings *settings, GParamSpec *pspec, LigdiStyle *self)
{
  apply (self);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean wanted)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);

  if (wanted == gtk_style_context_has_class (style, name))
    return;
  if (wanted)
    gtk_style_context_add_class (style, name);
  else
    gtk_style_context_remove_class (style, name);
}

static gboolean
has_text_of (GtkWidget *widget, int least)
{
  int dpi;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi >= least * DPI_UNIT;
}

/* A change of the text scaling allocates everything anew. */
static void
on_size_allocate (GtkWidget *widget, GdkRectangle *allocation, gpointer user_data)
{
  set_class (widget, "small",
             allocation->width < SMALL_WIDTH || allocation->height < SMALL_HEIGHT);
  set_class (widget, "larger-text", has_text_of (widget, LARGER_TEXT_DPI));
  set_class (widget, "large-text", has_text_of (widget, LARGE_TEXT_DPI));
}

static void
ligdi_style_dispose (GObject *object)
{
  LigdiStyle *self = LIGDI_STYLE (object);

  if (self->screen != NULL)
    {
      gtk_style_context_remove_provider_for_screen (self->screen, GTK_STYLE_PROVIDER (self->light));
      use_sheet (self, self->dark, DARK_PRIORITY, FALSE);
      use_sheet (self, self->contrast, CONTRAST_PRIORITY, FALSE);
      use_sheet (self, self->contrast_dark, CONTRAST_DARK_PRIORITY, FALSE);
      g_object_set (gtk_settings_get_for_screen (self->screen), "gtk-application-prefer-dark-theme",
                    self->desktop_prefers_dark, NULL);
    }
  g_clear_object (&self->light);
  g_clear_object (&self->dark);
  g_clear_object (&self->contrast);
  g_clear_object (&self->contrast_dark);
  g_clear_object (&self->screen);
  G_OBJECT_CLASS (ligdi_style_parent_class)->dispose (object);
}

static void
ligdi_style_class_init (LigdiStyleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ligdi_style_dispose;
}

static GtkCssProvider *
load_sheet (const char *path)
{
  GtkCssProvider *sheet = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (sheet, path);
  return sheet;
}

static void
ligdi_style_init (LigdiStyle *self)
{
  /* Named here, so that the linker takes the resources along; they register themselves. */
  ligdi_ui_get_resource ();

  self->light = load_sheet ("/com/example/LigdiPay/ligdipay.css");
  self->dark = load_sheet ("/com/example/LigdiPay/ligdipay-dark.css");
  self->contrast = load_sheet ("/com/example/LigdiPay/ligdipay-contrast.css");
  self->contrast_dark = load_sheet ("/com/example/LigdiPay/ligdipay-contrast-dark.css");
}

/**
 * ligdi_style_new:
 * @screen: where the windows will be
 *
 * Gives @screen the look, in the desktop's own light or dark and in high contrast where its
 * theme is, until it is dropped.
 * Keep it as long as there are windows; their top node has the class "ligdipay", and
 * "small" where there is little room.
 *
 * Returns: (transfer full): the look
 */
LigdiStyle *
ligdi_style_new (GdkScreen *screen)
{
  LigdiStyle *self = g_object_new (LIGDI_TYPE_STYLE, NULL);
  GtkSettings *settings = gtk_settings_get_for_screen (screen);

  self->screen = g_object_ref (screen);
  g_object_get (settings, "gtk-application-prefer-dark-theme", &self->desktop_prefers_dark, NULL);
  gtk_style_context_add_provider_for_screen (screen, GTK_STYLE_PROVIDER (self->light),
                                             GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_screen (screen),
                                    "/com/example/LigdiPay/icons");
  g_signal_connect_object (settings, "notify::gtk-theme-name", G_CALLBACK (on_theme_changed), self,
                           0);
  apply (self);
  return self;
}

/**
 * ligdi_style_set_appearance:
 * @self: the look
 * @appearance: what the shop chose
 */
void
ligdi_style_set_appearance (LigdiStyle *self, LigdiAppearance appearance)
{
  g_return_if_fail (LIGDI_IS_STYLE (self));

  self->appearance = appearance;
  apply (self);
}

/**
 * ligdi_style_is_dark:
 * @self: the look
 *
 * Returns: whether the dark colours are on
 */
gboolean
ligdi_style_is_dark (LigdiStyle *self)
{
  g_return_val_if_fail (LIGDI_IS_STYLE (self), FALSE);

  return self->is_dark;
}

/**
 * ligdi_style_follow_size:
 * @window: a window of ours
 *
 * Gives @window the class "small" for as long as it is a small till's, and "larger-text" and
 * "large-text" for as long as the desktop wants such letters.
 */
void
ligdi_style_follow_size (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  set_class (GTK_WIDGET (window), "larger-text",
             has_text_of (GTK_WIDGET (window), LARGER_TEXT_DPI));
  set_class (GTK_WIDGET (window), "large-text", has_text_of (GTK_WIDGET (window), LARGE_TEXT_DPI));
  g_signal_connect (window, "size-allocate", G_CALLBACK (on_size_allocate), NULL);
}
