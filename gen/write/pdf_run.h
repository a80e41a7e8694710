/* Shaped runs as strings for content streams: each run is encoded once a document, however often
 * its word occurs.
 *
 * Lengths are millionths of an em. Owner: the job's arena; runs are borrowed and known by their
 * address, which must stay theirs while the table is in use. Errors: none. */
#ifndef TANDEM_WRITE_PDF_RUN_H
#define TANDEM_WRITE_PDF_RUN_H

#include "write/pdf_font.h"

/* How far glyphs may stand from their place, in millionths of an em. */
enum { RUN_SLACK = 1500 };

/* Glyphs of one font at one height: part of a TJ's array, beginning and ending inside a string. */
struct run_part {
    const struct pdf_fonts *fonts;
    const struct face *face;
    uint8_t variant;
    int32_t rise;
    uint32_t before, count; /* glyphs of the run before it, and in it: for tracking */
    int64_t start;          /* where it should begin, from the run's start */
    int64_t advance;        /* how far showing it moves, tracking apart */
    const char *bytes;
    uint32_t length;
    /* ActualText for this part, or NULL. */
    const char *actual;
    uint32_t actual_length;
};

/* How a run is to be read. A hyphen put in by hyphenation is U+00AD, so that readers put the word
 * together again (§14.8.2.2.3); one of the text that ends a line is U+2010, for they take a "-"
 * there for the other kind and drop it. */
enum run_reading { READ_AS_IS, READ_HYPHENATION, READ_HARD_HYPHEN };

struct encoded_run {
    const struct glyph_run *run;
    enum run_reading reading;
    const struct run_part *parts; /* NULL until encoded */
    size_t part_count;
};

struct run_table {
    struct arena *job;
    const struct pdf_fonts *base; /* frozen */
    struct pdf_fonts *own;        /* of the document; frozen before the first run_encode */
    struct encoded_run **slots;
    const struct encoded_run **spaces; /* by face, NULL until needed */
    size_t room, count;
    /* Of the run at hand, kept between runs for their room. */
    struct glyph_meaning *meanings;
    size_t meaning_room;
    VEC(struct run_part) parts;
    struct buf bytes;
};

void run_table_init(struct run_table *table, struct arena *job, const struct pdf_fonts *base,
                    struct pdf_fonts *own);
/* First pass: encodes a run if the base has all its glyphs, else puts those that it lacks into the
 * document's own set. May be left out for runs of the base. */
void run_collect(struct run_table *table, const struct glyph_run *run, enum run_reading reading);
/* Second pass: the run's record, encoded now if it was not yet. */
const struct encoded_run *run_encode(struct run_table *table, const struct glyph_run *run,
                                     enum run_reading reading);
/* The reading of a mark's piece; `breaks`: the line is broken after the mark. */
enum run_reading run_reading_of(const struct mark *mark, size_t piece, bool breaks);
/* True if no text follows marks[at] on its line. */
bool line_breaks_after(const struct mark *marks, size_t count, size_t at);
/* A word space in a face; NULL if it has none. */
const struct run_part *run_space(struct run_table *table, const struct face *face);

#endif
