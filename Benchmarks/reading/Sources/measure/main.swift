import Configuration
import Glibc
import Ingest
import Records

// Reads files into records on one core and stores nothing: MB a second of the median of five readings.
// Usage: measure FILE...

/// A file, read in pieces as the program reads it.
final class Descriptor: ByteSource {
  private let descriptor: Int32
  let size: Int

  init?(_ path: String) {
    descriptor = open(path, O_RDONLY)
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else { return nil }
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  func rewind() { lseek(descriptor, 0, SEEK_SET) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    Glibc.read(descriptor, buffer.baseAddress, buffer.count)
  }
}

func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

let profiles = try builtInProfiles()
for path in CommandLine.arguments.dropFirst() {
  guard let file = Descriptor(path) else { print("\(path): cannot be read"); continue }
  var found: [Double] = []
  var records = 0
  var form = ""
  for _ in 0..<5 {
    file.rewind()
    var options = ReadingOptions(latestDay: Day(number: 30_000))
    options.profiles = profiles
    options.patient = "X"
    records = 0
    let start = now()
    let summary = try readRecords(from: file, options: options) { batch in
      records += batch.recordCount
    }
    found.append(now() - start)
    form = summary.profile ?? summary.format
  }
  let seconds = found.sorted()[2]
  print("\(path)\t\(form)\t\(records) records\t\(seconds) s\t\(Double(file.size) / 1e6 / seconds) MB/s")
}
