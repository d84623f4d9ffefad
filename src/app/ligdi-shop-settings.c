/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-app"

#include "ligdi-shop-settings.h"

#include <glib/gi18n.h>

/* From what the shop has set to those who work with it. */

/**
 * ligdi_shop_settings_apply:
 * @settings: what the shop has set
 * @demonstration: whether the money is play money
 * @window: the cashier's window
 * @checkout: (nullable): what takes the payments
 *
 * Tells both what they need to know.
 */
void
ligdi_shop_settings_apply (GSettings *settings, gboolean demonstration, LigdiWindow *window,
                           LigdiCheckout *checkout)
{
  g_autofree char *name = g_settings_get_string (settings, "shop-name");
  g_autofree char *website = g_settings_get_string (settings, "shop-website");
  g_autofree char *phone = g_settings_get_string (settings, "shop-phone");
  g_autofree char *footer = g_settings_get_string (settings, "receipt-footer");
  g_autofree char *till = g_settings_get_string (settings, "till");
  g_autofree char *opening = g_settings_get_string (settings, "payment-page");
  g_autofree char *return_page = g_settings_get_string (settings, "return-page");
  /* Translators: %s is the till's number or name. */
  g_autofree char *till_label = g_strdup_printf (_("Till no. %s"), till);
  LigdiShop shop = {
    .till = till_label,
    .phone = phone,
    .footer = footer,
    .limit = g_settings_get_int64 (settings, "payment-limit"),
    .customer_display = g_settings_get_boolean (settings, "customer-display"),
  };

  ligdi_opening_from_nick (opening, &shop.opening);

  g_strstrip (name);
  shop.name = *name == '\0' && demonstration ? _("Demonstration shop") : name;
  ligdi_window_set_shop (window, &shop);
  if (checkout == NULL)
    return;
  ligdi_checkout_set_shop (checkout, shop.name, website);
  ligdi_checkout_set_return_page (checkout, return_page);
  ligdi_checkout_set_patience (checkout, g_settings_get_uint (settings, "patience"));
}

/**
 * ligdi_shop_settings_apply_appearance:
 * @settings: what the shop has set
 * @style: how everything looks
 */
void
ligdi_shop_settings_apply_appearance (GSettings *settings, LigdiStyle *style)
{
  g_autofree char *appearance = g_settings_get_string (settings, "appearance");

  if (g_str_equal (appearance, "light"))
    ligdi_style_set_appearance (style, LIGDI_APPEARANCE_LIGHT);
  else if (g_str_equal (appearance, "dark"))
    ligdi_style_set_appearance (style, LIGDI_APPEARANCE_DARK);
  else
    ligdi_style_set_appearance (style, LIGDI_APPEARANCE_AUTO);
}

static void
on_hook_setting (GSettings *settings, const char *key, LigdiHook *hook)
{
  g_autofree char *command = g_settings_get_string (settings, "hook-command");
  g_autofree char *address = g_settings_get_string (settings, "hook-address");

  ligdi_hook_set_listeners (hook, command, address);
}

/**
 * ligdi_shop_settings_open_hook:
 * @settings: what the shop has set
 * @ledger: where the verdicts are
 * @checkout: what takes the payments
 * @directory: (transfer full): where the key is that messages are signed with
 * @demonstration: whether the money is play money
 *
 * Returns: (transfer full): what tells other programs of every verdict from now on
 */
LigdiHook *
ligdi_shop_settings_open_hook (GSettings *settings, LigdiLedger *ledger, LigdiCheckout *checkout,
                               char *directory, gboolean demonstration)
{
  g_autofree char *folder = directory;
  g_autofree char *key_path = g_build_filename (folder, "hook-key", NULL);
  LigdiHook *hook = ligdi_hook_new (ledger, key_path, demonstration);

  g_signal_connect_object (settings, "changed::hook-command", G_CALLBACK (on_hook_setting), hook, 0);
  g_signal_connect_object (settings, "changed::hook-address", G_CALLBACK (on_hook_setting), hook, 0);
  g_signal_connect_object (checkout, "verdict", G_CALLBACK (ligdi_hook_wake), hook,
                           G_CONNECT_SWAPPED);
  on_hook_setting (settings, NULL, hook);
  return hook;
}
