/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-staff.h"

/* Who works at the till: the cashiers, each with a name and perhaps a code, and the manager, who
 * has a code and no name. */

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (LigdiStaff, ligdi_staff, G_TYPE_OBJECT)

static void
ligdi_staff_default_init (LigdiStaffInterface *iface)
{
  /**
   * LigdiStaff::changed:
   * @self: the staff
   *
   * Somebody came or went, or has another code.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LIGDI_TYPE_STAFF, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static gboolean
tell (LigdiStaff *self, gboolean saved)
{
  if (saved)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return saved;
}

/* As it is shown: without what does not show, and with one blank where there are several. */
static char *
clean (const char *name)
{
  GString *text = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isgraph (c))
        g_string_append_unichar (text, c);
      else if (text->len > 0 && text->str[text->len - 1] != ' ')
        g_string_append_c (text, ' ');
    }
  g_strchomp (text->str);
  return g_string_free (text, FALSE);
}

static gboolean
is_taken (const char *const *names, const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *other = g_utf8_casefold (names[i], -1);

      if (g_utf8_collate (folded, other) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * ligdi_staff_list:
 * @self: the staff
 *
 * Returns: (transfer full): the cashiers' names, in the order in which they came
 */
GStrv
ligdi_staff_list (LigdiStaff *self)
{
  g_return_val_if_fail (LIGDI_IS_STAFF (self), NULL);

  return LIGDI_STAFF_GET_IFACE (self)->list (self);
}

/**
 * ligdi_staff_has_cashiers:
 * @self: the staff
 *
 * Returns: whether anybody has a name, so that the till asks who is there
 */
gboolean
ligdi_staff_has_cashiers (LigdiStaff *self)
{
  g_auto (GStrv) names = ligdi_staff_list (self);

  return names[0] != NULL;
}

/**
 * ligdi_staff_has_code:
 * @self: the staff
 * @name: (nullable): a cashier, or %NULL for the manager
 *
 * Returns: whether a code is asked for
 */
gboolean
ligdi_staff_has_code (LigdiStaff *self, const char *name)
{
  g_return_val_if_fail (LIGDI_IS_STAFF (self), FALSE);

  return LIGDI_STAFF_GET_IFACE (self)->has_code (self, name);
}

/**
 * ligdi_staff_add:
 * @self: the staff
 * @name: what somebody typed, in UTF-8
 *
 * A new cashier, without a code.
 *
 * Returns: what came of it
 */
LigdiNaming
ligdi_staff_add (LigdiStaff *self, const char *name)
{
  g_auto (GStrv) names = NULL;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (LIGDI_IS_STAFF (self), LIGDI_NAMING_NOT_SAVED);
  g_return_val_if_fail (name != NULL, LIGDI_NAMING_EMPTY);

  names = ligdi_staff_list (self);
  shown = clean (name);
  if (*shown == '\0' || g_utf8_strlen (shown, -1) > LIGDI_STAFF_MAX_NAME)
    return LIGDI_NAMING_EMPTY;
  if (is_taken ((const char *const *) names, shown))
    return LIGDI_NAMING_TAKEN;
  if (g_strv_length (names) >= LIGDI_STAFF_MAX)
    return LIGDI_NAMING_FULL;
  return tell (self, LIGDI_STAFF_GET_IFACE (self)->add (self, shown)) ? LIGDI_NAMING_DONE
                                                                      : LIGDI_NAMING_NOT_SAVED;
}

/**
 * ligdi_staff_remove:
 * @self: the staff
 * @name: a cashier
 *
 * The journal keeps the name where it stands.
 *
 * Returns: whether it is saved
 */
gboolean
ligdi_staff_remove (LigdiStaff *self, const char *name)
{
  g_return_val_if_fail (LIGDI_IS_STAFF (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  return tell (self, LIGDI_STAFF_GET_IFACE (self)->remove (self, name));
}

/**
 * ligdi_staff_set_code:
 * @self: the staff
 * @name: (nullable): a cashier, or %NULL for the manager
 * @code: (nullable): %LIGDI_CASHIER_DIGITS or %LIGDI_MANAGER_DIGITS digits, or %NULL for none
 *
 * Returns: whether it is saved
 */
gboolean
ligdi_staff_set_code (LigdiStaff *self, const char *name, const char *code)
{
  g_return_val_if_fail (LIGDI_IS_STAFF (self), FALSE);

  return tell (self, LIGDI_STAFF_GET_IFACE (self)->set_code (self, name, code));
}

/**
 * ligdi_staff_try_code:
 * @self: the staff
 * @name: (nullable): a cashier, or %NULL for the manager
 * @code: what somebody typed
 * @wait: (out): how long nobody may try again, ms
 *
 * It takes some tenths of a second.
 *
 * Returns: whether it is the one, and may be tried now
 */
gboolean
ligdi_staff_try_code (LigdiStaff *self, const char *name, const char *code, gint64 *wait)
{
  g_return_val_if_fail (LIGDI_IS_STAFF (self), FALSE);
  g_return_val_if_fail (code != NULL && wait != NULL, FALSE);

  return LIGDI_STAFF_GET_IFACE (self)->try_code (self, name, code, wait);
}

/**
 * ligdi_staff_is_damaged:
 * @self: the staff
 *
 * Returns: whether there is something that nobody can read: then no code is the manager's
 */
gboolean
ligdi_staff_is_damaged (LigdiStaff *self)
{
  LigdiStaffInterface *iface = LIGDI_STAFF_GET_IFACE (self);

  return iface->is_damaged != NULL && iface->is_damaged (self);
}
