#include "hwmodels/scenario_command.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/shell_quoted.hpp"

namespace roofcast {
std::vector<std::string> command_words(const ScenarioDocument& document, std::string_view command) {
  std::vector<std::string> words{"roofcast", std::string(command)};
  const bool dashed = document.model && document.model->starts_with('-');
  if (document.model && !dashed) words.push_back(*document.model);
  for (const auto& field : scenario_fields()) {
    const auto& text = document.*field.text;
    if (!text || field.text == &ScenarioDocument::model) continue;
    const auto flag = field.place();
    if (text->starts_with('-')) {  // alone it would be taken for a flag
      words.push_back(fmt::format("{}={}", flag, *text));
    } else {
      words.push_back(flag);
      words.push_back(*text);
    }
  }
  if (dashed) words.insert(words.end(), {"--", *document.model});
  return words;
}

std::string command_line(const ScenarioDocument& document, std::string_view command) {
  auto words = command_words(document, command);
  std::ranges::transform(words, words.begin(), [](const auto& word) { return shell_quoted(word); });
  return fmt::format("{}", fmt::join(words, " "));
}

}  // namespace roofcast
