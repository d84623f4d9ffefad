/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-key-input"

#include "ligdi-key-input.h"

#include <gdk/gdk.h>

/* What keys mean: figures in any layout, scanners, keys held down, and the guard. */

/* Keys of the top row, in order: 1 to 9, then 0. */
static const guint azerty_row[] = {
  GDK_KEY_ampersand,  GDK_KEY_eacute, GDK_KEY_quotedbl,   GDK_KEY_apostrophe, GDK_KEY_parenleft,
  GDK_KEY_minus,      GDK_KEY_egrave, GDK_KEY_underscore, GDK_KEY_ccedilla,   GDK_KEY_agrave,
};

static LigdiKey
tap (LigdiKeyInput *input, guint keyval, guint keycode, guint32 time)
{
  LigdiKeyPress press = { .keyval = keyval, .keycode = keycode, .time = time };
  LigdiKey key = ligdi_key_input_press (input, &press, 10000);

  ligdi_key_input_release (input, keycode);
  return key;
}

static void
test_figures_of_layouts (void)
{
  g_autoptr (LigdiKeyInput) input = ligdi_key_input_new ();

  for (guint i = 0; i < 10; i++)
    {
      int digit = (int) (i + 1) % 10;
      LigdiKey qwerty = tap (input, GDK_KEY_0 + (guint) digit, 10 + i, 1000 + i * 1000);
      LigdiKey azerty = tap (input, azerty_row[i], 10 + i, 21000 + i * 1000);
      LigdiKeyPress shifted = { .keyval = GDK_KEY_0 + (guint) digit,
                                .keycode = 10 + i,
                                .shift = TRUE,
                                .time = 41000 + i * 1000 };
      LigdiKey upper = ligdi_key_input_press (input, &shifted, 10000);

      g_assert_cmpint (qwerty.kind, ==, LIGDI_KEY_DIGIT);
      g_assert_cmpint (qwerty.digit, ==, digit);
      g_assert_false (qwerty.from_position);
      g_assert_cmpint (azerty.kind, ==, LIGDI_KEY_DIGIT);
      g_assert_cmpint (azerty.digit, ==, digit);
      g_assert_true (azerty.from_position);
      g_assert_cmpint (upper.kind, ==, LIGDI_KEY_DIGIT);
      g_assert_cmpint (upper.digit, ==, digit);
    }
}

static void
test_figures_of_the_pad (void)
{
  static const guint without_num_lock[] = {
    GDK_KEY_KP_Insert, GDK_KEY_KP_End,   GDK_KEY_KP_Down, GDK_KEY_KP_Page_Down, GDK_KEY_KP_Left,
    GDK_KEY_KP_Begin,  GDK_KEY_KP_Right, GDK_KEY_KP_Home, GDK_KEY_KP_Up,        GDK_KEY_KP_Page_Up,
  };
  g_autoptr (LigdiKeyInput) input = ligdi_key_input_new ();

  for (guint i = 0; i < 10; i++)
    {
      LigdiKey with = tap (input, GDK_KEY_KP_0 + i, 90 + i, 1000 + i * 1000);
      LigdiKey without = tap (input, without_num_lock[i], 90 + i, 21000 + i * 1000);

      g_assert_cmpint (with.kind, ==, LIGDI_KEY_DIGIT);
      g_assert_cmpint (with.digit, ==, (int) i);
      g_assert_cmpint (without.kind, ==, LIGDI_KEY_DIGIT);
      g_assert_cmpint (without.digit, ==, (int) i);
    }
}

