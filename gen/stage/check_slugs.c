/* Links to headings that have no id, by the names that hosts of Markdown give them: "#the-folder" for
 * "The folder". So a file reads the same there and here. A heading gets its name only where a link of
 * its own file asks for it: all others stay as free to be reworded as they were. The name is the file's
 * own ("guide:the-folder"), so that two files may have headings of the same words.
 *
 * Source: GitHub's rule as its own pages show it: small letters, blanks as hyphens, no punctuation but
 * hyphens and underscores, "-1", "-2" … for a name that is there already. */
#include "stage/check_internal.h"

#include "base/buf.h"
#include "base/utf8.h"

struct naming {
    struct check *check;
    const struct module *module;
    struct map wanted; /* names that links of the module ask for and nothing has */
    struct map taken;  /* slugs so far, by how often: a size_t */
    struct map named;  /* slugs of headings that were named, with their ids as URLs */
};

/* Letters, figures, hyphens, underscores; signs and punctuation beyond ASCII stand in two blocks. */
static bool is_kept(uint32_t code) {
    if (code < 0x80)
        return (code >= 'a' && code <= 'z') || (code >= '0' && code <= '9') || code == '-' ||
               code == '_';
    bool sign = code < 0xC0 || code == 0xD7 || code == 0xF7 || (code >= 0x2000 && code < 0x2C00);
    return !sign || code == 0xAA || code == 0xB5 || code == 0xBA;
}

static const char *slug_of(struct naming *naming, const char *words) {
    struct arena *arena = naming->check->arena;
    struct buf slug;
    buf_init(&slug, arena);
    for (const char *at = words, *end = words + strlen(words); at < end;) {
        const char *from = at;
        uint32_t code = utf8_next(&at, end);
        if (code == ' ')
            buf_putc(&slug, '-');
        else if (code >= 'A' && code <= 'Z')
            buf_putc(&slug, (char)(code + 'a' - 'A'));
        else if (is_kept(code))
            buf_put(&slug, from, (size_t)(at - from));
    }
    size_t *times = map_find(&naming->taken, slug.data);
    if (!times) {
        map_set(&naming->taken, slug.data, ARENA_NEW(arena, size_t));
        return slug.data;
    }
    return arena_printf(arena, "%s-%zu", slug.data, ++*times);
}

static void gather_wanted(struct naming *naming, const struct node *parent) {
    for (const struct node *node = parent->first; node; node = node->next) {
        if (node->kind == NODE_LINK && node->url && node->url[0] == '#' && node->url[1] &&
            !map_find(&naming->check->course->places, node->url + 1))
            map_set(&naming->wanted, node->url + 1, naming);
        gather_wanted(naming, node);
    }
}

static void name_headings(struct naming *naming, struct node *parent) {
    struct arena *arena = naming->check->arena;
    for (struct node *node = parent->first; node; node = node->next) {
        if (node->kind == NODE_HEADING) {
            const char *slug = slug_of(naming, node_plain_text(arena, node));
            bool named = node->attributes && node->attributes->id;
            if (!named && map_find(&naming->wanted, slug)) {
                struct attributes *own = ARENA_NEW(arena, struct attributes);
                *own = node->attributes ? *node->attributes : (struct attributes){.at = node->at};
                own->id = arena_printf(arena, "%s:%s", naming->module->id, slug);
                own->id_at = node->at;
                node->attributes = own;
                map_set(&naming->named, slug, arena_printf(arena, "#%s", own->id));
            }
        }
        name_headings(naming, node);
    }
}

static void turn_links(struct naming *naming, struct node *parent) {
    for (struct node *node = parent->first; node; node = node->next) {
        const char *url = node->kind == NODE_LINK && node->url && node->url[0] == '#'
                              ? map_find(&naming->named, node->url + 1)
                              : NULL;
        if (url)
            node->url = url;
        turn_links(naming, node);
    }
}

void check_name_headings(struct check *check, const struct module *module) {
    struct naming naming = {.check = check, .module = module};
    map_init(&naming.wanted, check->arena);
    map_init(&naming.taken, check->arena);
    map_init(&naming.named, check->arena);
    gather_wanted(&naming, module->document);
    for (size_t i = 0; i < module->footnote_count; i++)
        if (module->footnotes[i])
            gather_wanted(&naming, module->footnotes[i]);
    if (!naming.wanted.count)
        return;
    name_headings(&naming, module->document);
    turn_links(&naming, module->document);
    for (size_t i = 0; i < module->footnote_count; i++)
        if (module->footnotes[i])
            turn_links(&naming, module->footnotes[i]);
}
