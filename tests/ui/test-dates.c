/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-dates"

#include "ligdi-dates.h"

#include <libintl.h>
#include <locale.h>

/* Days and times in our own words, in a zone whose clocks change. */

#define NBSP "\xc2\xa0"

static gint64
at (int year, int month, int day, int hour, int minute, int second)
{
  g_autoptr (GDateTime) when = g_date_time_new_local (year, month, day, hour, minute, second);

  return g_date_time_to_unix (when) * 1000;
}

static void
test_english (void)
{
  gint64 when = at (2026, 11, 21, 18, 31, 4);
  g_autofree char *day = ligdi_dates_format_day (when);
  g_autofree char *year = ligdi_dates_format_day_and_year (when);
  g_autofree char *time = ligdi_dates_format_time (when);
  g_autofree char *seconds = ligdi_dates_format_time_with_seconds (when + 999);
  g_autofree char *first = ligdi_dates_format_day (at (2026, 5, 1, 0, 0, 0));

  g_assert_cmpstr (day, ==, "Saturday 21 November");
  g_assert_cmpstr (year, ==, "Saturday 21 November 2026");
  g_assert_cmpstr (time, ==, "18:31");
  g_assert_cmpstr (seconds, ==, "18:31:04");
  g_assert_cmpstr (first, ==, "Friday 1 May");
}

static void
test_durations (void)
{
  static const struct
  {
    gint64 seconds;
    const char *duration;
    const char *clock;
  } table[] = {
    { -5, "0" NBSP "s", "0:00" },
    { 0, "0" NBSP "s", "0:00" },
    { 25, "25" NBSP "s", "0:25" },
    { 59, "59" NBSP "s", "0:59" },
    { 80, "1" NBSP "min" NBSP "20" NBSP "s", "1:20" },
    { 3599, "59" NBSP "min" NBSP "59" NBSP "s", "59:59" },
    { 3600, "1" NBSP "h" NBSP "00" NBSP "min", "1:00:00" },
    { 7512, "2" NBSP "h" NBSP "05" NBSP "min", "2:05:12" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *duration = ligdi_dates_format_duration (table[i].seconds);
      g_autofree char *clock = ligdi_dates_format_clock (table[i].seconds);

      g_assert_cmpstr (duration, ==, table[i].duration);
      g_assert_cmpstr (clock, ==, table[i].clock);
    }
}

static void
test_ages (void)
{
  static const struct
  {
    gint64 seconds;
    const char *age;
  } table[] = {
    { -5, "1 min" },         { 59, "1 min" },        { 119, "1 min" },
    { 120, "2 min" },        { 3599, "59 min" },     { 7500, "2 h 05 min" },
    { 86399, "23 h 59 min" }, { 86400, "1 d 0 h" }, { 273600, "3 d 4 h" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *age = ligdi_dates_format_age (table[i].seconds);

      g_assert_cmpstr (age, ==, table[i].age);
    }
}

static void
test_days_of_any_length (void)
{
  static const gint64 hour = 3600 * 1000;
  gint64 ordinary = at (2026, 11, 21, 18, 31, 4);
  gint64 spring = at (2026, 3, 29, 12, 0, 0);
  gint64 autumn = at (2026, 10, 25, 12, 0, 0);

  g_assert_cmpint (ligdi_dates_get_day_start (ordinary, 0), ==, at (2026, 11, 21, 0, 0, 0));
  g_assert_cmpint (ligdi_dates_get_day_start (ordinary, -21), ==, at (2026, 10, 31, 0, 0, 0));
  g_assert_cmpint (ligdi_dates_get_day_start (spring, 1) - ligdi_dates_get_day_start (spring, 0), ==,
                   23 * hour);
  g_assert_cmpint (ligdi_dates_get_day_start (autumn, 1) - ligdi_dates_get_day_start (autumn, 0), ==,
                   25 * hour);
}

static void
test_french (void)
{
  g_autofree char *day = NULL;
  g_autofree char *first = NULL;

  g_setenv ("LANGUAGE", "fr", TRUE);
  if (setlocale (LC_ALL, "C.UTF-8") == NULL)
    {
      g_test_skip ("there is no locale C.UTF-8 here");
      return;
    }
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("LIGDIPAY_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  day = ligdi_dates_format_day_and_year (at (2026, 11, 21, 18, 31, 4));
  first = ligdi_dates_format_day (at (2026, 8, 1, 0, 0, 0));
  g_assert_cmpstr (day, ==, "Samedi 21 novembre 2026");
  g_assert_cmpstr (first, ==, "Samedi 1er août");
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dates/ages", test_ages);
  g_test_add_func ("/dates/english", test_english);
  g_test_add_func ("/dates/durations", test_durations);
  g_test_add_func ("/dates/days-of-any-length", test_days_of_any_length);
  g_test_add_func ("/dates/french", test_french);
  return g_test_run ();
}
