#include "CVectorScan.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// The largest code: one more step and `high` would not fit a byte.
static const float largest_code = 4079.0f;

static void hadamard(float *values, size_t dimension) {
    for (size_t half = 1; half < dimension; half *= 2) {
        for (size_t start = 0; start < dimension; start += 2 * half) {
            float *left = values + start, *right = left + half;
            for (size_t j = 0; j < half; j++) {
                float sum = left[j] + right[j], difference = left[j] - right[j];
                left[j] = sum;
                right[j] = difference;
            }
        }
    }
    float scale = 1.0f / sqrtf((float)dimension);
    for (size_t j = 0; j < dimension; j++) values[j] *= scale;
}

void vector_rotate(float *values, const float *signs, size_t dimension) {
    for (size_t round = 0; round < 2; round++) {
        for (size_t j = 0; j < dimension; j++) values[j] *= signs[round * dimension + j];
        hadamard(values, dimension);
    }
}

void vector_rotate_back(float *values, const float *signs, size_t dimension) {
    for (size_t round = 2; round-- > 0;) {
        hadamard(values, dimension);
        for (size_t j = 0; j < dimension; j++) values[j] *= signs[round * dimension + j];
    }
}

void vector_encode(const float *values, size_t dimension, uint8_t *high, uint8_t *low,
                   uint64_t *least, float *scale, uint8_t *error) {
    float largest = 0;
    for (size_t j = 0; j < dimension; j++) {
        float size = fabsf(values[j]);
        largest = size > largest ? size : largest;
    }
    float step = largest / largest_code, inverse = largest_code / largest;
    int32_t squares = 0;
    size_t half = dimension / 2;
    uint8_t last[64];
    for (size_t start = 0; start < dimension; start += 32) {
        for (size_t j = start; j < start + 32; j++) {
            // 12,582,912 is 1.5 * 2^23: adding it rounds a float to the nearest integer in its low bits.
            float shifted = values[j] * inverse + 12582912.0f;
            int32_t bits;
            memcpy(&bits, &shifted, sizeof bits);
            int32_t whole = bits - 0x4B400000, code = whole >> 1;
            int32_t coarse = (code + 8) >> 4, rest = whole - 32 * coarse;
            high[j] = (uint8_t)(coarse + 128);
            squares += rest * rest;
            last[j % 64] = (uint8_t)(whole & 1);
            uint8_t nibble = (uint8_t)(code - 16 * coarse + 8);
            if (j < half) low[j] = nibble;
            else low[j - half] |= (uint8_t)(nibble << 4);
        }
        if (start % 64) {
            uint64_t word = 0;
            for (size_t j = 0; j < 64; j++) word |= (uint64_t)last[j] << j;
            least[start / 64] = word;
        }
    }
    *scale = step;
    float most = 16.0f * sqrtf((float)dimension);
    *error = (uint8_t)fminf(255.0f, ceilf(sqrtf((float)squares) / most * 255.0f * 1.00001f));
}

void vector_signs(const uint8_t *high, size_t words, uint64_t *signs) {
    for (size_t word = 0; word < words; word++, high += 64) {
#if defined(__SSE2__)
        uint64_t found = 0;
        for (int part = 0; part < 4; part++) {
            __m128i bytes = _mm_loadu_si128((const __m128i *)(high + 16 * part));
            found |= (uint64_t)(uint32_t)_mm_movemask_epi8(bytes) << (16 * part);
        }
#else
        uint64_t found = 0;
        for (size_t j = 0; j < 64; j++) found |= (uint64_t)(high[j] >> 7) << j;
#endif
        signs[word] = found;
    }
}

static inline float whole_code(uint8_t high, uint8_t nibble, const uint64_t *least, size_t j) {
    return (float)(32 * (high - 128) + 2 * (nibble - 8) + (int)(least[j / 64] >> j % 64 & 1));
}

void vector_decode(const uint8_t *high, const uint8_t *low, const uint64_t *least,
                   size_t dimension, float *values) {
    size_t half = dimension / 2;
    for (size_t j = 0; j < half; j++) {
        values[j] = whole_code(high[j], low[j] & 15, least, j);
        values[half + j] = whole_code(high[half + j], low[j] >> 4, least, half + j);
    }
}

static int32_t dot_portable(const uint8_t *high, const int16_t *query, size_t dimension) {
    uint32_t sum = 0;
    for (size_t j = 0; j < dimension; j++)
        sum += (uint32_t)((high[j] - 128) * (int32_t)query[j]);
    return (int32_t)sum;
}

static int32_t offset_of(const int16_t *query, size_t dimension) {
    int32_t sum = 0;
    for (size_t j = 0; j < dimension; j++) sum += query[j];
    return 128 * sum;
}

