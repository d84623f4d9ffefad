/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-item-search.h"

#include "ligdi-key-input.h"
#include "ligdi-keycap.h"
#include "ligdi-product-row.h"

#include <glib/gi18n.h>
#include <string.h>

/* Where an item is scanned or written, and what of the shop's products fits it. A scan is looked
 * up whole; only who types sees what fits, and chooses. */

/* Nobody reads on further: one more letter is quicker. */
#define MAX_FOUND 12

enum
{
  PROP_FINDING = 1,
};

enum
{
  SIGNAL_ITEM,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiItemSearch
{
  GtkBox parent_instance;

  GtkEntry *entry;
  GtkWidget *results;
  GtkListBox *found;

  LigdiProducts *products;
  LigdiCatalogue *catalogue; /* what is shown is of it */
  char **readings; /* of the scan that is going on */
  guint scan_timer;
};

G_DEFINE_FINAL_TYPE (LigdiItemSearch, ligdi_item_search, GTK_TYPE_BOX)

/* The figures of a French keyboard's top row, when nothing else was typed. */
static char *
read_top_row (const char *text)
{
  static const char *const row = "à&é\"'(-è_ç";
  GString *digits = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const char *at = g_utf8_strchr (row, -1, g_utf8_get_char (p));

      if (at == NULL)
        {
          g_string_free (digits, TRUE);
          return NULL;
        }
      g_string_append_printf (digits, "%d", (int) g_utf8_pointer_to_offset (row, at));
    }
  return g_string_free (digits, digits->len < 2);
}

static const LigdiProduct *
find_code (LigdiItemSearch *self, const char *code)
{
  return self->catalogue != NULL && code != NULL
             ? ligdi_catalogue_find_code (self->catalogue, code)
             : NULL;
}

static char *
dup_text (LigdiItemSearch *self)
{
  return g_strstrip (g_strdup (gtk_entry_get_text (self->entry)));
}

static void
stop_scan (LigdiItemSearch *self)
{
  g_clear_handle_id (&self->scan_timer, g_source_remove);
  g_clear_pointer (&self->readings, g_strfreev);
}

static void
emit_item (LigdiItemSearch *self, const LigdiProduct *product, const char *text)
{
  /* The product is the list's, and what is shown of it goes away with the text. */
  g_autofree char *label = g_strdup (product != NULL ? product->label : text);
  gint64 price = product != NULL ? product->price : 0;

  ligdi_item_search_clear (self);
  if (*label != '\0')
    g_signal_emit (self, signals[SIGNAL_ITEM], 0, label, price);
}

/* A scanner that is set up for another keyboard than this one still scans figures. */
static const char *
choose_reading (const char *const *readings)
{
  for (guint i = 0; readings[i] != NULL; i++)
    if (strspn (readings[i], "0123456789") == strlen (readings[i]))
      return readings[i];
  return readings[0];
}

static gboolean
on_scan_silence (gpointer data)
{
  LigdiItemSearch *self = data;
  g_auto (GStrv) readings = g_steal_pointer (&self->readings);

  self->scan_timer = 0;
  ligdi_item_search_finish_scan (self, (const char *const *) readings, FALSE);
  return G_SOURCE_REMOVE;
}

static void
remove_rows (LigdiItemSearch *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->found, 0)) != NULL)
    gtk_widget_destroy (GTK_WIDGET (row));
}

static void
set_finding (LigdiItemSearch *self, gboolean finding)
{
  gtk_widget_set_visible (self->results, finding);
  g_object_notify (G_OBJECT (self), "finding");
}

static void
show_found (LigdiItemSearch *self, GPtrArray *found, const char *text)
{
  AtkObject *accessible = gtk_widget_get_accessible (GTK_WIDGET (self->entry));
  g_autofree char *description = g_strdup_printf (
      ngettext ("%u item found", "%u items found", found->len), found->len);

  remove_rows (self);
  for (guint i = 0; i < found->len; i++)
    gtk_container_add (GTK_CONTAINER (self->found),
                       ligdi_product_row_new (g_ptr_array_index (found, i)));
  if (found->len > 0)
    gtk_container_add (GTK_CONTAINER (self->found), ligdi_product_row_new_other (text));
  set_finding (self, found->len > 0);
  atk_object_set_description (accessible, found->len > 0 ? description : "");
}

