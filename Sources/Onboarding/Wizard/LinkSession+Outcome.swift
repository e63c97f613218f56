internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets

/// What comes of a check.
extension LinkSession {
  /// Keeps what the check found out.
  mutating func receive(_ diagnosis: Diagnosis, _ checked: Timestamp) {
    self.diagnosis = diagnosis
    self.checked = checked
    refusal = diagnosis.exitCode == .refused ? diagnosis : nil
  }

  /// The values are to be stored as not checked.
  mutating func forgetAnswer() {
    diagnosis = nil
    checked = nil
  }

  /// Remembers the variables of the values that are there, before these are wiped.
  mutating func recordVariables() {
    var names: [String] = []
    for field in form.fields where draft.state(of: field.id).characters > 0 {
      let name = provider.variableName(for: field.id)
      if !names.contains(name) { names.append(name) }
    }
    variables = names
  }

  /// What is sealed and written. The store sets id, version and times.
  borrowing func order() -> SaveOrder {
    var order = newOrder()
    describe(&order.record.facts)
    return order
  }

  /// The same without what is said of it besides.
  borrowing func newOrder() -> SaveOrder {
    if let order = linkedOrder() { return order }
    let record = ConnectionRecord(
      name: name, submission: draft.submission(), diagnosis: diagnosis, checked: checked,
      now: options.now)
    return SaveOrder(record, isReplacing: isReplacing, keepsToken: isEndAlone)
  }
}
