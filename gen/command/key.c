/* Keys: the hash of all that a file is made from. Two builds with the same key give the same bytes,
 * so that a file whose key is as remembered need not be made again. A key is the same on every
 * machine: places of words in their files, stamps of time and names of folders are not in it. It
 * stands in the file itself, in the sheet's code and in the manifest.
 *
 * What a material reads: its own modules, word for word; what other modules define (blocks that are
 * asked, calculated or scored), but not their prose; the course's own keys; its template; fixed
 * words. */
#include "command/build.h"

#include "block/block.h"

/* Everything goes in with its length or in a fixed number of bytes, so that no two lists of things
 * are alike. */
static void put_int(struct sha256 *hash, int64_t number) {
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)number >> (8 * i));
    sha256_add(hash, bytes, sizeof bytes);
}

static void put_real(struct sha256 *hash, double number) {
    int64_t bits;
    memcpy(&bits, &number, sizeof bits);
    put_int(hash, bits);
}

static void put_text(struct sha256 *hash, const char *text) {
    size_t length = text ? strlen(text) : 0;
    put_int(hash, text ? (int64_t)length : -1);
    if (length)
        sha256_add(hash, text, length);
}

static void put_texts(struct sha256 *hash, const char *const *texts, size_t count) {
    put_int(hash, (int64_t)count);
    for (size_t i = 0; i < count; i++)
        put_text(hash, texts[i]);
}

static void put_names(struct sha256 *hash, const struct name_list *names) {
    put_int(hash, (int64_t)names->count);
    for (size_t i = 0; i < names->count; i++)
        put_text(hash, names->at[i].text);
}

static void put_value(struct sha256 *hash, const struct value *value) {
    put_int(hash, value->kind);
    put_int(hash, value->unit);
    put_real(hash, value->number);
    put_text(hash, value->text);
    put_int(hash, (int64_t)value->count);
    for (size_t i = 0; i < value->count; i++)
        put_value(hash, &value->items[i]);
}

static void put_attributes(struct sha256 *hash, const struct attributes *attributes) {
    put_int(hash, attributes != NULL);
    if (!attributes)
        return;
    put_text(hash, attributes->id);
    put_texts(hash, attributes->classes, attributes->class_count);
    put_int(hash, (int64_t)attributes->count);
    for (size_t i = 0; i < attributes->count; i++) {
        put_text(hash, attributes->items[i].key);
        put_text(hash, attributes->items[i].value);
    }
}

/* ---- modules ---- */

struct reading {
    struct sha256 *hash;
    const struct course *course;
    struct arena *scratch;
    bool facilitator; /* their notes are printed */
    int depth;        /* of blocks that are printed again */
};

static void put_node(struct reading *reading, const struct node *node);

static void put_children(struct reading *reading, const struct node *node) {
    for (const struct node *child = node->first; child; child = child->next)
        put_node(reading, child);
    put_int(reading->hash, -1);
}

/* A link may show the words of what it points to, in whatever module that stands. */
static void put_target(struct reading *reading, const char *url) {
    const struct place_target *target =
        url && url[0] == '#' ? map_find(&reading->course->places, url + 1) : NULL;
    put_int(reading->hash, target != NULL);
    if (!target)
        return;
    put_text(reading->hash, target->module ? target->module->id : NULL);
    put_text(reading->hash, target->module ? target->module->title : NULL);
    const struct node *node = target->node;
    put_int(reading->hash, node ? (int64_t)node->kind : -1);
    if (!node)
        return;
    put_text(reading->hash, node->title);
    put_text(reading->hash, node->block ? node->block->title : NULL);
    put_text(reading->hash, node->block ? node->block->label : NULL);
    put_text(reading->hash, node->legend ? node_plain_text(reading->scratch, node->legend) : NULL);
    put_text(reading->hash, node_plain_text(reading->scratch, node));
}

