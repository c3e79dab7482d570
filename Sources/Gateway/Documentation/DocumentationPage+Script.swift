extension DocumentationPage {
    static let script = #"""
        "use strict";
        const element = (name, attributes = {}, ...children) => {
          const made = document.createElement(name);
          for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
          made.append(...children.filter(child => child !== null));
          return made;
        };
        // `code` in backticks is all the formatting that descriptions have.
        const prose = text => (text || "").split("`").map((part, place) => place % 2 ? element("code", {}, part) : part);
        const paragraphs = text => (text || "").split("\n\n").map(part => element("p", {}, ...prose(part)));

        const render = api => {
          const resolve = value => value && value.$ref
            ? value.$ref.slice(2).split("/").reduce((place, step) => place[step], api) : value;
          const nameOf = reference => reference.$ref ? reference.$ref.split("/").pop() : null;

          const typeOf = schema => {
            if (!schema) return "";
            if (schema.$ref) return nameOf(schema);
            if (schema.oneOf) return schema.oneOf.map(typeOf).join(" or ");
            if (schema.allOf) return schema.allOf.map(typeOf).join(" and ");
            if (schema.type === "array" || Array.isArray(schema.type) && schema.type.includes("array"))
              return "array of " + (typeOf(schema.items) || "anything");
            return [].concat(schema.type || "any").filter(type => type !== "null").join(" or ");
          };
          const limits = schema => {
            const parts = [];
            if (schema.enum) parts.push("one of " + schema.enum.map(value => "`" + value + "`").join(", "));
            if (schema.minimum !== undefined && schema.maximum !== undefined) parts.push(schema.minimum + " to " + schema.maximum);
            if (schema.minItems !== undefined && schema.maxItems !== undefined)
              parts.push(schema.minItems + " to " + schema.maxItems + " elements");
            if (schema.default !== undefined) parts.push("`" + schema.default + "` unless given");
            return parts.length ? " (" + parts.join("; ") + ")" : "";
          };
          const table = (heads, rows) => element("div", {class: "table"}, element("table", {},
            element("thead", {}, element("tr", {}, ...heads.map(head => element("th", {}, head)))),
            element("tbody", {}, ...rows)));
          const flat = schema => {
            schema = resolve(schema);
            if (!schema.allOf) return schema;
            return schema.allOf.map(flat).reduce((whole, part) => ({
              required: [...(whole.required || []), ...(part.required || [])],
              properties: {...whole.properties, ...part.properties}}), {});
          };
          const fields = (schema, required) => {
            schema = flat(schema);
            return table(["Field", "Type", ""], Object.entries(schema.properties || {}).map(([name, field]) => element("tr", {},
              element("td", {}, element("code", {}, name),
                required && (schema.required || []).includes(name) ? element("span", {class: "required"}, " *") : null),
              element("td", {}, typeOf(field)),
              element("td", {}, ...prose((field.description || resolve(field).description || "") + limits(resolve(field)))))));
          };
          const example = text => {
            const button = element("button", {type: "button"}, "Copy");
            button.addEventListener("click", () => navigator.clipboard.writeText(text).then(() => { button.textContent = "Copied"; }));
            return element("div", {class: "example"}, element("pre", {}, element("code", {}, text)), navigator.clipboard ? button : null);
          };
          const curl = (method, path, operation, parameters) => {
            const query = [];
            let filled = path;
            const lines = [];
            for (const parameter of parameters) {
              if (parameter.in === "path") filled = filled.replace("{" + parameter.name + "}", encodeURIComponent(parameter.example));
              else if (parameter.in === "query" && parameter.example !== undefined)
                query.push(parameter.name + "=" + encodeURIComponent(parameter.example));
              else if (parameter.in === "header" && parameter.example) lines.push(`-H '${parameter.name}: ${parameter.example}'`);
            }
            const url = location.origin + filled + (query.length ? "?" + query.join("&") : "");
            const body = operation.requestBody && operation.requestBody.content["application/json"].example;
            if (body) lines.push("-H 'Content-Type: application/json'", `-d '${JSON.stringify(body)}'`);
            const verb = method === "get" || method === "post" && body ? "" : "-X " + method.toUpperCase() + " ";
            return ["curl " + verb + "'" + url + "'", ...lines].join(" \\\n  ");
          };
          const operationView = (path, method, item) => {
            const operation = item[method];
            const parameters = [...(item.parameters || []), ...(operation.parameters || [])].map(resolve);
            const inside = element("div", {}, ...paragraphs(operation.description));
            if (parameters.length) inside.append(element("h4", {}, "Parameters"), table(["Name", "In", ""], parameters.map(one =>
              element("tr", {},
                element("td", {}, element("code", {}, one.name), one.required ? element("span", {class: "required"}, " *") : null),
                element("td", {}, one.in), element("td", {}, ...prose((one.description || "") + limits(one.schema)))))));
            if (operation.requestBody) {
              const schema = operation.requestBody.content["application/json"].schema;
              inside.append(element("h4", {}, "Body" + (operation.requestBody.required ? "" : " (may be left out)")), fields(schema, true));
            }
            inside.append(element("h4", {}, "Try it"), example(curl(method, path, operation, parameters)));
            inside.append(element("h4", {}, "Answers"), table(["Status", ""], Object.entries(operation.responses).map(([status, answer]) => {
              const response = resolve(answer);
              const content = Object.values(response.content || {})[0];
              const name = content && nameOf(content.schema);
              return element("tr", {}, element("td", {}, element("code", {}, status)), element("td", {}, ...prose(response.description),
                name && name !== "Problem" ? element("span", {}, " ", element("a", {href: "#" + name}, name)) : null));
            })));
            const view = element("details", {class: "operation", id: operation.operationId},
              element("summary", {}, element("span", {class: "method " + method}, method.toUpperCase()),
                element("span", {class: "path"}, path), element("span", {class: "title"}, operation.summary)), inside);
            return view;
          };

          document.querySelector(".version").textContent = "API " + api.info.version;
          const main = document.querySelector("main");
          const nav = document.querySelector("nav");
          main.append(element("h2", {}, api.info.summary), ...paragraphs(api.info.description));
          for (const tag of api.tags) {
            const section = element("section", {}, element("h2", {}, tag.name));
            main.append(element("h2", {}, tag.name), element("p", {class: "muted"}, tag.description));
            for (const [path, item] of Object.entries(api.paths)) {
              for (const method of ["get", "put", "post", "delete"]) {
                if (!item[method] || !item[method].tags.includes(tag.name)) continue;
                main.append(operationView(path, method, item));
                section.append(element("a", {href: "#" + item[method].operationId}, item[method].summary));
              }
            }
            nav.append(section);
          }
          main.append(element("h2", {id: "problems"}, "Errors"), element("p", {class: "muted"}, "By their codes."),
            table(["Code", "Status", ""], Object.values(api.components.responses).flatMap(response =>
              Object.entries(response.content["application/problem+json"].examples).map(([code, {value}]) =>
                element("tr", {id: code}, element("td", {}, element("code", {}, code)), element("td", {}, String(value.status)),
                  element("td", {}, value.title))))));
          main.append(element("h2", {id: "schemas"}, "Schemas"));
          for (const [name, schema] of Object.entries(api.components.schemas)) {
            if (!flat(schema).properties) continue;
            main.append(element("h4", {id: name}, name), ...paragraphs(schema.description), fields(schema, false));
          }
          nav.append(element("section", {}, element("h2", {}, "Reference"), element("a", {href: "#problems"}, "Errors"),
            element("a", {href: "#schemas"}, "Schemas"), element("a", {href: "/openapi.json"}, "OpenAPI document")));
          const show = () => {
            const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
            if (!target) return;
            if (target.tagName === "DETAILS") target.open = true;
            target.scrollIntoView();
          };
          addEventListener("hashchange", show);
          show();
        };

        fetch("/openapi.json").then(answer => answer.json()).then(render).catch(() => {
          document.querySelector("main").append(element("p", {}, "The OpenAPI document could not be read."));
        });
        """#
}
