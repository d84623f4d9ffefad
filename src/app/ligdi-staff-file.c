/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-app"

#include "ligdi-staff-file.h"

#include "ligdi-pin.h"

#include <glib/gstdio.h>

/* Who works at the till, in a file for this user alone: names, codes as hashes, and how often a
 * wrong code was given, which no restart forgets. */

#define MANAGER "manager"
/* A cashier's group is this with a number, which nobody has had before. */
#define CASHIER "cashier "

struct _LigdiStaffFile
{
  GObject parent_instance;

  char *path;
  GKeyFile *file;
  gboolean damaged; /* there is something, and nobody can read it */
};

static gboolean
save (LigdiStaffFile *self)
{
  gsize length;
  g_autofree char *text = NULL;
  g_autofree char *directory = NULL;
  g_autoptr (GError) error = NULL;

  if (self->damaged)
    return FALSE;
  text = g_key_file_to_data (self->file, &length, NULL);
  directory = g_path_get_dirname (self->path);
  g_mkdir_with_parents (directory, 0700);
  if (g_file_set_contents_full (self->path, text, (gssize) length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &error))
    return TRUE;
  g_message ("the cashiers and their codes cannot be saved: %s", error->message);
  return FALSE;
}

static gboolean
is_cashier (LigdiStaffFile *self, const char *group)
{
  return g_str_has_prefix (group, CASHIER) && g_key_file_has_key (self->file, group, "name", NULL);
}

/* Where what is known of somebody stands, or NULL when nobody has that name. */
static char *
find_group (LigdiStaffFile *self, const char *name)
{
  g_auto (GStrv) groups = NULL;

  if (name == NULL)
    return g_strdup (MANAGER);
  groups = g_key_file_get_groups (self->file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *other = is_cashier (self, groups[i])
                                   ? g_key_file_get_string (self->file, groups[i], "name", NULL)
                                   : NULL;

      if (g_strcmp0 (name, other) == 0)
        return g_strdup (groups[i]);
    }
  return NULL;
}

