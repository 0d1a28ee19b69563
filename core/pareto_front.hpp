#pragma once

#include <cstddef>
#include <functional>
#include <iterator>
#include <map>

namespace roofcast {

/// Something that has a number, and what it is judged by: more is better in both.
struct FrontPoint {
  double x = 0;
  double y = 0;
  std::size_t point = 0;

  friend bool operator==(const FrontPoint&, const FrontPoint&) = default;
};

/// The points that no other beats in one measure without losing in the other; of equals the one with the lowest
/// point. The same set whatever the order in which they come.
class ParetoFront {
 public:
  void insert(const FrontPoint& c) {
    // From the best x down, y only grows: the first that is not better in x decides.
    const auto next = steps_.lower_bound(c.x);
    if (next != steps_.end() && next->first == c.x && next->second.y == c.y) {
      if (c.point < next->second.point) next->second.point = c.point;
      return;
    }
    if (next != steps_.end() && next->first == c.x && next->second.y > c.y) return;
    if (next != steps_.begin() && std::prev(next)->second.y >= c.y) return;
    auto beaten = next;
    while (beaten != steps_.end() && beaten->second.y <= c.y) ++beaten;
    steps_.emplace_hint(steps_.erase(next, beaten), c.x, c);
  }

  [[nodiscard]] std::size_t size() const { return steps_.size(); }
  template <class Sink>
  void each(Sink sink) const {
    for (const auto& [x, best] : steps_) sink(best);
  }

 private:
  std::map<double, FrontPoint, std::greater<>> steps_{};
};

}  // namespace roofcast
