// The plain loops that the statistics core is measured beside: two-pass moments, Pearson by sums, and
// Kendall by a table of counts. Built with cc -O3 -march=native.
// usage: plain -- one line a measurement: name, tab, seconds of one call
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static uint64_t state = 42;
static double uniform(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (state >> 33) / 2147483648.0;
}

static double moments(const double *x, const double *y, size_t n) {
  double sum = 0, squares = 0;
  for (size_t i = 0; i < n; i++) sum += x[i];
  const double mean = sum / n;
  for (size_t i = 0; i < n; i++) squares += (x[i] - mean) * (x[i] - mean);
  return mean + squares / (n - 1);
}

static double pearson(const double *x, const double *y, size_t n) {
  double sx = 0, sy = 0, xx = 0, yy = 0, xy = 0;
  for (size_t i = 0; i < n; i++) sx += x[i], sy += y[i];
  const double mx = sx / n, my = sy / n;
  for (size_t i = 0; i < n; i++) {
    const double dx = x[i] - mx, dy = y[i] - my;
    xx += dx * dx, yy += dy * dy, xy += dx * dy;
  }
  return xy / sqrt(xx * yy);
}

static double kendall(const double *x, const double *y, size_t n) {
  int cells[13][11] = {{0}}, above[11] = {0};
  for (size_t i = 0; i < n; i++) cells[(int)x[i]][(int)y[i]]++;
  int64_t s = 0, before = 0, tx = 0, ty = 0;
  for (int row = 0; row < 13; row++) {
    int64_t own = 0, left = 0;
    for (int column = 0; column < 11; column++) {
      s += cells[row][column] * (2 * left + above[column] - before);
      left += above[column], above[column] += cells[row][column], own += cells[row][column];
    }
    before += own, tx += own * (own - 1) / 2;
  }
  for (int column = 0; column < 11; column++) ty += (int64_t)above[column] * (above[column] - 1) / 2;
  const double pairs = n * (n - 1.0) / 2;
  return s / sqrt((pairs - tx) * (pairs - ty));
}

typedef double figure(const double *, const double *, size_t);
static volatile double sink;
static int order(const void *a, const void *b) {
  return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

static void measure(const char *name, figure *f, const double *x, const double *y, size_t rows,
                    size_t n) {
  double found[7];
  for (int round = 0; round < 7; round++) {
    const double start = now();
    int calls = 0;
    do {
      for (size_t row = 0; row < rows; row++) sink += f(x + row * n, y + row * n, n);
      calls++;
    } while (now() - start < 0.004);
    found[round] = (now() - start) / calls;
  }
  qsort(found, 7, sizeof *found, order);
  if (rows > 1) printf("%s, 10,000 x %zu\t%.12g\n", name, n, found[3]);
  else printf("%s, n = %zu\t%.12g\n", name, n, found[3]);
}

int main(void) {
  const size_t shapes[][2] = {{1, 30}, {1, 365}, {1, 10000}, {1, 1000000}, {10000, 365}};
  const size_t most = 3650000;
  double *x = malloc(most * 8), *y = malloc(most * 8), *a = malloc(most * 8), *b = malloc(most * 8);
  for (size_t i = 0; i < most; i++) {
    x[i] = uniform(), y[i] = x[i] + uniform();
    a[i] = floor(13 * uniform()), b[i] = round((a[i] + floor(13 * uniform())) * 10 / 24);
  }
  for (int shape = 0; shape < 5; shape++) {
    measure("mean and variance", moments, x, y, shapes[shape][0], shapes[shape][1]);
    measure("Pearson", pearson, x, y, shapes[shape][0], shapes[shape][1]);
    measure("Kendall, 0-12 by 0-10", kendall, a, b, shapes[shape][0], shapes[shape][1]);
  }
}
