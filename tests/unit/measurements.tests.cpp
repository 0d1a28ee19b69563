#include "hwmodels/measurements.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

using namespace roofcast;

namespace {

constexpr std::string_view kDecodeHeader =
    "op,hardware,framework,framework_version,kernel,batch,context_tokens,heads,kv_heads,head_dim,window_tokens,"
    "q_dtype,kv_dtype,latency_us\n";

Result<std::vector<MeasuredRow>> read(std::string_view text, HardwareColumn hardware = HardwareColumn::needed) {
  return measurements(parse_csv(text, "m.csv").value(), hardware);
}

Result<std::vector<MeasuredRow>> read_decode(std::string_view line) {
  return read(std::string(kDecodeHeader) + std::string(line) + "\n");
}

MeasuredRow only_row(std::string_view text) {
  const auto rows = read(text);
  REQUIRE(rows);
  REQUIRE(rows->size() == 1);
  return rows->front();
}

Error first_error(const Result<std::vector<MeasuredRow>>& rows) {
  REQUIRE_FALSE(rows);
  return rows.error().front();
}

}  // namespace

TEST_CASE("measurements: a decode row is a call of a named kernel") {
  const auto rows = read_decode("decode_attention,h100-sxm,vllm,0.24.0,fa3,8,4096,32,8,128,0,bf16,fp8,50.5");
  REQUIRE(rows);
  const auto& row = rows->front();
  CHECK(row.kernel == KernelName{"h100-sxm", "vllm", "0.24.0", "fa3"});
  CHECK(row.dtype == "fp8");
  CHECK(row.latency_us == 50.5);
  CHECK(std::get<DecodeAttentionCall>(row.call) == DecodeAttentionCall{.batch = 8,
                                                                       .context = 4096,
                                                                       .heads = 32,
                                                                       .kv_heads = 8,
                                                                       .head_dim = 128,
                                                                       .window = 0,
                                                                       .kv_bytes = 1,
                                                                       .q_bytes = 2});
  CHECK(row.problem.empty());
}

TEST_CASE("measurements: how a cache lies is read off the columns of bench") {
  std::string header(kDecodeHeader);
  header.insert(header.size() - 1, ",page_tokens,kv_order");
  const auto layout = [&](std::string_view framework, std::string_view cells) {
    return only_row(fmt::format("{}decode_attention,host,{},0.1,roofcast_cpu,1,128,8,8,128,0,fp32,bf16,10{}\n", header,
                                framework, cells))
        .layout;
  };
  CHECK(layout("roofcast", ",0,heads_first").empty());
  CHECK(layout("roofcast", ",0,tokens_first") == "tokens_first");
  CHECK(layout("roofcast", ",16,heads_first") == "paged");
  CHECK(layout("roofcast", ",,").empty());
  CHECK(layout("vllm", ",16,heads_first").empty());  // what others mean by such columns nobody knows
}

TEST_CASE("measurements: repeats that agree to every written digit have no spread") {
  const std::string header(kDecodeHeader.substr(0, kDecodeHeader.size() - 1));
  const std::string row = "decode_attention,host,roofcast,0.1.0,roofcast_cpu,8,4096,32,8,128,0,bf16,bf16,50.5";
  CHECK_FALSE(only_row(header + ",spread\n" + row + ",0.0000\n").noise);
  CHECK(only_row(header + ",spread\n" + row + ",0.0134\n").noise == 0.0134);
  CHECK(first_error(read(header + ",spread\n" + row + ",-1\n")).what ==
        "spread: expected a number above 0, found '-1'");
}

