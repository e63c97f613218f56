internal import Basics
internal import Connections
internal import Requests

/// What is said of values that nobody had to type: that they are stored, or why not.
struct UnattendedReport {
  let connection: ConnectionName
  let isJSON: Bool

  func refused(_ diagnosis: Diagnosis) {
    guard isJSON else {
      Console.error("usher: \(DiagnosisReport.text(diagnosis)) Nothing was stored.")
      return
    }
    var report = FactsReport.json(diagnosis)
    report["name"] = .string(connection.description)
    report["stored"] = .bool(false)
    Console.json(.map(report))
  }

  /// - Parameters:
  ///   - diagnosis: nil where nobody was asked.
  ///   - swap: nil where they took nothing's place.
  ///   - ends: when the values end.
  func stored(_ diagnosis: Diagnosis?, _ swap: Swap?, _ ends: CredentialEnds) {
    swap?.warn()
    if isJSON {
      var report = diagnosis.map(FactsReport.json) ?? Value.Map()
      report["name"] = .string(connection.description)
      report["stored"] = .bool(true)
      swap?.write(to: &report)
      Console.json(.map(report))
      return
    }
    if let diagnosis { Console.line(DiagnosisReport.text(diagnosis)) }
    let isChecked = diagnosis?.isAccepted == true
    let lines =
      swap?.lines(isChecked: isChecked) ?? [
        "Linked \(connection)\(isChecked ? "" : " (stored, not checked)")."
      ]
    for line in lines { Console.line(line) }
    if let which = ends.sentence(now: .now()) { Console.line(which) }
  }
}
