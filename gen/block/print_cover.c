/* The cover: what is drawn on it, the titles, and whose copy it is. Sizes are those of A4 and
 * shrink with the paper. */
#include "block/chart.h"

#include <math.h>

enum {
    SIDE_UM = 27000, /* of the cover's text from the paper's edges */
    MOTIF_UM = 142000,
    MOTIF_RADIUS_UM = 39000,
    MOTIF_APART_UM = 23500, /* of each circle's centre from the middle */
    MOTIF_CENTRE_UM = 74000,
    MOTIF_RING_UM = 9500,
    LENS_POINTS = 25, /* on each arc */
    WHOLE = 10000,
    FULL_UM = 210000, /* papers as wide and high as this have covers of full size */
    FULL_HEIGHT_UM = 279400,
    TILE_UM = 42000,
    PANEL_PAD_UM = 6500,
    FOOT_UM = 18000,
};

bool print_has_cover(const struct print *print) {
    return print->edition->material->cover && print->theme->cover != COVER_NONE;
}

/* ---- parts ---- */

static const struct paper *cover_paper(const struct print *print) {
    return print->edition->paper ? print->edition->paper : paper_find("a4");
}

/* A length on A4, on this paper. */
static int32_t cover_um(const struct print *print, int32_t um) {
    const struct paper *paper = cover_paper(print);
    int64_t wide = (int64_t)paper->width_um * WHOLE / FULL_UM,
            high = (int64_t)paper->height_um * WHOLE / FULL_HEIGHT_UM,
            share = wide < high ? wide : high;
    return share < WHOLE ? (int32_t)(um * share / WHOLE) : um;
}

static struct box_style *cover_box(struct print *print, uint32_t fill) {
    struct box_style *box = ARENA_NEW(print->arena, struct box_style);
    *box = (struct box_style){.fill = fill, .border = COLOUR_NONE, .bar = COLOUR_NONE};
    return box;
}

/* A stack with the cover's margins at its sides. */
static struct flow *cover_part(struct print *print, int32_t top_um, int32_t bottom_um) {
    struct flow *part = flow_new(print->arena, FLOW_STACK, ROLE_NONE);
    struct box_style *box = cover_box(print, COLOUR_NONE);
    box->pad_left_um = box->pad_right_um = cover_um(print, SIDE_UM);
    box->pad_top_um = cover_um(print, top_um);
    box->pad_bottom_um = cover_um(print, bottom_um);
    part->box = box;
    return part;
}

struct flow *print_coloured(struct print *print, enum style_id id, const char *text,
                            uint32_t colour) {
    struct flow *paragraph = paragraph_text(print, ROLE_P, id, text);
    print_recolour(print, paragraph, colour);
    return paragraph;
}

void print_recolour(struct print *print, struct flow *flow, uint32_t colour) {
    struct inline_item *items = ARENA_ARRAY(print->arena, struct inline_item, flow->item_count);
    for (size_t i = 0; i < flow->item_count; i++) {
        items[i] = flow->items[i];
        if (!items[i].style)
            continue;
        struct text_style *style = ARENA_NEW(print->arena, struct text_style);
        *style = *items[i].style;
        style->colour = colour;
        items[i].style = style;
    }
    flow->items = items;
    for (struct flow *child = flow->first; child; child = child->next)
        print_recolour(print, child, colour);
}

struct flow *print_logo(struct print *print, int32_t height_um) {
    const struct image *logo = print->theme->logo;
    const char *alt = print->theme->logo_alt;
    if (!logo || height_um <= 0 || logo->height_px <= 0)
        return NULL;
    struct flow *picture = flow_new(print->arena, FLOW_IMAGE, alt ? ROLE_FIGURE : ROLE_ARTIFACT);
    picture->alt = alt;
    picture->image = logo;
    picture->width = (struct width){
        WIDTH_FIXED, (int32_t)((int64_t)height_um * logo->width_px / logo->height_px)};
    return picture;
}

/* The logo at the left edge. */
static void add_logo(struct print *print, struct flow *into, int32_t before_um, int32_t after_um) {
    struct flow *logo = print_logo(print, cover_um(print, print->theme->logo_cover_um));
    if (!logo)
        return;
    struct flow *row = flow_add(into, flow_new(print->arena, FLOW_COLUMNS, ROLE_NONE));
    row->space_before_um = before_um;
    row->space_after_um = after_um;
    flow_add(row, logo);
    flow_add(row, flow_new(print->arena, FLOW_STACK, ROLE_NONE))->width =
        (struct width){WIDTH_FRACTION, 1};
}

