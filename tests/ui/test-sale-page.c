/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-sale-page"

#include "page-test.h"

#include "../ligdi-test.h"

#include "ligdi-sale-page.h"

/* The sale page, by keyboard alone, by touch alone, and by scanner. */

typedef struct
{
  guint n;
  LigdiSale *sale;
} Charges;

static void
on_charge (LigdiSalePage *page, const LigdiSale *sale, int opening, Charges *charges)
{
  charges->n++;
  g_clear_pointer (&charges->sale, ligdi_sale_free);
  charges->sale = ligdi_sale_copy (sale);
}

static void
charges_clear (Charges *charges)
{
  g_clear_pointer (&charges->sale, ligdi_sale_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Charges, charges_clear)

static PageTest *
show_page (Charges *charges)
{
  GtkWidget *page = ligdi_sale_page_new ();

  g_signal_connect (page, "charge", G_CALLBACK (on_charge), charges);
  return page_test_show (page);
}

static const LigdiSaleLine *
get_line (const Charges *charges, guint index)
{
  g_assert_nonnull (charges->sale);
  g_assert_cmpuint (index, <, ligdi_sale_get_n_lines (charges->sale));
  return ligdi_sale_get_line (charges->sale, index);
}

static void
find_label_in (GtkWidget *widget, gpointer data)
{
  gpointer *search = data;
  g_autofree char *plain = NULL;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget))
    {
      plain = page_test_simplify (gtk_label_get_text (GTK_LABEL (widget)));
      if (g_str_equal (plain, search[0]))
        search[1] = widget;
    }
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_foreach (GTK_CONTAINER (widget), find_label_in, search);
}

/* What is written on a button, whatever a screen reader calls it. */
static GtkWidget *
find_label (GtkWidget *button, const char *text)
{
  gpointer search[] = { (gpointer) text, NULL };

  find_label_in (button, search);
  return search[1];
}

/* Pay is off, and says why. */
static void
assert_off (PageTest *test, const char *name, const char *reason)
{
  GtkWidget *pay = page_test_find_button (test, name);
  g_autofree char *plain = NULL;

  g_assert_nonnull (pay);
  g_assert_false (gtk_widget_is_sensitive (pay));
  plain = page_test_simplify (atk_object_get_description (gtk_widget_get_accessible (pay)));
  g_assert_cmpstr (plain, ==, reason);
  g_assert_nonnull (find_label (pay, reason));
}

static void
assert_amount (PageTest *test, const char *name)
{
  g_assert_nonnull (page_test_find (test, ATK_ROLE_PANEL, name));
}

static void
test_type_and_enter (void)
{
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);
  guint n_started;

  page_test_count (test->page, "typing-started", &n_started);
  assert_off (test, "Charge 0 F CFA", "Type an amount or scan an item");
  page_test_pass_guard ();
  page_test_press (test, GDK_KEY_Return);
  g_assert_cmpuint (charges.n, ==, 0);

  page_test_type (test, "12500");
  g_assert_cmpuint (n_started, ==, 1);
  assert_amount (test, "To charge: 12 500 F CFA");
  g_assert_nonnull (page_test_find_button (test, "Charge 12 500 F CFA"));
  page_test_press (test, GDK_KEY_Return);
  g_assert_cmpuint (charges.n, ==, 1);
  g_assert_cmpint (ligdi_sale_get_total (charges.sale), ==, 12500);
  g_assert_cmpstr (get_line (&charges, 0)->label, ==, "Free amount");

  /* The sale stays until it is reset; an impatient second Enter is not another one. */
  page_test_press (test, GDK_KEY_Return);
  g_assert_cmpuint (charges.n, ==, 1);
  g_assert_false (ligdi_sale_page_is_empty (LIGDI_SALE_PAGE (test->page)));
  ligdi_sale_page_reset (LIGDI_SALE_PAGE (test->page));
  g_assert_true (ligdi_sale_page_is_empty (LIGDI_SALE_PAGE (test->page)));
}

static void
test_enter_too_early (void)
{
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);

  page_test_pass_guard ();
  page_test_type (test, "500");
  page_test_show_again (test);
  page_test_press (test, GDK_KEY_Return);
  g_assert_cmpuint (charges.n, ==, 0);
  page_test_pass_guard ();
  page_test_press (test, GDK_KEY_Return);
  g_assert_cmpuint (charges.n, ==, 1);
}

