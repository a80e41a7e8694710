/* templates/<name>/template.yml: fonts, page and everything but colours and styles. */
#include "load/theme.h"

#include "base/file.h"
#include "base/units.h"
#include "load/course.h"
#include "load/load.h"

static const char *const theme_keys[] = {"fonts",   "colours", "styles",  "paper",    "page",
                                         "pages",   "header",  "footer",  "callouts", "lines",
                                         "rule",    "radius",  "chapter", "contents", "cover",
                                         "opening", "logo",    "print",   NULL};
static const char *const family_keys[FAMILY_COUNT] = {"text", "display", "mono"};
static const char *const face_keys[FACE_COUNT] = {"regular", "italic", "bold", "bold-italic"};

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

static bool is_sha256(const char *text) {
    return strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64;
}

/* A path, or {file: path, sha256: …}. Fonts alone may lie outside the course: they are the
 * system's. */
static void read_font(struct theme_reader *reader, const struct yaml *node,
                      struct theme_font *font) {
    static const char *const keys[] = {"file", "sha256", NULL};
    struct reader *base = &reader->reader;
    struct name path = {0}, hash = {0};
    if (node->kind == YAML_MAP) {
        yaml_check_keys(base, node, keys);
        yaml_read_name(base, node, "file", &path);
        yaml_read_name(base, node, "sha256", &hash);
        if (!yaml_find(node, "file"))
            diag_report(base->diag, DIAG_KEY_MISSING, node->at, "file");
    } else {
        path = yaml_name(base, node);
    }
    if (hash.text && !is_sha256(hash.text))
        diag_report(base->diag, DIAG_FONT_HASH_SYNTAX, hash.at, hash.text);
    if (!path.text)
        return;
    font->at = path.at;
    font->sha256 = hash.text;
    font->path =
        path.text[0] == '/' ? path.text : path_join(base->arena, reader->folder, path.text);
    if (path.text[0] != '/' && !path_is_inside(path.text))
        diag_report(base->diag, DIAG_PATH_LEAVES_COURSE, path.at, path.text);
    else if (!file_exists(font->path))
        diag_report(base->diag, DIAG_FONT_MISSING, path.at, path.text);
    else if (path.text[0] != '/' && !path_resolves_inside(reader->folder, font->path))
        diag_report(base->diag, DIAG_LINK_LEAVES_COURSE, path.at, path.text);
}

static void read_family(struct theme_reader *reader, enum font_family family,
                        const struct yaml *node) {
    static const char *const keys[] = {"name", "regular", "italic", "bold", "bold-italic", NULL};
    struct theme *theme = reader->theme;
    if (!yaml_is_map(&reader->reader, node, "{regular: PATH, …}"))
        return;
    yaml_check_keys(&reader->reader, node, keys);
    yaml_read_text(&reader->reader, node, "name", &theme->family_names[family]);
    for (size_t face = 0; face < FACE_COUNT; face++) {
        const struct yaml *font = yaml_find(node, face_keys[face]);
        if (font)
            read_font(reader, font, &theme->fonts[family][face]);
    }
    if (!yaml_find(node, "regular"))
        diag_report(reader->reader.diag, DIAG_FONT_NEEDED, node->at, family_keys[family]);
}

static void read_fonts(struct theme_reader *reader, const struct yaml *root, struct span at) {
    static const char *const keys[] = {"text", "display", "mono", "fallbacks", NULL};
    struct theme *theme = reader->theme;
    const struct yaml *map = yaml_find(root, "fonts");
    if (!map) {
        diag_report(reader->reader.diag, DIAG_KEY_MISSING, at, "fonts");
        return;
    }
    if (!yaml_is_map(&reader->reader, map, "'key: value' lines for the font families"))
        return;
    yaml_check_keys(&reader->reader, map, keys);
    for (size_t i = 0; i < FAMILY_COUNT; i++) {
        const struct yaml *family = yaml_find(map, family_keys[i]);
        if (family)
            read_family(reader, (enum font_family)i, family);
    }
    if (!yaml_find(map, "text"))
        diag_report(reader->reader.diag, DIAG_FONT_NEEDED, map->at, "text");
    const struct yaml *list = yaml_find(map, "fallbacks");
    if (!list || !yaml_is_list(&reader->reader, list, "a list of fonts"))
        return;
    struct theme_font *fonts = ARENA_ARRAY(reader->reader.arena, struct theme_font, list->count);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        read_font(reader, &list->items[i], &fonts[count]);
        count += fonts[count].path != NULL;
    }
    theme->fallbacks = fonts;
    theme->fallback_count = count;
}

/* A missing face is the regular one, a missing family that of the text. */
static void complete_fonts(struct theme *theme) {
    for (size_t family = 0; family < FAMILY_COUNT; family++) {
        struct theme_font *faces = theme->fonts[family];
        if (!faces[FACE_REGULAR].path)
            memcpy(faces, theme->fonts[FAMILY_TEXT], sizeof theme->fonts[family]);
        for (size_t face = 1; face < FACE_COUNT; face++)
            if (!faces[face].path)
                faces[face] = faces[FACE_REGULAR];
        if (!theme->family_names[family])
            theme->family_names[family] =
                theme->family_names[FAMILY_TEXT] ? theme->family_names[FAMILY_TEXT] : "Calibri";
    }
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
    read_fonts(&reader, root, start);
    complete_fonts(theme);
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
