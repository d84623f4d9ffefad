/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "ligdi-gateway-symptoms.h"

G_BEGIN_DECLS

void ligdi_witness_watch (SoupMessage *message);
void ligdi_witness_tell (SoupMessage *message, LigdiSymptoms *symptoms);
gboolean ligdi_witness_is_page (const GByteArray *body);

G_END_DECLS
