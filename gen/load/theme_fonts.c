/* fonts: of a template: the families and the fallbacks, their files and where these come from. */
#include "load/theme.h"

#include "base/file.h"
#include "load/load.h"

static const char *const family_keys[FAMILY_COUNT] = {"text", "display", "mono"};
static const char *const face_keys[FACE_COUNT] = {"regular", "italic", "bold", "bold-italic"};

static bool is_sha256(const char *text) {
    return strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64;
}

/* The package of Debian that has a font of the system, or NULL. */
static const char *find_package(const char *path) {
    static const struct {
        const char *folder, *package;
    } known[] = {
        {"/ancient-scripts/", "fonts-symbola"},
        {"/dejavu/", "fonts-dejavu-core"},
        {"/droid/", "fonts-droid-fallback"},
        {"/gentiumplus/", "fonts-sil-gentiumplus"},
        {"/inter/", "fonts-inter"},
        {"/lato/", "fonts-lato"},
        {"/nanum/", "fonts-nanum"},
        {"/noto/", "fonts-noto-core"},
        {"/open-sans/", "fonts-open-sans"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strstr(path, known[i].folder))
            return known[i].package;
    return NULL;
}

/* A path, or {file: path, sha256: …}. Fonts alone may lie outside the course: they are the
 * system's, and one that is not `needed` may be missing there. */
static void read_font(struct theme_reader *reader, const struct yaml *node, bool needed,
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
    else if (!file_exists(font->path) && !needed) {
        diag_report(base->diag, DIAG_FONT_FALLBACK_MISSING, path.at, path.text,
                    find_package(font->path));
        font->path = NULL;
    } else if (!file_exists(font->path))
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
            read_font(reader, font, true, &theme->fonts[family][face]);
    }
    if (!yaml_find(node, "regular"))
        diag_report(reader->reader.diag, DIAG_FONT_NEEDED, node->at, family_keys[family]);
}

/* One font for all faces, or {regular: …, bold: …, embolden: true, script: Hang}. */
static void read_fallback(struct theme_reader *reader, const struct yaml *node,
                          struct theme_fallback *fallback) {
    static const char *const keys[] = {"regular",  "italic", "bold", "bold-italic",
                                       "embolden", "script", NULL};
    static const char *const scripts[] = {NULL,   "Arab", "Deva", "Hang", "Hani",
                                          "Hebr", "Hira", "Kana", "Thai"};
    enum { SCRIPTS = sizeof scripts / sizeof *scripts };
    if (node->kind != YAML_MAP || yaml_find(node, "file")) {
        read_font(reader, node, false, &fallback->faces[FACE_REGULAR]);
        return;
    }
    yaml_check_keys(&reader->reader, node, keys);
    yaml_read_bool(&reader->reader, node, "embolden", &fallback->embolden);
    fallback->script =
        scripts[1 + theme_read_word(reader, node, "script", scripts + 1, SCRIPTS - 1, -1)];
    for (size_t face = 0; face < FACE_COUNT; face++) {
        const struct yaml *font = yaml_find(node, face_keys[face]);
        if (font)
            read_font(reader, font, false, &fallback->faces[face]);
    }
    if (!yaml_find(node, "regular"))
        diag_report(reader->reader.diag, DIAG_KEY_MISSING, node->at, "regular");
}

static void read_families(struct theme_reader *reader, const struct yaml *root, struct span at) {
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
    struct theme_fallback *fallbacks =
        ARENA_ARRAY(reader->reader.arena, struct theme_fallback, list->count);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        read_fallback(reader, &list->items[i], &fallbacks[count]);
        count += fallbacks[count].faces[FACE_REGULAR].path != NULL;
    }
    theme->fallbacks = fallbacks;
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

void theme_read_fonts(struct theme_reader *reader, const struct yaml *root, struct span at) {
    read_families(reader, root, at);
    complete_fonts(reader->theme);
}
