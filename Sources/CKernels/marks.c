#include "CKernels.h"

#if defined(__x86_64__)

#include <emmintrin.h>

// Every x86-64 processor has these instructions: nothing is asked of it.
void lumbar_mark_table(const uint8_t *bytes, size_t blocks, uint8_t delimiter, uint64_t *marks,
                       uint64_t *high) {
  const __m128i separator = _mm_set1_epi8((char)delimiter);
  const __m128i feed = _mm_set1_epi8('\n');
  const __m128i carriage = _mm_set1_epi8('\r');
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i zero = _mm_setzero_si128();
  for (size_t block = 0; block < blocks; block++) {
    uint64_t marked = 0, above = 0;
    for (int part = 0; part < 4; part++) {
      const __m128i piece = _mm_loadu_si128((const __m128i *)(bytes + 64 * block + 16 * part));
      const __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(piece, feed), _mm_cmpeq_epi8(piece, carriage));
      const __m128i found =
          _mm_or_si128(_mm_or_si128(ends, _mm_cmpeq_epi8(piece, separator)),
                       _mm_or_si128(_mm_cmpeq_epi8(piece, quote), _mm_cmpeq_epi8(piece, zero)));
      marked |= (uint64_t)(uint32_t)_mm_movemask_epi8(found) << (16 * part);
      above |= (uint64_t)(uint32_t)_mm_movemask_epi8(piece) << (16 * part);
    }
    marks[block] = marked;
    high[block] = above;
  }
}

#else

void lumbar_mark_table(const uint8_t *bytes, size_t blocks, uint8_t delimiter, uint64_t *marks,
                       uint64_t *high) {
  for (size_t block = 0; block < blocks; block++) {
    uint64_t marked = 0, above = 0;
    for (int index = 0; index < 64; index++) {
      const uint8_t byte = bytes[64 * block + index];
      const bool is_mark = byte == delimiter || byte == '\n' || byte == '\r' || byte == '"' || !byte;
      marked |= (uint64_t)is_mark << index;
      above |= (uint64_t)(byte >> 7) << index;
    }
    marks[block] = marked;
    high[block] = above;
  }
}

#endif

size_t lumbar_plain_fields(const uint8_t *bytes, const uint64_t *marks, size_t end, uint8_t delimiter,
                           lumbar_record *record) {
  const size_t origin = record->start;
  const size_t most = record->most, longest = record->longest;
  lumbar_field *const fields = record->fields;
  size_t field = record->field, count = record->count;
  size_t block = (origin + field) >> 6;
  size_t stop = end - origin;
  if (origin + field < end) {
    uint64_t bits = marks[block] & (~(uint64_t)0 << ((origin + field) & 63));
    for (;;) {
      while (!bits) {
        if (++block << 6 >= end) goto done;
        bits = marks[block];
      }
      const size_t place = (block << 6) + (size_t)__builtin_ctzll(bits);
      if (place >= end) break;
      const size_t position = place - origin;
      if (bytes[place] != delimiter || count == most || position - field > longest) {
        stop = position;
        break;
      }
      fields[count].start = (int32_t)field;
      fields[count].end = (int32_t)position;
      fields[count].escaped = false;
      count++;
      field = position + 1;
      bits &= bits - 1;
    }
  }
done:
  record->field = field;
  record->count = count;
  return stop;
}