TEST_CASE("measurements: every op has its own columns") {
  CHECK(std::get<PrefillAttentionCall>(only_row("op,hardware,kernel,batch,isl_tokens,heads,kv_heads,head_dim,window_"
                                                "tokens,q_dtype,kv_dtype,latency_us\n"
                                                "prefill_attention,x,k,2,512,16,4,64,128,fp8,fp8,9\n")
                                           .call) == PrefillAttentionCall{2, 512, 16, 4, 64, 128, 1, 1});
  CHECK(std::get<MlaDecodeCall>(only_row("op,hardware,kernel,batch,context_tokens,heads,kv_lora_rank,rope_dim,kv_dtype,"
                                         "latency_us\nmla_decode,x,k,4,100,16,512,64,bf16,9\n")
                                    .call) == MlaDecodeCall{4, 100, 16, 512, 64, 2});
  const auto gemm = only_row("op,hardware,framework,dtype,m,n,k,latency_us\ngemm,x,vllm,nvfp4,7,8,9,10\n");
  CHECK(std::get<GemmCall>(gemm.call) == GemmCall{7, 8, 9});
  CHECK(gemm.dtype == "nvfp4");
  CHECK(gemm.kernel == KernelName{"x", "vllm", "", ""});
  CHECK(std::get<MoeCall>(only_row("op,hardware,kernel,dtype,tokens,hidden,intermediate,topk,experts,tp,ep,"
                                   "distribution,latency_us\nmoe,x,k,fp8,3,64,32,2,8,2,4,power_law_1.2,9\n")
                              .call) == MoeCall{3, 64, 32, 2, 8, 2, 4, 1.2});
  CHECK(std::get<AllReduceCall>(only_row("op,hardware,kernel,dtype,gpus,bytes,latency_us\n"
                                         "all_reduce,x,NCCL,half,8,1048576,9\n")
                                    .call) == AllReduceCall{8, 1048576});
}

TEST_CASE("measurements: in serving runs an empty or zero dp, ep or moe_tp is 1 and versions may be empty") {
  const auto row = only_row(
      "op,model,hardware,engine,engine_version,precision,gemm_dtype,moe_dtype,tp,pp,dp,moe_tp,ep,isl_tokens,osl_tokens,"
      "batch,ttft_ms,tpot_ms\nend_to_end,a/b,x,vllm,,,,,8,1,2.0,,0,1024,128,16,100,10.5\n");
  const auto& run = std::get<ServingRun>(row.call);
  CHECK(run.dp == 2);
  CHECK(run.moe_tp == 1);
  CHECK(run.ep == 1);
  CHECK(run.precision.empty());
  CHECK(run.tpot_ms == 10.5);
  CHECK(row.kernel == KernelName{"x", "vllm", "", ""});
}

TEST_CASE("measurements: a KV pool is known by any of its three values, but by one at least") {
  const std::string header =
      "op,model,hardware,engine,gpus,tp,pp,memory_utilization,max_model_len_tokens,kv_pool_gib,kv_tokens,max_"
      "concurrency\nkv_capacity,a/b,x,vllm,2,2,1,0.9,8192,";
  const auto start = std::get<CacheStart>(only_row(header + ",1000,\n").call);
  CHECK(start.kv_tokens == 1000);
  CHECK_FALSE(start.kv_pool_gib);
  CHECK(start.memory_utilization == 0.9);
  CHECK(first_error(read(header + ",,\n")).what ==
        "kv_pool_gib: no value: expected one of kv_pool_gib, kv_tokens, max_concurrency");
}

TEST_CASE("measurements: one file may hold several ops, and extra columns are left alone") {
  const auto rows = read(
      "note,op,hardware,framework,kernel,dtype,m,n,k,gpus,bytes,latency_us\n"
      "\"a, b\",gemm,x,vllm,,bf16,1,2,3,,,5\n"
      ",all_reduce,x,nccl,NCCL,half,,,,2,64,6\n");
  REQUIRE(rows);
  CHECK(op((*rows)[0].call) == "gemm");
  CHECK(op((*rows)[1].call) == "all_reduce");
  CHECK((*rows)[1].record == 1);
  CHECK(measured<GemmCall>(*rows).size() == 1);
  CHECK(measured<MoeCall>(*rows).empty());
}

