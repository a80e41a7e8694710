/* template.yml: papers and margins, running heads, cover, chapters, logo. */
#include "load/theme.h"

#include "base/file.h"
#include "base/units.h"
#include "load/load.h"

#include <stdlib.h>

/* Lines closer than this cannot be written on, wider ones waste the paper. */
enum { GRID_LEAST_UM = UM_PER_MM, GRID_MOST_UM = 20 * UM_PER_MM };
enum { SCALE_LEAST = 30, SCALE_MOST = 300 }; /* percent */
enum { LINES_LEAST_UM = 7 * UM_PER_MM, LINES_MOST_UM = 9 * UM_PER_MM };

/* ---- running heads ---- */

/* The place of `text` on the line where a value begins; of the value if it is not there. */
static struct span place_inside(struct span at, const char *text) {
    size_t length;
    const char *line = source_line(at.source, at.line, &length);
    size_t size = strlen(text);
    for (size_t i = (size_t)at.col - 1; i + size <= length; i++) {
        if (memcmp(line + i, text, size) == 0) {
            at.col = (int32_t)i + 1;
            at.length = (int32_t)size;
            return at;
        }
    }
    return at;
}

static void check_running(struct theme_reader *reader, const struct yaml *node, const char *text) {
    struct arena *arena = reader->reader.arena;
    const char *names[RUNNING_COUNT];
    for (size_t i = 0; i < RUNNING_COUNT; i++)
        names[i] = running_name((enum running_name)i);
    const char *end;
    for (const char *at = strstr(text, "{{"); at; at = strstr(end, "{{")) {
        end = strstr(at, "}}");
        if (!end)
            return;
        size_t length = (size_t)(end - at) - 2;
        const char *name = arena_strndup(arena, at + 2, length);
        end += 2;
        if (running_find(name, length) != RUNNING_COUNT)
            continue;
        const char *whole = arena_strndup(arena, at, length + 4);
        diag_report(reader->reader.diag, DIAG_RUNNING_UNKNOWN, place_inside(node->at, whole), name,
                    diag_nearest(name, names, RUNNING_COUNT),
                    diag_list(arena, names, RUNNING_COUNT));
    }
}

static void read_line(struct theme_reader *reader, const struct yaml *root, const char *key,
                      const char *const *keys, const char **left, const char **right) {
    const char **texts[] = {left, right};
    const struct yaml *map = yaml_find(root, key);
    if (!map || !yaml_is_map(&reader->reader, map, "{left: …, right: …}"))
        return;
    yaml_check_keys(&reader->reader, map, keys);
    for (int i = 0; i < 2; i++) {
        const struct yaml *node = yaml_find(map, keys[i]);
        yaml_read_text(&reader->reader, map, keys[i], texts[i]);
        if (node && node->kind == YAML_TEXT)
            check_running(reader, node, node->text);
    }
}

void theme_read_running(struct theme_reader *reader, const struct yaml *root) {
    static const char *const head_keys[] = {"left", "right", NULL};
    static const char *const foot_keys[] = {"left", "right", "qr", NULL};
    struct theme *theme = reader->theme;
    read_line(reader, root, "header", head_keys, &theme->header_left, &theme->header_right);
    read_line(reader, root, "footer", foot_keys, &theme->footer_left, &theme->footer_right);
    const struct yaml *foot = yaml_find(root, "footer");
    if (foot && foot->kind == YAML_MAP)
        yaml_read_bool(&reader->reader, foot, "qr", &theme->sheet_code);
}

/* ---- lines, chapters, cover ---- */

static void read_chapter(struct theme_reader *reader, const struct yaml *root) {
    static const char *const chapter_keys[] = {"new-page", "numbers", "opener", NULL};
    static const char *const contents_keys[] = {"depth", NULL};
    static const char *const openers[] = {"plain", "block"};
    struct theme *theme = reader->theme;
    struct reader *base = &reader->reader;
    const struct yaml *chapter = yaml_find(root, "chapter");
    if (chapter && yaml_is_map(base, chapter, "{new-page: true, numbers: true}")) {
        yaml_check_keys(base, chapter, chapter_keys);
        yaml_read_bool(base, chapter, "new-page", &theme->chapter_new_page);
        yaml_read_bool(base, chapter, "numbers", &theme->chapter_numbers);
        theme->chapter_block = theme_read_word(reader, chapter, "opener", openers, 2, 0) == 1;
    }
    const struct yaml *contents = yaml_find(root, "contents");
    if (contents && yaml_is_map(base, contents, "{depth: 2}")) {
        yaml_check_keys(base, contents, contents_keys);
        yaml_read_integer(base, contents, "depth", 1, 6, &theme->contents_depth);
    }
}

