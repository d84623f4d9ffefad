/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-screens"

#include "made-up-screens.h"
#include "page-test.h"
#include "screen-test.h"

#include "../ligdi-test.h"

#include <libintl.h>

/* What holds for every screen there is, in French, on the smallest till. */

#define TOUCH 48
#define DPI_OF_100_PERCENT (96 * 1024)

/* In per cent. Desktops offer the first; the last is what everybody should be able to have. */
static const int larger[] = { 115, 125, 149, 150, 175, 200 };

static void
check_fits (const char *screen, GtkWidget *window, guint *n_faults)
{
  int width;
  int height;

  gtk_widget_get_preferred_width (window, &width, NULL);
  gtk_widget_get_preferred_height_for_width (window, MAX (width, SCREEN_TEST_WIDTH), &height, NULL);
  if (width <= SCREEN_TEST_WIDTH && height <= SCREEN_TEST_HEIGHT)
    return;
  g_test_message ("%s needs %d by %d", screen, width, height);
  ++*n_faults;
}

static void
test_fits (void)
{
  screen_test_check_all (check_fits);
}

static void
set_text_size (int percent)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", percent * DPI_OF_100_PERCENT / 100,
                NULL);
}

static void
test_fits_in_high_contrast (void)
{
  GtkSettings *settings = gtk_settings_get_default ();

  g_object_set (settings, "gtk-theme-name", "HighContrast", NULL);
  screen_test_check_all (check_fits);
  g_object_set (settings, "gtk-theme-name", "Adwaita", NULL);
}

static int
get_height (GtkWidget *widget)
{
  int height;

  gtk_widget_get_preferred_height (widget, &height, NULL);
  return height;
}

/* The sizes follow the desktop's, not our style sheet. */
static void
test_letters_grow (void)
{
  g_autoptr (PageTest) test = page_test_show (gtk_label_new ("12 500"));
  int before = get_height (test->page);

  set_text_size (200);
  ligdi_test_wait_until (get_height (test->page) >= before * 19 / 10);
  set_text_size (100);
  ligdi_test_wait_until (get_height (test->page) == before);
}

typedef struct
{
  double pixels; /* 0 when nobody sees it */
  gboolean cut;
  char *text;
} Letters;

static void
letters_clear (gpointer data)
{
  g_free (((Letters *) data)->text);
}

/* What must be hidden from the eye for want of room is tiny. */
static gboolean
is_seen (GtkWidget *label, double pixels)
{
  return gtk_widget_get_mapped (label) && gtk_widget_get_opacity (label) > 0 && pixels > 3;
}

static void
walk_letters (GtkWidget *widget, gpointer data)
{
  GArray *found = data;

  if (GTK_IS_LABEL (widget))
    {
      PangoContext *context = gtk_widget_get_pango_context (widget);
      int size = pango_font_description_get_size (pango_context_get_font_description (context));
      double pixels = (double) size / PANGO_SCALE * pango_cairo_context_get_resolution (context) / 72;
      PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (widget));
      Letters letters = { is_seen (widget, pixels) ? pixels : 0, pango_layout_is_ellipsized (layout),
                          g_strdup (gtk_label_get_text (GTK_LABEL (widget))) };

      g_array_append_val (found, letters);
    }
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), walk_letters, found);
}

/* All labels, in the order of the tree; and whether the screen has room for them. */
static GArray *
read_letters (const char *screen, guint *n_faults)
{
  GtkWidget *window = screen_test_show (screen);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Letters));

  g_array_set_clear_func (found, letters_clear);
  walk_letters (window, found);
  check_fits (screen, window, n_faults);
  gtk_widget_destroy (window);
  page_test_settle ();
  return found;
}

static guint
compare_letters (const char *screen, GArray *plain, int percent)
{
  guint n_faults = 0;
  g_autoptr (GArray) large = read_letters (screen, &n_faults);

  g_assert_cmpuint (plain->len, ==, large->len);
  for (guint i = 0; i < plain->len; i++)
    {
      const Letters *before = &g_array_index (plain, Letters, i);
      const Letters *after = &g_array_index (large, Letters, i);
      gboolean shrunk = after->pixels > 0 && after->pixels < before->pixels - 0.1;
      gboolean cut = after->pixels > 0 && after->cut && !before->cut;

      if (!shrunk && !cut)
        continue;
      g_test_message ("%s at %d %%: “%s” has %.1f px instead of %.1f%s", screen, percent,
                      before->text, after->pixels, before->pixels, cut ? ", and is cut" : "");
      n_faults++;
    }
  return n_faults;
}

