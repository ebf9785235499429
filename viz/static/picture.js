/* Draws the picture whose places the server computed; everything from documents is put in as text, never as markup. */
(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("du-lieu").textContent);
  var holder = document.getElementById("khung");
  var panel = document.getElementById("chi-tiet");
  var site = data.site === undefined ? "" : data.site; /* null: a file on its own, without pages to link to */
  var font = { face: "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif", size: 15, color: "#1b2529" };
  var calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  var kinds = { instrument: "văn bản đã nạp", stub: "văn bản chỉ được dẫn", body: "cơ quan, đơn vị", duty: "nhiệm vụ" };

  function box(background, border, extra) {
    var hot = { background: "#ffe9a8", border: "#b87900" };
    return Object.assign({ shape: "box", margin: 9, borderWidth: 1.5, borderWidthSelected: 3, color: { background: background, border: border, highlight: hot, hover: { background: background, border: "#b87900" } }, font: font, shapeProperties: { borderRadius: 5 } }, extra || {});
  }
  data.nodes.forEach(function (node) {
    var fact = data.facts.nodes[node.id];
    node.title = [fact.title, fact.detail].filter(Boolean).join("\n");
    if (fact.centre) { node.borderWidth = 3; node.shapeProperties = { borderRadius: 5, borderDashes: false }; }
  });
  data.edges.forEach(function (edge) {
    var fact = data.facts.edges[edge.id];
    edge.title = [fact.word + (fact.strength ? " (" + fact.strength + ")" : "")].concat(fact.quotes.slice(0, 1).map(function (q) { return q.text.slice(0, 240) + "\n" + q.where; })).join("\n");
  });

  var network = new vis.Network(holder, { nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(data.edges) }, {
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: true, tooltipDelay: 200, keyboard: { enabled: true, bindToWindow: false }, multiselect: false, zoomSpeed: 0.6 },
    edges: { arrows: { to: { enabled: true, scaleFactor: 0.6 } }, color: { color: "#8aa1a8", highlight: "#b87900", hover: "#b87900" }, width: 1.4, smooth: { enabled: true, type: "cubicBezier", forceDirection: "vertical", roundness: 0.35 } },
    groups: {
      instrument: box("#e3eff2", "#0f4c5c"),
      stub: box("#ffffff", "#7f949b", { shapeProperties: { borderRadius: 5, borderDashes: [5, 4] } }),
      body: box("#fbeedd", "#b5782a", { shapeProperties: { borderRadius: 14 } }),
      duty: box("#fff6d6", "#d9b43c")
    }
  });
  holder.network = network;

  var xs = data.nodes.map(function (n) { return n.x; });
  var area = { left: Math.min.apply(null, xs) - 210, top: data.bands[0].top, bottom: data.bands[data.bands.length - 1].bottom };
  area.width = Math.max.apply(null, xs) + 210 - area.left;
  function fit() {
    var scale = Math.min(holder.clientWidth / area.width, holder.clientHeight / (area.bottom - area.top), 1.15);
    network.moveTo({ position: { x: area.left + area.width / 2, y: (area.top + area.bottom) / 2 }, scale: scale, animation: false });
  }

  /* Bands behind the nodes: Trung ương, tỉnh, sở, phòng. */
  network.on("beforeDrawing", function (context) {
    var edge = network.DOMtoCanvas({ x: 0, y: 0 }).x, width = holder.clientWidth / network.getScale();
    context.save();
    data.bands.forEach(function (band, k) {
      context.fillStyle = k % 2 ? "#f3f6f7" : "#fafbfb";
      context.fillRect(edge, band.top, width, band.bottom - band.top);
      if (k) { context.fillStyle = "#c9d6da"; context.fillRect(edge, band.top, width, 1); }
      context.fillStyle = "#6b7f86";
      context.font = "600 15px system-ui, 'Segoe UI', 'Liberation Sans', sans-serif";
      context.textBaseline = "top";
      context.fillText(band.label, edge + 14 / network.getScale(), band.top + 10);
    });
    context.restore();
  });

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }
  /* Numbers and dates ("33/CT-TTg") stay on one line. */
  function heading(text) {
    var made = element("h2");
    text.split(" ").forEach(function (word, k) {
      if (k) made.append(" ");
      made.append(/\d/.test(word) && /[/-]/.test(word) && word.length <= 30 ? element("span", "nb", word) : word);
    });
    return made;
  }
  function link(text, url) {
    if (site === null || !url || url.charAt(0) !== "/") return element("span", "", text);
    var made = element("a", "", text);
    made.href = site + url;
    return made;
  }
  function quote(q) {
    var made = element("blockquote", "quote"), foot = element("footer");
    foot.append(link(q.where, q.url));
    made.append(element("p", "", q.text.length > 420 ? q.text.slice(0, 420) + " …" : q.text), foot);
    return made;
  }
  function relations(title, edges, other) {
    if (!edges.length) return [];
    var list = element("ul", "plain");
    edges.slice(0, 40).forEach(function (edge) {
      var item = element("li"), button = element("button", "node-button s-" + data.facts.nodes[edge[other]].style, data.facts.nodes[edge[other]].title);
      button.type = "button";
      button.addEventListener("click", function () { open(edge[other]); });
      item.append(element("span", "rel", edge.word + " "), button);
      edge.quotes.slice(0, 2).forEach(function (q) { item.append(quote(q)); });
      if (!edge.quotes.length && edge.strength) item.append(element("p", "meta", edge.strength));
      list.append(item);
    });
    if (edges.length > 40) list.append(element("li", "meta", "… và " + (edges.length - 40) + " liên kết nữa, xem danh sách ở dưới"));
    return [element("h3", "", title), list];
  }
  function show(id) {
    var fact = data.facts.nodes[id];
    var parts = [element("p", "eyebrow", kinds[fact.style] || ""), heading(fact.title)];
    if (fact.detail) parts.push(element("p", "", fact.detail));
    if (fact.url && site !== null) {
      var actions = element("p", "actions"), page = link("Mở trang", fact.url);
      page.className = "button";
      actions.append(page);
      if (!fact.centre) actions.append(link("Lấy làm tâm", "/so-do?id=" + encodeURIComponent(id)));
      parts.push(actions);
    }
    var out = data.facts.edges.filter(function (e) { return e.source === id; });
    var into = data.facts.edges.filter(function (e) { return e.target === id; });
    panel.replaceChildren.apply(panel, parts.concat(relations("Từ đây", out, "target"), relations("Đến đây", into, "source")));
  }
  function open(id) {
    network.selectNodes([id]);
    network.focus(id, { scale: Math.max(network.getScale(), 0.7), animation: calm ? false : { duration: 250 } });
    show(id);
  }
  network.on("selectNode", function (event) { show(event.nodes[0]); });
  network.on("doubleClick", function (event) {
    var fact = event.nodes.length ? data.facts.nodes[event.nodes[0]] : null;
    if (fact && fact.url && site !== null) location.assign(site + fact.url);
  });
  document.querySelectorAll("[data-node]").forEach(function (button) {
    button.addEventListener("click", function () { open(button.dataset.node); });
  });
  document.querySelectorAll("[data-do]").forEach(function (button) {
    button.addEventListener("click", function () {
      if (button.dataset.do === "fit") fit();
      else network.moveTo({ scale: network.getScale() * (button.dataset.do === "in" ? 1.3 : 1 / 1.3), animation: false });
    });
  });

  fit();
  /* A picture too large to read is shown around its centre instead of whole, without empty margins. */
  var centre = data.nodes.find(function (n) { return n.id === data.centre; });
  if (network.getScale() < 0.5 && centre) {
    var scale = 0.65, halfX = holder.clientWidth / scale / 2, halfY = holder.clientHeight / scale / 2;
    var within = function (at, low, high, half) { return high - low < 2 * half ? (low + high) / 2 : Math.min(Math.max(at, low + half), high - half); };
    network.moveTo({ position: { x: within(centre.x, area.left, area.left + area.width, halfX), y: within(centre.y, area.top, area.bottom, halfY) }, scale: scale, animation: false });
  }
  if (data.facts.nodes[data.centre]) { network.selectNodes([data.centre]); show(data.centre); }
})();
