#include "hwmodels/price_list.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "core/lower_case.hpp"
#include "core/nearest_name.hpp"
#include "hwmodels/catalog.hpp"
#include "hwmodels/csv_file.hpp"
#include "hwmodels/object_reader.hpp"
#include "hwmodels/text_file.hpp"

namespace roofcast {
namespace {

constexpr std::string_view kPriceSchema = "roofcast/prices/1";
constexpr double kLowestPrice = 1e-6, kHighestPrice = 1e6;

std::optional<double> positive_number(std::string_view text) {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size()) return {};
  return value >= kLowestPrice && value <= kHighestPrice ? std::optional{value} : std::nullopt;
}

Errors column_errors(const CsvFile& csv) {
  const std::vector<std::string> known{"device", "usd_hour"};
  Errors errors;
  for (const auto& title : csv.header)
    if (std::ranges::find(known, title) == known.end())
      errors.push_back({csv.name + ":1", fmt::format("unknown column '{}'", title), did_you_mean(title, known)});
  for (const auto& title : known)
    if (!csv.column(title))
      errors.push_back(
          {csv.name + ":1", fmt::format("column '{}' is missing", title), "the columns are device,usd_hour"});
  return errors;
}

Result<std::vector<DevicePrice>> csv_prices(const std::string& text, const std::string& name) {
  const auto csv = parse_csv(text, name);
  if (!csv) return std::unexpected(csv.error());
  Errors errors = column_errors(*csv);
  if (!errors.empty()) return std::unexpected(std::move(errors));
  std::vector<DevicePrice> prices;
  for (std::size_t i = 0; i < csv->records(); ++i) {
    const auto cell = csv->cell(i, *csv->column("usd_hour"));
    const auto where = fmt::format("{}:{}", name, csv->line(i));
    const auto usd = positive_number(cell);
    if (!usd) errors.push_back({where, fmt::format("usd_hour '{}': expected a number above 0", cell), {}});
    prices.push_back({std::string(csv->cell(i, *csv->column("device"))), usd.value_or(1), where});
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return prices;
}

Result<std::vector<DevicePrice>> json_prices(const std::string& text, const std::string& name) {
  const auto json = parse_json(text, name);
  if (!json) return std::unexpected(json.error());
  Errors errors;
  std::vector<DevicePrice> prices;
  read_object(*json, name + ":", errors, [&](ObjectReader& reader) {
    if (const auto schema = reader.text("schema"); !schema.empty() && schema != kPriceSchema)
      reader.add("schema", fmt::format("'{}': expected '{}'", schema, kPriceSchema));
    reader.object("usd_hour", [&](ObjectReader& list) {
      for (const auto& device : list.keys())
        prices.push_back(
            {device, list.number(device, kLowestPrice, kHighestPrice), fmt::format("{}:/usd_hour/{}", name, device)});
    });
  });
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return prices;
}

/// One device under two spellings is caught where devices are known; here only the same word.
Errors repeated(const std::vector<DevicePrice>& prices) {
  Errors errors;
  for (auto p = prices.begin(); p != prices.end(); ++p) {
    const auto same = [&](const DevicePrice& o) { return lower_case(o.device) == lower_case(p->device); };
    if (std::any_of(prices.begin(), p, same))
      errors.push_back({p->where, fmt::format("'{}' has a price already", p->device), {}});
  }
  return errors;
}

bool names(const DevicePrice& price, const std::string& id, const std::string& name,
           const std::vector<std::string>& aliases) {
  const auto wanted = lower_case(price.device);
  const auto same = [&](const std::string& word) { return lower_case(word) == wanted; };
  return same(id) || same(name) || std::ranges::any_of(aliases, same);
}

/// The row that matches; null where none does. A second one is an error: which of them holds?
template <class Matches>
const DevicePrice* only_price(const std::vector<DevicePrice>& prices, const Device& d, Matches matches,
                              Errors& errors) {
  const DevicePrice* found = nullptr;
  for (const auto& p : prices) {
    if (!matches(p, d)) continue;
    if (found != nullptr)
      errors.push_back({p.where, fmt::format("'{}' has a price already, as '{}'", p.device, found->device), {}});
    else
      found = &p;
  }
  return found;
}

}  // namespace

Result<std::vector<DevicePrice>> load_prices(const std::filesystem::path& file) {
  const auto text = read_text(file);
  if (!text) {
    Errors errors = text.error();
    if (errors.front().hint.empty()) errors.front().hint = "a price is USD per hour, or a file of prices";
    return std::unexpected(std::move(errors));
  }
  const auto first = text->find_first_not_of(" \t\r\n");
  const bool json = file.extension() == ".json" || (first != std::string::npos && (*text)[first] == '{');
  auto prices = json ? json_prices(*text, file.string()) : csv_prices(*text, file.string());
  if (!prices) return prices;
  if (auto errors = repeated(*prices); !errors.empty()) return std::unexpected(std::move(errors));
  return prices;
}

bool is_of(const DevicePrice& price, const Device& d) {
  return names(price, d.id, d.name, d.aliases);
}

bool is_of_unit(const DevicePrice& price, const Device& d) {
  return d.system && names(price, d.system->id, d.system->name, d.system->aliases);
}

Result<std::optional<double>> listed_price(const Device& d, const std::vector<DevicePrice>& prices) {
  Errors errors;
  const auto* device = only_price(prices, d, is_of, errors);
  const auto* unit = only_price(prices, d, is_of_unit, errors);
  if (!errors.empty()) return std::unexpected(std::move(errors));
  if (unit != nullptr) return unit->usd_hour / d.system->devices;
  return device != nullptr ? std::optional{device->usd_hour} : std::nullopt;
}

Result<std::vector<Device>> with_prices(std::vector<Device> devices, const std::vector<DevicePrice>& prices) {
  Errors errors;
  for (auto& d : devices) {
    const auto listed = listed_price(d, prices);
    if (!listed)
      errors.insert(errors.end(), listed.error().begin(), listed.error().end());
    else if (*listed)
      d.price_usd_hour = **listed;
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return devices;
}

Errors overlooked_prices(const std::vector<Device>& devices, const std::vector<DevicePrice>& prices,
                         const PresetRoots& roots) {
  Errors errors;
  for (const auto& p : prices) {
    if (std::ranges::any_of(devices, [&](const Device& d) { return is_of(p, d) || is_of_unit(p, d); })) continue;
    const auto known = find_device(roots, p.device);
    if (!known && known.error().front().kind == ErrorKind::usage)
      errors.push_back({p.where, fmt::format("no device is called '{}'", p.device), known.error().front().hint});
    if (!known || !known->system) continue;
    if (std::ranges::find(devices, known->id, &Device::id) != devices.end())
      errors.push_back({p.where, fmt::format("'{}' is a unit that --hardware does not name", p.device),
                        fmt::format("price {} instead, or give --hardware {}", known->id, hardware_id(*known))});
  }
  return errors;
}

}  // namespace roofcast