static void put_node(struct reading *reading, const struct node *node) {
    struct sha256 *hash = reading->hash;
    const struct block *block =
        node->kind == NODE_DIV || node->kind == NODE_LIST ? node->block : NULL;
    put_int(hash, node->kind);
    put_attributes(hash, node->attributes);
    if (block && block->facilitator && !reading->facilitator)
        return;
    put_text(hash, node->text);
    put_text(hash, node->caption);
    put_text(hash, node->info);
    put_text(hash, node->url);
    put_text(hash, node->title);
    put_int(hash, node->level);
    put_int(hash, node->start);
    put_int(hash, node->number);
    put_int(hash, node->align);
    put_int(hash, node->ordered | node->tight << 1 | node->task << 2 | node->ticked << 3);
    if (node->image)
        sha256_add(hash, node->image->sha256, sizeof node->image->sha256);
    if (node->kind == NODE_LINK)
        put_target(reading, node->url);
    put_int(hash, node->legend != NULL);
    if (node->legend)
        put_node(reading, node->legend);
    enum { DEPTH = 16 };
    if (block && block->used && reading->depth < DEPTH) {
        reading->depth++;
        put_node(reading, block->used->node);
        reading->depth--;
    }
    put_children(reading, node);
}

static void put_module(struct reading *reading, const struct module *module) {
    struct sha256 *hash = reading->hash;
    put_text(hash, module->id);
    put_text(hash, module->title);
    put_text(hash, module->summary);
    put_int(hash, module->minutes);
    put_texts(hash, module->objectives.at, module->objectives.count);
    put_texts(hash, module->sources.at, module->sources.count);
    put_text(hash, module->for_respondent);
    put_node(reading, module->document);
    put_int(hash, (int64_t)module->footnote_count);
    for (size_t i = 0; i < module->footnote_count; i++)
        put_node(reading, module->footnotes[i]);
}

/* ---- definitions ---- */

/* Boxes around words: nothing outside their module depends on them. */
static bool is_prose(const struct block *block) {
    static const char *const kinds[] = {"note",    "tip",         "example", "quote", "warning",
                                        "columns", "column",      "card",    "keep",  "page-break",
                                        "sign",    "facilitator", "advice"};
    if (block->slot_count)
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(block->type->name, kinds[i]) == 0)
            return true;
    return false;
}

static void put_head(struct sha256 *hash, const struct block *block) {
    put_text(hash, block->type->name);
    put_text(hash, block->id);
    put_text(hash, block->title);
    put_attributes(hash, block->node->attributes);
}

/* What others see of a block: its head, what it stands in, and the list or table that it asks about. */
static void put_block(struct reading *reading, const struct block *block) {
    struct sha256 *hash = reading->hash;
    put_head(hash, block);
    for (const struct block *parent = block->parent; parent; parent = parent->parent)
        put_head(hash, parent);
    put_text(hash, block->module ? block->module->id : NULL);
    put_text(hash, block->module ? block->module->title : NULL);
    put_text(hash, block->module ? block->module->for_respondent : NULL);
    put_text(hash, block->slot_count || block->expr || block->score ? block->label : NULL);
    put_int(hash, block->shown_to);
    put_int(hash, block->by);
    put_int(hash,
            block->own | block->required << 1 | block->is_private << 2 | block->facilitator << 3);
    put_text(hash, block->used ? block->used->id : NULL);
    if (block->slot_count && block->body)
        put_node(reading, block->body);
    put_int(hash, (int64_t)block->slot_count);
    for (size_t i = 0; i < block->slot_count; i++) {
        put_text(hash, block->slots[i]->name);
        put_text(hash, block->slots[i]->label);
    }
}

static void put_definitions(struct reading *reading) {
    const struct course *course = reading->course;
    reading->facilitator = true;
    for (size_t i = 0; i < course->blocks.count; i++)
        if (!is_prose(course->blocks.at[i]) && !course->blocks.at[i]->module->letter)
            put_block(reading, course->blocks.at[i]);
}

/* ---- the course's own keys ---- */

static void put_people(struct sha256 *hash, const struct course *course) {
    put_int(hash, (int64_t)course->profile.count);
    for (size_t i = 0; i < course->profile.count; i++) {
        put_text(hash, course->profile.at[i].name);
        put_int(hash, course->profile.at[i].type);
        put_int(hash, course->profile.at[i].required);
    }
    put_int(hash, (int64_t)course->respondents.count);
    for (size_t i = 0; i < course->respondents.count; i++) {
        put_text(hash, course->respondents.at[i].id);
        put_text(hash, course->respondents.at[i].label);
    }
    put_int(hash, (int64_t)course->sittings.count);
    for (size_t i = 0; i < course->sittings.count; i++) {
        const struct sitting_rule *rule = &course->sittings.at[i];
        put_text(hash, rule->id);
        put_text(hash, rule->title);
        put_int(hash, rule->from);
        put_int(hash, rule->to);
    }
}

