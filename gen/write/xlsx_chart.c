/* Native charts, with the caches filled by hand: the library leaves 0 for a formula's value, and a
 * viewer that does not recalculate would show that. */
#include "write/xlsx_internal.h"

#include <math.h>
#include <stdlib.h>

/* The points of a range; the library frees them when the workbook is closed. */
static lxw_series_data_point *add_point(lxw_series_range *range) {
    lxw_series_data_point *point = calloc(1, sizeof *point);
    if (point) {
        STAILQ_INSERT_TAIL(range->data_cache, point, list_pointers);
        range->num_data_points++;
    }
    return point;
}

static void fill_caches(struct xlsx *xlsx, const struct series *series, lxw_chart_series *drawn) {
    drawn->values->ignore_cache = drawn->categories->ignore_cache = 1;
    drawn->categories->has_string_cache = 1;
    for (size_t i = 0; i < series->count; i++) {
        lxw_series_data_point *value = add_point(drawn->values);
        lxw_series_data_point *category = add_point(drawn->categories);
        char *text = strdup(xlsx_label(xlsx->job, series->category_texts[i], 255));
        if (!value || !category || !text) {
            free(text);
            xlsx_try(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
            return;
        }
        value->number = isfinite(series->numbers[i]) ? series->numbers[i] : 0;
        value->no_data = !isfinite(series->numbers[i]);
        category->is_string = 1;
        category->string = text;
    }
}

static char *range_of(struct xlsx *xlsx, const struct series *series, struct area area) {
    struct buf out;
    buf_init(&out, xlsx->job);
    buf_putc(&out, '=');
    area_print_full(&out, xlsx->book->sheets.at[series->sheet], area);
    return out.data;
}

static void write_series(struct xlsx *xlsx, const struct sheet_chart *chart, lxw_chart *drawing,
                         size_t index) {
    const struct series *series = &chart->series[index];
    uint32_t colour = xlsx->colours[COLOUR_SERIES_1 + index % 4];
    lxw_color_t ink = colour ? colour : LXW_COLOR_BLACK;
    lxw_chart_series *drawn = chart_add_series(drawing, range_of(xlsx, series, series->categories),
                                               range_of(xlsx, series, series->values));
    if (!drawn) {
        xlsx_try(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    chart_series_set_name(drawn, xlsx_label(xlsx->job, series->name, 255));
    fill_caches(xlsx, series, drawn);
    if (chart->kind == SHEET_CHART_LINE || chart->kind == SHEET_CHART_RADAR) {
        chart_series_set_line(drawn, &(lxw_chart_line){.color = ink, .width = 2.25});
        chart_series_set_marker_type(drawn, LXW_CHART_MARKER_CIRCLE);
        chart_series_set_marker_size(drawn, 6);
        chart_series_set_marker_fill(drawn, &(lxw_chart_fill){.color = ink});
        chart_series_set_marker_line(drawn, &(lxw_chart_line){.color = ink});
    } else {
        chart_series_set_fill(drawn, &(lxw_chart_fill){.color = ink});
        chart_series_set_labels(drawn);
        if (chart->format)
            chart_series_set_labels_num_format(drawn, chart->format);
    }
}

/* A bar chart lies on its side, and the library calls its axes by where they lie. */
static void set_axes(struct xlsx *xlsx, const struct sheet_chart *chart, lxw_chart *drawing) {
    uint32_t rule = xlsx->colours[COLOUR_RULE];
    bool bar = chart->kind == SHEET_CHART_BAR;
    lxw_chart_axis *values = bar ? drawing->x_axis : drawing->y_axis;
    lxw_chart_axis *categories = bar ? drawing->y_axis : drawing->x_axis;
    chart_axis_set_min(values, chart->low);
    chart_axis_set_max(values, chart->high);
    if (chart->format)
        chart_axis_set_num_format(values, chart->format);
    if (chart->step > 0)
        chart_axis_set_major_unit(values, chart->step);
    chart_axis_major_gridlines_set_visible(values, LXW_TRUE);
    chart_axis_major_gridlines_set_line(
        values, &(lxw_chart_line){.color = rule ? rule : LXW_COLOR_BLACK, .width = 0.5});
    if (chart->kind == SHEET_CHART_RADAR) { /* the rings say enough */
        chart_axis_set_major_tick_mark(values, LXW_CHART_AXIS_TICK_MARK_NONE);
        chart_axis_set_line(values, &(lxw_chart_line){.none = LXW_TRUE});
        chart_axis_set_num_font(values, &(lxw_chart_font){.size = 8, .color = 0x6B6B6B});
    }
    if (bar) {
        chart_axis_major_gridlines_set_visible(categories, LXW_FALSE);
        chart_axis_set_reverse(categories);      /* the first row of the sheet on top … */
        chart_axis_set_crossing_max(categories); /* … and the figures below all the same */
    }
}

void xlsx_write_chart(struct xlsx *xlsx, const struct sheet_chart *chart, lxw_worksheet *page) {
    static const uint8_t kinds[] = {
        [SHEET_CHART_BAR] = LXW_CHART_BAR,
        [SHEET_CHART_COLUMN] = LXW_CHART_COLUMN,
        [SHEET_CHART_LINE] = LXW_CHART_LINE,
        [SHEET_CHART_RADAR] = LXW_CHART_RADAR_WITH_MARKERS,
    };
    lxw_chart *drawing = workbook_add_chart(xlsx->file, kinds[chart->kind]);
    if (!drawing) {
        xlsx_try(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    for (size_t i = 0; i < chart->series_count; i++)
        write_series(xlsx, chart, drawing, i);
    chart_title_set_name(drawing, xlsx_label(xlsx->job, chart->title, 255));
    lxw_chart_font font = {
        .name = arena_strdup(xlsx->job, xlsx->font_display), .size = 12, .bold = 1};
    chart_title_set_name_font(drawing, &font);
    if (chart->series_count < 2)
        chart_legend_set_position(drawing, LXW_CHART_LEGEND_NONE);
    else
        chart_legend_set_position(drawing, LXW_CHART_LEGEND_BOTTOM);
    set_axes(xlsx, chart, drawing);
    chart_show_blanks_as(drawing, LXW_CHART_BLANKS_AS_CONNECTED);
    chart_show_hidden_data(drawing);
    lxw_chart_options options = {.x_scale = chart->width_px /
                                            480.0, /* the library's own size is 480 by 288 */
                                 .y_scale = chart->height_px / 288.0,
                                 .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
                                 .description = xlsx_label(xlsx->job, chart->description, 1000)};
    xlsx_try(xlsx, worksheet_insert_chart_opt(page, (lxw_row_t)chart->row, (lxw_col_t)chart->col,
                                              drawing, &options));
}
