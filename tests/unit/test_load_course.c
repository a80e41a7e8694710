/* course.yml, modules, fixed words and templates. */
#define _GNU_SOURCE
#include "load_fixture.h"

static const char whole[] =
    "title: The \"Course\"\n"
    "version: \"1.0\"\n"
    "publisher: P\n"
    "licence: L\n"
    "language: en-GB\n"
    "currency: EUR\n"
    "start: 2026-09-01\n"
    "as-of: 2026-12-15\n"
    "template: classic\n"
    "values: {weeks: 46, share: 8%, day: 2026-01-02, word: x}\n"
    "profile: {assistant.name: text, company: {type: email, required: false}}\n"
    "respondents:\n"
    "  assistant: {label: Assistant}\n"
    "  executive: {label: Executive}\n"
    "sittings: [{id: start, from: 2026-09-01, to: 2026-09-30}, {id: end, title: The end, from: "
    "2026-10-01, to: 2026-10-31}]\n"
    "columns: {\"How often?\": relationship.run}\n"
    "scales:\n"
    "  frequency: [Never, Often]\n"
    "  ready: {from: 0, points: [No, Yes, Now]}\n"
    "scores:\n"
    "  stage:\n"
    "    title: Stage\n"
    "    mean: [relationship, expectations.now]\n"
    "    respondent: executive\n"
    "    answered: 0.5\n"
    "    decimals: 2\n"
    "    bands: [{to: 2.0, name: Tell}, {name: Show}]\n"
    "  parts: {percent: check-up, by: dimension}\n"
    "materials:\n"
    "  - {pdf: book, title: Book, modules: [two, one], each: respondent, paper: [a4, letter], "
    "cover: true}\n"
    "  - {pdf: notes, modules: [one], facilitator: true, for: assistant}\n"
    "  - {xlsx: book, sheets: [guide], filled: folders}\n";

static struct course *load(struct fixture *f, const char *text) {
    fixture_open(f);
    fixture_folder(f);
    fixture_text(f, "content/modules/one.md", "# One\n");
    fixture_text(f, "content/modules/b.md", "---\nid: two\n---\n\nText.\n");
    if (text)
        fixture_text(f, "content/course.yml", text);
    return load_course(&f->run, f->diag, f->folder);
}

static void a_whole_course(void **state) {
    (void)state;
    struct fixture f;
    struct course *course = load(&f, whole);
    assert_clean(&f);
    assert_string_equal(course->title, "The “Course”");
    assert_string_equal(course->currency, "EUR");
    assert_int_equal(course->start, date_from_civil(2026, 9, 1));
    assert_int_equal(course->as_of, date_from_civil(2026, 12, 15));
    assert_int_equal(course->values.count, 4);
    assert_int_equal(course->values.at[0].value.kind, VALUE_NUMBER);
    assert_int_equal(course->values.at[1].value.unit, UNIT_PERCENT);
    assert_true(course->values.at[1].value.number == 0.08);
    assert_int_equal(course->values.at[2].value.kind, VALUE_DATE);
    assert_int_equal(course->values.at[3].value.kind, VALUE_TEXT);
    assert_true(course->profile.at[0].required && !course->profile.at[1].required);
    assert_int_equal(course->profile.at[1].type, SLOT_EMAIL);
    assert_string_equal(course->respondents.at[1].label, "Executive");
    assert_string_equal(course->sittings.at[1].title, "The end");
    assert_string_equal(course->sittings.at[0].title, "start");
    assert_int_equal(course->scales.at[1].from, 0);
    assert_int_equal(course->scales.at[1].count, 3);
    const struct score *stage = course_find_score(course, "stage");
    assert_int_equal(stage->method, SCORE_MEAN);
    assert_int_equal(stage->of.count, 2);
    assert_string_equal(stage->of.at[1].text, "expectations.now");
    assert_int_equal(stage->of.at[1].at.line, 23);
    assert_int_equal(stage->of.at[1].at.col, 26);
    assert_int_equal(stage->respondent, 1);
    assert_int_equal(stage->band_count, 2);
    assert_int_equal(score_find_band(stage, 99), 1);
    const struct score *parts = course_find_score(course, "parts");
    assert_true(parts->by_dimension && parts->respondent == RESPONDENT_NONE);
    assert_true(parts->answered == 0.8 && parts->decimals == 1);
    assert_int_equal(course->modules.count, 2);
    assert_string_equal(course->modules.at[0]->id, "one");
    const struct material *book = &course->materials.at[0];
    assert_string_equal(book->module_list[0]->id, "two");
    assert_int_equal(book->each, EACH_RESPONDENT);
    assert_int_equal(book->paper.count, 2);
    assert_true(book->cover && !book->contents && book->blank && book->filled);
    assert_false(course->materials.at[1].filled);
    assert_int_equal(course->materials.at[1].respondent, 0);
    assert_int_equal(course->materials.at[2].kind, MATERIAL_XLSX);
    assert_true(course->materials.at[2].filled && course->materials.at[2].folders);
    assert_false(book->folders || course->materials.at[1].folders);
    assert_non_null(course->theme);
    assert_ptr_equal(book->theme, course->theme);
    fixture_close(&f);
}

