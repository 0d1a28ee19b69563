// Decode attention: one query token per sequence against its KV cache, flash decoding with split KV. Built for one
// shape: HEAD_DIM, GROUP (query heads of a KV head), HEADS (of them in one work group), TOKENS (of a block), THREADS,
// SHARES (threads of one dot product), ELEMENT (how K and V are stored).

#define ROW (HEAD_DIM + 1)  // rows of K are read by neighbours at the same column: one more keeps them in unlike banks
#define PAIRS (HEADS * TOKENS)
#define RESULTS ((HEADS * HEAD_DIM + THREADS - 1) / THREADS)
#define PART (HEAD_DIM + 2)  // a partial result of one head: weighted sum, top, sum

#if ELEMENT == 32
typedef float Stored;
float4 widened(__global const Stored* row, float scale) { return vload4(0, row); }
#elif ELEMENT == 16
typedef half Stored;
float4 widened(__global const Stored* row, float scale) { return vload_half4(0, row); }
#elif ELEMENT == 17  // bf16: the upper half of an fp32
typedef ushort Stored;
float4 widened(__global const Stored* row, float scale) { return as_float4(convert_uint4(vload4(0, row)) << 16); }
#else  // int8, a scale per row
typedef char Stored;
float4 widened(__global const Stored* row, float scale) { return scale * convert_float4(vload4(0, row)); }
#define SCALED
#endif

// A block of rows into local memory, as fp32. Rows behind the end are zero: their weight is 0, and 0 times what lies
// there might be NaN.
void fetch(__global const Stored* rows, __global const float* scales, __local const long* places, int count,
           __local float* block) {
  for (int i = get_local_id(0); i < TOKENS * (HEAD_DIM / 4); i += THREADS) {
    const int token = i / (HEAD_DIM / 4), column = i % (HEAD_DIM / 4) * 4;
    float4 x = 0.0f;
    if (token < count) {
#ifdef SCALED
      x = widened(rows + places[token] + column, scales[places[token] / HEAD_DIM]);
#else
      x = widened(rows + places[token] + column, 1.0f);
#endif
    }
    vstore4(x, 0, block + token * ROW + column);
  }
}

