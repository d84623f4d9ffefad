/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-journal.h"
#include "ligdi-sim-json.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Written whole and atomically when the program starts and ends; a line is added whenever
 * something happens. A line that a crash cut off was never answered for, and is dropped. */

#define LINES_KEPT 20000

struct _LigdiSimJournal
{
  char *path;
  int fd;
  off_t size;
  guint n_lines;
};

static gboolean
fail (LigdiSimJournal *journal, const char *reason, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The state file %s cannot be written: %s.",
               journal->path, reason);
  return FALSE;
}

static gboolean
fail_damaged (LigdiSimJournal *journal, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "The state file %s is damaged or was written by another version. It is kept as it "
               "is: move it away to start with an empty one.",
               journal->path);
  return FALSE;
}

static void
close_file (LigdiSimJournal *journal)
{
  if (journal->fd >= 0)
    close (journal->fd);
  journal->fd = -1;
}

static gboolean
write_all (int fd, const char *data, gsize length)
{
  while (length > 0)
    {
      gssize n_written = write (fd, data, length);

      if (n_written < 0 && errno != EINTR)
        return FALSE;
      if (n_written > 0)
        {
          data += n_written;
          length -= (gsize) n_written;
        }
    }
  return TRUE;
}

static void
append_line (GString *text, JsonNode *line)
{
  g_autoptr (GBytes) bytes = ligdi_sim_json_print (line, FALSE);

  g_string_append_len (text, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_string_append_c (text, '\n');
}

static gboolean
parse_lines (GPtrArray *lines, const char *data, gsize length)
{
  const char *end = NULL;

  while ((end = memchr (data, '\n', length)) != NULL)
    {
      gsize line_length = (gsize) (end - data);
      JsonNode *line = ligdi_sim_json_parse (data, line_length);

      if (line == NULL || !JSON_NODE_HOLDS_OBJECT (line))
        {
          g_clear_pointer (&line, json_node_unref);
          return FALSE;
        }
      g_ptr_array_add (lines, line);
      data = end + 1;
      length -= line_length + 1;
    }
  return lines->len > 0;
}

/**
 * ligdi_sim_journal_free:
 * @journal: (transfer full) (nullable): the journal
 */
void
ligdi_sim_journal_free (LigdiSimJournal *journal)
{
  if (journal == NULL)
    return;

  close_file (journal);
  g_free (journal->path);
  g_free (journal);
}

/**
 * ligdi_sim_journal_new:
 * @path: where the file is, or will be
 *
 * Returns: (transfer full): the journal, not yet read or written
 */
LigdiSimJournal *
ligdi_sim_journal_new (const char *path)
{
  LigdiSimJournal *journal = g_new0 (LigdiSimJournal, 1);

  journal->path = g_strdup (path);
  journal->fd = -1;
  return journal;
}

/**
 * ligdi_sim_journal_read:
 * @error: return location: the file is there and cannot be read, or is no such file
 *
 * Returns: (transfer full) (nullable) (element-type JsonNode): the lines, all of them objects;
 *   none when there is no file yet
 */
GPtrArray *
ligdi_sim_journal_read (LigdiSimJournal *journal, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *data = NULL;
  gsize length = 0;

  if (!g_file_get_contents (journal->path, &data, &length, &local_error))
    {
      if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_steal_pointer (&lines);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The state file %s cannot be read: %s.",
                   journal->path, local_error->message);
      return NULL;
    }
  if (!parse_lines (lines, data, length))
    {
      fail_damaged (journal, error);
      return NULL;
    }
  return g_steal_pointer (&lines);
}

/**
 * ligdi_sim_journal_write:
 * @lines: (element-type JsonNode): all that is to be in the file
 * @error: return location: the file cannot be written; then the old one is still there
 */
gboolean
ligdi_sim_journal_write (LigdiSimJournal *journal, GPtrArray *lines, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) local_error = NULL;

  for (guint i = 0; i < lines->len; i++)
    append_line (text, g_ptr_array_index (lines, i));

  if (!g_file_set_contents_full (journal->path, text->str, (gssize) text->len,
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, &local_error))
    return fail (journal, local_error->message, error);

  close_file (journal);
  journal->fd = open (journal->path, O_WRONLY | O_APPEND | O_CLOEXEC);
  if (journal->fd < 0)
    return fail (journal, g_strerror (errno), error);

  journal->size = (off_t) text->len;
  journal->n_lines = lines->len;
  return TRUE;
}

/**
 * ligdi_sim_journal_append:
 * @line: what happened
 * @error: return location: the line cannot be written; then nothing of it is in the file
 *
 * The file must have been written once.
 */
gboolean
ligdi_sim_journal_append (LigdiSimJournal *journal, JsonNode *line, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_line (text, line);
  if (!write_all (journal->fd, text->str, text->len))
    {
      int reason = errno;

      if (ftruncate (journal->fd, journal->size) != 0)
        g_message ("The state file ends in half a line: %s", g_strerror (errno));
      return fail (journal, g_strerror (reason), error);
    }

  journal->size += (off_t) text->len;
  journal->n_lines++;
  return TRUE;
}

/**
 * ligdi_sim_journal_is_long:
 *
 * Returns: whether it is time to write the file anew
 */
gboolean
ligdi_sim_journal_is_long (LigdiSimJournal *journal)
{
  return journal->n_lines > LINES_KEPT;
}

/**
 * ligdi_sim_journal_refuse:
 * @error: return location for the sentence about a file whose lines make no sense
 *
 * Returns: %FALSE
 */
gboolean
ligdi_sim_journal_refuse (LigdiSimJournal *journal, GError **error)
{
  return fail_damaged (journal, error);
}
