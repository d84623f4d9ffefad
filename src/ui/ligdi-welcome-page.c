/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-welcome-page.h"

#include <glib/gi18n.h>

/* The first start: four questions, each saved as soon as it is answered. */

enum
{
  SIGNAL_LANGUAGE_CHOSEN,
  SIGNAL_DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiWelcomePage
{
  GtkBox parent_instance;

  GtkStack *stack;
  GtkLabel *progress;
  GtkContainer *language;
  GtkEntry *shop_name;
  GtkLabel *shop_name_refusal;
  GtkEntry *till;
  LigdiAccountForm *account_form;
  GtkContainer *payment_page;
  GtkWidget *back;
  GtkButton *next;

  GSettings *settings;
  gboolean connecting; /* the way leads through the account */
};

G_DEFINE_FINAL_TYPE (LigdiWelcomePage, ligdi_welcome_page, GTK_TYPE_BOX)

static gboolean
is_at (LigdiWelcomePage *self, const char *step)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), step) == 0;
}

static gboolean
is_connected (LigdiWelcomePage *self)
{
  return ligdi_account_form_get_place (self->account_form) != LIGDI_KEY_PLACE_NONE;
}

static void
update (LigdiWelcomePage *self)
{
  guint n_steps = self->connecting ? 4 : 3;
  guint number = is_at (self, "shop")      ? 1
                 : is_at (self, "money")   ? 2
                 : is_at (self, "account") ? 3
                                           : n_steps;
  /* Translators: which question out of how many. */
  g_autofree char *progress = g_strdup_printf (_("Step %1$u of %2$u"), number, n_steps);

  gtk_label_set_text (self->progress, progress);
  gtk_widget_set_sensitive (self->back, !is_at (self, "shop"));
  gtk_widget_set_visible (GTK_WIDGET (self->next), !is_at (self, "money"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->next),
                            !is_at (self, "account") || is_connected (self));
  gtk_button_set_label (self->next, is_at (self, "page") ? _("Finish") : _("Next"));
}

static void
go_to (LigdiWelcomePage *self, const char *step)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));

  /* Otherwise the stack moves the focus on by one from where it is put here. */
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  gtk_stack_set_visible_child_name (self->stack, step);
  update (self);
  gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
choose (GtkContainer *choices, const char *name)
{
  g_autoptr (GList) buttons = gtk_container_get_children (choices);

  for (GList *at = buttons; at != NULL; at = at->next)
    if (g_str_equal (gtk_widget_get_name (at->data), name))
      gtk_toggle_button_set_active (at->data, TRUE);
}

/* Whether the shop has a name now. */
static gboolean
save_shop (LigdiWelcomePage *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_entry_get_text (self->shop_name)));
  g_autofree char *till = g_strstrip (g_strdup (gtk_entry_get_text (self->till)));

  g_settings_set_string (self->settings, "shop-name", name);
  if (*till != '\0')
    g_settings_set_string (self->settings, "till", till);
  gtk_widget_set_visible (GTK_WIDGET (self->shop_name_refusal), *name == '\0');
  if (*name == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->shop_name));
  return *name != '\0';
}

static void
on_language_toggled (LigdiWelcomePage *self, GtkToggleButton *button)
{
  if (self->settings == NULL || !gtk_toggle_button_get_active (button))
    return;
  g_settings_set_string (self->settings, "shop-name", gtk_entry_get_text (self->shop_name));
  g_settings_set_string (self->settings, "till", gtk_entry_get_text (self->till));
  g_settings_set_string (self->settings, "language", gtk_widget_get_name (GTK_WIDGET (button)));
  g_signal_emit (self, signals[SIGNAL_LANGUAGE_CHOSEN], 0);
}

static void
on_payment_page_toggled (LigdiWelcomePage *self, GtkToggleButton *button)
{
  if (self->settings != NULL && gtk_toggle_button_get_active (button))
    g_settings_set_string (self->settings, "payment-page",
                           gtk_widget_get_name (GTK_WIDGET (button)));
}

static void
on_demonstration_clicked (LigdiWelcomePage *self)
{
  self->connecting = FALSE;
  go_to (self, "page");
}

static void
on_connect_clicked (LigdiWelcomePage *self)
{
  self->connecting = TRUE;
  go_to (self, "account");
}

