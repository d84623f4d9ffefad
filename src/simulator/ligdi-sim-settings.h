/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-sim-fault.h"

G_BEGIN_DECLS

/**
 * LigdiSimOutcome:
 * @LIGDI_SIM_OUTCOME_PAID: the payment is completed
 * @LIGDI_SIM_OUTCOME_DECLINED: the payment is notcompleted
 * @LIGDI_SIM_OUTCOME_PENDING: it stays pending for a while, then it is completed
 * @LIGDI_SIM_OUTCOME_CANCELLED: the customer goes back by the cancel address; still pending
 * @LIGDI_SIM_OUTCOME_NETWORK_CUT: it is completed, but confirm does not answer for a while
 * @LIGDI_SIM_OUTCOME_AMOUNT_MISMATCH: it is completed with another amount
 * @LIGDI_SIM_OUTCOME_LEFT: the customer goes back by the return address without paying
 *
 * What a customer's visit to the payment page leads to.
 */
typedef enum
{
  LIGDI_SIM_OUTCOME_PAID,
  LIGDI_SIM_OUTCOME_DECLINED,
  LIGDI_SIM_OUTCOME_PENDING,
  LIGDI_SIM_OUTCOME_CANCELLED,
  LIGDI_SIM_OUTCOME_NETWORK_CUT,
  LIGDI_SIM_OUTCOME_AMOUNT_MISMATCH,
  LIGDI_SIM_OUTCOME_LEFT,
} LigdiSimOutcome;

/**
 * LigdiSimProfile:
 * @LIGDI_SIM_PROFILE_CURRENT: replies as documented today
 * @LIGDI_SIM_PROFILE_LEGACY_2024: replies as LigdiCash's libraries of 2024 need them
 */
typedef enum
{
  LIGDI_SIM_PROFILE_CURRENT,
  LIGDI_SIM_PROFILE_LEGACY_2024,
} LigdiSimProfile;

/**
 * LigdiSimRedirect:
 *
 * How the payment page sends the browser back to the shop.
 */
typedef enum
{
  LIGDI_SIM_REDIRECT_302,
  LIGDI_SIM_REDIRECT_SCRIPT,
  LIGDI_SIM_REDIRECT_FORM,
  LIGDI_SIM_REDIRECT_META,
} LigdiSimRedirect;

/**
 * LigdiSimCallbackMode:
 *
 * Which notifications are sent when a status becomes final.
 */
typedef enum
{
  LIGDI_SIM_CALLBACK_NONE,
  LIGDI_SIM_CALLBACK_ONE,
  LIGDI_SIM_CALLBACK_BOTH,
  LIGDI_SIM_CALLBACK_DUPLICATE,
  LIGDI_SIM_CALLBACK_LATE,
  LIGDI_SIM_CALLBACK_BEFORE_REDIRECT,
} LigdiSimCallbackMode;

/**
 * LigdiSimCallbackStyle:
 *
 * How a notification's form carries custom_data.
 */
typedef enum
{
  LIGDI_SIM_CALLBACK_STYLE_JSON,
  LIGDI_SIM_CALLBACK_STYLE_KEYS,
  LIGDI_SIM_CALLBACK_STYLE_ENTRIES,
  LIGDI_SIM_CALLBACK_STYLE_EMPTY,
} LigdiSimCallbackStyle;

/**
 * LigdiSimSettings:
 * @faults: faults for everything that is asked, besides those an amount plays
 * @outcome: what pressing Pay leads to, unless the amount says otherwise
 * @automatic: the page plays its outcome as soon as it is opened
 * @append_token: return and cancel addresses get "token=" appended
 * @strict_parameter: confirm knows only "invoiceToken", not "token"
 * @other_callback_token: callbacks carry another token that works, instead of ""
 *
 * How the gateway behaves. Durations are in seconds.
 */
typedef struct
{
  LigdiSimFaults faults;
  LigdiSimOutcome outcome;
  gboolean automatic;
  LigdiSimProfile profile;
  LigdiSimRedirect redirect;
  gboolean append_token;
  gboolean strict_parameter;
  LigdiSimCallbackMode callback_mode;
  LigdiSimCallbackStyle callback_style;
  gboolean other_callback_token;
  guint pending_seconds;
  guint cut_seconds;
  guint slow_seconds;
  guint late_seconds;
  guint operator_seconds;
} LigdiSimSettings;

G_END_DECLS