TEST_CASE("measurements: a cell that is no number is named by file, line and column") {
  const auto rows = read_decode(
      "decode_attention,h100-sxm,vllm,1,fa3,8,many,32,8,128,0,bf16,bf16,\n"
      "decode_attention,h100-sxm,vllm,1,fa3,1.5,64,32,8,128,-1,bf16,bf16,nan");
  REQUIRE_FALSE(rows);
  CHECK(rows.error() ==
        Errors{{.where = "m.csv:2:7", .what = "context_tokens: expected a whole number of at least 1, found 'many'"},
               {.where = "m.csv:2:14", .what = "latency_us: the cell is empty, but its value is needed"},
               {.where = "m.csv:3:6", .what = "batch: expected a whole number of at least 1, found '1.5'"},
               {.where = "m.csv:3:11", .what = "window_tokens: expected a whole number of at least 0, found '-1'"},
               {.where = "m.csv:3:14", .what = "latency_us: expected a number of at least 0.001, found 'nan'"}});
}

TEST_CASE("measurements: a column that is missing is said once, with the name that was probably meant") {
  const auto rows = read("op,hardware,dtype,m,n,k,latency_ms\ngemm,x,bf16,1,2,3,4\ngemm,x,bf16,1,2,3,4\n");
  REQUIRE_FALSE(rows);
  CHECK(rows.error() == Errors{{.where = "m.csv:1:8",
                                .what = "has no column 'latency_us', which gemm rows need (line 2)",
                                .hint = "did you mean 'latency_ms'?"}});
  CHECK(first_error(read("a,b\n1,2\n")).what == "has no column 'op': expected a measurement file");
}

TEST_CASE("measurements: an op that nobody knows is an error") {
  const auto e = first_error(read("op,hardware\ndecode_atention,x\n"));
  CHECK(e.where == "m.csv:2:1");
  CHECK(e.hint == "did you mean 'decode_attention'?");
  CHECK(e.kind == ErrorKind::unsupported);
}

TEST_CASE("measurements: names are printable, so that no table of them drives a terminal") {
  const auto e = first_error(read("op,hardware,dtype,m,n,k,latency_us\ngemm,\x1b[2J,bf16,1,2,3,4\n"));
  CHECK(e.where == "m.csv:2:2");
  CHECK(e.what == "hardware: '\x1b[2J' holds a control character");
}

TEST_CASE("measurements: the hardware column is needed unless the user names the device") {
  constexpr std::string_view text = "op,dtype,m,n,k,latency_us\ngemm,bf16,1,2,3,4\n";
  CHECK(first_error(read(text)).what == "has no column 'hardware', which gemm rows need (line 2)");
  CHECK(read(text, HardwareColumn::optional)->front().kernel.hardware.empty());
}

TEST_CASE("measurements: a row that can be read but means nothing keeps its place and says why") {
  const auto problem = [](std::string_view line) { return read_decode(line).value().front().problem; };
  CHECK(problem("decode_attention,x,f,1,k,8,64,32,8,128,0,bf16,fp9,5") ==
        "kv_dtype 'fp9' is not a known element type: expected fp32, bf16, fp16, half, fp8, fp8_e4m3, fp8_e5m2, int8, "
        "nvfp4, q8_0, q4_0");
  CHECK(problem("decode_attention,x,f,1,k,8,64,8,32,128,0,bf16,bf16,5") ==
        "kv_heads 32 exceeds heads 8: heads are query heads");
  const auto moe = only_row(
      "op,hardware,dtype,tokens,hidden,intermediate,topk,experts,tp,ep,distribution,latency_us\n"
      "moe,x,fp8,3,64,32,2,8,1,1,zipf,9\n");
  CHECK(moe.problem == "distribution 'zipf' is not known: expected balanced or power_law_EXPONENT");
  CHECK(measured<MoeCall>(std::vector{moe}).empty());
}
