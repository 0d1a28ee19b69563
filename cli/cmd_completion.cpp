#include <ostream>

#include "cli/commands.hpp"
#include "cli/completion.hpp"

namespace roofcast::cli {

OptionTable completion_table() {
  return {.description = "Prints a completion script.",
          .arguments = {{.name = "SHELL", .help = "whose script", .choices = {"bash", "zsh", "fish"}}},
          .examples = {"source <(roofcast completion bash)", "roofcast completion zsh > ~/.zfunc/_roofcast",
                       "roofcast completion fish > ~/.config/fish/completions/roofcast.fish"}};
}

Exit run_completion(const ParsedOptions& options, Io io) {
  const auto shell = options.word("SHELL");
  io.out << (shell == "bash" ? bash_completion() : shell == "zsh" ? zsh_completion() : fish_completion());
  return Exit::ok;
}

}  // namespace roofcast::cli