#if defined(__x86_64__)
// The bytes are multiplied as they are, 0 to 255, and what 128 too much in each adds up to is taken off
// at the end. The sums wrap around; the result fits again (see `SearchVector`).
__attribute__((target("avx2"))) static int32_t dot_avx2(const uint8_t *high, const int16_t *query,
                                                        size_t dimension) {
    __m256i a = _mm256_setzero_si256(), b = a, c = a, d = a;
    for (size_t j = 0; j < dimension; j += 64) {
        const __m128i *bytes = (const __m128i *)(high + j);
        const __m256i *words = (const __m256i *)(query + j);
        a = _mm256_add_epi32(a, _mm256_madd_epi16(_mm256_cvtepu8_epi16(_mm_loadu_si128(bytes)),
                                                  _mm256_loadu_si256(words)));
        b = _mm256_add_epi32(b, _mm256_madd_epi16(_mm256_cvtepu8_epi16(_mm_loadu_si128(bytes + 1)),
                                                  _mm256_loadu_si256(words + 1)));
        c = _mm256_add_epi32(c, _mm256_madd_epi16(_mm256_cvtepu8_epi16(_mm_loadu_si128(bytes + 2)),
                                                  _mm256_loadu_si256(words + 2)));
        d = _mm256_add_epi32(d, _mm256_madd_epi16(_mm256_cvtepu8_epi16(_mm_loadu_si128(bytes + 3)),
                                                  _mm256_loadu_si256(words + 3)));
    }
    __m256i sum = _mm256_add_epi32(_mm256_add_epi32(a, b), _mm256_add_epi32(c, d));
    __m128i four =
        _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
    four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0x4E));
    four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0xB1));
    return _mm_cvtsi128_si32(four);
}

__attribute__((target("avx2"))) static void dot_rows_avx2(const uint8_t *high,
                                                          const uint32_t *rows,
                                                          const int16_t *query, size_t dimension,
                                                          size_t count, int32_t *sums) {
    uint32_t offset = (uint32_t)offset_of(query, dimension);
    for (size_t row = 0; row < count; row++) {
        if (rows && row + 8 < count) {
            const uint8_t *ahead = high + (size_t)rows[row + 8] * dimension;
            for (size_t j = 0; j < dimension; j += 64) __builtin_prefetch(ahead + j);
        }
        const uint8_t *bytes = high + (rows ? rows[row] : row) * dimension;
        sums[row] = (int32_t)((uint32_t)dot_avx2(bytes, query, dimension) - offset);
    }
}

__attribute__((target("popcnt"))) static void differing_popcnt(const uint64_t *signs,
                                                               const uint64_t *query,
                                                               size_t words, size_t count,
                                                               uint16_t *differing) {
    for (size_t row = 0; row < count; row++, signs += words) {
        uint64_t first = 0, second = 0;
        size_t j = 0;
        for (; j + 2 <= words; j += 2) {
            first += (uint64_t)__builtin_popcountll(signs[j] ^ query[j]);
            second += (uint64_t)__builtin_popcountll(signs[j + 1] ^ query[j + 1]);
        }
        if (j < words) first += (uint64_t)__builtin_popcountll(signs[j] ^ query[j]);
        differing[row] = (uint16_t)(first + second);
    }
}
#endif

void vector_dot_chosen(const uint8_t *high, const uint32_t *rows, const int16_t *query,
                       size_t dimension, size_t count, int32_t *sums) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) {
        dot_rows_avx2(high, rows, query, dimension, count, sums);
        return;
    }
#endif
    for (size_t row = 0; row < count; row++)
        sums[row] =
            dot_portable(high + (rows ? rows[row] : row) * dimension, query, dimension);
}

void vector_dot_rows(const uint8_t *high, const int16_t *query, size_t dimension, size_t count,
                     int32_t *sums) {
    vector_dot_chosen(high, NULL, query, dimension, count, sums);
}

void vector_differing_signs(const uint64_t *signs, const uint64_t *query, size_t words, size_t count,
                            uint16_t *differing) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("popcnt")) {
        differing_popcnt(signs, query, words, count, differing);
        return;
    }
#endif
    for (size_t row = 0; row < count; row++, signs += words) {
        int sum = 0;
        for (size_t j = 0; j < words; j++) sum += __builtin_popcountll(signs[j] ^ query[j]);
        differing[row] = (uint16_t)sum;
    }
}

float vector_dot_whole(const uint8_t *high, const uint8_t *low, const uint64_t *least,
                       const float *query, size_t dimension) {
    float sums[8] = {0};
    size_t half = dimension / 2;
    for (size_t j = 0; j < half; j += 8) {
        for (size_t lane = 0; lane < 8; lane++) {
            size_t at = j + lane;
            float first = whole_code(high[at], low[at] & 15, least, at);
            float second = whole_code(high[half + at], low[at] >> 4, least, half + at);
            sums[lane] += first * query[at] + second * query[half + at];
        }
    }
    float sum = 0;
    for (size_t lane = 0; lane < 8; lane++) sum += sums[lane];
    return sum;
}
