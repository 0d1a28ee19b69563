#pragma once

#include <optional>
#include <string>
#include <utility>

#include "core/quantity_text.hpp"
#include "core/units.hpp"
#include "core/value_literal.hpp"
#include "hwmodels/scenario_document.hpp"

namespace roofcast {

/// Values of a document's texts; every problem is collected.
class DocumentReader {
 public:
  explicit DocumentReader(const ScenarioDocument& document) : document_{document} {}

  /// Nothing where nothing is said, or what is said is wrong.
  std::optional<std::string> text(ScenarioText ScenarioDocument::*member) {
    const auto& said = document_.*member;
    if (!said) return {};
    const auto wrong = text_errors(scenario_field(member), *said);
    add(wrong);
    return wrong.empty() ? said : std::nullopt;
  }
  std::optional<double> amount(ScenarioText ScenarioDocument::*member) {
    const auto said = text(member);
    if (!said) return {};
    return parse_literal("", *said, scenario_field(member).kind)->value();
  }
  std::optional<int> whole(ScenarioText ScenarioDocument::*member) {
    const auto value = amount(member);
    return value ? std::optional{static_cast<int>(*value)} : std::nullopt;
  }
  std::optional<Seconds> time(ScenarioText ScenarioDocument::*member) {
    const auto value = amount(member);
    return value ? std::optional{*value * units::s} : std::nullopt;
  }
  std::optional<Bytes> bytes(ScenarioText ScenarioDocument::*member) {
    const auto said = text(member);
    return said ? std::optional{*parse_bytes(*said)} : std::nullopt;
  }
  template <class T>
  std::optional<T> take(Result<T> result) {
    if (result) return std::move(*result);
    add(result.error());
    return {};
  }
  void add(const Errors& errors) { errors_.insert(errors_.end(), errors.begin(), errors.end()); }
  void add_usage_error(std::string where, std::string what, std::string hint = {}) {
    errors_.push_back({std::move(where), std::move(what), std::move(hint), ErrorKind::usage});
  }
  [[nodiscard]] const ScenarioDocument& document() const { return document_; }
  [[nodiscard]] const Errors& errors() const { return errors_; }

 private:
  const ScenarioDocument& document_;
  Errors errors_{};
};

}  // namespace roofcast
