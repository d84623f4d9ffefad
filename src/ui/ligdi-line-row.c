/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-line-row.h"

#include "ligdi-amount.h"
#include "ligdi-money.h"

#include <glib/gi18n.h>

/* One line of the sale: how many, what, and for how much; or the line being typed. */

enum
{
  SIGNAL_QUANTITY_CHOSEN,
  SIGNAL_REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiLineRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *quantity;
  GtkLabel *quantity_label;
  GtkPopover *quantity_popover;
  GtkSpinButton *quantity_spin;
  GtkLabel *name;
  GtkLabel *caption;
  GtkLabel *total;
  GtkWidget *remove;
};

G_DEFINE_FINAL_TYPE (LigdiLineRow, ligdi_line_row, GTK_TYPE_LIST_BOX_ROW)

static void
on_quantity_changed (GtkSpinButton *spin, LigdiLineRow *self)
{
  g_signal_emit (self, signals[SIGNAL_QUANTITY_CHOSEN], 0, gtk_spin_button_get_value_as_int (spin));
}

static void
on_quantity_activated (GtkSpinButton *spin, LigdiLineRow *self)
{
  gtk_spin_button_update (spin);
  gtk_popover_popdown (self->quantity_popover);
}

static void
on_remove_clicked (GtkButton *button, LigdiLineRow *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

static void
show_words (LigdiLineRow *self, gint64 quantity, const char *label, const char *caption,
            gint64 amount)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, quantity);
  g_autofree char *times = g_strdup_printf ("%s\xc2\xa0\xc3\x97", number);
  g_autofree char *money = ligdi_money_format (amount);
  /* Translators: a quantity and an item, for a screen reader: "2 times Rice". */
  g_autofree char *quantity_name = g_strdup_printf (_("%1$s times %2$s"), number, label);
  g_autofree char *remove_name = g_strdup_printf (_("Remove %s"), label);
  /* Translators: a line of the sale for a screen reader: "2 times Rice", then its amount. */
  g_autofree char *row_name = g_strdup_printf (_("%1$s, %2$s"), quantity_name, money);
  g_autofree char *markup = ligdi_amount_markup_number (amount);
  g_autofree char *caption_markup = ligdi_amount_markup_text (caption);

  gtk_label_set_label (self->quantity_label, times);
  gtk_label_set_label (self->name, label);
  gtk_label_set_markup (self->caption, caption_markup);
  gtk_label_set_markup (self->total, amount > 0 ? markup : "");

  atk_object_set_name (gtk_widget_get_accessible (self->quantity), quantity_name);
  atk_object_set_name (gtk_widget_get_accessible (self->remove), remove_name);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self)), row_name);

  g_signal_handlers_block_by_func (self->quantity_spin, on_quantity_changed, self);
  gtk_spin_button_set_value (self->quantity_spin, (double) quantity);
  g_signal_handlers_unblock_by_func (self->quantity_spin, on_quantity_changed, self);
}

static void
set_typed (LigdiLineRow *self, gboolean typed)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));

  if (typed)
    gtk_style_context_add_class (context, "entering");
  else
    gtk_style_context_remove_class (context, "entering");
}

