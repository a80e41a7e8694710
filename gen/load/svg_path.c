/* Path data (SVG 1.1 §8.3) and basic shapes as moves, lines and cubic curves. */
#include "load/svg.h"

#include <math.h>

void svg_add_point(struct arena *arena, struct svg_steps *steps, enum path_op op, double x,
                   double y) {
    struct vector_step *step = VEC_ADD(arena, &steps->list);
    step->op = op;
    step->x[0] = x;
    step->y[0] = y;
}

static void add_curve(struct arena *arena, struct svg_steps *steps, const double x[3],
                      const double y[3]) {
    struct vector_step *step = VEC_ADD(arena, &steps->list);
    step->op = PATH_CURVE;
    memcpy(step->x, x, sizeof step->x);
    memcpy(step->y, y, sizeof step->y);
}

static void add_close(struct arena *arena, struct svg_steps *steps) {
    VEC_ADD(arena, &steps->list)->op = PATH_CLOSE;
}

/* ---- arcs ---- */

struct arc {
    double rx, ry, turn; /* of the ellipse's x axis, in radians */
    bool large, sweep;
};

/* Centre and angles of an arc between two points (SVG 1.1 appendix F.6.5, F.6.6). */
static void find_centre(const struct arc *arc, double x0, double y0, double x1, double y1,
                        double radii[2], double centre[2], double angles[2]) {
    double c = cos(arc->turn), s = sin(arc->turn);
    double dx = (x0 - x1) / 2, dy = (y0 - y1) / 2;
    double px = c * dx + s * dy, py = -s * dx + c * dy;
    double rx = fabs(arc->rx), ry = fabs(arc->ry);
    double excess = px * px / (rx * rx) + py * py / (ry * ry);
    if (excess > 1) {
        rx *= sqrt(excess);
        ry *= sqrt(excess);
    }
    double under = rx * rx * py * py + ry * ry * px * px;
    double over = rx * rx * ry * ry - under;
    double root = over > 0 && under > 0 ? sqrt(over / under) : 0;
    if (arc->large == arc->sweep)
        root = -root;
    double qx = root * rx * py / ry, qy = -root * ry * px / rx;
    radii[0] = rx;
    radii[1] = ry;
    centre[0] = c * qx - s * qy + (x0 + x1) / 2;
    centre[1] = s * qx + c * qy + (y0 + y1) / 2;
    angles[0] = atan2((py - qy) / ry, (px - qx) / rx);
    angles[1] = atan2((-py - qy) / ry, (-px - qx) / rx) - angles[0];
    if (arc->sweep && angles[1] < 0)
        angles[1] += 2 * M_PI;
    else if (!arc->sweep && angles[1] > 0)
        angles[1] -= 2 * M_PI;
}

/* An arc as curves of a quarter turn at most; handles as in stage/layout_drawing.c. */
static void add_arc(struct arena *arena, struct svg_steps *steps, const struct arc *arc, double x0,
                    double y0, double x1, double y1) {
    if (x0 == x1 && y0 == y1)
        return;
    if (fabs(arc->rx) < 1e-9 || fabs(arc->ry) < 1e-9) {
        svg_add_point(arena, steps, PATH_LINE, x1, y1);
        return;
    }
    double r[2], centre[2], angles[2];
    find_centre(arc, x0, y0, x1, y1, r, centre, angles);
    int parts = (int)ceil(fabs(angles[1]) / (M_PI / 2) - 1e-9);
    parts = parts < 1 ? 1 : parts;
    double c = cos(arc->turn), s = sin(arc->turn);
    struct matrix out = {c * r[0], s * r[0], -s * r[1], c * r[1], centre[0], centre[1]};
    for (int i = 0; i < parts; i++) {
        double from = angles[0] + angles[1] * i / parts,
               to = angles[0] + angles[1] * (i + 1) / parts;
        double reach = 4.0 / 3 * tan((to - from) / 4);
        double x[3] = {cos(from) - reach * sin(from), cos(to) + reach * sin(to), cos(to)};
        double y[3] = {sin(from) + reach * cos(from), sin(to) - reach * cos(to), sin(to)};
        for (int k = 0; k < 3; k++)
            matrix_apply(&out, &x[k], &y[k]);
        if (i + 1 == parts) {
            x[2] = x1;
            y[2] = y1;
        }
        add_curve(arena, steps, x, y);
    }
}

/* ---- path data ---- */

struct pen {
    struct arena *arena;
    struct svg_steps *steps;
    double x, y, start_x, start_y;
    double handle_x, handle_y; /* of the curve before, to be mirrored */
    char before;               /* its command, in capitals */
    bool closed;
};

/* After a close the next subpath begins where the one before did. */
static void begin(struct pen *pen) {
    if (pen->closed)
        svg_add_point(pen->arena, pen->steps, PATH_MOVE, pen->x, pen->y);
    pen->closed = false;
}

