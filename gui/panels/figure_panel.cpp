// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/panels/figure_panel.hpp"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QStackedLayout>
#include <QToolBar>
#include <QVBoxLayout>

#include "gui/charts/figure_view.hpp"
#include "gui/figure_export.hpp"
#include "gui/palette_theme.hpp"
#include "gui/text.hpp"

namespace roofcast::gui {
namespace {

/// Half of the background over what is below.
class Veil : public QWidget {
 public:
  using QWidget::QWidget;

 protected:
  void paintEvent(QPaintEvent* /*event*/) override {
    QColor ground = palette().color(QPalette::Base);
    ground.setAlphaF(0.55F);
    QPainter(this).fillRect(rect(), ground);
  }
};

}  // namespace

FigurePanel::FigurePanel(QWidget* parent) : QWidget(parent) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  tools_ = new QToolBar(this);
  tools_->setToolButtonStyle(Qt::ToolButtonTextOnly);
  tools_->setAccessibleName(tr("Chart tools"));
  view_ = new FigureView(this);
  view_->setAccessibleName(tr("Chart"));
  view_->setAccessibleDescription(
      tr("Arrow keys go from point to point, Return selects one; drag or turn the wheel to zoom, Backspace zooms "
         "back, 0 shows all"));
  view_->setAutoFillBackground(true);
  tools_->addAction(tr("Fit"), view_, &FigureView::fit)->setToolTip(tr("Show all (0, or double click)"));
  tools_->addAction(tr("Zoom back"), view_, &FigureView::undoZoom)->setToolTip(tr("Undo the last zoom (Backspace)"));
  tools_->addAction(tr("Export…"), this, &FigurePanel::exportFigure)
      ->setToolTip(tr("Save as SVG, PNG or CSV (Ctrl+E)"));
  stale_ = new QLabel(this);
  stale_->setWordWrap(true);
  stale_->setMargin(4);
  stale_->hide();
  message_ = new QLabel(this);
  message_->setAlignment(Qt::AlignCenter);
  message_->setWordWrap(true);
  message_->setForegroundRole(QPalette::PlaceholderText);
  veil_ = new Veil(view_);
  veil_->setAttribute(Qt::WA_TransparentForMouseEvents);
  veil_->hide();
  view_->installEventFilter(this);
  column->addWidget(tools_);
  column->addWidget(stale_);
  auto* pages = new QWidget(this);
  pages_ = new QStackedLayout(pages);
  pages_->addWidget(message_);
  pages_->addWidget(view_);
  column->addWidget(pages, 1);
  connect(view_, &FigureView::pointClicked, this, &FigurePanel::pointClicked);
  connect(view_, &FigureView::pointHovered, this, &FigurePanel::name_point);
}

void FigurePanel::setFigure(const Figure& figure) {
  figure_ = figure;
  view_->setFigure(figure, palette_theme(palette()));
  view_->setAccessibleName(text(figure.title));
  pages_->setCurrentWidget(view_);
}

/// Screen readers say the name when it changes.
void FigurePanel::name_point(int pane, int series, int index) {
  QString name = figure_ ? text(figure_->title) : QString();
  if (pane >= 0)
    name += ": " + view_->words(static_cast<std::size_t>(pane),
                                {static_cast<std::size_t>(series), static_cast<std::size_t>(index)});
  view_->setAccessibleName(name);
}

void FigurePanel::setMessage(const QString& message) {
  figure_.reset();
  message_->setText(message);
  pages_->setCurrentWidget(message_);
}

void FigurePanel::setStale(const QString& reason) {
  veil_->setGeometry(view_->rect());
  veil_->setVisible(!reason.isEmpty());
  stale_->setText(reason);
  stale_->setVisible(!reason.isEmpty());
}

void FigurePanel::setMarked(std::size_t pane, const std::vector<PointPlace>& places) {
  if (figure_ && pane < figure_->panes.size()) view_->setPinned(pane, places);
}

void FigurePanel::exportFigure() {
  if (!figure_) return;
  const QString file =
      wanted_file(this, tr("Export chart"), "chart.svg", tr("Pictures and values (*.svg *.png *.csv)"));
  if (file.isEmpty()) return;
  if (const auto done = export_figure(*figure_, file); !done) emit failed(done.error());
}

bool FigurePanel::eventFilter(QObject* watched, QEvent* event) {
  if (watched == view_ && event->type() == QEvent::Resize) veil_->setGeometry(view_->rect());
  return QWidget::eventFilter(watched, event);
}

void FigurePanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && figure_) view_->setFigure(Figure(*figure_), palette_theme(palette()));
}

}  // namespace roofcast::gui
