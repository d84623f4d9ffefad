/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-app"

#include "ligdi-exit-code.h"

#include "ligdi-pin.h"

/* The code that leads out of a kiosk, as a hash in a file for this user alone; beside it, how
 * often a wrong one was given, which no restart forgets. */

#define GROUP "exit-code"

struct _LigdiExitCode
{
  GObject parent_instance;

  char *path;
  GKeyFile *file;
  gboolean kiosk; /* waits for the first code */
};

G_DEFINE_FINAL_TYPE (LigdiExitCode, ligdi_exit_code, G_TYPE_OBJECT)

static gboolean
save (LigdiExitCode *self)
{
  gsize length;
  g_autofree char *text = g_key_file_to_data (self->file, &length, NULL);
  g_autofree char *directory = g_path_get_dirname (self->path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (directory, 0700);
  if (g_file_set_contents_full (self->path, text, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                0600, &error))
    return TRUE;
  g_message ("the exit code cannot be saved: %s", error->message);
  return FALSE;
}

static char *
dup_hash (LigdiExitCode *self)
{
  return g_key_file_get_string (self->file, GROUP, "hash", NULL);
}

static guint
get_n_wrong (LigdiExitCode *self)
{
  return (guint) MAX (g_key_file_get_integer (self->file, GROUP, "wrong", NULL), 0);
}

static void
on_given (LigdiWindow *window, const char *code, gpointer user_data)
{
  LigdiExitCode *self = user_data;
  gint64 now = g_get_real_time () / 1000;
  gboolean right = ligdi_exit_code_try (self, code, now);

  ligdi_window_answer_exit_code (window, right, ligdi_exit_code_get_wait (self, now));
}

/* The first code opens the kiosk that waited for it; others are chosen in the preferences. */
static void
on_chosen (LigdiWindow *window, const char *code, gpointer user_data)
{
  LigdiExitCode *self = user_data;
  gboolean first = !ligdi_exit_code_is_set (self);

  if (!ligdi_exit_code_set (self, code))
    ligdi_window_say_code_not_saved (window);
  else if (first && self->kiosk)
    ligdi_window_enter_kiosk (window);
}

static void
ligdi_exit_code_finalize (GObject *object)
{
  LigdiExitCode *self = LIGDI_EXIT_CODE (object);

  g_free (self->path);
  g_key_file_unref (self->file);
  G_OBJECT_CLASS (ligdi_exit_code_parent_class)->finalize (object);
}

static void
ligdi_exit_code_class_init (LigdiExitCodeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ligdi_exit_code_finalize;
}

static void
ligdi_exit_code_init (LigdiExitCode *self)
{
  self->file = g_key_file_new ();
}

/**
 * ligdi_exit_code_new:
 * @path: its file, which need not exist
 *
 * Returns: (transfer full): the code that leads out
 */
LigdiExitCode *
ligdi_exit_code_new (const char *path)
{
  LigdiExitCode *self = g_object_new (LIGDI_TYPE_EXIT_CODE, NULL);

  self->path = g_strdup (path);
  g_key_file_load_from_file (self->file, path, G_KEY_FILE_NONE, NULL);
  return self;
}

/**
 * ligdi_exit_code_is_set:
 * @self: a code
 *
 * Returns: whether anybody has chosen one
 */
gboolean
ligdi_exit_code_is_set (LigdiExitCode *self)
{
  g_autofree char *hash = NULL;

  g_return_val_if_fail (LIGDI_IS_EXIT_CODE (self), FALSE);

  /* Who has damaged the file has not got rid of the code. */
  hash = dup_hash (self);
  return hash != NULL || g_file_test (self->path, G_FILE_TEST_EXISTS);
}

/**
 * ligdi_exit_code_set:
 * @self: a code
 * @code: six digits
 *
 * Returns: whether it is on disk, in place of the one before
 */
gboolean
ligdi_exit_code_set (LigdiExitCode *self, const char *code)
{
  g_autofree char *hash = NULL;

  g_return_val_if_fail (LIGDI_IS_EXIT_CODE (self), FALSE);

  hash = ligdi_pin_hash (code);
  if (hash == NULL)
    return FALSE;
  g_key_file_set_string (self->file, GROUP, "hash", hash);
  g_key_file_set_integer (self->file, GROUP, "wrong", 0);
  return save (self);
}

/**
 * ligdi_exit_code_get_wait:
 * @self: a code
 * @now: milliseconds since 1970
 *
 * Returns: how long nobody may try, ms
 */
gint64
ligdi_exit_code_get_wait (LigdiExitCode *self, gint64 now)
{
  gint64 wait;
  gint64 since;

  g_return_val_if_fail (LIGDI_IS_EXIT_CODE (self), 0);

  wait = ligdi_pin_get_wait (get_n_wrong (self));
  since = now - g_key_file_get_int64 (self->file, GROUP, "tried", NULL);
  /* After the clock was set back nobody waits for what it said before. */
  if (since < 0)
    {
      g_key_file_set_int64 (self->file, GROUP, "tried", now);
      since = 0;
    }
  return MAX (wait - since, 0);
}

/**
 * ligdi_exit_code_try:
 * @self: a code that is set
 * @code: what somebody typed
 * @now: milliseconds since 1970
 *
 * Counts it, on disk, before it is compared: who pulls the plug has tried as well.
 *
 * Returns: whether it is the one, and may be tried now
 */
gboolean
ligdi_exit_code_try (LigdiExitCode *self, const char *code, gint64 now)
{
  g_autofree char *hash = NULL;

  g_return_val_if_fail (LIGDI_IS_EXIT_CODE (self), FALSE);

  hash = dup_hash (self);
  if (hash == NULL || ligdi_exit_code_get_wait (self, now) > 0)
    return FALSE;
  g_key_file_set_integer (self->file, GROUP, "wrong", (int) MIN (get_n_wrong (self) + 1, 1000));
  g_key_file_set_int64 (self->file, GROUP, "tried", now);
  save (self);
  if (!ligdi_pin_matches (code, hash))
    {
      g_message ("kiosk: a wrong exit code was given");
      return FALSE;
    }
  g_message ("kiosk: left with the exit code");
  g_key_file_set_integer (self->file, GROUP, "wrong", 0);
  save (self);
  return TRUE;
}

/**
 * ligdi_exit_code_serve:
 * @self: a code
 * @window: a till that nobody has seen yet
 * @kiosk: whether it shall be a kiosk
 *
 * Asks the code of whoever wants to leave. Without one there is no kiosk: it is chosen first.
 */
void
ligdi_exit_code_serve (LigdiExitCode *self, LigdiWindow *window, gboolean kiosk)
{
  g_return_if_fail (LIGDI_IS_EXIT_CODE (self));
  g_return_if_fail (LIGDI_IS_WINDOW (window));

  self->kiosk = kiosk;
  g_signal_connect_object (window, "exit-code-given", G_CALLBACK (on_given), self, 0);
  g_signal_connect_object (window, "exit-code-chosen", G_CALLBACK (on_chosen), self, 0);
  if (!kiosk)
    return;
  ligdi_window_complete (window);
  if (ligdi_exit_code_is_set (self))
    ligdi_window_enter_kiosk (window);
  else
    ligdi_window_await_exit_code (window);
}
