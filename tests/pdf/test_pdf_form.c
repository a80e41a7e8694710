/* Forms: names that clash, states that would mislead, values that are shown once, fields that are
 * drawn only. Each object of a CLASSIC file is readable by itself. */
#define _GNU_SOURCE /* memmem */
#include "sample.h"

#include "write/pdf_document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char *const paths[] = {
    "/usr/share/fonts/truetype/gentiumplus/GentiumPlus-Regular.ttf"};
static const struct pdf_identity identity = {.course = "A course", .as_of = DATE_NONE};

struct scene {
    struct arena arena;
    struct sample sample;
    int32_t y_um;
    struct buf out;
};

static struct scene *new_scene(void) {
    static struct scene scene;
    memset(&scene, 0, sizeof scene);
    arena_init(&scene.arena);
    const struct fonts *fonts = sample_fonts(&scene.arena, paths, 1);
    assert_non_null(fonts);
    sample_init(&scene.sample, &scene.arena, fonts);
    sample_page(&scene.sample);
    buf_init(&scene.out, &scene.arena);
    return &scene;
}

static const struct face *scene_face(const struct scene *scene) {
    return scene->sample.fonts->by_family[FAMILY_TEXT][FACE_REGULAR];
}

/* A field below the last one; with a value, its text in its box. Returns its element. */
static uint32_t add_field(struct scene *scene, struct field field) {
    struct field *kept = ARENA_NEW(&scene->arena, struct field);
    *kept = field;
    uint32_t element = sample_element(&scene->sample, ROLE_FORM, 1);
    struct mark *mark = sample_mark(&scene->sample, MARK_FIELD, element);
    scene->y_um += 10000;
    mark->field = kept;
    mark->x_um = 20000;
    mark->y_um = scene->y_um;
    mark->width_um = field.kind == FIELD_CHECK || field.kind == FIELD_RADIO ? 4000 : 80000;
    mark->height_um = 6000;
    if (field.value)
        sample_text(&scene->sample, scene_face(scene), field.value, 21000, scene->y_um + 4500, 1100,
                    0, element);
    return element;
}

static void write_scene(struct scene *scene) {
    const char *error = NULL;
    struct pdf_batch *batch = pdf_batch_new(&scene->arena, scene->sample.fonts);
    assert_true(pdf_write_as(batch, &scene->arena, sample_layout(&scene->sample), &identity,
                             PDF_CLASSIC, &scene->out, &error));
    pdf_batch_free(batch);
}

static size_t count_text(const struct scene *scene, const char *text) {
    size_t count = 0;
    const char *at = scene->out.data, *end = at + scene->out.len;
    while ((at = memmem(at, (size_t)(end - at), text, strlen(text)))) {
        count++;
        at++;
    }
    return count;
}

static void tear_down(struct scene *scene) {
    fonts_close((struct fonts *)(uintptr_t)scene->sample.fonts);
    arena_release(&scene->arena);
}

static void test_names(void **state) {
    (void)state;
    struct scene *scene = new_scene();
    add_field(scene, (struct field){.kind = FIELD_TEXT, .name = "pace"});
    add_field(scene, (struct field){.kind = FIELD_TEXT, .name = "pace.item"}); /* above and below */
    add_field(scene, (struct field){.kind = FIELD_CHECK, .name = "pace.item"}); /* another kind */
    add_field(scene, (struct field){.kind = FIELD_TEXT, .name = "..odd..(name)."});
    add_field(scene, (struct field){.kind = FIELD_TEXT, .name = "..."});
    write_scene(scene);
    assert_int_equal(count_text(scene, "/T(pace)"), 1);
    assert_int_equal(count_text(scene, "/T(pace_)"), 1);
    assert_int_equal(count_text(scene, "/T(item)"), 1);
    assert_int_equal(count_text(scene, "/T(item_)"), 1);
    assert_int_equal(count_text(scene, "/T(odd)"), 1);
    assert_int_equal(count_text(scene, "/T(\\(name\\))"), 1);
    assert_int_equal(count_text(scene, "/T()"), 0);
    assert_int_equal(count_text(scene, "/TU(pace.item)"), 2); /* without a question: the name */
    tear_down(scene);
}

