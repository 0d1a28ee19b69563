#include "hwmodels/record_json.hpp"

#include "hwmodels/object_reader.hpp"

namespace roofcast {
namespace {

Json json_of(const RecordTable& table) {
  Json records = Json::array();
  for (const auto& record : table.records) {
    Json object = Json::object();
    for (std::size_t i = 0; i < record.size(); ++i) {
      auto& value = object[table.fields[i].key];
      if (const auto* text = std::get_if<std::string>(&record[i].value)) value = *text;
      if (const auto* number = std::get_if<double>(&record[i].value)) value = json_number(*number);
    }
    records.push_back(std::move(object));
  }
  return records;
}

}  // namespace

std::string records_json(const RecordTable& table, std::string_view name) {
  return json_text(Json{{"schema_version", 1}, {std::string{name}, json_of(table)}});
}

std::string records_json(std::span<const NamedRecords> tables) {
  Json object{{"schema_version", 1}};
  for (const auto& t : tables) object[std::string(t.name)] = json_of(t.table);
  return json_text(object);
}

}  // namespace roofcast
