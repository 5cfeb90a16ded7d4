#include "COnnxRuntime.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The places of functions in the table.
enum {
    GET_ERROR_MESSAGE = 2,
    CREATE_ENV = 3,
    CREATE_SESSION_FROM_ARRAY = 8,
    RUN = 9,
    CREATE_SESSION_OPTIONS = 10,
    SET_INTRA_OP_THREADS = 24,
    SET_INTER_OP_THREADS = 25,
    SESSION_INPUT_COUNT = 30,
    SESSION_OUTPUT_COUNT = 31,
    SESSION_INPUT_TYPE = 33,
    SESSION_OUTPUT_TYPE = 34,
    SESSION_INPUT_NAME = 36,
    SESSION_OUTPUT_NAME = 37,
    CREATE_TENSOR_WITH_DATA = 49,
    TENSOR_DATA = 51,
    CAST_TYPE_TO_TENSOR = 55,
    TENSOR_ELEMENT_TYPE = 60,
    DIMENSION_COUNT = 61,
    DIMENSIONS = 62,
    ELEMENT_COUNT = 64,
    TENSOR_SHAPE = 65,
    CREATE_CPU_MEMORY = 69,
    ALLOCATOR_FREE = 76,
    DEFAULT_ALLOCATOR = 78,
    RELEASE_STATUS = 93,
    RELEASE_MEMORY = 94,
    RELEASE_SESSION = 95,
    RELEASE_VALUE = 96,
    RELEASE_TYPE = 98,
    RELEASE_SHAPE = 99,
    RELEASE_OPTIONS = 100,
};

enum { API_VERSION = 11, FLOAT_ELEMENTS = 1, LOG_ERRORS_ONLY = 3 };

typedef const void *(*function)(void);

struct api_base {
    const function *(*get_api)(uint32_t version);
    const char *(*version)(void);
};

struct haechi_onnx_runtime {
    const function *api;
    void *environment;
    void *memory;
    void *allocator;
};

struct haechi_onnx_model {
    haechi_onnx_runtime *runtime;
    void *session;
    char *names[2];
    int64_t sizes[2][HAECHI_ONNX_MAXIMUM_RANK];
    int ranks[2];
};

// Calls a function of the table with its true type.
#define CALL(runtime, place, types, ...) \
    (((void *(*)types)(void (*)(void))(runtime)->api[place])(__VA_ARGS__))

// Takes the message of a status over; 1 where it is one.
static int failed(haechi_onnx_runtime *runtime, void *status, char *message) {
    if (status == NULL) return 0;
    const char *text = CALL(runtime, GET_ERROR_MESSAGE, (const void *), status);
    snprintf(message, HAECHI_ONNX_MESSAGE_SIZE, "%s", text);
    CALL(runtime, RELEASE_STATUS, (void *), status);
    return 1;
}

int haechi_onnx_load(const char *path, haechi_onnx_runtime **result, char *message) {
    *result = NULL;
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const struct api_base *(*base)(void) =
        library == NULL ? NULL : (const struct api_base *(*)(void))dlsym(library, "OrtGetApiBase");
    if (base == NULL) {
        const char *reason = dlerror();
        snprintf(message, HAECHI_ONNX_MESSAGE_SIZE, "%s", reason ? reason : "no OrtGetApiBase");
        if (library != NULL) dlclose(library);
        return 1;
    }
    const function *api = base()->get_api(API_VERSION);
    if (api == NULL) {
        snprintf(message, HAECHI_ONNX_MESSAGE_SIZE, "version %s is too old", base()->version());
        dlclose(library);
        return 1;
    }
    haechi_onnx_runtime *runtime = calloc(1, sizeof *runtime);
    if (runtime == NULL) return 1;
    runtime->api = api;
    if (failed(runtime,
            CALL(runtime, CREATE_ENV, (int, const char *, void **), LOG_ERRORS_ONLY, "haechi",
                &runtime->environment),
            message)
        || failed(runtime,
            CALL(runtime, CREATE_CPU_MEMORY, (int, int, void **), 1, 0, &runtime->memory), message)
        || failed(runtime, CALL(runtime, DEFAULT_ALLOCATOR, (void **), &runtime->allocator),
            message)) {
        free(runtime);
        return 1;
    }
    // The library stays open until the program ends: it cannot be unloaded safely.
    *result = runtime;
    return 0;
}

// The shape and the element type of the input (0) or the output (1).
static int read_shape(haechi_onnx_model *model, int side, char *message) {
    haechi_onnx_runtime *runtime = model->runtime;
    int place = side ? SESSION_OUTPUT_TYPE : SESSION_INPUT_TYPE;
    void *type = NULL;
    const void *shape = NULL;
    int element = 0;
    size_t rank = 0;
    if (failed(runtime,
            CALL(runtime, place, (void *, size_t, void **), model->session, (size_t)0, &type),
            message)) {
        return 1;
    }
    int bad = failed(runtime,
        CALL(runtime, CAST_TYPE_TO_TENSOR, (void *, const void **), type, &shape), message);
    if (!bad && shape == NULL) {
        snprintf(message, HAECHI_ONNX_MESSAGE_SIZE, "not a tensor");
        bad = 1;
    }
    bad = bad
        || failed(runtime,
            CALL(runtime, TENSOR_ELEMENT_TYPE, (const void *, int *), shape, &element), message)
        || failed(runtime,
            CALL(runtime, DIMENSION_COUNT, (const void *, size_t *), shape, &rank), message);
    if (!bad && (element != FLOAT_ELEMENTS || rank == 0 || rank > HAECHI_ONNX_MAXIMUM_RANK)) {
        snprintf(message, HAECHI_ONNX_MESSAGE_SIZE, "element type %d of rank %zu", element, rank);
        bad = 1;
    }
    bad = bad
        || failed(runtime,
            CALL(runtime, DIMENSIONS, (const void *, int64_t *, size_t), shape,
                model->sizes[side], rank),
            message);
    model->ranks[side] = (int)rank;
    CALL(runtime, RELEASE_TYPE, (void *), type);
    return bad;
}

