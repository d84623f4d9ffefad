/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-key-layout.h"

/* The rows of a keyboard, from the figures down, as X11 counts keys. */
static const guint row_starts[] = { 10, 24, 38, 52 };

static const char *const rows[LIGDI_KEY_N_LAYOUTS][2][G_N_ELEMENTS (row_starts)] = {
  {
    { "1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./" },
    { "!@#$%^&*()_+", "QWERTYUIOP{}", "ASDFGHJKL:\"", "ZXCVBNM<>?" },
  },
  {
    { "&é\"'(-è_çà)=", "azertyuiop^$", "qsdfghjklmù", "wxcvbn,;:!" },
    { "1234567890°+", "AZERTYUIOP¨£", "QSDFGHJKLM%", "WXCVBN?./§" },
  },
};

/**
 * ligdi_key_layout_read:
 * @layout: a keyboard
 * @keycode: which key, as X11 counts (evdev plus 8)
 * @shift: whether Shift is held
 *
 * Returns: the character that this key writes there, or 0 when it is none of the letters, figures
 *   and signs
 */
gunichar
ligdi_key_layout_read (LigdiKeyLayout layout, guint keycode, gboolean shift)
{
  for (guint i = 0; i < G_N_ELEMENTS (row_starts); i++)
    {
      const char *row = rows[layout][shift ? 1 : 0][i];

      if (keycode >= row_starts[i]
          && keycode - row_starts[i] < (guint) g_utf8_strlen (row, -1))
        return g_utf8_get_char (g_utf8_offset_to_pointer (row, keycode - row_starts[i]));
    }
  return 0;
}