__kernel __attribute__((reqd_work_group_size(THREADS, 1, 1))) void attend(
    __global const Stored* keys, __global const Stored* values, __global const float* key_scales,
    __global const float* value_scales, __global const float* query, __global const int* chunks,
    __global const int* pages, __global float* out, __global float* parts, long skew, long page_stride,
    long head_stride, long token_stride, int page_tokens, int pages_per_sequence, float scale) {
  __local float key_block[TOKENS * ROW];
  __local float value_block[TOKENS * ROW];
  __local float dots[SHARES * PAIRS];
  __local float weights[PAIRS];
  __local float top[HEADS], sum[HEADS], kept[HEADS];
  __local long places[TOKENS];

  const int me = get_local_id(0);
  __global const int* chunk = chunks + get_group_id(0) * 6;
  const int sequence = chunk[0], kv_head = chunk[1], end = chunk[3], slot = chunk[5];
  const int first_head = get_group_id(1) * HEADS;
  const int live = min(HEADS, GROUP - first_head);
  __global const float* queries = query + (long)(chunk[4] + first_head) * HEAD_DIM;

  float result[RESULTS];
  for (int r = 0; r < RESULTS; ++r) result[r] = 0.0f;
  for (int h = me; h < HEADS; h += THREADS) {
    top[h] = -INFINITY;
    sum[h] = 0.0f;
  }

  for (int begin = chunk[2]; begin < end; begin += TOKENS) {
    const int count = min(TOKENS, end - begin);
    barrier(CLK_LOCAL_MEM_FENCE);  // nobody reads the block before any more
    for (int t = me; t < count; t += THREADS) {
      const int token = begin + t;
      const long page = page_tokens > 0 ? pages[(long)sequence * pages_per_sequence + token / page_tokens] : sequence;
      const int row = page_tokens > 0 ? token % page_tokens : token;
      places[t] = page * page_stride + kv_head * head_stride + row * token_stride;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    fetch(keys + skew, key_scales, places, count, key_block);
    fetch(values + skew, value_scales, places, count, value_block);
    barrier(CLK_LOCAL_MEM_FENCE);

    for (int i = me; i < SHARES * PAIRS; i += THREADS) {
      const int share = i / PAIRS, h = i % PAIRS / TOKENS, t = i % TOKENS;
      __global const float* q = queries + min(h, live - 1) * HEAD_DIM + share * (HEAD_DIM / SHARES);
      __local const float* k = key_block + t * ROW + share * (HEAD_DIM / SHARES);
      float dot_product = 0.0f;
      for (int d = 0; d < HEAD_DIM / SHARES; ++d) dot_product = fma(q[d], k[d], dot_product);
      dots[i] = dot_product;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int p = me; p < PAIRS; p += THREADS) {
      float score = 0.0f;
      for (int share = 0; share < SHARES; ++share) score += dots[share * PAIRS + p];
      weights[p] = p % TOKENS < count ? scale * score : -INFINITY;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int h = me; h < HEADS; h += THREADS) {
      float highest = top[h];
      for (int t = 0; t < count; ++t) highest = fmax(highest, weights[h * TOKENS + t]);
      kept[h] = exp(top[h] - highest);
      top[h] = highest;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int p = me; p < PAIRS; p += THREADS) weights[p] = exp(weights[p] - top[p / TOKENS]);
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int h = me; h < HEADS; h += THREADS) {
      float added = 0.0f;
      for (int t = 0; t < count; ++t) added += weights[h * TOKENS + t];
      sum[h] = sum[h] * kept[h] + added;
    }
    for (int r = 0; r < RESULTS; ++r) {
      const int place = me + r * THREADS, h = place / HEAD_DIM, d = place % HEAD_DIM;
      if (h >= HEADS) continue;
      float x = result[r] * kept[h];
      for (int t = 0; t < TOKENS; ++t) x = fma(weights[h * TOKENS + t], value_block[t * ROW + d], x);
      result[r] = x;
    }
  }

  barrier(CLK_LOCAL_MEM_FENCE);
  for (int r = 0; r < RESULTS; ++r) {
    const int place = me + r * THREADS, h = place / HEAD_DIM, d = place % HEAD_DIM;
    if (h >= live) continue;
    if (slot < 0)
      out[(long)(chunk[4] + first_head + h) * HEAD_DIM + d] = result[r] / sum[h];
    else
      parts[((long)slot * GROUP + first_head + h) * PART + d] = result[r];
  }
  if (slot < 0) return;
  for (int h = me; h < live; h += THREADS) {
    __global float* part = parts + ((long)slot * GROUP + first_head + h) * PART;
    part[HEAD_DIM] = top[h];
    part[HEAD_DIM + 1] = sum[h];
  }
}

// One dimension of one query head of a split KV head, out of its parts in their order.
__kernel void combine(__global const int* splits, __global const float* parts, __global float* out) {
  const int place = get_global_id(0);
  const int h = place / HEAD_DIM % GROUP, d = place % HEAD_DIM;
  __global const int* split = splits + place / (GROUP * HEAD_DIM) * 3;
  const int count = split[2];
  __global const float* part = parts + ((long)split[1] * GROUP + h) * PART;
  float top = -INFINITY;
  for (int p = 0; p < count; ++p) top = fmax(top, part[(long)p * GROUP * PART + HEAD_DIM]);
  float weighted = 0.0f, sum = 0.0f;
  for (int p = 0; p < count; ++p) {
    const float scale = exp(part[(long)p * GROUP * PART + HEAD_DIM] - top);
    weighted += scale * part[(long)p * GROUP * PART + d];
    sum += scale * part[(long)p * GROUP * PART + HEAD_DIM + 1];
  }
  out[(long)(split[0] + h) * HEAD_DIM + d] = weighted / sum;
}
