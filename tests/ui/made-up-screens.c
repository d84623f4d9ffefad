/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "made-up-screens"

#include "made-up-screens.h"

#include "made-up-checkout.h"
#include "made-up-staff.h"
#include "made-up.h"

#include "ligdi-charge-bar.h"
#include "ligdi-charge-page.h"
#include "ligdi-code-page.h"
#include "ligdi-customer-window.h"
#include "ligdi-dates.h"
#include "ligdi-header.h"
#include "ligdi-history-page.h"
#include "ligdi-idle-page.h"
#include "ligdi-keypad.h"
#include "ligdi-lock-page.h"
#include "ligdi-money-page.h"
#include "ligdi-name-bar.h"
#include "ligdi-notice.h"
#include "ligdi-page-cover.h"
#include "ligdi-payment-bar.h"
#include "ligdi-phone-panel.h"
#include "ligdi-preferences-page.h"
#include "ligdi-repeat-bar.h"
#include "ligdi-result-page.h"
#include "ligdi-sale-page.h"
#include "ligdi-staff-section.h"
#include "ligdi-verifying-page.h"
#include "ligdi-welcome-page.h"

#include <glib/gi18n.h>

/* Every screen of LigdiPay as a person sees it, from made-up payments: a window with the
 * header, the strip, the bars and the page. A new screen is a line of the table below. */

#define TILL "Caisse n° 2"
#define PAGE "https://client.ligdicash.com/directpayment/invoice/made-up"
#define LIMIT 500000

/* What a screen is made of: what stands above the page, the page, and the place it is at. */
typedef struct
{
  const char *name;
  GtkWidget *(*make) (const char *argument);
  const char *argument;
  void (*add_bar) (GtkContainer *box);
  LigdiPlace place;
} Screen;

static LigdiSale *
make_lines (void)
{
  LigdiSale *sale = ligdi_sale_new ();

  ligdi_sale_add (sale, "Riz parfumé, sac 5 kg", 2, 3750);
  ligdi_sale_add (sale, "Huile végétale 1 L", 1, 1500);
  ligdi_sale_add (sale, "Sucre en poudre 1 kg", 2, 750);
  return sale;
}

static void
find_keypad (GtkWidget *widget, gpointer data)
{
  GtkWidget **keypad = data;

  if (LIGDI_IS_KEYPAD (widget))
    *keypad = widget;
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_foreach (GTK_CONTAINER (widget), find_keypad, keypad);
}

static void
type_amount (GtkWidget *page)
{
  GtkWidget *keypad = NULL;

  find_keypad (page, &keypad);
  g_signal_emit_by_name (keypad, "digits", "4");
  g_signal_emit_by_name (keypad, "multiply");
  g_signal_emit_by_name (keypad, "digits", "5");
  g_signal_emit_by_name (keypad, "digits", "00");
}

static GtkWidget *
make_sale (const char *argument)
{
  GtkWidget *page = ligdi_sale_page_new ();
  g_autoptr (LigdiSale) sale = make_lines ();

  ligdi_sale_page_set_limit (LIGDI_SALE_PAGE (page), LIMIT);
  if (g_str_equal (argument, "lines"))
    ligdi_sale_page_restore_sale (LIGDI_SALE_PAGE (page), sale);
  if (!g_str_equal (argument, "empty"))
    type_amount (page);
  return page;
}

static LigdiCharge *
make_wish (void)
{
  g_autoptr (LigdiSale) sale = make_lines ();

  return ligdi_charge_new ("CMD-2026-00417", "Atelier Zoé", sale);
}

static GtkWidget *
make_charge (const char *argument)
{
  GtkWidget *page = ligdi_charge_page_new ();
  g_autoptr (LigdiCharge) charge = make_wish ();

  ligdi_charge_page_show (LIGDI_CHARGE_PAGE (page), charge);
  return page;
}

static void
add_charge_bar (GtkContainer *box)
{
  GtkWidget *bar = g_object_new (LIGDI_TYPE_CHARGE_BAR, NULL);
  g_autoptr (LigdiCharge) charge = make_wish ();

  gtk_container_add (box, bar);
  ligdi_charge_bar_tell (LIGDI_CHARGE_BAR (bar), charge, 1);
}

