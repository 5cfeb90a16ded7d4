#define _GNU_SOURCE // clock_gettime
#include "CFFmpeg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(HAECHI_HAS_FFMPEG) && __has_include(<libavformat/avformat.h>)

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/imgutils.h>
#include <libswscale/swscale.h>

// Packets in a row that no decoder understood; a lost one is normal on a network, this many are garbage.
enum { MAXIMUM_BAD_PACKETS = 300 };

struct haechi_video {
    AVFormatContext *format;
    AVCodecContext *codec;
    struct SwsContext *scaler;
    AVFrame *frame;
    AVPacket *packet;
    int stream;
    int is_draining;
    double timeout;
    double deadline;
    int has_timed_out;
    double last_seconds;
    int has_frame;
};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int is_late(void *context) {
    haechi_video *video = context;
    if (now() < video->deadline) return 0;
    video->has_timed_out = 1;
    return 1;
}

static void start_clock(haechi_video *video) {
    video->deadline = now() + video->timeout;
    video->has_timed_out = 0;
}

static int failed(const haechi_video *video, int code, char *message) {
    if (video != NULL && video->has_timed_out) {
        snprintf(message, HAECHI_VIDEO_MESSAGE_SIZE, "no answer within %.1f s", video->timeout);
        return HAECHI_VIDEO_STALLED;
    }
    av_strerror(code, message, HAECHI_VIDEO_MESSAGE_SIZE);
    return code == AVERROR(ENOMEM) ? HAECHI_VIDEO_MEMORY : HAECHI_VIDEO_UNREADABLE;
}

int haechi_video_is_available(void) { return 1; }

static int open_format(haechi_video *video, const char *address, const char *protocols,
    const char *formats) {
    video->format = avformat_alloc_context();
    if (video->format == NULL) return AVERROR(ENOMEM);
    video->format->interrupt_callback = (AVIOInterruptCB){is_late, video};
    AVDictionary *options = NULL;
    // A playlist that names other files or hosts is not followed.
    av_dict_set(&options, "protocol_whitelist", protocols, 0);
    av_dict_set(&options, "format_whitelist", formats, 0);
    av_dict_set(&options, "rtsp_transport", "tcp", 0);
    int code = avformat_open_input(&video->format, address, NULL, &options);
    av_dict_free(&options);
    return code < 0 ? code : avformat_find_stream_info(video->format, NULL);
}

static int open_codec(haechi_video *video, int64_t maximum_pixels) {
    const AVCodec *codec = NULL;
    int code = av_find_best_stream(video->format, AVMEDIA_TYPE_VIDEO, -1, -1, &codec, 0);
    if (code < 0) return code;
    video->stream = code;
    // Sound is never taken.
    for (unsigned at = 0; at < video->format->nb_streams; at++) {
        if ((int)at != video->stream) video->format->streams[at]->discard = AVDISCARD_ALL;
    }
    video->codec = avcodec_alloc_context3(codec);
    video->frame = av_frame_alloc();
    video->packet = av_packet_alloc();
    if (video->codec == NULL || video->frame == NULL || video->packet == NULL) {
        return AVERROR(ENOMEM);
    }
    code = avcodec_parameters_to_context(
        video->codec, video->format->streams[video->stream]->codecpar);
    if (code < 0) return code;
    video->codec->max_pixels = maximum_pixels;
    video->codec->thread_count = 1; // a stream has one thread of its own
    return avcodec_open2(video->codec, codec, NULL);
}

int haechi_video_open(const char *address, const char *protocols, const char *formats,
    double timeout_seconds, int64_t maximum_pixels, haechi_video **result, char *message) {
    av_log_set_level(AV_LOG_QUIET);
    haechi_video *video = calloc(1, sizeof *video);
    *result = video;
    if (video == NULL) return HAECHI_VIDEO_MEMORY;
    video->timeout = timeout_seconds;
    video->last_seconds = -1;
    start_clock(video);
    int code = open_format(video, address, protocols, formats);
    if (code >= 0) code = open_codec(video, maximum_pixels);
    return code < 0 ? failed(video, code, message) : 0;
}

// Gives the decoder what comes next; a negative number where nothing comes any more.
static int feed(haechi_video *video) {
    int code;
    do {
        av_packet_unref(video->packet);
        code = av_read_frame(video->format, video->packet);
    } while (code >= 0 && video->packet->stream_index != video->stream && !is_late(video));
    if (video->has_timed_out) return AVERROR_EXIT;
    if (code == AVERROR_EOF) {
        video->is_draining = 1;
        return avcodec_send_packet(video->codec, NULL);
    }
    if (code < 0) return code;
    code = avcodec_send_packet(video->codec, video->packet);
    av_packet_unref(video->packet);
    return code == AVERROR_INVALIDDATA ? 0 : code;
}

