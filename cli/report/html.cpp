#include "cli/report/html.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/utf8.hpp"

namespace roofcast::cli {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

std::string_view entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

std::string cells(const TextTable& table, const std::vector<std::string>& row, std::string_view element) {
  if (row.size() == 1 && table.columns.size() > 1)  // a heading of the rows below
    return fmt::format("<tr><th colspan=\"{}\">{}</th></tr>\n", table.columns.size(), html_text(row.front()));
  std::string out = "<tr>";
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    out += fmt::format("<{0}{1}>{2}</{0}>", element, table.columns[i].align == Align::right ? " class=\"n\"" : "",
                       html_text(i < row.size() ? row[i] : ""));
  return out + "</tr>\n";
}

std::string html_table(const TextTable& table) {
  std::string out = "<div class=\"scroll\"><table>\n";
  std::vector<std::string> headers;
  for (const auto& column : table.columns) headers.push_back(column.header);
  if (std::ranges::any_of(headers, [](const auto& h) { return !h.empty(); }))
    out += "<thead>" + cells(table, headers, "th") + "</thead>\n";
  out += "<tbody>";
  for (const auto& row : table.rows) out += cells(table, row, "td");
  return out + "</tbody></table></div>\n";
}

std::string html_remarks(const std::vector<std::string>& remarks) {
  std::string out;
  bool in_list = false;
  for (const auto& remark : remarks) {
    const bool item = remark.starts_with("- ");
    if (item != in_list) out += item ? "<ul>\n" : "</ul>\n";
    in_list = item;
    out += item ? fmt::format("<li>{}</li>\n", html_text(std::string_view(remark).substr(2)))
                : fmt::format("<p>{}</p>\n", html_text(remark));
  }
  return in_list ? out + "</ul>\n" : out;
}

/// Every `from` as `to`.
std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

/// The attribute and its value gone wherever it stands.
std::string without_attribute(std::string text, std::string_view name) {
  const auto start = fmt::format(" {}=\"", name);
  for (std::size_t at = 0; (at = text.find(start, at)) != std::string::npos;) {
    const auto end = text.find('"', at + start.size());
    if (end == std::string::npos) break;
    text.erase(at, end + 1 - at);
  }
  return text;
}

constexpr std::string_view kStyle = R"(:root{color-scheme:light dark;--text:#1b1f24;--soft:#57606a;--line:#d0d7de;
--page:#fff;--card:#f6f8fa;--good:#116329;--bad:#a40e26}
@media(prefers-color-scheme:dark){:root{--text:#e6edf3;--soft:#9aa4af;--line:#30363d;--page:#0d1117;--card:#161b22;
--good:#56d364;--bad:#ff7b72}.light{display:none}}
@media(prefers-color-scheme:light){.dark{display:none}}
@media print{.dark{display:none}.light{display:block}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:62rem;padding:1.25rem 1rem 3rem;background:var(--page);color:var(--text);
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;overflow-wrap:anywhere}
h1{font-size:1.45rem;line-height:1.25;margin:.2rem 0 .6rem}
h2{font-size:1.1rem;margin:2rem 0 .5rem;padding-top:.6rem;border-top:1px solid var(--line)}
p,ul{margin:.5rem 0}ul{padding-left:1.25rem}li{margin:.25rem 0}
.verdict{padding:.75rem 1rem;border-left:.3rem solid;border-radius:.25rem;background:var(--card)}
.yes{border-color:var(--good)}.no{border-color:var(--bad)}
.yes b{color:var(--good)}.no b{color:var(--bad)}
.soft,footer{color:var(--soft);font-size:.9rem}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;font-size:.9rem}
td,th{padding:.3rem .9rem .3rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);
overflow-wrap:normal}
th{font-weight:600}td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
pre{overflow-x:auto;margin:.5rem 0;padding:.75rem 1rem;background:var(--card);border-radius:.25rem;font-size:.85rem;
overflow-wrap:normal}
@media(max-width:30rem){td,th{padding-right:.6rem}table{font-size:.85rem}}
figure{margin:1rem 0}figcaption{color:var(--soft);font-size:.9rem}
svg{display:block;width:100%;min-width:40rem;height:auto}
footer{margin-top:2.5rem;padding-top:.75rem;border-top:1px solid var(--line)})";

}  // namespace

std::string html_text(std::string_view text) {
  const bool utf8 = is_utf8(text);
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (const auto named = entity(c); !named.empty())
      out += named;
    else if ((is_control(c) && c != '\n' && c != '\t') || (!utf8 && static_cast<unsigned char>(c) >= 0x80))
      out += kReplacement;
    else
      out += c;
  }
  return out;
}

std::string html_section(const ReportSection& section) {
  if (section.table.rows.empty() && section.remarks.empty()) return {};
  std::string out = fmt::format("<section><h2>{}</h2>\n", html_text(section.title));
  if (!section.table.rows.empty()) out += html_table(section.table);
  return out + html_remarks(section.remarks) + "</section>\n";
}

std::string html_page(std::string_view title, std::string_view body) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<link rel=\"icon\" "
      "href=\"data:,\"/>\n"
      "<title>{}</title>\n<style>\n{}\n</style>\n</head>\n<body>\n{}</body>\n</html>\n",
      html_text(title), kStyle, body);
}

std::string inline_svg(std::string_view svg, std::string_view prefix) {
  std::string text{svg.substr(std::min(svg.find("<svg"), svg.size()))};
  for (const auto name : {"xmlns", "xmlns:xlink"}) text = without_attribute(std::move(text), name);
  text = replaced(std::move(text), " id=\"", fmt::format(" id=\"{}", prefix));
  text = replaced(std::move(text), "url(#", fmt::format("url(#{}", prefix));
  return replaced(std::move(text), "href=\"#", fmt::format("href=\"#{}", prefix));
}

}  // namespace roofcast::cli
