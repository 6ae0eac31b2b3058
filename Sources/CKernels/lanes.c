#include "CKernels.h"

#include <string.h>

// A product and a sum stay two roundings, as they are in the plain way.
#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)

#include <cpuid.h>

bool lumbar_has_avx2(void) {
  unsigned a, b, c, d;
  // Leaf 1: AVX, and the system keeps its registers; leaf 7: AVX2.
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & (1u << 28)) || !(c & (1u << 27))) return false;
  unsigned low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  if ((low & 6) != 6) return false;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & (1u << 5));
}

// Eight Doubles, read from wherever a Double may lie.
typedef double lanes __attribute__((vector_size(64), aligned(8)));

/// Adds a value to a sum and what the addition loses to another (Knuth's two-sum).
#define ADD(sum, lost, value)                     \
  do {                                            \
    const lanes addend = (value);                 \
    const lanes next = (sum) + addend;            \
    const lanes part = next - (sum);              \
    (lost) += ((sum) - (next - part)) + (addend - part); \
    (sum) = next;                                 \
  } while (0)

/// The last values, filled up with others that change nothing.
#define REST(name, values, padding)                              \
  lanes name;                                                    \
  for (size_t lane = 0; lane < 8; lane++)                        \
    name[lane] = index + lane < count ? (values)[index + lane] : (padding)

#define AT(values) (*(const lanes *)((values) + index))

__attribute__((target("avx2")))
void lumbar_lane_sum(const double *values, size_t count, double out[16]) {
  lanes sum = {0}, lost = {0};
  size_t index = 0;
  for (; index + 8 <= count; index += 8) ADD(sum, lost, AT(values));
  if (index < count) {
    REST(rest, values, 0);
    ADD(sum, lost, rest);
  }
  *(lanes *)out = sum;
  *(lanes *)(out + 8) = lost;
}

__attribute__((target("avx2")))
void lumbar_lane_squares(const double *values, size_t count, double center, double out[24]) {
  lanes sum = {0}, squares = {0}, lost = {0};
  size_t index = 0;
  for (; index + 8 <= count; index += 8) {
    const lanes distance = AT(values) - center;
    sum += distance;
    ADD(squares, lost, distance * distance);
  }
  if (index < count) {
    REST(rest, values, center);
    const lanes distance = rest - center;
    sum += distance;
    ADD(squares, lost, distance * distance);
  }
  *(lanes *)out = sum;
  *(lanes *)(out + 8) = squares;
  *(lanes *)(out + 16) = lost;
}

#define PRODUCTS(left, right)      \
  do {                             \
    const lanes dx = (left) - centerX;  \
    const lanes dy = (right) - centerY; \
    sumX += dx;                    \
    sumY += dy;                    \
    xx += dx * dx;                 \
    yy += dy * dy;                 \
    xy += dx * dy;                 \
  } while (0)

__attribute__((target("avx2")))
void lumbar_lane_products(const double *x, const double *y, size_t count, double centerX,
                          double centerY, double out[40]) {
  lanes sumX = {0}, sumY = {0}, xx = {0}, yy = {0}, xy = {0};
  size_t index = 0;
  for (; index + 8 <= count; index += 8) PRODUCTS(AT(x), AT(y));
  if (index < count) {
    REST(restX, x, centerX);
    REST(restY, y, centerY);
    PRODUCTS(restX, restY);
  }
  *(lanes *)out = sumX;
  *(lanes *)(out + 8) = sumY;
  *(lanes *)(out + 16) = xx;
  *(lanes *)(out + 24) = yy;
  *(lanes *)(out + 32) = xy;
}

__attribute__((target("avx2")))
bool lumbar_lane_whole(const double *values, size_t count, int32_t *out, int32_t range[2]) {
  int32_t low = INT32_MAX, high = INT32_MIN;
  // By pieces, so that a column of other numbers is soon known to be one.
  for (size_t start = 0; start < count; start += 512) {
    const size_t end = start + 512 < count ? start + 512 : count;
    int32_t odd = 0;
    for (size_t index = start; index < end; index++) {
      // The sum has the nearest whole number in its lowest bits.
      const double shifted = values[index] + 6755399441055744.0;
      uint64_t bits;
      memcpy(&bits, &shifted, sizeof bits);
      const int32_t whole = (int32_t)(uint32_t)bits;
      out[index] = whole;
      odd |= (double)whole != values[index];
      low = whole < low ? whole : low;
      high = whole > high ? whole : high;
    }
    if (odd) return false;
  }
  range[0] = low;
  range[1] = high;
  return true;
}

#else

bool lumbar_has_avx2(void) { return false; }
void lumbar_lane_sum(const double *values, size_t count, double out[16]) {}
void lumbar_lane_squares(const double *values, size_t count, double center, double out[24]) {}
void lumbar_lane_products(const double *x, const double *y, size_t count, double centerX,
                          double centerY, double out[40]) {}
bool lumbar_lane_whole(const double *values, size_t count, int32_t *out, int32_t range[2]) {
  return false;
}

#endif
