// JPEG through libjpeg-turbo and PNG through libpng. Their errors jump out of C with longjmp, which
// Swift must never see: every function here returns 0, or one of the codes below with a message.
#ifndef HAECHI_CPICTURES_H
#define HAECHI_CPICTURES_H

#include <stddef.h>
#include <stdint.h>

enum {
    HAECHI_PICTURE_UNREADABLE = 1,
    HAECHI_PICTURE_TRUNCATED = 2,
    HAECHI_PICTURE_MEMORY = 3,
};

enum { HAECHI_PICTURE_MESSAGE_SIZE = 256 };

// The size of a picture, read from its head alone.
int haechi_jpeg_size(const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height,
    char *message);
int haechi_png_size(const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height,
    char *message);

// The pixels as RGB, row by row, into a buffer of width * height * 3 bytes.
int haechi_jpeg_decode(const uint8_t *bytes, size_t count, uint8_t *pixels, uint32_t width,
    uint32_t height, char *message);
int haechi_png_decode(const uint8_t *bytes, size_t count, uint8_t *pixels, uint32_t width,
    uint32_t height, char *message);

// The file of a picture; the bytes are given back with haechi_picture_free.
int haechi_jpeg_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int quality,
    uint8_t **bytes, size_t *count, char *message);
int haechi_png_encode(const uint8_t *pixels, uint32_t width, uint32_t height, uint8_t **bytes,
    size_t *count, char *message);
void haechi_picture_free(uint8_t *bytes);

#endif