static void line_to(struct pen *pen, double x, double y) {
    begin(pen);
    svg_add_point(pen->arena, pen->steps, PATH_LINE, x, y);
    pen->x = x;
    pen->y = y;
}

static void curve_to(struct pen *pen, const double x[3], const double y[3]) {
    begin(pen);
    add_curve(pen->arena, pen->steps, x, y);
    pen->handle_x = x[1];
    pen->handle_y = y[1];
    pen->x = x[2];
    pen->y = y[2];
}

static void quadratic_to(struct pen *pen, double hx, double hy, double x, double y) {
    curve_to(pen, (double[]){pen->x + (hx - pen->x) * 2 / 3, x + (hx - x) * 2 / 3, x},
             (double[]){pen->y + (hy - pen->y) * 2 / 3, y + (hy - y) * 2 / 3, y});
    pen->handle_x = hx;
    pen->handle_y = hy;
}

static int number_count(char command) {
    switch (command) {
    case 'M':
    case 'L':
    case 'T':
        return 2;
    case 'H':
    case 'V':
        return 1;
    case 'C':
        return 6;
    case 'S':
    case 'Q':
        return 4;
    default:
        return 7; /* A */
    }
}

/* One segment; `n` are its numbers, in absolute coordinates. */
static void add_segment(struct pen *pen, char command, const double *n) {
    bool mirrored = command == 'S' ? pen->before == 'C' || pen->before == 'S'
                                   : pen->before == 'Q' || pen->before == 'T';
    double mirror_x = mirrored ? 2 * pen->x - pen->handle_x : pen->x;
    double mirror_y = mirrored ? 2 * pen->y - pen->handle_y : pen->y;
    switch (command) {
    case 'M':
        pen->closed = false;
        svg_add_point(pen->arena, pen->steps, PATH_MOVE, n[0], n[1]);
        pen->x = pen->start_x = n[0];
        pen->y = pen->start_y = n[1];
        break;
    case 'L':
        line_to(pen, n[0], n[1]);
        break;
    case 'H':
        line_to(pen, n[0], pen->y);
        break;
    case 'V':
        line_to(pen, pen->x, n[0]);
        break;
    case 'C':
        curve_to(pen, (double[]){n[0], n[2], n[4]}, (double[]){n[1], n[3], n[5]});
        break;
    case 'S':
        curve_to(pen, (double[]){mirror_x, n[0], n[2]}, (double[]){mirror_y, n[1], n[3]});
        break;
    case 'Q':
        quadratic_to(pen, n[0], n[1], n[2], n[3]);
        break;
    case 'T':
        quadratic_to(pen, mirror_x, mirror_y, n[0], n[1]);
        break;
    default:
        begin(pen);
        add_arc(pen->arena, pen->steps,
                &(struct arc){n[0], n[1], n[2] * M_PI / 180, n[3] != 0, n[4] != 0}, pen->x, pen->y,
                n[5], n[6]);
        pen->x = n[5];
        pen->y = n[6];
        break;
    }
}

static bool scan_numbers(struct svg_scan *scan, char command, int count, double *n) {
    for (int i = 0; i < count; i++) {
        bool flag = false;
        if (i)
            svg_skip_comma(scan);
        if (command == 'A' && (i == 3 || i == 4)) {
            if (!svg_scan_flag(scan, &flag))
                return false;
            n[i] = flag;
        } else if (!svg_scan_number(scan, &n[i])) {
            return false;
        }
    }
    return true;
}

static void make_absolute(const struct pen *pen, char command, int count, double *n) {
    if (command == 'A') {
        n[5] += pen->x;
        n[6] += pen->y;
        return;
    }
    for (int i = 0; i < count; i++)
        n[i] += command == 'V' || (command != 'H' && i % 2) ? pen->y : pen->x;
}

bool svg_parse_path(struct arena *arena, const char *d, struct svg_steps *steps) {
    struct svg_scan scan = {d};
    struct pen pen = {.arena = arena, .steps = steps};
    char command = 0;
    bool relative = false;
    for (svg_skip_space(&scan); *scan.at; svg_skip_comma(&scan)) {
        char c = *scan.at;
        bool letter = strchr("MmLlHhVvCcSsQqTtAaZz", c) != NULL;
        if (letter) {
            command = (char)(c & ~32);
            relative = c & 32;
            scan.at++;
            svg_skip_space(&scan);
        }
        if (!command || (!pen.before && command != 'M') || (command == 'Z' && !letter))
            return false;
        if (command == 'Z') {
            if (!pen.closed)
                add_close(arena, steps);
            pen.closed = true;
            pen.x = pen.start_x;
            pen.y = pen.start_y;
        } else {
            double n[7];
            int count = number_count(command);
            if (!scan_numbers(&scan, command, count, n))
                return false;
            if (relative)
                make_absolute(&pen, command, count, n);
            if (steps->list.count > SVG_STEPS_LIMIT)
                return true; /* the caller counts */
            add_segment(&pen, command, n);
        }
        pen.before = command;
        if (command == 'M')
            command = 'L'; /* further pairs are lines */
    }
    return true;
}

