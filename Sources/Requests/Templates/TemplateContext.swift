internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

/// Everything that templates can name: the submission's values, what was derived or fetched on the way, and the
/// moment. Owned by one check and wiped with it.
struct TemplateContext: ~Copyable {
  let provider: Provider
  private(set) var values: SecretValues
  /// By the name that a template uses, scope included: `derived.keyID`, `accessToken`.
  var fetched = SecretMap<String>()
  /// In a dry run: the names that only an answer could tell the value of. A mark stands for each, which is no secret.
  private(set) var standIns: Set<String> = []
  /// What is known of the request for which a header is being made.
  var request: [String: String] = [:]
  private(set) var now: Timestamp
  /// How far back tokens are dated that are made here, in seconds: 0 in a dry run, which shows what the entry declares.
  var backdating: Int64 = 0
  /// One UUID for everything in a request. A seed's first bytes make it, and are still there for the first nonce.
  private(set) var random: String
  /// Where nonces and identifiers of signed requests come from.
  var randomSource: RandomSource
  private let givenNonce: String?
  /// The settings that nobody typed, and an answer told.
  private(set) var settled: [Field.ID] = []
  /// When the signed assertion ends that is among `fetched`; nil where there is none.
  var assertionExpires: Timestamp?
  /// Fields whose values must not be shown.
  let secretFields: Set<Field.ID>
  /// Fields that count as empty rather than absent: a Basic user name and password.
  let alwaysPresent: Set<Field.ID>

  /// What templates call the token that requests carry.
  static let tokenName = "accessToken"

  init(of submission: consuming Submission, at replay: ReplayContext = ReplayContext()) {
    let provider = submission.provider
    self.provider = provider
    secretFields = provider.secretFields(among: submission.values.keys)
    values = submission.takeValues()
    now = replay.now
    randomSource = replay.randomSource
    var forUUID = replay.randomSource
    random = replay.random ?? forUUID.uuid()
    givenNonce = replay.nonce
    alwaysPresent = Set(
      provider.authMode.rules.sentWhenEmpty.map { Field.ID(.credentials, $0) })
  }

  /// In seconds: a clock that is not kept by the network is rarely further ahead.
  private static let usualBackdating: Int64 = 60

  /// For requests that are sent.
  /// - Parameter replay: nil for now, in which case tokens are dated back a little.
  init(of submission: consuming Submission, sentAt replay: ReplayContext?) {
    self.init(of: submission, at: replay ?? ReplayContext())
    if replay == nil { backdating = Self.usualBackdating }
  }

  /// Puts a mark where only an answer could tell the value.
  mutating func standIn(for name: String, as word: String? = nil) {
    fetched.set(name, to: SecretBuffer(text: Self.standInMark(for: word ?? name)))
    standIns.insert(name)
  }

  /// Gives a setting the value that was found for it, unless somebody typed one.
  mutating func settle(_ id: Field.ID, to value: consuming SecretBuffer) {
    guard values.withBytes(of: id, { $0.isEmpty }), !value.isEmpty else { return }
    values.set(id, to: value)
    if !settled.contains(id) { settled.append(id) }
  }

  /// Takes back what `settle` gave.
  mutating func unsettle() {
    for id in settled { values.remove(id) }
    settled = []
  }

  /// Goes on to a later request of the same kind, which has a time and chance of its own.
  mutating func moveOn(to now: Timestamp) {
    self.now = now
    random = randomSource.uuid()
  }

  /// What stands in a dry run for what only an answer tells.
  static func standInMark(for name: String) -> String { "ANSWER-\(name)" }

  /// When a token says that it was made: a little earlier than it was, so that a clock that is ahead by less does not make
  /// it a token of the future. A short life is not used up by that.
  /// - Parameter lifetime: in seconds.
  func issued(lifetime: Int64) -> Timestamp {
    Timestamp(secondsSinceEpoch: now.secondsSinceEpoch - min(backdating, lifetime / 5))
  }

  /// Writes the value of a name; false when there is none. A setting with an empty value counts as none.
  borrowing func write(
    _ name: String, allowing names: TemplateScope, to text: inout SecretWriter, isRedacting: Bool
  ) -> Bool {
    if names.contains(.request) || names.contains(.engine), let fact = request[name] {
      text.append(text: fact)
      return true
    }
    if names.contains(TemplateScope(ofValue: name)), fetched.contains(name) {
      if isRedacting, !standIns.contains(name) {
        text.append(text: Redactor.mark)
      } else {
        fetched.withBytes(of: name) { text.append($0) }
      }
      return true
    }
    let fields = provider.fields(named: name, in: names)
    for id in fields where values.contains(id) {
      return write(id, to: &text, isRedacting: isRedacting)
    }
    return fields.contains(where: alwaysPresent.contains)
  }

  private borrowing func write(
    _ id: Field.ID, to text: inout SecretWriter, isRedacting: Bool
  ) -> Bool {
    values.withBytes(of: id) { bytes in
      if bytes.isEmpty { return alwaysPresent.contains(id) }
      if isRedacting, secretFields.contains(id) {
        text.append(text: Redactor.mark)
      } else {
        text.append(bytes)
      }
      return true
    }
  }
}

extension TemplateContext {
  /// The nonce of the next signature: 32 hexadecimal digits, unless the moment gives one.
  mutating func nonce() -> String { givenNonce ?? randomSource.hex(16) }

  /// A copy of a credential that a signature cannot do without.
  borrowing func credential(
    _ name: String, for place: String
  ) throws(RequestError) -> SecretBuffer {
    let value = values.withBytes(of: Field.ID(.credentials, name)) { SecretBuffer(copying: $0) }
    guard !value.isEmpty else { throw .unfilled(name: "credentials.\(name)", place: place) }
    return value
  }
}

extension Provider {
  /// The fields, among those that have values, that are masked in the form. One that the form does not know counts as
  /// secret.
  func secretFields(among fields: [Field.ID]) -> Set<Field.ID> {
    let form = Form(provider: self, guide: nil)
    let shown = Set(form.fields.filter { !$0.isMasked }.map(\.id))
    return Set(fields).subtracting(shown)
  }
}
