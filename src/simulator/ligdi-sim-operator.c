/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-operator.h"

#include <string.h>

/* The operators of reference/supported-operators and of the operators' own pages. Prefixes of
 * phone numbers are given where the national numbering plan tells operators apart. */

#define ANY_COUNTRY ""

static const LigdiSimCountry countries[] = {
  { "226", "Burkina Faso", "07 00 00 01" },
  { "229", "Bénin", "01 97 00 00 01" },
  { "225", "Côte d’Ivoire", "07 00 00 00 01" },
  { "224", "Guinée", "620 00 00 01" },
  { "223", "Mali", "70 00 00 01" },
  { "227", "Niger", "90 00 00 01" },
  { "243", "RD Congo", "890 000 001" },
  { "221", "Sénégal", "77 000 00 01" },
  { "228", "Togo", "90 00 00 01" },
};

static const LigdiSimOperator operators[] = {
  { "orange-bf", "226", "Orange Money", "OM", "11", "ORANGE BURKINA",
    LIGDI_SIM_MODE_USSD_OTP, 10, "04,05,06,07,54,55,56,57,64,65,66,67,74,75,76,77" },
  { "moov-bf", "226", "Moov Money", "MM", "12", "MOOV AFRICA BURKINA",
    LIGDI_SIM_MODE_PUSH, 100, "01,02,03,50,51,52,53,60,61,62,63,70,71,72,73" },
  { "mtn-bj", "229", "MTN MoMo", "MT", "1", "MTN BENIN",
    LIGDI_SIM_MODE_PUSH, 100, NULL },
  { "moov-bj", "229", "Moov Money", "MM", "2", "MOOV BENIN",
    LIGDI_SIM_MODE_PUSH, 100, NULL },
  { "yas-tg", "228", "Mixx by Yas", "YA", "3", "YAS TOGO",
    LIGDI_SIM_MODE_PUSH, 100, NULL },
  { "moov-tg", "228", "Moov Money", "MM", "", "MOOV TOGO",
    LIGDI_SIM_MODE_PUSH, 100, NULL },
  { "orange-ci", "225", "Orange Money", "OM", "16", "ORANGE CI",
    LIGDI_SIM_MODE_OPERATOR_REDIRECT, 10, "07" },
  { "mtn-ci", "225", "MTN MoMo", "MT", "15", "MTN CI",
    LIGDI_SIM_MODE_GUIDED, 10, "05" },
  { "moov-ci", "225", "Moov Money", "MM", "14", "MOOV CI",
    LIGDI_SIM_MODE_PUSH, 100, "01" },
  { "orange-ml", "223", "Orange Money", "OM", "18", "ORANGE MALI",
    LIGDI_SIM_MODE_OPERATOR_REDIRECT, 100, NULL },
  { "airtel-ne", "227", "Airtel Money", "AM", "27", "AIRTEL NIGER",
    LIGDI_SIM_MODE_PUSH, 10, NULL },
  { "zamani-ne", "227", "Zamani Cash", "ZC", "28", "ORANGE/ZAMANI NIGER",
    LIGDI_SIM_MODE_GUIDED, 10, NULL },
  { "moov-ne", "227", "Moov Money", "MM", "29", "MOOV AFRICA NIGER",
    LIGDI_SIM_MODE_PUSH, 9, NULL },
  { "orange-gn", "224", "Orange Money", "OM", "33", "ORANGE GUINEE",
    LIGDI_SIM_MODE_LIGDICASH_REDIRECT, 200, NULL },
  { "mtn-gn", "224", "MTN MoMo", "MT", "51", "MTN GUINEE",
    LIGDI_SIM_MODE_LIGDICASH_REDIRECT, 200, NULL },
  { "orange-cd", "243", "Orange Money", "OM", "34", "ORANGE RDC",
    LIGDI_SIM_MODE_LIGDICASH_REDIRECT, 10, NULL },
  { "vodacom-cd", "243", "M-Pesa", "MP", "", "VODACOM RDC",
    LIGDI_SIM_MODE_PUSH, 10, NULL },
  { "airtel-cd", "243", "Airtel Money", "AM", "", "AIRTEL RDC",
    LIGDI_SIM_MODE_PUSH, 10, NULL },
  { "africell-cd", "243", "Africell Money", "AF", "", "AFRICELL RDC",
    LIGDI_SIM_MODE_PUSH, 100, NULL },
  { "wave-sn", "221", "Wave", "WA", "39", "WAVE SENEGAL",
    LIGDI_SIM_MODE_LIGDICASH_REDIRECT, 9, NULL },
  { "orange-sn", "221", "Orange Money", "OM", "", "ORANGE SENEGAL",
    LIGDI_SIM_MODE_LIGDICASH_REDIRECT, 9, NULL },
  { "yas-sn", "221", "Mixx by Yas", "YA", "", "FREE SENEGAL",
    LIGDI_SIM_MODE_LIGDICASH_REDIRECT, 9, NULL },
  { "wallet", ANY_COUNTRY, "Compte LigdiCash", "LC", "", "LIGDICASH",
    LIGDI_SIM_MODE_SMS_OTP, 9, NULL },
  { "visa", ANY_COUNTRY, "Carte Visa", "VI", "", "VISA",
    LIGDI_SIM_MODE_CARD, 9, NULL },
};

