#include "cli/chart_program.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/process_variable.hpp"
#include "cli/sibling_program.hpp"
#include "hwmodels/figure_json.hpp"
#include "hwmodels/file_output.hpp"
#include "hwmodels/text_file.hpp"

extern char** environ;

namespace roofcast::cli {
namespace {

constexpr const char* kChartProgram = "roofcast-charts";
constexpr std::size_t kMaxPicture = 256u << 20;
constexpr std::size_t kMaxMessage = 4096;

/// A folder that goes away with everything in it.
class ScratchFolder {
 public:
  [[nodiscard]] static Result<ScratchFolder> create() {
    std::error_code none;
    auto name = (std::filesystem::temp_directory_path(none) / "roofcast-XXXXXX").string();
    if (none || ::mkdtemp(name.data()) == nullptr)
      return fail(name, "cannot be made: " + std::generic_category().message(errno), "set TMPDIR to a folder",
                  ErrorKind::file);
    return ScratchFolder(std::move(name));
  }
  ScratchFolder(ScratchFolder&& other) noexcept : path_{std::exchange(other.path_, {})} {}
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::filesystem::path file(std::string_view name) const { return path_ / name; }

 private:
  explicit ScratchFolder(std::string path) : path_{std::move(path)} {}
  std::filesystem::path path_{};
};

/// What a program left: its exit status, and the first line that it said.
struct Ended {
  int status = 0;
  std::string said{};
};

std::string first_line(int descriptor) {
  std::string text;
  char buffer[512];
  while (true) {
    const auto n = ::read(descriptor, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    if (text.size() < kMaxMessage) text.append(buffer, static_cast<std::size_t>(n));
  }
  return text.substr(0, text.find('\n'));
}

Result<Ended> run(const std::vector<std::string>& words) {
  std::vector<char*> argv;
  for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));  // posix_spawn does not write to it
  argv.push_back(nullptr);
  int ends[2];
  if (::pipe(ends) != 0) return fail(words.front(), std::generic_category().message(errno), {}, ErrorKind::file);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  posix_spawn_file_actions_addclose(&actions, ends[0]);
  posix_spawn_file_actions_addclose(&actions, ends[1]);
  pid_t child = 0;
  const int problem = ::posix_spawn(&child, argv.front(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  Ended ended;
  if (problem == 0) ended.said = first_line(ends[0]);
  ::close(ends[0]);
  if (problem != 0)
    return fail(words.front(), "cannot be run: " + std::generic_category().message(problem), {}, ErrorKind::file);
  while (::waitpid(child, &ended.status, 0) < 0 && errno == EINTR) {
  }
  return ended;
}

/// "roofcast-charts: f.json: ..." is said once, not twice.
Error complaint(Ended ended) {
  const std::string prefix = std::string(kChartProgram) + ": ";
  if (ended.said.starts_with(prefix)) ended.said.erase(0, prefix.size());
  if (WIFSIGNALED(ended.status)) ended.said = fmt::format("ended by signal {}", WTERMSIG(ended.status));
  if (ended.said.empty()) ended.said = fmt::format("failed with exit code {}", WEXITSTATUS(ended.status));
  const bool file = WIFEXITED(ended.status) && WEXITSTATUS(ended.status) == 4;
  return {.where = kChartProgram, .what = ended.said, .kind = file ? ErrorKind::file : ErrorKind::unsupported};
}

}  // namespace

std::optional<std::filesystem::path> chart_program(const std::filesystem::path& folder, std::string_view path) {
  return sibling_program(kChartProgram, folder, path);
}

Result<std::filesystem::path> drawing_program() {
  const std::filesystem::path named = process_variable("ROOFCAST_CHARTS").value_or("");
  const auto program = named.empty()       ? sibling_program(kChartProgram)
                       : is_program(named) ? std::optional{named}
                                           : std::nullopt;
  if (!program)
    return fail(named.empty() ? kChartProgram : named.string(), "not found: it draws SVG and PNG charts",
                "install the package roofcast-gui; CSV and --ascii work without it", ErrorKind::file);
  return *program;
}

Result<std::string> picture(const Figure& figure, const std::string& ending, const ChartLook& look) {
  const auto program = drawing_program();
  if (!program) return std::unexpected(program.error());
  const auto scratch = ScratchFolder::create();
  if (!scratch) return std::unexpected(scratch.error());
  const auto input = scratch->file("figure.json"), output = scratch->file("chart" + ending);
  if (auto written = write_file_atomically(input, figure_json(figure)); !written)
    return std::unexpected(written.error());
  const auto ended =
      run({program->string(), "--output", output.string(), "--theme", look.theme, "--size", look.size, input.string()});
  if (!ended) return std::unexpected(ended.error());
  if (!WIFEXITED(ended->status) || WEXITSTATUS(ended->status) != 0) return std::unexpected(Errors{complaint(*ended)});
  return read_text(output, kMaxPicture);
}

}  // namespace roofcast::cli
