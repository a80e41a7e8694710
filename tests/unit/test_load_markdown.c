/* Markdown: the tree with its places, our syntax, mistakes, and input built to take long. */
#define _GNU_SOURCE
#include "load_fixture.h"

#include <time.h>

static struct module *parse(struct fixture *f, const char *text) {
    return parse_module(&f->run, f->diag, NULL, fixture_source(f, "m.md", text), "m");
}

static char *dump(struct fixture *f, const struct module *module) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    for (const struct node *node = module->document->first; node; node = node->next)
        node_dump(node, out);
    for (size_t i = 0; i < module->footnote_count; i++)
        node_dump(module->footnotes[i], out);
    fclose(out);
    char *copy = arena_strdup(&f->run, text);
    free(text);
    return copy;
}

static void assert_tree(const char *markdown, const char *tree) {
    struct fixture f;
    fixture_open(&f);
    char *made = dump(&f, parse(&f, markdown));
    if (strcmp(made, tree) != 0)
        print_message("from:\n%s\n", markdown);
    assert_string_equal(made, tree);
    assert_clean(&f);
    fixture_close(&f);
}

static void headings_and_their_attributes(void **state) {
    (void)state;
    assert_tree("# One *two* {#top .lead}\n", "heading 1:1+24 level=1 { #top@1:14 .lead@1:19 }\n"
                                              "  text 1:3+4 \"One \"\n"
                                              "  emphasis 1:7+5\n"
                                              "    text 1:8+3 \"two\"\n");
    assert_tree("Over\nunder {#u}\n=====\n", "heading 1:1+4 level=1 { #u@2:8 }\n"
                                             "  text 1:1+4 \"Over\"\n"
                                             "  soft-break 1:5+1\n"
                                             "  text 2:1+6 \"under\"\n");
    assert_tree("## A ##\n", "heading 1:1+7 level=2\n  text 1:4+1 \"A\"\n");
}

static void lines_that_cmark_misplaces(void **state) {
    (void)state;
    assert_tree("> quote\nlazy *b*\n>    deep `c`\n", "quote 1:1+7\n"
                                                      "  paragraph 1:3+5\n"
                                                      "    text 1:3+5 \"quote\"\n"
                                                      "    soft-break 1:8+1\n"
                                                      "    text 2:1+5 \"lazy \"\n"
                                                      "    emphasis 2:6+3\n"
                                                      "      text 2:7+1 \"b\"\n"
                                                      "    soft-break 2:9+1\n"
                                                      "    text 3:6+5 \"deep \"\n"
                                                      "    code 3:11+3 \"c\"\n");
    assert_tree("[r]: /u\n   text **b** [a\nlink](/x \"t\nu\") end\n",
                "paragraph 2:4+13\n"
                "  text 2:4+5 \"text \"\n"
                "  strong 2:9+5\n"
                "    text 2:11+1 \"b\"\n"
                "  text 2:14+1 \" \"\n"
                "  link 2:15+2 url=\"/x\" title=\"t\\nu\"\n"
                "    text 2:16+1 \"a\"\n"
                "    soft-break 2:17+1\n"
                "    text 3:1+4 \"link\"\n"
                "  text 4:4+4 \" end\"\n");
}

static void lists_items_and_tasks(void **state) {
    (void)state;
    assert_tree("- one {#one dimension=trust reverse}\n"
                "- two\n"
                "  goes on {#two}\n",
                "list 1:1+36 tight\n"
                "  item 1:1+36 { #one@1:8 dimension@1:13= \"trust\"@1:23 reverse@1:29 }\n"
                "    paragraph 1:3+34\n"
                "      text 1:3+4 \"one\"\n"
                "  item 2:1+5 { #two@3:12 }\n"
                "    paragraph 2:3+3\n"
                "      text 2:3+3 \"two\"\n"
                "      soft-break 2:6+1\n"
                "      text 3:3+8 \"goes on\"\n");
    assert_tree("{#jobs}\n\n3. [x] done {#d}\n4. [ ] see [x]\n",
                "list 3:1+16 ordered start=3 tight { #jobs@1:2 }\n"
                "  item 3:1+16 [x] { #d@3:14 }\n"
                "    paragraph 3:8+9\n"
                "      text 3:8+5 \"done\"\n"
                "  item 4:1+14 [ ]\n"
                "    paragraph 4:8+7\n"
                "      text 4:8+7 \"see [x]\"\n");
}

