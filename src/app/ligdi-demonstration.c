/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-app"

#include "ligdi-demonstration.h"

#include "ligdi-error.h"
#include "ligdi-random.h"

#include <glib/gstdio.h>

#include <signal.h>

/* The simulator as a child of the application: play money, with invoices and a port
 * that are the same the next time. */

struct _LigdiDemonstration
{
  GObject parent_instance;

  char *directory;
  GSubprocess *simulator;
  GDataInputStream *output;
};

G_DEFINE_FINAL_TYPE (LigdiDemonstration, ligdi_demonstration, G_TYPE_OBJECT)

/* The simulator lies beside the application, installed or not. */
static char *
find_simulator (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *directory = self != NULL ? g_path_get_dirname (self) : NULL;

  return directory != NULL ? g_build_filename (directory, "ligdipay-simulator", NULL) : NULL;
}

static gboolean
ensure_key (const char *directory, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *key = ligdi_random_token ();

  return g_file_test (path, G_FILE_TEST_EXISTS)
         || g_file_set_contents_full (path, key, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static void
on_line_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result,
                                                          NULL, &error);

  if (line != NULL)
    g_task_return_pointer (task, line, g_free);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, LIGDI_ERROR, LIGDI_ERROR_OFFLINE,
                             "the demonstration gateway did not start");
}

static void
ligdi_demonstration_dispose (GObject *object)
{
  LigdiDemonstration *self = LIGDI_DEMONSTRATION (object);

  if (self->simulator != NULL)
    g_subprocess_send_signal (self->simulator, SIGTERM);
  g_clear_object (&self->output);
  g_clear_object (&self->simulator);
  G_OBJECT_CLASS (ligdi_demonstration_parent_class)->dispose (object);
}

static void
ligdi_demonstration_finalize (GObject *object)
{
  g_free (LIGDI_DEMONSTRATION (object)->directory);
  G_OBJECT_CLASS (ligdi_demonstration_parent_class)->finalize (object);
}

static void
ligdi_demonstration_class_init (LigdiDemonstrationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ligdi_demonstration_dispose;
  object_class->finalize = ligdi_demonstration_finalize;
}

static void
ligdi_demonstration_init (LigdiDemonstration *self)
{
}

/**
 * ligdi_demonstration_new:
 * @directory: the demonstration's own folder
 *
 * Returns: (transfer full): a demonstration that is not running
 */
LigdiDemonstration *
ligdi_demonstration_new (const char *directory)
{
  LigdiDemonstration *self = g_object_new (LIGDI_TYPE_DEMONSTRATION, NULL);

  self->directory = g_strdup (directory);
  return self;
}

/**
 * ligdi_demonstration_start_async:
 * @self: a demonstration
 * @cancellable: (nullable): to stop waiting
 * @callback: called when the gateway answers, or cannot start
 * @user_data: for @callback
 *
 * Starts the simulator on a free port of this computer, or on the one it had before,
 * because stored links name it. It ends with this process, however that ends. Its keys
 * are made up and lie in the demonstration's folder, where ligdi_credentials_load()
 * finds them.
 */
void
ligdi_demonstration_start_async (LigdiDemonstration *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autofree char *program = NULL;
  g_autofree char *state = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (LIGDI_IS_DEMONSTRATION (self));
  g_return_if_fail (self->simulator == NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ligdi_demonstration_start_async);

  program = find_simulator ();
  state = g_build_filename (self->directory, "simulator.json", NULL);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE
                                        | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                        | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  if (g_mkdir_with_parents (self->directory, 0700) == 0
      && ensure_key (self->directory, "ligdipay-api-key", &error)
      && ensure_key (self->directory, "ligdipay-api-token", &error))
    self->simulator = g_subprocess_launcher_spawn (
        launcher, &error, program, "--port", "0", "--state", state, "--credentials",
        self->directory, "--exit-with-parent", NULL);
  if (self->simulator == NULL)
    {
      g_info ("demonstration: %s", error != NULL ? error->message : "no folder");
      g_task_return_new_error (task, LIGDI_ERROR, LIGDI_ERROR_LEDGER,
                               "the demonstration cannot start");
      return;
    }
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->simulator));
  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, cancellable,
                                       on_line_ready, g_steal_pointer (&task));
}

/**
 * ligdi_demonstration_start_finish:
 * @self: a demonstration
 * @result: what the callback got
 * @error: return location: %LIGDI_ERROR_OFFLINE, %LIGDI_ERROR_LEDGER or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the gateway's base address, or %NULL
 */
char *
ligdi_demonstration_start_finish (LigdiDemonstration *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
