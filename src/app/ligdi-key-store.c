/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-app"

#include "ligdi-key-store.h"

#include "ligdi-error.h"

#include <libsecret/secret.h>

#include <string.h>

/* Keeps the two keys: in the desktop's keyring where there is one, and else in files. What
 * systemd or an administrator gives comes first, and is never written. */

/* A line for each. */
#define SEPARATOR "\n"

struct _LigdiKeyStore
{
  GObject parent_instance;

  GSettings *settings;
  char *directory; /* for the files */
};

G_DEFINE_FINAL_TYPE (LigdiKeyStore, ligdi_key_store, G_TYPE_OBJECT)

enum
{
  SIGNAL_WAITING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A keyring that is open answers long before that. */
#define OPEN_MS 2000

static const SecretSchema schema = {
  .name = "com.example.LigdiPay",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "account", SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

/* In a keyring that is closed gnome-keyring 42 finds nothing by the name of a schema, and so would
 * not ask for the password. For a till, where somebody is there to answer. */
static const SecretSchema asking_schema = {
  .name = "com.example.LigdiPay",
  .flags = SECRET_SCHEMA_DONT_MATCH_NAME,
  .attributes = { { "account", SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

static LigdiCredentials *
load_given (void)
{
  return ligdi_credentials_load (g_getenv ("CREDENTIALS_DIRECTORY"));
}

/* Both lie in one secret: there is never one key of this account and one of another. */
static LigdiCredentials *
split (const char *secret)
{
  const char *end = secret != NULL ? strstr (secret, SEPARATOR) : NULL;
  g_autoptr (LigdiCredentials) credentials = NULL;

  if (end == NULL)
    return NULL;
  credentials = g_new0 (LigdiCredentials, 1);
  credentials->api_key = g_strndup (secret, end - secret);
  credentials->api_token = g_strdup (end + strlen (SEPARATOR));
  return g_steal_pointer (&credentials);
}

static void
wipe_text (gpointer data)
{
  char *text = data;

  explicit_bzero (text, strlen (text));
  g_free (text);
}

static SecretValue *
join (const LigdiCredentials *credentials)
{
  char *text = g_strconcat (credentials->api_key, SEPARATOR, credentials->api_token, NULL);

  return secret_value_new_full (text, -1, "text/plain", wipe_text);
}

static void
return_credentials (GTask *task, LigdiCredentials *credentials)
{
  if (credentials != NULL)
    g_task_return_pointer (task, credentials, (GDestroyNotify) ligdi_credentials_free);
  else if (ligdi_key_store_get_place (g_task_get_source_object (task)) == LIGDI_KEY_PLACE_KEYRING)
    g_task_return_new_error (task, LIGDI_ERROR, LIGDI_ERROR_KEYRING, "the keyring gives no keys");
  else
    g_task_return_new_error (task, LIGDI_ERROR, LIGDI_ERROR_CREDENTIALS, "there are no keys");
}

static gboolean
on_waiting (gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_WAITING], 0);
  return G_SOURCE_REMOVE;
}

static void
destroy_source (gpointer source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

static void
on_lookup_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *secret = secret_password_lookup_nonpageable_finish (result, &error);
  LigdiCredentials *credentials = split (secret);

  secret_password_free (secret);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("the keyring: %s", error->message);
  return_credentials (task, credentials);
}

/* Keys in a place that nobody remembers would be lost. */
static gboolean
return_saved (GTask *task, const char *place)
{
  LigdiKeyStore *self = g_task_get_source_object (task);

  if (!g_settings_set_string (self->settings, "keys-place", place))
    {
      g_task_return_new_error (task, LIGDI_ERROR, LIGDI_ERROR_CREDENTIALS,
                               "an administrator has set where the keys are");
      return FALSE;
    }
  g_settings_sync ();
  g_task_return_boolean (task, TRUE);
  return TRUE;
}

/* Where there is no keyring, or nobody opens it. */
static void
save_in_files (GTask *task)
{
  LigdiKeyStore *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (ligdi_credentials_save (g_task_get_task_data (task), self->directory, &error))
    return_saved (task, "file");
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_store_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LigdiKeyStore *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!secret_password_store_finish (result, &error))
    {
      g_message ("no keyring: %s", error->message);
      save_in_files (task);
      return;
    }
  if (return_saved (task, "keyring"))
    ligdi_credentials_remove (self->directory);
}

static void
ligdi_key_store_finalize (GObject *object)
{
  LigdiKeyStore *self = LIGDI_KEY_STORE (object);

  g_clear_object (&self->settings);
  g_free (self->directory);
  G_OBJECT_CLASS (ligdi_key_store_parent_class)->finalize (object);
}

static void
ligdi_key_store_class_init (LigdiKeyStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ligdi_key_store_finalize;

  /**
   * LigdiKeyStore::waiting:
   * @self: the store
   *
   * The keyring takes its time: it may be asking somebody for its password.
   */
  signals[SIGNAL_WAITING] = g_signal_new ("waiting", LIGDI_TYPE_KEY_STORE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ligdi_key_store_init (LigdiKeyStore *self)
{
  self->directory = g_build_filename (g_get_user_data_dir (), "ligdipay", "keys", NULL);
}

/**
 * ligdi_key_store_new:
 * @settings: what says where the keys are
 *
 * Returns: (transfer full): a store
 */
LigdiKeyStore *
ligdi_key_store_new (GSettings *settings)
{
  LigdiKeyStore *self = g_object_new (LIGDI_TYPE_KEY_STORE, NULL);

  self->settings = g_object_ref (settings);
  return self;
}

/**
 * ligdi_key_store_get_place:
 * @self: a store
 *
 * Returns: where the keys are, or shall be; whether they can be read is another matter
 */
LigdiKeyPlace
ligdi_key_store_get_place (LigdiKeyStore *self)
{
  g_autofree char *place = NULL;

  g_return_val_if_fail (LIGDI_IS_KEY_STORE (self), LIGDI_KEY_PLACE_NONE);

  /* One of the two is a mistake, and no reason to play. */
  if (ligdi_credentials_are_in (g_getenv ("CREDENTIALS_DIRECTORY")))
    return LIGDI_KEY_PLACE_GIVEN;
  place = g_settings_get_string (self->settings, "keys-place");
  if (g_str_equal (place, "keyring"))
    return LIGDI_KEY_PLACE_KEYRING;
  return g_str_equal (place, "file") ? LIGDI_KEY_PLACE_FILE : LIGDI_KEY_PLACE_NONE;
}

/**
 * ligdi_key_store_load:
 * @self: a store
 *
 * Waits for the keyring, which is not asked to be opened where it need not: nobody may be there.
 * For a program without a window.
 *
 * Returns: (transfer full) (nullable): both keys, or %NULL when they cannot be read
 */
LigdiCredentials *
ligdi_key_store_load (LigdiKeyStore *self)
{
  g_autoptr (GError) error = NULL;
  LigdiCredentials *credentials = NULL;
  char *secret = NULL;

  g_return_val_if_fail (LIGDI_IS_KEY_STORE (self), NULL);

  switch (ligdi_key_store_get_place (self))
    {
    case LIGDI_KEY_PLACE_NONE:
      break;
    case LIGDI_KEY_PLACE_GIVEN:
      return load_given ();
    case LIGDI_KEY_PLACE_FILE:
      return ligdi_credentials_load (self->directory);
    case LIGDI_KEY_PLACE_KEYRING:
      secret = secret_password_lookup_nonpageable_sync (&schema, NULL, &error, "account",
                                                        "ligdicash", NULL);
      if (error != NULL)
        g_message ("the keyring: %s", error->message);
      credentials = split (secret);
      secret_password_free (secret);
      break;
    }
  return credentials;
}

/**
 * ligdi_key_store_load_async:
 * @self: a store
 * @cancellable: (nullable): to stop waiting
 * @callback: called when they are there
 * @user_data: for @callback
 *
 * Reads the keys; the desktop may ask somebody to open the keyring first.
 */
void
ligdi_key_store_load_async (LigdiKeyStore *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GSource *patience;

  g_return_if_fail (LIGDI_IS_KEY_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ligdi_key_store_load_async);
  if (ligdi_key_store_get_place (self) != LIGDI_KEY_PLACE_KEYRING)
    {
      return_credentials (task, ligdi_key_store_load (self));
      return;
    }
  patience = g_timeout_source_new (OPEN_MS);
  g_source_set_callback (patience, on_waiting, self, NULL);
  g_source_attach (patience, g_task_get_context (task));
  g_task_set_task_data (task, patience, destroy_source);
  secret_password_lookup (&asking_schema, cancellable, on_lookup_ready, g_steal_pointer (&task),
                          "account", "ligdicash", NULL);
}

/**
 * ligdi_key_store_load_finish:
 * @self: a store
 * @result: what the callback got
 * @error: return location, %LIGDI_ERROR_CREDENTIALS, %LIGDI_ERROR_KEYRING or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): both keys, or %NULL
 */
LigdiCredentials *
ligdi_key_store_load_finish (LigdiKeyStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * ligdi_key_store_save_async:
 * @self: a store
 * @credentials: both keys; copied before this returns
 * @cancellable: (nullable): to stop waiting
 * @callback: called when they are kept
 * @user_data: for @callback
 *
 * Puts the keys into the keyring, or into files where there is none, in place of those that
 * were kept before.
 */
void
ligdi_key_store_save_async (LigdiKeyStore *self, const LigdiCredentials *credentials,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (SecretValue) value = NULL;

  g_return_if_fail (LIGDI_IS_KEY_STORE (self));
  g_return_if_fail (credentials != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ligdi_key_store_save_async);
  g_task_set_task_data (task,
                        ligdi_credentials_new (credentials->api_key, credentials->api_token),
                        (GDestroyNotify) ligdi_credentials_free);
  value = join (credentials);
  /* The name that keyrings show. */
  secret_password_store_binary (&schema, SECRET_COLLECTION_DEFAULT, "LigdiPay · LigdiCash", value,
                                cancellable, on_store_ready, g_steal_pointer (&task), "account",
                                "ligdicash", NULL);
}

/**
 * ligdi_key_store_save_finish:
 * @self: a store
 * @result: what the callback got
 * @error: return location, %LIGDI_ERROR_CREDENTIALS or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether they are kept; ligdi_key_store_get_place() says where
 */
gboolean
ligdi_key_store_save_finish (LigdiKeyStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
