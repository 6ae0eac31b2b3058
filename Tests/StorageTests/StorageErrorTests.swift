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
        .busy(path: "/d/l.sqlite", by: "another run (process 7, for 3 s)"),
        "the database /d/l.sqlite is in use by another run (process 7, for 3 s). Try again when that "
          + "is done."
      ),
      (
        .unfinished(path: "/d/l.sqlite"),
        "the database /d/l.sqlite was replaced, or a run that wrote to it was ended, while it was read. "
          + "Try again."
      ),
      (
        .restoreUnfinished(path: "/d/l.sqlite", kept: "/d/l.sqlite.before-restore"),
        "there is no database at /d/l.sqlite, but /d/l.sqlite.before-restore lies beside it: a restore "
          + "was broken off. Restore again, rename that file to /d/l.sqlite, or remove it to begin anew."
      ),
      (
        .notACopy(path: "/d/l.sqlite"),
        "/d/l.sqlite is there and is no copy made by lumbar backup: it may be a database in use. Nothing "
          + "was changed; name another file."
      ),
      (
        .outdated(path: "/d/l.sqlite"),
        "/d/l.sqlite was written by an earlier lumbar and has to be brought up to date, but cannot be "
          + "written to. Make it writable, or copy it to another place."
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