static void
test_other_keys (void)
{
  static const struct
  {
    guint keyval;
    guint keycode;
    LigdiKeyKind kind;
  } table[] = {
    { GDK_KEY_plus, 21, LIGDI_KEY_ADD },
    { GDK_KEY_KP_Add, 86, LIGDI_KEY_ADD },
    { GDK_KEY_asterisk, 51, LIGDI_KEY_MULTIPLY },
    { GDK_KEY_KP_Multiply, 63, LIGDI_KEY_MULTIPLY },
    { GDK_KEY_BackSpace, 22, LIGDI_KEY_BACKSPACE },
    { GDK_KEY_Escape, 9, LIGDI_KEY_ESCAPE },
    { GDK_KEY_Return, 36, LIGDI_KEY_ENTER },
    { GDK_KEY_KP_Enter, 104, LIGDI_KEY_ENTER },
    { GDK_KEY_a, 38, LIGDI_KEY_TEXT },
    { GDK_KEY_eacute, 48, LIGDI_KEY_TEXT },
    { GDK_KEY_space, 65, LIGDI_KEY_TEXT },
    { GDK_KEY_F2, 68, LIGDI_KEY_OTHER },
    { GDK_KEY_Tab, 23, LIGDI_KEY_OTHER },
    { GDK_KEY_Left, 113, LIGDI_KEY_OTHER },
    { GDK_KEY_dead_acute, 11, LIGDI_KEY_OTHER },
  };
  g_autoptr (LigdiKeyInput) input = ligdi_key_input_new ();
  LigdiKeyPress exclamation = { .keyval = GDK_KEY_exclam, .keycode = 10, .shift = TRUE, .time = 90000 };
  LigdiKeyPress command = { .keyval = GDK_KEY_1, .keycode = 10, .command = TRUE, .time = 92000 };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (tap (input, table[i].keyval, table[i].keycode, 1000 + i * 1000).kind, ==,
                     table[i].kind);
  g_assert_cmpint (ligdi_key_input_press (input, &exclamation, 0).kind, ==, LIGDI_KEY_TEXT);
  ligdi_key_input_release (input, 10);
  g_assert_cmpint (ligdi_key_input_press (input, &command, 0).kind, ==, LIGDI_KEY_OTHER);
}

static void
test_held_key_counts_once (void)
{
  g_autoptr (LigdiKeyInput) input = ligdi_key_input_new ();
  LigdiKeyPress press = { .keyval = GDK_KEY_5, .keycode = 14, .time = 1000 };

  g_assert_cmpint (ligdi_key_input_press (input, &press, 0).kind, ==, LIGDI_KEY_DIGIT);
  for (guint i = 0; i < 20; i++)
    {
      LigdiKey key;

      press.time = 1600 + i * 25;
      key = ligdi_key_input_press (input, &press, 0);
      g_assert_cmpint (key.kind, ==, LIGDI_KEY_IGNORED);
      g_assert_true (key.repeated);
    }
  ligdi_key_input_release (input, 14);
  press.time = 2200;
  g_assert_cmpint (ligdi_key_input_press (input, &press, 0).kind, ==, LIGDI_KEY_DIGIT);
  ligdi_key_input_release_all (input);
  press.time = 2400;
  g_assert_cmpint (ligdi_key_input_press (input, &press, 0).kind, ==, LIGDI_KEY_DIGIT);

  /* Let go while another window had the keyboard. */
  press.time = 6000;
  g_assert_cmpint (ligdi_key_input_press (input, &press, 0).kind, ==, LIGDI_KEY_DIGIT);
}

static void
test_held_enter_never_charges (void)
{
  g_autoptr (LigdiKeyInput) input = ligdi_key_input_new ();
  LigdiKeyPress press = { .keyval = GDK_KEY_Return, .keycode = 36, .time = 1000 };

  g_assert_cmpint (ligdi_key_input_press (input, &press, 0).kind, ==, LIGDI_KEY_ENTER);
  press.time = 1700;
  g_assert_cmpint (ligdi_key_input_press (input, &press, 9000).kind, ==, LIGDI_KEY_IGNORED);
}

static void
test_scan (void)
{
  static const char code[] = "6111234500017";
  g_autoptr (LigdiKeyInput) input = ligdi_key_input_new ();
  guint32 time = 5000;
  LigdiKey end;

  for (guint i = 0; code[i] != '\0'; i++, time += 12)
    {
      guint digit = (guint) (code[i] - '0');
      LigdiKey key = tap (input, GDK_KEY_0 + digit, digit == 0 ? 19 : 9 + digit, time);

      g_assert_cmpint (key.first_of_burst, ==, i == 0);
      if (i + 1 < LIGDI_KEY_SCAN_LENGTH)
        g_assert_cmpint (key.kind, ==, LIGDI_KEY_DIGIT);
      else
        {
          g_autofree char *so_far = g_strndup (code, i + 1);

          g_assert_cmpint (key.kind, ==, LIGDI_KEY_SCAN);
          g_assert_cmpstr (key.readings[0], ==, so_far);
        }
    }
  end = tap (input, GDK_KEY_Return, 36, time);
  g_assert_cmpint (end.kind, ==, LIGDI_KEY_SCAN_END);
  g_assert_cmpstr (end.readings[0], ==, code);

  /* And a person's Enter right after it is a person's again. */
  g_assert_cmpint (tap (input, GDK_KEY_Return, 36, time + 300).kind, ==, LIGDI_KEY_ENTER);
}

