/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-page-policy.h"

#define RETURN_URL "https://ligdipay.invalid/return/0f3c9b"
#define CANCEL_URL "https://ligdipay.invalid/cancel/77aa01"

#define ALLOW LIGDI_PAGE_ALLOW
#define BLOCK LIGDI_PAGE_BLOCK
#define RETURNED LIGDI_PAGE_RETURNED
#define CANCELLED LIGDI_PAGE_CANCELLED
#define PHONE LIGDI_PAGE_PHONE

static const char *const decisions[] = { "allow", "block", "returned", "cancelled", "phone" };

static void
assert_decision (const char *uri, gboolean loopback_allowed, LigdiPageDecision expected)
{
  LigdiPageDecision decision
      = ligdi_page_policy_decide (RETURN_URL, CANCEL_URL, loopback_allowed, uri);

  if (decision != expected)
    g_test_message ("%s: %s", uri, decisions[decision]);
  g_assert_cmpstr (decisions[decision], ==, decisions[expected]);
}

/* The same with and without a gateway on this computer. */
static void
test_everywhere (void)
{
  static const struct
  {
    const char *uri;
    LigdiPageDecision decision;
  } table[] = {
    /* Ours, in every spelling that means the same place. */
    { RETURN_URL, RETURNED },
    { CANCEL_URL, CANCELLED },
    { RETURN_URL "/", RETURNED },
    { CANCEL_URL "/", CANCELLED },
    { RETURN_URL "?token=eyJ0eXAi.eyJp.c2ln", RETURNED },
    { RETURN_URL "/?token=eyJ0eXAi.eyJp.c2ln", RETURNED },
    { CANCEL_URL "?token=a&b=c", CANCELLED },
    { RETURN_URL "?", RETURNED },
    { RETURN_URL "#", RETURNED },
    { RETURN_URL "#done", RETURNED },
    { RETURN_URL "?token=a#b?c", RETURNED },
    { RETURN_URL "?next=" CANCEL_URL, RETURNED },
    { CANCEL_URL "?next=" RETURN_URL, CANCELLED },
    { CANCEL_URL "#" RETURN_URL, CANCELLED },
    { RETURN_URL "?a b|c{}", RETURNED },
    { RETURN_URL "?%zz", RETURNED },
    { "https://ligdipay.invalid:443/return/0f3c9b", RETURNED },
    { "https://LIGDIPAY.Invalid/return/0f3c9b", RETURNED },
    { "HTTPS://ligdipay.invalid/return/0f3c9b", RETURNED },
    { "hTTps://ligdipay.INVALID:443/cancel/77aa01/?x", CANCELLED },
    { "https://ligdipay.invalid/return/./0f3c9b", RETURNED },
    { "https://ligdipay.invalid/x/../return/0f3c9b", RETURNED },
    { "https://ligdipay.invalid/return/0f3c9%62", RETURNED },
    { "https://ligdipay.invalid/%72eturn/0f3c9b", RETURNED },

    /* Near misses: not ours, but somebody's https. */
    { "https://ligdipay.invalid/", ALLOW },
    { "https://ligdipay.invalid", ALLOW },
    { "https://ligdipay.invalid/return/", ALLOW },
    { "https://ligdipay.invalid/return/0f3c9", ALLOW },
    { "https://ligdipay.invalid/return/0f3c9bb", ALLOW },
    { "https://ligdipay.invalid/return/0F3C9B", ALLOW },
    { "https://ligdipay.invalid/Return/0f3c9b", ALLOW },
    { "https://ligdipay.invalid/return/77aa01", ALLOW },
    { "https://ligdipay.invalid/return/0f3c9b//", ALLOW },
    { "https://ligdipay.invalid//return/0f3c9b", ALLOW },
    { "https://ligdipay.invalid/return//0f3c9b", ALLOW },
    { "https://ligdipay.invalid/return/0f3c9b/more", ALLOW },
    { "https://ligdipay.invalid/x/return/0f3c9b", ALLOW },
    { "https://ligdipay.invalid/return/0f3c9b;x", ALLOW },
    { "https://ligdipay.invalid/return/0f3c9b&token=a", ALLOW },
    { "https://ligdipay.invalid/return/0f3c9b%3Ftoken=a", ALLOW },
    { "https://ligdipay.invalid/return/0f3c9b%00", ALLOW },
    { "https://ligdipay.invalid/return%2F0f3c9b", ALLOW },
    { "https://ligdipay.invalid:444/return/0f3c9b", ALLOW },
    { "https://ligdipay.invalid:80/return/0f3c9b", ALLOW },
    { "https://ligdipay.invalid:0/return/0f3c9b", ALLOW },
    { "https://ligdipay.invalid:4430/return/0f3c9b", ALLOW },
    { "https://ligdipay.invalid./return/0f3c9b", ALLOW },
    { "https://www.ligdipay.invalid/return/0f3c9b", ALLOW },
    { "https://ligdipay.invalid.evil.com/return/0f3c9b", ALLOW },
    { "https://ligdipay-invalid/return/0f3c9b", ALLOW },
    { "https://ligdipayxinvalid/return/0f3c9b", ALLOW },
    { "https://evilligdipay.invalid/return/0f3c9b", ALLOW },
    { "https://ligdipay.invali/return/0f3c9b", ALLOW },
    { "https://xn--ligdipy-8wa.invalid/return/0f3c9b", ALLOW },
    { "https://ligdip\xd0\xb0y.invalid/return/0f3c9b", ALLOW }, /* a Cyrillic а */
    { "https://evil.com/return/0f3c9b", ALLOW },

    /* Ours inside another address. */
    { "https://evil.com/?u=" RETURN_URL, ALLOW },
    { "https://evil.com/?" RETURN_URL, ALLOW },
    { "https://evil.com/#" RETURN_URL, ALLOW },
    { "https://evil.com/" RETURN_URL, ALLOW },
    { "https://evil.com/ligdipay.invalid/return/0f3c9b", ALLOW },
    { "https://evil.com?@ligdipay.invalid/return/0f3c9b", ALLOW },
    { "https://evil.com#@ligdipay.invalid/return/0f3c9b", ALLOW },

    /* Userinfo: an address that wants to look like another. */
    { "https://ligdipay.invalid@evil.com/return/0f3c9b", BLOCK },
    { "https://evil.com@ligdipay.invalid/return/0f3c9b", BLOCK },
    { "https://user@ligdipay.invalid/return/0f3c9b", BLOCK },
    { "https://user:password@ligdipay.invalid/return/0f3c9b", BLOCK },
    { "https://@ligdipay.invalid/return/0f3c9b", BLOCK },
    { "https://:@ligdipay.invalid/return/0f3c9b", BLOCK },
    { "https://ligdipay.invalid%40evil.com/return/0f3c9b", BLOCK },
    { "https://user@evil.com/", BLOCK },

    /* Other pages of a payment: operators, banks, 3-D Secure. */
    { "https://client.ligdicash.com/directpayment/invoice/eyJ0eXAi.eyJp.c2ln", ALLOW },
    { "https://mpayment.orange-money.com/ci/pay", ALLOW },
    { "https://bf.instantbillspay.com/instant/preview?a=b|c", ALLOW },
    { "https://192.0.2.7:8443/x", ALLOW },
    { "https://[2001:db8::7]/x", ALLOW },
    { "https://xn--9ca.example/", ALLOW },
    { "about:blank", ALLOW },
    { "about:srcdoc", ALLOW },
    { "blob:https://mpi.example/0d0c8e9e-3b2a-4d53", ALLOW },
    { "BLOB:https://mpi.example/0d0c8e9e-3b2a-4d53", ALLOW },

    /* Never. */
    { NULL, BLOCK },
    { "", BLOCK },
    { " ", BLOCK },
    { "?", BLOCK },
    { "/return/0f3c9b", BLOCK },
    { "//ligdipay.invalid/return/0f3c9b", BLOCK },
    { "ligdipay.invalid/return/0f3c9b", BLOCK },
    { "http://ligdipay.invalid/return/0f3c9b", BLOCK },
    { "http://ligdipay.invalid:443/return/0f3c9b", BLOCK },
    { "http://evil.com/", BLOCK },
    { "http://127.0.0.1.evil.com/", BLOCK },
    { "http://127.0.0.1@evil.com/", BLOCK },
    { "http://localhost.evil.com/", BLOCK },
    { "http://127.1/", BLOCK },
    { "http://0177.0.0.1/", BLOCK },
    { "http://2130706433/", BLOCK },
    { "http://0.0.0.0/", BLOCK },
    { "http://192.168.1.1/", BLOCK },
    { "http://[::ffff:127.0.0.1]/", BLOCK },
    { "https:///return/0f3c9b", BLOCK },
    { "https:/ligdipay.invalid/return/0f3c9b", BLOCK },
    { "https:ligdipay.invalid/return/0f3c9b", BLOCK },
    { "https:\\\\ligdipay.invalid/return/0f3c9b", BLOCK },
    { "https://ligdipay.invalid\\return\\0f3c9b", BLOCK },
    { "https://evil.com\\@ligdipay.invalid/return/0f3c9b", BLOCK },
    { "https://ligdipay.invalid:99999/return/0f3c9b", BLOCK },
    { "https://ligdipay.invalid:x/return/0f3c9b", BLOCK },
    { "https://[::1/return/0f3c9b", BLOCK },
    { "https://", BLOCK },
    { "https:", BLOCK },
    { "about:", BLOCK },
    { "about:config", BLOCK },
    { "about:blankx", BLOCK },
    { "about:blank/../srcdoc", BLOCK },
    { "About:Blank", BLOCK },
    { "blob:", BLOCK },
    { "blob:null/0d0c8e9e", BLOCK },
    { "blob:http://evil.com/0d0c8e9e", BLOCK },
    { "blob:file:///etc/passwd", BLOCK },
    { "blob:blob:https://evil.com/x", BLOCK },
    { "blob:javascript:alert(1)", BLOCK },
    { "blob:https://user@evil.com/x", BLOCK },
    { "blob:" RETURN_URL, ALLOW },
    { "data:text/html,<h1>PAID</h1>", BLOCK },
    { "data:text/html;base64,eA==", BLOCK },
    { "javascript:alert(1)", BLOCK },
    { "JavaScript:alert(1)", BLOCK },
    { "java\nscript:alert(1)", BLOCK },
    { "javascript:location='" RETURN_URL "'", BLOCK },
    { "javascript://ligdipay.invalid/return/0f3c9b", BLOCK },
    { "intent://pay#Intent;scheme=https;package=x;end", PHONE },
    { "market://details?id=x", PHONE },
    { "wave://pay?x", PHONE },
    { "tel:*144*4*6%23", PHONE },
    { "sms:+22670000000", PHONE },
    { "WAVE:capture", PHONE },
    { "orangemoney+v2.x:pay", PHONE },
    { "whatsapp://send?text=" RETURN_URL, PHONE },
    { "wave :pay", BLOCK },
    { "1wave:pay", BLOCK },
    { "\xc3\xa9wave:pay", BLOCK },
    { "mailto:a@b.c", BLOCK },
    { "view-source:" RETURN_URL, BLOCK },
    { "filesystem:https://evil.com/x", BLOCK },
    { "webkit-pdfjs-viewer://pdfjs/x", BLOCK },
    { "file:///etc/passwd", BLOCK },
    { "file://ligdipay.invalid/return/0f3c9b", BLOCK },
    { "ftp://ligdipay.invalid/return/0f3c9b", BLOCK },
    { "ws://ligdipay.invalid/return/0f3c9b", BLOCK },
    { "wss://ligdipay.invalid/return/0f3c9b", BLOCK },
    { "resource:///org/gnome/x", BLOCK },
    { "webkit://gpu", BLOCK },
    { "inspector://x", BLOCK },
    { "view-source:" RETURN_URL, BLOCK },
    { "filesystem:https://evil.com/temporary/x", BLOCK },
    { "httpss://ligdipay.invalid/return/0f3c9b", PHONE },
    { "https\xe2\x80\x8b://ligdipay.invalid/return/0f3c9b", BLOCK },
    { "https://ligdipay.invalid%00.evil.com/return/0f3c9b", BLOCK },
    { "https://ligdipay.invalid%2freturn/0f3c9b", BLOCK },
    { "https://ligdipay .invalid/return/0f3c9b", BLOCK },
    { "https://%/return/0f3c9b", BLOCK },
    { "%68ttps://ligdipay.invalid/return/0f3c9b", BLOCK },
    { "\x01\x02\x03", BLOCK },
    { "\xff\xfe", BLOCK },
    { "https://\xff/", BLOCK },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      assert_decision (table[i].uri, FALSE, table[i].decision);
      assert_decision (table[i].uri, TRUE, table[i].decision);
    }
}

