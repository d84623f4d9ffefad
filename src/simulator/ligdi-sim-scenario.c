/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-scenario.h"
#include "ligdi-sim-outcome.h"

#include <string.h>

/* The scenarios by name. Most can also be played by an amount: from 9 901 on, and never a
 * multiple of 5, since no coin or note makes one, so that ordinary sales behave ordinarily. */

static const LigdiSimScenario scenarios[] = {
  { "normal", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_NONE, 0,
    "The page decides; Pay pays." },
  { "declined", LIGDI_SIM_OUTCOME_DECLINED, LIGDI_SIM_FAULT_NONE, 9901,
    "The operator refuses the payment: notcompleted." },
  { "pending", LIGDI_SIM_OUTCOME_PENDING, LIGDI_SIM_FAULT_NONE, 9902,
    "The payment stays pending for two minutes, then it is paid." },
  { "cancelled", LIGDI_SIM_OUTCOME_CANCELLED, LIGDI_SIM_FAULT_NONE, 9903,
    "The customer goes back by the cancel address; still pending." },
  { "left", LIGDI_SIM_OUTCOME_LEFT, LIGDI_SIM_FAULT_NONE, 9904,
    "The customer goes back by the return address without paying." },
  { "network-cut", LIGDI_SIM_OUTCOME_NETWORK_CUT, LIGDI_SIM_FAULT_NONE, 9906,
    "Paid, but confirm drops every connection for two minutes." },
  { "amount-mismatch", LIGDI_SIM_OUTCOME_AMOUNT_MISMATCH, LIGDI_SIM_FAULT_NONE, 9907,
    "Paid, but with another amount." },
  { "slow", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_SLOW, 9908,
    "Confirm answers after some seconds." },
  { "hang", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_HANG, 9909,
    "Confirm never answers." },
  { "cut", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CUT, 9911,
    "Confirm closes the connection without an answer." },
  { "http-500", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_HTTP_500, 9912,
    "Confirm answers HTTP 500 with an HTML page." },
  { "not-json", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_NOT_JSON, 9913,
    "Confirm answers HTTP 200 with an HTML page." },
  { "empty", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_EMPTY, 9914,
    "Confirm answers HTTP 200 with an empty body." },
  { "truncated", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_TRUNCATED, 9916,
    "Confirm closes the connection in the middle of the body." },
  { "truncated-json", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_TRUNCATED_JSON, 9917,
    "Confirm answers half of its JSON text." },
  { "too-large", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_TOO_LARGE, 9918,
    "Confirm answers eight megabytes." },
  { "rate-limit", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_RATE_LIMIT, 9919,
    "Confirm answers HTTP 429 when asked again within three seconds." },
  { "code03", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CODE03, 9921,
    "Confirm answers Echec (Code03), a processing error." },
  { "amounts-disagree", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_AMOUNTS_DISAGREE, 9922,
    "Confirm answers an amount and a montant that differ." },
  { "missing-amount", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_MISSING_AMOUNT, 9923,
    "Confirm answers without amount and montant." },
  { "string-amounts", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_STRING_AMOUNTS, 9924,
    "Confirm answers the amounts as strings." },
  { "nocompleted", LIGDI_SIM_OUTCOME_DECLINED, LIGDI_SIM_FAULT_NOCOMPLETED, 9926,
    "Declined, with the word of 2024: nocompleted." },
  { "unknown-status", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_UNKNOWN_STATUS, 9927,
    "Confirm answers a status nobody documents." },
  { "other-id", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_OTHER_ID, 9928,
    "Confirm answers another transaction_id." },
  { "other-currency", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_OTHER_CURRENCY, 9929,
    "Confirm answers a currency that is not XOF." },
  { "create-slow", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_SLOW, 9931,
    "Create answers after some seconds." },
  { "create-hang", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_HANG, 9932,
    "Create never answers; nothing is created." },
  { "create-cut", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_CUT, 9933,
    "Create closes the connection; nothing is created." },
  { "create-500", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_500, 9934,
    "Create answers HTTP 500; nothing is created." },
  { "create-not-json", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_NOT_JSON, 9936,
    "Create answers an HTML page; nothing is created." },
  { "create-empty", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_EMPTY, 9937,
    "Create answers an empty body; nothing is created." },
  { "create-truncated", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_TRUNCATED, 9938,
    "Create closes the connection in the middle of its answer." },
  { "create-too-large", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_TOO_LARGE, 9939,
    "Create answers eight megabytes." },
  { "create-no-token", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_NO_TOKEN, 9941,
    "Create answers 00 with an empty token." },
  { "create-bad-url", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_BAD_URL, 9942,
    "Create answers 00 with an address that is no payment page." },
  { "create-code00", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_CODE00, 9943,
    "Create is refused: authentication failure." },
  { "create-code01", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_CODE01, 9944,
    "Create is refused: payin is not activated." },
  { "create-code02", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_CODE02, 9946,
    "Create is refused: wrong amount." },
  { "create-code03", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_CODE03, 9947,
    "Create is refused: IP address denied." },
  { "create-code04", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_CODE04, 9948,
    "Create is refused: error while processing." },
  { "create-code05", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_CODE05, 9949,
    "Create is refused: error while sending to the operator." },
  { "create-code06", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_CODE06, 9951,
    "Create is refused: error while sending to the operator." },
  { "create-code07", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_CODE07, 9952,
    "Create is refused: no network access configured." },
  { "create-code08", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_CODE08, 9953,
    "Create is refused: data input error." },
  { "create-code09", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_CODE09, 9954,
    "Create is refused: API error." },
  { "create-code10", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_CODE10, 9956,
    "Create is refused: no hash." },
  { "create-code11", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_CODE11, 9957,
    "Create is refused: invalid hash." },
  { "create-code12", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_CODE12, 9958,
    "Create is refused: invalid method." },
  { "create-code13", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_CODE13, 9959,
    "Create is refused: unauthorised method." },
  { "create-code14", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_CODE14, 9961,
    "Create is refused: wrong wallet credentials." },
  { "create-code15", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_CODE15, 9962,
    "Create is refused: wrong OTP." },
  { "create-code16", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_CODE16, 9963,
    "Create is refused: expired OTP." },
  { "create-code17", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_CODE17, 9964,
    "Create is refused: wrong OTP amount." },
  { "create-code18", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_CREATE_CODE18, 9966,
    "Create is refused: insufficient balance." },
  { "page-slow", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_SLOW, 9967,
    "The payment page comes after some seconds." },
  { "page-hang", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_HANG, 9968,
    "The payment page never comes." },
  { "page-cut", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_CUT, 9969,
    "The payment page closes the connection." },
  { "page-500", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_500, 9971,
    "The payment page answers HTTP 500." },
  { "page-blank", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_BLANK, 9972,
    "The payment page is blank." },
  { "page-lies", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_LIES, 9976,
    "The page says that it was paid, in its title, headers and address." },
  { "page-push-state", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_PUSH_STATE, 0,
    "The page takes the path of the return address on its own host." },
  { "page-frame-return", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_FRAME_RETURN, 0,
    "The page shows the return address in a frame." },
  { "page-frame-lookalike", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_FRAME_LOOKALIKE, 0,
    "The page has frames and links that resemble the return address." },
  { "page-post-return", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_POST_RETURN, 0,
    "The page posts a form to the return address as it opens." },
  { "page-meta-return", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_META_RETURN, 0,
    "The page refreshes to the return address as it opens." },
  { "page-script-return", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_SCRIPT_RETURN, 0,
    "The page goes to the return address by script as it opens." },
  { "page-cancel-return", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_CANCEL_RETURN, 0,
    "The page goes to the cancel address by script as it opens." },
  { "page-open-return", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_OPEN_RETURN, 0,
    "The page opens the return address in windows, also by itself." },
  { "page-close", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_CLOSE, 0,
    "The page closes its window as it opens." },
  { "page-popup", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_POPUP, 9974,
    "The page goes on in windows that it opens, which can pay." },
  { "page-app-links", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_APP_LINKS, 9973,
    "The page has links to the telephone and to apps." },
  { "page-app-links-auto", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_APP_LINKS_AUTO, 0,
    "The same page goes to an app by itself." },
  { "page-dialogs", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_DIALOGS, 0,
    "The page opens dialogs, also fifty enormous ones." },
  { "page-dialogs-auto", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_DIALOGS_AUTO, 0,
    "The same page opens a dialog before there is anything to see." },
  { "page-unload", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_UNLOAD, 0,
    "The page asks whether to stay when it is left." },
  { "page-download", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_DOWNLOAD, 0,
    "The page starts downloads, also by itself." },
  { "page-permissions", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_PERMISSIONS, 0,
    "The page asks for the place, notifications, camera and clipboard." },
  { "page-file", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_FILE, 0,
    "The page asks for a file." },
  { "page-print", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_PRINT, 0,
    "The page prints, and fills the screen." },
  { "page-http-link", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_HTTP_LINK, 0,
    "The page has a link and a picture that are not encrypted." },
  { "page-storage", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_STORAGE, 0,
    "The page remembers who was there before." },
  { "page-idn", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_IDN, 0,
    "The page has a link to a host that looks like another." },
  { "page-blank-once", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_BLANK_ONCE, 0,
    "The page is blank the first time an invoice is opened." },
  { "page-elsewhere", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_ELSEWHERE, 0,
    "The page's address leads to another host, which is not encrypted." },
  { "page-memory", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_MEMORY, 0,
    "The page can take all the memory." },
  { "page-memory-auto", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_MEMORY_AUTO, 0,
    "The same page takes all the memory by itself." },
  { "page-busy", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_BUSY, 0,
    "The page can stop answering." },
  { "page-slow-parts", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_PAGE_SLOW_PARTS, 0,
    "The page comes at once, but its style after some seconds." },
  { "tls-bad-certificate", LIGDI_SIM_OUTCOME_PAID, LIGDI_SIM_FAULT_TLS_BAD_CERTIFICATE, 0,
    "Everything is https with a certificate nobody signed (only at start)." },
};

