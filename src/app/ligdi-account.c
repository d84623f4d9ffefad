/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-app"

#include "ligdi-account.h"

#include "ligdi-error.h"

/* The shop's LigdiCash account: tries keys before they are kept, and gives them to the gateway
 * that is selling. */

struct _LigdiAccount
{
  GObject parent_instance;

  GSettings *settings;
  LigdiKeyStore *store;
  LigdiGateway *gateway; /* takes real money, or NULL */
};

G_DEFINE_FINAL_TYPE (LigdiAccount, ligdi_account, G_TYPE_OBJECT)

enum
{
  SIGNAL_KEPT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What somebody has asked for in a form. */
typedef struct
{
  LigdiAccount *account;
  LigdiAccountForm *form; /* NULL when it has gone meanwhile */
  LigdiCredentials *credentials;
  gboolean typed;
} Errand;

static void
errand_free (Errand *errand)
{
  g_clear_object (&errand->account);
  g_clear_weak_pointer (&errand->form);
  g_clear_pointer (&errand->credentials, ligdi_credentials_free);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static Errand *
errand_new (LigdiAccount *self, LigdiAccountForm *form)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->account = g_object_ref (self);
  g_set_weak_pointer (&errand->form, form);
  errand->typed = ligdi_account_form_is_typed (form);
  return errand;
}

static void
show_place (LigdiAccount *self, LigdiAccountForm *form)
{
  ligdi_account_form_set_place (form, ligdi_key_store_get_place (self->store));
}

/* What was typed may have changed while it was tried. */
static gboolean
is_still_typed (Errand *errand)
{
  g_autoptr (LigdiCredentials) typed
    = ligdi_credentials_new (ligdi_account_form_get_api_key (errand->form),
                             ligdi_account_form_get_api_token (errand->form));

  return g_str_equal (typed->api_key, errand->credentials->api_key)
         && g_str_equal (typed->api_token, errand->credentials->api_token);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  LigdiAccount *self = errand->account;
  g_autoptr (GError) error = NULL;

  if (!ligdi_key_store_save_finish (LIGDI_KEY_STORE (source), result, &error))
    {
      g_message ("%s", error->message);
      if (errand->form != NULL)
        ligdi_account_form_show_not_kept (errand->form);
      return;
    }
  if (self->gateway != NULL)
    ligdi_gateway_set_keys (self->gateway, errand->credentials->api_key,
                            errand->credentials->api_token);
  g_signal_emit (self, signals[SIGNAL_KEPT], 0);
  if (errand->form == NULL)
    return;
  if (!is_still_typed (errand))
    {
      show_place (self, errand->form);
      return;
    }
  ligdi_account_form_forget (errand->form);
  show_place (self, errand->form);
  ligdi_account_form_show_diagnosis (errand->form, LIGDI_DIAGNOSIS_CONNECTED);
}

static void
on_diagnosed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  LigdiDiagnosis diagnosis = ligdi_gateway_diagnose_finish (LIGDI_GATEWAY (source), result);
  LigdiKeyStore *store = errand->account->store;

  if (errand->form == NULL || errand->typed != ligdi_account_form_is_typed (errand->form)
      || (errand->typed && !is_still_typed (errand)))
    return;
  if (diagnosis == LIGDI_DIAGNOSIS_CONNECTED && errand->typed)
    {
      const LigdiCredentials *credentials = errand->credentials;

      ligdi_account_form_show_saving (errand->form);
      ligdi_key_store_save_async (store, credentials, NULL, on_saved, g_steal_pointer (&errand));
      return;
    }
  ligdi_account_form_show_diagnosis (errand->form, diagnosis);
}

static void
try_keys (Errand *errand)
{
  g_autofree char *base_url = ligdi_account_dup_base_url (errand->account);
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiGateway) gateway
      = ligdi_gateway_new (base_url, errand->credentials->api_key,
                           errand->credentials->api_token, &error);

  if (gateway != NULL)
    {
      ligdi_gateway_diagnose_async (gateway, NULL, on_diagnosed, errand);
      return;
    }
  g_message ("%s", error->message);
  if (errand->form != NULL)
    ligdi_account_form_show_diagnosis (errand->form, LIGDI_DIAGNOSIS_KEYS_REFUSED);
  errand_free (errand);
}

static void
on_loaded_for_test (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;

  errand->credentials = ligdi_key_store_load_finish (LIGDI_KEY_STORE (source), result, &error);
  if (errand->credentials != NULL)
    try_keys (g_steal_pointer (&errand));
  else if (errand->form == NULL)
    return;
  else if (g_error_matches (error, LIGDI_ERROR, LIGDI_ERROR_KEYRING))
    ligdi_account_form_show_closed (errand->form);
  else
    ligdi_account_form_show_diagnosis (errand->form, LIGDI_DIAGNOSIS_KEYS_REFUSED);
}

