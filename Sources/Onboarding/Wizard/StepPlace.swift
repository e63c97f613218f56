/// A step as the user left it for another place of the guide, to come back to.
struct StepPlace: Equatable {
  var step: StepScreen
  var scroll: Int
  var sideways: [Int: Int]
}
