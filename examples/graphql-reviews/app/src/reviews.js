const { DataSource } = require('apollo-datasource');

const reviews = [
  { id: '1', sku: 'tea', text: 'Fine', stars: 4 },
  { id: '2', sku: 'tea', text: 'Weak', stars: 2 },
];

module.exports = class Reviews extends DataSource {
  async of(sku) {
    return reviews.filter((review) => review.sku === sku);
  }

  async latest(first) {
    return reviews.slice(-first);
  }

  async add(review) {
    const added = { id: String(reviews.length + 1), ...review };
    reviews.push(added);
    return added;
  }
};
