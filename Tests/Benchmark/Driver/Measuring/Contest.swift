/// Measures several programs in turn, round after round, so that what the machine does meanwhile meets all of them.
struct Contest {
  /// How many rounds there are when time allows.
  var rounds = 25
  /// After so many seconds no further round begins.
  var seconds = 20.0

  struct Contestant {
    let name: String
    let sample: () throws(Unmeasured) -> Sample

    init(_ name: String, _ sample: @escaping () throws(Unmeasured) -> Sample) {
      (self.name, self.sample) = (name, sample)
    }
  }

  /// The first sample of each is left out where there are more than two: it pays for cold files. Who fails once has no
  /// figures.
  func run(_ contestants: [Contestant]) -> Outcomes {
    var samples: [String: [Sample]] = [:]
    var reasons: [String: String] = [:]
    let start = ContinuousClock.now
    for _ in 0...rounds {
      for contestant in contestants where reasons[contestant.name] == nil {
        do {
          samples[contestant.name, default: []].append(try contestant.sample())
        } catch {
          reasons[contestant.name] = error.reason
        }
      }
      if milliseconds(since: start) > seconds * 1000 { break }
    }
    return Outcomes(
      samples: samples.mapValues { $0.count > 2 ? Array($0.dropFirst()) : $0 }, reasons: reasons)
  }
}

/// What became of a contest.
struct Outcomes {
  let samples: [String: [Sample]]
  let reasons: [String: String]

  func series(_ name: String, _ quantity: Quantity) -> Result<Series, Unmeasured> {
    if let reason = reasons[name] { return .failure(Unmeasured(reason: reason)) }
    guard let series = Series((samples[name] ?? []).compactMap { $0[quantity] }) else {
      return .failure(Unmeasured(reason: "there is no figure"))
    }
    return .success(series)
  }

  /// The medians of some contestants, in their order.
  func medians(_ names: [String], _ quantity: Quantity) -> [Result<Double, Unmeasured>] {
    names.map { series($0, quantity).map(\.median) }
  }
}

extension Result<Double, Unmeasured> {
  /// How often another figure goes into this one.
  func times(_ other: Result<Double, Unmeasured>) -> Result<Double, Unmeasured> {
    flatMap { value in
      other.flatMap {
        $0 > 0 ? .success(value / $0) : .failure(Unmeasured(reason: "what it is set beside is 0"))
      }
    }
  }
}