static int read_faces(haechi_onnx_model *model, char *message) {
    haechi_onnx_runtime *runtime = model->runtime;
    for (int side = 0; side < 2; side++) {
        size_t count = 0;
        int place = side ? SESSION_OUTPUT_COUNT : SESSION_INPUT_COUNT;
        if (failed(runtime, CALL(runtime, place, (void *, size_t *), model->session, &count),
                message)) {
            return 1;
        }
        if (count != 1) {
            snprintf(message, HAECHI_ONNX_MESSAGE_SIZE, "%zu %s instead of one", count,
                side ? "outputs" : "inputs");
            return 1;
        }
        place = side ? SESSION_OUTPUT_NAME : SESSION_INPUT_NAME;
        if (failed(runtime,
                CALL(runtime, place, (void *, size_t, void *, char **), model->session, (size_t)0,
                    runtime->allocator, &model->names[side]),
                message)
            || read_shape(model, side, message)) {
            return 1;
        }
    }
    return 0;
}

int haechi_onnx_open(haechi_onnx_runtime *runtime, const uint8_t *bytes, size_t count,
    haechi_onnx_model **result, char *message) {
    *result = NULL;
    void *options = NULL;
    haechi_onnx_model *model = calloc(1, sizeof *model);
    if (model == NULL) return 1;
    model->runtime = runtime;
    int bad = failed(runtime, CALL(runtime, CREATE_SESSION_OPTIONS, (void **), &options), message);
    // A camera has one thread; many cameras fill the cores.
    bad = bad
        || failed(runtime, CALL(runtime, SET_INTRA_OP_THREADS, (void *, int), options, 1), message)
        || failed(runtime, CALL(runtime, SET_INTER_OP_THREADS, (void *, int), options, 1), message)
        || failed(runtime,
            CALL(runtime, CREATE_SESSION_FROM_ARRAY,
                (void *, const void *, size_t, void *, void **), runtime->environment, bytes, count,
                options, &model->session),
            message)
        || read_faces(model, message);
    if (options != NULL) CALL(runtime, RELEASE_OPTIONS, (void *), options);
    if (bad) {
        haechi_onnx_close(model);
        return 1;
    }
    *result = model;
    return 0;
}

int haechi_onnx_shape(const haechi_onnx_model *model, int is_output, int64_t *sizes) {
    memcpy(sizes, model->sizes[is_output], sizeof model->sizes[is_output]);
    return model->ranks[is_output];
}

// Copies a tensor that has to have so many elements.
static int copy_output(haechi_onnx_runtime *runtime, void *value, float *output, size_t count,
    char *message) {
    void *shape = NULL;
    size_t elements = 0;
    float *data = NULL;
    if (failed(runtime, CALL(runtime, TENSOR_SHAPE, (void *, void **), value, &shape), message)) {
        return 1;
    }
    int bad = failed(runtime,
        CALL(runtime, ELEMENT_COUNT, (void *, size_t *), shape, &elements), message);
    CALL(runtime, RELEASE_SHAPE, (void *), shape);
    if (!bad && elements != count) {
        snprintf(message, HAECHI_ONNX_MESSAGE_SIZE, "%zu numbers instead of %zu", elements, count);
        bad = 1;
    }
    bad = bad
        || failed(runtime, CALL(runtime, TENSOR_DATA, (void *, float **), value, &data), message);
    if (!bad) memcpy(output, data, count * sizeof *output);
    return bad;
}

int haechi_onnx_run(haechi_onnx_model *model, float *input, const int64_t *input_sizes,
    float *output, size_t output_count, char *message) {
    haechi_onnx_runtime *runtime = model->runtime;
    size_t count = 1;
    for (int at = 0; at < model->ranks[0]; at++) count *= (size_t)input_sizes[at];
    void *tensor = NULL;
    void *value = NULL;
    const char *input_name = model->names[0];
    const char *output_name = model->names[1];
    int bad = failed(runtime,
        CALL(runtime, CREATE_TENSOR_WITH_DATA,
            (void *, void *, size_t, const int64_t *, size_t, int, void **), runtime->memory, input,
            count * sizeof *input, input_sizes, (size_t)model->ranks[0], FLOAT_ELEMENTS, &tensor),
        message);
    bad = bad
        || failed(runtime,
            CALL(runtime, RUN,
                (void *, void *, const char *const *, void *const *, size_t, const char *const *,
                    size_t, void **),
                model->session, NULL, &input_name, &tensor, (size_t)1, &output_name, (size_t)1,
                &value),
            message)
        || copy_output(runtime, value, output, output_count, message);
    if (value != NULL) CALL(runtime, RELEASE_VALUE, (void *), value);
    if (tensor != NULL) CALL(runtime, RELEASE_VALUE, (void *), tensor);
    return bad;
}

void haechi_onnx_close(haechi_onnx_model *model) {
    if (model == NULL) return;
    haechi_onnx_runtime *runtime = model->runtime;
    for (int side = 0; side < 2; side++) {
        if (model->names[side] == NULL) continue;
        void *status = CALL(runtime, ALLOCATOR_FREE, (void *, void *), runtime->allocator,
            model->names[side]);
        if (status != NULL) CALL(runtime, RELEASE_STATUS, (void *), status);
    }
    if (model->session != NULL) CALL(runtime, RELEASE_SESSION, (void *), model->session);
    free(model);
}
