// Video through FFmpeg's libraries, where they were there when Haechi was built.
//
// One handle is one stream, used by one thread at a time. Every call that may wait has a deadline.
#ifndef HAECHI_CFFMPEG_H
#define HAECHI_CFFMPEG_H

#include <stddef.h>
#include <stdint.h>

enum {
    HAECHI_VIDEO_FRAME = 1,
    HAECHI_VIDEO_END = 0,
    HAECHI_VIDEO_UNAVAILABLE = -1,
    HAECHI_VIDEO_UNREADABLE = -2,
    HAECHI_VIDEO_STALLED = -3,
    HAECHI_VIDEO_TOO_LARGE = -4,
    HAECHI_VIDEO_MEMORY = -5,
};

enum { HAECHI_VIDEO_MESSAGE_SIZE = 256 };

typedef struct haechi_video haechi_video;

// Whether this build can read video at all.
int haechi_video_is_available(void);

// Opens a file or a stream. `protocols` and `formats` are what it may be made of, comma by comma.
// Sets `video` to a handle, also where it fails; it is given back with haechi_video_close.
int haechi_video_open(const char *address, const char *protocols, const char *formats,
    double timeout_seconds, int64_t maximum_pixels, haechi_video **video, char *message);

// Reads the next picture; HAECHI_VIDEO_FRAME, HAECHI_VIDEO_END or an error.
int haechi_video_next(haechi_video *video, int *width, int *height, double *seconds,
    char *message);

// The picture that was read last, as RGB, into a buffer of width * height * 3 bytes.
int haechi_video_copy(haechi_video *video, uint8_t *pixels, size_t size, char *message);

// Pictures a second as the stream says; 0 where it does not.
double haechi_video_rate(const haechi_video *video);

void haechi_video_close(haechi_video *video);

#endif