/**
 * ligdi_sim_scenario_from_name:
 * @name: a name, such as "declined"
 *
 * Returns: (transfer none) (nullable): the scenario
 */
const LigdiSimScenario *
ligdi_sim_scenario_from_name (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scenarios); i++)
    if (strcmp (scenarios[i].name, name) == 0)
      return &scenarios[i];
  return NULL;
}

/**
 * ligdi_sim_scenario_from_amount:
 * @amount: what was ordered, in francs XOF
 *
 * Returns: (transfer none) (nullable): the scenario this amount plays
 */
const LigdiSimScenario *
ligdi_sim_scenario_from_amount (gint64 amount)
{
  for (gsize i = 0; amount > 0 && i < G_N_ELEMENTS (scenarios); i++)
    if (scenarios[i].amount == amount)
      return &scenarios[i];
  return NULL;
}

/**
 * ligdi_sim_scenario_get_faults:
 * @settings: the settings
 * @amount: what was ordered, in francs XOF; 0 when it is not known
 *
 * Returns: the faults of @settings and those @amount plays
 */
LigdiSimFaults
ligdi_sim_scenario_get_faults (const LigdiSimSettings *settings, gint64 amount)
{
  const LigdiSimScenario *scenario = ligdi_sim_scenario_from_amount (amount);

  if (scenario == NULL)
    return settings->faults;
  return ligdi_sim_faults_add (settings->faults, scenario->fault);
}

