/* Which look each material has: its template's, turned grey where it says so, on its papers. */
#include "load/theme.h"

#include "load/load.h"

static void turn_pictures_grey(struct arena *arena, const struct node *node) {
    for (const struct node *child = node->first; child; child = child->next) {
        if (child->image)
            image_in_grey(arena, (struct image *)child->image);
        turn_pictures_grey(arena, child);
    }
}

static void print_grey(struct arena *run, struct course *course, struct material *material) {
    for (size_t i = 0; i < material->modules.count; i++) {
        const struct module *module = material->module_list[i];
        turn_pictures_grey(run, module->document);
        for (size_t n = 0; n < module->footnote_count; n++)
            turn_pictures_grey(run, module->footnotes[n]);
    }
    if (material->theme->greyscale)
        return;
    for (size_t i = 0; i < course->materials.count; i++) {
        const struct material *other = &course->materials.at[i];
        if (other == material || !other->greyscale || !other->theme || !other->theme->greyscale ||
            other->theme->source != material->theme->source)
            continue;
        material->theme = other->theme; /* one set of fonts for both */
        return;
    }
    struct theme *grey = ARENA_NEW(run, struct theme);
    *grey = *material->theme;
    theme_turn_grey(run, grey);
    material->theme = grey;
}

void load_themes(struct arena *run, struct diag *diag, struct course *course) {
    course->theme = load_theme(run, diag, course, course->template_name);
    for (size_t i = 0; i < course->materials.count; i++) {
        struct material *material = &course->materials.at[i];
        material->theme = load_theme(run, diag, course, material->template_name);
        const struct theme *theme = material->theme;
        if (material->kind != MATERIAL_PDF)
            continue;
        if (theme && (material->greyscale || theme->greyscale))
            print_grey(run, course, material);
        bool named = material->paper.count > 0;
        for (size_t p = 0; theme && !named && p < theme->paper_count; p++)
            VEC_PUSH(run, &material->paper, ((struct name){theme->papers[p]->name, material->at}));
        if (material->paper.count == 0)
            VEC_PUSH(run, &material->paper, ((struct name){"a4", material->at}));
    }
}