static void
ligdi_line_row_class_init (LigdiLineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * LigdiLineRow::quantity-chosen:
   * @self: the row
   * @quantity: how many, 1 to %LIGDI_SALE_MAX_QUANTITY
   */
  signals[SIGNAL_QUANTITY_CHOSEN] = g_signal_new ("quantity-chosen", LIGDI_TYPE_LINE_ROW,
                                                  G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                  G_TYPE_NONE, 1, G_TYPE_INT);
  /**
   * LigdiLineRow::removed:
   * @self: the row
   */
  signals[SIGNAL_REMOVED] = g_signal_new ("removed", LIGDI_TYPE_LINE_ROW, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-line-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiLineRow, quantity);
  gtk_widget_class_bind_template_child (widget_class, LigdiLineRow, quantity_label);
  gtk_widget_class_bind_template_child (widget_class, LigdiLineRow, quantity_popover);
  gtk_widget_class_bind_template_child (widget_class, LigdiLineRow, quantity_spin);
  gtk_widget_class_bind_template_child (widget_class, LigdiLineRow, name);
  gtk_widget_class_bind_template_child (widget_class, LigdiLineRow, caption);
  gtk_widget_class_bind_template_child (widget_class, LigdiLineRow, total);
  gtk_widget_class_bind_template_child (widget_class, LigdiLineRow, remove);
  gtk_widget_class_bind_template_callback (widget_class, on_quantity_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_quantity_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
ligdi_line_row_init (LigdiLineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_spin_button_set_range (self->quantity_spin, 1, LIGDI_SALE_MAX_QUANTITY);
}

/**
 * ligdi_line_row_new:
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
ligdi_line_row_new (void)
{
  return g_object_new (LIGDI_TYPE_LINE_ROW, NULL);
}

/**
 * ligdi_line_row_set_line:
 * @self: a row
 * @line: the line of the sale to show
 */
void
ligdi_line_row_set_line (LigdiLineRow *self, const LigdiSaleLine *line)
{
  g_autofree char *price = NULL;
  g_autofree char *caption = NULL;

  g_return_if_fail (LIGDI_IS_LINE_ROW (self));
  g_return_if_fail (line != NULL);

  price = ligdi_money_format_number (line->unit_price);
  /* Translators: a unit price: "3 750 F each". */
  caption = g_strdup_printf (_("%s F each"), price);
  show_words (self, line->quantity, line->label, caption, line->unit_price * line->quantity);
  set_typed (self, FALSE);
}

/**
 * ligdi_line_row_set_typing:
 * @self: a row
 * @typing: the line being typed
 * @label: what it is called
 */
void
ligdi_line_row_set_typing (LigdiLineRow *self, const LigdiTyping *typing, const char *label)
{
  g_autofree char *price = NULL;
  g_autofree char *caption = NULL;

  g_return_if_fail (LIGDI_IS_LINE_ROW (self));
  g_return_if_fail (typing != NULL && label != NULL);

  price = ligdi_money_format_number (typing->price);
  if (typing->has_price)
    /* Translators: the price that is being typed: "500 · being typed". */
    caption = g_strdup_printf (_("%s · being typed"), price);
  else
    caption = g_strdup (_("type its price"));
  show_words (self, typing->quantity, label, caption, ligdi_typing_get_amount (typing));
  set_typed (self, TRUE);
}

/**
 * ligdi_line_row_fill:
 * @lines: a list of nothing but rows like these
 * @draft: a sale that is being rung up
 *
 * Shows its lines, and the one that is being typed.
 */
void
ligdi_line_row_fill (GtkListBox *lines, const LigdiDraft *draft)
{
  const LigdiSale *sale = ligdi_draft_get_sale (draft);
  const LigdiTyping *typing = ligdi_draft_get_typing (draft);
  guint n_lines = ligdi_sale_get_n_lines (sale);
  guint n_rows = n_lines + (ligdi_typing_is_empty (typing) ? 0 : 1);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (lines, (int) n_rows)) != NULL)
    gtk_widget_destroy (GTK_WIDGET (row));
  for (guint i = 0; i < n_rows; i++)
    {
      row = gtk_list_box_get_row_at_index (lines, (int) i);
      if (row == NULL)
        {
          row = GTK_LIST_BOX_ROW (ligdi_line_row_new ());
          gtk_container_add (GTK_CONTAINER (lines), GTK_WIDGET (row));
        }
      if (i < n_lines)
        ligdi_line_row_set_line (LIGDI_LINE_ROW (row), ligdi_sale_get_line (sale, i));
      else
        ligdi_line_row_set_typing (LIGDI_LINE_ROW (row), typing,
                                   ligdi_draft_get_typing_label (draft));
    }
}