static void
on_test (LigdiAccount *self, LigdiAccountForm *form)
{
  Errand *errand = errand_new (self, form);

  ligdi_account_form_show_testing (form);
  if (!errand->typed)
    {
      ligdi_key_store_load_async (self->store, NULL, on_loaded_for_test, errand);
      return;
    }
  errand->credentials = ligdi_credentials_new (ligdi_account_form_get_api_key (form),
                                               ligdi_account_form_get_api_token (form));
  try_keys (errand);
}

static void
on_loaded_to_reveal (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;

  errand->credentials = ligdi_key_store_load_finish (LIGDI_KEY_STORE (source), result, NULL);
  if (errand->credentials != NULL && errand->form != NULL)
    ligdi_account_form_reveal (errand->form, errand->credentials->api_key,
                               errand->credentials->api_token);
}

static void
on_reveal (LigdiAccount *self, LigdiAccountForm *form)
{
  ligdi_key_store_load_async (self->store, NULL, on_loaded_to_reveal, errand_new (self, form));
}

static void
serve (LigdiAccount *self, LigdiAccountForm *form)
{
  g_signal_connect_object (form, "test", G_CALLBACK (on_test), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "reveal", G_CALLBACK (on_reveal), self, G_CONNECT_SWAPPED);
  show_place (self, form);
}

static void
ligdi_account_dispose (GObject *object)
{
  LigdiAccount *self = LIGDI_ACCOUNT (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->store);
  g_clear_object (&self->gateway);
  G_OBJECT_CLASS (ligdi_account_parent_class)->dispose (object);
}

static void
ligdi_account_class_init (LigdiAccountClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ligdi_account_dispose;

  /**
   * LigdiAccount::kept:
   * @self: the account
   *
   * Keys that work are kept, and the gateway that is selling has them, if any is.
   */
  signals[SIGNAL_KEPT] = g_signal_new ("kept", LIGDI_TYPE_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
}

static void
ligdi_account_init (LigdiAccount *self)
{
}

/**
 * ligdi_account_new:
 * @settings: what says where the gateway and the keys are
 *
 * Returns: (transfer full): the account
 */
LigdiAccount *
ligdi_account_new (GSettings *settings)
{
  LigdiAccount *self = g_object_new (LIGDI_TYPE_ACCOUNT, NULL);

  self->settings = g_object_ref (settings);
  self->store = ligdi_key_store_new (settings);
  return self;
}

/**
 * ligdi_account_get_store:
 * @self: an account
 *
 * Returns: (transfer none): what keeps the keys
 */
LigdiKeyStore *
ligdi_account_get_store (LigdiAccount *self)
{
  g_return_val_if_fail (LIGDI_IS_ACCOUNT (self), NULL);

  return self->store;
}

/**
 * ligdi_account_dup_base_url:
 * @self: an account
 *
 * Returns: (transfer full): the gateway's address, from the environment or else the settings
 */
char *
ligdi_account_dup_base_url (LigdiAccount *self)
{
  const char *base_url = g_getenv ("LIGDIPAY_BASE_URL");

  g_return_val_if_fail (LIGDI_IS_ACCOUNT (self), NULL);

  return base_url != NULL ? g_strdup (base_url)
                          : g_settings_get_string (self->settings, "base-url");
}

/**
 * ligdi_account_takes_real_money:
 * @self: an account
 *
 * Returns: whether what the till takes is meant to be real money
 */
gboolean
ligdi_account_takes_real_money (LigdiAccount *self)
{
  g_return_val_if_fail (LIGDI_IS_ACCOUNT (self), FALSE);

  switch (ligdi_key_store_get_place (self->store))
    {
    case LIGDI_KEY_PLACE_GIVEN:
      return TRUE;
    /* Keys that are lost are no reason to play. */
    case LIGDI_KEY_PLACE_NONE:
    case LIGDI_KEY_PLACE_KEYRING:
    case LIGDI_KEY_PLACE_FILE:
      return g_settings_get_boolean (self->settings, "real-money");
    }
  return FALSE;
}

/**
 * ligdi_account_set_gateway:
 * @self: an account
 * @gateway: what takes real money just now
 *
 * From now on it is given the keys that are entered.
 */
void
ligdi_account_set_gateway (LigdiAccount *self, LigdiGateway *gateway)
{
  g_return_if_fail (LIGDI_IS_ACCOUNT (self));

  g_set_object (&self->gateway, gateway);
}

/**
 * ligdi_account_set_window:
 * @self: an account
 * @window: the cashier's window
 *
 * Does what is asked for in the forms that it shows, and says there that a keyring is closed.
 */
void
ligdi_account_set_window (LigdiAccount *self, LigdiWindow *window)
{
  g_return_if_fail (LIGDI_IS_ACCOUNT (self));
  g_return_if_fail (LIGDI_IS_WINDOW (window));

  g_signal_connect_object (window, "account-form", G_CALLBACK (serve), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "waiting", G_CALLBACK (ligdi_window_wait_for_keyring),
                           window, G_CONNECT_SWAPPED);
}