static GStrv
list (LigdiStaff *staff)
{
  LigdiStaffFile *self = LIGDI_STAFF_FILE (staff);
  g_auto (GStrv) groups = g_key_file_get_groups (self->file, NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *name = is_cashier (self, groups[i])
                                  ? g_key_file_get_string (self->file, groups[i], "name", NULL)
                                  : NULL;

      if (name != NULL)
        g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

static gboolean
has_code (LigdiStaff *staff, const char *name)
{
  LigdiStaffFile *self = LIGDI_STAFF_FILE (staff);
  g_autofree char *group = find_group (self, name);

  /* Who has damaged the file has not got rid of the manager's code. */
  return (self->damaged && name == NULL)
         || (group != NULL && g_key_file_has_key (self->file, group, "hash", NULL));
}

static gboolean
is_damaged (LigdiStaff *staff)
{
  return LIGDI_STAFF_FILE (staff)->damaged;
}

/* What is not on disk is not so. */
static gboolean
save_or_undo (LigdiStaffFile *self, const char *before)
{
  if (save (self))
    return TRUE;
  g_key_file_unref (self->file);
  self->file = g_key_file_new ();
  g_key_file_load_from_data (self->file, before, (gsize) -1, G_KEY_FILE_NONE, NULL);
  return FALSE;
}

static gboolean
add (LigdiStaff *staff, const char *name)
{
  LigdiStaffFile *self = LIGDI_STAFF_FILE (staff);
  g_autofree char *before = g_key_file_to_data (self->file, NULL, NULL);
  g_autofree char *group = NULL;
  guint number = (guint) MAX (g_key_file_get_integer (self->file, MANAGER, "numbers", NULL), 0);

  do
    {
      g_free (group);
      group = g_strdup_printf (CASHIER "%u", ++number);
    }
  while (g_key_file_has_group (self->file, group));
  g_key_file_set_integer (self->file, MANAGER, "numbers", (int) number);
  g_key_file_set_string (self->file, group, "name", name);
  return save_or_undo (self, before);
}

static gboolean
remove_cashier (LigdiStaff *staff, const char *name)
{
  LigdiStaffFile *self = LIGDI_STAFF_FILE (staff);
  g_autofree char *group = find_group (self, name);
  g_autofree char *before = g_key_file_to_data (self->file, NULL, NULL);

  if (group == NULL)
    return TRUE;
  g_key_file_remove_group (self->file, group, NULL);
  return save_or_undo (self, before);
}

static gboolean
set_code (LigdiStaff *staff, const char *name, const char *code)
{
  LigdiStaffFile *self = LIGDI_STAFF_FILE (staff);
  g_autofree char *group = find_group (self, name);
  g_autofree char *hash = code != NULL ? ligdi_pin_hash (code) : NULL;
  g_autofree char *before = g_key_file_to_data (self->file, NULL, NULL);

  if (group == NULL || (code != NULL && hash == NULL))
    return FALSE;
  g_key_file_remove_key (self->file, group, "hash", NULL);
  if (hash != NULL)
    g_key_file_set_string (self->file, group, "hash", hash);
  g_key_file_set_integer (self->file, group, "wrong", 0);
  return save_or_undo (self, before);
}

static gboolean
try_code (LigdiStaff *staff, const char *name, const char *code, gint64 *wait)
{
  LigdiStaffFile *self = LIGDI_STAFF_FILE (staff);
  gint64 now = g_get_real_time () / 1000;
  gboolean right = ligdi_staff_file_try (self, name, code, now);

  *wait = ligdi_staff_file_get_wait (self, name, now);
  return right;
}

static void
ligdi_staff_file_staff_init (LigdiStaffInterface *iface)
{
  iface->list = list;
  iface->has_code = has_code;
  iface->add = add;
  iface->remove = remove_cashier;
  iface->set_code = set_code;
  iface->try_code = try_code;
  iface->is_damaged = is_damaged;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LigdiStaffFile, ligdi_staff_file, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LIGDI_TYPE_STAFF,
                                                      ligdi_staff_file_staff_init))

static void
ligdi_staff_file_finalize (GObject *object)
{
  LigdiStaffFile *self = LIGDI_STAFF_FILE (object);

  g_free (self->path);
  g_key_file_unref (self->file);
  G_OBJECT_CLASS (ligdi_staff_file_parent_class)->finalize (object);
}

static void
ligdi_staff_file_class_init (LigdiStaffFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ligdi_staff_file_finalize;
}

static void
ligdi_staff_file_init (LigdiStaffFile *self)
{
  self->file = g_key_file_new ();
}

/* Kiosks of before there were cashiers have the code that leads out in a file of its own; it is
 * the manager's. */
static void
carry_over_exit_code (LigdiStaffFile *self, const char *directory)
{
  g_autofree char *path = g_build_filename (directory, "exit-code", NULL);
  g_autoptr (GKeyFile) old = g_key_file_new ();
  g_autofree char *hash = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  g_key_file_load_from_file (old, path, G_KEY_FILE_NONE, NULL);
  hash = g_key_file_get_string (old, "exit-code", "hash", NULL);
  if (hash == NULL)
    {
      self->damaged = TRUE;
      return;
    }
  g_key_file_set_string (self->file, MANAGER, "hash", hash);
  g_key_file_set_integer (self->file, MANAGER, "wrong",
                          g_key_file_get_integer (old, "exit-code", "wrong", NULL));
  g_key_file_set_int64 (self->file, MANAGER, "tried",
                        g_key_file_get_int64 (old, "exit-code", "tried", NULL));
  /* Or it would come back when the new file is removed. */
  if (save (self))
    g_unlink (path);
}

/**
 * ligdi_staff_file_new:
 * @directory: where its file is, which need not exist
 *
 * Returns: (transfer full): who works at the till
 */
LigdiStaffFile *
ligdi_staff_file_new (const char *directory)
{
  LigdiStaffFile *self = g_object_new (LIGDI_TYPE_STAFF_FILE, NULL);

  self->path = g_build_filename (directory, "staff", NULL);
  if (!g_file_test (self->path, G_FILE_TEST_EXISTS))
    carry_over_exit_code (self, directory);
  else if (!g_key_file_load_from_file (self->file, self->path, G_KEY_FILE_NONE, NULL)
           || !g_key_file_has_group (self->file, MANAGER))
    self->damaged = TRUE;
  return self;
}

static guint
get_n_wrong (LigdiStaffFile *self, const char *group)
{
  return (guint) MAX (g_key_file_get_integer (self->file, group, "wrong", NULL), 0);
}

/**
 * ligdi_staff_file_get_wait:
 * @self: who works at the till
 * @name: (nullable): a cashier, or %NULL for the manager
 * @now: milliseconds since 1970
 *
 * Returns: how long nobody may try that code, ms
 */
gint64
ligdi_staff_file_get_wait (LigdiStaffFile *self, const char *name, gint64 now)
{
  g_autofree char *group = NULL;
  gint64 since;

  g_return_val_if_fail (LIGDI_IS_STAFF_FILE (self), 0);

  group = find_group (self, name);
  if (group == NULL)
    return 0;
  since = now - g_key_file_get_int64 (self->file, group, "tried", NULL);
  /* After the clock was set back nobody waits for what it said before. */
  if (since < 0)
    {
      g_key_file_set_int64 (self->file, group, "tried", now);
      since = 0;
    }
  return MAX (ligdi_pin_get_wait (get_n_wrong (self, group)) - since, 0);
}

/**
 * ligdi_staff_file_try:
 * @self: who works at the till
 * @name: (nullable): a cashier, or %NULL for the manager
 * @code: what somebody typed
 * @now: milliseconds since 1970
 *
 * Counts it, on disk, before it is compared: who pulls the plug has tried as well.
 *
 * Returns: whether it is the one, and may be tried now
 */
gboolean
ligdi_staff_file_try (LigdiStaffFile *self, const char *name, const char *code, gint64 now)
{
  const char *who = name != NULL ? name : "the manager";
  g_autofree char *group = NULL;
  g_autofree char *hash = NULL;

  g_return_val_if_fail (LIGDI_IS_STAFF_FILE (self), FALSE);
  g_return_val_if_fail (code != NULL, FALSE);

  group = find_group (self, name);
  hash = group != NULL ? g_key_file_get_string (self->file, group, "hash", NULL) : NULL;
  if (hash == NULL || ligdi_staff_file_get_wait (self, name, now) > 0)
    return FALSE;
  g_key_file_set_integer (self->file, group, "wrong",
                          (int) MIN (get_n_wrong (self, group) + 1, 1000));
  g_key_file_set_int64 (self->file, group, "tried", now);
  save (self);
  if (!ligdi_pin_matches (code, hash))
    {
      g_message ("a wrong code was given for %s", who);
      return FALSE;
    }
  g_message ("the code of %s was given", who);
  g_key_file_set_integer (self->file, group, "wrong", 0);
  save (self);
  return TRUE;
}
