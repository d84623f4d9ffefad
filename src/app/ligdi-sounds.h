/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ligdi-payment.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_SOUNDS (ligdi_sounds_get_type ())
G_DECLARE_FINAL_TYPE (LigdiSounds, ligdi_sounds, LIGDI, SOUNDS, GObject)

LigdiSounds *ligdi_sounds_new (GSettings *settings);
void ligdi_sounds_tell (LigdiSounds *self, const LigdiPaymentRecord *record);

G_END_DECLS
