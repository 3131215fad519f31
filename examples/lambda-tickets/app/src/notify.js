"use strict";

exports.handler = async (event) => {
  const batchItemFailures = [];
  for (const record of event.Records) {
    const ticket = JSON.parse(record.body);
    if (ticket.to) console.log(`told ${ticket.to} about ${ticket.id}`);
    else batchItemFailures.push({ itemIdentifier: record.messageId });
  }
  return { batchItemFailures };
};