/* Once it is a scan, a pause of the computer does not cut it in two. */
static void
test_scan_that_pauses (void)
{
  g_autoptr (LigdiKeyInput) input = ligdi_key_input_new ();
  LigdiKey key = { 0 };

  for (guint i = 0; i < 6; i++)
    tap (input, GDK_KEY_1 + i, 10 + i, 5000 + i * 10);
  key = tap (input, GDK_KEY_7, 16, 5050 + LIGDI_KEY_SCAN_PAUSE_MS - 1);
  g_assert_cmpint (key.kind, ==, LIGDI_KEY_SCAN);
  g_assert_cmpstr (key.readings[0], ==, "1234567");
  key = tap (input, GDK_KEY_8, 17, 5050 + 2 * LIGDI_KEY_SCAN_PAUSE_MS);
  g_assert_cmpint (key.kind, ==, LIGDI_KEY_DIGIT);
  g_assert_true (key.first_of_burst);
}

/* A scanner that sends two Enters, and one that scans again at once. */
static void
test_scan_after_scan (void)
{
  g_autoptr (LigdiKeyInput) input = ligdi_key_input_new ();
  guint32 time = 5000;
  LigdiKey key = { 0 };

  for (guint i = 0; i < 8; i++, time += 12)
    tap (input, GDK_KEY_1 + i, 10 + i, time);
  g_assert_cmpint (tap (input, GDK_KEY_Return, 36, time).kind, ==, LIGDI_KEY_SCAN_END);
  g_assert_cmpint (tap (input, GDK_KEY_Return, 36, time + 12).kind, ==, LIGDI_KEY_IGNORED);
  time += 24;
  for (guint i = 0; i < 3; i++, time += 12)
    {
      key = tap (input, GDK_KEY_7 + i, 16 + i, time);
      g_assert_cmpint (key.kind, ==, LIGDI_KEY_SCAN);
      g_assert_cmpint (key.first_of_burst, ==, i == 0);
    }
  g_assert_cmpstr (key.readings[0], ==, "789");
  key = tap (input, GDK_KEY_Return, 36, time);
  g_assert_cmpint (key.kind, ==, LIGDI_KEY_SCAN_END);
  g_assert_cmpstr (key.readings[0], ==, "789");
}

/* A till in French with a scanner that believes it is American. */
static void
test_scan_on_a_french_keyboard (void)
{
  g_autoptr (LigdiKeyInput) input = ligdi_key_input_new ();
  LigdiKey key = { 0 };

  for (guint i = 0; i < 8; i++)
    key = tap (input, azerty_row[i], 10 + i, 5000 + i * 10);
  g_assert_cmpint (key.kind, ==, LIGDI_KEY_SCAN);
  g_assert_cmpstr (key.readings[0], ==, "12345678");
}