static void
on_back_clicked (LigdiWelcomePage *self)
{
  if (is_at (self, "page"))
    go_to (self, self->connecting ? "account" : "money");
  else if (is_at (self, "account"))
    go_to (self, "money");
  else
    go_to (self, "shop");
}

static void
on_next_clicked (LigdiWelcomePage *self)
{
  if (is_at (self, "shop"))
    {
      if (save_shop (self))
        go_to (self, "money");
    }
  else if (is_at (self, "account"))
    go_to (self, "page");
  else if (is_at (self, "page"))
    g_signal_emit (self, signals[SIGNAL_DONE], 0, self->connecting && is_connected (self));
}

static void
on_placed (LigdiWelcomePage *self)
{
  update (self);
}

static void
ligdi_welcome_page_grab_focus (GtkWidget *widget)
{
  gtk_widget_grab_focus (GTK_WIDGET (LIGDI_WELCOME_PAGE (widget)->shop_name));
}

static void
ligdi_welcome_page_dispose (GObject *object)
{
  g_clear_object (&LIGDI_WELCOME_PAGE (object)->settings);
  G_OBJECT_CLASS (ligdi_welcome_page_parent_class)->dispose (object);
}

static void
ligdi_welcome_page_class_init (LigdiWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ligdi_welcome_page_dispose;
  widget_class->grab_focus = ligdi_welcome_page_grab_focus;

  /**
   * LigdiWelcomePage::language-chosen:
   * @self: the page
   *
   * All words shall be in the language that is set now.
   */
  signals[SIGNAL_LANGUAGE_CHOSEN]
      = g_signal_new ("language-chosen", LIGDI_TYPE_WELCOME_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);

  /**
   * LigdiWelcomePage::done:
   * @self: the page
   * @connected: whether real money could be taken
   */
  signals[SIGNAL_DONE] = g_signal_new ("done", LIGDI_TYPE_WELCOME_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  g_type_ensure (LIGDI_TYPE_ACCOUNT_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiWelcomePage, stack);
  gtk_widget_class_bind_template_child (widget_class, LigdiWelcomePage, progress);
  gtk_widget_class_bind_template_child (widget_class, LigdiWelcomePage, language);
  gtk_widget_class_bind_template_child (widget_class, LigdiWelcomePage, shop_name);
  gtk_widget_class_bind_template_child (widget_class, LigdiWelcomePage, shop_name_refusal);
  gtk_widget_class_bind_template_child (widget_class, LigdiWelcomePage, till);
  gtk_widget_class_bind_template_child (widget_class, LigdiWelcomePage, account_form);
  gtk_widget_class_bind_template_child (widget_class, LigdiWelcomePage, payment_page);
  gtk_widget_class_bind_template_child (widget_class, LigdiWelcomePage, back);
  gtk_widget_class_bind_template_child (widget_class, LigdiWelcomePage, next);
  gtk_widget_class_bind_template_callback (widget_class, on_language_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_payment_page_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_demonstration_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_connect_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_next_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_placed);
}

static void
ligdi_welcome_page_init (LigdiWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/**
 * ligdi_welcome_page_new:
 * @settings: where the answers go
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
ligdi_welcome_page_new (GSettings *settings)
{
  LigdiWelcomePage *self = g_object_new (LIGDI_TYPE_WELCOME_PAGE, NULL);
  g_autofree char *name = g_settings_get_string (settings, "shop-name");
  g_autofree char *till = g_settings_get_string (settings, "till");
  g_autofree char *page = g_settings_get_string (settings, "payment-page");

  gtk_entry_set_text (self->shop_name, name);
  gtk_entry_set_text (self->till, till);
  choose (self->payment_page, page);
  choose (self->language, g_str_has_prefix (g_get_language_names ()[0], "en") ? "en" : "fr");
  self->settings = g_object_ref (settings);
  return GTK_WIDGET (self);
}

/**
 * ligdi_welcome_page_get_account_form:
 * @self: a page
 *
 * Returns: (transfer none): where the keys are entered
 */
LigdiAccountForm *
ligdi_welcome_page_get_account_form (LigdiWelcomePage *self)
{
  g_return_val_if_fail (LIGDI_IS_WELCOME_PAGE (self), NULL);

  return self->account_form;
}
