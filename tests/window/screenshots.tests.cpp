// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <QDir>

#include "gui/charts/figure_view.hpp"
#include "gui/palette_theme.hpp"
#include "tests/window/opened_window.hpp"
#include "tests/window/small_picture.hpp"

using namespace roofcast;
using namespace roofcast::gui;
using namespace roofcast::gui::tests;

namespace {

QString folder() {
  const QString wanted = qEnvironmentVariable("ROOFCAST_SCREENSHOTS");
  const QString path = wanted.isEmpty() ? QString("build/screenshots") : wanted;
  QDir().mkpath(path);
  return path;
}

void shoot(OpenedWindow& w, const QString& name) {
  w.settle();
  QTest::qWait(30);
  const QPixmap picture = w.window.grab();
  const bool small = qEnvironmentVariableIsSet("ROOFCAST_SCREENSHOTS");  // those of docs/
  const QImage image = small ? small_picture(picture.toImage()) : picture.toImage();
  constexpr int kSmallest = 0;  // of a PNG, "quality" is how little it is packed
  REQUIRE(image.save(folder() + "/" + name + ".png", "PNG", small ? kSmallest : -1));
  CHECK(picture.size() == w.window.size() * picture.devicePixelRatio());
}

}  // namespace

TEST_CASE("Every tab is drawn at a small and at a large size, light and dark", "[screenshots]") {
  OpenedWindow w;
  const bool large = qEnvironmentVariableIsSet("ROOFCAST_SCREENSHOTS_4K");
  for (const bool dark : {false, true}) {
    QApplication::setPalette(dark ? dark_palette() : light_palette());
    for (const QSize size : {QSize(1024, 700), large ? QSize(3840, 2160) : QSize(1600, 1000)}) {
      const QString suffix = QString("_%1%2").arg(size.width()).arg(dark ? "_dark" : "");
      w.window.resize(size);
      w.window.newScenario();
      shoot(w, "start" + suffix);
      w.example(1);
      for (const int tab : {0, 1, 2, 3, 4}) {
        w.window.tabs().setCurrentIndex(tab);
        shoot(w, w.window.tabs().tabText(tab).toLower() + suffix);
      }
      w.window.tabs().setCurrentWidget(&w.window.tabs().sweep());
      w.window.tabs().sweep().run();
      shoot(w, "sweep" + suffix);
      w.window.tabs().setCurrentWidget(&w.window.tabs().plan());
      w.window.tabs().plan().run();
      shoot(w, "plan" + suffix);
    }
  }
  QApplication::setPalette(QPalette());
}

TEST_CASE("The worked examples, a point that is selected and a wrong value are drawn", "[screenshots]") {
  OpenedWindow w;
  QApplication::setPalette(light_palette());
  w.window.resize(1440, 900);
  for (std::size_t i = 0; i < worked_examples().size(); ++i) {
    w.example(i);
    shoot(w, QString("example_%1").arg(i));
  }
  w.example(0);
  w.session().select(Selection{.scenario = 0, .batch = 32});
  shoot(w, "selected");
  w.type(&ScenarioDocument::tp, "3");
  shoot(w, "wrong_value");
  w.example(3);
  FigureView& roofs = w.chart(ChartKind::roofline).view();
  for (const auto key : {Qt::Key_Right, Qt::Key_Down, Qt::Key_Right, Qt::Key_Right}) QTest::keyClick(&roofs, key);
  QTest::keyClick(&roofs, Qt::Key_Return);
  shoot(w, "operator");
  QApplication::setPalette(QPalette());
}

TEST_CASE("A sweep of more curves than a chart takes is drawn in a small window, light and dark", "[screenshots]") {
  OpenedWindow w;
  w.window.resize(1024, 700);
  w.example(1);
  auto& sweep = w.window.tabs().sweep();
  w.window.tabs().setCurrentWidget(&sweep);
  sweep.axis("batch")->setText("1..64:x2");
  sweep.axis("context")->setText("4Ki,16Ki,64Ki");
  sweep.axis("attention")->setText("mha,own,mqa");
  sweep.axis("hardware")->setText("h100-sxm,h200-sxm");
  sweep.run();
  for (const bool dark : {false, true}) {
    QApplication::setPalette(dark ? dark_palette() : light_palette());
    for (int kind = 0; kind < 5; ++kind) {
      sweep.findChild<QComboBox*>("kind")->setCurrentIndex(kind);
      shoot(w, QString("many_curves_%1%2").arg(kind).arg(dark ? "_dark" : ""));
      const auto texts = sweep.chart().view().texts();
      const QRectF room(QPointF(), QSizeF(sweep.chart().view().size()));
      for (std::size_t i = 0; i < texts.size(); ++i) {
        CAPTURE(texts[i].text.toStdString());
        CHECK(room.contains(texts[i].box));
        for (std::size_t j = 0; j < i; ++j) {
          CAPTURE(texts[j].text.toStdString());
          CHECK_FALSE(texts[i].box.adjusted(1, 1, -1, -1).intersects(texts[j].box));
        }
      }
    }
  }
  QApplication::setPalette(QPalette());
}
