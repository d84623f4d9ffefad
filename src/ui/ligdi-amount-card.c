/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-amount-card.h"

#include "ligdi-amount.h"
#include "ligdi-money.h"

#include <glib/gi18n.h>

/* The amount to charge, large enough for both sides of the counter, and what it is made
 * of. It takes the focus: it is where figures go. */

/* From so many figures on, the amount needs smaller type. */
#define LONG_AMOUNT G_GINT64_CONSTANT (10000000)
#define LONGER_AMOUNT G_GINT64_CONSTANT (1000000000)

struct _LigdiAmountCard
{
  GtkBox parent_instance;

  GtkLabel *caption;
  GtkLabel *detail;
  GtkLabel *amount;

  gint64 ticket;
  LigdiTyping typing;
  gboolean alone; /* a customer uses it */
};

G_DEFINE_FINAL_TYPE (LigdiAmountCard, ligdi_amount_card, GTK_TYPE_BOX)

/* What is being typed, "4 × 500", in the colour that its line has. */
static char *
describe_typing (LigdiAmountCard *self)
{
  g_autofree char *quantity = ligdi_money_format_number (self->typing.quantity);
  g_autofree char *price = ligdi_money_format_number (self->typing.price);
  g_autofree char *plain = NULL;
  g_autofree char *wide = NULL;
  GdkRGBA colour = { 0 };

  if (self->typing.has_quantity)
    plain = g_strdup_printf ("%s\xc2\xa0\xc3\x97\xc2\xa0%s", quantity,
                             self->typing.has_price ? price : "");
  else
    plain = g_steal_pointer (&price);
  wide = ligdi_amount_markup_text (plain);
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)),
                                       "accent_ink", &colour))
    return g_strdup_printf ("<b>%s</b>", wide);
  return g_strdup_printf ("<span weight='bold' foreground='#%02x%02x%02x'>%s</span>",
                          (guint) (colour.red * 255 + 0.5), (guint) (colour.green * 255 + 0.5),
                          (guint) (colour.blue * 255 + 0.5), wide);
}

static void
refresh_detail (LigdiAmountCard *self)
{
  g_autofree char *ticket = ligdi_amount_markup_number (self->ticket);
  g_autofree char *entry = describe_typing (self);
  g_autofree char *markup = NULL;

  if (self->ticket > 0 && (self->typing.has_price || self->typing.has_quantity))
    /* Translators: what the amount is made of: "Ticket 10 500 + entry 4 × 500". */
    markup = g_strdup_printf (_("Ticket %1$s + entry %2$s"), ticket, entry);
  else if (self->typing.has_quantity)
    /* Translators: what is being typed: "Entry 4 × 500". */
    markup = g_strdup_printf (_("Entry %s"), entry);
  else
    markup = g_strdup ("");
  gtk_label_set_markup (self->detail, markup);
}

static gboolean
ligdi_amount_card_draw (GtkWidget *widget, cairo_t *cr)
{
  GTK_WIDGET_CLASS (ligdi_amount_card_parent_class)->draw (widget, cr);
  if (gtk_widget_has_visible_focus (widget))
    gtk_render_focus (gtk_widget_get_style_context (widget), cr, 0, 0,
                      gtk_widget_get_allocated_width (widget),
                      gtk_widget_get_allocated_height (widget));
  return GDK_EVENT_PROPAGATE;
}

static void
ligdi_amount_card_style_updated (GtkWidget *widget)
{
  LigdiAmountCard *self = LIGDI_AMOUNT_CARD (widget);

  GTK_WIDGET_CLASS (ligdi_amount_card_parent_class)->style_updated (widget);
  if (self->detail != NULL)
    refresh_detail (self);
}

static void
ligdi_amount_card_finalize (GObject *object)
{
  LigdiAmountCard *self = LIGDI_AMOUNT_CARD (object);

  ligdi_typing_clear (&self->typing);
  G_OBJECT_CLASS (ligdi_amount_card_parent_class)->finalize (object);
}

static void
ligdi_amount_card_class_init (LigdiAmountCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = ligdi_amount_card_finalize;
  widget_class->draw = ligdi_amount_card_draw;
  widget_class->style_updated = ligdi_amount_card_style_updated;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-amount-card.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiAmountCard, detail);
  gtk_widget_class_bind_template_child (widget_class, LigdiAmountCard, caption);
  gtk_widget_class_bind_template_child (widget_class, LigdiAmountCard, amount);
}

static void
ligdi_amount_card_init (LigdiAmountCard *self)
{
  self->typing = (LigdiTyping) LIGDI_TYPING_INIT;
  gtk_widget_init_template (GTK_WIDGET (self));
  atk_object_set_role (gtk_widget_get_accessible (GTK_WIDGET (self)), ATK_ROLE_PANEL);
}

/**
 * ligdi_amount_card_set_amount:
 * @self: an amount card
 * @total: what would be charged, francs XOF
 * @ticket: the sum of the lines so far, francs XOF
 * @typing: the line being typed
 */
void
ligdi_amount_card_set_amount (LigdiAmountCard *self, gint64 total, gint64 ticket,
                              const LigdiTyping *typing)
{
  GtkStyleContext *context;
  g_autofree char *markup = NULL;
  g_autofree char *money = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (LIGDI_IS_AMOUNT_CARD (self));
  g_return_if_fail (typing != NULL);

  self->ticket = ticket;
  ligdi_typing_copy (&self->typing, typing);
  /* The key that brought this may have made the focus visible, and the label alone is
   * redrawn by itself. */
  gtk_widget_queue_draw (GTK_WIDGET (self));
  refresh_detail (self);

  context = gtk_widget_get_style_context (GTK_WIDGET (self->amount));
  gtk_style_context_remove_class (context, "long");
  gtk_style_context_remove_class (context, "longer");
  if (total >= LONGER_AMOUNT)
    gtk_style_context_add_class (context, "longer");
  else if (total >= LONG_AMOUNT)
    gtk_style_context_add_class (context, "long");

  markup = ligdi_amount_markup (total);
  money = ligdi_money_format (total);
  gtk_label_set_markup (self->amount, markup);
  if (self->alone)
    name = g_strdup_printf (_("To pay: %s"), money);
  else
    /* Translators: the amount of the sale, for a screen reader. */
    name = g_strdup_printf (_("To charge: %s"), money);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self)), name);
}

/**
 * ligdi_amount_card_set_for_customer:
 * @self: an amount card
 * @alone: whether a customer uses it without a cashier
 *
 * In the words of who pays, from the next amount on.
 */
void
ligdi_amount_card_set_for_customer (LigdiAmountCard *self, gboolean alone)
{
  g_return_if_fail (LIGDI_IS_AMOUNT_CARD (self));

  self->alone = alone;
  gtk_label_set_text (self->caption, alone ? _("To pay") : _("To charge"));
}
