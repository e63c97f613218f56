extension [String] {
  /// The texts, one behind the other, with a separator between them: what the standard library's function of this name
  /// gives.
  ///
  /// That one is written for collections of all kinds, and asks at its first call which of them this is: a walk over
  /// every conformance in the program, which took a thirtieth of a start.
  package func joined(separator: String = "") -> String {
    var text = ""
    text.reserveCapacity(reduce(0) { $0 + $1.utf8.count + separator.utf8.count })
    for index in indices {
      if index > startIndex { text += separator }
      text += self[index]
    }
    return text
  }
}
