internal import Basics
internal import CLinux
internal import Glibc
internal import Secrets

/// A file of many connections: a JSON array of objects, or an object on each line. Read piece by piece into locked
/// memory, which never holds more than one object and what was read with it.
struct ConnectionsFile: ~Copyable {
  /// Why nothing more can be read of it; the end of a sentence that names the place.
  struct Problem: Error, Equatable {
    let what: String
    let advice: String?
  }

  private enum Form {
    case unknown, array, lines
    /// Behind the end of the array, or of the file.
    case ended
  }

  /// `standard input`, or the path.
  let name: String
  /// Where the object stands that was read last: `line 17`, `connection 17`.
  var place: String { form == .lines ? "line \(line)" : "connection \(count)" }

  /// How far it could be read, where it cannot be read on.
  var end: String { count == 0 ? "at its beginning" : "behind \(place)" }

  private let file: FileDescriptor?
  /// What ends waiting for more of it.
  private let interruption: Interruption
  private var window = SecretBuffer(capacity: SecretBuffer.fileCapacity)
  /// What stands before it in the window has been handed out.
  private var start = 0
  private var form = Form.unknown
  private var isAtEnd = false
  /// How many lines end before the start.
  private var linesBefore = 0
  /// Where the object begins that was handed out last, from 1 on.
  private var line = 0
  /// How many objects have been handed out.
  private(set) var count = 0

  /// - Parameters:
  ///   - path: `-` is standard input.
  ///   - interruption: ends waiting for more of it.
  init(_ path: String, interruption: Interruption) throws(SystemError) {
    name = path == "-" ? "standard input" : path
    self.interruption = interruption
    file = path == "-" ? nil : try FileDescriptor.open(path, O_RDONLY)
  }

  /// Lends the next object to `body`; false when there is none.
  /// - Throws: `Problem` where the file cannot be read on, `Interruption.Interrupted`, or what `body` throws.
  mutating func next(_ body: (RawSpan) throws -> Void) throws -> Bool {
    if form == .unknown { try begin() }
    switch form {
    case .array: guard try enterElement() else { return false }
    case .lines: guard try enterLine() else { return false }
    case .unknown, .ended: return false
    }
    count += 1
    line = linesBefore + 1
    let end = try form == .array ? endOfElement() : endOfLine()
    defer { start = end }
    let beginning = start
    try window.withBytes { try body($0.extracting(beginning..<end)) }
    return true
  }

  // MARK: Where an object begins and ends

  private mutating func begin() throws {
    _ = try byte(2)
    if window.withBytes({ $0.has([0xEF, 0xBB, 0xBF]) }) { start = 3 }
    try skipBlanks()
    switch try byte(start) {
    case UInt8(ascii: "["):
      start += 1
      form = .array
    case nil: form = .ended
    default: form = .lines
    }
  }

  /// Steps to the next element; false at the end of the array.
  private mutating func enterElement() throws -> Bool {
    try skipBlanks()
    var next = try byte(start)
    if next == UInt8(ascii: ","), count > 0 {
      start += 1
      try skipBlanks()
      next = try byte(start)
    } else if count > 0, next != UInt8(ascii: "]") {
      throw Problem(what: "a comma is missing", advice: nil)
    }
    if next == UInt8(ascii: "]") {
      start += 1
      try skipBlanks()
      guard try byte(start) == nil else {
        throw Problem(what: "something stands behind its end", advice: nil)
      }
      form = .ended
      return false
    }
    guard next == UInt8(ascii: "{") else {
      throw Problem(
        what: next == nil ? "its end is missing" : "there is no object where one has to be",
        advice: #"each connection is an object: {"provider": "tally", "credentials": {…}}"#)
    }
    return true
  }

  /// Steps to the next line that is not blank; false at the end of the file.
  private mutating func enterLine() throws -> Bool {
    try skipBlanks()
    return try byte(start) != nil
  }

  /// Behind the bracket that ends the object at the start.
  private mutating func endOfElement() throws -> Int {
    var (offset, scanner) = (start, ObjectScanner())
    while true {
      guard let next = try byte(from: &offset) else {
        throw Problem(what: "its end is missing", advice: nil)
      }
      offset += 1
      if scanner.ends(with: next) { return offset }
    }
  }

  /// At the line feed that ends the line at the start, or at the end of the file.
  private mutating func endOfLine() throws -> Int {
    var offset = start
    while let next = try byte(from: &offset) {
      if next == UInt8(ascii: "\n") { return offset }
      offset += 1
    }
    return offset
  }

  private mutating func skipBlanks() throws {
    while let next = try byte(start), next.isMarkupBlank {
      if next == UInt8(ascii: "\n") { linesBefore += 1 }
      start += 1
    }
  }

  // MARK: Reading

  /// The byte at an offset of the window, which may move what is in it; nil at the end of the file.
  private mutating func byte(_ offset: Int) throws -> UInt8? {
    var offset = offset
    return try byte(from: &offset)
  }

  /// - Parameter offset: moved along with what is in the window.
  private mutating func byte(from offset: inout Int) throws -> UInt8? {
    while offset >= window.count, !isAtEnd {
      if window.count == window.capacity || start > SecretBuffer.lineCapacity {
        guard start > 0 else {
          throw Problem(
            what: "it is longer than 1 MiB",
            advice: "values are kept in locked memory, which is limited")
        }
        window.remove(0..<start)
        offset -= start
        start = 0
      }
      let number =
        switch file {
        case .some(let file): file.number
        case nil: STDIN_FILENO
        }
      try interruption.wait(for: number)
      let added = try unsafe window.appendInPlace(atMost: 4096) { room throws(SystemError) in
        try unsafe FileDescriptor.read(number, into: room)
      }
      if added == 0 { isAtEnd = true }
    }
    return offset < window.count ? window.withBytes { $0[offset] } : nil
  }
}
