/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-key-input.h"

#include <gdk/gdk.h>

/* A key that has been down for longer than any keyboard waits between repetitions was
 * let go somewhere else. */
#define FORGOTTEN_RELEASE_MS 2500

/* The top row of a keyboard and its number pad, as X11 counts keys. */
#define TOP_ROW_1 10
#define TOP_ROW_0 19

struct _LigdiKeyInput
{
  GHashTable *pressed; /* keycode -> time of its last press */
  gint64 guard_until;
  guint32 last_time;
  guint burst_length;
  gboolean scan_ended; /* and was told: what is close behind is another, or a second Enter */
  GString *bursts[LIGDI_KEY_N_LAYOUTS + 1]; /* as this computer reads it, then as layouts do */
};

static gboolean
is_modifier (guint keyval)
{
  return (keyval >= GDK_KEY_Shift_L && keyval <= GDK_KEY_Hyper_R)
         || keyval == GDK_KEY_ISO_Level3_Shift || keyval == GDK_KEY_ISO_Level5_Shift
         || keyval == GDK_KEY_Mode_switch || keyval == GDK_KEY_Num_Lock;
}

static gboolean
is_enter (guint keyval)
{
  return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter;
}

static gboolean
is_tab (guint keyval)
{
  return keyval == GDK_KEY_Tab || keyval == GDK_KEY_KP_Tab;
}

static int
digit_of_keyval (guint keyval)
{
  static const guint pad_without_num_lock[] = {
    GDK_KEY_KP_Insert, GDK_KEY_KP_End,   GDK_KEY_KP_Down, GDK_KEY_KP_Page_Down, GDK_KEY_KP_Left,
    GDK_KEY_KP_Begin,  GDK_KEY_KP_Right, GDK_KEY_KP_Home, GDK_KEY_KP_Up,        GDK_KEY_KP_Page_Up,
  };

  if (keyval >= GDK_KEY_0 && keyval <= GDK_KEY_9)
    return (int) (keyval - GDK_KEY_0);
  if (keyval >= GDK_KEY_KP_0 && keyval <= GDK_KEY_KP_9)
    return (int) (keyval - GDK_KEY_KP_0);
  for (guint i = 0; i < G_N_ELEMENTS (pad_without_num_lock); i++)
    if (keyval == pad_without_num_lock[i])
      return (int) i;
  return -1;
}

static int
digit_of_position (const LigdiKeyPress *press)
{
  if (press->shift || press->level3 || press->keycode < TOP_ROW_1 || press->keycode > TOP_ROW_0)
    return -1;
  return (int) (press->keycode - TOP_ROW_1 + 1) % 10;
}

/* Reads the key alone, without what came before. */
static void
classify (const LigdiKeyPress *press, LigdiKey *key)
{
  int by_keyval = digit_of_keyval (press->keyval);
  int by_position = digit_of_position (press);
  gunichar character = gdk_keyval_to_unicode (press->keyval);

  if (press->command)
    return;
  if (g_unichar_isprint (character))
    key->character = character;
  if (is_enter (press->keyval))
    key->kind = LIGDI_KEY_ENTER;
  else if (press->keyval == GDK_KEY_Escape)
    key->kind = LIGDI_KEY_ESCAPE;
  else if (press->keyval == GDK_KEY_BackSpace)
    key->kind = LIGDI_KEY_BACKSPACE;
  else if (by_keyval >= 0 || (by_position >= 0 && key->character != 0))
    {
      key->kind = LIGDI_KEY_DIGIT;
      key->from_position = by_keyval < 0;
      key->digit = by_keyval >= 0 ? by_keyval : by_position;
    }
  else if (press->keyval == GDK_KEY_plus || press->keyval == GDK_KEY_KP_Add)
    key->kind = LIGDI_KEY_ADD;
  else if (press->keyval == GDK_KEY_asterisk || press->keyval == GDK_KEY_KP_Multiply
           || press->keyval == GDK_KEY_multiply)
    key->kind = LIGDI_KEY_MULTIPLY;
  else if (key->character != 0)
    key->kind = LIGDI_KEY_TEXT;
}

static gboolean
is_repetition (LigdiKeyInput *input, const LigdiKeyPress *press)
{
  gpointer last;
  gboolean down = g_hash_table_lookup_extended (input->pressed, GUINT_TO_POINTER (press->keycode),
                                                NULL, &last);

  g_hash_table_insert (input->pressed, GUINT_TO_POINTER (press->keycode),
                       GUINT_TO_POINTER (press->time));
  return down && press->time - GPOINTER_TO_UINT (last) < FORGOTTEN_RELEASE_MS;
}

static void
start_burst (LigdiKeyInput *input, LigdiKey *key)
{
  key->first_of_burst = TRUE;
  input->scan_ended = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (input->bursts); i++)
    g_string_truncate (input->bursts[i], 0);
}

