/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-statement.h"

#include "ligdi-error.h"

#include <errno.h>
#include <stdarg.h>

static int
bind (sqlite3_stmt *statement, const char *types, va_list values)
{
  int code = SQLITE_OK;

  for (int i = 0; code == SQLITE_OK && types[i] != '\0'; i++)
    {
      if (types[i] == 'i')
        code = sqlite3_bind_int64 (statement, i + 1, va_arg (values, gint64));
      else
        code = sqlite3_bind_text (statement, i + 1, va_arg (values, const char *), -1,
                                  SQLITE_TRANSIENT);
    }
  return code;
}

static sqlite3_stmt *
prepare (sqlite3 *db, GError **error, const char *sql, const char *types, va_list values)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  int code = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);

  if (code == SQLITE_OK)
    code = bind (statement, types, values);
  if (code != SQLITE_OK)
    {
      ligdi_ledger_set_error (db, code, error);
      return NULL;
    }
  return g_steal_pointer (&statement);
}

/**
 * ligdi_ledger_set_error:
 * @db: the database
 * @code: what SQLite answered
 * @error: return location
 *
 * Turns SQLite's answer into the cashier's next move. SQLite's own words go to the
 * log; they name tables and files, never values.
 */
void
ligdi_ledger_set_error (sqlite3 *db, int code, GError **error)
{
  LigdiError move = LIGDI_ERROR_LEDGER;

  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      move = LIGDI_ERROR_LEDGER_LOCKED;
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      move = LIGDI_ERROR_LEDGER_CORRUPT;
      break;
    case SQLITE_FULL:
      move = LIGDI_ERROR_LEDGER_FULL;
      break;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      if (db != NULL && (sqlite3_system_errno (db) == ENOSPC || sqlite3_system_errno (db) == EDQUOT))
        move = LIGDI_ERROR_LEDGER_FULL;
      break;
    default:
      break;
    }
  g_set_error (error, LIGDI_ERROR, move, "ledger: %s (%d)",
               db != NULL ? sqlite3_errmsg (db) : sqlite3_errstr (code), code);
}

/**
 * ligdi_ledger_prepare:
 * @db: the database
 * @error: return location, a ledger error
 * @sql: one statement
 * @types: one letter a value: i for a #gint64, t for a nullable UTF-8 text
 * @...: the values
 *
 * Returns: (transfer full): the statement, ready for ligdi_ledger_step(), or %NULL
 */
sqlite3_stmt *
ligdi_ledger_prepare (sqlite3 *db, GError **error, const char *sql, const char *types, ...)
{
  va_list values;
  sqlite3_stmt *statement;

  va_start (values, types);
  statement = prepare (db, error, sql, types, values);
  va_end (values);
  return statement;
}

/**
 * ligdi_ledger_prepare_to_keep:
 * @db: the database
 * @error: return location, a ledger error
 * @sql: one statement
 *
 * Returns: (transfer full): the statement, to be bound and reset many times, or %NULL
 */
sqlite3_stmt *
ligdi_ledger_prepare_to_keep (sqlite3 *db, GError **error, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v3 (db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);

  if (code != SQLITE_OK)
    ligdi_ledger_set_error (db, code, error);
  return statement;
}

/**
 * ligdi_ledger_run_kept:
 * @statement: a statement of ligdi_ledger_prepare_to_keep() that answers nothing
 * @error: return location, a ledger error
 * @types: as for ligdi_ledger_prepare()
 * @...: the values
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_run_kept (sqlite3_stmt *statement, GError **error, const char *types, ...)
{
  va_list values;
  gboolean has_row;
  gboolean success;
  int code;

  va_start (values, types);
  code = bind (statement, types, values);
  va_end (values);
  if (code != SQLITE_OK)
    ligdi_ledger_set_error (sqlite3_db_handle (statement), code, error);
  success = code == SQLITE_OK && ligdi_ledger_step (statement, &has_row, error);
  sqlite3_reset (statement);
  /* A payment's token is not kept longer than it takes. */
  sqlite3_clear_bindings (statement);
  return success;
}

/**
 * ligdi_ledger_step:
 * @statement: a statement
 * @has_row: (out): whether there is a row to read
 * @error: return location, a ledger error
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_step (sqlite3_stmt *statement, gboolean *has_row, GError **error)
{
  int code = sqlite3_step (statement);

  *has_row = code == SQLITE_ROW;
  if (code == SQLITE_ROW || code == SQLITE_DONE)
    return TRUE;
  ligdi_ledger_set_error (sqlite3_db_handle (statement), code, error);
  return FALSE;
}

/**
 * ligdi_ledger_execute:
 * @db: the database
 * @error: return location, a ledger error
 * @sql: one statement that answers nothing
 * @types: as for ligdi_ledger_prepare()
 * @...: the values
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_execute (sqlite3 *db, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  va_list values;
  gboolean has_row;

  va_start (values, types);
  statement = prepare (db, error, sql, types, values);
  va_end (values);
  return statement != NULL && ligdi_ledger_step (statement, &has_row, error);
}

/**
 * ligdi_ledger_read_integer:
 * @db: the database
 * @value: (out): what the statement answers; 0 when it answers nothing
 * @error: return location, a ledger error
 * @sql: a statement that answers one integer
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_read_integer (sqlite3 *db, gint64 *value, GError **error, const char *sql)
{
  g_autoptr (sqlite3_stmt) statement = ligdi_ledger_prepare (db, error, sql, "");
  gboolean has_row;

  if (statement == NULL || !ligdi_ledger_step (statement, &has_row, error))
    return FALSE;
  *value = has_row ? sqlite3_column_int64 (statement, 0) : 0;
  return TRUE;
}

/**
 * ligdi_ledger_begin_transaction:
 * @db: the database
 * @error: return location, a ledger error
 *
 * Takes the write lock at once: what is read inside cannot change before it is
 * written.
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_begin_transaction (sqlite3 *db, GError **error)
{
  return ligdi_ledger_execute (db, error, "BEGIN IMMEDIATE", "");
}

/**
 * ligdi_ledger_end_transaction:
 * @db: the database
 * @success: whether everything inside worked
 * @error: return location, a ledger error; untouched when @success is %FALSE
 *
 * Commits, or rolls back when @success is %FALSE or the commit fails.
 *
 * Returns: whether everything is on disk
 */
gboolean
ligdi_ledger_end_transaction (sqlite3 *db, gboolean success, GError **error)
{
  if (success && ligdi_ledger_execute (db, error, "COMMIT", ""))
    return TRUE;
  if (!sqlite3_get_autocommit (db))
    sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/**
 * ligdi_ledger_dup_column:
 * @statement: a statement with a row
 * @column: which column, from 0
 *
 * Returns: (transfer full) (nullable): the column's text, or %NULL for NULL
 */
char *
ligdi_ledger_dup_column (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}
