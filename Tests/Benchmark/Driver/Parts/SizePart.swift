/// The size of the file as it is shipped.
struct SizePart {
  let bench: Bench

  func run() {
    bench.report.row(
      "size, MB", bench.subjects.map { .success(Double($0.size) / 1e6) }, aim: "≤ 28")
  }
}
