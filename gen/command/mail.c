/* `tandem mail LETTER`: who would get what. Each letter becomes an .eml file that any mail program
 * opens; nothing is sent. */
#include "command/mail.h"

#include "base/file.h"
#include "block/print.h"
#include "calc/score.h"
#include "load/load.h"
#include "write/letter.h"
#include "write/mail_message.h"

#include <jansson.h>
#include <unistd.h>

struct mailing {
    struct build *build;
    const struct options *options;
    const struct letter *letter;
    struct mail_settings settings;
    struct attachments attachments;
    struct arena job;
    VEC(struct message) messages;
    size_t refused, left_out;
};

/* One letter that nobody gets, and why. */
static void refuse(struct mailing *mailing, const char *who, const char *why, const char *detail) {
    fprintf(stderr, "tandem: error: no letter to %s: %s%s%s\n", who, why, detail ? ": " : "",
            detail ? detail : "");
    mailing->refused++;
}

/* Addresses divided by commas outside of quotation marks; false after refusing. */
static bool read_addresses(struct mailing *mailing, const char *who, const char *text,
                           struct address *list, size_t most, size_t *count) {
    struct arena *arena = &mailing->job;
    *count = 0;
    for (const char *at = text; at;) {
        bool quoted = false;
        const char *end = at;
        for (; *end && (quoted || *end != ','); end++)
            quoted ^= *end == '"';
        const char *one = arena_strndup(arena, at, (size_t)(end - at));
        at = *end ? end + 1 : NULL;
        if (*count == most) {
            refuse(mailing, who, "it has too many recipients", NULL);
            return false;
        }
        enum address_fault fault = address_parse(arena, one, &list[*count]);
        if (fault == ADDRESS_EMPTY) {
            refuse(mailing, who, "there is no address", NULL);
            return false;
        }
        list[*count].name = letter_line_restore(arena, list[*count].name);
        if (fault == ADDRESS_GOOD)
            fault = address_check(letter_line_restore(arena, list[*count].mailbox));
        const char *ascii =
            fault == ADDRESS_GOOD ? mail_ascii_mailbox(arena, list[*count].mailbox) : NULL;
        if (!ascii) {
            refuse(mailing, who,
                   fault == ADDRESS_GOOD ? "the address's domain is none"
                                         : address_fault_words(fault),
                   NULL);
            return false;
        }
        list[(*count)++].mailbox = ascii;
    }
    return true;
}

static const char *latest_sitting(const struct participant *participant) {
    for (size_t i = participant->sitting_count; i > 0; i--)
        if (participant->sittings[i - 1].date != DATE_NONE)
            return participant->sittings[i - 1].id;
    return "";
}

static bool attach(struct mailing *mailing, const char *who, const char *participant,
                   const char *respondent, struct mail_file *files, struct message *message) {
    const struct letter *letter = mailing->letter;
    for (size_t i = 0; i < letter->attached_count; i++) {
        const struct material *material = letter->attached[i].material;
        bool blank = letter->attached[i].blank;
        const char *why = NULL;
        const struct attachment *file =
            attachments_find(&mailing->attachments, &mailing->job, material,
                             blank ? NULL : participant, respondent, &why);
        if (!file) {
            refuse(mailing, who,
                   arena_printf(&mailing->job, "'%s' cannot go with it", material->name), why);
            return false;
        }
        files[i] = (struct mail_file){
            .name = file->name,
            .type = material->kind == MATERIAL_PDF ? "application/pdf"
                    : material->kind == MATERIAL_XLSX
                        ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                        : "text/csv",
            .bytes = file->bytes,
            .size = file->size};
        VEC_PUSH(&mailing->build->run, &message->attached, file->path);
    }
    return true;
}

/* Copies what outlives the job. */
static void keep_addresses(struct mailing *mailing, const struct address *from, size_t count,
                           struct strings *to) {
    for (size_t i = 0; i < count; i++)
        VEC_PUSH(&mailing->build->run, to, arena_strdup(&mailing->build->run, from[i].mailbox));
}

static bool write_message(struct mailing *mailing, const char *who, const struct mail_parts *parts,
                          struct message *message) {
    struct build *build = mailing->build;
    struct buf bytes;
    buf_init(&bytes, &mailing->job);
    const char *error = NULL;
    if (!mail_message_write(&mailing->job, parts, &bytes, &error)) {
        refuse(mailing, who, error, NULL);
        return false;
    }
    if ((int64_t)bytes.len > mailing->settings.size_limit) {
        refuse(mailing, who,
               arena_printf(&mailing->job, "the message has %.1f MB, and %.1f are the most",
                            (double)bytes.len / 1e6, (double)mailing->settings.size_limit / 1e6),
               "attach less, or set limit-size in content/mail.yml");
        return false;
    }
    const char *name = arena_printf(&mailing->job, "mail/%s/%s%s%s.eml", mailing->letter->id,
                                    message->participant, message->respondent ? "." : "",
                                    message->respondent ? message->respondent : "");
    message->path = path_join(&build->run, build->out, name);
    message->size = bytes.len;
    sha256_hex(bytes.data, bytes.len, message->sha256);
    if (file_write(&mailing->job, message->path, bytes.data, bytes.len, &error))
        return true;
    build_fail(build, message->path, error);
    return false;
}

