/// A port on 127.0.0.1 that refuses every connection. It is taken for as long as the tests run, so that no server of
/// another test can come to listen on it.
package enum DeadPort {
  package static let number = LoopbackPort().number
}
