/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LigdiKeyLayout:
 * @LIGDI_KEY_LAYOUT_US: QWERTY
 * @LIGDI_KEY_LAYOUT_FR: AZERTY
 *
 * What a scanner may be set up for, whatever this computer is.
 */
typedef enum
{
  LIGDI_KEY_LAYOUT_US,
  LIGDI_KEY_LAYOUT_FR,
} LigdiKeyLayout;

/**
 * LIGDI_KEY_N_LAYOUTS:
 *
 * How many there are.
 */
#define LIGDI_KEY_N_LAYOUTS (LIGDI_KEY_LAYOUT_FR + 1)

gunichar ligdi_key_layout_read (LigdiKeyLayout layout, guint keycode, gboolean shift);

G_END_DECLS
