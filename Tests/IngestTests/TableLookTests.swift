import Testing

@testable import Ingest

/// A small table, and how it is to be seen.
struct LookCase: CustomStringConvertible, Sendable {
  let description: String
  let text: String
  let delimiter: String
  let quote: String
  let header: Int
  let clean: String

  init(
    _ description: String, _ text: String, _ delimiter: String, quote: String = "",
    header: Int = 1, _ clean: String
  ) {
    (self.description, self.text, self.delimiter) = (description, text, delimiter)
    (self.quote, self.header, self.clean) = (quote, header, clean)
  }
}

let lookCases: [LookCase] = [
  LookCase("commas", "a,b,c\n1,2,3\n4,5,6\n", ",", "a,b,c\n1,2,3\n4,5,6\n"),
  LookCase(
    "semicolons with decimal commas", "x;y\n1,5;2,25\n3,5;4,75\n", ";",
    "x,y\n\"1,5\",\"2,25\"\n\"3,5\",\"4,75\"\n"),
  LookCase(
    "tabs with commas in text", "k\tv\n1\ta, b\n2\tc, d\n", "\t", "k,v\n1,\"a, b\"\n2,\"c, d\"\n"),
  LookCase("pipes", "id|name\n1|Ann\n2|Bob\n", "|", "id,name\n1,Ann\n2,Bob\n"),
  LookCase(
    "spaces", "host time code\na.b 10:00 200\nc.d 10:05 404\n", " ",
    "host,time,code\na.b,10:00,200\nc.d,10:05,404\n"),
  LookCase(
    "aligned columns", "City     Pop    Area\nBerlin   3645   891.7\nRome     2873  1285.0\n", " ",
    "City,Pop,Area\nBerlin,3645,891.7\nRome,2873,1285.0\n"),
  LookCase(
    "colons", "root:x:0:0:root:/root\nbin:x:1:1:bin:/bin\nftp:x:14:50:FTP:/srv\n", ":", header: 0,
    "root,x,0,0,root,/root\nbin,x,1,1,bin,/bin\nftp,x,14,50,FTP,/srv\n"),
  LookCase(
    "carets", "ID^NAME^DOB\n1^DOE, JO^1970-01-02\n2^ROE, AL^1981-11-23\n", "^",
    "ID,NAME,DOB\n1,\"DOE, JO\",1970-01-02\n2,\"ROE, AL\",1981-11-23\n"),
  LookCase(
    "tildes", "no~name~kcal\n1~BUTTER,SALTED~717\n2~OIL,PURE~876\n", "~",
    "no,name,kcal\n1,\"BUTTER,SALTED\",717\n2,\"OIL,PURE\",876\n"),
  LookCase(
    "two pipes", "id||name||note\n1||Ann||a|b\n2||Bob||\n3||Cy||x\n", "||",
    "id,name,note\n1,Ann,a|b\n2,Bob,\n3,Cy,x\n"),
  LookCase(
    "two colons", "1::Toy (1995)::Fun\n2::Heat (1995)::War\n3::Jude (1996)::Law\n", "::", header: 0,
    "1,Toy (1995),Fun\n2,Heat (1995),War\n3,Jude (1996),Law\n"),
  LookCase(
    "unit separators", "id\u{1F}name\n1\u{1F}Ann, B\n2\u{1F}Bob; C\n", "\u{1F}",
    "id,name\n1,\"Ann, B\"\n2,Bob; C\n"),
  LookCase("one column of words", "word\napple\npear\nplum\n", "", "word\napple\npear\nplum\n"),
  LookCase(
    "one column of decimal commas", "Wert\n1,5\n2,75\n10,125\n", "",
    "Wert\n\"1,5\"\n\"2,75\"\n\"10,125\"\n"),
  LookCase(
    "one column of names", "Name\nSmith, John\nDoe, Jane\nLee, Min\n", "",
    "Name\n\"Smith, John\"\n\"Doe, Jane\"\n\"Lee, Min\"\n"),
  LookCase(
    "one column of moments", "2023-01-01 10:00:00\n2023-01-02 11:30:00\n2023-01-03 12:45:10\n", "",
    header: 0, "2023-01-01 10:00:00\n2023-01-02 11:30:00\n2023-01-03 12:45:10\n"),
  LookCase(
    "quotes around delimiters", "n,v\n1,\"a, b\"\n2,c\n", ",", quote: "\"",
    "n,v\n1,\"a, b\"\n2,c\n"),
  LookCase(
    "doubled quotes", "n,v\n1,\"say \"\"hi\"\" now\"\n2,\"x\"\n", ",", quote: "\"",
    "n,v\n1,\"say \"\"hi\"\" now\"\n2,x\n"),
  LookCase(
    "quotes after backslashes", "n,v\n1,\"say \\\"no, no\\\" twice\"\n2,\"x\"\n", ",", quote: "\"",
    "n,v\n1,\"say \"\"no, no\"\" twice\"\n2,x\n"),
  LookCase(
    "bare quotes in quotes", "n,v\n1,\"the \"big\" one\"\n2,\"a, b\"\n", ",", quote: "\"",
    "n,v\n1,\"the \"\"big\"\" one\"\n2,\"a, b\"\n"),
  LookCase(
    "apostrophes as quotes", "'id','note'\n'1','a, b'\n'2','O''Brien'\n", ",", quote: "'",
    "id,note\n1,\"a, b\"\n2,O'Brien\n"),
  LookCase(
    "apostrophes in text", "title,year\n'Til Then,1997\nDon't Look,2021\nRock 'n' Roll,1979\n", ",",
    "title,year\n'Til Then,1997\nDon't Look,2021\nRock 'n' Roll,1979\n"),
  LookCase(
    "inch marks", "size\tname\n10\t12\" ruler\n11\t6\" nails\n", "\t",
    "size,name\n10,\"12\"\" ruler\"\n11,\"6\"\" nails\"\n"),
  LookCase(
    "tildes as quotes", "~01~^~Butter, salted~^6.38\n~02~^~Cheese~^3.5\n", "^", quote: "~",
    header: 0,
    "01,\"Butter, salted\",6.38\n02,Cheese,3.5\n"),
  LookCase(
    "line ends in quotes", "id;text\n1;\"one\ntwo; 2\"\n2;\"a\n\nb\"\n3;c\n", ";", quote: "\"",
    "id,text\n1,\"one\ntwo; 2\"\n2,\"a\n\nb\"\n3,c\n"),
  LookCase(
    "an unclosed quote", "id,name,n\n1,\"a, b\",5\n2,\"open,6\n3,\"c, d\",7\n4,e,8\n", ",",
    quote: "\"", "id,name,n\n1,\"a, b\",5\n2,\"\"\"open\",6\n3,\"c, d\",7\n4,e,8\n"),
  LookCase(
    "an unclosed quote in the last row", "id,name\n1,\"a, b\"\n2,c\n3,\"open\n", ",", quote: "\"",
    "id,name\n1,\"a, b\"\n2,c\n3,\"\"\"open\"\n"),
  LookCase(
    "a missing delimiter between quotes",
    "a,b,c\n\"1\",\"x\",\"5\"\n\"2\"\"y\",\"6\"\n\"3\",\"z\",\"7\"\n",
    ",", quote: "\"", "a,b,c\n1,x,5\n2,y,6\n3,z,7\n"),
  LookCase(
    "a delimiter too many", "id,day,n\n1,2023-01-01,5\n2,,2023-01-02,6\n3,2023-01-03,7\n", ",",
    "id,day,n\n1,2023-01-01,5\n2,2023-01-02,6\n3,2023-01-03,7\n"),
  LookCase(
    "preamble",
    "Report of stations\nExported by admin\n\nday,n,m\n2023-01-01,3,4\n2023-01-02,5,6\n",
    ",", header: 4, "day,n,m\n2023-01-01,3,4\n2023-01-02,5,6\n"),
  LookCase(
    "delimited preamble",
    "Survey,,,\nRegion,North,,\n,,,\nid,q1,q2,q3\n1,a,b,5\n2,c,d,3\n3,e,f,4\n",
    ",", header: 4, "id,q1,q2,q3\n1,a,b,5\n2,c,d,3\n3,e,f,4\n"),
  LookCase(
    "comments", "# made by x\n# a, b\nid,n\n1,5\n# half way\n2,6\n", ",", header: 3,
    "id,n\n1,5\n2,6\n"),
  LookCase("names in a comment", "# a b c\n1 2 3\n4 5 6\n", " ", "a,b,c\n1,2,3\n4,5,6\n"),
  LookCase("blank lines", "\nid,n\n\n1,5\n\n2,6\n", ",", header: 2, "id,n\n1,5\n2,6\n"),
  LookCase(
    "a footer", "id;n;m\n1;5;a\n2;6;b\n\nMade on 01.02.2023, 10:15\n", ";", "id,n,m\n1,5,a\n2,6,b\n"
  ),
  LookCase(
    "a total", "name,n,m\nx,5,1\ny,6,2\nz,7,3\nTotal,18,6\n", ",", "name,n,m\nx,5,1\ny,6,2\nz,7,3\n"
  ),
  LookCase(
    "two header rows", "time,load,mass\ns,N,kg\n0.1,5,2\n0.2,6,2\n0.3,7,2\n0.4,8,2\n0.5,9,2\n", ",",
    "time s,load N,mass kg\n0.1,5,2\n0.2,6,2\n0.3,7,2\n0.4,8,2\n0.5,9,2\n"),
  LookCase(
    "two tables", "item,qty\nnut,5\nbolt,7\n\nregion,who,phone\nnorth,Ann,555\nsouth,Bob,559\n",
    ",",
    "item,qty\nnut,5\nbolt,7\n"),
  LookCase("no header", "1,2.5,x\n2,3.5,y\n", ",", header: 0, "1,2.5,x\n2,3.5,y\n"),
  LookCase(
    "years as names", "land,2019,2020,2021\nA,5,6,7\nB,8,9,10\n", ",",
    "land,2019,2020,2021\nA,5,6,7\nB,8,9,10\n"),
  LookCase("one row", "alpha,beta,gamma\n", ",", "alpha,beta,gamma\n"),
  LookCase("nothing", "", "", header: 0, ""),
  LookCase("only blanks", "\n  \n\n", "", header: 0, ""),
  LookCase("carriage returns", "id,n\r1,10:00\r2,11:30\r", ",", "id,n\n1,10:00\n2,11:30\n"),
  LookCase("mixed line ends", "id;n\r\n1;5\n2;6\r3;7\r\n", ";", "id,n\n1,5\n2,6\n3,7\n"),
  LookCase("sep line", "sep=;\na;b\n1,5;x\n2,5;y\n", ";", header: 2, "a,b\n\"1,5\",x\n\"2,5\",y\n"),
  LookCase("trailing delimiters", "a,b,c,\n1,2,3,\n4,5,6,\n", ",", "a,b,c\n1,2,3\n4,5,6\n"),
  LookCase(
    "short and long rows", "a,b,c\n1,2,3\n4\n5,6,7,8\n9,1,2\n", ",",
    "a,b,c,\n1,2,3,\n4,,,\n5,6,7,8\n9,1,2,\n"),
  LookCase("byte-order mark", "\u{FEFF}id,n\n1,5\n2,6\n", ",", "id,n\n1,5\n2,6\n"),
  LookCase(
    "times", "start;end;room\n08:00;09:30;A1\n09:45;11:15;B2\n", ";",
    "start,end,room\n08:00,09:30,A1\n09:45,11:15,B2\n"),
  LookCase(
    "addresses", "t|http://x.org/a?b=1,2|ok\nu|http://x.org/c;d|no\nv|http://y.org:80/|ok\n", "|",
    header: 0, "t,\"http://x.org/a?b=1,2\",ok\nu,http://x.org/c;d,no\nv,http://y.org:80/,ok\n"),
  LookCase(
    "JSON in cells", "id;p;ok\n1;{\"a\": 1, \"b\": [1, 2]};true\n2;{\"a\": 2, \"b\": []};false\n",
    ";",
    "id,p,ok\n1,\"{\"\"a\"\": 1, \"\"b\"\": [1, 2]}\",true\n"
      + "2,\"{\"\"a\"\": 2, \"\"b\"\": []}\",false\n"
  ),
  LookCase(
    "blanks after delimiters", "id, name, n\n1, Ann, 5\n2, \"B, C\", 6\n", ",", quote: "\"",
    "id,name,n\n1,Ann,5\n2,\"B, C\",6\n"),
  LookCase(
    "a table of Markdown", "| Name | Qty |\n|------|-----|\n| Nut  | 5   |\n| Bolt | 12  |\n", "|",
    "Name,Qty\nNut,5\nBolt,12\n"),
  LookCase(
    "row numbers without a name", "\"x\",\"y\"\n\"1\",5,\"a\"\n\"2\",6,\"b\"\n\"3\",7,\"c\"\n", ",",
    quote: "\"", ",x,y\n1,5,a\n2,6,b\n3,7,c\n"),
  LookCase(
    "names delimited otherwise", "id name born\n1,Ann,2001-02-03\n2,Bob,2004-05-06\n", ",",
    "id,name,born\n1,Ann,2001-02-03\n2,Bob,2004-05-06\n"),
  LookCase(
    "a frame of lines", "+----+-----+\n| id | n   |\n+----+-----+\n| 1  | a b |\n+----+-----+\n",
    "|",
    header: 2, "id,n\n1,a b\n"),
  LookCase(
    "front matter", "---\nname: x\nfields:\n  - name: a\n  - name: b\n---\na,b\n1,x\n2,y\n", ",",
    header: 7, "a,b\n1,x\n2,y\n"),
]

