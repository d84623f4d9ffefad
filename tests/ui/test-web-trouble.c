/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-web-trouble"

#include "ligdi-message.h"
#include "ligdi-web-trouble.h"

#define TODAY (LIGDI_RELEASED + 86400)

static void
test_certificates (void)
{
  static const struct
  {
    guint flags;
    gint64 now;
    LigdiWebTrouble trouble;
  } table[] = {
    { G_TLS_CERTIFICATE_UNKNOWN_CA, TODAY, LIGDI_WEB_TROUBLE_UNTRUSTED },
    { G_TLS_CERTIFICATE_INSECURE, TODAY, LIGDI_WEB_TROUBLE_UNTRUSTED },
    { G_TLS_CERTIFICATE_REVOKED, TODAY, LIGDI_WEB_TROUBLE_UNTRUSTED },
    { G_TLS_CERTIFICATE_GENERIC_ERROR, TODAY, LIGDI_WEB_TROUBLE_UNTRUSTED },
    { 0, TODAY, LIGDI_WEB_TROUBLE_UNTRUSTED },
    { G_TLS_CERTIFICATE_EXPIRED, TODAY, LIGDI_WEB_TROUBLE_EXPIRED },
    { G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_UNKNOWN_CA, TODAY, LIGDI_WEB_TROUBLE_UNTRUSTED },
    { G_TLS_CERTIFICATE_BAD_IDENTITY, TODAY, LIGDI_WEB_TROUBLE_OTHER_HOST },
    { G_TLS_CERTIFICATE_BAD_IDENTITY | G_TLS_CERTIFICATE_UNKNOWN_CA, TODAY,
      LIGDI_WEB_TROUBLE_OTHER_HOST },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED, TODAY, LIGDI_WEB_TROUBLE_CLOCK },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED | G_TLS_CERTIFICATE_UNKNOWN_CA, TODAY,
      LIGDI_WEB_TROUBLE_CLOCK },
    { G_TLS_CERTIFICATE_UNKNOWN_CA, LIGDI_RELEASED - 1, LIGDI_WEB_TROUBLE_CLOCK },
    { G_TLS_CERTIFICATE_EXPIRED, 0, LIGDI_WEB_TROUBLE_CLOCK },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (ligdi_web_trouble_from_certificate ((GTlsCertificateFlags) table[i].flags,
                                                         table[i].now),
                     ==, table[i].trouble);
}

static void
test_errors (void)
{
  static const struct
  {
    GQuark (*domain) (void);
    int code;
    LigdiWebTrouble trouble;
  } table[] = {
    { g_resolver_error_quark, G_RESOLVER_ERROR_NOT_FOUND, LIGDI_WEB_TROUBLE_OFFLINE },
    { g_io_error_quark, G_IO_ERROR_CONNECTION_REFUSED, LIGDI_WEB_TROUBLE_OFFLINE },
    { g_io_error_quark, G_IO_ERROR_HOST_UNREACHABLE, LIGDI_WEB_TROUBLE_OFFLINE },
    { g_io_error_quark, G_IO_ERROR_NETWORK_UNREACHABLE, LIGDI_WEB_TROUBLE_OFFLINE },
    { g_io_error_quark, G_IO_ERROR_TIMED_OUT, LIGDI_WEB_TROUBLE_OFFLINE },
    { g_io_error_quark, G_IO_ERROR_FAILED, LIGDI_WEB_TROUBLE_LOAD },
    { g_tls_error_quark, G_TLS_ERROR_EOF, LIGDI_WEB_TROUBLE_LOAD },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (table[i].domain (), table[i].code, "raw text");

      g_assert_cmpint (ligdi_web_trouble_from_error (error), ==, table[i].trouble);
    }
}

/* Every trouble has its words, and none of them calls the payment lost. */
static void
test_words (void)
{
  for (int i = LIGDI_WEB_TROUBLE_LOAD; i <= LIGDI_WEB_TROUBLE_UNTRUSTED; i++)
    {
      LigdiMessage message = ligdi_message_for_trouble ((LigdiWebTrouble) i);

      g_assert_nonnull (message.title);
      g_assert_nonnull (message.sentence);
      g_assert_null (g_strstr_len (message.title, -1, "fail"));
      g_assert_null (g_strstr_len (message.sentence, -1, "fail"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/web-trouble/certificates", test_certificates);
  g_test_add_func ("/web-trouble/errors", test_errors);
  g_test_add_func ("/web-trouble/words", test_words);
  return g_test_run ();
}