static void
test_held_keys (void)
{
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);

  page_test_pass_guard ();
  for (guint i = 0; i < 8; i++)
    page_test_hold (test, GDK_KEY_5, 14, 0, i == 0 ? 200 : 40);
  page_test_let_go (test, GDK_KEY_5, 14);
  assert_amount (test, "To charge: 5 F CFA");

  for (guint i = 0; i < 30; i++)
    page_test_hold (test, GDK_KEY_Return, 36, 0, i == 0 ? 200 : 40);
  page_test_let_go (test, GDK_KEY_Return, 36);
  g_assert_cmpuint (charges.n, ==, 1);
}

static void
test_french_top_row (void)
{
  static const guint keyvals[] = { GDK_KEY_ampersand, GDK_KEY_eacute, GDK_KEY_parenleft,
                                   GDK_KEY_agrave, GDK_KEY_agrave };
  static const guint keycodes[] = { 10, 11, 14, 19, 19 };
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);

  for (guint i = 0; i < G_N_ELEMENTS (keyvals); i++)
    {
      page_test_hold (test, keyvals[i], keycodes[i], 0, 150);
      page_test_let_go (test, keyvals[i], keycodes[i]);
    }
  assert_amount (test, "To charge: 12 500 F CFA");
}

static void
test_lines_by_keyboard (void)
{
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);

  page_test_pass_guard ();
  page_test_type (test, "4*500");
  assert_amount (test, "To charge: 2 000 F CFA");
  g_assert_nonnull (page_test_find (test, ATK_ROLE_LABEL, "500 · being typed"));
  page_test_type (test, "+");
  g_assert_nonnull (page_test_find_button (test, "4 times Free amount"));
  g_assert_nonnull (page_test_find_button (test, "Remove Free amount"));
  page_test_type (test, "10500");
  assert_amount (test, "To charge: 12 500 F CFA");
  page_test_press (test, GDK_KEY_BackSpace);
  assert_amount (test, "To charge: 3 050 F CFA");
  page_test_press (test, GDK_KEY_Escape);
  assert_amount (test, "To charge: 2 000 F CFA");
  page_test_press (test, GDK_KEY_Return);
  g_assert_cmpint (get_line (&charges, 0)->quantity, ==, 4);
  g_assert_cmpint (get_line (&charges, 0)->unit_price, ==, 500);
}

static void
test_written_item (void)
{
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);

  page_test_pass_guard ();
  page_test_press (test, GDK_KEY_F2);
  page_test_type (test, "Soap 72");
  page_test_press (test, GDK_KEY_Return);
  g_assert_cmpuint (charges.n, ==, 0);
  assert_off (test, "Charge 0 F CFA", "Unknown item: type its price");
  page_test_press (test, GDK_KEY_Return);
  g_assert_cmpuint (charges.n, ==, 0);

  page_test_type (test, "250");
  g_assert_nonnull (page_test_find_button (test, "1 times Soap 72"));
  page_test_press (test, GDK_KEY_Return);
  g_assert_cmpuint (charges.n, ==, 1);
  g_assert_cmpstr (get_line (&charges, 0)->label, ==, "Soap 72");
  g_assert_cmpint (get_line (&charges, 0)->unit_price, ==, 250);
}

/* Letters find their way to the item without F2. */
static void
test_letters_anywhere (void)
{
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);

  page_test_pass_guard ();
  page_test_type (test, "Oil");
  page_test_press (test, GDK_KEY_Return);
  g_assert_nonnull (page_test_find_button (test, "Remove Oil"));
  page_test_press (test, GDK_KEY_BackSpace);
  g_assert_true (ligdi_sale_page_is_empty (LIGDI_SALE_PAGE (test->page)));
  page_test_type (test, "Oil");
  g_assert_false (ligdi_sale_page_is_empty (LIGDI_SALE_PAGE (test->page)));
  page_test_press (test, GDK_KEY_Escape);
  g_assert_true (ligdi_sale_page_is_empty (LIGDI_SALE_PAGE (test->page)));
}

static void
test_scan (void)
{
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);

  page_test_pass_guard ();
  page_test_type (test, "500+");
  page_test_scan (test, "6111234500017");
  g_assert_cmpuint (charges.n, ==, 0);
  assert_amount (test, "To charge: 500 F CFA");
  g_assert_nonnull (page_test_find_button (test, "Remove 6111234500017"));
  assert_off (test, "Charge 500 F CFA", "Unknown item: type its price");

  page_test_type (test, "250");
  page_test_scan (test, "6111234500024");
  g_assert_cmpuint (charges.n, ==, 0);
  g_assert_nonnull (page_test_find_button (test, "Remove 6111234500017"));
  g_assert_nonnull (page_test_find_button (test, "Remove 6111234500024"));
  page_test_type (test, "1000");
  page_test_press (test, GDK_KEY_Return);
  g_assert_cmpint (ligdi_sale_get_total (charges.sale), ==, 1750);
}