static double seconds_of(haechi_video *video) {
    const AVStream *stream = video->format->streams[video->stream];
    int64_t time = video->frame->best_effort_timestamp;
    double rate = haechi_video_rate(video);
    double step = rate > 0 ? 1 / rate : 0.04;
    double seconds = time == AV_NOPTS_VALUE ? video->last_seconds + step
                                            : (double)time * av_q2d(stream->time_base);
    // A clock that runs backwards would make time itself an event.
    if (seconds <= video->last_seconds) seconds = video->last_seconds + step;
    video->last_seconds = seconds;
    return seconds;
}

int haechi_video_next(haechi_video *video, int *width, int *height, double *seconds,
    char *message) {
    start_clock(video);
    video->has_frame = 0;
    for (int bad = 0; bad < MAXIMUM_BAD_PACKETS;) {
        int code = avcodec_receive_frame(video->codec, video->frame);
        if (code == 0) {
            if ((int64_t)video->frame->width * video->frame->height > video->codec->max_pixels) {
                return HAECHI_VIDEO_TOO_LARGE;
            }
            video->has_frame = 1;
            *width = video->frame->width;
            *height = video->frame->height;
            *seconds = seconds_of(video);
            return HAECHI_VIDEO_FRAME;
        }
        if (code == AVERROR_EOF) return HAECHI_VIDEO_END;
        if (code != AVERROR(EAGAIN)) {
            bad++;
            if (video->is_draining) return HAECHI_VIDEO_END;
        }
        code = feed(video);
        if (code < 0 && !(video->is_draining && code == AVERROR_EOF)) {
            return failed(video, code, message);
        }
        bad++;
    }
    snprintf(message, HAECHI_VIDEO_MESSAGE_SIZE, "%d packets without a picture",
        MAXIMUM_BAD_PACKETS);
    return HAECHI_VIDEO_UNREADABLE;
}

int haechi_video_copy(haechi_video *video, uint8_t *pixels, size_t size, char *message) {
    AVFrame *frame = video->frame;
    if (!video->has_frame || size != (size_t)frame->width * (size_t)frame->height * 3) {
        return HAECHI_VIDEO_UNREADABLE;
    }
    // The size or the form may change in the middle of a stream.
    video->scaler = sws_getCachedContext(video->scaler, frame->width, frame->height,
        frame->format, frame->width, frame->height, AV_PIX_FMT_RGB24, SWS_BILINEAR, NULL, NULL,
        NULL);
    if (video->scaler == NULL) {
        snprintf(message, HAECHI_VIDEO_MESSAGE_SIZE, "pixels of an unknown form");
        return HAECHI_VIDEO_UNREADABLE;
    }
    uint8_t *planes[4] = {pixels};
    int strides[4] = {frame->width * 3};
    sws_scale(video->scaler, (const uint8_t *const *)frame->data, frame->linesize, 0,
        frame->height, planes, strides);
    return 0;
}

double haechi_video_rate(const haechi_video *video) {
    if (video->format == NULL || video->codec == NULL) return 0;
    AVRational rate = video->format->streams[video->stream]->avg_frame_rate;
    return rate.num > 0 && rate.den > 0 ? av_q2d(rate) : 0;
}

void haechi_video_close(haechi_video *video) {
    if (video == NULL) return;
    start_clock(video);
    sws_freeContext(video->scaler);
    av_packet_free(&video->packet);
    av_frame_free(&video->frame);
    avcodec_free_context(&video->codec);
    avformat_close_input(&video->format);
    free(video);
}

#else

struct haechi_video {
    int nothing;
};

int haechi_video_is_available(void) { return 0; }

int haechi_video_open(const char *address, const char *protocols, const char *formats,
    double timeout_seconds, int64_t maximum_pixels, haechi_video **video, char *message) {
    (void)address, (void)protocols, (void)formats, (void)timeout_seconds, (void)maximum_pixels;
    *video = NULL;
    snprintf(message, HAECHI_VIDEO_MESSAGE_SIZE, "built without FFmpeg");
    return HAECHI_VIDEO_UNAVAILABLE;
}

int haechi_video_next(haechi_video *video, int *width, int *height, double *seconds,
    char *message) {
    (void)video, (void)width, (void)height, (void)seconds, (void)message;
    return HAECHI_VIDEO_UNAVAILABLE;
}

int haechi_video_copy(haechi_video *video, uint8_t *pixels, size_t size, char *message) {
    (void)video, (void)pixels, (void)size, (void)message;
    return HAECHI_VIDEO_UNAVAILABLE;
}

double haechi_video_rate(const haechi_video *video) {
    (void)video;
    return 0;
}

void haechi_video_close(haechi_video *video) { (void)video; }

#endif
