/* What makes files for printing: the options --booklet, --n-up, --sheet, --crop-marks, --bleed of
 * `tandem build`, and a material's crop-marks. */
#include "command/build.h"

#include "base/units.h"

#include <stdarg.h>

enum { BLEED_LEAST_UM = 500, BLEED_MOST_UM = 10000 };

__attribute__((format(printf, 1, 2))) static bool refuse(const char *format, ...) {
    va_list values;
    va_start(values, format);
    fputs("tandem: error: ", stderr);
    vfprintf(stderr, format, values);
    fputs("\nhint: 'tandem --help' lists the commands and options\n", stderr);
    va_end(values);
    return false;
}

/* "3mm", "2.5mm": at most three decimals. False if it is anything else. */
static bool parse_length(const char *text, int32_t *length_um) {
    int32_t um = 0, unit = UM_PER_MM;
    bool fraction = false, digits = false;
    for (; (*text >= '0' && *text <= '9') || (*text == '.' && !fraction); text++) {
        if (*text == '.') {
            fraction = true;
            continue;
        }
        digits = true;
        unit = fraction ? unit / 10 : unit;
        if (um > 100 * UM_PER_MM || !unit)
            return false;
        um = fraction ? um + (*text - '0') * unit : um * 10 + (*text - '0') * UM_PER_MM;
    }
    *length_um = um;
    return digits && strcmp(text, "mm") == 0;
}

static bool parse_bleed(const char *text, int32_t *bleed_um) {
    if (!parse_length(text, bleed_um) || *bleed_um < BLEED_LEAST_UM || *bleed_um > BLEED_MOST_UM)
        return refuse("--bleed takes a length from 0.5mm to 10mm, such as 3mm, not '%s'", text);
    return true;
}

static bool parse_sheet(const char *name, const struct paper **sheet) {
    *sheet = impose_find_sheet(name);
    return *sheet || refuse("--sheet takes a3, a4, a5, letter or tabloid, not '%s'", name);
}

bool build_imposition(const struct options *options, struct imposition *imposition) {
    *imposition = (struct imposition){.crop_marks = options->crop_marks};
    if (options->n_up && strcmp(options->n_up, "2") != 0)
        return refuse("--n-up takes 2, not '%s'", options->n_up);
    if (options->booklet && options->n_up)
        return refuse("--booklet and --n-up exclude each other: a booklet has two pages on a side");
    if (options->sheet && !options->booklet && !options->n_up)
        return refuse("--sheet is the paper of --booklet or --n-up 2, and neither is given");
    if (options->sheet && !parse_sheet(options->sheet, &imposition->sheet))
        return false;
    if (options->bleed && !parse_bleed(options->bleed, &imposition->bleed_um))
        return false;
    imposition->kind = options->booklet                        ? IMPOSE_BOOKLET
                       : options->n_up                         ? IMPOSE_TWO_UP
                       : options->crop_marks || options->bleed ? IMPOSE_SINGLE
                                                               : IMPOSE_NONE;
    return true;
}

struct imposition build_imposition_of(const struct build *build, const struct material *material) {
    struct imposition imposition = build->imposition;
    if (material->kind != MATERIAL_PDF)
        return (struct imposition){.kind = IMPOSE_NONE};
    imposition.crop_marks |= material->crop_marks;
    if (imposition.crop_marks && imposition.kind == IMPOSE_NONE)
        imposition.kind = IMPOSE_SINGLE;
    return imposition;
}

/* The first of the options that ask for such files. */
static const char *name_option(const struct options *options) {
    return options->booklet      ? "--booklet"
           : options->n_up       ? "--n-up"
           : options->crop_marks ? "--crop-marks"
                                 : "--bleed";
}

bool build_check_imposition(const struct build *build) {
    if (build->imposition.kind == IMPOSE_NONE)
        return true;
    for (size_t i = 0; i < build->jobs.count; i++)
        if (build->jobs.at[i].wanted && build->jobs.at[i].batch->material->kind == MATERIAL_PDF)
            return true;
    return refuse("%s: there is no PDF among the files to be made", name_option(build->options));
}
