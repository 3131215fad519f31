"use strict";

const tickets = new Map([
  ["1", { id: "1", text: "printer on fire", open: true }],
  ["2", { id: "2", text: "no coffee" }],
]);

exports.get = async (id) => tickets.get(id);

exports.add = async (text) => {
  const ticket = { id: String(tickets.size + 1), text, open: true };
  tickets.set(ticket.id, ticket);
  return ticket;
};

exports.countOpen = (callback) => {
  setImmediate(() => {
    try {
      callback(null, [...tickets.values()].filter((ticket) => ticket.open.valueOf()).length);
    } catch (err) {
      callback(err);
    }
  });
};