static struct flow *finish_motif(struct canvas *canvas, int32_t height_um) {
    struct flow *motif = canvas_finish(canvas, height_um);
    motif->role = ROLE_ARTIFACT;
    motif->alt = NULL;
    motif->space_before_um = motif->space_after_um = 0;
    return motif;
}

/* ---- band: two circles ---- */

static struct shape *new_shape(struct canvas *canvas) {
    return VEC_ADD(canvas->print->arena, &canvas->shapes);
}

static void add_circle(struct canvas *canvas, int32_t x, int32_t radius, uint32_t fill,
                       uint32_t stroke, int32_t weight) {
    *new_shape(canvas) =
        (struct shape){.kind = SHAPE_CIRCLE,
                       .fill = fill,
                       .stroke = stroke,
                       .weight_um = weight,
                       .at = chart_point(5000, x, cover_um(canvas->print, MOTIF_CENTRE_UM)),
                       .width = {0, radius}};
}

/* What two circles have in common, as a polygon along both arcs. */
static void add_lens(struct canvas *canvas, double radius, double apart, uint32_t fill) {
    double half = acos(apart / radius);
    int32_t centre = cover_um(canvas->print, MOTIF_CENTRE_UM);
    struct point corners[2 * LENS_POINTS];
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < LENS_POINTS; i++) {
            double angle = half * (2.0 * i / (LENS_POINTS - 1) - 1);
            double x = cos(angle) * radius - apart;
            double y = sin(angle) * radius;
            corners[side * LENS_POINTS + i] = chart_point(5000, (int32_t)lround(side ? -x : x),
                                                          centre + (int32_t)lround(side ? -y : y));
        }
    draw_polygon(canvas, corners, 2 * LENS_POINTS, fill, COLOUR_NONE, 0, 0);
}

/* Two circles that share a part: two people, one piece of work. */
static struct flow *circles(struct print *print) {
    struct canvas canvas;
    chart_canvas_init(&canvas, print);
    uint32_t ground = print_colour(print, COLOUR_COVER);
    uint32_t pale = chart_tint(print, ground, 72), warm = print_colour(print, COLOUR_SERIES_2);
    uint32_t thin = chart_tint(print, ground, 55);
    int32_t radius = cover_um(print, MOTIF_RADIUS_UM), apart = cover_um(print, MOTIF_APART_UM);
    for (int32_t ring = 1; ring <= 3; ring++) { /* echoes */
        int32_t wide = radius + ring * cover_um(print, MOTIF_RING_UM);
        add_circle(&canvas, -apart, wide, COLOUR_NONE, pale, 350);
        add_circle(&canvas, apart, wide, COLOUR_NONE, pale, 350);
    }
    add_circle(&canvas, -apart, radius, thin, COLOUR_NONE, 0);
    add_circle(&canvas, apart, radius, warm, COLOUR_NONE, 0);
    add_lens(&canvas, radius, apart, chart_tint(print, warm, 25));
    return finish_motif(&canvas, cover_um(print, MOTIF_UM));
}

/* ---- blocks: a field of shapes ---- */

/* One tile: `x`, `y` and `size` in ten-thousandths of the width. */
struct tile {
    int32_t x, y, size;
    uint32_t ground, ink, other;
};

static struct point tile_point(const struct tile *tile, int32_t x, int32_t y) {
    return (struct point){{tile->x + tile->size * x / 2, 0}, {tile->y + tile->size * y / 2, 0}};
}

/* A part of a circle about a place of the tile, which counts its halves from its top left corner. */
static void tile_arc(struct canvas *canvas, const struct tile *tile, int32_t x, int32_t y,
                     int32_t radius, int32_t from_degree, int32_t to_degree, uint32_t fill) {
    *new_shape(canvas) = (struct shape){.kind = SHAPE_ARC,
                                        .fill = fill,
                                        .stroke = COLOUR_NONE,
                                        .at = tile_point(tile, x, y),
                                        .width = {radius, 0},
                                        .from_mdeg = from_degree * 1000,
                                        .to_mdeg = to_degree * 1000};
}

