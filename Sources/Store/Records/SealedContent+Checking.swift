internal import Basics
internal import Connections
internal import Secrets

extension SealBinding {
  /// What of an opened thing is not as the store says of it, as a sentence; nil where it all is. Of a record besides what
  /// a list shows of it.
  func comparison(
    of plaintext: borrowing SecretBuffer, in store: any OpenedStore
  ) -> (difference: String?, summary: ConnectionSummary?) {
    do throws(RecordError) {
      guard case .record(let name) = content else {
        return (try difference(of: plaintext, in: store), nil)
      }
      let facts = try ConnectionRecord(decoding: plaintext).facts
      let row = try? store.row(name)
      let difference = row.map { $0.difference(from: facts, in: store.header.id) }
      return (difference ?? SealBinding.other, facts.summary)
    } catch {
      return ("it \(error.message)", nil)
    }
  }

  private static let other = "it was sealed as something else"

  private func difference(
    of plaintext: borrowing SecretBuffer, in store: any OpenedStore
  ) throws(RecordError) -> String? {
    let isOwn: Bool
    switch content {
    case .record, .formerRecord:
      let facts = try ConnectionRecord(decoding: plaintext).facts
      isOwn = facts.storeID == store.header.id && facts.id == id && facts.version < Int(version)
    case .token, .formerToken:
      guard let token = StoredToken(decoding: plaintext) else { return SealBinding.other }
      isOwn =
        token.storeID == store.header.id && token.connectionID == id
        && Int64(token.version) == version
    case .application(let name):
      let facts = try Application(decoding: plaintext, in: store.header.id).facts
      guard let row = try? store.application(name)?.row else { return SealBinding.other }
      return row.difference(from: facts)
    case .draft(let name):
      isOwn = try ConnectionRecord(decoding: plaintext).facts.isDraft(of: name, in: store.header.id)
    case .rowKey: isOwn = true
    }
    return isOwn ? nil : SealBinding.other
  }
}

extension SealedContent {
  /// Why a thing is in the way of sealing all anew, and how it is cleared out of it.
  func cannotBeResealed(because reason: String) -> StoreError {
    let (what, advice) =
      switch self {
      case .record(let name):
        (
          "the record of \(name)",
          "restore the store from a backup, or remove the connection and link it again"
        )
      case .token(let name): ("the token of \(name)", "usher token \(name) --forget drops it")
      case .formerRecord(let name):
        ("what is kept of \(name) from before", "usher replace \(name) puts another in its place")
      case .formerToken(let name):
        (
          "the token that is kept of \(name) from before",
          "usher replace \(name) puts another in its place"
        )
      case .application(let name):
        ("the application \(name)", "remove it with usher apps remove \(name) and enter it again")
      case .draft(let name):
        (
          "what was typed for \(name) and not finished",
          "store \(name) with usher connect --from, which drops it"
        )
      case .rowKey: ("the key of the rows", "usher doctor tells more")
      }
    return .failed(
      Explanation(what: "\(what) cannot be opened", why: reason, advice: advice))
  }
}
