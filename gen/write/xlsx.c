#include "write/xlsx_internal.h"

#include "base/file.h"

#include <unistd.h>

enum { FILE_LIMIT = 1 << 30 };

static void write_properties(struct xlsx *xlsx) {
    const struct workbook *book = xlsx->book;
    lxw_doc_properties properties = {
        .title = xlsx_text(xlsx->job, book->title, 255),
        .subject = xlsx_text(xlsx->job, book->subject, 255),
        .author = xlsx_text(xlsx->job, book->author, 255),
        .company = xlsx_text(xlsx->job, book->author, 255),
        .created = (time_t)book->as_of * 86400 + 43200,
    };
    xlsx_try(xlsx, workbook_set_properties(xlsx->file, &properties));
    for (size_t i = 0; i < book->identity_count; i++)
        if (*book->identity[i].value)
            xlsx_try(xlsx, workbook_set_custom_property_string(
                               xlsx->file, xlsx_text(xlsx->job, book->identity[i].key, 255),
                               xlsx_text(xlsx->job, book->identity[i].value, 255)));
}

static void write_names(struct xlsx *xlsx) {
    const struct workbook *book = xlsx->book;
    for (size_t i = 0; i < book->names.count; i++) {
        const struct defined_name *name = &book->names.at[i];
        struct buf formula;
        buf_init(&formula, xlsx->job);
        buf_putc(&formula, '=');
        area_print_full(&formula, book->sheets.at[name->sheet], name->area);
        xlsx_try(xlsx, workbook_define_name(xlsx->file, name->name, formula.data));
    }
}

static void write_sheets(struct xlsx *xlsx) {
    const struct workbook *book = xlsx->book;
    for (size_t i = 0; i < book->sheets.count && !xlsx->error; i++) {
        const struct sheet *sheet = book->sheets.at[i];
        lxw_worksheet *page = workbook_add_worksheet(xlsx->file, sheet->name);
        if (!page) {
            xlsx_try(xlsx, LXW_ERROR_SHEETNAME_ALREADY_USED);
            return;
        }
        if (book->right_to_left)
            worksheet_right_to_left(page);
        xlsx_write_sheet(xlsx, sheet, page);
        if ((int32_t)i == book->active)
            worksheet_activate(page);
    }
}

bool xlsx_write(struct arena *job, const struct workbook *book, const char *tmpdir, struct buf *out,
                const char **error) {
    char *path = path_join(job, tmpdir, "tandem.xlsx");
    lxw_workbook_options options = {.tmpdir = arena_strdup(job, tmpdir)};
    struct xlsx *xlsx = ARENA_NEW(job, struct xlsx);
    *error = NULL;
    xlsx->job = job;
    xlsx->book = book;
    xlsx->cells = ARENA_ARRAY(job, struct buf, book->sheets.count);
    xlsx->file = workbook_new_opt(path, &options);
    if (!xlsx->file) {
        *error = "out of memory while making a workbook";
        return false;
    }
    workbook_unset_default_url_format(xlsx->file);
    xlsx_look_start(xlsx);
    write_properties(xlsx);
    write_sheets(xlsx);
    write_names(xlsx);
    lxw_error closed = workbook_close(xlsx->file);
    xlsx_try(xlsx, closed);
    size_t size = 0;
    char *bytes = xlsx->error ? NULL : file_read(job, path, FILE_LIMIT, &size, error);
    unlink(path);
    if (xlsx->error)
        *error = arena_printf(job, "%s: %s", path, lxw_strerror(xlsx->error));
    if (!bytes)
        return false;
    if (!xlsx_patch(xlsx, bytes, size, out))
        *error = arena_printf(job, "%s: not the archive that was expected", path);
    return *error == NULL;
}