/* ---- shapes ---- */

static void add_corner(struct arena *arena, struct svg_steps *steps, double rx, double ry,
                       double x0, double y0, double x1, double y1) {
    add_arc(arena, steps, &(struct arc){rx, ry, 0, false, true}, x0, y0, x1, y1);
}

void svg_add_rect(struct arena *arena, struct svg_steps *steps, double x, double y, double width,
                  double height, double rx, double ry) {
    rx = rx > width / 2 ? width / 2 : rx;
    ry = ry > height / 2 ? height / 2 : ry;
    bool round = rx > 0 && ry > 0;
    rx = round ? rx : 0;
    ry = round ? ry : 0;
    double right = x + width, bottom = y + height;
    svg_add_point(arena, steps, PATH_MOVE, x + rx, y);
    svg_add_point(arena, steps, PATH_LINE, right - rx, y);
    if (round)
        add_corner(arena, steps, rx, ry, right - rx, y, right, y + ry);
    svg_add_point(arena, steps, PATH_LINE, right, bottom - ry);
    if (round)
        add_corner(arena, steps, rx, ry, right, bottom - ry, right - rx, bottom);
    svg_add_point(arena, steps, PATH_LINE, x + rx, bottom);
    if (round) {
        add_corner(arena, steps, rx, ry, x + rx, bottom, x, bottom - ry);
        svg_add_point(arena, steps, PATH_LINE, x, y + ry);
        add_corner(arena, steps, rx, ry, x, y + ry, x + rx, y);
    }
    add_close(arena, steps);
}

void svg_add_ellipse(struct arena *arena, struct svg_steps *steps, double cx, double cy, double rx,
                     double ry) {
    svg_add_point(arena, steps, PATH_MOVE, cx + rx, cy);
    add_corner(arena, steps, rx, ry, cx + rx, cy, cx, cy + ry);
    add_corner(arena, steps, rx, ry, cx, cy + ry, cx - rx, cy);
    add_corner(arena, steps, rx, ry, cx - rx, cy, cx, cy - ry);
    add_corner(arena, steps, rx, ry, cx, cy - ry, cx + rx, cy);
    add_close(arena, steps);
}

/* ---- bounds ---- */

static void include(double box[4], bool *any, double x, double y) {
    box[0] = !*any || x < box[0] ? x : box[0];
    box[1] = !*any || y < box[1] ? y : box[1];
    box[2] = !*any || x > box[2] ? x : box[2];
    box[3] = !*any || y > box[3] ? y : box[3];
    *any = true;
}

static double curve_at(const double p[4], double t) {
    double u = 1 - t;
    return u * u * u * p[0] + 3 * u * u * t * p[1] + 3 * u * t * t * p[2] + t * t * t * p[3];
}

/* Where a curve's derivative is 0 between its ends, in one coordinate: at most two places. */
static int extremes(const double p[4], double t[2]) {
    double a = -p[0] + 3 * p[1] - 3 * p[2] + p[3], b = 2 * (p[0] - 2 * p[1] + p[2]),
           c = p[1] - p[0];
    a *= 3, b *= 3, c *= 3;
    int count = 0;
    if (fabs(a) < 1e-12) {
        if (fabs(b) > 1e-12)
            t[count++] = -c / b;
        return count;
    }
    double root = b * b - 4 * a * c;
    if (root >= 0) {
        t[count++] = (-b + sqrt(root)) / (2 * a);
        t[count++] = (-b - sqrt(root)) / (2 * a);
    }
    return count;
}

bool svg_bounds(const struct vector_step *steps, size_t count, double box[4]) {
    bool any = false;
    double x = 0, y = 0;
    for (size_t i = 0; i < count; i++) {
        const struct vector_step *step = &steps[i];
        if (step->op == PATH_CLOSE)
            continue;
        int end = step->op == PATH_CURVE ? 2 : 0;
        if (step->op == PATH_CURVE) {
            double xs[4] = {x, step->x[0], step->x[1], step->x[2]};
            double ys[4] = {y, step->y[0], step->y[1], step->y[2]};
            double t[4];
            int found = extremes(xs, t);
            found += extremes(ys, t + found);
            for (int k = 0; k < found; k++)
                if (t[k] > 0 && t[k] < 1)
                    include(box, &any, curve_at(xs, t[k]), curve_at(ys, t[k]));
        }
        x = step->x[end];
        y = step->y[end];
        include(box, &any, x, y);
    }
    return any;
}

void svg_map_steps(struct vector_step *steps, size_t count, const struct matrix *matrix) {
    for (size_t i = 0; i < count; i++)
        for (int k = 0; k < 3; k++)
            matrix_apply(matrix, &steps[i].x[k], &steps[i].y[k]);
}