static void
on_text_changed (GtkEditable *editable, LigdiItemSearch *self)
{
  g_autofree char *text = dup_text (self);
  g_autofree char *digits = read_top_row (text);
  g_autoptr (GPtrArray) found = NULL;

  if (self->catalogue == NULL || self->scan_timer != 0)
    return;
  found = ligdi_catalogue_search (self->catalogue, text, MAX_FOUND);
  if (found->len == 0 && digits != NULL)
    {
      g_ptr_array_unref (found);
      found = ligdi_catalogue_search (self->catalogue, digits, MAX_FOUND);
    }
  show_found (self, found, text);
}

static void
on_products_changed (LigdiProducts *products, LigdiItemSearch *self)
{
  /* What is shown is of the list that goes. */
  remove_rows (self);
  g_clear_pointer (&self->catalogue, ligdi_catalogue_unref);
  self->catalogue = ligdi_catalogue_ref (ligdi_products_get_catalogue (products));
  on_text_changed (GTK_EDITABLE (self->entry), self);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, LigdiItemSearch *self)
{
  g_autofree char *text = dup_text (self);

  emit_item (self, ligdi_product_row_get_product (LIGDI_PRODUCT_ROW (row)), text);
}

static void
ligdi_item_search_get_property (GObject *object, guint property_id, GValue *value,
                                GParamSpec *pspec)
{
  if (property_id == PROP_FINDING)
    g_value_set_boolean (value, gtk_widget_get_visible (LIGDI_ITEM_SEARCH (object)->results));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
ligdi_item_search_unmap (GtkWidget *widget)
{
  stop_scan (LIGDI_ITEM_SEARCH (widget));
  GTK_WIDGET_CLASS (ligdi_item_search_parent_class)->unmap (widget);
}

static void
ligdi_item_search_dispose (GObject *object)
{
  LigdiItemSearch *self = LIGDI_ITEM_SEARCH (object);

  stop_scan (self);
  g_clear_object (&self->products);
  g_clear_pointer (&self->catalogue, ligdi_catalogue_unref);
  G_OBJECT_CLASS (ligdi_item_search_parent_class)->dispose (object);
}

static void
ligdi_item_search_class_init (LigdiItemSearchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ligdi_item_search_dispose;
  object_class->get_property = ligdi_item_search_get_property;
  widget_class->unmap = ligdi_item_search_unmap;

  /**
   * LigdiItemSearch:finding:
   *
   * Whether what fits is shown, and takes its room.
   */
  g_object_class_install_property (
      object_class, PROP_FINDING,
      g_param_spec_boolean ("finding", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  /**
   * LigdiItemSearch::item:
   * @self: the search
   * @label: what it is called
   * @price: francs XOF for one; 0 when nobody knows
   *
   * The cashier has scanned, written or chosen an item.
   */
  signals[SIGNAL_ITEM] = g_signal_new ("item", LIGDI_TYPE_ITEM_SEARCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);

  g_type_ensure (LIGDI_TYPE_KEYCAP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-item-search.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiItemSearch, entry);
  gtk_widget_class_bind_template_child (widget_class, LigdiItemSearch, results);
  gtk_widget_class_bind_template_child (widget_class, LigdiItemSearch, found);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
ligdi_item_search_init (LigdiItemSearch *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_item_search_set_products:
 * @self: a search
 * @products: what the shop sells
 */
void
ligdi_item_search_set_products (LigdiItemSearch *self, LigdiProducts *products)
{
  g_return_if_fail (LIGDI_IS_ITEM_SEARCH (self));
  g_return_if_fail (LIGDI_IS_PRODUCTS (products));

  if (self->products != NULL)
    g_signal_handlers_disconnect_by_data (self->products, self);
  g_set_object (&self->products, products);
  g_signal_connect_object (products, "changed", G_CALLBACK (on_products_changed), self, 0);
  on_products_changed (products, self);
}

/**
 * ligdi_item_search_get_products:
 * @self: a search
 *
 * Returns: (transfer none) (nullable): what the shop sells
 */
LigdiProducts *
ligdi_item_search_get_products (LigdiItemSearch *self)
{
  g_return_val_if_fail (LIGDI_IS_ITEM_SEARCH (self), NULL);

  return self->products;
}

/**
 * ligdi_item_search_has_products:
 * @self: a search
 *
 * Returns: whether there is anything to be found
 */
gboolean
ligdi_item_search_has_products (LigdiItemSearch *self)
{
  g_return_val_if_fail (LIGDI_IS_ITEM_SEARCH (self), FALSE);

  return self->catalogue != NULL && ligdi_catalogue_get_n_products (self->catalogue) > 0;
}

/**
 * ligdi_item_search_has_text:
 * @self: a search
 *
 * Returns: whether anything is written in it
 */
gboolean
ligdi_item_search_has_text (LigdiItemSearch *self)
{
  g_return_val_if_fail (LIGDI_IS_ITEM_SEARCH (self), FALSE);

  return gtk_entry_get_text_length (self->entry) > 0;
}

/**
 * ligdi_item_search_is_focus:
 * @self: a search
 *
 * Returns: whether the keyboard writes into it
 */
gboolean
ligdi_item_search_is_focus (LigdiItemSearch *self)
{
  g_return_val_if_fail (LIGDI_IS_ITEM_SEARCH (self), FALSE);

  return gtk_widget_is_focus (GTK_WIDGET (self->entry));
}

/**
 * ligdi_item_search_focus:
 * @self: a search
 *
 * Brings the keyboard to it; what is written there is written over.
 */
void
ligdi_item_search_focus (LigdiItemSearch *self)
{
  g_return_if_fail (LIGDI_IS_ITEM_SEARCH (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/**
 * ligdi_item_search_go_on:
 * @self: a search
 *
 * Brings the keyboard to it, behind what is written there.
 */
void
ligdi_item_search_go_on (LigdiItemSearch *self)
{
  g_return_if_fail (LIGDI_IS_ITEM_SEARCH (self));

  if (!ligdi_item_search_is_focus (self))
    gtk_entry_grab_focus_without_selecting (self->entry);
}

/**
 * ligdi_item_search_clear:
 * @self: a search
 *
 * Forgets what is written or being scanned.
 */
void
ligdi_item_search_clear (LigdiItemSearch *self)
{
  g_return_if_fail (LIGDI_IS_ITEM_SEARCH (self));

  stop_scan (self);
  gtk_entry_set_text (self->entry, "");
}

/**
 * ligdi_item_search_finish:
 * @self: a search
 *
 * A person has written what is meant: what was chosen in the list, what has that code or exactly
 * that label, or else something new. What only fits may be another product at another price.
 */
void
ligdi_item_search_finish (LigdiItemSearch *self)
{
  GtkListBoxRow *row;
  const LigdiProduct *product;
  g_autofree char *text = NULL;
  g_autofree char *digits = NULL;

  g_return_if_fail (LIGDI_IS_ITEM_SEARCH (self));

  row = gtk_list_box_get_selected_row (self->found);
  text = dup_text (self);
  digits = read_top_row (text);
  if (row != NULL)
    product = ligdi_product_row_get_product (LIGDI_PRODUCT_ROW (row));
  else
    product = find_code (self, text);
  if (product == NULL && row == NULL)
    product = find_code (self, digits);
  if (product == NULL && row == NULL && self->catalogue != NULL)
    product = ligdi_catalogue_find_label (self->catalogue, text);
  emit_item (self, product, digits != NULL ? digits : text);
}

/**
 * ligdi_item_search_follow_scan:
 * @self: a search
 * @readings: (array zero-terminated=1): the scan so far, as it may have to be read
 */
void
ligdi_item_search_follow_scan (LigdiItemSearch *self, const char *const *readings)
{
  g_return_if_fail (LIGDI_IS_ITEM_SEARCH (self));
  g_return_if_fail (readings != NULL && readings[0] != NULL);

  stop_scan (self);
  /* A scanner that sends no Enter has finished when it is silent. */
  set_finding (self, FALSE);
  self->readings = g_strdupv ((char **) readings);
  self->scan_timer = g_timeout_add (LIGDI_KEY_SCAN_PAUSE_MS, on_scan_silence, self);
  gtk_entry_set_text (self->entry, choose_reading (readings));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

/**
 * ligdi_item_search_finish_scan:
 * @self: a search
 * @readings: (array zero-terminated=1): the scan, as it may have to be read
 * @typed: whether its keys are in the entry already: it may be a person who types fast
 *
 * Looks the scan up. It never takes what only fits.
 */
void
ligdi_item_search_finish_scan (LigdiItemSearch *self, const char *const *readings, gboolean typed)
{
  const LigdiProduct *product = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (LIGDI_IS_ITEM_SEARCH (self));
  g_return_if_fail (readings != NULL && readings[0] != NULL);

  text = typed ? dup_text (self) : g_strdup (choose_reading (readings));
  /* A scanner may have paused, and what it scanned is in the entry. */
  if (typed)
    product = find_code (self, text);
  for (guint i = 0; product == NULL && readings[i] != NULL; i++)
    product = find_code (self, readings[i]);
  emit_item (self, product, text);
}
