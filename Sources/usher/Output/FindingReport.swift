internal import GuideText

extension GuideFinding {
  /// `acme/provider.yaml, line 7: unknown key "titel" (did you mean "title"?)`
  var text: String {
    let place = line > 0 ? "\(file), line \(line)" : file
    return "\(place): \(message)" + (advice.map { " (\($0))" } ?? "")
  }
}
