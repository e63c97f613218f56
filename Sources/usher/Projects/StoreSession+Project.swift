internal import Connections
internal import Projects
internal import ProviderFormat
internal import Store

extension StoreSession {
  /// All that is linked, with the variables that `run` uses: what a project's file begins with.
  func projectEntries() throws(StoreError) -> [ProjectText.Entry] {
    try list().map { entry in
      guard let record = try? read(entry.name) else {
        return ProjectText.Entry(entry.name, variables: nil)
      }
      let source = RunSource(record, words: [])
      return ProjectText.Entry(
        entry.name,
        variables: source.fields.compactMap { field in
          source.usualName(of: field).map { (source.shortest(field), $0) }
        })
    }
  }
}
