/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-fault.h"

#include <string.h>

/* The names of the faults, and those that are about how a reply leaves. */

#define WORD_BITS 64

static const char *const names[LIGDI_SIM_N_FAULTS] = {
  [LIGDI_SIM_FAULT_NONE] = "none",
  [LIGDI_SIM_FAULT_SLOW] = "slow",
  [LIGDI_SIM_FAULT_HANG] = "hang",
  [LIGDI_SIM_FAULT_CUT] = "cut",
  [LIGDI_SIM_FAULT_HTTP_500] = "http-500",
  [LIGDI_SIM_FAULT_NOT_JSON] = "not-json",
  [LIGDI_SIM_FAULT_EMPTY] = "empty",
  [LIGDI_SIM_FAULT_TRUNCATED] = "truncated",
  [LIGDI_SIM_FAULT_TRUNCATED_JSON] = "truncated-json",
  [LIGDI_SIM_FAULT_TOO_LARGE] = "too-large",
  [LIGDI_SIM_FAULT_RATE_LIMIT] = "rate-limit",
  [LIGDI_SIM_FAULT_CODE03] = "code03",
  [LIGDI_SIM_FAULT_AMOUNT_MISMATCH] = "amount-mismatch",
  [LIGDI_SIM_FAULT_AMOUNTS_DISAGREE] = "amounts-disagree",
  [LIGDI_SIM_FAULT_MISSING_AMOUNT] = "missing-amount",
  [LIGDI_SIM_FAULT_STRING_AMOUNTS] = "string-amounts",
  [LIGDI_SIM_FAULT_NOCOMPLETED] = "nocompleted",
  [LIGDI_SIM_FAULT_UNKNOWN_STATUS] = "unknown-status",
  [LIGDI_SIM_FAULT_OTHER_ID] = "other-id",
  [LIGDI_SIM_FAULT_OTHER_CURRENCY] = "other-currency",
  [LIGDI_SIM_FAULT_CREATE_SLOW] = "create-slow",
  [LIGDI_SIM_FAULT_CREATE_HANG] = "create-hang",
  [LIGDI_SIM_FAULT_CREATE_CUT] = "create-cut",
  [LIGDI_SIM_FAULT_CREATE_500] = "create-500",
  [LIGDI_SIM_FAULT_CREATE_NOT_JSON] = "create-not-json",
  [LIGDI_SIM_FAULT_CREATE_EMPTY] = "create-empty",
  [LIGDI_SIM_FAULT_CREATE_TRUNCATED] = "create-truncated",
  [LIGDI_SIM_FAULT_CREATE_TOO_LARGE] = "create-too-large",
  [LIGDI_SIM_FAULT_CREATE_NO_TOKEN] = "create-no-token",
  [LIGDI_SIM_FAULT_CREATE_BAD_URL] = "create-bad-url",
  [LIGDI_SIM_FAULT_CREATE_CODE00] = "create-code00",
  [LIGDI_SIM_FAULT_CREATE_CODE01] = "create-code01",
  [LIGDI_SIM_FAULT_CREATE_CODE02] = "create-code02",
  [LIGDI_SIM_FAULT_CREATE_CODE03] = "create-code03",
  [LIGDI_SIM_FAULT_CREATE_CODE04] = "create-code04",
  [LIGDI_SIM_FAULT_CREATE_CODE05] = "create-code05",
  [LIGDI_SIM_FAULT_CREATE_CODE06] = "create-code06",
  [LIGDI_SIM_FAULT_CREATE_CODE07] = "create-code07",
  [LIGDI_SIM_FAULT_CREATE_CODE08] = "create-code08",
  [LIGDI_SIM_FAULT_CREATE_CODE09] = "create-code09",
  [LIGDI_SIM_FAULT_CREATE_CODE10] = "create-code10",
  [LIGDI_SIM_FAULT_CREATE_CODE11] = "create-code11",
  [LIGDI_SIM_FAULT_CREATE_CODE12] = "create-code12",
  [LIGDI_SIM_FAULT_CREATE_CODE13] = "create-code13",
  [LIGDI_SIM_FAULT_CREATE_CODE14] = "create-code14",
  [LIGDI_SIM_FAULT_CREATE_CODE15] = "create-code15",
  [LIGDI_SIM_FAULT_CREATE_CODE16] = "create-code16",
  [LIGDI_SIM_FAULT_CREATE_CODE17] = "create-code17",
  [LIGDI_SIM_FAULT_CREATE_CODE18] = "create-code18",
  [LIGDI_SIM_FAULT_PAGE_SLOW] = "page-slow",
  [LIGDI_SIM_FAULT_PAGE_HANG] = "page-hang",
  [LIGDI_SIM_FAULT_PAGE_CUT] = "page-cut",
  [LIGDI_SIM_FAULT_PAGE_500] = "page-500",
  [LIGDI_SIM_FAULT_PAGE_BLANK] = "page-blank",
  [LIGDI_SIM_FAULT_PAGE_LIES] = "page-lies",
  [LIGDI_SIM_FAULT_PAGE_PUSH_STATE] = "page-push-state",
  [LIGDI_SIM_FAULT_PAGE_FRAME_RETURN] = "page-frame-return",
  [LIGDI_SIM_FAULT_PAGE_FRAME_LOOKALIKE] = "page-frame-lookalike",
  [LIGDI_SIM_FAULT_PAGE_POST_RETURN] = "page-post-return",
  [LIGDI_SIM_FAULT_PAGE_META_RETURN] = "page-meta-return",
  [LIGDI_SIM_FAULT_PAGE_SCRIPT_RETURN] = "page-script-return",
  [LIGDI_SIM_FAULT_PAGE_CANCEL_RETURN] = "page-cancel-return",
  [LIGDI_SIM_FAULT_PAGE_OPEN_RETURN] = "page-open-return",
  [LIGDI_SIM_FAULT_PAGE_CLOSE] = "page-close",
  [LIGDI_SIM_FAULT_PAGE_POPUP] = "page-popup",
  [LIGDI_SIM_FAULT_PAGE_APP_LINKS] = "page-app-links",
  [LIGDI_SIM_FAULT_PAGE_APP_LINKS_AUTO] = "page-app-links-auto",
  [LIGDI_SIM_FAULT_PAGE_DIALOGS] = "page-dialogs",
  [LIGDI_SIM_FAULT_PAGE_DIALOGS_AUTO] = "page-dialogs-auto",
  [LIGDI_SIM_FAULT_PAGE_UNLOAD] = "page-unload",
  [LIGDI_SIM_FAULT_PAGE_DOWNLOAD] = "page-download",
  [LIGDI_SIM_FAULT_PAGE_PERMISSIONS] = "page-permissions",
  [LIGDI_SIM_FAULT_PAGE_FILE] = "page-file",
  [LIGDI_SIM_FAULT_PAGE_PRINT] = "page-print",
  [LIGDI_SIM_FAULT_PAGE_HTTP_LINK] = "page-http-link",
  [LIGDI_SIM_FAULT_PAGE_STORAGE] = "page-storage",
  [LIGDI_SIM_FAULT_PAGE_IDN] = "page-idn",
  [LIGDI_SIM_FAULT_PAGE_BLANK_ONCE] = "page-blank-once",
  [LIGDI_SIM_FAULT_PAGE_ELSEWHERE] = "page-elsewhere",
  [LIGDI_SIM_FAULT_PAGE_MEMORY] = "page-memory",
  [LIGDI_SIM_FAULT_PAGE_MEMORY_AUTO] = "page-memory-auto",
  [LIGDI_SIM_FAULT_PAGE_BUSY] = "page-busy",
  [LIGDI_SIM_FAULT_PAGE_SLOW_PARTS] = "page-slow-parts",
  [LIGDI_SIM_FAULT_TLS_BAD_CERTIFICATE] = "tls-bad-certificate",
};

