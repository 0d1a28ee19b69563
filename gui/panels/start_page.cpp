// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/panels/start_page.hpp"

#include <QCommandLinkButton>
#include <QFileInfo>
#include <QGridLayout>
#include <QIcon>
#include <QLabel>
#include <QPainter>
#include <QPixmap>
#include <QVBoxLayout>

#include "gui/palette_theme.hpp"

namespace roofcast::gui {
namespace {

QLabel* heading(const QString& words, double scale, QWidget* parent) {
  auto* label = new QLabel(words, parent);
  QFont font = label->font();
  font.setPointSizeF(font.pointSizeF() * scale);
  font.setBold(true);
  label->setFont(font);
  label->setWordWrap(true);
  return label;
}

/// The kind of chart that an example opens, as a small picture in the colours of charts.
QIcon pictogram(ChartKind kind, const ChartTheme& theme) {
  QPixmap pixmap(96, 96);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto line = [&](int colour, std::initializer_list<QPointF> points) {
    painter.setPen(QPen(theme.series(colour), 8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF(QList<QPointF>(points)));
  };
  painter.setPen(QPen(theme.axis, 4));
  painter.drawPolyline(QPolygonF({{12, 8}, {12, 86}, {90, 86}}));
  if (kind == ChartKind::roofline) {
    line(2, {{20, 74}, {48, 30}, {88, 30}});
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.series(1));
    painter.drawEllipse(QPointF(72, 48), 8, 8);
    painter.setBrush(theme.series(0));
    painter.drawEllipse(QPointF(44, 60), 10, 10);
  } else if (kind == ChartKind::limits) {
    line(2, {{22, 16}, {86, 52}});
    line(0, {{22, 36}, {82, 72}});
    line(1, {{22, 56}, {54, 76}});
  } else {
    line(0, {{22, 74}, {42, 48}, {62, 34}, {86, 28}});
    line(1, {{22, 24}, {46, 32}, {66, 50}, {84, 74}});
  }
  return pixmap;
}

void clear(QLayout& layout) {
  while (auto* item = layout.takeAt(0)) {
    delete item->widget();
    delete item;
  }
}

}  // namespace

StartPage::StartPage(QWidget* parent) : QScrollArea(parent) {
  setWidgetResizable(true);
  setFrameShape(NoFrame);
  auto* page = new QWidget(this);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(28, 24, 28, 24);
  column->setSpacing(10);
  column->addWidget(heading(tr("Plan the capacity of LLM inference"), 1.7, page));
  auto* lead = new QLabel(
      tr("Pick an example, choose a model and a GPU on the left, or drop a file here: a scenario (.roofcast.json), a "
         "sweep or a measurement (.csv), a model (config.json, GGUF) or a hardware profile."),
      page);
  lead->setWordWrap(true);
  column->addWidget(lead);
  column->addSpacing(8);
  column->addWidget(heading(tr("Worked examples"), 1.15, page));
  grid_ = new QGridLayout;
  grid_->setSpacing(12);
  int number = 0;
  for (const auto& example : worked_examples()) cards_.push_back(card(example, number++));
  lay_out_cards();
  column->addLayout(grid_);
  column->addSpacing(8);
  recent_ = new QVBoxLayout;
  recent_->setSpacing(2);
  column->addLayout(recent_);
  column->addStretch();
  setWidget(page);
}

QWidget* StartPage::card(const WorkedExample& example, int number) {
  auto* frame = new QFrame(this);
  frame->setFrameStyle(QFrame::StyledPanel);
  frame->setBackgroundRole(QPalette::Base);
  frame->setAutoFillBackground(true);
  auto* button = new QCommandLinkButton(example.title, example.about, frame);
  button->setObjectName(QString("example_%1").arg(number));
  button->setIcon(pictogram(example.chart, palette_theme(palette())));
  button->setIconSize({48, 48});
  button->setMinimumHeight(72);
  connect(button, &QCommandLinkButton::clicked, this, [this, example] { emit exampleChosen(example); });
  auto* inside = new QVBoxLayout(frame);
  inside->setContentsMargins(4, 4, 4, 4);
  inside->addWidget(button);
  return frame;
}

/// Two beside each other where there is room.
void StartPage::lay_out_cards() {
  const int columns = viewport()->width() > fontMetrics().averageCharWidth() * 110 ? 2 : 1;
  for (int i = 0; i < static_cast<int>(cards_.size()); ++i) {
    QWidget* one = cards_[static_cast<std::size_t>(i)];
    grid_->removeWidget(one);
    grid_->addWidget(one, i / columns, i % columns);
  }
}

void StartPage::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  lay_out_cards();
}

void StartPage::setRecentFiles(const QStringList& files) {
  clear(*recent_);
  if (files.isEmpty()) return;
  recent_->addWidget(heading(tr("Recent files"), 1.15, widget()));
  for (const QString& file : files) {
    auto* link = new QLabel(QString("<a href='%1'>%2</a>  %3")
                                .arg(file.toHtmlEscaped(), QFileInfo(file).fileName().toHtmlEscaped(),
                                     QFileInfo(file).path().toHtmlEscaped()),
                            widget());
    link->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(link, &QLabel::linkActivated, this, &StartPage::fileChosen);
    recent_->addWidget(link);
  }
}

}  // namespace roofcast::gui
