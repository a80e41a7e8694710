/* course.yml: materials. */
#include "load/course.h"

#include "base/file.h"
#include "load/typography.h"

static const char *const material_keys[] = {
    "pdf",    "xlsx",  "title",     "modules", "sheets",   "each",        "paper",
    "for",    "cover", "contents",  "index",   "template", "facilitator", "blank",
    "filled", "print", "anonymous", "data",    "texts",    "crop-marks",  NULL};

static void read_modules(struct reader *reader, const struct course *course,
                         struct material *material, const struct yaml *node) {
    if (!node) {
        diag_report(reader->diag, DIAG_KEY_MISSING, material->at, "modules");
        return;
    }
    yaml_names(reader, node, &material->modules);
    struct strings known = {0};
    for (size_t i = 0; i < course->modules.count; i++)
        VEC_PUSH(reader->arena, &known, course->modules.at[i]->id);
    material->module_list =
        ARENA_ARRAY(reader->arena, const struct module *, material->modules.count);
    size_t kept = 0;
    for (size_t i = 0; i < material->modules.count; i++) {
        struct name name = material->modules.at[i];
        if (module_is_path(name.text) && !path_is_inside(name.text)) {
            diag_report(reader->diag, DIAG_PATH_LEAVES_COURSE, name.at, name.text);
            continue;
        }
        const struct module *module = module_is_path(name.text)
                                          ? course_find_module_file(course, name.text)
                                          : course_find_module(course, name.text);
        if (!module) {
            diag_report(reader->diag, DIAG_MODULE_UNKNOWN, name.at, name.text,
                        diag_nearest(name.text, known.at, known.count),
                        diag_list(reader->arena, known.at, known.count));
            continue;
        }
        for (size_t k = 0; k < kept; k++)
            if (material->module_list[k] == module)
                diag_report(reader->diag, DIAG_GIVEN_TWICE, name.at, "module", name.text);
        name.text = module->id;
        material->modules.at[kept] = name;
        material->module_list[kept++] = module;
    }
    material->modules.count = kept;
}

static void read_paper(struct reader *reader, struct material *material, const struct yaml *node) {
    size_t count;
    const char *const *papers = paper_names(&count);
    if (node)
        yaml_names(reader, node, &material->paper);
    size_t kept = 0;
    for (size_t i = 0; i < material->paper.count; i++) {
        struct name name = material->paper.at[i];
        if (paper_find(name.text))
            material->paper.at[kept++] = name;
        else
            diag_report(reader->diag, DIAG_WORD_UNKNOWN, name.at, "paper", name.text,
                        diag_nearest(name.text, papers, count),
                        diag_list(reader->arena, papers, count));
    }
    material->paper.count = kept; /* none: the template's, see load_themes */
}

static void read_each(struct reader *reader, struct material *material, const struct yaml *node) {
    static const char *const words[] = {"participant", "respondent", "cohort"};
    const char *word = node ? yaml_text(reader, node) : NULL;
    if (!word)
        return;
    for (size_t i = 0; i < 3; i++) {
        if (strcmp(word, words[i]) == 0) {
            material->each = (enum material_each)i;
            return;
        }
    }
    diag_report(reader->diag, DIAG_WORD_UNKNOWN, node->at, "each", word,
                diag_nearest(word, words, 3), diag_list(reader->arena, words, 3));
}

static void read_print(struct reader *reader, struct material *material, const struct yaml *node) {
    static const char *const words[] = {"colour", "greyscale"};
    const char *word = node ? yaml_text(reader, node) : NULL;
    material->greyscale = word && strcmp(word, words[1]) == 0;
    if (word && !material->greyscale && strcmp(word, words[0]) != 0)
        diag_report(reader->diag, DIAG_WORD_UNKNOWN, node->at, "print", word,
                    diag_nearest(word, words, 2), diag_list(reader->arena, words, 2));
}

/* Keys that not every kind of file takes. */
static void check_kind(struct reader *reader, const struct material *material,
                       const struct yaml *node) {
    enum { PDF = 1 << MATERIAL_PDF, XLSX = 1 << MATERIAL_XLSX, DATA = 1 << MATERIAL_DATA };
    static const char *const kinds[] = {"a pdf", "an xlsx", "a data file"};
    static const struct {
        const char *key;
        int kinds;
    } keys[] = {{"modules", PDF},    {"paper", PDF},           {"cover", PDF},
                {"contents", PDF},   {"facilitator", PDF},     {"template", PDF},
                {"crop-marks", PDF}, {"print", PDF},           {"index", PDF},
                {"sheets", XLSX},    {"texts", DATA},          {"blank", PDF | XLSX},
                {"for", PDF | XLSX}, {"anonymous", PDF | XLSX}};
    for (size_t i = 0; i < node->count; i++)
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
            if (strcmp(node->pairs[i].key, keys[k].key) == 0 &&
                !(keys[k].kinds >> material->kind & 1))
                diag_report(reader->diag, DIAG_MATERIAL_KEY, node->pairs[i].key_at, keys[k].key,
                            kinds[__builtin_ctz((unsigned)keys[k].kinds)], kinds[material->kind]);
}