static GtkWidget *
make_sale_notice (const char *argument)
{
  GtkWidget *page = make_sale (argument);

  ligdi_notice_show (ligdi_sale_page_get_notice (LIGDI_SALE_PAGE (page)),
                     "Hors ligne : le paiement n’a pas été ouvert.",
                     "Le ticket est conservé. Vérifiez le câble, le Wi-Fi ou le forfait,"
                     " puis réessayez.");
  return page;
}

static GtkWidget *
make_history (const char *argument)
{
  g_autoptr (LigdiCheckout) checkout = made_up_checkout_new ();
  GtkWidget *page = ligdi_history_page_new ();

  ligdi_history_page_set_till (LIGDI_HISTORY_PAGE (page), TILL);
  ligdi_history_page_set_checkout (LIGDI_HISTORY_PAGE (page), checkout);
  ligdi_history_page_set_to_follow (LIGDI_HISTORY_PAGE (page),
                                    g_str_equal (argument, "to-follow"));
  return page;
}

static GtkWidget *
make_verifying (const char *argument)
{
  g_autoptr (LigdiPayment) payment = made_up_payment (argument, ligdi_dates_now ());
  GtkWidget *page = ligdi_verifying_page_new ();

  ligdi_verifying_page_set_payment (LIGDI_VERIFYING_PAGE (page), payment);
  return page;
}

static GtkWidget *
make_result (const char *argument)
{
  g_autoptr (LigdiPayment) payment = made_up_payment (argument, ligdi_dates_now ());
  GtkWidget *page = ligdi_result_page_new ();

  ligdi_result_page_set_payment (LIGDI_RESULT_PAGE (page), payment,
                                 g_str_equal (argument, "offline") ? LIGDI_DIAGNOSIS_NO_DATA
                                                                   : LIGDI_DIAGNOSIS_CONNECTED);
  return page;
}

static LigdiPaymentRecord *
make_open_record (LigdiOpening opening)
{
  g_autoptr (LigdiPayment) payment = made_up_payment ("awaiting", ligdi_dates_now ());
  LigdiPaymentRecord *record
    = ligdi_payment_record_copy (ligdi_payment_get_record (payment));

  record->opening = opening;
  g_free (record->page_url);
  record->page_url = g_strdup (PAGE);
  g_free (record->return_url);
  record->return_url = g_strdup ("https://ligdipay.invalid/return/made-up");
  return record;
}

/* The payment's bar, and below it what stands in for the customer's page. */
static GtkWidget *
make_paying (const char *argument)
{
  gboolean phone = g_str_equal (argument, "phone");
  g_autoptr (LigdiPaymentRecord) record
    = make_open_record (phone ? LIGDI_OPENING_PHONE : LIGDI_OPENING_HERE);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = g_object_new (LIGDI_TYPE_PAYMENT_BAR, "visible", TRUE, NULL);
  GtkWidget *page = g_object_new (phone ? LIGDI_TYPE_PHONE_PANEL : LIGDI_TYPE_PAGE_COVER,
                                  "visible", TRUE, NULL);

  ligdi_payment_bar_set_record (LIGDI_PAYMENT_BAR (bar), record, TILL);
  ligdi_payment_bar_set_host (LIGDI_PAYMENT_BAR (bar), "client.ligdicash.com", TRUE);
  if (phone)
    ligdi_phone_panel_set_record (LIGDI_PHONE_PANEL (page), record);
  else if (g_str_equal (argument, "browser"))
    ligdi_page_cover_say_opening (LIGDI_PAGE_COVER (page), LIGDI_OPENING_BROWSER);
  else
    ligdi_page_cover_say_trouble (LIGDI_PAGE_COVER (page), LIGDI_WEB_TROUBLE_OFFLINE);
  gtk_box_pack_start (GTK_BOX (box), bar, FALSE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (box), page, TRUE, TRUE, 0);
  return box;
}

static GSettings *
make_settings (void)
{
  GSettings *settings = g_settings_new ("com.example.LigdiPay");

  g_settings_set_string (settings, "shop-name", "Alimentation Wend-Kuni");
  return settings;
}

static GtkWidget *
make_preferences (const char *argument)
{
  g_autoptr (GSettings) settings = make_settings ();
  GtkWidget *page = ligdi_preferences_page_new (settings);
  g_autoptr (LigdiStaff) staff = made_up_staff_new (2);
  GObject *section = gtk_widget_get_template_child (page, LIGDI_TYPE_PREFERENCES_PAGE, "staff");

  ligdi_staff_section_set_staff (LIGDI_STAFF_SECTION (section), staff);
  ligdi_preferences_page_open (LIGDI_PREFERENCES_PAGE (page));
  return page;
}

