internal import Basics
internal import ProviderFormat
internal import Secrets

/// The one document that the pages of a list become, piece by piece. What has been written of it becomes valid JSON by
/// `close`, at whatever page that is.
struct PageDocument {
  private let form: CallPaging.Form
  /// Where the list stands in a page; nil where the entry does not say.
  private let listPath: String?
  private var isBegun = false
  private var hasItems = false

  init(_ form: CallPaging.Form, listPath: String?) {
    self.form = form
    self.listPath = listPath
  }

  /// Whether an answer is JSON, or is read as such: a page to take apart.
  static func canRead(_ answer: borrowing CheckAnswer) -> Bool {
    let path = JSONPath("")
    return answer.withJSON { path.find(in: $0) != nil }
  }

  /// Whether there is a list in an answer, where it belongs.
  func hasList(in answer: borrowing CheckAnswer) -> Bool {
    let path = JSONPath(listPath ?? "", isXML: answer.isXML)
    return answer.withJSON { body in
      path.find(in: body).map { body.extracting($0).isList } ?? false
    }
  }

  /// The next piece: what a page has, as it stands there.
  ///
  /// Without a list where the entry says one is, a page has nothing; where the entry does not say, all of the page is one
  /// item.
  mutating func add(_ answer: borrowing CheckAnswer) -> SecretBuffer? {
    var piece = SecretWriter(limit: 2 * CallSession.pageLimit)
    if !isBegun, form != .lines { piece.append(UInt8(ascii: "[")) }
    isBegun = true
    let isXML = answer.isXML
    let listPath = form == .pages ? nil : self.listPath
    answer.withJSON { body in
      guard let range = JSONPath(listPath ?? "", isXML: isXML).find(in: body) else { return }
      let found = body.extracting(range)
      guard form != .pages, found.isList else {
        if listPath == nil { append(found, to: &piece) }
        return
      }
      var reader = JSONReader(limits: .answers)
      try? reader.array(found) { reader throws(JSONError) in
        append(found.extracting(try reader.skip(found)), to: &piece)
      }
    }
    return piece.finish()
  }

  private mutating func append(_ item: RawSpan, to piece: inout SecretWriter) {
    if form == .lines {
      // Within JSON a line can only end between two marks.
      for offset in 0..<item.byteCount where item[offset] != 0x0A && item[offset] != 0x0D {
        piece.append(item[offset])
      }
      piece.append(0x0A)
    } else {
      piece.append(text: hasItems ? ",\n" : "\n")
      piece.append(item)
    }
    hasItems = true
  }

  /// The last piece; nil where nothing is missing.
  /// - Parameter always: whether there is to be a document also where no page came.
  mutating func close(always: Bool) -> SecretBuffer? {
    guard form != .lines, isBegun || always else { return nil }
    let text = isBegun ? (hasItems ? "\n]\n" : "]\n") : "[]\n"
    isBegun = true
    return SecretBuffer(text: text, capacity: 1)
  }
}

extension RawSpan {
  /// Whether it is a JSON array.
  fileprivate var isList: Bool {
    var reader = JSONReader(limits: .answers)
    return (try? reader.kind(self)) == .array
  }
}
