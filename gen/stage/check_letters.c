#include "calc/expr.h"
#include "model/letter.h"
#include "stage/check_internal.h"

/* Blocks that a letter may hold: what is text, and what chooses it. */
static const char *const allowed[] = {"note",    "tip",  "example",   "quote",
                                      "warning", "when", "otherwise", NULL};

static bool is_allowed(const struct block *block) {
    for (size_t i = 0; allowed[i]; i++)
        if (strcmp(block->type->name, allowed[i]) == 0)
            return true;
    return false;
}

static void add_piece(struct check *check, struct letter_line *line, size_t *room, const char *text,
                      const struct reference *reference) {
    if (line->count == *room) {
        *room = *room ? *room * 2 : 4;
        line->pieces = arena_resize(check->arena, line->pieces, line->count * sizeof *line->pieces,
                                    *room * sizeof *line->pieces);
    }
    line->pieces[line->count++] = (struct letter_piece){text, reference};
}

static void add_name(struct check *check, struct letter_line *line, size_t *room,
                     const char *text) {
    const struct reference *reference =
        reference_resolve(check->arena, check->diag, check->course, NULL, text, line->written.at);
    if (reference)
        add_piece(check, line, room, NULL, reference);
}

/* "assistant.email" alone, or a text with {{names}} in it. */
static void check_line(struct check *check, struct letter_line *line, bool address) {
    const char *at = line->written.text;
    size_t room = 0;
    if (!at)
        return;
    if (address && !strchr(at, '@') && !strchr(at, '{')) {
        add_name(check, line, &room, at);
        return;
    }
    for (const char *open; (open = strstr(at, "{{"));) {
        const char *close = strstr(open, "}}");
        if (!close) {
            diag_report(check->diag, DIAG_LETTER_BRACES, line->written.at);
            return;
        }
        if (open > at)
            add_piece(check, line, &room, arena_strndup(check->arena, at, (size_t)(open - at)),
                      NULL);
        add_name(check, line, &room,
                 arena_strndup(check->arena, open + 2, (size_t)(close - open - 2)));
        at = close + 2;
    }
    if (*at)
        add_piece(check, line, &room, at, NULL);
}

static void check_attached(struct check *check, struct letter *letter) {
    const struct course *course = check->course;
    const char **names = ARENA_ARRAY(check->arena, const char *, course->materials.count + 1);
    letter->attached = ARENA_ARRAY(check->arena, struct letter_attached, letter->attach.count + 1);
    for (size_t m = 0; m < course->materials.count; m++)
        names[m] = course->materials.at[m].name;
    for (size_t i = 0; i < letter->attach.count; i++) {
        struct name name = letter->attach.at[i];
        const struct material *found = NULL;
        bool blank = strncmp(name.text, "blank/", 6) == 0;
        name.text += blank ? 6 : 0;
        for (size_t m = 0; m < course->materials.count; m++)
            if (strcmp(names[m], name.text) == 0)
                found = &course->materials.at[m];
        if (!found)
            diag_report(check->diag, DIAG_LETTER_ATTACH, name.at, name.text,
                        diag_nearest(name.text, names, course->materials.count),
                        diag_list(check->arena, names, course->materials.count));
        else if (found->each == EACH_COHORT || found->facilitator || (blank && !found->blank))
            diag_report(check->diag, DIAG_LETTER_ATTACH_OTHERS, name.at, name.text);
        else
            letter->attached[letter->attached_count++] = (struct letter_attached){found, blank};
    }
}

static void check_condition(struct check *check, struct letter *letter) {
    struct name text = letter->condition_text;
    if (!text.text)
        return;
    struct expr *expr = expr_parse(check->arena, check->diag, text.text, text.at);
    if (expr && expr_resolve(expr, check->arena, check->diag, check->course, NULL) &&
        expr_check_condition(expr, check->diag))
        letter->condition = expr;
}

/* Pictures and footnotes have no place in a message that is text first. */
static void check_text(struct check *check, const struct node *parent) {
    for (const struct node *node = parent->first; node; node = node->next) {
        if (node->kind == NODE_IMAGE)
            diag_report(check->diag, DIAG_LETTER_PICTURE, node->at);
        else if (node->kind == NODE_FOOTNOTE_REF)
            diag_report(check->diag, DIAG_LETTER_FOOTNOTE, node->at);
        check_text(check, node);
    }
}

static void check_letter(struct check *check, struct letter *letter) {
    struct course *course = check->course;
    struct span at = {letter->module->source, 1, 1, 1};
    if (!letter->to.written.text)
        diag_report(check->diag, DIAG_LETTER_TO, at);
    if (!letter->subject.written.text)
        diag_report(check->diag, DIAG_LETTER_SUBJECT, at);
    check_line(check, &letter->to, true);
    check_line(check, &letter->cc, true);
    check_line(check, &letter->subject, false);
    check_attached(check, letter);
    check_condition(check, letter);
    check_text(check, letter->module->document);
    const struct module **list = ARENA_ARRAY(check->arena, const struct module *, 1);
    list[0] = letter->module;
    letter->material = (struct material){
        .kind = MATERIAL_PDF,
        .name = letter->id,
        .title = letter->id,
        .at = at,
        .module_list = list,
        .each = letter->each_respondent ? EACH_RESPONDENT : EACH_PARTICIPANT,
        .respondent = RESPONDENT_NONE,
        .theme = course->theme,
        .filled = true,
    };
    letter->material.modules.at = ARENA_NEW(check->arena, struct name);
    letter->material.modules.at[0] = (struct name){letter->module->id, at};
    letter->material.modules.count = 1;
    check_views(check, &letter->material);
}

void check_letters(struct check *check) {
    const struct course *course = check->course;
    for (size_t i = 0; i < course->blocks.count; i++) {
        const struct block *block = course->blocks.at[i];
        if (block->module->letter && !is_allowed(block))
            diag_report(check->diag, DIAG_LETTER_BLOCK, block->at, block->type->name);
    }
    for (size_t i = 0; i < course->letters.count; i++)
        check_letter(check, course->letters.at[i]);
}