static void divs_nest_by_colons(void **state) {
    (void)state;
    assert_tree(":::: {.group #g title=\"Two words\"}\n"
                "::: {.note} :::\n"
                "- a\n"
                ":::\n"
                "~~~\n:::\n~~~\n"
                "::::\n",
                "div 1:1+34 { #g@1:14 .group@1:7 title@1:17= \"Two words\"@1:24 }\n"
                "  div 2:1+15 { .note@2:6 }\n"
                "    list 3:1+3 tight\n"
                "      item 3:1+3\n"
                "        paragraph 3:3+1\n"
                "          text 3:3+1 \"a\"\n"
                "  code-block 5:1+3 \":::\\n\"\n");
    /* Pandoc's rule: any closing line closes the innermost. */
    assert_tree(
        "> ::: {.tip}\n> x\n> :::::\n",
        "quote 1:1+12\n  div 1:3+10 { .tip@1:8 }\n    paragraph 2:3+1\n      text 2:3+1 \"x\"\n");
}

static void tables_know_their_cells(void **state) {
    (void)state;
    assert_tree(
        "Text before\n| A {#a type=date} | B \\| c |\n|:--|--:|\n| 1 | {{n\\|cap}} *x* |\n| 2 |\n",
        "paragraph 1:1+11\n"
        "  text 1:1+11 \"Text before\"\n"
        "table 2:1+29\n"
        "  row 2:1+29\n"
        "    cell 2:3+16 left { #a@2:6 type@2:9= \"date\"@2:14 }\n"
        "      text 2:3+2 \"A\"\n"
        "    cell 2:22+6 right\n"
        "      text 2:22+6 \"B | c\"\n"
        "  row 4:1+22\n"
        "    cell 4:3+1 left\n"
        "      text 4:3+1 \"1\"\n"
        "    cell 4:7+14 right\n"
        "      variable 4:7+10 \"n\" caption=\"cap\"\n"
        "      text 4:17+1 \" \"\n"
        "      emphasis 4:18+3\n"
        "        text 4:19+1 \"x\"\n"
        "  row 5:1+5\n"
        "    cell 5:3+1 left\n"
        "      text 5:3+1 \"2\"\n"
        "    cell 5:6+1 right\n");
}

static void variables_and_what_is_literal(void **state) {
    (void)state;
    assert_tree("{{a.b|the one}} \\{{x}} `{{y}}` {{ z }}\n",
                "paragraph 1:1+38\n"
                "  variable 1:1+15 \"a.b\" caption=\"the one\"\n"
                "  text 1:16+8 \" {{x}} \"\n"
                "  code 1:24+7 \"{{y}}\"\n"
                "  text 1:31+1 \" \"\n"
                "  variable 1:32+7 \"z\"\n");
}

static void footnotes_pictures_and_code(void **state) {
    (void)state;
    assert_tree("a[^n] ![pic *x*](http.png){.wide width=50mm}\n\n"
                "``` python {#c .x}\ncode\n```\n\n[^n]: Note.\n",
                "paragraph 1:1+44\n"
                "  text 1:1+1 \"a\"\n"
                "  footnote-ref 1:2+4 number=1\n"
                "  text 1:6+1 \" \"\n"
                "  image 1:7+20 url=\"http.png\" { .wide@1:28 width@1:34= \"50mm\"@1:40 }\n"
                "    text 1:9+4 \"pic \"\n"
                "    emphasis 1:13+3\n"
                "      text 1:14+1 \"x\"\n"
                "code-block 3:1+18 \"code\\n\" info=\"python\" { #c@3:13 .x@3:16 }\n"
                "footnote 7:1+11 number=1\n"
                "  paragraph 7:7+5\n"
                "    text 7:7+5 \"Note.\"\n");
}

static void equations_stay_as_typed(void **state) {
    (void)state;
    assert_tree("::: {.calc #c}\nAnn's share = a*b*c -- \"x\"\n:::\n",
                "div 1:1+14 { #c@1:12 .calc@1:6 }\n"
                "  paragraph 2:1+26\n"
                "    text 2:1+26 \"Ann’s share = a*b*c -- \\\"x\\\"\"\n");
}

static void entities_and_escapes_keep_places(void **state) {
    (void)state;
    assert_tree("&amp;&quot;a&quot; \\\"b\\\" \"c\" *d*\n",
                "paragraph 1:1+32\n"
                "  text 1:1+29 \"&\\\"a\\\" \\\"b\\\" “c” \"\n"
                "  emphasis 1:30+3\n"
                "    text 1:31+1 \"d\"\n");
}

