#include "hwmodels/measurements.hpp"

#include <cmath>

#include "tests/fuzz/fuzz_target.hpp"
#include "tests/support/import_laws.hpp"

using namespace roofcast;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = parse_csv(test::bytes_of(data, size), "m.csv");
  if (!file) {
    test::require_lawful(test::silent(file.error()));
    return 0;
  }
  const auto rows = measurements(*file);
  if (!rows) {
    test::require_lawful(test::silent(rows.error()));
    return 0;
  }
  if (rows->size() != file->records()) test::require_lawful("a record is lost");
  for (const auto& row : *rows)
    if (!std::isfinite(row.latency_us) || row.latency_us < 0) test::require_lawful("a time that cannot be");
  return 0;
}

std::vector<std::string> roofcast::test::fuzz_seeds() {
  return {
      "op,hardware,framework,framework_version,kernel,batch,context_tokens,heads,kv_heads,head_dim,window_tokens,"
      "q_dtype,kv_dtype,latency_us\r\ndecode_attention,a,vllm,1,\"k\"\"1\",8,64,32,8,128,0,bf16,fp8,5.5\r\n",
      "op,hardware,kernel,batch,isl_tokens,heads,kv_heads,head_dim,window_tokens,q_dtype,kv_dtype,latency_us\n"
      "prefill_attention,a,k,2,512,16,4,64,128,fp8,fp8,9\n",
      "op,hardware,kernel,batch,context_tokens,heads,kv_lora_rank,rope_dim,kv_dtype,latency_us\n"
      "mla_decode,a,k,4,100,16,512,64,bf16,9\n",
      "op,hardware,framework,dtype,m,n,k,latency_us\ngemm,a,vllm,bf16,7,8,9,10\n",
      "op,hardware,kernel,dtype,tokens,hidden,intermediate,topk,experts,tp,ep,distribution,latency_us\n"
      "moe,a,k,fp8,3,64,32,2,8,2,4,power_law_1.2,9\nmoe,a,k,fp8,3,64,32,2,8,2,4,balanced,9\n",
      "op,hardware,kernel,dtype,gpus,bytes,latency_us\nall_reduce,a,NCCL,half,8,1048576,9\n",
      "op,model,hardware,engine,precision,tp,pp,dp,moe_tp,ep,isl_tokens,osl_tokens,batch,ttft_ms,tpot_ms\n"
      "end_to_end,m,a,vllm,fp8,8,1,,0,1.0,1024,128,16,100,10\n",
      "op,model,hardware,engine,gpus,tp,pp,memory_utilization,max_model_len_tokens,kv_pool_gib,kv_tokens\n"
      "kv_capacity,m,a,vllm,2,2,1,0.9,8192,20.5,\n",
  };
}