/* A shop's own page for both: our word in its query tells, among what the gateway adds. */
static void
test_shop_page (void)
{
  static const struct
  {
    const char *uri;
    LigdiPageDecision decision;
  } table[] = {
    { "https://shop.example/thanks?lang=fr&payment=returned", RETURNED },
    { "https://shop.example/thanks?lang=fr&payment=cancelled", CANCELLED },
    { "https://shop.example/thanks?lang=fr&payment=cancelled&token=eyJ0.eyJp.c2ln", CANCELLED },
    { "https://shop.example/thanks?token=eyJ0.eyJp.c2ln&payment=cancelled&lang=fr", CANCELLED },
    { "https://shop.example/thanks/?lang=fr&payment=cancelled#done", CANCELLED },
    /* What is not clearly a cancel is looked into like a return. */
    { "https://shop.example/thanks", RETURNED },
    { "https://shop.example/thanks?token=eyJ0.eyJp.c2ln", RETURNED },
    { "https://shop.example/thanks?lang=fr&payment=cancelled2", RETURNED },
    { "https://shop.example/thanks?lang=fr&xpayment=cancelled", RETURNED },
    { "https://shop.example/thanks?lang=fr#payment=cancelled", RETURNED },
    { "https://shop.example/thanks?u=payment=cancelled&lang=fr", RETURNED },
    { "https://shop.example/other?lang=fr&payment=cancelled", ALLOW },
    { "https://evil.com/?lang=fr&payment=cancelled", ALLOW },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      LigdiPageDecision decision = ligdi_page_policy_decide (
          "https://shop.example/thanks?lang=fr&payment=returned",
          "https://shop.example/thanks?lang=fr&payment=cancelled", FALSE, table[i].uri);

      if (decision != table[i].decision)
        g_test_message ("%s", table[i].uri);
      g_assert_cmpstr (decisions[decision], ==, decisions[table[i].decision]);
    }
}

