/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "ligdi-sale.h"
#include "ligdi-verdict.h"

G_BEGIN_DECLS

/**
 * LigdiCreateRequest:
 * @sale: what is sold
 * @description: what the payment page shows of the order
 * @store_name: the shop's name, not empty
 * @store_website: the shop's site, may be empty
 * @return_url: where the page goes after a payment
 * @cancel_url: where it goes after a cancel
 * @transaction_id: our id of the payment
 *
 * What it takes to create an invoice. Borrows everything.
 */
typedef struct
{
  const LigdiSale *sale;
  const char *description;
  const char *store_name;
  const char *store_website;
  const char *return_url;
  const char *cancel_url;
  const char *transaction_id;
} LigdiCreateRequest;

/**
 * LigdiCreateReply:
 * @token: the creation token, a secret, for confirm
 * @page_url: the hosted page, to be opened as given
 *
 * What a created invoice brings.
 */
typedef struct
{
  char *token;
  char *page_url;
} LigdiCreateReply;

void ligdi_create_reply_free (LigdiCreateReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiCreateReply, ligdi_create_reply_free)

GBytes *ligdi_gateway_codec_encode_create (const LigdiCreateRequest *request);
LigdiCreateReply *ligdi_gateway_codec_decode_create (GBytes *body, gboolean loopback_allowed,
                                                     char **sub_code, GError **error);
LigdiConfirmation *ligdi_gateway_codec_decode_confirm (GBytes *body, GError **error);

char *ligdi_gateway_read_invoice_id (const char *token);

G_END_DECLS
