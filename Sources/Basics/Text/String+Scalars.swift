extension String {
  /// The text of these scalars.
  ///
  /// One after the other: to take an array at once, the library asks what kind of sequence it is, and the first answer is a walk
  /// over every conformance in the program.
  package init(_ scalars: [Unicode.Scalar]) {
    var text = UnicodeScalarView()
    for scalar in scalars { text.append(scalar) }
    self.init(text)
  }
}