void theme_read_looks(struct theme_reader *reader, const struct yaml *root) {
    static const char *const covers[] = {"band", "plain", "blocks", "none"};
    static const char *const openings[] = {"plain", "strip", "none"};
    static const char *const paginations[] = {"free", "stable"};
    static const char *const prints[] = {"colour", "greyscale"};
    struct theme *theme = reader->theme;
    theme_read_length(reader, root, "lines", "mm", &theme->write_line_um);
    theme_read_length(reader, root, "rule", "mm", &theme->rule_um);
    theme_read_length(reader, root, "radius", "mm", &theme->radius_um);
    if (theme->write_line_um < LINES_LEAST_UM || theme->write_line_um > LINES_MOST_UM)
        yaml_report_type(&reader->reader, yaml_find(root, "lines"), "a distance from 7mm to 9mm");
    read_chapter(reader, root);
    theme->cover = (enum cover_kind)theme_read_word(reader, root, "cover", covers, 4, COVER_BAND);
    theme->opening =
        (enum opening_kind)theme_read_word(reader, root, "opening", openings, 3, OPENING_PLAIN);
    theme->pages_stable = theme_read_word(reader, root, "pagination", paginations, 2, 0) == 1;
    theme->greyscale = theme_read_word(reader, root, "print", prints, 2, 0) == 1;
}

/* ---- the logo ---- */

enum { LOGO_COVER_UM = 14 * UM_PER_MM };

/* A path, or {file: path, alt: …, cover: 14mm, head: 8mm}. */
void theme_read_logo(struct theme_reader *reader, const struct yaml *root) {
    static const char *const keys[] = {"file", "alt", "cover", "head", NULL};
    struct theme *theme = reader->theme;
    struct reader *base = &reader->reader;
    const struct yaml *node = yaml_find(root, "logo");
    theme->logo_cover_um = LOGO_COVER_UM;
    if (!node)
        return;
    struct name file = {0};
    if (node->kind == YAML_MAP) {
        yaml_check_keys(base, node, keys);
        yaml_read_name(base, node, "file", &file);
        yaml_read_text(base, node, "alt", &theme->logo_alt);
        theme_read_length(reader, node, "cover", "mm", &theme->logo_cover_um);
        theme_read_length(reader, node, "head", "mm", &theme->logo_head_um);
        if (!yaml_find(node, "file"))
            diag_report(base->diag, DIAG_KEY_MISSING, node->at, "file");
    } else {
        file = yaml_name(base, node);
    }
    if (!file.text)
        return;
    const char *path = path_join(base->arena, reader->folder, file.text);
    const char *shown = arena_printf(base->arena, "templates/%s/%s", theme->name, file.text);
    if (!path_is_inside(file.text) ||
        (file_exists(path) && !path_resolves_inside(reader->folder, path)))
        diag_report(base->diag, DIAG_PATH_LEAVES_COURSE, file.at, file.text);
    else if (!file_exists(path))
        diag_report(base->diag, DIAG_TEMPLATE_FILE_MISSING, file.at, file.text);
    else
        theme->logo = load_image(base->arena, base->diag, path, shown, file.at);
}

/* ---- papers and margins ---- */

static int32_t scaled(int32_t length, int32_t percent) {
    return (int32_t)((int64_t)length * percent / 100);
}

/* "70%": a whole number. */
static void read_scale(struct theme_reader *reader, const struct yaml *map, int32_t *scale) {
    const struct yaml *node = yaml_find(map, "scale");
    if (!node)
        return;
    const char *text = node->kind == YAML_TEXT ? node->text : "";
    size_t digits = strspn(text, "0123456789");
    int32_t percent = digits >= 2 && digits <= 3 ? (int32_t)strtol(text, NULL, 10) : 0;
    if (percent < SCALE_LEAST || percent > SCALE_MOST || strcmp(text + digits, "%") != 0)
        yaml_report_type(&reader->reader, node, "a share from 30% to 300%");
    else
        *scale = percent;
}

/* What is set in type, and the lines around it, on the paper's scale. */
static void scale_theme(struct theme *theme) {
    for (size_t i = 0; i < STYLE_COUNT; i++) {
        struct paragraph_style *style = &theme->styles[i];
        style->text.size_cpt = scaled(style->text.size_cpt, theme->scale);
        style->text.tracking_cpt = scaled(style->text.tracking_cpt, theme->scale);
        style->leading_um = scaled(style->leading_um, theme->scale);
        style->space_before_um = scaled(style->space_before_um, theme->scale);
        style->space_after_um = scaled(style->space_after_um, theme->scale);
        style->first_indent_um = scaled(style->first_indent_um, theme->scale);
    }
    theme->rule_um = scaled(theme->rule_um, theme->scale);
    theme->radius_um = scaled(theme->radius_um, theme->scale);
}

