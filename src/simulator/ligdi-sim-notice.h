/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-sim-invoice.h"
#include "ligdi-sim-settings.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LigdiSimNotice:
 *
 * The body of one POST to a merchant's callback address.
 */
typedef struct
{
  const char *content_type;
  GBytes *body;
} LigdiSimNotice;

LigdiSimNotice *ligdi_sim_notice_new_json (LigdiSimInvoice *invoice, const char *token,
                                           const LigdiSimSettings *settings);
LigdiSimNotice *ligdi_sim_notice_new_form (LigdiSimInvoice *invoice, const char *token,
                                           const LigdiSimSettings *settings);
void ligdi_sim_notice_free (LigdiSimNotice *notice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiSimNotice, ligdi_sim_notice_free)

G_END_DECLS
