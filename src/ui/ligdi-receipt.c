/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-receipt.h"

#include "ligdi-amount.h"
#include "ligdi-message.h"

#include <glib/gi18n.h>

/* Puts the lines of a receipt on paper, by Cairo and Pango, so that every printer can do
 * accents. Lengths are in points, as the print operation is told to count. */

#define POINTS_PER_MM (72.0 / 25.4)

/* Wider than that is a sheet, on which a receipt is a column with larger letters. */
#define WIDEST_ROLL (90 * POINTS_PER_MM)
#define SHEET_COLUMN (130 * POINTS_PER_MM)
#define ROLL_WIDTH_MM 80.0
#define ROLL_MARGIN_MM 4.0
#define ROLL_FONT 9.0
#define SHEET_FONT 11.0

/* A line of paper, measured. */
typedef struct
{
  const LigdiReceiptLine *line;
  PangoLayout *left;
  PangoLayout *right;
  double height;
} Block;

typedef struct
{
  GPtrArray *lines;
  GPtrArray *blocks;
  GArray *page_starts; /* guint, the first block of each page */
  double column;
  double em;
} Job;

static void
block_free (gpointer data)
{
  Block *block = data;

  g_clear_object (&block->left);
  g_clear_object (&block->right);
  g_free (block);
}

static Job *
job_new (GPtrArray *lines)
{
  Job *job = g_new0 (Job, 1);

  job->lines = g_ptr_array_ref (lines);
  job->blocks = g_ptr_array_new_with_free_func (block_free);
  job->page_starts = g_array_new (FALSE, FALSE, sizeof (guint));
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_array_unref (job->page_starts);
  g_ptr_array_unref (job->blocks);
  g_ptr_array_unref (job->lines);
  g_free (job);
}

static gboolean
is_strong (LigdiReceiptKind kind)
{
  return kind == LIGDI_RECEIPT_TITLE || kind == LIGDI_RECEIPT_BANNER
         || kind == LIGDI_RECEIPT_HEADING || kind == LIGDI_RECEIPT_TOTAL;
}

static gboolean
is_centred (LigdiReceiptKind kind)
{
  return kind == LIGDI_RECEIPT_TITLE || kind == LIGDI_RECEIPT_CENTRED
         || kind == LIGDI_RECEIPT_BANNER || kind == LIGDI_RECEIPT_HEADING;
}

static double
get_size (const Job *job, LigdiReceiptKind kind)
{
  if (kind == LIGDI_RECEIPT_TITLE)
    return job->em * 1.5;
  if (kind == LIGDI_RECEIPT_TOTAL || kind == LIGDI_RECEIPT_HEADING)
    return job->em * 1.2;
  return job->em;
}

static PangoLayout *
make_layout (const Job *job, PangoContext *context, LigdiReceiptKind kind, const char *text)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_from_string ("Cantarell, Inter, Sans");
  g_autofree char *markup = ligdi_amount_markup_text (text);

  pango_font_description_set_absolute_size (font, get_size (job, kind) * PANGO_SCALE);
  pango_font_description_set_weight (font,
                                     is_strong (kind) ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (is_centred (kind))
    pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_markup (layout, markup, -1);
  return layout;
}

static void
get_size_of (PangoLayout *layout, double *width, double *height)
{
  PangoRectangle extents = { 0 };

  if (layout != NULL)
    pango_layout_get_extents (layout, NULL, &extents);
  if (width != NULL)
    *width = (double) extents.width / PANGO_SCALE;
  if (height != NULL)
    *height = (double) extents.height / PANGO_SCALE;
}

static double
get_padding (const Job *job, LigdiReceiptKind kind)
{
  switch (kind)
    {
    case LIGDI_RECEIPT_RULE:
      return job->em * 0.8;
    case LIGDI_RECEIPT_BANNER:
    case LIGDI_RECEIPT_HEADING:
      return job->em * 0.9;
    case LIGDI_RECEIPT_SIGNATURE:
      return job->em * 3.6;
    case LIGDI_RECEIPT_TITLE:
    case LIGDI_RECEIPT_CENTRED:
    case LIGDI_RECEIPT_PAIR:
    case LIGDI_RECEIPT_TOTAL:
    case LIGDI_RECEIPT_TEXT:
      return job->em * 0.15;
    }
  return 0;
}

