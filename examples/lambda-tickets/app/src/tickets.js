"use strict";

const store = require("./store");

const reply = (statusCode, body) => ({
  statusCode,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

module.exports.show = async (event) => {
  const ticket = await store.get(event.pathParameters.id);
  if (!ticket) return reply(404, { error: "no such ticket" });
  console.log("ticket %s was read", ticket.id);
  return reply(200, ticket);
};

module.exports.open = async (event) => {
  const { text } = JSON.parse(event.body || "{}");
  if (!text) return reply(400, { error: "text is missing" });
  return reply(201, await store.add(text));
};
