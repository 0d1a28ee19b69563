// SPDX-License-Identifier: GPL-3.0-or-later
// What a user waits for while dragging: one step of a slider until the chart is drawn anew.
#include <benchmark/benchmark.h>

#include <QSlider>

#include "tests/window/opened_window.hpp"

namespace {

using namespace roofcast::gui;
using namespace roofcast::gui::tests;

void slider_step(benchmark::State& state) {
  OpenedWindow w;
  w.window.resize(1440, 900);
  w.example(static_cast<std::size_t>(state.range(0)));
  w.window.tabs().setCurrentIndex(static_cast<int>(ChartKind::memory));
  w.settle();
  auto* slider = w.window.findChild<QSlider*>("context_slider");
  int step = 0;
  for (auto _ : state) {
    slider->setValue(10 + step++ % 100);
    w.settle();
    w.window.repaint();
  }
}
BENCHMARK(slider_step)->Arg(0)->Arg(1)->Iterations(100)->Unit(benchmark::kMillisecond)->UseRealTime();

/// A letter typed into the form, with each chart open.
void typed_letter(benchmark::State& state) {
  OpenedWindow w;
  w.window.resize(1440, 900);
  w.example(1);
  w.window.tabs().setCurrentIndex(static_cast<int>(state.range(0)));
  w.settle();
  int batch = 0;
  for (auto _ : state) {
    w.session().edit(&roofcast::ScenarioDocument::batch, QString::number(1 + batch++ % 50));
    w.settle();
    w.window.repaint();
  }
}
BENCHMARK(typed_letter)->DenseRange(0, 4)->Iterations(50)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
