/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-products.h"

/* The shop's list of products, for those who show it and for who keeps it on disk. */

enum
{
  SIGNAL_SAVE,
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiProducts
{
  GObject parent_instance;

  LigdiCatalogue *catalogue;
};

G_DEFINE_FINAL_TYPE (LigdiProducts, ligdi_products, G_TYPE_OBJECT)

static void
ligdi_products_finalize (GObject *object)
{
  ligdi_catalogue_unref (LIGDI_PRODUCTS (object)->catalogue);
  G_OBJECT_CLASS (ligdi_products_parent_class)->finalize (object);
}

static void
ligdi_products_class_init (LigdiProductsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ligdi_products_finalize;

  /**
   * LigdiProducts::save:
   * @self: the products
   * @catalogue: (type gpointer): a #LigdiCatalogue that shall be the shop's
   *
   * Returns: whether it is on disk
   */
  signals[SIGNAL_SAVE]
      = g_signal_new ("save", LIGDI_TYPE_PRODUCTS, G_SIGNAL_RUN_LAST, 0,
                      g_signal_accumulator_first_wins, NULL, NULL, G_TYPE_BOOLEAN, 1,
                      G_TYPE_POINTER);
  /**
   * LigdiProducts::changed:
   * @self: the products
   *
   * There is another list.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LIGDI_TYPE_PRODUCTS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ligdi_products_init (LigdiProducts *self)
{
}

/**
 * ligdi_products_new:
 * @catalogue: what the shop sells
 *
 * Returns: (transfer full): the shop's products
 */
LigdiProducts *
ligdi_products_new (LigdiCatalogue *catalogue)
{
  LigdiProducts *self = g_object_new (LIGDI_TYPE_PRODUCTS, NULL);

  self->catalogue = ligdi_catalogue_ref (catalogue);
  return self;
}

/**
 * ligdi_products_get_catalogue:
 * @self: the products
 *
 * Returns: (transfer none): what the shop sells just now
 */
LigdiCatalogue *
ligdi_products_get_catalogue (LigdiProducts *self)
{
  g_return_val_if_fail (LIGDI_IS_PRODUCTS (self), NULL);

  return self->catalogue;
}

/**
 * ligdi_products_replace:
 * @self: the products
 * @catalogue: what the shop shall sell from now on
 *
 * Returns: %FALSE, and nothing changed, when it could not be saved
 */
gboolean
ligdi_products_replace (LigdiProducts *self, LigdiCatalogue *catalogue)
{
  gboolean saved = FALSE;

  g_return_val_if_fail (LIGDI_IS_PRODUCTS (self), FALSE);

  g_signal_emit (self, signals[SIGNAL_SAVE], 0, catalogue, &saved);
  if (!saved)
    return FALSE;
  ligdi_catalogue_ref (catalogue);
  ligdi_catalogue_unref (self->catalogue);
  self->catalogue = catalogue;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return TRUE;
}
