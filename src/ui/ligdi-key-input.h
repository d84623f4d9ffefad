/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "ligdi-key-layout.h"

G_BEGIN_DECLS

/**
 * LIGDI_KEY_GUARD_MS:
 *
 * How long Enter does nothing after what is on the screen has changed.
 */
#define LIGDI_KEY_GUARD_MS 600

/**
 * LIGDI_KEY_SCAN_GAP_MS:
 *
 * Keys closer together than this come from a machine.
 */
#define LIGDI_KEY_SCAN_GAP_MS 35

/**
 * LIGDI_KEY_SCAN_PAUSE_MS:
 *
 * A scan goes on after a pause that is no longer than this: the computer was busy.
 */
#define LIGDI_KEY_SCAN_PAUSE_MS 100

/**
 * LIGDI_KEY_SCAN_LENGTH:
 *
 * So many close keys, the final Enter among them, are a scan.
 */
#define LIGDI_KEY_SCAN_LENGTH 6

/**
 * LIGDI_KEY_HURRY_LENGTH:
 *
 * So many close keys with an Enter at their end are no person's either, but too few to be
 * told what they are.
 */
#define LIGDI_KEY_HURRY_LENGTH 4

/**
 * LigdiKeyPress:
 * @keyval: what the key means in the keyboard's layout
 * @keycode: which key of the keyboard it is, as X11 counts (evdev plus 8)
 * @shift: whether Shift is held
 * @command: whether Control, Alt or Super is held
 * @level3: whether AltGr is held
 * @time: ms of the display's clock; wraps around; 0 when nobody knows
 *
 * A key going down, without the toolkit.
 */
typedef struct
{
  guint keyval;
  guint keycode;
  gboolean shift;
  gboolean command;
  gboolean level3;
  guint32 time;
} LigdiKeyPress;

/**
 * LigdiKeyKind:
 * @LIGDI_KEY_OTHER: nothing of ours: shortcuts, arrows, Tab
 * @LIGDI_KEY_IGNORED: a repetition, or Enter too early: must do nothing
 * @LIGDI_KEY_DIGIT: a figure
 * @LIGDI_KEY_TEXT: any other character
 * @LIGDI_KEY_ADD: plus
 * @LIGDI_KEY_MULTIPLY: times
 * @LIGDI_KEY_BACKSPACE: take back the last figure
 * @LIGDI_KEY_ESCAPE: Esc
 * @LIGDI_KEY_ENTER: Enter, meant by a person
 * @LIGDI_KEY_SCAN: one more character of a scan
 * @LIGDI_KEY_SCAN_END: the Enter or Tab that ends a scan
 *
 * What a key means to the cashier's pages.
 */
typedef enum
{
  LIGDI_KEY_OTHER,
  LIGDI_KEY_IGNORED,
  LIGDI_KEY_DIGIT,
  LIGDI_KEY_TEXT,
  LIGDI_KEY_ADD,
  LIGDI_KEY_MULTIPLY,
  LIGDI_KEY_BACKSPACE,
  LIGDI_KEY_ESCAPE,
  LIGDI_KEY_ENTER,
  LIGDI_KEY_SCAN,
  LIGDI_KEY_SCAN_END,
} LigdiKeyKind;

/**
 * LigdiKey:
 * @kind: what it means
 * @keyval: as it came
 * @command: as it came
 * @digit: the figure, when @kind is %LIGDI_KEY_DIGIT
 * @from_position: whether @digit comes from the key's place, because the layout
 *   (French) has another character there
 * @character: the character, when @kind is %LIGDI_KEY_TEXT or a digit from its place
 * @first_of_burst: whether it came after a pause, so that what it changes must be
 *   remembered until it is known whether a scan follows
 * @repeated: whether the key was held down
 * @readings: (array zero-terminated=1): the scan so far, when @kind is %LIGDI_KEY_SCAN or
 *   %LIGDI_KEY_SCAN_END: as this computer reads it, then as each #LigdiKeyLayout does; valid
 *   until the next key
 */
typedef struct
{
  LigdiKeyKind kind;
  guint keyval;
  gboolean command;
  int digit;
  gboolean from_position;
  gunichar character;
  gboolean first_of_burst;
  gboolean repeated;
  const char *readings[LIGDI_KEY_N_LAYOUTS + 2];
} LigdiKey;

typedef struct _LigdiKeyInput LigdiKeyInput;

LigdiKeyInput *ligdi_key_input_new (void);
void ligdi_key_input_free (LigdiKeyInput *input);
LigdiKey ligdi_key_input_press (LigdiKeyInput *input, const LigdiKeyPress *press, gint64 now);
void ligdi_key_input_release (LigdiKeyInput *input, guint keycode);
void ligdi_key_input_release_all (LigdiKeyInput *input);
void ligdi_key_input_guard (LigdiKeyInput *input, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiKeyInput, ligdi_key_input_free)

G_END_DECLS