static void
read_key (LigdiKeyInput *input, const LigdiKeyPress *press, const LigdiKey *key)
{
  gunichar here = key->kind == LIGDI_KEY_DIGIT ? (gunichar) ('0' + key->digit) : key->character;

  for (guint i = 0; i < G_N_ELEMENTS (input->bursts); i++)
    {
      gunichar there
          = i > 0 ? ligdi_key_layout_read (i - 1, press->keycode, press->shift) : 0;

      if (here != 0)
        g_string_append_unichar (input->bursts[i], there != 0 ? there : here);
    }
}

/* Counts keys that come faster than fingers. */
static void
follow_burst (LigdiKeyInput *input, const LigdiKeyPress *press, LigdiKey *key)
{
  gboolean ends = is_enter (press->keyval) || is_tab (press->keyval);
  gboolean scanning = input->burst_length >= LIGDI_KEY_SCAN_LENGTH && !input->scan_ended;
  guint gap = scanning ? LIGDI_KEY_SCAN_PAUSE_MS : LIGDI_KEY_SCAN_GAP_MS;
  gboolean close = press->time != 0 && input->last_time != 0
                   && press->time - input->last_time < gap;

  input->last_time = press->time;
  if (!close)
    {
      input->burst_length = 0;
      start_burst (input, key);
    }
  else if (input->scan_ended)
    start_burst (input, key);
  input->burst_length++;
  read_key (input, press, key);
  if (input->burst_length >= LIGDI_KEY_HURRY_LENGTH && key->kind == LIGDI_KEY_ENTER)
    key->kind = LIGDI_KEY_IGNORED;
  if (input->burst_length < LIGDI_KEY_SCAN_LENGTH)
    return;
  if (ends && input->bursts[0]->len == 0)
    key->kind = LIGDI_KEY_IGNORED;
  else if (ends)
    key->kind = LIGDI_KEY_SCAN_END;
  else if (key->character != 0 || key->kind == LIGDI_KEY_DIGIT)
    key->kind = LIGDI_KEY_SCAN;
  else
    return;
  input->scan_ended = ends;
  for (guint i = 0; i < G_N_ELEMENTS (input->bursts); i++)
    key->readings[i] = input->bursts[i]->str;
}

/**
 * ligdi_key_input_new:
 *
 * Tells what keys mean to a cashier: figures whatever the layout, never a key held
 * down, never Enter right after the screen changed, and never a scanner's Enter.
 *
 * Returns: (transfer full): a filter that has seen no key yet
 */
LigdiKeyInput *
ligdi_key_input_new (void)
{
  LigdiKeyInput *input = g_new0 (LigdiKeyInput, 1);

  input->pressed = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (input->bursts); i++)
    input->bursts[i] = g_string_new (NULL);
  return input;
}

/**
 * ligdi_key_input_free:
 * @input: (transfer full): a filter
 */
void
ligdi_key_input_free (LigdiKeyInput *input)
{
  g_hash_table_unref (input->pressed);
  for (guint i = 0; i < G_N_ELEMENTS (input->bursts); i++)
    g_string_free (input->bursts[i], TRUE);
  g_free (input);
}

/**
 * ligdi_key_input_press:
 * @input: a filter
 * @press: a key going down
 * @now: ms of the clock that ligdi_key_input_guard() was given
 *
 * The first keys of a scan cannot be told from typing. Whoever obeys them keeps what
 * they change since @first_of_burst, and puts it back at the first %LIGDI_KEY_SCAN:
 * its readings hold all characters since then.
 *
 * Returns: what the key means
 */
LigdiKey
ligdi_key_input_press (LigdiKeyInput *input, const LigdiKeyPress *press, gint64 now)
{
  LigdiKey key = { .keyval = press->keyval, .command = press->command };

  if (is_modifier (press->keyval))
    return key;
  key.repeated = is_repetition (input, press);
  classify (press, &key);
  if (key.repeated)
    {
      if (key.kind != LIGDI_KEY_OTHER)
        key.kind = LIGDI_KEY_IGNORED;
      return key;
    }
  if (press->command)
    return key;

  follow_burst (input, press, &key);
  if (key.kind == LIGDI_KEY_ENTER && now < input->guard_until)
    key.kind = LIGDI_KEY_IGNORED;
  return key;
}

/**
 * ligdi_key_input_release:
 * @input: a filter
 * @keycode: which key was let go
 */
void
ligdi_key_input_release (LigdiKeyInput *input, guint keycode)
{
  g_hash_table_remove (input->pressed, GUINT_TO_POINTER (keycode));
}

/**
 * ligdi_key_input_release_all:
 * @input: a filter
 *
 * Forgets which keys are down, because their release may be seen by somebody else.
 */
void
ligdi_key_input_release_all (LigdiKeyInput *input)
{
  g_hash_table_remove_all (input->pressed);
}

/**
 * ligdi_key_input_guard:
 * @input: a filter
 * @now: ms of any clock that never goes back
 *
 * What is on the screen has changed: Enter means nothing for %LIGDI_KEY_GUARD_MS.
 */
void
ligdi_key_input_guard (LigdiKeyInput *input, gint64 now)
{
  input->guard_until = now + LIGDI_KEY_GUARD_MS;
}