static void front_matter(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    struct module *module =
        parse(&f, "---\nid: other\ntitle: \"The 'idea'\"\nminutes: 20\n"
                  "objectives:\n  - One\n  - Two\nsources: Book\n---\n\nText.\n");
    assert_clean(&f);
    assert_string_equal(module->id, "other");
    assert_string_equal(module->title, "The ‘idea’");
    assert_int_equal(module->minutes, 20);
    assert_int_equal(module->objectives.count, 2);
    assert_string_equal(module->sources.at[0], "Book");
    assert_int_equal(module->document->first->at.line, 11);
    module = parse(&f, "# A *title*\n");
    assert_string_equal(module->title, "A title");
    fixture_close(&f);
}

static void each_mistake_has_its_place(void **state) {
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"---\ntitle: x\n", "m.md:1:1: error: the front matter does not end"},
        {"---\ntitel: x\n---\n", "m.md:2:1: error: unknown key 'titel'"},
        {"---\nminutes: soon\n---\n", "m.md:2:10: error: expected a whole number"},
        {"a\n\n:::\n", "m.md:3:1: error: this line closes a block, but none is open"},
        {"::: {.note}\na\n", "m.md:1:1: error: this block is not closed"},
        {":::: {.a}\n::: {.b}\nx\n::::\n",
         "m.md:2:1: error: this block opens with 3 colons, and line 4 closes it with 4"},
        {"::: note\na\n:::\n", "m.md:1:5: error: a block's attributes go in braces"},
        {"::: {.note} Title\na\n:::\n", "m.md:1:13: error: nothing may follow the braces"},
        {"::: {.note #a\nx\n:::\n", "m.md:1:5: error: these attributes do not close"},
        {"::: {.note #a #b}\nx\n:::\n", "m.md:1:15: error: a second id 'b' beside 'a'"},
        {"::: {.note @x}\nx\n:::\n", "m.md:1:12: error: cannot read '@x' as an attribute"},
        {"# A {#b} c\n", "m.md:1:5: error: attributes in the middle"},
        {"# A {#b\n", "m.md:1:5: error: these attributes do not close"},
        {"Text {#b}\n", "m.md:1:6: error: these attributes belong to nothing"},
        {"a\n{{b\n", "m.md:2:1: error: '{{' without '}}'"},
        {"| a |\n|---|\n| {{b|c}} |\n", "m.md:3:3: error: '{{' without '}}'"},
        {"{{ }}\n", "m.md:1:1: error: there is nothing between"},
        {"[a](b/{{c}})\n", "m.md:1:1: error: a link's address cannot hold a variable"},
        {"a <b>x</b>\n", "m.md:1:3: error: HTML such as <b>"},
        {"<div>\nx\n</div>\n", "m.md:1:1: error: HTML such as <div>"},
        {"<!-- a --> b\n", "m.md:1:1: error: what follows this comment"},
        {"a[^b]\n", "m.md:1:2: error: there is no footnote 'b'"},
        {"a\n\n[^b]: c\n", "m.md:3:1: warning: nothing refers to the footnote 'b'"},
        {"![a]()\n", "m.md:1:1: error: this picture names no file"},
        {"![a](http://x.org/a.png)\n",
         "m.md:1:1: error: the picture 'http://x.org/a.png' is not in"},
        {"![a](../../a.png)\n", "m.md:1:1: error: the path '../../a.png' leaves the course"},
        {"![a](/etc/a.png)\n", "m.md:1:1: error: the path '/etc/a.png' leaves the course"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f;
        fixture_open(&f);
        parse(&f, cases[i].text);
        assert_message(&f, cases[i].message);
        fixture_close(&f);
    }
}

static void comments_are_dropped(void **state) {
    (void)state;
    assert_tree("<!-- a\nb -->\n\nx <!-- y -->\n", "paragraph 4:1+12\n  text 4:1+2 \"x \"\n");
}

static char *repeat(struct fixture *f, const char *part, size_t bytes) {
    size_t length = strlen(part);
    char *text = arena_alloc(&f->run, bytes + length + 1);
    for (size_t at = 0; at < bytes; at += length)
        memcpy(text + at, part, length);
    return text;
}

