#include "CPictures.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>
#include <png.h>

// A progressive file may hold millions of passes over one picture; no camera writes more than this.
enum { MAXIMUM_SCAN_COUNT = 200 };

struct failure {
    struct jpeg_error_mgr base;
    jmp_buf back;
    char *message;
    int is_truncated;
    int is_out_of_memory;
};

static void leave(j_common_ptr common) {
    struct failure *failure = (struct failure *)common->err;
    char text[JMSG_LENGTH_MAX];
    common->err->format_message(common, text);
    snprintf(failure->message, HAECHI_PICTURE_MESSAGE_SIZE, "%s", text);
    int code = common->err->msg_code;
    failure->is_truncated |= code == JERR_INPUT_EOF || code == JERR_INPUT_EMPTY;
    failure->is_out_of_memory |= code == JERR_OUT_OF_MEMORY;
    longjmp(failure->back, 1);
}

// A picture that ends early is a warning to the library, which paints the rest grey.
static void note(j_common_ptr common, int level) {
    struct failure *failure = (struct failure *)common->err;
    if (level < 0 && common->err->msg_code == JWRN_JPEG_EOF) {
        failure->is_truncated = 1;
        snprintf(failure->message, HAECHI_PICTURE_MESSAGE_SIZE, "the file ends early");
    }
}

static void watch_scans(j_common_ptr common) {
    j_decompress_ptr reader = (j_decompress_ptr)common;
    if (reader->input_scan_number > MAXIMUM_SCAN_COUNT) ERREXIT(reader, JERR_BAD_PROGRESSION);
}

static void set_failure(struct failure *failure, char *message) {
    memset(failure, 0, sizeof *failure);
    jpeg_std_error(&failure->base);
    failure->base.error_exit = leave;
    failure->base.emit_message = note;
    failure->message = message;
    message[0] = 0;
}

static int code_of(const struct failure *failure) {
    if (failure->is_out_of_memory) return HAECHI_PICTURE_MEMORY;
    return failure->is_truncated ? HAECHI_PICTURE_TRUNCATED : HAECHI_PICTURE_UNREADABLE;
}

int haechi_jpeg_size(const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height,
    char *message) {
    struct jpeg_decompress_struct reader;
    struct failure failure;
    set_failure(&failure, message);
    memset(&reader, 0, sizeof reader);
    reader.err = &failure.base;
    if (setjmp(failure.back)) {
        jpeg_destroy_decompress(&reader);
        return code_of(&failure);
    }
    jpeg_create_decompress(&reader);
    jpeg_mem_src(&reader, bytes, count);
    jpeg_read_header(&reader, TRUE);
    *width = reader.image_width;
    *height = reader.image_height;
    jpeg_destroy_decompress(&reader);
    return 0;
}

int haechi_jpeg_decode(const uint8_t *bytes, size_t count, uint8_t *pixels, uint32_t width,
    uint32_t height, char *message) {
    struct jpeg_decompress_struct reader;
    struct jpeg_progress_mgr progress = {.progress_monitor = watch_scans};
    struct failure failure;
    set_failure(&failure, message);
    memset(&reader, 0, sizeof reader);
    reader.err = &failure.base;
    if (setjmp(failure.back)) {
        jpeg_destroy_decompress(&reader);
        return code_of(&failure);
    }
    jpeg_create_decompress(&reader);
    reader.progress = &progress;
    jpeg_mem_src(&reader, bytes, count);
    jpeg_read_header(&reader, TRUE);
    reader.out_color_space = JCS_RGB;
    reader.dct_method = JDCT_ISLOW;
    jpeg_start_decompress(&reader);
    if (reader.output_width != width || reader.output_height != height
        || reader.output_components != 3) {
        ERREXIT(&reader, JERR_BAD_J_COLORSPACE);
    }
    while (reader.output_scanline < height) {
        uint8_t *row = pixels + (size_t)reader.output_scanline * width * 3;
        jpeg_read_scanlines(&reader, &row, 1);
    }
    jpeg_finish_decompress(&reader);
    jpeg_destroy_decompress(&reader);
    return failure.is_truncated ? HAECHI_PICTURE_TRUNCATED : 0;
}

int haechi_jpeg_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int quality,
    uint8_t **bytes, size_t *count, char *message) {
    struct jpeg_compress_struct writer;
    struct failure failure;
    unsigned char *volatile file = NULL; // the library sets it behind setjmp's back
    unsigned long size = 0;
    set_failure(&failure, message);
    memset(&writer, 0, sizeof writer);
    writer.err = &failure.base;
    if (setjmp(failure.back)) {
        jpeg_destroy_compress(&writer);
        free(file);
        return code_of(&failure);
    }
    jpeg_create_compress(&writer);
    jpeg_mem_dest(&writer, (unsigned char **)&file, &size);
    writer.image_width = width;
    writer.image_height = height;
    writer.input_components = 3;
    writer.in_color_space = JCS_RGB;
    jpeg_set_defaults(&writer);
    jpeg_set_quality(&writer, quality, TRUE);
    jpeg_start_compress(&writer, TRUE);
    while (writer.next_scanline < height) {
        JSAMPROW row = (JSAMPROW)(pixels + (size_t)writer.next_scanline * width * 3);
        jpeg_write_scanlines(&writer, &row, 1);
    }
    jpeg_finish_compress(&writer);
    jpeg_destroy_compress(&writer);
    *bytes = file;
    *count = size;
    return 0;
}

// libpng's simplified interface catches its own jumps.
static int png_code(png_image *image, char *message) {
    int is_truncated = strstr(image->message, "read beyond end") != NULL
        || strstr(image->message, "Not enough") != NULL;
    snprintf(message, HAECHI_PICTURE_MESSAGE_SIZE, "%s", image->message);
    png_image_free(image);
    return is_truncated ? HAECHI_PICTURE_TRUNCATED : HAECHI_PICTURE_UNREADABLE;
}

int haechi_png_size(const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height,
    char *message) {
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_memory(&image, bytes, count)) return png_code(&image, message);
    *width = image.width;
    *height = image.height;
    png_image_free(&image);
    return 0;
}

int haechi_png_decode(const uint8_t *bytes, size_t count, uint8_t *pixels, uint32_t width,
    uint32_t height, char *message) {
    png_image image = {.version = PNG_IMAGE_VERSION};
    png_color paper = {255, 255, 255};
    if (!png_image_begin_read_from_memory(&image, bytes, count)) return png_code(&image, message);
    image.format = PNG_FORMAT_RGB;
    if (image.width != width || image.height != height) {
        snprintf(message, HAECHI_PICTURE_MESSAGE_SIZE, "the size changed");
        png_image_free(&image);
        return HAECHI_PICTURE_UNREADABLE;
    }
    if (!png_image_finish_read(&image, &paper, pixels, 0, NULL)) return png_code(&image, message);
    png_image_free(&image);
    return 0;
}

int haechi_png_encode(const uint8_t *pixels, uint32_t width, uint32_t height, uint8_t **bytes,
    size_t *count, char *message) {
    png_image image = {.version = PNG_IMAGE_VERSION, .width = width, .height = height};
    image.format = PNG_FORMAT_RGB;
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
    uint8_t *file = malloc(size);
    if (file == NULL) return HAECHI_PICTURE_MEMORY;
    if (!png_image_write_to_memory(&image, file, &size, 0, pixels, 0, NULL)) {
        free(file);
        return png_code(&image, message);
    }
    *bytes = file;
    *count = size;
    return 0;
}

void haechi_picture_free(uint8_t *bytes) { free(bytes); }