static void read_margins(struct theme_reader *reader, const struct yaml *map, struct theme *theme) {
    static const char *const keys[] = {
        "margin-top", "margin-bottom", "margin-inner", "margin-outer", "facing",
        "header",     "footer",        "grid",         "scale",        NULL};
    yaml_check_keys(&reader->reader, map, keys);
    theme_read_length(reader, map, "margin-top", "mm", &theme->margin_top_um);
    theme_read_length(reader, map, "margin-bottom", "mm", &theme->margin_bottom_um);
    theme_read_length(reader, map, "margin-inner", "mm", &theme->margin_inner_um);
    theme_read_length(reader, map, "margin-outer", "mm", &theme->margin_outer_um);
    theme_read_length(reader, map, "header", "mm", &theme->header_um);
    theme_read_length(reader, map, "footer", "mm", &theme->footer_um);
    theme_read_length(reader, map, "grid", "pt", &theme->grid_um);
    if (theme->grid_um && (theme->grid_um < GRID_LEAST_UM || theme->grid_um > GRID_MOST_UM)) {
        yaml_report_type(&reader->reader, yaml_find(map, "grid"), "a distance from 1mm to 20mm");
        theme->grid_um = 0;
    }
    yaml_read_bool(&reader->reader, map, "facing", &theme->facing);
    read_scale(reader, map, &theme->scale);
    const int32_t margins[] = {theme->margin_top_um, theme->margin_bottom_um,
                               theme->margin_inner_um, theme->margin_outer_um};
    for (size_t i = 0; i < 4; i++)
        if (margins[i] < 0 || margins[i] > 70 * UM_PER_MM)
            if (yaml_find(map, keys[i]))
                yaml_report_type(&reader->reader, yaml_find(map, keys[i]),
                                 "a margin from 0 to 70 mm");
}

static void read_papers(struct theme_reader *reader, const struct yaml *root) {
    struct reader *base = &reader->reader;
    const struct yaml *node = yaml_find(root, "paper");
    size_t known, count = 0;
    const char *const *words = paper_names(&known);
    struct name_list names = {0};
    if (node)
        yaml_names(base, node, &names);
    const struct paper **papers = ARENA_ARRAY(base->arena, const struct paper *, names.count + 1);
    for (size_t i = 0; i < names.count; i++) {
        const struct paper *paper = paper_find(names.at[i].text);
        if (paper)
            papers[count++] = paper;
        else
            diag_report(base->diag, DIAG_WORD_UNKNOWN, names.at[i].at, "paper", names.at[i].text,
                        diag_nearest(names.at[i].text, words, known),
                        diag_list(base->arena, words, known));
    }
    if (count == 0)
        papers[count++] = paper_find("a4");
    reader->theme->papers = papers;
    reader->theme->paper_count = count;
}

void theme_read_pages(struct theme_reader *reader, const struct yaml *root) {
    struct theme *theme = reader->theme;
    struct reader *base = &reader->reader;
    read_papers(reader, root);
    const struct yaml *page = yaml_find(root, "page"), *pages = yaml_find(root, "pages");
    if (page && yaml_is_map(base, page, "'key: value' lines for the margins"))
        read_margins(reader, page, theme);
    const struct theme written = *theme; /* at its own size */
    scale_theme(theme);
    if (!pages || !yaml_is_map(base, pages, "papers, each with its margins"))
        return;
    size_t known;
    const char *const *words = paper_names(&known);
    const char **keys = ARENA_ARRAY(base->arena, const char *, known + 1);
    memcpy(keys, words, known * sizeof *keys);
    yaml_check_keys(base, pages, keys);
    struct theme_page *list = ARENA_ARRAY(base->arena, struct theme_page, pages->count);
    size_t count = 0;
    for (size_t i = 0; i < pages->count; i++) {
        const struct paper *paper = paper_find(pages->pairs[i].key);
        if (!paper || !yaml_is_map(base, &pages->pairs[i].value, "{margin-top: …, …}"))
            continue;
        struct theme *own = ARENA_NEW(base->arena, struct theme);
        *own = written;
        read_margins(reader, &pages->pairs[i].value, own);
        scale_theme(own);
        list[count++] = (struct theme_page){paper, own};
    }
    theme->pages = list;
    theme->page_count = count;
}