/* Whoever wants larger letters gets no smaller ones anywhere, all of the words, and room for them. */
static void
test_letters_never_shrink (void)
{
  guint n_faults = 0;
  const char *name;

  for (guint i = 0; (name = made_up_screen_get_name (i)) != NULL; i++)
    {
      g_autoptr (GArray) plain = read_letters (name, &n_faults);

      for (guint j = 0; j < G_N_ELEMENTS (larger); j++)
        {
          set_text_size (larger[j]);
          n_faults += compare_letters (name, plain, larger[j]);
        }
      set_text_size (100);
    }
  if (n_faults > 0)
    g_test_fail_printf ("%u faults", n_faults);
}

/* The parts of a number's entry are under one finger; a window's close button is the desktop's. */
static gboolean
is_target (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget)
      || gtk_style_context_has_class (gtk_widget_get_style_context (widget), "titlebutton"))
    return FALSE;
  if (GTK_IS_LIST_BOX_ROW (widget))
    return gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget));
  return GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_SWITCH (widget);
}

typedef struct
{
  const char *screen;
  guint *n_faults;
} Walk;

static void
walk_targets (GtkWidget *widget, gpointer data)
{
  Walk *walk = data;
  int width = gtk_widget_get_allocated_width (widget);
  int height = gtk_widget_get_allocated_height (widget);

  if (is_target (widget) && (width < TOUCH || height < TOUCH))
    {
      g_test_message ("%s: “%s” (%s) is %d by %d", walk->screen,
                      atk_object_get_name (gtk_widget_get_accessible (widget)),
                      G_OBJECT_TYPE_NAME (widget), width, height);
      ++*walk->n_faults;
    }
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), walk_targets, walk);
}

static void
check_targets (const char *screen, GtkWidget *window, guint *n_faults)
{
  Walk walk = { screen, n_faults };

  walk_targets (window, &walk);
}

static void
test_targets (void)
{
  screen_test_check_all (check_targets);
}

static void
walk_names (GtkWidget *widget, gpointer data)
{
  Walk *walk = data;
  const char *name = atk_object_get_name (gtk_widget_get_accessible (widget));
  gboolean named = name != NULL && *name != '\0' && !g_str_has_suffix (name, "-symbolic");

  if (is_target (widget) && !named)
    {
      g_test_message ("%s: a %s has the name “%s”", walk->screen, G_OBJECT_TYPE_NAME (widget), name);
      ++*walk->n_faults;
    }
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), walk_names, walk);
}

static void
check_names (const char *screen, GtkWidget *window, guint *n_faults)
{
  Walk walk = { screen, n_faults };

  walk_names (window, &walk);
}

static void
test_names (void)
{
  screen_test_check_all (check_names);
}

static void
list_targets (GtkWidget *widget, gpointer data)
{
  if (is_target (widget) && gtk_widget_get_can_focus (widget))
    g_ptr_array_add (data, widget);
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), list_targets, data);
}

typedef struct
{
  GtkWidget *widget;
  GdkRectangle place; /* within what is scrolled, if it is */
  GtkWidget *scrolled;
  GdkRectangle scrolled_place;
} Stop;

static void
get_place (GtkWidget *window, GtkWidget *widget, GdkRectangle *place)
{
  gtk_widget_translate_coordinates (widget, window, 0, 0, &place->x, &place->y);
  place->width = gtk_widget_get_allocated_width (widget);
  place->height = gtk_widget_get_allocated_height (widget);
}

static Stop
make_stop (GtkWidget *window, GtkWidget *widget)
{
  Stop stop = { .widget = widget };
  GtkWidget *parent = gtk_widget_get_parent (widget);

  get_place (window, widget, &stop.place);
  stop.scrolled = parent != NULL ? gtk_widget_get_ancestor (parent, GTK_TYPE_SCROLLED_WINDOW) : NULL;
  if (stop.scrolled == NULL)
    return stop;
  get_place (window, stop.scrolled, &stop.scrolled_place);
  stop.place.y += (int) gtk_adjustment_get_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (stop.scrolled)));
  return stop;
}

