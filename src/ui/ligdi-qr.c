/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-qr.h"

#include <qrencode.h>

/* A QR code: dark on white in both styles, with the quiet border that cameras need. */

/* Modules of white around the code (ISO/IEC 18004). */
#define BORDER 4

struct _LigdiQr
{
  GtkDrawingArea parent_instance;

  QRcode *code;
};

G_DEFINE_FINAL_TYPE (LigdiQr, ligdi_qr, GTK_TYPE_DRAWING_AREA)

/* As large as the style says; a drawing area by itself has no size. */
static void
get_size (GtkWidget *widget, const char *property, int *minimum, int *natural)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);

  gtk_style_context_get (style, gtk_style_context_get_state (style), property, minimum, NULL);
  *natural = *minimum;
}

static void
ligdi_qr_get_preferred_width (GtkWidget *widget, int *minimum, int *natural)
{
  get_size (widget, "min-width", minimum, natural);
}

static void
ligdi_qr_get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  get_size (widget, "min-height", minimum, natural);
}

static gboolean
ligdi_qr_draw (GtkWidget *widget, cairo_t *cr)
{
  LigdiQr *self = LIGDI_QR (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  int width = gtk_widget_get_allocated_width (widget);
  int height = gtk_widget_get_allocated_height (widget);
  int modules = self->code != NULL ? self->code->width + 2 * BORDER : 1;
  /* Whole pixels: a camera reads blurred edges worse than a small code. */
  int size = MAX (MIN (width, height) / modules, 1);
  int left = (width - size * modules) / 2;
  int top = (height - size * modules) / 2;

  gtk_render_background (style, cr, 0, 0, width, height);
  gtk_render_frame (style, cr, 0, 0, width, height);
  if (self->code == NULL)
    return GDK_EVENT_PROPAGATE;
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_set_source_rgb (cr, 0x22 / 255.0, 0x1B / 255.0, 0x12 / 255.0);
  for (int y = 0; y < self->code->width; y++)
    for (int x = 0; x < self->code->width; x++)
      if ((self->code->data[y * self->code->width + x] & 1) != 0)
        cairo_rectangle (cr, left + (x + BORDER) * size, top + (y + BORDER) * size, size, size);
  cairo_fill (cr);
  return GDK_EVENT_PROPAGATE;
}

static void
ligdi_qr_finalize (GObject *object)
{
  g_clear_pointer (&LIGDI_QR (object)->code, QRcode_free);
  G_OBJECT_CLASS (ligdi_qr_parent_class)->finalize (object);
}

static void
ligdi_qr_class_init (LigdiQrClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ligdi_qr_finalize;
  GTK_WIDGET_CLASS (klass)->draw = ligdi_qr_draw;
  GTK_WIDGET_CLASS (klass)->get_preferred_width = ligdi_qr_get_preferred_width;
  GTK_WIDGET_CLASS (klass)->get_preferred_height = ligdi_qr_get_preferred_height;
}

static void
ligdi_qr_init (LigdiQr *self)
{
  atk_object_set_role (gtk_widget_get_accessible (GTK_WIDGET (self)), ATK_ROLE_IMAGE);
}

/**
 * ligdi_qr_set_text:
 * @self: a code
 * @text: (nullable): what it says, bytes as they are; %NULL for nothing
 *
 * Returns: whether there is a code to show; a text of more than some 2900 bytes has none
 */
gboolean
ligdi_qr_set_text (LigdiQr *self, const char *text)
{
  g_return_val_if_fail (LIGDI_IS_QR (self), FALSE);

  g_clear_pointer (&self->code, QRcode_free);
  if (text != NULL)
    self->code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_L);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return self->code != NULL;
}
