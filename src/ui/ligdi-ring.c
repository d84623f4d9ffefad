/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-ring.h"

/* A ring that turns while something is awaited. A spinner draws at every frame, which
 * costs a weak till its processor while WebKit still needs it; this one takes a step
 * twelve times a second, and none when animations are off. */

#define STEPS_PER_SECOND 12
#define STEPS_PER_TURN 18

struct _LigdiRing
{
  GtkDrawingArea parent_instance;

  guint timer;
  guint step;
};

G_DEFINE_FINAL_TYPE (LigdiRing, ligdi_ring, GTK_TYPE_DRAWING_AREA)

static gboolean
on_step (gpointer data)
{
  LigdiRing *self = data;

  self->step = (self->step + 1) % STEPS_PER_TURN;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_CONTINUE;
}

static gboolean
ligdi_ring_draw (GtkWidget *widget, cairo_t *cr)
{
  LigdiRing *self = LIGDI_RING (widget);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  double width = gtk_widget_get_allocated_width (widget);
  double height = gtk_widget_get_allocated_height (widget);
  double size = MIN (width, height);
  double thickness = MAX (4, size * 0.087);
  double radius = (size - thickness) / 2;
  double start = -G_PI_2 + 2 * G_PI * self->step / STEPS_PER_TURN;
  GdkRGBA colour;

  gtk_style_context_get_color (context, gtk_style_context_get_state (context), &colour);
  cairo_translate (cr, width / 2, height / 2);
  cairo_set_line_width (cr, thickness);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, 0.15);
  cairo_arc (cr, 0, 0, radius, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_set_source_rgb (cr, colour.red, colour.green, colour.blue);
  cairo_arc (cr, 0, 0, radius, start, start + 0.56 * G_PI);
  cairo_stroke (cr);
  return GDK_EVENT_PROPAGATE;
}

/* A drawing area by itself does not look at the style sheet. */
static void
measure (GtkWidget *widget, const char *property, int *minimum, int *natural)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  int size = 0;

  gtk_style_context_get (context, gtk_style_context_get_state (context), property, &size, NULL);
  *minimum = *natural = size;
}

static void
ligdi_ring_get_preferred_width (GtkWidget *widget, int *minimum, int *natural)
{
  measure (widget, "min-width", minimum, natural);
}

static void
ligdi_ring_get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  measure (widget, "min-height", minimum, natural);
}

static void
ligdi_ring_map (GtkWidget *widget)
{
  LigdiRing *self = LIGDI_RING (widget);
  gboolean animated = TRUE;

  GTK_WIDGET_CLASS (ligdi_ring_parent_class)->map (widget);
  g_object_get (gtk_widget_get_settings (widget), "gtk-enable-animations", &animated, NULL);
  if (animated && self->timer == 0)
    self->timer = g_timeout_add (1000 / STEPS_PER_SECOND, on_step, self);
}

static void
ligdi_ring_unmap (GtkWidget *widget)
{
  LigdiRing *self = LIGDI_RING (widget);

  g_clear_handle_id (&self->timer, g_source_remove);
  GTK_WIDGET_CLASS (ligdi_ring_parent_class)->unmap (widget);
}

static void
ligdi_ring_dispose (GObject *object)
{
  LigdiRing *self = LIGDI_RING (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  G_OBJECT_CLASS (ligdi_ring_parent_class)->dispose (object);
}

static void
ligdi_ring_class_init (LigdiRingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ligdi_ring_dispose;
  widget_class->draw = ligdi_ring_draw;
  widget_class->get_preferred_width = ligdi_ring_get_preferred_width;
  widget_class->get_preferred_height = ligdi_ring_get_preferred_height;
  widget_class->map = ligdi_ring_map;
  widget_class->unmap = ligdi_ring_unmap;
}

static void
ligdi_ring_init (LigdiRing *self)
{
  /* An accessible that moves all the time would be read all the time. */
  atk_object_set_role (gtk_widget_get_accessible (GTK_WIDGET (self)), ATK_ROLE_ANIMATION);
}
