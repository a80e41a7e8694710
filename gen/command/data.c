/* The answers of a cohort in long form. Participants are read one after another once more, so that
 * memory stays flat however many there are. */
#include "command/build.h"

#include "base/file.h"
#include "base/stream.h"
#include "load/load.h"
#include "write/data.h"

struct sink {
    struct stream *csv, *json;
    struct buf text; /* of one row */
    size_t rows;
};

static void put_row(void *context, const struct long_row *row) {
    struct sink *sink = context;
    buf_clear(&sink->text);
    data_csv_row(&sink->text, row);
    stream_put(sink->csv, sink->text.data, sink->text.len);
    buf_clear(&sink->text);
    data_json_row(&sink->text, row, sink->rows == 0);
    stream_put(sink->json, sink->text.data, sink->text.len);
    sink->rows++;
}

static void end_file(struct build *build, struct stream *stream, struct manifest_entry *entry) {
    const char *error;
    if (!stream_end(stream, &entry->size, entry->sha256, &error))
        build_fail(build, entry->path, error);
}

void build_write_data(struct build *build, struct worker *worker, const struct job *job) {
    struct manifest_entry *entries = &build->entries.at[job->first_entry];
    struct arena *arena = &worker->edition;
    struct sink sink = {
        .csv = stream_begin(arena, path_join(arena, build->out, entries[0].path)),
        .json = stream_begin(arena, path_join(arena, build->out, entries[1].path)),
    };
    buf_init(&sink.text, arena);
    data_csv_head(&sink.text);
    stream_put(sink.csv, sink.text.data, sink.text.len);
    for (size_t i = 0; i < build->cohorts->members.count; i++) {
        const struct member *member = &build->cohorts->members.at[i];
        if (!cohort_holds(job->cohort, member))
            continue;
        const struct participant *participant =
            load_participant(&worker->job, build->diag, build->course, member->id);
        long_form(&worker->job, build->course, participant, job->batch->material->texts, put_row,
                  &sink);
        arena_reset(&worker->job);
    }
    buf_clear(&sink.text);
    data_json_end(&sink.text, sink.rows);
    stream_put(sink.json, sink.text.data, sink.text.len);
    end_file(build, sink.csv, &entries[0]);
    end_file(build, sink.json, &entries[1]);
    arena_reset(arena);
}