/**
 * ligdi_sim_scenario_get_outcome:
 * @settings: the settings
 * @amount: what was ordered, in francs XOF
 *
 * Returns: what pressing Pay leads to
 */
LigdiSimOutcome
ligdi_sim_scenario_get_outcome (const LigdiSimSettings *settings, gint64 amount)
{
  const LigdiSimScenario *scenario = ligdi_sim_scenario_from_amount (amount);

  return scenario != NULL ? scenario->outcome : settings->outcome;
}

/**
 * ligdi_sim_scenario_print_list:
 *
 * Returns: (transfer full): a line for each scenario, for a terminal
 */
char *
ligdi_sim_scenario_print_list (void)
{
  GString *text = g_string_new ("NAME                 AMOUNT  WHAT HAPPENS\n");

  for (gsize i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      const LigdiSimScenario *scenario = &scenarios[i];

      if (scenario->amount != 0)
        g_string_append_printf (text, "%-20s %6d  %s\n", scenario->name, scenario->amount,
                                scenario->description);
      else
        g_string_append_printf (text, "%-20s %6s  %s\n", scenario->name, "-",
                                scenario->description);
    }
  g_string_append (text, "\nAn invoice of the amount, in francs, plays the scenario by itself. All "
                         "other amounts,\nlike 9900 or 12500, play what --scenario says.\n");

  return g_string_free (text, FALSE);
}
