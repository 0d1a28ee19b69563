#include "hwmodels/bench/bench_row.hpp"

#include <fmt/format.h>

#include "core/csv.hpp"

namespace roofcast::bench {
namespace {

/// Cells in the order they are put, commas between them.
class CsvLine {
 public:
  explicit CsvLine(std::string& out) : out_{out} {}
  template <class Value>
  void put(const Value& value) {
    separate();
    if constexpr (std::is_arithmetic_v<Value>)
      append_cell(out_, static_cast<double>(value));
    else
      append_cell(out_, std::string_view(value));
  }
  void skip(int cells) {
    for (int i = 0; i < cells; ++i) separate();
  }
  void end() { out_ += '\n'; }

 private:
  void separate() {
    if (!first_) out_ += ',';
    first_ = false;
  }
  std::string& out_;
  bool first_ = true;
};

/// To the nanosecond: no clock here is better.
double microseconds(Seconds t) {
  return static_cast<double>(static_cast<long long>(t.in(units::ns) + 0.5)) / 1e3;
}

void put_point(const AttentionPoint& p, CsvLine& line) {
  line.put(p.batch);
  line.put(p.context);
  line.put(p.shape.query_heads);
  line.put(p.shape.kv_heads);
  line.put(p.shape.head_dim);
  line.put(p.shape.window);
  line.put("fp32");  // the kernels take queries and give results in fp32
  line.put(kernels::name(p.shape.kv));
  line.skip(4);
}

void put_point(const kernels::MatrixShape& s, CsvLine& line) {
  line.skip(8);
  line.put(s.m);
  line.put(s.n);
  line.put(s.k);
  line.put(kernels::name(s.element));
}

}  // namespace

std::string bench_header() {
  return "op,hardware,framework,framework_version,kernel,batch,context_tokens,heads,kv_heads,head_dim,window_tokens,"
         "q_dtype,kv_dtype,m,n,k,dtype,latency_us,min_us,max_us,spread,runs,disturbed,contended,threads,implementation,"
         "page_tokens,kv_order,operands,huge_pages,bytes,flops,host,compiler,memory_gbps\n";
}

void append_csv(const BenchRow& row, const BenchHost& host, std::string& out) {
  const auto* attention = std::get_if<AttentionPoint>(&row.point);
  CsvLine line(out);
  line.put(attention != nullptr ? "decode_attention" : "gemm");
  line.put(host.hardware);
  line.put("roofcast");
  line.put(host.version);
  line.put(row.kernel);
  std::visit([&](const auto& point) { put_point(point, line); }, row.point);
  line.put(microseconds(row.timing.median));
  line.put(microseconds(row.timing.min));
  line.put(microseconds(row.timing.max));
  line.put(fmt::format("{:.4f}", row.timing.spread));
  line.put(row.timing.runs);
  line.put(row.timing.disturbed);
  line.put(row.timing.contended ? 1 : 0);
  line.put(row.threads);
  line.put(row.implementation);
  if (attention != nullptr) {
    line.put(attention->page_tokens);
    line.put(attention->order == kernels::KvOrder::heads_first ? "heads_first" : "tokens_first");
  } else {
    line.skip(2);
  }
  line.put(row.cold ? "cold" : "warm");
  if (row.huge_pages)
    line.put(fmt::format("{:.2f}", *row.huge_pages));
  else
    line.skip(1);
  const Cost cost = cost_of(row.point);
  line.put(cost.bytes.in(units::byte));
  line.put(cost.flops.in(units::flop));
  line.put(host.host);
  line.put(host.compiler);
  if (row.memory)
    line.put(fmt::format("{:.2f}", row.memory->in(units::GB / units::s)));
  else
    line.skip(1);
  line.end();
}

}  // namespace roofcast::bench