/* The scanner presses the keys of another keyboard than this computer's. */
static void
test_scan_for_another_keyboard (void)
{
  /* "AZ-12" and a figure, as an AZERTY has it: 1 is Shift and its key, A is where QWERTY has Q. */
  static const struct
  {
    guint keyval; /* on QWERTY */
    guint keycode;
    gboolean shift;
  } french_scanner[] = {
    { GDK_KEY_Q, 24, TRUE }, { GDK_KEY_W, 25, TRUE }, { GDK_KEY_6, 15, FALSE },
    { GDK_KEY_exclam, 10, TRUE }, { GDK_KEY_at, 11, TRUE }, { GDK_KEY_parenright, 19, TRUE },
  };
  /* "QW1-AZ" as a QWERTY has it. */
  static const struct
  {
    guint keyval; /* on AZERTY */
    guint keycode;
    gboolean shift;
  } american_scanner[] = {
    { GDK_KEY_A, 24, TRUE }, { GDK_KEY_Z, 25, TRUE }, { GDK_KEY_ampersand, 10, FALSE },
    { GDK_KEY_parenright, 20, FALSE }, { GDK_KEY_Q, 38, TRUE }, { GDK_KEY_W, 52, TRUE },
  };
  g_autoptr (LigdiKeyInput) input = ligdi_key_input_new ();
  LigdiKey key = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (french_scanner); i++)
    {
      LigdiKeyPress press = { .keyval = french_scanner[i].keyval,
                              .keycode = french_scanner[i].keycode,
                              .shift = french_scanner[i].shift,
                              .time = 5000 + i * 10 };

      key = ligdi_key_input_press (input, &press, 0);
      ligdi_key_input_release (input, press.keycode);
    }
  g_assert_cmpint (key.kind, ==, LIGDI_KEY_SCAN);
  g_assert_cmpstr (key.readings[0], ==, "QW6!@)");
  g_assert_cmpstr (key.readings[1 + LIGDI_KEY_LAYOUT_FR], ==, "AZ-120");
  g_assert_null (key.readings[1 + LIGDI_KEY_N_LAYOUTS]);
  for (guint i = 0; i < G_N_ELEMENTS (american_scanner); i++)
    {
      LigdiKeyPress press = { .keyval = american_scanner[i].keyval,
                              .keycode = american_scanner[i].keycode,
                              .shift = american_scanner[i].shift,
                              .time = 9000 + i * 10 };

      key = ligdi_key_input_press (input, &press, 0);
      ligdi_key_input_release (input, press.keycode);
    }
  g_assert_cmpint (key.kind, ==, LIGDI_KEY_SCAN);
  g_assert_cmpstr (key.readings[0], ==, "AZ1)QW");
  g_assert_cmpstr (key.readings[1 + LIGDI_KEY_LAYOUT_US], ==, "QW1-AZ");
}

static void
test_scan_with_letters_and_shift (void)
{
  g_autoptr (LigdiKeyInput) input = ligdi_key_input_new ();
  static const guint keyvals[] = { GDK_KEY_A, GDK_KEY_B, GDK_KEY_minus, GDK_KEY_C, GDK_KEY_D,
                                   GDK_KEY_E };
  LigdiKey key = { 0 };
  guint32 time = 5000;

  for (guint i = 0; i < G_N_ELEMENTS (keyvals); i++, time += 20)
    {
      LigdiKeyPress shift = { .keyval = GDK_KEY_Shift_L, .keycode = 50, .time = time - 10 };
      LigdiKeyPress press = { .keyval = keyvals[i], .keycode = 40 + i, .shift = TRUE, .time = time };

      g_assert_cmpint (ligdi_key_input_press (input, &shift, 0).kind, ==, LIGDI_KEY_OTHER);
      key = ligdi_key_input_press (input, &press, 0);
      ligdi_key_input_release (input, 40 + i);
    }
  g_assert_cmpint (key.kind, ==, LIGDI_KEY_SCAN);
  g_assert_cmpstr (key.readings[0], ==, "AB-CDE");
}

/* Five figures and their Enter are six keys. Four and theirs, or three, are no scan that could be
 * told, and no person's either: what was typed stays, and nothing is charged. */
static void
test_shortest_scan (void)
{
  g_autoptr (LigdiKeyInput) input = ligdi_key_input_new ();
  LigdiKey end;

  for (guint i = 0; i < 5; i++)
    tap (input, GDK_KEY_1 + i, 10 + i, 5000 + i * 20);
  end = tap (input, GDK_KEY_Return, 36, 5100);
  g_assert_cmpint (end.kind, ==, LIGDI_KEY_SCAN_END);
  g_assert_cmpstr (end.readings[0], ==, "12345");

  for (guint n = 2; n <= 4; n++)
    {
      guint32 time = 9000 + n * 1000;

      for (guint i = 0; i < n; i++)
        g_assert_cmpint (tap (input, GDK_KEY_1 + i, 10 + i, time + i * 20).kind, ==,
                         LIGDI_KEY_DIGIT);
      g_assert_cmpint (tap (input, GDK_KEY_Return, 36, time + n * 20).kind, ==,
                       n < 3 ? LIGDI_KEY_ENTER : LIGDI_KEY_IGNORED);
    }
}

