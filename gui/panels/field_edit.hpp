// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "gui/panels/pick_combo.hpp"
#include "hwmodels/scenario_document.hpp"

class QLabel;
class QLineEdit;

namespace roofcast::gui {

/// How a field of the scenario is shown.
struct FormField {
  ScenarioText ScenarioDocument::*text = nullptr;
  QString title{};
  QString otherwise{};  ///< what holds when nothing is typed: the placeholder
  QString help{};
};

/// One field as it is typed, marked when something is wrong with it.
class FieldEdit : public QWidget {
  Q_OBJECT

 public:
  explicit FieldEdit(const FormField& form, QWidget* parent = nullptr);
  ~FieldEdit() override;

  [[nodiscard]] const ScenarioField& field() const { return field_; }
  [[nodiscard]] const QString& title() const { return title_; }
  [[nodiscard]] QString typed() const;
  /// From the document; what is being typed right now is left alone where it means the same.
  void show_text(const ScenarioText& text);
  void setPicks(const std::vector<Pick>& picks);
  /// Empty: nothing is wrong.
  void setProblem(const QString& problem);
  [[nodiscard]] const QString& problem() const { return problem_; }

 signals:
  void edited(const QString& text);
  void finished();

 private:
  void take(const QString& typed);

  const ScenarioField& field_;
  QString title_{};
  QString help_{};
  QString problem_{};
  QLineEdit* line_ = nullptr;  ///< the editor, or the one inside `combo_`
  PickCombo* combo_ = nullptr;
};

}  // namespace roofcast::gui