static const struct
{
  LigdiSimFault fault;
  LigdiSimTarget target;
  LigdiSimDelivery delivery;
} deliveries[] = {
  { LIGDI_SIM_FAULT_HANG, LIGDI_SIM_TARGET_CONFIRM, LIGDI_SIM_DELIVERY_HANG },
  { LIGDI_SIM_FAULT_CUT, LIGDI_SIM_TARGET_CONFIRM, LIGDI_SIM_DELIVERY_CUT },
  { LIGDI_SIM_FAULT_HTTP_500, LIGDI_SIM_TARGET_CONFIRM, LIGDI_SIM_DELIVERY_HTTP_500 },
  { LIGDI_SIM_FAULT_NOT_JSON, LIGDI_SIM_TARGET_CONFIRM, LIGDI_SIM_DELIVERY_NOT_JSON },
  { LIGDI_SIM_FAULT_EMPTY, LIGDI_SIM_TARGET_CONFIRM, LIGDI_SIM_DELIVERY_EMPTY },
  { LIGDI_SIM_FAULT_TRUNCATED, LIGDI_SIM_TARGET_CONFIRM, LIGDI_SIM_DELIVERY_TRUNCATED },
  { LIGDI_SIM_FAULT_TRUNCATED_JSON, LIGDI_SIM_TARGET_CONFIRM, LIGDI_SIM_DELIVERY_TRUNCATED_JSON },
  { LIGDI_SIM_FAULT_TOO_LARGE, LIGDI_SIM_TARGET_CONFIRM, LIGDI_SIM_DELIVERY_TOO_LARGE },
  { LIGDI_SIM_FAULT_CREATE_HANG, LIGDI_SIM_TARGET_CREATE, LIGDI_SIM_DELIVERY_HANG },
  { LIGDI_SIM_FAULT_CREATE_CUT, LIGDI_SIM_TARGET_CREATE, LIGDI_SIM_DELIVERY_CUT },
  { LIGDI_SIM_FAULT_CREATE_500, LIGDI_SIM_TARGET_CREATE, LIGDI_SIM_DELIVERY_HTTP_500 },
  { LIGDI_SIM_FAULT_CREATE_NOT_JSON, LIGDI_SIM_TARGET_CREATE, LIGDI_SIM_DELIVERY_NOT_JSON },
  { LIGDI_SIM_FAULT_CREATE_EMPTY, LIGDI_SIM_TARGET_CREATE, LIGDI_SIM_DELIVERY_EMPTY },
  { LIGDI_SIM_FAULT_CREATE_TRUNCATED, LIGDI_SIM_TARGET_CREATE, LIGDI_SIM_DELIVERY_TRUNCATED },
  { LIGDI_SIM_FAULT_CREATE_TOO_LARGE, LIGDI_SIM_TARGET_CREATE, LIGDI_SIM_DELIVERY_TOO_LARGE },
  { LIGDI_SIM_FAULT_PAGE_HANG, LIGDI_SIM_TARGET_PAGE, LIGDI_SIM_DELIVERY_HANG },
  { LIGDI_SIM_FAULT_PAGE_CUT, LIGDI_SIM_TARGET_PAGE, LIGDI_SIM_DELIVERY_CUT },
  { LIGDI_SIM_FAULT_PAGE_500, LIGDI_SIM_TARGET_PAGE, LIGDI_SIM_DELIVERY_HTTP_500 },
  { LIGDI_SIM_FAULT_PAGE_BLANK, LIGDI_SIM_TARGET_PAGE, LIGDI_SIM_DELIVERY_EMPTY },
};