/* A scanner that sends no Enter. */
static void
test_scan_without_enter (void)
{
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);

  for (guint i = 0; i < 8; i++)
    {
      page_test_hold (test, GDK_KEY_1 + i, 10 + i, 0, i == 0 ? 200 : 10);
      page_test_let_go (test, GDK_KEY_1 + i, 10 + i);
    }
  ligdi_test_wait_until (page_test_find_button (test, "Remove 12345678") != NULL);
  assert_amount (test, "To charge: 0 F CFA");
}

static void
set_products (PageTest *test)
{
  g_autoptr (LigdiCatalogue) catalogue = ligdi_catalogue_new ();
  g_autoptr (LigdiProducts) products = NULL;

  ligdi_catalogue_add (catalogue, "6111234500017", "Riz parfumé", 3750);
  ligdi_catalogue_add (catalogue, "AZ-120", "Savon de ménage", 250);
  ligdi_catalogue_add (catalogue, "500", "Sucre", 750);
  ligdi_catalogue_add (catalogue, "", "Gros riz", 500);
  products = ligdi_products_new (catalogue);
  ligdi_item_search_set_products (ligdi_sale_page_get_search (LIGDI_SALE_PAGE (test->page)),
                                  products);
}

static gboolean
finds (PageTest *test, const char *row)
{
  return page_test_find (test, ATK_ROLE_LIST_ITEM, row) != NULL;
}

/* A product goes to the ticket with its price, and again as one more. */
static void
test_scan_product (void)
{
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);

  set_products (test);
  page_test_pass_guard ();
  ligdi_notice_show (ligdi_sale_page_get_notice (LIGDI_SALE_PAGE (test->page)),
                     "It did not work.", "Try again.");
  page_test_scan (test, "6111234500017");
  assert_amount (test, "To charge: 3 750 F CFA");
  page_test_scan (test, "6111234500017");
  g_assert_true (finds (test, "2 times Riz parfumé, 7 500 F CFA"));
  page_test_type (test, "3*");
  page_test_scan (test, "6111234500017");
  g_assert_true (finds (test, "5 times Riz parfumé, 18 750 F CFA"));
  page_test_type (test, "25");
  page_test_scan (test, "AZ-120");
  assert_amount (test, "To charge: 19 025 F CFA");
  g_assert_cmpuint (charges.n, ==, 0);

  page_test_scan (test, "6111234500999");
  assert_off (test, "Charge 19 025 F CFA", "Unknown item: type its price");
  page_test_scan (test, "6111234500017");
  g_assert_true (finds (test, "6 times Riz parfumé, 22 500 F CFA"));
  assert_off (test, "Charge 22 775 F CFA", "Unknown item: type its price");
  page_test_type (test, "100");
  page_test_press (test, GDK_KEY_Return);
  g_assert_cmpint (ligdi_sale_get_total (charges.sale), ==, 22875);
  g_assert_cmpuint (ligdi_sale_get_n_lines (charges.sale), ==, 4);
}

/* A scanner that presses the keys of an AZERTY on a QWERTY, also while the entry has the focus. */
static void
test_scan_for_another_keyboard (void)
{
  static const struct
  {
    guint keyval;
    guint keycode;
    GdkModifierType state;
  } keys[] = {
    { GDK_KEY_Q, 24, GDK_SHIFT_MASK },      { GDK_KEY_W, 25, GDK_SHIFT_MASK },
    { GDK_KEY_6, 15, 0 },                   { GDK_KEY_exclam, 10, GDK_SHIFT_MASK },
    { GDK_KEY_at, 11, GDK_SHIFT_MASK },     { GDK_KEY_parenright, 19, GDK_SHIFT_MASK },
    { GDK_KEY_Return, 36, 0 },
  };
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);

  set_products (test);
  page_test_pass_guard ();
  for (guint round = 0; round < 2; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        {
          page_test_hold (test, keys[i].keyval, keys[i].keycode, keys[i].state, i == 0 ? 200 : 10);
          page_test_let_go (test, keys[i].keyval, keys[i].keycode);
        }
      page_test_press (test, GDK_KEY_F2);
    }
  g_assert_true (finds (test, "2 times Savon de ménage, 500 F CFA"));
  g_assert_cmpuint (charges.n, ==, 0);
}

