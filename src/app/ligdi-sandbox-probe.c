/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-app"

#include "ligdi-sandbox-probe.h"

/* Containers and chroots refuse the namespaces that WebKit's sandbox is made of, and a
 * sandboxed web view then never starts. Better to know beforehand. */

static void
on_wait_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error))
    g_info ("WebKit's sandbox cannot work here: %s", error->message);
  g_task_return_boolean (task, error == NULL);
}

/**
 * ligdi_sandbox_probe_async:
 * @cancellable: (nullable): to stop waiting
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Tries, once, what WebKit's sandbox needs: bubblewrap with namespaces of its own, and
 * the proxy for the session bus. In flatpak the sandbox is flatpak's own.
 */
void
ligdi_sandbox_probe_async (GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *proxy = g_find_program_in_path ("xdg-dbus-proxy");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, ligdi_sandbox_probe_async);
  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (proxy != NULL)
    process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                    | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                &error, "bwrap", "--ro-bind", "/", "/", "--proc", "/proc", "--dev",
                                "/dev", "--unshare-pid", "--unshare-net", "--unshare-uts",
                                "--die-with-parent", "true", NULL);
  if (process == NULL)
    {
      g_info ("WebKit's sandbox cannot work here: bwrap or xdg-dbus-proxy is missing");
      g_task_return_boolean (task, FALSE);
      return;
    }
  g_subprocess_wait_check_async (process, cancellable, on_wait_ready, g_steal_pointer (&task));
}

/**
 * ligdi_sandbox_probe_finish:
 * @result: what the callback got
 *
 * Returns: whether the sandbox works here
 */
gboolean
ligdi_sandbox_probe_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
