// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <QApplication>
#include <QByteArray>
#include <QFontDatabase>
#include <cstdio>
#include <string>
#include <vector>

#include "gui/charts/chart_arguments.hpp"
#include "gui/charts/figure_picture.hpp"
#include "hwmodels/figure_json.hpp"

namespace {

using namespace roofcast;

Result<void> draw(const Figure& figure, const gui::ChartArguments& arguments) {
  if (QFontDatabase::families().isEmpty()) {
    return fail("fonts", "there are none on this machine, so no text can be drawn", "install fonts-dejavu-core",
                ErrorKind::file);
  }
  return gui::write_picture(figure, arguments.theme, arguments.size, arguments.output);
}

int exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
      return 2;
    case ErrorKind::unsupported:
      return 3;
    case ErrorKind::file:
      return 4;
  }
  return 3;
}

/// Qt's own remarks ("XDG_RUNTIME_DIR not set") are nothing that a user of charts can act on.
void drop_remarks(QtMsgType type, const QMessageLogContext& /*context*/, const QString& message) {
  if (type == QtCriticalMsg || type == QtFatalMsg) fmt::print(stderr, "roofcast-charts: {}\n", message.toStdString());
}

/// One line: what is more than the first problem is counted.
int report(const Errors& errors) {
  const Error& first = errors.front();
  std::string line = fmt::format("roofcast-charts: {}: {}", first.where, first.what);
  if (!first.hint.empty()) line += fmt::format(" ({})", first.hint);
  if (errors.size() > 1) line += fmt::format("; and {} more", errors.size() - 1);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  fmt::print(stderr, "{}\n", line);
  return exit_code(first.kind);
}

}  // namespace

int main(int argc, char** argv) {
  const auto arguments = gui::chart_arguments({argv + 1, argv + argc});
  if (!arguments) return report(arguments.error());
  if (!arguments->answer.empty()) {
    fmt::print("{}\n", arguments->answer);
    return 0;
  }
  const auto figure = load_figure(arguments->figure);
  if (!figure) return report(figure.error());
  qInstallMessageHandler(drop_remarks);
  qputenv("QT_QPA_PLATFORM", "offscreen");  // no display is needed, and none is opened
  int no_arguments = 1;
  const QApplication application(no_arguments, argv);
  const auto drawn = draw(*figure, *arguments);
  return drawn ? 0 : report(drawn.error());
}