/* A field in two places is one field, with a widget in each. */
static void test_two_places(void **state) {
    (void)state;
    struct scene *scene = new_scene();
    struct field field = {
        .kind = FIELD_PROSE, .name = "twice", .tooltip = "What?", .value = "This"};
    add_field(scene, field);
    add_field(scene, field);
    write_scene(scene);
    assert_int_equal(count_text(scene, "/T(twice)"), 1);
    assert_int_equal(count_text(scene, "/V(This)"), 1);
    assert_int_equal(count_text(scene, "/Subtype/Widget"), 2);
    assert_int_equal(count_text(scene, "/Ff 4096"), 1);
    tear_down(scene);
}

static void test_states(void **state) {
    (void)state;
    struct scene *scene = new_scene();
    const char *options[] = {"Off", "a b/c", "x"};
    for (int i = 0; i < 3; i++)
        add_field(scene, (struct field){.kind = FIELD_RADIO,
                                        .name = "pick",
                                        .tooltip = "One",
                                        .group = "Which?",
                                        .option = options[i],
                                        .on = i == 1});
    add_field(scene, (struct field){.kind = FIELD_CHECK, .name = "tick", .option = ""});
    write_scene(scene);
    assert_int_equal(count_text(scene, "/TU(Which?)"), 1);
    assert_int_equal(count_text(scene, "/TU(One)"), 3);
    assert_int_equal(count_text(scene, "/V/a#20b#2Fc"), 1);
    assert_int_equal(count_text(scene, "/AS/a#20b#2Fc/AP "), 1);
    assert_int_equal(count_text(scene, "/N<</a#20b#2Fc "), 1);
    assert_int_equal(count_text(scene, "/N<</Off_ "), 1);
    assert_int_equal(count_text(scene, "/N<</Yes "), 1);
    assert_int_equal(count_text(scene, "/AS/Off/AP "), 3);
    assert_int_equal(count_text(scene, "/Ff 49152"), 1); /* radio, no toggle to off */
    tear_down(scene);
}

/* Without a name, or a Form to stand in, a box is drawn. */
static void test_drawn(void **state) {
    (void)state;
    struct scene *scene = new_scene();
    add_field(scene, (struct field){.kind = FIELD_CHECK});
    uint32_t element =
        add_field(scene, (struct field){.kind = FIELD_CHECK, .name = "in-a-paragraph"});
    scene->sample.elements.at[element].role = ROLE_P;
    write_scene(scene);
    assert_int_equal(count_text(scene, "/Subtype/Widget"), 0);
    assert_int_equal(count_text(scene, "/AcroForm"), 0);
    assert_int_equal(count_text(scene, "/S/Form/P"), 1);
    tear_down(scene);
}

/* A field over two pages: one field, a Form for each of its widgets. */
static void test_two_pages(void **state) {
    (void)state;
    struct scene *scene = new_scene();
    uint32_t element = add_field(
        scene, (struct field){.kind = FIELD_PROSE, .name = "long", .value = "Begins", .most = 80});
    struct mark first = scene->sample.pages.at[0].body.at[0];
    sample_page(&scene->sample);
    *sample_mark(&scene->sample, MARK_FIELD, element) = first;
    sample_text(&scene->sample, scene_face(scene), "ends", 21000, first.y_um + 4500, 1100, 0,
                element);
    write_scene(scene);
    assert_int_equal(count_text(scene, "/MaxLen 80"), 1); /* of the field, not of its widgets */
    assert_int_equal(count_text(scene, "/Subtype/Widget"), 2);
    assert_int_equal(count_text(scene, "/S/Form/P"), 2);
    assert_int_equal(count_text(scene, "/S/Div/P"), 1);
    assert_int_equal(count_text(scene, "/Type/OBJR"), 2);
    tear_down(scene);
}

