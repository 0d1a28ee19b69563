#include "hwmodels/sweep_records.hpp"

#include <cmath>

#include "core/chart/limits_figure.hpp"
#include "core/chart/pareto_figure.hpp"
#include "core/chart/sweep_curves.hpp"
#include "core/chart/sweep_names.hpp"
#include "core/chart/throughput_figure.hpp"
#include "hwmodels/figure_json.hpp"
#include "tests/fuzz/fuzz_target.hpp"
#include "tests/support/import_laws.hpp"

using namespace roofcast;

namespace {

/// What is drawn of hostile rows can be written and read: no zero on a logarithmic axis, nothing that is no number.
void require_drawable(const Figure& figure) {
  test::require_lawful(parse_figure(figure_json(figure), "f.json") ? "" : "a figure that cannot be read");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = parse_csv(test::bytes_of(data, size), "s.csv");
  if (!file) {
    test::require_lawful(test::silent(file.error()));
    return 0;
  }
  const auto rows = sweep_records(*file);
  if (!rows) {
    test::require_lawful(test::silent(rows.error()));
    return 0;
  }
  if (rows->size() != file->records()) test::require_lawful("a record is lost");
  const auto subject = SweepNames(*rows).subject();
  require_drawable(throughput_figure(concurrency_curves(*rows, {}), subject));
  require_drawable(limits_figure(limit_curves(*rows, {}), subject));
  require_drawable(pareto_figure(pareto_points(*rows, {}), subject));
  require_drawable(memory_figure(memory_bars(*rows), subject));
  return 0;
}

std::vector<std::string> roofcast::test::fuzz_seeds() {
  const std::string header =
      "schema,point,model,attention,hardware,engine,gpus,tp,pp,ep,dp,weight_dtype,kv_dtype,isl_tokens,osl_tokens,"
      "context_tokens,batch,kv_bytes_per_token,kv_gib_per_gpu,weights_gib_per_gpu,max_batch_memory,prefill_ms,step_ms,"
      "step_low_ms,step_high_ms,tokens_s_user,tokens_s,tokens_s_gpu,flops_per_step,bytes_per_step,intensity_flop_byte,"
      "bound,grade,usd_mtok,status,dcp,reason,tpot_ms,ttft_ms\n";
  return {header +
          "1,0,m,gqa:5,h,vllm,1,1,1,1,1,bf16,bf16,,,1000,1,20,0.02,0.93,393,7,0.8,0.8,,1215,1215,1215,84,82,1,memory,"
          "theoretical,2.5,ok,1,,0.8,7\n"
          "1,1,m,mha,h,vllm,1,1,1,1,1,bf16,bf16,100,900,1000,9999,20,18,0.93,393,,,,,,,,,,,,,,oom,1,the KV cache does "
          "not fit,,\n"};
}
