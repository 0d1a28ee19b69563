// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/panels/command_bar.hpp"

#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include "gui/panels/chart_tabs.hpp"
#include "gui/panels/spent_undo.hpp"
#include "gui/session.hpp"

namespace roofcast::gui {

CommandBar::CommandBar(Session& session, ChartTabs& tabs, QWidget* parent)
    : QWidget(parent), session_{session}, tabs_{tabs} {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(6, 1, 6, 1);
  row->addWidget(new QLabel("$", this));
  line_ = new QLineEdit(this);
  line_->setObjectName("command");
  line_->setReadOnly(true);
  line_->setFrame(false);
  pass_spent_undo(*line_);
  line_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  line_->setAccessibleName(tr("Command line of what is shown"));
  QPalette plain = line_->palette();
  plain.setColor(QPalette::Base, Qt::transparent);
  line_->setPalette(plain);
  row->addWidget(line_, 1);
  auto* copy_button = new QToolButton(this);
  copy_button->setText(tr("Copy"));
  copy_button->setToolTip(tr("Copy the command (Ctrl+Shift+C)"));
  row->addWidget(copy_button);
  time_ = new QLabel(this);
  time_->setForegroundRole(QPalette::PlaceholderText);
  time_->setToolTip(tr("Time of the last computation"));
  row->addWidget(time_);
  connect(copy_button, &QToolButton::clicked, this, &CommandBar::copy);
  connect(&tabs, &ChartTabs::commandChanged, this, &CommandBar::show_answer);
  connect(&session, &Session::stateChanged, this, &CommandBar::show_answer);
  connect(&session, &Session::answered, this, &CommandBar::show_answer);
  show_answer();
}

QString CommandBar::command() const {
  return tabs_.command();
}

void CommandBar::copy() {
  QApplication::clipboard()->setText(command());
}

void CommandBar::show_answer() {
  setVisible(!command().isEmpty());
  if (line_->text() != command()) {
    line_->setText(command());
    line_->setCursorPosition(0);
    line_->setToolTip(command());
  }
  if (session_.answer()) time_->setText(tr("%1 ms").arg(session_.answer()->milliseconds, 0, 'f', 0));
}

}  // namespace roofcast::gui
