/* pdf_write: the same bytes always, failure instead of a broken file. */
#define _GNU_SOURCE /* memmem */
#include "sample.h"

#include "base/pool.h"
#include "write/pdf_document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { DOCUMENTS = 6 };

static const char *const paths[] = {
    "/usr/share/fonts/truetype/gentiumplus/GentiumPlus-Regular.ttf"};
static const struct pdf_identity identity = {.course = "A course", .as_of = DATE_NONE};

struct scene {
    struct arena arena;
    const struct fonts *fonts;
    const struct layout *base;
    const struct layout *layouts[DOCUMENTS];
};

/* Documents share a page and have one of their own; the last uses glyphs outside the base. */
static const struct layout *make_layout(struct scene *scene, int number) {
    struct sample *sample = ARENA_NEW(&scene->arena, struct sample);
    sample_init(sample, &scene->arena, scene->fonts);
    const struct face *face = scene->fonts->by_family[FAMILY_TEXT][FACE_REGULAR];
    for (int page = 0; page < 2; page++) {
        sample_page(sample);
        uint32_t p = sample_element(sample, ROLE_P, 1);
        sample_text(sample, face,
                    page == 0 ? "The same for all"
                              : arena_printf(&scene->arena, "Answer %d%s", number % 2,
                                             number == DOCUMENTS - 1 ? " Ωμέγα" : ""),
                    20000, 30000, 1100, 0, p);
    }
    return sample_layout(sample);
}

static int set_up(void **state) {
    static struct scene scene;
    arena_init(&scene.arena);
    scene.fonts = sample_fonts(&scene.arena, paths, 1);
    if (!scene.fonts)
        return 1;
    for (int i = 0; i < DOCUMENTS; i++)
        scene.layouts[i] = make_layout(&scene, i);
    scene.base = scene.layouts[0];
    *state = &scene;
    return 0;
}

static int tear_down(void **state) {
    struct scene *scene = *state;
    fonts_close((struct fonts *)(uintptr_t)scene->fonts);
    arena_release(&scene->arena);
    return 0;
}

static struct pdf_batch *new_batch(struct scene *scene) {
    struct pdf_batch *batch = pdf_batch_new(&scene->arena, scene->fonts);
    pdf_batch_add_base(batch, scene->base);
    pdf_batch_freeze(batch, 2);
    return batch;
}

struct work {
    struct scene *scene;
    struct pdf_batch *batch;
    struct arena arenas[16];
    struct buf outs[64];
    bool written[64];
};

static void write_one(void *context, size_t worker, size_t job) {
    struct work *work = context;
    struct arena arena; /* a job's own, released before the next as in a build */
    struct buf out;
    const char *error;
    arena_init(&arena);
    buf_init(&out, &arena);
    work->written[job] = pdf_write(work->batch, &arena, work->scene->layouts[job % DOCUMENTS],
                                   &identity, &out, &error);
    buf_init(&work->outs[job], &work->arenas[worker]);
    buf_put(&work->outs[job], out.data, out.len);
    arena_release(&arena);
}

/* Writes `jobs` documents, those of one layout by turns, and checks that they are as `before`. */
static void check_same(struct work *work, const struct work *before, size_t jobs) {
    for (size_t i = 0; i < jobs; i++) {
        const struct buf *first =
            before ? &before->outs[i % DOCUMENTS] : &work->outs[i % DOCUMENTS];
        assert_true(work->written[i]);
        assert_int_equal(work->outs[i].len, first->len);
        assert_memory_equal(work->outs[i].data, first->data, first->len);
    }
}

static void end_work(struct work *work) {
    for (size_t i = 0; i < 16; i++)
        arena_release(&work->arenas[i]);
    pdf_batch_free(work->batch);
}

static void test_same_bytes_in_any_order(void **state) {
    static struct work first, second;
    memset(&first, 0, sizeof first);
    memset(&second, 0, sizeof second);
    first = (struct work){.scene = *state, .batch = new_batch(*state)};
    second = (struct work){.scene = *state, .batch = new_batch(*state)};
    for (size_t i = 0; i < 3 * DOCUMENTS; i++)
        write_one(&first, 0, i);
    check_same(&first, NULL, 3 * DOCUMENTS);
    for (size_t i = DOCUMENTS; i-- > 0;)
        write_one(&second, 0, i);
    check_same(&second, &first, DOCUMENTS);
    end_work(&second);
    end_work(&first);
}

static void test_threads_at_once(void **state) {
    static struct work alone, together;
    alone = (struct work){.scene = *state, .batch = new_batch(*state)};
    together = (struct work){.scene = *state, .batch = new_batch(*state)};
    for (size_t i = 0; i < DOCUMENTS; i++)
        write_one(&alone, 0, i);
    pool_run(4, 64, write_one, &together);
    check_same(&together, &alone, 64);
    end_work(&together);
    end_work(&alone);
}

