/// What the session wants next.
package enum DeviceAction: ~Copyable {
  case send(PreparedRequest)
  /// To be shown to the person. It is handed out once; ask for the next action at once.
  case show(DeviceCode)
  /// Nothing is to be asked for so many seconds.
  case wait(seconds: Int64)
  /// It is over. What was got is handed out once.
  case done(LinkOutcome)
}
