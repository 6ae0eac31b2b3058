#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether this processor computes SHA-256 rounds itself.
bool lumbar_has_sha256(void);

/// Folds whole blocks of 64 bytes into the eight words of a SHA-256 state (FIPS 180-4).
///
/// Only to be called when `lumbar_has_sha256` says so; the result is that of the plain way, bit for bit.
void lumbar_sha256_blocks(uint32_t state[8], const uint8_t *bytes, size_t blocks);

/// Whether this processor and its system have AVX2, which the functions below need.
bool lumbar_has_avx2(void);

/// Eight sums of every eighth value, then what their additions lost: those of the plain way, bit for
/// bit.
void lumbar_lane_sum(const double *values, size_t count, double out[16]);

/// Eight sums of distances from a centre, eight of their squares, then what the latter lost.
void lumbar_lane_squares(const double *values, size_t count, double center, double out[24]);

/// Eight sums each of dx, dy, dx dx, dy dy and dx dy for distances from two centres.
void lumbar_lane_products(const double *x, const double *y, size_t count, double centerX,
                          double centerY, double out[40]);

/// Whole numbers in the place of values, with the smallest and the largest; false when a value is not
/// whole, and what is written then means nothing.
bool lumbar_lane_whole(const double *values, size_t count, int32_t *out, int32_t range[2]);

/// Looks through blocks of 64 bytes of a table, one bit a byte, the lowest for the first: which bytes are
/// a delimiter, a line feed, a carriage return, a quote or NUL (marks), and which are above ASCII (high).
void lumbar_mark_table(const uint8_t *bytes, size_t blocks, uint8_t delimiter, uint64_t *marks,
                       uint64_t *high);

/// A field of a record, as offsets from the record's first byte.
typedef struct {
  int32_t start;
  int32_t end;
  /// Whether it was quoted and holds doubled quotes, which have to be undoubled.
  bool escaped;
} lumbar_field;

/// A record and what is known of its fields.
typedef struct {
  /// Offset of the record's first byte.
  size_t start;
  /// Where the field that is looked at begins, from the record's first byte.
  size_t field;
  /// Fields found so far, the most there may be, and the most bytes of one.
  size_t count, most, longest;
  lumbar_field *fields;
} lumbar_record;

/// Goes through plain fields from mark to mark, up to the first mark that is no delimiter.
///
/// Returns its place from the record's first byte, or that of the end of the bytes; also that of a
/// delimiter where a field is too long or the record has as many fields as it may.
size_t lumbar_plain_fields(const uint8_t *bytes, const uint64_t *marks, size_t end, uint8_t delimiter,
                           lumbar_record *record);

#endif
