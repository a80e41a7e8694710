#include "base/address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static void expect(const char *text, enum address_fault fault, const char *name,
                   const char *mailbox) {
    struct address address;
    assert_int_equal(address_parse(&arena, text, &address), fault);
    if (fault != ADDRESS_GOOD)
        return;
    assert_string_equal(address.name, name);
    assert_string_equal(address.mailbox, mailbox);
}

static void test_good(void **state) {
    (void)state;
    expect("ada@example.org", ADDRESS_GOOD, "", "ada@example.org");
    expect("  ada@example.org ", ADDRESS_GOOD, "", "ada@example.org");
    expect("Ada Okonjo <ada@example.org>", ADDRESS_GOOD, "Ada Okonjo", "ada@example.org");
    expect("\"Okonjo, Ada\" <ada@example.org> ", ADDRESS_GOOD, "Okonjo, Ada", "ada@example.org");
    expect("Ren\xc3\xa9 <rene@b\xc3\xbc"
           "cher.example>",
           ADDRESS_GOOD, "Ren\xc3\xa9",
           "rene@b\xc3\xbc"
           "cher.example");
    expect("a <b> <c@d.example>", ADDRESS_GOOD, "a <b>", "c@d.example");
    expect("<ada@localhost>", ADDRESS_GOOD, "", "ada@localhost");
    expect("o'neil+tag_1=x@sub.example.org", ADDRESS_GOOD, "", "o'neil+tag_1=x@sub.example.org");
}

static void test_bad(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum address_fault fault;
    } cases[] = {
        {"", ADDRESS_EMPTY},
        {"   ", ADDRESS_EMPTY},
        {"Ada <>", ADDRESS_EMPTY},
        {"ada", ADDRESS_NO_AT},
        {"@example.org", ADDRESS_NO_AT},
        {"ada@", ADDRESS_NO_AT},
        {"ada@b@c.org", ADDRESS_NO_AT},
        {"ada@example.org\r\nBcc: eve@example.org", ADDRESS_CONTROL},
        {"Ada\nX: y <ada@example.org>", ADDRESS_CONTROL},
        {"ada\x7f@example.org", ADDRESS_CONTROL},
        {"ada\xc2\x85@example.org", ADDRESS_CONTROL},
        {"ada@exam\tple.org", ADDRESS_CONTROL},
        {"a b@example.org", ADDRESS_LOCAL},
        {".ada@example.org", ADDRESS_LOCAL},
        {"a..b@example.org", ADDRESS_LOCAL},
        {"ada.@example.org", ADDRESS_LOCAL},
        {"\"ada\"@example.org", ADDRESS_LOCAL},
        {"ad\xc3\xa4@example.org", ADDRESS_LOCAL},
        {"ada@example..org", ADDRESS_DOMAIN},
        {"ada@-example.org", ADDRESS_DOMAIN},
        {"ada@example-.org", ADDRESS_DOMAIN},
        {"ada@exa mple.org", ADDRESS_DOMAIN},
        {"ada@example.org,eve@example.org", ADDRESS_NO_AT},
        {"ada@[127.0.0.1]", ADDRESS_DOMAIN},
        {"ada@example.org>", ADDRESS_BRACKETS},
        {"Ada <ada@example.org", ADDRESS_BRACKETS},
        {"Ada <ada@example.org> (her)", ADDRESS_BRACKETS},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect(cases[i].text, cases[i].fault, NULL, NULL);
        assert_true(strlen(address_fault_words(cases[i].fault)) > 5);
    }
}

static void test_long(void **state) {
    (void)state;
    char text[400];
    memset(text, 'a', sizeof text);
    memcpy(text + 64, "@example.org", 13);
    assert_int_equal(address_check(text), ADDRESS_GOOD);
    memset(text, 'a', 65);
    memcpy(text + 65, "@example.org", 13);
    assert_int_equal(address_check(text), ADDRESS_LONG);
    memset(text, 'a', sizeof text);
    memcpy(text, "ada@", 4);
    text[300] = 0;
    assert_int_equal(address_check(text), ADDRESS_LONG);
    text[4 + 64] = 0; /* one label of 64 */
    assert_int_equal(address_check(text), ADDRESS_DOMAIN);
    text[4 + 63] = 0;
    assert_int_equal(address_check(text), ADDRESS_GOOD);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_good), cmocka_unit_test(test_bad),
                                       cmocka_unit_test(test_long)};
    arena_init(&arena);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_release(&arena);
    return failed;
}
