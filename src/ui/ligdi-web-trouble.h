/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LigdiWebTrouble:
 * @LIGDI_WEB_TROUBLE_LOAD: the page did not come
 * @LIGDI_WEB_TROUBLE_OFFLINE: its host could not be reached
 * @LIGDI_WEB_TROUBLE_BLANK: it came and shows nothing
 * @LIGDI_WEB_TROUBLE_CLOCK: the date of this computer is wrong, so that no certificate counts
 * @LIGDI_WEB_TROUBLE_EXPIRED: its certificate is too old
 * @LIGDI_WEB_TROUBLE_OTHER_HOST: its certificate belongs to another host
 * @LIGDI_WEB_TROUBLE_UNTRUSTED: nobody vouches for its certificate
 *
 * Why a payment page is not shown. The link is good all the same and may be tried
 * again, here or on a phone.
 */
typedef enum
{
  LIGDI_WEB_TROUBLE_LOAD,
  LIGDI_WEB_TROUBLE_OFFLINE,
  LIGDI_WEB_TROUBLE_BLANK,
  LIGDI_WEB_TROUBLE_CLOCK,
  LIGDI_WEB_TROUBLE_EXPIRED,
  LIGDI_WEB_TROUBLE_OTHER_HOST,
  LIGDI_WEB_TROUBLE_UNTRUSTED,
} LigdiWebTrouble;

LigdiWebTrouble ligdi_web_trouble_from_certificate (GTlsCertificateFlags flags, gint64 now);
LigdiWebTrouble ligdi_web_trouble_from_error (const GError *error);

G_END_DECLS
