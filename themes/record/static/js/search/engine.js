/* Answers a query from the index: the mirror of generator/reftel/search/engine.py. */
(function (reftel) {
  "use strict";

  function simple(group) {
    return group.alternatives.length === 1 && group.alternatives[0].length === 1;
  }

  function key(sought) {
    return sought.term + "~" + sought.edits;
  }

  function distinct(group) {
    var found = new Map();
    group.alternatives.forEach(function (alternative) {
      alternative.forEach(function (sought) { found.set(key(sought), sought); });
    });
    return Array.from(found.values());
  }

  function allPostings(index, terms) {
    return Promise.all(terms.map(function (term) { return index.postings(term); })).then(function (found) {
      return found.filter(Boolean);
    });
  }

  /* Promise of {terms: [postings], all} of one sought term; an unknown word that is still being typed is a beginning. */
  function find(index, group, sought, asked) {
    return reftel.expand.expand(index, sought.term, sought.edits).then(function (found) {
      var unfinished = asked.typing && !found.terms.length && group.end === asked.text.length && simple(group) &&
        sought.term.length > 2 && sought.term.indexOf("*") < 0;
      return unfinished ? reftel.expand.expand(index, sought.term + "*", 0) : found;
    }).then(function (found) {
      return allPostings(index, found.terms).then(function (postings) { return { terms: postings, all: found.all }; });
    });
  }

  function weigh(index, postings, answer) {
    postings.forEach(function (each) { answer.worth.set(each.term, Math.floor(reftel.score.inverseFrequency(index, each) * 1000)); });
  }

  /* Promise of the clauses of a group; what its terms stand for is left in `group.found`. */
  function groupClauses(index, group, asked, answer) {
    var wanted = distinct(group);
    group.found = new Map();
    group.notes = [];
    return Promise.all(wanted.map(function (sought) { return find(index, group, sought, asked); })).then(function (found) {
      return wanted.map(function (sought, at) {
        var terms = found[at].terms;
        group.found.set(key(sought), terms);
        if (found[at].all > terms.length) {
          group.notes.push("“" + group.text + "” stands for " + found[at].all + " words; the " + terms.length + " of the most cables are looked for");
        }
        if (group.presence !== "prohibited") weigh(index, terms, answer);
        else if (!simple(group)) return null;
        return { terms: terms, fields: group.fields, boost: group.boost, presence: simple(group) ? group.presence : "optional" };
      }).filter(Boolean);
    });
  }

  function phraseClauses(index, phrase, answer) {
    if (phrase.presence === "prohibited") return Promise.resolve([]);
    var terms = Array.from(new Set(reftel.phrases.spots(phrase.text).map(function (spot) { return spot.term; })));
    answer.phrases.push(reftel.plan.words(phrase.text).map(function (word) { return word.form; }));
    return Promise.all(terms.map(function (term) { return allPostings(index, [term]); })).then(function (found) {
      return found.map(function (postings) {
        weigh(index, postings, answer);
        return { terms: postings, fields: phrase.fields, boost: phrase.boost, presence: "optional" };
      });
    });
  }

  /* The set of documents that hold one of a group's alternatives. */
  function answering(group) {
    var mask = group.fields.reduce(function (sum, field) { return sum | 1 << field; }, 0), answers = new Set();
    group.alternatives.forEach(function (alternative) {
      var holding = null;
      alternative.forEach(function (sought) {
        var there = new Set();
        group.found.get(key(sought)).forEach(function (postings) {
          postings.documents.forEach(function (document, i) { if (postings.masks[i] & mask) there.add(document); });
        });
        holding = holding ? new Set(Array.from(holding).filter(function (document) { return there.has(document); })) : there;
      });
      holding.forEach(function (document) { answers.add(document); });
    });
    return answers;
  }

  /* Promise of tests that a document must pass: groups of several terms, phrases, filters. */
  function tests(index, plan) {
    function inside(set, presence) {
      return function (document) { return set.has(document) !== (presence === "prohibited"); };
    }
    var groups = plan.groups.filter(function (group) { return !simple(group) && group.presence !== "optional"; });
    var phrases = plan.phrases.filter(function (phrase) { return phrase.presence !== "optional"; });
    return Promise.all(phrases.map(function (phrase) {
      return reftel.phrases.documents(index, phrase.text, phrase.fields);
    })).then(function (sets) {
      var found = groups.map(function (group) { return inside(answering(group), group.presence); });
      sets.forEach(function (set, at) { found.push(inside(set, phrases[at].presence)); });
      if (!plan.filters.length) return found;
      return reftel.filters.passing(index, plan.filters).then(function (passes) { return found.concat([passes]); });
    });
  }

  /* A measure of a number of documents, as the vocabulary has it: 1 for 1 to 3, 2 from 4, 3 from 16. */
  function howCommon(documents) {
    return (33 - Math.clz32(documents)) >> 1;
  }

  /* Promise of the terms by which an unknown or rare one may be replaced, null where it is to stay. */
  function replacements(index, term) {
    return index.postings(term).then(function (there) {
      var here = there ? howCommon(there.documents.length) : 0;
      if (here > 1) return null;
      return reftel.expand.closeTo(index, term, 1).then(function (near) {
        var better = near.filter(function (known) { return !here || known.common > here + 1; });
        return here && !better.length ? null : better;
      });
    });
  }

  /* Promise of the query with each unknown word replaced by the known one most like it, and each rare one by one that is much more
     common; "" where there is none. */
  function suggestion(index, plan, query) {
    var unknown = plan.groups.filter(function (group) {
      var sought = group.alternatives[0][0];
      return group.presence !== "prohibited" && simple(group) && sought.term.indexOf("*") < 0 && !sought.edits && sought.term.length > 2;
    });
    return Promise.all(unknown.map(function (group) {
      return replacements(index, group.alternatives[0][0].term);
    })).then(function (lists) {
      if (lists.some(function (near) { return near && !near.length; })) return "";
      return Promise.all(lists.map(function (near) {
        if (!near) return null;
        var best = near.sort(function (a, b) { return b.common - a.common || reftel.expand.byTerm(a.term, b.term); })[0];
        return best.shown || index.beginningWith(best.term).then(function (found) { return found[0].shown; });
      })).then(function (shown) {
        var changed = query;
        for (var i = unknown.length - 1; i >= 0; i--) {
          if (!shown[i]) continue;
          var at = changed.indexOf(unknown[i].text, unknown[i].start);
          changed = changed.slice(0, at) + shown[i] + changed.slice(at + unknown[i].text.length);
        }
        return changed === query ? "" : changed;
      });
    });
  }

  /* Where nothing tells the documents apart: the oldest first, undated ones last. */
  function inOrderOfTime(index, answer) {
    return index.days().then(function (days) {
      answer.documents.sort(function (a, b) { return (days[a] === 0) - (days[b] === 0) || days[a] - days[b] || a - b; });
      return answer;
    });
  }

  /* Promise of {documents, the best first; scores, by document; worth; phrases; notes; suggestion}; rejected with a QueryError for a
     query that is none. `asked`: {text, anyWord, typing}. */
  function search(index, asked) {
    var answer = { documents: [], scores: new Float64Array(0), worth: new Map(), phrases: [], notes: [], suggestion: "" }, plan;
    return index.open().then(function () {
      plan = reftel.plan.make(reftel.syntax.parse(asked.text, asked.typing), index.facts.posts, asked.anyWord);
      if (plan.common.length) {
        answer.notes.push("not looked for, because every text has them: " + Array.from(new Set(plan.common)).join(", "));
      }
      if (!index.documents || !(plan.groups.length || plan.phrases.length || plan.filters.length)) return answer;
      return Promise.all(plan.groups.map(function (group) { return groupClauses(index, group, asked, answer); }).concat(
        plan.phrases.map(function (phrase) { return phraseClauses(index, phrase, answer); })
      )).then(function (lists) {
        return Promise.all([reftel.score.score(index, [].concat.apply([], lists)), tests(index, plan)]);
      }).then(function (made) {
        answer.notes = answer.notes.concat.apply(answer.notes, plan.groups.map(function (group) { return group.notes; }));
        answer.scores = made[0].scores;
        answer.documents = made[0].documents.filter(function (document) {
          return made[1].every(function (test) { return test(document); });
        });
        if (answer.documents.length && !answer.worth.size) return inOrderOfTime(index, answer);
        if (answer.documents.length) return answer;
        return suggestion(index, plan, asked.text).then(function (text) {
          answer.suggestion = text;
          return answer;
        });
      });
    });
  }

  reftel.engine = { search: search };
})(self.reftel = self.reftel || {});
