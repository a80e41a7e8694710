/* What print hooks are made of: text to paragraphs, labels, fields, panels, charts.
 *
 * Stage: lay out, first half. Lengths in micrometres. Owner of all that is returned: the print's
 * arena. Nothing here fails. */
#ifndef TANDEM_BLOCK_PRINT_PARTS_H
#define TANDEM_BLOCK_PRINT_PARTS_H

#include "block/prints.h"
#include "base/buf.h"
#include "base/units.h"
#include "base/vec.h"

/* ---- words and figures (print.c, print_value.c) ---- */

/* What printing an edition begins with. */
struct print print_new(struct arena *job, const struct edition *edition);
/* What stands for a name that is known, NULL for one that is not. */
const char *print_known(struct print *print, const struct reference *reference);
/* A fixed word of the course's language. */
const char *print_word(const struct print *print, enum word word);
/* A fixed sentence with {0} and {1} filled in. */
const char *print_phrase(const struct print *print, enum word word, const char *first,
                         const char *second);
/* A value as people read it: a chosen option or point by its label where `slot` knows it. */
const char *print_value(const struct print *print, const struct slot *slot, struct value value,
                        int32_t decimals);
/* The same as it stands in a field; NULL for a missing value. */
const char *print_field_value(const struct print *print, const struct slot *slot,
                              struct value value);
/* A plain number in the course's language. */
const char *print_number(const struct print *print, double number, int32_t decimals);

/* ---- inline text (flow_inline.c) ---- */

enum text_mark {
    MARKED_EMPHASIS = 1,
    MARKED_STRONG = 2,
    MARKED_STRIKE = 4,
    MARKED_CODE = 8,
    MARKED_LINK = 16,
    MARKED_SMALL_CAPS = 32,
    MARKED_ALL = 63, /* whose styles are kept; of those below a new one is made each time */
    MARKED_SUB = 64,
    MARKED_SUP = 128,
};

/* Collects the inline items of one paragraph: white space collapsed, neighbours merged. */
struct inlines {
    struct print *print;
    const struct text_style *base;
    const struct text_style *variants[MARKED_ALL + 1]; /* made when first used */
    VEC(struct inline_item) items;
    uint16_t groups;                   /* handed out so far */
    bool after_space;                  /* the next space would be doubled, or opens a line */
    const char *anchor;                /* for the next words, or NULL */
    VEC(const struct node *) pictures; /* met on the way: they cannot stand in a line */
};

void inlines_init(struct inlines *inlines, struct print *print, const struct text_style *base);
/* Adds words; `text` may hold any white space. */
void inlines_text(struct inlines *inlines, const char *text, unsigned marks);
/* Adds words in a style of their own. */
void inlines_styled(struct inlines *inlines, const char *text, const struct text_style *style);
void inlines_space(struct inlines *inlines, int32_t width_um);
void inlines_break(struct inlines *inlines);
/* A circle, a box or a short line that may be filled in. */
void inlines_field(struct inlines *inlines, const struct field *field, int32_t width_um);
/* The children of a paragraph, heading or cell. */
void inlines_nodes(struct inlines *inlines, const struct node *parent);
/* Gives the items to a paragraph. */
void inlines_finish(struct inlines *inlines, struct flow *paragraph);

/* ---- paragraphs and prose (flow_prose.c, flow_table.c) ---- */

const struct paragraph_style *print_style(const struct print *print, enum style_id id);
uint32_t print_colour(const struct print *print, enum colour_id id);
/* A distance on the scale of the paper's theme. */
int32_t print_um(const struct print *print, int32_t length_um);
/* An empty paragraph of a style. */
struct flow *paragraph_new(struct print *print, enum role role, enum style_id style);
/* A paragraph of plain text. */
struct flow *paragraph_text(struct print *print, enum role role, enum style_id style,
                            const char *text);
/* A paragraph of a node's inline children. */
struct flow *paragraph_node(struct print *print, enum role role, enum style_id style,
                            const struct node *node);
/* Adds such a paragraph and, below it, the pictures that stood in it. Returns the paragraph, NULL if
 * it had no words. */
struct flow *paragraph_add(struct print *print, struct flow *into, enum style_id style,
                           const struct node *node);
/* Sets the nodes [first, end) below one another in `into`; paragraphs get `style`. */
void print_nodes(struct print *print, struct flow *into, const struct node *first,
                 const struct node *end, enum style_id style);
struct flow *print_table(struct print *print, const struct node *table);
/* A heading with its anchor and outline entry. */
struct flow *print_heading(struct print *print, const struct node *heading);
/* A picture with its caption. */
struct flow *print_image(struct print *print, const struct node *image);
/* Moves what print_image made to one side of its column. */
void flow_align_pictures(struct flow *figure, enum line_align align);
/* Whether a block is part of this edition, conditions included. */
bool print_shows(struct print *print, const struct block *block);
/* A division as its block's type prints it; NULL if it does not belong into this edition. */
struct flow *print_block(struct print *print, const struct block *block);

/* ---- places and references (flow_reference.c) ---- */

