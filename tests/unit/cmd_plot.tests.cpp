#include <catch2/catch.hpp>

#include "hwmodels/text_file.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using cli::Exit;

namespace {

/// A sweep of four rows in a folder of its own.
struct Swept {
  test::TemporaryFolder folder{};
  std::string file;

  explicit Swept(const std::string& name = "s.csv") : file{(folder / name).string()} {
    const auto r = run({"sweep", "llama-3.1-8b", "--hardware", "h100-sxm", "--batch", "1,2,4,8", "--context", "1Ki",
                        "-q", "-o", file});
    INFO(r.err);
    REQUIRE(r.code == Exit::ok);
  }
  [[nodiscard]] std::string text() const { return read_text(file).value(); }
  void rewrite(const std::string& bytes) const { folder.write(std::filesystem::path(file).filename().string(), bytes); }
};

}  // namespace

TEST_CASE("plot: a sweep that is not the file of its manifest is not drawn as if it were whole") {
  const Swept s;
  const auto whole = s.text();
  s.rewrite(whole.substr(0, whole.find_last_of('\n', whole.size() - 2) + 1));  // the last row is missing
  const auto cut = run({"plot", s.file, "--ascii"});
  CHECK(cut.code == Exit::file);
  CHECK(cut.out.empty());
  CHECK_THAT(cut.err, Catch::Contains("its manifest says") && Catch::Contains("truncated or changed"));

  auto changed = whole;
  changed[changed.rfind("memory")] = 'M';  // as many bytes
  s.rewrite(changed);
  const auto other = run({"plot", s.file, "--ascii"});
  CHECK(other.code == Exit::file);
  CHECK_THAT(other.err, Catch::Contains("its SHA-256 is not the one of its manifest"));

  std::filesystem::remove(s.file + ".manifest.json");
  s.rewrite(whole.substr(0, whole.find_last_of('\n', whole.size() - 2) + 1));
  CHECK(run({"plot", s.file, "--ascii"}).code == Exit::ok);  // nothing says that there was more
}

TEST_CASE("explain --point: a sweep that is not the file of its manifest is not explained") {
  const Swept s;
  CHECK(run({"explain", "--point", s.file + ":2"}).code == Exit::ok);
  s.rewrite(s.text() + "\n");
  const auto r = run({"explain", "--point", s.file + ":2"});
  CHECK(r.code == Exit::file);
  CHECK_THAT(r.err, Catch::Contains("its manifest says"));
}

TEST_CASE("plot: a compressed sweep is drawn like a plain one") {
  const Swept plain, packed{"s.csv.zst"};
  const auto a = run({"plot", plain.file, "--ascii"}), b = run({"plot", packed.file, "--ascii"});
  CHECK(b.code == Exit::ok);
  CHECK(a.out == b.out);
}

TEST_CASE("plot: the chart does not replace the file that it is drawn from, by whatever name") {
  const Swept s;
  const auto before = s.text();
  std::filesystem::create_symlink(s.file, s.folder / "link.csv");
  for (const auto& name : {s.file, (s.folder / "link.csv").string()}) {
    const auto r = run({"plot", s.file, "-o", name});
    CHECK(r.code == Exit::usage);
    CHECK(r.err == "roofcast: --output: '" + name + "' is read, and would be overwritten (choose another file)\n");
    CHECK(s.text() == before);
  }
}

TEST_CASE("plot: what says nothing of the kind of chart is refused") {
  const Swept s;
  const auto refused = [&](const std::string& kind, const std::string& option, const std::string& value) {
    const auto r = run({"plot", s.file, "--ascii", "--kind", kind, option, value});
    INFO(r.err);
    CHECK(r.code == Exit::usage);
    CHECK(r.err.starts_with("roofcast: " + option + ": says nothing of --kind " + kind));
  };
  refused("roofline", "--tpot", "40ms");
  refused("roofline", "--tolerance", "10%");
  refused("memory", "--ttft", "1s");
  refused("throughput", "--tolerance", "10%");
  CHECK(run({"plot", s.file, "--ascii", "--kind", "limits", "--tpot", "40ms"}).code == Exit::ok);
}
