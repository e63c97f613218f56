internal import Store

extension BackupCount {
  /// `12 connections and 1 application`.
  var words: String {
    let connections = connections == 1 ? "1 connection" : "\(connections) connections"
    if applications == 0 { return connections }
    return connections
      + (applications == 1 ? " and 1 application" : " and \(applications) applications")
  }
}