static void
test_search_by_keyboard (void)
{
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);

  set_products (test);
  page_test_pass_guard ();
  page_test_type (test, "RIZ");
  g_assert_true (finds (test, "Riz parfumé, 3 750 F CFA"));
  g_assert_true (finds (test, "Gros riz, 500 F CFA"));
  g_assert_true (finds (test, "Another item: RIZ"));
  g_assert_false (finds (test, "Sucre, 750 F CFA"));
  page_test_press (test, GDK_KEY_Down);
  page_test_press (test, GDK_KEY_Down);
  page_test_press (test, GDK_KEY_Return);
  g_assert_true (finds (test, "1 times Gros riz, 500 F CFA"));
  g_assert_false (finds (test, "Another item: RIZ"));

  /* Whoever goes on typing in the list writes on. */
  page_test_type (test, "ri");
  page_test_press (test, GDK_KEY_Down);
  page_test_type (test, "z p");
  page_test_press (test, GDK_KEY_Down);
  page_test_press (test, GDK_KEY_Return);
  assert_amount (test, "To charge: 4 250 F CFA");

  /* One fits, and is not chosen: something new, at a price of its own. */
  page_test_type (test, "riz p");
  page_test_press (test, GDK_KEY_Return);
  assert_off (test, "Charge 4 250 F CFA", "Unknown item: type its price");
  page_test_press (test, GDK_KEY_Escape);

  page_test_type (test, "sucr");
  page_test_press (test, GDK_KEY_Down);
  page_test_press (test, GDK_KEY_Down);
  page_test_press (test, GDK_KEY_Return);
  assert_off (test, "Charge 4 250 F CFA", "Unknown item: type its price");
  page_test_press (test, GDK_KEY_Escape);
  page_test_type (test, "gros RIZ");
  page_test_press (test, GDK_KEY_Return);
  g_assert_true (finds (test, "2 times Gros riz, 1 000 F CFA"));
  page_test_type (test, "s");
  page_test_press (test, GDK_KEY_Escape);
  g_assert_false (finds (test, "Sucre, 750 F CFA"));
  assert_amount (test, "To charge: 4 750 F CFA");
  g_assert_cmpuint (charges.n, ==, 0);
}

static void
test_search_by_touch (void)
{
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);
  AtkObject *row;

  set_products (test);
  page_test_pass_guard ();
  page_test_type (test, "men");
  row = page_test_find (test, ATK_ROLE_LIST_ITEM, "Savon de ménage, 250 F CFA");
  g_assert_nonnull (row);
  g_signal_emit_by_name (gtk_accessible_get_widget (GTK_ACCESSIBLE (row)), "activate");
  page_test_settle ();
  assert_amount (test, "To charge: 250 F CFA");
  g_assert_false (finds (test, "Savon de ménage, 250 F CFA"));
}

/* Figures are an amount, unless the cashier has gone to the items. */
static void
test_code_or_amount (void)
{
  static const struct
  {
    guint keyval;
    guint keycode;
  } keys[] = { { GDK_KEY_parenleft, 14 }, { GDK_KEY_agrave, 19 }, { GDK_KEY_agrave, 19 } };
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);

  page_test_pass_guard ();
  page_test_press (test, GDK_KEY_F2);
  page_test_type (test, "500");
  assert_amount (test, "To charge: 500 F CFA");
  page_test_press (test, GDK_KEY_Escape);

  set_products (test);
  page_test_type (test, "500");
  assert_amount (test, "To charge: 500 F CFA");
  page_test_press (test, GDK_KEY_Escape);
  page_test_press (test, GDK_KEY_F2);
  page_test_type (test, "500");
  assert_amount (test, "To charge: 0 F CFA");
  page_test_press (test, GDK_KEY_Return);
  assert_amount (test, "To charge: 750 F CFA");
  g_assert_true (finds (test, "1 times Sucre, 750 F CFA"));
  page_test_type (test, "5");
  assert_amount (test, "To charge: 755 F CFA");

  /* The same by the top row of a French keyboard, without Shift. */
  page_test_press (test, GDK_KEY_F2);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      page_test_hold (test, keys[i].keyval, keys[i].keycode, 0, 150);
      page_test_let_go (test, keys[i].keyval, keys[i].keycode);
    }
  page_test_press (test, GDK_KEY_Return);
  g_assert_true (finds (test, "2 times Sucre, 1 500 F CFA"));
  g_assert_cmpuint (charges.n, ==, 0);
}

