// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>
#include <vector>

#include "gui/job.hpp"
#include "gui/panels/field_edit.hpp"

class QLabel;
class QVBoxLayout;

namespace roofcast::gui {

class Session;
struct FormGroup;
struct PresetPicks;

/// The form of the scenario. Every edit goes to the session at once; what is wrong is marked in place.
class ScenarioPanel : public QScrollArea {
  Q_OBJECT

 public:
  explicit ScenarioPanel(Session& session, QWidget* parent = nullptr);

  /// Puts the cursor into the field that an error names; false where there is none.
  bool focusField(const QString& place);
  [[nodiscard]] FieldEdit* edit(ScenarioText ScenarioDocument::*field) const;

 protected:
  void changeEvent(QEvent* event) override;

 signals:
  void modelFileWanted();
  void hardwareFileWanted();

 private:
  struct Row {
    std::vector<FieldEdit*> edits{};
    QLabel* problem = nullptr;
  };

  void add_group(const FormGroup& group, QVBoxLayout* column);
  void load_picks();
  void take(const PresetPicks& picks);
  void show_state();
  void show_answer();
  void show_cache();
  void tint_problems();

  Session& session_;
  std::vector<Row> rows_{};
  QLabel* cache_ = nullptr;  ///< what a token takes
  QLabel* notes_ = nullptr;
  Job listing_{};
};

}  // namespace roofcast::gui
