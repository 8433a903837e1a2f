/* The search page at work: field, address, status, results, keys. What is asked stands in the address: q, any, sort. */
(function (reftel) {
  "use strict";

  var PAGE = 10;
  var element = reftel.results.element;

  function Page(main) {
    this.main = main;
    this.field = main.querySelector("input[name=q]");
    this.status = main.querySelector("[role=status]");
    this.list = main.querySelector("#results");
    this.more = main.querySelector("#search-more");
    this.problem = main.querySelector("#search-error");
    this.tools = main.querySelector("#search-tools");
    this.facets = main.querySelector("#search-facets");
    this.histogram = main.querySelector("#search-histogram");
    this.root = main.dataset.root || "";
    this.index = new reftel.Index(reftel.reader(main.dataset.search));
    this.asked = 0;
    this.anyWord = false;
    this.sort = "best";
    this.order = [];
    this.settled = true; // the address stands for a question that was asked, not for one that is being typed
  }

  Page.prototype.say = function (state, words) {
    this.main.dataset.searchState = state;
    this.status.textContent = words;
  };

  /* The numbers of the documents in the order chosen. */
  Page.prototype.sorted = function (answer) {
    if (this.sort === "best") return Promise.resolve(answer.documents);
    var sign = this.sort === "newest" ? -1 : 1;
    return this.index.days().then(function (days) {
      return answer.documents.slice().sort(function (a, b) {
        return (days[a] === 0) - (days[b] === 0) || sign * (days[a] - days[b]);
      });
    });
  };

  /* Promise of the list's items from one place on. */
  Page.prototype.items = function (answer, from) {
    var page = this;
    return Promise.all(this.order.slice(from, from + PAGE).map(function (number) {
      return page.index.card(number).then(function (card) {
        var text = answer.worth.size ? page.index.text(card.address).catch(function () { return []; }) : Promise.resolve([]);
        return text.then(function (paragraphs) {
          return reftel.results.result(page.root, card, paragraphs, answer.worth, answer.phrases);
        });
      });
    }));
  };

  Page.prototype.explain = function (text, error) {
    this.problem.replaceChildren();
    this.problem.hidden = !error;
    if (error) this.problem.append(element("pre", "", text + "\n" + " ".repeat(error.start) + "^"), element("p", "", error.message));
  };

  Page.prototype.advise = function (answer) {
    var page = this;
    this.problem.replaceChildren();
    answer.notes.forEach(function (note) { page.problem.append(element("p", "note", note)); });
    if (answer.suggestion) this.offer("Did you mean ", answer.suggestion, function () { page.ask(answer.suggestion); });
    else if (!answer.documents.length && !this.anyWord && /\S\s+\S/.test(this.field.value)) {
      this.offer("No cable has all of this. ", "Search for any of the words", function () { page.choose("anyWord", true); });
    }
    this.problem.hidden = !this.problem.childNodes.length;
  };

  Page.prototype.offer = function (words, label, act) {
    var line = element("p", "offer", words), button = element("button", "", label);
    button.type = "button";
    button.addEventListener("click", act);
    line.append(button);
    this.problem.append(line);
  };

  /* Answers what stands in the field. A later question overtakes an earlier one; the old results stay until the new ones are ready. */
  Page.prototype.run = function (typing) {
    var page = this, asked = ++this.asked, text = this.field.value.trim();
    if (!text) return Promise.resolve(this.clear());
    this.say("loading", "searching…");
    return reftel.engine.search(this.index, { text: text, anyWord: this.anyWord, typing: typing }).then(function (answer) {
      return page.sorted(answer).then(function (order) {
        if (asked !== page.asked) return null;
        page.order = order;
        return page.items(answer, 0);
      }).then(function (items) {
        if (asked === page.asked) page.show(answer, text, items);
      });
    }).catch(function (error) {
      if (asked !== page.asked) return;
      page.clear();
      var known = error instanceof reftel.syntax.QueryError;
      if (known) page.explain(text, error);
      page.say("error", (known ? "The query is not understood: " : "The search failed: ") + error.message);
    });
  };

  Page.prototype.clear = function () {
    this.list.replaceChildren();
    this.more.hidden = this.tools.hidden = this.facets.hidden = this.histogram.hidden = true;
    this.explain("", null);
    this.answer = null;
    this.say("idle", "");
  };

  Page.prototype.show = function (answer, text, items) {
    var page = this, count = answer.documents.length;
    function ask(query) { page.ask(query); }
    this.answer = answer;
    this.list.replaceChildren.apply(this.list, items);
    this.more.hidden = this.order.length <= items.length;
    this.tools.hidden = count < 2;
    this.advise(answer);
    var found = count === 0 ? "no cable found" : count === 1 ? "1 cable" : count + " cables";
    this.say("done", found + (count > 1 ? { best: ", best first", newest: ", newest first", oldest: ", oldest first" }[this.sort] : ""));
    reftel.facets.show(this.facets, this.index, answer, text, ask);
    return reftel.facets.draw(this.histogram, this.index, answer, text, ask);
  };

  Page.prototype.showMore = function () {
    var page = this, answer = this.answer, asked = this.asked;
    return this.items(answer, this.list.children.length).then(function (items) {
      if (asked !== page.asked) return;
      page.list.append.apply(page.list, items);
      page.more.hidden = page.list.children.length >= page.order.length;
      items[0].querySelector("a").focus();
    });
  };

  /* Asks something else, and notes it in the address. */
  Page.prototype.ask = function (query) {
    this.field.value = query;
    this.remember();
    return this.run(false);
  };

  Page.prototype.choose = function (name, value) {
    this[name] = value;
    this.mark();
    this.remember();
    return this.run(false);
  };

  /* Puts the question into the address. What is being typed takes one step in the history, however many letters. */
  Page.prototype.remember = function (typing) {
    var asked = new URLSearchParams(), replace = typing && !this.settled;
    if (this.field.value.trim()) asked.set("q", this.field.value.trim());
    if (this.anyWord) asked.set("any", "1");
    if (this.sort !== "best") asked.set("sort", this.sort);
    this.settled = !typing;
    var address = location.pathname + (String(asked) ? "?" + asked : "");
    if (address === location.pathname + location.search) return;
    if (replace) history.replaceState(null, "", address); else history.pushState(null, "", address);
  };

  Page.prototype.recall = function () {
    var asked = new URLSearchParams(location.search);
    this.field.value = asked.get("q") || "";
    this.anyWord = asked.get("any") === "1";
    this.sort = ["newest", "oldest"].indexOf(asked.get("sort")) >= 0 ? asked.get("sort") : "best";
    this.mark();
    return this.run(false);
  };

  /* The choices above the results. */
  Page.prototype.mark = function () {
    var page = this;
    function choice(name, legend, options) {
      var set = element("fieldset");
      set.append(element("legend", "", legend));
      options.forEach(function (option) {
        var label = element("label"), input = document.createElement("input");
        input.type = "radio";
        input.name = name;
        input.checked = page[name] === option[0];
        input.addEventListener("change", function () { page.choose(name, option[0]); });
        label.append(input, " " + option[1]);
        set.append(label);
      });
      return set;
    }
    if (this.tools.contains(document.activeElement)) return;
    this.tools.replaceChildren(
      choice("sort", "Order", [["best", "best first"], ["newest", "newest"], ["oldest", "oldest"]]),
      choice("anyWord", "Words", [[false, "all of them"], [true, "any of them"]])
    );
  };

  function start(main) {
    var page = new Page(main), timer;
    function typed() {
      page.remember(true);
      return page.run(true);
    }
    page.field.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(typed, 150);
    });
    main.querySelector("form").addEventListener("submit", function (event) {
      event.preventDefault();
      clearTimeout(timer);
      page.remember(false);
      page.run(false);
    });
    page.more.addEventListener("click", function () { page.showMore(); });
    addEventListener("popstate", function () { page.recall(); });
    reftel.walk(main, page.field, page.list);
    page.mark();
    return page.field.value && !location.search ? typed() : page.recall();
  }

  reftel.page = { start: start };
})(self.reftel = self.reftel || {});
