// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/panels/pins_panel.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include "gui/session.hpp"
#include "gui/text.hpp"

namespace roofcast::gui {

PinsPanel::PinsPanel(Session& session, QWidget* parent) : QWidget(parent), session_{session} {
  setObjectName("pins");
  row_ = new QHBoxLayout(this);
  row_->setContentsMargins(6, 0, 6, 0);
  row_->setSpacing(4);
  connect(&session, &Session::answered, this, &PinsPanel::show_pins);
  hide();
}

void PinsPanel::show_pins() {
  const auto& answer = session_.answer();
  if (!answer) return hide();
  while (auto* item = row_->takeAt(0)) {
    if (item->widget() != nullptr) item->widget()->deleteLater();
    delete item;
  }
  const std::size_t pins = session_.state().pins.size();
  setVisible(pins > 0);
  row_->addWidget(new QLabel(tr("Beside it:"), this));
  for (std::size_t i = 0; i < pins && i + 1 < answer->names.size(); ++i) {
    const QString name = text(answer->names[i + 1]);
    auto* button = new QToolButton(this);
    button->setText(fontMetrics().elidedText(name, Qt::ElideRight, 180) + "  ✕");
    button->setToolTip(tr("Unpin %1").arg(name));
    button->setAccessibleName(tr("Unpin %1").arg(name));
    connect(button, &QToolButton::clicked, this, [this, i] { session_.unpin(i); });
    row_->addWidget(button);
  }
  row_->addStretch();
}

}  // namespace roofcast::gui
