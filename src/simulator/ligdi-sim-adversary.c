/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-adversary.h"
#include "ligdi-sim-page.h"
#include "ligdi-sim-reply.h"
#include "ligdi-sim-return.h"
#include "ligdi-sim-scenario.h"
#include "ligdi-sim-template.h"

#include <string.h>

/* Payment pages as bad as a checkout may meet them, to test what shows them. None of them
 * changes an invoice: that takes somebody who presses Pay, as on the ordinary page. */

#define PAGE_TYPE "text/html; charset=utf-8"
#define FILE_TYPE "application/octet-stream"
#define STYLE_TYPE "text/css; charset=utf-8"
#define OPENED_MARK "ligdi-sim-adversary-opened"

/* Of a page's own scripts and styles everything is allowed, and of the rest nothing is said: an
 * app's address in a frame is to reach the browser, and not to fail here. */
#define POLICY "script-src * data: blob: 'unsafe-inline' 'unsafe-eval'"

typedef struct
{
  LigdiSimFault fault;
  const char *page;
  const char *on_load;
} Adversary;

typedef struct
{
  LigdiSimFault fault;
  const char *name;
  const char *file;
  const char *type;
  gboolean slow;
} Part;

typedef struct
{
  const LigdiSimSettings *settings;
  LigdiSimFaults faults;
  LigdiSimFault fault;
  const char *path;
  char *return_url;
  char *cancel_url;
} Scene;

