/*
 * A search written by hand for one model at a time: the limit that this machine sets.
 *
 * States of up to 63 bits live in the hash table itself and once more in a queue. Successors are produced in batches, hashed,
 * prefetched and only then looked up, so that cache misses overlap. A model defines `initials` and `successors`,
 * which append packed states, and `is_bad`, its invariant negated.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

typedef uint64_t state;
enum { batch = 512, most_successors = 256 };

static state *put(state *out, state s) { *out = s; return out + 1; }
static state *initials(state *out, uint64_t number);
static state *successors(state s, state *out);
static int is_bad(state s);

static uint64_t hash(state s) {
  s *= 0x9e3779b97f4a7c15u;
  s ^= s >> 32;
  return s * 0xd6e8feb86659fd93u;
}

static void *reserve(size_t bytes) {
  void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (p == MAP_FAILED) { perror("mmap"); exit(1); }
  return p;
}

static int table_bits = 16;
static state *table; /* [2^table_bits]: state + 1, or 0 when empty. */
static state *queue; /* All states in breadth-first order. */
static size_t stored;

static int insert(state s) {
  const uint64_t mask = ((uint64_t)1 << table_bits) - 1;
  for (uint64_t p = hash(s) >> (64 - table_bits);; p = (p + 1) & mask) {
    if (table[p] == s + 1) return 0;
    if (table[p] == 0) { table[p] = s + 1; return 1; }
  }
}

static void grow(void) {
  munmap(table, sizeof(state) << table_bits);
  table_bits++;
  table = reserve(sizeof(state) << table_bits);
  for (size_t i = 0; i < stored; i++) {
    if (i + 16 < stored) __builtin_prefetch(&table[hash(queue[i + 16]) >> (64 - table_bits)]);
    insert(queue[i]);
  }
}

int main(void) {
  static state out[batch + most_successors];
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  table = reserve(sizeof(state) << table_bits);
  queue = reserve((size_t)1 << 36);
  uint64_t generated = 0, bad = 0, deadlocks = 0;
  size_t next = 0;
  uint64_t number = 0;
  for (int is_starting = 1; is_starting || next < stored;) {
    state *end_of_batch = out;
    if (is_starting) {
      while (end_of_batch < out + batch) {
        state *after = initials(end_of_batch, number++);
        if (after == end_of_batch) { is_starting = 0; break; }
        end_of_batch = after;
      }
    }
    while (!is_starting && next < stored && end_of_batch < out + batch) {
      state *before = end_of_batch;
      end_of_batch = successors(queue[next++], end_of_batch);
      deadlocks += end_of_batch == before;
    }
    const size_t n = end_of_batch - out;
    generated += n;
    if ((stored + n) * 10 > ((size_t)7 << table_bits)) grow();
    for (size_t i = 0; i < n; i++) __builtin_prefetch(&table[hash(out[i]) >> (64 - table_bits)]);
    for (size_t i = 0; i < n; i++) {
      if (!insert(out[i])) continue;
      queue[stored++] = out[i];
      bad += is_bad(out[i]);
    }
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  const double seconds = (end.tv_sec - start.tv_sec) + (end.tv_nsec - start.tv_nsec) * 1e-9;
  printf("distinct %zu generated %lu bad %lu deadlocks %lu seconds %.6f\n", stored, generated, bad, deadlocks, seconds);
  return 0;
}
