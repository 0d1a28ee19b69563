// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>
#include <QStringList>
#include <vector>

#include "gui/worked_examples.hpp"

class QGridLayout;
class QVBoxLayout;

namespace roofcast::gui {

/// What a newcomer sees: four worked examples, what was open last, and that files may be dropped.
class StartPage : public QScrollArea {
  Q_OBJECT

 public:
  explicit StartPage(QWidget* parent = nullptr);
  void setRecentFiles(const QStringList& files);

 signals:
  void exampleChosen(const roofcast::gui::WorkedExample& example);
  void fileChosen(const QString& file);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  [[nodiscard]] QWidget* card(const WorkedExample& example, int number);
  void lay_out_cards();

  QGridLayout* grid_ = nullptr;
  std::vector<QWidget*> cards_{};
  QVBoxLayout* recent_ = nullptr;
};

}  // namespace roofcast::gui
