// ONNX Runtime through its C API, opened when it is wanted: nothing is linked.
//
// Its API is a table of functions whose order never changes; a table is asked for by version
// (onnxruntime_c_api.h, "OrtApiBase"). What is used here is in it since version 1.
#ifndef HAECHI_CONNXRUNTIME_H
#define HAECHI_CONNXRUNTIME_H

#include <stddef.h>
#include <stdint.h>

enum { HAECHI_ONNX_MESSAGE_SIZE = 512, HAECHI_ONNX_MAXIMUM_RANK = 8 };

typedef struct haechi_onnx_runtime haechi_onnx_runtime;
typedef struct haechi_onnx_model haechi_onnx_model;

// Opens the shared library; 0, or another number with a message.
int haechi_onnx_load(const char *path, haechi_onnx_runtime **runtime, char *message);

// Reads a model of one input and one output of floats.
int haechi_onnx_open(haechi_onnx_runtime *runtime, const uint8_t *bytes, size_t count,
    haechi_onnx_model **model, char *message);

// The shape of the input or the output; -1 for a size that is open. The number of sizes.
int haechi_onnx_shape(const haechi_onnx_model *model, int is_output, int64_t *sizes);

// Runs the model on one thread and copies its output, whose shape has to be as expected.
int haechi_onnx_run(haechi_onnx_model *model, float *input, const int64_t *input_sizes,
    float *output, size_t output_count, char *message);

void haechi_onnx_close(haechi_onnx_model *model);

#endif
