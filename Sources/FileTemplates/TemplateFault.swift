/// Why a template cannot be filled in at one of its places. Tells nothing of a value but what has to be known to mend it.
package struct TemplateFault: Error, Equatable, Sendable {
  /// Where it is.
  package let place: TextPlace
  /// What is wrong; lower case, no period.
  package let what: String
  /// One thing to do; nil where the sentence says it.
  package let advice: String?

  /// - Parameter what: lower case, no period, as `advice`.
  package init(_ place: TextPlace, _ what: String, advice: String? = nil) {
    self.place = place
    self.what = what
    self.advice = advice
  }

  /// `app.yaml:3:7: there is no connection taly; did you mean tally/default?`
  package func text(in file: String) -> String {
    "\(file):\(place.line):\(place.column): \(what)" + (advice.map { "; \($0)" } ?? "")
  }
}

/// Everything that is wrong with a template, in the order in which it stands there. Nothing was made of it.
package struct TemplateFaults: Error, Equatable, Sendable {
  /// At least one.
  package let faults: [TemplateFault]

  /// - Parameter faults: in any order.
  package init(_ faults: [TemplateFault]) { self.faults = faults.sorted { $0.place < $1.place } }
}
