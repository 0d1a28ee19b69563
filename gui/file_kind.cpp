// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/file_kind.hpp"

#include <QFile>
#include <QFileInfo>

#include "gui/text.hpp"

namespace roofcast::gui {
namespace {

constexpr qint64 kBeginning = 64 << 10;

Result<FileKind> csv_kind(const QString& file, const QByteArray& beginning) {
  const auto header = beginning.left(beginning.indexOf('\n')).trimmed().split(',');
  if (header.contains("schema") && header.contains("point")) return FileKind::sweep;
  if (header.contains("batch") && header.contains("tokens_s") && header.contains("status")) return FileKind::sweep;
  for (const char* measured : {"op", "latency_us", "tpot_ms", "kv_pool_gib", "kv_tokens"})
    if (header.contains(measured)) return FileKind::measurements;
  return fail(utf8(file), "is a CSV of unknown columns", "expected a sweep, or measured rows");
}

}  // namespace

Result<FileKind> file_kind(const QString& file) {
  if (QFileInfo(file).isDir()) return FileKind::model;
  QFile in(file);
  if (!in.open(QIODevice::ReadOnly)) return fail(utf8(file), utf8(in.errorString()), {}, ErrorKind::file);
  const QByteArray beginning = in.read(kBeginning);
  if (beginning.startsWith("GGUF")) return FileKind::model;
  if (beginning.contains('\0')) return fail(utf8(file), "is of no known kind", "expected JSON, CSV or GGUF");
  if (!beginning.trimmed().startsWith('{')) return csv_kind(file, beginning);
  if (beginning.contains("\"roofcast/scenario/")) return FileKind::scenario;
  if (beginning.contains("\"roofcast/device/")) return FileKind::hardware;
  return FileKind::model;
}

}  // namespace roofcast::gui