static bool read_kind(struct reader *reader, struct course *course, struct material *material,
                      const struct yaml *node) {
    static const char *const kinds[] = {"pdf", "xlsx", "data"};
    const struct yaml *name = NULL;
    size_t given = 0;
    for (size_t i = 0; i < 3; i++) {
        const struct yaml *found = yaml_find(node, kinds[i]);
        if (!found)
            continue;
        material->kind = (enum material_kind)i;
        name = found;
        given++;
    }
    if (given != 1) {
        diag_report(reader->diag, DIAG_MATERIAL_KIND, node->at);
        return false;
    }
    material->name = yaml_text(reader, name);
    material->at = name->at;
    if (!material->name || !id_check(reader, material->name, name->at))
        return false;
    for (size_t i = 0; i < course->materials.count; i++) {
        const struct material *before = &course->materials.at[i];
        if (before->kind != material->kind || strcmp(before->name, material->name) != 0)
            continue;
        diag_report(reader->diag, DIAG_ID_TWICE, name->at, material->name,
                    arena_printf(reader->arena, "%s:%d", before->at.source->path, before->at.line));
        return false;
    }
    return true;
}

/* true, false, or `folders`: not for those who sent in a web form and nothing else. */
static void read_filled(struct reader *reader, struct material *material, const struct yaml *node) {
    material->filled = !material->facilitator;
    if (!node)
        return;
    material->folders =
        node->kind == YAML_TEXT && strcmp(node->text, "folders") == 0 && !material->facilitator;
    if (material->folders)
        material->filled = true;
    else
        yaml_bool(reader, node, &material->filled);
}

static void read_material(struct reader *reader, struct course *course, const struct yaml *node) {
    yaml_check_keys(reader, node, material_keys);
    struct material material = {.respondent = RESPONDENT_NONE, .blank = true, .filled = true};
    if (!read_kind(reader, course, &material, node))
        return;
    check_kind(reader, &material, node);
    material.title = material.name;
    yaml_read_text(reader, node, "title", &material.title);
    material.title = typography_text(reader->arena, course->language, material.title);
    material.each = material.kind == MATERIAL_DATA ? EACH_COHORT : EACH_PARTICIPANT;
    read_each(reader, &material, yaml_find(node, "each"));
    if (material.kind == MATERIAL_DATA && material.each != EACH_COHORT)
        diag_report(reader->diag, DIAG_MATERIAL_DATA, material.at);
    yaml_read_bool(reader, node, "texts", &material.texts);
    yaml_read_name(reader, node, "for", &material.for_respondent);
    if (material.for_respondent.text)
        material.respondent = respondent_find(reader, course, material.for_respondent);
    material.template_name = course->template_name;
    yaml_read_name(reader, node, "template", &material.template_name);
    yaml_read_bool(reader, node, "cover", &material.cover);
    yaml_read_bool(reader, node, "contents", &material.contents);
    yaml_read_bool(reader, node, "index", &material.index);
    yaml_read_bool(reader, node, "facilitator", &material.facilitator);
    yaml_read_bool(reader, node, "crop-marks", &material.crop_marks);
    material.blank = material.each != EACH_COHORT;
    yaml_read_bool(reader, node, "anonymous", &material.anonymous);
    if (material.anonymous && material.each != EACH_COHORT)
        diag_report(reader->diag, DIAG_MATERIAL_ANONYMOUS, material.at);
    yaml_read_bool(reader, node, "blank", &material.blank);
    read_filled(reader, &material, yaml_find(node, "filled"));
    const struct yaml *sheets = yaml_find(node, "sheets");
    if (material.kind == MATERIAL_PDF) {
        read_modules(reader, course, &material, yaml_find(node, "modules"));
        read_paper(reader, &material, yaml_find(node, "paper"));
        read_print(reader, &material, yaml_find(node, "print"));
    } else if (sheets) {
        yaml_names(reader, sheets, &material.sheets);
    } else if (material.kind == MATERIAL_XLSX) {
        diag_report(reader->diag, DIAG_KEY_MISSING, material.at, "sheets");
    }
    VEC_PUSH(reader->arena, &course->materials, material);
}

void course_read_materials(struct reader *reader, struct course *course, const struct yaml *root) {
    const struct yaml *list = yaml_find(root, "materials");
    if (!list) {
        diag_report(reader->diag, DIAG_KEY_MISSING, root->at, "materials");
        return;
    }
    if (!yaml_is_list(reader, list, "a list of materials"))
        return;
    for (size_t i = 0; i < list->count; i++)
        if (yaml_is_map(reader, &list->items[i],
                        "{pdf: NAME, …}, {xlsx: NAME, …} or {data: NAME, …}"))
            read_material(reader, course, &list->items[i]);
}
