/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-address.h"
#include "ligdi-error.h"

static void
test_loopback_hosts (void)
{
  static const struct
  {
    const char *host;
    gboolean loopback;
  } table[] = {
    { "localhost", TRUE },
    { "LOCALHOST", TRUE },
    { "127.0.0.1", TRUE },
    { "127.0.0.0", TRUE },
    { "127.1.2.3", TRUE },
    { "127.255.255.255", TRUE },
    { "::1", TRUE },
    { "", FALSE },
    { "127.1", FALSE },
    { "127", FALSE },
    { "127.0.1", FALSE },
    { "127.0.0", FALSE },
    { "127.0.0.", FALSE },
    { "127.0.0.1.", FALSE },
    { ".127.0.0.1", FALSE },
    { "127..0.1", FALSE },
    { "127.0.0.1.2", FALSE },
    { "0177.0.0.1", FALSE },
    { "127.00.0.1", FALSE },
    { "127.0.0.01", FALSE },
    { "127.0.0.256", FALSE },
    { "127.0.0.1000", FALSE },
    { "127.0.0.-1", FALSE },
    { "127.0.0.+1", FALSE },
    { "127.0.0.1 ", FALSE },
    { " 127.0.0.1", FALSE },
    { "127.0.0.0x1", FALSE },
    { "0x7f.0.0.1", FALSE },
    { "2130706433", FALSE },
    { "0x7f000001", FALSE },
    { "128.0.0.1", FALSE },
    { "12.7.0.0", FALSE },
    { "0.0.0.0", FALSE },
    { "127.0.0.1.evil.com", FALSE },
    { "127.0.0.1@evil.com", FALSE },
    { "localhost.", FALSE },
    { "localhost.evil.com", FALSE },
    { "notlocalhost", FALSE },
    { "localhost localhost", FALSE },
    { "l\xc3\xb6" "calhost", FALSE },
    { "ip6-localhost", FALSE },
    { "::", FALSE },
    { "::2", FALSE },
    { "::1%lo", FALSE },
    { "::ffff:127.0.0.1", FALSE },
    { "[::1]", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("“%s”", table[i].host);
      g_assert_cmpint (ligdi_address_is_loopback_host (table[i].host), ==, table[i].loopback);
    }
}

static void
test_base_accepted (void)
{
  static const struct
  {
    const char *text, *base;
    gboolean loopback;
  } table[] = {
    { "https://app.ligdicash.com", "https://app.ligdicash.com", FALSE },
    { "https://app.ligdicash.com/", "https://app.ligdicash.com", FALSE },
    { "HTTPS://app.ligdicash.com", "https://app.ligdicash.com", FALSE },
    { "https://app.ligdicash.com:8443", "https://app.ligdicash.com:8443", FALSE },
    { "https://app.ligdicash.com:8443/", "https://app.ligdicash.com:8443", FALSE },
    { "https://relay", "https://relay", FALSE },
    { "https://192.168.1.20", "https://192.168.1.20", FALSE },
    { "https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443", FALSE },
    { "https://localhost", "https://localhost", TRUE },
    { "http://localhost:8080", "http://localhost:8080", TRUE },
    { "http://LocalHost:8080/", "http://LocalHost:8080", TRUE },
    { "HTTP://127.0.0.1:41234", "http://127.0.0.1:41234", TRUE },
    { "http://127.0.0.1:41234/", "http://127.0.0.1:41234", TRUE },
    { "http://127.9.9.9", "http://127.9.9.9", TRUE },
    { "http://[::1]:8080/", "http://[::1]:8080", TRUE },
    { "https://[::1]", "https://[::1]", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gboolean loopback = !table[i].loopback;
      g_autoptr (GError) error = NULL;
      g_autofree char *base = ligdi_address_check_base (table[i].text, &loopback, &error);
      g_autofree char *again = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (base, ==, table[i].base);
      g_assert_cmpint (loopback, ==, table[i].loopback);
      /* What was found good stays as it is. */
      again = ligdi_address_check_base (base, NULL, NULL);
      g_assert_cmpstr (again, ==, base);
    }
}

static void
test_base_refused (void)
{
  static const char *const table[] = {
    "",
    " ",
    "app.ligdicash.com",
    "//app.ligdicash.com",
    "https",
    "https:",
    "https:/",
    "https://",
    "https:///",
    "https:app.ligdicash.com",
    "https:/app.ligdicash.com",
    " https://app.ligdicash.com",
    "https://app.ligdicash.com ",
    "https://app.ligdicash.com\n",
    "https://app.ligdicash.com//",
    "https://app.ligdicash.com/pay",
    "https://app.ligdicash.com/pay/v01/",
    "https://app.ligdicash.com?",
    "https://app.ligdicash.com/?a=b",
    "https://app.ligdicash.com#",
    "https://app.ligdicash.com/#a",
    "https://user@app.ligdicash.com",
    "https://user:password@app.ligdicash.com",
    "https://@app.ligdicash.com",
    "https://:@app.ligdicash.com",
    "https://app.ligdicash.com:port",
    "https://app.ligdicash.com:99999",
    "https://app.ligdicash.com:-1",
    "https://app ligdicash.com",
    "https://app.ligdi\ncash.com",
    "https://app.ligdi\tcash.com",
    ("https://app.ligdi\x01" "cash.com"),
    "https://app.ligdicash.com\\.evil.com",
    "https://evil.com%2fapp.ligdicash.com",
    "https://evil.com%40app.ligdicash.com",
    "https://evil.com%00app.ligdicash.com",
    "https://app.ligdicash.com;evil.com",
    "https://app.ligdicash.com|evil.com",
    "https://*",
    "https://%",
    "https://[::1",
    "https://[::1%25lo]",
    "https://[app.ligdicash.com]",
    "http://app.ligdicash.com",
    "http://192.168.1.20",
    "http://10.0.0.1:8080",
    "http://0.0.0.0:8080",
    "http://[::]:8080",
    "http://[2001:db8::1]",
    "http://127.1",
    "http://0177.0.0.1",
    "http://2130706433",
    "http://127.0.0.1.evil.com",
    "http://localhost.evil.com",
    "http://localhost.",
    "http://127.0.0.1@evil.com",
    "http://evil.com:127.0.0.1",
    "http://evil.com?127.0.0.1",
    "http://evil.com#127.0.0.1",
    "http://127.0.0.1\\@evil.com",
    "http://127.0.0.1\r\n.evil.com",
    "httpss://app.ligdicash.com",
    "ftp://app.ligdicash.com",
    "ws://127.0.0.1",
    "file:///etc/passwd",
    "file://localhost/",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://app.ligdicash.com/\xff",
    "https://\xff.com",
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gboolean loopback = FALSE;
      g_autoptr (GError) error = NULL;
      g_autofree char *base = ligdi_address_check_base (table[i], &loopback, &error);

      if (base != NULL)
        g_test_message ("accepted: “%s”", table[i]);
      g_assert_null (base);
      g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_CREDENTIALS);
      g_assert_false (loopback);
    }
}

static void
test_page (void)
{
  static const struct
  {
    const char *uri;
    gboolean live, demonstration;
  } table[] = {
    { "https://client.ligdicash.com/directpayment/invoice/eyJ0eXAi.eyJpZF9pbnZvaWNl.c2ln", TRUE,
      TRUE },
    { "https://app.ligdicash.com/pay/invoice/x?y=z#w", TRUE, TRUE },
    { "HTTPS://Client.Ligdicash.com/x", TRUE, TRUE },
    { "https://client.ligdicash.com:8443/x", TRUE, TRUE },
    { "https://client.ligdicash.com/a b|c", TRUE, TRUE },
    { "http://127.0.0.1:4123/directpayment/invoice/x", FALSE, TRUE },
    { "http://localhost:4123/x", FALSE, TRUE },
    { "http://[::1]:4123/x", FALSE, TRUE },
    { "http://client.ligdicash.com/x", FALSE, FALSE },
    { "http://127.0.0.1.evil.com/x", FALSE, FALSE },
    { "http://127.0.0.1;evil.com/x", FALSE, FALSE },
    { "http://127.0.0.1\\.evil.com/x", FALSE, FALSE },
    { "http://192.168.1.20/x", FALSE, FALSE },
    { "https://user@client.ligdicash.com/x", FALSE, FALSE },
    { "https://client.ligdicash.com@evil.com/x", FALSE, FALSE },
    { "https://@client.ligdicash.com/x", FALSE, FALSE },
    { "http://user@127.0.0.1/x", FALSE, FALSE },
    { "https://evil.com\\.ligdicash.com/x", FALSE, FALSE },
    { "https://evil.com%2f.ligdicash.com/x", FALSE, FALSE },
    { "https://evil.com .ligdicash.com/x", FALSE, FALSE },
    { "https://evil.com;.ligdicash.com/x", FALSE, FALSE },
    { "https:///x", FALSE, FALSE },
    { "https:x", FALSE, FALSE },
    { "https:", FALSE, FALSE },
    { "", FALSE, FALSE },
    { "/directpayment/invoice/x", FALSE, FALSE },
    { "//client.ligdicash.com/x", FALSE, FALSE },
    { "javascript:alert(1)", FALSE, FALSE },
    { "javascript://client.ligdicash.com/%0aalert(1)", FALSE, FALSE },
    { "data:text/html,x", FALSE, FALSE },
    { "file:///etc/passwd", FALSE, FALSE },
    { "blob:https://client.ligdicash.com/x", FALSE, FALSE },
    { "about:blank", FALSE, FALSE },
    { "intent://pay#Intent;scheme=https;end", FALSE, FALSE },
    { "wave://pay", FALSE, FALSE },
    { "tel:+22670000000", FALSE, FALSE },
    { "https+x://client.ligdicash.com/x", FALSE, FALSE },
    { "https://client.ligdicash.com:99999/x", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("“%s”", table[i].uri);
      g_assert_cmpint (ligdi_address_is_page (table[i].uri, FALSE), ==, table[i].live);
      g_assert_cmpint (ligdi_address_is_page (table[i].uri, TRUE), ==, table[i].demonstration);
    }
}

static void
test_host (void)
{
  static const struct
  {
    const char *uri, *host;
  } table[] = {
    { "https://client.ligdicash.com/directpayment/invoice/x", "client.ligdicash.com" },
    { "https://client.ligdicash.com:8443/", "client.ligdicash.com" },
    { "https://ligdicash.com@evil.com/", "evil.com" },
    { "https://evil.com/?https://ligdicash.com/", "evil.com" },
    { "https://ligdicash.com.evil.com/", "ligdicash.com.evil.com" },
    { "http://[::1]:8080/", "::1" },
    { "https://\xc3\xa9vil.com/", "xn--vil-9la.com" },
    { "about:blank", NULL },
    { "https:///x", NULL },
    { "nonsense", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *host = ligdi_address_get_host (table[i].uri);

      g_assert_cmpstr (host, ==, table[i].host);
    }
}

static void
test_reach (void)
{
  static const struct
  {
    const char *uri;
    gboolean loopback;
    gboolean public;
    const char *origin;
  } table[] = {
    { "https://boutique.example/merci?a=b#c", FALSE, TRUE, "https://boutique.example" },
    { "https://boutique.example:8443/x", FALSE, TRUE, "https://boutique.example:8443" },
    { "http://127.0.0.1:41234/return/x", TRUE, FALSE, "http://127.0.0.1:41234" },
    { "http://localhost/return", TRUE, FALSE, "http://localhost" },
    { "https://[::1]:8080/x", TRUE, FALSE, "https://[::1]:8080" },
    { "https://ligdipay.invalid/return/x", FALSE, FALSE, "https://ligdipay.invalid" },
    { "https://invalid.example/", FALSE, TRUE, "https://invalid.example" },
    { "https://user:secret@boutique.example/x", FALSE, TRUE, "https://boutique.example" },
    { "about:blank", FALSE, FALSE, NULL },
    { "", FALSE, FALSE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *origin = ligdi_address_get_origin (table[i].uri);

      g_test_message ("“%s”", table[i].uri);
      g_assert_cmpint (ligdi_address_is_loopback_page (table[i].uri), ==, table[i].loopback);
      g_assert_cmpint (ligdi_address_is_public (table[i].uri), ==, table[i].public);
      g_assert_cmpstr (origin, ==, table[i].origin);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/loopback-hosts", test_loopback_hosts);
  g_test_add_func ("/address/base/accepted", test_base_accepted);
  g_test_add_func ("/address/base/refused", test_base_refused);
  g_test_add_func ("/address/page", test_page);
  g_test_add_func ("/address/host", test_host);
  g_test_add_func ("/address/reach", test_reach);
  return g_test_run ();
}
