"use strict";

// "Try it out" may call only the address that the page came from, which need not be the public one of the document:
// 127.0.0.1 in place of localhost, say. So that address goes first.
const here = new URL(".", location.href).href.replace(/\/$/, "");

fetch("openapi.json")
  .then((answer) => answer.json())
  .then((spec) => {
    const others = spec.servers.filter((server) => server.url !== here);
    spec.servers = [{ url: here }, ...others];
    window.ui = SwaggerUIBundle({
      spec,
      dom_id: "#docs",
      deepLinking: true,
      displayRequestDuration: true,
      tryItOutEnabled: true,
      validatorUrl: null,
    });
  })
  .catch((error) => {
    document.getElementById("docs").textContent = `openapi.json could not be read: ${error}`;
  });