static const LigdiSimCountry *
find_country (const char *digits)
{
  for (gsize i = 0; i < G_N_ELEMENTS (countries); i++)
    if (g_str_has_prefix (digits, countries[i].code))
      return &countries[i];
  return NULL;
}

static gboolean
number_belongs_to (const LigdiSimOperator *op, const char *national_number)
{
  g_auto (GStrv) prefixes = NULL;

  if (op->prefixes == NULL)
    return TRUE;

  prefixes = g_strsplit (op->prefixes, ",", -1);
  for (int i = 0; prefixes[i] != NULL; i++)
    if (g_str_has_prefix (national_number, prefixes[i]))
      return TRUE;
  return FALSE;
}

/**
 * ligdi_sim_operator_list:
 * @country_code: a country code
 *
 * Returns: (transfer container) (element-type LigdiSimOperator): the country's operators, then
 *   what works in every country
 */
GPtrArray *
ligdi_sim_operator_list (const char *country_code)
{
  GPtrArray *list = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    if (strcmp (operators[i].country, country_code) == 0
        || strcmp (operators[i].country, ANY_COUNTRY) == 0)
      g_ptr_array_add (list, (gpointer) &operators[i]);

  return list;
}

/**
 * ligdi_sim_operator_list_for_customer:
 * @customer: the phone number a merchant sent as "customer"
 *
 * A page made for a number shows only the operators that match it, which is why merchants are
 * told to leave "customer" empty (hosted-payin/common-pitfalls).
 *
 * Returns: (transfer container) (element-type LigdiSimOperator): they may be none
 */
GPtrArray *
ligdi_sim_operator_list_for_customer (const char *customer)
{
  const LigdiSimCountry *country = find_country (customer);
  GPtrArray *list = g_ptr_array_new ();

  for (gsize i = 0; country != NULL && i < G_N_ELEMENTS (operators); i++)
    if (strcmp (operators[i].country, country->code) == 0
        && number_belongs_to (&operators[i], customer + strlen (country->code)))
      g_ptr_array_add (list, (gpointer) &operators[i]);

  return list;
}

/**
 * ligdi_sim_operator_from_key:
 * @key: what the payment page sent
 *
 * Returns: (transfer none) (nullable): the operator
 */
const LigdiSimOperator *
ligdi_sim_operator_from_key (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    if (strcmp (operators[i].key, key) == 0)
      return &operators[i];
  return NULL;
}

/**
 * ligdi_sim_country_list:
 * @n_countries: (out): how many
 *
 * Returns: (array length=n_countries): the countries, Burkina Faso first
 */
const LigdiSimCountry *
ligdi_sim_country_list (gsize *n_countries)
{
  *n_countries = G_N_ELEMENTS (countries);
  return countries;
}

/**
 * ligdi_sim_country_from_phone:
 * @digits: a phone number with its country code, or a country code
 *
 * Returns: (transfer none) (nullable): the country
 */
const LigdiSimCountry *
ligdi_sim_country_from_phone (const char *digits)
{
  return find_country (digits);
}
