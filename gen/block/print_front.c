/* What stands before and after the chapters: cover, contents, colophon. */
#include "block/print_parts.h"

struct flow *print_cover(struct print *print) {
    struct flow *cover = flow_new(print->arena, FLOW_STACK, ROLE_SECT);
    cover->full_page = true;
    flow_add(cover, paragraph_text(print, ROLE_P, STYLE_COVER_SMALL, print->course->title));
    flow_add(cover, paragraph_text(print, ROLE_P, STYLE_COVER_TITLE,
                                   print->edition->material->title));
    return cover;
}

struct flow *print_contents(struct print *print) {
    struct flow *stack = flow_new(print->arena, FLOW_STACK, ROLE_SECT);
    stack->break_before = BREAK_PAGE;
    struct flow *title =
        paragraph_text(print, ROLE_H1, STYLE_H1, print_word(print, WORD_CONTENTS));
    title->keep_with_next = true;
    flow_add(stack, title);
    struct flow *contents = flow_new(print->arena, FLOW_CONTENTS, ROLE_TOC);
    contents->level = print->theme->contents_depth;
    flow_add(stack, contents);
    return stack;
}

struct flow *print_colophon(struct print *print) {
    const struct course *course = print->course;
    struct buf line;
    buf_init(&line, print->arena);
    const char *parts[] = {course->title, course->version, course->publisher, course->licence};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i])
            buf_printf(&line, "%s%s", line.len ? " \u00b7 " : "", parts[i]);
    struct flow *colophon = paragraph_text(print, ROLE_P, STYLE_HINT, line.data);
    colophon->space_before_um = 8000;
    return colophon;
}
