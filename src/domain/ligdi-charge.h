/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-sale.h"

G_BEGIN_DECLS

/**
 * LIGDI_CHARGE_MAX_REFERENCE:
 *
 * The longest reference, in characters.
 */
#define LIGDI_CHARGE_MAX_REFERENCE 64

/**
 * LIGDI_CHARGE_MAX_SENDER:
 *
 * The longest name of whoever asks, in characters.
 */
#define LIGDI_CHARGE_MAX_SENDER 40

/**
 * LIGDI_CHARGE_MAX_LABEL:
 *
 * The longest label of an item, in characters.
 */
#define LIGDI_CHARGE_MAX_LABEL 120

/**
 * LigdiCharge:
 * @reference: what the other program calls it; the same one never makes a second sale
 * @sender: who asks, in words for the cashier; may be empty
 * @sale: what is to be paid
 *
 * A sale that another program asks the cashier to charge. A plain value.
 */
typedef struct
{
  char *reference;
  char *sender;
  LigdiSale *sale;
} LigdiCharge;

const char *ligdi_charge_find_fault (const char *reference, const char *sender,
                                     const LigdiSale *sale, gint64 limit);
LigdiCharge *ligdi_charge_new (const char *reference, const char *sender, const LigdiSale *sale);
LigdiCharge *ligdi_charge_parse (const char *uri, const char *label, gint64 limit);
LigdiCharge *ligdi_charge_copy (const LigdiCharge *charge);
void ligdi_charge_free (LigdiCharge *charge);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiCharge, ligdi_charge_free)

G_END_DECLS
