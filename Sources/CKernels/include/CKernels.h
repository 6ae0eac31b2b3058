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

#endif