static void
test_fingers_are_no_scanner (void)
{
  g_autoptr (LigdiKeyInput) input = ligdi_key_input_new ();

  for (guint i = 0; i < 9; i++)
    {
      LigdiKey key = tap (input, GDK_KEY_1 + i, 10 + i, 5000 + i * LIGDI_KEY_SCAN_GAP_MS);

      g_assert_cmpint (key.kind, ==, LIGDI_KEY_DIGIT);
      g_assert_true (key.first_of_burst);
    }
  g_assert_cmpint (tap (input, GDK_KEY_Return, 36, 5000 + 9 * LIGDI_KEY_SCAN_GAP_MS).kind, ==,
                   LIGDI_KEY_ENTER);
}

static void
test_clock_of_keys (void)
{
  g_autoptr (LigdiKeyInput) input = ligdi_key_input_new ();
  LigdiKey key = { 0 };

  /* It wraps around. */
  for (guint i = 0; i < 6; i++)
    key = tap (input, GDK_KEY_1 + i, 10 + i, (guint32) (G_MAXUINT32 - 25) + i * 10);
  g_assert_cmpint (key.kind, ==, LIGDI_KEY_SCAN);

  /* Keys without a time come from no scanner. */
  for (guint i = 0; i < 9; i++)
    {
      key = tap (input, GDK_KEY_1 + i, 10 + i, 0);
      g_assert_cmpint (key.kind, ==, LIGDI_KEY_DIGIT);
    }
}

static void
test_guard (void)
{
  g_autoptr (LigdiKeyInput) input = ligdi_key_input_new ();
  LigdiKeyPress enter = { .keyval = GDK_KEY_Return, .keycode = 36, .time = 1000 };
  LigdiKeyPress five = { .keyval = GDK_KEY_5, .keycode = 14, .time = 2000 };

  ligdi_key_input_guard (input, 50000);
  g_assert_cmpint (ligdi_key_input_press (input, &enter, 50000 + LIGDI_KEY_GUARD_MS - 1).kind, ==,
                   LIGDI_KEY_IGNORED);
  ligdi_key_input_release (input, 36);
  g_assert_cmpint (ligdi_key_input_press (input, &five, 50001).kind, ==, LIGDI_KEY_DIGIT);
  enter.time = 3000;
  g_assert_cmpint (ligdi_key_input_press (input, &enter, 50000 + LIGDI_KEY_GUARD_MS).kind, ==,
                   LIGDI_KEY_ENTER);
}

/* Enter that was pressed on the page before is seen repeating on this one. */
static void
test_enter_held_across_pages (void)
{
  g_autoptr (LigdiKeyInput) input = ligdi_key_input_new ();
  LigdiKeyPress enter = { .keyval = GDK_KEY_Return, .keycode = 36, .time = 1000 };

  ligdi_key_input_guard (input, 50000);
  g_assert_cmpint (ligdi_key_input_press (input, &enter, 50500).kind, ==, LIGDI_KEY_IGNORED);
  for (guint i = 1; i < 40; i++)
    {
      enter.time = 1000 + i * 33;
      g_assert_cmpint (ligdi_key_input_press (input, &enter, 50500 + i * 33).kind, ==,
                       LIGDI_KEY_IGNORED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/key-input/figures-of-layouts", test_figures_of_layouts);
  g_test_add_func ("/key-input/figures-of-the-pad", test_figures_of_the_pad);
  g_test_add_func ("/key-input/other-keys", test_other_keys);
  g_test_add_func ("/key-input/held-key-counts-once", test_held_key_counts_once);
  g_test_add_func ("/key-input/held-enter-never-charges", test_held_enter_never_charges);
  g_test_add_func ("/key-input/scan", test_scan);
  g_test_add_func ("/key-input/scan-that-pauses", test_scan_that_pauses);
  g_test_add_func ("/key-input/scan-after-scan", test_scan_after_scan);
  g_test_add_func ("/key-input/scan-on-a-french-keyboard", test_scan_on_a_french_keyboard);
  g_test_add_func ("/key-input/scan-for-another-keyboard", test_scan_for_another_keyboard);
  g_test_add_func ("/key-input/scan-with-letters-and-shift", test_scan_with_letters_and_shift);
  g_test_add_func ("/key-input/shortest-scan", test_shortest_scan);
  g_test_add_func ("/key-input/fingers-are-no-scanner", test_fingers_are_no_scanner);
  g_test_add_func ("/key-input/clock-of-keys", test_clock_of_keys);
  g_test_add_func ("/key-input/guard", test_guard);
  g_test_add_func ("/key-input/enter-held-across-pages", test_enter_held_across_pages);
  return g_test_run ();
}
