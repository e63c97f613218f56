internal import Basics
internal import Checking
internal import Connections
internal import Glibc
internal import ProviderFormat
internal import Requests
internal import Secrets
internal import Store
internal import Tokens

/// The check of a connection that a person has agreed to link: a request with its access token where the entry names one,
/// else a renewal. Either says whether access still stands; where there is neither nothing is asked.
struct ConsentCheck {
  let network: NetworkOptions
  /// Becomes readable when nobody wants to wait any more; nil where a signal ends the program.
  var cancel: EventDescriptor?

  func diagnosis(
    of record: borrowing ConnectionRecord, in session: borrowing StoreSession
  ) -> Diagnosis {
    let access = ConnectionAccess(network: network, cancel: cancel)
    if let endpoint = Self.endpoint(of: record.provider) {
      return asking(endpoint, record, session, access)
    }
    return renewing(record, session, access)
  }

  /// What a GET is enough for.
  private static func endpoint(of provider: Provider) -> String? {
    guard let verification = provider.proxy.verification, verification.method == "GET",
      verification.data == nil, verification.headers.isEmpty,
      verification.baseURLOverride == nil
    else { return nil }
    return verification.endpoints.first
  }

  private func asking(
    _ endpoint: String, _ record: borrowing ConnectionRecord, _ session: borrowing StoreSession,
    _ access: ConnectionAccess
  ) -> Diagnosis {
    let name = record.facts.name
    let token: TokenSet
    do throws(TokenError) {
      token = try access.token(of: name, in: session)
    } catch {
      return error.diagnosis
    }
    var options = CallOptions()
    options.retries = 0
    options.timeout = Self.timeout
    let request = CallRequest(
      APICall(method: "GET", target: .path(endpoint)), options: options)
    // What is answered is of no interest, only that it is.
    guard let nowhere = try? FileDescriptor.open("/dev/null", O_WRONLY) else {
      return .unreachable(.internalFailure, host: nil)
    }
    let outcome = access.call(
      request, by: HelperCaller(options: network.checkOptions, output: nowhere.number), of: record,
      token, in: session, cancel: cancel ?? EventDescriptor(signals: [])
    ) { _ in }
    if let diagnosis = outcome.diagnosis { return diagnosis }
    var diagnosis = Diagnosis(
      kind: .accepted, sentence: "\(record.provider.displayName) takes the access token.")
    diagnosis.status = outcome.status
    return diagnosis
  }

  /// In seconds: a check answers soon, or has not been answered.
  private static let timeout: Int64 = 10

  private func renewing(
    _ record: borrowing ConnectionRecord, _ session: borrowing StoreSession,
    _ access: ConnectionAccess
  ) -> Diagnosis {
    let (provider, name) = (record.provider.displayName, record.facts.name)
    let former = try? session.tokens(of: name)
    do throws(TokenError) {
      // The token that there is says whether it has to be renewed at all, and whether it can be.
      let token = try access.token(of: name, in: session)
      if Renewal.outlook(record.submission(), known: .some(token.duplicate())) != .possible {
        return Diagnosis(
          kind: .uncheckable,
          sentence:
            "No check is known for \(provider), and its token is not renewed now: nothing was asked."
        )
      }
      // Where it was near its end, that has been the check already.
      if token.isSame(as: former) {
        _ = try access.token(of: name, in: session, isFresh: true)
      }
      return Diagnosis(
        kind: .accepted, sentence: "\(provider) has renewed the access token: access stands.")
    } catch {
      return error.diagnosis
    }
  }
}
