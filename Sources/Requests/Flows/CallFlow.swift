internal import Basics
internal import ProviderFormat
internal import Secrets

/// A request through a linked account, and what asks for the pages of a list.
struct CallFlow {
  private let provider: Provider
  private let inputs: FlowInputs

  /// What tables of flows ask for.
  private static let call = APICall(target: .path("/some/path?x=1"))

  init(_ provider: Provider, _ inputs: FlowInputs) {
    self.provider = provider
    self.inputs = inputs
  }

  /// Writes `request`.
  func write(to json: inout SecretJSONWriter) { write("request", Self.call, to: &json) }

  /// Writes `next_page`: the first page and the one that an answer to it leads to.
  /// - Parameter given: the `body` of the answer, and its `headers`.
  func writePages(after given: Value, to json: inout SecretJSONWriter) {
    guard let pagination = provider.proxy.pagination else { return }
    let turn = PageTurn(pagination: pagination)
    let call = turn.first(Self.call)
    json.key("next_page")
    json.beginObject()
    write("first", call, to: &json)
    let headers = (given["headers"]?.map?.members ?? []).compactMap { member in
      member.value.text.map { (name: member.key, value: $0) }
    }
    let body = given["body"]?.json ?? ""
    let answer = CheckAnswer(
      status: 200, headers: headers, body: SecretBuffer(text: body, capacity: 1))
    if let next = next(turn, after: answer, to: call) { write("request", next, to: &json) }
    json.endObject()
  }

  /// Nil where there is no next page, or none that may be asked for.
  private func next(
    _ turn: PageTurn, after answer: borrowing CheckAnswer, to call: APICall
  ) -> APICall? {
    guard let request = try? request(call) else { return nil }
    return try? turn.next(after: answer, to: call, at: request.origin)
  }

  private func request(_ call: APICall) throws(RequestError) -> PreparedRequest {
    var context = CheckContext(inputs.sources(provider))
    return try context.builder.build(call, .none, from: &context.sources)
  }

  private func write(_ key: String, _ call: APICall, to json: inout SecretJSONWriter) {
    let isCompressed = provider.proxy.isCompressed
    json.member(key) { () throws(RequestError) in
      try request(call)
    } rest: { _, json in
      if isCompressed {
        json.key("decompress")
        json.bool(true)
      }
    }
  }
}
