/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-charge-page.h"

#include "ligdi-amount-card.h"
#include "ligdi-amount.h"
#include "ligdi-key-watch.h"
#include "ligdi-keycap.h"
#include "ligdi-money.h"
#include "ligdi-opening-menu.h"

#include <glib/gi18n.h>

/* A sale that another program asks for, as it asks for it: nothing can be changed, and nothing
 * is charged before the cashier says so. */

#define AS_SET -1

enum
{
  SIGNAL_ACCEPT,
  SIGNAL_LATER,
  SIGNAL_REFUSE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiChargePage
{
  GtkBox parent_instance;

  LigdiNotice *notice;
  GtkLabel *sender;
  GtkLabel *reference;
  GtkBox *lines;
  GtkLabel *n_items;
  LigdiAmountCard *amount;
  GtkWidget *pay;
  GtkLabel *pay_label;
  GtkWidget *pay_keycap;
  GtkWidget *pay_elsewhere;

  LigdiKeyWatch *keys;
  gint64 guarded_until; /* monotonic, us */
  gint64 total; /* francs XOF */
  char *block;  /* why nothing can be charged, or NULL */
};

G_DEFINE_FINAL_TYPE (LigdiChargePage, ligdi_charge_page, GTK_TYPE_BOX)

/* What has just changed was not meant by whoever presses now. */
static void
guard (LigdiChargePage *self)
{
  ligdi_key_watch_guard (self->keys);
  self->guarded_until = g_get_monotonic_time () + LIGDI_KEY_GUARD_MS * 1000;
}

static void
refresh_pay (LigdiChargePage *self)
{
  AtkObject *accessible = gtk_widget_get_accessible (self->pay);
  g_autofree char *money = ligdi_money_format (self->total);
  g_autofree char *charge = g_strdup_printf (_("Charge %s"), money);
  g_autofree char *markup = ligdi_amount_markup_text (self->block != NULL ? self->block : charge);

  gtk_label_set_markup (self->pay_label, markup);
  gtk_widget_set_visible (self->pay_keycap, self->block == NULL);
  gtk_widget_set_sensitive (self->pay, self->block == NULL);
  gtk_widget_set_sensitive (self->pay_elsewhere, self->block == NULL);
  atk_object_set_name (accessible, charge);
  atk_object_set_description (accessible, self->block != NULL ? self->block : "");
}

static void
on_later_clicked (LigdiChargePage *self)
{
  g_signal_emit (self, signals[SIGNAL_LATER], 0);
}

static void
on_refuse_clicked (LigdiChargePage *self)
{
  g_signal_emit (self, signals[SIGNAL_REFUSE], 0);
}

static void
on_pay_clicked (LigdiChargePage *self)
{
  ligdi_charge_page_accept (self, AS_SET);
}

/* The cashier may be typing another sale's amount without looking: what follows a figure closely
 * charges nothing. */
static gboolean
on_key (const LigdiKey *key, gpointer page)
{
  LigdiChargePage *self = page;

  switch (key->kind)
    {
    case LIGDI_KEY_OTHER:
      return GDK_EVENT_PROPAGATE;
    case LIGDI_KEY_ENTER:
      if (ligdi_key_watch_is_on_other_button (self->keys, self->pay))
        return GDK_EVENT_PROPAGATE;
      ligdi_charge_page_accept (self, AS_SET);
      return GDK_EVENT_STOP;
    case LIGDI_KEY_ESCAPE:
      on_later_clicked (self);
      return GDK_EVENT_STOP;
    case LIGDI_KEY_TEXT:
      /* A person's presses the button with the focus, but not what is written without looking. */
      if (key->character == ' ' && key->first_of_burst
          && g_get_monotonic_time () >= self->guarded_until)
        return GDK_EVENT_PROPAGATE;
      break;
    case LIGDI_KEY_IGNORED:
    case LIGDI_KEY_DIGIT:
    case LIGDI_KEY_ADD:
    case LIGDI_KEY_MULTIPLY:
    case LIGDI_KEY_BACKSPACE:
    case LIGDI_KEY_SCAN:
    case LIGDI_KEY_SCAN_END:
      break;
    }
  if (key->kind != LIGDI_KEY_IGNORED)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      guard (self);
    }
  return GDK_EVENT_STOP;
}

