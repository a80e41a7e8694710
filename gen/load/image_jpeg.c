#include "load/image.h"

#include <jpeglib.h>
#include <setjmp.h>

struct jpeg_reading {
    struct jpeg_error_mgr manager; /* first: libjpeg hands this member back */
    struct image_file *file;
    const char *error;
    jmp_buf out;
};

_Noreturn static void fail(j_common_ptr common) {
    struct jpeg_reading *reading = (struct jpeg_reading *)common->err;
    reading->error = "it is damaged"; /* libjpeg's words say which marker, to nobody's use */
    longjmp(reading->out, 1);
}

static void ignore(j_common_ptr common) { (void)common; }
static void ignore_level(j_common_ptr common, int level) {
    (void)common;
    (void)level;
}

static int32_t dots_an_inch(const struct jpeg_decompress_struct *jpeg) {
    double density = jpeg->X_density;
    if (!jpeg->saw_JFIF_marker || (jpeg->density_unit != 1 && jpeg->density_unit != 2))
        return 0;
    return (int32_t)(jpeg->density_unit == 2 ? density * 2.54 + 0.5 : density);
}

/* Viewers show a file without end marker half or not at all; trailing bytes are common. A preview
 * in the header has an end marker of its own. */
static bool has_end(const struct image_file *file, size_t header) {
    for (size_t i = file->size; i-- > header + 1;)
        if (file->bytes[i] == 0xD9 && file->bytes[i - 1] == 0xFF)
            return true;
    return false;
}

static int32_t find_orientation(const struct jpeg_decompress_struct *jpeg) {
    for (jpeg_saved_marker_ptr marker = jpeg->marker_list; marker; marker = marker->next)
        if (marker->data_length >= 6 && memcmp(marker->data, "Exif", 5) == 0)
            return exif_orientation(marker->data, marker->data_length);
    return 1;
}

static bool read_header(struct jpeg_reading *reading, struct jpeg_decompress_struct *jpeg) {
    struct image_file *file = reading->file;
    if (setjmp(reading->out))
        return false;
    jpeg_create_decompress(jpeg);
    jpeg_mem_src(jpeg, file->bytes, (unsigned long)file->size);
    jpeg_save_markers(jpeg, JPEG_APP0 + 1, 0xFFFF);
    jpeg_read_header(jpeg, TRUE);
    if (!image_size_fits(file, jpeg->image_width, jpeg->image_height))
        return false;
    reading->error =
        jpeg->data_precision != 8 ? "it does not have 8 bits a colour"
        : jpeg->arith_code        ? "it is coded arithmetically"
        : jpeg->num_components != 1 && jpeg->num_components != 3 && jpeg->num_components != 4
            ? "it has neither 1, 3 nor 4 colours"
        : !has_end(file, file->size - jpeg->src->bytes_in_buffer) ? "the file is cut off"
                                                                  : NULL;
    return !reading->error;
}

bool image_read_jpeg(struct image_file *file, struct image *image) {
    struct jpeg_reading reading = {.file = file};
    struct jpeg_decompress_struct jpeg = {.err = jpeg_std_error(&reading.manager)};
    reading.manager.error_exit = fail;
    reading.manager.output_message = ignore;
    reading.manager.emit_message = ignore_level;
    bool read = read_header(&reading, &jpeg);
    if (read) {
        image->kind = IMAGE_JPEG;
        image->orientation = find_orientation(&jpeg);
        bool lies = image->orientation >= 5; /* on its side */
        image->width_px = (int32_t)(lies ? jpeg.image_height : jpeg.image_width);
        image->height_px = (int32_t)(lies ? jpeg.image_width : jpeg.image_height);
        image->channels = jpeg.num_components;
        image->dpi = dots_an_inch(&jpeg);
        image->cmyk_inverted = jpeg.num_components == 4 && jpeg.saw_Adobe_marker;
        image->data = file->bytes;
        image->size = file->size;
    } else if (reading.error) {
        diag_report(file->diag, DIAG_IMAGE_UNREADABLE, file->at, file->shown, reading.error);
    }
    jpeg_destroy_decompress(&jpeg);
    return read;
}
