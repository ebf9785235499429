/* Suggestions under the search box, and all pieces of a fact lit when its anchor is in the address. Pages work without it. */
(function () {
  "use strict";

  function lightTarget() {
    document.querySelectorAll(".m-on").forEach(function (e) { e.classList.remove("m-on"); });
    var id = decodeURIComponent(location.hash.slice(1));
    if (!/^v\d+-\d+$/.test(id)) return;
    document.querySelectorAll("mark[data-m]").forEach(function (e) {
      if (e.dataset.m.split(" ").indexOf(id) >= 0) e.classList.add("m-on");
    });
  }
  window.addEventListener("hashchange", lightTarget);
  lightTarget();

  document.querySelectorAll("input[data-suggest]").forEach(function (input, n) {
    var list = document.createElement("ul");
    var chosen = -1, timer = 0, asked = 0, found = [];
    list.className = "suggest";
    list.id = "goi-y-" + n;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Gợi ý");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    input.closest("form").appendChild(list);

    function hide() {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function choose(k) {
      chosen = (k + found.length + 1) % (found.length + 1);
      if (chosen === found.length) chosen = -1;
      Array.prototype.forEach.call(list.children, function (item, i) { item.setAttribute("aria-selected", String(i === chosen)); });
      if (chosen >= 0) input.setAttribute("aria-activedescendant", list.id + "-" + chosen);
      else input.removeAttribute("aria-activedescendant");
    }
    function show(items) {
      found = items;
      list.replaceChildren.apply(list, items.map(function (item, i) {
        var li = document.createElement("li");
        li.id = list.id + "-" + i;
        li.setAttribute("role", "option");
        li.setAttribute("aria-selected", "false");
        li.append(item.label);
        if (item.detail) {
          var small = document.createElement("small");
          small.textContent = item.detail;
          li.append(small);
        }
        li.addEventListener("mousedown", function (event) { event.preventDefault(); location.assign(item.url); });
        return li;
      }));
      chosen = -1;
      list.hidden = items.length === 0;
      input.setAttribute("aria-expanded", String(items.length > 0));
    }
    function ask() {
      var text = input.value.trim(), mine = ++asked;
      if (text.length < 2) { hide(); return; }
      fetch(input.dataset.suggest + "?q=" + encodeURIComponent(text), { headers: { Accept: "application/json" } })
        .then(function (r) { return r.ok ? r.json() : { items: [] }; })
        .then(function (data) { if (mine === asked && document.activeElement === input) show(data.items); })
        .catch(hide);
    }
    input.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(ask, 140); });
    input.addEventListener("blur", hide);
    input.addEventListener("keydown", function (event) {
      if (list.hidden) return;
      if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen - 1); }
      else if (event.key === "Escape") { event.preventDefault(); hide(); }
      else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); location.assign(found[chosen].url); }
    });
  });
})();