/* The first of several faults wins. */
static const Adversary adversaries[] = {
  { LIGDI_SIM_FAULT_PAGE_LIES, "adversary-lies.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_PUSH_STATE, "adversary-push-state.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_FRAME_RETURN, "adversary-frame-return.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_FRAME_LOOKALIKE, "adversary-frame-lookalike.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_POST_RETURN, "adversary-post-return.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_META_RETURN, "adversary-meta-return.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_SCRIPT_RETURN, "adversary-script-return.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_CANCEL_RETURN, "adversary-cancel-return.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_OPEN_RETURN, "adversary-open-return.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_CLOSE, "adversary-close.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_POPUP, "adversary-popup.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_APP_LINKS, "adversary-app-links.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_APP_LINKS_AUTO, "adversary-app-links.html",
    "adversary-app-links-auto.html" },
  { LIGDI_SIM_FAULT_PAGE_DIALOGS, "adversary-dialogs.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_DIALOGS_AUTO, "adversary-dialogs.html", "adversary-dialogs-auto.html" },
  { LIGDI_SIM_FAULT_PAGE_UNLOAD, "adversary-unload.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_DOWNLOAD, "adversary-download.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_PERMISSIONS, "adversary-permissions.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_FILE, "adversary-file.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_PRINT, "adversary-print.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_HTTP_LINK, "adversary-http-link.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_STORAGE, "adversary-storage.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_IDN, "adversary-idn.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_BLANK_ONCE, NULL, NULL },
  { LIGDI_SIM_FAULT_PAGE_ELSEWHERE, NULL, NULL },
  { LIGDI_SIM_FAULT_PAGE_MEMORY, "adversary-memory.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_MEMORY_AUTO, "adversary-memory.html", "adversary-memory-auto.html" },
  { LIGDI_SIM_FAULT_PAGE_BUSY, "adversary-busy.html", NULL },
  { LIGDI_SIM_FAULT_PAGE_SLOW_PARTS, "adversary-slow-parts.html", NULL },
};

/* What else a page asks for, by "?part=" and its name. */
static const Part parts[] = {
  { LIGDI_SIM_FAULT_PAGE_FRAME_LOOKALIKE, "lookalike", "adversary-lookalike.html", PAGE_TYPE,
    FALSE },
  { LIGDI_SIM_FAULT_PAGE_POPUP, "bank", "adversary-bank.html", PAGE_TYPE, FALSE },
  { LIGDI_SIM_FAULT_PAGE_DOWNLOAD, "file", "adversary-receipt.txt", FILE_TYPE, FALSE },
  { LIGDI_SIM_FAULT_PAGE_SLOW_PARTS, "style", "adversary-slow.css", STYLE_TYPE, TRUE },
};

static void
scene_clear (Scene *scene)
{
  g_free (scene->return_url);
  g_free (scene->cancel_url);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

static const Adversary *
find_adversary (LigdiSimFaults faults)
{
  for (gsize i = 0; i < G_N_ELEMENTS (adversaries); i++)
    if (ligdi_sim_faults_have (faults, adversaries[i].fault))
      return &adversaries[i];
  return NULL;
}

static const Part *
find_part (LigdiSimFaults faults, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (ligdi_sim_faults_have (faults, parts[i].fault) && strcmp (parts[i].name, name) == 0)
      return &parts[i];
  return NULL;
}

/* As JSON in which nothing can end the script element around it, or begin a comment. */
static char *
quote (const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);
  g_autofree char *json = json_to_string (node, FALSE);
  GString *quoted = g_string_new (json);

  g_string_replace (quoted, "<", "\\u003c", 0);
  g_string_replace (quoted, ">", "\\u003e", 0);
  g_string_replace (quoted, "&", "\\u0026", 0);
  return g_string_free (quoted, FALSE);
}

static char *
render_head (const Scene *scene)
{
  g_autofree char *style = ligdi_sim_template_fill ("adversary.css", NULL);
  g_autofree char *page = quote (scene->path);
  g_autofree char *return_url = quote (scene->return_url);
  g_autofree char *cancel_url = quote (scene->cancel_url);

  return ligdi_sim_template_fill ("adversary-head.html",
                                  "style", style,
                                  "page", page,
                                  "return_url", return_url,
                                  "cancel_url", cancel_url,
                                  NULL);
}

static char *
render (const Scene *scene, const char *file, const char *on_load, LigdiSimInvoice *invoice)
{
  const LigdiSimOrder *order = ligdi_sim_invoice_get_order (invoice);
  const char *name = ligdi_sim_fault_get_name (scene->fault);
  g_autofree char *amount = ligdi_sim_page_format_amount (order->total_amount);
  g_autofree char *francs = g_strdup_printf ("%" G_GINT64_FORMAT, order->total_amount);
  g_autofree char *head = render_head (scene);
  g_autofree char *summary = ligdi_sim_template_fill (
      "summary.html", "store", order->store_name, "description", order->description, "amount",
      amount, NULL);
  g_autofree char *ways_out = ligdi_sim_template_fill (
      "adversary-ways-out.html", "page", scene->path, "return_url", scene->return_url, "name", name,
      NULL);
  g_autofree char *at_once = on_load != NULL ? ligdi_sim_template_fill (on_load, NULL) : NULL;

  return ligdi_sim_template_fill (file,
                                  "head", head,
                                  "summary", summary,
                                  "ways_out", ways_out,
                                  "on_load", at_once != NULL ? at_once : "",
                                  "page", scene->path,
                                  "return_url", scene->return_url,
                                  "francs", francs,
                                  NULL);
}

static void
set_headers (SoupServerMessage *message, const Scene *scene, const char *type)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "X-Frame-Options", "SAMEORIGIN");
  soup_message_headers_replace (headers, "Content-Security-Policy", POLICY);
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  if (strcmp (type, FILE_TYPE) == 0)
    soup_message_headers_replace (headers, "Content-Disposition",
                                  "attachment; filename=\"recu.bin\"");
  if (scene->fault == LIGDI_SIM_FAULT_PAGE_LIES)
    {
      soup_message_headers_replace (headers, "X-Payment-Status", "completed");
      soup_message_headers_replace (headers, "Set-Cookie", "status=paid");
    }
}

