/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-gateway.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_LOOKOUT (ligdi_lookout_get_type ())
G_DECLARE_FINAL_TYPE (LigdiLookout, ligdi_lookout, LIGDI, LOOKOUT, GObject)

LigdiLookout *ligdi_lookout_new (LigdiGateway *gateway);
void ligdi_lookout_hear (LigdiLookout *self, const GError *error,
                         const LigdiConfirmation *confirmation);
gboolean ligdi_lookout_is_online (LigdiLookout *self);
LigdiDiagnosis ligdi_lookout_get_diagnosis (LigdiLookout *self);
void ligdi_lookout_stop (LigdiLookout *self);

G_END_DECLS