static GtkWidget *
make_welcome (const char *argument)
{
  g_autoptr (GSettings) settings = make_settings ();
  GtkWidget *page = ligdi_welcome_page_new (settings);
  GObject *stack = gtk_widget_get_template_child (page, LIGDI_TYPE_WELCOME_PAGE, "stack");

  gtk_stack_set_visible_child_name (GTK_STACK (stack), argument);
  return page;
}

static GtkWidget *
make_idle (const char *argument)
{
  GtkWidget *page = ligdi_idle_page_new ();

  ligdi_idle_page_set_shop (LIGDI_IDLE_PAGE (page), "Alimentation Wend-Kuni", "25 30 00 00");
  ligdi_idle_page_set_open (LIGDI_IDLE_PAGE (page), g_str_equal (argument, "open"));
  return page;
}

static GtkWidget *
make_code (const char *argument)
{
  GtkWidget *page = ligdi_code_page_new ();

  if (g_str_equal (argument, "choose"))
    ligdi_code_page_choose (LIGDI_CODE_PAGE (page), _("Choose the manager’s code"),
                            _("It leads out of a kiosk, after Ctrl+Shift+Q, and to what only the "
                              "manager may do. Write it down."),
                            LIGDI_MANAGER_DIGITS);
  else
    {
      ligdi_code_page_ask (LIGDI_CODE_PAGE (page), "Jean-Baptiste Sawadogo", LIGDI_CASHIER_DIGITS);
      ligdi_code_page_refuse (LIGDI_CODE_PAGE (page), 30000);
    }
  return page;
}

static GtkWidget *
make_prices (const char *argument)
{
  static const LigdiProduct products[] = {
    { (char *) "", (char *) "Attiéké poisson", 1500 },
    { (char *) "", (char *) "Riz gras", 1000 },
    { (char *) "", (char *) "Poulet bicyclette, entier, avec des frites et de l’alloco", 6500 },
    { (char *) "", (char *) "Bissap 50 cl", 500 },
    { (char *) "", (char *) "Gnamankoudji", 500 },
    { (char *) "", (char *) "Eau 1,5 L", 400 },
    { (char *) "", (char *) "Café Touba", 200 },
    { (char *) "", (char *) "Plateau à partager", 25000 },
  };
  GtkWidget *page = make_sale (argument);
  g_autoptr (LigdiCatalogue) catalogue = ligdi_catalogue_new ();
  g_autoptr (LigdiProducts) list = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (products); i++)
    ligdi_catalogue_add (catalogue, products[i].code, products[i].label, products[i].price);
  list = ligdi_products_new (catalogue);
  ligdi_item_search_set_products (ligdi_sale_page_get_search (LIGDI_SALE_PAGE (page)), list);
  ligdi_sale_page_set_for_customer (LIGDI_SALE_PAGE (page), TRUE, TRUE);
  return page;
}

static GtkWidget *
make_lock (const char *argument)
{
  g_autoptr (LigdiStaff) staff = made_up_staff_new (g_str_equal (argument, "many") ? 24 : 3);
  GtkWidget *page = ligdi_lock_page_new ();

  ligdi_lock_page_show (LIGDI_LOCK_PAGE (page), staff);
  return page;
}

static GtkWidget *
make_kiosk_result (const char *argument)
{
  GtkWidget *page = make_result (argument);
  g_autoptr (LigdiPayment) payment = made_up_payment (argument, ligdi_dates_now ());

  ligdi_result_page_set_for_customer (LIGDI_RESULT_PAGE (page), TRUE);
  ligdi_result_page_set_payment (LIGDI_RESULT_PAGE (page), payment, LIGDI_DIAGNOSIS_CONNECTED);
  return page;
}

static GtkWidget *
make_money (const char *argument)
{
  return ligdi_money_page_new (g_str_equal (argument, "real"));
}

static GtkWidget *
make_customer (const char *argument)
{
  GtkWidget *window = ligdi_customer_window_new (TRUE);
  LigdiCustomerWindow *customer = LIGDI_CUSTOMER_WINDOW (window);
  g_autoptr (LigdiPayment) payment = made_up_payment (argument, ligdi_dates_now ());
  g_autoptr (LigdiPaymentRecord) record = NULL;

  if (g_str_equal (argument, "awaiting"))
    record = make_open_record (LIGDI_OPENING_PHONE);
  else if (payment != NULL)
    record = ligdi_payment_record_copy (ligdi_payment_get_record (payment));
  ligdi_customer_window_set_shop (customer, "Alimentation Wend-Kuni");
  ligdi_customer_window_show_record (customer, record);
  return window;
}

