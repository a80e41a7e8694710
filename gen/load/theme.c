/* templates/<name>/template.yml: its keys, and what many of them share. */
#include "load/theme.h"

#include "base/file.h"
#include "base/units.h"
#include "load/course.h"
#include "load/load.h"

static const char *const theme_keys[] = {"fonts",   "colours", "styles",  "paper",      "page",
                                         "pages",   "header",  "footer",  "callouts",   "lines",
                                         "rule",    "radius",  "chapter", "contents",   "cover",
                                         "opening", "logo",    "print",   "pagination", NULL};

enum { LENGTH_MOST_UM = 1000000 };

void theme_read_length(struct theme_reader *reader, const struct yaml *map, const char *key,
                       const char *bare, int32_t *length_um) {
    const struct yaml *node = yaml_find(map, key);
    if (!node)
        return;
    const char *text = node->kind == YAML_TEXT ? node->text : "";
    size_t size = strspn(text, "0123456789.+-");
    const char *unit = text + size;
    while (*unit == ' ')
        unit++;
    unit = *unit ? unit : bare;
    double number, um = 0;
    bool good = parse_number(arena_strndup(reader->reader.arena, text, size), &number);
    if (good && strcmp(unit, "mm") == 0)
        um = number * UM_PER_MM;
    else if (good && strcmp(unit, "pt") == 0)
        um = number * UM_PER_INCH / 72;
    else
        good = false;
    if (!good || um < -LENGTH_MOST_UM || um > LENGTH_MOST_UM) {
        yaml_report_type(&reader->reader, node, "a length such as 8mm or 12pt");
        return;
    }
    *length_um = (int32_t)(um + (um < 0 ? -0.5 : 0.5));
}

int theme_read_word(struct theme_reader *reader, const struct yaml *map, const char *key,
                    const char *const *words, size_t count, int otherwise) {
    const struct yaml *node = yaml_find(map, key);
    const char *word = node ? yaml_text(&reader->reader, node) : NULL;
    if (!word)
        return otherwise;
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return (int)i;
    diag_report(reader->reader.diag, DIAG_WORD_UNKNOWN, node->at, key, word,
                diag_nearest(word, words, count), diag_list(reader->reader.arena, words, count));
    return otherwise;
}

static struct theme *read_theme(struct arena *run, struct diag *diag, const char *folder,
                                struct source *source, const char *name) {
    struct theme *theme = ARENA_NEW(run, struct theme);
    struct theme_reader reader = {{run, diag}, theme, folder};
    theme->name = name;
    theme->source = source;
    theme->margin_top_um = theme->margin_bottom_um = 25 * UM_PER_MM;
    theme->margin_inner_um = theme->margin_outer_um = 25 * UM_PER_MM;
    theme->header_um = theme->footer_um = 14 * UM_PER_MM;
    theme->header_left = theme->header_right = theme->footer_left = "";
    theme->footer_right = "{{page}}";
    theme->sheet_code = true;
    theme->scale = 100;
    theme->write_line_um = 8 * UM_PER_MM;
    theme->rule_um = 200;
    theme->radius_um = 1500;
    theme->chapter_new_page = theme->chapter_numbers = true;
    theme->contents_depth = 2;
    struct span start = {source, 1, 1, 1};
    struct yaml empty = {.kind = YAML_MAP, .at = start};
    const struct yaml *root = yaml_parse(&reader.reader, source, 0, source->size);
    if (!root || !yaml_is_map(&reader.reader, root, "'key: value' lines"))
        root = &empty;
    yaml_check_keys(&reader.reader, root, theme_keys);
    theme_read_fonts(&reader, root, start);
    theme_read_colours(&reader, root);
    theme_read_styles(&reader, root);
    theme_read_callouts(&reader, root);
    theme_read_running(&reader, root);
    theme_read_looks(&reader, root);
    theme_read_logo(&reader, root);
    theme_read_pages(&reader, root);
    if (theme->greyscale)
        theme_turn_grey(run, theme);
    return theme;
}

/* Themes live in the course and its materials; those that a material alone turned grey are not
 * what the template says. */
static const struct theme *find_loaded(const struct course *course, const char *name) {
    if (course->theme && strcmp(course->theme->name, name) == 0)
        return course->theme;
    for (size_t i = 0; i < course->materials.count; i++) {
        const struct material *material = &course->materials.at[i];
        if (material->theme && !material->greyscale && strcmp(material->theme->name, name) == 0)
            return material->theme;
    }
    return NULL;
}

const struct theme *load_theme(struct arena *run, struct diag *diag, struct course *course,
                               struct name template_name) {
    const char *name = template_name.text;
    const struct theme *loaded = find_loaded(course, name);
    if (loaded)
        return loaded;
    struct strings all = {0}, known = {0};
    const char *templates = path_join(run, course->folder, "templates");
    folder_list(run, templates, &all);
    bool found = false;
    for (size_t i = 0; i < all.count; i++) {
        const char *file = arena_printf(run, "%s/%s/template.yml", templates, all.at[i]);
        if (!file_exists(file))
            continue;
        VEC_PUSH(run, &known, all.at[i]);
        found |= strcmp(all.at[i], name) == 0;
    }
    if (!found) {
        diag_report(diag, DIAG_TEMPLATE_UNKNOWN, template_name.at, name,
                    diag_nearest(name, known.at, known.count),
                    diag_list(run, known.at, known.count));
        return NULL;
    }
    const char *shown = arena_printf(run, "templates/%s/template.yml", name);
    const char *path = path_join(run, course->folder, shown);
    if (!path_resolves_inside(templates, path)) {
        diag_report(diag, DIAG_LINK_LEAVES_COURSE, template_name.at, shown);
        return NULL;
    }
    struct source *source = file_load(run, diag, path, shown);
    return source ? read_theme(run, diag, path_join(run, templates, name), source, name) : NULL;
}
