const { gql } = require('apollo-server-express');

module.exports = gql`
  type Review {
    id: ID!
    text: String
    stars: Int
    product: Product
  }

  type Product {
    sku: ID!
    averageStars: Float
    price: Float
  }

  type Query {
    product(sku: ID!): Product
    latest(first: Int = 2): [Review!]!
  }

  type Mutation {
    addReview(sku: ID!, text: String!, stars: Int!): Review
  }
`;
