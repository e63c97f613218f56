internal import Basics

/// What a member of an answer is for, by its name.
enum EnvelopeMember: Equatable {
  /// Whether it worked: `ok`, `success`.
  case success
  /// Whether the credentials are good: `authenticated`.
  case proof
  /// Whether it did not work: `failed`.
  case failure
  /// A word or a number for how it went: `status`.
  case state
  /// A number for how it went, or anything else: `code`.
  case code
  /// A number or a word for what went wrong: nothing or 0 where nothing did.
  case errorCode
  /// What went wrong: `error`, `errors`, `fault`.
  case error
  /// A sentence that says how it went.
  case message
  case other

  private static let names: [String: EnvelopeMember] = {
    let table: [(EnvelopeMember, [String])] = [
      (
        .success,
        [
          "ok", "success", "successful", "succeeded", "issuccess", "issuccessful", "isok",
          "succeed", "wassuccessful", "requestsuccess", "successflag",
        ]
      ),
      (
        .proof,
        [
          "authenticated", "isauthenticated", "authorized", "isauthorized", "authorised",
          "loggedin",
          "isloggedin", "tokenvalid", "isvalidtoken", "keyvalid", "validkey", "validtoken",
          "istokenvalid", "iskeyvalid", "authsuccess", "authok", "isvalid", "valid",
        ]
      ),
      (
        .failure,
        ["failed", "failure", "haserror", "haserrors", "iserror", "hasfailed", "isfailed"]
      ),
      (
        .state,
        [
          "status", "stat", "result", "outcome", "responsestatus", "resultstatus", "statustext",
          "type", "requeststatus", "statusmessage", "ack",
        ]
      ),
      (
        .code,
        [
          "code", "statuscode", "httpstatus", "httpcode", "httpstatuscode", "responsecode",
          "resultcode", "returncode", "retcode", "ret", "httpstatusresponse", "rc",
        ]
      ),
      (
        .errorCode,
        [
          "errorcode", "errcode", "errno", "errornumber", "errorno", "errortype", "errorid",
          "errorname", "errorcodes", "errorstatus", "faultcode",
        ]
      ),
      (
        .error,
        [
          "error", "errors", "fault", "exception", "errormessage", "errormsg", "errordescription",
          "errordetail",
          "errortext", "errorresponse", "errmsg", "err", "errordetails", "faultstring",
          "errormessages", "errorinfo", "apierror", "exceptions", "errorreason", "errorlist",
        ]
      ),
      (
        .message,
        [
          "message", "msg", "detail", "details", "description", "reason", "title", "statustext",
          "messages", "info", "statusdescription", "hint", "responsemessage", "resultmessage",
          "returnmessage", "text", "comment", "explanation",
        ]
      ),
    ]
    return Dictionary(
      table.flatMap { member, names in names.map { ($0, member) } }, uniquingKeysWith: { a, _ in a }
    )
  }()

  /// - Parameter name: as `Reading` gives it.
  init(_ name: String) { self = Self.names[name] ?? .other }

  /// What a number counts where a list of failures is meant.
  static let lists: Set<String> = ["errors", "exceptions", "errorlist", "failed", "failure"]

  /// How names are read: without regard to case and to marks within them.
  struct Reading {
    let isXML: Bool

    /// Objects that hold how it went, beside the data.
    private static let wrappers: Set<String> = [
      "meta", "status", "responseheader", "rsp", "response",
    ]
    private static let wrappersInXML: Set<String> = ["envelope", "body", "header"]

    /// Empty for what is no member: the names that XML gives to spaces of names.
    func name(of key: String) -> String {
      var key = key[...]
      if isXML {
        if key.hasPrefix("$xmlns") || key.hasPrefix("$xsi:") || key.hasPrefix("$xml:") { return "" }
        if key.hasPrefix("$") { key = key.dropFirst() }
        if let colon = key.lastIndex(of: ":") { key = key[key.index(after: colon)...] }
      }
      return String(key.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " && $0 != "@" })
    }

    /// Whether an object of this name is looked into as if its members stood beside it.
    /// - Parameter isAlone: whether nothing stands beside it.
    func isWrapper(_ name: String, isAlone: Bool) -> Bool {
      switch EnvelopeMember(name) {
      case .state, .other:
        isAlone || Self.wrappers.contains(name) || isXML && Self.wrappersInXML.contains(name)
      case .success, .proof, .failure, .code, .errorCode, .error, .message: false
      }
    }
  }
}
