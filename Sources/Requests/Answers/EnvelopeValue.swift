internal import Basics
internal import ProviderFormat
internal import Secrets

/// What the value of a member says about how a request went. Holds words of a fixed list alone, never the value.
struct EnvelopeValue {
  /// A JSON object.
  let isObject: Bool
  /// Whether anything stands in it: not null, false, 0, an empty text, or a list or an object of such.
  let isTelling: Bool
  private var number: Double?
  /// That of the words below that the text is.
  private var word: String?
  private let bool: Bool?
  /// An object with a code that means that nothing went wrong.
  private let isFineObject: Bool

  /// - Parameter isRead: whether it is of a member that says how it went: any other may be a token, of which no copy is
  ///   made.
  init(_ value: RawSpan, isRead: Bool = true) {
    var reader = JSONReader(limits: .answers)
    let kind = try? reader.kind(value)
    isObject = kind == .object
    isTelling = Self.isTelling(value, level: 0)
    isFineObject = isObject && Self.isFineObject(value)
    switch kind {
    case .bool: bool = value.has("true".utf8)
    default: bool = nil
    }
    (number, word) = (nil, nil)
    guard kind == .number || kind == .string, isRead, value.byteCount <= 64,
      let text = value.jsonText()
    else { return }
    // A message may hold what was sent: only what can be a number becomes a text, one that is too short for the heap.
    number = text.withBytes { text in
      let text = text.extracting(text.rangeWithoutOuterBlanks)
      return text.byteCount <= 15 ? Double(text.shownText) : nil
    }
    guard kind == .string else { return }
    word = text.withBytes { text in Self.words.first { text.says($0.utf8) } }
  }

  /// The whole number that it is, also as a text.
  var code: Int? { number.flatMap { Int(exactly: $0) } }

  var isNumber: Bool { number != nil }

  var isFalse: Bool {
    bool == false || number == 0 || isFalseWord
      || word.map { Self.falseStates.contains($0) } ?? false
  }

  /// False, as a truth value or as a word: a number may be a code of success.
  var isFalseWord: Bool {
    bool == false || word.map { Self.falseWords.contains($0) } ?? false
  }

  var isTrue: Bool {
    bool == true || number == 1 || word.map { Self.trueWords.contains($0) } ?? false
  }

  private static let falseStates: Set<String> = ["error", "fail", "failed", "ko", "invalid"]
  private static let falseWords: Set<String> = ["false", "no", "n", "f"]
  private static let trueWords: Set<String> = ["true", "yes"]
  private static let words = failures.union(fine).union(successes).union(falseStates)
    .union(falseWords).union(trueWords)

  private static let failures: Set<String> = [
    "error", "errors", "err", "fail", "failed", "fails", "failure", "ko", "nok", "notok",
    "unauthorized", "unauthorised", "unauthenticated", "forbidden", "denied", "accessdenied",
    "rejected", "invalid", "exception", "fault", "errorlist", "unsuccessful", "autherror",
    "authfailed", "invalidrequest", "badrequest", "notauthorized", "notauthenticated", "refused",
    "requestdenied", "invalidkey", "invalidapikey", "invalidtoken", "invalidcredentials",
  ]

  /// Whether a word for how it went says that it failed: `error`, `INVALID_API_KEY`.
  var saysFailure: Bool { word.map { Self.failures.contains($0) } ?? false }

  private static let fine: Set<String> = [
    "ok", "success", "none", "null", "nil", "false", "no", "0", "00", "000", "0000", "noerror",
    "noerrors", "200", "successful", "succeeded", "good", "n/a", "na", "undefined", "00000",
  ]

  private static let successes: Set<String> = [
    "ok", "success", "successful", "succeeded", "requestsuccessful", "operationsuccessful", "done",
    "requestsucceeded", "passed", "accepted", "successfully",
  ]

  /// Whether a word for how it went says that it went well.
  var saysSuccess: Bool { word.map { Self.successes.contains($0) } ?? false }

