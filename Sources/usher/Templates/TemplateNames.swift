internal import Basics
internal import Connections
internal import FileTemplates
internal import ProviderFormat
internal import Store

/// What the names of a template mean.
struct TemplateNames {
  /// By name, as far as they mean anything.
  private(set) var values: [String: LinkedValue] = [:]
  /// The places whose name means nothing.
  private(set) var faults: [TemplateFault] = []
  private var lookup = ValueLookup()

  /// - Throws: when the store cannot be read. A name that means nothing is a fault.
  init(_ places: [FillPlan.Place], in session: borrowing StoreSession) throws {
    var unknown: [String: Explanation] = [:]
    for place in places where values[place.name] == nil {
      if unknown[place.name] == nil {
        do {
          values[place.name] = try lookup.value(named: place.name, in: session)
          continue
        } catch let error as StoreError {
          throw error
        } catch let error as any Explained {
          unknown[place.name] = error.explanation
        }
      }
      guard let why = unknown[place.name] else { continue }
      faults.append(TemplateFault(place.place, TemplateNames.sentence(why), advice: why.advice))
    }
  }

  private static func sentence(_ why: Explanation) -> String {
    [why.what, why.why].compactMap(\.self).joined(separator: ": ")
  }

  /// Each connection and what is used of it, sorted.
  var used: [(connection: ConnectionName, words: [String])] {
    Dictionary(grouping: Set(values.values), by: \.connection).sorted { $0.key < $1.key }
      .map { connection, values in
        let stored = lookup.fields(of: connection)
        return (connection, values.map { $0.word(among: stored) }.sorted())
      }
  }
}