static void put_score(struct sha256 *hash, const struct score *score) {
    put_text(hash, score->id);
    put_text(hash, score->title);
    put_int(hash, score->method);
    put_names(hash, &score->of);
    put_int(hash, score->respondent);
    put_real(hash, score->answered);
    put_int(hash, score->decimals);
    put_int(hash, score->by_dimension);
    put_int(hash, (int64_t)score->band_count);
    for (size_t i = 0; i < score->band_count; i++) {
        put_real(hash, score->bands[i].to);
        put_text(hash, score->bands[i].name);
    }
}

static void put_measures(struct sha256 *hash, const struct course *course) {
    put_int(hash, (int64_t)course->scales.count);
    for (size_t i = 0; i < course->scales.count; i++) {
        const struct scale *scale = &course->scales.at[i];
        put_text(hash, scale->id);
        put_int(hash, scale->from);
        put_texts(hash, scale->points, scale->count);
    }
    put_int(hash, (int64_t)course->scores.count);
    for (size_t i = 0; i < course->scores.count; i++)
        put_score(hash, &course->scores.at[i]);
}

static void put_course(struct sha256 *hash, const struct course *course) {
    put_text(hash, "tandem " TANDEM_VERSION);
    put_text(hash, course->title);
    put_text(hash, course->version);
    put_text(hash, course->publisher);
    put_text(hash, course->licence);
    put_text(hash, course->language);
    put_text(hash, course->currency);
    put_int(hash, course->start);
    put_int(hash, course->as_of);
    put_int(hash, (int64_t)course->values.count);
    for (size_t i = 0; i < course->values.count; i++) {
        put_text(hash, course->values.at[i].name);
        put_value(hash, &course->values.at[i].value);
    }
    put_people(hash, course);
    put_measures(hash, course);
    put_texts(hash, course->words, WORD_COUNT);
}

/* ---- a material ---- */

static void put_theme(struct sha256 *hash, const struct theme *theme) {
    put_text(hash, theme->name);
    put_int(hash, theme->greyscale);
    put_int(hash, (int64_t)theme->source->size);
    sha256_add(hash, theme->source->text, theme->source->size);
    if (theme->logo)
        sha256_add(hash, theme->logo->sha256, sizeof theme->logo->sha256);
}

static void put_material(struct sha256 *hash, const struct material *material) {
    put_int(hash, material->kind);
    put_text(hash, material->name);
    put_text(hash, material->title);
    put_names(hash, &material->modules);
    put_names(hash, &material->sheets);
    put_names(hash, &material->paper);
    put_int(hash, material->each);
    put_int(hash, material->respondent);
    put_int(hash, material->cover | material->contents << 1 | material->index << 2 |
                      material->facilitator << 3 | material->blank << 4 | material->filled << 5 |
                      material->folders << 6 | material->greyscale << 7 | material->texts << 8 |
                      material->anonymous << 9);
}

/* The hashes of modules, with and without the facilitator's notes. */
struct module_hashes {
    char (*at)[2][SHA256_HEX];
};

static void hash_modules(struct reading *reading, struct arena *arena,
                         struct module_hashes *hashes) {
    const struct course *course = reading->course;
    hashes->at = arena_alloc_array(arena, course->modules.count + 1, sizeof *hashes->at);
    for (size_t i = 0; i < course->modules.count; i++)
        for (int noted = 0; noted < 2; noted++) {
            reading->hash = sha256_new(arena);
            reading->facilitator = noted;
            put_module(reading, course->modules.at[i]);
            sha256_end(reading->hash, hashes->at[i][noted]);
        }
}

static void hash_batch(struct arena *arena, struct batch *batch, const char *common,
                       const struct module_hashes *hashes) {
    const struct material *material = batch->material;
    struct sha256 *hash = sha256_new(arena);
    put_text(hash, common);
    put_material(hash, material);
    put_theme(hash, material->theme);
    put_int(hash, batch->filled); /* then fonts hold what people type most */
    for (size_t i = 0; material->kind == MATERIAL_PDF && i < material->modules.count; i++)
        put_text(hash, hashes->at[material->module_list[i]->index][material->facilitator]);
    sha256_end(hash, batch->key);
}

