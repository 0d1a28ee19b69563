#include "hwmodels/import/json_tree.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace roofcast {
namespace {

/// Builds the tree as the parser reads, so that depth and size are bounded before memory is spent.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit TreeBuilder(const JsonLimits& limits) : limits_{limits} {}

  bool null() override { return add({}); }
  bool boolean(bool v) override { return add({v}); }
  bool number_integer(number_integer_t v) override { return add({static_cast<double>(v)}); }
  bool number_unsigned(number_unsigned_t v) override { return add({static_cast<double>(v)}); }
  bool number_float(number_float_t v, const string_t&) override { return add({v}); }
  bool string(string_t& v) override { return add({std::move(v)}); }
  bool binary(binary_t&) override { return false; }  // never in a text
  bool start_object(std::size_t) override { return open({JsonValue::Object{}}); }
  bool start_array(std::size_t) override { return open({JsonValue::Array{}}); }
  bool end_array() override { return close(); }

  bool key(string_t& v) override {
    open_.back().key = std::move(v);
    return true;
  }

  bool end_object() override {
    auto& members = std::get<JsonValue::Object>(open_.back().value.value);
    std::ranges::sort(members, {}, &JsonMember::key);
    const auto twice = std::ranges::adjacent_find(members, {}, &JsonMember::key);
    if (twice != members.end()) return refuse(fmt::format("the key '{:.60}' appears twice in one object", twice->key));
    return close();
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    return refuse(fmt::format("not valid JSON at byte {}", position));
  }

  [[nodiscard]] const std::string& refusal() const { return refusal_; }
  [[nodiscard]] JsonValue take() { return std::move(root_); }

 private:
  struct Open {
    JsonValue value{};
    std::string key{};  ///< of the member being read
  };

  bool refuse(std::string why) {
    if (refusal_.empty()) refusal_ = std::move(why);
    return false;
  }

  bool add(JsonValue value) {
    if (++values_ > limits_.values) return refuse(fmt::format("more than {} values", limits_.values));
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (auto* list = std::get_if<JsonValue::Array>(&open_.back().value.value)) {
      list->push_back(std::move(value));
    } else {
      std::get<JsonValue::Object>(open_.back().value.value).push_back({std::move(open_.back().key), std::move(value)});
    }
    return true;
  }

  bool open(JsonValue empty) {
    if (static_cast<int>(open_.size()) >= limits_.depth)
      return refuse(fmt::format("nested deeper than {} levels", limits_.depth));
    open_.push_back({std::move(empty), {}});
    return true;
  }

  bool close() {
    JsonValue done = std::move(open_.back().value);
    open_.pop_back();
    return add(std::move(done));
  }

  JsonLimits limits_;
  std::vector<Open> open_{};
  JsonValue root_{};
  std::string refusal_{};
  int values_ = 0;
};

/// Replaces the bare words NaN, Infinity and -Infinity outside strings by null.
std::string without_bare_words(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      out += c;
      if (c == '\\' && i + 1 < text.size()) out += text[++i];
      if (c == '"') in_string = false;
      continue;
    }
    const auto rest = text.substr(i);
    const std::string_view word = rest.starts_with("NaN")         ? "NaN"
                                  : rest.starts_with("-Infinity") ? "-Infinity"
                                  : rest.starts_with("Infinity")  ? "Infinity"
                                                                  : "";
    if (!word.empty()) {
      out += "null";
      i += word.size() - 1;
      continue;
    }
    in_string = c == '"';
    out += c;
  }
  return out;
}

const JsonValue* member(const JsonValue& object, std::string_view key) {
  const auto* members = object.as<JsonValue::Object>();
  if (members == nullptr) return nullptr;
  const auto it = std::ranges::lower_bound(*members, key, {}, &JsonMember::key);
  return it == members->end() || it->key != key ? nullptr : &it->value;
}

}  // namespace

const JsonValue* JsonValue::find(std::string_view key) const {
  const auto* v = member(*this, key);
  return v == nullptr || v->is_null() ? nullptr : v;
}

bool JsonValue::states_null(std::string_view key) const {
  const auto* v = member(*this, key);
  return v != nullptr && v->is_null();
}

std::string describe(const JsonValue& value) {
  if (value.is_null()) return "null";
  if (const auto* v = value.as<bool>()) return *v ? "true" : "false";
  if (const auto* v = value.as<double>()) return fmt::format("{}", *v);
  if (const auto* v = value.as<std::string>()) return fmt::format("the string '{:.60}'", *v);
  return value.as<JsonValue::Array>() != nullptr ? "a list" : "an object";
}

Result<JsonValue> json_tree(std::string_view text, std::string_view origin, const JsonLimits& limits) {
  const std::string where{origin};
  if (static_cast<double>(text.size()) > limits.text_bytes)
    return fail(where, fmt::format("{} bytes of JSON, at most {} are read", text.size(), limits.text_bytes));
  TreeBuilder builder{limits};
  const bool whole = nlohmann::json::sax_parse(without_bare_words(text), &builder);
  if (!whole) return fail(where, builder.refusal(), "is the file complete?");
  return builder.take();
}

}  // namespace roofcast