func lookBytes(of text: String) -> [UInt8] { Array(text.utf8) }

@Suite struct TableLookTests {
  @Test(arguments: lookCases) func seesTable(_ one: LookCase) {
    let look = TableLook(lookBytes(of: one.text))
    #expect(look.dialect.delimiter == one.delimiter)
    #expect(look.dialect.quote.map { String(decoding: [$0], as: UTF8.self) } ?? "" == one.quote)
    #expect(look.headerLine == one.header)
    #expect(String(decoding: look.csv(), as: UTF8.self) == one.clean)
  }

  @Test func namesEncodings() {
    let text = "Stadt;n\nKöln;1\nGraz;2\n"
    #expect(TableLook(Array(text.utf8)).encoding == .utf8)
    let latin = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    #expect(TableLook(latin).encoding == .windows1252)
    #expect(TableLook(latin).row(0) == ["Köln", "1"])
    let low = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let high = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    for (raw, encoding) in [
      (low, TableEncoding.utf16LittleEndian), ([0xFF, 0xFE] + low, .utf16LittleEndian),
      (high, .utf16BigEndian), ([0xFE, 0xFF] + high, .utf16BigEndian),
    ] {
      #expect(TableLook(raw).encoding == encoding)
      #expect(TableLook(raw).row(0) == ["Köln", "1"])
    }
    let cyrillic: [UInt8] = [0xC4, 0xE0, 0xF2, 0xE0, 0x3B, 0x6E, 10, 0xCE, 0xEA, 0x3B, 0x31, 10]
    #expect(TableLook(cyrillic).encoding == .windows1251)
    #expect(TableLook(cyrillic).columns.first?.name == "Дата")
  }

