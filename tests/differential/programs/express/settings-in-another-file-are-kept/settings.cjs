module.exports = (app) => {
  app.enable('strict routing');
  app.set('query parser', (text) => ({ text }));
};