/* ---- people ---- */

struct answer_key key_of_answers(struct arena *scratch, const struct course *course,
                                 const struct participant *participant) {
    struct sha256 *hash = sha256_new(scratch);
    put_text(hash, participant->id);
    put_text(hash, participant->cohort);
    for (size_t i = 0; i < course->profile.count; i++)
        put_value(hash, &participant->profile[i]);
    put_int(hash, (int64_t)participant->sitting_count);
    for (size_t i = 0; i < participant->sitting_count; i++) {
        put_text(hash, participant->sittings[i].id);
        put_int(hash, participant->sittings[i].date);
        put_int(hash, participant->sittings[i].answered);
    }
    put_int(hash, (int64_t)participant->answer_count);
    for (size_t i = 0; i < participant->answer_count; i++) {
        const struct answer *answer = &participant->answers[i];
        put_text(hash, answer->slot->name);
        put_int(hash, answer->respondent);
        put_int(hash, answer->sitting);
        put_int(hash, answer->row);
        put_int(hash, answer->date);
        put_value(hash, &answer->value);
    }
    put_int(hash, (int64_t)participant->log_count);
    for (size_t i = 0; i < participant->log_count; i++) {
        put_text(hash, participant->logs[i].log->id);
        put_int(hash, participant->logs[i].rows);
    }
    struct answer_key key;
    sha256_end_bytes(hash, key.sha256);
    return key;
}

/* Everybody's answers: what may be told of one cohort depends on the others. */
static void hash_members(struct arena *scratch, struct build *build) {
    struct sha256 *hash = sha256_new(scratch);
    for (size_t i = 0; build->cohorts && i < build->cohorts->members.count; i++) {
        put_text(hash, build->cohorts->members.at[i].id);
        put_text(hash, build->cohorts->members.at[i].cohort);
        put_text(hash, build->cohorts->members.at[i].answers_id);
    }
    sha256_end_bytes(hash, build->everybody.sha256);
}

/* ---- jobs ---- */

static void hash_job(struct arena *scratch, struct build *build, const struct job *job) {
    char key[SHA256_HEX];
    if (!job->participant && !job->cohort) {
        memcpy(key, job->batch->key, sizeof key);
    } else {
        const struct answer_key *answers =
            job->cohort ? &build->everybody : &build->answer_keys.at[job->person];
        struct sha256 *hash = sha256_new(scratch);
        put_text(hash, job->batch->key);
        put_text(hash, job->cohort ? job->cohort->name : NULL);
        put_int(hash, job->cohort ? job->cohort->group : 0);
        sha256_add(hash, answers->sha256, sizeof answers->sha256);
        sha256_end(hash, key);
    }
    for (size_t i = 0; i < job->entry_count; i++)
        memcpy(build->entries.at[job->first_entry + i].key, key, sizeof key);
    if (job->batch->imposition.kind == IMPOSE_NONE)
        return;
    const struct imposition *imposition = &job->batch->imposition;
    struct sha256 *hash = sha256_new(scratch);
    put_text(hash, key);
    put_int(hash, imposition->kind);
    put_int(hash, imposition->crop_marks);
    put_int(hash, imposition->bleed_um);
    put_text(hash, imposition->sheet ? imposition->sheet->name : NULL);
    sha256_end(hash, key);
    for (size_t i = 0; i < job->entry_count; i++)
        memcpy(build->entries.at[job->first_entry + job->entry_count + i].key, key, sizeof key);
}

void build_keys(struct build *build) {
    struct arena arena;
    arena_init(&arena);
    struct reading reading = {sha256_new(&arena), build->course, &arena, true, 0};
    char common[SHA256_HEX];
    put_course(reading.hash, build->course);
    put_definitions(&reading);
    sha256_end(reading.hash, common);
    struct module_hashes hashes;
    hash_modules(&reading, &arena, &hashes);
    for (size_t i = 0; i < build->batch_count; i++)
        hash_batch(&arena, &build->batches[i], common, &hashes);
    hash_members(&arena, build);
    for (size_t i = 0; i < build->jobs.count; i++) {
        arena_reset(&arena);
        hash_job(&arena, build, &build->jobs.at[i]);
    }
    arena_release(&arena);
}
