/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-code-page.h"

#include "ligdi-dates.h"
#include "ligdi-key-watch.h"

#include <glib/gi18n.h>
#include <string.h>

/* A few digits, typed or touched: somebody's code, or a new one, twice. */

/* So long after the last digit it is clear that no machine goes on typing. */
#define LAST_DIGIT_MS 120

enum
{
  SIGNAL_GIVEN,
  SIGNAL_CHOSEN,
  SIGNAL_LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiCodePage
{
  GtkBox parent_instance;

  GtkLabel *title;
  GtkLabel *dots;
  GtkLabel *sentence;
  GtkGrid *keys;

  GString *digits;
  guint n_digits;
  char *wanted; /* what the title says */
  char *advice; /* what the sentence says of a new code, or NULL: it is asked for */
  char *first; /* the new code as it was typed first, or NULL */
  LigdiKeyWatch *keys_watch;
  guint finish_id;
  gboolean waiting; /* nobody may try just now, and the sentence says so */
};

G_DEFINE_FINAL_TYPE (LigdiCodePage, ligdi_code_page, GTK_TYPE_BOX)

static void
wipe (char *code)
{
  if (code != NULL)
    explicit_bzero (code, strlen (code));
  g_free (code);
}

static void
say (LigdiCodePage *self, const char *sentence)
{
  AtkObject *accessible = gtk_widget_get_accessible (GTK_WIDGET (self->sentence));

  gtk_label_set_text (self->sentence, sentence);
  atk_object_set_name (accessible, sentence);
  atk_object_notify_state_change (accessible, ATK_STATE_SHOWING, TRUE);
}

static void
show_digits (LigdiCodePage *self)
{
  g_autoptr (GString) dots = g_string_new (NULL);
  g_autofree char *name = NULL;

  for (gsize i = 0; i < self->n_digits; i++)
    g_string_append (dots, i < self->digits->len ? "● " : "○ ");
  g_string_truncate (dots, dots->len > 0 ? dots->len - 1 : 0);
  gtk_label_set_text (self->dots, dots->str);
  name = g_strdup_printf (
      ngettext ("%u digit typed", "%u digits typed", (guint) self->digits->len),
      (guint) self->digits->len);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self->dots)), name);
}

static void
forget (LigdiCodePage *self)
{
  g_clear_handle_id (&self->finish_id, g_source_remove);
  explicit_bzero (self->digits->str, self->digits->len);
  g_string_truncate (self->digits, 0);
  show_digits (self);
}

static void
say_what_to_type (LigdiCodePage *self)
{
  g_autofree char *digits = NULL;

  if (self->advice != NULL)
    {
      say (self, self->advice);
      return;
    }
  digits = g_strdup_printf (ngettext ("%u digit", "%u digits", self->n_digits), self->n_digits);
  say (self, digits);
}

static void
show_step (LigdiCodePage *self)
{
  gtk_label_set_text (self->title, self->first == NULL ? self->wanted : _("The same code again"));
  say_what_to_type (self);
}

static void
finish (LigdiCodePage *self)
{
  g_autofree char *code = g_strdup (self->digits->str);

  forget (self);
  if (self->advice == NULL)
    g_signal_emit (self, signals[SIGNAL_GIVEN], 0, code);
  else if (self->first == NULL)
    {
      self->first = g_strdup (code);
      show_step (self);
    }
  else
    {
      gboolean same = g_str_equal (self->first, code);

      g_clear_pointer (&self->first, wipe);
      if (same)
        g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, code);
      show_step (self);
      if (!same)
        say (self, _("These were two different codes. Choose one again."));
    }
  explicit_bzero (code, strlen (code));
}

static gboolean
on_last_digit (gpointer user_data)
{
  LigdiCodePage *self = user_data;

  self->finish_id = 0;
  finish (self);
  return G_SOURCE_REMOVE;
}

static void
push (LigdiCodePage *self, char digit)
{
  /* One more right after the last one: a scanner was bumped into, and that is no try. */
  if (self->finish_id != 0)
    {
      forget (self);
      return;
    }
  if (self->digits->len == 0 && self->advice == NULL && !self->waiting)
    say_what_to_type (self);
  g_string_append_c (self->digits, digit);
  show_digits (self);
  if (self->digits->len >= self->n_digits)
    self->finish_id = g_timeout_add (LAST_DIGIT_MS, on_last_digit, self);
}

static void
take_back (LigdiCodePage *self)
{
  g_clear_handle_id (&self->finish_id, g_source_remove);
  if (self->digits->len > 0)
    g_string_truncate (self->digits, self->digits->len - 1);
  show_digits (self);
}

static void
on_digit_clicked (LigdiCodePage *self, GtkButton *button)
{
  push (self, gtk_button_get_label (button)[0]);
}

static void
on_backspace_clicked (LigdiCodePage *self)
{
  take_back (self);
}

static void
on_cancel_clicked (LigdiCodePage *self)
{
  ligdi_code_page_clear (self);
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

/* Enter presses what the keyboard is on, unless that is a figure: those are typed. */
static gboolean
is_on_figure (LigdiCodePage *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (gtk_widget_get_toplevel (GTK_WIDGET (self))));
  const char *label = GTK_IS_BUTTON (focus) ? gtk_button_get_label (GTK_BUTTON (focus)) : NULL;

  return label != NULL && g_ascii_isdigit (label[0]);
}

