internal import Basics
internal import ProviderFormat
internal import Requests

/// What a command line says of a request, apart from its body.
struct RequestLine {
  /// What is asked, without the body.
  let call: APICall
  let options: CallOptions

  /// - Throws: `.usage` for whatever cannot be meant.
  init(_ command: RequestCommand) throws(CommandError) {
    let (method, path) = try RequestLine.target(command.words)
    var call = APICall(method: method, target: .path(path), baseURL: command.baseURL)
    for text in command.parameters {
      let (name, value) = try RequestLine.pair(text, at: "=", of: "-q", "-q page=2")
      call.parameters.append(APICall.Parameter(name: name, value: value))
    }
    for text in command.headers {
      let (name, value) = try RequestLine.pair(text, at: ":", of: "-H", "-H 'Accept: text/csv'")
      call.headers.append(APICall.Header(name: name, value: value.trimmed))
    }
    self.call = call
    var options = CallOptions()
    options.retries = command.retries
    options.retryOn = try RequestLine.statuses(command.retryOn)
    options.maxWait = command.maxWait?.seconds ?? options.maxWait
    options.timeout = command.timeout?.seconds ?? options.timeout
    options.tellsHeads = command.verbose
    if command.paginate {
      var paging = CallPaging(form: command.jsonl ? .lines : command.slurp ? .pages : .items)
      paging.pageSize = command.pageSize
      paging.mostPages = command.maxPages ?? paging.mostPages
      options.paging = paging
    }
    self.options = options
  }

  /// `POST /users`, or `/users` alone.
  private static func target(_ words: [String]) throws(CommandError) -> (String?, String) {
    guard let first = words.first, isMethod(first) else {
      if words.count < 2, let path = words.first { return (nil, path) }
      throw .usage(
        Explanation(
          what: "\(words.first ?? "") is no method", why: "one is written in capital letters",
          advice: "for example: usher request tally GET /users/me"))
    }
    guard words.count == 2 else {
      throw .usage(
        Explanation(
          what: "there is no path to ask for", why: "\(first) is a method",
          advice: "for example: usher request tally \(first) /users/me"))
    }
    return (first, words[1])
  }

  private static func isMethod(_ word: String) -> Bool {
    !word.isEmpty && word.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
  }

  /// The two sides of a mark, the first of which has a name.
  static func pair(
    _ text: String, at mark: Character, of option: String, _ example: String
  ) throws(CommandError) -> (String, String) {
    guard let place = text.firstIndex(of: mark), place > text.startIndex else {
      throw .usage(
        Explanation(
          what: "\(option) \(text) is no pair",
          why: "a name stands before the \"\(mark)\", and its value behind it",
          advice: "for example: \(example)"))
    }
    return (String(text[..<place]), String(text[text.index(after: place)...]))
  }

  private static func statuses(_ texts: [String]) throws(CommandError) -> [String] {
    let words = texts.flatMap { $0.split(separator: ",").map { String($0).trimmed } }
    for word in words where StatusSet(.string(word)) == nil {
      throw .usage(
        Explanation(
          what: "--retry-on \(word) is no status",
          why: "a status is a number from 100 to 599, or as many as 5xx or 500-502",
          advice: "for example: --retry-on 409,5xx"))
    }
    return words
  }
}
