#pragma once

namespace roofcast::test {

/// Was code reached since the last call that no input reached before? Always false where the code is not
/// compiled with -fsanitize-coverage=trace-pc.
[[nodiscard]] bool reached_new_code();

}  // namespace roofcast::test
