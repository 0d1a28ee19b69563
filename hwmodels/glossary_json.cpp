#include "hwmodels/glossary_json.hpp"

#include "hwmodels/object_reader.hpp"

namespace roofcast {
namespace {

Json term_object(const Term& t) {
  return {{"term", t.name},         {"meaning", t.meaning}, {"formula", t.formula},
          {"equation", t.equation}, {"page", t.page},       {"source", t.source}};
}

}  // namespace

std::string term_json(const Term& term, const std::optional<Explanation>& x) {
  Json json{{"schema_version", 1}};
  json.update(term_object(term));
  json["numbers"] = x ? Json(x->numbers) : Json(nullptr);
  json["result"] = x ? Json(x->result) : Json(nullptr);
  json["label"] = x ? Json(x->label) : Json(nullptr);
  return json_text(json);
}

std::string glossary_json() {
  Json terms = Json::array();
  for (const auto& t : glossary()) terms.push_back(term_object(t));
  return json_text({{"schema_version", 1}, {"terms", terms}});
}

}  // namespace roofcast
