import Glibc

/// Prints figures: a column for each program, the last one divided by the first, and what is aimed at.
final class Report {
  private static let nameWidth = 46
  private static let columnWidth = 19

  private let labels: [String]

  init(labels: [String]) { self.labels = labels }

  func printHead(_ subjects: [Subject]) {
    for subject in subjects {
      show("\(subject.label): \(subject.origin), \(subject.version)")
    }
    show("Medians, the least in brackets. Compare figures of one run only.")
  }

  func begin(_ part: Part) {
    show("\n== \(part.rawValue): \(part.title)")
    var head = "".padded(Report.nameWidth)
    for label in labels { head += label.padded(Report.columnWidth, before: true) }
    if labels.count > 1 { head += "new/old".padded(10, before: true) }
    show(head + "aim".padded(10, before: true))
  }

  /// A row out of a contest, in which each program has its own name.
  func row(_ name: String, _ outcomes: Outcomes, _ quantity: Quantity, aim: String = "") {
    let all = labels.map { outcomes.series($0, quantity) }
    line(
      name, all.map { $0.map { "\(Figure.text($0.median)) (\(Figure.text($0.least)))" } },
      numbers: all.map { $0.map(\.median) }, aim: aim)
  }

  /// A row of single numbers, one for each program.
  func row(_ name: String, _ numbers: [Result<Double, Unmeasured>], aim: String = "") {
    line(name, numbers.map { $0.map { Figure.text($0) } }, numbers: numbers, aim: aim)
  }

  /// What another program came to.
  func beside(_ name: String, _ result: Result<Series, Unmeasured>) {
    switch result {
    case .success(let series):
      show("  beside: \(name) \(Figure.text(series.median)) (\(Figure.text(series.least)))")
    case .failure(let error): show("  beside: \(name): not measured: \(error.reason)")
    }
  }

  /// At once, also where the output is no terminal.
  private func show(_ line: String) {
    print(line)
    fflush(nil)
  }

  /// The same of one number.
  func beside(_ name: String, _ result: Result<Double, Unmeasured>?) {
    switch result {
    case nil: return
    case .success(let number): show("  beside: \(name) \(Figure.text(number))")
    case .failure(let error): show("  beside: \(name): not measured: \(error.reason)")
    }
  }

  func remark(_ text: String) { show("  \(text)") }

  private func line(
    _ name: String, _ values: [Result<String, Unmeasured>],
    numbers: [Result<Double, Unmeasured>], aim: String
  ) {
    var text = name.padded(Report.nameWidth)
    for value in values {
      text += ((try? value.get()) ?? "–").padded(Report.columnWidth, before: true)
    }
    if labels.count > 1 {
      let ratio = numbers.last.flatMap { last in numbers.first.map { last.times($0) } }
      let shown = (try? ratio?.get()).map { Figure.text($0) } ?? "–"
      text += shown.padded(10, before: true)
    }
    show(text + aim.padded(10, before: true))
    for (label, value) in zip(labels, values) {
      if case .failure(let error) = value { show("  \(label): not measured: \(error.reason)") }
    }
  }
}

/// Numbers in few digits.
enum Figure {
  static func text(_ number: Double) -> String {
    let decimals = number.magnitude >= 100 ? 0 : number.magnitude >= 10 ? 1 : 2
    let scale = [1.0, 10, 100][decimals]
    let whole = Int((number * scale).rounded())
    let digits = String(abs(whole))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = whole < 0 ? "-" : ""
    if decimals == 0 { return sign + padded }
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }
}

extension String {
  /// With blanks behind it, or before it, to a width.
  fileprivate func padded(_ width: Int, before: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(before ? 1 : 0, width - count))
    return before ? blanks + self : self + blanks
  }
}
