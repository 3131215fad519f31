const { AuthenticationError } = require('apollo-server-express');

module.exports = {
  Query: {
    product: (_, { sku }) => ({ sku }),
    latest: (_, { first }, { dataSources }) => dataSources.reviews.latest(first),
  },
  Mutation: {
    addReview: (_, review, { user, dataSources }) => {
      if (!user) throw new AuthenticationError('Sign in to write a review');
      console.log('review by', user.length, 'letters');
      return dataSources.reviews.add(review);
    },
  },
  Product: {
    averageStars: async ({ sku }, _, { dataSources }) => {
      const all = await dataSources.reviews.of(sku);
      return all.reduce((sum, { stars }) => sum + stars, 0) / all.length;
    },
    price: ({ sku, prices }) => prices[sku],
  },
  Review: {
    product: ({ sku }) => ({ sku }),
  },
};
