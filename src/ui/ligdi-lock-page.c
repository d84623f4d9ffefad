/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-lock-page.h"

#include "ligdi-key-watch.h"

/* A till that waits for somebody to say who they are. */

/* So many names are one under the other; more are in columns. */
#define ONE_COLUMN 4
#define N_COLUMNS 3

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiLockPage
{
  GtkBox parent_instance;

  GtkGrid *names;

  LigdiKeyWatch *keys;
};

G_DEFINE_FINAL_TYPE (LigdiLockPage, ligdi_lock_page, GTK_TYPE_BOX)

static void
on_name_clicked (LigdiLockPage *self, GtkWidget *button)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, g_object_get_data (G_OBJECT (button), "name"));
}

static GtkWidget *
make_button (LigdiLockPage *self, const char *name)
{
  GtkWidget *button = gtk_button_new_with_label (name);
  GtkWidget *label = gtk_bin_get_child (GTK_BIN (button));
  GtkStyleContext *style = gtk_widget_get_style_context (button);

  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 16);
  gtk_style_context_add_class (style, "touch");
  gtk_style_context_add_class (style, "big");
  gtk_style_context_add_class (style, "cashier");
  g_object_set_data_full (G_OBJECT (button), "name", g_strdup (name), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_name_clicked), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_show (button);
  return button;
}

static void
destroy_name (GtkWidget *button, gpointer user_data)
{
  gtk_widget_destroy (button);
}

/* A scanner is nobody, and whoever typed on in the dark did not mean to be somebody. */
static gboolean
on_key (const LigdiKey *key, gpointer page)
{
  return key->kind == LIGDI_KEY_SCAN || key->kind == LIGDI_KEY_SCAN_END
         || key->kind == LIGDI_KEY_IGNORED;
}

static void
ligdi_lock_page_dispose (GObject *object)
{
  g_clear_object (&LIGDI_LOCK_PAGE (object)->keys);
  G_OBJECT_CLASS (ligdi_lock_page_parent_class)->dispose (object);
}

static void
ligdi_lock_page_map (GtkWidget *widget)
{
  GtkWidget *first = gtk_grid_get_child_at (LIGDI_LOCK_PAGE (widget)->names, 0, 0);

  GTK_WIDGET_CLASS (ligdi_lock_page_parent_class)->map (widget);
  if (first != NULL)
    gtk_widget_grab_focus (first);
}

static void
ligdi_lock_page_class_init (LigdiLockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ligdi_lock_page_dispose;
  widget_class->map = ligdi_lock_page_map;

  /**
   * LigdiLockPage::chosen:
   * @self: the page
   * @name: who somebody says they are
   */
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", LIGDI_TYPE_LOCK_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1,
                                         G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-lock-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiLockPage, names);
}

static void
ligdi_lock_page_init (LigdiLockPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->keys = ligdi_key_watch_new (GTK_WIDGET (self), on_key);
}

/**
 * ligdi_lock_page_new:
 *
 * Returns: (transfer floating): a page without names
 */
GtkWidget *
ligdi_lock_page_new (void)
{
  return g_object_new (LIGDI_TYPE_LOCK_PAGE, NULL);
}

/**
 * ligdi_lock_page_show:
 * @self: a page
 * @staff: who may work here
 *
 * Offers their names.
 */
void
ligdi_lock_page_show (LigdiLockPage *self, LigdiStaff *staff)
{
  g_auto (GStrv) names = NULL;
  guint n_columns;
  guint n_names;

  g_return_if_fail (LIGDI_IS_LOCK_PAGE (self));
  g_return_if_fail (LIGDI_IS_STAFF (staff));

  names = ligdi_staff_list (staff);
  n_names = g_strv_length (names);
  n_columns = n_names > ONE_COLUMN ? N_COLUMNS : 1;
  gtk_container_foreach (GTK_CONTAINER (self->names), destroy_name, NULL);
  /* A grid is read out from the last that came to the first. */
  for (guint i = n_names; i-- > 0;)
    gtk_grid_attach (self->names, make_button (self, names[i]), (int) (i % n_columns),
                     (int) (i / n_columns), 1, 1);
}