static void tile_disc(struct canvas *canvas, const struct tile *tile, int32_t radius,
                      uint32_t fill) {
    *new_shape(canvas) = (struct shape){.kind = SHAPE_CIRCLE,
                                        .fill = fill,
                                        .stroke = COLOUR_NONE,
                                        .at = tile_point(tile, 1, 1),
                                        .width = {radius, 0}};
}

enum tile_kind {
    TILE_PLAIN,
    TILE_QUARTER, /* from a corner, turned by a quarter for each step of `turn` */
    TILE_QUARTERS,
    TILE_HALF,
    TILE_DISC,
    TILE_TARGET,
    TILE_CORNER, /* the half below a diagonal */
};

static void add_tile(struct canvas *canvas, const struct tile *tile, enum tile_kind kind,
                     int32_t turn) {
    static const int32_t corners[4][2] = {{0, 2}, {0, 0}, {2, 0}, {2, 2}};
    static const int32_t edges[4][2] = {{1, 2}, {0, 1}, {1, 0}, {2, 1}};
    const int32_t *corner = corners[turn % 4], *edge = edges[turn % 4];
    int32_t half = tile->size / 2, from = turn % 4 * 90;
    *new_shape(canvas) = (struct shape){.kind = SHAPE_RECT,
                                        .fill = tile->ground,
                                        .stroke = COLOUR_NONE,
                                        .at = tile_point(tile, 0, 0),
                                        .width = {tile->size, 0},
                                        .height = {tile->size, 0}};
    switch (kind) {
    case TILE_PLAIN:
        break;
    case TILE_QUARTER:
    case TILE_QUARTERS:
        tile_arc(canvas, tile, corner[0], corner[1], tile->size, from, from + 90, tile->ink);
        if (kind == TILE_QUARTERS)
            tile_arc(canvas, tile, corner[0], corner[1], half, from, from + 90, tile->other);
        break;
    case TILE_HALF:
        tile_arc(canvas, tile, edge[0], edge[1], half, from - 90, from + 90, tile->ink);
        break;
    case TILE_DISC:
    case TILE_TARGET:
        tile_disc(canvas, tile, half * 7 / 10, tile->ink);
        if (kind == TILE_TARGET)
            tile_disc(canvas, tile, half * 3 / 10, tile->other);
        break;
    case TILE_CORNER:
        draw_polygon(canvas,
                     (struct point[]){tile_point(tile, corner[0], corner[1]),
                                      tile_point(tile, 2 - corner[0], corner[1]),
                                      tile_point(tile, corner[0], 2 - corner[1])},
                     3, tile->ink, COLOUR_NONE, 0, 0);
        break;
    }
}

/* Each row of tiles, by kind and turn; narrower papers show the first of a row, wider ones begin
 * again. */
static struct flow *tiles(struct print *print) {
    static const struct {
        uint8_t kind, turn, ground, ink, other;
    } plan[3][5] = {
        {{TILE_QUARTER, 0, 1, 2, 0},
         {TILE_PLAIN, 0, 0, 0, 0},
         {TILE_TARGET, 0, 3, 0, 2},
         {TILE_HALF, 0, 0, 4, 0},
         {TILE_QUARTERS, 1, 2, 1, 5}},
        {{TILE_DISC, 0, 0, 3, 0},
         {TILE_QUARTERS, 3, 2, 5, 1},
         {TILE_CORNER, 0, 0, 1, 0},
         {TILE_QUARTER, 1, 4, 0, 0},
         {TILE_PLAIN, 0, 3, 0, 0}},
        {{TILE_CORNER, 2, 4, 0, 0},
         {TILE_HALF, 2, 0, 3, 0},
         {TILE_QUARTER, 3, 5, 1, 0},
         {TILE_DISC, 0, 1, 2, 0},
         {TILE_QUARTERS, 2, 0, 4, 2}},
    };
    const struct paper *paper = cover_paper(print);
    uint32_t cover = print_colour(print, COLOUR_COVER);
    const uint32_t colours[] = {
        chart_tint(print, cover, 82),         print_colour(print, COLOUR_SERIES_1),
        print_colour(print, COLOUR_SERIES_2), print_colour(print, COLOUR_SERIES_3),
        print_colour(print, COLOUR_SERIES_4), print_colour(print, COLOUR_PAPER)};
    int32_t size_um = cover_um(print, TILE_UM);
    int32_t across = (paper->width_um + size_um / 2) / size_um;
    int32_t down = paper->height_um > paper->width_um ? 3 : 2;
    struct canvas canvas;
    chart_canvas_init(&canvas, print);
    int32_t size = WHOLE / across;
    for (int32_t row = 0; row < down; row++)
        for (int32_t column = 0; column < across; column++) {
            size_t at = (size_t)column % 5;
            int32_t left = WHOLE * column / across;
            struct tile tile = {
                .x = left,
                .y = size * row,
                .size = column + 1 == across ? WHOLE - left : size,
                .ground = colours[plan[row][at].ground],
                .ink = colours[plan[row][at].ink],
                .other = colours[plan[row][at].other],
            };
            add_tile(&canvas, &tile, plan[row][at].kind, plan[row][at].turn);
        }
    return finish_motif(&canvas, (int32_t)((int64_t)paper->width_um * size * down / WHOLE));
}

