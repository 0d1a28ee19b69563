#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/decode_tile.hpp"

namespace roofcast {

/// Decode steps at many batches, one column per figure: [batch].
struct StepColumns {
  std::vector<double> time{};     ///< s
  std::vector<double> roof{};     ///< s, at the datasheet roofs alone
  std::vector<double> bytes{};    ///< of one rank of each stage
  std::vector<double> flops{};    ///< likewise
  std::vector<double> network{};  ///< bytes out of the ranks
  std::vector<double> holder{};   ///< number of the Bound that holds most of the time

  void resize(std::size_t batches);
  [[nodiscard]] StepTime at(std::size_t i) const {
    return {.time = Seconds{time[i]},
            .cost = {Bytes{bytes[i]}, Flops{flops[i]}, Bytes{network[i]}},
            .bound = bound_of(holder[i])};
  }
};

/// (D6) decode_time at many batches, paced and at the datasheet roofs, bit for bit. What does not depend on the context
/// is worked out once.
class DecodeColumns {
 public:
  DecodeColumns() = default;
  /// @pre every batch is >= 1, nothing overlaps. `plan` must outlive it.
  DecodeColumns(const StepPlan& plan, const DeviceRoofs& roofs, std::span<const double> batches);

  [[nodiscard]] std::size_t size() const { return batches_; }
  /// The steps of all batches at `context`. @pre context >= 1.
  void evaluate(double context, StepColumns& out) const;

 private:
  struct Tile {
    std::size_t first = 0;
    BatchColumns batches;
    StepTotals start;                     ///< the operators in front of the first that reads the context
    std::vector<OperatorColumns> rest{};  ///< of the others those that do not read it
  };

  [[nodiscard]] Tile tile(const StepPlan& plan, const DeviceRoofs& roofs, std::span<const double> batches) const;
  void evaluate(const Tile& tile, double context, StepColumns& out) const;

  std::vector<PacedOperator> operators_{};
  std::vector<Tile> tiles_{};
  std::size_t batches_ = 0;
  std::size_t before_ = 0;  ///< operators in front of the first that reads the context
  bool stages_ = false;     ///< more than one: there may be a bubble
};

}  // namespace roofcast