/* Finds what links may point to in this edition, and numbers its figures and tables. */
void print_gather_places(struct print *print);
/* False for "#id" where this edition holds no such place. */
bool print_reaches(const struct print *print, const char *url);
/* What a place is called where nothing is numbered; NULL if it has neither title nor words. */
const char *target_title(struct arena *arena, const struct place_target *target);
/* What an empty link to "#id" says: "Figure 3", "Chapter 4", a title. */
const char *print_reference_words(struct print *print, const char *url);
/* The caption of a picture or table, with its number; NULL if it has neither. */
struct flow *print_caption(struct print *print, const struct node *node);
/* Adds a term to the index; returns the name of its place. */
const char *print_term(struct print *print, const struct node *span);
struct flow *print_index(struct print *print);

/* ---- parts of blocks (flow_parts.c) ---- */

/* White above and below, alike: of what stands apart from the text, and of what has a ground or
 * border and so looks closer. Beside a heading or paragraph the larger of both counts. */
enum { APART_UM = 4000, BOX_APART_UM = 5000 };
/* Circles and boxes to tick are of one size wherever they stand. */
enum { BUTTON_UM = 4200, BUTTON_GAP_UM = 1600 };

/* A stack that carries the block's anchor. */
struct flow *block_stack(struct print *print, const struct block *block, enum role role);
/* The block's title, if it has one, then its prompt; all kept with what follows. */
void block_prompt(struct print *print, struct flow *into, const struct block *block);
/* Below a private question: a lock, and that nobody else sees the answer (print_private.c). */
struct flow *private_hint(struct print *print);
/* What follows the body. */
void block_note(struct print *print, struct flow *into, const struct block *block);
/* A small title inside the text: not in the outline. */
struct flow *print_label(struct print *print, const char *text);

/* Whose answers are shown: RESPONDENT_NONE for whoever holds the copy. At least one. */
struct voices {
    int32_t at[RESPONDENT_LIMIT];
    size_t count;
    bool named; /* several: fields carry the respondent's name, and so do the heads */
};
/* A blank copy that any one of the respondents may take (or a trainer's): one place to answer. */
bool print_is_for_anyone(const struct print *print);
struct voices print_voices(const struct print *print, const struct block *block);
/* "Assistant", or NULL for whoever holds the copy. */
const char *voice_label(const struct print *print, int32_t voice);
/* That label above what follows, where several are shown. */
void add_voice_label(struct print *print, struct flow *into, const struct voices *voices,
                     size_t index);
/* The answer shown to this reader, the latest. */
struct value print_answer(struct print *print, const struct slot *slot, int32_t voice, int32_t row);
/* A field of a slot with its name, tooltip and value; `voices` says whether the name carries the
 * respondent. */
struct field *field_new(struct print *print, enum field_kind kind, const struct slot *slot,
                        const struct voices *voices, int32_t voice, int32_t row);
/* What a field asks, as it is heard: "How often?" and "Never" are "How often? Never", "Stage" and
 * "Tell" are "Stage: Tell". `question` may be NULL. */
const char *print_question(struct print *print, const char *question, const char *part);
/* A circle or box: `option` is the exported value, "" for a check box. */
struct field *field_button(struct print *print, enum field_kind kind, const struct slot *slot,
                           const struct voices *voices, int32_t voice, const char *option,
                           const char *option_label, bool on);
/* A circle or box alone, for a table's cell. */
struct flow *print_button(struct print *print, const struct field *field);
/* A list item behind a circle or box: the children of `node`, or `label` if that is NULL. */
struct flow *print_button_item(struct print *print, const struct field *field,
                               const struct node *node, const char *label);
/* An item of a rating with its number in front: "7  The executive gives …". */
struct flow *print_statement(struct print *print, const struct item *item, size_t number);
/* Quoted paragraphs; those that open with a dash name the speaker. */
void print_quotation(struct print *print, struct flow *into, const struct node *first);
/* A line to write on, over the width. */
struct flow *flow_line(struct print *print, const struct field *field);
/* A table without a meaning of its own: label at the left, `right` at the right. */
struct flow *flow_pair(struct print *print, struct flow *left, int32_t left_weight,
                       struct flow *right, int32_t right_weight);
/* Makes the rows of a pair part of the pairs before it, so that they stand as one list; false if
 * they are not alike. */
bool flow_join(struct flow *table, struct flow *next);
/* An empty table; ROLE_NONE makes it a matter of layout only, without structure of its own. */
struct flow *flow_table_new(struct print *print, enum role role, const struct table_column *columns,
                            size_t count);
struct flow *flow_row(struct print *print, struct flow *table);
struct flow *flow_cell(struct print *print, struct flow *row, struct flow *content, bool header);
/* True for the first and last rows of a long table: a few of them are never alone on a page. */
bool print_row_keeps(size_t row, size_t count);
/* Takes away the names of places: what is printed again is pointed to where it stood first. */
void flow_drop_anchors(struct flow *flow);
struct flow *flow_space(struct print *print, int32_t height_um);
struct flow *flow_rule(struct print *print, uint32_t colour, int32_t weight_um);
/* A panel: ground, border and bar as given. */
struct box_style *box_new(struct print *print, uint32_t fill, uint32_t border, uint32_t bar);
/* How wide the text is on the edition's paper, and a chart in a panel: for choosing and for keeping
 * things apart only, since what is printed may stand in something narrower. */
