/// How the report looks: one column on a telephone, two or three beyond, light or dark as the reader's machine is.
enum ReportStyle {
    static let css = """
        :root { color-scheme: light dark; --ground: #f6f7f9; --card: #ffffff; --ink: #16202c; --soft: #5a6878; --line: #dde2e8;
          --good: #05724f; --bad: #b42318;
          --s0: #2563eb; --s1: #d97706; --s2: #059669; --s3: #c026a3; --s4: #7c3aed; --s5: #0e7490; --s6: #4d7c0f;
            --s7: #dc2626; }
        @media (prefers-color-scheme: dark) {
          :root { --ground: #0f141a; --card: #171e27; --ink: #e8edf2; --soft: #9aa8b7; --line: #2a3541; --good: #4ade9f;
            --bad: #ff8a7d;
            --s0: #60a5fa; --s1: #fbbf24; --s2: #34d399; --s3: #f472d0; --s4: #a78bfa; --s5: #22d3ee; --s6: #a3e635;
              --s7: #f87171; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink);
          font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto,
          "Helvetica Neue", "DejaVu Sans", sans-serif; }
        main { max-width: 1180px; margin: 0 auto; padding: 28px 16px 56px; }
        h1 { font-size: clamp(1.45rem, 4.5vw, 2rem); line-height: 1.2; margin: 0 0 6px; letter-spacing: -0.015em; }
        h2 { font-size: 1.15rem; margin: 36px 0 12px; }
        h3 { font-size: 0.95rem; margin: 0 0 2px; }
        p { margin: 0 0 10px; max-width: 75ch; }
        .soft, .note { color: var(--soft); }
        .note { font-size: 0.84rem; line-height: 1.4; margin: 0 0 8px; }
        .verdict { font-size: 1.08rem; margin: 16px 0 4px; padding: 14px 18px; background: var(--card);
          border: 1px solid var(--line);
          border-left: 5px solid var(--s0); border-radius: 8px; max-width: none; }
        .facts { display: flex; flex-wrap: wrap; gap: 4px 22px; padding: 0; margin: 10px 0 0; list-style: none;
          color: var(--soft);
          font-size: 0.9rem; }
        .facts b { color: var(--ink); font-variant-numeric: tabular-nums; }
        .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 330px), 1fr)); gap: 16px;
          align-items: start; }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 14px 8px;
          min-width: 0; }
        .legend { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; padding: 0; margin: 0 0 12px;
          font-size: 0.9rem; }
        .legend svg { width: 14px; height: 14px; vertical-align: -2px; margin-right: 5px; }
        .card > svg { display: block; width: 100%; height: auto; max-width: 520px; margin: 0 auto; overflow: visible; }
        svg text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: var(--ink);
          font-variant-numeric: tabular-nums; }
        svg .tick { font-size: 10.5px; fill: var(--soft); } svg .middle { text-anchor: middle; } svg .end { text-anchor: end; }
        svg .value { font-weight: 600; }
        svg .name, svg .value { paint-order: stroke; stroke: var(--card); stroke-width: 5px; stroke-linejoin: round; }
        .grid { stroke: var(--line); stroke-width: 1; } .reference { stroke: var(--soft); stroke-width: 1.2;
          stroke-dasharray: 4 3; }
        .whisker { stroke-width: 3.5; stroke-linecap: round; opacity: 0.42; } .thin { stroke-width: 1.3; opacity: 0.45; }
        .series { fill: none; stroke-width: 1.8; } .marker { stroke: var(--card); stroke-width: 1; }
        line.s0, polyline.s0 { stroke: var(--s0); } .marker.s0 { fill: var(--s0); }
        line.s1, polyline.s1 { stroke: var(--s1); } .marker.s1 { fill: var(--s1); }
        line.s2, polyline.s2 { stroke: var(--s2); } .marker.s2 { fill: var(--s2); }
        line.s3, polyline.s3 { stroke: var(--s3); } .marker.s3 { fill: var(--s3); }
        line.s4, polyline.s4 { stroke: var(--s4); } .marker.s4 { fill: var(--s4); }
        line.s5, polyline.s5 { stroke: var(--s5); } .marker.s5 { fill: var(--s5); }
        line.s6, polyline.s6 { stroke: var(--s6); } .marker.s6 { fill: var(--s6); }
        line.s7, polyline.s7 { stroke: var(--s7); } .marker.s7 { fill: var(--s7); }
        .scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
        table { border-collapse: collapse; width: 100%; font-size: 0.84rem; font-variant-numeric: tabular-nums; }
        th, td { padding: 8px 9px; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--line); }
        th { color: var(--soft); font-weight: 600; font-size: 0.8rem; } tr:last-child td { border-bottom: 0; }
        th:first-child, td:first-child { padding-left: 14px; text-align: left; position: sticky; left: 0;
          background: var(--card); }
        td:first-child { font-weight: 600; } .best { font-weight: 700; color: var(--good); }
        .clear-good { color: var(--good); } .clear-bad { color: var(--bad); } td small { color: var(--soft); }
        details { margin-top: 12px; } summary { cursor: pointer; color: var(--soft); padding: 4px 0 8px; }
        dl { display: grid; grid-template-columns: minmax(120px, max-content) 1fr; gap: 4px 18px; font-size: 0.92rem; margin: 0; }
        dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
        pre { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; overflow-x: auto;
          font: 0.85rem/1.5 ui-monospace, "SF Mono", Menlo, "DejaVu Sans Mono", monospace; white-space: pre-wrap;
            overflow-wrap: anywhere; }
        @media (max-width: 480px) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 8px; } }
        @media print { body { background: white; } .card, .scroll { break-inside: avoid; } }
        """
}
