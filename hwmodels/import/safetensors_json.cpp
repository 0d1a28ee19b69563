#include "hwmodels/import/safetensors_json.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hwmodels/import/printable.hpp"

namespace roofcast {
namespace {

constexpr std::size_t kMaxTensors = 1u << 20;  // Kimi-K2 has 200,000
constexpr std::size_t kMaxDims = 16;

/// Events that neither reader expects. What is left is said by the reader's own members.
class EventReader : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit EventReader(const std::string& origin) : origin_{origin} {}

  bool null() override { return unexpected("null"); }
  bool boolean(bool) override { return unexpected("a bool"); }
  bool number_integer(std::int64_t value) override { return unexpected(fmt::format("{}", value)); }
  bool number_unsigned(std::uint64_t value) override { return unexpected(fmt::format("{}", value)); }
  bool number_float(double value, const std::string&) override { return unexpected(fmt::format("{}", value)); }
  bool string(std::string& value) override { return unexpected(fmt::format("'{}'", printable(value))); }
  bool binary(binary_t&) override { return unexpected("bytes"); }
  bool start_array(std::size_t) override { return unexpected("an array"); }
  bool end_array() override { return true; }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    if (!error_) error_ = Error{origin_, fmt::format("not valid JSON at byte {}", position), {}};
    return false;
  }

  /// Runs over the text; the first problem, if any.
  [[nodiscard]] std::optional<Error> read(std::string_view text) {
    if (!nlohmann::json::sax_parse(text.begin(), text.end(), this) && !error_)
      error_ = Error{origin_, "not valid JSON", {}};
    return error_;
  }

 protected:
  bool fail(std::string_view place, std::string what) {
    if (!error_) error_ = Error{fmt::format("{}:{}", origin_, place), std::move(what), {}};
    return false;
  }
  virtual bool unexpected(std::string_view found) = 0;

 private:
  const std::string& origin_;
  std::optional<Error> error_{};
};

/// {"name": {"dtype": "BF16", "shape": [..], "data_offsets": [b, e]}, "__metadata__": {"k": "v"}}
class HeaderReader : public EventReader {
 public:
  using EventReader::EventReader;
  std::vector<SafetensorsEntry> entries{};

  bool start_object(std::size_t) override {
    if (depth_ == 2 || list_ != nullptr) return unexpected("an object");
    ++depth_;
    return true;
  }
  bool end_object() override {
    --depth_;
    if (depth_ == 1 && !metadata_) {
      const auto& e = entries.back();
      if (!has_dtype_) return fail("/" + printable(e.name) + "/dtype", "missing");
      if (!has_shape_) return fail("/" + printable(e.name) + "/shape", "missing");
      if (!has_offsets_) return fail("/" + printable(e.name) + "/data_offsets", "missing");
    }
    return true;
  }
  bool key(std::string& name) override { return depth_ == 1 ? entry(name) : member(name); }
  bool string(std::string& value) override {
    if (depth_ == 2 && metadata_) return true;
    if (depth_ != 2 || member_ != "dtype") return EventReader::string(value);
    entries.back().dtype = std::move(value);
    return true;
  }
  bool start_array(std::size_t) override {
    if (depth_ != 2 || metadata_ || list_ != nullptr || member_ == "dtype") return unexpected("an array");
    list_ = member_ == "shape" ? &entries.back().shape : &entries.back().offsets;
    return true;
  }
  bool end_array() override {
    list_ = nullptr;
    return true;
  }
  bool number_unsigned(std::uint64_t value) override {
    if (list_ == nullptr) return EventReader::number_unsigned(value);
    if (list_->size() == kMaxDims) return fail(place(), fmt::format("more than {} values", kMaxDims));
    list_->push_back(value);
    return true;
  }

 protected:
  bool unexpected(std::string_view found) override {
    return fail(place(), fmt::format("{}, expected {}", found, expected()));
  }

 private:
  bool entry(const std::string& name) {
    metadata_ = name == "__metadata__";
    member_.clear();
    has_dtype_ = has_shape_ = has_offsets_ = false;
    if (metadata_) return true;
    if (entries.size() == kMaxTensors)
      return fail("/" + printable(name), fmt::format("more than {} tensors", kMaxTensors));
    entries.push_back({.name = name});
    return true;
  }
  bool member(const std::string& name) {
    member_ = name;
    if (metadata_) return true;
    bool* seen = name == "dtype"          ? &has_dtype_
                 : name == "shape"        ? &has_shape_
                 : name == "data_offsets" ? &has_offsets_
                                          : nullptr;
    if (seen == nullptr) return fail(place(), "unknown key, expected dtype, shape and data_offsets");
    if (*seen) return fail(place(), "this key occurs twice");
    *seen = true;
    return true;
  }
  [[nodiscard]] std::string place() const {
    if (depth_ == 0) return "";
    const auto name = metadata_ ? "__metadata__" : entries.empty() ? "" : printable(entries.back().name);
    return member_.empty() ? "/" + name : fmt::format("/{}/{}", name, printable(member_));
  }
  [[nodiscard]] std::string_view expected() const {
    if (depth_ < 2) return "an object";
    if (metadata_ || member_ == "dtype") return "a text";
    return list_ == nullptr ? "an array of integers" : "an integer from 0 to 2^64";
  }

