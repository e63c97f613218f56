internal import CLinux
internal import Glibc
internal import Secrets

/// Whether secrets can be locked in memory here.
enum MemoryExamination {
  static func examine() -> [Examination] {
    // Two values of the largest size are what a check of a key file needs.
    var buffer = SecretBuffer(capacity: 2 * SecretBuffer.fileCapacity)
    while buffer.append(0) {}
    var limit = rlimit()
    _ = unsafe getrlimit(__rlimit_resource_t(__RLIMIT_MEMLOCK.rawValue), &limit)
    let allowed =
      limit.rlim_cur == rlim_t.max ? "no limit" : "a limit of \(limit.rlim_cur / 1024) KiB"
    guard buffer.isLocked else {
      return [
        Examination(
          "memory lock", .warning, "secrets cannot all be locked in memory (\(allowed))",
          advice:
            "raise it with ulimit -l, or LimitMEMLOCK= in a systemd unit; values are wiped either way"
        )
      ]
    }
    return [Examination("memory lock", .good, "secrets are locked in memory (\(allowed))")]
  }
}
