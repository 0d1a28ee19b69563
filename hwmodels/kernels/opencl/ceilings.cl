// What the device reaches at best: memory to memory, and multiply-adds out of registers.

__kernel void copy(__global const float4* from, __global float4* to) { to[get_global_id(0)] = from[get_global_id(0)]; }

// CHAINS independent chains of ROUNDS times 8 multiply-adds each. Vectors, because CPUs need them and GPUs do not mind.
// The result is stored, so that nothing can be left out.
__kernel void multiply(__global float* out, float a, float b) {
  float8 x[CHAINS];
  for (int c = 0; c < CHAINS; ++c) x[c] = a + c;
  for (int round = 0; round < ROUNDS; ++round) {
#pragma unroll
    for (int c = 0; c < CHAINS; ++c) x[c] = fma(x[c], (float8)(a), (float8)(b));
  }
  float8 sum = 0.0f;
  for (int c = 0; c < CHAINS; ++c) sum += x[c];
  out[get_global_id(0)] = dot(sum.lo, sum.hi);
}