static Block *
make_block (const Job *job, PangoContext *context, const LigdiReceiptLine *line)
{
  Block *block = g_new0 (Block, 1);
  double right_width;
  double left_height;
  double right_height;

  block->line = line;
  if (line->right != NULL)
    block->right = make_layout (job, context, line->kind, line->right);
  get_size_of (block->right, &right_width, &right_height);
  if (line->left != NULL)
    {
      block->left = make_layout (job, context, line->kind, line->left);
      pango_layout_set_width (block->left,
                              (int) ((job->column - right_width
                                      - (block->right != NULL ? job->em : 0))
                                     * PANGO_SCALE));
    }
  get_size_of (block->left, NULL, &left_height);
  block->height = MAX (left_height, right_height) + get_padding (job, line->kind);
  return block;
}

/* Returns the height of all. */
static double
measure (Job *job, PangoContext *context, double width)
{
  double height = 0;

  job->em = width > WIDEST_ROLL ? SHEET_FONT : ROLL_FONT;
  job->column = MIN (width, SHEET_COLUMN);
  g_ptr_array_set_size (job->blocks, 0);
  for (guint i = 0; i < job->lines->len; i++)
    {
      Block *block = make_block (job, context, g_ptr_array_index (job->lines, i));

      g_ptr_array_add (job->blocks, block);
      height += block->height;
    }
  return height;
}

static void
break_pages (Job *job, double page_height)
{
  double filled = 0;
  guint first = 0;

  g_array_set_size (job->page_starts, 0);
  g_array_append_val (job->page_starts, first);
  for (guint i = 0; i < job->blocks->len; i++)
    {
      const Block *block = g_ptr_array_index (job->blocks, i);

      if (filled + block->height > page_height && filled > 0)
        {
          g_array_append_val (job->page_starts, i);
          filled = 0;
        }
      filled += block->height;
    }
}

static void
draw_text (cairo_t *cr, PangoLayout *layout, double x, double y)
{
  if (layout == NULL)
    return;
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_stroke (cairo_t *cr, double x, double y, double width)
{
  cairo_set_line_width (cr, 0.6);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + width, y);
  cairo_stroke (cr);
}

static void
draw_block (const Job *job, cairo_t *cr, const Block *block, double x, double y)
{
  double top = y + get_padding (job, block->line->kind) / 2;
  double right_width;

  get_size_of (block->right, &right_width, NULL);
  switch (block->line->kind)
    {
    case LIGDI_RECEIPT_RULE:
      draw_stroke (cr, x, y + block->height / 2, job->column);
      return;
    case LIGDI_RECEIPT_SIGNATURE:
      top = y + get_padding (job, block->line->kind) * 0.9;
      draw_stroke (cr, x, top, job->column * 0.6);
      break;
    case LIGDI_RECEIPT_BANNER:
      cairo_rectangle (cr, x, y + job->em * 0.2, job->column, block->height - job->em * 0.4);
      cairo_fill (cr);
      cairo_set_source_rgb (cr, 1, 1, 1);
      break;
    case LIGDI_RECEIPT_TITLE:
    case LIGDI_RECEIPT_CENTRED:
    case LIGDI_RECEIPT_HEADING:
    case LIGDI_RECEIPT_PAIR:
    case LIGDI_RECEIPT_TOTAL:
    case LIGDI_RECEIPT_TEXT:
      break;
    }
  draw_text (cr, block->left, x, top);
  draw_text (cr, block->right, x + job->column - right_width, top);
  cairo_set_source_rgb (cr, 0, 0, 0);
}