/* Combo boxes offer their options and keep the id of the one that is chosen. */
static void test_combo(void **state) {
    (void)state;
    struct scene *scene = new_scene();
    static const struct option options[] = {{.id = "focus", .label = "Focus (deep)"},
                                            {.id = "calm", .label = "Calm"}};
    add_field(scene, (struct field){.kind = FIELD_COMBO,
                                    .name = "kind.r1",
                                    .value = "Focus (deep)",
                                    .stored = "focus",
                                    .options = options,
                                    .option_count = 2});
    add_field(scene, (struct field){.kind = FIELD_COMBO,
                                    .name = "kind.r2",
                                    .options = options,
                                    .option_count = 2,
                                    .editable = true});
    add_field(scene, (struct field){.kind = FIELD_COMBO, .name = "none"});
    write_scene(scene);
    assert_int_equal(count_text(scene, "/Opt[[(focus)(Focus \\(deep\\))][(calm)(Calm)]]"), 2);
    assert_int_equal(count_text(scene, "/Opt[]"), 1);
    assert_int_equal(count_text(scene, "/V(focus)"), 1);
    assert_int_equal(count_text(scene, "/Ff 131072/"), 2); /* combo */
    assert_int_equal(count_text(scene, "/Ff 393216/"), 1); /* that takes other texts */
    assert_int_equal(count_text(scene, "/JavaScript"), 0);
    tear_down(scene);
}

/* Fields of one format share their actions; those that are worked out are read-only, and in order
 * of what they need, of which each is defined once. */
static void test_scripts(void **state) {
    (void)state;
    struct scene *scene = new_scene();
    static const struct form_scripts scripts = {
        .common = "var tandem = '\xC3\xA9\xF0\x9F\x98\x80';",
        .show = {[FORMAT_MONEY] = "show(1);"},
        .check = {[FORMAT_MONEY] = "check(1);", [FORMAT_EMAIL] = "check(2);"}};
    static const struct formula base = {.name = "base", .definition = "base;\n"};
    static const struct formula *const needs[] = {&base, &base};
    static const struct formula next = {
        .name = "next", .definition = "next;\n", .needs = needs, .need_count = 2, .depth = 1};
    const struct field fields[] = {
        {.kind = FIELD_TEXT, .name = "a", .formula = &next, .calculate = "put(2);"},
        {.kind = FIELD_TEXT, .name = "b", .formula = &base, .calculate = "put(1);"},
        {.kind = FIELD_TEXT, .name = "c", .format = FORMAT_MONEY, .value = "1", .stored = "1.00"},
        {.kind = FIELD_TEXT, .name = "d", .format = FORMAT_MONEY, .at_right = true},
        {.kind = FIELD_TEXT, .name = "e", .format = FORMAT_EMAIL, .required = true}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        struct field field = fields[i];
        field.scripts = &scripts;
        add_field(scene, field);
    }
    write_scene(scene);
    assert_int_equal(count_text(scene, "/F<</S/JavaScript/JS(show\\(1\\);)>>"), 1);
    assert_int_equal(count_text(scene, "/V<</S/JavaScript/JS(check\\(1\\);)>>"), 1);
    assert_int_equal(count_text(scene, "/AA<</C<</S/JavaScript/JS(put\\(2\\);)>>>>"), 1);
    assert_int_equal(count_text(scene, "/Ff 1/"), 2); /* read-only */
    assert_int_equal(count_text(scene, "/Ff 2/"), 1); /* required */
    assert_int_equal(count_text(scene, "/V(1.00)"), 1);
    assert_int_equal(count_text(scene, ")/Q 2"), 1);
    assert_int_equal(count_text(scene, "/CO ["), 1);
    assert_int_equal(count_text(scene, "/JavaScript <<"), 1);
    tear_down(scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),     cmocka_unit_test(test_two_places),
        cmocka_unit_test(test_states),    cmocka_unit_test(test_drawn),
        cmocka_unit_test(test_two_pages), cmocka_unit_test(test_combo),
        cmocka_unit_test(test_scripts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
