/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-contrast"

#include "page-test.h"
#include "screen-test.h"

#include "../ligdi-test.h"

#include <math.h>

/* Whether words can be told from what lies behind them, and where the keyboard is from where it is
 * not: measured on what is drawn, by the rule of WCAG 2.1 (1.4.3, 1.4.11). */

#define RATIO_OF_TEXT 4.5
#define RATIO_OF_LARGE_TEXT 3.0
#define RATIO_OF_HIGH_CONTRAST 7.0
#define LARGE_TEXT_PX 24
#define LARGE_BOLD_TEXT_PX 18.5
/* A colour with a smaller share of a label's place is the edge of a letter. */
#define BACKGROUND_SHARE 0.08

static double text_ratio = RATIO_OF_TEXT;

static double
linear (guint channel)
{
  double value = channel / 255.0;

  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
get_luminance (guint32 colour)
{
  return 0.2126 * linear (colour >> 16 & 0xff) + 0.7152 * linear (colour >> 8 & 0xff)
         + 0.0722 * linear (colour & 0xff);
}

static double
get_ratio (guint32 a, guint32 b)
{
  double first = get_luminance (a) + 0.05;
  double second = get_luminance (b) + 0.05;

  return MAX (first, second) / MIN (first, second);
}

static void
on_painted (GdkFrameClock *clock, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* Until everything has its place, and what moves there has come to rest. */
static void
wait_for_frame (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gboolean painted = FALSE;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &painted);

  gtk_widget_queue_draw (window);
  ligdi_test_wait_until (painted);
  g_signal_handler_disconnect (clock, id);
}

static cairo_surface_t *
draw (GtkWidget *window)
{
  cairo_surface_t *picture;
  cairo_t *cr;

  wait_for_frame (window);
  picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, gtk_widget_get_allocated_width (window),
                                    gtk_widget_get_allocated_height (window));
  cr = cairo_create (picture);
  gtk_widget_draw (window, cr);
  cairo_destroy (cr);
  cairo_surface_flush (picture);
  return picture;
}

static guint32
get_pixel (cairo_surface_t *picture, int x, int y)
{
  const guchar *row = cairo_image_surface_get_data (picture)
                      + (gsize) y * (gsize) cairo_image_surface_get_stride (picture);

  return ((const guint32 *) (const void *) row)[x] & 0xffffff;
}

/* Around a label's lines, and around all of any other widget. */
static GdkRectangle
get_place (GtkWidget *widget)
{
  GdkRectangle place = { 0, 0, gtk_widget_get_allocated_width (widget),
                         gtk_widget_get_allocated_height (widget) };
  GtkAllocation allocation;
  PangoRectangle lines;

  if (!GTK_IS_LABEL (widget))
    return place;
  gtk_widget_get_allocation (widget, &allocation);
  gtk_label_get_layout_offsets (GTK_LABEL (widget), &place.x, &place.y);
  pango_layout_get_pixel_extents (gtk_label_get_layout (GTK_LABEL (widget)), NULL, &lines);
  place = (GdkRectangle){ place.x - allocation.x + lines.x, place.y - allocation.y + lines.y,
                          lines.width, lines.height };
  return place;
}

/* What is to be seen of a widget: not what scrolls out of its list. */
static gboolean
get_visible_place (GtkWidget *window, GtkWidget *widget, int margin, GdkRectangle *place)
{
  GdkRectangle all = { 0, 0, gtk_widget_get_allocated_width (window),
                       gtk_widget_get_allocated_height (window) };
  GdkRectangle own = get_place (widget);
  GtkWidget *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);

  gtk_widget_translate_coordinates (widget, window, own.x, own.y, &own.x, &own.y);
  own = (GdkRectangle){ own.x - margin, own.y - margin, own.width + 2 * margin,
                        own.height + 2 * margin };
  if (scrolled != NULL)
    {
      GdkRectangle sight = { 0, 0, gtk_widget_get_allocated_width (scrolled),
                             gtk_widget_get_allocated_height (scrolled) };

      gtk_widget_translate_coordinates (scrolled, window, 0, 0, &sight.x, &sight.y);
      if (!gdk_rectangle_intersect (&all, &sight, &all))
        return FALSE;
    }
  return gdk_rectangle_intersect (&all, &own, place);
}

