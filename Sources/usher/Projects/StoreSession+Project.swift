internal import Connections
internal import Projects
internal import ProviderFormat
internal import Store

extension StoreSession {
  /// All that is linked, with the variables that `run` uses: what a project's file begins with. Where two values would have
  /// one variable, the second gets a name of its own.
  func projectEntries() throws(StoreError) -> [ProjectText.Entry] {
    var taken: Set<String> = []
    var entries: [ProjectText.Entry] = []
    for entry in try list() {
      guard let record = try? read(entry.name) else {
        entries.append(ProjectText.Entry(entry.name, variables: nil))
        continue
      }
      let source = RunSource(record, words: [])
      var variables: [ProjectText.Variable] = []
      for field in source.fields {
        guard let usual = source.usualName(of: field) else { continue }
        let isFree = !taken.contains(usual)
        let name = isFree ? usual : source.ownName(of: field, besides: taken)
        taken.insert(name)
        variables.append(
          ProjectText.Variable(field: source.shortest(field), name: name, isUsual: isFree))
      }
      entries.append(ProjectText.Entry(entry.name, variables: variables))
    }
    return entries
  }
}
