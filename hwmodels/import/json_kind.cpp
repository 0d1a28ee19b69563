#include "hwmodels/import/json_kind.hpp"

#include <string>

#include <nlohmann/json.hpp>

namespace roofcast {
namespace {

/// Stops the parser at the first key that tells.
class KindReader : public nlohmann::json_sax<nlohmann::json> {
 public:
  JsonKind kind = JsonKind::config;

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return ++depth_ > 0; }
  bool end_object() override { return --depth_ >= 0; }
  bool start_array(std::size_t) override { return ++depth_ > 0; }
  bool end_array() override { return --depth_ >= 0; }
  bool key(string_t& name) override {
    if (depth_ != 1 || (name != "schema" && name != "weight_map")) return true;
    kind = name == "schema" ? JsonKind::profile : JsonKind::index;
    return false;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

 private:
  int depth_ = 0;
};

}  // namespace

JsonKind json_kind(std::istream& in) {
  KindReader reader;
  (void)nlohmann::json::sax_parse(in, &reader);
  return reader.kind;
}

}  // namespace roofcast