static gboolean
has_stop (GArray *stops, GtkWidget *widget)
{
  for (guint i = 0; i < stops->len; i++)
    if (g_array_index (stops, Stop, i).widget == widget)
      return TRUE;
  return FALSE;
}

/* A row that gets the focus shows another payment, which other things can be done with. */
static void
forget_unmapped (GPtrArray *targets)
{
  for (guint i = targets->len; i > 0; i--)
    if (!gtk_widget_get_mapped (g_ptr_array_index (targets, i - 1)))
      g_ptr_array_remove_index (targets, i - 1);
}

/* Where the key leads, one press after another, until it comes back. Of the targets those stay
 * that are there all the time. */
static GArray *
press_around (GtkWidget *window, GtkDirectionType direction, GPtrArray *targets)
{
  GArray *stops = g_array_new (FALSE, FALSE, sizeof (Stop));

  /* Until it is active the window still gives the focus to whom it likes. */
  ligdi_test_wait_until (gtk_window_is_active (GTK_WINDOW (window))
                         || !gtk_window_get_accept_focus (GTK_WINDOW (window)));
  page_test_settle ();
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  for (guint i = 0; i < 200; i++)
    {
      GtkWidget *focus;
      Stop stop;

      gtk_widget_child_focus (window, direction);
      focus = gtk_window_get_focus (GTK_WINDOW (window));
      if (focus == NULL || has_stop (stops, focus))
        break;
      /* It may have come with the payment of the row before. */
      ligdi_test_wait_until (gtk_widget_get_allocated_width (focus) > 1);
      stop = make_stop (window, focus);
      g_array_append_val (stops, stop);
      forget_unmapped (targets);
    }
  return stops;
}

/* Of choices that exclude each other Tab reaches the chosen one, and the arrows the others. */
static gboolean
is_reached (GArray *stops, GtkWidget *target)
{
  if (has_stop (stops, target))
    return TRUE;
  if (GTK_IS_RADIO_BUTTON (target))
    for (GSList *at = gtk_radio_button_get_group (GTK_RADIO_BUTTON (target)); at != NULL;
         at = at->next)
      if (has_stop (stops, at->data))
        return TRUE;
  return FALSE;
}

static void
check_way (const char *screen, GtkWidget *window, GtkDirectionType direction, guint *n_faults)
{
  g_autoptr (GPtrArray) targets = g_ptr_array_new ();
  g_autoptr (GArray) stops = NULL;

  list_targets (window, targets);
  stops = press_around (window, direction, targets);
  for (guint i = 0; i < targets->len; i++)
    {
      GtkWidget *target = g_ptr_array_index (targets, i);

      if (is_reached (stops, target))
        continue;
      g_test_message ("%s: Tab does not reach “%s”", screen,
                      atk_object_get_name (gtk_widget_get_accessible (target)));
      ++*n_faults;
    }
}

static void
check_tab (const char *screen, GtkWidget *window, guint *n_faults)
{
  check_way (screen, window, GTK_DIR_TAB_FORWARD, n_faults);
  check_way (screen, window, GTK_DIR_TAB_BACKWARD, n_faults);
}

static void
test_tab (void)
{
  screen_test_check_all (check_tab);
}

static void
check_stops (const char *screen, GtkWidget *window, guint *n_faults)
{
  g_autoptr (GPtrArray) targets = g_ptr_array_new ();
  g_autoptr (GArray) stops = press_around (window, GTK_DIR_TAB_FORWARD, targets);

  for (guint i = 0; i < stops->len; i++)
    {
      GtkWidget *stop = g_array_index (stops, Stop, i).widget;
      const char *name = atk_object_get_name (gtk_widget_get_accessible (stop));

      if (name != NULL && *name != '\0')
        continue;
      g_test_message ("%s: Tab stops at a %s without a name", screen, G_OBJECT_TYPE_NAME (stop));
      ++*n_faults;
    }
}

static void
test_stops (void)
{
  screen_test_check_all (check_stops);
}

static gboolean
is_beside (const GdkRectangle *one, const GdkRectangle *other)
{
  int middle = other->y + other->height / 2;

  return middle >= one->y && middle < one->y + one->height;
}

