/// The beginning and the end of a masked value, shown for some seconds when the user asks: at most four characters
/// each and together never more than a third of the value.
package struct RevealedEnds: Equatable, Sendable {
  package var first: String
  package var last: String
  /// How many characters stay hidden between the two.
  package var hidden: Int

  package init(first: String, last: String, hidden: Int) {
    self.first = first
    self.last = last
    self.hidden = hidden
  }
}