static void
add_name_bar (GtkContainer *box)
{
  gtk_container_add (box, g_object_new (LIGDI_TYPE_NAME_BAR, "visible", TRUE, "reveal-child", TRUE,
                                        NULL));
}

static void
add_repeat_bar (GtkContainer *box)
{
  g_autoptr (LigdiPayment) payment = made_up_payment ("paid", ligdi_dates_now ());
  GtkWidget *bar = g_object_new (LIGDI_TYPE_REPEAT_BAR, NULL);

  gtk_container_add (box, bar);
  ligdi_repeat_bar_ask (LIGDI_REPEAT_BAR (bar), ligdi_payment_get_record (payment));
}

static void
add_notice (GtkContainer *box)
{
  GtkWidget *notice = g_object_new (LIGDI_TYPE_NOTICE, "visible", TRUE, NULL);

  gtk_container_add (box, notice);
  ligdi_notice_show (LIGDI_NOTICE (notice), "Ce poste ne vend plus.",
                     "Le journal ne peut plus être écrit. Ce qui est payé reste connu.");
}

static const Screen screens[] = {
  { "sale-empty", make_sale, "empty", NULL, LIGDI_PLACE_COUNTER },
  { "sale", make_sale, "lines", NULL, LIGDI_PLACE_COUNTER },
  { "sale-notice", make_sale_notice, "lines", NULL, LIGDI_PLACE_COUNTER },
  { "sale-name", make_sale, "empty", add_name_bar, LIGDI_PLACE_COUNTER },
  { "sale-repeat", make_sale, "lines", add_repeat_bar, LIGDI_PLACE_COUNTER },
  { "sale-asked", make_sale, "lines", add_charge_bar, LIGDI_PLACE_COUNTER },
  { "charge", make_charge, NULL, NULL, LIGDI_PLACE_COUNTER },
  { "sale-stopped", make_sale, "lines", add_notice, LIGDI_PLACE_COUNTER },
  { "paying-phone", make_paying, "phone", NULL, LIGDI_PLACE_COUNTER },
  { "paying-browser", make_paying, "browser", NULL, LIGDI_PLACE_COUNTER },
  { "paying-trouble", make_paying, "trouble", NULL, LIGDI_PLACE_COUNTER },
  { "verifying", make_verifying, "verifying", NULL, LIGDI_PLACE_COUNTER },
  { "paid", make_result, "paid", NULL, LIGDI_PLACE_COUNTER },
  { "ordered", make_result, "ordered", NULL, LIGDI_PLACE_COUNTER },
  { "paid-twice", make_result, "paid-twice", NULL, LIGDI_PLACE_COUNTER },
  { "late", make_result, "late", NULL, LIGDI_PLACE_COUNTER },
  { "notpaid", make_result, "notpaid", NULL, LIGDI_PLACE_COUNTER },
  { "pending", make_result, "pending", NULL, LIGDI_PLACE_COUNTER },
  { "closed", make_result, "closed", NULL, LIGDI_PLACE_COUNTER },
  { "unclear", make_result, "unclear", NULL, LIGDI_PLACE_COUNTER },
  { "offline", make_result, "offline", NULL, LIGDI_PLACE_COUNTER },
  { "too-little", make_result, "too-little", NULL, LIGDI_PLACE_COUNTER },
  { "too-much", make_result, "too-much", NULL, LIGDI_PLACE_COUNTER },
  { "review", make_result, "review", NULL, LIGDI_PLACE_COUNTER },
  { "history", make_history, "all", NULL, LIGDI_PLACE_HISTORY },
  { "to-follow", make_history, "to-follow", NULL, LIGDI_PLACE_TO_FOLLOW },
  { "preferences", make_preferences, NULL, NULL, LIGDI_PLACE_PREFERENCES },
  { "welcome", make_welcome, "shop", NULL, LIGDI_PLACE_WELCOME },
  { "welcome-money", make_welcome, "money", NULL, LIGDI_PLACE_WELCOME },
  { "welcome-account", make_welcome, "account", NULL, LIGDI_PLACE_WELCOME },
  { "welcome-page", make_welcome, "page", NULL, LIGDI_PLACE_WELCOME },
  { "money-real", make_money, "real", NULL, LIGDI_PLACE_MONEY },
  { "money-play", make_money, "play", NULL, LIGDI_PLACE_MONEY },
  { "customer-idle", make_customer, "idle", NULL, LIGDI_PLACE_COUNTER },
  { "customer-code", make_customer, "awaiting", NULL, LIGDI_PLACE_COUNTER },
  { "customer-paid", make_customer, "paid", NULL, LIGDI_PLACE_COUNTER },
  { "customer-pending", make_customer, "pending", NULL, LIGDI_PLACE_COUNTER },
  { "kiosk-idle", make_idle, "open", NULL, LIGDI_PLACE_IDLE },
  { "kiosk-closed", make_idle, "closed", NULL, LIGDI_PLACE_IDLE },
  { "kiosk-prices", make_prices, "empty", NULL, LIGDI_PLACE_IDLE },
  { "kiosk-paid", make_kiosk_result, "paid", NULL, LIGDI_PLACE_IDLE },
  { "kiosk-pending", make_kiosk_result, "pending", NULL, LIGDI_PLACE_IDLE },
  { "kiosk-notpaid", make_kiosk_result, "notpaid", NULL, LIGDI_PLACE_IDLE },
  { "kiosk-review", make_kiosk_result, "too-little", NULL, LIGDI_PLACE_IDLE },
  { "lock", make_lock, "few", NULL, LIGDI_PLACE_LOCK },
  { "lock-many", make_lock, "many", NULL, LIGDI_PLACE_LOCK },
  { "code-choose", make_code, "choose", NULL, LIGDI_PLACE_CODE },
  { "code-wrong", make_code, "wrong", NULL, LIGDI_PLACE_CODE },
};