/* Each colour and how often it is there. */
static GHashTable *
count_colours (cairo_surface_t *picture, const GdkRectangle *place)
{
  GHashTable *counts = g_hash_table_new (NULL, NULL);

  for (int y = place->y; y < place->y + place->height; y++)
    for (int x = place->x; x < place->x + place->width; x++)
      {
        gpointer key = GUINT_TO_POINTER (get_pixel (picture, x, y));
        guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));

        g_hash_table_insert (counts, key, GUINT_TO_POINTER (n + 1));
      }
  return counts;
}

static guint32
find_most_frequent (GHashTable *counts)
{
  GHashTableIter iter;
  gpointer colour;
  gpointer n;
  guint most = 0;
  guint32 found = 0;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &colour, &n))
    if (GPOINTER_TO_UINT (n) > most)
      {
        most = GPOINTER_TO_UINT (n);
        found = GPOINTER_TO_UINT (colour);
      }
  return found;
}

/* The letters' own colour is the one that differs most from what is behind them; against
 * stripes, the worse of their colours counts. */
static double
measure_text (GHashTable *counts, guint n_pixels)
{
  guint32 behind = find_most_frequent (counts);
  guint32 letters = behind;
  double worst = G_MAXDOUBLE;
  GHashTableIter iter;
  gpointer colour;
  gpointer n;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &colour, NULL))
    if (get_ratio (GPOINTER_TO_UINT (colour), behind) > get_ratio (letters, behind))
      letters = GPOINTER_TO_UINT (colour);
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &colour, &n))
    {
      /* Bold letters are a large share of their place themselves. */
      gboolean is_letter = get_ratio (GPOINTER_TO_UINT (colour), letters)
                           < get_ratio (GPOINTER_TO_UINT (colour), behind);

      if (!is_letter && GPOINTER_TO_UINT (n) > BACKGROUND_SHARE * n_pixels)
        worst = MIN (worst, get_ratio (GPOINTER_TO_UINT (colour), letters));
    }
  return worst;
}

static double
get_needed_ratio (GtkWidget *label)
{
  PangoContext *context = gtk_widget_get_pango_context (label);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double pixels = (double) pango_font_description_get_size (font) / PANGO_SCALE
                  * pango_cairo_context_get_resolution (context) / 72;
  gboolean bold = pango_font_description_get_weight (font) >= PANGO_WEIGHT_BOLD;

  if (pixels >= LARGE_TEXT_PX || (bold && pixels >= LARGE_BOLD_TEXT_PX))
    return text_ratio == RATIO_OF_TEXT ? RATIO_OF_LARGE_TEXT : RATIO_OF_TEXT;
  return text_ratio;
}

typedef struct
{
  const char *screen;
  GtkWidget *window;
  cairo_surface_t *picture;
  guint *n_faults;
  guint n_measured;
} Walk;

static void
check_label (Walk *walk, GtkWidget *label)
{
  GdkRectangle place;
  g_autoptr (GHashTable) counts = NULL;
  double ratio;

  if (*gtk_label_get_text (GTK_LABEL (label)) == '\0' || !gtk_widget_is_sensitive (label)
      || !get_visible_place (walk->window, label, 0, &place))
    return;
  counts = count_colours (walk->picture, &place);
  /* Part of a label, or one that has no letter in sight. */
  if (place.height < get_place (label).height || g_hash_table_size (counts) < 3)
    return;
  walk->n_measured++;
  ratio = measure_text (counts, (guint) (place.width * place.height));
  if (ratio >= get_needed_ratio (label))
    return;
  g_test_message ("%s: “%s” has %.2f to 1, and needs %.1f", walk->screen,
                  gtk_label_get_text (GTK_LABEL (label)), ratio, get_needed_ratio (label));
  ++*walk->n_faults;
}

static void
walk_labels (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget))
    check_label (data, widget);
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), walk_labels, data);
}

static guint n_measured;

static void
check_words (const char *screen, GtkWidget *window, guint *n_faults)
{
  Walk walk = { screen, window, draw (window), n_faults, 0 };

  walk_labels (window, &walk);
  n_measured += walk.n_measured;
  cairo_surface_destroy (walk.picture);
}

