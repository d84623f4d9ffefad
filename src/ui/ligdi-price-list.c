/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-price-list.h"

#include "ligdi-money.h"

#include <glib/gi18n.h>

/* What the shop sells, each under a finger of its own: a press puts one more on the ticket. */

/* More are no list to look through: they are searched for. */
#define MAX_BUTTONS 120

enum
{
  SIGNAL_ITEM,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiPriceList
{
  GtkBox parent_instance;

  GtkFlowBox *buttons;
  GtkWidget *more;

  LigdiProducts *products;
};

G_DEFINE_FINAL_TYPE (LigdiPriceList, ligdi_price_list, GTK_TYPE_BOX)

static void
on_button_clicked (LigdiPriceList *self, GtkWidget *button)
{
  const LigdiCatalogue *catalogue = ligdi_products_get_catalogue (self->products);
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"));
  const LigdiProduct *product = ligdi_catalogue_get_product (catalogue, index);

  g_signal_emit (self, signals[SIGNAL_ITEM], 0, product->label, product->price);
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 14);
  gtk_style_context_add_class (gtk_widget_get_style_context (label), style);
  return label;
}

static GtkWidget *
make_button (LigdiPriceList *self, const LigdiProduct *product, guint index)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *label = make_label (product->label, "price-label");
  g_autofree char *price = ligdi_money_format (product->price);
  /* Translators: a product and its price. */
  g_autofree char *name = g_strdup_printf (_("%1$s, %2$s"), product->label, price);
  GtkStyleContext *style = gtk_widget_get_style_context (button);

  gtk_container_add (GTK_CONTAINER (box), label);
  gtk_box_pack_end (GTK_BOX (box), make_label (price, "price"), FALSE, FALSE, 0);
  gtk_container_add (GTK_CONTAINER (button), box);
  gtk_style_context_add_class (style, "touch");
  gtk_style_context_add_class (style, "product");
  gtk_widget_set_focus_on_click (button, FALSE);
  atk_object_set_name (gtk_widget_get_accessible (button), name);
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_button_clicked), self,
                           G_CONNECT_SWAPPED);
  return button;
}

static void
destroy_button (GtkWidget *child, gpointer user_data)
{
  gtk_widget_destroy (child);
}

static void
show_products (LigdiPriceList *self)
{
  const LigdiCatalogue *catalogue = ligdi_products_get_catalogue (self->products);
  guint n = ligdi_catalogue_get_n_products (catalogue);

  gtk_container_foreach (GTK_CONTAINER (self->buttons), destroy_button, NULL);
  for (guint i = 0; i < MIN (n, MAX_BUTTONS); i++)
    {
      GtkWidget *child = gtk_flow_box_child_new ();

      /* The button in it is what takes the keyboard. */
      gtk_widget_set_can_focus (child, FALSE);
      gtk_container_add (GTK_CONTAINER (child),
                         make_button (self, ligdi_catalogue_get_product (catalogue, i), i));
      gtk_widget_show_all (child);
      gtk_container_add (GTK_CONTAINER (self->buttons), child);
    }
  gtk_widget_set_visible (self->more, n > MAX_BUTTONS);
}

static void
ligdi_price_list_dispose (GObject *object)
{
  g_clear_object (&LIGDI_PRICE_LIST (object)->products);
  G_OBJECT_CLASS (ligdi_price_list_parent_class)->dispose (object);
}

static void
ligdi_price_list_class_init (LigdiPriceListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ligdi_price_list_dispose;

  /**
   * LigdiPriceList::item:
   * @self: the list
   * @label: what is wanted
   * @price: francs XOF for one
   */
  signals[SIGNAL_ITEM] = g_signal_new ("item", LIGDI_TYPE_PRICE_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-price-list.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiPriceList, buttons);
  gtk_widget_class_bind_template_child (widget_class, LigdiPriceList, more);
}

static void
ligdi_price_list_init (LigdiPriceList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_price_list_set_products:
 * @self: a list
 * @products: the shop's
 */
void
ligdi_price_list_set_products (LigdiPriceList *self, LigdiProducts *products)
{
  g_return_if_fail (LIGDI_IS_PRICE_LIST (self));
  g_return_if_fail (LIGDI_IS_PRODUCTS (products));

  if (!g_set_object (&self->products, products))
    return;
  g_signal_connect_object (products, "changed", G_CALLBACK (show_products), self,
                           G_CONNECT_SWAPPED);
  show_products (self);
}
