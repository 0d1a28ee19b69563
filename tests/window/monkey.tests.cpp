// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QAction>
#include <QComboBox>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QTableView>
#include <random>

#include "gui/charts/figure_view.hpp"
#include "tests/window/opened_window.hpp"

using namespace roofcast;
using namespace roofcast::gui;
using namespace roofcast::gui::tests;

namespace {

/// Does what nobody would: any widget, any key, any place.
class Monkey {
 public:
  Monkey(OpenedWindow& w, unsigned seed) : w_{w}, random_{seed} {}

  void act() {
    switch (number(8)) {
      case 0:
        return type();
      case 1:
        return tab();
      case 2:
        return chart();
      case 3:
        return slide();
      case 4:
        return w_.window.resize(300 + number(1600), 250 + number(1200));
      case 5:
        return edit_history();
      case 6:
        return table();
      default:
        return pins();
    }
  }

 private:
  int number(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

  template <class Widget>
  Widget* any() {
    const auto all = w_.window.findChildren<Widget*>();
    return all.isEmpty() ? nullptr : all[number(static_cast<int>(all.size()))];
  }

  void type() {
    static const char* kWords[] = {"1",
                                   "32Ki",
                                   "0",
                                   "-5",
                                   "",
                                   "abc",
                                   "1e9",
                                   "40ms",
                                   "mqa",
                                   "fp8",
                                   "99%",
                                   "gqa:3",
                                   "0,5",
                                   "h200-sxm",
                                   "\xF0\x9F\x98\x80",
                                   "llama-3.1-8b",
                                   "8"};
    const auto fields = scenario_fields();
    const auto& field = fields[static_cast<std::size_t>(number(static_cast<int>(fields.size())))];
    w_.session().edit(field.text, QString::fromUtf8(kWords[number(std::size(kWords))]));
    if (auto* line = any<QLineEdit>(); line != nullptr && line->isEnabled() && line->objectName() != "command")
      QTest::keyClicks(line, QString::fromUtf8(kWords[number(9)]));
  }
  void tab() { w_.window.tabs().setCurrentIndex(number(w_.window.tabs().count())); }
  void chart() {
    FigureView& view = w_.window.tabs().current()->view();
    const QPoint at(number(std::max(1, view.width())), number(std::max(1, view.height())));
    const QPoint to(number(std::max(1, view.width())), number(std::max(1, view.height())));
    QTest::mousePress(view.viewport(), Qt::LeftButton, number(2) == 0 ? Qt::ShiftModifier : Qt::NoModifier, at);
    QTest::mouseMove(view.viewport(), to);
    QTest::mouseRelease(view.viewport(), Qt::LeftButton, Qt::NoModifier, to);
    QTest::keyClick(&view, number(2) == 0 ? Qt::Key_Plus : Qt::Key_Backspace);
  }
  void slide() {
    if (auto* slider = any<QAbstractSlider>())
      slider->setValue(slider->minimum() + number(slider->maximum() - slider->minimum() + 1));
  }
  void edit_history() {
    for (int i = number(4); i > 0; --i) w_.session().undo_stack().undo();
    for (int i = number(3); i > 0; --i) w_.session().undo_stack().redo();
  }
  void table() {
    auto* view = any<QTableView>();
    if (view == nullptr || view->model() == nullptr || view->model()->rowCount() == 0) return;
    view->setCurrentIndex(view->model()->index(number(view->model()->rowCount()), 0));
    emit view->horizontalHeader()->sectionClicked(number(view->model()->columnCount()));
  }
  void pins() {
    switch (number(6)) {
      case 0:
        return w_.session().pin();
      case 1:
        return w_.session().unpin(static_cast<std::size_t>(number(5)));
      case 2:
        return w_.session().adopt_selection();
      case 3:
        return w_.session().select(
            Selection{.scenario = static_cast<std::size_t>(number(3)), .batch = number(300) + 1});
      case 4:
        return w_.window.showExample(worked_examples()[static_cast<std::size_t>(number(4))]);
      default:
        if (number(10) == 0) w_.window.newScenario();
        w_.window.tabs().sweep().run();
        if (number(2) == 0) w_.window.tabs().sweep().cancel();
    }
  }

  OpenedWindow& w_;
  std::mt19937 random_;
};

}  // namespace

TEST_CASE("Random input for a while leaves the window alive and able to answer", "[.monkey]") {
  OpenedWindow w;
  const int seconds = std::max(3, qEnvironmentVariableIntValue("ROOFCAST_MONKEY_SECONDS"));
  const unsigned seed = static_cast<unsigned>(qEnvironmentVariableIntValue("ROOFCAST_MONKEY_SEED")) + 1;
  INFO("ROOFCAST_MONKEY_SEED=" << seed - 1);
  Monkey monkey(w, seed);
  QElapsedTimer clock;
  clock.start();
  while (clock.elapsed() < 1000 * seconds) {
    monkey.act();
    QCoreApplication::processEvents();
  }
  w.window.tabs().setCurrentIndex(0);
  w.session().begin(worked_examples()[0].state, {});
  REQUIRE(w.settle());
  REQUIRE_FALSE(w.session().stale());
  CHECK(w.session().answer()->estimate);
}
