internal import Basics
internal import Catalogues
internal import Connections
internal import Projects
internal import ProviderFormat
internal import Store

/// How what a project needs is. Nobody is asked but the store.
extension Project {
  /// How near an end is told, in seconds: two weeks, as `status` has it.
  private static let soon: Int64 = 14 * 86_400

  /// All of it, as people are shown it.
  func survey(in session: borrowing StoreSession, _ catalogue: Catalogue) throws -> ProjectSurvey {
    try survey(in: session) { slug in catalogue.provider(slug)?.displayName }
  }

  /// - Parameter title: the name of a provider that people know; nil where it is not known.
  func survey(
    in session: borrowing StoreSession, title: (String) -> String?
  ) throws(StoreError) -> ProjectSurvey {
    let (connections, obstacle) = try session.statuses(soon: Project.soon, at: .now())
    return ProjectSurvey(of: self, connections, obstacle: obstacle, title: title)
  }
}