  int depth_ = 0;
  bool metadata_ = false;
  std::string member_{};
  std::vector<std::uint64_t>* list_ = nullptr;
  bool has_dtype_ = false, has_shape_ = false, has_offsets_ = false;
};

/// {"metadata": {"total_size": n, ...}, "weight_map": {"tensor": "file"}}. Other keys may hold anything.
class IndexReader : public EventReader {
 public:
  using EventReader::EventReader;
  SafetensorsIndex index{};
  bool has_map = false;

  bool null() override { return ignored("null"); }
  bool boolean(bool) override { return ignored("a bool"); }
  bool number_integer(std::int64_t value) override { return ignored(fmt::format("{}", value)); }
  bool number_unsigned(std::uint64_t value) override {
    if (!at_total_size()) return ignored(fmt::format("{}", value));
    index.total_size = value;
    return true;
  }
  bool number_float(double value, const std::string&) override {
    // Some writers sum in floating point.
    if (!at_total_size() || value < 0 || value > 0x1p53 || std::trunc(value) != value)
      return ignored(fmt::format("{}", value));
    index.total_size = static_cast<std::uint64_t>(value);
    return true;
  }
  bool string(std::string& value) override {
    if (depth_ == 2 && section_ == "weight_map") return mapped(std::move(value));
    return ignored(fmt::format("'{}'", printable(value)));
  }
  bool start_object(std::size_t) override {
    if (depth_ == 1 && section_ == "weight_map") has_map = true;
    if (depth_ > 1 && !ignored("an object")) return false;
    ++depth_;
    return true;
  }
  bool end_object() override {
    --depth_;
    return true;
  }
  bool start_array(std::size_t) override {
    if (!ignored("an array")) return false;
    ++depth_;
    return true;
  }
  bool end_array() override {
    --depth_;
    return true;
  }
  bool key(std::string& name) override {
    if (depth_ == 1) section_ = name;
    if (depth_ == 2) member_ = name;
    return true;
  }

 protected:
  bool unexpected(std::string_view found) override { return fail("", fmt::format("{}, expected an index", found)); }

 private:
  [[nodiscard]] bool at_total_size() const { return depth_ == 2 && section_ == "metadata" && member_ == "total_size"; }
  /// Values where nothing in particular is expected pass.
  bool ignored(std::string_view found) {
    if (depth_ == 0) return fail("", fmt::format("{}, expected an object", found));
    if (at_total_size()) return fail("/metadata/total_size", fmt::format("{}, expected a number of bytes", found));
    if (section_ != "weight_map") return true;
    return fail(depth_ == 1 ? "/weight_map" : "/weight_map/" + printable(member_),
                fmt::format("{}, expected {}", found, depth_ == 1 ? "an object" : "a file name"));
  }
  bool mapped(std::string file) {
    const auto place = "/weight_map/" + printable(member_);
    // Shards lie beside their index: a path that leads elsewhere is not one.
    if (file.empty() || file == "." || file == ".." ||
        file.find_first_of(std::string_view("/\\\0", 3)) != std::string::npos)
      return fail(place, fmt::format("'{}', expected the name of a file in the same folder", printable(file)));
    if (index.weight_map.size() == kMaxTensors) return fail(place, fmt::format("more than {} tensors", kMaxTensors));
    index.weight_map.emplace_back(member_, std::move(file));
    return true;
  }

  int depth_ = 0;
  std::string section_{};
  std::string member_{};
};

}  // namespace

Result<std::vector<SafetensorsEntry>> parse_safetensors_json(std::string_view text, const std::string& origin) {
  HeaderReader reader(origin);
  if (auto e = reader.read(text)) return std::unexpected(Errors{std::move(*e)});
  return std::move(reader.entries);
}

Result<SafetensorsIndex> parse_safetensors_index(std::string_view text, const std::string& origin) {
  IndexReader reader(origin);
  if (auto e = reader.read(text)) return std::unexpected(Errors{std::move(*e)});
  if (!reader.has_map) return fail(origin + ":/weight_map", "missing");
  auto& map = reader.index.weight_map;
  std::ranges::sort(map);
  const auto twice = std::ranges::adjacent_find(map, {}, &std::pair<std::string, std::string>::first);
  if (twice != map.end()) return fail(origin + ":/weight_map/" + printable(twice->first), "this tensor occurs twice");
  return std::move(reader.index);
}

}  // namespace roofcast