  @Test func namesTypes() {
    let text = """
      i;f;d;t;m;s;b;x;e
      1;1.234,50;01.02.2023;08:15;2023-01-02T10:00:00;90:15;true;a;
      2;12,25;13.02.2023;09:30;2023-01-03T11:00:00;100:20;false;b;
      3;0,5;14.02.2023;10:45;2023-01-04T12:00:00;26:10;true;c;

      """
    let look = TableLook(lookBytes(of: text))
    let types = look.columns.map(\.type)
    #expect(
      types == [
        .integer, .number, .date, .time, .datetime, .duration, .boolean, .text, .empty,
      ])
    #expect(look.columns[1].format == "comma decimals, thousands by points")
    #expect(look.columns[2].format == "dd.mm.yyyy")
    #expect(look.columns[4].format == "yyyy-mm-ddThh:mm:ss")
    #expect(look.decimal == ",")
  }

  @Test func saysWhatItSkips() {
    let look = TableLook(
      lookBytes(of: "Report\n# x\n\nid,n,m\n1,5,a\n2,6\n3,7,b\n\nThe end of it\n"))
    #expect(
      look.skipped.map { "\($0.line) \($0.why)" } == [
        "1 preamble", "2 comment", "3 blank", "8 blank", "9 footer",
      ])
    #expect(look.ragged == [6])
    #expect(look.rows == 3)
    #expect(look.row(1) == ["2", "6", ""])
  }

  @Test func saysWhatItMends() {
    let joined = "a,b,c\n\"1\",\"x\",\"5\"\n\"2\"\"y\",\"6\"\n\"3\",\"z\",\"7\"\n"
    #expect(TableLook(lookBytes(of: joined)).ragged == [3])
    let surplus = "id,day,n\n1,2023-01-01,5\n2,,2023-01-02,6\n3,2023-01-03,7\n"
    #expect(TableLook(lookBytes(of: surplus)).ragged == [3])
  }

  @Test func takesNoHeaderWhereTold() {
    let look = TableLook(lookBytes(of: "a,b\n1,2\n3,4\n"), withHeader: false)
    #expect(look.headerLine == 0)
    #expect(look.rows == 3)
  }

  @Test func writesJSON() {
    let look = TableLook(lookBytes(of: "a,\"b \"\"x\"\"\"\n1,y\n"))
    #expect(
      look.json()
        == #"{"schema":1,"encoding":"utf-8","delimiter":",","quote":"\"","decimal":"","#
        + #""header_line":1,"skipped":[],"columns":[{"name":"a","type":"integer","format":""},"#
        + #"{"name":"b \"x\"","type":"text","format":""}],"rows":1,"ragged":[]}"#)
  }

  @Test func standsAnyBytes() {
    var state: UInt64 = 7
    for length in 0..<400 {
      let raw = (0..<length).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let letters: [UInt8] = [
          0x22, 0x2C, 0x0A, 0x0D, 0x27, 0x5C, 0x3B, 0x20, 0x31, 0x61, 0xFF, 0,
        ]
        return letters[Int(state >> 33) % letters.count]
      }
      let look = TableLook(raw)
      #expect(look.columns.count >= (look.rows > 0 ? 1 : 0))
      #expect(!look.json().isEmpty)
      _ = look.csv()
    }
  }
}
