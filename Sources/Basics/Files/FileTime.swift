internal import CLinux
internal import Glibc

/// A time of the file system.
package struct FileTime: Equatable, Sendable {
  /// Since 1970.
  package var seconds: Int64
  /// 0 to 999 999 999.
  package var nanoseconds: Int64

  /// - Parameter nanoseconds: 0 to 999 999 999; not checked.
  package init(seconds: Int64, nanoseconds: Int64) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// Nanoseconds from `other` to this one; far more than anybody waits for counts as that.
  package func nanoseconds(after other: FileTime) -> Int64 {
    let whole = (seconds &- other.seconds).multipliedReportingOverflow(by: 1_000_000_000)
    let sum = whole.partialValue.addingReportingOverflow(nanoseconds &- other.nanoseconds)
    guard !whole.overflow, !sum.overflow else { return seconds > other.seconds ? .max : .min }
    return sum.partialValue
  }

  /// The system's clock, as files are stamped by it.
  @Sendable package static func now() -> FileTime {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return FileTime(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
  }
}
