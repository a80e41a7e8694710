/* Numbers, lengths, colours and transforms of SVG attributes. */
#include "load/svg.h"

#include <math.h>
#include <stdlib.h>
#include <strings.h>

enum { NUMBER_CHARS = 60 };
static const double NUMBER_LIMIT = 1e7;

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

void svg_skip_space(struct svg_scan *scan) {
    while (is_space(*scan->at))
        scan->at++;
}

void svg_skip_comma(struct svg_scan *scan) {
    svg_skip_space(scan);
    if (*scan->at == ',')
        scan->at++;
    svg_skip_space(scan);
}

bool svg_scan_number(struct svg_scan *scan, double *number) {
    const char *at = scan->at;
    at += *at == '+' || *at == '-';
    size_t digits = 0;
    for (; is_digit(*at); at++)
        digits++;
    if (*at == '.')
        for (at++; is_digit(*at); at++)
            digits++;
    if (!digits)
        return false;
    /* "2em" is no exponent. */
    if (*at == 'e' || *at == 'E') {
        const char *exponent = at + 1;
        exponent += *exponent == '+' || *exponent == '-';
        if (is_digit(*exponent)) {
            for (at = exponent; is_digit(*at); at++)
                continue;
        }
    }
    size_t length = (size_t)(at - scan->at);
    char text[NUMBER_CHARS + 1];
    if (length > NUMBER_CHARS)
        return false;
    memcpy(text, scan->at, length);
    text[length] = 0;
    double value = strtod(text, NULL);
    if (!isfinite(value) || value > NUMBER_LIMIT || value < -NUMBER_LIMIT)
        return false;
    *number = value;
    scan->at = at;
    return true;
}

bool svg_scan_flag(struct svg_scan *scan, bool *flag) {
    if (*scan->at != '0' && *scan->at != '1')
        return false;
    *flag = *scan->at++ == '1';
    return true;
}

