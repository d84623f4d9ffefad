/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-product-row.h"

#include "ligdi-amount.h"
#include "ligdi-money.h"

#include <glib/gi18n.h>

/* A product that fits what is being typed, or that none of them is meant. */

struct _LigdiProductRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *name;
  GtkLabel *caption;
  GtkLabel *price;

  const LigdiProduct *product; /* not owned: whoever shows it keeps the list */
};

G_DEFINE_FINAL_TYPE (LigdiProductRow, ligdi_product_row, GTK_TYPE_LIST_BOX_ROW)

static void
set_caption (LigdiProductRow *self, const char *caption)
{
  gtk_label_set_label (self->caption, caption);
  gtk_widget_set_visible (GTK_WIDGET (self->caption), *caption != '\0');
}

static void
ligdi_product_row_class_init (LigdiProductRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-product-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiProductRow, name);
  gtk_widget_class_bind_template_child (widget_class, LigdiProductRow, caption);
  gtk_widget_class_bind_template_child (widget_class, LigdiProductRow, price);
}

static void
ligdi_product_row_init (LigdiProductRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_product_row_new:
 * @product: what the shop sells; must outlive the row
 *
 * Returns: (transfer floating): a row with its label, code and price
 */
GtkWidget *
ligdi_product_row_new (const LigdiProduct *product)
{
  LigdiProductRow *self = g_object_new (LIGDI_TYPE_PRODUCT_ROW, NULL);
  g_autofree char *money = ligdi_money_format (product->price);
  g_autofree char *markup = ligdi_amount_markup_number (product->price);
  /* Translators: a product for a screen reader: "Rice", then its price. */
  g_autofree char *row_name = g_strdup_printf (_("%1$s, %2$s"), product->label, money);

  self->product = product;
  gtk_label_set_label (self->name, product->label);
  set_caption (self, product->code);
  gtk_label_set_markup (self->price, markup);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self)), row_name);
  return GTK_WIDGET (self);
}

/**
 * ligdi_product_row_new_other:
 * @text: what is being typed
 *
 * Returns: (transfer floating): a row for what is not in the list
 */
GtkWidget *
ligdi_product_row_new_other (const char *text)
{
  LigdiProductRow *self = g_object_new (LIGDI_TYPE_PRODUCT_ROW, NULL);
  /* Translators: %s is what the cashier types; no product of the list is meant. */
  g_autofree char *name = g_strdup_printf (_("Another item: %s"), text);

  gtk_label_set_label (self->name, name);
  set_caption (self, _("Then type its price"));
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self)), name);
  return GTK_WIDGET (self);
}

/**
 * ligdi_product_row_get_product:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the product, or %NULL when none is meant
 */
const LigdiProduct *
ligdi_product_row_get_product (LigdiProductRow *self)
{
  g_return_val_if_fail (LIGDI_IS_PRODUCT_ROW (self), NULL);

  return self->product;
}
