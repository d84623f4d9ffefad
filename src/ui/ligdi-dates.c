/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-dates.h"

#include <glib/gi18n.h>

/* Days and times in our own words: the C library knows them only in the languages the
 * machine has locales for, and a till seldom has a French one. */

#define MS_PER_SECOND 1000

static const char *const weekdays[] = {
  N_ ("Monday"),   N_ ("Tuesday"),  N_ ("Wednesday"), N_ ("Thursday"),
  N_ ("Friday"),   N_ ("Saturday"), N_ ("Sunday"),
};

static const char *const months[] = {
  NC_ ("in a date", "January"), NC_ ("in a date", "February"),  NC_ ("in a date", "March"),
  NC_ ("in a date", "April"),   NC_ ("in a date", "May"),       NC_ ("in a date", "June"),
  NC_ ("in a date", "July"),    NC_ ("in a date", "August"),    NC_ ("in a date", "September"),
  NC_ ("in a date", "October"), NC_ ("in a date", "November"),  NC_ ("in a date", "December"),
};

static GDateTime *
to_local (gint64 at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / MS_PER_SECOND);

  return g_date_time_to_local (utc);
}

static const char *
get_weekday (GDateTime *when)
{
  return _ (weekdays[g_date_time_get_day_of_week (when) - 1]);
}

static const char *
get_month (GDateTime *when)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "in a date", months[g_date_time_get_month (when) - 1]);
}

/**
 * ligdi_dates_format_day:
 * @at: ms since 1970
 *
 * Returns: (transfer full): for instance "Saturday 21 November", in local time
 */
char *
ligdi_dates_format_day (gint64 at)
{
  g_autoptr (GDateTime) when = to_local (at);
  int day = g_date_time_get_day_of_month (when);

  if (day == 1)
    /* Translators: a weekday, the first day of a month, and the month's name. */
    return g_strdup_printf (_("%1$s 1 %2$s"), get_weekday (when), get_month (when));
  /* Translators: a weekday, the day's number, and the month's name. */
  return g_strdup_printf (_("%1$s %2$d %3$s"), get_weekday (when), day, get_month (when));
}

/**
 * ligdi_dates_format_day_and_year:
 * @at: ms since 1970
 *
 * Returns: (transfer full): for instance "Saturday 21 November 2026", in local time
 */
char *
ligdi_dates_format_day_and_year (gint64 at)
{
  g_autoptr (GDateTime) when = to_local (at);
  g_autofree char *day = ligdi_dates_format_day (at);

  /* Translators: a day such as "Saturday 21 November", and the year. */
  return g_strdup_printf (_("%1$s %2$d"), day, g_date_time_get_year (when));
}

/**
 * ligdi_dates_format_time:
 * @at: ms since 1970
 *
 * Returns: (transfer full): for instance "18:31", in local time
 */
char *
ligdi_dates_format_time (gint64 at)
{
  g_autoptr (GDateTime) when = to_local (at);

  return g_date_time_format (when, "%H:%M");
}

/**
 * ligdi_dates_format_time_with_seconds:
 * @at: ms since 1970
 *
 * Returns: (transfer full): for instance "18:31:04", in local time
 */
char *
ligdi_dates_format_time_with_seconds (gint64 at)
{
  g_autoptr (GDateTime) when = to_local (at);

  return g_date_time_format (when, "%H:%M:%S");
}

/**
 * ligdi_dates_format_duration:
 * @seconds: how long; less than nothing counts as nothing
 *
 * Returns: (transfer full): for instance "1 min 20 s", or "2 h 05 min" from an hour on
 */
char *
ligdi_dates_format_duration (gint64 seconds)
{
  int whole = (int) CLAMP (seconds, 0, G_MAXINT);

  if (whole < 60)
    /* Translators: seconds. The space does not break. */
    return g_strdup_printf (_("%d s"), whole);
  if (whole < 60 * 60)
    /* Translators: minutes and seconds. The spaces do not break. */
    return g_strdup_printf (_("%1$d min %2$d s"), whole / 60, whole % 60);
  /* Translators: hours and minutes. The spaces do not break. */
  return g_strdup_printf (_("%1$d h %2$02d min"), whole / 3600, whole / 60 % 60);
}

/**
 * ligdi_dates_format_age:
 * @seconds: how long; less than a minute counts as one
 *
 * Returns: (transfer full): as one says it of something that waits: "11 min", "2 h 05 min" or,
 *   from a day on, "3 d 4 h"
 */
char *
ligdi_dates_format_age (gint64 seconds)
{
  int minutes = (int) CLAMP (seconds / 60, 1, G_MAXINT);

  if (minutes < 60)
    /* Translators: minutes. The space does not break. */
    return g_strdup_printf (_("%d min"), minutes);
  if (minutes < 24 * 60)
    return ligdi_dates_format_duration (seconds);
  /* Translators: days and hours. The spaces do not break. */
  return g_strdup_printf (_("%1$d d %2$d h"), minutes / (24 * 60), minutes / 60 % 24);
}

/**
 * ligdi_dates_format_clock:
 * @seconds: how long; less than nothing counts as nothing
 *
 * Returns: (transfer full): for instance "0:25", as on a stopwatch
 */
char *
ligdi_dates_format_clock (gint64 seconds)
{
  int whole = (int) CLAMP (seconds, 0, G_MAXINT);

  if (whole < 60 * 60)
    return g_strdup_printf ("%d:%02d", whole / 60, whole % 60);
  return g_strdup_printf ("%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
}

/**
 * ligdi_dates_get_day_start:
 * @at: ms since 1970
 * @days: how many days later, or earlier when below 0
 *
 * Days have 23 or 25 hours where clocks change, so nobody may add 24 hours.
 *
 * Returns: when that day began in local time, ms since 1970
 */
gint64
ligdi_dates_get_day_start (gint64 at, gint days)
{
  g_autoptr (GDateTime) when = to_local (at);
  g_autoptr (GDateTime) midnight
    = g_date_time_new_local (g_date_time_get_year (when), g_date_time_get_month (when),
                             g_date_time_get_day_of_month (when), 0, 0, 0);
  g_autoptr (GDateTime) moved = g_date_time_add_days (midnight, days);

  return g_date_time_to_unix (moved) * MS_PER_SECOND;
}

/**
 * ligdi_dates_now:
 *
 * Returns: the time of the wall clock, ms since 1970
 */
gint64
ligdi_dates_now (void)
{
  return g_get_real_time () / MS_PER_SECOND;
}
