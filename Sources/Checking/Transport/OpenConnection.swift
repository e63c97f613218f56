internal import Basics

/// The one connection of a transport, where it leads and what was shown on it.
struct OpenConnection {
  /// What two requests have to have in common to share a connection.
  struct Place: Equatable {
    let origin: Origin
    let address: IPAddress?
    let identity: ClientIdentity?
  }

  let place: Place
  private let connection: WebConnection

  init(place: Place, connection: WebConnection) {
    self.place = place
    self.connection = connection
  }

  /// Nil unless it leads there, and stands.
  func connection(to place: Place) -> WebConnection? {
    self.place == place && connection.isOpen ? connection : nil
  }

  /// Also in the middle of an answer.
  func close() { connection.close() }
}
