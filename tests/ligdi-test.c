/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-test.h"

#include <glib/gstdio.h>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

/* What tests of every layer need: folders, waiting, child processes, the simulator. */

/* There in a build that counts branches, and nowhere else. */
extern int __llvm_profile_write_file (void) __attribute__ ((weak));

/* Far above what any step takes, also under a sanitizer on a busy machine. */
#define DEADLINE_S 40

struct _LigdiTestSimulator
{
  GSubprocess *process;
  char *base_url;
};

static void
remove_tree (const char *path)
{
  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK) && g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
      const char *name;

      while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
        {
          g_autofree char *inner = g_build_filename (path, name, NULL);

          remove_tree (inner);
        }
    }
  g_remove (path);
}

static gboolean
on_deadline (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
write_text (const char *path, const char *text)
{
  int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  gboolean written;

  if (fd < 0)
    return FALSE;
  written = write (fd, text, strlen (text)) == (gssize) strlen (text);
  close (fd);
  return written;
}

/* Root may mount in a name space of its own; others first become root in another one. */
static gboolean
enter_mount_space (void)
{
  g_autofree char *users = g_strdup_printf ("0 %u 1", (guint) getuid ());
  g_autofree char *groups = g_strdup_printf ("0 %u 1", (guint) getgid ());

  if (unshare (CLONE_NEWNS) != 0
      && (unshare (CLONE_NEWUSER | CLONE_NEWNS) != 0
          || !write_text ("/proc/self/setgroups", "deny")
          || !write_text ("/proc/self/uid_map", users)
          || !write_text ("/proc/self/gid_map", groups)))
    return FALSE;
  return mount ("none", "/", "none", MS_REC | MS_PRIVATE, NULL) == 0;
}

/**
 * ligdi_test_make_folder:
 *
 * Returns: (transfer full): the path of a new folder
 */
LigdiTestFolder *
ligdi_test_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("ligdi-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

/**
 * ligdi_test_remove_folder:
 * @folder: (transfer full): a folder's path
 *
 * Removes the folder and all there is in it.
 */
void
ligdi_test_remove_folder (LigdiTestFolder *folder)
{
  remove_tree (folder);
  g_free (folder);
}

/**
 * ligdi_test_hash_file:
 * @path: a file
 *
 * Returns: (transfer full): what tells its bytes from others
 */
char *
ligdi_test_hash_file (const char *path)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
}

/**
 * ligdi_test_get_deadline:
 *
 * Returns: when whatever is waited for from now on must have come, monotonic time
 */
gint64
ligdi_test_get_deadline (void)
{
  return g_get_monotonic_time () + DEADLINE_S * G_USEC_PER_SEC;
}

/**
 * ligdi_test_run_loop:
 * @deadline: monotonic time
 *
 * Runs the main loop once, not longer than to @deadline.
 *
 * Returns: %FALSE when @deadline has passed
 */
gboolean
ligdi_test_run_loop (gint64 deadline)
{
  gint64 left = deadline - g_get_monotonic_time ();
  guint timer;

  if (left <= 0)
    return FALSE;
  timer = g_timeout_add ((guint) (left / 1000) + 1, on_deadline, NULL);
  g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  return TRUE;
}

/**
 * ligdi_test_finish_loop:
 *
 * Runs the main loop until nothing is ready any more, for instance the last callbacks of
 * what a test has cancelled.
 */
void
ligdi_test_finish_loop (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

/**
 * ligdi_test_run_child:
 * @body: what the child does; it may not use threads of this process
 * @user_data: for @body
 *
 * Returns: the child's exit status, or 128 and the number of the signal that killed it
 */
int
ligdi_test_run_child (LigdiTestBody body, gpointer user_data)
{
  int status = 0;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      int answer = body (user_data);

      /* _exit () would lose what was counted; see tests/coverage.py. */
      if (__llvm_profile_write_file != NULL)
        __llvm_profile_write_file ();
      _exit (answer);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}

/**
 * ligdi_test_find_self:
 *
 * Returns: (transfer full): this program's file, to start it again; to valgrind the link itself
 *   would lead to valgrind
 */
char *
ligdi_test_find_self (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_file_read_link ("/proc/self/exe", &error);

  g_assert_no_error (error);
  return path;
}

/**
 * ligdi_test_mount_small_disk:
 * @folder: where
 * @kilobytes: how much fits
 *
 * Puts a disk over @folder that only this process sees. For child processes.
 *
 * Returns: whether this machine permits it
 */
gboolean
ligdi_test_mount_small_disk (const char *folder, guint kilobytes)
{
  g_autofree char *size = g_strdup_printf ("size=%uk,mode=0700", kilobytes);

  return enter_mount_space () && mount ("tmpfs", folder, "tmpfs", 0, size) == 0;
}

/**
 * ligdi_test_make_disk_read_only:
 * @folder: where ligdi_test_mount_small_disk() put a disk
 *
 * Returns: whether this machine permits it
 */
gboolean
ligdi_test_make_disk_read_only (const char *folder)
{
  return mount ("tmpfs", folder, "tmpfs", MS_REMOUNT | MS_RDONLY, NULL) == 0;
}

/**
 * ligdi_test_simulator_start:
 * @program: the simulator's program
 * @options: (nullable) (array zero-terminated=1): more for its command line
 *
 * Starts the simulator on a free port, with the public demonstration keys.
 *
 * Returns: (transfer full): the simulator, which listens
 */
LigdiTestSimulator *
ligdi_test_simulator_start (const char *program, const char *const *options)
{
  LigdiTestSimulator *simulator = g_new0 (LigdiTestSimulator, 1);
  g_autoptr (GPtrArray) command = g_ptr_array_new ();
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (command, (gpointer) program);
  g_ptr_array_add (command, (gpointer) "--port=0");
  g_ptr_array_add (command, (gpointer) "--quiet");
  g_ptr_array_add (command, (gpointer) "--public-keys");
  g_ptr_array_add (command, (gpointer) "--exit-with-parent");
  for (guint i = 0; options != NULL && options[i] != NULL; i++)
    g_ptr_array_add (command, (gpointer) options[i]);
  g_ptr_array_add (command, NULL);

  simulator->process
      = g_subprocess_newv ((const char *const *) command->pdata,
                           G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (simulator->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  simulator->base_url = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (simulator->base_url);
  return simulator;
}

/**
 * ligdi_test_simulator_get_base_url:
 * @simulator: a simulator
 *
 * Returns: (transfer none): its address
 */
const char *
ligdi_test_simulator_get_base_url (LigdiTestSimulator *simulator)
{
  return simulator->base_url;
}

/**
 * ligdi_test_simulator_stop:
 * @simulator: (transfer full): a simulator
 */
void
ligdi_test_simulator_stop (LigdiTestSimulator *simulator)
{
  g_subprocess_force_exit (simulator->process);
  g_subprocess_wait (simulator->process, NULL, NULL);
  g_object_unref (simulator->process);
  g_free (simulator->base_url);
  g_free (simulator);
}