static void add_letter(struct mailing *mailing, const struct participant *participant,
                       const struct results *results, int32_t respondent) {
    enum { MOST = 20 };
    struct build *build = mailing->build;
    const struct course *course = build->course;
    const struct letter *letter = mailing->letter;
    const char *seat = respondent == RESPONDENT_NONE ? NULL : course->respondents.at[respondent].id;
    const char *who =
        seat ? arena_printf(&mailing->job, "%s, %s", participant->id, seat) : participant->id;
    const struct results seen = score_results_for(&mailing->job, results, respondent);
    const struct edition edition = {.course = course,
                                    .material = &letter->material,
                                    .theme = course->theme,
                                    .paper = paper_find("a4"),
                                    .participant = participant,
                                    .results = &seen,
                                    .respondent = respondent};
    struct letter_print made = print_letter(&mailing->job, &edition, letter);
    if (!made.wanted) {
        mailing->left_out++;
        return;
    }
    if (made.lacking) {
        refuse(mailing, who, "its text names what is not known", made.lacking);
        return;
    }
    struct address to[MOST], cc[MOST];
    struct mail_parts parts = {.from = mailing->settings.from,
                               .reply_to = mailing->settings.reply_to,
                               .to = to,
                               .cc = cc,
                               .subject = made.subject,
                               .date = course->as_of == DATE_NONE ? 0 : course->as_of,
                               .file_count = letter->attached_count};
    for (const char *at = made.subject; *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7F) {
            refuse(mailing, who, "its subject has a line break in it", NULL);
            return;
        }
    if (!read_addresses(mailing, who, made.to, to, MOST, &parts.to_count) ||
        (made.cc && !read_addresses(mailing, who, made.cc, cc, MOST, &parts.cc_count)))
        return;
    struct message message = {.letter = letter->id,
                              .participant = arena_strdup(&build->run, participant->id),
                              .respondent = seat,
                              .sitting = arena_strdup(&build->run, latest_sitting(participant)),
                              .subject = arena_strdup(&build->run, made.subject)};
    struct mail_file *files =
        ARENA_ARRAY(&mailing->job, struct mail_file, letter->attached_count + 1);
    if (!attach(mailing, who, participant->id, seat, files, &message))
        return;
    parts.files = files;
    parts.text = letter_text(&mailing->job, made.body);
    parts.html = letter_html(&mailing->job, made.body, made.subject, course->language);
    keep_addresses(mailing, to, parts.to_count, &message.to);
    keep_addresses(mailing, cc, parts.cc_count, &message.cc);
    if (write_message(mailing, who, &parts, &message))
        VEC_PUSH(&build->run, &mailing->messages, message);
}

static bool is_wanted(const char *wanted, const char *name) {
    return !wanted || (name && strcmp(wanted, name) == 0);
}

static void add_letters(struct mailing *mailing) {
    struct build *build = mailing->build;
    const struct options *options = mailing->options;
    for (size_t i = 0; i < build->participants.count && !build->failure; i++) {
        if (!is_wanted(options->participant, build->participants.at[i]))
            continue;
        struct results results = {0};
        const struct participant *participant =
            load_participant(&mailing->job, build->diag, build->course, build->participants.at[i]);
        if (is_wanted(options->cohort, participant->cohort)) {
            score_participant(&mailing->job, build->course, participant, &results);
            size_t people = mailing->letter->each_respondent ? build->course->respondents.count : 1;
            for (size_t r = 0; r < people; r++)
                add_letter(mailing, participant, &results,
                           mailing->letter->each_respondent ? (int32_t)r : RESPONDENT_NONE);
        }
        arena_reset(&mailing->job);
    }
}

/* Letters of a former run that this one does not make. */
static void remove_stale(struct mailing *mailing) {
    struct build *build = mailing->build;
    struct strings names = {0};
    const char *folder = path_join(&build->run, build->out,
                                   arena_printf(&build->run, "mail/%s", mailing->letter->id));
    folder_list(&build->run, folder, &names);
    for (size_t i = 0; i < names.count; i++) {
        size_t length = strlen(names.at[i]);
        if (length > 4 && strcmp(names.at[i] + length - 4, ".eml") == 0)
            unlink(path_join(&build->run, folder, names.at[i]));
    }
}

