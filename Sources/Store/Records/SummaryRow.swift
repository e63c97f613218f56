internal import Connections

/// The clear columns of a row that are listed, and what is listed besides, sealed.
struct SummaryRow {
  let entry: ConnectionIndexEntry
  /// Nil where there is none: the record is opened in its place.
  let summary: [UInt8]?
}
