/// What a session that has requests sent wants next: whoever sends asks until it is over.
package enum SessionAction<Outcome: ~Copyable>: ~Copyable {
  /// To be sent; then `receive` is told the answer, or `fail` why there is none.
  case send(PreparedRequest)
  /// It is over. What was got and cannot be copied is handed out once.
  case done(Outcome)
}