/* Too few keys to be told what they are: nothing is charged by them. */
static void
test_short_scan (void)
{
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);

  page_test_pass_guard ();
  page_test_scan (test, "123");
  g_assert_cmpuint (charges.n, ==, 0);
  assert_amount (test, "To charge: 123 F CFA");
}

static void
test_reasons (void)
{
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);
  LigdiSalePage *page = LIGDI_SALE_PAGE (test->page);

  page_test_pass_guard ();
  ligdi_sale_page_set_limit (page, 500000);
  page_test_type (test, "0");
  assert_off (test, "Charge 0 F CFA", "The amount is zero");
  page_test_press (test, GDK_KEY_Escape);
  page_test_type (test, "500001");
  assert_off (test, "Charge 500 001 F CFA", "Above the limit: 500 000 F CFA");
  page_test_press (test, GDK_KEY_Return);
  g_assert_cmpuint (charges.n, ==, 0);
  page_test_press (test, GDK_KEY_Escape);
  page_test_type (test, "500000");
  g_assert_true (gtk_widget_is_sensitive (page_test_find_button (test, "Charge 500 000 F CFA")));

  ligdi_sale_page_set_block (page, "Offline: cannot charge");
  assert_off (test, "Charge 500 000 F CFA", "Offline: cannot charge");
  page_test_press (test, GDK_KEY_Return);
  g_assert_cmpuint (charges.n, ==, 0);
  ligdi_sale_page_set_block (page, NULL);
  page_test_press (test, GDK_KEY_Escape);
  page_test_type (test, "4*");
  assert_off (test, "Charge 0 F CFA", "Type the price of one item");
}

static void
test_touch_alone (void)
{
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);

  page_test_click (test, "4");
  page_test_click (test, "Times");
  page_test_click (test, "5");
  page_test_click (test, "00");
  page_test_click (test, "Add");
  page_test_click (test, "1");
  page_test_click (test, "000");
  page_test_click (test, "7");
  page_test_click (test, "Erase the last figure");
  assert_amount (test, "To charge: 3 000 F CFA");
  page_test_click (test, "Clear the amount");
  assert_amount (test, "To charge: 2 000 F CFA");
  page_test_click (test, "Charge 2 000 F CFA");
  page_test_click (test, "Charge 2 000 F CFA");
  g_assert_cmpuint (charges.n, ==, 1);
}

static void
test_clear_and_undo (void)
{
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);

  page_test_pass_guard ();
  page_test_type (test, "500+250+9");
  page_test_click (test, "Clear the ticket");
  ligdi_test_wait_until (page_test_find_button (test, "Keep it") != NULL);
  page_test_click (test, "Keep it");
  assert_amount (test, "To charge: 759 F CFA");
  ligdi_test_wait_until (page_test_find_button (test, "Keep it") == NULL);
  page_test_click (test, "Clear the ticket");
  ligdi_test_wait_until (page_test_find_button (test, "Clear") != NULL);
  page_test_click (test, "Clear");
  assert_amount (test, "To charge: 0 F CFA");
  ligdi_test_wait_until (page_test_find_button (test, "Keep it") == NULL);
  page_test_press_with (test, GDK_CONTROL_MASK, GDK_KEY_z);
  assert_amount (test, "To charge: 759 F CFA");
  page_test_click (test, "Remove Free amount");
  assert_amount (test, "To charge: 259 F CFA");
  page_test_press_with (test, GDK_CONTROL_MASK, GDK_KEY_z);
  assert_amount (test, "To charge: 759 F CFA");
}

static void
test_restored_sale (void)
{
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();

  page_test_pass_guard ();
  g_assert_true (ligdi_sale_add (sale, "Rice", 2, 3750));
  page_test_type (test, "99");
  ligdi_sale_page_restore_sale (LIGDI_SALE_PAGE (test->page), sale);
  assert_amount (test, "To charge: 7 500 F CFA");
  g_assert_nonnull (page_test_find (test, ATK_ROLE_LIST_ITEM, "2 times Rice, 7 500 F CFA"));
  page_test_press (test, GDK_KEY_Return);
  g_assert_cmpint (ligdi_sale_get_total (charges.sale), ==, 7500);
}

