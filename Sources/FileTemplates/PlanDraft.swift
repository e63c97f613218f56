internal import Basics

/// A plan that is being made: goes through a template once, and asks the reader of its format at each mark.
struct PlanDraft {
  let template: FileTemplate
  private(set) var places: [FillPlan.Place] = []
  private(set) var faults: [TemplateFault] = []
  private(set) var pieces: [FillPlan.Piece] = []
  /// Where what has no piece yet begins.
  private(set) var copied = 0
  /// The plain text of YAML that is being put in quotes.
  var openPlain: Range<Int>?

  init(_ template: FileTemplate) { self.template = template }

  /// - Parameter make: a reader of the masked text.
  mutating func read<Reader: PlaceReader>(by make: ([UInt8]) -> Reader) {
    let text = template.masked()
    var reader = make(text)
    var offset = 0
    for mark in template.marks {
      guard pass(offset..<mark.range.lowerBound, by: &reader) else { return }
      offset = mark.range.upperBound
      switch mark.kind {
      case .value(let name):
        take(reader.place(of: mark.range), of: name, mark)
      case .braces:
        guard pass(mark.range.prefix(2), by: &reader) else { return }
        if !reader.isInComment { writeBraces(mark) }
      case .unclosed:
        guard pass(mark.range, by: &reader) else { return }
        if !reader.isInComment { refuseUnclosed(mark) }
      }
    }
    guard pass(offset..<text.count, by: &reader) else { return }
    if let problem = reader.end() { add(problem, at: text.count) }
    copy(to: text.count)
  }

  /// False where the reader knows no further.
  private mutating func pass<Reader: PlaceReader>(
    _ range: Range<Int>, by reader: inout Reader
  ) -> Bool {
    for offset in range {
      guard let problem = reader.read(at: offset) else { continue }
      add(problem, at: offset)
      if case .here = problem { return false }
    }
    return true
  }

  private mutating func add(_ problem: PlaceProblem, at offset: Int) {
    switch problem {
    case .here(let what, let advice):
      var counter = PlaceCounter()
      let place = template.bytes.withBytes { counter.place(at: offset, in: $0) }
      faults.append(TemplateFault(place, what, advice: advice))
    case .lastValue(let what, let advice):
      guard let place = places.last else { return }
      faults.append(TemplateFault(place.place, "\(place.name) \(what)", advice: advice))
    }
  }

  private mutating func take(_ found: ValuePlace, of name: String, _ mark: TemplateMark) {
    switch found {
    case .comment: break
    case .refused(let why, let advice):
      // The name is looked up all the same, so that everything is told at once.
      places.append(FillPlan.Place(name: name, place: mark.place))
      faults.append(TemplateFault(mark.place, "\(name) \(why)", advice: advice))
    case .filled(let encoding, let quote):
      writeValue(name, mark, encoding, quote: quote)
    }
  }

  // MARK: Pieces

  /// - Parameter quote: what is put around it.
  mutating func writeValue(
    _ name: String, _ mark: TemplateMark, _ encoding: ValueEncoding, quote: String = ""
  ) {
    copy(to: mark.range.lowerBound)
    if !quote.isEmpty { pieces.append(.text(quote)) }
    pieces.append(.value(places.count, encoding))
    if !quote.isEmpty { pieces.append(.text(quote)) }
    places.append(FillPlan.Place(name: name, place: mark.place))
    copied = mark.range.upperBound
  }

  mutating func writeBraces(_ mark: TemplateMark) {
    copy(to: mark.range.lowerBound + 2)
    copied = mark.range.upperBound
  }

  mutating func write(_ text: String) { pieces.append(.text(text)) }

  /// What stands in the template up to an offset, as it is.
  mutating func copy(to end: Int) {
    guard copied < end else { return }
    pieces.append(.source(copied..<end))
    copied = end
  }

  mutating func refuse(_ mark: TemplateMark, _ name: String, _ why: String, advice: String?) {
    take(.refused(why, advice: advice), of: name, mark)
  }

  mutating func refuseUnclosed(_ mark: TemplateMark) {
    faults.append(
      TemplateFault(
        mark.place, "no }} on this line belongs to this {{",
        advice: "close it, or write {{{{ where {{ itself is meant"))
  }

  mutating func add(_ fault: TemplateFault) { faults.append(fault) }
}
