#include "cli/parsed_options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <cassert>
#include <optional>
#include <utility>

#include "core/lower_case.hpp"
#include "core/nearest_name.hpp"

namespace roofcast::cli {
namespace {

namespace po = boost::program_options;

void add_usage_error(Errors& errors, std::string where, std::string what, std::string hint = {}) {
  errors.push_back({std::move(where), std::move(what), std::move(hint), ErrorKind::usage});
}

std::vector<std::string> written_names(const OptionTable& table) {
  std::vector<std::string> names;
  for (const auto& o : table.options) {
    names.push_back("--" + o.name);
    for (const auto& alias : o.aliases) names.push_back("--" + alias);
  }
  return names;
}

/// Long flags that the table does not have. Boost stops at its first; a user wants to see all.
Errors unknown_flags(const OptionTable& table, std::span<const std::string> args) {
  Errors errors;
  for (const auto& arg : args) {
    if (arg == "--") break;
    if (!arg.starts_with("--")) continue;
    const std::string flag = arg.substr(0, arg.find('='));
    if (find_option(table, std::string_view{flag}.substr(2)) == nullptr)
      add_usage_error(errors, flag, "unknown option", did_you_mean(flag, written_names(table)));
  }
  return errors;
}

po::options_description described(const OptionTable& table) {
  po::options_description description;
  const auto add = [&](const std::string& name, const Option& o) {
    if (o.placeholder.empty())
      description.add_options()(name.c_str(), "");
    else
      description.add_options()(name.c_str(), po::value<std::string>(), "");
  };
  for (const auto& o : table.options) {
    add(o.short_name == '\0' ? o.name : fmt::format("{},{}", o.name, o.short_name), o);
    for (const auto& alias : o.aliases) add(alias, o);
  }
  return description;
}

/// Boost's exceptions end here, in our words.
Result<po::parsed_options> split(const OptionTable& table, const std::vector<std::string>& args) {
  namespace style = po::command_line_style;
  const auto description = described(table);
  try {
    return po::command_line_parser(args)
        .options(description)
        .style(style::default_style & ~style::allow_guessing)
        .run();
  } catch (const po::unknown_option& e) {
    return usage_error(e.get_option_name(), "unknown option", "see --help");
  } catch (const po::invalid_command_line_syntax& e) {
    const auto flag = e.get_option_name();
    const auto* option = flag.starts_with("--") ? find_option(table, std::string_view{flag}.substr(2)) : nullptr;
    if (e.kind() == po::invalid_syntax::extra_parameter) return usage_error(flag, "takes no value");
    return usage_error(flag, "needs a value", option == nullptr ? "" : signature(*option));
  } catch (const po::error& e) {
    return usage_error("", e.what(), "see --help");
  }
}

/// The choice as the table spells it ("FP8" is fp8), or the word itself and an error.
std::string chosen(Errors& errors, const std::string& where, const std::string& value,
                   const std::vector<std::string>& choices) {
  if (choices.empty()) return value;
  const auto it = std::ranges::find(choices, lower_case(value), [](const auto& c) { return lower_case(c); });
  if (it != choices.end()) return *it;
  const auto hint = did_you_mean(value, choices);
  add_usage_error(errors, where, fmt::format("'{}' is not one of {}", value, fmt::join(choices, ", ")), hint);
  return value;
}

void take_option(ParsedOptions& parsed, Errors& errors, const po::option& written) {
  const Option* option = find_option(parsed.table, written.string_key);
  assert(option != nullptr);
  const std::string flag = "--" + written.string_key;
  auto& values = parsed.options[option->name];
  if (!values.empty() && !option->repeatable && !option->placeholder.empty())
    add_usage_error(errors, flag, fmt::format("given twice: '{}' and '{}'", values.back(), written.value.front()));
  if (option->placeholder.empty()) {
    values.emplace_back();
    return;
  }
  values.push_back(chosen(errors, flag, written.value.front(), option->choices));
}

void take_words(ParsedOptions& parsed, Errors& errors, const std::vector<std::string>& words) {
  std::size_t next = 0;
  for (const auto& argument : parsed.table.arguments) {
    auto& taken = parsed.arguments[argument.name];
    const std::size_t end = argument.repeatable ? words.size() : std::min(next + 1, words.size());
    for (; next < end; ++next) taken.push_back(chosen(errors, argument.name, words[next], argument.choices));
  }
  for (; next < words.size(); ++next)
    add_usage_error(errors, fmt::format("'{}'", words[next]), "unexpected word", "options start with --");
}

}  // namespace

bool ParsedOptions::given(std::string_view option) const {
  assert(find_option(table, option) != nullptr);
  return options.contains(option);
}

std::string ParsedOptions::text(std::string_view option) const {
  if (given(option)) return options.find(option)->second.back();
  return find_option(table, option)->default_text;
}

std::vector<std::string> ParsedOptions::texts(std::string_view option) const {
  return given(option) ? options.find(option)->second : std::vector<std::string>{};
}

std::vector<std::string> ParsedOptions::words(std::string_view argument) const {
  const auto it = arguments.find(argument);
  assert(it != arguments.end());
  return it->second;
}

std::string ParsedOptions::word(std::string_view argument) const {
  const auto all = words(argument);
  return all.empty() ? std::string{} : all.front();
}

Errors missing(const ParsedOptions& options) {
  Errors errors;
  for (const auto& argument : options.table.arguments)
    if (argument.required && options.words(argument.name).empty())
      add_usage_error(errors, argument.name, "missing", argument.help);
  for (const auto& o : options.table.options)
    if (o.required && !options.given(o.name)) add_usage_error(errors, "--" + o.name, "missing", o.help);
  return errors;
}

bool wants_help(std::span<const std::string> args) {
  const auto options_end = std::ranges::find(args, "--");
  return std::any_of(args.begin(), options_end, [](const auto& arg) { return arg == "--help" || arg == "-h"; });
}

Result<ParsedOptions> parse_options(const OptionTable& bare, std::span<const std::string> args) {
  ParsedOptions parsed{.table = complete(bare)};
  Errors errors = unknown_flags(parsed.table, args);
  if (!errors.empty()) return std::unexpected(std::move(errors));
  const auto pieces = split(parsed.table, {args.begin(), args.end()});
  if (!pieces) return std::unexpected(pieces.error());

  std::vector<std::string> words;
  for (const auto& piece : pieces->options) {
    if (piece.position_key >= 0 || piece.string_key.empty())
      words.insert(words.end(), piece.value.begin(), piece.value.end());
    else
      take_option(parsed, errors, piece);
  }
  take_words(parsed, errors, words);
  const bool file_follows = find_option(parsed.table, "scenario") != nullptr && parsed.given("scenario");
  if (!file_follows) std::ranges::move(missing(parsed), std::back_inserter(errors));
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return parsed;
}

}  // namespace roofcast::cli