static gboolean
has (LigdiSimFaults faults, LigdiSimFault fault)
{
  return (faults.words[fault / WORD_BITS] >> (fault % WORD_BITS) & 1) != 0;
}

/**
 * ligdi_sim_fault_from_name:
 * @name: a name, such as "slow"
 * @fault: (out): the fault
 *
 * Returns: %FALSE when no fault has this name
 */
gboolean
ligdi_sim_fault_from_name (const char *name, LigdiSimFault *fault)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0)
      {
        *fault = (LigdiSimFault) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * ligdi_sim_fault_get_name:
 * @fault: a fault
 *
 * Returns: its name, as the command line takes it
 */
const char *
ligdi_sim_fault_get_name (LigdiSimFault fault)
{
  return names[fault];
}

/**
 * ligdi_sim_faults_add:
 * @faults: a set
 * @fault: what to add; %LIGDI_SIM_FAULT_NONE adds nothing
 *
 * Returns: the larger set
 */
LigdiSimFaults
ligdi_sim_faults_add (LigdiSimFaults faults, LigdiSimFault fault)
{
  if (fault != LIGDI_SIM_FAULT_NONE)
    faults.words[fault / WORD_BITS] |= G_GUINT64_CONSTANT (1) << (fault % WORD_BITS);
  return faults;
}

/**
 * ligdi_sim_faults_have:
 * @faults: a set
 * @fault: a fault
 *
 * Returns: whether @fault is in @faults
 */
gboolean
ligdi_sim_faults_have (LigdiSimFaults faults, LigdiSimFault fault)
{
  return has (faults, fault);
}

/**
 * ligdi_sim_faults_get_delivery:
 * @faults: a set
 * @target: what is being answered
 *
 * Returns: how the reply leaves; the first of several faults wins
 */
LigdiSimDelivery
ligdi_sim_faults_get_delivery (LigdiSimFaults faults, LigdiSimTarget target)
{
  for (gsize i = 0; i < G_N_ELEMENTS (deliveries); i++)
    if (deliveries[i].target == target && has (faults, deliveries[i].fault))
      return deliveries[i].delivery;

  return LIGDI_SIM_DELIVERY_NORMAL;
}

/**
 * ligdi_sim_faults_are_slow:
 * @faults: a set
 * @target: what is being answered
 *
 * Returns: whether the reply leaves late
 */
gboolean
ligdi_sim_faults_are_slow (LigdiSimFaults faults, LigdiSimTarget target)
{
  switch (target)
    {
    case LIGDI_SIM_TARGET_CONFIRM:
      return has (faults, LIGDI_SIM_FAULT_SLOW);
    case LIGDI_SIM_TARGET_CREATE:
      return has (faults, LIGDI_SIM_FAULT_CREATE_SLOW);
    case LIGDI_SIM_TARGET_PAGE:
      return has (faults, LIGDI_SIM_FAULT_PAGE_SLOW);
    }
  return FALSE;
}

/**
 * ligdi_sim_faults_get_create_code:
 * @faults: a set
 *
 * Returns: the sub-code every create request is refused with, or -1
 */
int
ligdi_sim_faults_get_create_code (LigdiSimFaults faults)
{
  for (int fault = LIGDI_SIM_FAULT_CREATE_CODE00; fault <= LIGDI_SIM_FAULT_CREATE_CODE18; fault++)
    if (has (faults, (LigdiSimFault) fault))
      return fault - LIGDI_SIM_FAULT_CREATE_CODE00;

  return -1;
}