static void each_mistake_has_its_place(void **state) {
    (void)state;
    static const struct {
        const char *line, *message;
    } cases[] = {
        {"titel: x\n", "content/course.yml:3:1: error: unknown key 'titel'"},
        {"language: en_GB\n", ":3:11: error: there are no fixed words for the language 'en_GB'"},
        {"currency: pounds\n", ":3:11: error: 'pounds' is not a currency"},
        {"start: 2026-02-30\n", ":3:8: error: there is no date 2026-02-30"},
        {"template: clasic\n", ":3:11: error: unknown template 'clasic'\n"},
        {"values: {Weeks: 1}\n", ":3:10: error: 'Weeks' is not an id"},
        {"profile: {a.B: text}\n", ":3:11: error: 'B' is not an id"},
        {"profile: {a: txt}\n", ":3:14: error: 'type' cannot be 'txt'"},
        {"profile: {a: {typ: text}}\n", ":3:15: error: unknown key 'typ'"},
        {"respondents: {first: {label: F}}\n",
         ":3:15: error: the id 'first' has a meaning of its own"},
        {"respondents: {a: {lable: F}}\n", ":3:19: error: unknown key 'lable'"},
        {"sittings: [{id: a, from: 2026-01-02, to: 2026-01-01}]\n",
         "the sitting 'a' ends before it"},
        {"sittings: [{id: a, from: 2026-01-01, to: 2026-01-09}, {id: b, from: 2026-01-09, to: "
         "2026-01-10}]\n",
         ":3:60: error: the sitting 'b' begins on 2026-01-09, but 'a' lasts"},
        {"sittings: [{id: a, from: 2026-01-01, to: 2026-01-02}, {id: a, from: 2026-02-01, to: "
         "2026-02-02}]\n",
         ":3:60: error: the id 'a' is already taken, at content/course.yml:3"},
        {"sittings: [{id: a, from: 2026-01-01}]\n", "error: 'to' is missing"},
        {"respondents: {a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H, i: I, j: J, k: K, l: L, "
         "m: M, n: N, o: O, p: P, q: Q}\n",
         ":3:111: error: a course has at most 16 respondents"},
        {"sittings: [{id: participant, from: 2026-01-01, to: 2026-01-02}]\n",
         "error: 'participant' is already the id of a respondent"},
        {"scales: {a: [x]}\n", ":3:10: error: a scale has 2 to 11 points; 'a' has 1"},
        {"scales: {a: [x, x]}\n", ":3:17: error: the point 'x' is given twice"},
        {"scales: {a: x}\n", ":3:13: error: expected a list of points, found 'x'"},
        {"scores: {a: {title: T}}\n", ":3:10: error: the score 'a' needs exactly one of mean"},
        {"scores: {a: {mean: r, sum: r}}\n", "the score 'a' needs exactly one of mean"},
        {"scores: {a: {mean: r.b.c}}\n", ":3:20: error: 'r.b.c' does not name a rating"},
        {"scores: {a: {mean: r, respondent: boss}}\n", ":3:35: error: unknown respondent 'boss'"},
        {"scores: {a: {mean: r, answered: 80}}\n", ":3:33: error: 'answered' is a share"},
        {"scores: {a: {mean: r, by: theme}}\n", ":3:27: error: a score can be split by dimension"},
        {"scores: {a: {mean: r, decimals: 9}}\n", ":3:33: error: expected a whole number from 0"},
        {"scores: {a: {mean: r, bands: [{to: 2, name: x}, {to: 1, name: y}]}}\n",
         ":3:54: error: the band 'y' ends at 1, not above"},
        {"scores: {a: {mean: r, bands: [{name: x}, {to: 1, name: y}]}}\n",
         "error: only the last band may go without 'to'"},
        {"materials: [{pdf: a, modules: [on]}]\n", ":3:32: error: unknown module 'on'\n"},
        {"materials: [{pdf: a, modules: [one, one]}]\n", "the module 'one' is given twice"},
        {"materials: [{pdf: a, modules: [one], paper: a8}]\n", "error: 'paper' cannot be 'a8'"},
        {"materials: [{pdf: a, modules: [one], each: person}]\n", "'each' cannot be 'person'"},
        {"materials: [{pdf: a, modules: [one], sheets: [x]}]\n", "'sheets' belongs to an xlsx"},
        {"materials: [{pdf: a}]\n", "error: 'modules' is missing"},
        {"materials: [{title: x}]\n",
         ":3:13: error: a material is 'pdf: NAME', 'xlsx: NAME' or 'data: NAME'"},
        {"materials: [{pdf: A b, modules: [one]}]\n", "error: 'A b' is not an id"},
        {"materials: [{pdf: a, modules: [one]}, {pdf: a, modules: [one]}]\n",
         ":3:45: error: the id 'a' is already taken, at content/course.yml:3"},
        {"materials: x\n", ":3:12: error: expected a list of materials"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f;
        fixture_open(&f);
        bool has = strncmp(cases[i].line, "materials", 9) == 0;
        char *text = arena_printf(&f.run, "title: T\n%s\n%s",
                                  has ? "" : "materials: [{xlsx: x, sheets: []}]", cases[i].line);
        struct fixture g;
        load(&g, text);
        assert_message(&g, cases[i].message);
        fixture_close(&g);
        fixture_close(&f);
    }
}

static void what_is_missing(void **state) {
    (void)state;
    struct fixture f;
    assert_null(load(&f, NULL));
    assert_message(&f, "error: there is no course in '");
    fixture_close(&f);
    assert_null(load(&f, "# nothing\n"));
    assert_message(&f, "content/course.yml:1:1: error: this file holds nothing");
    fixture_close(&f);
    load(&f, "version: 1\n");
    assert_message(&f, "'title' is missing");
    assert_message(&f, "'materials' is missing");
    fixture_close(&f);
}

static void modules_and_their_names(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    fixture_folder(&f);
    fixture_text(&f, "content/course.yml", "title: T\nmaterials: []\n");
    fixture_text(&f, "content/modules/My File.md", "x\n");
    fixture_text(&f, "content/modules/a.md", "---\nid: same\nfor: boss\n---\n");
    fixture_text(&f, "content/modules/b.md", "---\nid: same\n---\n");
    fixture_text(&f, "secret.md", "outside\n");
    const char *link = path_join(&f.run, f.folder, "content/modules/link.md");
    assert_int_equal(symlink("../../secret.md", link), 0);
    load_course(&f.run, f.diag, f.folder);
    assert_message(&f,
                   "content/modules/My File.md: error: 'My File.md' is not a name for a module");
    assert_message(&f, "rename it to 'my-file.md'");
    assert_message(&f, "the id 'same' is already taken, at content/modules/a.md");
    assert_message(
        &f,
        "content/modules/link.md: error: 'content/modules/link.md' is a link to a place outside");
    assert_message(&f, "content/modules/a.md:3:6: error: unknown respondent 'boss'");
    fixture_close(&f);
}

static void fixed_words(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    fixture_folder(&f);
    fixture_text(&f, "content/course.yml", "title: T\nmaterials: []\n");
    fixture_text(&f, "templates/strings/en-GB.yml", "contents: Contents\nbogus: x\n");
    struct course *course = load_course(&f.run, f.diag, f.folder);
    assert_string_equal(course->words[WORD_CONTENTS], "Contents");
    assert_message(&f, "templates/strings/en-GB.yml:1:1: error: fixed words are missing: page");
    assert_message(&f, "templates/strings/en-GB.yml:2:1: error: unknown key 'bogus'");
    fixture_close(&f);
}

/* The words that the program comes with: every key in every language, as many {n} in each. */
static void own_words_are_complete(void **state) {
    (void)state;
    static const char *const languages[] = {"en-GB", "en-US", "de", "fr"};
    struct course *first = NULL;
    struct fixture f;
    fixture_open(&f);
    fixture_folder(&f);
    for (size_t i = 0; i < 4; i++) {
        const char *name = arena_printf(&f.run, "templates/strings/%s.yml", languages[i]);
        const char *from = arena_printf(&f.run, "%s/../%s", TEST_FOLDER, name), *error;
        size_t size;
        char *text = file_read(&f.run, from, 1 << 20, &size, &error);
        assert_non_null(text);
        fixture_write(&f, name, text, size);
        fixture_text(&f, "content/course.yml",
                     arena_printf(&f.run, "title: T\nlanguage: %s\nmaterials: []\n", languages[i]));
        struct course *course = load_course(&f.run, f.diag, f.folder);
        assert_clean(&f);
        first = first ? first : course;
        for (size_t w = 0; w < WORD_COUNT; w++)
            for (const char *hole = "{0}"; hole; hole = hole[1] == '0' ? "{1}" : NULL)
                if (!strstr(first->words[w], hole) != !strstr(course->words[w], hole))
                    fail_msg("%s: '%s' and %s", languages[i], word_key((enum word)w), hole);
    }
    fixture_close(&f);
}

static const struct theme *theme(struct fixture *f, const char *text) {
    fixture_open(f);
    fixture_folder(f);
    fixture_text(f, "content/course.yml", "title: T\nmaterials: []\n");
    fixture_text(f, "templates/classic/template.yml", text);
    return load_course(&f->run, f->diag, f->folder)->theme;
}

static void a_template(void **state) {
    (void)state;
    struct fixture f;
    const struct theme *made =
        theme(&f, "fonts:\n  text: {name: Cambria, regular: font.ttf, bold: {file: font.ttf}}\n"
                  "  fallbacks: [font.ttf]\n"
                  "colours: {text: \"#102030\", accent: text}\n"
                  "styles:\n  body: {size: 10, leading: 14pt, colour: accent, align: left}\n"
                  "  h1: {size: 20pt, before: 5mm, caps: all, figures: tabular, tracking: 0.5}\n"
                  "page: {margin-top: 30, facing: true}\n"
                  "lines: 9mm\ncover: plain\npaper: a5\nprint: greyscale\n"
                  "pages: {a5: {margin-top: 12mm}, a3: {scale: 141%}}\n"
                  "callouts: {tip: {bar: \"#FF0000\"}}\n");
    assert_clean(&f);
    assert_string_equal(made->family_names[FAMILY_MONO], "Cambria");
    assert_string_equal(made->fonts[FAMILY_DISPLAY][FACE_ITALIC].path,
                        path_join(&f.run, f.folder, "templates/classic/font.ttf"));
    assert_int_equal(made->fallback_count, 1);
    assert_int_equal(made->colours[COLOUR_TEXT], 0x1F1F1F); /* #102030 in grey */
    assert_int_equal(made->colours[COLOUR_ACCENT], 0x1F1F1F);
    assert_int_equal(made->styles[STYLE_BODY].text.size_cpt, 1000);
    assert_int_equal(made->styles[STYLE_BODY].leading_um, 4939);
    const struct paragraph_style *h1 = &made->styles[STYLE_H1];
    assert_int_equal(h1->text.size_cpt, 2000);
    assert_int_equal(h1->space_before_um, 5000);
    assert_int_equal(h1->align, LINE_LEFT);
    assert_true(h1->text.upper && h1->text.tabular && h1->text.tracking_cpt == 50);
    assert_true(h1->leading_um > 7000);
    assert_int_equal(made->margin_top_um, 30000);
    assert_int_equal(made->write_line_um, 9000);
    assert_int_equal(made->cover, COVER_PLAIN);
    assert_int_equal(made->callouts[CALLOUT_TIP].bar, 0x7F7F7F);
    assert_int_equal(made->paper_count, 1);
    assert_string_equal(made->papers[0]->name, "a5");
    const struct theme *small = theme_on(made, paper_find("a5"));
    assert_int_equal(small->margin_top_um, 12000);
    assert_int_equal(small->colours[COLOUR_TEXT], 0x1F1F1F);
    assert_ptr_equal(theme_on(made, paper_find("a4")), made);
    assert_int_equal(small->styles[STYLE_H1].text.size_cpt, 2000);
    const struct theme *large = theme_on(made, paper_find("a3"));
    assert_int_equal(large->scale, 141);
    assert_int_equal(large->margin_top_um, 30000);
    assert_int_equal(large->styles[STYLE_H1].text.size_cpt, 2820);
    assert_int_equal(large->styles[STYLE_H1].space_before_um, 7050);
    assert_int_equal(large->styles[STYLE_BODY].leading_um, 6963);
    for (size_t i = 0; i < STYLE_COUNT; i++)
        assert_true(made->styles[i].text.size_cpt > 0 && made->styles[i].leading_um > 0);
    fixture_close(&f);
}

static void mistakes_in_a_template(void **state) {
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"font: x\n", "template.yml:1:1: error: unknown key 'font'"},
        {"lines: 8mm\n", "error: 'fonts' is missing"},
        {"fonts: {text: {bold: font.ttf}}\n", "error: the family 'text' has no regular font"},
        {"fonts: {text: {regular: nofont.ttf}}\n",
         ":1:25: error: there is no font file 'nofont.ttf'"},
        {"fonts: {text: {regular: ../../x}}\n", "error: the path '../../x' leaves the course"},
        {"fonts: {text: {regular: {file: font.ttf, sha256: abc}}}\n", "'abc' is not a SHA-256"},
        {"colours: {txt: \"#000000\"}\n", "error: unknown key 'txt'"},
        {"colours: {text: \"#0000\"}\n", ":1:17: error: '#0000' is not a colour"},
        {"styles: {boddy: {size: 3}}\n", "error: unknown key 'boddy'"},
        {"styles: {body: {size: big}}\n", "error: expected 3 to 200 points, found 'big'"},
        {"styles: {body: {leading: 3em}}\n",
         "error: expected a length such as 8mm or 12pt, found '3em'"},
        {"styles: {body: {family: serif}}\n", "error: 'family' cannot be 'serif'"},
        {"page: {margin-top: 300mm}\n", "error: expected a margin from 0 to 70 mm, found '300mm'"},
        {"page: {scale: 12%}\n", "error: expected a share from 30% to 300%, found '12%'"},
        {"page: {scale: 0.7}\n", "error: expected a share from 30% to 300%, found '0.7'"},
        {"cover: plane\n", ":1:8: error: 'cover' cannot be 'plane'"},
        {"logo: no.png\n", "error: the template has no file 'no.png'"},
        {"logo: ../x.png\n", "error: the path '../x.png' leaves the course"},
        {"callouts: {tips: {bar: text}}\n", "error: unknown key 'tips'"},
        {"contents: {depth: 7}\n", "error: expected a whole number from 1 to 6"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f;
        theme(&f, cases[i].text);
        assert_message(&f, cases[i].message);
        fixture_close(&f);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_course),  cmocka_unit_test(each_mistake_has_its_place),
        cmocka_unit_test(what_is_missing), cmocka_unit_test(modules_and_their_names),
        cmocka_unit_test(fixed_words),     cmocka_unit_test(own_words_are_complete),
        cmocka_unit_test(a_template),      cmocka_unit_test(mistakes_in_a_template),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
