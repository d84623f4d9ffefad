/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-sale-page.h"

#include "ligdi-amount-card.h"
#include "ligdi-amount.h"
#include "ligdi-draft.h"
#include "ligdi-key-watch.h"
#include "ligdi-keycap.h"
#include "ligdi-keypad.h"
#include "ligdi-line-row.h"
#include "ligdi-money.h"
#include "ligdi-notice.h"
#include "ligdi-obstacle.h"
#include "ligdi-opening-menu.h"
#include "ligdi-price-list.h"

#include <glib/gi18n.h>

/* The page a cashier lives on: the lines of the sale, the amount, and Pay. It makes a
 * sale and hands it over; it knows no payment. */

/* Where the shop's settings say. */
#define AS_SET (-1)

enum
{
  SIGNAL_CHARGE,
  SIGNAL_TYPING_STARTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiSalePage
{
  GtkBox parent_instance;

  LigdiNotice *notice;
  LigdiItemSearch *item;
  GtkListBox *lines;
  GtkLabel *n_items;
  GtkLabel *n_lines;
  GtkWidget *clear;
  GtkPopover *clear_popover;
  GtkWidget *clear_keep;
  LigdiAmountCard *amount;
  GtkWidget *pay;
  GtkWidget *pay_elsewhere;
  GtkWidget *keypad;
  LigdiPriceList *prices;
  GtkLabel *pay_label;
  GtkWidget *pay_keycap;

  LigdiKeyWatch *keys;
  LigdiDraft *draft;
  gboolean burst_in_text;
  gint64 charged_at;
  gint64 limit;
  gboolean alone; /* a customer uses it */
  gboolean fixed_prices; /* no amount is typed, and nothing has a name without a price */
  char *block;
};

G_DEFINE_FINAL_TYPE (LigdiSalePage, ligdi_sale_page, GTK_TYPE_BOX)

static gboolean
has_item_text (LigdiSalePage *self)
{
  return ligdi_item_search_has_text (self->item);
}

/* Why nothing can be charged, in words, or NULL when it can. */
static char *
find_reason (LigdiSalePage *self)
{
  if (self->block != NULL)
    return g_strdup (self->block);
  if (self->fixed_prices && ligdi_draft_is_empty (self->draft))
    return g_strdup (_("Touch what you would like"));
  return ligdi_obstacle_find (self->draft, self->limit);
}

static void
refresh_counts (LigdiSalePage *self)
{
  const LigdiSale *sale = ligdi_draft_get_sale (self->draft);
  const LigdiTyping *typing = ligdi_draft_get_typing (self->draft);
  gboolean any_typing = !ligdi_typing_is_empty (typing);
  int n_lines = (int) ligdi_sale_get_n_lines (sale) + (any_typing ? 1 : 0);
  int n_items = (int) (ligdi_sale_get_n_items (sale) + (any_typing ? typing->quantity : 0));
  g_autofree char *items = g_strdup_printf (ngettext ("%d item", "%d items", (gulong) n_items),
                                            n_items);
  /* Translators: stands after "9 items", behind a dot. */
  g_autofree char *lines = g_strdup_printf (ngettext ("· %d line", "· %d lines", (gulong) n_lines),
                                            n_lines);

  gtk_label_set_label (self->n_items, n_lines > 0 ? items : "");
  gtk_label_set_label (self->n_lines, n_lines > 0 ? lines : "");
  gtk_widget_set_sensitive (self->clear, n_lines > 0);
}

static void
refresh_pay (LigdiSalePage *self, gint64 total, const char *reason)
{
  AtkObject *accessible = gtk_widget_get_accessible (self->pay);
  g_autofree char *money = ligdi_money_format (total);
  g_autofree char *charge = self->alone ? g_strdup_printf (_("Pay %s"), money)
                                        : g_strdup_printf (_("Charge %s"), money);
  g_autofree char *markup = ligdi_amount_markup_text (reason != NULL ? reason : charge);

  gtk_label_set_markup (self->pay_label, markup);
  gtk_widget_set_visible (self->pay_keycap, reason == NULL);
  gtk_widget_set_sensitive (self->pay, reason == NULL);
  gtk_widget_set_sensitive (self->pay_elsewhere, reason == NULL);
  atk_object_set_name (accessible, charge);
  atk_object_set_description (accessible, reason != NULL ? reason : "");
  /* A button that is off takes no focus: the reason is read where the focus is. */
  atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (self->amount)),
                              reason != NULL ? reason : "");
}