int32_t text_width_um(const struct print *print);
int32_t chart_width_um(const struct print *print);
/* Room that a text needs at most on one line, by rule of thumb: for choosing widths only. */
int32_t text_room_um(const char *text, const struct text_style *style);
/* The same of its longest word. */
int32_t word_room_um(const char *text, const struct text_style *style);

/* ---- fields that know what they hold (print_script.c) ---- */

/* Has a text shown and asked about as its type says; `in_full`: dates with the month's whole name. */
void field_set_format(struct print *print, struct field *field, enum slot_type type, bool in_full);
/* Has a value worked out while others are filled in; false if this edition has none of those. */
bool field_set_calc(struct print *print, struct field *field, const struct block *calc);
/* The same of a log's computed column in one row, and of its total (row -1). */
bool field_set_cell(struct print *print, struct field *field, const struct block *log,
                    const struct column *column, int32_t row);
/* The same of a score's result. ALONE: the figure; FILLED: with its band, or the dash; ALL: with
 * what is lacking too; LACKING: that alone. */
enum result_text { RESULT_ALONE, RESULT_FILLED, RESULT_ALL, RESULT_LACKING };
bool field_set_score(struct print *print, struct field *field, const struct score *score,
                     int32_t dimension, int32_t respondent, enum result_text text);
/* The same of answers that are shown again, or of how far two are apart (print_formula.h). */
bool field_set_answers(struct print *print, struct field *field, const struct slot *const *slots,
                       const int32_t *respondents, size_t count, bool is_signed);
/* The numbers of a log's fields, from 1: rows that were filled in have none. `to` < `from`: none. */
void log_field_numbers(struct print *print, const struct block *log, int32_t *from, int32_t *to);

/* ---- scores (print_score.c) ---- */

/* The latest result of a score for one respondent; NULL if there is none. */
const struct result *print_result(const struct print *print, const struct score *score,
                                  int32_t dimension, int32_t respondent);
/* Whose result of a score is shown, RESPONDENT_NONE for whoever holds the copy, or for several. */
int32_t print_score_reader(struct print *print, const struct score *score);
/* The steps of working a score out by hand. */
void print_score_steps(struct print *print, struct flow *panel, const struct score *score);
/* A dimension's name as people read it, the score's title for -1. */
const char *print_dimension(struct print *print, const struct score *score, int32_t dimension);
/* Whether a .when block's condition holds. */
bool print_holds(struct print *print, const struct block *when);
/* True if a calc reads no answer at all: the same for everybody, known in the blank edition too. */
bool print_is_constant(const struct block *calc);

/* ---- charts (print_chart.c) ---- */

/* The chart of a score over the respondents given; drawn empty where nothing is known, to be
 * filled in by hand. NULL for CHART_NONE. */
struct flow *print_chart(struct print *print, const struct score *score, enum chart_kind kind,
                         const struct voices *voices);

/* ---- the edition (print.c, print_opener.c, print_front.c, print_cover.c) ---- */

/* A participant's copy of a material that has no blank edition and asks for nothing: nobody need say
 * whose it is, and nothing is left to be filled in by hand. */
bool print_is_report(const struct print *print);
/* Whether the material asks for a cover and its template has one. */
bool print_has_cover(const struct print *print);
struct flow *print_cover(struct print *print);
/* A paragraph of one style in another colour. */
struct flow *print_coloured(struct print *print, enum style_id id, const char *text,
                            uint32_t colour);
/* Sets every word below `flow` in one colour: text on a ground of its own. */
void print_recolour(struct print *print, struct flow *flow, uint32_t colour);
/* "Amara Okafor · Henrik Lind", or NULL in a blank edition. */
const char *print_names(struct print *print);
/* The template's logo, so high; NULL if there is none or it is 0 high. */
struct flow *print_logo(struct print *print, int32_t height_um);
/* What stands at the top of a material without a cover: the template's strip, then who fills the
 * copy in. */
void print_opening(struct print *print, struct flow *document);
/* The back of the cover. */
struct flow *print_imprint(struct print *print);
struct flow *print_contents(struct print *print);
/* One line, for materials without a cover. */
struct flow *print_colophon(struct print *print);
/* _participant, _respondent, _date: who filled this copy in; NULL where nobody does. */
struct flow *print_identity(struct print *print);
/* A respondent's name from the profile, or NULL. */
const char *print_name_of(struct print *print, int32_t respondent);
/* A chapter's own heading: its first node, if that is of level 1; or NULL. */
const struct node *print_chapter_heading(const struct module *module);
/* Whether chapters carry numbers. */
bool print_is_numbered(const struct print *print);
/* The opening of a chapter; `heading` is its H1 or NULL. */
struct flow *print_opener(struct print *print, const struct node *heading);
/* Where a chapter's facts come from; NULL if it names none. */
struct flow *print_sources(struct print *print);

#endif