static GtkWidget *
make_header (LigdiPlace place)
{
  GtkWidget *header = g_object_new (LIGDI_TYPE_HEADER, "visible", TRUE, NULL);

  ligdi_header_set_shop (LIGDI_HEADER (header), "Alimentation Wend-Kuni", TILL);
  ligdi_header_set_connection (LIGDI_HEADER (header), LIGDI_CONNECTION_DEMONSTRATION, NULL);
  ligdi_header_set_cashier (LIGDI_HEADER (header), TRUE,
                            place != LIGDI_PLACE_LOCK ? "Moussa" : NULL);
  ligdi_header_set_place (LIGDI_HEADER (header), place);
  ligdi_header_set_count (LIGDI_HEADER (header), 3);
  return header;
}

/* A button whose action nobody has is grey. */
static void
add_actions (GtkWidget *window)
{
  static const char *const names[] = { "back", "history", "lock", "undo" };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) to_follow
    = g_simple_action_new_stateful ("to-follow", NULL, g_variant_new_boolean (FALSE));

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (names[i], NULL);

      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (to_follow));
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (group));
}

static GtkWidget *
make_window (const Screen *screen, GtkWidget *page)
{
  GtkWidget *window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *strip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_style_context_add_class (gtk_widget_get_style_context (window), "ligdipay");
  gtk_style_context_add_class (gtk_widget_get_style_context (strip), "hazard");
  add_actions (window);
  gtk_container_add (GTK_CONTAINER (window), box);
  /* A kiosk has none. */
  if (screen->place != LIGDI_PLACE_IDLE)
    gtk_box_pack_start (GTK_BOX (box), make_header (screen->place), FALSE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (box), strip, FALSE, TRUE, 0);
  if (screen->add_bar != NULL)
    screen->add_bar (GTK_CONTAINER (box));
  gtk_box_pack_start (GTK_BOX (box), page, TRUE, TRUE, 0);
  gtk_widget_show (strip);
  gtk_widget_show (page);
  gtk_widget_show (box);
  return window;
}

/* The name of a screen, or NULL when there are no more. */
const char *
made_up_screen_get_name (guint nth)
{
  return nth < G_N_ELEMENTS (screens) ? screens[nth].name : NULL;
}

/* The window of a screen, not shown yet, or NULL when there is no such screen. */
GtkWidget *
made_up_screen_new (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    if (g_str_equal (screens[i].name, name))
      {
        GtkWidget *page = screens[i].make (screens[i].argument);

        return GTK_IS_WINDOW (page) ? page : make_window (&screens[i], page);
      }
  return NULL;
}