static void
refresh (LigdiSalePage *self)
{
  g_autoptr (LigdiSale) whole = ligdi_draft_make_whole_sale (self->draft);
  g_autofree char *reason = find_reason (self);
  const LigdiSale *shown = whole != NULL ? whole : ligdi_draft_get_sale (self->draft);

  ligdi_line_row_fill (self->lines, self->draft);
  refresh_counts (self);
  ligdi_amount_card_set_amount (self->amount, ligdi_sale_get_total (shown),
                                ligdi_sale_get_total (ligdi_draft_get_sale (self->draft)),
                                ligdi_draft_get_typing (self->draft));
  refresh_pay (self, ligdi_sale_get_total (shown), reason);
}

static void
answer (LigdiSalePage *self, gboolean done)
{
  if (!done)
    gtk_widget_error_bell (GTK_WIDGET (self));
  refresh (self);
}

static void
focus_amount (LigdiSalePage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->amount));
}

static void
on_item (GtkWidget *from, const char *label, gint64 price, LigdiSalePage *self)
{
  gboolean was_empty = ligdi_draft_is_empty (self->draft);

  if (from == GTK_WIDGET (self->item))
    focus_amount (self);
  if (price > 0)
    answer (self, ligdi_draft_add_product (self->draft, label, price));
  else
    answer (self, !self->fixed_prices && ligdi_draft_name_item (self->draft, label));
  if (was_empty)
    g_signal_emit (self, signals[SIGNAL_TYPING_STARTED], 0);
}

/* The first keys of a scan went into the amount: they are taken back. */
static void
follow_scan (LigdiSalePage *self, const LigdiKey *key)
{
  ligdi_draft_return_to_mark (self->draft);
  ligdi_item_search_follow_scan (self->item, key->readings);
  refresh (self);
}

static void
push_digits (LigdiSalePage *self, const char *digits)
{
  gboolean was_empty = ligdi_typing_is_empty (ligdi_draft_get_typing (self->draft));

  answer (self, ligdi_draft_push_digits (self->draft, digits));
  if (was_empty)
    g_signal_emit (self, signals[SIGNAL_TYPING_STARTED], 0);
}

static gboolean
escape (LigdiSalePage *self)
{
  if (has_item_text (self))
    ligdi_item_search_clear (self->item);
  else if (ligdi_draft_clear_typing (self->draft))
    refresh (self);
  else if (ligdi_notice_is_shown (self->notice))
    ligdi_notice_hide (self->notice);
  else if (gtk_widget_is_focus (GTK_WIDGET (self->amount)))
    return GDK_EVENT_PROPAGATE;
  focus_amount (self);
  return GDK_EVENT_STOP;
}