/* Down, or to the right, or into a column further right. */
static gboolean
goes_on (const Stop *before, const Stop *after)
{
  gboolean together = before->scrolled == after->scrolled;
  const GdkRectangle *from
    = together || before->scrolled == NULL ? &before->place : &before->scrolled_place;
  const GdkRectangle *to
    = together || after->scrolled == NULL ? &after->place : &after->scrolled_place;

  if (is_beside (from, to) && is_beside (to, from))
    return to->x >= from->x;
  return to->y >= from->y || to->x >= from->x + from->width;
}

static void
check_order (const char *screen, GtkWidget *window, guint *n_faults)
{
  g_autoptr (GPtrArray) targets = g_ptr_array_new ();
  g_autoptr (GArray) stops = press_around (window, GTK_DIR_TAB_FORWARD, targets);

  for (guint i = 1; i < stops->len; i++)
    {
      const Stop *before = &g_array_index (stops, Stop, i - 1);
      const Stop *after = &g_array_index (stops, Stop, i);

      if (goes_on (before, after))
        continue;
      g_test_message ("%s: Tab goes back, from “%s” to “%s”", screen,
                      atk_object_get_name (gtk_widget_get_accessible (before->widget)),
                      atk_object_get_name (gtk_widget_get_accessible (after->widget)));
      ++*n_faults;
    }
}

static void
test_order (void)
{
  screen_test_check_all (check_order);
}

/* What a screen reader reads, from the first to the last. What is in a header GTK orders itself:
 * first what is at its end. */
static void
list_read (GtkWidget *window, AtkObject *object, GPtrArray *read)
{
  g_autoptr (AtkStateSet) states = atk_object_ref_state_set (object);
  int n = atk_object_get_n_accessible_children (object);

  if (!atk_state_set_contains_state (states, ATK_STATE_SHOWING)
      || (GTK_IS_ACCESSIBLE (object)
          && GTK_IS_HEADER_BAR (gtk_accessible_get_widget (GTK_ACCESSIBLE (object)))))
    return;
  if (GTK_IS_ACCESSIBLE (object)
      && (atk_object_get_role (object) == ATK_ROLE_LABEL || n == 0))
    {
      GtkWidget *widget = gtk_accessible_get_widget (GTK_ACCESSIBLE (object));

      if (widget != NULL && gtk_widget_get_mapped (widget) && !GTK_IS_SCROLLBAR (widget))
        g_ptr_array_add (read, widget);
    }
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtkObject) child = atk_object_ref_accessible_child (object, i);

      if (child != NULL)
        list_read (window, child, read);
    }
}

static void
check_reading (const char *screen, GtkWidget *window, guint *n_faults)
{
  g_autoptr (GPtrArray) read = g_ptr_array_new ();

  list_read (window, gtk_widget_get_accessible (window), read);
  for (guint i = 1; i < read->len; i++)
    {
      Stop before = make_stop (window, g_ptr_array_index (read, i - 1));
      Stop after = make_stop (window, g_ptr_array_index (read, i));

      if (goes_on (&before, &after))
        continue;
      g_test_message ("%s: “%s” is read before “%s”", screen,
                      atk_object_get_name (gtk_widget_get_accessible (before.widget)),
                      atk_object_get_name (gtk_widget_get_accessible (after.widget)));
      ++*n_faults;
    }
}

static void
test_reading (void)
{
  screen_test_check_all (check_reading);
}

int
main (int argc, char **argv)
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_setenv ("LANGUAGE", "fr", TRUE);
  page_test_init (&argc, &argv);
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("LIGDIPAY_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_test_add_func ("/screens/fits", test_fits);
  g_test_add_func ("/screens/fits-in-high-contrast", test_fits_in_high_contrast);
  g_test_add_func ("/screens/letters-grow", test_letters_grow);
  g_test_add_func ("/screens/letters-never-shrink", test_letters_never_shrink);
  g_test_add_func ("/screens/targets", test_targets);
  g_test_add_func ("/screens/names", test_names);
  g_test_add_func ("/screens/tab", test_tab);
  g_test_add_func ("/screens/stops", test_stops);
  g_test_add_func ("/screens/order", test_order);
  g_test_add_func ("/screens/reading", test_reading);
  return g_test_run ();
}
