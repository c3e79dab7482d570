extension DocumentationPage {
    static let style = """
        :root {
          --text: #1c2430; --muted: #5d6876; --line: #dfe4ea; --back: #fff; --panel: #f6f8fa; --link: #7a3e9d;
          --get: #1f6f43; --post: #1d5fa8; --put: #8a5a00; --delete: #b3261e;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --text: #e4e8ee; --muted: #98a3b1; --line: #2d3541; --back: #14181e; --panel: #1c222b; --link: #cfa3ea;
            --get: #6fcf97; --post: #7db7f5; --put: #e0b252; --delete: #ff8a80;
          }
        }
        * { box-sizing: border-box; }
        html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
        body {
          margin: 0; display: grid; grid-template-columns: 17rem minmax(0, 1fr); color: var(--text); background: var(--back);
          font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
        }
        aside {
          position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1.25rem;
          border-right: 1px solid var(--line); background: var(--panel); font-size: .9rem;
        }
        aside h1 { margin: 0; font-size: 1.4rem; letter-spacing: -.01em; }
        aside h2 { margin: 1.2rem 0 .3rem; font-size: .75rem; text-transform: uppercase; letter-spacing: .06em; color: var(--muted); }
        aside a { display: block; padding: .15rem 0; color: inherit; text-decoration: none; }
        aside a:hover, aside a:focus-visible { color: var(--link); }
        .version, .muted { margin: 0; color: var(--muted); }
        main { max-width: 54rem; padding: 2rem 2.5rem 6rem; }
        main > h2 { margin: 3rem 0 0; font-size: 1.5rem; letter-spacing: -.01em; }
        main > h2:first-of-type { margin-top: 1rem; }
        a { color: var(--link); }
        code, pre { font: .86em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
        code { padding: .1em .3em; border-radius: 4px; background: var(--panel); overflow-wrap: anywhere; }
        pre {
          margin: .4rem 0; padding: .8rem 1rem; overflow-x: auto; border: 1px solid var(--line); border-radius: 8px;
          background: var(--panel);
        }
        pre code { padding: 0; overflow-wrap: normal; }
        details.operation { margin: .8rem 0; border: 1px solid var(--line); border-radius: 10px; }
        details.operation > summary {
          display: flex; flex-wrap: wrap; gap: .2rem .7rem; align-items: baseline; padding: .65rem .9rem; cursor: pointer; list-style: none;
        }
        details.operation > summary::-webkit-details-marker { display: none; }
        details.operation[open] > summary { border-bottom: 1px solid var(--line); }
        details.operation > div { padding: .4rem 1rem 1rem; }
        summary .path { font: 600 .92rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
        summary .title { color: var(--muted); }
        .method { min-width: 4.2rem; font: 700 .78rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
        .get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); } .delete { color: var(--delete); }
        h4 { margin: 1.1rem 0 .3rem; font-size: .95rem; }
        .table { overflow-x: auto; }
        table { width: 100%; border-collapse: collapse; font-size: .9rem; }
        th, td { padding: .35rem .8rem .35rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
        th { font-weight: 600; color: var(--muted); }
        td:first-child { white-space: nowrap; }
        .required { color: var(--delete); }
        .example { position: relative; }
        .example button {
          position: absolute; top: .5rem; right: .5rem; padding: .1rem .55rem; font: inherit; font-size: .75rem; color: var(--muted);
          border: 1px solid var(--line); border-radius: 6px; background: var(--back); cursor: pointer;
        }
        @media (max-width: 48rem) {
          body { display: block; }
          aside { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); }
          aside nav { columns: 2; }
          aside nav section { break-inside: avoid; }
          main { padding: 1rem 1rem 4rem; }
          td:first-child { white-space: normal; }
        }
        """
}
