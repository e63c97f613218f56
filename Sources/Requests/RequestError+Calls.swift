internal import Basics

/// What is wrong with what a caller asks for.
extension RequestError {
  /// Names places of the entry and of the command line, never a value.
  var callExplanation: Explanation {
    var explanation = Explanation(what: "the request cannot be built")
    switch self {
    case .badHeaderName:
      explanation.why = "a header's name has letters, digits and hyphens"
      explanation.advice = "write it as NAME: VALUE"
    case .reservedHeader(let name):
      explanation.why = "the header \(name) belongs to the connection and not to the request"
      explanation.advice = "leave it out"
    case .badMethod:
      explanation.why = "its method is none that is sent through an account"
      explanation.advice = "use GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS"
    case .noBaseAddress:
      explanation.why = "the provider's entry names no address that a path could stand below"
      explanation.advice = "name one with --base-url"
    case .otherOrigin(let place):
      explanation.why = "\(place) is not where the provider's entry sends the credentials"
      explanation.advice = "give the path alone, or name that place with --base-url"
    case .badBody:
      explanation.why =
        "the provider's entry adds members to the body, and it is not of a form that has members"
      explanation.advice = "send a JSON object, or form fields"
    case .needsWholeBody:
      explanation.why =
        "the body has to be there as a whole: something is added to it, or it is signed"
      explanation.advice = "give a body of at most \(CallBody.contentLimit / 1024 / 1024) MiB"
    case .noPages:
      explanation.what = "the pages cannot be followed"
      explanation.why = "the provider's entry does not say what leads from one to the next"
      explanation.advice = "ask for one page after the other, with -q"
    case .noPageSize:
      explanation.what = "the size of a page cannot be asked for"
      explanation.why = "the provider's entry does not say which parameter it goes into"
      explanation.advice = "leave it out, or set the parameter with -q"
    case .badStatus:
      explanation.why = "what is to be tried again is no status from 100 to 599"
      explanation.advice = "write 404, 5xx or 500-502"
    case .unfilled, .noAddress, .badAddress, .badPart, .badHeader, .badArgument,
      .badClientCertificate, .badKey, .tooLong:
      break
    }
    return explanation
  }
}