static gboolean
on_key (const LigdiKey *key, gpointer page)
{
  LigdiCodePage *self = page;

  switch (key->kind)
    {
    case LIGDI_KEY_DIGIT:
      push (self, (char) ('0' + key->digit));
      return GDK_EVENT_STOP;
    case LIGDI_KEY_SCAN:
    case LIGDI_KEY_SCAN_END:
      forget (self);
      return GDK_EVENT_STOP;
    case LIGDI_KEY_BACKSPACE:
      take_back (self);
      return GDK_EVENT_STOP;
    case LIGDI_KEY_ESCAPE:
      on_cancel_clicked (self);
      return GDK_EVENT_STOP;
    case LIGDI_KEY_ENTER:
      return is_on_figure (self);
    case LIGDI_KEY_IGNORED:
      return GDK_EVENT_STOP;
    case LIGDI_KEY_OTHER:
    case LIGDI_KEY_TEXT:
    case LIGDI_KEY_ADD:
    case LIGDI_KEY_MULTIPLY:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
ligdi_code_page_dispose (GObject *object)
{
  LigdiCodePage *self = LIGDI_CODE_PAGE (object);

  g_clear_handle_id (&self->finish_id, g_source_remove);
  g_clear_object (&self->keys_watch);
  G_OBJECT_CLASS (ligdi_code_page_parent_class)->dispose (object);
}

static void
ligdi_code_page_finalize (GObject *object)
{
  LigdiCodePage *self = LIGDI_CODE_PAGE (object);

  explicit_bzero (self->digits->str, self->digits->len);
  g_string_free (self->digits, TRUE);
  wipe (self->first);
  g_free (self->wanted);
  g_free (self->advice);
  G_OBJECT_CLASS (ligdi_code_page_parent_class)->finalize (object);
}

static void
ligdi_code_page_class_init (LigdiCodePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ligdi_code_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = ligdi_code_page_finalize;

  /**
   * LigdiCodePage::given:
   * @self: the page
   * @code: digits that somebody takes for the code
   */
  signals[SIGNAL_GIVEN] = g_signal_new ("given", LIGDI_TYPE_CODE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1,
                                        G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * LigdiCodePage::chosen:
   * @self: the page
   * @code: the digits of a new code
   */
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", LIGDI_TYPE_CODE_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1,
                                         G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * LigdiCodePage::left:
   * @self: the page
   *
   * Somebody does without.
   */
  signals[SIGNAL_LEFT] = g_signal_new ("left", LIGDI_TYPE_CODE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-code-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiCodePage, title);
  gtk_widget_class_bind_template_child (widget_class, LigdiCodePage, dots);
  gtk_widget_class_bind_template_child (widget_class, LigdiCodePage, sentence);
  gtk_widget_class_bind_template_child (widget_class, LigdiCodePage, keys);
  gtk_widget_class_bind_template_callback (widget_class, on_digit_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_backspace_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
}

static void
ligdi_code_page_init (LigdiCodePage *self)
{
  self->digits = g_string_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->keys_watch = ligdi_key_watch_new (GTK_WIDGET (self), on_key);
  atk_object_set_role (gtk_widget_get_accessible (GTK_WIDGET (self->sentence)), ATK_ROLE_ALERT);
  show_digits (self);
}

/**
 * ligdi_code_page_new:
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
ligdi_code_page_new (void)
{
  return g_object_new (LIGDI_TYPE_CODE_PAGE, NULL);
}

static void
begin (LigdiCodePage *self, const char *title, const char *sentence, guint n_digits)
{
  g_free (self->wanted);
  self->wanted = g_strdup (title);
  g_free (self->advice);
  self->advice = g_strdup (sentence);
  self->n_digits = n_digits;
  self->waiting = FALSE;
  ligdi_code_page_clear (self);
  show_step (self);
}

/**
 * ligdi_code_page_ask:
 * @self: a page
 * @title: whose code
 * @n_digits: how many digits it has
 *
 * Asks for the code that was chosen once.
 */
void
ligdi_code_page_ask (LigdiCodePage *self, const char *title, guint n_digits)
{
  g_return_if_fail (LIGDI_IS_CODE_PAGE (self));
  g_return_if_fail (title != NULL && n_digits > 0);

  begin (self, title, NULL, n_digits);
}

/**
 * ligdi_code_page_choose:
 * @self: a page
 * @title: what for
 * @sentence: what to think of
 * @n_digits: how many digits it has
 *
 * Asks for a new code, twice.
 */
void
ligdi_code_page_choose (LigdiCodePage *self, const char *title, const char *sentence,
                        guint n_digits)
{
  g_return_if_fail (LIGDI_IS_CODE_PAGE (self));
  g_return_if_fail (title != NULL && sentence != NULL && n_digits > 0);

  begin (self, title, sentence, n_digits);
}

/**
 * ligdi_code_page_refuse:
 * @self: a page that asked for the code
 * @wait: how long nobody may try again, ms
 */
void
ligdi_code_page_refuse (LigdiCodePage *self, gint64 wait)
{
  g_autofree char *time = NULL;
  g_autofree char *sentence = NULL;

  g_return_if_fail (LIGDI_IS_CODE_PAGE (self));

  self->waiting = wait > 0;
  if (wait <= 0)
    {
      say (self, _("That is not the code. Try again."));
      return;
    }
  time = ligdi_dates_format_duration ((wait + 999) / 1000);
  /* Translators: %s is a time such as 30 s. */
  sentence = g_strdup_printf (_("Too many tries. Wait %s, then try again: even the right code has to wait."), time);
  say (self, sentence);
}

/**
 * ligdi_code_page_clear:
 * @self: a page
 *
 * Forgets what was typed.
 */
void
ligdi_code_page_clear (LigdiCodePage *self)
{
  g_return_if_fail (LIGDI_IS_CODE_PAGE (self));

  g_clear_pointer (&self->first, wipe);
  forget (self);
}
