package import Basics

/// The members of a sealed object that are plain texts, as they are read, and why reading stopped.
package struct RecordTexts {
  /// Why reading stopped, where that is more than bad JSON.
  package private(set) var failure: RecordError?
  private var texts: [String: String] = [:]

  /// Nothing has been read yet.
  package init() {}

  /// Nil where the object has no such member.
  package subscript(member: String) -> String? { texts[member] }

  /// Keeps the text that comes next.
  package mutating func read(
    _ member: String, _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) {
    texts[member] = try reader.plainString(text)
  }

  /// Reads the format's number. A later format may differ in everything that follows, so nothing more is read of it.
  package mutating func schema(
    _ known: Int64, _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> Int64 {
    let number = try reader.integer(text)
    if number != known { try stop(.newerSchema(number), reader) }
    return number
  }

  /// Ends the reading for another reason than bad JSON, which `failure` then is.
  package mutating func stop(_ failure: RecordError, _ reader: JSONReader) throws(JSONError) {
    self.failure = failure
    throw reader.failure(.unexpected)
  }

  /// A member that has to be there.
  package func need(_ member: String) throws(RecordError) -> String {
    guard let text = texts[member] else { throw .missing(member) }
    return text
  }

  /// A member that has to be there and is a time.
  package func time(_ member: String) throws(RecordError) -> Timestamp {
    guard let time = Timestamp(try need(member)) else { throw .invalid(member) }
    return time
  }
}
