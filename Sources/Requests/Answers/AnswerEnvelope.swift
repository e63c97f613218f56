internal import Basics
internal import ProviderFormat
internal import Secrets

/// What an answer says of itself beside its data: whether it failed, and in which words. Providers say so at the top
/// level, in the outermost element, in an object that is alone there, or in `meta` and `status`.
struct AnswerEnvelope {
  /// Whether a member says that the request failed, whatever the status says.
  private(set) var hasFailed = false
  /// Whether it says that the credentials are no good by a member that is there to say so.
  private(set) var deniesCredentials = false
  /// A status of HTTP that a member names: 401.
  private(set) var code: Int?
  /// The provider's sentences, cleaned and redacted, in the order in which they stand.
  private(set) var sentences: [String] = []
  /// The same with the name of the field that they are about: `api_key is invalid`.
  private var fieldWords: [String] = []
  /// Its words for how it went: `error`, `INVALID_KEY`.
  private(set) var states: [String] = []
  /// Whether the answer is an object, or XML or form data, which become one.
  private(set) var isObject = false
  /// Whether there is anything else in it.
  private(set) var hasData = false
  private var saysSuccess = false
  private var hasOwnCode = false

  /// The most texts that are kept: one or two tell.
  private static let mostTexts = 8
  /// Levels of objects that hold nothing but one other object.
  private static let mostLevels = 4

  init(_ answer: borrowing CheckAnswer, from sources: borrowing TemplateContext) {
    switch answer.form {
    case .json, .xml, .form: break
    case .empty, .page, .text: return
    }
    let isXML = answer.isXML
    answer.withJSON { body in
      read(body, EnvelopeMember.Reading(isXML: isXML), level: 0, sources)
    }
    // Numbers beyond those of HTTP are the provider's own, and some of theirs mean that all went well.
    if hasOwnCode, !saysSuccess { hasFailed = true }
  }

  /// The text that tells a person most.
  var says: String? {
    sentences.first { $0.contains(" ") } ?? sentences.first { $0.contains(where: \.isLetter) }
      ?? sentences.first ?? states.first
  }

  /// What all of its words are about.
  var topics: WordTopics {
    WordTopics(of: sentences + states + fieldWords).union(deniesCredentials ? .wrong : [])
  }

  /// Members are read as far as the text goes: of one that was cut off those that stand in it whole.
  private mutating func read(
    _ object: RawSpan, _ reading: EnvelopeMember.Reading, level: Int,
    _ sources: borrowing TemplateContext
  ) {
    guard level < Self.mostLevels else { return }
    var members: [(name: String, range: Range<Int>)] = []
    var reader = JSONReader(limits: .answers)
    guard (try? reader.kind(object)) == .object else {
      hasData = hasData || object.byteCount > "[]".utf8.count
      return
    }
    isObject = true
    try? reader.object(object) { key, reader throws(JSONError) in
      let name = reading.name(of: key)
      let range = try reader.skip(object)
      if !name.isEmpty { members.append((name, range)) }
    }
    for (name, range) in members {
      let text = object.extracting(range)
      let value = EnvelopeValue(text, isRead: EnvelopeMember(name) != .other)
      if value.isObject, reading.isWrapper(name, isAlone: members.count == 1) {
        read(text, reading, level: level + 1, sources)
      } else {
        let isCount = value.isNumber && EnvelopeMember.lists.contains(name)
        record(isCount ? .other : EnvelopeMember(name), value, text, sources)
      }
    }
    guard hasFailed, sentences.isEmpty, !reading.isXML else { return }
    // Where nothing else says it, the data of a failure say what failed.
    for (name, range) in members where name == "data" && range.count <= Redactor.longestMessage {
      add(object.extracting(range), to: \.sentences, sources)
    }
  }

  private mutating func record(
    _ member: EnvelopeMember, _ value: EnvelopeValue, _ text: RawSpan,
    _ sources: borrowing TemplateContext
  ) {
    switch member {
    case .success:
      if value.isFalse { hasFailed = true }
      if value.isTrue { saysSuccess = true }
    case .proof:
      guard value.isFalse else { return }
      (hasFailed, deniesCredentials) = (true, true)
    case .failure: if value.isTrue { hasFailed = true }
    case .state:
      if value.saysFailure || value.isFalseWord { hasFailed = true }
      if value.saysSuccess { saysSuccess = true }
      recordCode(value.code)
      add(text, to: \.states, sources)
    case .code:
      if value.saysFailure { hasFailed = true }
      recordCode(value.code)
      add(text, to: \.states, sources)
    case .errorCode:
      if value.isTelling, !value.isFine { hasFailed = true }
      recordCode(value.code)
      add(text, to: \.states, sources)
    case .error:
      guard value.isTelling, !value.isFine else { return }
      hasFailed = true
      recordCode(value.code)
      add(text, to: \.sentences, sources)
    case .message:
      if value.saysSuccess { saysSuccess = true }
      add(text, to: \.sentences, sources)
    case .other: if value.isTelling { hasData = true }
    }
  }

  /// From 400 on, as in HTTP.
  private mutating func recordCode(_ number: Int?) {
    guard let number, number >= 400 || number < 0 else { return }
    guard (400...599).contains(number) else {
      hasOwnCode = true
      return
    }
    hasFailed = true
    code = code ?? number
  }

  /// Adds all texts in a value.
  private mutating func add(
    _ value: RawSpan, to place: WritableKeyPath<AnswerEnvelope, [String]>,
    _ sources: borrowing TemplateContext
  ) {
    EnvelopeValue.forEachText(in: value) { field, text in
      guard self[keyPath: place].count < Self.mostTexts,
        let clean = Redactor.clean(text, from: sources)
      else { return }
      if !self[keyPath: place].contains(clean) { self[keyPath: place].append(clean) }
      if let field, fieldWords.count < Self.mostTexts { fieldWords.append("\(field) \(clean)") }
    }
  }
}
