#include "write/pdf_image.h"

#include "write/pdf_vector.h"

#include <stdio.h>

void pdf_images_init(struct pdf_images *images, struct arena *job) {
    *images = (struct pdf_images){.job = job};
}

static size_t find_image(const struct pdf_images *images, const struct image *image) {
    size_t at = 0;
    while (at < images->list.count && images->list.at[at].image != image)
        at++;
    return at;
}

void pdf_images_add(struct pdf_images *images, const struct mark *mark) {
    if (find_image(images, mark->image) == images->list.count)
        VEC_PUSH(images->job, &images->list, ((struct pdf_image){mark->image, mark->words}));
}

const char *pdf_image_resource(const struct pdf_images *images, const struct image *image,
                               char out[24]) {
    snprintf(out, 24, "I%zu", find_image(images, image));
    return out;
}

static struct pdf_dict *put_raster(struct pdf_file *file, const struct image *image,
                                   int32_t channels, struct pdf_bytes bytes, bool deflated) {
    struct pdf_dict *raster = pdf_stream_new(file, bytes, deflated);
    pdf_put_name(raster, "Type", "XObject");
    pdf_put_name(raster, "Subtype", "Image");
    bool lies = image->orientation >= 5; /* on its side */
    pdf_put_int(raster, "Width", lies ? image->height_px : image->width_px);
    pdf_put_int(raster, "Height", lies ? image->width_px : image->height_px);
    pdf_put_int(raster, "BitsPerComponent", 8);
    pdf_put_name(raster, "ColorSpace",
                 channels == 1   ? "DeviceGray"
                 : channels == 3 ? "DeviceRGB"
                                 : "DeviceCMYK");
    return raster;
}

static struct pdf_dict *put_pixels(struct pdf_file *file, struct pdf_deflater *deflater,
                                   const struct image *image, const unsigned char *pixels,
                                   int32_t channels) {
    size_t row_size = (size_t)image->width_px * (size_t)channels;
    struct pdf_bytes packed =
        pdf_deflate_pixels(deflater, pixels, (size_t)image->height_px, row_size, (size_t)channels);
    struct pdf_dict *raster = put_raster(file, image, channels, packed, true);
    struct pdf_dict *filter = pdf_dict_new(file);
    pdf_put_int(filter, "Predictor", 15);
    pdf_put_int(filter, "Colors", channels);
    pdf_put_int(filter, "Columns", image->width_px);
    pdf_put_dict(raster, "DecodeParms", filter);
    return raster;
}

struct matrix pdf_image_turn(const struct image *image) {
    static const struct matrix turns[] = {
        {1, 0, 0, 1, 0, 0},   {-1, 0, 0, 1, 1, 0}, {-1, 0, 0, -1, 1, 1}, {1, 0, 0, -1, 0, 1},
        {0, -1, -1, 0, 1, 1}, {0, -1, 1, 0, 0, 1}, {0, 1, 1, 0, 0, 0},   {0, 1, -1, 0, 1, 0},
    };
    bool known = image->orientation >= 1 && image->orientation <= 8;
    return turns[known ? image->orientation - 1 : 0];
}

struct pdf_dict *pdf_image_put_raster(struct pdf_file *file, struct pdf_deflater *deflater,
                                      const struct image *image) {
    if (image->kind == IMAGE_JPEG) {
        struct pdf_dict *raster = put_raster(file, image, image->channels,
                                             (struct pdf_bytes){image->data, image->size}, false);
        pdf_put_name(raster, "Filter", "DCTDecode");
        if (image->channels == 4 && image->cmyk_inverted) {
            struct pdf_array *decode = pdf_array_new(file);
            for (int i = 0; i < 8; i++)
                pdf_push_int(decode, i % 2 == 0);
            pdf_put_array(raster, "Decode", decode);
        }
        return raster;
    }
    struct pdf_dict *raster = put_pixels(file, deflater, image, image->data, image->channels);
    if (image->alpha)
        pdf_put_dict(raster, "SMask", put_pixels(file, deflater, image, image->alpha, 1));
    return raster;
}

void pdf_images_put(const struct pdf_images *images, struct pdf_file *file,
                    struct pdf_deflater *deflater, struct run_table *runs, struct pdf_dict *fonts,
                    struct pdf_dict *resources) {
    for (size_t i = 0; i < images->list.count; i++) {
        char name[24];
        const struct pdf_image *one = &images->list.at[i];
        pdf_put_dict(
            resources, pdf_image_resource(images, one->image, name),
            one->image->kind == IMAGE_VECTOR
                ? pdf_vector_put(file, deflater, runs, fonts, one->image->vector, one->words)
                : pdf_image_put_raster(file, deflater, one->image));
    }
}
