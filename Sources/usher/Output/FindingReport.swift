internal import GuideText

extension GuideFinding {
  /// `acme/provider.yaml, line 7: unknown key "titel" (did you mean "title"?)`
  var text: String { "\(place): \(message)" + (advice.map { " (\($0))" } ?? "") }

  /// `acme/provider.yaml, line 7`
  var place: String { line > 0 ? "\(file), line \(line)" : file }
}