static GtkWidget *
make_label (const char *text, const char *style_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_style_context_add_class (gtk_widget_get_style_context (label), style_class);
  gtk_widget_show (label);
  return label;
}

static void
remove_line (GtkWidget *row, gpointer user_data)
{
  gtk_widget_destroy (row);
}

static void
add_line (LigdiChargePage *self, const LigdiSaleLine *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = make_label (line->label, "line-name");
  g_autofree char *price = ligdi_money_format_number (line->unit_price);
  g_autofree char *sum = ligdi_money_format_number (line->unit_price * line->quantity);
  /* Translators: 1 is how many, 2 the price of one. */
  g_autofree char *detail = g_strdup_printf (_("%1$d × %2$s"), (int) line->quantity, price);
  GtkWidget *of_what = make_label (detail, "secondary");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_xalign (GTK_LABEL (of_what), 0);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_container_add (GTK_CONTAINER (words), label);
  gtk_container_add (GTK_CONTAINER (words), of_what);
  gtk_box_pack_start (GTK_BOX (box), words, TRUE, TRUE, 0);
  label = make_label (sum, "amount");
  gtk_style_context_add_class (gtk_widget_get_style_context (label), "line");
  gtk_box_pack_end (GTK_BOX (box), label, FALSE, TRUE, 0);
  gtk_style_context_add_class (gtk_widget_get_style_context (box), "line-row");
  gtk_widget_show_all (box);
  gtk_container_add (GTK_CONTAINER (self->lines), box);
}

static void
ligdi_charge_page_map (GtkWidget *widget)
{
  LigdiChargePage *self = LIGDI_CHARGE_PAGE (widget);

  GTK_WIDGET_CLASS (ligdi_charge_page_parent_class)->map (widget);
  /* No button has it before somebody has moved it there. */
  gtk_widget_grab_focus (GTK_WIDGET (self->amount));
  guard (self);
}

static void
ligdi_charge_page_dispose (GObject *object)
{
  g_clear_object (&LIGDI_CHARGE_PAGE (object)->keys);
  G_OBJECT_CLASS (ligdi_charge_page_parent_class)->dispose (object);
}

static void
ligdi_charge_page_finalize (GObject *object)
{
  g_free (LIGDI_CHARGE_PAGE (object)->block);
  G_OBJECT_CLASS (ligdi_charge_page_parent_class)->finalize (object);
}

