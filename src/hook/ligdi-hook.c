/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-hook"

#include "ligdi-hook.h"

#include "ligdi-address.h"
#include "ligdi-hook-message.h"

#include <libsoup/soup.h>

/* Tells a command or an address on this computer of every verdict, once it is on disk, until they
 * say that they have heard it. Nothing here is ever waited for: a listener that hangs is asked
 * again later, and hears what it has missed in the order in which it came. */

#define LIMIT_S 30
#define FIRST_PAUSE_S 5
#define LONGEST_PAUSE_S 600

typedef struct _Listener Listener;

struct _Listener
{
  LigdiHook *hook; /* not owned */
  const char *kind;
  void (*send) (Listener *self, const char *message);
  char *to;                  /* or NULL where nobody listens */
  GCancellable *cancellable; /* while it is being told, or NULL */
  gint64 line;               /* what it is being told */
  guint limit_id;
  guint pause_id;
  guint pause_s; /* the next one */
  gboolean told; /* the ledger, of whether anybody listens */
};

struct _LigdiHook
{
  GObject parent_instance;

  LigdiLedger *ledger;
  char *key_path;
  gboolean demonstration;
  SoupSession *session; /* made when it is first needed */
  guint idle_id;
  Listener command;
  Listener address;
};

G_DEFINE_FINAL_TYPE (LigdiHook, ligdi_hook, G_TYPE_OBJECT)

/* A listener that is being told. It may be another, or nobody, when it has answered. */
typedef struct
{
  LigdiHook *hook;
  Listener *listener;
  GCancellable *cancellable;
} Errand;

static void tell (Listener *self);

static Errand *
errand_new (Listener *listener)
{
  Errand *errand = g_new (Errand, 1);

  errand->hook = g_object_ref (listener->hook);
  errand->listener = listener;
  errand->cancellable = g_object_ref (listener->cancellable);
  return errand;
}

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->cancellable);
  g_object_unref (errand->hook);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static gboolean
on_pause_over (gpointer user_data)
{
  Listener *self = user_data;

  self->pause_id = 0;
  tell (self);
  return G_SOURCE_REMOVE;
}

static void
end (Listener *self, gboolean heard, const char *why)
{
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&self->limit_id, g_source_remove);
  g_clear_object (&self->cancellable);
  heard = heard
          && ligdi_ledger_acknowledge (self->hook->ledger, self->kind, self->line, &error);
  if (heard)
    {
      self->pause_s = FIRST_PAUSE_S;
      tell (self);
      return;
    }
  g_message ("the %s was not told of journal line %" G_GINT64_FORMAT ": %s", self->kind, self->line,
             error != NULL ? error->message : why);
  self->pause_id = g_timeout_add_seconds (self->pause_s, on_pause_over, self);
  self->pause_s = MIN (self->pause_s * 2, LONGEST_PAUSE_S);
}

static void
end_errand (const Errand *errand, gboolean heard, const GError *error, const char *otherwise)
{
  if (errand->cancellable == errand->listener->cancellable)
    end (errand->listener, heard, error != NULL ? error->message : otherwise);
}

static gboolean
on_limit_reached (gpointer user_data)
{
  Listener *self = user_data;

  self->limit_id = 0;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_command_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  GSubprocess *process = G_SUBPROCESS (source);
  g_autoptr (GError) error = NULL;
  gboolean heard = g_subprocess_communicate_utf8_finish (process, result, NULL, NULL, &error)
                   && g_subprocess_get_successful (process);

  if (!heard)
    g_subprocess_force_exit (process);
  end_errand (errand, heard, error, "it failed");
}

/* What it prints is nobody's, and where the till has its keys is not its business. */
static void
send_to_command (Listener *self, const char *message)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_unsetenv (launcher, "CREDENTIALS_DIRECTORY");
  if (g_shell_parse_argv (self->to, NULL, &words, &error))
    process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words, &error);
  if (process == NULL)
    end (self, FALSE, error->message);
  else
    g_subprocess_communicate_utf8_async (process, message, self->cancellable, on_command_ready,
                                         errand_new (self));
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer
      = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  gboolean heard = answer != NULL && SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message));

  end_errand (errand, heard, error, "it answered otherwise");
}