static void
list_stops (GtkWidget *widget, gpointer data)
{
  if ((GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_SWITCH (widget)
       || GTK_IS_LIST_BOX_ROW (widget))
      && gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget)
      && gtk_widget_get_can_focus (widget))
    g_ptr_array_add (data, widget);
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), list_stops, data);
}

/* How many pixels of the outline can be told from what was there before. */
static guint
count_outline (cairo_surface_t *before, cairo_surface_t *after, const GdkRectangle *place)
{
  guint n = 0;

  for (int y = place->y; y < place->y + place->height; y++)
    for (int x = place->x; x < place->x + place->width; x++)
      if (get_ratio (get_pixel (before, x, y), get_pixel (after, x, y)) >= RATIO_OF_LARGE_TEXT)
        n++;
  return n;
}

static void
check_stop (Walk *walk, GtkWidget *stop)
{
  GdkRectangle place;
  cairo_surface_t *before;
  cairo_surface_t *after;
  guint n_outline;

  /* The page moves to what has the keyboard; then everything is where it stays. */
  gtk_widget_grab_focus (stop);
  page_test_settle ();
  gtk_window_set_focus (GTK_WINDOW (walk->window), NULL);
  page_test_settle ();
  before = draw (walk->window);
  gtk_widget_grab_focus (stop);
  page_test_settle ();
  after = draw (walk->window);
  if (gtk_widget_has_focus (stop) && get_visible_place (walk->window, stop, 6, &place))
    {
      walk->n_measured++;
      n_outline = count_outline (before, after, &place);
      /* As much as a line along both long sides. */
      if (n_outline < (guint) place.width)
        {
          g_test_message ("%s: the keyboard on “%s” (%s) shows in %u pixels", walk->screen,
                          atk_object_get_name (gtk_widget_get_accessible (stop)),
                          G_OBJECT_TYPE_NAME (stop), n_outline);
          ++*walk->n_faults;
        }
    }
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
}

static void
check_focus (const char *screen, GtkWidget *window, guint *n_faults)
{
  Walk walk = { screen, window, NULL, n_faults, 0 };
  g_autoptr (GPtrArray) stops = g_ptr_array_new ();

  ligdi_test_wait_until (gtk_window_is_active (GTK_WINDOW (window)));
  gtk_window_set_focus_visible (GTK_WINDOW (window), TRUE);
  list_stops (window, stops);
  for (guint i = 0; i < stops->len; i++)
    check_stop (&walk, g_ptr_array_index (stops, i));
  n_measured += walk.n_measured;
}

static void
check_in (const char *theme, gboolean dark, ScreenTestCheck check)
{
  GtkSettings *settings = gtk_settings_get_default ();

  n_measured = 0;
  text_ratio = g_str_equal (theme, "HighContrast") ? RATIO_OF_HIGH_CONTRAST : RATIO_OF_TEXT;
  g_object_set (settings, "gtk-theme-name", theme, NULL);
  page_test_set_dark (dark);
  screen_test_check_all (check);
  page_test_set_dark (FALSE);
  g_object_set (settings, "gtk-theme-name", "Adwaita", NULL);
  g_assert_cmpuint (n_measured, >, 300);
}

static void
test_words (void)
{
  check_in ("Adwaita", FALSE, check_words);
}

static void
test_words_in_the_dark (void)
{
  check_in ("Adwaita", TRUE, check_words);
}

static void
test_words_in_high_contrast (void)
{
  check_in ("HighContrast", FALSE, check_words);
  check_in ("HighContrast", TRUE, check_words);
}

static void
test_focus (void)
{
  check_in ("Adwaita", FALSE, check_focus);
}

static void
test_focus_in_the_dark (void)
{
  check_in ("Adwaita", TRUE, check_focus);
}

int
main (int argc, char **argv)
{
  page_test_init (&argc, &argv);
  /* Colours that are still on their way are nobody's. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/contrast/words", test_words);
  g_test_add_func ("/contrast/words-in-the-dark", test_words_in_the_dark);
  g_test_add_func ("/contrast/words-in-high-contrast", test_words_in_high_contrast);
  g_test_add_func ("/contrast/focus", test_focus);
  g_test_add_func ("/contrast/focus-in-the-dark", test_focus_in_the_dark);
  return g_test_run ();
}
