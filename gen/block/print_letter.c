/* A letter: its text as a flow, the lines of its head as texts. */
#include "block/print_parts.h"
#include "calc/expr.h"
#include "model/letter.h"

/* Signs that divide addresses are the author's alone: those in what somebody typed stand as private
 * characters (U+F8F0 and on) until the line is taken apart. */
static const char dividers[] = ",<>\"";

static void put_sealed(struct buf *text, const char *value) {
    for (; *value; value++) {
        const char *found = strchr(dividers, *value);
        if (found) {
            buf_puts(text, "\xEF\xA3");
            buf_putc(text, (char)(0xB0 + (found - dividers)));
        } else {
            buf_putc(text, *value);
        }
    }
}

const char *letter_line_restore(struct arena *arena, const char *text) {
    struct buf plain;
    buf_init(&plain, arena);
    for (; *text; text++) {
        const unsigned char *at = (const unsigned char *)text;
        if (at[0] == 0xEF && at[1] == 0xA3 && at[2] >= 0xB0 && at[2] < 0xB0 + strlen(dividers)) {
            buf_putc(&plain, dividers[at[2] - 0xB0]);
            text += 2;
        } else {
            buf_putc(&plain, *text);
        }
    }
    return plain.data;
}

static const char *line_text(struct print *print, const struct letter_line *line, bool address,
                             const char **lacking) {
    struct buf text;
    buf_init(&text, print->arena);
    for (size_t i = 0; i < line->count; i++) {
        const struct letter_piece *piece = &line->pieces[i];
        const char *known = piece->text ? piece->text : print_known(print, piece->reference);
        if (known && address && !piece->text)
            put_sealed(&text, known);
        else if (known)
            buf_puts(&text, known);
        else if (!*lacking)
            *lacking = piece->reference->text;
    }
    return text.data;
}

/* A gap, or anything to fill in: a letter has neither. */
static bool has_hole(const struct flow *flow) {
    for (size_t i = 0; i < flow->item_count; i++)
        if (flow->items[i].kind == INLINE_GAP)
            return true;
    for (const struct flow *child = flow->first; child; child = child->next)
        if (has_hole(child))
            return true;
    return false;
}

static const char *first_unknown(struct print *print, const struct node *parent) {
    for (const struct node *node = parent->first; node; node = node->next) {
        if (node->block && !print_shows(print, node->block))
            continue;
        const char *found =
            node->kind == NODE_VARIABLE && node->reference && !print_known(print, node->reference)
                ? node->text
                : first_unknown(print, node);
        if (found)
            return found;
    }
    return NULL;
}

struct letter_print print_letter(struct arena *job, const struct edition *edition,
                                 const struct letter *letter) {
    struct print print = print_new(job, edition);
    struct letter_print made = {.wanted = true};
    print.module = letter->module;
    print.notes_done = ARENA_ARRAY(job, bool, letter->module->footnote_count + 1);
    if (letter->condition) {
        struct value holds = expr_eval(letter->condition, &print.scope);
        made.wanted = (holds.kind == VALUE_BOOL || holds.kind == VALUE_NUMBER) && holds.number != 0;
    }
    if (!made.wanted)
        return made;
    made.to = line_text(&print, &letter->to, true, &made.lacking);
    made.cc = letter->cc.written.text ? line_text(&print, &letter->cc, true, &made.lacking) : NULL;
    made.subject = line_text(&print, &letter->subject, false, &made.lacking);
    struct flow *body = flow_new(job, FLOW_STACK, ROLE_DOCUMENT);
    body->lang = edition->course->language;
    print_nodes(&print, body, letter->module->document->first, NULL, STYLE_BODY);
    made.body = body;
    if (!made.lacking && has_hole(body)) {
        made.lacking = first_unknown(&print, letter->module->document);
        if (!made.lacking)
            made.lacking = "something";
    }
    return made;
}
