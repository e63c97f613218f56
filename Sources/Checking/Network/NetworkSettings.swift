internal import Basics

/// How this machine reaches the network, for the places that say so: `doctor` and the checking screen. Nothing is
/// connected to.
package struct NetworkSettings: Equatable, Sendable {
  /// Host and port of the environment's proxy, without its login; nil when there is none or it cannot be used.
  package let proxy: String?
  /// Why the environment's proxy cannot be used, as a clause.
  package let proxyProblem: String?
  /// The files of certificate authorities that are trusted; empty when there is none, and then no check can succeed.
  package let authorityFiles: [String]
  /// Why the authorities cannot be used, as a clause.
  package let authorityProblem: String?

  /// - Parameters:
  ///   - options: what the command line says.
  ///   - variable: looks up a variable of the environment; that of this process when it is left out.
  package init(
    _ options: CheckOptions = CheckOptions(),
    variable: ((String) -> String?)? = nil
  ) {
    let environment = NetworkEnvironment(
      options.usesEnvironment ? variable ?? Environment.value : { _ in nil })
    do throws(ProxyServer.Unusable) {
      proxy = try environment.proxy?.name
      proxyProblem = nil
    } catch {
      proxy = nil
      proxyProblem = error.why
    }
    do throws(TransportFailure) {
      let roots = try TrustRoots(
        environmentFile: environment.authorityFile, optionFile: options.authorityFile)
      authorityFiles = [roots.base, roots.additional].compactMap { $0 }
      authorityProblem = nil
    } catch {
      authorityFiles = []
      authorityProblem = error.detail
    }
  }
}