static void
test_notice (void)
{
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);

  page_test_pass_guard ();
  page_test_type (test, "500");
  ligdi_notice_show (ligdi_sale_page_get_notice (LIGDI_SALE_PAGE (test->page)),
                     "It did not work.", "Try again.");
  ligdi_test_wait_until (page_test_find (test, ATK_ROLE_ALERT, "It did not work.") != NULL);
  assert_amount (test, "To charge: 500 F CFA");
  page_test_click (test, "Close this message");
  g_assert_null (page_test_find (test, ATK_ROLE_ALERT, "It did not work."));

  ligdi_notice_show (ligdi_sale_page_get_notice (LIGDI_SALE_PAGE (test->page)),
                     "It did not work.", "Try again.");
  ligdi_test_wait_until (page_test_find (test, ATK_ROLE_ALERT, "It did not work.") != NULL);
  page_test_press (test, GDK_KEY_Return);
  g_assert_cmpuint (charges.n, ==, 1);
  g_assert_null (page_test_find (test, ATK_ROLE_ALERT, "It did not work."));
}

/* Enter belongs to the button the cashier has moved to. */
static void
test_enter_on_another_button (void)
{
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);

  page_test_pass_guard ();
  page_test_type (test, "500+250");
  gtk_widget_grab_focus (page_test_find_button (test, "Remove Free amount"));
  page_test_press (test, GDK_KEY_Return);
  /* A button stays down for a moment when it is pressed by a key. */
  ligdi_test_wait_until (page_test_find (test, ATK_ROLE_PANEL, "To charge: 250 F CFA") != NULL);
  g_assert_cmpuint (charges.n, ==, 0);
}

/* What is written elsewhere in the window is not the page's. */
static void
test_text_outside_the_page (void)
{
  g_auto (Charges) charges = { 0 };
  g_autoptr (PageTest) test = show_page (&charges);
  GtkWidget *other = gtk_entry_new ();

  page_test_pass_guard ();
  page_test_type (test, "5");
  gtk_container_add (GTK_CONTAINER (gtk_bin_get_child (GTK_BIN (test->window))), other);
  gtk_widget_show (other);
  gtk_widget_grab_focus (other);
  page_test_type (test, "Shop 12");
  page_test_press (test, GDK_KEY_Return);
  g_assert_cmpstr (gtk_entry_get_text (GTK_ENTRY (other)), ==, "Shop 12");
  assert_amount (test, "To charge: 5 F CFA");
  g_assert_cmpuint (charges.n, ==, 0);
}

int
main (int argc, char **argv)
{
  page_test_init (&argc, &argv);
  g_test_add_func ("/sale-page/type-and-enter", test_type_and_enter);
  g_test_add_func ("/sale-page/enter-too-early", test_enter_too_early);
  g_test_add_func ("/sale-page/held-keys", test_held_keys);
  g_test_add_func ("/sale-page/french-top-row", test_french_top_row);
  g_test_add_func ("/sale-page/lines-by-keyboard", test_lines_by_keyboard);
  g_test_add_func ("/sale-page/written-item", test_written_item);
  g_test_add_func ("/sale-page/letters-anywhere", test_letters_anywhere);
  g_test_add_func ("/sale-page/scan", test_scan);
  g_test_add_func ("/sale-page/scan-without-enter", test_scan_without_enter);
  g_test_add_func ("/sale-page/scan-product", test_scan_product);
  g_test_add_func ("/sale-page/scan-for-another-keyboard", test_scan_for_another_keyboard);
  g_test_add_func ("/sale-page/search-by-keyboard", test_search_by_keyboard);
  g_test_add_func ("/sale-page/search-by-touch", test_search_by_touch);
  g_test_add_func ("/sale-page/code-or-amount", test_code_or_amount);
  g_test_add_func ("/sale-page/short-scan", test_short_scan);
  g_test_add_func ("/sale-page/reasons", test_reasons);
  g_test_add_func ("/sale-page/touch-alone", test_touch_alone);
  g_test_add_func ("/sale-page/clear-and-undo", test_clear_and_undo);
  g_test_add_func ("/sale-page/restored-sale", test_restored_sale);
  g_test_add_func ("/sale-page/notice", test_notice);
  g_test_add_func ("/sale-page/enter-on-another-button", test_enter_on_another_button);
  g_test_add_func ("/sale-page/text-outside-the-page", test_text_outside_the_page);
  return g_test_run ();
}