static void
ligdi_charge_page_class_init (LigdiChargePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ligdi_charge_page_dispose;
  object_class->finalize = ligdi_charge_page_finalize;
  widget_class->map = ligdi_charge_page_map;

  /**
   * LigdiChargePage::accept:
   * @self: the page
   * @opening: the #LigdiOpening for this payment, or -1 for what is set
   *
   * The cashier wants it charged.
   */
  signals[SIGNAL_ACCEPT] = g_signal_new ("accept", LIGDI_TYPE_CHARGE_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  /**
   * LigdiChargePage::later:
   * @self: the page
   *
   * Something else comes first.
   */
  signals[SIGNAL_LATER] = g_signal_new ("later", LIGDI_TYPE_CHARGE_PAGE, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * LigdiChargePage::refuse:
   * @self: the page
   *
   * Nothing will come of it.
   */
  signals[SIGNAL_REFUSE] = g_signal_new ("refuse", LIGDI_TYPE_CHARGE_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (LIGDI_TYPE_AMOUNT_CARD);
  g_type_ensure (LIGDI_TYPE_KEYCAP);
  g_type_ensure (LIGDI_TYPE_NOTICE);
  g_type_ensure (LIGDI_TYPE_OPENING_MENU);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-charge-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiChargePage, notice);
  gtk_widget_class_bind_template_child (widget_class, LigdiChargePage, sender);
  gtk_widget_class_bind_template_child (widget_class, LigdiChargePage, reference);
  gtk_widget_class_bind_template_child (widget_class, LigdiChargePage, lines);
  gtk_widget_class_bind_template_child (widget_class, LigdiChargePage, n_items);
  gtk_widget_class_bind_template_child (widget_class, LigdiChargePage, amount);
  gtk_widget_class_bind_template_child (widget_class, LigdiChargePage, pay);
  gtk_widget_class_bind_template_child (widget_class, LigdiChargePage, pay_label);
  gtk_widget_class_bind_template_child (widget_class, LigdiChargePage, pay_keycap);
  gtk_widget_class_bind_template_child (widget_class, LigdiChargePage, pay_elsewhere);
  gtk_widget_class_bind_template_callback (widget_class, on_pay_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_later_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_refuse_clicked);
  gtk_widget_class_bind_template_callback (widget_class, ligdi_charge_page_accept);
}

static void
ligdi_charge_page_init (LigdiChargePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->keys = ligdi_key_watch_new (GTK_WIDGET (self), on_key);
}

/**
 * ligdi_charge_page_new:
 *
 * Returns: (transfer floating): a page that shows nothing yet
 */
GtkWidget *
ligdi_charge_page_new (void)
{
  return g_object_new (LIGDI_TYPE_CHARGE_PAGE, NULL);
}

/**
 * ligdi_charge_page_show:
 * @self: a page
 * @charge: what another program asks for
 */
void
ligdi_charge_page_show (LigdiChargePage *self, const LigdiCharge *charge)
{
  LigdiTyping typing = LIGDI_TYPING_INIT;
  g_autofree char *sender = NULL;
  g_autofree char *reference = NULL;
  g_autofree char *items = NULL;
  int n_items;

  g_return_if_fail (LIGDI_IS_CHARGE_PAGE (self));
  g_return_if_fail (charge != NULL);

  n_items = (int) ligdi_sale_get_n_items (charge->sale);
  if (*charge->sender == '\0')
    sender = g_strdup (_("Asked for by another program"));
  else
    /* Translators: %s is who asks for a sale, as that program says. */
    sender = g_strdup_printf (_("Asked for by “%s”"), charge->sender);
  /* Translators: %s is what another program calls the sale. */
  reference = g_strdup_printf (_("Reference %s"), charge->reference);
  items = g_strdup_printf (ngettext ("%d item", "%d items", (gulong) n_items), n_items);
  gtk_label_set_text (self->sender, sender);
  gtk_label_set_text (self->reference, reference);
  gtk_label_set_text (self->n_items, items);
  gtk_container_foreach (GTK_CONTAINER (self->lines), remove_line, NULL);
  for (guint i = 0; i < ligdi_sale_get_n_lines (charge->sale); i++)
    add_line (self, ligdi_sale_get_line (charge->sale, i));
  self->total = ligdi_sale_get_total (charge->sale);
  ligdi_amount_card_set_amount (self->amount, self->total, self->total, &typing);
  ligdi_notice_hide (self->notice);
  refresh_pay (self);
  guard (self);
}

/**
 * ligdi_charge_page_set_block:
 * @self: a page
 * @reason: (nullable): why nothing can be charged at all, in words for the cashier, or
 *   %NULL when it can
 */
void
ligdi_charge_page_set_block (LigdiChargePage *self, const char *reason)
{
  g_return_if_fail (LIGDI_IS_CHARGE_PAGE (self));

  g_free (self->block);
  self->block = g_strdup (reason);
  refresh_pay (self);
}

/**
 * ligdi_charge_page_accept:
 * @self: a page
 * @opening: the #LigdiOpening for this payment, or -1 for what is set
 *
 * The one way to a payment, whichever key or button was pressed.
 */
void
ligdi_charge_page_accept (LigdiChargePage *self, int opening)
{
  g_return_if_fail (LIGDI_IS_CHARGE_PAGE (self));

  if (self->block != NULL || self->total < 1)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  ligdi_notice_hide (self->notice);
  g_signal_emit (self, signals[SIGNAL_ACCEPT], 0, opening);
}

/**
 * ligdi_charge_page_get_notice:
 * @self: a page
 *
 * Returns: (transfer none): where it says what went wrong
 */
LigdiNotice *
ligdi_charge_page_get_notice (LigdiChargePage *self)
{
  g_return_val_if_fail (LIGDI_IS_CHARGE_PAGE (self), NULL);

  return self->notice;
}
