"""How the report looks: dark words on warm paper, one column on a phone, clean in print."""

from typing import Final

STYLE: Final = """
:root{--paper:#fdfaf5;--ink:#2a2520;--soft:#5f564c;--line:#e4dbcd;--yes:#1f6f5c;--open:#d8a54a;--no:#b8aea0;--ground:#efe7da}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.55 Georgia,'Source Serif 4',serif}
main,header,footer{max-width:68rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2.5rem}
h1{font-size:clamp(1.7rem,5vw,2.5rem);line-height:1.15;margin:0 0 .5rem;font-weight:600}
h2{font-size:1.4rem;margin:3rem 0 .4rem;padding-top:1.5rem;border-top:1px solid var(--line);font-weight:600}
h3{font-size:1.1rem;margin:2rem 0 .4rem;font-weight:600}
p{max-width:42rem;margin:.4rem 0 1rem}
.lead{font-size:1.15rem;color:var(--soft)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:1rem;margin:1.5rem 0;padding:0}
.facts div{background:#fff;border:1px solid var(--line);border-radius:.6rem;padding:1rem 1.1rem}
.facts dt{color:var(--soft);font-size:.95rem}
.facts dd{margin:0;font-size:1.7rem;line-height:1.2}
figure{margin:1rem 0 0;display:grid;grid-template-columns:1fr;gap:1.25rem;align-items:start}
@media(min-width:52rem){figure{grid-template-columns:minmax(0,22rem) minmax(0,1fr)}}
.bars{width:100%;max-width:23rem;height:auto;display:block}
.bars text{font:13px/1 system-ui,sans-serif;fill:var(--ink)}
.ground{fill:var(--ground)}.yes{fill:var(--yes)}.open{fill:var(--open)}.no{fill:var(--no)}
.key{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;list-style:none;padding:0;margin:.2rem 0;
font:15px system-ui,sans-serif}
.key i{display:inline-block;width:.8em;height:.8em;border-radius:.15em;margin-right:.4em}
.key .yes{background:var(--yes)}.key .open{background:var(--open)}.key .no{background:var(--no)}
.slide{overflow-x:auto}
.slide:focus-visible{outline:3px solid var(--yes);outline-offset:2px}
table{border-collapse:collapse;width:100%;font:15px/1.35 system-ui,sans-serif;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:0 0 .4rem}
th,td{padding:.42rem .5rem;border-bottom:1px solid var(--line);text-align:right;vertical-align:top}
th[scope=row],thead th:first-child{text-align:left}
th[scope=row]{font-weight:400}
thead th{color:var(--soft);font-weight:600}
footer{margin:3rem auto 2.5rem;color:var(--soft)}
@media(max-width:30rem){body{font-size:16px}table{font-size:14px}th,td{padding:.4rem .3rem}}
@media print{
body{background:#fff;font-size:11pt}main,header,footer{max-width:none;padding:0}.slide{overflow:visible}
figure{grid-template-columns:6.5cm 1fr}tr,.facts div{break-inside:avoid}h2,h3{break-after:avoid}
.bars rect,.key i{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
