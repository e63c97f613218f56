internal import Basics
internal import Requests

/// How a job reaches the network, as the process was told and has prepared it before there was a job.
struct JobNetwork: Sendable {
  let options: CheckOptions
  let environment: NetworkEnvironment
  let tls: TLSContexts

  init(_ options: CheckOptions, _ environment: NetworkEnvironment) {
    self.options = options
    self.environment = environment
    tls = TLSContexts(options, environment)
  }

  /// A transport that says what it is about to ask. Its clock starts here.
  /// - Parameter stop: ends what is under way, and all that would follow.
  func transport(
    _ rules: NetworkRules, scope: LimitScope = .whole, stop: StopSignal? = nil,
    _ reports: ReportWriter
  ) -> WebTransport {
    WebTransport(
      rules: rules, options: options, environment: environment, tls: tls, scope: scope, stop: stop
    ) { progress in
      reports.write(.progress(progress))
    }
  }
}
