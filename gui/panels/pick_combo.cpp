// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/panels/pick_combo.hpp"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLineEdit>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QWheelEvent>

namespace roofcast::gui {
namespace {

constexpr int kDetailRole = Qt::UserRole + 1;
constexpr int kSearchRole = Qt::UserRole + 2;

/// Word on the left, detail in a softer colour behind it.
class PickDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    QStyledItemDelegate::paint(painter, option, index);
    const QString detail = index.data(kDetailRole).toString();
    if (detail.isEmpty()) return;
    const int word = option.fontMetrics.horizontalAdvance(index.data().toString()) + kGap;
    const QRect room = option.rect.adjusted(word, 0, -kMargin, 0);
    const bool chosen = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setPen(option.palette.color(chosen ? QPalette::HighlightedText : QPalette::PlaceholderText));
    painter->drawText(room, Qt::AlignVCenter | Qt::AlignRight,
                      option.fontMetrics.elidedText(detail, Qt::ElideRight, room.width()));
    painter->restore();
  }
  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const QSize own = QStyledItemDelegate::sizeHint(option, index);
    const int detail = option.fontMetrics.horizontalAdvance(index.data(kDetailRole).toString());
    return {own.width() + detail + kGap + kMargin, own.height() + 4};
  }

 private:
  static constexpr int kGap = 18;
  static constexpr int kMargin = 6;
};

/// Searches words and details, completes to the word alone.
class PickCompleter : public QCompleter {
 public:
  using QCompleter::QCompleter;

  [[nodiscard]] QString pathFromIndex(const QModelIndex& index) const override {
    return index.data(Qt::DisplayRole).toString();
  }
};

}  // namespace

PickCombo::PickCombo(QWidget* parent) : QComboBox(parent) {
  setEditable(true);
  setInsertPolicy(NoInsert);
  setFocusPolicy(Qt::StrongFocus);
  setSizeAdjustPolicy(AdjustToMinimumContentsLengthWithIcon);
  setMinimumContentsLength(8);
  setMaxVisibleItems(16);
  view()->setItemDelegate(new PickDelegate(this));
  view()->setMinimumWidth(360);
  auto* found = new PickCompleter(model(), this);
  found->setFilterMode(Qt::MatchContains);
  found->setCaseSensitivity(Qt::CaseInsensitive);
  found->setCompletionRole(kSearchRole);
  found->setMaxVisibleItems(16);
  setCompleter(found);
  found->popup()->setItemDelegate(new PickDelegate(this));
  connect(found, qOverload<const QModelIndex&>(&QCompleter::activated), this, [this](const QModelIndex& at) {
    setEditText(at.data(Qt::DisplayRole).toString());
    emit edited(currentText());
  });
  connect(lineEdit(), &QLineEdit::textEdited, this, &PickCombo::edited);
  connect(this, &QComboBox::textActivated, this, &PickCombo::edited);
}

void PickCombo::setPicks(const std::vector<Pick>& picks) {
  if (picks == picks_) return;
  picks_ = picks;
  const QString typed = currentText();
  const QSignalBlocker quiet(this);
  clear();
  for (const Pick& pick : picks) {
    addItem(pick.word);
    setItemData(count() - 1, pick.detail, kDetailRole);
    setItemData(count() - 1, QString(pick.word + ' ' + pick.detail), kSearchRole);
  }
  setCurrentIndex(findText(typed));
  setEditText(typed);
}

void PickCombo::wheelEvent(QWheelEvent* event) {
  event->ignore();
}

}  // namespace roofcast::gui
