/* What markdown_inline.c asks of plain strings. */
#ifndef TANDEM_LOAD_MARKDOWN_TEXT_H
#define TANDEM_LOAD_MARKDOWN_TEXT_H

#include "load/markdown.h"

/* A text node's literal beside the content it came from. */
struct matched_text {
    const unsigned char *escaped; /* 1: that byte came from an escape or entity */
    const uint32_t *places;       /* content offset of each byte */
    size_t end;                   /* content offset after the last one */
    bool whole;                   /* all of the literal was found */
};
struct matched_text text_match(struct arena *arena, const char *literal, size_t size,
                               const char *content, size_t content_size, size_t at);
/* Reports what looks like our syntax but stayed text: unclosed {{, attributes in the middle,
 * references to footnotes that do not exist. */
void text_report_leftovers(struct markdown *markdown, const struct leaf *leaf, const char *literal,
                           size_t size, const struct matched_text *matched);
/* Content offset after a link's tail, from its closing bracket on. */
size_t text_link_end(const char *content, size_t size, size_t at);
/* {{name|caption}} as a node. */
struct node *text_variable(struct markdown *markdown, const char *text, size_t size,
                           struct span at);

/* Places inside a token: offsets count from its first byte. */
struct token_places {
    const struct leaf *leaf;
    size_t from;
};
struct span text_find_place(const void *token_places, size_t offset, size_t length);

/* Attributes of which people read the values (titles, labels, questions, options) get their quotes and
 * dashes. */
void text_attribute_words(struct markdown *markdown, const struct attributes *attributes);

#endif