/* Each of these takes some reader of Markdown minutes. */
static void long_input_is_read_quickly(void **state) {
    (void)state;
    static const char *const parts[] = {"{{",         "{{a ",
                                        "{{a}} ",     "::: {.a}\n",
                                        ":::\n",      ":",
                                        "`a",         "`",
                                        "|",          "|a\n|-\n",
                                        "[",          "[a](",
                                        "![l",        "![l\n",
                                        "*a",         "*a_ ",
                                        "_",          "*a **a ",
                                        "<",          "<!--",
                                        "a <!A ",     "a <?",
                                        ">",          ">\n",
                                        "- ",         "1. ",
                                        "[^a]",       "[^a]: x\n",
                                        "[a]: u\n",   "www.",
                                        "http://",    "a@",
                                        "a@a.",       "&a;",
                                        "\"a",        "'a ",
                                        "-",          ".",
                                        "{#a ",       "{a=\"",
                                        "# a {#b}\n", "~a",
                                        "\t",         "\\",
                                        "a\\\n",      "- [ ] a {#b}\n",
                                        "```\n",      "[a](<b",
                                        "[a](b \"c",  "[*{{`",
                                        "|-",         "a|",
                                        "> a\nb\n"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        for (size_t bytes = 60000; bytes <= 600000; bytes *= 10) {
            struct fixture f;
            fixture_open(&f);
            clock_t start = clock();
            parse(&f, repeat(&f, parts[i], bytes));
            double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
#ifdef __SANITIZE_ADDRESS__
            seconds /= 10;
#endif
            if (seconds > 1)
                fail_msg("'%s' %zu bytes: %.1f s", parts[i], bytes, seconds);
            fixture_close(&f);
        }
    }
}

static void wide_and_deep_is_refused(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    parse(&f, arena_printf(&f.run, "%s\n%s\na\n", repeat(&f, "|a", 400), repeat(&f, "|-", 400)));
    assert_message(&f, "m.md:2:1: error: a table has at most 100 columns");
    parse(&f, repeat(&f, "word ", 70000));
    assert_message(&f, "m.md:1:1: error: this paragraph is longer than 64 KiB");
    parse(&f, repeat(&f, "word\n\n", 2000000));
    assert_message(&f, "m.md: error: this file is larger than 1 MiB");
    parse(&f, repeat(&f, "> ", 300));
    assert_message(&f, "m.md:1:1: error: this nests more than 100 levels deep");
    parse(&f,
          arena_printf(&f.run, "%sx%s", repeat(&f, "*a **b ", 1400), repeat(&f, "** c*", 1000)));
    parse(&f, repeat(&f, "::: {.a}\n", 9 * 120));
    assert_message(&f, "m.md:101:1: error: this nests more than 100 levels deep");
    fixture_close(&f);
}

/* Any bytes make a tree or messages, never a crash. The seed is fixed: the same texts every time.
 */
static void random_marks_make_a_tree(void **state) {
    (void)state;
    static const char *const tokens[] = {
        "*",     "**",    "_",    "`",        "``",     "[",       "](",    ")",        "![",
        "{{",    "}}",    "{#a}", "{.b c=d}", "{",      "}",       ":::",   "::: {.x}", "\n",
        "\n\n",  "> ",    "- ",   "1. ",      "- [x] ", "# ",      "|",     "|-|-|",    "\\",
        "&amp;", "&#34;", "\"",   "'",        "--",     "...",     "<!-- ", "-->",      "<b>",
        "    ",  "\t",    "~~",   "[^1]",     "[^1]: ", "www.a.b", "é",     "a",        "word ",
        "---",   "===",   "```",  "\r\n"};
    uint32_t seed = 12345;
    for (int round = 0; round < 3000; round++) {
        struct fixture f;
        fixture_open(&f);
        char text[512];
        size_t length = 0;
        for (int i = 0; i < 50; i++) {
            seed = seed * 1664525u + 1013904223u;
            const char *token = tokens[(seed >> 16) % (sizeof tokens / sizeof *tokens)];
            size_t size = strlen(token);
            if (length + size >= sizeof text)
                break;
            memcpy(text + length, token, size);
            length += size;
        }
        text[length] = 0;
        struct module *module = parse(&f, text);
        dump(&f, module);
        fixture_messages(&f);
        fixture_close(&f);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_and_their_attributes),
        cmocka_unit_test(lines_that_cmark_misplaces),
        cmocka_unit_test(lists_items_and_tasks),
        cmocka_unit_test(divs_nest_by_colons),
        cmocka_unit_test(tables_know_their_cells),
        cmocka_unit_test(variables_and_what_is_literal),
        cmocka_unit_test(footnotes_pictures_and_code),
        cmocka_unit_test(equations_stay_as_typed),
        cmocka_unit_test(entities_and_escapes_keep_places),
        cmocka_unit_test(front_matter),
        cmocka_unit_test(each_mistake_has_its_place),
        cmocka_unit_test(comments_are_dropped),
        cmocka_unit_test(long_input_is_read_quickly),
        cmocka_unit_test(wide_and_deep_is_refused),
        cmocka_unit_test(random_marks_make_a_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