static void
send_text (SoupServerMessage *message, const Scene *scene, const char *type, char *text,
           gboolean slow)
{
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));

  set_headers (message, scene, type);
  ligdi_sim_reply_send (message, SOUP_STATUS_OK, type, body,
                        ligdi_sim_faults_get_delivery (scene->faults, LIGDI_SIM_TARGET_PAGE),
                        slow ? scene->settings->slow_seconds : 0);
}

static void
send_part (SoupServerMessage *message, const Scene *scene, const char *name,
           LigdiSimInvoice *invoice)
{
  const Part *part = find_part (scene->faults, name);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  if (part != NULL)
    send_text (message, scene, part->type, render (scene, part->file, NULL, invoice), part->slow);
  else
    ligdi_sim_reply_send (message, SOUP_STATUS_NOT_FOUND, "text/plain", nothing,
                          LIGDI_SIM_DELIVERY_NORMAL, 0);
}

static gboolean
send_blank_once (SoupServerMessage *message, LigdiSimInvoice *invoice)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  if (g_object_get_data (G_OBJECT (invoice), OPENED_MARK) != NULL)
    return FALSE;

  g_object_set_data (G_OBJECT (invoice), OPENED_MARK, GINT_TO_POINTER (TRUE));
  ligdi_sim_reply_send (message, SOUP_STATUS_OK, PAGE_TYPE, nothing, LIGDI_SIM_DELIVERY_EMPTY, 0);
  return TRUE;
}

static void
send_elsewhere (SoupServerMessage *message)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location",
                                "http://elsewhere.invalid/");
  ligdi_sim_reply_send (message, SOUP_STATUS_FOUND, PAGE_TYPE, nothing, LIGDI_SIM_DELIVERY_NORMAL,
                        0);
}

/**
 * ligdi_sim_adversary_answer:
 * @message: GET /directpayment/invoice/…
 * @invoice: what is to be paid
 * @query: (nullable): the query of the address
 * @settings: how to behave
 *
 * Shops that give no address to go back to get the ordinary page: these pages have nothing to
 * pretend to them.
 *
 * Returns: %FALSE when the ordinary page is to be shown; then nothing was answered
 */
gboolean
ligdi_sim_adversary_answer (SoupServerMessage *message, LigdiSimInvoice *invoice, GHashTable *query,
                            const LigdiSimSettings *settings)
{
  const LigdiSimOrder *order = ligdi_sim_invoice_get_order (invoice);
  const char *token = settings->append_token ? ligdi_sim_invoice_get_token (invoice) : NULL;
  const char *part = query != NULL ? g_hash_table_lookup (query, "part") : NULL;
  LigdiSimFaults faults = ligdi_sim_scenario_get_faults (settings, order->total_amount);
  const Adversary *adversary = find_adversary (faults);
  g_auto (Scene) scene = { settings, faults };

  if (adversary == NULL)
    return FALSE;
  if (adversary->fault == LIGDI_SIM_FAULT_PAGE_BLANK_ONCE)
    return send_blank_once (message, invoice);
  if (adversary->fault == LIGDI_SIM_FAULT_PAGE_ELSEWHERE)
    {
      send_elsewhere (message);
      return TRUE;
    }

  scene.fault = adversary->fault;
  scene.path = g_uri_get_path (soup_server_message_get_uri (message));
  scene.return_url = ligdi_sim_return_make_url (order->return_url, token);
  scene.cancel_url = ligdi_sim_return_make_url (order->cancel_url, token);
  if (scene.return_url == NULL || scene.cancel_url == NULL)
    return FALSE;

  if (part != NULL)
    {
      send_part (message, &scene, part, invoice);
      return TRUE;
    }

  g_message ("page: invoice %s, %s", ligdi_sim_invoice_get_id (invoice),
             ligdi_sim_fault_get_name (scene.fault));
  send_text (message, &scene, PAGE_TYPE,
             render (&scene, adversary->page, adversary->on_load, invoice),
             ligdi_sim_faults_are_slow (faults, LIGDI_SIM_TARGET_PAGE));
  return TRUE;
}