static void
send_to_address (Listener *self, const char *message)
{
  g_autoptr (SoupMessage) post = NULL;
  g_autoptr (GBytes) body = g_bytes_new (message, strlen (message));
  g_autofree char *key = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *header = NULL;
  g_autoptr (GError) error = NULL;

  if (!ligdi_address_is_loopback_page (self->to))
    {
      end (self, FALSE, "its address is not on this computer");
      return;
    }
  key = ligdi_hook_message_load_key (self->hook->key_path, &error);
  if (key == NULL)
    {
      end (self, FALSE, error->message);
      return;
    }
  if (self->hook->session == NULL)
    self->hook->session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  signature = ligdi_hook_message_sign (message, key);
  header = g_strconcat ("sha256=", signature, NULL);
  post = soup_message_new (SOUP_METHOD_POST, self->to);
  soup_message_add_flags (post, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (soup_message_get_request_headers (post), "X-LigdiPay-Signature",
                                header);
  soup_message_set_request_body_from_bytes (post, "application/json", body);
  soup_session_send_and_read_async (self->hook->session, post, G_PRIORITY_LOW, self->cancellable,
                                    on_answer, errand_new (self));
}

/* The next verdict that it has not heard of, if there is one and nothing is under way. */
static void
tell (Listener *self)
{
  g_autoptr (LigdiHookEvent) event = NULL;
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;

  /* Of two tills at one ledger one speaks. */
  if (self->to == NULL || self->cancellable != NULL || self->pause_id != 0
      || !ligdi_ledger_holds_watch (self->hook->ledger))
    return;
  event = ligdi_ledger_load_hook_event (self->hook->ledger, self->kind, &error);
  if (event == NULL)
    {
      if (error != NULL)
        g_message ("%s", error->message);
      return;
    }
  self->line = event->line;
  self->cancellable = g_cancellable_new ();
  self->limit_id = g_timeout_add_seconds (LIMIT_S, on_limit_reached, self);
  message = ligdi_hook_message_write (event, self->hook->demonstration);
  self->send (self, message);
}

static void
stop (Listener *self)
{
  g_clear_handle_id (&self->limit_id, g_source_remove);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->to, g_free);
}

static void
listen (Listener *self, const char *to)
{
  const char *wanted = to != NULL && *to != '\0' ? to : NULL;
  g_autoptr (GError) error = NULL;

  if (self->told && g_strcmp0 (self->to, wanted) == 0)
    return;
  stop (self);
  if (!ligdi_ledger_set_hook (self->hook->ledger, self->kind, wanted != NULL, &error))
    {
      g_message ("%s", error->message);
      return;
    }
  self->told = TRUE;
  self->to = g_strdup (wanted);
  self->pause_s = FIRST_PAUSE_S;
  tell (self);
}

static void
ligdi_hook_dispose (GObject *object)
{
  LigdiHook *self = LIGDI_HOOK (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  stop (&self->command);
  stop (&self->address);
  g_clear_object (&self->session);
  g_clear_object (&self->ledger);
  G_OBJECT_CLASS (ligdi_hook_parent_class)->dispose (object);
}

static void
ligdi_hook_finalize (GObject *object)
{
  g_free (LIGDI_HOOK (object)->key_path);
  G_OBJECT_CLASS (ligdi_hook_parent_class)->finalize (object);
}

static void
ligdi_hook_class_init (LigdiHookClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ligdi_hook_dispose;
  object_class->finalize = ligdi_hook_finalize;
}

static void
ligdi_hook_init (LigdiHook *self)
{
  self->command = (Listener){ .hook = self, .kind = "command", .send = send_to_command };
  self->address = (Listener){ .hook = self, .kind = "address", .send = send_to_address };
}

static gboolean
on_idle (gpointer user_data)
{
  LigdiHook *self = user_data;

  self->idle_id = 0;
  tell (&self->command);
  tell (&self->address);
  return G_SOURCE_REMOVE;
}

/**
 * ligdi_hook_new:
 * @ledger: where the verdicts are
 * @key_path: where the key is that messages are signed with; made when it is first needed
 * @demonstration: whether the money is play money
 *
 * Returns: (transfer full): a hook that nobody listens to yet
 */
LigdiHook *
ligdi_hook_new (LigdiLedger *ledger, const char *key_path, gboolean demonstration)
{
  LigdiHook *self = g_object_new (LIGDI_TYPE_HOOK, NULL);

  self->ledger = g_object_ref (ledger);
  self->key_path = g_strdup (key_path);
  self->demonstration = demonstration;
  return self;
}

/**
 * ligdi_hook_set_listeners:
 * @self: a hook
 * @command: (nullable): a command with its arguments, as in a shell's line but without a shell;
 *   %NULL or empty for none
 * @address: (nullable): an address on this computer; %NULL or empty for none
 */
void
ligdi_hook_set_listeners (LigdiHook *self, const char *command, const char *address)
{
  g_return_if_fail (LIGDI_IS_HOOK (self));

  listen (&self->command, command);
  listen (&self->address, address);
}

/**
 * ligdi_hook_wake:
 * @self: a hook
 *
 * There may be a new verdict. The cashier sees it first.
 */
void
ligdi_hook_wake (LigdiHook *self)
{
  g_return_if_fail (LIGDI_IS_HOOK (self));

  if (self->idle_id == 0 && self->ledger != NULL)
    self->idle_id = g_idle_add_full (G_PRIORITY_LOW, on_idle, self, NULL);
}
