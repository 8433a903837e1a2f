/* From text to terms: the one analysis, the mirror of generator/reftel/search/words.py. The stemmer is lunr's own. */
(function (reftel) {
  "use strict";

  var LONGEST = 40;
  var SURFACE = /[\p{L}\p{N}]+(?:(?:\.?\/\/|\.?[-\u2010\u2011/&]|[.,'\u2018\u2019`\u00b4])[\p{L}\p{N}]+){0,8}/gu;
  var SPECIAL = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ς": "σ",
    "\u2010": "-", "\u2011": "-", "\u2018": "'", "\u2019": "'", "`": "'", "\u00b4": "'", "\u2044": "/"
  };
  var SPECIALS = /[ßæœøđðþłıς\u2010\u2011\u2018\u2019`\u00b4\u2044]/g;
  var OTHER = /[^\p{L}\p{N}.,'/&-]/gu;
  var MARKS = /[\u0300-\u036f]+/g;
  var ASCII = /^[\x00-\x7f]*$/; // eslint-disable-line no-control-regex
  var XRUN = /x{4,}/g;
  var POSSESSIVE = /[',]s(?![\p{L}\p{N}])/gu;
  var THOUSANDS = /(?<=[0-9]),(?=[0-9]{3}(?![0-9]))/g;
  var ACRONYM = /(?<![\p{L}\p{N}])[a-z](?:\.[a-z])+(?![\p{L}\p{N}])/gu;
  var POINT = /(?<![0-9])\.|\.(?![0-9])|,/g;
  var GLUE = /[-/&]+/;
  var ZEROS = /^0+(?=[0-9])/;
  var MRN = /^((?:[0-9]{2})?[a-z]{2,})0+([1-9][0-9]*)$/;
  var PLURAL_NUMBER = /[0-9]s$/;
  var DIGITS = /^[0-9]+$/;
  var PLAIN = /^[a-z]+$/;

  var stopWords = new Set((
    "a able about across after all almost also am among an and any are as at be because been but by can cannot could " +
    "dear did do does either else ever every for from get got had has have he her hers him his how however i if in " +
    "into is it its just least let like likely may me might most must my neither no nor not of off often on only or " +
    "other our own rather said say says she should since so some than that the their them then there these they this " +
    "tis to too twas wants was we were what when where which while who whom why will with would yet you your"
  ).split(" "));

  var known = new Map();

  function fold(text) {
    if (ASCII.test(text)) return text.toLowerCase().replace(/`/g, "'");
    return text.normalize("NFKD").replace(MARKS, "").toLowerCase()
      .replace(SPECIALS, function (letter) { return SPECIAL[letter]; }).replace(OTHER, " ");
  }

  function surfaces(text) {
    return text.match(SURFACE) || [];
  }

  function term(form) {
    if (stopWords.has(form)) return "";
    if (PLAIN.test(form)) return self.lunr.stemmer(new self.lunr.Token(form)).toString();
    return PLURAL_NUMBER.test(form) ? form.slice(0, -1) : form;
  }

  function word(part) {
    var form = DIGITS.test(part) ? part.replace(ZEROS, "") : part.replace(MRN, "$1$2");
    form = Array.from(form).slice(0, LONGEST).join("");
    if (form.length > 2 && /^x+$/.test(form)) form = "";
    return { form: form, term: form && term(form) };
  }

  function piece(text) {
    var parts = text.split(GLUE).filter(Boolean);
    var words = parts.map(word).filter(function (each) { return each.form; });
    if (parts.length < 2 || !words.length || parts.every(function (part) { return DIGITS.test(part); })) {
      return { words: words, joined: null, strict: false };
    }
    var strict = text.indexOf("//") >= 0 || parts.some(function (part) { return Array.from(part).length === 1; });
    return { words: words, joined: word(parts.join("")), strict: strict };
  }

  /* The pieces [{words: [{form, term}], joined: {form, term} or null, strict}] of one surface. */
  function analyse(surface) {
    var found = known.get(surface);
    if (found) return found;
    var text = fold(surface).replace(XRUN, " ").replace(POSSESSIVE, "").replace(/'/g, "");
    text = text.replace(THOUSANDS, "").replace(ACRONYM, function (letters) { return letters.replace(/\./g, ""); });
    found = text.replace(POINT, " ").split(/\s+/).map(piece).filter(function (each) { return each.words.length; });
    if (known.size > 50000) known.clear();
    known.set(surface, found);
    return found;
  }

  /* What is indexed of a piece, in order: [[place among its words, word]]. */
  function tokens(piece) {
    var found = [];
    piece.words.forEach(function (each, place) { if (each.term) found.push([place, each]); });
    if (piece.joined && piece.joined.term) found.splice(found.length && found[0][0] === 0 ? 1 : 0, 0, [0, piece.joined]);
    return found;
  }

  function terms(text) {
    var found = [];
    surfaces(text).forEach(function (surface) {
      analyse(surface).forEach(function (each) {
        tokens(each).forEach(function (token) { found.push(token[1].term); });
      });
    });
    return found;
  }

  reftel.words = { SURFACE: SURFACE, stopWords: stopWords, fold: fold, surfaces: surfaces, analyse: analyse, tokens: tokens, terms: terms };
})(self.reftel = self.reftel || {});
