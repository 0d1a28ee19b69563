// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/panels/start_page.hpp"

#include <QCommandLinkButton>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

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
  column->setContentsMargins(36, 28, 36, 28);
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
  auto* grid = new QGridLayout;
  grid->setSpacing(12);
  int at = 0;
  for (const auto& example : worked_examples()) {
    auto* card = new QCommandLinkButton(example.title, example.about, page);
    card->setObjectName(QString("example_%1").arg(at));
    card->setMinimumHeight(84);
    connect(card, &QCommandLinkButton::clicked, this, [this, example] { emit exampleChosen(example); });
    grid->addWidget(card, at / 2, at % 2);
    ++at;
  }
  column->addLayout(grid);
  column->addSpacing(8);
  recent_ = new QVBoxLayout;
  recent_->setSpacing(2);
  column->addLayout(recent_);
  column->addStretch();
  setWidget(page);
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
