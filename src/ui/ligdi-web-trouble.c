/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-web-trouble.h"

/**
 * ligdi_web_trouble_from_certificate:
 * @flags: everything that is wrong with a certificate
 * @now: what this computer's clock says, s since 1970
 *
 * Batteries of old tills run out, and their clocks begin anew; then every certificate seems
 * wrong. A day before this program was made is such a clock, and so is one on which a
 * certificate is not valid yet.
 *
 * Returns: the one thing to tell
 */
LigdiWebTrouble
ligdi_web_trouble_from_certificate (GTlsCertificateFlags flags, gint64 now)
{
  if (now < LIGDI_RELEASED || (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED) != 0)
    return LIGDI_WEB_TROUBLE_CLOCK;
  if ((flags & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
    return LIGDI_WEB_TROUBLE_OTHER_HOST;
  if ((flags & ~G_TLS_CERTIFICATE_EXPIRED) != 0)
    return LIGDI_WEB_TROUBLE_UNTRUSTED;
  return (flags & G_TLS_CERTIFICATE_EXPIRED) != 0 ? LIGDI_WEB_TROUBLE_EXPIRED
                                                  : LIGDI_WEB_TROUBLE_UNTRUSTED;
}

/**
 * ligdi_web_trouble_from_error:
 * @error: why a page did not load
 *
 * Returns: the one thing to tell
 */
LigdiWebTrouble
ligdi_web_trouble_from_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, LIGDI_WEB_TROUBLE_LOAD);

  if (error->domain == G_RESOLVER_ERROR
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return LIGDI_WEB_TROUBLE_OFFLINE;
  return LIGDI_WEB_TROUBLE_LOAD;
}