/* Plain http is for a gateway on this computer, and only while it is the configured one. */
static void
test_loopback (void)
{
  static const char *const table[] = {
    "http://127.0.0.1/",
    "http://127.0.0.1:41234/directpayment/invoice/eyJ0eXAi.eyJp.c2ln",
    "http://127.255.0.9:41234/",
    "http://localhost:41234/x",
    "http://LOCALHOST/x",
    "http://[::1]:41234/x",
    "blob:http://127.0.0.1:41234/0d0c8e9e",
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      assert_decision (table[i], TRUE, ALLOW);
      assert_decision (table[i], FALSE, BLOCK);
    }
}

/* WebKit cleans an address before it opens it; ours is recognised before and after. */
static void
test_cleaned (void)
{
  assert_decision (" " RETURN_URL " ", FALSE, RETURNED);
  assert_decision ("https://ligdipay.invalid/return/0f\n3c9b", FALSE, RETURNED);
  assert_decision ("https://ligdi\tpay.invalid/cancel/77aa01", FALSE, CANCELLED);
}

static void
test_long (void)
{
  g_autofree char *filler = g_strnfill (10 * 1024, 'a');
  g_autofree char *slashes = g_strnfill (10 * 1024, '/');
  g_autofree char *in_query = g_strconcat (RETURN_URL "?token=", filler, NULL);
  g_autofree char *in_path = g_strconcat (RETURN_URL, filler, NULL);
  g_autofree char *in_host = g_strconcat ("https://", filler, ".com/", NULL);
  g_autofree char *in_user = g_strconcat ("https://", filler, "@ligdipay.invalid/", NULL);
  g_autofree char *in_scheme = g_strconcat (filler, "://ligdipay.invalid/return/0f3c9b", NULL);
  g_autofree char *many_slashes = g_strconcat (RETURN_URL, slashes, NULL);

  assert_decision (in_query, FALSE, RETURNED);
  assert_decision (in_path, FALSE, ALLOW);
  assert_decision (in_host, FALSE, ALLOW);
  assert_decision (in_user, FALSE, BLOCK);
  assert_decision (in_scheme, FALSE, BLOCK);
  assert_decision (many_slashes, FALSE, ALLOW);
  assert_decision (filler, FALSE, BLOCK);
}

