/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-products-section.h"

#include "ligdi-import-words.h"
#include "ligdi-setting-row.h"

#include <glib/gi18n.h>

/* How many products there are, and what a file would make of them before it does. */

enum
{
  SIGNAL_IMPORT,
  SIGNAL_EXPORT,
  SIGNAL_REPLACED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiProductsSection
{
  GtkBox parent_instance;

  GtkWidget *row;
  GtkWidget *export;
  GtkWidget *review;
  GtkLabel *question;
  GtkWidget *refused;
  GtkLabel *n_refused;
  GtkTextView *lines;
  GtkButton *accept;
  GtkWidget *keep;

  LigdiProducts *products;
  LigdiCatalogueImport *import; /* what is being asked about */
  gboolean asking;              /* and the question has no place on screen yet */
  guint focus_id;
};

G_DEFINE_FINAL_TYPE (LigdiProductsSection, ligdi_products_section, GTK_TYPE_BOX)

static void
show_count (LigdiProductsSection *self)
{
  guint n = self->products != NULL
                ? ligdi_catalogue_get_n_products (ligdi_products_get_catalogue (self->products))
                : 0;
  g_autofree char *count
      = n > 0 ? g_strdup_printf (ngettext ("%u product", "%u products", n), n)
              : g_strdup (_("No products yet"));

  g_object_set (self->row, "title", count, NULL);
  gtk_widget_set_sensitive (self->export, n > 0);
}

static void
stop_asking (LigdiProductsSection *self)
{
  g_clear_pointer (&self->import, ligdi_catalogue_import_free);
  gtk_widget_hide (self->review);
}

/* The keyboard goes on from where the question came from. */
static void
leave_question (LigdiProductsSection *self)
{
  stop_asking (self);
  gtk_widget_child_focus (self->row, GTK_DIR_TAB_FORWARD);
}

static void
on_import_clicked (LigdiProductsSection *self)
{
  stop_asking (self);
  g_signal_emit (self, signals[SIGNAL_IMPORT], 0);
}

static void
on_export_clicked (LigdiProductsSection *self)
{
  g_signal_emit (self, signals[SIGNAL_EXPORT], 0);
}

/* Not while it is being laid out: the page scrolls to where the question is. */
static gboolean
focus_question (gpointer user_data)
{
  LigdiProductsSection *self = user_data;

  self->focus_id = 0;
  gtk_widget_grab_focus (self->keep);
  return G_SOURCE_REMOVE;
}

static void
on_review_allocated (LigdiProductsSection *self)
{
  if (self->asking && self->focus_id == 0)
    self->focus_id = g_idle_add_full (GTK_PRIORITY_RESIZE, focus_question, self, NULL);
  self->asking = FALSE;
}

static void
on_keep_clicked (LigdiProductsSection *self)
{
  leave_question (self);
}

static void
on_accept_clicked (LigdiProductsSection *self)
{
  gboolean saved = ligdi_products_replace (self->products, self->import->catalogue);

  if (saved)
    leave_question (self);
  g_signal_emit (self, signals[SIGNAL_REPLACED], 0, saved);
}

static void
ligdi_products_section_dispose (GObject *object)
{
  LigdiProductsSection *self = LIGDI_PRODUCTS_SECTION (object);

  g_clear_handle_id (&self->focus_id, g_source_remove);
  g_clear_object (&self->products);
  g_clear_pointer (&self->import, ligdi_catalogue_import_free);
  G_OBJECT_CLASS (ligdi_products_section_parent_class)->dispose (object);
}

static void
ligdi_products_section_class_init (LigdiProductsSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ligdi_products_section_dispose;

  /**
   * LigdiProductsSection::import:
   * @self: the section
   *
   * Somebody wants to choose a file; see ligdi_products_section_review().
   */
  signals[SIGNAL_IMPORT] = g_signal_new ("import", LIGDI_TYPE_PRODUCTS_SECTION, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * LigdiProductsSection::export:
   * @self: the section
   *
   * The list is wanted in a file.
   */
  signals[SIGNAL_EXPORT] = g_signal_new ("export", LIGDI_TYPE_PRODUCTS_SECTION, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * LigdiProductsSection::replaced:
   * @self: the section
   * @saved: whether the shop has the new list; otherwise the old one, and the question stays
   */
  signals[SIGNAL_REPLACED]
      = g_signal_new ("replaced", LIGDI_TYPE_PRODUCTS_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  g_type_ensure (LIGDI_TYPE_SETTING_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-products-section.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiProductsSection, row);
  gtk_widget_class_bind_template_child (widget_class, LigdiProductsSection, export);
  gtk_widget_class_bind_template_child (widget_class, LigdiProductsSection, review);
  gtk_widget_class_bind_template_child (widget_class, LigdiProductsSection, question);
  gtk_widget_class_bind_template_child (widget_class, LigdiProductsSection, refused);
  gtk_widget_class_bind_template_child (widget_class, LigdiProductsSection, n_refused);
  gtk_widget_class_bind_template_child (widget_class, LigdiProductsSection, lines);
  gtk_widget_class_bind_template_child (widget_class, LigdiProductsSection, accept);
  gtk_widget_class_bind_template_child (widget_class, LigdiProductsSection, keep);
  gtk_widget_class_bind_template_callback (widget_class, on_import_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_export_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_accept_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_review_allocated);
  gtk_widget_class_bind_template_callback (widget_class, on_keep_clicked);
}

static void
ligdi_products_section_init (LigdiProductsSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_count (self);
}

/**
 * ligdi_products_section_set_products:
 * @self: a section
 * @products: the shop's
 */
void
ligdi_products_section_set_products (LigdiProductsSection *self, LigdiProducts *products)
{
  g_return_if_fail (LIGDI_IS_PRODUCTS_SECTION (self));
  g_return_if_fail (LIGDI_IS_PRODUCTS (products));

  if (!g_set_object (&self->products, products))
    return;
  g_signal_connect_object (products, "changed", G_CALLBACK (show_count), self, G_CONNECT_SWAPPED);
  show_count (self);
}

/**
 * ligdi_products_section_review:
 * @self: a section that has products
 * @import: (transfer full): what a file holds, and can be read
 *
 * Says what would be taken and what not, and asks.
 */
void
ligdi_products_section_review (LigdiProductsSection *self, LigdiCatalogueImport *import)
{
  guint n = ligdi_catalogue_get_n_products (import->catalogue);
  guint n_refused = import->refused->len;
  g_autofree char *question = NULL;
  g_autofree char *refused = NULL;
  g_autofree char *lines = NULL;

  g_return_if_fail (LIGDI_IS_PRODUCTS_SECTION (self));

  stop_asking (self);
  self->import = import;
  question = g_strdup_printf (
      ngettext ("%u product can be imported. It replaces the list.",
                "%u products can be imported. They replace the list.", n), n);
  refused = g_strdup_printf (
      ngettext ("%u line cannot be:", "%u lines cannot be:", n_refused), n_refused);
  lines = ligdi_import_words_for_lines (import->refused);
  gtk_label_set_text (self->question, question);
  gtk_label_set_text (self->n_refused, refused);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->lines), lines, -1);
  gtk_widget_set_visible (self->refused, n_refused > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->accept), n > 0);
  self->asking = TRUE;
  gtk_widget_show (self->review);
}
