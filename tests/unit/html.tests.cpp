#include "cli/report/html.hpp"

#include <catch2/catch.hpp>

#include "tests/support/markup.hpp"

using namespace roofcast::cli;
using roofcast::tests::markup_fault;

TEST_CASE("text stays text in HTML, whatever is in it") {
  CHECK(html_text("<b>&\"'") == "&lt;b&gt;&amp;&quot;&#39;");
  CHECK(html_text("40 \xC3\x97 2 ms") == "40 \xC3\x97 2 ms");
  CHECK(html_text("a\x01z") == "a\xEF\xBF\xBDz");  // no such character in HTML
  CHECK(html_text("a\xC3z") == "a\xEF\xBF\xBDz");  // cut off in the middle of a character
  CHECK(html_text("</script><script>alert(1)</script>").find('<') == std::string::npos);
}

TEST_CASE("a section becomes a table that scrolls by itself, with its sentences below") {
  const auto html =
      html_section({.title = "A < B",
                    .table = {.columns = {{"", Align::left}, {"tokens/s"}}, .rows = {{"x & y", "12"}, {"part"}}},
                    .remarks = {"One.", "- two", "- three", "Four."}});
  CHECK(html ==
        "<section><h2>A &lt; B</h2>\n<div class=\"scroll\"><table>\n"
        "<thead><tr><th></th><th class=\"n\">tokens/s</th></tr>\n</thead>\n"
        "<tbody><tr><td>x &amp; y</td><td class=\"n\">12</td></tr>\n<tr><th colspan=\"2\">part</th></tr>\n"
        "</tbody></table></div>\n"
        "<p>One.</p>\n<ul>\n<li>two</li>\n<li>three</li>\n</ul>\n<p>Four.</p>\n</section>\n");
  CHECK(markup_fault(html) == "");
  CHECK(html_section({.title = "nothing"}).empty());
}

TEST_CASE("a page is well-formed and loads nothing") {
  const auto page = html_page("a <title>", "<p>body</p>\n");
  CHECK(markup_fault(page) == "");
  CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
  CHECK(page.contains("<title>a &lt;title&gt;</title>"));
  for (const auto* loads : {"http:", "https:", "src=", "@import", "<script", "url("}) CHECK_FALSE(page.contains(loads));
}

TEST_CASE("two drawn pictures on one page do not share names") {
  const std::string svg =
      "<?xml version=\"1.0\"?>\n<!DOCTYPE svg>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
      "xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 1 1\"><clipPath id=\"a\"/>"
      "<g clip-path=\"url(#a)\"/><use xlink:href=\"#a\"/></svg>";
  CHECK(
      inline_svg(svg, "c1-") ==
      "<svg viewBox=\"0 0 1 1\"><clipPath id=\"c1-a\"/><g clip-path=\"url(#c1-a)\"/><use xlink:href=\"#c1-a\"/></svg>");
  CHECK(inline_svg("no picture", "c1-").empty());
}
