/* Terms of the index: entries that send the reader to another one name one that is there. */
#include "base/vec.h"
#include "stage/check_internal.h"
#include "type/collate.h"

struct seeing {
    struct check *check;
    VEC(const char *) names;             /* of all entries, "delegation!of projects" in full too */
    VEC(const struct attribute *) leads; /* see= and see-also= */
};

/* A key's own name, and those of the entries it stands below. */
static void add_names(struct seeing *seeing, const char *key) {
    struct arena *arena = seeing->check->arena;
    for (const char *mark = strchr(key, '!'); mark; mark = strchr(mark + 1, '!'))
        VEC_PUSH(arena, &seeing->names, arena_strndup(arena, key, (size_t)(mark - key)));
    VEC_PUSH(arena, &seeing->names, key);
}

static void see_node(struct seeing *seeing, const struct node *node) {
    struct arena *arena = seeing->check->arena;
    if (node->kind == NODE_SPAN && attributes_has_class(node->attributes, "term")) {
        const struct attribute *key = attributes_find(node->attributes, "key");
        const struct attribute *see = attributes_find(node->attributes, "see");
        const struct attribute *also = attributes_find(node->attributes, "see-also");
        add_names(seeing, key && *key->value ? key->value : node_plain_text(arena, node));
        if (see)
            VEC_PUSH(arena, &seeing->leads, see);
        if (also)
            VEC_PUSH(arena, &seeing->leads, also);
    }
    for (const struct node *child = node->first; child; child = child->next)
        see_node(seeing, child);
    if (node->legend)
        see_node(seeing, node->legend);
}

void check_terms(struct check *check) {
    struct course *course = check->course;
    struct seeing seeing = {.check = check};
    for (size_t i = 0; i < course->modules.count; i++) {
        const struct module *module = course->modules.at[i];
        if (module->document)
            see_node(&seeing, module->document);
        for (size_t f = 0; f < module->footnote_count; f++)
            if (module->footnotes[f])
                see_node(&seeing, module->footnotes[f]);
    }
    if (seeing.leads.count == 0)
        return;
    struct collation *collation = collation_open(check->arena, course->language);
    for (size_t i = 0; i < seeing.leads.count; i++) {
        const struct attribute *lead = seeing.leads.at[i];
        bool found = false;
        for (size_t n = 0; n < seeing.names.count && !found; n++)
            found = collation_compare(collation, seeing.names.at[n], lead->value,
                                      COLLATION_ACCENTS) == 0;
        if (!found)
            diag_report(check->diag, DIAG_SEE_UNKNOWN, lead->value_at, lead->value,
                        diag_nearest(lead->value, seeing.names.at, seeing.names.count));
    }
    collation_close(collation);
}
