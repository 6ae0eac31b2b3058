import Testing

@testable import Storage

@Suite("StorageError")
struct StorageErrorTests {
  @Test(
    "Each error says what is wrong and what to do",
    arguments: [
      (
        StorageError.missing(path: "/d/l.sqlite"),
        "there is no database at /d/l.sqlite. Import something first, or pass --database PATH."
      ),
      (
        .cannotOpen(path: "/d/l.sqlite", cause: "Permission denied"),
        "the database /d/l.sqlite cannot be opened: Permission denied. Check the path and its "
          + "permissions."
      ),
      (
        .notADatabase(path: "/d/l.csv"),
        "/d/l.csv is not a database. Nothing was changed; pass another --database PATH."
      ),
      (
        .foreign(path: "/d/photos.db"),
        "/d/photos.db is a database of another program. Nothing was changed; pass another "
          + "--database PATH."
      ),
      (
        .newer(path: "/d/l.sqlite", version: 7, known: 1),
        "/d/l.sqlite was written by a newer lumbar (schema 7, this one knows 1). Nothing was "
          + "changed; update lumbar."
      ),
      (
        .damaged(path: "/d/l.sqlite", cause: "page 3 is torn"),
        "the database /d/l.sqlite is damaged: page 3 is torn. Nothing was changed; restore a "
          + "backup."
      ),
      (
        .busy(path: "/d/l.sqlite"),
        "the database /d/l.sqlite is in use by another run. Try again when that one is done."
      ),
      (.failed(cause: "disk I/O error"), "the database reported: disk I/O error."),
      (
        .accountsDoNotAddUp(file: "a.csv"),
        "the rows of a.csv do not add up; nothing of it was kept. This is a bug, please report it."
      ),
    ] as [(StorageError, String)])
  func words(error: StorageError, expected: String) {
    #expect("\(error)" == expected)
  }
}