static void put_json(const struct mailing *mailing) {
    json_t *rows = json_array();
    for (size_t i = 0; i < mailing->messages.count; i++) {
        const struct message *message = &mailing->messages.at[i];
        json_t *row = json_object(), *to = json_array(), *cc = json_array(), *with = json_array();
        for (size_t k = 0; k < message->to.count; k++)
            json_array_append_new(to, json_string(message->to.at[k]));
        for (size_t k = 0; k < message->cc.count; k++)
            json_array_append_new(cc, json_string(message->cc.at[k]));
        for (size_t k = 0; k < message->attached.count; k++)
            json_array_append_new(with, json_string(message->attached.at[k]));
        json_object_set_new(row, "participant", json_string(message->participant));
        if (message->respondent)
            json_object_set_new(row, "respondent", json_string(message->respondent));
        json_object_set_new(row, "to", to);
        json_object_set_new(row, "cc", cc);
        json_object_set_new(row, "subject", json_string(message->subject));
        json_object_set_new(row, "attachments", with);
        json_object_set_new(row, "file", json_string(message->path));
        json_object_set_new(row, "size", json_integer((json_int_t)message->size));
        json_object_set_new(row, "sha256", json_string(message->sha256));
        json_array_append_new(rows, row);
    }
    json_dumpf(rows, stdout, JSON_INDENT(2) | JSON_SORT_KEYS);
    putchar('\n');
    json_decref(rows);
}

static void put_table(const struct mailing *mailing) {
    for (size_t i = 0; i < mailing->messages.count; i++) {
        const struct message *message = &mailing->messages.at[i];
        for (size_t k = 0; k < message->to.count; k++)
            printf("%s%s", k ? ", " : "", message->to.at[k]);
        for (size_t k = 0; k < message->cc.count; k++)
            printf("%s%s", k ? ", " : ", copy to ", message->cc.at[k]);
        printf("\n    %s\n", message->subject);
        for (size_t k = 0; k < message->attached.count; k++)
            printf("    + %s\n", message->attached.at[k]);
        printf("    %s, %.0f kB\n", message->path, (double)message->size / 1e3);
    }
    printf("%s%zu letters written, none sent", mailing->messages.count ? "\n" : "",
           mailing->messages.count);
    if (mailing->left_out)
        printf("; %zu left out, for whom the letter's 'if' does not hold", mailing->left_out);
    if (mailing->refused)
        printf("; %zu refused", mailing->refused);
    putchar('\n');
}

static const struct letter *find_letter(struct build *build, const char *id) {
    const struct course *course = build->course;
    const char **ids = ARENA_ARRAY(&build->run, const char *, course->letters.count + 1);
    for (size_t i = 0; i < course->letters.count; i++) {
        ids[i] = course->letters.at[i]->id;
        if (strcmp(ids[i], id) == 0)
            return course->letters.at[i];
    }
    const char *nearest = diag_nearest(id, ids, course->letters.count);
    fprintf(stderr, "tandem: error: there is no letter '%s'\n", id);
    if (nearest)
        fprintf(stderr, "hint: did you mean '%s'?\n", nearest);
    else
        fprintf(stderr, "hint: content/letters/ has: %s\n",
                course->letters.count ? diag_list(&build->run, ids, course->letters.count)
                                      : "nothing");
    return NULL;
}

static int write_letters(struct mailing *mailing) {
    struct build *build = mailing->build;
    if (!*mailing->settings.from.mailbox) {
        fprintf(stderr, "tandem: error: nobody is named whom letters come from\n"
                        "hint: write from: Name <name@example.org> into content/mail.yml\n");
        return EXIT_SOURCES;
    }
    if (!attachments_open(build, &mailing->attachments))
        return EXIT_SYSTEM;
    const char *error = NULL;
    if (!mail_message_start(&build->run, &error)) {
        fprintf(stderr, "tandem: error: letters need GMime: %s\nhint: install libgmime-3.0-0\n",
                error);
        return EXIT_SYSTEM;
    }
    arena_init(&mailing->job);
    remove_stale(mailing);
    add_letters(mailing);
    arena_release(&mailing->job);
    if (build->failure) {
        fprintf(stderr, "tandem: error: %s\n", build->failure);
        return EXIT_SYSTEM;
    }
    if (mailing->options->json)
        put_json(mailing);
    else
        put_table(mailing);
    return mailing->refused ? EXIT_SOURCES : EXIT_CLEAN;
}

int command_mail(const struct options *options) {
    struct build build;
    struct options planning = *options; /* the plan is of all: letters choose from it */
    planning.participant = NULL;
    int code;
    if (build_load(&build, &planning, &code)) {
        struct mailing mailing = {.build = &build, .options = options};
        load_mail_settings(&build.run, build.diag, options->course, &mailing.settings);
        mailing.letter = find_letter(&build, options->arguments[0]);
        code = EXIT_USAGE;
        if (mailing.letter && build_plan(&build)) {
            build_keys(&build);
            code = write_letters(&mailing);
        }
    }
    command_print_diagnostics(build.diag);
    build_release(&build);
    return code;
}
