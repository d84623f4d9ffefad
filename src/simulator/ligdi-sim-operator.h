/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LigdiSimMode:
 * @LIGDI_SIM_MODE_USSD_OTP: the customer dials a code first and types what comes back
 * @LIGDI_SIM_MODE_PUSH: the customer approves a prompt on the phone
 * @LIGDI_SIM_MODE_GUIDED: the customer gets a message and dials the code it names
 * @LIGDI_SIM_MODE_SMS_OTP: a code comes by message after the first step
 * @LIGDI_SIM_MODE_LIGDICASH_REDIRECT: a LigdiCash page that knows the number already
 * @LIGDI_SIM_MODE_OPERATOR_REDIRECT: the operator's own portal
 * @LIGDI_SIM_MODE_CARD: a card, with 3-D Secure
 *
 * How a payment is validated (validation-modes; the card flow: visa-cards/payment-flow).
 */
typedef enum
{
  LIGDI_SIM_MODE_USSD_OTP,
  LIGDI_SIM_MODE_PUSH,
  LIGDI_SIM_MODE_GUIDED,
  LIGDI_SIM_MODE_SMS_OTP,
  LIGDI_SIM_MODE_LIGDICASH_REDIRECT,
  LIGDI_SIM_MODE_OPERATOR_REDIRECT,
  LIGDI_SIM_MODE_CARD,
} LigdiSimMode;

/**
 * LigdiSimCountry:
 * @code: the country code of its phone numbers
 * @name: its name, in French
 * @example: an example of a national number
 */
typedef struct
{
  const char *code;
  const char *name;
  const char *example;
} LigdiSimCountry;

/**
 * LigdiSimOperator:
 * @key: names the operator on the payment page
 * @country: the country code, or "" for any
 * @label: the name a customer knows
 * @badge: two letters
 * @id: operator_id, or "" where nothing documents it
 * @name: operator_name
 * @mode: how a payment is validated
 * @min_amount: the smallest payment, in francs XOF
 * @prefixes: (nullable): how the operator's national numbers begin, separated by commas
 */
typedef struct
{
  const char *key;
  const char *country;
  const char *label;
  const char *badge;
  const char *id;
  const char *name;
  LigdiSimMode mode;
  int min_amount;
  const char *prefixes;
} LigdiSimOperator;

GPtrArray *ligdi_sim_operator_list (const char *country_code);
GPtrArray *ligdi_sim_operator_list_for_customer (const char *customer);
const LigdiSimOperator *ligdi_sim_operator_from_key (const char *key);
const LigdiSimCountry *ligdi_sim_country_list (gsize *n_countries);
const LigdiSimCountry *ligdi_sim_country_from_phone (const char *digits);

G_END_DECLS
