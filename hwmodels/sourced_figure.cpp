#include "hwmodels/sourced_figure.hpp"

#include <algorithm>

namespace roofcast {

Json sourced_figure(Json value, std::string_view figure, const std::vector<FigureSource>& sources) {
  const auto source = std::ranges::find(sources, figure, &FigureSource::figure);
  Json out;
  out["value"] = std::move(value);
  out["source"] = source == sources.end() ? "not stated" : source->text;
  return out;
}

}  // namespace roofcast
