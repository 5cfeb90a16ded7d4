// Kernels over rows of coded vectors: the inner loops of the engine Sightings.
//
// A row of dimension d (a multiple of 64) has four planes. With an integer of 13 bits a value, and c
// what is left of it without its last bit:
//   high  d bytes      h = (c + 8 >> 4) + 128
//   low   d / 2 bytes  c - 16 * (h - 128) + 8, two values a byte: j in the lower half, j + d/2 above
//   least d / 8 bytes  the last bits, bit j of the row
//   signs d / 8 bytes  the first bits of high, bit j of the row: whether the value is not negative
#ifndef HAECHI_VECTOR_SCAN_H
#define HAECHI_VECTOR_SCAN_H

#include <stddef.h>
#include <stdint.h>

// Turns a vector of length d, a power of two, by a random rotation that keeps lengths and angles:
// two rounds of signs and the Walsh-Hadamard transform. `signs` has 2 * d values of 1 or -1.
void vector_rotate(float *values, const float *signs, size_t dimension);

// The rotation's inverse.
void vector_rotate_back(float *values, const float *signs, size_t dimension);

// Codes a vector; `scale` is what an integer of 13 bits is worth, `error` is the length of what `high`
// alone leaves out, in 255ths of the most it can be, rounded up.
void vector_encode(const float *values, size_t dimension, uint8_t *high, uint8_t *low,
                   uint64_t *least, float *scale, uint8_t *error);

// The plane of signs of `words` words, out of the plane `high`.
void vector_signs(const uint8_t *high, size_t words, uint64_t *signs);

// The integers of 13 bits of a row.
void vector_decode(const uint8_t *high, const uint8_t *low, const uint64_t *least,
                   size_t dimension, float *values);

// For each of `count` rows that follow one another: the sum of (high - 128) * query.
void vector_dot_rows(const uint8_t *high, const int16_t *query, size_t dimension, size_t count,
                     int32_t *sums);

// The same for rows by their numbers.
void vector_dot_chosen(const uint8_t *high, const uint32_t *rows, const int16_t *query,
                       size_t dimension, size_t count, int32_t *sums);

// For each of `count` rows: in how many signs it differs from the query.
void vector_differing_signs(const uint64_t *signs, const uint64_t *query, size_t words, size_t count,
                            uint16_t *differing);

// The sum of the integers of 13 bits of a row times a query of floats.
float vector_dot_whole(const uint8_t *high, const uint8_t *low, const uint64_t *least,
                       const float *query, size_t dimension);

#endif