/* ---- whose copy it is ---- */

static void add_names(struct print *print, struct flow *into) {
    uint32_t ink = print_colour(print, COLOUR_TEXT);
    const char *names = print_names(print);
    if (names)
        flow_add(into, print_coloured(print, STYLE_H2, names, ink))->space_before_um = 0;
    struct flow *identity = print_identity(print);
    if (identity) {
        identity->space_before_um = names ? 5000 : 0;
        flow_add(into, identity);
    }
}

static struct flow *titles(struct print *print, int32_t top_um, int32_t bottom_um, uint32_t ink) {
    struct flow *title = cover_part(print, top_um, bottom_um);
    flow_add(title, print_coloured(print, STYLE_COVER_TITLE, print->course->title, ink));
    flow_add(title,
             print_coloured(print, STYLE_COVER_SUBTITLE, print->edition->material->title, ink));
    return title;
}

/* Titles in the cover's colour, the rest on paper. */
static void cover_band(struct print *print, struct flow *cover) {
    bool band = print->theme->cover == COVER_BAND;
    struct flow *head = flow_add(cover, flow_new(print->arena, FLOW_STACK, ROLE_NONE));
    head->box = cover_box(print, band ? print_colour(print, COLOUR_COVER) : COLOUR_NONE);
    if (band)
        flow_add(head, circles(print));
    flow_add(head, titles(print, band ? 4000 : 70000, 16000,
                          print_colour(print, band ? COLOUR_COVER_TEXT : COLOUR_ACCENT)));
    struct flow *names = flow_add(cover, cover_part(print, 14000, 0));
    add_names(print, names);
    add_logo(print, names, 10000, 0);
    if (print->course->publisher)
        flow_add(names, print_coloured(print, STYLE_COVER_SMALL, print->course->publisher,
                                       print_colour(print, COLOUR_TEXT)))
            ->space_before_um = print->theme->logo ? 4000 : 12000;
}

/* All of the page in colour: shapes, titles, and a panel of paper to write on. */
static void cover_blocks(struct print *print, struct flow *cover) {
    uint32_t ink = print_colour(print, COLOUR_COVER_TEXT);
    flow_add(cover, tiles(print));
    flow_add(cover, titles(print, 14000, 0, ink));
    struct flow *rest = flow_add(cover, flow_space(print, 1));
    rest->stretch = 1;
    struct flow *foot = flow_add(cover, cover_part(print, 10000, FOOT_UM));
    struct flow *panel = flow_new(print->arena, FLOW_STACK, ROLE_NONE);
    struct box_style *box =
        box_new(print, print_colour(print, COLOUR_PAPER), COLOUR_NONE, COLOUR_NONE);
    box->pad_top_um = box->pad_bottom_um = box->pad_left_um = box->pad_right_um = PANEL_PAD_UM;
    panel->box = box;
    add_names(print, panel);
    if (panel->first)
        flow_add(foot, panel);
    add_logo(print, foot, 7000, 0);
    if (print->course->publisher)
        flow_add(foot, print_coloured(print, STYLE_COVER_SMALL, print->course->publisher, ink))
            ->space_before_um = 7000;
}

struct flow *print_cover(struct print *print) {
    bool blocks = print->theme->cover == COVER_BLOCKS;
    struct flow *cover = flow_new(print->arena, FLOW_STACK, ROLE_SECT);
    cover->full_page = true;
    cover->box = cover_box(print, blocks ? print_colour(print, COLOUR_COVER) : COLOUR_NONE);
    if (blocks)
        cover_blocks(print, cover);
    else
        cover_band(print, cover);
    return cover;
}
