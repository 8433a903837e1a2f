/* How else to cite a cable: further styles, and records for reference managers, from what the head of its page says (the same tags that
   Zotero reads). Sources: MLA 9; APA 7, 10.4 (reports); the manuals of BibTeX and RIS; the CSL-JSON schema. */
(function (reftel) {
  "use strict";

  var GENRE = "Diplomatic cable";
  var MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  var SHORT = ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];
  var TEX = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };

  /* What every style says, "" for what is not known; `meta` gives the content of the head's tag of a name, `where` is the cable's address. */
  function work(meta, where) {
    var mrn = meta("citation_technical_report_number"), title = meta("citation_title");
    var parts = meta("citation_date").split("/").map(Number);
    return {
      mrn: mrn, title: title, subject: title === mrn ? "" : title, origin: meta("citation_technical_report_institution"),
      archive: meta("DC.source"), language: meta("citation_language"), tags: meta("citation_keywords").split("; ").filter(Boolean),
      abstract: meta("description"), where: where, parts: parts[0] ? parts : null
    };
  }

  /* A title that ends in a mark of its own does without the one after it. */
  function stop(title, mark) { return /[?!.]$/.test(title) ? title : title + mark; }

  function written(parts) { return parts[2] + " " + MONTHS[parts[1] - 1] + " " + parts[0]; }

  /* Each style as [name, before the paragraph, between it and the address, after the address]. */
  function styles(of) {
    var begun = of.origin ? of.origin + ". " : "", date = of.parts;
    var mla = date ? ", " + date[2] + " " + SHORT[date[1] - 1] + " " + date[0] : "";
    var apa = date ? date[0] + ", " + MONTHS[date[1] - 1] + " " + date[2] : "n.d.";
    return [
      ["MLA", begun + (of.subject ? "“" + stop(of.subject, ".") + "” " : "") + "Cable " + of.mrn + mla + ". " + of.archive, ", ", "."],
      ["APA", begun + "(" + apa + "). " + (of.subject || "Cable") + " (" + GENRE + " " + of.mrn + ")", ". " + of.archive + ". ", ""],
      ["Plain", [of.mrn, of.origin, date ? written(date) : "undated"].filter(Boolean).join(", "), ", ", ""]
    ];
  }

  function tex(text) {
    return text.replace(/[&%$#_{}\\~^]/g, function (sign) { return TEX[sign] || "\\" + sign; });
  }

  function bibtex(of) {
    var fields = [
      ["author", of.origin && "{" + tex(of.origin) + "}"], ["title", "{" + tex(of.title) + "}"], ["institution", tex(of.origin)], ["type", GENRE],
      ["number", tex(of.mrn)], ["year", of.parts && String(of.parts[0])], ["month", of.parts && MONTHS[of.parts[1] - 1].slice(0, 3).toLowerCase()],
      ["day", of.parts && String(of.parts[2])], ["howpublished", tex(of.archive)], ["keywords", of.tags.map(tex).join(", ")], ["url", of.where]
    ];
    var rows = fields.filter(function (field) { return field[1]; }).map(function (field) {
      return "  " + field[0] + " = " + (field[0] === "month" ? field[1] : "{" + field[1] + "}") + ",\n";
    });
    return "@techreport{" + of.mrn.replace(/[^A-Za-z0-9]/g, "") + ",\n" + rows.join("") + "}\n";
  }

  function two(number) { return (number < 10 ? "0" : "") + number; }

  function ris(of) {
    var date = of.parts;
    var rows = [["TY", "RPRT"], ["TI", of.title], ["PB", of.origin], ["SN", of.mrn], ["M3", GENRE], ["PY", date && String(date[0])],
      ["DA", date && date[0] + "/" + two(date[1]) + "/" + two(date[2]) + "/"], ["AB", of.abstract]];
    of.tags.forEach(function (tag) { rows.push(["KW", tag]); });
    rows.push(["LA", of.language], ["DB", of.archive], ["UR", of.where]);
    return rows.filter(function (row) { return row[1]; }).map(function (row) {
      return row[0] + "  - " + row[1].replace(/\s+/g, " ").trim() + "\n";
    }).join("") + "ER  - \n";
  }

  function csl(of) {
    return JSON.stringify([{
      id: of.mrn, type: "report", genre: GENRE, number: of.mrn, title: of.title, author: of.origin ? [{ literal: of.origin }] : undefined,
      publisher: of.origin || undefined, issued: of.parts ? { "date-parts": [of.parts] } : undefined, archive: of.archive || undefined,
      keyword: of.tags.join(", ") || undefined, language: of.language || undefined, URL: of.where
    }]);
  }

  /* Each record as [name, the end of its file's name, media type, text]. */
  function records(of) {
    return [
      ["BibTeX", ".bib", "application/x-bibtex", bibtex(of)],
      ["RIS", ".ris", "application/x-research-info-systems", ris(of)],
      ["CSL-JSON", ".json", "application/vnd.citationstyles.csl+json", csl(of)]
    ];
  }

  reftel.citations = { work: work, styles: styles, records: records };
})(self.reftel = self.reftel || {});
