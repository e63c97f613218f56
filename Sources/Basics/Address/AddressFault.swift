/// Which rule of addresses is broken; the raw value says it in words.
package enum AddressFault: String, Error, Sendable {
  case scheme = "an address begins with https://"
  case host = "a host name has letters, digits, dots, hyphens and underscores only"
  case port = "a port is a number from 1 to 65535"
  case userInfo = "an address may hold no user name"
  case dotSegment = "a part of a path may not be . or .."
  case character = "it holds a blank or a control character"
  case noXML = "it holds a control character, which XML cannot"
  case queryInHost = "a host or address given here ends before any ? or #"
}