static void
on_begin_print (GtkPrintOperation *operation, GtkPrintContext *context, Job *job)
{
  PangoContext *pango = gtk_print_context_create_pango_context (context);

  measure (job, pango, gtk_print_context_get_width (context));
  g_object_unref (pango);
  break_pages (job, gtk_print_context_get_height (context));
  gtk_print_operation_set_n_pages (operation, (int) job->page_starts->len);
}

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, Job *job)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double x = (gtk_print_context_get_width (context) - job->column) / 2;
  double y = 0;
  guint first = g_array_index (job->page_starts, guint, page);
  guint end = (guint) page + 1 < job->page_starts->len
                ? g_array_index (job->page_starts, guint, page + 1)
                : job->blocks->len;

  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = first; i < end; i++)
    {
      const Block *block = g_ptr_array_index (job->blocks, i);

      draw_block (job, cr, block, x, y);
      y += block->height;
    }
}

static GtkPrintOperation *
make_operation (Job *job)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();

  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  /* Translators: the name of what is printed, for the printer's queue. */
  gtk_print_operation_set_job_name (operation, _("LigdiPay receipt"));
  g_object_set_data_full (G_OBJECT (operation), "job", job, job_free);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_print), job);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), job);
  return operation;
}

/* A roll is as long as its text: the printer cuts it there. */
static GtkPageSetup *
make_roll (Job *job)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  double width = (ROLL_WIDTH_MM - 2 * ROLL_MARGIN_MM) * POINTS_PER_MM;
  double height = measure (job, context, width) / POINTS_PER_MM + 2 * ROLL_MARGIN_MM + 2;
  GtkPaperSize *size
    = gtk_paper_size_new_custom ("ligdipay-roll", "80 mm", ROLL_WIDTH_MM, height, GTK_UNIT_MM);

  gtk_page_setup_set_paper_size (setup, size);
  gtk_page_setup_set_left_margin (setup, ROLL_MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (setup, ROLL_MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_top_margin (setup, ROLL_MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (setup, ROLL_MARGIN_MM, GTK_UNIT_MM);
  gtk_paper_size_free (size);
  g_object_unref (context);
  return setup;
}

static GtkPageSetup *
make_sheet (void)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  GtkPaperSize *size = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size_and_default_margins (setup, size);
  gtk_paper_size_free (size);
  return setup;
}

static void
tell_failure (GtkWindow *parent)
{
  LigdiMessage message = ligdi_message_for_print_failure ();
  GtkWidget *dialog
    = gtk_message_dialog_new (parent, GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
                              GTK_MESSAGE_WARNING, GTK_BUTTONS_CLOSE, "%s", message.title);

  gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s", message.sentence);
  g_signal_connect (dialog, "response", G_CALLBACK (gtk_widget_destroy), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_done (GtkPrintOperation *operation, GtkPrintOperationResult result, GtkWindow *parent)
{
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  g_message ("printing: %s", error != NULL ? error->message : "unknown");
  tell_failure (parent);
}

/**
 * ligdi_receipt_print:
 * @parent: the window that the print dialog belongs to
 * @lines: (element-type LigdiReceiptLine): what to put on paper
 *
 * Asks for a printer and prints, while everything else goes on. When that fails, says
 * so in words.
 */
void
ligdi_receipt_print (GtkWindow *parent, GPtrArray *lines)
{
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (lines != NULL);

  operation = make_operation (job_new (lines));
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect_object (operation, "done", G_CALLBACK (on_done), parent, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, &error);
  if (error != NULL)
    g_message ("printing: %s", error->message);
}

/**
 * ligdi_receipt_export_pdf:
 * @lines: (element-type LigdiReceiptLine): what to put on paper
 * @paper: what it is laid out for
 * @path: the file to write
 * @error: return location, of the print operation's domains
 *
 * Puts on a file what would come out of the printer.
 *
 * Returns: %FALSE when nothing was written
 */
gboolean
ligdi_receipt_export_pdf (GPtrArray *lines, LigdiPaper paper, const char *path, GError **error)
{
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (GtkPageSetup) setup = NULL;
  Job *job;

  g_return_val_if_fail (lines != NULL && path != NULL, FALSE);

  job = job_new (lines);
  operation = make_operation (job);
  setup = paper == LIGDI_PAPER_ROLL ? make_roll (job) : make_sheet ();
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_export_filename (operation, path);
  return gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, error)
         == GTK_PRINT_OPERATION_RESULT_APPLY;
}