  /// Whether it says that nothing went wrong, where something could be said: `none`, `{"code":"ok"}`.
  var isFine: Bool { number == 0 || word.map { Self.fine.contains($0) } ?? isFineObject }

  private static func isFineObject(_ object: RawSpan) -> Bool {
    var (hasCode, isFine) = (false, true)
    var reader = JSONReader(limits: .answers)
    try? reader.object(object) { key, reader throws(JSONError) in
      let value = object.extracting(try reader.skip(object))
      guard ["code", "status", "errorcode", "error_code"].contains(key.lowercased()) else { return }
      let inner = EnvelopeValue(value)
      hasCode = true
      isFine = isFine && (inner.isFine || inner.code == 200)
    }
    return hasCode && isFine
  }

  private static func isTelling(_ value: RawSpan, level: Int) -> Bool {
    var reader = JSONReader(limits: .answers)
    var found = false
    switch try? reader.kind(value) {
    case .object:
      guard level < 8 else { return true }
      try? reader.object(value) { _, reader throws(JSONError) in
        let inner = value.extracting(try reader.skip(value))
        found = found || isTelling(inner, level: level + 1)
      }
    case .array:
      guard level < 8 else { return true }
      try? reader.array(value) { reader throws(JSONError) in
        let inner = value.extracting(try reader.skip(value))
        found = found || isTelling(inner, level: level + 1)
      }
    case .string: found = value.byteCount > 2 && value.contains { !$0.isBlank && $0 != 0x22 }
    case .bool: found = value.has("true".utf8)
    case .number: found = value.jsonText()?.withBytes { Double($0.shownText) != 0 } ?? false
    case .null, nil: found = false
    }
    return found
  }

  /// Members that hold no words.
  private static let silent: Set<String> = [
    "path", "locations", "location", "trace", "stack", "stacktrace", "url", "href", "link", "id",
    "traceid", "requestid", "request_id", "documentation_url", "help", "docs", "links", "type_url",
    "timestamp", "time", "date", "instance", "log_id", "logid", "trace_id", "more_info", "moreinfo",
  ]

  /// Of a field, in bytes.
  private static let longestName = 64

  /// Hands on every text in a value, in the order in which they stand.
  /// - Parameter take: gets beside the text the name of the field that it is about, as in `{"api_key":["is invalid"]}`;
  ///   nil where the name says only that here is a message.
  static func forEachText(
    in value: RawSpan, of field: String? = nil, level: Int = 0, _ take: (String?, RawSpan) -> Void
  ) {
    var reader = JSONReader(limits: .answers)
    switch try? reader.kind(value) {
    case .string: value.jsonText()?.withBytes { if !$0.isEmpty { take(field, $0) } }
    case .object where level < 6:
      try? reader.object(value) { key, reader throws(JSONError) in
        let inner = value.extracting(try reader.skip(value))
        if silent.contains(key.lowercased()) { return }
        let name = EnvelopeMember.Reading(isXML: false).name(of: key)
        let isField = EnvelopeMember(name) == .other && key.utf8.count <= longestName
        forEachText(in: inner, of: isField ? key : nil, level: level + 1, take)
      }
    case .array where level < 6:
      try? reader.array(value) { reader throws(JSONError) in
        let inner = value.extracting(try reader.skip(value))
        forEachText(in: inner, of: field, level: level + 1, take)
      }
    case .object, .array, .number, .bool, .null, nil: break
    }
  }
}

extension RawSpan {
  /// Whether it is a word, in letters of either size and whatever marks stand between them.
  fileprivate func says(_ word: String.UTF8View) -> Bool {
    var rest = word.makeIterator()
    for offset in 0..<byteCount where !" _-.".utf8.contains(self[offset]) {
      guard self[offset].asciiLowercased == rest.next() else { return false }
    }
    return rest.next() == nil
  }
}