bool svg_scan_word(struct svg_scan *scan, char *out, size_t room) {
    size_t length = 0;
    for (;; scan->at++) {
        char c = *scan->at;
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (!((c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '_'))
            break;
        if (length + 1 < room)
            out[length++] = c;
    }
    out[length] = 0;
    return length != 0;
}

bool svg_parse_length(const char *text, double whole, double font, double *length) {
    static const struct {
        const char *unit;
        double px;
    } units[] = {{"px", 1},         {"pt", 96.0 / 72}, {"pc", 16},       {"mm", 96 / 25.4},
                 {"cm", 96 / 2.54}, {"in", 96},        {"q", 96 / 101.6}};
    struct svg_scan scan = {text};
    double number;
    svg_skip_space(&scan);
    if (!svg_scan_number(&scan, &number))
        return false;
    char unit[8];
    if (*scan.at == '%') {
        scan.at++;
        number *= whole / 100;
    } else if (svg_scan_word(&scan, unit, sizeof unit)) {
        double px = strcmp(unit, "em") == 0                              ? font
                    : strcmp(unit, "rem") == 0                           ? 16
                    : strcmp(unit, "ex") == 0 || strcmp(unit, "ch") == 0 ? font / 2
                                                                         : 0;
        for (size_t i = 0; i < sizeof units / sizeof *units; i++)
            if (strcmp(units[i].unit, unit) == 0)
                px = units[i].px;
        if (px == 0)
            return false;
        number *= px;
    }
    svg_skip_space(&scan);
    *length = number;
    return !*scan.at;
}

/* ---- colours ---- */

static int hex_digit(char c) {
    return is_digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

static bool parse_hex(struct svg_scan *scan, uint32_t *colour, double *opacity) {
    uint32_t digits[8];
    size_t count = 0;
    for (; count < 8 && hex_digit(*scan->at) >= 0; scan->at++)
        digits[count++] = (uint32_t)hex_digit(*scan->at);
    if (hex_digit(*scan->at) >= 0 || (count != 3 && count != 4 && count != 6 && count != 8))
        return false;
    uint32_t parts[4] = {0, 0, 0, 255};
    for (size_t i = 0; i < (count < 6 ? count : count / 2); i++)
        parts[i] = count < 6 ? digits[i] * 17 : digits[2 * i] * 16 + digits[2 * i + 1];
    *colour = parts[0] << 16 | parts[1] << 8 | parts[2];
    if (count == 4 || count == 8)
        *opacity = parts[3] / 255.0;
    return true;
}

static double bounded(double value, double most) {
    return value < 0 ? 0 : value > most ? most : value;
}

static uint32_t from_parts(double red, double green, double blue) {
    return (uint32_t)lround(bounded(red, 255)) << 16 | (uint32_t)lround(bounded(green, 255)) << 8 |
           (uint32_t)lround(bounded(blue, 255));
}

/* CSS Color 3 §4.2.4. */
static double hue_part(double low, double high, double hue) {
    hue = hue < 0 ? hue + 1 : hue > 1 ? hue - 1 : hue;
    return hue * 6 < 1   ? low + (high - low) * hue * 6
           : hue * 2 < 1 ? high
           : hue * 3 < 2 ? low + (high - low) * (2.0 / 3 - hue) * 6
                         : low;
}

static uint32_t from_hsl(double hue, double saturation, double light) {
    hue = fmod(hue, 360) / 360;
    hue = hue < 0 ? hue + 1 : hue;
    double high = light <= 0.5 ? light * (saturation + 1) : light + saturation - light * saturation;
    double low = light * 2 - high;
    return from_parts(255 * hue_part(low, high, hue + 1.0 / 3), 255 * hue_part(low, high, hue),
                      255 * hue_part(low, high, hue - 1.0 / 3));
}

/* Three parts and perhaps an opacity, divided by commas, spaces or a slash. */
static bool parse_function(struct svg_scan *scan, bool hsl, uint32_t *colour, double *opacity) {
    double parts[4];
    bool percent[4] = {false};
    size_t count = 0;
    for (svg_skip_space(scan); count < 4 && svg_scan_number(scan, &parts[count]); count++) {
        percent[count] = *scan->at == '%';
        scan->at += percent[count];
        if (strncasecmp(scan->at, "deg", 3) == 0)
            scan->at += 3;
        svg_skip_comma(scan);
        if (*scan->at == '/')
            scan->at++;
        svg_skip_space(scan);
    }
    if (count < 3 || *scan->at != ')')
        return false;
    scan->at++;
    if (count == 4)
        *opacity = bounded(percent[3] ? parts[3] / 100 : parts[3], 1);
    if (hsl) {
        *colour = from_hsl(parts[0], bounded(parts[1], 100) / 100, bounded(parts[2], 100) / 100);
        return true;
    }
    for (int i = 0; i < 3; i++)
        parts[i] = percent[i] ? parts[i] * 255 / 100 : parts[i];
    *colour = from_parts(parts[0], parts[1], parts[2]);
    return true;
}

static bool scan_colour(struct svg_scan *scan, uint32_t *colour, double *opacity) {
    char word[32];
    svg_skip_space(scan);
    if (*scan->at == '#') {
        scan->at++;
        return parse_hex(scan, colour, opacity);
    }
    if (!svg_scan_word(scan, word, sizeof word))
        return false;
    if (*scan->at != '(') {
        bool clear = strcmp(word, "transparent") == 0;
        *colour = clear ? 0 : svg_named_colour(word);
        if (clear)
            *opacity = 0;
        return *colour != COLOUR_NONE;
    }
    scan->at++;
    /* draw.io gives a second colour for dark screens. */
    if (strcmp(word, "light-dark") == 0) {
        if (!scan_colour(scan, colour, opacity))
            return false;
        const char *end = strrchr(scan->at, ')');
        scan->at = end ? end + 1 : "?";
        return true;
    }
    bool hsl = strncmp(word, "hsl", 3) == 0;
    if (!hsl && strncmp(word, "rgb", 3) != 0)
        return false;
    return parse_function(scan, hsl, colour, opacity);
}

bool svg_parse_colour(const char *text, uint32_t *colour, double *opacity) {
    struct svg_scan scan = {text};
    if (!scan_colour(&scan, colour, opacity))
        return false;
    svg_skip_space(&scan);
    /* "icc-color(…)" may follow. */
    return !*scan.at || strncmp(scan.at, "icc-color", 9) == 0;
}

/* ---- transforms ---- */

struct matrix matrix_identity(void) {
    return (struct matrix){1, 0, 0, 1, 0, 0};
}

struct matrix matrix_of(struct matrix outer, struct matrix inner) {
    return (struct matrix){outer.a * inner.a + outer.c * inner.b,
                           outer.b * inner.a + outer.d * inner.b,
                           outer.a * inner.c + outer.c * inner.d,
                           outer.b * inner.c + outer.d * inner.d,
                           outer.a * inner.e + outer.c * inner.f + outer.e,
                           outer.b * inner.e + outer.d * inner.f + outer.f};
}

void matrix_apply(const struct matrix *matrix, double *x, double *y) {
    double x0 = *x, y0 = *y;
    *x = matrix->a * x0 + matrix->c * y0 + matrix->e;
    *y = matrix->b * x0 + matrix->d * y0 + matrix->f;
}

double matrix_scale(const struct matrix *matrix) {
    return sqrt(fabs(matrix->a * matrix->d - matrix->b * matrix->c));
}

static bool make_transform(const char *name, const double *n, size_t count, struct matrix *out) {
    if (strcmp(name, "matrix") == 0 && count == 6) {
        *out = (struct matrix){n[0], n[1], n[2], n[3], n[4], n[5]};
    } else if (strcmp(name, "translate") == 0 && (count == 1 || count == 2)) {
        *out = (struct matrix){1, 0, 0, 1, n[0], count == 2 ? n[1] : 0};
    } else if (strcmp(name, "scale") == 0 && (count == 1 || count == 2)) {
        *out = (struct matrix){n[0], 0, 0, count == 2 ? n[1] : n[0], 0, 0};
    } else if (strcmp(name, "rotate") == 0 && (count == 1 || count == 3)) {
        double angle = n[0] * M_PI / 180, x = count == 3 ? n[1] : 0, y = count == 3 ? n[2] : 0;
        struct matrix turn = {cos(angle), sin(angle), -sin(angle), cos(angle), 0, 0};
        *out = matrix_of(matrix_of((struct matrix){1, 0, 0, 1, x, y}, turn),
                         (struct matrix){1, 0, 0, 1, -x, -y});
    } else if (strcmp(name, "skewx") == 0 && count == 1) {
        *out = (struct matrix){1, 0, tan(n[0] * M_PI / 180), 1, 0, 0};
    } else if (strcmp(name, "skewy") == 0 && count == 1) {
        *out = (struct matrix){1, tan(n[0] * M_PI / 180), 0, 1, 0, 0};
    } else {
        return false;
    }
    return true;
}

bool svg_parse_transform(const char *text, struct matrix *matrix) {
    struct svg_scan scan = {text};
    *matrix = matrix_identity();
    svg_skip_space(&scan);
    if (strcmp(scan.at, "none") == 0)
        return true;
    while (*scan.at) {
        char name[16];
        double numbers[6];
        size_t count = 0;
        struct matrix one;
        if (!svg_scan_word(&scan, name, sizeof name))
            return false;
        svg_skip_space(&scan);
        if (*scan.at++ != '(')
            return false;
        for (svg_skip_space(&scan); count < 6 && svg_scan_number(&scan, &numbers[count]); count++) {
            /* CSS writes units, which are those of SVG where there are any. */
            if (strncmp(scan.at, "px", 2) == 0)
                scan.at += 2;
            else if (strncmp(scan.at, "deg", 3) == 0)
                scan.at += 3;
            svg_skip_comma(&scan);
        }
        if (*scan.at != ')' || !make_transform(name, numbers, count, &one))
            return false;
        scan.at++;
        *matrix = matrix_of(*matrix, one);
        if (!isfinite(matrix->a + matrix->b + matrix->c + matrix->d + matrix->e + matrix->f))
            return false;
        svg_skip_comma(&scan);
    }
    return true;
}