static void test_threads_within_a_document(void **state) {
    static struct work alone, spread;
    alone = (struct work){.scene = *state, .batch = new_batch(*state)};
    spread = (struct work){.scene = *state, .batch = new_batch(*state)};
    pdf_batch_allow_threads(spread.batch, 3);
    for (size_t i = 0; i < DOCUMENTS; i++)
        write_one(&alone, 0, i);
    pool_run(2, 2 * DOCUMENTS, write_one, &spread);
    check_same(&spread, &alone, 2 * DOCUMENTS);
    end_work(&spread);
    end_work(&alone);
}

static const char *find_bytes(const struct buf *buf, const char *text) {
    return memmem(buf->data, buf->len, text, strlen(text));
}

static void write_layout(struct scene *scene, const struct layout *layout, enum pdf_layout as,
                         bool with_base, struct arena *arena, struct buf *out) {
    const char *error = NULL;
    struct pdf_batch *batch =
        with_base ? new_batch(scene) : pdf_batch_new(&scene->arena, scene->fonts);
    buf_init(out, arena);
    assert_true(pdf_write_as(batch, arena, layout, &identity, as, out, &error));
    pdf_batch_free(batch);
}

static size_t count_bytes(const struct buf *buf, const char *text) {
    size_t count = 0;
    struct buf rest = *buf;
    for (const char *at; (at = find_bytes(&rest, text)); count++) {
        rest.len -= (size_t)(at + 1 - rest.data);
        rest.data += at + 1 - rest.data;
    }
    return count;
}

/* A document of base glyphs has the base's font; one with others has a second; without a base each
 * has its own. */
static void test_fonts_of_base_and_own(void **state) {
    struct scene *scene = *state;
    struct arena arena;
    struct buf base, more, none;
    arena_init(&arena);
    write_layout(scene, scene->layouts[0], PDF_CLASSIC, true, &arena, &base);
    write_layout(scene, scene->layouts[DOCUMENTS - 1], PDF_CLASSIC, true, &arena, &more);
    write_layout(scene, scene->layouts[0], PDF_CLASSIC, false, &arena, &none);
    assert_int_equal(count_bytes(&base, "/Type /FontDescriptor"), 1);
    assert_int_equal(count_bytes(&more, "/Type /FontDescriptor"), 2);
    assert_int_equal(count_bytes(&none, "/Type /FontDescriptor"), 1);
    const char *name = find_bytes(&base, "/FontName /");
    assert_non_null(name);
    const char *tag = arena_strndup(&arena, name, strlen("/FontName /ABCDEF+"));
    assert_non_null(find_bytes(&more, tag));
    arena_release(&arena);
}

static void test_no_dates_unless_given(void **state) {
    struct scene *scene = *state;
    struct arena arena;
    struct buf out;
    arena_init(&arena);
    write_layout(scene, scene->layouts[0], PDF_CLASSIC, true, &arena, &out);
    assert_null(find_bytes(&out, "CreationDate"));
    assert_null(find_bytes(&out, "CreateDate"));
    assert_non_null(find_bytes(&out, "pdfuaid:part"));
    arena_release(&arena);
}

/* libharu takes strings up to 65,535 bytes: more is an error, not a damaged file. */
static void test_limit_is_an_error(void **state) {
    struct scene *scene = *state;
    struct arena arena;
    struct buf out, title;
    const char *error = NULL;
    arena_init(&arena);
    buf_init(&out, &arena);
    buf_init(&title, &arena);
    for (int i = 0; i < 70000; i++)
        buf_putc(&title, 'x');
    struct layout layout = *scene->layouts[0];
    layout.title = title.data;
    struct pdf_batch *batch = new_batch(scene);
    assert_false(pdf_write(batch, &arena, &layout, &identity, &out, &error));
    assert_non_null(error);
    pdf_batch_free(batch);
    arena_release(&arena);
}

/* A figure that says nothing is no accessible file, and does not claim to be one. */
static void test_claim_of_accessibility(void **state) {
    struct scene *scene = *state;
    struct arena arena;
    struct buf out;
    arena_init(&arena);
    struct layout layout = *scene->layouts[0];
    layout.elements = ARENA_ARRAY(&arena, struct element, layout.element_count + 1);
    memcpy(layout.elements, scene->layouts[0]->elements,
           layout.element_count * sizeof *layout.elements);
    layout.elements[layout.element_count++] = (struct element){.role = ROLE_FIGURE, .parent = 1};
    write_layout(scene, &layout, PDF_CLASSIC, true, &arena, &out);
    assert_null(find_bytes(&out, "pdfuaid:part"));
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_same_bytes_in_any_order),
                                       cmocka_unit_test(test_threads_at_once),
                                       cmocka_unit_test(test_threads_within_a_document),
                                       cmocka_unit_test(test_fonts_of_base_and_own),
                                       cmocka_unit_test(test_no_dates_unless_given),
                                       cmocka_unit_test(test_limit_is_an_error),
                                       cmocka_unit_test(test_claim_of_accessibility)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
