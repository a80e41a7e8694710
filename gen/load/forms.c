#include "load/forms.h"

#include "base/file.h"

#include <stdlib.h>

enum { CSV_LIMIT = 64 << 20 };

const char *form_participant(struct reader *reader, const struct form *form,
                             const struct csv_cell *cell) {
    struct span at = csv_span(&form->csv, cell);
    if (!*cell->text) {
        diag_report(reader->diag, DIAG_CSV_PARTICIPANT_NONE, at);
        return NULL;
    }
    char *id = arena_strdup(reader->arena, cell->text);
    for (char *c = id; *c; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c == ' ' || *c == '_' ? '-' : *c;
    if (!id_is_valid(id)) {
        diag_report(reader->diag, DIAG_CSV_PARTICIPANT, at, cell->text,
                    id_propose(reader->arena, cell->text));
        return NULL;
    }
    if (strcmp(id, "blank") == 0 || strcmp(id, "cohort") == 0) {
        diag_report(reader->diag, DIAG_ID_RESERVED, at, id);
        return NULL;
    }
    return id;
}

/* "cohort-autumn.csv": autumn. */
static const char *cohort_of(struct reader *reader, const char *name, struct span at) {
    static const char prefix[] = "cohort-";
    if (strncmp(name, prefix, strlen(prefix)) != 0)
        return NULL;
    const char *from = name + strlen(prefix);
    const char *cohort = arena_strndup(reader->arena, from, strlen(from) - strlen(".csv"));
    if (!id_check(reader, cohort, at))
        return NULL;
    if (strcmp(cohort, "all") == 0) {
        diag_report(reader->diag, DIAG_ID_RESERVED, at, cohort);
        return NULL;
    }
    return cohort;
}

static size_t column_of(const struct form *form, enum form_kind kind) {
    size_t i = 0;
    while (i < form->count && form->columns[i].kind != kind)
        i++;
    return i;
}

/* Whose each row is. Cells live in an arena that is emptied after every row. */
static void index_rows(struct arena *run, struct diag *diag, struct forms *forms, uint32_t index,
                       struct strings *ids) {
    struct form *form = &forms->at.at[index];
    size_t who = column_of(form, FORM_PARTICIPANT), before = forms->rows.count;
    struct arena once;
    arena_init(&once);
    struct reader reader = {&once, diag};
    struct csv csv = form->csv;
    struct csv_row row;
    bool any = false;
    for (; csv_read(&csv, &reader, &row); arena_reset(&once)) {
        if (csv_row_is_empty(&row))
            continue;
        any = true;
        char counts[2][16];
        snprintf(counts[0], sizeof counts[0], "%zu", row.count);
        snprintf(counts[1], sizeof counts[1], "%zu", form->count);
        if (row.count > form->count)
            diag_report(diag, DIAG_CSV_CELLS_MORE, csv_span(&csv, &row.at[form->count]), counts[0],
                        counts[1]);
        struct csv_cell none = {.text = "", .offset = row.offset};
        const char *id = form_participant(&reader, form, who < row.count ? &row.at[who] : &none);
        if (id) {
            const char *last =
                forms->rows.count > before ? forms->rows.at[forms->rows.count - 1].id : "";
            const char *kept = strcmp(id, last) == 0 ? last : arena_strdup(run, id);
            VEC_PUSH(run, &forms->rows, ((struct form_row){kept, index, row.line, row.offset}));
            if (kept != last)
                VEC_PUSH(run, ids, kept);
        }
    }
    if (!any)
        diag_report(diag, DIAG_CSV_EMPTY, ((struct span){form->csv.source, 0, 0, 0}));
    arena_release(&once);
}

static void load_form(struct arena *run, struct diag *diag, const struct course *course,
                      struct forms *forms, const char *name, struct strings *ids) {
    struct reader reader = {run, diag};
    const char *shown = arena_printf(run, "content/answers/%s", name);
    const char *path = path_join(run, course->folder, shown);
    struct span at = {source_new(run, shown, "", 0), 0, 0, 0};
    if (!path_resolves_inside(path_join(run, course->folder, "content"), path)) {
        diag_report(diag, DIAG_LINK_LEAVES_COURSE, at, shown);
        return;
    }
    const struct source *source = file_load_within(run, diag, path, shown, CSV_LIMIT, "64 MiB");
    if (!source)
        return;
    struct form form = {.csv = csv_open(source), .cohort = cohort_of(&reader, name, at)};
    struct csv_row header;
    size_t before = diag_errors(diag);
    if (!csv_read(&form.csv, &reader, &header)) {
        if (diag_errors(diag) == before)
            diag_report(diag, DIAG_CSV_EMPTY, at);
        return;
    }
    if (!form_read_header(&reader, course, &form, &header))
        return;
    VEC_PUSH(run, &forms->at, form);
    index_rows(run, diag, forms, (uint32_t)forms->at.count - 1, ids);
}

static int by_id(const void *left, const void *right) {
    const struct form_row *a = left, *b = right;
    int order = strcmp(a->id, b->id);
    if (order == 0)
        order = (a->form > b->form) - (a->form < b->form);
    return order ? order : (a->offset > b->offset) - (a->offset < b->offset);
}

const struct forms *forms_load(struct arena *run, struct diag *diag, const struct course *course,
                               const struct strings *names, struct strings *ids) {
    struct forms *forms = ARENA_NEW(run, struct forms);
    struct reader reader = {run, diag};
    forms_check_targets(&reader, course);
    for (size_t i = 0; i < names->count; i++) {
        size_t length = strlen(names->at[i]);
        if (length > 4 && strcmp(names->at[i] + length - 4, ".csv") == 0)
            load_form(run, diag, course, forms, names->at[i], ids);
    }
    if (forms->rows.count)
        qsort(forms->rows.at, forms->rows.count, sizeof *forms->rows.at, by_id);
    return forms;
}

const struct form_row *forms_find(const struct forms *forms, const char *id, size_t *count) {
    *count = 0;
    if (!forms)
        return NULL;
    size_t low = 0, high = forms->rows.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(forms->rows.at[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    while (low + *count < forms->rows.count && strcmp(forms->rows.at[low + *count].id, id) == 0)
        ++*count;
    return &forms->rows.at[low];
}
