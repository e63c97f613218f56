/// Why bytes are not a connection's record. Names members, never values.
package enum RecordError: Error, Equatable, Sendable {
  /// Not JSON; the end of a sentence about what and where.
  case notJSON(String)
  /// Written by a later Usher.
  case newerSchema(Int64)
  /// A member that every record has is not there.
  case missing(String)
  case unknown(String)
  /// The member holds something else than it should.
  case invalid(String)
  /// More than `ConnectionRecord.sizeLimit`.
  case tooLong

  /// The end of a sentence: `the record …`.
  package var message: String {
    switch self {
    case .notJSON(let what): "is not readable: \(what)"
    case .newerSchema(let schema): "was written by a later version of usher (format \(schema))"
    case .missing(let member): "lacks \"\(member)\""
    case .unknown(let member): "holds \"\(member)\", which this version of usher does not know"
    case .invalid(let member): "holds something in \"\(member)\" that does not belong there"
    case .tooLong: "is longer than usher reads"
    }
  }
}
