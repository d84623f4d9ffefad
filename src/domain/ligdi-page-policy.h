/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LigdiPageDecision:
 * @LIGDI_PAGE_ALLOW: let the page go there
 * @LIGDI_PAGE_BLOCK: do not
 * @LIGDI_PAGE_RETURNED: the return address of this payment: leave the page, ask confirm
 * @LIGDI_PAGE_CANCELLED: the cancel address of this payment: leave the page, ask confirm
 * @LIGDI_PAGE_PHONE: what only an app on a telephone opens: do not, and offer the QR code
 *
 * What to do about an address that a payment page wants to reach. Returned and
 * cancelled are hints to go and ask, never proof of anything.
 */
typedef enum
{
  LIGDI_PAGE_ALLOW,
  LIGDI_PAGE_BLOCK,
  LIGDI_PAGE_RETURNED,
  LIGDI_PAGE_CANCELLED,
  LIGDI_PAGE_PHONE,
} LigdiPageDecision;

LigdiPageDecision ligdi_page_policy_decide (const char *return_url, const char *cancel_url,
                                            gboolean loopback_allowed, const char *uri);

G_END_DECLS
