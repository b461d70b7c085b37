#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H
#include <stddef.h>
#include <stdint.h>

/*
 * A fuzz target is one file, fuzz_NAME.c, with this function: libFuzzer calls
 * it (make fuzz, with clang), and replay.c for every file of NAME.corpus and
 * NAME.repro (make check, with any compiler). It aborts on what must not be.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#endif
