/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * LigdiSimOrder:
 * @source: the request as it was sent
 * @total_amount: what is to be collected, in francs XOF
 * @custom_data: the merchant's own keys; values are scalars
 *
 * What a merchant asked for in one create request, after all checks. Strings are never %NULL.
 */
typedef struct
{
  JsonNode *source;
  gint64 total_amount;
  char *description;
  char *customer;
  char *customer_firstname;
  char *customer_lastname;
  char *customer_email;
  char *store_name;
  char *cancel_url;
  char *return_url;
  char *callback_url;
  JsonObject *custom_data;
} LigdiSimOrder;

/**
 * LigdiSimRefusal:
 * @code: the sub-code, as in "Echec (Code08)"
 * @details: the gateway's own error text, or ""
 */
typedef struct
{
  int code;
  char details[128];
} LigdiSimRefusal;

void ligdi_sim_order_free (LigdiSimOrder *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiSimOrder, ligdi_sim_order_free)

LigdiSimOrder *ligdi_sim_order_parse (const char *data, gsize length, LigdiSimRefusal *refusal);
LigdiSimOrder *ligdi_sim_order_read (JsonNode *root, LigdiSimRefusal *refusal);

G_END_DECLS