/* A payment's own addresses are exact: another payment's are nothing to it, and addresses
 * that carry a port, a query or a closing slash of their own are understood. */
static void
test_other_addresses (void)
{
  g_assert_cmpint (ligdi_page_policy_decide ("https://shop.example:8443/back/?n=1",
                                             "https://shop.example:8443/back-out/?n=1", FALSE,
                                             "https://shop.example:8443/back?n=1&token=x"),
                   ==, RETURNED);
  g_assert_cmpint (ligdi_page_policy_decide ("https://shop.example/back",
                                             "https://shop.example/back-out", FALSE,
                                             "https://shop.example/back-out?token=x"),
                   ==, CANCELLED);
  g_assert_cmpint (ligdi_page_policy_decide ("https://shop.example/back",
                                             "https://shop.example/back-out", FALSE, RETURN_URL),
                   ==, ALLOW);
  /* On a gateway of this computer both may be plain http. */
  g_assert_cmpint (ligdi_page_policy_decide ("http://127.0.0.1:8080/back",
                                             "http://127.0.0.1:8080/out", TRUE,
                                             "http://127.0.0.1:8080/back?token=x"),
                   ==, RETURNED);
  /* A scheme's own port need not be written. */
  g_assert_cmpint (ligdi_page_policy_decide ("http://127.0.0.1/back", "http://127.0.0.1/out", TRUE,
                                             "http://127.0.0.1:80/back"),
                   ==, RETURNED);
  g_assert_cmpint (ligdi_page_policy_decide ("http://127.0.0.1/back", "http://127.0.0.1/out", TRUE,
                                             "http://127.0.0.1:443/back"),
                   ==, ALLOW);
  /* Nor need a root's slash, on either side. */
  g_assert_cmpint (ligdi_page_policy_decide ("https://shop.example", "https://shop.example/out",
                                             FALSE, "https://shop.example/?token=x"),
                   ==, RETURNED);
  g_assert_cmpint (ligdi_page_policy_decide ("https://shop.example/", "https://shop.example/out",
                                             FALSE, "https://shop.example?token=x"),
                   ==, RETURNED);
}

/* A ledger that somebody wrote to may hold what is no address: nothing leads there. */
static void
test_no_addresses (void)
{
  g_assert_cmpint (ligdi_page_policy_decide ("", CANCEL_URL, FALSE, CANCEL_URL), ==, CANCELLED);
  g_assert_cmpint (ligdi_page_policy_decide (RETURN_URL, "::", FALSE, RETURN_URL), ==, RETURNED);
  g_assert_cmpint (ligdi_page_policy_decide ("", "::", FALSE, RETURN_URL), ==, ALLOW);
  g_assert_cmpint (ligdi_page_policy_decide ("", "::", FALSE, ""), ==, BLOCK);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-policy/everywhere", test_everywhere);
  g_test_add_func ("/page-policy/shop-page", test_shop_page);
  g_test_add_func ("/page-policy/loopback", test_loopback);
  g_test_add_func ("/page-policy/cleaned", test_cleaned);
  g_test_add_func ("/page-policy/long", test_long);
  g_test_add_func ("/page-policy/other-addresses", test_other_addresses);
  g_test_add_func ("/page-policy/no-addresses", test_no_addresses);
  return g_test_run ();
}
