/* Front matter: YAML between --- lines at the top of a Markdown file. */
#include "load/course.h"
#include "load/markdown.h"
#include "load/typography.h"
#include "model/letter.h"

static const char *const front_keys[] = {"id",         "title",   "summary", "minutes",
                                         "objectives", "sources", "for",     NULL};

static const char *const letter_keys[] = {"to", "cc", "subject", "attach", "each", "if", NULL};

static bool is_mark(const struct source *source, int32_t line, const char *mark) {
    size_t length;
    const char *text = source_line(source, line, &length);
    while (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    return length == 3 && memcmp(text, mark, 3) == 0;
}

static size_t line_offset(const struct source *source, int32_t line) {
    return line <= source->line_count ? source->line_starts[line - 1] : source->size;
}

static struct text_list read_texts(struct markdown *markdown, struct reader *reader,
                                   const struct yaml *node) {
    struct name_list names = {0};
    struct text_list list = {0};
    if (!node || !yaml_names(reader, node, &names))
        return list;
    const char **texts = ARENA_ARRAY(markdown->arena, const char *, names.count);
    for (size_t i = 0; i < names.count; i++)
        texts[i] = typography_text(markdown->arena, markdown->language, names.at[i].text);
    list.at = texts;
    list.count = names.count;
    return list;
}

static void read_keys(struct markdown *markdown, const struct yaml *map) {
    struct reader reader = {markdown->arena, markdown->diag};
    struct module *module = markdown->module;
    yaml_check_keys(&reader, map, front_keys);
    struct name id = {0}, respondent = {0};
    yaml_read_name(&reader, map, "id", &id);
    if (id.text && id_check(&reader, id.text, id.at)) {
        module->id = id.text;
        module->id_at = id.at;
    }
    yaml_read_text(&reader, map, "title", &module->title);
    yaml_read_text(&reader, map, "summary", &module->summary);
    module->title = typography_text(markdown->arena, markdown->language, module->title);
    module->summary = typography_text(markdown->arena, markdown->language, module->summary);
    yaml_read_integer(&reader, map, "minutes", 1, 10000, &module->minutes);
    module->objectives = read_texts(markdown, &reader, yaml_find(map, "objectives"));
    module->sources = read_texts(markdown, &reader, yaml_find(map, "sources"));
    yaml_read_name(&reader, map, "for", &respondent);
    if (respondent.text && (!markdown->course || respondent_find(&reader, markdown->course,
                                                                 respondent) != RESPONDENT_NONE))
        module->for_respondent = respondent.text;
}

static void read_letter_keys(struct markdown *markdown, const struct yaml *map) {
    static const char *const words[] = {"participant", "respondent"};
    struct reader reader = {markdown->arena, markdown->diag};
    struct letter *letter = markdown->module->letter;
    struct name each = {0};
    yaml_check_keys(&reader, map, letter_keys);
    yaml_read_name(&reader, map, "to", &letter->to.written);
    yaml_read_name(&reader, map, "cc", &letter->cc.written);
    yaml_read_name(&reader, map, "subject", &letter->subject.written);
    yaml_read_name(&reader, map, "if", &letter->condition_text);
    yaml_read_name(&reader, map, "each", &each);
    const struct yaml *attach = yaml_find(map, "attach");
    if (attach)
        yaml_names(&reader, attach, &letter->attach);
    letter->each_respondent = each.text && strcmp(each.text, words[1]) == 0;
    if (each.text && !letter->each_respondent && strcmp(each.text, words[0]) != 0)
        diag_report(reader.diag, DIAG_WORD_UNKNOWN, each.at, "each", each.text,
                    diag_nearest(each.text, words, 2), diag_list(reader.arena, words, 2));
}

size_t markdown_front_matter(struct markdown *markdown) {
    const struct source *source = markdown->source;
    if (!is_mark(source, 1, "---"))
        return 0;
    int32_t last = 2;
    while (last <= source->line_count && !is_mark(source, last, "---") &&
           !is_mark(source, last, "..."))
        last++;
    if (last > source->line_count) {
        diag_report(markdown->diag, DIAG_FRONT_OPEN, ((struct span){source, 1, 1, 3}));
        return 0;
    }
    markdown->first_line = last;
    size_t from = line_offset(source, 2), to = line_offset(source, last);
    struct reader reader = {markdown->arena, markdown->diag};
    const struct yaml *map = yaml_parse(&reader, source, from, to - from);
    if (map && yaml_is_map(&reader, map, "'key: value' lines"))
        (markdown->module->letter ? read_letter_keys : read_keys)(markdown, map);
    return line_offset(source, last + 1);
}
