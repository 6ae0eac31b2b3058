extension HTMLPage {
  /// The style sheet. Colours are those of Okabe and Ito, lighter ones on a dark screen; print is
  /// always light, and holds the cards and the notes on one sheet.
  static let style = """
    :root{color-scheme:light dark;--ink:#1b1b1b;--soft:#4a4a4a;--paper:#fff;--card:#f5f6f8;\
    --line:#767676;--grid:#d0d3d8;--blue:#0072b2;--sky:#2b84b8;--orange:#b36b00;--green:#007a59;\
    --red:#b84a00;--purple:#a1487a;--band:#d9e8f2}
    @media screen and (prefers-color-scheme:dark){:root{--ink:#f0f0f0;--soft:#c4c4c4;\
    --paper:#121212;--card:#1e2126;--line:#a8a8a8;--grid:#41464e;--blue:#56b4e9;--sky:#8cccf0;\
    --orange:#e69f00;--green:#2fc79b;--red:#ff8a4c;--purple:#e0a0c4;--band:#24404f}}
    @media print{:root{color-scheme:light}}
    *{box-sizing:border-box}
    body{margin:0 auto;padding:1rem;max-width:64rem;color:var(--ink);background:var(--paper);\
    font:16px/1.45 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;overflow-wrap:anywhere}
    h1{font-size:1.5rem;line-height:1.2;margin:0 0 .2em}h2{font-size:1.15rem;margin:0 0 .3em}\
    h3{font-size:1rem;margin:1em 0 .3em}p{margin:.3em 0}ul{margin:.3em 0;padding-left:1.2em}
    .about,.meaning{color:var(--soft)}.number{font-size:1.5rem;font-weight:700;margin:.1em 0}
    .cards,.notes{display:grid;gap:1rem;margin:1rem 0;\
    grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr))}
    article{background:var(--card);border:1px solid var(--grid);border-radius:8px;padding:.9rem}
    figure{margin:.6rem 0 0}figcaption{font-weight:600;font-size:.9rem}
    .further{display:block}.further>section{border-top:1px solid var(--grid);padding:.8rem 0}
    .further figure{display:inline-block;vertical-align:top;width:min(100%,22rem);margin-right:1rem}
    svg{display:block;width:100%;max-width:27rem;height:auto}svg text{font-size:14px;\
    fill:var(--ink);font-family:inherit}.x{text-anchor:middle}.y{text-anchor:end}
    .grid{stroke:var(--grid);fill:none}.band,.k-band{fill:var(--band);background:var(--band)}
    .mark{stroke:var(--ink);stroke-width:2}
    .blue{color:var(--blue)}.sky{color:var(--sky)}.orange{color:var(--orange)}\
    .green{color:var(--green)}.red{color:var(--red)}.purple{color:var(--purple)}\
    .ink{color:var(--ink)}
    .line{fill:none;stroke:currentColor;stroke-width:2.5;stroke-linejoin:round}\
    .dash{stroke-dasharray:6 4}.thin{stroke-width:1}.small{stroke-width:4}
    .dot{fill:none;stroke:currentColor;stroke-width:6;stroke-linecap:round}
    .sign,.col{fill:currentColor}.due{fill:none;stroke:var(--line);stroke-width:1.5}
    .key{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.1rem .9rem;font-size:.85rem}
    .k{display:inline-block;width:.8em;height:.8em;margin-right:.4em}
    .k-dot{border-radius:50%;background:currentColor;transform:scale(.7)}
    .k-col{background:currentColor}.k-due{border:2px solid var(--line)}
    .k-line{height:3px;vertical-align:middle;background:currentColor}
    .k-sign{background:currentColor;transform:rotate(45deg) scale(.7)}
    .k-mark{width:2px;height:.6em;background:var(--ink)}
    .spark{width:72px;height:20px}th[scope=row]{font-weight:600}a{color:var(--blue)}\
    .order{margin-right:1.2em}.people td,.people th{max-width:12rem}
    details{font-size:.9rem}summary{cursor:pointer;padding:.2rem 0}
    .scroll{overflow-x:auto;margin:.3rem 0}
    table{border-collapse:collapse;font-size:.9rem}th,td{border-bottom:1px solid var(--grid);\
    padding:.2rem .6rem .2rem 0;text-align:left;vertical-align:top;overflow-wrap:normal}\
    th{vertical-align:bottom}td{max-width:18rem;overflow-wrap:break-word}
    .n{text-align:right}.n,.d{white-space:nowrap}
    .bar{display:block;height:4px;background:var(--blue);print-color-adjust:exact;\
    -webkit-print-color-adjust:exact}
    .foot{border-top:1px solid var(--grid);padding-top:.8rem;font-size:.9rem}
    @media print{body{font-size:9.5pt;line-height:1.3;padding:0;max-width:none}\
    h1{font-size:15pt}h2{font-size:10.5pt}.number{font-size:13pt}\
    .cards,.notes{grid-template-columns:1fr 1fr;gap:.5rem;margin:.5rem 0}\
    article{break-inside:avoid;padding:.5rem}figure{margin:.2rem 0 0}svg{max-width:15rem}\
    figcaption,.key{font-size:8.5pt}svg text{font-size:14px}details,.screen{display:none}\
    .foot{font-size:8.5pt}\
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
    """
}
