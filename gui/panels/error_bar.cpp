// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/panels/error_bar.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <algorithm>

#include "gui/palette_theme.hpp"
#include "gui/text.hpp"

namespace roofcast::gui {
namespace {

constexpr std::size_t kMostShown = 3;

QString html(const Error& e) {
  const QString place = text(e.where).toHtmlEscaped();
  const bool field = e.where.starts_with("--") || e.where == "MODEL";
  QString line = field ? QString("<a href='%1'>%1</a>").arg(place) : "<b>" + place + "</b>";
  line += ": " + text(e.what).toHtmlEscaped();
  if (!e.hint.empty()) line += " (" + text(e.hint).toHtmlEscaped() + ")";
  return line;
}

}  // namespace

ErrorBar::ErrorBar(QWidget* parent) : QFrame(parent) {
  setObjectName("error_bar");
  setAutoFillBackground(true);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(10, 4, 6, 4);
  lines_ = new QLabel(this);
  lines_->setWordWrap(true);
  lines_->setTextInteractionFlags(Qt::TextBrowserInteraction);
  row->addWidget(lines_, 1);
  auto* close = new QToolButton(this);
  close->setText("✕");
  close->setAutoRaise(true);
  close->setAccessibleName(tr("Hide the message"));
  row->addWidget(close, 0, Qt::AlignTop);
  connect(close, &QToolButton::clicked, this, &QWidget::hide);
  connect(lines_, &QLabel::linkActivated, this, &ErrorBar::placeClicked);
  hide();
}

void ErrorBar::setErrors(const Errors& errors) {
  QStringList lines;
  for (std::size_t i = 0; i < std::min(errors.size(), kMostShown); ++i) lines << html(errors[i]);
  if (errors.size() > kMostShown) lines << tr("and %1 more").arg(errors.size() - kMostShown);
  QPalette p;
  QColor tint = problem_colour(p);
  const QColor ground = p.color(QPalette::Window);
  const auto mixed = [](int a, int b) { return (a * 16 + b * 84) / 100; };
  p.setColor(QPalette::Window, QColor(mixed(tint.red(), ground.red()), mixed(tint.green(), ground.green()),
                                      mixed(tint.blue(), ground.blue())));
  setPalette(p);
  lines_->setText(lines.join("<br>"));
  setVisible(!errors.empty());
}

QString ErrorBar::shownText() const {
  return isHidden() ? QString() : lines_->text();
}

}  // namespace roofcast::gui
