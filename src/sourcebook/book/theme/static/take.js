/* Figures and tables to take along: a figure as SVG or PNG with the line to cite it, a table as CSV or as a workbook.
 * They are made in the browser from what the page shows, so that a page weighs nothing more. */
"use strict";
const Take = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linejoin",
    "stroke-linecap", "opacity", "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline", "visibility"];
  const words = (node) => (node ? node.textContent.replace(/\s+/g, " ").trim() : "");
  const page = location.pathname.split("/").pop().replace(/\.html$/, "") || "page";
  const meta = (name) => document.querySelector(name)?.getAttribute("content") || "";
  const address = () => document.querySelector('link[rel="canonical"]')?.href || (location.protocol === "file:" ? "" : location.href.split("#")[0]);
  const cite = (name) => [/[.?!]$/.test(name) ? name : `${name}.`, `In: ${meta('meta[property="og:site_name"]')}, ${words(document.querySelector("h1")).replace(/[#¶]$/, "")}.`,
    address()].filter(Boolean).join(" ");

  function save(name, content, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  /* A drawing that needs no style sheet, on white paper, with its citation below */
  function drawing(svg, name) {
    const root = document.documentElement, before = root.dataset.theme;
    root.dataset.theme = "light";
    const copy = svg.cloneNode(true), [, , width, height] = svg.getAttribute("viewBox").split(/[\s,]+/).map(Number);
    const from = svg.querySelectorAll("*"), to = copy.querySelectorAll("*");
    const usual = getComputedStyle(svg);
    from.forEach((one, n) => {
      const style = getComputedStyle(one), shared = one.closest("defs"); // a shared sign looks as where it is used
      for (const look of LOOKS) {
        const value = style.getPropertyValue(look);
        if (value && !(shared && value === usual.getPropertyValue(look))) to[n].setAttribute(look, value);
      }
      to[n].removeAttribute("class");
      if (one.localName === "text") to[n].setAttribute("font-family", "DejaVu Sans, Verdana, sans-serif");
    });
    if (before) root.dataset.theme = before; else delete root.dataset.theme;
    for (const style of copy.querySelectorAll("style")) style.remove();
    const lines = [], room = Math.floor(width / 5.4);
    for (const word of cite(name).split(" ")) {
      if (lines.length && `${lines.at(-1)} ${word}`.length <= room) lines[lines.length - 1] += ` ${word}`;
      else lines.push(word);
    }
    const tall = height + 10 + 13 * lines.length;
    for (const attribute of ["class", "style", "aria-label", "role"]) copy.removeAttribute(attribute);
    copy.setAttribute("xmlns", SVG);
    copy.setAttribute("viewBox", `0 0 ${width} ${tall}`);
    copy.setAttribute("width", width);
    copy.setAttribute("height", tall);
    const add = (tag, attributes, text) => {
      const made = document.createElementNS(SVG, tag);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      if (text) made.textContent = text;
      return made;
    };
    copy.prepend(add("title", {}, name), add("desc", {}, svg.getAttribute("aria-label")),
      add("rect", { width, height: tall, fill: "#ffffff" }));
    lines.forEach((line, n) => copy.append(add("text", { x: 2, y: height + 14 + 13 * n, "font-size": 9.5, fill: "#404040",
      "font-family": "DejaVu Sans, Verdana, sans-serif" }, line)));
    return { text: new XMLSerializer().serializeToString(copy), width, height: tall };
  }

  function picture({ text, width, height }) {
    return new Promise((done, failed) => {
      const image = new Image(), canvas = document.createElement("canvas"), scale = 2;
      const source = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
      image.onerror = failed;
      image.onload = () => {
        Object.assign(canvas, { width: width * scale, height: height * scale });
        canvas.getContext("2d").drawImage(image, 0, 0, width * scale, height * scale);
        URL.revokeObjectURL(source);
        canvas.toBlob((blob) => (blob ? done(blob) : failed()), "image/png");
      };
      image.src = source;
    });
  }

  /* The cells of a table, those that span several columns followed by empty ones */
  function cells(table) {
    return [...table.rows].map((row) => [...row.cells].flatMap((cell) =>
      [words(cell), ...Array(cell.colSpan - 1).fill("")]));
  }

  /* What a spreadsheet would read as a formula is marked as text */
  const safe = (text) => (/^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text.replace(/,/g, ""))) ? `'${text}` : text);
  const csv = (rows) => rows.map((row) => row.map((text) => (/[",\r\n]/.test(safe(text)) ? `"${safe(text).replace(/"/g, '""')}"` : safe(text)))
    .join(",")).join("\r\n") + "\r\n";

  const plain = (text) => text.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "").replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const column = (n) => (n > 25 ? column(Math.floor(n / 26) - 1) : "") + String.fromCharCode(65 + (n % 26));

  /* A workbook of one sheet: numbers as numbers, all else as text; the line to cite below the table */
  function workbook(rows, name) {
    const all = [...rows, [], [cite(name)]];
    const sheet = all.map((row, y) => `<row r="${y + 1}">${row.map((text, x) => {
      const number = /^-?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d+)?$/.test(text) && !/^-?0\d/.test(text) ? text.replace(/,/g, "") : null;
      const at = `${column(x)}${y + 1}`;
      return number === null ? `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${plain(text)}</t></is></c>` : `<c r="${at}"><v>${number}</v></c>`;
    }).join("")}</row>`).join("");
    const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n', open = "http://schemas.openxmlformats.org";
    const relation = (type, target) => `${head}<Relationships xmlns="${open}/package/2006/relationships"><Relationship Id="r1" Type="${open}/officeDocument/2006/relationships/${type}" Target="${target}"/></Relationships>`;
    const main = `${open}/spreadsheetml/2006/main`, kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    return zipped({
      "[Content_Types].xml": `${head}<Types xmlns="${open}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/sheet1.xml" ContentType="${kind}.worksheet+xml"/></Types>`,
      "_rels/.rels": relation("officeDocument", "xl/workbook.xml"),
      "xl/workbook.xml": `${head}<workbook xmlns="${main}" xmlns:r="${open}/officeDocument/2006/relationships"><sheets><sheet name="Table" sheetId="1" r:id="r1"/></sheets></workbook>`,
      "xl/_rels/workbook.xml.rels": relation("worksheet", "sheet1.xml"),
      "xl/sheet1.xml": `${head}<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
    });
  }

  /* An archive whose files are stored as they are, as APPNOTE.TXT of the format describes it */
  function zipped(files) {
    const sums = Array.from({ length: 256 }, (_, n) => { for (let k = 0; k < 8; k += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1; return n; });
    const parts = [], listed = [];
    let at = 0;
    for (const [name, text] of Object.entries(files)) {
      const [title, content] = [name, text].map((one) => new TextEncoder().encode(one));
      const sum = ~content.reduce((crc, byte) => sums[(crc ^ byte) & 255] ^ (crc >>> 8), -1);
      const common = [20, 0x800, 0, 0, 33].flatMap((n) => [n & 255, n >> 8]);
      const long = (n) => [n & 255, (n >>> 8) & 255, (n >>> 16) & 255, n >>> 24];
      const sizes = [...long(sum), ...long(content.length), ...long(content.length), title.length & 255, title.length >> 8, 0, 0];
      const entry = new Uint8Array([80, 75, 3, 4, ...common, ...sizes, ...title]);
      parts.push(entry, content);
      listed.push(new Uint8Array([80, 75, 1, 2, 20, 0, ...common, ...sizes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ...long(at), ...title]));
      at += entry.length + content.length;
    }
    const size = listed.reduce((all, one) => all + one.length, 0), end = new DataView(new ArrayBuffer(22));
    [[0, 0x06054b50, 4], [8, listed.length, 2], [10, listed.length, 2], [12, size, 4], [16, at, 4]].forEach(([place, n, bytes]) =>
      (bytes === 4 ? end.setUint32(place, n, true) : end.setUint16(place, n, true)));
    return new Blob([...parts, ...listed, end], { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" });
  }

  /* The figures, then the tables that are not the data of one by repetition: name, and a file for each form */
  function holdings() {
    const figures = [...document.querySelectorAll(".sb-article .sb-figure")].flatMap((figure, n) => {
      const svg = figure.querySelector("svg.sb-wide[viewBox], svg[viewBox]");
      if (!svg) return [];
      const name = words(figure.querySelector("figcaption")) || `Figure ${n + 1}`, file = `${page}-figure-${n + 1}`;
      return [{ name, forms: {
        SVG: () => save(`${file}.svg`, drawing(svg, name).text, "image/svg+xml"),
        PNG: async () => save(`${file}.png`, await picture(drawing(svg, name))),
      } }];
    });
    const tables = [...document.querySelectorAll(".sb-article table:not(.highlighttable)")].map((table, n) => {
      const name = words(table.caption) || `Table ${n + 1}`, file = `${page}-table-${n + 1}`;
      return { name, forms: {
        CSV: () => save(`${file}.csv`, csv(cells(table)), "text/csv;charset=utf-8"),
        Excel: () => save(`${file}.xlsx`, workbook(cells(table), name)),
      } };
    });
    return [["Figures", figures], ["Tables", tables]];
  }

  let dialog = null;
  function build() {
    const make = (tag, text, attributes = {}) => Object.assign(document.createElement(tag), { textContent: text, ...attributes });
    dialog = make("dialog", "", { className: "sb-dialog" });
    dialog.setAttribute("aria-labelledby", "sb-take-title");
    dialog.append(make("h2", "Figures and tables of this page", { id: "sb-take-title" }));
    for (const [kind, held] of holdings().filter(([, some]) => some.length)) {
      const list = make("ul", "");
      for (const { name, forms } of held) {
        const item = make("li", `${name.length > 110 ? `${name.slice(0, 109)}…` : name} `);
        for (const [form, act] of Object.entries(forms)) {
          const button = make("button", form, { type: "button" });
          button.setAttribute("aria-label", `${form}: ${name.slice(0, 110)}`);
          button.addEventListener("click", act);
          item.append(button, " ");
        }
        list.append(item);
      }
      dialog.append(make("h3", kind), list);
    }
    const close = make("button", "Close", { type: "button" });
    close.addEventListener("click", () => dialog.close());
    dialog.append(make("p", "A file has the line to cite it: a picture below the drawing, a workbook below the table."), close);
    document.body.append(dialog);
  }
  return { open: () => { if (!dialog) build(); dialog.showModal(); }, holdings };
})();
globalThis.Take = Take;