static gboolean
remove_focused_line (LigdiSalePage *self)
{
  GtkWidget *row = gtk_container_get_focus_child (GTK_CONTAINER (self->lines));

  if (!GTK_IS_LIST_BOX_ROW (row) || !gtk_widget_is_focus (row))
    return GDK_EVENT_PROPAGATE;
  ligdi_draft_remove (self->draft, (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
  refresh (self);
  return GDK_EVENT_STOP;
}

static gboolean
obey_shortcut (LigdiSalePage *self, const LigdiKey *key)
{
  if (key->repeated)
    return GDK_EVENT_PROPAGATE;
  if (key->keyval == GDK_KEY_F2)
    ligdi_item_search_focus (self->item);
  else if (key->command && gdk_keyval_to_lower (key->keyval) == GDK_KEY_z)
    answer (self, ligdi_draft_undo (self->draft));
  else if (key->keyval == GDK_KEY_Delete && !has_item_text (self))
    return remove_focused_line (self);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* A text that was begun is gone on with, wherever the focus has been since. */
static gboolean
leave_to_item (LigdiSalePage *self)
{
  ligdi_item_search_go_on (self->item);
  return GDK_EVENT_PROPAGATE;
}

/* Where items have codes, figures in their entry are one; where none has, they are an amount
 * wherever they are typed. */
static gboolean
may_be_code (LigdiSalePage *self, const LigdiKey *key)
{
  return key->from_position || ligdi_item_search_has_products (self->item);
}

/* Figures in the entry for items are a code. */
static gboolean
is_of_amount (const LigdiKey *key, gboolean in_item)
{
  return (key->kind == LIGDI_KEY_DIGIT && !in_item) || key->kind == LIGDI_KEY_ADD
         || key->kind == LIGDI_KEY_MULTIPLY || key->kind == LIGDI_KEY_BACKSPACE;
}

static gboolean
on_key (const LigdiKey *key, gpointer page)
{
  LigdiSalePage *self = page;
  gboolean in_item = ligdi_item_search_is_focus (self->item);
  gboolean writing = has_item_text (self);
  char digit[] = { (char) ('0' + key->digit), '\0' };

  if (key->first_of_burst)
    {
      ligdi_draft_mark (self->draft);
      self->burst_in_text = writing || (in_item && key->kind == LIGDI_KEY_TEXT);
    }
  if (self->fixed_prices && is_of_amount (key, in_item) && !writing)
    return GDK_EVENT_STOP;
  switch (key->kind)
    {
    case LIGDI_KEY_OTHER:
      return obey_shortcut (self, key);
    case LIGDI_KEY_IGNORED:
      /* Held keys write text as they do everywhere. */
      return !(in_item && writing && key->repeated && key->character != 0);
    case LIGDI_KEY_DIGIT:
      if (writing || (in_item && may_be_code (self, key)))
        return leave_to_item (self);
      push_digits (self, digit);
      return GDK_EVENT_STOP;
    case LIGDI_KEY_TEXT:
      /* A person's presses the button with the focus. */
      if (key->character == ' ' && !writing)
        return !key->first_of_burst;
      return leave_to_item (self);
    case LIGDI_KEY_ADD:
      if (writing)
        return leave_to_item (self);
      answer (self, ligdi_draft_add_line (self->draft));
      return GDK_EVENT_STOP;
    case LIGDI_KEY_MULTIPLY:
      if (writing)
        return leave_to_item (self);
      answer (self, ligdi_draft_multiply (self->draft));
      return GDK_EVENT_STOP;
    case LIGDI_KEY_BACKSPACE:
      if (writing)
        return leave_to_item (self);
      answer (self, ligdi_draft_take_back (self->draft));
      return GDK_EVENT_STOP;
    case LIGDI_KEY_ESCAPE:
      return escape (self);
    case LIGDI_KEY_ENTER:
      if (writing)
        ligdi_item_search_finish (self->item);
      else if (ligdi_key_watch_is_on_other_button (self->keys, self->pay))
        return GDK_EVENT_PROPAGATE;
      else
        ligdi_sale_page_charge (self, AS_SET);
      return GDK_EVENT_STOP;
    case LIGDI_KEY_SCAN:
      /* On a busy machine a fast typist looks like a scanner. Whoever is in the entry
       * types on there, whichever of the two it is. */
      if (self->burst_in_text)
        return leave_to_item (self);
      follow_scan (self, key);
      return GDK_EVENT_STOP;
    case LIGDI_KEY_SCAN_END:
      if (!self->burst_in_text)
        follow_scan (self, key);
      ligdi_item_search_finish_scan (self->item, key->readings, self->burst_in_text);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
on_keypad_digits (LigdiKeypad *keypad, const char *digits, LigdiSalePage *self)
{
  if (has_item_text (self))
    ligdi_item_search_finish (self->item);
  push_digits (self, digits);
}

static void
on_keypad_backspace (LigdiKeypad *keypad, LigdiSalePage *self)
{
  answer (self, ligdi_draft_take_back (self->draft));
}

static void
on_keypad_clear (LigdiKeypad *keypad, LigdiSalePage *self)
{
  ligdi_draft_clear_typing (self->draft);
  refresh (self);
}

static void
on_keypad_multiply (LigdiKeypad *keypad, LigdiSalePage *self)
{
  answer (self, ligdi_draft_multiply (self->draft));
}

static void
on_keypad_add (LigdiKeypad *keypad, LigdiSalePage *self)
{
  if (has_item_text (self))
    ligdi_item_search_finish (self->item);
  else
    answer (self, ligdi_draft_add_line (self->draft));
}

static void
on_pay_clicked (GtkButton *button, LigdiSalePage *self)
{
  ligdi_sale_page_charge (self, AS_SET);
}

static void
on_quantity_chosen (LigdiLineRow *row, int quantity, LigdiSalePage *self)
{
  guint index = (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  answer (self, ligdi_draft_set_quantity (self->draft, index, quantity));
}

static void
on_removed (LigdiLineRow *row, LigdiSalePage *self)
{
  ligdi_draft_remove (self->draft, (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
  refresh (self);
  focus_amount (self);
}

static void
on_line_added (GtkContainer *lines, GtkWidget *row, LigdiSalePage *self)
{
  g_signal_connect_object (row, "quantity-chosen", G_CALLBACK (on_quantity_chosen), self, 0);
  g_signal_connect_object (row, "removed", G_CALLBACK (on_removed), self, 0);
}

/* The line that was added or is being typed is the one to see. */
static void
on_lines_grown (GtkAdjustment *adjustment, GParamSpec *pspec, LigdiSalePage *self)
{
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

static void
on_clear_asked (GtkToggleButton *button, LigdiSalePage *self)
{
  if (gtk_toggle_button_get_active (button))
    gtk_widget_grab_focus (self->clear_keep);
}

static void
on_clear_confirmed (GtkButton *button, LigdiSalePage *self)
{
  gtk_popover_popdown (self->clear_popover);
  ligdi_draft_clear (self->draft);
  refresh (self);
  focus_amount (self);
}

static void
ligdi_sale_page_map (GtkWidget *widget)
{
  LigdiSalePage *self = LIGDI_SALE_PAGE (widget);

  GTK_WIDGET_CLASS (ligdi_sale_page_parent_class)->map (widget);
  self->charged_at = 0;
  focus_amount (self);
}

static void
ligdi_sale_page_dispose (GObject *object)
{
  LigdiSalePage *self = LIGDI_SALE_PAGE (object);

  g_clear_object (&self->keys);
  G_OBJECT_CLASS (ligdi_sale_page_parent_class)->dispose (object);
}

static void
ligdi_sale_page_finalize (GObject *object)
{
  LigdiSalePage *self = LIGDI_SALE_PAGE (object);

  ligdi_draft_free (self->draft);
  g_free (self->block);
  G_OBJECT_CLASS (ligdi_sale_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (LIGDI_TYPE_AMOUNT_CARD);
  g_type_ensure (LIGDI_TYPE_ITEM_SEARCH);
  g_type_ensure (LIGDI_TYPE_KEYCAP);
  g_type_ensure (LIGDI_TYPE_KEYPAD);
  g_type_ensure (LIGDI_TYPE_OPENING_MENU);
  g_type_ensure (LIGDI_TYPE_NOTICE);
  g_type_ensure (LIGDI_TYPE_PRICE_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-sale-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiSalePage, notice);
  gtk_widget_class_bind_template_child (widget_class, LigdiSalePage, item);
  gtk_widget_class_bind_template_child (widget_class, LigdiSalePage, lines);
  gtk_widget_class_bind_template_child (widget_class, LigdiSalePage, n_items);
  gtk_widget_class_bind_template_child (widget_class, LigdiSalePage, n_lines);
  gtk_widget_class_bind_template_child (widget_class, LigdiSalePage, clear);
  gtk_widget_class_bind_template_child (widget_class, LigdiSalePage, clear_popover);
  gtk_widget_class_bind_template_child (widget_class, LigdiSalePage, clear_keep);
  gtk_widget_class_bind_template_child (widget_class, LigdiSalePage, amount);
  gtk_widget_class_bind_template_child (widget_class, LigdiSalePage, pay);
  gtk_widget_class_bind_template_child (widget_class, LigdiSalePage, pay_elsewhere);
  gtk_widget_class_bind_template_child (widget_class, LigdiSalePage, keypad);
  gtk_widget_class_bind_template_child (widget_class, LigdiSalePage, prices);
  gtk_widget_class_bind_template_child (widget_class, LigdiSalePage, pay_label);
  gtk_widget_class_bind_template_child (widget_class, LigdiSalePage, pay_keycap);
  gtk_widget_class_bind_template_callback (widget_class, on_item);
  gtk_widget_class_bind_template_callback (widget_class, on_keypad_digits);
  gtk_widget_class_bind_template_callback (widget_class, on_keypad_backspace);
  gtk_widget_class_bind_template_callback (widget_class, on_keypad_clear);
  gtk_widget_class_bind_template_callback (widget_class, on_keypad_multiply);
  gtk_widget_class_bind_template_callback (widget_class, on_keypad_add);
  gtk_widget_class_bind_template_callback (widget_class, on_pay_clicked);
  gtk_widget_class_bind_template_callback (widget_class, ligdi_sale_page_charge);
  gtk_widget_class_bind_template_callback (widget_class, on_line_added);
  gtk_widget_class_bind_template_callback (widget_class, on_lines_grown);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_asked);
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_confirmed);
}

static void
ligdi_sale_page_class_init (LigdiSalePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ligdi_sale_page_dispose;
  object_class->finalize = ligdi_sale_page_finalize;
  widget_class->map = ligdi_sale_page_map;

  /**
   * LigdiSalePage::charge:
   * @self: the page
   * @sale: (type gpointer): a #LigdiSale to charge, valid during the signal
   * @opening: the #LigdiOpening for this payment, or -1 for what is set
   *
   * The cashier charges. The page keeps its lines until ligdi_sale_page_reset().
   */
  signals[SIGNAL_CHARGE] = g_signal_new ("charge", LIGDI_TYPE_SALE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_INT);
  /**
   * LigdiSalePage::typing-started:
   * @self: the page
   *
   * The cashier began to type an amount or scanned an item: a payment may come soon.
   */
  signals[SIGNAL_TYPING_STARTED] = g_signal_new ("typing-started", LIGDI_TYPE_SALE_PAGE,
                                                 G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                 G_TYPE_NONE, 0);
  bind_template (widget_class);
}

static void
ligdi_sale_page_init (LigdiSalePage *self)
{
  /* Translators: what a line is called that has an amount and no name. */
  self->draft = ligdi_draft_new (_("Free amount"));
  gtk_widget_init_template (GTK_WIDGET (self));
  self->keys = ligdi_key_watch_new (GTK_WIDGET (self), on_key);
  refresh (self);
}

/**
 * ligdi_sale_page_new:
 *
 * Returns: (transfer floating): an empty sale page without a limit
 */
GtkWidget *
ligdi_sale_page_new (void)
{
  return g_object_new (LIGDI_TYPE_SALE_PAGE, NULL);
}

/**
 * ligdi_sale_page_set_limit:
 * @self: a sale page
 * @limit: the largest amount that may be charged, francs XOF; 0 for none
 */
void
ligdi_sale_page_set_limit (LigdiSalePage *self, gint64 limit)
{
  g_return_if_fail (LIGDI_IS_SALE_PAGE (self));

  self->limit = limit;
  refresh (self);
}

/**
 * ligdi_sale_page_set_for_customer:
 * @self: a sale page
 * @alone: whether a customer uses it without a cashier, and cannot open the page elsewhere
 * @fixed_prices: whether there are only products with their prices, and no free amount
 */
void
ligdi_sale_page_set_for_customer (LigdiSalePage *self, gboolean alone, gboolean fixed_prices)
{
  g_return_if_fail (LIGDI_IS_SALE_PAGE (self));

  self->alone = alone;
  self->fixed_prices = fixed_prices && ligdi_item_search_has_products (self->item);
  if (self->fixed_prices)
    ligdi_price_list_set_products (self->prices, ligdi_item_search_get_products (self->item));
  gtk_widget_set_visible (GTK_WIDGET (self->prices), self->fixed_prices);
  gtk_widget_set_visible (self->keypad, !self->fixed_prices);
  gtk_widget_set_visible (self->pay_elsewhere, !alone);
  ligdi_amount_card_set_for_customer (self->amount, alone);
  refresh (self);
}

/**
 * ligdi_sale_page_get_search:
 * @self: a sale page
 *
 * Returns: (transfer none): where items are scanned and written
 */
LigdiItemSearch *
ligdi_sale_page_get_search (LigdiSalePage *self)
{
  g_return_val_if_fail (LIGDI_IS_SALE_PAGE (self), NULL);

  return self->item;
}

/**
 * ligdi_sale_page_set_block:
 * @self: a sale page
 * @reason: (nullable): why nothing can be charged at all, in words for the cashier, or
 *   %NULL when it can
 */
void
ligdi_sale_page_set_block (LigdiSalePage *self, const char *reason)
{
  g_return_if_fail (LIGDI_IS_SALE_PAGE (self));

  if (g_strcmp0 (self->block, reason) == 0)
    return;
  g_free (self->block);
  self->block = g_strdup (reason);
  refresh (self);
}

/**
 * ligdi_sale_page_charge:
 * @self: a sale page
 * @opening: the #LigdiOpening for this payment, or -1 for what is set
 *
 * The one way to a payment, whichever key or button was pressed.
 */
void
ligdi_sale_page_charge (LigdiSalePage *self, int opening)
{
  g_autoptr (LigdiSale) whole = NULL;
  g_autofree char *reason = NULL;
  gint64 now = g_get_monotonic_time () / 1000;

  g_return_if_fail (LIGDI_IS_SALE_PAGE (self));

  whole = ligdi_draft_make_whole_sale (self->draft);
  reason = find_reason (self);
  if (reason != NULL)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  if (self->charged_at != 0 && now - self->charged_at < LIGDI_KEY_GUARD_MS)
    return;
  self->charged_at = now;
  ligdi_notice_hide (self->notice);
  g_signal_emit (self, signals[SIGNAL_CHARGE], 0, whole, opening);
}

/**
 * ligdi_sale_page_reset:
 * @self: a sale page
 *
 * Starts the next sale.
 */
void
ligdi_sale_page_reset (LigdiSalePage *self)
{
  g_return_if_fail (LIGDI_IS_SALE_PAGE (self));

  ligdi_sale_page_restore_sale (self, NULL);
}

/**
 * ligdi_sale_page_restore_sale:
 * @self: a sale page
 * @sale: (nullable): the lines to start from
 *
 * Starts a sale from the lines of another one.
 */
void
ligdi_sale_page_restore_sale (LigdiSalePage *self, const LigdiSale *sale)
{
  g_return_if_fail (LIGDI_IS_SALE_PAGE (self));

  ligdi_item_search_clear (self->item);
  ligdi_notice_hide (self->notice);
  ligdi_draft_restart (self->draft, sale);
  refresh (self);
}

/**
 * ligdi_sale_page_get_notice:
 * @self: a sale page
 *
 * Returns: (transfer none): what says above the sale, which stays as it is, what went wrong
 */
LigdiNotice *
ligdi_sale_page_get_notice (LigdiSalePage *self)
{
  g_return_val_if_fail (LIGDI_IS_SALE_PAGE (self), NULL);

  return self->notice;
}

/**
 * ligdi_sale_page_is_empty:
 * @self: a sale page
 *
 * Returns: whether nothing was typed, scanned or added yet
 */
gboolean
ligdi_sale_page_is_empty (LigdiSalePage *self)
{
  g_return_val_if_fail (LIGDI_IS_SALE_PAGE (self), TRUE);

  return ligdi_draft_is_empty (self->draft) && !has_item_text (self);
}
