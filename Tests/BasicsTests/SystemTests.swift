import Basics
import CLinux
import Testing

@Suite struct Systems {
  @Test func `every failure has words and no number`() {
    for code in 1...133 as ClosedRange<Int32> {
      let reason = SystemError(code: code).reason
      #expect(!reason.isEmpty)
      #expect(reason.first?.isUppercase == false)
      #expect(!reason.hasSuffix("."))
    }
  }

  @Test func `an event wakes who waits for it until it is cleared`() {
    let event = EventDescriptor()
    let isSet: () -> Bool = {
      var wait = [pollfd(fd: event.number, events: Int16(POLLIN), revents: 0)]
      return unsafe poll(&wait, 1, 0) == 1
    }
    #expect(!isSet())
    event.set()
    event.set()
    #expect(isSet())
    event.clear()
    #expect(!isSet())
  }

  @Test func `a value is handed over once`() {
    let box = SendOnceBox(17)
    #expect(box.take() == 17)
    #expect(box.take() == nil)
  }

  @Test(
    arguments: [
      (.zero, 1), (.seconds(-1), 0), (.milliseconds(250), 251), (.nanoseconds(1), 1),
      (.seconds(Int64.max / 1000), .max),
    ] as [(Duration, Int32)])
  func `a poll ends when the time has come and not before`(time: Duration, milliseconds: Int32) {
    #expect(time.pollMilliseconds == milliseconds)
  }

  @Test func `the environment is the one that the system has`() throws {
    let environment = Environment.current()
    let path = try #require(Environment.value("PATH"))
    #expect(environment["PATH"] == path)
    #expect(environment.variables["PATH"] == path)
    #expect(environment["NO_SUCH_VARIABLE_OF_USHER"] == nil)
    #expect(Environment.value("NO_SUCH_VARIABLE_OF_USHER") == nil)
  }

  @Test func `the task pool's remarks stay out of the system's log`() {
    Threads.silencePool()
    #expect(Environment.value("LIBDISPATCH_LOG") == "NO")
  }
}
